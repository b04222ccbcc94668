"""Music under a film, as a project asks for it."""

from __future__ import annotations

from pydantic import Field

from videogen.model.base import Model


class Music(Model):
    """A bed of music under the whole film, lowered while somebody speaks."""

    file: str = Field(description="a sound file, relative to this file: WAV, MP3, M4A, FLAC or Ogg")
    gain: float = Field(default=-6.0, ge=-40, le=0, description="decibels against a voice, where nobody speaks")
    duck: float = Field(default=-18.0, ge=-60, le=0, description="decibels by which it goes down under speech")
    fade_in: float = Field(default=2.0, ge=0, le=30, description="seconds in which it begins")
    fade_out: float = Field(default=4.0, ge=0, le=30, description="seconds in which it ends")
    loop: bool = Field(default=True, description="begin again, without a seam, as long as the film lasts")
    licence: str = Field(
        default="", max_length=300, description="on what terms it may be used, and who made it; for the manifest"
    )


LONGEST_MUSIC = 3600.0
"""Seconds; a longer file is refused."""
SHORTEST_MUSIC = 1.0
"""Seconds; what is shorter, again and again, is a noise."""
