"""A section of the document as scenes. What becomes of a section depends on that section alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from videogen.model.content import (
    Block,
    CodeBlock,
    ImageBlock,
    ListBlock,
    Paragraph,
    ParsedSection,
    QuoteBlock,
    TableBlock,
)
from videogen.model.kinds.fences import DIFFERENCES
from videogen.script.cues import LONGEST_STILL, Part
from videogen.script.draft import FEWEST_WORDS, MOST_WORDS, Context, Draft, Sentence, heard
from videogen.script.drawn import is_diagram
from videogen.script.fenced import fence_drafts
from videogen.script.headers import with_headers
from videogen.script.joining import LONGEST_LISTING, enough, filled, has_room, joined
from videogen.script.leads import leans_back
from videogen.script.listing import is_shell
from videogen.script.lists import list_drafts
from videogen.script.pointers import points_elsewhere
from videogen.script.prose import prose_drafts, sayable
from videogen.script.repetition import counted
from videogen.script.text import clean, sentences, stems, word_count
from videogen.script.visuals import callout, image_draft, quote_draft, table_draft

_LOOKS_BACK = re.compile(
    r"^(?:this|that|these|those|note that|the (?:above|output|result|former|latter)|as you|you (?:should|will|'ll)|"
    r"now,? you|it (?:will|should|also)|once)\b",
    re.I,
)


_GOES_ON = re.compile(r"(?:with|without|and|or|but|which|who|that|so|while|as|for|to|in|on)\s")

LONGEST_LEAD = 10
"""Words heard before the first item of a list, or over a picture: more make a slide of their own before it."""

LONGEST_ANNOUNCED = 18
"""Words heard of a sentence that the list completes: it cannot be parted from it."""

FEWEST_CALLED = 11
"""Words of a callout that is said over what is shown; more have a slide of their own."""

LONGEST_REMARK = 24
"""Words of a quotation of nobody's that is said so."""

FEWEST_LINES = 4
"""A listing of fewer is soon read."""

FEWEST_SAID, FEWEST_OF_SEVERAL = 4, 5
"""Words of a slide of a single phrase, and of one of several that are prose."""

LONGEST_ASIDE = 22
"""Words heard over a table, or over a short listing that they do not announce: more make a slide of their own."""


def section_drafts(section: ParsedSection, header: str, context: Context, led: bool = False) -> list[Draft]:
    """The scenes of a section, in order, under headers made from `header`; none if nothing of it can be shown.

    `led`: what is said before already leads to it, as the opening does to the introduction.
    """
    drafts: list[Draft] = []
    pending: list[Sentence] = []
    blocks = section.blocks
    prose = " ".join(block.inline.text for block in blocks if isinstance(block, Paragraph))
    context = replace(context, mentions=counted(prose))
    index = 0
    while index < len(blocks):
        block = blocks[index]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        index += 1
        if isinstance(block, Paragraph):
            said = sayable(block, context, following is not None and not isinstance(following, Paragraph))
            if isinstance(following, ListBlock) and context.english and _leads_away(block):
                index += 1
            previous = blocks[index - 2] if index > 1 else None
            if said and isinstance(previous, ListBlock) and not said[0].open and _GOES_ON.match(block.inline.text):
                # the sentence that the list is part of goes on
                said = said[1:]
            if said and drafts and not pending and _belongs_back(said, following) and has_room(drafts[-1], said):
                drafts[-1] = _extended(drafts[-1], said)
            else:
                pending += said
            continue
        if isinstance(block, QuoteBlock) and _is_aside(block, context):
            if pending and not pending[-1].open:
                pending += [Sentence(text, block.lines, shown=text) for text in callout(block, context)]
                continue
            if drafts and not pending and _takes_aside(block, drafts[-1], context):
                drafts[-1] = drafts[-1].saying(*callout(block, context), lines=block.lines)
                continue
        run: list[Block] = [block]
        if isinstance(block, CodeBlock):
            while index < len(blocks) and _goes_with(run, blocks[index]):
                run.append(blocks[index])
                index += 1
            between = blocks[index] if index + 1 < len(blocks) else None
            if isinstance(between, Paragraph) and _same_sort(run, between, blocks[index + 1], context):
                pending += sayable(between, context, True)
                run.append(blocks[index + 1])
                index += 2
        if isinstance(block, ImageBlock) and not pending and isinstance(following, Paragraph):
            # a picture is looked at while the text after it begins
            said = sayable(following, context, index + 1 < len(blocks))
            taken = _while_looking(said)
            made = _visual(run, [], header, not drafts and not led, context)
            if made and taken:
                drafts += [*made[:-1], _extended(made[-1], said[:taken])]
                pending = said[taken:]
                index += 1
                continue
        if (
            isinstance(block, QuoteBlock)
            and drafts
            and pending
            and not pending[-1].open
            and has_room(drafts[-1], pending)
        ):
            # a callout speaks for itself
            drafts[-1], pending = _extended(drafts[-1], pending), []
        if isinstance(block, (ListBlock, TableBlock)):
            before, lead = _briefly(pending, LONGEST_LEAD if isinstance(block, ListBlock) else LONGEST_ASIDE)
        else:
            before, lead = _lead(pending, run) if pending else ([], [])
        pending = []
        drafts += prose_drafts(before, header, context) if before else []
        made = _visual(run, lead, header, not drafts and not led, context)
        if made:
            drafts += made
        else:
            pending = [replace(sentence, open=False) for sentence in lead if not sentence.open]
    if pending:
        if drafts and has_room(drafts[-1], pending) and (len(pending) < 3 and _length(pending) < 35):
            drafts[-1] = _extended(drafts[-1], pending)
        else:
            drafts += prose_drafts(pending, header, context)
    drafts = joined(drafts, context)
    drafts = [enough(draft) for draft in drafts]
    drafts = [filled(draft, at == 0 and not led, context) for at, draft in enumerate(drafts)]
    drafts = [draft for draft in drafts if draft.words >= _fewest(draft)]
    return with_headers(_asked(drafts, header), header, context)


