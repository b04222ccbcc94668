"""What a line of a PDF looks like: an item, an ornament; how wide its letters are, and how far lines are apart."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from videogen.inputs.pdf.pages import Line, Span

_BULLET = re.compile(r"[•▪◦‣■●○▶►➤➢❖✓·∙⋄*\ufffd-]\s*$|[•▪◦‣■●○▶►➤➢❖✓∙]\s*(?=\S)|[–—*·-]\s+(?=\S)|\ufffd\s+(?=\S)")
_NUMBER = re.compile(r"(?:\((?P<a>\d{1,2}|[a-z])\)|(?P<b>\d{1,2}|[a-z])[.)])(?:\s+|$)")


def mark_of(line: Line, slide: bool) -> tuple[str, Line] | None:
    """The sign that an item has in Markdown, and its line without its mark. On a `slide` a number needs no stop."""
    cell = line.cells[0]
    if slide and len(line.cells) == 2 and re.fullmatch(r"[1-9]", cell.text):
        return f"{cell.text}.", line._replace(cells=line.cells[1:])
    text = "".join(span.text for span in cell.spans).lstrip()
    match = _BULLET.match(text)
    sign = "-"
    if match is None:
        match = _NUMBER.match(text)
        if match is None:
            return None
        number = match["a"] or match["b"]
        if number.isalpha() and not match["a"] and not text.startswith(f"{number})"):
            return None
        sign = f"{int(number) if number.isdigit() else ord(number) - 96}."
    left = len(text) - len(text[match.end() :].lstrip())
    spans = _cut(cell.spans, left)
    if spans:
        x = cell.x0 + (cell.x1 - cell.x0) * left / max(len(text), 1)
        return sign, line._replace(cells=(cell._replace(x0=round(x, 1), spans=spans), *line.cells[1:]))
    if len(line.cells) < 2:
        return None
    return sign, line._replace(cells=line.cells[1:])


def _cut(spans: Sequence[Span], count: int) -> tuple[Span, ...]:
    """Spans without their first letters."""
    kept = []
    for span in spans:
        if count < len(span.text):
            kept.append(Span(span.text[count:], span.sort))
        count = max(0, count - len(span.text))
    return tuple(kept) if any(span.text.strip() for span in kept) else ()


def is_ornament(line: Line) -> bool:
    """Whether nothing stands on a line but signs, or a letter among them."""
    text = line.text.replace(" ", "")
    letters = sum(char.isalpha() for char in text)
    return letters < 0.3 * len(text) and not re.search(r"\d{2}|[^\W\d_]{3}", text) and len(text) < 30


def is_spelled(line: Line) -> bool:
    """Whether only single signs stand on a line, such as those that a name may have: nobody runs that."""
    words = line.text.split()
    return len(words) > 4 and all(len(word) == 1 for word in words)


def letter_width(lines: Sequence[Line]) -> float:
    """The width of a letter of code."""
    widths = [
        (cell.x1 - cell.x0) / len(text)
        for line in lines
        for cell in line.cells
        if len(text := "".join(span.text for span in cell.spans)) >= 4
    ]
    return max(sorted(widths)[len(widths) // 2], 1.0) if widths else 0.6 * lines[0].size


def leading_of(lines: Sequence[Line], body: float) -> float:
    """How far lines are apart, in sizes of their letters."""
    gaps: Counter[float] = Counter()
    for before, line in itertools.pairwise(lines):
        if before.column == line.column and before.page == line.page and abs(line.size - body) < 0.1 * body:
            gap = (before.y - line.y) / body
            if 0.8 < gap < 2.5:
                gaps[round(gap, 1)] += 1
    return gaps.most_common(1)[0][0] if gaps else 1.2
