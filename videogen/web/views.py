"""Tasks as this face tells of them; the views of records that do not grow any more are kept."""

from __future__ import annotations

import os
from collections import OrderedDict
from threading import Lock
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from videogen.model.address import shown_source
from videogen.model.task import ID, InputConfig, Status, Task
from videogen.tasks.audit import plain
from videogen.tasks.home import Home
from videogen.tasks.stages import StageStatus, read_events
from videogen.tasks.versions import version_of
from videogen.tasks.view import view_of
from videogen.web.errors import told
from videogen.web.files import plan_of, shown_path, state_of, url_of, workspace_of

_MOST = 1000
_views: OrderedDict[str, tuple[object, dict[str, Any]]] = OrderedDict()
_lock = Lock()


class _Open(BaseModel):
    model_config = ConfigDict(extra="allow")


class StageView(_Open):
    """What became of a stage."""

    name: str
    status: StageStatus
    started_at: str | None
    completed_at: str | None
    duration_seconds: float
    retry_count: int
    done: int
    total: int
    artifacts: list[dict[str, Any]] = Field(default_factory=list)
    warnings: list[str]
    error: dict[str, Any] | None


class TaskView(_Open):
    """A task, with what its record tells."""

    id: str = Field(pattern=f"^{ID}$")
    status: Status
    name: str = Field(description="What it is called.")
    input: InputConfig
    created_at: str
    updated_at: str
    user: str
    attempt: int
    error: dict[str, Any] | None = None
    result: dict[str, Any] | None = None
    metadata: dict[str, str]
    current_stage: str | None
    progress: float = Field(ge=0, le=1)
    last_event: int = Field(ge=0, description="Number of the last event that this tells of.")
    title: str | None = Field(description="That of its first film, once it is planned.")
    film: str | None = Field(description="Address of its first film, once it is made.")
    picture: str | None = Field(description="Address of that film's picture.")
    duration_seconds: float
    stages: list[StageView]


class TaskList(BaseModel):
    """A page of tasks, the one changed last first."""

    tasks: list[TaskView]
    next: str | None = Field(description="Give it as `before` for the page that follows; null on the last.")


def shown(home: Home, task: Task) -> dict[str, Any]:
    """A task with all that its record tells."""
    events = read_events(home.events(task.id))
    workspace = workspace_of(task, [each.event for each in events[:1]])
    videos = plan_of(task, workspace).videos if workspace else []
    view = view_of(home, task, events)
    for each in [view, *view["stages"]]:
        if each["error"]:
            each["error"] = told(each["error"])
    for stage in view["stages"]:
        stage["warnings"] = [plain(each) for each in stage["warnings"]]
    return {
        **view,
        "name": name_of(task),
        "title": videos[0]["title"] if videos else task.input.title,
        **_film(home, task),
    }


def _film(home: Home, task: Task) -> dict[str, str | None]:
    """The addresses of the first film of a task and of its picture, while they are there."""
    videos = (task.result or {}).get("videos") if task.status == "completed" else None
    if not videos:
        return {"film": None, "picture": None}
    film: str = videos[0]
    return {"film": _address(home, task, film), "picture": _address(home, task, f"{film.removesuffix('.mp4')}.jpg")}


def _address(home: Home, task: Task, path: str) -> str | None:
    try:
        stat = os.stat(version_of(task, path))
    except OSError:
        return None
    shown = shown_path(path, os.path.dirname(home.folder))
    return url_of(task, shown, state_of(stat) if path.endswith(".jpg") else "")


def listed(home: Home, task: Task) -> dict[str, Any]:
    """A task as it stands in a list: without what its stages made. Told anew only when something has changed."""
    path = home.events(task.id)
    try:
        stat = os.stat(path)
        key = (task.updated_at, task.status, stat.st_size, stat.st_mtime_ns)
    except FileNotFoundError:
        key = (task.updated_at, task.status)
    with _lock:
        known = _views.get(path)
    if known is not None and known[0] == key:
        return {**known[1], **_film(home, task)}  # which somebody may have removed
    view = shown(home, task)
    view["stages"] = [{**stage, "artifacts": []} for stage in view["stages"]]
    with _lock:
        _views[path] = (key, view)
        while len(_views) > _MOST:
            _views.popitem(last=False)
    return view


def name_of(task: Task) -> str:
    """What a task is called: by a name that somebody gave it, or by what it builds."""
    named = shown_source(task.metadata.get("name") or task.input.named)
    return named if "://" in named else os.path.splitext(os.path.basename(named))[0] or named
