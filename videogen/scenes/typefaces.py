"""The typefaces that travel with the package: loading, measuring, and which characters they can draw."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_FOLDER = Path(__file__).parent / "fonts"
_FILES = {
    "inter-regular": "Inter-Regular.otf",
    "inter-medium": "Inter-Medium.otf",
    "inter-semibold": "Inter-SemiBold.otf",
    "inter-italic": "Inter-Italic.otf",
    "display-semibold": "InterDisplay-SemiBold.otf",
    "display-bold": "InterDisplay-Bold.otf",
    "mono-regular": "JetBrainsMono-Regular.ttf",
    "mono-bold": "JetBrainsMono-Bold.ttf",
}
# in a listing every column is one character: no ligatures
_MONO_FEATURES = ("-liga", "-calt", "-clig")


@lru_cache(maxsize=128)
def font(face: str, size: int) -> FreeTypeFont:
    """A typeface at a size in pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(_FOLDER / _FILES[face], size)


@cache
def shaping() -> bool:
    """Whether Pillow can shape text (raqm): full kerning and typographic features; pair kerning otherwise."""
    from PIL import features

    return features.check_feature("raqm") is True


def features_of(face: str, extra: tuple[str, ...] = ()) -> list[str] | None:
    """OpenType features to draw a face with, or None for its own defaults."""
    wanted = (*(_MONO_FEATURES if face.startswith("mono") else ()), *extra)
    return list(wanted) if wanted and shaping() else None


@lru_cache(maxsize=65_536)
def length(text: str, face: str, size: int, features: tuple[str, ...] = ()) -> float:
    """Advance width of a text, pixels."""
    return font(face, size).getlength(text, features=features_of(face, features))


@cache
def coverage(face: str) -> frozenset[int]:
    """Code points that a face has a glyph for, from its `cmap` table (OpenType 1.9, formats 4 and 12)."""
    data = (_FOLDER / _FILES[face]).read_bytes()
    tables = struct.unpack(">H", data[4:6])[0]
    records = (struct.unpack(">4sIII", data[12 + 16 * i : 28 + 16 * i]) for i in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    found: set[int] = set()
    for index in range(struct.unpack(">H", data[cmap + 2 : cmap + 4])[0]):
        start = cmap + struct.unpack(">I", data[cmap + 8 + 8 * index : cmap + 12 + 8 * index])[0]
        kind = struct.unpack(">H", data[start : start + 2])[0]
        if kind == 12:
            found |= _segments_32(data, start)
        elif kind == 4:
            found |= _segments_16(data, start)
    return frozenset(found)


def _segments_32(data: bytes, start: int) -> set[int]:
    groups = struct.unpack(">I", data[start + 12 : start + 16])[0]
    found: set[int] = set()
    for first, last, _ in struct.iter_unpack(">III", data[start + 16 : start + 16 + 12 * groups]):
        found.update(range(first, last + 1))
    return found


def _segments_16(data: bytes, start: int) -> set[int]:
    double = struct.unpack(">H", data[start + 6 : start + 8])[0]
    ends = struct.unpack(f">{double // 2}H", data[start + 14 : start + 14 + double])
    starts = struct.unpack(f">{double // 2}H", data[start + 16 + double : start + 16 + 2 * double])
    return {code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1) if first < 0xFFFF}


def drawable(text: str, face: str) -> tuple[str, list[str]]:
    """The text without what the face has no glyph for, and those characters in order of appearance.

    Proportional text closes up where a character is dropped; in a mono face a space keeps the columns.
    Characters that are invisible by definition (joiners, variation selectors, controls) go without mention.
    """
    mono = face.startswith("mono")
    known = coverage(face)
    kept: list[str] = []
    missing: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if char.isspace():
            kept.append(char if mono else " ")
        elif unicodedata.category(char) in ("Cf", "Cc", "Cs", "Co", "Cn") or 0xFE00 <= ord(char) <= 0xFE0F:
            continue
        elif ord(char) in known:
            kept.append(char)
        else:
            missing.append(char)
            if mono:
                kept.append(" ")
    result = "".join(kept)
    return (result if mono else " ".join(result.split())), list(dict.fromkeys(missing))


def font_files() -> list[Path]:
    """The font files that travel with the package, sorted; all are under the SIL Open Font License 1.1."""
    return sorted(_FOLDER / name for name in _FILES.values())
