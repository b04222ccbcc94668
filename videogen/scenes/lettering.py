"""Runs of text to pixels, and what is behind them: a line at a time, as a listing has hundreds of runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from PIL import Image

from videogen.scenes.colours import rgb
from videogen.scenes.contrast import worst_background
from videogen.scenes.elements import Text
from videogen.scenes.ink import ink, pictures
from videogen.scenes.paint import blend, clear_or_opaque, put
from videogen.scenes.shape import Laid
from videogen.scenes.typefaces import cap_height, laid

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


def text_mask(text: Text) -> tuple[int, int, Image.Image]:
    """A run's coverage, and where it goes in the frame. It reaches a little over the line box for accents."""
    pad = text.size // 2
    mask = ink(_laid(text).glyphs, (text.width + 2 * pad, text.height + 2 * pad), pad, pad + _baseline(text))
    return text.x - pad, text.y - pad, mask


def write(canvas: Image.Image, texts: Sequence[Text], ox: int, oy: int) -> None:
    """Write texts, in order; the canvas (RGB, or RGBA with its own opacity) begins at (`ox`, `oy`) of the frame."""
    for row in _rows(texts):
        inked = [_inked(*_form(text)) for text in row]
        boxes = [
            (x, y, x + mask.width, y + mask.height)
            for text, (mask, left, top, _) in zip(row, inked, strict=True)
            for x, y in [(text.x + left - ox, text.y + top - oy)]
        ]
        black = not any(coloured for *_, coloured in inked)
        straight = canvas.mode == "RGB" or (black and _straight(canvas, boxes))
        for text, (mask, _, _, coloured), box in zip(row, inked, boxes, strict=True):
            if straight:
                canvas.paste(rgb(text.colour) if canvas.mode == "RGB" else (*rgb(text.colour), 255), box[:2], mask)
            else:
                blend(canvas, mask, text.colour, *box[:2])
            for one, left, top in coloured:
                put(canvas, one, text.x + left - ox, text.y + top - oy)


def backgrounds(texts: Sequence[Text], canvas: Image.Image, below: Image.Image, ox: int, oy: int) -> list[str]:
    """The worst colour behind each text on a canvas that begins at (`ox`, `oy`) and lies over what is below it.

    Signs below the letters of the line above, which may reach into the line's upper edge, are not behind it.
    """
    found: list[str] = []
    for row in _rows(texts):
        boxes = [_behind(text) for text in row]
        flat = _flat(_around(boxes), canvas, below, ox, oy) if len(row) > 1 else None
        found += [
            flat
            or _flat(box, canvas, below, ox, oy)
            or worst_background(_seen(box, canvas, below, ox, oy), text.colour)
            for text, box in zip(row, boxes, strict=True)
        ]
    return found


def _rows(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Texts that follow each other on one line."""
    return (list(row) for _, row in groupby(texts, lambda text: (text.y, text.height)))


def _straight(canvas: Image.Image, boxes: Sequence[Box]) -> bool:
    """Whether all of a row can be pasted, as nothing is half seen through there, nor will be by the time."""
    apart = all(one[2] <= other[0] for one, other in pairwise(boxes))
    return apart and len(boxes) > 1 and clear_or_opaque(canvas, _around(boxes))


def _behind(text: Text) -> Box:
    left, top, right, bottom = text.box
    return left, top + text.height // 6, right, bottom - text.height // 6


def _flat(box: Box, canvas: Image.Image, below: Image.Image, ox: int, oy: int) -> str | None:
    """The colour of a part of the frame, when it has but one."""
    if canvas is not below:
        colour = _only(canvas.crop((box[0] - ox, box[1] - oy, box[2] - ox, box[3] - oy)))
        if colour is None or 0 < colour[3] < 255:
            return None
        if colour[3]:
            return "#{:02x}{:02x}{:02x}".format(*colour[:3])
    colour = _only(below.crop(box))
    return "#{:02x}{:02x}{:02x}".format(*colour) if colour else None


def _only(part: Image.Image) -> tuple[int, ...] | None:
    found = part.getcolors(1)
    return found[0][1] if found and isinstance(found[0][1], tuple) else None


def _seen(box: Box, canvas: Image.Image, below: Image.Image, ox: int, oy: int) -> Image.Image:
    """A part of the frame."""
    behind = below.crop(box)
    if canvas is not below:
        tile = canvas.crop((box[0] - ox, box[1] - oy, box[2] - ox, box[3] - oy))
        behind.paste(tile, (0, 0), tile)
    return behind


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


_Form = tuple[str, int, int, int, str, tuple[str, ...], float, bool | None]


def _form(text: Text) -> _Form:
    """All that a run's ink depends on."""
    return text.text, text.width, text.height, text.size, text.face, text.features, text.tracking, text.rtl


@lru_cache(maxsize=512)
def _inked(
    text: str,
    width: int,
    height: int,
    size: int,
    face: str,
    features: tuple[str, ...],
    tracking: float,
    rtl: bool | None,
) -> tuple[Image.Image, int, int, list[tuple[Image.Image, int, int]]]:
    """What of a run at (0, 0) has ink, with its place, and what of it has its own colours with the place of each:
    listings show the same words in several places and colours. Do not draw on it."""
    run = Text(text, 0, 0, width, height, size, face, "", "body", features, tracking, rtl)
    left, top, mask = text_mask(run)
    box = mask.getbbox() or (0, 0, 1, 1)
    coloured = [(one, x, _baseline(run) + y) for one, x, y in pictures(_laid(run).glyphs)]
    return mask.crop(box), left + box[0], top + box[1], coloured


def _laid(text: Text) -> Laid:
    return laid(text.text, text.face, text.size, text.features, text.tracking, text.rtl)


def _baseline(text: Text) -> int:
    """Where letters stand, below the top of the line box: capitals are centred in it."""
    return round(text.height / 2 + cap_height(text.face) / 2 * text.size)
