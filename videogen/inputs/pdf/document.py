"""Pages of a PDF -> one Markdown document. Pure functions of what the pages hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from videogen.inputs.adapter import Reading
from videogen.inputs.pdf.blocks import Writer
from videogen.inputs.pdf.formulas import without_fragments
from videogen.inputs.pdf.front import begin_of, legal_end, subtitle_of
from videogen.inputs.pdf.furniture import body_size, without_footnotes, without_furniture
from videogen.inputs.pdf.headings import LABEL, Heading, headings, is_caption, title_of, words_of
from videogen.inputs.pdf.pages import Entry, Figure, Line, Page

_LEAFLET = 4
"""Pages at most, those of a side of paper."""
_OPENS = re.compile(r"\d|[IVX]+\.|abstract|introduction|summary|overview|chapter|contents", re.I)


def as_markdown(pages: Sequence[Page], title: str, outline: Sequence[Entry]) -> Reading:
    """A PDF as Markdown, with the line at which each page begins and what was left out."""
    count = max((page.number for page in pages), default=0)
    notes = [f"page {page.number}: it could not be read ({page.failed})" for page in pages if page.failed]
    notes += [
        f"page {page.number}: a picture of text, without text" for page in pages if not page.lines and page.images
    ]
    slides = _are_slides(pages)
    if slides:
        pages = _last_of_each(pages)
    body = body_size(pages)
    whole = {page.number: page.lines for page in pages}
    kept = without_furniture(pages, body)
    footnotes = [without_footnotes(page, body) for page in kept]
    notes += [f"page {page.number}: footnotes" for page, found in footnotes if found]
    kept = [page for page, _ in footnotes]
    lines = without_fragments([line for page in kept for line in page.lines])
    first, end = title_of(lines, body)
    if first and len(pages) <= _LEAFLET and pages[0].width > 1.2 * pages[0].height:
        # a leaflet to fold: its cover is at the right of its outer side, whose other panels are its back
        lines = [*lines[first:], *lines[:first]]
        first, end = 0, end - first
    named = " ".join(line.text for line in lines[first:end])
    front = begin_of(lines, end, body) if end > first else end
    if slides and end > first:
        front = _title_slide(lines, first, end, title)
    found = headings(lines, body, outline, range(first, end))
    front = _opened(found, lines, end, front)
    subtitle = [] if slides or end == first else subtitle_of(lines[end:front], body)
    if front - end > len(subtitle):
        notes.append(f"page {lines[end].page}: who wrote it, and where")
    legal = legal_end(lines, front, found)
    if legal > front:
        notes.append(f"page {lines[front].page}: who may copy it")
        front = legal
    # what stands above the title is said by no one
    lines, found = lines[front:], {at - front: heading for at, heading in found.items() if at >= front}
    lines, found = _once(lines, found)
    heading = title if end == first or (title and words_of(title) == words_of(named)) else named
    writer = Writer(lines, _raised(found, 2 if heading else 1), body, slides)
    if heading:
        writer.title(lines[0].page if end == first and lines else 1, heading, subtitle)
    figures, shown = _placed(kept, whole, lines)
    writer.write(figures, shown)
    return Reading(
        "\n".join(text for _, text in writer.out),
        title=title,
        unit="page",
        starts=_starts(writer.out, count),
        left_out=sorted([*notes, *writer.notes], key=lambda note: int((re.findall(r"\d+", note) or ["0"])[0])),
    )


def _starts(out: Sequence[tuple[int, str]], count: int) -> list[int]:
    starts: list[int] = []
    for index, (page, _) in enumerate(out, 1):
        starts += [index] * (page - len(starts))
    return starts + [len(out) + 1] * (count - len(starts))


def _raised(found: Mapping[int, Heading], top: int) -> dict[int, Heading]:
    """Headings with the uppermost at the level `top`."""
    least = min((heading.level for heading in found.values() if heading.level != LABEL), default=top)
    return {
        at: heading if heading.level == LABEL else heading._replace(level=heading.level - least + top)
        for at, heading in found.items()
    }


def _once(lines: Sequence[Line], found: Mapping[int, Heading]) -> tuple[list[Line], dict[int, Heading]]:
    """Without headings that only say that a section goes on in the next column or on the next page."""
    gone: set[int] = set()
    before: tuple[int, Heading] | None = None
    for at, heading in sorted(found.items()):
        if before and heading == before[1] and heading.level != LABEL and not heading.marked:
            moved = (lines[at].page, lines[at].column) != (lines[at - 1].page, lines[at - 1].column)
            gone |= set(range(at, at + heading.lines)) if moved else set()
        before = at, heading
    places = [at for at in range(len(lines)) if at not in gone]
    return [lines[at] for at in places], {to: found[at] for to, at in enumerate(places) if at in found}


def _are_slides(pages: Sequence[Page]) -> bool:
    """Whether pages are wide and say little."""
    said = [page for page in pages if page.lines]
    wide = sum(page.width > 1.15 * page.height for page in said)
    few = sorted(sum(len(line.text) for line in page.lines) for page in said)
    return bool(said) and wide > 0.8 * len(said) and few[len(few) // 2] < 900


def _last_of_each(pages: Sequence[Page]) -> list[Page]:
    """Slides that are uncovered step by step, once: a page all of whose lines stand on the next one too is left out."""
    kept = []
    for page, after in pairwise([*pages, Page(0, 0, 0, ())]):
        theirs = {line.text for line in after.lines}
        begins = len(page.lines) > 1 and bool(after.lines) and page.lines[0].text == after.lines[0].text
        again = begins and all(line.text in theirs or line.text.strip().isdigit() for line in page.lines[:-1])
        kept.append(page._replace(lines=()) if again else page)
    return kept


def _title_slide(lines: Sequence[Line], first: int, end: int, title: str) -> int:
    """The index of the first line after a slide that only tells the title; after the title where it says more."""
    later = [line.size for line in lines if line.page != lines[first].page]
    named = bool(title) and words_of(title) == words_of(" ".join(line.text for line in lines[first:end]))
    if later and (named or lines[first].size > 1.05 * max(later)):
        return next(at for at in range(end, len(lines)) if lines[at].page != lines[first].page)
    return end


def _opened(found: Mapping[int, Heading], lines: Sequence[Line], end: int, front: int) -> int:
    """Where the text begins that stands below `front`: at the headings over it."""
    for at in range(end, front):
        if at in found and (found[at].marked or _OPENS.match(lines[at].text)):
            return at
    while front not in found and front < len(lines):
        over = next((at for at, one in found.items() if end <= at and at + one.lines == front), None)
        if over is None or lines[over].page != lines[front].page:
            break
        front = over
    return front


def _placed(
    pages: Sequence[Page], whole: dict[int, tuple[Line, ...]], lines: Sequence[Line]
) -> tuple[dict[int, list[Figure]], dict[int, Figure]]:
    """Before which line each picture stands, and which caption tells of which."""
    index = {line: at for at, line in enumerate(lines)}
    figures: dict[int, list[Figure]] = {}
    shown: dict[int, Figure] = {}
    for page in pages:
        captions = [
            line
            for line in page.lines
            if line in index and is_caption(line.text) and re.match("fig|abb", line.text, re.I)
        ]
        for figure in page.figures:
            middle = (figure.x0 + figure.x1) / 2
            near = [
                line for line in captions
                if index[line] not in shown and line.left - 20 <= middle <= line.right + 20
            ]  # fmt: skip
            if near:
                shown[index[min(near, key=lambda line: min(abs(line.y - figure.y0), abs(line.y - figure.y1)))]] = figure
                continue
            after = next((line for line in whole[page.number][figure.before :] if line in index), None)
            later = next((at for at, line in enumerate(lines) if line.page > page.number), len(lines) - 1)
            at = index[after] if after is not None else later
            figures.setdefault(max(at, 0), []).append(figure)
    return figures, shown
