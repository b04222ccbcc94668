"""What stands on pages and is no part of the text: running heads, page numbers, footnotes, contents, indexes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from videogen.inputs.pdf.pages import Line, Page

_NUMBER = re.compile(
    r"[^\w]*(?:page|seite|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:of|/|von|de)\s*\d{1,4})?[^\w]*", re.I
)
_LEADERS = re.compile(r"(?:^|[^.·…\s])\s?(?:[.·…]\s?){4,}\s*(?:\d{1,4}|[ivxlc]+)?\s*$")
_PAGED = re.compile(r"\s(?:\d{1,4}|[ivxlc]+)$")
_MARK = re.compile(r"(?:\d{1,3}|[¹²³⁰⁴-⁹]+|[*†‡§¶])\s?\S|https?://")
CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|índice(?: general)?|sommaire|indice|"
    r"list of (?:figures|tables|listings|algorithms)",
    re.I,
)
BACK_MATTER = re.compile(
    r"(?:(?:\d+|[A-Z])\.?\s+)?(?:references|bibliography|(?:\w+ )?index|literatur(?:verzeichnis)?|works cited)", re.I
)
_EDGE = 3
"""So many lines at the top and at the foot of a page may be furniture."""


def body_size(pages: Sequence[Page]) -> float:
    """The size in which most letters are set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.0


def without_furniture(pages: Sequence[Page], body: float) -> list[Page]:
    """The pages without their running heads, feet and numbers."""

    def shape(line: Line) -> str:
        return re.sub(r"\d+|\b[ivxlc]+\b", "#", re.sub(r"\s+", " ", line.text.lower())).strip(" .|-–—")

    def edges(page: Page) -> list[Line]:
        down = sorted(page.lines, key=lambda line: -line.y)
        top = [line for line in down[:_EDGE] if line.y > 0.85 * page.height]
        foot = [line for line in down[-_EDGE:] if line.y < 0.15 * page.height]
        return [*top, *foot]

    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        for key in {(shape(line), round(line.y / 12)) for line in edges(page)}:
            seen[key] += 1
    said = sum(bool(page.lines) for page in pages)
    fewest = 2 if said <= 5 else max(3, said * 0.08)

    def again(line: Line) -> bool:
        at = round(line.y / 12)
        return max(seen[(shape(line), at + off)] for off in (-1, 0, 1)) >= fewest

    kept = []
    for page in pages:
        outer = edges(page)
        gone = {
            line
            for line in outer
            if _NUMBER.fullmatch(line.text) or (again(line) and (line.size < 1.3 * body or len(shape(line)) > 2))
        }
        if said > 2:
            # a head that names the section of its page, beside a page number
            heads = [line for line in outer if line.y > 0.9 * page.height or line.y < 0.1 * page.height]
            gone |= {
                line
                for line in heads
                if line.size <= 1.05 * body and (_numbered(line) or any(_beside(line, other) for other in gone))
            }
        kept.append(page._replace(lines=tuple(line for line in page.lines if line not in gone)))
    return kept


def _numbered(line: Line) -> bool:
    """Whether a page number stands at one end of it, apart from the rest."""
    ends = (line.cells[0].text, line.cells[-1].text)
    return len(line.cells) > 1 and any(re.fullmatch(r"\d{1,4}|[ivxlc]+", end) for end in ends)


def _beside(line: Line, other: Line) -> bool:
    return line is not other and abs(line.y - other.y) < 3


def without_footnotes(page: Page, body: float) -> tuple[Page, bool]:
    """The page without the small lines that stand last in its columns, behind a mark."""
    gone: set[Line] = set()
    for column in {line.column for line in page.lines}:
        lines = [line for line in page.lines if line.column == column]
        small: list[Line] = []
        for line in reversed(lines):
            if line.table or line.size > 0.93 * body or line.y > 0.5 * page.height:
                break
            small.append(line)
        if small and len(small) < len(lines):
            first = next((at for at, line in enumerate(reversed(small)) if _MARK.match(line.text)), None)
            if first is not None:
                gone |= set(list(reversed(small))[first:])
    return page._replace(lines=tuple(line for line in page.lines if line not in gone)), bool(gone)


def is_entry(line: Line) -> bool:
    """Whether it is a line of a table of contents."""
    return bool(_LEADERS.search(line.text)) or (
        not line.table
        and len(line.cells) > 1
        and bool(re.fullmatch(r"\d{1,4}|[ivxlc]+", line.cells[-1].text))
        and _far(line)
    )


def _far(line: Line) -> bool:
    return line.cells[-1].x0 - line.cells[-2].x1 > 1.5 * line.size and any(char.isalpha() for char in line.text)


def ends_with_number(line: Line) -> bool:
    """Whether a number is the last that it says."""
    return bool(_PAGED.search(line.text))


def is_contents(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether it belongs to a run of entries of a table of contents."""
    led = [bool(_LEADERS.search(line.text)) for line in lines]
    marked = [False] * len(lines)
    at = 0
    while at < len(lines):
        if not (led[at] or is_entry(lines[at])):
            at += 1
            continue
        end, misses, count, leaders = at, 0, 0, 0
        while end < len(lines) and misses <= 2:
            if led[end] or is_entry(lines[end]):
                misses, count, leaders = 0, count + 1, leaders + led[end]
            else:
                misses += 1
            end += 1
        end -= misses
        if count >= 4 and leaders >= 2:
            marked[at:end] = [True] * (end - at)
        at = max(end, at + 1)
    return marked
