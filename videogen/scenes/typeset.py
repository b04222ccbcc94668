"""Breaking measured text into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from videogen.scenes.bidi import first_strong
from videogen.scenes.breaks import phrases, whole
from videogen.scenes.typefaces import length

_BREAK_AFTER = "/._-:=&?,)"

_STOPS, _PAUSES = (
    (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f"),
    (",", ";", ":", "\u2013", "\u2014", "\u3001", "\uff0c", "\u060c"),
)
"""Signs after which a heading is best broken, and those after which it is well broken."""
_LITTLE = 3
"""Letters of a word that does not like to end a line: an article, a preposition."""


@dataclass(frozen=True)
class Word:
    """What is not broken unless it is wider than a line."""

    text: str
    face: str
    colour: str
    glued: bool = False
    """Continues the word before it: no space between them."""
    rtl: bool = False
    """Part of a paragraph that runs right to left."""
    around: tuple[str, str] = ("", "")
    """The letters beside it that it is glued to: in whose typeface a sign at its end is set is up to them."""


Line = tuple[Word, ...]


def words(text: str, face: str, colour: str) -> list[Word]:
    """The words of a text, in one face and colour: what no line is broken in."""
    rtl = not text.isascii() and bool(first_strong(text))
    found = []
    for word in text.split():
        parts = phrases(word, face.partition("@")[2])
        for index, part in enumerate(parts):
            around = parts[index - 1][-1:] if index else "", parts[index + 1][:1] if index + 1 < len(parts) else ""
            found.append(Word(part, face, colour, index > 0, rtl, around))
    return found


def unbroken(text: str) -> list[str]:
    """The parts of a text that no line is broken in."""
    return [part for word in text.split() for part in phrases(word)]


def _width(word: Word, size: int) -> float:
    """Advance width of a word, pixels: the greater of those it has by itself and beside what it is glued to."""
    alone, (before, behind) = length(word.text, word.face, size), word.around
    if not before and not behind:
        return alone
    beside = length(before, word.face, size) + length(behind, word.face, size)
    return max(alone, length(before + word.text + behind, word.face, size) - beside)


def line_width(line: Sequence[Word], size: int) -> float:
    """Advance width of words set on one line, pixels."""
    total = 0.0
    for index, word in enumerate(line):
        if index and not word.glued:
            total += length(" ", word.face, size)
        total += _width(word, size)
    return total


def break_lines(
    text: Sequence[Word], size: int, width: float, shape: Literal["plain", "calm", "balanced"] = "calm"
) -> list[Line]:
    """Lines no wider than `width` pixels, as few as there can be.

    `balanced` evens them out, and would rather break where a sentence or a clause ends than after a little word
    (headings); `calm` sees to it that no single word stands on the last line
    where it can be helped (body text). Words break only when they are wider than a whole line, after a
    separator when one is near, without a hyphen: a name stays what it is.
    """
    lines = _greedy(text, size, width)
    if len(lines) < 2 or shape == "plain":
        return lines
    longest = max(_width(word, size) for word in text)
    if longest > width:
        return lines
    if shape == "balanced":
        return _balanced(text, size, width, len(lines))
    for share in (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7):
        tried = _greedy(text, size, max(width * share, longest))
        if len(tried) > len(lines):
            break
        if len(tried[-1]) > 1 and line_width(tried[-1], size) > 0.2 * width:
            return tried
    return lines


def _balanced(text: Sequence[Word], size: int, width: float, count: int) -> list[Line]:
    """The `count` lines that are nearest to each other in width, places to break weighed in (after Knuth and Plass,
    1981)."""
    widths = [_width(word, size) for word in text]
    gaps = [0.0 if word.glued else length(" ", word.face, size) for word in text]
    total = sum(widths) + sum(gaps[1:])
    goal, weight = total / count, min(1.0, 4 / count)
    # least cost of the first n words on so many lines, and where the last of these begins
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        row: dict[int, tuple[float, int]] = {}
        for begin, (cost, _) in best[-1].items():
            used = 0.0
            for end in range(begin + 1, len(text) + 1):
                # added up as they are when lines are filled: what fits there fits here
                used = used + (gaps[end - 1] if end - 1 > begin else 0.0) + widths[end - 1]
                if used > width:
                    break
                own = cost + ((used - goal) / goal) ** 2
                if end < len(text):
                    own += weight * _unease(text, end)
                if used < goal / 2 or (end - begin == 1 and begin and end == len(text)):
                    own += 0.25
                if end not in row or own < row[end][0]:
                    row[end] = own, begin
        best.append(row)
    lines: list[Line] = []
    end = len(text)
    for row in reversed(best[1:]):
        begin = row[end][1]
        lines.append(tuple(text[begin:end]))
        end = begin
    return lines[::-1]


def _unease(text: Sequence[Word], end: int) -> float:
    """What speaks against a break before the word at `end`; less than nothing where it is welcome."""
    last = text[end - 1].text
    if last.endswith(_STOPS):
        return -0.25
    if last.endswith(_PAUSES):
        return -0.12
    return 0.08 if len(last) <= _LITTLE and last.isalpha() and not text[end].glued else 0.0


def _greedy(text: Sequence[Word], size: int, width: float) -> list[Line]:
    lines: list[Line] = []
    line: list[Word] = []
    used = 0.0
    for word in text:
        for piece in _pieces(word, size, width):
            own = _width(piece, size)
            gap = 0.0 if piece.glued or not line else length(" ", piece.face, size)
            if line and used + gap + own > width:
                lines.append(tuple(line))
                line, used, gap = [], 0.0, 0.0
            line.append(piece)
            used += gap + own
    if line:
        lines.append(tuple(line))
    return lines


def _pieces(word: Word, size: int, width: float) -> list[Word]:
    """The word, or parts of it that each fit the width."""
    if _width(word, size) <= width:
        return [word]
    pieces: list[Word] = []
    rest = word.text
    # parts of about one length, not a line and a letter
    whole_width = length(rest, word.face, size)
    even = min(width, whole_width / -(-whole_width // width) * 1.06)
    while rest:
        count = _fitting(rest, word.face, size, width if any(sign in rest for sign in _BREAK_AFTER) else even)
        if count < len(rest):
            near = max(rest.rfind(sign, 0, count) for sign in _BREAK_AFTER) + 1
            count = near if near > count * 0.6 else whole(rest, count)
        pieces.append(replace(word, text=rest[:count], glued=word.glued or bool(pieces)))
        rest = rest[count:]
    return pieces


def _fitting(text: str, face: str, size: int, width: float) -> int:
    """How many of the first characters fit the width; at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if length(text[:middle], face, size) <= width:
            low = middle
        else:
            high = middle - 1
    return low
