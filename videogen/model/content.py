"""What a document says, before anybody decides what to show of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from videogen.model.base import Model
from videogen.model.scene import Scene, Slug


class Inline(Model):
    """Inline text in two readings: `text` as a slide shows it, `spoken` with code and links made sayable.

    Neither holds markup, badges, HTML or bare URLs.
    """

    text: str
    spoken: str


class Paragraph(Model):
    """Prose, one paragraph."""

    type: Literal["paragraph"] = "paragraph"
    inline: Inline
    lines: tuple[int, int]


class ListItem(Model):
    """An item: its own text, and what is nested under it."""

    inline: Inline
    checked: bool | None = None
    children: list[ListItem] = Field(default_factory=list)


class ListBlock(Model):
    """A bulleted, numbered or task list."""

    type: Literal["list"] = "list"
    ordered: bool = False
    items: list[ListItem]
    lines: tuple[int, int]


class CodeBlock(Model):
    """Fenced or indented code."""

    type: Literal["code"] = "code"
    code: str
    language: str = "text"
    lines: tuple[int, int]


class TableBlock(Model):
    """A table; cells are inline text."""

    type: Literal["table"] = "table"
    columns: list[Inline]
    rows: list[list[Inline]]
    align: list[Literal["left", "right", "center"]]
    lines: tuple[int, int]


class QuoteBlock(Model):
    """A block quote, or a GitHub callout when `tone` is not quote."""

    type: Literal["quote"] = "quote"
    inline: Inline
    attribution: str = ""
    tone: Literal["quote", "note", "tip", "important", "warning", "caution"] = "quote"
    lines: tuple[int, int]


class ImageBlock(Model):
    """A picture that stands alone. `path` is relative to the working folder; remote pictures are left out."""

    type: Literal["image"] = "image"
    path: str
    alt: str = ""
    caption: str = ""
    lines: tuple[int, int]


Block = Annotated[Paragraph | ListBlock | CodeBlock | TableBlock | QuoteBlock | ImageBlock, Field(discriminator="type")]


class ParsedSection(Model):
    """A heading with what stands under it, up to the next heading of any level. Level 0: before any heading."""

    title: Inline
    level: int = Field(ge=0, le=6)
    blocks: list[Block] = Field(default_factory=list)
    narration: str = ""
    """What is to be said of it, word for word, where its author says so."""
    lines: tuple[int, int]


class ParsedContent(Model):
    """A document's sections in order, or scenes that were written by hand."""

    video_id: Slug
    title: str
    description: str = ""
    path: str = ""
    sections: list[ParsedSection] = Field(default_factory=list)
    scenes: list[Scene] = Field(default_factory=list)
    left_out: list[str] = Field(default_factory=list)
    """What of the document cannot be shown, where it stands and why."""
    advice: list[str] = Field(default_factory=list)
    """What its author might do for a better film."""
    document_metadata: dict[str, Any] = Field(default_factory=dict)
    suggested_duration: float = 0.0
    """Seconds that the whole text would take to say, before anything is left out."""
    complexity: Literal["simple", "moderate", "complex"] = "simple"
