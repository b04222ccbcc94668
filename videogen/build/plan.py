"""The plan: what the first stages leave for the others, and what may be believed of it.

The paths of every target are made of its names, and `clean` removes targets: so a plan that somebody edited is
taken for one only as long as no name in it leads out of the build folder.
"""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache
from typing import Any, NamedTuple

from videogen.build.workspace import Workspace
from videogen.model.errors import ValidationError, Where
from videogen.model.formats import ENDS

_NAME = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_FILE = re.compile(r"(?:[A-Za-z0-9][\w.-]*/)*[A-Za-z0-9][\w.-]*", re.ASCII)
_PROMPT = {"id", "told", "max_cost"}
_SCENE = {"id", "kind", "title", "words", "voices", "files", "runs"}


class Plan(NamedTuple):
    """The videos and their scenes. Empty before the first run."""

    videos: list[dict[str, Any]]
    files: list[str]
    """Every file that `plan` wrote."""


def read_plan(workspace: Workspace) -> Plan:
    """The plan as the last run left it; empty if there is none that may be believed, for then it is made anew."""
    return _read(workspace) or Plan([], [])


def believed_plan(workspace: Workspace) -> Plan:
    """The plan, for commands that act on it as it is. Raises ValidationError for one that no build wrote."""
    path = workspace.path("plan.json")
    plan = _read(workspace)
    if plan is None and os.path.exists(path):
        raise ValidationError(
            "this is not the plan as a build wrote it",
            Where(path),
            f"`doit list project={workspace.name}{' profile=draft' if workspace.draft else ''}` mends it",
        )
    return plan or Plan([], [])


def stale_texts(workspace: Workspace) -> list[str]:
    """The lines in other languages whose original has changed since, as the last plan found them."""
    found = read_json(workspace.path("plan.json")).get("stale")
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def read_prompts(workspace: Workspace) -> list[dict[str, Any]]:
    """The videos that a language model is asked about: `id`, `told` (what it will take) and `max_cost`."""
    if not wants_answers(workspace):
        return []
    found = read_json(workspace.path("prompts.json")).get("videos")
    listed = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    return [each for each in listed if each.keys() >= _PROMPT and _NAME.fullmatch(str(each["id"]))]


def wants_answers(workspace: Workspace) -> bool:
    """Whether any video of the project wants a language model to write its script."""
    videos = read_json(workspace.path("source.json")).get("videos", [])
    return any(video.get("script", {}).get("ai") for video in videos)


def read_json(path: str) -> dict[str, Any]:
    """An object in a file of the build; empty when there is none, for then the task that makes it is stale."""
    try:
        stat = os.stat(path)
        return _parsed(path, stat.st_mtime_ns, stat.st_size)
    except (FileNotFoundError, ValueError):
        return {}


@lru_cache(maxsize=8)
def _parsed(path: str, mtime_ns: int, size: int) -> dict[str, Any]:
    with open(path, encoding="utf-8") as file:
        found = json.load(file)
    return found if isinstance(found, dict) else {}


def _read(workspace: Workspace) -> Plan | None:
    try:
        stat = os.stat(workspace.path("plan.json"))
    except FileNotFoundError:
        return None
    return _checked(workspace, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=2)
def _checked(workspace: Workspace, mtime_ns: int, size: int) -> Plan | None:
    found = read_json(workspace.path("plan.json"))
    try:
        plan = Plan(found["videos"], found["files"])
        whole = all(_is_film(film) for film in plan.videos) and all(_is_inside(workspace, path) for path in plan.files)
    except (KeyError, TypeError, AttributeError):
        return None
    return plan if whole else None


def _is_film(film: dict[str, Any]) -> bool:
    folders, stem, first = film["name"].split("/"), film["file"].split("."), film["first_shape"].split("/")
    names = [*folders, *stem, *first, *(scene["id"] for scene in film["scenes"])]
    return (
        len(folders) == len(stem) == len(first) == 2
        and all(_NAME.fullmatch(name) for name in names)
        and bool(film["scenes"])
        and all(scene.keys() >= _SCENE for scene in film["scenes"])
        and film["captions"].keys() >= {"srt", "vtt"}
        and all(kind in ENDS for kind in film.get("also", ()))
    )


def _is_inside(workspace: Workspace, path: str) -> bool:
    folder = workspace.path("")
    return path.startswith(folder) and _FILE.fullmatch(path[len(folder) :]) is not None
