"""The kinds that give points a form: lists, steps, dates, two sides, a callout, a figure."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, field_validator

from videogen.model.base import Model
from videogen.model.kinds.base import Content, Line, Text, passages

MAX_POINTS = 24
"""Points of one scene: on several pages, where they do not fit one."""


class Point(Model):
    """A point, and what is to be said of it."""

    text: Line
    detail: str = Field(default="", max_length=600)


Points = list[Line | Point]
"""Points, those that need no detail as plain text."""


def pairs(points: list[str | Point]) -> list[tuple[str, str]]:
    """Text and detail of every point.

    >>> pairs(["a", Point(text="b", detail="c")])
    [('a', ''), ('b', 'c')]
    """
    return [(point, "") if isinstance(point, str) else (point.text, point.detail) for point in points]


class Listing(Content):
    """A header with its description, and points that stand beside it, each with a detail or none."""

    header: Line
    description: str = Field(default="", max_length=600)
    items: Points = Field(min_length=1, max_length=MAX_POINTS)

    def cue_names(self) -> list[str]:
        """One cue an item."""
        return [f"item:{index}" for index in range(len(self.items))]


class Steps(Content):
    """What is done one after the other: numbered, and joined by a line that grows."""

    header: str = Field(default="", max_length=300)
    steps: Points = Field(min_length=1, max_length=MAX_POINTS)

    def cue_names(self) -> list[str]:
        """One cue a step."""
        return [f"step:{index}" for index in range(len(self.steps))]


class Event(Model):
    """What happened, and when; `date` is any text."""

    date: Line
    label: Line
    text: str = Field(default="", max_length=600)


class Timeline(Content):
    """Events along a line, in the order in which they are given."""

    header: str = Field(default="", max_length=300)
    events: list[Event] = Field(min_length=1, max_length=MAX_POINTS)

    def cue_names(self) -> list[str]:
        """One cue an event."""
        return [f"event:{index}" for index in range(len(self.events))]


class TwoColumns(Content):
    """Two sides beside each other; with `signs` of verdict a tick before what is at the left, a cross at the right."""

    header: str = Field(default="", max_length=300)
    left_header: Line
    left_items: list[Line] = Field(min_length=1, max_length=MAX_POINTS)
    right_header: Line
    right_items: list[Line] = Field(min_length=1, max_length=MAX_POINTS)
    signs: Literal["plain", "verdict"] = "plain"

    def cue_names(self) -> list[str]:
        """One cue an item, the left side first."""
        left = [f"left_item:{index}" for index in range(len(self.left_items))]
        return left + [f"right_item:{index}" for index in range(len(self.right_items))]


class Callout(Content):
    """What must not be missed. Without a title the tone is named."""

    tone: Literal["note", "tip", "important", "warning", "caution"] = "note"
    title: str = Field(default="", max_length=300)
    text: Text

    def cue_names(self) -> list[str]:
        """One cue a passage, when the text is so long that it has several."""
        count = len(passages(self.text))
        return [f"passage:{index}" for index in range(count)] if count > 1 else []

    def cue_text(self, name: str) -> str:
        """The passage."""
        return passages(self.text)[int(name.partition(":")[2])]


_NUMBER = re.compile(r"[+\-\u2212]?(?:\d{1,3}(?:[,'\u2019\u202f\u00a0 .]\d{3}){1,4}|\d{1,12})(?:[.,]\d{1,6})?")


class Stat(Content):
    """One big number, to which it counts up. A text such as "12,480" is shown as it is written; of a number (42, 3.5)
    the decimal mark is the language's."""

    value: str | int | float
    prefix: str = Field(default="", max_length=8)
    suffix: str = Field(default="", max_length=12)
    label: Line
    context: str = Field(default="", max_length=600)

    @field_validator("value", mode="before")
    @classmethod
    def _is_number(cls, value: object) -> object:
        shown = str(value).strip()
        if isinstance(value, bool) or not _NUMBER.fullmatch(shown):
            raise ValueError(f'"{shown[:40]}" is not a number; write digits, and units into prefix or suffix')
        return shown if isinstance(value, str) else value

    def cue_names(self) -> list[str]:
        """The number comes when it is spoken."""
        return ["value"]

    def cue_text(self, name: str) -> str:
        """The number as it may be said."""
        return f"{self.prefix}{self.value}{self.suffix} {self.value} {self.suffix} {self.label}"
