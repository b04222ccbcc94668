"""Word times: gaps filled, order kept. Pure arithmetic on seconds."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from videogen.voices.engine import Span


def fill(spans: Sequence[Span | None], weights: Sequence[float], total: float) -> list[Span]:
    """A span for every word: in order, within 0 and `total`, each starting no earlier than the one before ends.

    Words without a span share the gap between their neighbours in proportion to `weights` (0: no length).
    """
    known = _ordered(spans, total)
    filled: list[Span] = []
    index = 0
    while index < len(known):
        span = known[index]
        if span is not None:
            filled.append(span)
            index += 1
            continue
        last = index
        while last + 1 < len(known) and known[last + 1] is None:
            last += 1
        start = filled[-1][1] if filled else 0.0
        following = known[last + 1] if last + 1 < len(known) else None
        filled += share(start, following[0] if following else total, weights[index : last + 1])
        index = last + 1
    return filled


def share(start: float, end: float, weights: Sequence[float]) -> list[Span]:
    """The stretch from `start` to `end` divided in proportion to `weights`, without gaps."""
    whole, spans, at, done = sum(weights), [], start, 0.0
    for weight in weights:
        done += weight
        until = min(start + (end - start) * done / whole, end) if whole else start
        until = max(until, at)
        spans.append((at, until))
        at = until
    return spans


def _ordered(spans: Sequence[Span | None], total: float) -> list[Span | None]:
    ordered: list[Span | None] = []
    floor = 0.0
    for span in spans:
        if span is None:
            ordered.append(None)
            continue
        start = min(max(span[0], floor), total)
        floor = min(max(span[1], start), total)
        ordered.append((start, floor))
    return ordered


def match(heard: Sequence[tuple[str, Span]], words: Sequence[str]) -> list[Span | None]:
    """Spans for `words` from what a service says that it spoke, `heard`, in order, in pieces of its own choosing.

    Letters and digits are compared, whatever the case; a piece that cannot be found is passed over.
    """
    letters: list[str] = []
    owners: list[int] = []
    for index, word in enumerate(words):
        for char in _plain(word):
            letters.append(char)
            owners.append(index)
    text, cursor = "".join(letters), 0
    spans: list[Span | None] = [None] * len(words)
    for piece, (start, end) in heard:
        plain = _plain(piece)
        at = text.find(plain, cursor, cursor + len(plain) + 60) if plain else -1
        if at < 0:
            continue
        cursor = at + len(plain)
        for owner in dict.fromkeys(owners[at:cursor]):
            before = spans[owner]
            spans[owner] = (before[0], end) if before else (start, end)
    return spans


def _plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
