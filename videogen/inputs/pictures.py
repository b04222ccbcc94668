"""Pictures that a project or a document names: looked at by their header only."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from videogen.model import limits
from videogen.model.chrome import FOR_SCREENS
from videogen.model.errors import ValidationError, Where
from videogen.model.svg import read_svg

_BEYOND = (1 << 20, 1 << 20)


def picture_size(path: Path, shown: str, where: Where) -> tuple[int, int]:
    """Width and height in pixels. `shown` is the path in messages, `where` the place that names the picture.

    Raises ValidationError when the picture is missing, cannot be read, or has more than
    `limits.MAX_IMAGE_PIXELS` pixels.
    """
    try:
        if not os.path.isfile(path):
            problem = "is not a file" if os.path.exists(path) else "does not exist"
            raise ValidationError(f'the picture "{shown}" {problem}', where, "check the path")
        if path.suffix.lower() == ".svg":
            return _drawing_size(path, shown, where)
        width, height = _header(path)
    except PermissionError:
        raise ValidationError(f'the picture "{shown}" may not be read', where, "give yourself permission") from None
    except (OSError, ValueError, SyntaxError) as error:
        reason = getattr(error, "strerror", None) or "it is not a picture in a known format"
        raise ValidationError(
            f'the picture "{shown[:80]}" cannot be read: {reason}', where, "name a PNG, JPEG, WebP, GIF or SVG file"
        ) from None
    if width * height > limits.MAX_IMAGE_PIXELS:
        size = "far too many" if (width, height) == _BEYOND else f"{width} x {height}"
        raise ValidationError(
            f'the picture "{shown}" has {size} pixels; at most {limits.MAX_IMAGE_PIXELS // 10**6} million are allowed',
            where,
            "make it smaller",
        )
    return width, height


def check_logo(path: Path, shown: str, where: Where) -> None:
    """Raise ValidationError as `picture_size` does, and for a picture whose colours are for print."""
    from PIL import Image

    picture_size(path, shown, where)
    if path.suffix.lower() == ".svg":
        return
    with Image.open(path) as image:
        mode = image.mode
    if mode not in FOR_SCREENS:
        raise ValidationError(
            f'the logo "{shown}" has its colours as {mode}, for print', where, "save it as a PNG in RGB"
        )


def _drawing_size(path: Path, shown: str, where: Where) -> tuple[int, int]:
    try:
        drawing = read_svg(path)
    except ValueError as error:
        raise ValidationError(
            f'the drawing "{shown}" cannot be used: {error}', where, "save it as plain SVG, or export it as PNG"
        ) from None
    return max(1, round(drawing.width)), max(1, round(drawing.height))


def _header(path: Path) -> tuple[int, int]:
    from PIL import Image

    with warnings.catch_warnings():
        # a broken EXIF block is no reason to stop, and size has a bound of our own
        warnings.simplefilter("ignore")
        try:
            with Image.open(path) as image:
                return image.size
        except Image.DecompressionBombError:
            # Pillow refuses before it says how large; its bound is above ours
            return _BEYOND
