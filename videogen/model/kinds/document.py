"""The kinds that a document's own parts become: its title, lists, listings, quotes, tables, pictures, chapters."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from videogen.model import limits
from videogen.model.kinds.base import Content, Line, Text


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
    """A picture with a caption."""

    paths: ClassVar[tuple[str, ...]] = ("path",)

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
