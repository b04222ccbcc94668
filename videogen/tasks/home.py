"""Where the tasks of one output folder are: `OUTPUT/.tasks/`, beside what their builds make."""

from __future__ import annotations

import os
from typing import NamedTuple

from videogen.model.allowed import TASKS
from videogen.tasks.repository import Backend, Repository, known_id, open_repository


class Home(NamedTuple):
    """A folder of tasks, their events and the audit trail. `backend` says how the tasks are kept."""

    folder: str
    backend: Backend = "sqlite"

    def repository(self) -> Repository:
        """The tasks themselves."""
        return open_repository(self.folder, self.backend)

    def events(self, task_id: str) -> str:
        """The record of what happened in a task's builds: NDJSON, only ever added to."""
        return os.path.join(self.folder, "events", f"{known_id(task_id)}.ndjson")

    def wish(self, task_id: str) -> str:
        """The file whose being there asks the process that builds a task to pause."""
        return os.path.join(self.folder, "events", f"{known_id(task_id)}.pause")

    @property
    def audit(self) -> str:
        """The audit trail: NDJSON, only ever added to."""
        return os.path.join(self.folder, "audit.ndjson")


def home_of(output: str = "build", backend: Backend = "sqlite") -> Home:
    """The tasks of everything that is made in a folder."""
    return Home(os.path.join(output, TASKS), backend)
