"""A script as a person reviews it: plain fields by name, so that three versions of it can be compared one by one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from videogen.model.base import Model
from videogen.model.markup import write_markup
from videogen.model.scene import Scene
from videogen.model.script import VideoScript

MANNER = ("voice", "rate", "pitch", "volume")
CLOCK = {"pause_before": 0.0, "pause_after": 0.35, "min_seconds": 0.0, "max_seconds": 600.0}
"""Seconds around a scene, and what they are where nobody says."""

Fields = dict[str, Any]
"""What a scene says and shows: `title`, `kind`, `content`, `narration` (its paragraphs), and how it is said."""


class ReviewScene(Model):
    """A scene as it stands in a file, unchecked."""

    id: str
    fields: Fields
    lines: dict[str, int] = Field(default_factory=dict)
    """Where `title`, `slide` and `narration` begin, from 1."""
    of: dict[str, str] = Field(default_factory=dict)
    """Of a translation: a digest of each field of the original, as it was when the file was written."""


class ReviewText(Model):
    """A whole script as it stands in a file; `fields` are the film's own: its `title`."""

    fields: Fields = Field(default_factory=dict)
    scenes: list[ReviewScene] = Field(default_factory=list)

    def same(self, other: ReviewText) -> bool:
        """Whether both say the same, wherever it stands."""
        one, two = ([(each.id, each.fields) for each in text.scenes] for text in (self, other))
        return self.fields == other.fields and one == two


class Review(Model):
    """What a person made of a script, and the script that they made it of."""

    file: str
    """Relative to the working folder."""
    folder: str
    """From which the paths in it count."""
    base: ReviewText
    mine: ReviewText
    checked: dict[str, Scene] = Field(default_factory=dict)
    """Those of its scenes in which a person changed something, by id, as scenes."""


class Reviews(Model):
    """`reviews.json`: the reviews of a project's films, by `video/language`."""

    films: dict[str, Review] = Field(default_factory=dict)


@dataclass(frozen=True)
class MergedScene:
    """A scene of both."""

    id: str
    fields: Fields
    """In a conflict, as the person has it."""
    source: Fields
    """The same, in a conflict as the source has it."""
    mine: frozenset[str] = frozenset()
    """Names of the fields that are as the person has them, and not as in the source; `content.items` is one."""
    conflicts: tuple[str, ...] = ()
    old_id: str = ""
    """Its id in the person's file; "" where it is not there."""
    removed: bool = False
    """The source has it no more, and the person changed it: a conflict too."""


@dataclass(frozen=True)
class Merged:
    """A script of both."""

    film: MergedScene
    """The film's own fields."""
    scenes: list[MergedScene]
    order: list[str] = field(default_factory=list)
    """Ids in the order of the source, where both moved scenes in ways that do not go together; else empty."""

    @property
    def clean(self) -> bool:
        """Whether there is no conflict."""
        return not self.order and not any(each.conflicts or each.removed for each in (self.film, *self.scenes))


def unmerged(text: ReviewText) -> Merged:
    """A script as it is, in the form of two that were made one."""
    scenes = [MergedScene(each.id, each.fields, each.fields) for each in text.scenes]
    return Merged(MergedScene("", text.fields, text.fields), scenes)


def review_text(script: VideoScript, folder: str) -> ReviewText:
    """A script as it is shown to a person in a file of `folder`."""
    scenes = [ReviewScene(id=scene.id, fields=scene_fields(scene, folder)) for scene in script.scenes]
    return ReviewText(fields={"title": " ".join(script.title.split())}, scenes=scenes)


def scene_fields(scene: Scene, folder: str) -> Fields:
    """A scene's fields; what is as it would be anyway is left out. Paths count from `folder`."""
    manner = {name: value for name in MANNER if (value := getattr(scene.manner, name)) is not None}
    clock = {name: value for name, usual in CLOCK.items() if (value := getattr(scene, name)) != usual}
    return {
        "title": " ".join(scene.title.split()),
        "kind": scene.kind,
        "content": _content(scene, folder),
        **{name: _short(value) for name, value in {**manner, **clock}.items()},
        "narration": write_markup(scene.narration, scene.marks, scene.turns),
    }


def _content(scene: Scene, folder: str) -> Fields:
    content = scene.content
    shown = content.model_dump(mode="json", exclude_defaults=True)
    named = [name for name in content.paths if getattr(content, name)]
    for name in named:
        shown[name] = os.path.relpath(getattr(content, name), folder or ".").replace(os.sep, "/")
    if named and scene.kind == "chart":
        # its numbers are in the file that it names
        shown = {name: value for name, value in shown.items() if name not in ("labels", "series")}
    return shown


def _short(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def flat(fields: Mapping[str, Any]) -> Fields:
    """Fields with those of the content beside them, as `content.items`, so that each is compared by itself."""
    own = {name: value for name, value in fields.items() if name != "content"}
    content = fields.get("content")
    inner = content if isinstance(content, dict) else {}
    return {**own, **{f"content.{name}": value for name, value in inner.items()}}
