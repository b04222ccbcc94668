"""What a scene's pictures are and how they move, as data: `motion.json` beside its three PNG files.

- `first.png`: the picture during the transition into the scene and until something moves.
- `final.png`: the picture when everything has happened.
- `layers.png`: what moves, cut out with its opacity (RGBA), packed into one picture.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from videogen.model.base import Model

Easing = Literal["linear", "out", "in_out", "back"]
"""How a move gains on its goal; `ease` in `videogen.video.motion` has the formulas."""
Side = Literal["left", "right", "top", "bottom"]


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
    """How a layer enters or exits. It starts `delay` seconds after `cue` and takes `duration` seconds.

    A layer is hidden until it enters, and again after it has left. Entering, at progress p of 0 to 1, its opacity
    is p and it is (1 - ease(p)) * (`dx`, `dy`) pixels off its place; leaving, the same backwards. With `reveal`
    it is opaque and uncovered from that side by ease(p) of its size instead, in `steps` equal parts when steps
    are given (a line that is typed); with steps and no `reveal` it is opaque and goes its way in so many parts (the
    caret of that line). With `until` it is over when that cue comes, however little time there is, for
    its delay too.

    With `zoom`, an opaque layer whose place and sides are even grows out of that box (left, top, right, bottom), opaque
    all the while: its box goes from there to its place by ease(p).
    """

    layer: str
    cue: str
    effect: Literal["enter", "exit"] = "enter"
    delay: float = Field(default=0.0, ge=0, le=3600)
    duration: float = Field(default=0.3, ge=0, le=30)
    dx: int = 0
    dy: int = 0
    easing: Easing = "out"
    reveal: Side | None = None
    steps: int = Field(default=0, ge=0, le=1000)
    until: str | None = None
    zoom: tuple[int, int, int, int] | None = None


class Drift(Model):
    """A picture that is passed over slowly: a part of `layers.png` at (`atlas_x`, `atlas_y`). What is seen of it goes
    from `begins` to `ends`, each left, top, right and bottom in its pixels; the two are equally wide for their height.
    Its sides are even.
    """

    atlas_x: int = 0
    atlas_y: int = 0
    width: int = Field(gt=0, multiple_of=2)
    height: int = Field(gt=0, multiple_of=2)
    begins: tuple[float, float, float, float]
    ends: tuple[float, float, float, float]


class Clip(Model):
    """A part of a clip, played once from the end of the transition on; its last picture stays. `part` is what is seen
    of its upright pictures: left, top, right and bottom in shares of them. Seconds, from the beginning of the file."""

    path: str
    start: float = Field(default=0.0, ge=0)
    end: float = Field(gt=0)
    part: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return self.end - self.start


class Window(Model):
    """A place of the frame, under all layers, that shows another picture in every frame. Pixels; all four are even.

    Its picture is the one of `first.png` until the transition is over, and settles to that of `final.png`. Where
    `matte` is given, it is the place in `layers.png` of the opacity with which the picture is seen: less where its
    corners are round and where something stands over it.
    """

    x: int = Field(ge=0, multiple_of=2)
    y: int = Field(ge=0, multiple_of=2)
    width: int = Field(gt=0, multiple_of=2)
    height: int = Field(gt=0, multiple_of=2)
    matte: tuple[int, int] | None = None
    shows: Drift | Clip


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
    page: int = 0
    """A scene that does not fit one page shows several, one after the other; text on different ones never meets."""


class Motion(Model):
    """`motion.json`. Layers are in drawing order; the moves of a layer are in the order of their cues, and it
    enters before it exits. Frames are `width` x `height`."""

    width: int
    height: int
    cues: list[str] = Field(default_factory=list)
    """Names in order of appearance. `start` (the end of the transition), `end` (of the narration) and `word:N` (the
    word N of the narration, counted from 0) are always there beside them, and `share:A/B` (of the narration) and
    `share:A/B:CUE` (of the time from a cue to the next)."""
    layers: list[Layer] = Field(default_factory=list)
    moves: list[Move] = Field(default_factory=list)
    window: Window | None = None
    text: list[TextBox] = Field(default_factory=list)
    missing_glyphs: list[str] = Field(default_factory=list)

    @property
    def clip(self) -> Clip | None:
        """The clip that plays in the window."""
        return self.window.shows if self.window and isinstance(self.window.shows, Clip) else None
