"""Scenes that a person wrote, checked against what they name."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from videogen.inputs.clips import clip_section
from videogen.inputs.named import named_file
from videogen.inputs.pictures import picture_size
from videogen.inputs.yamltree import Loc, Tree
from videogen.model.errors import ValidationError, Where
from videogen.model.kinds import Chart, Content, Image, Video
from videogen.model.markup import Marked, MarkupError, read_markup
from videogen.model.project import HandScene, Project
from videogen.model.scene import Scene, slugify


class Place(NamedTuple):
    """Where in a file something stands; paths are told from `root`."""

    root: Path
    tree: Tree
    loc: Loc


def hand_scene(
    scene: HandScene,
    content: Content,
    name: str,
    place: Place,
    project: Project,
    *,
    paragraphs: Sequence[str] | None = None,
    known: Collection[str] = (),
) -> Scene:
    """A scene written by hand: in a project, in the brand file that it names, or in a review.

    `paragraphs` are its narration, where each is a turn of its own; `known` are fields whose file need not be there.
    Raises ValidationError.
    """
    for field in content.paths:
        named = getattr(content, field)
        if not named or field in known:
            continue
        loc = (*place.loc, "content", field)
        where = place.tree.where(loc)
        path, shown = named_file(named, place.tree.folder(loc, place.root), place.root, where)
        if isinstance(content, Image):
            picture_size(path, shown, where)
        elif not os.path.isfile(path):
            raise ValidationError(f'there is no file "{shown}"', where, "check the path; it counts from this file")
        if isinstance(content, Chart):
            content = _with_numbers(content, path, shown, where)
        if isinstance(content, Video):
            content = clip_section(content, path, shown, place.tree, (*place.loc, "content"))
        content = content.model_copy(update={field: shown})
    if content.runs() and not project.allow_commands:
        raise ValidationError(
            "this scene runs a command, which the project does not allow",
            place.tree.where((*place.loc, "content")),
            "if you trust it, write `allow_commands: true` in the project",
        )
    says = scene.says if paragraphs is None else [(None, each) for each in paragraphs]
    said = _said(says, place, project)
    return Scene(
        id=name,
        kind=scene.kind,
        content=content,
        narration=said.text,
        manner=scene.manner,
        turns=said.turns,
        marks=said.marks,
        pause_before=scene.pause_before,
        pause_after=scene.pause_after,
        min_seconds=scene.min_seconds,
        max_seconds=scene.max_seconds,
        title=heading_of(content),
    )


def _said(says: Sequence[tuple[str | None, str]], place: Place, project: Project) -> Marked:
    """A narration with its markup read."""
    loc = (*place.loc, "narration")
    for index, (speaker, _) in enumerate(says):
        if speaker and speaker not in project.speakers:
            close = get_close_matches(speaker, project.speakers, 1, 0.5)
            hint = f'did you mean "{close[0]}"?' if close else f"write `speakers: {{{speaker}: female}}` in the project"
            raise ValidationError(f'there is no speaker "{speaker}"', place.tree.where((*loc, index)), hint)
    try:
        return read_markup(says, project.speakers)
    except MarkupError as error:
        where = place.tree.where_text(loc, error.at)
        raise ValidationError(error.message, where, error.hint) from None


def _with_numbers(chart: Chart, path: Path, shown: str, where: Where) -> Chart:
    try:
        return chart.loaded(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ValidationError(
            f'the file "{shown}" has no numbers to draw: {reason}', where, "correct the file"
        ) from None


def heading_of(content: object) -> str:
    """What a slide would be called in a table of contents; "" when nothing on it says."""
    for name in ("title", "header", "main_text", "caption", "text"):
        value = getattr(content, name, "")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())[:120]
    return ""


def scene_ids(scenes: list[HandScene], contents: list[Content]) -> list[str]:
    """A unique id for each scene: the one it was given, else from its heading, else from its kind.

    Repeated headings get -2, -3 and so on; an id never depends on the scene's place among others.
    """
    return unique_ids(
        (scene.id, heading_of(content), scene.kind) for scene, content in zip(scenes, contents, strict=True)
    )


def unique_ids(scenes: Iterable[tuple[str | None, str, str]]) -> list[str]:
    """The ids of scenes, each given by its own id, its heading and its kind."""
    listed = list(scenes)
    taken = {own for own, _, _ in listed if own is not None}
    ids: list[str] = []
    for own, heading, kind in listed:
        slug = own
        if slug is None:
            base = slugify(heading, slugify(kind))
            slug, count = base, 1
            while slug in taken:
                count += 1
                slug = f"{base}-{count}"
            taken.add(slug)
        ids.append(slug)
    return ids
