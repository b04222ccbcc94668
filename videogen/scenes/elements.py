"""What a layout says is on a slide: plain data, in pixels of the frame, in drawing order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from videogen.model.kinds import Content

if TYPE_CHECKING:
    from videogen.scenes.page import Page

Role = Literal["display", "header", "body", "code", "label", "decor"]
IconName = Literal["check", "quote", "note", "tip", "important", "warning", "caution", "arrow", "terminal", "continued"]


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
    corners: Literal["all", "top"] = "all"

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

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.size, self.y + self.size


@dataclass(frozen=True)
class Raster:
    """A picture file, scaled to fill the box exactly."""

    path: str
    x: int
    y: int
    width: int
    height: int
    radius: int = 0

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


Element = Text | Shape | Icon | Raster


@dataclass(frozen=True)
class Group:
    """Elements that belong together. Without a cue they are there from the start; with one they enter as one layer,
    `delay` seconds after it, from `dx`, `dy` pixels off their place."""

    id: str
    elements: tuple[Element, ...]
    cue: str | None = None
    delay: float = 0.0
    duration: float = 0.3
    dx: int = 0
    dy: int = 0


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
    verbatim: frozenset[str] = frozenset()
    mono: frozenset[str] = frozenset()
