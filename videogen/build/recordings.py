"""What a person has recorded: which files there are, and of which scene each is.

`recordings/<video>/<language>/<scene>.wav`, or `.mp3`, or `.m4a`; for the only video of a project, in its own
language, also `recordings/<scene>.wav`. Light: a build that has nothing to do looks for them too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from videogen.build.plan import read_json
from videogen.build.workspace import Workspace
from videogen.model.errors import ValidationError, Where

if TYPE_CHECKING:
    from videogen.model.project import VideoConfig
    from videogen.model.scene import Scene

KINDS = (".wav", ".mp3", ".m4a")
"""Ends of the names of recordings."""


def recorded(workspace: Workspace) -> list[str]:
    """Every file that could be a recording of the project as it was last read, in a steady order."""
    return sorted(path for paths in _found(_known(workspace)).values() for path in paths)


def looked_in(workspace: Workspace) -> list[str]:
    """The folders in which a recording that comes is found."""
    return sorted({folder for _, folders in _folders(_known(workspace)) for folder in folders})


def recordings_of(videos: Sequence[VideoConfig]) -> dict[str, list[str]]:
    """The files in the folders of each film, by `video/language`."""
    return _found([video.model_dump(include={"id", "languages", "shape_of", "recorded_in"}) for video in videos])


def taken(paths: Sequence[str], scenes: Sequence[Scene]) -> tuple[dict[str, str], list[str]]:
    """The recording of each scene that has one, and what is to be said of the other files.

    Raises ValidationError for two of one scene, and for one of a scene without words, which captions need.
    """
    said = {scene.id: bool(scene.narration) for scene in scenes}
    found: dict[str, str] = {}
    unused: list[str] = []
    for path in paths:
        scene, kind = os.path.splitext(os.path.basename(path))
        if kind.lower() not in KINDS:
            unused.append(f"{path} is not used: recordings are {', '.join(KINDS[:-1])} or {KINDS[-1]} files")
        elif scene not in said:
            close = get_close_matches(scene, said, 1) or get_close_matches(scene.lower(), said, 1)
            hint = f'did you mean "{close[0]}"?' if close else f"its scenes are {', '.join([*said][:12])}"
            unused.append(f'{path} is not used: there is no scene "{scene}"; {hint}')
        elif scene in found:
            raise ValidationError(
                f'there are two recordings of scene "{scene}", the other is {found[scene]}',
                Where(path),
                "remove one of them",
            )
        elif not said[scene]:
            raise ValidationError(
                f'scene "{scene}" has a recording, but no narration, and captions need its words',
                Where(path),
                "write what is said as the scene's `narration`, or remove the recording",
            )
        else:
            found[scene] = path
    return found, unused


def _known(workspace: Workspace) -> list[dict[str, Any]]:
    return read_json(workspace.path("source.json")).get("videos", [])


def _folders(videos: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """Each film, as `video/language`, with the folders of its recordings."""
    own = [video for video in videos if not video.get("shape_of") and video.get("recorded_in")]
    for video in own:
        for language in video["languages"]:
            name = f"{video['id']}/{language}"
            short = len(own) == 1 and language == video["languages"][0]
            yield name, [f"{video['recorded_in']}/{name}", *([video["recorded_in"]] if short else [])]


def _found(videos: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    return {name: [path for folder in folders for path in _files(folder)] for name, folders in _folders(videos)}


def _files(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(
                f"{folder}/{entry.name}" for entry in entries if not entry.name.startswith(".") and not entry.is_dir()
            )
    except (FileNotFoundError, NotADirectoryError):
        return []
