"""A loopback stand-in for services of language models: it speaks the wire formats of Anthropic and OpenAI."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aioloopback import running

from videogen.script.ai.ask import Patience
from videogen.script.ai.request import Request

KEY = "sk-test-3f9c1d7a55e84b02"
PATHS = {"anthropic": "/v1/messages", "openai": "/v1/chat/completions"}
STOPS = {"whole": ("end_turn", "stop"), "cut": ("max_tokens", "length"), "refused": ("refusal", "content_filter")}


@dataclass
class Turn:
    """How the service answers one request."""

    text: str = "{}"
    end: str = "whole"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    message: str = ""
    body: bytes | None = None
    """Instead of what would be sent."""
    how: str = "plain"
    """plain, hang (not a byte), drip (a byte now and then, without end), or reset."""
    tokens: tuple[int, int] = (900, 400)


Answer = Turn | Callable[[dict[str, Any]], Turn]


@dataclass
class Service:
    """One server: its turns in order, the last for ever; `asked` holds every request's headers and JSON."""

    turns: list[Answer]
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    root: str = ""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def url(self, provider: str) -> str:
        return self.root + ("/v1" if provider == "openai" else "")

    def environment(self, provider: str, key: str = KEY) -> dict[str, str]:
        return {
            f"{provider.upper()}_API_KEY": key,
            f"{provider.upper()}_BASE_URL": self.url(provider),
        }

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read() or b"{}")
        self.asked.append((request.path, {name.lower(): value for name, value in request.headers.items()}, body))
        turn = self.turns[min(len(self.asked), len(self.turns)) - 1]
        turn = turn if isinstance(turn, Turn) else turn(body)
        if turn.how == "reset":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if turn.how == "hang":
            await self.stopping.wait()
        anthropic = request.path == PATHS["anthropic"]
        data = turn.body
        if data is None:
            reply = (
                (_anthropic if anthropic else _openai)(turn, body) if turn.status == 200 else _error(turn, anthropic)
            )
            data = json.dumps(reply).encode()
        headers = {"Content-Type": "application/json", **turn.headers}
        if turn.how == "drip":
            response = web.StreamResponse(status=200, headers=headers)
            await response.prepare(request)
            with suppress(ConnectionError):
                while True:
                    await response.write(b" ")
                    await asyncio.sleep(0.05)
            return response
        return web.Response(body=data, status=turn.status, headers=headers)


def _anthropic(turn: Turn, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [
            {"type": "thinking", "thinking": "", "signature": "c2lnbmVk"},
            {"type": "text", "text": turn.text},
        ],
        "stop_reason": STOPS[turn.end][0],
        "stop_sequence": None,
        "usage": {"input_tokens": turn.tokens[0], "output_tokens": turn.tokens[1]},
    }


def _openai(turn: Turn, body: dict[str, Any]) -> dict[str, Any]:
    message = {"role": "assistant", "content": turn.text, "refusal": None}
    if turn.end == "refused":
        message = {"role": "assistant", "content": None, "refusal": "I can't help with that."}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": STOPS[turn.end][1]}],
        "usage": {
            "prompt_tokens": turn.tokens[0],
            "completion_tokens": turn.tokens[1],
            "total_tokens": sum(turn.tokens),
        },
    }


def _error(turn: Turn, anthropic: bool) -> dict[str, Any]:
    if anthropic:
        return {"type": "error", "error": {"type": "api_error", "message": turn.message}, "request_id": "req_1"}
    return {"error": {"message": turn.message, "type": "server_error", "param": None, "code": None}}


@contextmanager
def serving(*turns: Answer) -> Iterator[Service]:
    """A server on a free loopback port, in a thread of its own."""
    service = Service(list(turns))
    app = web.Application(client_max_size=1 << 26)
    app.router.add_route("*", "/{anything:.*}", service.handle)
    with running(app, service.stopping.set) as port:
        service.root = f"http://127.0.0.1:{port}"
        yield service


def request(provider: str = "openai", **changes: Any) -> Request:
    schema = {
        "type": "object",
        "properties": {"word": {"type": "string"}},
        "required": ["word"],
        "additionalProperties": False,
    }
    asked = Request(
        provider=provider,
        model="small-1",
        system="Answer with a word.",
        text="Which?",
        schema_name="answer",
        answer_schema=schema,
    )
    return asked.model_copy(update=changes)


def recorded_waits(**changes: Any) -> tuple[Patience, list[float]]:
    """A patience that does not wait, and the waits that there would have been."""
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    return Patience(**{"wait": wait, **changes}), waits
