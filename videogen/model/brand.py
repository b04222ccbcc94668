"""A brand kit: all that makes films of one house look alike, in one file that any project may name."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from videogen.model.accent import Accent
from videogen.model.base import Model
from videogen.model.chrome import Chrome
from videogen.model.project import HandScene


class Brand(Model):
    """A brand file, as a person writes it. Paths in it count from it; what a project says itself comes first."""

    logo: str | None = Field(default=None, description="a picture, shown as the watermark: PNG, JPEG, WebP or SVG")
    theme: str | None = Field(default=None, description="the theme it stands on: a name, or the path of a theme file")
    accent: Accent | None = Field(default=None, description="the colour that leads the eye")
    colours: dict[str, Any] = Field(default_factory=dict, description="colours of a theme that are other, by key")
    fonts: dict[str, str] = Field(default_factory=dict, description="typefaces that are other, by role")
    overrides: dict[str, Any] = Field(default_factory=dict, description="anything else of a theme that is other")
    chrome: Chrome = Field(default_factory=Chrome, description="progress, number, watermark, speaker")
    intro: HandScene | None = Field(default=None, description="the first scene of every film")
    outro: HandScene | None = Field(default=None, description="the last scene of every film")

    def changes(self) -> dict[str, Any]:
        """What of a theme is other, as a theme file has it."""
        return {**self.overrides, **self.colours, **({"fonts": self.fonts} if self.fonts else {})}
