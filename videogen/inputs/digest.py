"""A document that takes hours to say -> how each of its chapters begins: what a film of a few minutes can be of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.inputs.measure import seconds_to_say
from videogen.model.content import Block, Inline, ListBlock, ListItem, Paragraph, ParsedContent, ParsedSection

LONGEST_SECONDS = 5400.0
"""A document that takes longer to say is told by its chapters."""

FEWEST_CHAPTERS = 4

MOST_WORDS = 900
"""Of all chapters: twice what a film of a few minutes says, so that there is something to choose from."""

FEWEST_WORDS = 40
"""Of a chapter, whatever their number."""

MOST_NAMES, MOST_OF_NAMES = 6, 24
"""Of the sections of a chapter that says nothing of its own, and the words of them."""

_APPENDIX = re.compile(r"\b(?:appendi(?:x|ces)|anh[aä]ng\w*|annexes?|apéndices?|appendic[ei])\b", re.I)

_FIRST = re.compile(
    r"(?:introduction|overview|preface|foreword|about\b.*|einführung|einleitung|vorwort|introducción|introduzione)",
    re.I,
)


def digest(parsed: ParsedContent) -> ParsedContent:
    """A long document with many chapters as the beginnings of these; any other as it is.

    `advice` says so. What an author has written the narration of is never shortened.
    """
    seconds = seconds_to_say(parsed.sections)
    if seconds <= LONGEST_SECONDS or any(section.narration for section in parsed.sections):
        return parsed
    level = next((level for level in range(1, 7) if sum(s.level == level for s in parsed.sections) > 1), 0)
    starts = [at for at, section in enumerate(parsed.sections) if section.level == level]
    if not level or len(starts) < FEWEST_CHAPTERS:
        return parsed
    count = len(starts)
    ends = [*starts[1:], len(parsed.sections)]
    before = list(parsed.sections[: starts[0]])
    after = next((at for at, start in enumerate(starts) if _APPENDIX.search(parsed.sections[start].title.text)), count)
    if after >= FEWEST_CHAPTERS:
        starts = starts[:after]
    most = max(MOST_WORDS // len(starts), FEWEST_WORDS)
    chapters = [_begun(parsed.sections[start:end], most) for start, end in zip(starts, ends, strict=False)]
    opens = bool(before) and not any(isinstance(block, Paragraph) for section in before for block in section.blocks)
    if opens and _FIRST.fullmatch(chapters[0].title.text):
        # what the whole is about stands in its first chapter, where nothing does above it
        said = next((s.blocks for s in parsed.sections[starts[0] : ends[0]] if _opening(s.blocks, most)), [])
        before[-1] = before[-1].model_copy(update={"blocks": [*before[-1].blocks, *_opening(said, most)]})
        chapters = chapters[1:]
    sections = [*before, *chapters]
    advice = (
        f"{parsed.path}: it takes {round(seconds / 3600)} hours to say; this film tells how its chapters begin, and "
        "`split: heading` makes a film of each"
    )
    return parsed.model_copy(
        update={
            "sections": sections,
            "advice": [*parsed.advice, advice],
            "suggested_duration": seconds_to_say(sections),
        }
    )


def _begun(sections: Sequence[ParsedSection], most: int) -> ParsedSection:
    """A chapter with what it begins with; where it says nothing of its own, with the names of its sections."""
    chapter, inside = sections[0], sections[1:]
    blocks = _opening(chapter.blocks, most)
    if not blocks and inside:
        level = min(section.level for section in inside)
        names = [section.title for section in inside if section.level == level and section.title.text]
        if len(names) >= 3:
            words = [len(name.spoken.split()) for name in names]
            items = [
                ListItem(inline=name)
                for at, name in enumerate(names[:MOST_NAMES])
                if at < 3 or sum(words[: at + 1]) <= MOST_OF_NAMES
            ]
            blocks = [ListBlock(items=items, lines=(chapter.lines[0], inside[-1].lines[1]))]
        else:
            blocks = next((found for section in inside if (found := _opening(section.blocks, most))), [])
    return chapter.model_copy(update={"blocks": blocks})


def _opening(blocks: Sequence[Block], most: int) -> list[Block]:
    """The paragraphs that come first, of about so many words, with the lists, code and tables that they lead to."""
    found: list[Block] = []
    words = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            if found and words + len(block.inline.spoken.split()) > most:
                break
            block = block.model_copy(update={"inline": _shortened(block.inline, most)})
            words += len(block.inline.spoken.split())
        elif not found:
            continue
        found.append(block)
    return found


def _shortened(inline: Inline, most: int) -> Inline:
    """The sentences with which a paragraph begins, of about so many words; at least the first."""
    texts, spoken = (re.split(r"(?<=[a-z)][.!?])\s+(?=[A-Z])", each) for each in (inline.text, inline.spoken))
    if len(texts) != len(spoken):
        return inline
    count = 1
    while count < len(texts) and len(" ".join(spoken[: count + 1]).split()) <= most:
        count += 1
    return Inline(text=" ".join(texts[:count]), spoken=" ".join(spoken[:count]))
