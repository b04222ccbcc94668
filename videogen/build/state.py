"""What the build remembers, in one sqlite file a project.

doit writes its state when a run ends; a killed run would forget all it had made. Here every finished task is
committed at once, and a damaged file is set aside rather than in the way.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from doit.dependency import FileChangedChecker, SqliteDB

if TYPE_CHECKING:
    import sqlite3

FileState = tuple[int, int, str]
"""(mtime in ns, size in bytes, sha256 in hex) of a file."""


class Hashes:
    """sha256 of files by path, remembered while modification time and size stay."""

    def __init__(self) -> None:
        self._known: dict[str, FileState] = {}
        self._lock = threading.Lock()
        self._new: dict[str, FileState] = {}

    def state(self, path: str) -> FileState:
        """The state of a file now. Raises OSError when it cannot be read."""
        stat = os.stat(path)
        known = self._known.get(path)
        if known is not None and known[0] == stat.st_mtime_ns and known[1] == stat.st_size:
            return known
        with open(path, "rb") as file:
            # the time is taken before the content: an edit in between makes the state look old, never fresh
            before = os.fstat(file.fileno())
            digest = hashlib.sha256()
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        state = (before.st_mtime_ns, before.st_size, digest.hexdigest())
        with self._lock:
            self._known[path] = self._new[path] = state
        return state

    def load(self, rows: dict[str, FileState]) -> None:
        """Take over what an earlier run knew."""
        self._known.update(rows)

    def take_new(self) -> dict[str, FileState]:
        """What was learnt since the last call."""
        with self._lock:
            new, self._new = self._new, {}
        return new


HASHES = Hashes()
"""Of this process: doit makes its checker itself, so there is no other place to hand it over."""

_pins: dict[tuple[str, str], FileState] = {}


def pin(task: str, path: str, state: FileState) -> None:
    """Have the end of a task record the state its input had when it was read, not the state it has by then."""
    _pins[task, path] = state


class ContentChecker(FileChangedChecker):
    """A file changed when its content did: time and size decide quickly, sha256 when the time differs."""

    def check_modified(self, file_path: str, file_stat: os.stat_result, state: Any) -> bool:
        """Whether the file is not what `state` says."""
        mtime, size, digest = state
        if file_stat.st_size != size:
            return True
        return file_stat.st_mtime_ns != mtime and HASHES.state(file_path)[2] != digest

    def get_state(self, dep: str, current_state: Any) -> FileState | None:
        """The state to record, or None when the recorded one still holds."""
        state = HASHES.state(dep)
        return None if current_state is not None and tuple(current_state) == state else state


class _File(NamedTuple):
    """The open state file: the connection, and every row as it was read or written last."""

    connection: sqlite3.Connection
    stored: dict[str, str]


class DurableSqlite(SqliteDB):
    """doit's sqlite backend, committing each task as it finishes and leaving unchanged rows alone."""

    desc = "sqlite3, committed after every task"

    def __init__(self, name: str, codec: Any, *, module_name: str | None = None) -> None:
        self.name = name
        self.codec = codec
        self._cache: dict[str, dict[str, Any]] = {}  # of tasks that are being saved
        self._read: tuple[str, dict[str, Any]] = ("", {})
        self._dirty: set[str] = set()
        self._broken = False

    @cached_property
    def _file(self) -> _File:
        # opened when it is first asked: the short way to "nothing to do" asks nothing
        return self._open_or_set_aside(self.name)

    def _open_or_set_aside(self, name: str) -> _File:
        import sqlite3

        folder = os.path.dirname(name)
        os.makedirs(folder or ".", exist_ok=True)
        try:
            return self._open(name)
        except (sqlite3.DatabaseError, ValueError) as error:
            if isinstance(error, sqlite3.OperationalError) and not str(error).startswith("no such "):
                # locked, full or not permitted: nothing is wrong with what it holds
                from videogen.build.write import unwritable

                raise unwritable(error, name) from error
            aside = f"{name}.damaged"
            os.replace(name, aside)
            for tail in ("-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(name + tail)
            print(
                f"{name}: the state of the build was damaged; set aside as {os.path.basename(aside)} and begun anew "
                "(what was made is taken from the store, not made again)",
                file=sys.stderr,
            )
            return self._open(name)

    def _open(self, name: str) -> _File:
        import sqlite3

        # doit reads rows on its main thread and our threads never touch the state
        connection = sqlite3.connect(name, timeout=30, isolation_level="DEFERRED")
        try:
            connection.execute("pragma journal_mode=WAL")
            connection.execute("pragma synchronous=NORMAL")
            connection.execute("create table if not exists doit (task_id text not null primary key, task_data text)")
            connection.execute(
                "create table if not exists hash (path text not null primary key, mtime int, size int, sha256 text)"
            )
            stored = dict(connection.execute("select task_id, task_data from doit"))
            HASHES.load(
                {path: (mtime, size, sha) for path, mtime, size, sha in connection.execute("select * from hash")}
            )
        except (sqlite3.DatabaseError, ValueError):
            connection.close()
            raise
        return _File(connection, stored)

    def get(self, task_id: str, dependency: str) -> Any:
        """A value that is remembered of a task, or None."""
        data = self._cache.get(task_id)
        if data is None:
            if self._read[0] != task_id:  # doit asks for all that it wants of a task before it goes to the next
                row = self._file.stored.get(task_id)
                self._read = task_id, self.codec.decode(row) if row else {}
            data = self._read[1]
        return data.get(dependency)

    def in_(self, task_id: str) -> bool:
        """Whether anything is known of a task."""
        return task_id in self._cache or task_id in self._file.stored

    def names(self) -> list[str]:
        """Every task that is remembered."""
        return sorted({*self._file.stored, *self._cache})

    def set(self, task_id: str, dependency: str, value: Any) -> None:
        """Remember a value; the last one of a finished task commits it."""
        value = _pins.pop((task_id, dependency), value)
        self._read = "", {}
        super().set(task_id, dependency, value)
        if dependency == "deps:":  # the last key that doit writes for a task that succeeded
            self._flush([task_id])

    def _flush(self, tasks: list[str]) -> None:
        import sqlite3

        rows = []
        for task in tasks:
            data = self.codec.encode(self._cache[task])
            if data != self._file.stored.get(task):
                rows.append((task, data))
        hashes = [(path, *state) for path, state in HASHES.take_new().items()]
        try:
            if rows:
                self._file.connection.executemany("insert or replace into doit values (?, ?)", rows)
            if hashes:
                self._file.connection.executemany("insert or replace into hash values (?, ?, ?, ?)", hashes)
            if rows or hashes:
                self._file.connection.commit()
        except sqlite3.OperationalError as error:
            self._broken = True
            from videogen.build.write import unwritable

            raise unwritable(error, self.name) from error
        self._file.stored.update(rows)
        self._dirty.difference_update(tasks)
        for task in tasks:  # its row is enough to know it by: of many scenes, what is in it would be much
            del self._cache[task]

    def remove(self, task_id: str) -> None:
        """Forget a task, now."""
        self._read = "", {}
        self._cache.pop(task_id, None)
        self._dirty.discard(task_id)
        if self._file.stored.pop(task_id, None) is not None:
            self._delete("delete from doit where task_id = ?", (task_id,))

    def remove_all(self) -> None:
        """Forget every task."""
        self._read = "", {}
        self._cache.clear()
        self._dirty.clear()
        self._file.stored.clear()
        self._delete("delete from doit", ())

    def _delete(self, statement: str, values: tuple[str, ...]) -> None:
        import sqlite3

        try:
            self._file.connection.execute(statement, values)
            self._file.connection.commit()
        except sqlite3.OperationalError as error:
            from videogen.build.write import unwritable

            raise unwritable(error, self.name) from error

    def dump(self) -> None:
        """Write what is left and close."""
        if "_file" not in self.__dict__:
            return
        try:
            if not self._broken:
                self._flush(list(self._dirty))
        finally:
            self._file.connection.close()
