"""The films of a task as they were when it was done, which a later build of the same project replaces.

A version is made of hard links, in `OUTPUT/.tasks/films/TASK/`: a build never writes into a file that is there but puts
another in its place, so a version takes room only for what a later build has replaced.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from typing import Any

from videogen.build.artifacts import ends_of
from videogen.build.plan import read_plan
from videogen.build.workspace import Workspace
from videogen.model.task import Task
from videogen.tasks.home import Home

MOST = 10
"""Versions that are kept of one project; the oldest goes when there is another."""
ROOM = 2 << 30
"""Bytes that all versions of one project may take beside its last; the oldest go."""

_BESIDE = {"manifest.json": "manifest", "timeline.json": "plan", "report.json": "check"}
_SCENE = {"final.png": "frames", "first.png": "frames", "narration.mp3": "audio"}


def files_of_film(film: dict[str, Any]) -> dict[str, str]:
    """What a film of a plan consists of: the names of the files below its folder, each with the stage that makes it."""
    names = {**{f"{film['file']}{end}": stage for end, stage in ends_of(film).items()}, **_BESIDE}
    return names | {f"{scene['id']}/{name}": stage for scene in film["scenes"] for name, stage in _SCENE.items()}


def keep(home: Home, task: Task, workspace: Workspace) -> None:
    """Keep what the films of a task consist of, where later tasks build into the same folder: all but those of what was
    sent. Where the file system has no hard links, nothing is kept."""
    if task.metadata.get("confined", ".") != ".":
        return
    top, name = _folder(home, task.id), os.path.basename(workspace.build)
    part = f"{top}.part"
    for old in (top, part):  # of an attempt before
        shutil.rmtree(old, ignore_errors=True)
    try:
        _link(workspace, os.path.join(part, name))
        os.rename(part, top)
        for old in surplus(_versions(home, name)):
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)


def _link(workspace: Workspace, folder: str) -> None:
    films = read_plan(workspace).videos
    for path in ("plan.json", *(f"{film['name']}/{name}" for film in films for name in files_of_film(film))):
        kept = os.path.join(folder, path)
        os.makedirs(os.path.dirname(kept), exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # a film need not have all of them
            os.link(workspace.path(path), kept, follow_symlinks=False)


def surplus(versions: Sequence[str]) -> Iterator[str]:
    """Of versions, the last first, those that are more than there may be, or for which there is no room."""
    held: set[tuple[int, int]] = set()
    room = 0
    for at, folder in enumerate(versions):
        files = [os.stat(os.path.join(here, name)) for here, _, names in os.walk(folder) for name in names]
        own = {(file.st_dev, file.st_ino): file.st_size for file in files}
        room += sum(size for file, size in own.items() if at and file not in held)
        held |= own.keys()
        if at >= MOST or room > ROOM:
            yield folder


def drop(home: Home, task_id: str) -> None:
    """Keep the version of a task no longer."""
    shutil.rmtree(_folder(home, task_id), ignore_errors=True)


def version_of(task: Task, path: str) -> str:
    """The file of a build folder as a task left it; the file itself where no version is kept."""
    output = task.input.output_dir
    kept = os.path.join(output, ".tasks", "films", task.id, os.path.relpath(path, output))
    return kept if task.status == "completed" and os.path.lexists(kept) else path


def _folder(home: Home, task_id: str) -> str:
    return os.path.join(home.folder, "films", task_id)


def _versions(home: Home, name: str) -> list[str]:
    """The versions of a project, the last first."""
    found: Iterator[os.DirEntry[str]] = os.scandir(os.path.join(home.folder, "films"))
    same = [each.path for each in found if os.path.isdir(os.path.join(each.path, name))]
    return sorted(same, key=lambda path: os.stat(path).st_mtime_ns, reverse=True)
