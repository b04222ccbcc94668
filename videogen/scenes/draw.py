"""A scene's picture to its files: `first.png`, `final.png`, `layers.png` and `motion.json`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pydantic
from PIL import Image

from videogen.model.base import Model
from videogen.model.errors import ValidationError
from videogen.model.kinds import Content, content_type
from videogen.model.motion import Layer, Motion, Move, TextBox
from videogen.model.script import Picture
from videogen.model.theme import Look
from videogen.scenes.backdrop import backdrop
from videogen.scenes.contrast import worst_background
from videogen.scenes.elements import Group, SceneKind, Text, extent
from videogen.scenes.movement import moves_of
from videogen.scenes.page import Page
from videogen.scenes.pages import paged
from videogen.scenes.paint import paint
from videogen.scenes.png import png_bytes
from videogen.scenes.typefaces import drawable

_APOSTROPHE = re.compile(r"(?<=[A-Za-z])'(?=(?:s|t|re|ve|ll|d|m)\b)")
"""The typewriter's apostrophe in an English contraction or genitive: slides are set with the real one."""


@dataclass(frozen=True)
class Drawn:
    """PNG files as bytes, and the motion that goes with them."""

    first: bytes
    final: bytes
    layers: bytes
    motion: Motion


@cache
def scene_kind(name: str) -> SceneKind:
    """The registered kind of this name. Raises ValidationError, naming the closest, when there is none."""
    try:
        content_type(name)
    except ValueError as error:
        raise ValidationError(str(error)) from error
    return next(point.load() for point in entry_points(group="videogen.scene_kinds") if point.name == name)


@dataclass(frozen=True)
class Slide:
    """A content laid out: what is where, on as many pages as it takes."""

    content: Content
    pages: list[list[Group]]
    missing: list[str]
    """Characters that no typeface has."""


def lay_out(picture: Picture, look: Look, root: Path) -> Slide:
    """Where everything is. Paths of pictures count from `root`.

    Raises ValidationError when the content is not of its kind or does not fit at the smallest legible size.
    """
    kind = scene_kind(picture.kind)
    try:
        content = kind.content.model_validate(picture.content)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValidationError(f"{picture.kind} scene: {place}: {first['msg']}") from error
    shown, missing = _drawable(content, kind, look)
    return Slide(content, paged(kind, shown, Page(look, root, picture.kind)), missing)


def draw(picture: Picture, look: Look, root: Path) -> Drawn:
    """Draw a scene. Deterministic: equal input gives equal bytes.

    What is there from the start is in `first`; what comes with a cue is in `layers`, so that `first` with all layers
    that have not left laid over it in order is `final`. Raises ValidationError as `lay_out` does, and for a picture
    that cannot be read.
    """
    slide = lay_out(picture, look, root)
    ground = backdrop(look, scene_kind(picture.kind).cover)
    brush = _Brush(ground, root)
    first = ground.copy()
    groups = [(number, group) for number, page in enumerate(slide.pages) for group in page]
    boxes: list[TextBox] = []
    for number, group in groups:
        if group.cue is None:
            boxes += brush.paint(first, first, group, 0, 0, number)
    final, behind = first.copy(), first.copy()
    tiles: list[Image.Image] = []
    layers: list[Layer] = []
    moves: list[Move] = []
    for number, group in groups:
        if group.cue is None or not group.elements:  # no typeface has any of its characters: it is reported missing
            continue
        left, top, right, bottom = _bounds(group, look)
        tile = Image.new("RGBA", (right - left, bottom - top))
        boxes += brush.paint(tile, behind, group, left, top, number)
        inked = tile.getchannel("A").getbbox()
        if inked is None:
            continue
        tile, left, top = tile.crop(inked), left + inked[0], top + inked[1]
        behind.paste(tile, (left, top), tile)
        if group.gone is None:
            final.paste(tile, (left, top), tile)
        tiles.append(tile)
        layers.append(Layer(id=group.id, x=left, y=top, width=tile.width, height=tile.height))
        moves += moves_of(group, look)
    layers, atlas = _packed(layers, tiles, look.width)
    motion = Motion(
        width=look.width,
        height=look.height,
        cues=slide.content.cue_names(),
        layers=layers,
        moves=moves,
        text=boxes,
        missing_glyphs=slide.missing,
    )
    return Drawn(png_bytes(first), png_bytes(final), png_bytes(atlas), motion)


