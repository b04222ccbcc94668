"""Whether a project's lock of narrations is what would be spoken now, found out by planning alone."""

from __future__ import annotations

import os
import subprocess

from videogen.build.films import planned_films
from videogen.build.narrations import line_folders, narration_in, read_lock
from videogen.build.terms import Terms
from videogen.build.workspace import Workspace
from videogen.model.errors import ValidationError

_LOCK = ".narration.lock"


def stale_lines(workspace: Workspace) -> dict[str, str]:
    """What of the lock is not as it would be, in words, by video, language and scene. Nobody is asked, and nothing is
    spoken. Raises ValidationError where there is no lock, or none that a build wrote, and whatever keeps the project
    from being planned."""
    lock = read_lock(workspace.narration_lock)
    if lock is None:
        hint = f"`video-gen create {workspace.name}` writes {workspace.narration_lock}"
        raise ValidationError(f"{workspace.file} has no lock", hint=hint)
    planned_films(workspace, Terms(frozen=True))
    lines = line_folders(workspace)
    found = {name: lock.difference(name, narration_in(f"{at}/narration.json")) for name, at in lines.items()}
    gone = {name: "nothing says it any more" for name in lock.lines if name not in lines}
    return {name: what for name, what in sorted({**found, **gone}.items()) if what is not None}


def tracked_projects() -> list[str]:
    """The project files whose locks are in git, of the working folder and all below it. Raises ValidationError where
    git does not know the folder, and for a lock without a project."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z", "--", f"*{_LOCK}"], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        raise ValidationError("this is no folder of a git repository", hint="name the projects instead") from None
    return [_project_of(path) for path in listed.decode().split("\0") if path and os.path.exists(path)]


def _project_of(lock: str) -> str:
    stem = lock.removesuffix(_LOCK)
    for ending in (".yaml", ".yml"):
        if os.path.exists(stem + ending):
            return stem + ending
    raise ValidationError(f"{lock} has no project", hint=f"remove it, or bring back {stem}.yaml")
