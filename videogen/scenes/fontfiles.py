"""Font files: those that travel with the package, those that extras bring, those of the system; how they are opened."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import uharfbuzz as hb

UNIT = 64
"""Parts of a pixel in which glyphs are placed."""

SHIPPED = Path(__file__).parent / "fonts"


@dataclass(frozen=True)
class FontFile:
    """A font: a file, which of its fonts in a collection, and the weight of one that has every weight."""

    path: Path
    index: int = 0
    weight: int = 400


PACKED = {
    "NotoSansArabic": ("fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf"),
    "Heebo": ("fontpkg_heebo", "files/Heebo[wght].ttf"),
    "NotoSansDevanagari": ("fontpkg_noto_sans_devanagari", "files/NotoSansDevanagari[wdth,wght].ttf"),
    "NotoSansThai": ("fontpkg_noto_sans_thai", "files/NotoSansThai[wdth,wght].ttf"),
    "NotoSansSC": ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"),
    "NotoSansTC": ("justmytype_intl_cjk", "fonts/ofl/notosanstc/NotoSansTC[wght].ttf"),
    "NotoSansJP": ("justmytype_intl_cjk", "fonts/ofl/notosansjp/NotoSansJP[wght].ttf"),
    "NotoSansKR": ("justmytype_intl_cjk", "fonts/ofl/notosanskr/NotoSansKR[wght].ttf"),
    "NotoColorEmoji": ("deckr_fonts", "fonts/NotoColorEmoji-Regular.ttf"),
}
"""Fonts that the extras of `videogen.model.scripts` bring: name -> package and path in it. All of them are under the
SIL Open Font License 1.1."""

_SYSTEM_NAMES = (
    "notosans",
    "notokufi",
    "notonaskh",
    "pingfang",
    "hiragino",
    "msyh",
    "msjh",
    "yugoth",
    "meiryo",
    "malgun",
    "applesdgothic",
    "sourcehansans",
    "wqy",
    "nirmala",
    "leelaw",
    "segoeui",
    "seguiemj",
    "tahoma",
    "arialunicode",
    "dejavusans",
    "freesans",
)
"""Beginnings of the names of well-made sans-serif fonts, best first; others of the system come after them."""


@cache
def packed(name: str, weight: int = 400) -> FontFile | None:
    """A font of an extra, None when it is not installed. Its package is found, not imported."""
    package, inside = PACKED[name]
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder, inside)
        if path.is_file():
            return FontFile(path, 0, weight)
    return None


@cache
def opened(path: Path, index: int = 0) -> hb.Face:
    """A font's tables; the file is mapped into memory, not read."""
    return hb.Face(hb.Blob.from_file_path(str(path)), index)


@lru_cache(maxsize=256)
def sized(file: FontFile, size: float) -> hb.Font:
    """A font at a size in pixels. Shared: do not change it."""
    face = opened(file.path, file.index)
    font = hb.Font(face)
    font.scale = (round(size * UNIT), round(size * UNIT))
    if face.has_var_data:
        font.set_variations({"wght": file.weight})
    return font


def has(file: FontFile, char: str) -> bool:
    """Whether a font has a glyph for a character."""
    return bool(sized(file, 16).get_nominal_glyph(ord(char)))


def font_folders() -> list[Path]:
    """Where this system keeps its fonts."""
    home = Path.home()
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData/Local"))
        return [Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts"), Path(local, "Microsoft/Windows/Fonts")]
    data = os.environ.get("XDG_DATA_HOME") or str(home / ".local/share")
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [Path(data, "fonts"), home / ".fonts", *(Path(folder, "fonts") for folder in shared.split(":"))]


@cache
def system_fonts() -> tuple[Path, ...]:
    """The system's font files, those of known names first."""
    found = [path for folder in font_folders() for path in _below(folder)]

    def rank(path: Path) -> tuple[int, bool, bool, str]:
        name = path.stem.lower().replace(" ", "").replace("-", "")
        known = next((at for at, start in enumerate(_SYSTEM_NAMES) if name.startswith(start)), len(_SYSTEM_NAMES))
        slanted = "italic" in name or "oblique" in name
        return known, slanted, "regular" not in name, str(path)

    return tuple(sorted(found, key=rank))


def _below(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(here, name) for name in sorted(names) if name.lower().endswith((".ttf", ".otf", ".ttc")))


_OUTLINES = {"glyf", "CFF ", "CFF2"}


@lru_cache(maxsize=4096)
def system_font(char: str, weight: int) -> FontFile | None:
    """The first of the system's fonts that has a character, in the file of its family nearest to a weight."""
    for path in system_fonts():
        for index in range(opened(path).count):
            file = FontFile(path, index, weight)
            if _OUTLINES & set(opened(path, index).table_tags) and has(file, char):
                return _nearest(file, char, weight)
    return None


def _nearest(file: FontFile, char: str, weight: int) -> FontFile:
    face = opened(file.path, file.index)
    if face.has_var_data:
        return file
    family = _family(face)
    same = [
        FontFile(path, index, weight)
        for path in system_fonts()
        if path.parent == file.path.parent and path.stem[:6] == file.path.stem[:6]
        for index in range(opened(path).count)
        if _family(opened(path, index)) == family and "italic" not in (opened(path, index).get_name(2) or "").lower()
    ]
    able = [one for one in same if has(one, char)] or [file]
    return min(able, key=lambda one: (abs(_weight(one) - weight), str(one.path), one.index))


def _family(face: hb.Face) -> str | None:
    return face.get_name(16) or face.get_name(1)


def _weight(file: FontFile) -> float:
    return hb.Font(opened(file.path, file.index)).get_style_value(hb.StyleTag.WEIGHT)
