"""Tasks in one SQLite file: the default."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Generator
from datetime import datetime
from pathlib import Path

from videogen.build.write import unwritable
from videogen.model.errors import TaskNotFound
from videogen.model.task import Status, Task
from videogen.tasks.repository import known_id, not_found, uncollected

_SCHEMA = """
create table if not exists task (id text primary key, status text not null, updated text not null, data text not null);
create index if not exists task_status on task (status, updated);
create index if not exists task_updated on task (updated);
"""
_SAVE = "insert or replace into task values (?, ?, ?, ?)"
WAIT = 30
"""Seconds to wait for another process that writes."""


class SqliteRepository:
    """A `Repository`. Each call opens the file anew: it may be called from any thread or process."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "tasks.sqlite"
        self._ready = False

    def save(self, task: Task) -> None:
        """Keep a task."""
        with self._open() as file:
            file.execute(_SAVE, _row(task))

    def load(self, task_id: str) -> Task:
        """The task."""
        with self._open() as file:
            return _load(file, known_id(task_id))

    def delete(self, task_id: str, check: Callable[[Task], object] | None = None) -> bool:
        """Forget a task."""
        with self._open() as file:
            if check is not None:
                file.execute("begin immediate")
                with contextlib.suppress(TaskNotFound):
                    check(_load(file, known_id(task_id)))
            return file.execute("delete from task where id = ?", (known_id(task_id),)).rowcount > 0

    def exists(self, task_id: str) -> bool:
        """Whether there is such a task."""
        with self._open() as file:
            return file.execute("select 1 from task where id = ?", (known_id(task_id),)).fetchone() is not None

    def list(
        self, status: Status | None = None, *, before: datetime | None = None, limit: int | None = 100
    ) -> list[Task]:
        """Tasks, the one changed last first."""
        wanted, values = list[str](), list[str]()
        if status is not None:
            wanted.append("status = ?")
            values.append(status)
        if before is not None:
            wanted.append("updated < ?")
            values.append(_sortable(before))
        where = f"where {' and '.join(wanted)}" if wanted else ""
        query = f"select data from task {where} order by updated desc, id limit ?"
        with self._open() as file:
            rows = file.execute(query, (*values, -1 if limit is None else limit)).fetchall()
        with uncollected():
            return [Task.model_validate_json(data) for (data,) in rows]

    def counts(self) -> dict[Status, int]:
        """How many tasks are in each state."""
        with self._open() as file:
            return dict(file.execute("select status, count(*) from task group by status").fetchall())

    def change(self, task_id: str, how: Callable[[Task], Task]) -> Task:
        """Put what `how` makes of a task in its place."""
        with self._open() as file:
            file.execute("begin immediate")
            task = how(_load(file, known_id(task_id)))
            file.execute(_SAVE, _row(task))
            return task

    @contextlib.contextmanager
    def _open(self) -> Generator[sqlite3.Connection, None, None]:
        """The file, in a transaction that ends with the block: kept, or undone where the block raises."""
        try:
            if not self._ready:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(self._path, timeout=WAIT)
        except (OSError, sqlite3.Error) as error:
            raise unwritable(error, str(self._path)) from error
        try:
            if not self._ready:
                file.execute("pragma journal_mode = wal")
                file.executescript(_SCHEMA)
                self._ready = True
            file.execute("pragma synchronous = full")  # what was told to be kept is kept when the power fails
            with file:
                yield file
        except sqlite3.Error as error:
            raise unwritable(error, str(self._path)) from error
        finally:
            file.close()


def _load(file: sqlite3.Connection, task_id: str) -> Task:
    row = file.execute("select data from task where id = ?", (task_id,)).fetchone()
    if row is None:
        raise not_found(task_id)
    return Task.model_validate_json(row[0])


def _row(task: Task) -> tuple[str, str, str, str]:
    return task.id, task.status, _sortable(task.updated_at), task.model_dump_json(exclude_none=True)


def _sortable(moment: datetime) -> str:
    """A time as text that sorts as times do."""
    return f"{moment.timestamp():017.3f}"
