"""What happens in a task, as it happens: each event once and in order, also for who comes late or comes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from videogen.tasks.home import Home
from videogen.tasks.lifecycle import recover
from videogen.tasks.stages import Recorded, read_events

LOOK = 0.1
"""Seconds between looks at the record."""


def known_events(home: Home, task_id: str, after: int = 0) -> Iterator[Recorded]:
    """What has happened by now, behind the event with the number `after`."""
    return read_events(home.events(task_id), after)


def follow_events(home: Home, task_id: str, after: int = 0) -> Iterator[Recorded]:
    """What has happened, and what happens, until the task does not run and does not wait to. Raises TaskNotFound."""
    repository, pause = home.repository(), threading.Event()
    while True:
        # the state first: what is written between the two looks is read by the second
        state = repository.load(task_id).status
        for each in read_events(home.events(task_id), after):
            after = each.id
            yield each
        if state not in ("pending", "running"):
            return
        recover(home)
        pause.wait(LOOK)
