"""Sections that bring their own narration: it is said as it is, while what stands in them is shown."""

from __future__ import annotations

from collections.abc import Sequence

from videogen.model import limits
from videogen.model.content import (
    Block,
    CodeBlock,
    ImageBlock,
    ListBlock,
    ListItem,
    Paragraph,
    ParsedContent,
    ParsedSection,
    QuoteBlock,
    TableBlock,
)
from videogen.model.kinds import Bullets, Content, Image, Section, Table, Title
from videogen.script.cues import Part
from videogen.script.draft import Context, Draft
from videogen.script.fenced import fence_drafts
from videogen.script.hand import cue_texts
from videogen.script.phrases import item_phrase
from videogen.script.text import fitted, sentences, slide_text, stems, word_count
from videogen.script.visuals import quote_draft, table_draft

LONGEST_POINT = 14
"""Words of a point on such a slide; a longer one is cut down to what it is about."""

LONGEST_CELL = 60
"""Letters of a cell of a table that is longer than one that the rules show."""

SILENT_SECONDS = 4.0
"""A slide for which no sentence is left is shown so long."""


def is_told(parsed: ParsedContent) -> bool:
    """Whether the author of a document has said what is to be said: of half of its sections, or more."""
    told = sum(bool(section.narration) for section in parsed.sections)
    return told > 0 and 2 * told >= len(parsed.sections)


def told_opening(section: ParsedSection, title: str, context: Context) -> list[Draft]:
    """The scenes of the section that a document begins with: its title, under which its short texts stand."""
    texts = [_texts(block) for block in section.blocks]
    lines = [line for found in texts for line in found]
    if any(not found for found in texts) or len(lines) > 2 or sum(map(word_count, lines)) > 20:
        first = Draft(title, "title", Title(title=title), (), section.lines)
        return _spread([first, *_shown(section, title, context)], section.narration)
    subtitle = fitted(" · ".join(map(slide_text, lines)), 110)
    content = Title(title=title, subtitle="" if subtitle.lower() == title.lower() else subtitle)
    return _spread([Draft(title, "title", content, (), section.lines)], section.narration)


def told_drafts(section: ParsedSection, header: str, context: Context) -> list[Draft]:
    """The scenes of a section: all of its blocks, in order, and all of its narration, word for word."""
    shown = _shown(section, header, context)
    return _spread(shown or [Draft(header, "section", Section(title=header), (), section.lines)], section.narration)


def _texts(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.inline.text]
    if isinstance(block, ListBlock):
        return [item.inline.text for item in block.items]
    return []


def _shown(section: ParsedSection, header: str, context: Context) -> list[Draft]:
    """What the blocks of a section show, without anything said."""
    drafts: list[Draft] = []
    points: list[tuple[str, tuple[int, int]]] = []
    ordered = False

    def close() -> None:
        nonlocal ordered
        for start in range(0, len(points), limits.MAX_ITEMS):
            own = points[start : start + limits.MAX_ITEMS]
            content = Bullets(header=header, items=[text for text, _ in own], ordered=ordered)
            drafts.append(Draft(header, "bullets", content, (), (own[0][1][0], max(lines[1] for _, lines in own))))
        points.clear()
        ordered = False

    for block in section.blocks:
        if isinstance(block, ListBlock):
            ordered = block.ordered and not points and not any(item.children for item in block.items)
            points += [(text, block.lines) for text in _points(block.items, context)]
        elif isinstance(block, Paragraph):
            ordered = False
            points += [(text, block.lines) for text in [_point(block.inline.text, context)] if text]
        else:
            close()
            drafts += _visual(block, header, context)
    close()
    return drafts


def _points(items: Sequence[ListItem], context: Context) -> list[str]:
    found: list[str] = []
    for item in items:
        found += [text for text in [_point(item.inline.text, context)] if text]
        found += _points(item.children, context)
    return found


