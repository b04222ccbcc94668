"""What the routes of one server share, and how they learn who asks."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from videogen.model.task import Task
from videogen.tasks.audit import this_user
from videogen.tasks.home import Home, home_of
from videogen.tasks.queue import Queue
from videogen.tasks.repository import not_found
from videogen.web.access import Followers, Sessions, Who, bearer, login_needed, may, user_of, wrong_token
from videogen.web.feed import Feeds
from videogen.web.guard import COOKIE, peer_of
from videogen.web.lookers import Lookers
from videogen.web.rates import Bucket, Places, too_many
from videogen.web.settings import Settings
from videogen.web.thumbnails import Thumbnails


@dataclass(frozen=True)
class Context:
    """A server in its working folder."""

    settings: Settings
    home: Home
    queue: Queue
    sessions: Sessions
    followers: Followers
    feeds: Feeds
    requests: Bucket
    creates: Bucket
    logins: Bucket
    streams: Places
    lookers: Lookers
    thumbnails: Thumbnails
    adding: threading.Lock = field(default_factory=threading.Lock)
    """Held by who looks whether one task more may wait, until it does."""
    closing: threading.Event = field(default_factory=threading.Event)
    """Set when the server is about to end: streams end then."""

    def load(self, task_id: str, who: Who) -> Task:
        """A task that somebody may see. Raises TaskNotFound, also for another's."""
        task = self.home.repository().load(task_id)
        if not may(who, task):
            raise not_found(task_id)
        return task


def new_context(settings: Settings) -> Context:
    """What a server needs; nothing runs yet."""
    home, closing = home_of(settings.output), threading.Event()
    return Context(
        settings=settings,
        home=home,
        queue=Queue(home, settings.at_once, settings.limits),
        sessions=Sessions(home.folder, settings.tokens, settings.session_seconds),
        followers=Followers(),
        feeds=Feeds(home, closing),
        requests=Bucket(settings.requests),
        creates=Bucket(settings.creates),
        logins=Bucket(settings.logins),
        streams=Places(settings.streams),
        lookers=Lookers(settings.output),
        thumbnails=Thumbnails(),
        closing=closing,
    )


def context_of(request: Request) -> Context:
    """The server that answers a request."""
    return request.app.state.context


async def who_asks(request: Request) -> Who:
    """Who asks, one request the more. Raises Unauthorized and TooMany."""
    context, peer = context_of(request), peer_of(request.scope)
    tokens = context.settings.tokens
    if not tokens:
        user = this_user()
        who = Who(user, True, peer)
    else:
        user = await _proven(request, context, peer)
        who = Who(user, user in context.settings.sees_all, f"user {user}")
    context.requests.take(who.client)
    return who


async def _proven(request: Request, context: Context, peer: str) -> str:
    header, session = request.headers.get("authorization"), request.cookies.get(COOKIE)
    if header is not None:
        user = user_of(context.settings.tokens, bearer(header) or "")
        if user is None:
            context.logins.take(peer)
            raise wrong_token()
        return user
    if session is not None:
        if not context.sessions.knows(session) and (seconds := context.logins.dry(peer)):
            raise too_many(seconds)
        user = await run_in_threadpool(context.sessions.user, session)
        if user is not None:
            return user
        context.logins.take(peer)
    raise login_needed()


Asking = Annotated[Who, Depends(who_asks)]
"""Who asks, as an argument of a route."""
Here = Annotated[Context, Depends(context_of)]
"""The server, as an argument of a route."""
