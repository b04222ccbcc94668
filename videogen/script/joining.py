"""Scenes of a section that say too little: joined with another, filled up, or led into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from videogen.model.kinds import Bullets
from videogen.model.limits import MAX_BULLETS, MAX_SLIDE_WORDS
from videogen.script.cues import LONGEST_STILL, Part
from videogen.script.draft import FEWEST_WORDS, MOST_WORDS, TIED, Context, Draft, Sentence, heard
from videogen.script.headers import announced
from videogen.script.leads import leans_back, turn_to
from videogen.script.listing import source
from videogen.script.text import word_count

MOST_AHEAD = 20
"""Words of a slide of one phrase that are said on the next slide, if that has room."""

MOST_BETWEEN = 14.0
"""Words heard between two commands, at the most, where there is something to say."""

LATEST_LIST = 12
"""Words that may be heard before the first item of a list, which then comes a little early."""


ENOUGH_WORDS = 16
"""Words said over a listing, where the document and the code give as many: no silence follows them."""


LONGEST_LISTING = 31.0
"""Words that may be heard over a listing or a picture, where part of them would make no scene of its own."""

LONG_LISTING = 8


LONG_LISTING_WORDS = 22
"""A listing of more lines is looked at for longer."""


def has_room(draft: Draft, said: Sequence[Sentence]) -> bool:
    """Whether sentences can be said at the end of a scene, without its picture standing still for too long."""
    cued = [index for index, part in enumerate(draft.parts) if part.cue]
    still = heard(part.text for part in draft.parts[cued[-1] if cued else 0 :] if not part.spare)
    more = heard(sentence.text for sentence in said)
    # a few words more are no slide of their own
    names = draft.content.cue_names()
    most = LONGEST_STILL if names or more > FEWEST_WORDS else LONGEST_LISTING
    if names and not cued:
        # what is tied to words comes wherever they are
        most += MOST_BETWEEN * (len(names) - 1)
    fits = still + more <= most
    return fits and draft.words + sum(word_count(sentence.text) for sentence in said) <= MOST_WORDS


def joined(drafts: list[Draft], context: Context) -> list[Draft]:
    """Scenes with too little to say give it to the scene before or after them, when they show only prose."""
    kept: list[Draft] = []
    carried: Draft | None = None
    for draft in drafts:
        single = draft.kind == "bullets" and len(draft.content.cue_names()) == 1
        bare = single and draft.words < FEWEST_WORDS
        ahead = single and draft.words <= MOST_AHEAD
        if carried is not None:
            own = announced(draft.subject, context) and carried.words >= FEWEST_WORDS
            both = None if own else _after(carried, draft)
            kept += [both] if both else [carried]
            carried = None
            if both:
                continue
        if bare and kept and has_room(kept[-1], [Sentence(part.text, draft.lines) for part in draft.parts]):
            kept[-1] = kept[-1].saying(*(part.text for part in draft.parts), lines=draft.lines)
        elif ahead:
            carried = draft
        else:
            kept.append(draft)
    return [*kept, carried] if carried is not None else kept


def _after(early: Draft, late: Draft) -> Draft | None:
    """The later scene with what the earlier one says and shows, if there is room for it."""
    if early.words + late.words > MOST_WORDS:
        return None
    lines = (early.lines[0], late.lines[1])
    if isinstance(late.content, Bullets) and isinstance(early.content, Bullets):
        items = [*early.content.items, *late.content.items]
        fits = len(items) <= MAX_BULLETS and sum(len(item.split()) for item in items) <= MAX_SLIDE_WORDS
        if not fits or late.content.ordered or late.content.checked:
            # what is said before the first item of a list need not be shown
            first = next((at for at, part in enumerate(late.parts) if part.cue), 0)
            spoken = early.heard + heard(part.text for part in late.parts[:first])
            whole = (*(Part(part.text) for part in early.parts), *late.parts)
            # nor where its items come meanwhile, as only some of them are said
            some = late.essential and len({part.cue for part in late.parts if part.cue}) < len(late.content.items)
            return (
                replace(late, parts=whole, lines=lines) if spoken <= (LONGEST_STILL if some else LATEST_LIST) else None
            )
        moved = [replace(p, cue=f"item:{int(p.cue.split(':')[1]) + 1}") if p.cue else p for p in late.parts]
        content = late.content.model_copy(update={"items": items})
        return replace(late, content=content, parts=(*early.parts, *moved), lines=lines)
    if late.content.cue_names() and late.kind not in TIED:
        return None
    return replace(late, parts=(*(Part(part.text) for part in early.parts), *late.parts), lines=lines)


def enough(draft: Draft) -> Draft:
    """With as many of its spare sentences as it needs, those that belong to the end first."""
    listing, _ = source(draft.content)
    enough = LONG_LISTING_WORDS if listing.count("\n") >= LONG_LISTING else ENOUGH_WORDS
    parts = list(draft.parts)
    words = draft.words
    first = next((at for at, part in enumerate(parts) if not part.spare), 0)
    for at in [*range(first, len(parts)), *reversed(range(first))]:
        if parts[at].spare and words < (enough if at > first else ENOUGH_WORDS):
            parts[at] = replace(parts[at], spare=False)
            words += word_count(parts[at].text)
    return replace(draft, parts=tuple(part for part in parts if not part.spare))


def filled(draft: Draft, first: bool, context: Context) -> Draft:
    """A section whose first words take up something is led into by what it is about."""
    opening = draft.parts[0].text if draft.parts else ""
    if not first or not context.english or not leans_back(opening) or opening.startswith("This table"):
        return draft
    lead = turn_to(draft.header, context.names)
    if not lead or opening == lead or draft.words + word_count(lead) > MOST_WORDS:
        return draft
    return replace(draft, parts=(Part(lead), *draft.parts))
