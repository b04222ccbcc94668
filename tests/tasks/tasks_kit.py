"""Tasks of a small real project, and waiting for what becomes of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from studio import Studio, long_project

from videogen.model.task import InputConfig, Task
from videogen.tasks import lifecycle
from videogen.tasks.home import Home
from videogen.tasks.limits import Limits
from videogen.tasks.stages import Recorded, read_events

LONG = long_project(12)
TALK = InputConfig(project="talk")
LONGEST = 120.0


@dataclass(frozen=True)
class Office:
    """A studio with the tasks of its output folder."""

    studio: Studio
    home: Home

    def submit(self, asked: InputConfig = TALK, user: str = "ada") -> Task:
        return lifecycle.submit(self.home, asked, user)

    def start(self, task: Task, limits: Limits | None = None) -> None:
        assert lifecycle.start(self.home, task.id, limits)

    def begun(self) -> Task:
        """A task that makes something already."""
        task = self.submit()
        self.start(task)
        self.at_work(task)
        return task

    def load(self, task: Task) -> Task:
        return self.home.repository().load(task.id)

    def events(self, task: Task) -> list[Recorded]:
        return list(read_events(self.home.events(task.id)))

    def kinds(self, task: Task) -> list[str]:
        return [each.event["event"] for each in self.events(task)]

    def made(self, task: Task) -> list[str]:
        """Names of the targets' tasks that its builds made, each as often as they did."""
        return [
            each.event["name"]
            for each in self.events(task)
            if each.event["event"] == "StageComplete" and each.event["how"] == "made"
        ]

    def until(self, holds: Callable[[], bool], what: str = "it") -> None:
        """Wait until something holds that other processes bring about."""
        never, deadline = threading.Event(), time.monotonic() + LONGEST
        while not holds():
            assert time.monotonic() < deadline, f"{what} did not come about"
            never.wait(0.02)
            lifecycle.reap()

    def ended(self, task: Task) -> Task:
        """The task once it runs no more."""
        self.until(lambda: self.load(task).status not in ("pending", "running"), "the end of a task")
        return self.load(task)

    def at_work(self, task: Task, count: int = 4) -> None:
        """Wait until its build has made some targets of scenes."""
        self.until(lambda: sum(":" in name for name in self.made(task)) >= count, "the making of targets")
