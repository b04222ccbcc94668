"""Words that were divided at the end of a line, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_TAIL = re.compile(r"(?<![^\W\d_])([^\W\d_]+)([-‐\u00ad])$")
_HEAD = re.compile(r"([^\W\d_]+(?:[-‐][^\W\d_]+)*)(\S*)\s*")
_COMPOUND = {"self", "non", "well", "cross", "high", "low", "long", "short", "half", "all", "so", "two", "three", "one"}


class Hyphens:
    """Decides whether a hyphen at the end of a line divides a word or belongs to it, from the words of the text.

    >>> known = Hyphens(["an in-", "stance; this instance is read-", "only"], divides=True)
    >>> known.joined("an in-", "stance of")
    ('an instance', 'of')
    >>> Hyphens(["read-only", "read-", "only"], divides=True).joined("is read-", "only")
    ('is read-only', '')
    """

    def __init__(self, lines: Sequence[str], *, divides: bool) -> None:
        """`divides`: whether text of this sort divides words, for where its own words do not tell."""
        self.words = {word.lower().replace("‐", "-") for line in lines for word in _WORD.findall(line)}
        votes = [vote for pair in _pairs(lines) if (vote := self._known(*pair)) is not None]
        self.divides = sum(votes) * 2 >= len(votes) if votes else divides

    def _known(self, first: str, second: str) -> bool | None:
        """Whether the word is known to be written without a hyphen; None where nothing is known."""
        first, second = first.lower(), second.lower().replace("‐", "-")
        if first + second in self.words:
            return True
        if f"{first}-{second}" in self.words or first in _COMPOUND:
            return False
        return None

    def joined(self, line: str, following: str) -> tuple[str, str]:
        """Both lines, the rest of a word that `line` begins moved to its end."""
        tail, head = _TAIL.search(line), _HEAD.match(following)
        if tail is None or head is None or not (head[1][0].islower() or _no_case(head[1][0])):
            return line, following
        known = True if tail[2] == "\u00ad" else self._known(tail[1], head[1])
        divided = self.divides if known is None else known
        kept = line[: tail.start(2)] + ("" if divided else tail[2])
        return kept + head[1] + head[2], following[head.end() :]


def _no_case(char: str) -> bool:
    return not char.isupper() and not char.islower()


def _pairs(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    before = ""
    for line in lines:
        tail, head = _TAIL.search(before), _HEAD.match(line.lstrip())
        if tail and head and head[1][0].islower():
            yield tail[1], head[1]
        before = line.rstrip()
