"""The form of the finished film."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from videogen.model.base import Model
from videogen.model.project import Aspect, Output

_HEIGHTS = {"480p": 480, "720p": 720, "1080p": 1080, "1440p": 1440, "2160p": 2160}


class FilmFormat(Model):
    """`format.json`: what every picture track of a video agrees on. Pixels are square; both sides are even."""

    width: int = Field(ge=16, le=7680)
    height: int = Field(ge=16, le=7680)
    fps: int = Field(ge=24, le=60)
    quality: Literal["standard", "final"] = "standard"


def film_format(output: Output, aspect: Aspect) -> FilmFormat:
    """The format that an output asks for.

    >>> film_format(Output(), "16:9").width
    1920
    """
    across, down = (int(side) for side in aspect.split(":"))
    height = _HEIGHTS[output.resolution]
    width = (height * across // down + 1) // 2 * 2
    return FilmFormat(width=width, height=height, fps=output.fps, quality=output.quality)
