"""The form of the finished film."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from videogen.model.base import Model
from videogen.model.project import Aspect, Output

_LINES = {"480p": 480, "720p": 720, "1080p": 1080, "1440p": 1440, "2160p": 2160}

Transition = Literal["cut", "crossfade", "slide", "push", "wipe", "zoom"]
"""How a scene takes over from the one before it."""


class FilmFormat(Model):
    """`format.json`: what every picture track of a video agrees on. Pixels are square; both sides are even."""

    width: int = Field(ge=16, le=7680)
    height: int = Field(ge=16, le=7680)
    fps: int = Field(ge=24, le=60)
    quality: Literal["standard", "final"] = "standard"
    transition: Transition = "crossfade"


def film_format(output: Output, aspect: Aspect, transition: Transition = "crossfade") -> FilmFormat:
    """The format that an output asks for. A resolution names the shorter side, as it is done for upright video too.

    >>> film_format(Output(), "16:9").width
    1920
    >>> film_format(Output(), "9:16").height
    1920
    """
    across, down = (int(side) for side in aspect.split(":"))
    short = _LINES[output.resolution]
    long = (short * max(across, down) // min(across, down) + 1) // 2 * 2
    width, height = (long, short) if across > down else (short, long)
    return FilmFormat(width=width, height=height, fps=output.fps, quality=output.quality, transition=transition)
