"""What happens during a build, as one typed stream that the console, a file and a web page read alike.

Light on purpose: this module is imported by every build, also by the one that finds nothing to do.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Event:
    """Base of all events. `to_dict()["event"]` names the kind."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data for one line of NDJSON."""
        return {"event": type(self).__name__, **asdict(self)}


@dataclass(frozen=True)
class TaskCreated(Event):
    """A build was asked for."""

    project: str
    input: str


@dataclass(frozen=True)
class TaskStarted(Event):
    """The graph is known. `stages` maps a stage to the number of its targets' tasks, in order of the flow."""

    project: str
    stages: dict[str, int]


@dataclass(frozen=True)
class StageStart(Event):
    """A task of a stage began."""

    stage: str
    name: str


@dataclass(frozen=True)
class Progress(Event):
    """Tasks of a stage that are settled (made, restored or found up to date), of all of them."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True)
class StageComplete(Event):
    """A task of a stage is done. `how` is made, restored (from the store) or unchanged (was up to date)."""

    stage: str
    name: str
    how: str
    seconds: float = 0.0


@dataclass(frozen=True)
class StageError(Event):
    """A task of a stage failed."""

    stage: str
    name: str
    error: dict[str, Any]


@dataclass(frozen=True)
class Warned(Event):
    """Something a person should know that stopped nothing."""

    message: str
    name: str = ""


@dataclass(frozen=True)
class ArtifactCreated(Event):
    """A file that was written."""

    path: str
    stage: str
    size_bytes: int


@dataclass(frozen=True)
class Counts:
    """Tasks of a build by outcome."""

    made: int = 0
    restored: int = 0
    unchanged: int = 0
    failed: int = 0


@dataclass(frozen=True)
class TaskCompleted(Event):
    """Everything asked for is there."""

    project: str
    seconds: float
    counts: Counts
    videos: list[str] = field(default_factory=list)
    errors: int = 0
    """Findings of the checks that must be mended."""
    warnings: int = 0
    findings: list[str] = field(default_factory=list)
    """What the checks found, one line each, errors first: `error: install: 192 words a minute is too fast`."""
    passed: bool = True
    """False: what the checks found fails the build (exit code 3)."""


@dataclass(frozen=True)
class TaskFailed(Event):
    """Something asked for could not be made; what was made stays."""

    project: str
    seconds: float
    counts: Counts
    failed: list[str] = field(default_factory=list)
    interrupted: bool = False
    usage: bool = False
    """What was asked for could not be read: nothing was begun."""
