# Checks requests and replies against the types of the official clients: [name, request, reply] lines.
import json
import sys

import pydantic
from anthropic.types import Message
from anthropic.types.message_create_params import MessageCreateParamsNonStreaming
from openai.types import Completion
from openai.types.completion_create_params import CompletionCreateParamsNonStreaming
from openai.types.responses import Response
from openai.types.responses.response_create_params import ResponseCreateParamsNonStreaming

TYPES = {
    "anthropic": (MessageCreateParamsNonStreaming, Message),
    "openai-completions": (CompletionCreateParamsNonStreaming, Completion),
    "openai-responses": (ResponseCreateParamsNonStreaming, Response),
}
for line in sys.stdin:
    name, request, reply = json.loads(line)
    asked, answered = TYPES[name]
    pydantic.TypeAdapter(asked).validate_python(request)
    unknown = set(request) - asked.__required_keys__ - asked.__optional_keys__
    assert not unknown, (name, unknown)
    answered.model_validate(reply)
    print(name, "fits")
