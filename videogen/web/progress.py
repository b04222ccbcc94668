"""Progress, as server-sent events: each event of a task's record once and in order, also for who comes back."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive, Scope, Send

from videogen.web.access import Followers, login_needed
from videogen.web.context import Asking, Context, Here
from videogen.web.errors import WebError, answer, refusals
from videogen.web.guard import COOKIE

router = APIRouter(tags=["tasks"])

_EVENT = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("id", "event", "data", "retry")},
}
_DESCRIBED = {
    **refusals(422),
    200: {
        "description": "`id` counts a task's events from 1 without a gap, `event` is their kind, `data` the event as "
        "JSON. The last is `end`, whose data are the task.",
        "content": {"text/event-stream": {"schema": _EVENT}},
    },
}


@router.get("/api/progress/{task_id}", response_class=StreamingResponse, responses=_DESCRIBED)
async def follow(
    task_id: str,
    request: Request,
    who: Asking,
    context: Here,
    last_event_id: Annotated[str | None, Header(description="What follows this event; goes before `after`.")] = None,
    after: Annotated[int, Query(ge=0, le=10**9, description="What follows this event.")] = 0,
) -> StreamingResponse:
    """Follow a task until it ends or pauses."""
    if last_event_id:
        if not re.fullmatch(r"[0-9]{1,9}", last_event_id):
            raise WebError("Last-Event-ID is no number of an event", hint="leave it out for all of them")
        after = int(last_event_id)
    await run_in_threadpool(context.load, task_id, who)
    by_cookie = context.settings.tokens and "authorization" not in request.headers
    session = request.cookies.get(COOKIE) if by_cookie else None
    left = await run_in_threadpool(context.sessions.left, session) if session else 0.0
    context.streams.take(who.client)
    told = _told(context, task_id, after)
    return _Stream(told, lambda: context.streams.leave(who.client), context.followers, session, left)


class _Stream(StreamingResponse):
    """Tells when it has ended, also where it never began, and ends with the session by which it is followed."""

    def __init__(
        self,
        content: AsyncGenerator[str, None],
        ended: Callable[[], None],
        followers: Followers,
        session: str | None,
        left: float,
    ) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(content, headers=headers, media_type="text/event-stream")
        self._content, self._ended = content, ended
        self._followers, self._session, self._left = followers, session, left

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def told(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            async with aclosing(self._content):
                with self._followers.following(self._session, self._left) as followed:
                    await super().__call__(scope, receive, told)
                if followed.cancelled_caught and begun:
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
                elif followed.cancelled_caught:
                    await answer(login_needed())(scope, receive, send)
        finally:
            self._ended()


async def _told(context: Context, task_id: str, after: int) -> AsyncGenerator[str, None]:
    yield "retry: 1000\n\n"
    async with aclosing(context.feeds.follow(task_id, after, context.settings.keep_alive)) as pieces:
        async for found in pieces:
            if isinstance(found, dict):
                yield f"event: end\ndata: {json.dumps(found, ensure_ascii=False)}\n\n"
            elif found:
                yield "".join(f"id: {line.number}\nevent: {line.kind}\ndata: {line.data}\n\n" for line in found)
            else:
                yield ": still here\n\n"
