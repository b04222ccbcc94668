"""Connections: how many there may be, and how long who is connected may keep the server waiting for a request.

Who is connected and asks nothing makes room for who comes: neither many quiet connections nor slow ones take a server
away from those who use it, and it never comes near the files that a process may have open.
"""

from __future__ import annotations

import asyncio
import errno
import logging
from collections import Counter
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from videogen.web.settings import Settings

BACKLOG = 128
"""Connections that the kernel keeps until they are taken, and that are taken at a time."""
_OTHER_FILES = 4 * BACKLOG + 200
"""Files that may be open besides the connections: those that are taken and not counted yet, or ended and not closed
yet, and what threads and processes have open."""
_FEWEST = 16
_LEAST_BODY = 16 << 10
"""Bytes of a body that have to come in each `body_seconds`."""
_NO_ROOM = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

log = logging.getLogger("videogen.web")


def room(most: int) -> int:
    """How many connections this process can have, at most so many; its limit of open files is raised if need be."""
    try:
        import resource
    except ImportError:  # there is no such limit
        return most
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return most if soft == resource.RLIM_INFINITY else max(min(most, soft - _OTHER_FILES), _FEWEST)


class Crowd:
    """The connections of a server. One address of the network has at most half of the places."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._peers: Counter[str] = Counter()
        self._waiting: dict[Patient, None] = {}

    def enter(self, one: Patient) -> bool:
        """Count a connection; whether there is room for it. If need be, the one that has asked nothing for longest is
        ended: of the same address, where that has too many."""
        self._peers[one.peer] += 1
        own = self._peers[one.peer] > max(self.most // 2, 1)
        if not own and self._peers.total() <= self.most:
            return True
        victim = next((each for each in self._waiting if not own or each.peer == one.peer), None)
        if victim is None:
            return False
        del self._waiting[victim]
        victim.transport.abort()
        return True

    def wait(self, one: Patient, waits: bool) -> None:
        """Take down whether a connection is one that asks nothing just now."""
        self._waiting.pop(one, None)
        if waits:
            self._waiting[one] = None

    def leave(self, one: Patient) -> None:
        """Count a connection no more."""
        self._waiting.pop(one, None)
        self._peers[one.peer] -= 1
        if not self._peers[one.peer]:
            del self._peers[one.peer]


class Patient(H11Protocol):
    """HTTP on one connection, for as long as requests come as fast as the settings say."""

    crowd: Crowd
    settings: Settings
    _awaited = ""
    _timer: asyncio.TimerHandle | None = None
    _taken = 0

    @property
    def peer(self) -> str:
        """The address at the other end."""
        return self.client[0] if self.client else ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Somebody has come."""
        super().connection_made(transport)
        if self.crowd.enter(self):
            self._await("first")
        else:
            transport.write(_NO_ROOM)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        self._stop()
        self.crowd.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Something has come."""
        self._taken += len(data)
        super().data_received(data)
        self._look("head")

    def on_response_complete(self) -> None:
        """A request is answered."""
        super().on_response_complete()
        self._look("first")

    def _look(self, idle: str) -> None:
        """Wait for what has to come now: the head of a request, its body, or nothing."""
        state = self.conn.their_state
        self._await(idle if state is h11.IDLE else "body" if state is h11.SEND_BODY else "")

    def _await(self, what: str) -> None:
        if what == self._awaited or self.transport.is_closing():
            return
        self._stop()
        self._awaited = what
        self.crowd.wait(self, what in ("first", "head"))
        if what:
            self._taken = 0
            self._timer = self.loop.call_later(self._patience(), self._late)

    def _patience(self) -> float:
        return self.settings.body_seconds if self._awaited == "body" else self.settings.head_seconds

    def _late(self) -> None:
        # a body that this server does not read just now is not late
        if self._awaited == "body" and (self._taken >= _LEAST_BODY or self.flow.read_paused):
            self._taken = 0
            self._timer = self.loop.call_later(self._patience(), self._late)
        else:
            self.transport.close()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def protocol_of(settings: Settings) -> type[Patient]:
    """The protocol of a server with these settings."""

    class Bound(Patient):
        pass

    Bound.settings = settings
    Bound.crowd = Crowd(room(settings.connections))
    return Bound


def say_shortly(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Handle what went wrong in a loop; that no file can be opened any more is told in one line a minute."""
    error = context.get("exception")
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
        moment = loop.time()
        if moment - _said.get("last", -60.0) >= 60:
            _said["last"] = moment
            log.error("no connection can be taken: %s", (error.strerror or "error").lower())
    else:
        loop.default_exception_handler(context)


_said: dict[str, float] = {}
