"""What a slide of each kind carries. Positions, sizes and colours are the affair of `scenes`.

Kinds are registered by entry point (group `videogen.scene_kinds`); a kind from another package is found in
the same way as these.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from videogen.model import limits
from videogen.model.base import Model

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class Content(Model):
    """Base of what a slide carries."""

    def cue_names(self) -> list[str]:
        """Names of what appears in step with the narration, in order of appearance."""
        return []


class Title(Content):
    """The opening: what the video is."""

    title: Line
    subtitle: str = ""
    eyebrow: str = ""


class Bullets(Content):
    """A header and key phrases that appear as they are spoken."""

    header: Line
    items: list[Line] = Field(min_length=1, max_length=limits.MAX_BULLETS)
    ordered: bool = False
    checked: list[bool] | None = None

    def cue_names(self) -> list[str]:
        """One cue an item."""
        return [f"item:{index}" for index in range(len(self.items))]


class Code(Content):
    """A listing. `code` keeps its own line breaks and indentation."""

    header: str = ""
    code: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
    language: str = "text"
    caption: str = ""


class Quote(Content):
    """Words of somebody, or a callout (`tone` other than quote)."""

    text: Text
    attribution: str = ""
    tone: Literal["quote", "note", "tip", "important", "warning", "caution"] = "quote"


class Table(Content):
    """Rows under column names; every row as long as `columns`."""

    header: str = ""
    columns: list[str] = Field(min_length=1, max_length=limits.MAX_TABLE_COLUMNS)
    rows: list[list[str]] = Field(min_length=1, max_length=limits.MAX_TABLE_ROWS)
    align: list[Literal["left", "right", "center"]] | None = None

    @model_validator(mode="after")
    def _rows_fit(self) -> Table:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells, but there are {len(self.columns)} columns")
        if self.align is not None and len(self.align) != len(self.columns):
            raise ValueError(f"align has {len(self.align)} entries, but there are {len(self.columns)} columns")
        return self

    def cue_names(self) -> list[str]:
        """One cue a row."""
        return [f"row:{index}" for index in range(len(self.rows))]


class Image(Content):
    """A picture with a caption. `path` is relative to the file that names it until the source stage."""

    header: str = ""
    path: Annotated[str, StringConstraints(min_length=1)]
    caption: str = ""
    alt: str = ""


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


@cache
def kinds() -> dict[str, type[Content]]:
    """Every registered kind and the model of its content, by name, sorted."""
    found = entry_points(group="videogen.scene_kinds")
    return {point.name: point.load().content for point in sorted(found, key=lambda point: point.name)}


def content_type(kind: str) -> type[Content]:
    """The content model of a kind. Raises ValueError, naming the closest kind, when there is none."""
    import difflib

    known = kinds()
    if kind not in known:
        close = difflib.get_close_matches(kind, known, 1)
        raise ValueError(
            f'unknown scene kind "{kind}"; '
            + (f'did you mean "{close[0]}"?' if close else f"known kinds: {', '.join(known)}")
        )
    return known[kind]
