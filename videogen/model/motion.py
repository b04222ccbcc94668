"""What a scene's pictures are and how they move, as data: `motion.json` beside its three PNG files.

- `first.png`: the picture during the transition into the scene and until something moves.
- `final.png`: the picture when everything has appeared.
- `layers.png`: what appears later, cut out with its opacity (RGBA), packed into one picture.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from videogen.model.base import Model


class Layer(Model):
    """A part of `layers.png` (at `atlas_x`, `atlas_y`) that comes to rest at (`x`, `y`) of the frame. Pixels."""

    id: str
    x: int
    y: int
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    atlas_x: int = 0
    atlas_y: int = 0


class Move(Model):
    """How a layer enters: from `dx`, `dy` pixels off its place and opacity 0 to its place and opacity 1.

    It starts `delay` seconds after `cue` and takes `duration` seconds. At progress p of 0 to 1 the opacity
    is p, and the offset is (1 - ease(p)) * (dx, dy) with the cubic ease-out ease(p) = 1 - (1 - p)**3.
    """

    layer: str
    cue: str
    delay: float = Field(default=0.0, ge=0, le=5)
    duration: float = Field(default=0.3, ge=0, le=2)
    dx: int = 0
    dy: int = 0


class TextBox(Model):
    """Text as it was laid out, for the checks. Pixels; colours are sRGB hex, `background` the worst behind it."""

    text: str
    x: int
    y: int
    width: int
    height: int
    size: int
    """Font size, pixels."""
    role: Literal["display", "header", "body", "code", "label", "decor"] = "body"
    colour: str
    background: str


class Motion(Model):
    """`motion.json`. Layers are in drawing order; one move a layer; frames are `width` x `height`."""

    width: int
    height: int
    cues: list[str] = Field(default_factory=list)
    """Names in order of appearance; `start` (the end of the transition) is always there beside them."""
    layers: list[Layer] = Field(default_factory=list)
    moves: list[Move] = Field(default_factory=list)
    text: list[TextBox] = Field(default_factory=list)
    missing_glyphs: list[str] = Field(default_factory=list)
