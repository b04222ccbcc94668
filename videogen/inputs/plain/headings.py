"""Headings of plain text: underlined, numbered, in capitals, or short and alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from videogen.inputs.plain.lines import Line, is_rule
from videogen.inputs.plain.shapes import is_prose

LONGEST = 80
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)(?P<dot>\.?)\s+(?P<title>\S.*)")
_LETTERED = re.compile(r"(?:(?P<letter>[A-Z])(?P<more>(?:\.\d{1,2})*)\.|(?P<roman>[IVX]+)\.)\s+(?P<title>[A-Z].*)")
_NAMED = re.compile(
    r"(?:chapter|part|appendix|annex|section|kapitel|chapitre)\s+(?:\d+|[A-Z]|[IVXLC]+)\b", re.IGNORECASE
)
_FRAMED = re.compile(r"([*=#~+-]{2,})\s+(\S.*\S)\s+\1")
_HASH = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*$")


class Heading(NamedTuple):
    """A heading, with the number of lines that it takes."""

    level: int
    text: str
    lines: int
    sort: str


class Levels:
    """The level of each way of underlining, by its first use."""

    def __init__(self) -> None:
        self.signs: list[str] = []

    def of(self, sign: str) -> int:
        """The level of headings that are underlined so."""
        if sign not in self.signs:
            self.signs.append(sign)
        return min(self.signs.index(sign) + 1, 6)


def underlined(block: Sequence[Line], levels: Levels) -> Heading | None:
    """A heading with a line drawn under it, maybe one over it too."""
    if len(block) >= 3 and is_rule(block[0].words) and is_rule(block[2].words) and _titled(block[1].words):
        return Heading(levels.of("over" + block[0].words[0]), block[1].words, 3, "underlined")
    if len(block) >= 2 and is_rule(block[1].words) and _titled(block[0].words) and not is_rule(block[0].words):
        length, text = len(block[1].words), block[0].words
        if " " not in block[1].words and 0.5 * len(text) <= length <= max(len(text) + 12, 80):
            return Heading(levels.of(block[1].words[0]), text, 2, "underlined")
    return None


def _titled(text: str) -> bool:
    return 0 < len(text) <= LONGEST and any(char.isalpha() for char in text) and "|" not in text


def heading_of(block: Sequence[Line], following: Sequence[Line] | None, base: int) -> Heading | None:
    """A heading that its words or its place make one; `following` is the block after it."""
    line, text = block[0], block[0].words
    if len(text) > LONGEST or line.indent > base + 1 or not any(char.isalpha() for char in text):
        return None
    hung = line.indent < base and len(block) > 1 and all(other.indent >= base for other in block[1:])
    if len(block) > 1 and not hung:
        return None
    if match := _HASH.fullmatch(text):
        return Heading(len(match[1]), match[2], 1, "hash") if not hung else None
    if match := _FRAMED.fullmatch(text):
        return Heading(2, match[2], 1, "framed")
    if text[-1] in ".,;:" and not _NAMED.fullmatch(text.rstrip(".:")):
        return None
    after = block[1:] or following
    out = line.indent < base
    if match := _NUMBERED.fullmatch(text):
        title = match["title"]
        depth = match["number"].count(".") + 1
        if re.search(r" {2,}", title):
            return None
        plain = title[0].isupper() or title[0].isdigit() or out or depth > 1
        if plain and (match["dot"] or depth > 1 or out or len(title) <= 60) and not _counts_on(match["number"], after):
            return Heading(min(depth + 1, 6), title, 1, "numbered")
        return None
    if (match := _LETTERED.fullmatch(text)) and (out or (after is not None and _reads(after, base))):
        return Heading(min((match["more"] or "").count(".") + 2, 6), match["title"], 1, "numbered")
    if _NAMED.match(text):
        return Heading(2, text, 1, "numbered")
    if after is None:
        return None
    letters = [char for char in text if char.isalpha()]
    if len(letters) >= 3 and all(not char.islower() for char in letters) and any(char.isupper() for char in letters):
        return Heading(2, text, 1, "capitals")
    if _short(text) and (out or _reads(after, base)):
        return Heading(3, text, 1, "short")
    return None


def _counts_on(number: str, after: Sequence[Line] | None) -> bool:
    """Whether the next block is the next item: then both are of a list."""
    if not after or not number.isdigit():
        return False
    match = _NUMBERED.match(after[0].words)
    return bool(match and match["number"] == str(int(number) + 1))


def _short(text: str) -> bool:
    words = text.split()
    return (
        len(text) <= 60
        and len(words) <= 9
        and text[0].isupper()
        and is_prose(text)
        and text[-1] not in "!,"
        and not re.search(r"[.!?;,]\s", text)
    )


def _reads(after: Sequence[Line], base: int) -> bool:
    """Whether prose follows, more than a line of it."""
    first = after[0]
    return len(first.words) >= 50 or (len(after) > 1 and is_prose(first.words)) or first.indent > base


def spaced(text: str) -> str:
    """A heading without the sign that links to it; one in capitals is set like a title, but for short words: names.

    >>> spaced("SEE ALSO"), spaced("THE XML FORMAT")
    ('See Also', 'The XML Format')
    """
    text = text.rstrip("¶ ")
    if any(char.islower() for char in text):
        return text
    words = text.split()
    return " ".join(
        word
        if (len(word) <= 3 and word not in _SMALL and len(words) > 1) or any(char.isdigit() for char in word)
        else word.capitalize()
        for word in words
    )


_SMALL = {"THE", "AND", "FOR", "OF", "TO", "IN", "A", "AN", "ON", "OR", "BY", "AS", "AT", "IS", "IT", "NOT", "HOW",
          "WHY", "YOU", "ALL", "SEE", "USE", "NEW"}  # fmt: skip
