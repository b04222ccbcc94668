"""What nothing makes any more: what scenes and videos that are gone have left in the build folder, and what a film or a
scene that is there had before.

Only files that a build writes, in folders that a build made, are ever named: whatever else somebody keeps in
there is not touched.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

from videogen.build.artifacts import FILM_ENDS, ends_of
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
        *("origin.json", "timeline.json", "manifest.json", "report.json"),
    )
)
"""The files of a film's folder besides those with its name. A folder is a film's when it holds the first three."""


def leftovers(workspace: Workspace) -> dict[str, list[str]]:
    """What the plan does not know any more, sorted: folders of scenes and films, with the files in them, and files in
    those that it knows."""
    videos = read_plan(workspace).videos
    if not videos:
        return {}
    films = {workspace.path(video["name"]): video for video in videos}
    scenes = {workspace.path(name, scene["id"]): scene for name, scene in _scenes(videos)}
    gone: dict[str, list[str]] = {}
    for video in _folders(workspace.build):
        for film in _folders(video):
            names = set(os.listdir(film))
            if not {"script.json", "look.json", "format.json"} <= names:
                continue
            named = {name for name in names if _is_named(name, os.path.basename(video), os.path.basename(film))}
            if film not in films:
                gone[film] = sorted(f"{film}/{name}" for name in (names & FILM) | named)
            else:
                gone |= _files(film, (names & _unmade(films[film])) | (named - _kept(films[film])))
            for scene in _folders(film):
                inside = set(os.listdir(scene))
                if not {"narration.json", "picture.json", "clock.json"} <= inside:
                    continue
                if scene not in scenes:
                    gone[scene] = sorted(f"{scene}/{name}" for name in inside & SCENE)
                else:
                    gone |= _files(scene, inside & _not_of(scenes[scene], films[film]))
    return dict(sorted(gone.items()))


def _scenes(videos: Iterable[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((video["name"], scene) for video in videos for scene in video["scenes"])


def _files(folder: str, names: Iterable[str]) -> dict[str, list[str]]:
    return {path: [path] for path in (f"{folder}/{name}" for name in names)}


def _is_named(name: str, video: str, language: str) -> bool:
    """Whether a file has the name of a film: that of the video, which a number may stand in.

    >>> _is_named("talk-2-usage.en.mp4", "talk-usage", "en"), _is_named("talk.en.backup.mp4", "talk", "en")
    (True, False)
    """
    end = next((end for end in FILM_ENDS if name.endswith(f".{language}{end}")), None)
    if end is None:
        return False
    stem = name.removesuffix(f".{language}{end}")
    return stem == video or any(
        stem[: match.start()] + stem[match.end() :] == video for match in re.finditer(r"-\d+(?=-)", stem)
    )


def _kept(film: dict[str, Any]) -> set[str]:
    """Of the files with the film's name, those that it has now."""
    return {film["file"] + end for end in ends_of(film)}


def _unmade(film: dict[str, Any]) -> set[str]:
    return set() if film.get("music") else {"soundtrack.m4a"}


def _not_of(scene: dict[str, Any], film: dict[str, Any]) -> set[str]:
    """Files that another scene may have, and this one has not."""
    runs = set() if scene["runs"] else {"command.json", "capture.json"}
    burned = film["captions"].get("burned", "none") != "none"
    return (
        runs
        | (set() if burned else {"captions.png", "captions.json"})
        | (set() if scene.get("heard") else {"sound.m4a"})
    )


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