@dataclass(frozen=True)
class _Brush:
    """What painting needs besides what is painted."""

    ground: Image.Image
    root: Path

    def paint(
        self, canvas: Image.Image, below: Image.Image, group: Group, ox: int, oy: int, page: int
    ) -> list[TextBox]:
        """Paint a group's shapes, note its texts against what is then behind them, paint its texts.

        The canvas begins at (`ox`, `oy`) of the frame and lies over `below`.
        """
        texts = [element for element in group.elements if isinstance(element, Text)]
        for element in group.elements:
            if not isinstance(element, Text):
                paint(canvas, element, ox, oy, self.root, self.ground)
        boxes = []
        for text in texts:
            left, top, right, bottom = text.box
            behind = below.crop((left, top, right, bottom))
            if canvas is not below:
                tile = canvas.crop((left - ox, top - oy, right - ox, bottom - oy))
                behind.paste(tile, (0, 0), tile)
            if text.text:
                boxes.append(_text_box(text, worst_background(behind, text.colour), page))
        for text in texts:
            paint(canvas, text, ox, oy, self.root, self.ground)
        return boxes


def _text_box(text: Text, background: str, page: int) -> TextBox:
    return TextBox(
        text=text.text,
        x=text.x,
        y=text.y,
        width=text.width,
        height=text.height,
        size=text.size,
        role=text.role,
        colour=text.colour,
        background=background,
        page=page,
    )


def _bounds(group: Group, look: Look) -> tuple[int, int, int, int]:
    """What of the frame a group can cover."""
    left, top, right, bottom = extent(group.elements)
    return max(0, left), max(0, top), min(look.width, right), min(look.height, bottom)


def _packed(layers: list[Layer], tiles: list[Image.Image], width: int) -> tuple[list[Layer], Image.Image]:
    """The tiles on shelves no wider than the frame, in order; one clear pixel when there are none."""
    placed: list[Layer] = []
    x = y = shelf = across = 0
    for layer in layers:
        if x and x + layer.width > width:
            x, y, shelf = 0, y + shelf, 0
        placed.append(layer.model_copy(update={"atlas_x": x, "atlas_y": y}))
        x, shelf = x + layer.width, max(shelf, layer.height)
        across = max(across, x)
    atlas = Image.new("RGBA", (max(across, 1), max(y + shelf, 1)))
    for layer, tile in zip(placed, tiles, strict=True):
        atlas.paste(tile, (layer.atlas_x, layer.atlas_y))
    return placed, atlas


def _drawable(content: Content, kind: SceneKind, look: Look) -> tuple[Content, list[str]]:
    """The content without what cannot be drawn, and those characters in order of appearance."""
    missing: dict[str, None] = {}
    fonts = look.theme.fonts

    def clean(value: Any, face: str) -> Any:
        if isinstance(value, str):
            text, gone = drawable(value if face == fonts.code else _APOSTROPHE.sub("\u2019", value), face)
            missing.update(dict.fromkeys(gone))
            return text
        if isinstance(value, list):
            return [clean(item, face) for item in value]
        if isinstance(value, Model):
            return value.model_copy(
                update={name: clean(getattr(value, name), face) for name in type(value).model_fields}
            )
        return value

    changed = {
        name: clean(getattr(content, name), fonts.code if name in kind.mono else fonts.body)
        for name in type(content).model_fields
        if name not in kind.verbatim and name not in content.paths
    }
    return content.model_copy(update=changed), list(missing)
