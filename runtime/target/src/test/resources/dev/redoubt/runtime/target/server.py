# An MCP server on the standard library alone; what it does wrong is its argument.
import json
import os
import sys
import time

lie = sys.argv[1] if len(sys.argv) > 1 else ""
heard = 0


def send(message):
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


for line in sys.stdin:
    message = json.loads(line)
    method, params, id = message.get("method"), message.get("params", {}), message.get("id")
    if method == "initialize":
        if lie == "modern":
            send({"id": id, "error": {"code": -32601, "message": "no handshake here"}})
        elif lie == "garbage":
            print("hello, world", flush=True)
        elif lie == "dies":
            print("ImportError: no module named shop", file=sys.stderr)
            sys.exit(3)
        elif lie == "version":
            send({"id": id, "result": {"protocolVersion": "1999-01-01", "capabilities": {}}})
        else:
            version = params["protocolVersion"]
            send({"id": id, "result": {"protocolVersion": version, "capabilities": {"tools": {}}}})
    elif method == "server/discover":
        assert params["_meta"]["io.modelcontextprotocol/protocolVersion"] == "2026-07-28"
        send({"id": id, "result": {"supportedVersions": ["2026-07-28"]}})
    elif method == "tools/list":
        tool = {
            "name": "ask",
            "inputSchema": {
                "type": "object",
                "properties": {"question": {"type": "string"}, "limit": {"type": "integer"}},
            },
        }
        if "cursor" in params:
            send({"id": id, "result": {"tools": [{**tool, "name": "other"}]}})
        elif lie == "many":
            send({"id": id, "result": {"tools": [tool], "nextCursor": "2"}})
        else:
            send({"id": id, "result": {"tools": [tool]}})
    elif method == "tools/call":
        heard += 1
        question = params["arguments"]["question"]
        if question == "die":
            os._exit(4)
        if question == "slow":
            time.sleep(600)
        if question == "flood":
            while True:
                sys.stdout.write("x" * 65536)
        if question == "fail":
            content = [{"type": "text", "text": "out of stock"}]
            send({"id": id, "result": {"content": content, "isError": True}})
            continue
        # Others come first: a notification, a request to the client, an answer to nobody.
        send({"method": "notifications/message", "params": {"level": "info", "data": "x"}})
        send({"id": 900, "method": "sampling/createMessage", "params": {}})
        refused = json.loads(sys.stdin.readline())
        assert refused["id"] == 900 and refused["error"]["code"] == -32601, refused
        send({"id": id - 1, "result": {"content": [{"type": "text", "text": "late"}]}})
        text = "%d: %s %s" % (heard, question, params["arguments"].get("lang", ""))
        send({"id": id, "result": {"content": [{"type": "text", "text": text.strip()}]}})
