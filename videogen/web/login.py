"""Signing in and out: a token is shown once, and the browser keeps a cookie that no script can read."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from videogen.web.access import user_of, wrong_token
from videogen.web.context import Asking, Here
from videogen.web.errors import refusals
from videogen.web.guard import COOKIE, peer_of

router = APIRouter(prefix="/api", tags=["access"])


class Login(BaseModel):
    """A token that is shown."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(max_length=500)


class Me(BaseModel):
    """Who asks."""

    user: str
    sees_all: bool = Field(description="Whether they see everybody's tasks.")
    tokens: bool = Field(description="Whether this server wants tokens.")


@router.post("/login", status_code=204, responses=refusals(415, 422))
async def login(sent: Login, request: Request, context: Here) -> Response:
    """Begin a session: the answer sets a cookie."""
    user = user_of(context.settings.tokens, sent.token)
    if user is None:  # only these are counted: many people may share the address of what is before this server
        context.logins.take(peer_of(request.scope))
        raise wrong_token()
    session = await run_in_threadpool(context.sessions.begin, user)
    answer = Response(status_code=204)
    answer.set_cookie(
        COOKIE,
        session,
        max_age=int(context.settings.session_seconds),
        httponly=True,
        samesite="strict",
        # what ends TLS before this server keeps the origin as the browser has it
        secure=request.headers.get("origin", "").startswith("https://"),
    )
    return answer


@router.post("/logout", status_code=204, responses=refusals())
async def logout(request: Request, context: Here) -> Response:
    """End a session, for good: its cookie is worth nothing from here on."""
    if session := request.cookies.get(COOKIE):
        await run_in_threadpool(context.sessions.end, session)
        context.followers.end(session)
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


@router.get("/me", response_model=Me, responses=refusals())
async def me(who: Asking, context: Here) -> dict[str, Any]:
    """Say who asks."""
    return {"user": who.user, "sees_all": who.sees_all, "tokens": bool(context.settings.tokens)}
