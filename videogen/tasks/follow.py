"""What happens in a task, as it happens: each event once and in order, also for who comes late or comes back.

A `Follower` only reads: that a process has died is noticed by the queue, and where there is none by `follow_events`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

from videogen.tasks.home import Home
from videogen.tasks.lifecycle import recover
from videogen.tasks.stages import Recorded, Tail

LOOK = 0.1
"""Seconds between looks at the record."""


class Follower:
    """The events of a task behind the one with the number `after`. Raises TaskNotFound."""

    def __init__(self, home: Home, task_id: str, after: int = 0) -> None:
        self._home, self._task = home, task_id
        self._tail = Tail(home.events(task_id), after)
        self._repository = home.repository()
        self._repository.load(task_id)

    def look(self) -> tuple[list[Recorded], bool]:
        """What is new, and whether nothing more will come: the task does not run and does not wait to."""
        # the state first: what is written between the two looks is read by the second
        status = self._repository.load(self._task).status
        found = self._tail.read()
        return found, status not in ("pending", "running")


def follow_events(home: Home, task_id: str, after: int = 0) -> Iterator[Recorded]:
    """What has happened in a task, and what happens, until it ends or pauses. Raises TaskNotFound."""
    follower, pause = Follower(home, task_id, after), threading.Event()
    while True:
        found, over = follower.look()
        yield from found
        if over:
            return
        if not found:
            recover(home)
        pause.wait(LOOK)
