"""Where the builds of a task put what they make, and what that is."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable
from typing import Any

from videogen.build.lock import is_held
from videogen.build.plan import read_plan
from videogen.build.projects import folder_of
from videogen.build.workspace import Workspace
from videogen.model.errors import PipelineError
from videogen.model.task import Task
from videogen.tasks.versions import files_of_film

SHOWN = ("video", "convert", "manifest", "check")
"""Stages that make a film and what belongs to it."""


def place_of(task: Task) -> tuple[str, str]:
    """Tells the build folders of tasks apart: those of the same have the same, and so have film and draft, which share
    what was fetched."""
    named = task.input.named
    name = os.path.basename(named.partition("?")[0] if "://" in named else named)
    return os.path.abspath(task.input.output_dir), re.sub(r"[\W_]+", "-", os.path.splitext(name)[0].lower()).strip("-")


def same_folder(one: Task, other: Task) -> bool:
    """Whether two tasks build into the same folder."""
    return one.input.draft == other.input.draft and place_of(one) == place_of(other)


def held(task: Task) -> bool:
    """Whether somebody builds in the folder of a task that waits, such as single targets, which are no task."""
    try:
        asked = task.input
        return is_held(folder_of(asked.project, asked.source, asked.output_dir, asked.draft))
    except PipelineError:
        return False  # what is wrong with its name is said by its build


def workspace_of(task: Task, record: list[dict[str, Any]]) -> Workspace | None:
    """The build folder of a task; None before it is known."""
    name = next((each["project"] for each in record if each["event"] == "TaskCreated"), "")
    if name:
        folder = f"{task.input.output_dir}/{name}{'.draft' if task.input.draft else ''}"
        return Workspace(name, "", folder, draft=task.input.draft)
    # a build that found nothing to do records nothing, but tells of its films: FOLDER/video/language/FILM.mp4
    films = (task.result or {}).get("videos") or ()
    if not films:
        return None
    folder = os.path.dirname(os.path.dirname(os.path.dirname(films[0])))
    return Workspace(os.path.basename(folder).removesuffix(".draft"), "", folder, draft=task.input.draft)


def made_by(record: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Every file that the builds of a task made, as its record tells, and the stage of each."""
    return {each["path"]: each["stage"] for each in record if each["event"] == "ArtifactCreated"}


def films_in(workspace: Workspace | None) -> dict[str, str]:
    """Every file that the films of a build folder consist of, there or not, and the stage of each."""
    films = read_plan(workspace).videos if workspace else []
    return {
        workspace.path(film["name"], name): stage
        for film in films
        if workspace
        for name, stage in files_of_film(film).items()
    }


def remove(path: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    folder = os.path.dirname(path)
    while folder and os.path.isdir(folder) and not os.listdir(folder):
        shutil.rmtree(folder)
        folder = os.path.dirname(folder)
