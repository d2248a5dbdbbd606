# An MCP server on the official Python SDK, unchanged, on standard streams or, given a port, on HTTP.
import sys

from mcp.server.mcpserver import MCPServer

server = MCPServer("shop")


@server.tool()
def ask(question: str, lang: str = "en") -> str:
    """Answers customers."""
    return f"you asked in {lang}: {question}"


if len(sys.argv) > 1:
    server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[1]))
else:
    server.run()
