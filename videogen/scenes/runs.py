"""A text divided into runs that one font draws in one direction and one script."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from videogen.scenes.bidi import levels, turns
from videogen.scenes.fontfiles import FontFile, has

FILL = "\ufdd0"
"""In a listing, the second cell of a character that is two cells wide: a noncharacter, never drawn."""

JOINERS = "\u200c\u200d"
TEXT_STYLE, EMOJI_STYLE = "\ufe0e", "\ufe0f"
BIDI_SIGNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_KEYCAP = "\u20e3"
_EMOJI_BY_DEFAULT = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"
)
"""Characters of the Basic Multilingual Plane with `Emoji_Presentation` (UTS #51, emoji-data.txt)."""


class Run(NamedTuple):
    """A part of a line, in the order in which it is written."""

    text: str
    file: FontFile
    level: int
    script: str
    """ISO 15924 code; "" where nothing says."""
    first: bool
    """Drawn by the font that was asked for, not by one that stands in for it."""


Chooser = Callable[[str], "FontFile | None"]
"""The first font that has all characters of a cluster."""


@lru_cache(maxsize=65_536)
def script_of(char: str) -> str:
    """The script of a character, "" for what all scripts use."""
    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    return buffer.script or ""


def clusters(text: str) -> Iterator[str]:
    """The parts of a text that are never drawn by two fonts: a letter with its marks, an emoji with its parts."""
    start = 0
    for index in range(1, len(text)):
        if not _goes_on(text, start, index):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


def _goes_on(text: str, start: int, index: int) -> bool:
    char, before = text[index], text[index - 1]
    if char in JOINERS or char in (TEXT_STYLE, EMOJI_STYLE, _KEYCAP, FILL) or unicodedata.category(char)[0] == "M":
        return True
    if before == "\u200d" and char >= "\u2190" and text[start] >= "\u2190":
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return before not in " \t"
    flag = "\U0001f1e6" <= char <= "\U0001f1ff"
    return flag and (index - start) % 2 == 1 and "\U0001f1e6" <= text[start] <= "\U0001f1ff"


def is_emoji(cluster: str) -> bool:
    """Whether a cluster asks to be drawn as a picture."""
    if TEXT_STYLE in cluster:
        return False
    return cluster[0] >= "\U0001f000" or cluster[0] in _EMOJI_BY_DEFAULT or EMOJI_STYLE in cluster


def needed(cluster: str) -> str:
    """What of a cluster takes a glyph."""
    return "".join(
        char
        for char in cluster
        if unicodedata.category(char) not in ("Cf", "Cc") and char not in (TEXT_STYLE, EMOJI_STYLE, FILL)
    )


def covers(file: FontFile, cluster: str) -> bool:
    """Whether a font has all that a cluster needs."""
    return all(has(file, char) for char in needed(cluster))


def runs_of(text: str, own: FontFile, choose: Chooser, rtl: bool) -> list[Run]:
    """The runs of a line in the order in which it is written; `rtl` is the direction of its paragraph."""
    parts = list(clusters(text))
    files = _files(parts, own, choose)
    depth = levels(text, rtl) if rtl or turns(text) else [0] * len(text)
    found: list[Run] = []
    at = 0
    for part, file in zip(parts, files, strict=True):
        script = next((code for char in part if (code := script_of(char))), "")
        run = Run(part, file, depth[at], script, file == own)
        at += len(part)
        last = found[-1] if found else None
        if last and (last.file, last.level) == (run.file, run.level) and _together(last.script, script):
            found[-1] = last._replace(text=last.text + part, script=last.script or script)
        else:
            found.append(run)
    return found


_JAPANESE = frozenset({"Hani", "Hira", "Kana"})


def _together(one: str, other: str) -> bool:
    return not one or not other or one == other or {one, other} <= _JAPANESE


def _files(parts: list[str], own: FontFile, choose: Chooser) -> list[FontFile]:
    """The font of each cluster: signs go with the letters that they touch, so that brackets match."""
    files: list[FontFile | None] = []
    for part in parts:
        neutral = unicodedata.category(part[0])[0] in "PS" and len(part) == 1 and not script_of(part[0])
        files.append(None if neutral else choose(part) or own)
    for order in (range(len(parts)), range(len(parts) - 1, -1, -1)):
        step = order.step
        for at in order:
            beside = files[at - step] if 0 <= at - step < len(parts) else None
            if files[at] is None and beside and beside != own and _letters(parts[at - step], parts[at]):
                files[at] = beside if covers(beside, parts[at]) else None
    return [file or choose(part) or own for file, part in zip(files, parts, strict=True)]


def _letters(beside: str, part: str) -> bool:
    """Whether a sign stands beside what is written in a script, not beside a picture; hyphens and strokes stay."""
    return not is_emoji(beside) and part not in "/\\-_+=<>|~#@&*%"