def _asked(drafts: list[Draft], header: str) -> list[Draft]:
    """The scenes of a section whose heading is a question, asked before it is answered."""
    if not header.endswith("?") or not drafts or not drafts[0].parts or drafts[0].exact:
        return drafts
    said = {stem for part in drafts[0].parts for stem in stems(part.text)}
    if stems(header) <= said:
        return drafts
    return [replace(drafts[0], parts=(Part(header), *drafts[0].parts)), *drafts[1:]]


def _fewest(draft: Draft) -> int:
    """Words without which a scene is none: an answer such as "Yes." says nothing without what was asked."""
    if draft.kind != "bullets":
        return 1
    return FEWEST_SAID if len(draft.content.cue_names()) == 1 else 1 if draft.essential else FEWEST_OF_SEVERAL


def _while_looking(said: Sequence[Sentence]) -> int:
    """How many sentences are said while a picture is seen: about ten seconds of them."""
    taken = 0
    while taken < len(said) and not said[taken].open and _length(said[: taken + 1]) <= 28:
        taken += 1
    return taken


def _briefly(pending: list[Sentence], most: float) -> tuple[list[Sentence], list[Sentence]]:
    """What is said on a slide of its own before a list or table, and the few words that are said on its own slide."""
    if _length(pending) <= most:
        return [], pending
    last = pending[-1]
    if last.open and _length([last]) <= LONGEST_ANNOUNCED:
        return pending[:-1], [last]
    return [*pending[:-1], replace(last, open=False)], []


def _leads_away(block: Paragraph) -> bool:
    """Whether a paragraph announces a list of other places to look at."""
    last = (sentences(clean(block.inline.spoken)) or [""])[-1]
    return last.endswith(":") and points_elsewhere(last)


def _length(said: Sequence[Sentence]) -> float:
    return heard(sentence.text for sentence in said)


def _extended(draft: Draft, said: Sequence[Sentence]) -> Draft:
    lines = (min(s.lines[0] for s in said), max(s.lines[1] for s in said))
    return draft.saying(*(sentence.text for sentence in said), lines=lines)


def _belongs_back(said: Sequence[Sentence], following: Block | None) -> bool:
    """Whether a paragraph after something shown still speaks of that."""
    if said[-1].open or _length(said) > 40:
        return False
    return bool(_LOOKS_BACK.match(said[0].text)) and not isinstance(following, (ListBlock,))


