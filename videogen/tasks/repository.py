"""Where tasks are kept: one protocol, two backends behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from videogen.model.errors import TaskNotFound, ValidationError
from videogen.model.task import ID, Status, Task

Backend = Literal["sqlite", "json"]


class Repository(Protocol):
    """Keeps tasks so that any process can read and change them, and none is lost or half-written when one is killed.

    Ids are those of `Task.id`; any other raises TaskNotFound. What cannot be written raises ResourceError.
    """

    def save(self, task: Task) -> None:
        """Keep a task, in place of what was kept under its id."""
        ...

    def load(self, task_id: str) -> Task:
        """The task. Raises TaskNotFound."""
        ...

    def delete(self, task_id: str) -> bool:
        """Forget a task; whether there was one."""
        ...

    def exists(self, task_id: str) -> bool:
        """Whether there is such a task."""
        ...

    def list(
        self, status: Status | None = None, *, before: datetime | None = None, limit: int | None = 100
    ) -> list[Task]:
        """Tasks, the one changed last first: those in a state, those not changed since `before`, at most `limit`."""
        ...

    def change(self, task_id: str, how: Callable[[Task], Task]) -> Task:
        """Put what `how` makes of a task in its place, while nobody else changes any; what it raises changes nothing.
        Raises TaskNotFound."""
        ...


def open_repository(folder: str, backend: Backend = "sqlite") -> Repository:
    """The repository in a folder, which is made if need be."""
    if backend == "json":
        from videogen.tasks.jsonfiles import JsonRepository

        return JsonRepository(Path(folder))
    if backend == "sqlite":
        from videogen.tasks.sqlite import SqliteRepository

        return SqliteRepository(Path(folder))
    raise ValidationError(f'there is no backend "{backend}"', hint="there are: sqlite, json")


def known_id(task_id: str) -> str:
    """The id itself. Raises TaskNotFound for what can be the id of no task, such as a path."""
    if not re.fullmatch(ID, task_id):
        raise not_found(task_id)
    return task_id


def not_found(task_id: str) -> TaskNotFound:
    """The error for an id under which there is nothing."""
    return TaskNotFound(f'there is no task "{task_id[:40]}"', hint="`video-gen list` shows all")
