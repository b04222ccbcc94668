"""What scenes and videos that are gone have left in the build folder.

Only files that a build writes, in folders that a build made, are ever named: whatever else somebody keeps in
there is not touched.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from videogen.build.plan import read_plan
from videogen.build.workspace import Workspace

SCENE = frozenset(
    (
        *("narration.json", "picture.json", "clock.json", "command.json"),
        *("narration.mp3", "narration.m4a", "timing.json", "capture.json"),
        *("ground.png", "first.png", "final.png", "layers.png", "motion.json", "captions.png", "captions.json"),
        *("sound.m4a", "segment.mp4", "transition.mp4", "texts.json", "translation.json"),
    )
)
"""The files of a scene's folder. A folder is a scene's when it holds the first three."""

FILM = frozenset(
    (
        *("script.json", "look.json", "format.json", "soundtrack.m4a"),
        *("timeline.json", "manifest.json", "report.json"),
    )
)
"""The files of a film's folder besides those with its name. A folder is a film's when it holds the first three."""


def leftovers(workspace: Workspace) -> dict[str, list[str]]:
    """Folders of scenes and films that the plan does not know any more, sorted, with the files in them."""
    videos = read_plan(workspace).videos
    if not videos:
        return {}
    films = {workspace.path(video["name"]) for video in videos}
    scenes = {workspace.path(video["name"], scene["id"]) for video in videos for scene in video["scenes"]}
    gone: dict[str, list[str]] = {}
    for video in _folders(workspace.build):
        for film in _folders(video):
            names = set(os.listdir(film))
            if not {"script.json", "look.json", "format.json"} <= names:
                continue
            if film not in films:
                stem = f"{os.path.basename(video)}.{os.path.basename(film)}."
                gone[film] = sorted(f"{film}/{name}" for name in names if name in FILM or name.startswith(stem))
            for scene in _folders(film):
                inside = set(os.listdir(scene))
                if scene not in scenes and {"narration.json", "picture.json", "clock.json"} <= inside:
                    gone[scene] = sorted(f"{scene}/{name}" for name in inside & SCENE)
    return dict(sorted(gone.items()))


def remove(files: list[str], build: str) -> None:
    """Remove files, and the folders below `build` that this leaves empty."""
    for path in files:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
    for folder in sorted({os.path.dirname(path) for path in files}, reverse=True):
        with contextlib.suppress(OSError):  # something of somebody else's is in it
            while folder != build:
                os.rmdir(folder)
                folder = os.path.dirname(folder)


def _folders(path: str) -> Iterator[str]:
    for entry in sorted(os.scandir(path), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            yield f"{path}/{entry.name}"
