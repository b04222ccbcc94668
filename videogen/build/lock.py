"""One build of a project at a time."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time

from filelock import FileLock, Timeout

from videogen.build.workspace import Workspace
from videogen.build.write import sweep
from videogen.model.errors import ResourceError


class ProjectLock:
    """The right to write a project's build folder. The system gives it back however the process ends.

    `holder.json` beside the lock says who has it; found there by a new holder, it tells of a build that was
    killed, and what that build left half-written is swept away.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._holder = workspace.path(".holder.json")
        self._lock = FileLock(workspace.path(".lock"))

    def acquire(self) -> None:
        """Take the lock. Raises ResourceError, saying who holds it, when another process does."""
        os.makedirs(self._workspace.build, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise ResourceError(
                f'another build of "{self._workspace.name}" is running{self._who()}', hint="wait for it or stop it"
            ) from None
        if os.path.exists(self._holder):
            sweep(self._workspace.build)
        started = time.strftime("%H:%M:%S")
        command = " ".join([os.path.basename(sys.argv[0]), *sys.argv[1:]])
        with open(self._holder, "w", encoding="utf-8") as file:
            json.dump({"pid": os.getpid(), "started": started, "command": command}, file)

    def release(self) -> None:
        """Give the lock back after a build that ended in order."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                os.unlink(self._holder)
            self._lock.release()

    def _who(self) -> str:
        try:
            with open(self._holder, encoding="utf-8") as file:
                holder = json.load(file)
            return f" (process {holder['pid']} since {holder['started']}: {holder['command']})"
        except (OSError, ValueError, KeyError):
            return ""  # it is just starting or just ending
