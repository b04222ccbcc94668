"""A scene: what is shown (kind and content), what is said (narration), and how long it may take."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, SerializeAsAny, StringConstraints, field_validator, model_validator

from videogen.model.base import Model
from videogen.model.errors import Where
from videogen.model.kinds import Content, content_type
from videogen.model.manner import Manner
from videogen.model.markup import Mark, SpeakerTurn

SLUG = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
LONGEST_SLUG = 64
Slug = Annotated[str, StringConstraints(pattern=rf"^{SLUG}$", max_length=LONGEST_SLUG)]
"""A name that is safe as a folder: lower-case letters and digits, joined by single - or _."""


def slugify(text: str, fallback: str = "scene") -> str:
    """A slug from any text, at most 48 characters; `fallback` when nothing of it can be kept.

    >>> slugify("What's new in v2.0?")
    'whats-new-in-v2-0'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"['`\u2019]", "", plain)
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:48].strip("-")
    return slug or fallback


Unit = Literal["line", "page", "slide", "cell", "paragraph", "second"]
"""What places in a document are counted in."""


class SourceSpan(Model):
    """A stretch of the source document, counted from 1, both ends included; seconds count from 0."""

    file: str
    first: int = Field(ge=0)
    last: int = Field(ge=0)
    unit: Unit = "line"

    def where(self) -> Where:
        """Its beginning, as a place of errors."""
        if self.unit == "line":
            return Where(self.file, self.first)
        if self.unit == "second":
            minutes, seconds = divmod(self.first, 60)
            hours, minutes = divmod(minutes, 60)
            clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
            return Where(f"{self.file} at {clock}")
        return Where(f"{self.file}, {self.unit} {self.first}")


class Scene(Model):
    """One slide with its narration.

    `narration` is what is said, in the words a caption shows ("v2.0", not "version two point zero": how a
    text is spoken is the voice's affair). `cues` ties things that appear to words: `{"item:0": 4}` shows the
    first item with the fifth whitespace-separated word of the narration. Seconds everywhere.
    """

    id: Slug
    kind: str
    content: SerializeAsAny[Content]
    narration: str = ""
    manner: Manner = Field(default_factory=Manner)
    """How it is spoken, where it is not as the rest of the video."""
    turns: list[SpeakerTurn] = Field(default_factory=list)
    """Who says what; empty where nobody is named."""
    marks: list[Mark] = Field(default_factory=list)
    cues: dict[str, int] = Field(default_factory=dict)
    pause_before: float = Field(default=0.0, ge=0, le=5)
    pause_after: float = Field(default=0.35, ge=0, le=5)
    min_seconds: float = Field(default=0.0, ge=0, le=600)
    max_seconds: float = Field(default=600.0, gt=0, le=3600)
    title: str = ""
    source: SourceSpan | None = None

    @model_validator(mode="before")
    @classmethod
    def _content_by_kind(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("content"), dict) and isinstance(data.get("kind"), str):
            return {**data, "content": content_type(data["kind"]).model_validate(data["content"])}
        return data

    @field_validator("narration")
    @classmethod
    def _one_line(cls, text: str) -> str:
        return " ".join(text.split())