def _is_aside(block: QuoteBlock, context: Context) -> bool:
    """Whether a quotation or callout is a remark rather than a slide."""
    words = sum(map(word_count, callout(block, context)))
    return not block.attribution and words <= (LONGEST_REMARK if block.tone == "quote" else FEWEST_CALLED)


def _takes_aside(block: QuoteBlock, draft: Draft, context: Context) -> bool:
    words = sum(map(word_count, callout(block, context)))
    return draft.kind not in ("quote", "callout") and draft.words + words <= MOST_WORDS


def _goes_with(run: Sequence[Block], block: Block) -> bool:
    """Whether a listing right after others fits on their slide: the same language, a few lines."""
    if not isinstance(block, CodeBlock):
        return False
    listings = [listing for listing in (*run, block) if isinstance(listing, CodeBlock)]
    languages = {listing.language for listing in listings}
    if is_diagram(block.language) or block.language in DIFFERENCES:
        return False
    return len(languages) == 1 and sum(listing.code.strip().count("\n") + 2 for listing in listings) <= 14


def _same_sort(run: Sequence[Block], prose: Paragraph, block: Block, context: Context) -> bool:
    """Whether "Or, with extras:" and one more command belong on the slide of the first command."""
    if not isinstance(block, CodeBlock) or not _goes_with(run, block):
        return False
    listings = [listing for listing in (*run, block) if isinstance(listing, CodeBlock)]
    if not all(is_shell(listing.language, listing.code) for listing in listings):
        return False
    said = sayable(prose, context, True)
    short = sum(listing.code.strip().count("\n") + 1 for listing in listings) <= 8
    return bool(said) and said[-1].open and _length(said) <= 22 and short


def _lead(pending: list[Sentence], run: Sequence[Block]) -> tuple[list[Sentence], list[Sentence]]:
    """What is said on a slide of its own before something is shown, and what is said while it is."""
    picture = isinstance(run[0], ImageBlock)
    lines = sum(listing.code.strip().count("\n") + 1 for listing in run if isinstance(listing, CodeBlock))
    looked_at = LONGEST_LISTING if lines >= FEWEST_LINES else LONGEST_ASIDE
    if _length(pending) <= (LONGEST_LEAD if picture else looked_at):
        return [], pending
    if not picture and pending[-1].open and _length(pending) <= LONGEST_LISTING:
        return [], pending
    start = len(pending) - 1
    while start and pending[start - 1].lines == pending[-1].lines and _length(pending[start - 1 :]) <= LONGEST_STILL:
        start -= 1
    if leans_back(pending[start].text) and start and _length(pending[start - 1 :]) <= 40:
        start -= 1
    before = pending[:start]
    if _length(before) < FEWEST_WORDS:
        aside = not pending[-1].open and (picture or len(pending) > 1 or _length(pending) > LONGEST_STILL)
        if aside and sum(word_count(one.text) for one in pending) >= FEWEST_WORDS:
            return pending, []
        return ([], pending) if _length(pending) <= 60 else (before, pending[start:])
    return before, pending[start:]


def _visual(run: Sequence[Block], lead: Sequence[Sentence], header: str, first: bool, context: Context) -> list[Draft]:
    block = run[0]
    if isinstance(block, CodeBlock):
        listings = [listing for listing in run if isinstance(listing, CodeBlock)]
        return _from(lead, fence_drafts(listings, lead, header, first, context))
    if isinstance(block, ListBlock):
        return _from(lead, list_drafts(block, lead, header, not first, context))
    if isinstance(block, QuoteBlock):
        made = quote_draft(block, lead, header, context)
    elif isinstance(block, ImageBlock):
        made = image_draft(block, lead, header, context)
    elif isinstance(block, Paragraph):
        made = None
    else:
        made = table_draft(block, lead, header, context)
    return _from(lead, [made] if made else [])


def _from(lead: Sequence[Sentence], drafts: list[Draft]) -> list[Draft]:
    """The first scene's lines reach back to where its lead stands."""
    if lead and drafts:
        first = min(drafts[0].lines[0], *(sentence.lines[0] for sentence in lead))
        drafts[0] = replace(drafts[0], lines=(first, drafts[0].lines[1]))
    return drafts
