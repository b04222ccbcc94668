"""One build of a project at a time."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import sys
import time
from typing import Any

from videogen.build.workspace import Workspace
from videogen.build.write import sweep, unwritable
from videogen.model.allowed import confined
from videogen.model.errors import ResourceError

ENDING = 30.0
"""Seconds that a build which has made all may take to tidy up: a large store, which it keeps small, takes some."""
_LOOK = 0.05
"""Seconds between looks at what it says."""


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
            patience = time.monotonic() + ENDING
            while not _taken(lock, _LOOK):
                # without a note, it is just starting or just ending
                if not self._noted().get("ending", True) or time.monotonic() > patience:
                    raise Held(
                        f'another build of "{self._workspace.name}" is running{self._who()}',
                        hint="wait for it or stop it",
                    )
        except (sqlite3.DatabaseError, Held) as error:
            lock.close()
            raise error if isinstance(error, Held) else unwritable(error, path) from error
        self._lock = lock
        if os.path.exists(self._holder):
            sweep(self._workspace.build)
        try:
            self._note(ending=False)
        except OSError as error:
            self.release()
            raise unwritable(error, self._holder) from error

    def ending(self) -> None:
        """Say that all is made, and only tidying is left: who wants the lock now waits for it instead of giving up."""
        with contextlib.suppress(OSError):
            self._note(ending=True)

    def release(self) -> None:
        """Give the lock back after a build that ended in order."""
        if self._lock is not None:
            with contextlib.suppress(OSError):
                os.unlink(self._holder)
            self._lock.close()
            self._lock = None

    def _note(self, *, ending: bool) -> None:
        command = " ".join([os.path.basename(sys.argv[0]), *sys.argv[1:]])
        noted = {"pid": os.getpid(), "started": time.strftime("%H:%M:%S"), "command": command, "ending": ending}
        with open(self._holder, "w", encoding="utf-8") as file:
            json.dump(noted, file)

    def _noted(self) -> dict[str, Any]:
        try:
            with open(self._holder, encoding="utf-8") as file:
                found = json.load(file)
            return found if isinstance(found, dict) else {}
        except (OSError, ValueError):
            return {}

    def _who(self) -> str:
        holder = self._noted()
        if confined():  # strangers are told nothing of what else runs here
            return ""
        if not {"pid", "started", "command"} <= holder.keys():
            return ""
        return f" (process {holder['pid']} since {holder['started']}: {holder['command']})"


def is_held(folder: str) -> bool:
    """Whether a build has the lock of a build folder just now."""
    path = os.path.join(folder, ".lock")
    if not os.path.exists(path):
        return False
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as lock:
            lock.execute("begin immediate")
    except sqlite3.DatabaseError as error:
        return "locked" in str(error)  # what else is wrong with it is said to who takes it
    return False


def _taken(lock: sqlite3.Connection, seconds: float) -> bool:
    """Whether the lock could be taken, within so many seconds."""
    try:
        lock.execute(f"pragma busy_timeout = {round(1000 * seconds)}")
        lock.execute("begin exclusive")
    except sqlite3.DatabaseError as error:
        if "locked" not in str(error):
            raise
        return False
    return True
