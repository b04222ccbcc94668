"""The thumbnail: the picture that stands for the film in a list."""

from __future__ import annotations

import io
from pathlib import Path

from videogen.model.errors import VideoError, Where

LONGEST = 1280
"""Pixels of the longer side: 1280x720 is what YouTube asks for, as is its limit of 2 MB."""
_MAX_BYTES = 2_000_000


def thumbnail(final_png: bytes | Path) -> bytes:
    """A JPEG of a scene's finished picture, of the film's own shape: 1280x720 pixels, 720x1280 of an upright one.

    The same picture gives the same bytes. Raises VideoError when there is no readable picture.
    """
    from PIL import Image, UnidentifiedImageError

    source = io.BytesIO(final_png) if isinstance(final_png, bytes) else final_png
    try:
        with Image.open(source) as opened:
            picture = opened.convert("RGB")
    except (OSError, UnidentifiedImageError, SyntaxError) as error:
        where = Where(final_png.as_posix()) if isinstance(final_png, Path) else None
        raise VideoError(
            f"the title picture cannot be read: {error}", where=where, hint="delete it and build again"
        ) from error
    scale = LONGEST / max(picture.size)
    size = (round(picture.width * scale), round(picture.height * scale))
    fitted = picture.resize(size, Image.Resampling.LANCZOS)
    for quality in (90, 80, 60):
        out = io.BytesIO()
        fitted.save(out, "JPEG", quality=quality, subsampling=0 if quality == 90 else 2)
        if out.tell() <= _MAX_BYTES:
            break
    return out.getvalue()
