"""An assessor: an endpoint that is not on this machine must be spoken to over TLS."""
import json
import sys
from urllib.parse import urlsplit

out, sys.stdout = sys.stdout, sys.stderr  # a stray print() must not get between the messages
LOCAL = {"localhost", "127.0.0.1", "::1"}


def send(**message):
    print(json.dumps(message), file=out, flush=True)


def assess(id, part):
    send(type="progress", id=id, what="looking at the address", done=0, total=1)
    url = urlsplit(part["url"])
    if url.scheme == "http" and url.hostname not in LOCAL:
        send(type="finding", id=id, rule="no-tls", title="Endpoint without TLS", severity="high",
             confidence="certain", summary="Whoever sits on the way reads and changes what is said.",
             evidence=[{"kind": "excerpt", "caption": "its address", "text": part["url"], **part["location"]}],
             references=[{"framework": "cwe", "id": "CWE-319"}], remedy="Serve it over https.")
    send(type="tested", id=id, what="transport", detail="the scheme of its address")


for line in sys.stdin:
    request = json.loads(line)
    if request["type"] == "hello":
        send(type="ready", protocol=1, role="assessor", name="transport", components=["endpoint"])
    elif request["type"] == "assess":
        parts = {part["name"]: part for part in request["system"]["components"]}
        assess(request["id"], parts[request["component"]])
        send(type="done", id=request["id"])
