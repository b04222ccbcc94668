"""Which of the items of a list are said, where all of them are shown. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from videogen.script.cues import Part
from videogen.script.draft import Context, Draft
from videogen.script.items import Item
from videogen.script.repetition import counted
from videogen.script.terse import labelled, reads_out

LONGEST_FRAGMENT = 3.5
"""Words that carry meaning of the items of a list, on average: longer ones have good labels, and are all said."""

LONGEST_READ = 6.0
"""As many can be read by the viewer while something else is said."""


def some_said(
    draft: Draft, group: Sequence[Item], context: Context, say: Callable[[Sequence[int]], list[Part]]
) -> Draft:
    """A list with all of its items shown and, where it would be read out and labels are of no help, some of them said.

    `say` makes the narration of the items with these numbers. The strongest are said: those that the section speaks of
    elsewhere, the first, and short ones.
    """
    if not reads_out(draft, ""):
        return draft
    length = sum(len(counted(item.said)) for item in group) / len(group)
    fragments = length <= LONGEST_FRAGMENT and all(item.terse for item in group)
    if length > LONGEST_READ or (not fragments and labelled(draft, context, "") is not None):
        return draft
    chosen: list[int] = []
    for at in sorted(range(len(group)), key=lambda at: (-_strength(group[at], at, len(group), context), at)):
        made = replace(draft, parts=tuple(say(sorted([*chosen, at]))))
        if not reads_out(made, ""):
            chosen.append(at)
    return replace(draft, parts=tuple(say(sorted(chosen)))) if chosen else draft


def _strength(item: Item, at: int, count: int, context: Context) -> float:
    """What speaks for an item: what the section says, its place (the first, or one far from that), and its length."""
    words = counted(item.said)
    place = 1.0 if at == 0 else 0.15 if at == count // 2 else 0.0
    return len(words & context.mentions) / max(len(words), 1) + place - 0.1 * len(words)
