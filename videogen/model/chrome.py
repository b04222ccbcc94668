"""What stands on every slide around its content, where a theme or a project asks for it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from videogen.model.base import Model

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".svg")
FOR_SCREENS = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")
"""Modes, as Pillow calls them, of pictures whose colours are meant for a screen: those for print need a profile."""
_Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class Chrome(Model):
    """What is not given is as the theme has it, else not there."""

    progress: bool | None = Field(default=None, description="a bar along the lower edge: how far the film has come")
    number: bool | None = Field(default=None, description="the slide's number, and how many there are")
    watermark: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] | None = Field(
        default=None, description="a few words, or the path of a picture (PNG, JPEG, WebP, SVG)"
    )
    speaker: _Short | None = Field(default=None, description="who speaks, on a badge")

    def over(self, below: Chrome) -> Chrome:
        """This, and what is below it where this says nothing."""
        return Chrome(**{**below.model_dump(exclude_none=True), **self.model_dump(exclude_none=True)})

    @property
    def logo(self) -> str:
        """The watermark's picture; "" when it is words or there is none."""
        return self.watermark if self.watermark and self.watermark.lower().endswith(_PICTURES) else ""

    @property
    def line(self) -> bool:
        """Whether there is anything at the foot of the page."""
        return bool(self.number or self.watermark or self.speaker)

    @property
    def counts(self) -> bool:
        """Whether a slide shows its place in the film."""
        return bool(self.number or self.progress)
