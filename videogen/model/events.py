"""What happens during a build, as one typed stream that the console, a file and a web page read alike.

Light on purpose: this module is imported by every build, also by the one that finds nothing to do. That is why
events are named tuples, which cost a tenth of a dataclass to define.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args


class TaskCreated(NamedTuple):
    """A build was asked for."""

    project: str
    input: str


class TaskStarted(NamedTuple):
    """The graph is known. `stages` maps a stage to the number of its targets' tasks, in order of the flow."""

    project: str
    stages: dict[str, int]


class StageStart(NamedTuple):
    """A task of a stage began."""

    stage: str
    name: str


class Progress(NamedTuple):
    """Tasks of a stage that are settled (made, restored or found up to date), of all of them."""

    stage: str
    done: int
    total: int


class StageComplete(NamedTuple):
    """A task of a stage is done. `how` is made, restored (from the store) or unchanged (was up to date)."""

    stage: str
    name: str
    how: str
    seconds: float = 0.0


class StageError(NamedTuple):
    """A task of a stage failed; without stage and name, the build as a whole."""

    stage: str
    name: str
    error: dict[str, Any]


class Warned(NamedTuple):
    """Something a person should know that stopped nothing."""

    message: str
    name: str = ""


class ArtifactCreated(NamedTuple):
    """A file that was written. `type` is video, audio, image, captions, text or data."""

    path: str
    type: str
    stage: str
    size_bytes: int


class Counts(NamedTuple):
    """Tasks of a build by outcome."""

    made: int = 0
    restored: int = 0
    unchanged: int = 0
    failed: int = 0


class TaskCompleted(NamedTuple):
    """Everything asked for is there."""

    project: str
    seconds: float
    counts: Counts
    videos: list[str]
    errors: int
    """Findings of the checks that must be mended."""
    warnings: int
    findings: list[str]
    """What the checks found, one line each, errors first: `error: install: 192 words a minute is too fast`."""
    passed: bool
    """False: what the checks found fails the build (exit code 3)."""


class TaskFailed(NamedTuple):
    """Something asked for could not be made; what was made stays."""

    project: str
    seconds: float
    counts: Counts
    failed: list[str]
    interrupted: bool = False
    usage: bool = False
    """What was asked for could not be read: nothing was begun."""


class TaskPaused(NamedTuple):
    """A person had the build pause: what was at work was finished, and nothing more begun."""

    project: str
    seconds: float
    counts: Counts


Event = (
    TaskCreated
    | TaskStarted
    | StageStart
    | Progress
    | StageComplete
    | StageError
    | Warned
    | ArtifactCreated
    | TaskCompleted
    | TaskFailed
    | TaskPaused
)


_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Event)}


def from_dict(data: Mapping[str, Any]) -> Event:
    """The event that `to_dict` told of; what else stands there, such as its `time`, is left out.

    >>> from_dict({"event": "Progress", "time": "2026-01-01T00:00:00Z", "stage": "audio", "done": 1, "total": 2})
    Progress(stage='audio', done=1, total=2)
    """
    kind = _KINDS[data["event"]]
    fields = {name: data[name] for name in kind._fields if name in data}
    if "counts" in fields:
        fields["counts"] = Counts(**fields["counts"])
    return kind(**fields)


def to_dict(event: Event) -> dict[str, Any]:
    """Plain data for one line of NDJSON; `event` names the kind."""
    fields = event._asdict()
    if isinstance(event, TaskCompleted | TaskFailed | TaskPaused):
        fields["counts"] = event.counts._asdict()
    return {"event": type(event).__name__, **fields}
