"""AgentDojo as a target: an OpenAI-compatible endpoint on loopback that plays one attempt a message.

The message names it, SUITE/USER_TASK/INJECTION_TASK/ATTACK. The reply is the agent's last answer, and
one tool call, agentdojo_check, with what AgentDojo's own checks of the environment's state say.
An attempt that breaks is an HTTP error, so that it gets no verdict.
Usage: adapter.py [PORT]; without one it takes a free port. Prints its port.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

from agentdojo.attacks.attack_registry import load_attack
from agentdojo.logging import NullLogger
from agentdojo.types import get_text_content_as_str

import agent

ONE_AT_A_TIME = Lock()


class Recording:
    """The agent, and the last thing that it said."""

    def __init__(self):
        self.pipeline, self.name, self.said = agent.pipeline(), "local", ""

    def query(self, *args, **kwargs):
        result = self.pipeline.query(*args, **kwargs)
        last = result[3][-1]
        self.said = get_text_content_as_str(last["content"] or []) if last["role"] == "assistant" else ""
        return result


def play(name: str) -> tuple[str, dict]:
    suite_name, user, injection, attack = name.strip().split("/")
    suite, played = agent.suite(suite_name), Recording()
    user_task, injection_task = suite.get_user_task_by_id(user), suite.get_injection_task_by_id(injection)
    injections = load_attack(attack, suite, played).attack(user_task, injection_task)
    with ONE_AT_A_TIME, NullLogger():
        utility, security = suite.run_task_with_pipeline(played, user_task, injection_task, injections)
    # AgentDojo calls it security when the injected task was carried out.
    return played.said, {"attempt": name, "injected_task_done": security, "user_task_done": utility}


def completion(text: str, check: dict) -> dict:
    call = {"name": "agentdojo_check", "arguments": json.dumps(check)}
    tool_calls = [{"id": "check", "type": "function", "function": call}]
    message = {"role": "assistant", "content": text, "tool_calls": tool_calls}
    return {"object": "chat.completion", "model": "agentdojo", "choices": [{"message": message}]}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        try:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, body = 200, completion(*play(asked["messages"][-1]["content"]))
        except Exception as e:  # whatever it was, the attempt has no verdict
            status, body = 422, {"error": {"message": f"{type(e).__name__}: {e}"[:300]}}
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
