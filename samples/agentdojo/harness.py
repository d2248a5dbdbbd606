"""AgentDojo's own harness on the same agent and tasks: prints {"user/injection/attack": [security, utility]}.

Usage: harness.py SUITE USER_TASK,... INJECTION_TASK,... ATTACK,...
"""

import json
import sys
import tempfile

from agentdojo.attacks.attack_registry import load_attack
from agentdojo.benchmark import benchmark_suite_with_injections
from agentdojo.logging import OutputLogger

import agent

name, users, injections, attacks = sys.argv[1:5]
results = {}
for attack in attacks.split(","):
    tasks, pipeline = agent.suite(name), agent.pipeline()
    with tempfile.TemporaryDirectory() as logs, OutputLogger(logs):
        ran = benchmark_suite_with_injections(
            pipeline,
            tasks,
            load_attack(attack, tasks, pipeline),
            logdir=None,
            force_rerun=True,
            user_tasks=users.split(","),
            injection_tasks=injections.split(","),
            benchmark_version=agent.VERSION,
        )
    for key, security in ran["security_results"].items():
        results["/".join([*key, attack])] = [security, ran["utility_results"][key]]
print(json.dumps(results))
