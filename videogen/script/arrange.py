"""Which candidates a film shows, in order: the opening, its sections with cards before its parts, and the close."""

from __future__ import annotations

from collections.abc import Sequence

from videogen.model.content import ParsedContent
from videogen.script.candidates import Candidates, header_line
from videogen.script.choose import Topic, fitting
from videogen.script.draft import (
    Context,
    Draft,
)
from videogen.script.frame import card, close
from videogen.script.listing import is_install, source
from videogen.script.opening import opening
from videogen.script.text import clean
from videogen.script.told import is_told

MOST_CARDS = 4

SCENES_OF_A_PART = 3


def arranged(
    parsed: ParsedContent,
    title: str,
    description: str,
    candidates: Candidates,
    about: Context,
    most_spoken: int | None = None,
) -> tuple[list[tuple[str, Draft]], list[str]]:
    """The scenes of a film in order, each with what qualifies its id, that say about `most_spoken` words (None: as many
    as suits); and what they leave out."""
    hook, first = candidates.hook, candidates.first
    if is_told(parsed):
        chosen, more = [(topic, drafts) for topic, drafts in candidates.drafts if drafts], []
    else:
        chosen, more = fitting(_once(candidates.drafts), most_spoken)
    notes = [*candidates.notes, *more]
    notes += [f'"{draft.header}" leaves out {note}' for _, drafts in chosen for draft in drafts for note in draft.notes]
    body = [("", draft) for _, drafts in chosen for draft in drafts] if is_told(parsed) else _with_cards(chosen, about)
    titled = [topic for topic, drafts in chosen if topic.sort != "intro" and drafts]
    headed = [(topic, header) for topic in titled if (header := header_line(topic.section.title.text))]
    shown = [draft for _, draft in body]
    seconds = sum(about.seconds(part.text) for draft in shown for part in draft.parts) + 20
    first = first or opening(title, description, hook, headed, seconds, about)
    last_line = max((section.lines[1] for section in parsed.sections), default=1)
    last = (
        [("", close(title, getattr(first.content, "subtitle", ""), headed, shown, (last_line, last_line), about))]
        if shown and not is_told(parsed)
        else []
    )
    return [("", first), *body, *last], notes


def _once(candidates: list[tuple[Topic, list[Draft]]]) -> list[tuple[Topic, list[Draft]]]:
    """Without commands in the introduction that install, where a section of its own says how."""
    if not any(topic.sort == "install" and drafts for topic, drafts in candidates):
        return candidates
    return [
        (
            topic,
            [draft for draft in drafts if topic.sort != "intro" or not is_install(source(draft.content)[0])],
        )
        for topic, drafts in candidates
    ]


def _with_cards(chosen: Sequence[tuple[Topic, list[Draft]]], about: Context) -> list[tuple[str, Draft]]:
    """The scenes with what qualifies their ids, and a card before each of the parts that are big enough."""
    parts: dict[str, list[tuple[Topic, list[Draft]]]] = {}
    for topic, drafts in chosen:
        if topic.parent:
            parts.setdefault(topic.parent, []).append((topic, drafts))
    big = [
        name
        for name, members in parts.items()
        if len(members) >= 2 and sum(len(drafts) for _, drafts in members) >= SCENES_OF_A_PART
    ][:MOST_CARDS]
    body: list[tuple[str, Draft]] = []
    done: set[str] = set()
    for topic, drafts in chosen:
        own = clean(topic.section.title.text)
        part = topic.parent if topic.parent in big else own if own in big and topic.section.level == 2 else ""
        if part and part not in done and len(big) > 1:
            done.add(part)
            children = [clean(member.section.title.text) for member, _ in parts[part]]
            body.append(("part", card(header_line(part) or part, children, topic.section.lines, about)))
        # a short title under another ("Example" under "Tables") would soon meet its like
        qualified = topic.parent if topic.section.level > 2 and len(own.split()) <= 2 else ""
        body += [(qualified, draft) for draft in drafts]
    return body
