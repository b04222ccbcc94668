"""Font files: which there are, and how they are opened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import uharfbuzz as hb

UNIT = 64
"""Parts of a pixel in which glyphs are placed."""

SHIPPED = Path(__file__).parent / "fonts"


@dataclass(frozen=True)
class FontFile:
    """A font: a file and, in a collection, which of its fonts."""

    path: Path
    index: int = 0


@cache
def opened(file: FontFile) -> hb.Face:
    """A font's tables; the file is mapped into memory, not read."""
    return hb.Face(hb.Blob.from_file_path(str(file.path)), file.index)


@lru_cache(maxsize=256)
def sized(file: FontFile, size: int) -> hb.Font:
    """A font at a size in pixels. Shared: do not change it."""
    font = hb.Font(opened(file))
    font.scale = (size * UNIT, size * UNIT)
    return font
