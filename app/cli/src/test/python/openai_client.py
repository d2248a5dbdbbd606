"""The official OpenAI client, driven line by line.

Reads one JSON object a line from standard input, asks, and writes what the client made of the reply as one JSON object a line:
base, token, model, question and stream in; text, finish, calls and after out, or status where the client raised an error.
Where tools are given and called, every call is answered with the text in "result", and "after" is what came then.
"""

import json
import sys

import openai


def whole(client, **request):
    choice = client.chat.completions.create(**request).choices[0]
    calls = [(c.id, c.function.name, c.function.arguments) for c in choice.message.tool_calls or []]
    return choice.message.content or "", choice.finish_reason, calls


def streamed(client, **request):
    text, finish, calls = [], None, {}
    for chunk in client.chat.completions.create(stream=True, stream_options={"include_usage": True}, **request):
        for choice in chunk.choices:
            text.append(choice.delta.content or "")
            finish = choice.finish_reason or finish
            for piece in choice.delta.tool_calls or []:
                call = calls.setdefault(piece.index, ["", "", ""])
                call[0] = piece.id or call[0]
                call[1] += piece.function.name or ""
                call[2] += piece.function.arguments or ""
    return "".join(text), finish, [tuple(calls[index]) for index in sorted(calls)]


def answer(task):
    client = openai.OpenAI(base_url=task["base"], api_key=task["token"], max_retries=0, timeout=60)
    if task.get("models"):
        return {"models": [model.id for model in client.models.list().data]}
    complete = streamed if task["stream"] else whole
    messages = [{"role": "user", "content": task["question"]}]
    request = {"model": task["model"]}
    if task["tools"]:
        request["tools"] = task["tools"]
    text, finish, calls = complete(client, messages=messages, **request)
    after = ""
    if calls:
        named = [{"id": i, "type": "function", "function": {"name": n, "arguments": a}} for i, n, a in calls]
        messages.append({"role": "assistant", "content": text or None, "tool_calls": named})
        messages += [{"role": "tool", "tool_call_id": i, "content": task["result"]} for i, _, _ in calls]
        after = complete(client, messages=messages, **request)[0]
    return {
        "text": text,
        "finish": finish,
        "calls": [{"id": i, "name": n, "arguments": a} for i, n, a in calls],
        "after": after,
    }


for line in sys.stdin:
    try:
        result = answer(json.loads(line))
    except openai.APIStatusError as error:
        result = {"status": error.status_code}
    print(json.dumps(result), flush=True)
