"""Tasks as JSON files, one each, that a person can read: `task_0123456789ab.running.json`.

The state stands in the name, and the time of the last change is the file's, so that a list opens only what it shows.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from pathlib import Path
from typing import get_args

from videogen.build.write import replacing, unwritable
from videogen.model.task import Status, Task
from videogen.tasks.repository import known_id, not_found

_STATES = get_args(Status)
WAIT = 30
"""Seconds to wait for another process that writes."""


class JsonRepository:
    """A `Repository`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "tasks"

    def save(self, task: Task) -> None:
        """Keep a task."""
        with self._alone():
            self._write(task)

    def load(self, task_id: str) -> Task:
        """The task."""
        for _ in range(8):  # between the finding of a file and its reading another may take its place
            path = self._path(task_id)
            with contextlib.suppress(FileNotFoundError):
                return Task.model_validate_json(path.read_bytes())
        raise not_found(task_id)

    def delete(self, task_id: str, check: Callable[[Task], object] | None = None) -> bool:
        """Forget a task."""
        with self._alone():
            files = self._files(known_id(task_id))
            if check is not None and files:
                check(self.load(task_id))
            for path in files:
                path.unlink()
            return bool(files)

    def exists(self, task_id: str) -> bool:
        """Whether there is such a task."""
        return bool(self._files(known_id(task_id)))

    def list(
        self, status: Status | None = None, *, before: datetime | None = None, limit: int | None = 100
    ) -> list[Task]:
        """Tasks, the one changed last first."""
        newest = self._newest()
        bound = _stamp(before) if before else None
        wanted = [
            (-time, task_id, name)
            for task_id, (time, state, name) in newest.items()
            if (status is None or state == status) and (bound is None or time < bound)
        ]
        listed: list[Task] = []
        for _, _, name in sorted(wanted):
            if limit is not None and len(listed) >= limit:
                break
            with contextlib.suppress(FileNotFoundError):
                listed.append(Task.model_validate_json((self._folder / name).read_bytes()))
        return listed

    def counts(self) -> dict[Status, int]:
        """How many tasks are in each state."""
        states = [state for _, state, _ in self._newest().values()]
        return {state: states.count(state) for state in _STATES if state in states}

    def _newest(self) -> dict[str, tuple[int, str, str]]:
        """When each task was changed last, its state then, and the name of the file that says so."""
        newest: dict[str, tuple[int, str, str]] = {}
        for entry in self._entries():
            task_id, _, state = entry.name.removesuffix(".json").partition(".")
            found = (entry.stat().st_mtime_ns, state, entry.name)
            newest[task_id] = max(found, newest.get(task_id, found))
        return newest

    def change(self, task_id: str, how: Callable[[Task], Task]) -> Task:
        """Put what `how` makes of a task in its place."""
        with self._alone():
            task = how(self.load(task_id))
            self._write(task)
            return task

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        with contextlib.suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.startswith("task_") and entry.name.endswith(".json"):
                    yield entry

    def _files(self, task_id: str) -> list[Path]:
        return [path for state in _STATES if (path := self._folder / f"{task_id}.{state}.json").exists()]

    def _path(self, task_id: str) -> Path:
        """The file of a task: the newest, where a process was killed before it had removed the one before."""
        files = self._files(known_id(task_id))
        times: list[tuple[int, Path]] = []
        for path in files:
            with contextlib.suppress(FileNotFoundError):
                times.append((path.stat().st_mtime_ns, path))
        if not times:
            raise not_found(task_id)
        return max(times)[1]

    def _write(self, task: Task) -> None:
        path = self._folder / f"{task.id}.{task.status}.json"
        before = self._files(task.id)
        with replacing(str(path)) as temporary:
            with open(temporary, "wb") as file:
                file.write(task.to_json())
                file.flush()
                os.fsync(file.fileno())
            moment = _stamp(task.updated_at)
            os.utime(temporary, ns=(moment, moment))
        for other in before:
            if other != path:
                other.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _alone(self) -> Generator[None, None, None]:
        """While nobody else writes: an exclusive transaction is a lock on every system that Python runs on."""
        path = self._folder / ".lock"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise unwritable(error, str(path)) from error
        try:
            lock.execute("begin exclusive")
            yield
        except sqlite3.Error as error:
            raise unwritable(error, str(path)) from error
        finally:
            lock.close()


def _stamp(moment: datetime) -> int:
    """A time as a file bears it, in ns, of whole milliseconds."""
    return round(moment.timestamp() * 1000) * 1_000_000
