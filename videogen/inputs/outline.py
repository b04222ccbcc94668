"""What a film comes to before it is made: its scenes, and about how long each lasts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from videogen.model.markup import MarkupError, read_markup
from videogen.model.pace import heard_words
from videogen.model.timing import LEAD_SECONDS, TRANSITION_SECONDS

WORDS_A_MINUTE = 155
"""Words of a usual length that a voice says, pauses between sentences included."""

_HEADINGS = ("header", "title", "lesson_title", "question", "main_text", "label", "caption", "text")


class Outlined(NamedTuple):
    """A scene in an outline."""

    kind: str
    title: str
    seconds: float
    """An estimate."""


def outline(scenes: Iterable[Mapping[str, Any]]) -> list[Outlined]:
    """Scenes as they stand in a project, in short.

    >>> outline([{"kind": "title", "content": {"title": "Hello"}, "min_seconds": 4}])
    [Outlined(kind='title', title='Hello', seconds=4)]
    """
    return [Outlined(scene["kind"], _heading(scene), _seconds(scene)) for scene in scenes]


def outline_text(title: str, scenes: Iterable[Mapping[str, Any]]) -> str:
    """An outline in lines of text, with the length of the whole in the first."""
    found = outline(scenes)
    count = "1 scene" if len(found) == 1 else f"{len(found)} scenes"
    width = max((len(each.kind) for each in found), default=0)
    head = f"{title}: {count}, about {sum(each.seconds for each in found):.0f} s"
    return "\n".join([head, *(f"  {each.kind:{width}}  {each.seconds:3.0f} s  {each.title}" for each in found)])


def _heading(scene: Mapping[str, Any]) -> str:
    values = (scene.get("content", {}).get(name) for name in _HEADINGS)
    return next((" ".join(value.split()) for value in values if isinstance(value, str) and value.strip()), "")


def _seconds(scene: Mapping[str, Any]) -> float:
    given = scene.get("narration", "")
    lines = [
        (None, line) if isinstance(line, str) else next(iter(line.items()))
        for line in (given if isinstance(given, list) else [given])
    ]
    try:
        said = read_markup(lines)
    except MarkupError:  # it is told of where the project is checked
        text, pauses = " ".join(text for _, text in lines), 0.0
    else:
        text, pauses = said.text, sum(mark.seconds or 0.0 for mark in said.marks)
    around = pauses + scene.get("pause_before", 0.0) + scene.get("pause_after", 0.35)
    spoken = heard_words(text) * 60 / WORDS_A_MINUTE / (scene.get("rate") or 1.0)
    return max(round(spoken + around + LEAD_SECONDS + TRANSITION_SECONDS, 1), scene.get("min_seconds", 0.0))
