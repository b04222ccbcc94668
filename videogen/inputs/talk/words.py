"""From cues to words, each once: what is shown twice, how it sounds and who speaks is taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from videogen.inputs.talk.cues import Cue, Piece

_ROLLING = 0.3
"""Of all cues, so many begin with the line that the one before ended with: then the captions roll."""
_SOUND = re.compile(
    r"\[[^\[\]]{0,60}\]|[♪♫]|\((?:laugh|applau|music|cheer|sigh|cough|gasp|chuckl)[^()]{0,40}\)", re.IGNORECASE
)
_ASIDE = re.compile(r"\s*\([^()]{0,60}\)\s*[.!]?\s*")
_SPEAKER = re.compile(r"(?:>>+|»)\s*(?:[A-Z][A-Z .'-]{0,30}:\s*)?|^\s*[-–—]\s*(?=\S)")
_TURN = "\x01"
"""Stands for a change of speaker."""
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
_FULL_STOP = re.compile(rf"(?<=[。！？])(?=[{_CJK}「『（A-Za-z0-9])")


class Word(NamedTuple):
    """A word as it is written, the second at which it begins, and whether somebody else begins to speak with it."""

    start: float
    text: str
    turn: bool = False


def words_of(cues: Sequence[Cue]) -> list[Word]:
    """What is said, word for word."""
    words: list[Word] = []
    for cue in _unrolled(cues):
        turn = False
        for piece in _timed(cue):
            for part in _SPEAKER.sub(f" {_TURN} ", piece.text).split():
                if part == _TURN:
                    turn = True
                    continue
                for text in _FULL_STOP.split(part):
                    words.append(Word(piece.start, text, turn))
                    turn = False
    return words


def _unrolled(cues: Sequence[Cue]) -> list[Cue]:
    """Cues without the lines that a rolling display repeats from the one before."""
    texts = [cue.texts for cue in cues]
    repeats = sum(1 for before, after in pairwise(texts) if _overlap(before, after))
    if repeats < _ROLLING * max(1, len(cues) - 1):
        return list(cues)
    found: list[Cue] = []
    shown: list[str] = []
    for cue, lines in zip(cues, texts, strict=True):
        new = _overlap(shown, lines)
        grown = bool(shown) and new < len(lines) and _grows(shown[-1], lines[new])
        shown = [line for line in lines if line] or shown
        kept = tuple(line for line, text in zip(cue.lines[new:], lines[new:], strict=True) if text)
        if grown and found:
            # the line before was shown word by word: what it became stands for it
            found[-1] = found[-1]._replace(lines=found[-1].lines[:-1])
        if kept:
            found.append(cue._replace(lines=kept))
    return found


def _overlap(before: Sequence[str], after: Sequence[str]) -> int:
    """How many lines of `after`, from its first, are the last lines of `before`; empty ones with them count."""
    last = [line for line in before if line]
    for size in range(min(len(last), len(after)), 0, -1):
        if list(after[:size]) == last[-size:]:
            return size
    blank = next((number for number, line in enumerate(after) if line), 0)
    rest = list(after[blank:])
    if blank and last and rest[:1] == last[-1:]:
        return blank + 1
    return 0


def _grows(before: str, after: str) -> bool:
    return len(after) > len(before) and after.startswith(f"{before} ")


def _timed(cue: Cue) -> Iterator[Piece]:
    """The pieces of a cue without sounds; words that have no time of their own are spread over those they share."""
    aside = " ".join(cue.texts)
    if _ASIDE.fullmatch(aside):
        return
    for number, line in enumerate(cue.lines):
        if len(line) > 1:
            cleaned = _SOUND.sub(" ", "".join(piece.text for piece in line))
            same = "".join(cleaned.split()) == "".join("".join(piece.text for piece in line).split())
            if same:
                yield from _joined(line)
                continue
            yield Piece(line[0].start, cleaned)
            continue
        share = (cue.end - cue.start) / len(cue.lines)
        begin = cue.start + number * share
        text = _SOUND.sub(" ", "".join(piece.text for piece in line))
        total = max(1, len(text))
        at = 0
        # leading marks such as a speaker's need the line whole
        marked = _SPEAKER.sub(f" {_TURN} ", text)
        for part in marked.split():
            if part == _TURN:
                yield Piece(begin + share * at / total, ">>")
                continue
            yield Piece(begin + share * at / total, part)
            at += len(part) + 1


def _joined(line: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces as whole words: a site may cut one in two."""
    held: Piece | None = None
    for piece in line:
        if held is not None and not held.text[-1:].isspace() and not piece.text[:1].isspace():
            held = Piece(held.start, held.text + piece.text)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held
