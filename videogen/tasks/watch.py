"""A thread of a build that sees whether somebody wants it to pause, and whether it takes more than it may."""

from __future__ import annotations

import contextlib
import os
import threading
import time

from videogen.build.pause import pause
from videogen.build.signals import stop_for
from videogen.build.workspace import Workspace
from videogen.model.errors import PipelineError
from videogen.model.events import Event, StageComplete, StageError, StageStart
from videogen.tasks.limits import Limits, Spent, check_disk, check_length, check_memory, check_time
from videogen.tasks.processes import memory_of

_LOOK = 0.1
"""Seconds between looks for a wish, which costs a call of the system."""
_MEASURE = 1.0
"""Seconds between measurements."""
_WEIGH = 10.0
"""Seconds between sums of what is on the disk."""


class Watch:
    """Watches one build from its beginning to its end."""

    def __init__(self, wish: str, workspace: Workspace, limits: Limits | None) -> None:
        self._wish, self._workspace, self._limits = wish, workspace, limits
        self._spent = Spent()
        self._lock = threading.Lock()
        self._planned = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def told(self, event: Event) -> None:
        """An event of the build."""
        if isinstance(event, StageStart):
            with self._lock:
                self._spent.start(event.stage, event.name, time.monotonic())
        elif isinstance(event, StageComplete | StageError) and event.stage:
            with self._lock:
                self._spent.end(event.stage, event.name, time.monotonic())
            self._planned |= event.stage == "plan"

    def stop(self) -> None:
        """The build has ended."""
        self._ended.set()

    def _run(self) -> None:
        measure = weigh = time.monotonic()
        while not self._ended.wait(_LOOK):
            if os.path.exists(self._wish):
                pause()
            moment = time.monotonic()
            if self._limits is None or moment < measure:
                continue
            measure = moment + _MEASURE
            try:
                with self._lock:
                    seconds = self._spent.seconds(moment)
                check_time(seconds, self._limits)
                check_memory(memory_of(os.getpid()), self._limits)
                if self._planned:
                    self._planned = False
                    self._check_length(self._limits)
                if moment >= weigh:
                    weigh = moment + _WEIGH
                    check_disk(_size(self._workspace.build), self._limits)
            except PipelineError as error:
                if not self._ended.is_set():
                    stop_for(error)

    def _check_length(self, limits: Limits) -> None:
        from videogen.build.plan import read_json, read_plan

        for film in read_plan(self._workspace).videos:
            script = read_json(self._workspace.path(film["name"], "script.json"))
            check_length(film["name"], float(script.get("estimated_duration", 0)), limits)


def _size(folder: str) -> int:
    """Bytes of all files below a folder."""
    total = 0
    for here, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):  # it went meanwhile
                total += os.stat(os.path.join(here, name)).st_size
    return total
