"""Laid-out glyphs to pixels, by HarfBuzz's own rasteriser: 256 levels, no hinting, places to a 64th of a pixel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import uharfbuzz as hb
from PIL import Image, ImageChops

from videogen.scenes.fontfiles import UNIT
from videogen.scenes.shape import Glyph


def ink(glyphs: Sequence[Glyph], size: tuple[int, int], x: float, baseline: int) -> Image.Image:
    """Coverage of glyphs whose line begins at `x` and stands on `baseline`, in a mask of this width and height.

    Glyphs in colour are left out.
    """
    start = round(x * UNIT)
    black = [glyph for glyph in glyphs if not coloured(glyph)]
    if not any(glyph.font.face.has_var_data for glyph in black):
        return _mask(black, size, start, baseline)
    # where glyphs of joined letters overlap, coverage must not add up
    return ImageChops.lighter(_mask(black[::2], size, start, baseline), _mask(black[1::2], size, start, baseline))


def _mask(glyphs: Sequence[Glyph], size: tuple[int, int], start: int, baseline: int) -> Image.Image:
    mask = Image.new("L", size)
    pen = hb.RasterDraw()
    pen.scale_factor = (UNIT, UNIT)
    for glyph in glyphs:
        pen.transform = (1, 0, 0, 1, start + glyph.x, glyph.y)
        pen.draw_glyph(glyph.font, glyph.code)
    drawn = pen.render()
    box = drawn.extents
    if box.width and box.height:
        # rows go upwards and are padded
        rows = np.frombuffer(drawn.buffer, np.uint8).reshape(box.height, box.stride)[::-1, : box.width]
        mask.paste(Image.fromarray(np.ascontiguousarray(rows)), (box.x_origin, baseline - box.y_origin - box.height))
    return mask


def coloured(glyph: Glyph) -> bool:
    """Whether a glyph is a picture with its own colours."""
    face = glyph.font.face
    return face.has_color_paint or face.has_color_layers


def pictures(glyphs: Sequence[Glyph]) -> list[tuple[Image.Image, int, int]]:
    """The glyphs in colour, and where the upper left corner of each goes: pixels right of the line's left end and
    below the baseline."""
    found: list[tuple[Image.Image, int, int]] = []
    for glyph in glyphs:
        if coloured(glyph):
            picture, dx, dy = _painted(glyph.font, glyph.code)
            found.append((picture, round(glyph.x / UNIT) + dx, dy - round(glyph.y / UNIT)))
    return found


@lru_cache(maxsize=64)
def _painted(font: hb.Font, code: int) -> tuple[Image.Image, int, int]:
    size = round(font.scale[0] / UNIT)
    pen = hb.RasterPaint()
    pen.scale_factor = (UNIT, UNIT)
    pen.extents = hb.RasterExtents(x_origin=-size // 2, y_origin=-size, width=3 * size, height=3 * size)
    pen.paint_glyph(font, code)
    drawn = pen.render()
    box = drawn.extents
    rows = np.frombuffer(drawn.buffer, np.uint8).reshape(box.height, box.stride)[::-1, : box.width * 4]
    blended = rows.reshape(box.height, box.width, 4).astype(np.float32)
    alpha = blended[..., 3:]
    # blue, green, red, each already multiplied with its opacity
    straight = np.concatenate((blended[..., 2::-1] * 255 / np.maximum(alpha, 1), alpha), axis=2)
    whole = Image.fromarray(np.clip(straight + 0.5, 0, 255).astype(np.uint8), "RGBA")
    inked = whole.getchannel("A").getbbox() or (0, 0, 1, 1)
    return whole.crop(inked), box.x_origin + inked[0], inked[1] - box.y_origin - box.height
