"""What of a document may be shown, section by section, before it is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from videogen.model.content import Paragraph, ParsedContent, ParsedSection
from videogen.script.choose import Topic, leads_in, topics
from videogen.script.cues import Part
from videogen.script.draft import (
    FEWEST_WORDS,
    LISTINGS,
    Context,
    Draft,
    Sentence,
    heard,
    names_itself,
)
from videogen.script.leads import is_verb
from videogen.script.listing import is_install, source
from videogen.script.opening import LONGEST_OPENING, split_intro
from videogen.script.phrases import item_phrase
from videogen.script.section import section_drafts
from videogen.script.terse import terse
from videogen.script.text import clean, fitted, sentences, slide_text
from videogen.script.told import told_drafts, told_opening

LONGEST_HEADER = 80

SURELY_LONG = 20
"""Words that take at least five seconds in any voice."""

LOOKS = (*LISTINGS, "code_comparison", "diagram", "image")
"""Kinds that show the thing itself."""

MOST_NAME, MOST_SUBJECT = 3, 7
"""Words of a name, and of a subject, that stands in a header."""


class Candidates(NamedTuple):
    """What of a document may be shown."""

    drafts: list[tuple[Topic, list[Draft]]]
    hook: list[Sentence]
    """What the opening says."""
    first: Draft | None
    """The opening, where the document itself says it."""
    notes: list[str]


def candidates_of(parsed: ParsedContent, title: str, film: str, about: Context) -> Candidates:
    """What the sections of a document may show and say, and the opening; `film` is what the film is called."""
    found, notes = topics(parsed)
    hook: list[Sentence] = []
    first: Draft | None = None
    candidates: list[tuple[Topic, list[Draft]]] = []
    for topic in found:
        section = topic.section
        if section.narration:
            header = _header(topic, section, title, about)
            if topic.sort == "intro" and first is None and not candidates:
                first, *drafts = told_opening(section, title, about)
            else:
                drafts = told_drafts(section, header, about)
            candidates.append((topic, [replace(draft, chapter=header) for draft in drafts]))
            continue
        if not hook and (topic.sort == "intro" or (leads_in(topic) and not any(made for _, made in candidates))):
            hook, section = split_intro(section, about)
        drafts = section_drafts(section, _header(topic, section, title, about), about, topic.sort == "intro")
        if topic.sort == "intro":
            hook, drafts = _opened(hook, drafts)
        if topic.sort == "intro" and about.words.sample:
            drafts = _about(_looking(drafts, about), title, about)
        if topic.sort != "intro":
            drafts = [replace(draft, chapter=_header(topic, section, title, about)) for draft in drafts]
        drafts = [each for draft in drafts for each in terse(draft, about, film)]
        content = drafts[0].content if len(drafts) == 1 else None
        installs = content is not None and is_install(source(content)[0])
        if (
            topic.sort not in ("intro", "install", "start", "told")
            and drafts
            and content is not None
            and (drafts[0].kind in LISTINGS and not installs)
        ):
            # a listing of which the document says next to nothing is for those who read it
            fewest = FEWEST_WORDS if drafts[0].subject else SURELY_LONG
            drafts = drafts if drafts[0].words >= fewest else []
        if not drafts and section.blocks:
            notes.append(
                f'left out "{header_line(section.title.text) or title}": nothing in it that can be shown and said'
            )
        candidates.append((topic, drafts))
    return Candidates(candidates, hook, first, notes)


def _opened(hook: list[Sentence], drafts: list[Draft]) -> tuple[list[Sentence], list[Draft]]:
    """A slide of a single phrase right after the opening is said with it, where that does not take too long."""
    first = drafts[0] if drafts else None
    if not hook or first is None or not _is_phrase(first):
        return hook, drafts
    if heard(sentence.text for sentence in hook) + first.heard > LONGEST_OPENING:
        return hook, drafts
    text = " ".join(part.text for part in first.parts)
    return [*hook, *(Sentence(one, first.lines, shown=one) for one in sentences(text))], drafts[1:]


def _is_phrase(draft: Draft) -> bool:
    """Whether a scene shows a single phrase."""
    return draft.kind == "bullets" and len(draft.content.cue_names()) == 1


def _looking(drafts: list[Draft], about: Context) -> list[Draft]:
    """The scenes of an introduction, those that show something headed as a first look."""
    named = []
    for draft in drafts:
        header = draft.header
        if header == about.words.overview and draft.kind in LOOKS:
            installs = is_install(source(draft.content)[0])
            header = about.words.install if installs else about.words.sample
            draft = replace(draft, header=header, content=draft.content.model_copy(update={"header": header}))
            if draft.words < FEWEST_WORDS and header == about.words.sample and about.english:
                draft = replace(draft, parts=(Part("Here is a first look."), *draft.parts))
        named.append(draft)
    return named


def _about(drafts: list[Draft], title: str, about: Context) -> list[Draft]:
    """The scenes of an introduction, those under its general header with one that names the thing."""
    general = about.words.overview
    if not about.english or not 0 < len(title.split()) <= (MOST_SUBJECT if about.topical else MOST_NAME):
        return drafts
    items = [item for draft in drafts if draft.header == general for item in draft.phrases]
    does = 2 * sum(is_verb(item.split(" ", 1)[0]) for item in items) > len(items)
    header = title if about.topical else f"What {title} does" if does else f"About {title}"
    slides = any(draft.header == general for draft in drafts)
    named = []
    for draft in drafts:
        if draft.header == general:
            content = draft.content
            if hasattr(content, "header"):
                content = content.model_copy(update={"header": header})
            draft = replace(draft, header=header, content=content)
        elif slides and draft.kind in LOOKS:
            # a first look between two slides of it does not end their chapter
            draft = replace(draft, chapter=header)
        named.append(draft)
    return named


def _header(topic: Topic, section: ParsedSection, title: str, about: Context) -> str:
    if topic.sort == "intro":
        return about.words.overview or title
    return header_line(section.title.text) or title


def header_line(text: str) -> str:
    """A heading as one line of a slide; empty where it has no letter or digit.

    >>> header_line("Usage :")
    'Usage'
    """
    text = slide_text(text).strip(" :;#")
    if not any(char.isalnum() for char in clean(text)):
        return ""
    asks = text.endswith("?")
    text = item_phrase(text) if len(text.split()) > 12 else text
    text = f"{text}?" if asks and not text.endswith("?") else text
    return fitted(text, LONGEST_HEADER) or text[:LONGEST_HEADER]


def opening_text(parsed: ParsedContent) -> str:
    """The document's first paragraph, or one of the next if that says what the thing is."""
    blocks = (block for section in parsed.sections[:2] for block in section.blocks)
    texts = [clean(block.inline.text) for block in blocks if isinstance(block, Paragraph)][:4]
    return next(filter(names_itself, texts), texts[0] if texts else "")
