"""One build of a project at a time."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import sys
import time

from videogen.build.workspace import Workspace
from videogen.build.write import sweep, unwritable
from videogen.model.errors import ResourceError


class Held(ResourceError):
    """Another build has the lock."""


class ProjectLock:
    """The right to write a project's build folder. The system gives it back however the process ends.

    `holder.json` beside the lock says who has it; found there by a new holder, it tells of a build that was
    killed or stopped, and what that build left half-written is swept away.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._holder = workspace.path(".holder.json")
        self._lock: sqlite3.Connection | None = None

    def acquire(self) -> None:
        """Take the lock. Raises Held when another build has it, saying who, ResourceError when it cannot be written."""
        # an exclusive transaction is a lock on every system that Python runs on, and sqlite is loaded anyway
        path = self._workspace.path(".lock")
        try:
            os.makedirs(self._workspace.build, exist_ok=True)
            lock = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.OperationalError) as error:
            raise unwritable(error, self._workspace.build) from error
        try:
            lock.execute("begin exclusive")
        except sqlite3.DatabaseError as error:
            lock.close()
            if "locked" not in str(error):
                raise unwritable(error, path) from error
            raise Held(
                f'another build of "{self._workspace.name}" is running{self._who()}', hint="wait for it or stop it"
            ) from None
        self._lock = lock
        if os.path.exists(self._holder):
            sweep(self._workspace.build)
        started = time.strftime("%H:%M:%S")
        command = " ".join([os.path.basename(sys.argv[0]), *sys.argv[1:]])
        try:
            with open(self._holder, "w", encoding="utf-8") as file:
                json.dump({"pid": os.getpid(), "started": started, "command": command}, file)
        except OSError as error:
            self.release()
            raise unwritable(error, self._holder) from error

    def release(self) -> None:
        """Give the lock back after a build that ended in order."""
        if self._lock is not None:
            with contextlib.suppress(OSError):
                os.unlink(self._holder)
            self._lock.close()
            self._lock = None

    def _who(self) -> str:
        try:
            with open(self._holder, encoding="utf-8") as file:
                holder = json.load(file)
            return f" (process {holder['pid']} since {holder['started']}: {holder['command']})"
        except (OSError, ValueError, KeyError, TypeError):
            return ""  # it is just starting or just ending
