"""How much of a slide is read out. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from videogen.model.kinds import Bullets, Callout, Content, Listing, Steps, Timeline, TwoColumns
from videogen.model.kinds.structure import pairs
from videogen.script.text import stems

MOST_REPEATED = 0.4
"""Share of the words that a slide and what is said over it may have in common."""

FEWEST_COMPARED = 5
"""A slide of fewer words that carry meaning bears labels: they stand beside a fuller narration, and may be said."""


def repetition(content: Content, said: str, title: str = "") -> float:
    """The share of words that a slide and what is said over it have in common: 0 (none) to 1 (it is read out).

    Source: the redundancy principle, R. E. Mayer, Multimedia Learning (3rd ed. 2020), chapter 7: people learn less
    where the sentences that are said also stand there, but not less where labels of two or three words do.
    Formula: |shown ∩ said| / max(|shown|, |said|) over sets of stems of words that carry meaning, without those of the
    slide's own header and of the film's `title`, and without words with digits, for which there are no others.
    0 for fewer than 5 stems on the slide, and for kinds that show the thing itself (code, a table, a quotation, a
    picture) or name a part of the film: only points that explain can be put in other words.

    >>> repetition(Bullets(header="Kiln", items=["Bakes small sites", "Caches every page"]), "Kiln bakes small sites.")
    0.5
    """
    header = stems(f"{getattr(content, 'header', '') or getattr(content, 'title', '')} {title}")
    shown = counted(" ".join(shown_texts(content))) - header
    if len(shown) < FEWEST_COMPARED:
        return 0.0
    spoken = counted(said) - header
    return len(shown & spoken) / max(len(shown), len(spoken))


def shown_texts(content: Content) -> Iterator[str]:
    """The texts that explain something on a slide, besides its header; none for a kind that shows the thing itself."""
    if isinstance(content, Bullets):
        yield from content.items
    elif isinstance(content, (Listing, Steps)):
        yield getattr(content, "description", "")
        for pair in pairs(content.items if isinstance(content, Listing) else content.steps):
            yield from pair
    elif isinstance(content, Timeline):
        for event in content.events:
            yield from (event.label, event.text)
    elif isinstance(content, TwoColumns):
        yield from (content.left_header, *content.left_items, content.right_header, *content.right_items)
    elif isinstance(content, Callout):
        yield content.text


def counted(text: str) -> frozenset[str]:
    """The stems of a text that can be repeated: those without digits."""
    return frozenset(word for word in stems(text) if not any(char.isdigit() for char in word))
