"""What a layout says is on a slide: plain data, in pixels of the frame, in drawing order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from videogen.model.kinds import Content, Movement
from videogen.model.motion import Side

if TYPE_CHECKING:
    from PIL.Image import Image

    from videogen.scenes.page import Page

Role = Literal["display", "header", "body", "code", "label", "decor"]
IconName = Literal[
    "check", "quote", "note", "tip", "important", "warning", "caution", "arrow", "arrow_back", "terminal", "continued"
]


@dataclass(frozen=True)
class Text:
    """One run of text in one typeface and colour on one line.

    (`x`, `y`) is the top left of its line box; `width` is measured; capitals are centred in `height`.
    """

    text: str
    x: int
    y: int
    width: int
    height: int
    size: int
    face: str
    colour: str
    role: Role = "body"
    features: tuple[str, ...] = ()
    tracking: float = 0.0
    """Extra pixels after each letter."""
    rtl: bool | None = None
    """Whether the paragraph that it is a line of runs right to left; without it, its first letter says."""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@dataclass(frozen=True)
class Shape:
    """A rectangle with rounded corners; with a radius of half its side a disc, when thin a rule."""

    x: int
    y: int
    width: int
    height: int
    radius: int = 0
    fill: str | None = None
    opacity: float = 1.0
    border: str | None = None
    border_width: int = 0
    corners: Literal["all", "top", "bottom"] = "all"
    shadow: int = 0
    """Reach of the shadow below it, pixels."""
    shadow_colour: str | None = None
    """Colour of a hard shadow; without one it is soft and dark."""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@dataclass(frozen=True)
class Icon:
    """A sign drawn from shapes into a square."""

    name: IconName
    x: int
    y: int
    size: int
    colour: str
    face: str = ""
    """The typeface whose quotation mark it is."""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.size, self.y + self.size


@dataclass(frozen=True)
class Raster:
    """A picture file, or a part of it, scaled to fill the box exactly."""

    path: str
    x: int
    y: int
    width: int
    height: int
    radius: int = 0
    part: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    """Left, top, right and bottom of what is shown, in shares of the picture."""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@dataclass(frozen=True)
class Moving:
    """A place whose picture is another one in every frame. Its sides are even, it has no cue, and a slide has one at
    most: the view of `raster` goes over it as `move` says. What of the picture can be seen through, and `inset`
    pixels around it, have the colour `behind`."""

    x: int
    y: int
    width: int
    height: int
    radius: int
    raster: Raster
    move: Movement
    behind: str = "#000000"
    inset: int = 0

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@dataclass(frozen=True)
class Playing:
    """A place in which a clip plays, from one second of it to another; for the place the same holds."""

    x: int
    y: int
    width: int
    height: int
    radius: int
    path: str
    part: tuple[float, float, float, float]
    start: float
    end: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@dataclass(frozen=True, eq=False)
class Bitmap:
    """A picture that a layout has made itself (a chart, a drawing), RGBA, at its own size."""

    image: Image
    x: int
    y: int
    figure: bool = False
    """A character: it is part of a line, and no drawing."""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.image.width, self.y + self.image.height


@dataclass(frozen=True)
class Line:
    """A stroke through points, with round ends and joints, and a head at its end when `arrow` is its length."""

    points: tuple[tuple[float, float], ...]
    width: int
    colour: str
    arrow: int = 0
    dash: int = 0
    """Pixels of stroke and of gap; 0 for an unbroken stroke."""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        reach = self.width + self.arrow
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return (
            int(min(xs)) - reach,
            int(min(ys)) - reach,
            int(max(xs)) + reach + 1,
            int(max(ys)) + reach + 1,
        )


@dataclass(frozen=True)
class Ground:
    """The slide's own background again: what is painted before it there is gone."""

    x: int
    y: int
    width: int
    height: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


Element = Text | Shape | Icon | Raster | Moving | Playing | Bitmap | Line | Ground


def extent(elements: Iterable[Element]) -> tuple[int, int, int, int]:
    """All that elements can cover: their boxes, half a letter around text for accents and overhang, and shadows."""
    reaches = [(_reach(element), element.box) for element in elements]
    return (
        min(box[0] - reach for reach, box in reaches),
        min(box[1] - reach for reach, box in reaches),
        max(box[2] + reach for reach, box in reaches),
        max(box[3] + reach for reach, box in reaches),
    )


def _reach(element: Element) -> int:
    if isinstance(element, Text):
        return element.size // 2
    return 3 * element.shadow if isinstance(element, Shape) else 0


@dataclass(frozen=True)
class Group:
    """Elements that belong together. Without a cue they are there from the start; with one they are a layer that
    enters `delay` seconds after it, from `dx`, `dy` pixels off its place, and exits with the cue `gone`, if any.
    The other fields are those of `videogen.model.motion.Move`."""

    id: str
    elements: tuple[Element, ...]
    cue: str | None = None
    delay: float = 0.0
    duration: float = 0.3
    dx: int = 0
    dy: int = 0
    reveal: Side | None = None
    steps: int = 0
    until: str | None = None
    gone: str | None = None
    gone_delay: float = 0.0
    gone_duration: float = 0.2
    again: tuple[tuple[float, float], ...] = ()
    """Seconds after its cue at which it comes back, and goes again, both at once."""
    zoom: tuple[int, int, int, int] | None = None
    """Left, top, right and bottom of what it grows out of; it is opaque then, and its place and sides are even."""
    gone_zoom: tuple[int, int, int, int] | None = None
    """The same of what it shrinks into when it exits."""


@dataclass(frozen=True)
class Part:
    """A part of a scene's content that is shown by itself, after the part before it, when all does not fit one page."""

    content: Content
    cues: dict[str, str]
    """Names of its own cues -> names of the whole scene's cues; the first of them brings it."""


@dataclass(frozen=True)
class SceneKind:
    """A kind of slide: what it carries and how it is laid out. Registered by entry point `videogen.scene_kinds`.

    `layout` is pure apart from reading a picture's header: content and page in, groups in drawing order out;
    it raises ValidationError when the content does not fit. Fields named in `verbatim` are not text to be
    drawn, those in `mono` are drawn in the code typeface.
    """

    name: str
    content: type[Content]
    layout: Callable[[Any, Page], list[Group]]
    example: str
    """A scene of this kind in YAML."""
    cover: bool = False
    """Gets the expressive background of an opening or a chapter."""
    split: Callable[[Any, int], list[Part] | None] | None = None
    """Divides a content that does not fit into so many parts, evenly; None when it has not that many."""
    verbatim: frozenset[str] = frozenset()
    mono: frozenset[str] = frozenset()
