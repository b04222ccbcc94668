"""What happens in tasks, for any number of followers: one reader of each record, however many there are.

A feed keeps the last events of a record in memory, already written out, and where every earlier one begins in the file.
A follower has a number only, that of the last event it was given: one that comes late, or is slow, is given what it
lacks from the file, in pieces, and holds nobody.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from array import array
from collections import deque
from collections.abc import AsyncGenerator
from typing import Any, NamedTuple

from videogen.model.errors import PipelineError, TaskNotFound
from videogen.tasks.audit import plain
from videogen.tasks.home import Home
from videogen.web.errors import told
from videogen.web.views import shown

log = logging.getLogger("videogen.web")

LOOK = 0.1
"""Seconds between looks at a record that somebody follows."""
KEPT = 512
"""Events that are kept in memory."""
PIECE = 1 << 18
"""Bytes that are read from the file at once."""


class Line(NamedTuple):
    """An event as it stands in the record."""

    number: int
    kind: str
    data: str


Followed = AsyncGenerator["list[Line] | dict[str, Any]", None]


class Feed:
    """The record of one task as it grows. Belongs to the event loop: threads only read files for it."""

    def __init__(self, home: Home, task_id: str, closing: threading.Event) -> None:
        self._home, self._task, self._closing = home, task_id, closing
        self._path = home.events(task_id)
        self._starts = array("Q", [0])
        """Where each event begins; the last entry is where the next one will."""
        self._last: deque[Line] = deque(maxlen=KEPT)
        self._changed = asyncio.Event()
        self.followers = 0
        self.over = False
        """Nothing more will come."""
        self.view: dict[str, Any] | None = None
        """What is told at the end."""

    @property
    def count(self) -> int:
        """Events that were read so far."""
        return len(self._starts) - 1

    async def run(self) -> None:
        """Read until nothing more comes, or nobody follows."""
        try:
            while self.followers and not self._closing.is_set():
                lines, self.view, ended = await asyncio.to_thread(self._read)
                for line, end in lines:
                    self._last.append(line)
                    self._starts.append(end)
                if ended:
                    break
                if lines:
                    self._wake()
                else:
                    await asyncio.sleep(LOOK)
        except PipelineError as error:  # they come back, and are told what is wrong if it still is
            log.warning("%s cannot be followed: %s", self._task, error.line())
        finally:
            self.over = True
            self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def _read(self) -> tuple[list[tuple[Line, int]], dict[str, Any] | None, bool]:
        """A piece of what is new; what is told at the end, if this is it; and whether it is."""
        try:
            # the state first: what is written between the two looks is read by the second
            task = self._home.repository().load(self._task)
        except TaskNotFound:  # somebody had it forgotten
            return [], None, True
        lines = _piece(self._path, self._starts[-1], self.count)
        if lines or task.status in ("pending", "running"):
            return lines, None, False
        return [], shown(self._home, task), True

    async def after(self, number: int, patience: float) -> list[Line]:
        """Events behind the one with this number: what there is, or what comes within `patience` seconds."""
        if number >= self.count and not self.over:
            changed = self._changed
            try:
                await asyncio.wait_for(changed.wait(), patience)
            except asyncio.TimeoutError:
                return []
        if number >= self.count:
            return []
        first = self._last[0].number if self._last else self.count + 1
        if number + 1 >= first:
            return [line for line in self._last if line.number > number]
        return await asyncio.to_thread(self.read_file, number)

    def read_file(self, number: int) -> list[Line]:
        """A piece of the events behind the one with this number, from the file."""
        return [line for line, _ in _piece(self._path, self._starts[number], number, self._starts[-1])]


def _piece(path: str, offset: int, number: int, most: int | None = None) -> list[tuple[Line, int]]:
    """Whole lines of a record from an offset on, each with where it ends, counted on from `number`."""
    try:
        with open(path, "rb") as file:
            file.seek(offset)
            data = file.read(PIECE)
            while b"\n" not in data and len(data) >= PIECE:  # a line of more than a piece
                more = file.read(PIECE)
                if not more:
                    break
                data += more
    except FileNotFoundError:
        return []
    found: list[tuple[Line, int]] = []
    for raw in data[: data.rfind(b"\n") + 1].splitlines(keepends=True):
        offset += len(raw)
        number += 1
        found.append((_line(number, raw.decode().strip()), offset))
        if most is not None and offset >= most:
            break
    return found


def _line(number: int, text: str) -> Line:
    event = json.loads(text)
    if event.get("error"):
        text = json.dumps({**event, "error": told(event["error"])}, ensure_ascii=False)
    elif event["event"] == "Warned":
        text = json.dumps({**event, "message": plain(event["message"])}, ensure_ascii=False)
    return Line(number, str(event["event"]), text)


class Feeds:
    """The feeds that are followed now."""

    def __init__(self, home: Home, closing: threading.Event) -> None:
        self._home, self._closing = home, closing
        self._open: dict[str, tuple[Feed, asyncio.Task[None]]] = {}

    def __len__(self) -> int:
        return len(self._open)

    async def follow(self, task_id: str, after: int, keep_alive: float) -> Followed:
        """What has happened and happens in a task behind the event `after`, in pieces; empty ones say that it is
        quiet. In the end the task itself, unless the server ends before it."""
        feed = self._join(task_id)
        try:
            while True:
                lines = await feed.after(after, keep_alive)
                if lines:
                    after = lines[-1].number
                    yield lines
                elif feed.over:
                    break
                else:
                    yield []
            if feed.view is not None:
                yield feed.view
        finally:
            self._leave(task_id, feed)

    def _join(self, task_id: str) -> Feed:
        feed, running = self._open.get(task_id, (None, None))
        if feed is None or feed.over or running is None or running.done():
            feed = Feed(self._home, task_id, self._closing)
            feed.followers = 1
            self._open[task_id] = (feed, asyncio.create_task(feed.run()))
        else:
            feed.followers += 1
        return feed

    def _leave(self, task_id: str, feed: Feed) -> None:
        feed.followers -= 1
        if not feed.followers and self._open.get(task_id, (None,))[0] is feed:
            del self._open[task_id]
