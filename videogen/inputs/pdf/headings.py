"""Which lines are headings, and of which level: by the bookmarks, and by how they are set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from videogen.inputs.pdf.columns import is_code
from videogen.inputs.pdf.furniture import is_entry
from videogen.inputs.pdf.pages import MATH, Entry, Line

Style = tuple[float, bool]
_NUMBER = re.compile(
    r"^(?:(?i:chapter|part|section|appendix|kapitel)\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[IVXL]+|[A-Z](?:\.\d{1,2})*)[.:)]?\s+(?=\S)"
)
_ONLY_NUMBER = re.compile(
    r"(?:(?:chapter|part|appendix|kapitel)\s*)?(?:\d{1,2}|[IVXL]+|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)",
    re.I,
)
_ROMAN = re.compile(r"(?:[IVX]+\.|\d+\.?)\s+[^a-z]{4,}")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|table|tab\.|listing|algorithm|abbildung|abb\.|tabelle|figura|tableau)\s*\d", re.I
)
ABSTRACT = re.compile(r"abstract|summary|zusammenfassung|kurzfassung|résumé|resumen|riassunto|sommario", re.I)
_CHAPTER = re.compile(r"(?:chapter|part|appendix|kapitel|chapitre)\s+(?:\d+|[A-Z]|[IVX]+)", re.I)
LONGEST = 140
LABEL = 0
"""The level of a heading that stands again and again, such as "Example": it parts nothing."""
FEWEST_LABELS = 3
MOST_LINES = 4


class Heading(NamedTuple):
    """A heading that begins at a line."""

    level: int
    """From 1."""
    text: str
    lines: int
    marked: bool = False
    """Whether a bookmark names it."""


def words_of(text: str) -> str:
    """A heading's letters and digits, without its number: to compare."""
    return re.sub(r"[\W_]+", "", _NUMBER.sub("", text.strip(), count=1)).lower()


def style_of(line: Line) -> Style:
    """How it is set."""
    return round(line.size * 2) / 2, line.bold


def title_of(lines: Sequence[Line], body: float) -> tuple[int, int]:
    """The lines of the title, begin and end: the largest on the first page that says something; an empty range else."""
    if not lines:
        return 0, 0
    page = lines[0].page
    first = [line for line in lines if line.page == page]
    big = [
        line
        for line in first
        if not line.table and sum(char.isalpha() for char in line.text) >= 3 and line.size >= 1.15 * body
    ]
    if not big:
        return 0, 0
    size = max(line.size for line in big)
    start = next(at for at, line in enumerate(first) if line in big and line.size == size)
    end = start + 1
    while end < len(first) and end - start < MOST_LINES and abs(first[end].size - size) < 0.1 * size:
        end += 1
    return start, end


def headings(lines: Sequence[Line], body: float, outline: Sequence[Entry], title: range) -> dict[int, Heading]:
    """Headings by the index of their first line. Those of the title are not among them."""
    marked = _bookmarked(lines, body, outline, title)
    styles = Counter((style_of(lines[at]), found.level) for at, found in marked.items())
    known: dict[Style, int] = {}
    for (style, level), _ in styles.most_common():
        if style != (round(body * 2) / 2, False):
            known.setdefault(style, level)
    found = dict(marked)
    covered = {at + more for at, heading in marked.items() for more in range(heading.lines)} | set(title)
    alike: dict[int, tuple[Style, int]] = {}
    for at in range(len(lines)):
        if at in covered:
            continue
        count = _by_style(lines, at, body)
        if count and not covered & set(range(at, at + count)):
            alike[at] = (style_of(lines[at]), count)
            covered |= set(range(at, at + count))
    levels = _levels([style for style, _ in alike.values()], known)
    for at, (style, count) in alike.items():
        text = _joined(lines[at : at + count])
        level = levels[style]
        if not known and (match := re.match(r"(\d{1,2}(?:\.\d{1,2})+)\s", text)):
            level = max(level, min(match[1].count(".") + 2, 6))
        found[at] = Heading(level, unnumbered(text), count)
    again = Counter(found[at].text for at in alike)
    for at in alike:
        if again[found[at].text] >= FEWEST_LABELS and alike[at][1] == 1 and len(found) > 2 * again[found[at].text]:
            found[at] = found[at]._replace(level=LABEL)
    # the number of a chapter above its name
    after = dict(zip(sorted(found), sorted(found)[1:], strict=False))
    return {
        at: heading if not _ONLY_NUMBER.fullmatch(heading.text) or at not in after else heading._replace(text="")
        for at, heading in found.items()
    }


def unnumbered(text: str) -> str:
    """A heading without its number.

    >>> unnumbered("2.1 Tables"), unnumbered("IV. RESULTS"), unnumbered("A Kettle"), unnumbered("3")
    ('Tables', 'RESULTS', 'A Kettle', '3')
    """
    return re.sub(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]+\.|[A-Z](?:\.\d{1,2})+\.?)\s+(?=\S*[^\W\d_])", "", text)


def _joined(lines: Sequence[Line]) -> str:
    text = ""
    for line in lines:
        text = text[:-1] + line.text if text.endswith(("\u00ad",)) else f"{text} {line.text}"
    return " ".join(text.split())


