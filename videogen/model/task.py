"""A task: one build that was asked for, with its state. What the record of its events tells is not kept here twice."""

from __future__ import annotations

import secrets
from datetime import datetime, timezone
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BeforeValidator, Field, model_validator

from videogen.model.accent import Accent
from videogen.model.asked import OF_A_DOCUMENT
from videogen.model.aspect import Aspect
from videogen.model.base import Model
from videogen.model.errors import ValidationError
from videogen.model.formats import Format

Status = Literal["pending", "running", "paused", "completed", "failed", "cancelled"]
"""pending (waits for its turn) -> running -> completed | failed | cancelled; paused and failed ones can be resumed."""

ENDED: tuple[Status, ...] = ("completed", "failed", "cancelled")
_NEXT: dict[Status, tuple[Status, ...]] = {
    "pending": ("running", "paused", "cancelled", "failed"),
    "running": ("completed", "failed", "cancelled", "paused"),
    "paused": ("pending", "running", "cancelled"),
    "failed": ("pending", "running", "cancelled"),
    "cancelled": ("pending", "running"),
    "completed": ("pending", "running"),
}
_MAY_BE: dict[Status, str] = {
    "pending": "it can be paused or cancelled",
    "running": "it can be paused or cancelled",
    "paused": "it can be resumed or cancelled",
    "failed": "it can be resumed, and goes on from there",
    "cancelled": "it can be resumed, and goes on from there",
    "completed": "it can be resumed, which makes what has changed since",
}
"""What to do with a task instead, where it is in a state that does not allow what was asked for."""

ID = r"task_[0-9a-f]{12}"


def _several(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


class InputConfig(Model):
    """What a build is asked for: a project, or a document with the settings that the command line has for one."""

    project: str | None = Field(default=None, description="A project's name, or the path of its YAML.")
    source: str | None = Field(default=None, description="A document: a path, a web address, or `kind:value`.")
    output_dir: str = Field(default="build", description="Folder of everything that is made.")
    videos: tuple[str, ...] = Field(default=(), description="Only these of its videos.")
    title: str | None = None
    languages: tuple[str, ...] | None = None
    duration: str | None = Field(default=None, description="How long the film should be, such as `90s`.")
    voice: str | None = None
    theme: str | None = None
    accent: Accent | None = None
    aspect: Annotated[tuple[Aspect, ...] | None, BeforeValidator(_several)] = Field(
        default=None, description="The shape of the picture, or several: a film of each."
    )
    also: Annotated[tuple[Format, ...] | None, BeforeValidator(_several)] = Field(
        default=None, description="Other formats of the film, beside its MP4: `webm`, `avi`, `h265`."
    )
    use_ai: str | None = Field(default=None, description="`provider:model` that writes the script; empty: the usual.")
    max_cost: float | None = Field(default=None, ge=0, le=1000, description="US dollars that all answers may cost.")
    frozen: bool = Field(default=False, description="Ask nobody and speak nothing.")
    draft: bool = Field(default=False, description="480p and without a voice.")
    refresh: bool = Field(default=False, description="Ask again for what was fetched from the web.")
    fail_on_warn: bool = Field(default=False, description="Fail also when the checks only warn.")
    jobs: int | None = Field(default=None, ge=1, le=64, description="Targets made at once.")

    @model_validator(mode="after")
    def _one_input(self) -> InputConfig:
        if (self.project is None) == (self.source is None):
            raise ValueError("give either a project or a source")
        if self.project is not None:
            given = [name for name in OF_A_DOCUMENT if getattr(self, name) is not None]
            if given:
                raise ValueError(f"{given[0]} goes with a source; a project says it in its YAML")
        return self

    @property
    def named(self) -> str:
        """What is built, as a person would call it."""
        return self.project or self.source or ""


class Task(Model):
    """One build asked for. `error` and `result` are those of its last attempt."""

    id: str = Field(pattern=f"^{ID}$")
    status: Status = "pending"
    input: InputConfig
    created_at: AwareDatetime
    updated_at: AwareDatetime
    user: str = Field(default="", description="Who asked; tasks of different users take turns.")
    attempt: int = Field(default=0, ge=0, description="How often it was begun.")
    pid: int | None = Field(default=None, description="The process that builds it, or built it last.")
    pid_started: float | None = Field(default=None, description="When that process began, seconds since the epoch.")
    starting: bool = Field(default=False, description="It is just being begun, by the process that `pid` tells.")
    error: dict[str, Any] | None = Field(default=None, description="What went wrong, as `PipelineError.to_dict`.")
    result: dict[str, Any] | None = Field(default=None, description="Videos, counts, findings and seconds.")
    metadata: dict[str, str] = Field(default_factory=dict)


def now() -> datetime:
    """UTC, to the millisecond, as it is written down."""
    moment = datetime.now(timezone.utc)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def new_task(asked: InputConfig, user: str = "", **metadata: str) -> Task:
    """A task that waits for its turn, under an id that nobody can guess."""
    moment = now()
    return Task(
        id=f"task_{secrets.token_hex(6)}",
        input=asked,
        created_at=moment,
        updated_at=moment,
        user=user,
        metadata=metadata,
    )


def moved(task: Task, to: Status, **changed: Any) -> Task:
    """The task in another state. Raises ValidationError where that state cannot follow its own."""
    if to not in _NEXT[task.status]:
        asked = {"pending": "resumed", "running": "begun"}.get(to, to)
        raise ValidationError(f"{task.id} is {task.status} and cannot be {asked}", hint=_MAY_BE[task.status])
    change = {"status": to, "updated_at": max(now(), task.updated_at), "starting": False, **changed}
    return task.model_copy(update=change)
