"""Plain text -> Markdown, line by line, so that each line still knows where it stood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from videogen.inputs.adapter import Reading
from videogen.inputs.escape import markdown_text
from videogen.inputs.hyphens import Hyphens
from videogen.inputs.plain.headings import Heading, Levels, heading_of, spaced, underlined
from videogen.inputs.plain.lines import Line, is_rule, read_lines
from videogen.inputs.plain.questions import Question, questions, unmarked
from videogen.inputs.plain.shapes import (
    Mark,
    Table,
    aligned_table,
    drawn_table,
    goes_on,
    is_bare,
    is_code,
    is_prose,
    mark_of,
    pairs_of,
)

_MAN_HEAD = re.compile(r"(?P<name>[\w.+:-]+)(?P<part>\(\d\w*\))\s+.*(?P=name)(?P=part)", re.IGNORECASE)
_SIDES = re.compile(r"\S.*\S {3,}\S|^\s{20,}\S|^(?:Request for Comments|Category|STD|BCP|ISSN|Obsoletes|Updates)\b")
_TERM = re.compile(r"\S.{0,59}")
_LONG = 120
"""A line this long is not wrapped by hand: it is a paragraph."""

_MOST_LINES = 80
"""So many lines without a blank one are looked at together."""

Block = list[Line]


def as_markdown(text: str) -> Reading:
    """A plain text as Markdown, with the places of its lines and what was left out. A pure function."""
    lines, notes = read_lines(text)
    lines, title, more = _front(lines)
    writer = _Writer(lines)
    writer.title(title)
    writer.write(_blocks(lines))
    count = text.count("\n") + 1
    return Reading(
        "\n".join(text for _, text in writer.out), starts=_starts(writer.out, count), left_out=[*notes, *more]
    )


def _starts(out: Sequence[tuple[int, str]], count: int) -> list[int]:
    """For each line of the file, the line of the result at which it, or the next that was kept, begins."""
    starts: list[int] = []
    for index, (number, _) in enumerate(out, 1):
        starts += [index] * (number - len(starts))
    return starts + [len(out) + 1] * (count - len(starts))


def _blocks(lines: Sequence[Line]) -> list[Block]:
    """Lines between blank lines."""
    blocks: list[Block] = [[]]
    for line in lines:
        if line.text and len(blocks[-1]) < _MOST_LINES:
            blocks[-1].append(line)
        elif line.text:
            blocks.append([line])
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _front(lines: list[Line]) -> tuple[list[Line], list[tuple[int, str]], list[str]]:
    """The lines without what stands before the title, the lines of a title that is centred, and notes."""
    blocks = _blocks(lines)
    if not blocks:
        return lines, [], []
    notes: list[str] = []
    first = blocks[0]
    if match := _MAN_HEAD.fullmatch(first[0].words):
        name = match["name"].lower()
        kept = [line for line in lines if not _MAN_HEAD.fullmatch(line.words)]
        foot = kept[-1] if kept and len(re.findall(r" {3,}", kept[-1].words)) >= 1 else None
        return [line for line in kept if line is not foot], [(first[0].number, name)], notes
    gone = 0
    if len(first) >= 3 and sum(
        len(line.text) <= 2 * _LONG and bool(_SIDES.search(line.text)) for line in first
    ) * 2 > len(first):
        notes.append(f"lines {first[0].number} to {first[-1].number}: who, where and when, before the title")
        gone = 1
    width = max((len(line.text) for line in lines), default=0)
    title = blocks[gone] if gone < len(blocks) else []
    centred = [abs(line.indent + len(line.words) / 2 - width / 2) <= 6 and line.indent >= 6 for line in title]
    if not title or len(title) > 4 or not all(centred):
        rest = [line for block in blocks[gone:] for line in [*block, Line(block[-1].number, "")]]
        return (rest if gone else lines), [], notes
    after = [line for block in blocks[gone + 1 :] for line in [*block, Line(block[-1].number, "")]]
    return after, [(title[0].number, spaced(" ".join(line.words for line in title)))], notes


class _Writer:
    """Writes blocks; knows the list that is open."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.out: list[tuple[int, str]] = []
        self.hyphens = Hyphens([line.words for line in lines], divides=False)
        indents = Counter(line.indent for line in lines if len(line.words) >= 40 and is_prose(line.words))
        self.base = min((indent for indent, count in indents.most_common(2) if count * 3 >= indents.total()), default=0)
        self.levels = Levels()
        self.items: list[tuple[Mark, int]] = []
        """The open items of a list, each in the one before, and the columns that their text has in Markdown."""
        self.coded: int | None = None
        """The indent of the code that was written last, while nothing else was."""
        self.asked: dict[int, Question] = {}
        self.hangs = False
        """Whether headings stand out to the left of what they head."""

    def title(self, title: Sequence[tuple[int, str]]) -> None:
        for number, text in title:
            self.heading(number, Heading(1, text, 1, "title"))

    def write(self, blocks: list[Block]) -> None:
        """Every block, in order; a block may turn out to be several."""
        self.asked = questions(blocks)
        queue = list(reversed(blocks))
        while queue:
            block = queue.pop()
            while queue and goes_on(block, queue[-1]):
                block = [*block, *queue.pop()]
            rest = self.block(block, queue[-1] if queue else None)
            if rest:
                queue.append(rest)

    def block(self, block: Block, following: Block | None) -> Block:
        """Writes a block, or the beginning of it, and gives the rest."""
        if all(is_rule(line.words) for line in block):
            return []
        if question := self.asked.get(block[0].number):
            return self.question(block, question)
        if self.asked:
            block = [unmarked(block[0]), *block[1:]]
            if self.told("#") and len(block) == 1 and is_bare(block) and re.search(r"\s-{1,2}\w|\|", block[0].words):
                return self.code(block)
        first = not self.out
        found = underlined(block, self.levels)
        if found is None and not self.inside(block):
            found = self.first(block, following) if first else heading_of(block, following, self.base)
        if found and not (found.sort == "short" and self.hangs and block[0].indent >= self.base):
            self.hangs |= found.sort != "title" and block[0].indent < self.base
            self.heading(block[0].number, found)
            return block[found.lines :]
        if is_rule(block[0].words) and not aligned_table(block):
            return block[1:]
        if table := drawn_table(block):
            return self.table(table)
        marks = [mark_of(line) for line in block]
        if marks[0] and self.is_item(block, marks[0], following):
            return self.list(block)
        if table := aligned_table(block):
            return self.table(table)
        if pairs := None if is_code(block, self.base) and block[0].indent >= self.base + 4 else pairs_of(block):
            return self.pairs(pairs)
        deeper = self.base if not self.inside(block) else self.items[-1][0].text
        if is_code(block, deeper) or (self.told() and block[0].indent >= max(deeper, 2) and is_bare(block)):
            return self.code(block)
        if block[0].words[-1] == ":" and len(block) > 1 and _is_shown(block[0], block[1:]):
            self.prose(block[:1])
            return block[1:]
        return self.term(block) if self.is_term(block) else self.prose(block)

    def first(self, block: Block, following: Block | None) -> Heading | None:
        """The title: a short block that stands first."""
        text = block[0].words
        if len(block) == 1 and following and len(text) <= 80 and text[-1] not in ".;:," and not mark_of(block[0]):
            if re.fullmatch(r"#{1,6}\s.*", text) or is_code(block, self.base):
                return heading_of(block, following, self.base)
            return Heading(1, text, 1, "title") if any(char.isalpha() for char in text) else None
        return heading_of(block, following, self.base)

    def inside(self, block: Block) -> bool:
        """Whether a block goes on with an item of the open list; closes the items that are over."""
        while self.items and block[0].indent < self.items[-1][0].text:
            mark = mark_of(block[0])
            if mark and mark.indent >= self.items[-1][0].indent:
                return True
            self.items.pop()
        return bool(self.items)

    def told(self, begins: str = "") -> bool:
        """Whether what was written last says that something is shown now; or begins so."""
        said = [text for _, text in self.out[-2:] if text.strip()]
        if not said or begins:
            return bool(said) and said[-1].startswith(begins)
        return said[-1].endswith(":") and not said[-1].startswith("#")

    # what is written

    def part(self) -> None:
        """A blank line, where there is none."""
        if self.out and self.out[-1][1].strip():
            self.out.append((self.out[-1][0], ""))

    def heading(self, number: int, heading: Heading) -> None:
        self.items, self.coded = [], None
        self.part()
        self.out += [(number, f"{'#' * heading.level} {markdown_text(spaced(heading.text))}"), (number, "")]

    def question(self, block: Block, question: Question) -> Block:
        """A question as a heading, and before its answer what it says besides."""
        number = block[0].number
        self.hangs |= block[0].indent < self.base
        self.heading(number, Heading(2, question.title, question.lines, "question"))
        if question.besides:
            self.out += [(number, markdown_text(question.besides)), (number, "")]
        return block[question.lines :]

    def table(self, table: Table) -> Block:
        self.items, self.coded = [], None
        self.part()
        for index, (number, cells) in enumerate(table.rows):
            self.out.append((number, "| " + " | ".join(markdown_text(cell) for cell in cells) + " |"))
            if index == 0:
                self.out.append((number, "|" + " --- |" * len(cells)))
        self.part()
        return []

    def pairs(self, pairs: Sequence[tuple[int, str, str]]) -> Block:
        self.items, self.coded = [], None
        self.part()
        for number, term, meaning in pairs:
            self.out.append((number, f"- {_term(term)}: {markdown_text(meaning)}"))
        self.part()
        return []

    def code(self, block: Block) -> Block:
        pad = " " * (self.items[-1][1] if self.items else 0)
        least = min(line.indent for line in block)
        fence = "`" * max(3, 1 + max((len(run) for line in block for run in re.findall("`+", line.text)), default=0))
        again = self.coded is not None and not self.items and len(self.out) > 2 and block[0].indent >= self.coded
        if again and set(self.out[-2][1]) == {"`"} and len(self.out[-2][1]) >= len(fence):
            # a blank line in the middle of code
            closing = self.out[-2][1]
            del self.out[-2:]
            self.out.append((block[0].number, ""))
            self.out += [(line.number, line.text[self.coded :]) for line in block]
            self.out += [(block[-1].number, closing), (block[-1].number, "")]
            return []
        self.part()
        kind = "console" if re.match(r"[$%] \S", block[0].words) else ""
        self.out.append((block[0].number, f"{pad}{fence}{kind}"))
        self.out += [(line.number, pad + line.text[least:]) for line in block]
        self.out += [(block[-1].number, pad + fence), (block[-1].number, "")]
        self.coded = least
        return []

    def is_term(self, block: Block) -> bool:
        """Whether it is a term with its meaning on the lines below, set in."""
        term, body = block[0], block[1:]
        if not body or term.indent > self.base + 4 or not _TERM.fullmatch(term.words):
            return False
        if any(line.indent < term.indent + 2 for line in body) or not is_prose(body[0].words):
            return False
        return not (len(term.words) > 30 and (term.words[-1] in ".:," or is_prose(term.words)))

    def term(self, block: Block) -> Block:
        """A term and its meaning."""
        body = block[1:]
        self.coded, self.items = None, []
        self.part()
        self.out.append((block[0].number, f"- {_term(block[0].words.rstrip(':'))}:"))
        self.flow(body, "  ")
        self.items = [(Mark(block[0].indent, body[0].indent, None), 2)]
        return []

    def prose(self, block: Block) -> Block:
        """A paragraph; what begins a list or another paragraph inside it is given back."""
        end = next((at for at in range(1, len(block)) if self.breaks(block, at)), len(block))
        self.coded = None
        self.part()
        self.flow(block[:end], " " * (self.items[-1][1] if self.items else 0))
        self.part()
        return block[end:]

    def breaks(self, block: Block, at: int) -> bool:
        """Whether another paragraph or a list begins at a line, though no blank line stands before it."""
        line, before = block[at], block[at - 1]
        mark = mark_of(line)
        if mark:
            later = [mark_of(other) for other in block[at + 1 :]]
            again = any(other and other.indent == mark.indent for other in later)
            opens = before.words[-1] in ":." or line.indent > before.indent
            if mark.number is None or mark.number == 1:
                return again or (opens and line.indent >= before.indent)
        if is_rule(line.words):
            return True
        ended = before.words[-1] in '.!?:"”'
        if len(before.text) > _LONG or len(line.text) > _LONG:
            return not line.words[0].islower()
        return (
            ended and line.indent >= before.indent + 2 and (at + 1 == len(block) or block[at + 1].indent < line.indent)
        )

    def flow(self, lines: Sequence[Line], pad: str) -> None:
        """Lines that go on with each other; a word that is divided goes to the first of its two lines."""
        texts = [line.words for line in lines]
        for index in range(len(texts) - 1):
            texts[index], texts[index + 1] = self.hyphens.joined(texts[index], texts[index + 1])
        for line, text in zip(lines, texts, strict=True):
            if text:
                self.out.append((line.number, pad + markdown_text(re.sub(" {2,}", " ", text))))

    def is_item(self, block: Block, mark: Mark, following: Block | None) -> bool:
        """Whether a mark really begins an item: a lone hyphen or number may be anything."""
        if self.inside(block) or any(mark_of(line) for line in block[1:]):
            return True
        return mark.number is None or mark.number == 1 or bool(following and mark_of(following[0]))

    def list(self, block: Block) -> Block:
        """The items of a list; a line that is set back behind it ends it."""
        opened = bool(self.items)
        if not opened:
            self.part()
        at = 0
        while at < len(block):
            line, mark = block[at], mark_of(block[at])
            if mark is None:
                break
            while self.items and mark.indent < self.items[-1][0].text:
                self.items.pop()
            end = at + 1
            while end < len(block) and not mark_of(block[end]) and block[end].indent > mark.indent:
                end += 1
            pad = self.items[-1][1] if self.items else 0
            sign = "-" if mark.number is None else f"{mark.number}."
            lead = " " * pad + sign + " "
            before = len(self.out)
            self.flow([Line(line.number, line.text[mark.text :]), *block[at + 1 : end]], " " * len(lead))
            if len(self.out) > before:
                number, text = self.out[before]
                self.out[before] = (number, lead + text.lstrip())
                self.items.append((mark, len(lead)))
            at = end
        self.coded = None
        return block[at:]


def _is_shown(first: Line, rest: Sequence[Line]) -> bool:
    """Whether lines set in below one that ends in a colon are shown rather than read."""
    deeper = all(line.indent >= first.indent + 2 for line in rest)
    return deeper and (mark_of(rest[0]) is not None or is_code(rest, first.indent) or is_bare(rest))


def _term(text: str) -> str:
    """A term: as code where it looks like an option or a name in a program."""
    sure = re.match(r"-{1,2}\w|[\w./]+[_(/]\w*|\$\w", text)
    return f"`{text}`" if sure and "`" not in text else f"**{markdown_text(text)}**"