def _point(text: str, context: Context) -> str:
    shown = slide_text(text)
    if len(shown.split()) > LONGEST_POINT:
        shown = item_phrase(text, LONGEST_POINT, context.english, context.names)
    return shown.strip()


def _visual(block: Block, header: str, context: Context) -> list[Draft]:
    if isinstance(block, ImageBlock):
        content = Image(header=header, path=block.path, caption=slide_text(block.caption), alt=slide_text(block.alt))
        return [Draft(header, "image", content, (), block.lines)]
    if isinstance(block, TableBlock):
        made = table_draft(block, [], header, context)
        return [made if made is not None else _long_table(block, header)]
    if isinstance(block, CodeBlock):
        return fence_drafts([block], [], header, False, context)
    if isinstance(block, QuoteBlock):
        made = quote_draft(block, [], header, context)
        return [made] if made is not None else []
    return []


def _long_table(block: TableBlock, header: str) -> Draft:
    width = min(len(block.columns), limits.LONGEST_TABLE_COLUMNS)

    def cells(row: Sequence) -> list[str]:
        return [fitted(slide_text(cell.text), LONGEST_CELL) for cell in [*row, *block.columns[len(row) :]][:width]]

    rows = [cells(row) for row in block.rows[: limits.LONGEST_TABLE_ROWS]]
    return Draft(header, "table", Table(header=header, columns=cells(block.columns), rows=rows), (), block.lines)


def _spread(drafts: Sequence[Draft], narration: str) -> list[Draft]:
    """The scenes, each with the sentences of the narration that speak of it; all are said, in order, unchanged."""
    said = _parted(narration)
    shares = _shares([_about(draft) for draft in drafts], said)
    return [
        Draft(
            draft.header,
            draft.kind,
            draft.content,
            (Part(" ".join(said[first:last])),) if last > first else (),
            draft.lines,
            draft.notes,
            exact=True,
        )
        for draft, (first, last) in zip(drafts, shares, strict=True)
    ]


def _parted(narration: str) -> list[str]:
    """The sentences of a narration; joined by spaces they are what it was."""
    words = narration.split()
    found = sentences(narration)
    return found if " ".join(found).split() == words else [" ".join(words)] if words else []


def _about(draft: Draft) -> frozenset[str]:
    """The words that speak of a slide."""
    content: Content = draft.content
    more = [getattr(content, name, "") for name in ("caption", "alt", "text", "subtitle")]
    return stems(" ".join([*cue_texts(content).values(), *filter(None, map(str, more))]))


def _shares(slides: Sequence[frozenset[str]], said: Sequence[str]) -> list[tuple[int, int]]:
    """For each slide the first of its sentences and the one after its last: those that share the most words with it.

    Every slide has one where there are enough; where they share nothing they are spread evenly.
    """
    count, sentences_ = len(slides), len(said)
    if sentences_ < count:
        return [(min(at, sentences_), min(at + 1, sentences_)) for at in range(count)]
    spoken = [stems(text) for text in said]
    length = [0]
    for text in said:
        length.append(length[-1] + word_count(text))
    even = length[-1] / count
    best: list[list[float]] = [[float("-inf")] * (sentences_ + 1) for _ in range(count + 1)]
    back = [[0] * (sentences_ + 1) for _ in range(count + 1)]
    best[0][0] = 0.0
    for slide in range(1, count + 1):
        shared = [0]
        for words in spoken:
            shared.append(shared[-1] + len(words & slides[slide - 1]))
        for end in range(slide, sentences_ - (count - slide) + 1):
            for begin in range(slide - 1, end):
                apart = abs(length[end] - length[begin] - even) / max(even, 1)
                score = best[slide - 1][begin] + shared[end] - shared[begin] - apart / 2
                if score > best[slide][end]:
                    best[slide][end], back[slide][end] = score, begin
    shares: list[tuple[int, int]] = []
    end = sentences_
    for slide in range(count, 0, -1):
        begin = back[slide][end]
        shares.append((begin, end))
        end = begin
    return shares[::-1]
