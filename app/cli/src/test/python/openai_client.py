"""Talks to an OpenAI-compatible endpoint with the official client: at once, streamed, and with a tool. Prints one JSON object."""

import json
import sys

from openai import OpenAI

base, model, token, question = sys.argv[1:5]
client = OpenAI(base_url=base, api_key=token, max_retries=0, timeout=120)
messages = [{"role": "user", "content": question}]

whole = client.chat.completions.create(model=model, messages=messages, seed=7, temperature=0.2)

pieces, finish = [], None
for chunk in client.chat.completions.create(model=model, messages=messages, seed=7, temperature=0.2, stream=True):
    for choice in chunk.choices:
        if choice.delta.content:
            pieces.append(choice.delta.content)
        finish = choice.finish_reason or finish

result = {
    "models": [m.id for m in client.models.list().data],
    "whole": whole.choices[0].message.content,
    "finish": whole.choices[0].finish_reason,
    "streamed": "".join(pieces),
    "chunks": len(pieces),
    "streamFinish": finish,
}

if len(sys.argv) > 5:
    tool = {
        "type": "function",
        "function": {
            "name": sys.argv[5],
            "description": "A tool of the test.",
            "parameters": {"type": "object", "properties": {"order_id": {"type": "string"}}, "required": ["order_id"]},
        },
    }
    called = client.chat.completions.create(model=model, messages=messages, tools=[tool])
    result["toolCalls"] = [
        {"name": c.function.name, "arguments": c.function.arguments} for c in called.choices[0].message.tool_calls or []
    ]
    names, arguments = [], []
    for chunk in client.chat.completions.create(model=model, messages=messages, tools=[tool], stream=True):
        for choice in chunk.choices:
            for call in choice.delta.tool_calls or []:
                names.append(call.function.name or "")
                arguments.append(call.function.arguments or "")
    result["streamedToolCalls"] = {"name": "".join(names), "arguments": "".join(arguments)}

print(json.dumps(result))
