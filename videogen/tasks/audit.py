"""The audit trail: who did what, when, with which source, and what came out. Lines are added, never changed.

A line holds named fields only, never an environment, a header or a text that somebody wrote; addresses lose what may
hold a secret (user, password, query), because of what they are and not of what they look like.
"""

from __future__ import annotations

import getpass
import json
import os
import re
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from videogen.build.write import unwritable
from videogen.model.address import shown_source
from videogen.model.base import Model
from videogen.model.task import Task, now

EventType = Literal[
    "created", "started", "paused", "resumed", "completed", "failed", "cancelled", "retried", "deleted", "cleaned"
]


_SENT = re.compile(r"(?<![^\s\"':])[^\s\"':]*\.uploads/[0-9a-f]{32}/")
"""Where what was sent is kept, under a name that nobody has given it. A place begins where nothing of one stands before
it: tried from every character, a long word would take the square of its length."""
_KEPT = re.compile(r"\.uploads/[0-9a-f]{32}/")


class Entry(Model):
    """One line of the trail."""

    timestamp: AwareDatetime = Field(default_factory=now)
    task_id: str
    event_type: EventType
    user: str = ""
    source: str = ""
    details: dict[str, str | int | float | list[str]] = Field(default_factory=dict)


def entry(task: Task, event_type: EventType, user: str = "", **details: Any) -> Entry:
    """What is to be noted of a task. Without a user, the one who asked for it."""
    return Entry(
        task_id=task.id,
        event_type=event_type,
        user=user or task.user,
        source=shown_source(task.input.named),
        details={name: value for name, value in details.items() if value not in (None, "", [])},
    )


def note(path: str, *entries: Entry) -> None:
    """Add lines to the trail, each whole. Raises ResourceError."""
    lines = "".join(each.model_dump_json(exclude_defaults=False) + "\n" for each in entries).encode()
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        # one write at the end of the file: lines of processes that write at once do not mix
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, lines)
        finally:
            os.close(file)
    except OSError as error:
        raise unwritable(error, path) from error


def read_trail(path: str, *, task_id: str | None = None, event_type: str | None = None) -> Iterator[Entry]:
    """The trail, oldest first; of one task, or of one kind. A line that was cut short by a full disk is passed over."""
    try:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if not line.endswith("\n") or (task_id and task_id not in line):
                    continue
                try:
                    found = Entry.model_validate(json.loads(line))
                except ValueError:
                    continue
                if task_id in (None, found.task_id) and event_type in (None, found.event_type):
                    yield found
    except FileNotFoundError:
        return


def shown_name(task: Task) -> str:
    """What a task is made from, as who asked for it named it: the document, not the project that was written for it;
    and of what was sent over the web the name of the file, not the folder in which it is kept."""
    named = task.metadata.get("document") or task.input.named
    return _KEPT.split(shown_source(named))[-1]


def plain(text: str) -> str:
    """What is told, without where what was sent is kept. Its work grows as the text does, whoever wrote that.

    >>> plain("build/.uploads/0123456789abcdef0123456789abcdef/a.md:3: it is short")
    'a.md:3: it is short'
    """
    return _SENT.sub("", text)


def this_user() -> str:
    """The user of this machine who runs the process; empty where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
