"""Where lines may be broken in scripts that set no spaces between words: Thai, Japanese, Chinese."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from videogen.scenes.runs import FILL, clusters, script_of

if TYPE_CHECKING:
    from budoux import Parser

_UNSPACED = frozenset({"Hani", "Hira", "Kana", "Bopo", "Thai"})
_NOT_FIRST = frozenset(
    "、。，．・：；？！）］｝〉》」』】〕〗〙〟’”%,.:;?!)]}ー々ゝゞヽヾ…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶๆฯ"
)
_NOT_LAST = frozenset("（［｛〈《「『【〔〖〘〝‘“([{$£¥#")
"""Signs that begin, or end, no line (JIS X 4051; CLREQ 3.1)."""


@lru_cache(maxsize=8192)
def phrases(word: str, language: str = "") -> tuple[str, ...]:
    """What lies between two spaces, divided where a line may be broken; it adds up to the word."""
    if word.isascii() or max(word) < "\u0e00":
        return (word,)
    found: list[str] = []
    for part, script in _parts(word):
        pieces = _parser(_model(part, script, language)).parse(part) if script in _UNSPACED else [part]
        for index, piece in enumerate(pieces):
            # between scripts only where one of them sets no spaces
            joined = found and not (index or (found and _breaks(found[-1], piece)))
            # signs stay with letters: by themselves they would be measured in another font
            alone = found and (_signs(piece) or _signs(found[-1]))
            if found and (joined or alone or piece[0] in _NOT_FIRST or found[-1][-1] in _NOT_LAST or not _clean(piece)):
                found[-1] += piece
            else:
                found.append(piece)
    return tuple(found)


def whole(text: str, count: int) -> int:
    """The nearest place not after `count` where no letter is parted from its marks; the first letter's end at least."""
    ends = 0
    for cluster in clusters(text):
        if ends and ends + len(cluster) > count:
            return ends
        ends += len(cluster)
    return ends


def _parts(word: str) -> list[tuple[str, str]]:
    """Runs of letters with spaces and of letters without; signs belong to what is before them."""
    parts: list[tuple[str, str]] = []
    for cluster in clusters(word):
        script = script_of(cluster[0])
        script = "Hani" if script in ("Hira", "Kana", "Bopo") else script
        if parts and (not script or script == parts[-1][1] or not parts[-1][1]):
            parts[-1] = (parts[-1][0] + cluster, parts[-1][1] or script)
        else:
            parts.append((cluster, script))
    return parts


def _breaks(before: str, after: str) -> bool:
    last = next((code for char in reversed(before) if (code := script_of(char))), "")
    first = next((code for char in after if (code := script_of(char))), "")
    return bool({last, first} & (_UNSPACED - {"Thai"}))


def _signs(piece: str) -> bool:
    return all(unicodedata.category(char)[0] in "PS" for char in piece)


def _clean(piece: str) -> bool:
    """Whether a piece begins with a letter, not with the mark of one."""
    return next(clusters(f"\u0e01{piece}")) == "\u0e01" and piece[0] != FILL


def _model(part: str, script: str, language: str) -> str:
    if script == "Thai":
        return "thai"
    names = language.lower().split("-")
    if names[0] == "ja" or any(script_of(char) in ("Hira", "Kana") for char in part):
        return "japanese"
    return "traditional_chinese" if {"hant", "tw", "hk", "mo"} & set(names) else "simplified_chinese"


@cache
def _parser(model: str) -> Parser:
    import budoux

    return getattr(budoux, f"load_default_{model}_parser")()
