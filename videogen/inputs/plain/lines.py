"""The lines of a plain text that say something: without page furniture, contents and control characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_OVERSTRUCK = re.compile(r".\x08")
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
_PAGE_FOOT = re.compile(r"\[Page (?:\d+|[ivxlc]+)\]\s*$")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—])?\s*", re.IGNORECASE
)
_LEADERS = re.compile(r"(?:^|[^.\s])\s?(?:\.\s?){4,}\s*(?:\d+(?:-\d+)?|[ivxlc]+)?$")
_PAGED = re.compile(r"\S\s{2,}(?:\d{1,4}|[ivxlc]+)$")
_CONTENTS = re.compile(r"(?:\d+\.?\s+)?(?:table of )?contents:?", re.IGNORECASE)
_ENTRY = re.compile(r"(?:appendix\s+)?(?:[A-Z]|\d{1,3}|[IVXL]+)(?:\.\d+)*[.):]?\s+\S.{0,74}$", re.IGNORECASE)
_RULE = re.compile(r"([-=~*_#.^+])\1{2,}")
_LONGEST = 2000
"""A longer line is read in parts: what looks at one may take the square of its length."""
_LONGEST_ENTRY = 300
"""A line of contents is shorter."""
_HEAD_LINES = 2
"""So many lines at the top and at the foot of a page may be furniture."""


class Line(NamedTuple):
    """A line of the file."""

    number: int
    """From 1."""
    text: str
    """Tabs are spaces, nothing at its end."""

    @property
    def indent(self) -> int:
        """Columns before it begins."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def words(self) -> str:
        """It without the space around it."""
        return self.text.strip()


def is_rule(text: str) -> bool:
    """Whether a line is only drawn: `-----`, `* * *`."""
    return bool(_RULE.fullmatch("".join(text.split())))


def read_lines(text: str) -> tuple[list[Line], list[str]]:
    """The lines worth reading, in order, and what was left out."""
    pages = _pages(text)
    notes: list[str] = []
    if len(pages) > 1:
        pages, removed = _without_furniture(pages)
        notes += [f"running heads and feet of {len(pages)} pages"] if removed else []
    lines = _without_repeats(_joined(pages))
    kept, contents = _without_contents(lines)
    kept, listed = _without_list_of_headings(kept)
    contents = sorted([*contents, *listed])
    notes += [f"lines {first} to {last}: a table of contents" for first, last in contents]
    return kept, notes


def _cut(text: str) -> list[str]:
    """A very long line, at spaces."""
    return re.findall(rf"\S.{{0,{_LONGEST}}}(?!\S)|\S{{1,{_LONGEST}}}", text)


def _clean(text: str) -> str:
    if "\x08" in text:
        text = _OVERSTRUCK.sub("", text)
    return _CONTROL.sub("", _COLOUR.sub("", text)).expandtabs(8).rstrip()


def _pages(text: str) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    for number, raw in enumerate(text.split("\n"), 1):
        pieces = raw.split("\f")
        for index, piece in enumerate(pieces):
            pages += [[]] if index else []
            if len(piece) > _LONGEST:
                pages[-1] += [Line(number, _clean(part).strip()) for part in _cut(piece)]
            elif index or len(pieces) == 1 or piece.strip():
                pages[-1].append(Line(number, _clean(piece)))
    if len(pages) > 1 or sum(bool(_PAGE_FOOT.search(line.text)) for line in pages[0]) < 2:
        return pages
    for line in pages.pop():
        if not pages or (pages[-1] and _PAGE_FOOT.search(pages[-1][-1].text)):
            pages.append([])
        pages[-1].append(line)
    return pages


