"""Numbers on a slide that is translated: what has no letters nobody translates, but its marks are of a language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from videogen.model.kinds import Content, Stat, Table
from videogen.model.numbers import MONEY, in_money, rewritten, writing

_QUANTITY = re.compile(
    rf"(?P<about>[~≈<>≤≥±]?\s?)(?P<before>[{''.join(MONEY)}%]?)\s?(?P<number>[+\-\u2212]?\d[\d.,'’\u00a0\u202f ]*?)\s?"
    rf"(?P<after>[{''.join(MONEY)}%]?)"
)


def figures_in(content: Content, source: str, language: str) -> Iterator[tuple[str, str]]:
    """The texts of a slide that are numbers, with their place, as the other language writes them.

    Of a table only the numbers that are nothing else: 3.10 may be a version, but 1,204 and 3.5% are not.
    """
    if isinstance(content, Stat):
        yield from _stat(content, source, language)
    elif isinstance(content, Table):
        for row, cells in enumerate(content.rows):
            for column, cell in enumerate(cells):
                yield f"rows.{row}.{column}", _cell(cell, source, language)


def _stat(content: Stat, source: str, language: str) -> Iterator[tuple[str, str]]:
    if isinstance(content.value, str):
        yield "value", rewritten(content.value, source, language)
    prefix, suffix = content.prefix.strip(), content.suffix.strip()
    first = "¤" in writing(language).money[0]
    if (prefix in MONEY and not suffix and not first) or (suffix in MONEY and not prefix and first):
        yield "prefix", suffix
        yield "suffix", prefix


def _cell(text: str, source: str, language: str) -> str:
    """A cell of a table.

    >>> [_cell(text, "en", "de") for text in ("1,204", "$3.50", "~ 3.5%", "3.10", "2,000 pages", "1.2.3")]
    ['1.204', '3,50\\xa0$', '~ 3,5\\xa0%', '3.10', '2,000 pages', '1.2.3']
    >>> _cell("192.168.100.200", "de", "en")
    '192.168.100.200'
    """
    match = _QUANTITY.fullmatch(text)
    if not match or re.fullmatch(r"\d+(?:\.\d+){3}", text):
        return text
    sign = match["before"] or match["after"]
    number = rewritten(match["number"], source, language)
    divided = not re.fullmatch(rf"[+\-\u2212]?\d+(?:{re.escape(writing(source).decimal)}\d+)?", match["number"])
    if (match["before"] and match["after"]) or not (sign or divided):
        return text
    if sign == "%":
        before, after = writing(language).percent
        return f"{match['about']}{before}{number}{after}"
    return match["about"] + (in_money(number, sign, language) if sign else number)
