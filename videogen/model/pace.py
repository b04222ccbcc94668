"""How much there is to say in a text: syllables, and standard words. Pure arithmetic, without a voice.

Displayed words say little about time: "4,000,000+" is one of them and so is "a". Syllables foretell how long a voice
takes to within a tenth, whatever the text is made of.
"""

from __future__ import annotations

import re
import unicodedata

SYLLABLES_PER_WORD = 1.5
"""Of running English text: what words a minute are counted in."""

WORDS_A_COMMA, WORDS_A_STOP = 0.5, 0.35
"""Pauses within and between sentences, in words: about a fifth and an eighth of a second."""

_COMMA = re.compile(r"[,;:](?=\s|$)")
_STOP = re.compile(r"[.!?](?=\s)")
_VOWEL_GROUPS = re.compile(r"[aeiouy]+")
_PIECES = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+|[%+]|(?<=\w)\.(?=\w)")


def syllables(spoken: str) -> float:
    """About how many syllables a spoken text has; letters that are spelled out count one each, as do ideographs.

    >>> syllables("version two point oh"), syllables("A.P.I"), syllables("")
    (5.0, 3.0, 0.0)
    """
    return float(sum(_word_syllables(word) for word in re.findall(r"[^\W_]+", spoken.lower())))


def _word_syllables(word: str) -> int:
    if not word.isascii():
        wide = sum(unicodedata.east_asian_width(char) in "WF" for char in word)
        return wide or max(1, round(len(word) / 2.5))
    if word.isdigit():
        return 2 * len(word)
    silent_e = word.endswith("e") and not word.endswith(("le", "ee", "ie")) and len(word) > 3
    return max(1, len(_VOWEL_GROUPS.findall(word)) - silent_e)


def heard_words(display: str) -> float:
    """Words of a usual length that are heard of a text as it is displayed: numbers, abbreviations, pauses count.

    >>> heard_words("a small tool for sites"), heard_words("TLS/SSL"), round(heard_words("4,000,000+"))
    (4.0, 4.0, 3)
    """
    pauses = WORDS_A_COMMA * len(_COMMA.findall(display)) + WORDS_A_STOP * len(_STOP.findall(display))
    return sum(map(_heard_syllables, _PIECES.findall(display))) / SYLLABLES_PER_WORD + pauses


def _heard_syllables(piece: str) -> float:
    if piece[0].isdigit():
        told = sum(1.5 for digit in piece if digit not in "0,.")
        groups = piece.count(",") or (len(piece.rstrip("0")) < len(piece) > 2)
        return max(told + groups + piece.count("."), 1.0)
    if piece in "%+.":
        return 2.0 if piece == "%" else 1.0
    if piece.isascii() and piece.isupper() and 2 <= len(piece) <= 4:
        return float(len(piece)) + 2 * piece.count("W")
    return syllables(piece)
