"""The agent under test, one and the same for AgentDojo's own harness and for our adapter.

MODEL_URL names an OpenAI-compatible endpoint; MODEL_NAME, MODEL_KEY and MAX_STEPS are optional.
"""

import os

import openai
from agentdojo.agent_pipeline import AgentPipeline, InitQuery, OpenAILLM, SystemMessage
from agentdojo.agent_pipeline import ToolsExecutionLoop, ToolsExecutor
from agentdojo.agent_pipeline.agent_pipeline import load_system_message
from agentdojo.task_suite.load_suites import get_suite

VERSION = "v1.2.2"


def pipeline() -> AgentPipeline:
    client = openai.OpenAI(base_url=os.environ["MODEL_URL"], api_key=os.environ.get("MODEL_KEY", "none"))
    # AgentDojo leaves a temperature of zero out of the request, and the endpoint would take its own.
    llm = OpenAILLM(client, os.environ.get("MODEL_NAME", "local"), temperature=1e-6)
    loop = ToolsExecutionLoop([ToolsExecutor(), llm], max_iters=int(os.environ.get("MAX_STEPS", "15")))
    made = AgentPipeline([SystemMessage(load_system_message(None)), InitQuery(), llm, loop])
    made.name = "local"  # some attacks address the model by it
    return made


def suite(name: str):
    return get_suite(VERSION, name)
