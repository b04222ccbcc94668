"""Where tasks are kept: one protocol, two backends behind it, and whatever else keeps its promise."""

from __future__ import annotations

import contextlib
import gc
import re
from collections.abc import Callable, Generator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Protocol

from videogen.model.errors import TaskNotFound, ValidationError
from videogen.model.task import ID, Status, Task

Backend = str
"""`sqlite`, `json`, or `module:name` of a function or class that opens a `Repository` in a folder. It is a name,
because every process that has to do with a task opens its repository for itself."""


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

    def delete(self, task_id: str, check: Callable[[Task], object] | None = None) -> bool:
        """Forget a task; whether there was one. `check` is given it first, while nobody else changes any; what it
        raises keeps the task."""
        ...

    def exists(self, task_id: str) -> bool:
        """Whether there is such a task."""
        ...

    def list(
        self, status: Status | None = None, *, before: datetime | None = None, limit: int | None = 100
    ) -> list[Task]:
        """Tasks, the one changed last first: those in a state, those not changed since `before`, at most `limit`."""
        ...

    def counts(self) -> dict[Status, int]:
        """How many tasks are in each state, without those in which none is."""
        ...

    def change(self, task_id: str, how: Callable[[Task], Task]) -> Task:
        """Put what `how` makes of a task in its place, while nobody else changes any; what it raises changes nothing.
        Raises TaskNotFound."""
        ...


def open_repository(folder: str, backend: Backend = "sqlite") -> Repository:
    """The repository in a folder, which is made if need be. Raises ValidationError for a backend that there is not."""
    if backend == "json":
        from videogen.tasks.jsonfiles import JsonRepository

        return JsonRepository(Path(folder))
    if backend == "sqlite":
        from videogen.tasks.sqlite import SqliteRepository

        return SqliteRepository(Path(folder))
    module, colon, name = backend.partition(":")
    try:
        if colon:
            return getattr(import_module(module), name)(folder)
    except (ImportError, AttributeError, ValueError) as error:
        raise ValidationError(f'the backend "{backend}" cannot be opened: {error}') from error
    raise ValidationError(f'there is no backend "{backend}"', hint="there are: sqlite, json, and module:name")


def backend_of(opener: Callable[[str], Repository]) -> Backend:
    """The name of a backend of somebody's own. Raises ValidationError for one that no other process could find.

    >>> from videogen.tasks.sqlite import SqliteRepository
    >>> backend_of(SqliteRepository)
    'videogen.tasks.sqlite:SqliteRepository'
    """
    module, name = getattr(opener, "__module__", ""), getattr(opener, "__qualname__", "")
    if (
        not name.isidentifier()
        or module in ("", "__main__")
        or getattr(import_module(module), name, None) is not opener
    ):
        raise ValidationError(
            f"another process could not find {name or opener!r} in {module or 'any module'}",
            hint="give a function or class of a module, not of a program, that opens the repository in a folder",
        )
    return f"{module}:{name}"


@contextlib.contextmanager
def uncollected() -> Generator[None, None, None]:
    """Without the collector of garbage: it would look through thousands of tasks that are all kept, again and again,
    and take as long for that as they take to be read."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def known_id(task_id: str) -> str:
    """The id itself. Raises TaskNotFound for what can be the id of no task, such as a path."""
    if not re.fullmatch(ID, task_id):
        raise not_found(task_id)
    return task_id


def not_found(task_id: str) -> TaskNotFound:
    """The error for an id under which there is nothing."""
    return TaskNotFound(
        f'there is no task "{task_id[:40]}"',
        hint="`video-gen list` shows those of build/; see also --output",
    )