def _bookmarked(lines: Sequence[Line], body: float, outline: Sequence[Entry], title: range) -> dict[int, Heading]:
    """Headings that a bookmark names, where they stand on its page."""
    pages: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        pages.setdefault(line.page, []).append(at)
    found: dict[int, Heading] = {}
    taken = set(title)
    for entry in outline:
        wanted = words_of(entry.title)
        if not wanted:
            continue
        counts = {
            at: _matches(lines, at, wanted)
            for at in pages.get(entry.page, [])
            if at not in taken and not lines[at].table
        }
        may = [at for at, count in counts.items() if count and not is_entry(lines[at]) and _stands_out(lines, at, body)]
        if not may:
            continue
        at = max(may, key=lambda at: (style_of(lines[at]), -at))
        count = counts[at]
        heading = Heading(min(entry.level + 1, 6), _named(entry, lines[at : at + count]), count, True)
        # "Chapter 3" stands on a line of its own above its name
        before = at - 1
        if before in pages[entry.page] and _CHAPTER.fullmatch(lines[before].text.strip()):
            taken.add(before)
            found[before] = heading._replace(lines=count + 1)
        else:
            found[at] = heading
        taken |= set(range(at, at + count))
    return found


def _named(entry: Entry, lines: Sequence[Line]) -> str:
    """What a heading says: as its bookmark has it, whose words no line end divides; without its number."""
    text = _joined(lines)
    if text.endswith(" " + entry.title):
        return entry.title
    better = text.isupper() or (len(lines) > 1 and " " in entry.title)
    return unnumbered(entry.title if better else text)


def _stands_out(lines: Sequence[Line], at: int, body: float) -> bool:
    """Whether a line is set unlike text, or apart from it."""
    line = lines[at]
    if line.size >= 1.05 * body or line.bold or not any(char.islower() for char in line.text) or at == 0:
        return True
    before = lines[at - 1]
    return before.page != line.page or before.column != line.column or before.y - line.y > 1.7 * line.size


def _matches(lines: Sequence[Line], at: int, wanted: str) -> int:
    """How many lines from `at` on say just what is wanted; 0 for none."""
    said = ""
    for count in range(1, MOST_LINES + 1):
        if at + count > len(lines):
            return 0
        line = lines[at + count - 1]
        said = words_of(line.text) if count == 1 else said + re.sub(r"[\W_]+", "", line.text).lower()
        if said == wanted:
            return count
        if not said or not wanted.startswith(said):
            return 0
    return 0


def _by_style(lines: Sequence[Line], at: int, body: float) -> int:
    """How many lines from `at` on are one heading, going by how they are set; 0 for none."""
    line = lines[at]
    if not _may_be(line):
        return 0
    large = line.size >= 1.1 * body
    capitals = line.size >= 0.9 * body and bool(_ROMAN.fullmatch(line.text)) and sum(map(str.isalpha, line.text)) >= 4
    if not large and not (line.bold and line.size >= 0.88 * body) and not capitals:
        return 0
    count = 1
    while at + count < len(lines) and _goes_on(lines[at + count - 1], lines[at + count]):
        count += 1
    text = _joined(lines[at : at + count])
    if count > (MOST_LINES if large else 2) or len(text) > LONGEST or text[-1] in ".,;" or len(text.split()) > 16:
        return 0
    if text[0].islower() and not large:
        return 0
    if not large:
        after = lines[at + count] if at + count < len(lines) else None
        before = lines[at - 1] if at else None
        same = before is not None and before.column == line.column and before.page == line.page
        close = same and before is not None and before.y - line.y < 1.15 * line.size and not before.bold
        if close or after is None or (text.endswith(":") and len(text.split()) < 3):
            return 0
    return count


def _may_be(line: Line) -> bool:
    text = line.text
    return (
        not line.table
        and sum(char.isalpha() for char in text) >= 2
        and len(text) <= LONGEST
        and not is_code(line)
        and line.share(MATH) < 0.3
        and not is_entry(line)
        and not _CAPTION.match(text)
        and len(line.cells) <= 2
        and text[0] not in "•▪·–—*◦‣■"
    )


def _goes_on(line: Line, after: Line) -> bool:
    """Whether a heading goes on with the line below."""
    near = line.page == after.page and line.column == after.column and line.y - after.y < 1.6 * line.size
    return near and abs(line.size - after.size) < 0.05 * line.size and line.bold == after.bold and _may_be(after)


def _levels(styles: Sequence[Style], known: Mapping[Style, int]) -> dict[Style, int]:
    """The level of each style: as bookmarks say of it, else after the next larger one."""
    levels: dict[Style, int] = dict(known)
    last = 1
    for style in sorted({*styles, *known}, key=lambda style: (-style[0], not style[1])):
        if style in known:
            last = max(last, known[style])
        else:
            last = levels[style] = min(last + 1, 6)
    return levels


def is_caption(text: str) -> bool:
    """Whether a line begins the words under a figure or over a table."""
    return bool(re.match(_CAPTION.pattern + r"[\w.-]*\s*(?:[.:|–—(]|$)", text, re.I))
