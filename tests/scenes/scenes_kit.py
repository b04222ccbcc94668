"""What the tests of the scenes share: looks, pictures, and the laws that every drawn slide obeys."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from videogen.model.film import FilmFormat
from videogen.model.motion import Motion
from videogen.model.theme import Look
from videogen.scenes.contrast import contrast
from videogen.scenes.draw import Drawn
from videogen.scenes.themes import resolve_look, theme_names

ACCENTS = ("orange", "blue", "purple", "green", "pink", "cyan")
THEMES = tuple(theme_names())
ASPECTS = ("16:9", "1:1", "4:5", "9:16")


def look(
    theme: str = "midnight", accent: str = "blue", height: int = 1080, root: Path = Path(), aspect: str = "16:9"
) -> Look:
    """A look; `height` is that of the shorter side."""
    across, down = (int(side) for side in aspect.split(":"))
    long = (height * max(across, down) // min(across, down) + 1) // 2 * 2
    width, height = (long, height) if across > down else (height, long)
    return resolve_look(theme, accent, FilmFormat(width=width, height=height, fps=30), root)  # type: ignore[arg-type]


def opened(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as picture:
        picture.load()
        return picture


def colour_at(picture: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    """Red, green and blue of a pixel."""
    red, green, blue = np.asarray(picture.convert("RGB"))[y, x]
    return int(red), int(green), int(blue)


def composed(drawn: Drawn) -> np.ndarray:
    """The first picture with every layer that has not left at rest over it, in floating point."""
    effects = {move.layer: move.effect for move in drawn.motion.moves}
    whole = np.asarray(opened(drawn.first)).astype(float)
    layers = np.asarray(opened(drawn.layers)).astype(float)
    for layer in (layer for layer in drawn.motion.layers if effects[layer.id] == "enter"):
        tile = layers[layer.atlas_y : layer.atlas_y + layer.height, layer.atlas_x : layer.atlas_x + layer.width]
        at = whole[layer.y : layer.y + layer.height, layer.x : layer.x + layer.width]
        at += tile[..., 3:] / 255 * (tile[..., :3] - at)
    return whole


def broken_laws(motion: Motion, theme_contrast: float = 4.5) -> list[str]:
    """What of a slide's text is out of the safe area, too small, over other text, or too faint."""
    height, width = motion.height, motion.width
    found = []
    floor = round(36 * min(height, width) / 1080)
    for box in motion.text:
        left, right, top, bottom = box.x, box.x + box.width, box.y, box.y + box.height
        if left < 0.05 * width or right > 0.95 * width or top < 0.05 * height or bottom > 0.95 * height:
            found.append(f"outside the safe area: {box}")
        if box.role in ("display", "header", "body", "code") and box.size < floor:
            found.append(f"smaller than {floor}: {box}")
        if contrast(box.colour, box.background) < theme_contrast:
            found.append(f"contrast {contrast(box.colour, box.background):.2f}: {box}")
    for index, one in enumerate(motion.text):
        for other in motion.text[index + 1 :]:
            # the same text in the same place is one text, in another colour
            again = (one.text, one.x, one.y, one.size) == (other.text, other.x, other.y, other.size)
            if one.page != other.page or again:
                continue
            apart_x = one.x + one.width <= other.x + 1 or other.x + other.width <= one.x + 1
            apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
            if not (apart_x or apart_y):
                found.append(f"overlap: {one} and {other}")
    return found
