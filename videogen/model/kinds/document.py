"""The kinds that a document's own parts become: its title, lists, quotes, chapters."""

from __future__ import annotations

from pydantic import Field

from videogen.model import limits
from videogen.model.kinds.base import Content, Line, Text


class Title(Content):
    """The opening: what the video is."""

    title: Line
    subtitle: str = ""
    eyebrow: str = ""


class Bullets(Content):
    """A header and key phrases that appear as they are spoken; `start` is the number of the first."""

    header: Line
    items: list[Line] = Field(min_length=1, max_length=limits.MAX_ITEMS)
    ordered: bool = False
    start: int = Field(default=1, ge=0, le=999)
    checked: list[bool] | None = None

    def cue_names(self) -> list[str]:
        """One cue an item."""
        return [f"item:{index}" for index in range(len(self.items))]


class Quote(Content):
    """Words of somebody."""

    text: Text
    attribution: str = ""


class Section(Content):
    """A chapter card."""

    title: Line
    number: str = ""
    summary: str = ""


class Outro(Content):
    """The close: what to remember or do next."""

    main_text: Line
    sub_text: str = ""
    items: list[Line] = Field(default_factory=list, max_length=4)

    def cue_names(self) -> list[str]:
        """One cue an item."""
        return [f"item:{index}" for index in range(len(self.items))]
