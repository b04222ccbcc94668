"""Who asks, and what they may see.

Without tokens everybody is the user who runs the server, and sees all: then it listens on loopback only. With tokens, a
request bears one (`Authorization: Bearer …`), or the cookie of a session that was begun with one. A session is known by
the hash of its id, ends after some hours, when it is left, and when the token that began it is no more.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import anyio

from videogen.build.write import unwritable
from videogen.model.task import Task
from videogen.web.errors import Unauthorized

_SCHEMA = "create table if not exists session (digest text primary key, user text, mark text, ends real)"


class Who(NamedTuple):
    """Who asks."""

    user: str
    sees_all: bool
    client: str
    """For whom requests are counted."""


def may(who: Who, task: Task) -> bool:
    """Whether somebody may see a task, and do something with it."""
    return who.sees_all or task.user == who.user


def user_of(tokens: Mapping[str, str], token: str) -> str | None:
    """Whose token this is. Takes as long for a wrong one as for a right one, however much of it is right.

    >>> user_of({"ada": "a" * 20, "bob": "b" * 20}, "b" * 20), user_of({"ada": "a" * 20}, "a" * 19)
    ('bob', None)
    """
    given = hashlib.sha256(token.encode()).digest()
    found = None
    for name, known in tokens.items():
        if hmac.compare_digest(hashlib.sha256(known.encode()).digest(), given):
            found = name
    return found


def bearer(header: str) -> str | None:
    """The token in an `Authorization` header; None where it is of another scheme."""
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def login_needed() -> Unauthorized:
    """The refusal of who has not said who asks."""
    return Unauthorized("a token is needed", hint="send `Authorization: Bearer TOKEN`, or sign in at /login")


def wrong_token() -> Unauthorized:
    """The refusal of a token that is nobody's."""
    return Unauthorized("this token is not known", hint="ask whoever runs the server for one")


class Sessions:
    """Sessions of browsers, kept so that a server that is started again knows them. From any thread."""

    def __init__(self, folder: str, tokens: Mapping[str, str], seconds: float) -> None:
        self._path = os.path.join(folder, "sessions.sqlite")
        self._tokens, self._seconds = tokens, seconds
        self._known: set[str] = set()

    def begin(self, user: str) -> str:
        """Begin a session of a user who has shown their token; returns its id. Raises ResourceError."""
        session = secrets.token_urlsafe(32)
        with self._open() as file:
            file.execute("delete from session where ends < ?", (time.time(),))
            row = (_digest(session), user, self._mark(session, user), time.time() + self._seconds)
            file.execute("insert into session values (?, ?, ?, ?)", row)
        self._known.add(row[0])
        return session

    def knows(self, session: str) -> bool:
        """Whether this has been somebody's session while the server runs; it may have ended."""
        return _digest(session) in self._known

    def user(self, session: str) -> str | None:
        """Whose session this is; None for one that there is not, or not any more."""
        row, digest = self._row(session), _digest(session)
        if (
            row is None
            or row[2] < time.time()
            or row[0] not in self._tokens
            or not hmac.compare_digest(row[1], self._mark(session, row[0]))
        ):
            self._known.discard(digest)
            return None
        self._known.add(digest)
        return row[0]

    def left(self, session: str) -> float:
        """Seconds until a session ends by itself; 0 for one that there is not, or not any more."""
        row = self._row(session)
        return 0.0 if row is None else max(row[2] - time.time(), 0.0)

    def _row(self, session: str) -> tuple[str, str, float] | None:
        if not os.path.exists(self._path):
            return None
        with self._open() as file:
            found = file.execute("select user, mark, ends from session where digest = ?", (_digest(session),))
            return found.fetchone()

    def end(self, session: str) -> None:
        """End a session."""
        if os.path.exists(self._path):
            with self._open() as file:
                file.execute("delete from session where digest = ?", (_digest(session),))

    def _mark(self, session: str, user: str) -> str:
        # binds it to the token that began it, and tells nothing of that without the session's id
        return hmac.new(session.encode(), self._tokens[user].encode(), "sha256").hexdigest()

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            file = sqlite3.connect(self._path, timeout=10)
        except (OSError, sqlite3.Error) as error:
            raise unwritable(error, self._path) from error
        try:
            with file:
                file.execute(_SCHEMA)
                yield file
        except sqlite3.Error as error:
            raise unwritable(error, self._path) from error
        finally:
            file.close()


class Followers:
    """What is told to browsers as it happens, so that it ends with their session. For the event loop's thread only."""

    def __init__(self) -> None:
        self._open: dict[str, set[anyio.CancelScope]] = {}

    @contextlib.contextmanager
    def following(self, session: str | None, left: float) -> Iterator[anyio.CancelScope]:
        """A scope that is cancelled when a session ends, by itself in so many seconds; without a session, never."""
        with anyio.CancelScope() as scope:
            if session is None:
                yield scope
                return
            scope.deadline = anyio.current_time() + left
            mine = self._open.setdefault(_digest(session), set())
            mine.add(scope)
            try:
                yield scope
            finally:
                mine.discard(scope)
                if not mine and self._open.get(_digest(session)) is mine:
                    del self._open[_digest(session)]

    def end(self, session: str) -> None:
        """End what is told to a session that has ended."""
        for scope in [*self._open.get(_digest(session), ())]:
            scope.cancel()


def _digest(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()
