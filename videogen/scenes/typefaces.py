"""Typefaces: those of themes, what stands in for them in other scripts, measuring, and what can be drawn at all.

A face is one of the theme's (`inter-regular`), or that in a language (`inter-regular@ja`), which decides between
the forms of a character. What it has no glyph for is drawn in Inter, else in a font of an extra, else in a font of
the system, in the weight of the face; emoji in colour where there is a font for them.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import uharfbuzz as hb

from videogen.model.theme import Look
from videogen.scenes.bidi import first_strong
from videogen.scenes.fontfiles import PACKED, SHIPPED, FontFile, has, opened, packed, system_font
from videogen.scenes.runs import BIDI_SIGNS, FILL, JOINERS, clusters, covers, is_emoji, needed, runs_of, script_of
from videogen.scenes.shape import Laid, columns, line, plain

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


_WEIGHTS = {"regular": 400, "italic": 400, "medium": 500, "semibold": 600, "bold": 700}
_INTER = {400: "inter-regular", 500: "inter-medium", 600: "inter-semibold", 700: "display-bold"}
_HAN = {"ja": "NotoSansJP", "ko": "NotoSansKR", "zh-hant": "NotoSansTC", "zh": "NotoSansSC"}
_TRADITIONAL = {"hant", "tw", "hk", "mo"}
_EMOJI = "NotoColorEmoji"
_SIMPLE = "\u0590"
"""Before this all scripts run left to right, letter by letter."""


def spoken_in(look: Look, language: str) -> Look:
    """A look whose typefaces write a language (BCP 47)."""
    if language.lower().partition("-")[0] == "en":
        return look
    fonts = look.theme.fonts
    faces = {role: f"{face}@{language.lower()}" for role, face in fonts}
    theme = look.theme.model_copy(update={"fonts": fonts.model_copy(update=faces)})
    return look.model_copy(update={"theme": theme})


@cache
def file_of(face: str) -> FontFile:
    """The font that a typeface is drawn with."""
    return FontFile(SHIPPED / _FILES[face.partition("@")[0]])


def laid(
    text: str,
    face: str,
    size: int,
    features: tuple[str, ...] = (),
    tracking: float = 0.0,
    rtl: bool | None = None,
) -> Laid:
    """A text on one line: its glyphs in their places. With `tracking`, extra pixels after each letter, letters stand
    by themselves where their script lets them. `rtl` is the direction of the paragraph that it is a line of; without
    it, that of its first letter. What no font has takes no place."""
    mono = face.startswith("mono")
    wanted = (*(_MONO_FEATURES if mono else ()), *(_TRACKED_FEATURES if tracking else ()), *features)
    own = file_of(face)
    language = face.partition("@")[2]
    if not rtl and (text.isascii() or max(text) < _SIMPLE):
        simple = plain(text, own, size, wanted, tracking, language or None)
        if simple:
            return simple
    way = bool(first_strong(text)) if rtl is None else rtl
    form = _form(language, text)
    runs = runs_of(text, own, lambda cluster: _stand_in(cluster, face, form), way)
    cell = length("m", face.partition("@")[0], size) if mono else 0.0
    return line(runs, size, wanted, tracking, cell, language or None)


@lru_cache(maxsize=65_536)
def length(text: str, face: str, size: int, features: tuple[str, ...] = (), tracking: float = 0.0) -> float:
    """Advance width of a text, pixels."""
    return laid(text, face, size, features, tracking).width


def _form(language: str, text: str) -> str:
    """Which of the four forms of Han characters is meant: the language's, else what the letters beside them say."""
    parts = language.split("-")
    if parts[0] == "zh":
        return "zh-hant" if _TRADITIONAL & set(parts[1:]) else "zh"
    if parts[0] in _HAN:
        return parts[0]
    scripts = {script_of(char) for char in text if char > "\u1100"}
    return "ja" if scripts & {"Hira", "Kana"} else "ko" if "Hang" in scripts else "zh"


