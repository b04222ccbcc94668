"""The files of a task: which they are, and where. Nothing else in the output folder can be asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote

from videogen.build.plan import Plan, read_json, read_plan
from videogen.build.workspace import Workspace
from videogen.model.task import Task
from videogen.tasks.home import Home
from videogen.tasks.places import workspace_of
from videogen.tasks.stages import read_events
from videogen.tasks.versions import files_of_film, version_of
from videogen.web.errors import NotFound

_TYPES = {
    ".mp4": "video",
    ".webm": "video",
    ".avi": "video",
    ".mp3": "audio",
    ".m4a": "audio",
    ".png": "image",
    ".jpg": "image",
    ".srt": "captions",
    ".vtt": "captions",
    ".txt": "text",
    ".md": "text",
    ".json": "data",
}


class Artifact(NamedTuple):
    """A file that a task has made, or that its film consists of."""

    path: str
    """From the output folder on."""
    type: str
    stage: str
    file: str
    """Where it is."""


def record_of(home: Home, task: Task) -> list[dict[str, Any]]:
    """The events of a task. They are not to be changed: others are given the same."""
    path = home.events(task.id)
    try:
        stat = os.stat(path)
    except FileNotFoundError:
        return []
    return _events(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=16)
def _events(path: str, size: int, mtime_ns: int) -> list[dict[str, Any]]:
    return [each.event for each in read_events(path)]


def artifacts_of(output: str, task: Task, record: list[dict[str, Any]]) -> dict[str, Artifact]:
    """Every file of a task that is there, by its path from the output folder on: what its builds made, and what its
    films consist of, also where an earlier task has made it."""
    top = os.path.realpath(output)
    named = _named(output, task, record).values()
    found = ((each, place) for each in named if (place := _inside(version_of(task, each.file), top)))
    return {each.path: each._replace(file=place) for each, place in found}


def artifact_of(output: str, task: Task, record: list[dict[str, Any]], path: str) -> Artifact:
    """One file of a task. Raises NotFound for any other, whatever it is called."""
    named = _named(output, task, record).get(path)
    place = named and _inside(version_of(task, named.file), os.path.realpath(output))
    if not named or not place:
        raise NotFound("this task has no such file", hint="its list of artifacts names them all")
    return named._replace(file=place)


def _named(output: str, task: Task, record: list[dict[str, Any]]) -> dict[str, Artifact]:
    """The files that a task may have, whether they are there or not: `file` is where they are named."""
    begin = f"{os.path.abspath(output)}{os.sep}"
    here = os.path.join(os.getcwd(), "")
    made = [(each["path"], each["type"], each["stage"]) for each in record if each["event"] == "ArtifactCreated"]
    found: dict[str, Artifact] = {}
    for path, kind, stage in [*made, *_films(task, record)]:
        whole = path if path.startswith("/") else here + path
        whole = whole if whole.startswith(begin) and "/." not in whole else os.path.abspath(whole)
        if whole.startswith(begin):
            shown = whole[len(begin) :].replace(os.sep, "/")
            found.setdefault(shown, Artifact(shown, kind, stage, path))
    return found


def _films(task: Task, record: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    workspace = workspace_of(task, record)
    if workspace is None:
        return
    for film in plan_of(task, workspace).videos:
        if task.input.videos and film["name"].split("/")[0] not in task.input.videos:
            continue
        folder = workspace.path(film["name"])
        for name, stage in files_of_film(film).items():
            yield f"{folder}/{name}", _TYPES[PurePosixPath(name).suffix], stage


def plan_of(task: Task, workspace: Workspace) -> Plan:
    """The plan of a task's films, also when a later build has another."""
    path = workspace.path("plan.json")
    kept = version_of(task, path)
    return read_plan(workspace) if kept == path else Plan(read_json(kept).get("videos", []), [])


def _inside(path: str, top: str) -> str | None:
    """Where a file of the output folder really is; None for one that is not there, or leads out."""
    place = os.path.realpath(path)
    return place if place.startswith(top + os.sep) and os.path.isfile(place) else None


def shown_path(path: str, output: str) -> str:
    """A path as the list of files has it: from the output folder on."""
    return os.path.relpath(os.path.abspath(path), os.path.abspath(output)).replace(os.sep, "/")


def url_of(task: Task, path: str, state: str = "") -> str:
    """The address of a file; with its state, another address for each, so that a page shows another one at once."""
    return f"/api/tasks/{task.id}/artifacts/{quote(path)}{state and f'?v={state}'}"


def state_of(stat: os.stat_result) -> str:
    """The state of a file in an address: another when it was made anew."""
    return f"{stat.st_mtime_ns:x}"
