"""Laid-out glyphs to coverage, by HarfBuzz's own rasteriser: 256 levels, no hinting, places to a 64th of a pixel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import uharfbuzz as hb
from PIL import Image

from videogen.scenes.fontfiles import UNIT
from videogen.scenes.shape import Glyph


def ink(glyphs: Sequence[Glyph], size: tuple[int, int], x: float, baseline: int) -> Image.Image:
    """Coverage of glyphs whose line begins at `x` and stands on `baseline`, in a mask of this width and height."""
    mask = Image.new("L", size)
    start = round(x * UNIT)
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
