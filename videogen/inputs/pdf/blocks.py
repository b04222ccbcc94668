"""Lines of a PDF -> Markdown: paragraphs, lists, code, tables, pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from videogen.inputs.escape import markdown_text
from videogen.inputs.hyphens import Hyphens
from videogen.inputs.pdf.columns import is_code
from videogen.inputs.pdf.formulas import displayed, gap, is_gap, readable, with_gaps
from videogen.inputs.pdf.furniture import BACK_MATTER, CONTENTS, is_contents
from videogen.inputs.pdf.headings import ABSTRACT, LABEL, Heading, is_caption
from videogen.inputs.pdf.look import is_ornament, is_spelled, leading_of, mark_of
from videogen.inputs.pdf.pages import PLAIN, Figure, Line, Span
from videogen.inputs.pdf.rows import code_rows, join, table_rows
from videogen.inputs.pdf.spans import clean, markdown_of, spans_of
from videogen.inputs.pdf.tables import Table, drawn_at, table_at

_LISTING = re.compile(r"(listing|algorithm|program)\s*(\d+)\s*[.:]", re.I)
NEAR_LINES = 400
"""Lines of Markdown, a few pages, within which a listing belongs to what tells of it."""
_ENDED = re.compile(r"[.!?:;。！？][\"'”’)\]]*$")


class Writer:
    """Writes lines as Markdown, each with its page."""

    def __init__(self, lines: Sequence[Line], headings: Mapping[int, Heading], body: float, slides: bool) -> None:
        self.lines, self.headings, self.body, self.slides = lines, headings, body, slides
        self.out: list[tuple[int, str]] = []
        self.notes: list[str] = []
        self.hyphens = Hyphens([line.text for line in lines], divides=True)
        self.leading = leading_of(lines, body)
        self.open: list[Line] = []
        """The lines of the paragraph or item that is being read, its mark taken off."""
        self.items: list[tuple[float, float, int]] = []
        """Of the open items: where the mark stands in its column, where the text does, its column in Markdown."""
        self.lead = ""
        """What stands before the open paragraph: the mark of an item."""
        self.skip: int | None = None
        """The level of a heading under which nothing is read."""
        self.formulas: Counter[int] = Counter()
        self.captions: Counter[int] = Counter()
        self.displayed = displayed(lines, body, _covered(headings))
        self.floats: list[tuple[int, str]] = []
        """What is to be written behind the paragraph that is open."""
        self.parted: Line | None = None
        """The line above a figure or a listing that a paragraph may go on behind."""
        self.number = 0
        """Of the item that was opened last."""
        self.headed = False
        """Whether a heading was written."""

    def title(self, page: int, text: str, subtitle: Sequence[str] = ()) -> None:
        """The title of the whole, and what below it says what it is."""
        self.out += [(page, f"# {markdown_text(clean(text))}"), (page, "")]
        if subtitle:
            self.out += [(page, markdown_text(clean(" ".join(subtitle))) + "."), (page, "")]

    def write(self, figures: Mapping[int, Sequence[Figure]], shown: Mapping[int, Figure]) -> None:
        """Everything: `figures` stand before a line, `shown` are those that a caption at a line describes."""
        entries = is_contents(self.lines)
        at = 0
        noted = 0
        while at < len(self.lines):
            line = self.lines[at]
            for figure in figures.get(at, ()):
                self.picture(figure, "")
            if heading := self.headings.get(at):
                self.heading(at, heading)
                at += heading.lines
            elif self.skip is not None or entries[at]:
                if entries[at] and self.skip is None and noted != line.page:
                    noted = line.page
                    self.notes.append(f"page {line.page}: a table of contents")
                self.flush()
                at += 1
            else:
                at += self.block(at, shown)
        self.flush()
        self.notes += [f"page {page}: {_several(n, 'formula')}" for page, n in sorted(self.formulas.items())]
        self.notes += [f"page {page}: {_several(n, 'figure')} without a picture in the file"
                       for page, n in sorted(self.captions.items())]  # fmt: skip

    def block(self, at: int, shown: Mapping[int, Figure]) -> int:
        """What begins at a line; the number of lines that it takes."""
        line = self.lines[at]
        if line.table:
            self.flush()
            self.items = []
            table = drawn_at(self.lines, at)
            self.table(table)
            return table.lines
        if (count := self.code_lines(at)) > 0:
            if at + count < len(self.lines) and _LISTING.match(self.lines[at + count].text):
                return self.floating(at, at + count)
            self.flush()
            self.items = []
            self.code(self.lines[at : at + count])
            return count
        if self.displayed[at]:
            table = table_at(self.lines, at, set(self.headings)) if len(line.cells) > 1 else None
            if table is None or not table.tells:
                self.formula(line)
                return 1
            self.flush()
            self.items = []
            self.table(table)
            return table.lines
        if is_ornament(line) and not (self.goes_on(line) and (is_code(line) or re.search(r"\d", line.text))):
            return 1
        if is_caption(line.text) and (not self.goes_on(line) or self.open[-1].column != line.column):
            return self.caption(at, shown.get(at))
        mark = mark_of(line, self.slides)
        if mark is None and (table := table_at(self.lines, at, set(self.headings))):
            self.flush()
            self.items = []
            if table.speaks:
                self.table(table)
            else:
                self.formulas[line.page] += 1
            return table.lines
        if mark is not None and (not self.goes_on(line) or mark[0] == "-" or self.counts(line.text, mark[0])):
            self.item(line, *mark)
        elif self.goes_on(line):
            self.open.append(line)
        else:
            self.flush()
            self.continue_item(line, self.lines[at + 1] if at + 1 < len(self.lines) else None)
            self.open = [line]
        return 1

    def counts(self, text: str, sign: str) -> bool:
        """Whether a number goes on with a list, or begins one; another may begin a line of a sentence by chance."""
        if is_gap(self.open[-1]) and not text.startswith("("):
            return True
        return bool(self.items) and int(sign.rstrip(".")) - 1 in (0, self.number)

    def formula(self, line: Line) -> None:
        """A formula that is set apart: a gap in what is said."""
        if self.open and is_gap(self.open[-1]):
            self.open[-1] = gap(line)
            return
        self.formulas[line.page] += 1
        if not self.open:
            self.lead = ""
        self.open.append(gap(line))

    # what is found

    def goes_on(self, line: Line) -> bool:
        """Whether a line goes on with the paragraph or item that is open."""
        if not self.open:
            return False
        before, size = self.open[-1], line.size
        if is_gap(before):
            return not before.text.endswith(".") and not line.text[:1].isupper()
        if abs(before.size - size) > 0.12 * size or (before.bold != line.bold and before.bold and len(self.open) > 1):
            return False
        ended = bool(_ENDED.search(before.text))
        short = before.x1 < before.right - 0.22 * (before.right - before.left)
        set_in = line.x0 - line.left
        if self.slides and (ended or before.x1 < before.right - 0.35 * (before.right - before.left)):
            return False
        if before.page != line.page or before.column != line.column:
            hyphen = before.text.endswith(("-", "\u00ad", "‐"))
            if self.slides or (short and not hyphen):
                return False
            return hyphen or not ended or line.text[:1].islower()
        gap = before.y - line.y
        if gap <= 0.2 * size or gap > max(1.45 * self.leading * size, 1.3 * size):
            return before is self.parted and gap > 0 and not ended and not line.text[:1].isupper()
        if self.items and self.lead:
            # an item goes on where it is set in behind its mark
            return set_in > self.items[-1][0] + 0.4 * size
        first = self.open[0].x0 if len(self.open) == 1 else min(other.x0 for other in self.open[1:])
        if len(self.open) > 1 and line.x0 - first > 0.7 * size and (ended or short):
            return False
        if len(self.open) == 1 and line.x0 - first > 0.7 * size and ended:
            return False
        return not (short and ended)

    def continue_item(self, line: Line, after: Line | None) -> None:
        """Closes the items that a new paragraph does not stand in; its first line may be set in."""
        x = line.x0
        if after and (after.page, after.column) == (line.page, line.column) and line.y - after.y < 1.6 * line.size:
            x = min(x, after.x0)
        while self.items and x - line.left < self.items[-1][1] - 0.4 * line.size:
            self.items.pop()
        self.lead = ""

    def item(self, line: Line, sign: str, rest: Line) -> None:
        """Opens an item of a list."""
        self.number = int(sign.rstrip(".")) if sign != "-" else 0
        self.flush()
        stands, text = line.x0 - line.left, rest.x0 - line.left
        while self.items and stands < self.items[-1][0] + 0.6 * line.size:
            self.items.pop()
        pad = self.items[-1][2] if self.items else 0
        self.lead = " " * pad + sign + " "
        self.items.append((stands, text, pad + len(sign) + 1))
        self.open = [rest]

    def code_lines(self, at: int) -> int:
        """How many lines from here on are code; a single one in the middle of a sentence is none."""
        end = at
        while end < len(self.lines) and end not in self.headings and is_code(self.lines[end]):
            if end > at and self.lines[end].page == self.lines[end - 1].page:
                gap = self.lines[end - 1].y - self.lines[end].y
                if gap > 4 * self.lines[end].size and self.lines[end].column == self.lines[end - 1].column:
                    break
            end += 1
        line = self.lines[at]
        if self.items and self.lead and end > at and all(is_spelled(each) for each in self.lines[at:end]):
            return 0
        if end == at + 1 or (
            end > at and self.open and self.open[-1].y - line.y < 0.9 * (line.y - self.lines[at + 1].y)
        ):
            # the last word of a sentence, or a single word on a line of its own
            left = min(other.x0 for other in self.open) if self.open else 0
            inside = self.goes_on(line) and abs(line.x0 - left) < 1.5 and not _ENDED.search(self.open[-1].text)
            alone = end == at + 1 and len(line.text) < 40 and line.x0 - line.left < 1.5 * line.size
            if inside or alone or not re.search(r"\w", line.text):
                return 0
        return end - at

    def caption(self, at: int, figure: Figure | None) -> int:
        """Words under a figure, or over a table, to the end of their paragraph."""
        waiting = self.open, self.items, self.lead
        self.items, self.lead = [], ""
        first = self.lines[at]
        self.open = [first]
        end = at + 1
        while end < len(self.lines) and end not in self.headings and self.goes_on(self.lines[end]):
            self.open.append(self.lines[end])
            end += 1
        text = " ".join(" ".join(shown for _, shown in self.texts()).split())
        told = re.sub(r"^\w+\.?\s*[\d.]+\w?\s*[.:|–—-]?\s*", "", text)
        self.open = []
        if figure is not None:
            self.picture(figure, told)
        elif re.match(r"(?:fig|abb)", first.text, re.I):
            self.captions[first.page] += 1
        elif told and not re.match(r"(?:listing|algorithm)", first.text, re.I):
            self.paragraph_end()
            self.out += [(first.page, told), (first.page, "")]
        # a paragraph that a figure stands in the middle of goes on behind it
        self.open, self.items, self.lead = waiting
        self.parted = self.open[-1] if self.open else None
        if self.open and not (figure is None and self.captions[first.page]) and _ENDED.search(self.open[-1].text):
            self.flush()
        return end - at

    def floating(self, at: int, end: int) -> int:
        """Code with a caption, which stands where there was room: behind the paragraph that tells of it."""
        waiting = self.open, self.items, self.lead
        self.open, self.items, self.lead = [], [], ""
        begin = len(self.out)
        self.code(self.lines[at:end])
        taken = end - at + self.caption(end, None)
        block = self.out[begin:]
        del self.out[begin:]
        self.open, self.items, self.lead = waiting
        self.parted = self.open[-1] if self.open else None
        named = _LISTING.match(self.lines[end].text)
        words = re.compile(rf"\b{named[1]}s?\s+{named[2]}\b", re.I) if named else None
        after = self.lines[at + taken : at + taken + 1]
        if words and self.open and words.search(" ".join(line.text for line in [*self.open, *after])):
            self.floats += block
        elif words and (to := self.told(words)):
            self.out[to:to] = [(self.out[to - 1][0], text) for _, text in block]
        else:
            self.paragraph_end()
            self.out += block
        return taken

    def told(self, words: re.Pattern[str]) -> int:
        """Where a paragraph ends that says these words, on one of the last pages; 0 for nowhere."""
        start = max(len(self.out) - NEAR_LINES, 0)
        whole = "\n".join(text for _, text in self.out[start:])
        found = words.search(whole)
        if found is None:
            return 0
        at = start + whole.count("\n", 0, found.start())
        while at < len(self.out) and self.out[at][1]:
            at += 1
        return min(at + 1, len(self.out))

    # what is written

    def paragraph_end(self) -> None:
        """A blank line, where there is none."""
        if self.out and self.out[-1][1]:
            self.out.append((self.out[-1][0], ""))

    def heading(self, at: int, heading: Heading) -> None:
        """A heading; what stands under one of contents or references is not read."""
        self.flush()
        self.items, self.lead = [], ""
        page = self.lines[at].page
        if heading.level == LABEL:
            self.label(self.lines[at], self.lines[at + 1] if at + 1 < len(self.lines) else None)
            return
        if self.skip is not None and heading.level > self.skip:
            return
        if not heading.text:
            return
        self.skip = None
        name = heading.text.strip(" .:")
        if not self.headed and ABSTRACT.fullmatch(name):
            return  # the text under it opens the whole
        self.headed = True
        if CONTENTS.fullmatch(name) or BACK_MATTER.fullmatch(name):
            self.skip = heading.level
            self.notes.append(f'page {page}: "{name}"')
            return
        self.paragraph_end()
        self.out += [(page, f"{'#' * heading.level} {markdown_text(clean(heading.text))}"), (page, "")]

    def label(self, line: Line, after: Line | None) -> None:
        """A word over what belongs to the text above it; over code or a table it says nothing that they do not."""
        if self.skip is None and after is not None and not is_code(after) and len(after.cells) == 1:
            text = line.text.rstrip(" .:") + ":"
            self.open = [line._replace(cells=(line.cells[0]._replace(spans=(Span(text, PLAIN),)),), bold=False)]

    def picture(self, figure: Figure, text: str) -> None:
        """A picture, and what its caption tells."""
        self.flush()
        self.items, self.lead = [], ""
        self.paragraph_end()
        alt = re.sub(r"[\[\]`*\\]", "", text)
        self.out += [(figure.page, f"![{alt}]({figure.name})"), (figure.page, "")]

    def table(self, table: Table) -> None:
        """A table."""
        self.paragraph_end()
        self.out += table_rows(table, self.hyphens)

    def code(self, lines: Sequence[Line]) -> None:
        """Code."""
        self.paragraph_end()
        self.out += code_rows(lines, self.leading)

    def flush(self) -> None:
        """Writes the paragraph or item that is open, and what stands behind it."""
        if self.open:
            self.close()
        if self.floats:
            self.paragraph_end()
            self.out += self.floats
            self.floats = []

    def close(self) -> None:
        """Writes the paragraph or item that is open."""
        texts = self.texts()
        self.open = []
        if not any(text for _, text in texts):
            return
        lead, pad = self.lead, self.items[-1][2] if self.items else 0
        if self.slides and not self.items and len(" ".join(text for _, text in texts)) < 160:
            lead = "- "
        elif not lead or not self.out or not re.match(r"\s*(?:-|\d+\.) |\s+\S", self.out[-1][1]):
            self.paragraph_end()
        first = True
        for page, text in texts:
            if text:
                self.out.append((page, (lead if first and lead else " " * pad) + text))
                first = False
        self.lead = ""
        if not lead:
            self.out.append((texts[-1][0], ""))

    def texts(self) -> list[tuple[int, str]]:
        """The open lines as Markdown, divided words whole."""
        rows = [with_gaps(spans_of(line)) for line in self.open]
        join(rows, self.hyphens)
        return readable([(line.page, markdown_of(row)) for line, row in zip(self.open, rows, strict=True)])


def _several(count: int, what: str) -> str:
    return f"a {what}" if count == 1 else f"{count} {what}s"


def _covered(headings: Mapping[int, Heading]) -> set[int]:
    return {at + more for at, heading in headings.items() for more in range(heading.lines)}
