"""The queue: begins the tasks that wait, so many at once. It remembers nothing: another may go on at any time."""

from __future__ import annotations

import logging
import threading

from videogen.model.errors import PipelineError, ValidationError
from videogen.model.task import Task
from videogen.tasks.home import Home
from videogen.tasks.lifecycle import next_of, reap, recover, start
from videogen.tasks.limits import Limits
from videogen.tasks.places import held

AT_ONCE, MOST_AT_ONCE = 4, 16
_LOOK = 0.2
"""Seconds between looks for what others ask for or end."""
_REST = 2.0
"""Seconds between looks while something is wrong, such as a full disk."""

log = logging.getLogger("videogen.tasks")


class Queue:
    """Runs the tasks of a home until it is closed. Those that it began go on then, and the next queue minds them."""

    def __init__(self, home: Home, at_once: int = AT_ONCE, limits: Limits | None = None) -> None:
        if not 1 <= at_once <= MOST_AT_ONCE:
            raise ValidationError(f"{at_once} tasks at once are not possible", hint=f"give 1 to {MOST_AT_ONCE}")
        self._home, self._at_once, self._limits = home, at_once, limits
        self._stepping = threading.Lock()
        self.fault: str | None = None
        """What keeps it from its work just now, in one line; it goes on as soon as it can."""
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="queue", daemon=True)

    def __enter__(self) -> Queue:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._thread.join()

    def step(self) -> list[Task]:
        """Begin what may begin now; returns those that were begun. Where another thread is about it, that is enough."""
        if not self._stepping.acquire(blocking=False):
            return []
        try:
            return self._step()
        finally:
            self._stepping.release()

    def _step(self) -> list[Task]:
        reap()
        recover(self._home)
        repository, begun = self._home.repository(), list[Task]()
        running = repository.list("running", limit=None)
        pending = repository.list("pending", limit=None) if len(running) < self._at_once else []
        while len(running) < self._at_once and (task := next_of(pending, running)) is not None:
            pending.remove(task)
            if held(task):
                continue
            if start(self._home, task.id, self._limits):
                running.append(task)
                begun.append(task)
        return begun

    def _run(self) -> None:
        while not self._closed.wait(_REST if self.fault else _LOOK):
            self._look()

    def _look(self) -> None:
        try:
            self.step()
        except Exception as error:
            self._tell(error)
        else:
            if self.fault:
                log.warning("the queue goes on")
            self.fault = None

    def _tell(self, error: Exception) -> None:
        # a disk that is full, or a home that is gone, may be mended: whoever waits for a turn still waits for it
        expected = isinstance(error, PipelineError | OSError)
        said = error.line() if isinstance(error, PipelineError) else f"{type(error).__name__}: {error}"
        if said != self.fault:
            log.error("the queue cannot work: %s", said, exc_info=None if expected else error)
        self.fault = said
