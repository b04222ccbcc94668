"""From words to sentences: by their punctuation, or where there is none by the pauses of who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from videogen.inputs.talk.words import Word

PAUSE = 0.5
"""Seconds of silence after a word that may end a sentence where nothing is punctuated."""
SHORTEST, LONGEST = 6, 30
"""Words of a sentence that pauses tell: a shorter one is not ended, a longer one is cut at its longest pause."""
_ENDS = re.compile(r"""[.!?…。！？][)\]"'”’»」』]*$""")
_ABBREVIATED = re.compile(r"(?:^|[(\"'])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|St|vs|e\.g|i\.e|etc|bzw|z\.B|Nr|approx|Prof|No)\.$")
_NO_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f\u3000-\u303f]")
_SAYS_A_SECOND = 15.0
"""Letters a second: how long a word takes whose end no caption tells (about 170 words a minute in English)."""


class Sentence(NamedTuple):
    """What is said in one sentence, from which second, and whether somebody else begins to speak with it."""

    start: float
    text: str
    turn: bool
    pause: float
    """Seconds of silence before it, as far as they can be told."""


def is_punctuated(words: Sequence[Word]) -> bool:
    """Whether the words say where their sentences end: one in sixty at least ends one."""
    ends = sum(1 for word in words if _ENDS.search(word.text))
    return ends * 60 >= len(words)


def sentences(words: Sequence[Word]) -> list[Sentence]:
    """The sentences of a talk, in order, with their seconds."""
    if not words:
        return []
    told = is_punctuated(words)
    shouted = _is_shouted(words)
    found: list[Sentence] = []
    for part in _by_punctuation(words) if told else _by_pauses(words):
        text = _joined([word.text for word in part])
        if shouted:
            text = _calmed(text)
        if not told:
            text = text[:1].upper() + text[1:]
            text += "" if _ENDS.search(text) else "。" if _NO_SPACES.search(text[-1:]) else "."
        before = found[-1].start if found else part[0].start
        found.append(Sentence(max(before, part[0].start), text, part[0].turn, 0.0))
    return _with_pauses(found)


def _by_punctuation(words: Sequence[Word]) -> Iterator[list[Word]]:
    part: list[Word] = []
    for index, word in enumerate(words):
        if word.turn and part:
            yield part
            part = []
        part.append(word)
        following = words[index + 1].text if index + 1 < len(words) else ""
        ends = _ENDS.search(word.text) and not _ABBREVIATED.search(word.text)
        if (ends and not following[:1].islower()) or len(part) >= 4 * LONGEST:
            yield part
            part = []
    if part:
        yield part


def _by_pauses(words: Sequence[Word]) -> Iterator[list[Word]]:
    gaps = [_gap(words[index - 1], word) if index else 0.0 for index, word in enumerate(words)]
    begin = 0
    for index, word in enumerate(words):
        if index == begin:
            continue
        if word.turn or (gaps[index] >= PAUSE and index - begin >= SHORTEST):
            yield list(words[begin:index])
            begin = index
        elif index - begin >= LONGEST:
            # what ends a sentence is seldom a short word: those lead to what follows
            cut = max(
                range(begin + SHORTEST, index + 1),
                key=lambda at: (round(gaps[at], 1), len(words[at - 1].text) > 3, at),
            )
            yield list(words[begin:cut])
            begin = cut
    yield list(words[begin:])


def _gap(before: Word, after: Word) -> float:
    return after.start - before.start - len(before.text) / _SAYS_A_SECOND


def _with_pauses(found: list[Sentence]) -> list[Sentence]:
    told = found[:1]
    for before, after in pairwise(found):
        silence = after.start - before.start - len(before.text) / _SAYS_A_SECOND
        told.append(after._replace(pause=max(0.0, round(silence, 3))))
    return told


def _joined(texts: Sequence[str]) -> str:
    """Words with spaces between them, where their script has any."""
    out = ""
    for text in texts:
        glued = out and _NO_SPACES.match(text) and _NO_SPACES.match(out[-1])
        out += text if glued or not out else f" {text}"
    return out


def _is_shouted(words: Sequence[Word]) -> bool:
    """Whether all is written in capitals, as captions once were."""
    letters = [char for word in words for char in word.text if char.lower() != char.upper()]
    return len(letters) > 40 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _calmed(text: str) -> str:
    lower = re.sub(r"\bi(?=\b|')", "I", text.lower())
    return lower[:1].upper() + lower[1:]
