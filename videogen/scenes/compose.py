"""Groups to pictures: what stays goes onto the ground, what comes with a cue becomes a layer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from videogen.model.motion import Layer, Move, TextBox, Window
from videogen.model.theme import Look
from videogen.scenes.contrast import contrast
from videogen.scenes.elements import Group, Moving, Playing, Shape, Text, extent
from videogen.scenes.lettering import backgrounds, write
from videogen.scenes.movement import moves_of
from videogen.scenes.moving import Passage, matte, passage, placed
from videogen.scenes.paint import paint
from videogen.scenes.runs import FILL


@dataclass(frozen=True)
class Composed:
    """A scene's pictures, and the motion that goes with them."""

    first: Image.Image
    final: Image.Image
    atlas: Image.Image
    layers: list[Layer]
    moves: list[Move]
    text: list[TextBox]
    window: Window | None = None


def compose(ground: Image.Image, pages: list[list[Group]], look: Look, root: Path) -> Composed:
    """Paint the groups of all pages over the ground (RGB, left as it is); paths of pictures count from `root`."""
    brush = _Brush(ground, root)
    groups = [(number, group) for number, page in enumerate(pages) for group in page]
    staying = [(number, group) for number, group in groups if group.cue is None]
    moving = next((one for _, group in staying for one in group.elements if isinstance(one, Moving | Playing)), None)
    seen = _looked_through(brush, staying, moving) if moving else None
    if seen:
        first, final, boxes = seen.first, seen.final, seen.boxes
        behind = first.copy()
    else:
        first, boxes = brush.all(staying)
        final = behind = first.copy()  # one picture as long as nothing has left
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
        if group.gone is not None and final is behind:
            final = behind.copy()
        behind.paste(tile, (left, top), tile)
        if group.gone is None and final is not behind:
            final.paste(tile, (left, top), tile)
        tiles.append(tile)
        layers.append(Layer(id=group.id, x=left, y=top, width=tile.width, height=tile.height))
        moves += moves_of(group, look)
    if seen is None:
        layers, atlas = _packed(layers, tiles, look.width)
        return Composed(first, final, atlas, layers, moves, boxes)
    extra = [one for one in (seen.matte, seen.passage.whole) if one]
    more = [Layer(id="", x=0, y=0, width=one.width, height=one.height) for one in extra]
    layers, atlas = _packed([*more, *layers], [*extra, *tiles], look.width)
    window = seen.window.model_copy(update={"matte": (layers[0].atlas_x, layers[0].atlas_y)})
    if seen.passage.whole:
        place = {"atlas_x": layers[1].atlas_x, "atlas_y": layers[1].atlas_y}
        window = window.model_copy(update={"shows": seen.passage.shows.model_copy(update=place)})
    layers = layers[len(extra) :]
    return Composed(first, final, atlas, layers, moves, boxes, window)


@dataclass(frozen=True)
class _LookedThrough:
    """What stays on a slide in which a picture moves."""

    first: Image.Image
    final: Image.Image
    boxes: list[TextBox]
    passage: Passage
    matte: Image.Image
    """As a tile: clear where the picture is not seen."""
    window: Window


def _looked_through(brush: _Brush, staying: list[tuple[int, Group]], moving: Moving | Playing) -> _LookedThrough:
    """The slide is painted with black and with white in the picture's place: what differs is what shows it."""
    (black, dark), (white, light) = (brush.all(_filled(staying, moving, fill)) for fill in ("#000000", "#ffffff"))
    shown = passage(moving, brush.root)
    through = matte(black, white, moving.box)
    first, final = (placed(black, one, through, (moving.x, moving.y)) for one in (shown.first, shown.last))
    # whatever the picture shows by and by: text that it may lie behind is judged by the worse of both
    boxes = [min(both, key=lambda box: contrast(box.colour, box.background)) for both in zip(dark, light, strict=True)]
    tile = Image.new("RGBA", through.size)
    tile.putalpha(through)
    window = Window(x=moving.x, y=moving.y, width=moving.width, height=moving.height, shows=shown.shows)
    return _LookedThrough(first, final, boxes, shown, tile, window)


def _filled(staying: list[tuple[int, Group]], moving: Moving | Playing, fill: str) -> list[tuple[int, Group]]:
    """The groups with a plain shape where the picture moves."""
    plain = Shape(moving.x, moving.y, moving.width, moving.height, moving.radius, fill)
    return [
        (number, replace(group, elements=tuple(plain if one is moving else one for one in group.elements)))
        for number, group in staying
    ]


@dataclass(frozen=True)
class _Brush:
    """What painting needs besides what is painted."""

    ground: Image.Image
    root: Path

    def all(self, groups: list[tuple[int, Group]]) -> tuple[Image.Image, list[TextBox]]:
        """The ground with groups, each with the number of its page, painted onto it."""
        canvas, boxes = self.ground.copy(), []
        for number, group in groups:
            boxes += self.paint(canvas, canvas, group, 0, 0, number)
        return canvas, boxes

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
        behind = backgrounds(texts, canvas, below, ox, oy)
        write(canvas, texts, ox, oy)
        return [_text_box(text, colour, page) for text, colour in zip(texts, behind, strict=True) if text.text]


def _text_box(text: Text, background: str, page: int) -> TextBox:
    return TextBox(
        text=text.text.replace(FILL, ""),
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