@lru_cache(maxsize=65_536)
def _stand_in(cluster: str, face: str, form: str) -> FontFile | None:
    """The first font that has all of a cluster; None when none has."""
    weight = _weight(face)
    own = file_of(face)
    names = [name for name in PACKED if name not in (_EMOJI, _HAN[form])]
    names.insert(0, _HAN[form])
    chain = [own, file_of(_INTER[weight]), *(packed(name, weight) for name in names)]
    emoji = packed(_EMOJI)
    chain = [emoji, *chain] if is_emoji(cluster) else [*chain, emoji]
    able = next((file for file in chain if file and covers(file, cluster)), None)
    if able:
        return able
    strange = next((char for char in needed(cluster) if not has(own, char)), "")
    found = system_font(strange, weight) if strange else None
    return found if found and covers(found, cluster) else None


def _weight(face: str) -> int:
    return _WEIGHTS[face.partition("@")[0].rpartition("-")[2]]


@cache
def coverage(face: str) -> frozenset[int]:
    """Code points that a face has a glyph for."""
    return frozenset(opened(file_of(face).path).unicodes)


@cache
def cap_height(face: str) -> float:
    """Height of a face's capitals, ems."""
    drawn = opened(file_of(face).path)
    return (hb.Font(drawn).get_metric_position(hb.OTMetricsTag.CAP_HEIGHT) or 0) / drawn.upem


def drawable(text: str, face: str) -> tuple[str, list[str]]:
    """The text without what no font has a glyph for, and those characters in order of appearance.

    Proportional text closes up where a character is dropped; in a mono face a space keeps the columns, and a wide
    character is followed by `FILL`, which holds its second column. Controls go without mention; in a mono face those
    that begin and end a terminal's control sequence stay, for those that lay it out to read.
    """
    mono = face.startswith("mono")
    text = unicodedata.normalize("NFC", text)
    if not {ord(char) for char in text} <= _ordinary(face):
        form = _form(face.partition("@")[2], text)
        parts = [_drawn(cluster, face, form) for cluster in clusters(text)]
        missing = list(dict.fromkeys(char for _, gone in parts for char in gone))
        text = "".join(kept for kept, _ in parts)
    else:
        missing = []
    return (text if mono else " ".join(text.split())), missing


@cache
def _ordinary(face: str) -> frozenset[int]:
    """What a face draws by itself, and what is blank."""
    known = coverage(face) | {ord(char) for char in " \t\n"}
    return frozenset(code for code in known if code < ord(_SIMPLE) or 0x2010 <= code <= 0x2027)


def _drawn(cluster: str, face: str, form: str) -> tuple[str, str]:
    """What of a cluster is drawn, and what is missing."""
    mono = face.startswith("mono")
    if cluster[0].isspace():
        return (cluster[0] if mono else " "), ""
    kept = "".join(char for char in cluster if _keeps(char, mono))
    if not needed(kept) or _stand_in(kept, face, form):
        return kept + (FILL if mono and FILL not in kept and columns(kept) == 2 else ""), ""
    gone = "".join(char for char in needed(kept) if not _stand_in(char, face, form)) or needed(kept)[-1]
    rest = "".join(char for char in kept if char not in gone)
    if needed(rest) and unicodedata.category(rest[0])[0] != "M":
        return rest, gone
    return (" " if mono else ""), gone


def _keeps(char: str, mono: bool) -> bool:
    """Whether a character is to be drawn or has a part in how others are."""
    if unicodedata.category(char) in ("Cf", "Cc", "Cs"):
        return char in "\x1b\x07\u200d" if mono else char in JOINERS or char in BIDI_SIGNS or char >= "\U000e0020"
    return True


def stand_ins(text: str, language: str) -> list[tuple[Path, str]]:
    """The fonts besides those of the package that a text is drawn with, sorted, each with its licence (SPDX)."""
    face = f"inter-regular@{language.lower()}"
    form = _form(language.lower(), text)
    found = {_stand_in(part, face, form) for part in set(clusters(unicodedata.normalize("NFC", text))) if needed(part)}
    paths = {file.path for file in found if file and file.path.parent != SHIPPED}
    free = {file.path for name in PACKED if (file := packed(name))}
    return sorted((path, "OFL-1.1" if path in free else "unknown") for path in paths)


def font_files() -> list[Path]:
    """The font files that travel with the package, sorted; all are under the SIL Open Font License 1.1."""
    return sorted(SHIPPED / name for name in _FILES.values())
