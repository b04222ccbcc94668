"""The typefaces that travel with the package: loading, measuring, and which characters they can draw."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import uharfbuzz as hb

from videogen.scenes.fontfiles import SHIPPED, FontFile, opened
from videogen.scenes.shape import Laid, shaped

_FILES = {
    "inter-regular": "Inter-Regular.otf",
    "inter-medium": "Inter-Medium.otf",
    "inter-semibold": "Inter-SemiBold.otf",
    "inter-italic": "Inter-Italic.otf",
    "display-semibold": "InterDisplay-SemiBold.otf",
    "display-bold": "InterDisplay-Bold.otf",
    "serif-regular": "SourceSerifPro-Regular.otf",
    "serif-semibold": "SourceSerifPro-Semibold.otf",
    "serif-bold": "SourceSerifPro-Bold.otf",
    "serif-italic": "SourceSerifPro-It.otf",
    "mono-regular": "JetBrainsMono-Regular.ttf",
    "mono-bold": "JetBrainsMono-Bold.ttf",
}
# in a listing every column is one character: no ligatures
_MONO_FEATURES = ("-liga", "-calt", "-clig")
_TRACKED_FEATURES = ("-liga", "-calt", "-clig", "-kern")


@cache
def file_of(face: str) -> FontFile:
    """The font that a typeface is drawn with."""
    return FontFile(SHIPPED / _FILES[face])


def laid(text: str, face: str, size: int, features: tuple[str, ...] = (), tracking: float = 0.0) -> Laid:
    """A text on one line: its glyphs in their places. With `tracking`, extra pixels after each letter, letters stand
    by themselves."""
    own = _MONO_FEATURES if face.startswith("mono") else ()
    apart = _TRACKED_FEATURES if tracking else ()
    return shaped(text, file_of(face), size, (*own, *apart, *features), tracking)


@lru_cache(maxsize=65_536)
def length(text: str, face: str, size: int, features: tuple[str, ...] = ()) -> float:
    """Advance width of a text, pixels."""
    return laid(text, face, size, features).width


@cache
def coverage(face: str) -> frozenset[int]:
    """Code points that a face has a glyph for."""
    return frozenset(opened(file_of(face)).unicodes)


@cache
def cap_height(face: str) -> float:
    """Height of a face's capitals, ems."""
    drawn = opened(file_of(face))
    return (hb.Font(drawn).get_metric_position(hb.OTMetricsTag.CAP_HEIGHT) or 0) / drawn.upem


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
    return sorted(SHIPPED / name for name in _FILES.values())
