"""Recordings and translations that two projects would both take: which of the two they are of, nobody can know.

Projects that lie in one folder have the same `recordings` and `translations` unless they say otherwise. Each finds its
own in there by the names of its videos; two of one name, and recordings that stand there under the name of a scene
alone, are refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from videogen.build.recordings import KINDS
from videogen.build.workspace import Workspace
from videogen.model.errors import PipelineError, ValidationError, Where
from videogen.model.project import VideoConfig
from videogen.model.translation import Translations


class _Claim(NamedTuple):
    """What a project takes, if it is there."""

    what: str
    folder: str
    name: str
    """Of a video; "": what stands in the folder itself."""


def refuse_shared(workspace: Workspace, videos: Sequence[VideoConfig], translations: Translations) -> None:
    """Raise ValidationError for a recording or a translation that another project takes too: one whose file lies
    beside this one's, or another document that was made into a film beside it."""
    own = [video for video in videos if video.shape_of is None]
    found = {claim: place for claim, place in _found(own, translations) if place}
    if not found:
        return
    for file in _siblings(workspace):
        for claim in _claims(file):
            if claim in found:
                raise _shared(claim, found[claim], file, own[0])


def _found(videos: Sequence[VideoConfig], translations: Translations) -> Iterator[tuple[_Claim, str]]:
    """What this project takes, with the place of something that is there, or ""."""
    for video in videos:
        if video.recorded_in:
            inside = f"{video.recorded_in}/{video.id}"
            yield _Claim("recordings", video.recorded_in, video.id), inside if os.path.isdir(inside) else ""
            if len(videos) == 1:
                yield _Claim("recordings", video.recorded_in, ""), _first(video.recorded_in)
        for language in video.languages[1:]:
            there = translations.languages.get(language, {}).get(video.id)
            file = f"{video.translated_in}/{language}.yaml"
            yield _Claim(f"translations ({language})", video.translated_in, video.id), file if there else ""


def _first(folder: str) -> str:
    try:
        names = sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return next((f"{folder}/{name}" for name in names if name.lower().endswith(KINDS)), "")


def _siblings(workspace: Workspace) -> list[Path]:
    file = Path(workspace.file)
    if not workspace.document:
        near = list(file.parent.glob("*.yaml"))
    elif file.parent.name == file.stem:  # a project that was written for it into its build folder
        near = [path for path in file.parent.parent.glob("*/*.yaml") if path.stem == path.parent.name]
    else:
        near = []
    return sorted(path for path in near if path != file)


def _claims(file: Path) -> Iterator[_Claim]:
    """What another project takes; nothing where the file is none, such as one that projects include."""
    from videogen.inputs.named import relative
    from videogen.inputs.project import read_project
    from videogen.inputs.source import project_id

    try:
        videos = read_project(file, file.as_posix()).videos
    except PipelineError:
        return
    for video in videos:
        project, name = video.project, video.id or project_id(file)
        folders = {
            field: relative(video.tree.folder((field,), Path()) / getattr(project, field), Path())
            for field in ("recordings", "translations")
        }
        yield _Claim("recordings", folders["recordings"], name)
        if len(videos) == 1 and project.split is None:
            yield _Claim("recordings", folders["recordings"], "")
        for language in project.languages[1:]:
            yield _Claim(f"translations ({language})", folders["translations"], name)


def _shared(claim: _Claim, place: str, other: Path, video: VideoConfig) -> ValidationError:
    field = claim.what.partition(" ")[0]
    hint = f"name another folder as `{field}` in one of them"
    if field == "recordings" and not claim.name:
        hint = f"put those of this project into {claim.folder}/{video.id}/{video.languages[0]}, or {hint}"
    return ValidationError(f"{other.as_posix()} would take these {claim.what} too", Where(place), hint)