def _without_furniture(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], int]:
    def shape(line: Line) -> str:
        return " ".join(re.sub(r"\d+", "#", line.text).split())

    def edges(page: Sequence[Line]) -> list[Line]:
        said = [line for line in page if line.text]
        return [*said[:_HEAD_LINES], *said[max(len(said) - _HEAD_LINES, _HEAD_LINES) :]]

    counts = Counter(key for page in pages for key in {shape(line) for line in edges(page)})
    fewest = max(2, len(pages) * 0.3)
    kept, removed = [], 0
    for page in pages:
        gone = {
            line.number
            for line in edges(page)
            if counts[shape(line)] >= fewest or _PAGE_FOOT.search(line.text) or _PAGE_NUMBER.fullmatch(line.text)
        }
        removed += len(gone)
        kept.append([line for line in page if line.number not in gone])
    return kept, removed


def _without_repeats(lines: Sequence[Line]) -> list[Line]:
    """The lines, blank where one stands alone and again and again in columns: heads of pages that no sign parts."""

    def shape(line: Line) -> str:
        return re.sub(r"\d+", "#", line.words) if re.search(r"\S {3,}\S", line.words) else ""

    alone = [
        shape(line)
        for before, line, after in zip(["", *(line.text for line in lines)], lines,
                                       [*(line.text for line in lines[1:]), ""], strict=False)
        if not before and not after
    ]  # fmt: skip
    counts = Counter(filter(None, alone))
    return [Line(line.number, "") if counts[shape(line)] >= 4 else line for line in lines]


def _joined(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """Pages one after the other: a sentence that goes on over a break is not parted."""
    lines: list[Line] = []
    for page in pages:
        start = next((index for index, line in enumerate(page) if line.text), None)
        if start is None:
            continue
        end = max(index for index, line in enumerate(page) if line.text)
        if lines and not (lines[-1].text[-1:] not in ".!?:;" and page[start].words[0].islower()):
            lines.append(Line(page[start].number, ""))
        lines += page[start : end + 1]
    return lines


def _without_contents(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[int, int]]]:
    kept: list[Line] = []
    found = []
    index = 0
    while index < len(lines):
        end = _contents_end(lines, index)
        if end > index:
            found.append((lines[index].number, lines[end - 1].number))
            kept.append(Line(lines[index].number, ""))
            index = end
        else:
            kept.append(lines[index])
            index += 1
    return kept, found


def _without_list_of_headings(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[int, int]]]:
    """The lines without a block most of whose lines stand again further down, each alone: contents without a title."""
    alone = {
        line.words
        for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False)
        if line.text and not (before and before.text) and not (after and after.text and not is_rule(after.words))
    }
    gone: set[int] = set()
    found = []
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and lines[index].text:
            continue
        block = lines[start:index]
        if len(block) >= 4 and sum(line.words in alone for line in block) >= 0.7 * len(block):
            found.append((block[0].number, block[-1].number))
            gone |= {line.number for line in block}
        start = index + 1
    return [line for line in lines if line.number not in gone], found


def _contents_end(lines: Sequence[Line], start: int) -> int:
    """The index after a table of contents that begins at `start`; `start` where none does."""
    if len(lines[start].text) > _LONGEST_ENTRY:
        return start
    titled = bool(_CONTENTS.fullmatch(lines[start].words))
    if not titled and not _LEADERS.search(lines[start].text):
        return start
    index = end = start + titled
    seen: set[str] = set()
    leaders = entries = 0
    while index < len(lines):
        text = lines[index].words
        if len(text) > _LONGEST_ENTRY:
            break
        if text and not (titled and is_rule(text)):
            name = " ".join(re.sub(r"(?:\.\s?){2,}\s*[\divxlc-]*$|\s{2,}[\divxlc]+$", "", text).lower().split())
            led = bool(_LEADERS.search(text))
            if not led and (not titled or name in seen or not (_PAGED.search(text) or _ENTRY.fullmatch(text))):
                # an entry that is too long for its line ends on the next one
                goes_on = index + 1 < len(lines) and _LEADERS.search(lines[index + 1].text) and leaders
                if not goes_on:
                    break
            seen.add(name)
            leaders += led
            entries += 1
            end = index + 1
        index += 1
    return end if leaders >= 3 or (titled and entries >= 2) else start
