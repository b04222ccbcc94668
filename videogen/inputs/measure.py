"""How much a document says, and how hard it is to follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from videogen.model.content import Inline, ListItem, ParsedSection

WORDS_PER_MINUTE = 150
"""The usual pace of English narration."""


def spoken_texts(sections: Sequence[ParsedSection]) -> Iterator[str]:
    """Every text of a document as a narrator would say it, in order; code is not said."""
    for section in sections:
        yield section.title.spoken
        for block in section.blocks:
            if block.type == "paragraph" or block.type == "quote":
                yield block.inline.spoken
            elif block.type == "list":
                yield from _items(block.items)
            elif block.type == "table":
                yield from (cell.spoken for row in [block.columns, *block.rows] for cell in row)


def _items(items: Sequence[ListItem]) -> Iterator[str]:
    for item in items:
        yield item.inline.spoken
        yield from _items(item.children)


def words(sections: Sequence[ParsedSection]) -> int:
    """Words that the whole text has when spoken."""
    return sum(len(text.split()) for text in spoken_texts(sections))


def seconds_to_say(sections: Sequence[ParsedSection]) -> float:
    """Seconds that the whole text takes to say at the usual pace, to a tenth."""
    return round(words(sections) * 60 / WORDS_PER_MINUTE, 1)


def counts(sections: Sequence[ParsedSection], lines: int) -> dict[str, int]:
    """Lines, words, headings, and blocks of each type."""
    names = {"paragraph": "paragraphs", "list": "lists", "code": "code_blocks", "table": "tables", "quote": "quotes",
             "image": "images"}  # fmt: skip
    found = {"lines": lines, "words": words(sections), "headings": sum(1 for s in sections if s.level)}
    found.update(dict.fromkeys(names.values(), 0))
    for section in sections:
        for block in section.blocks:
            found[names[block.type]] += 1
    return found


def complexity(sections: Sequence[ParsedSection]) -> Literal["simple", "moderate", "complex"]:
    """A rough class by length, amount of code, and mean length of a sentence (words)."""
    prose = [block.inline for section in sections for block in section.blocks if block.type == "paragraph"]
    mean = _mean_sentence(prose)
    code = sum(1 for section in sections for block in section.blocks if block.type == "code")
    length = words(sections)
    if length > 2500 or code > 20 or mean > 25:
        return "complex"
    return "moderate" if length > 600 or code > 5 or mean > 18 else "simple"


def _mean_sentence(prose: Sequence[Inline]) -> float:
    lengths = [len(part.split()) for text in prose for part in re.split(r"[.!?](?:\s|$)", text.spoken) if part.strip()]
    return sum(lengths) / len(lengths) if lengths else 0.0
