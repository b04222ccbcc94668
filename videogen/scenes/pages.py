"""A content on as many pages as it takes: pages of one scene follow each other while the narration goes on."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from videogen.model.kinds import Content
from videogen.scenes.elements import Element, Ground, Group, Part, SceneKind, extent
from videogen.scenes.page import DoesNotFit, Page

MAX_PAGES = 12
"""More than this nobody follows: the content is refused."""
_CLEAR, _ARRIVE = 0.2, 0.3
"""Seconds in which a page goes, and in which the next one comes."""


def paged(kind: SceneKind, content: Content, page: Page) -> list[list[Group]]:
    """The content laid out, on the fewest pages on which it fits.

    Raises ValidationError, as the layout of a kind does, when it does not fit however it is divided.
    """
    try:
        return [kind.layout(content, page)]
    except DoesNotFit:
        if kind.split is None:
            raise
        for count in range(2, MAX_PAGES + 1):
            parts = kind.split(content, count)
            if parts is None:
                raise
            try:
                laid = [kind.layout(part.content, replace(page, steady=True)) for part in parts]
            except DoesNotFit:
                continue
            return _in_turn(laid, parts)
        raise


def _in_turn(laid: list[list[Group]], parts: list[Part]) -> list[list[Group]]:
    """Pages that follow each other: what two neighbours share stays, the rest is cleared for the next."""
    pages: list[list[Group]] = []
    for number, (groups, part) in enumerate(zip(laid, parts, strict=True)):
        if number == 0:
            pages.append([_renamed(group, part, number) for group in groups])
            continue
        before = laid[number - 1]
        staying = [group for group in before if group in groups and group.cue in (None, "start") and not group.gone]
        coming = [group for group in groups if group not in staying]
        cue = next(iter(part.cues.values()))
        # what goes by itself as the next page comes has not to be cleared away, nor what has gone before
        names = parts[number - 1].cues
        leaves = any(group.gone and names.get(group.gone) == cue for group in before)
        going = [group for group in before if group not in staying and not (leaves and group.gone)]
        # two passages that say the same have nothing to clear
        gone = any(group.elements for group in going)
        clear = [Group(f"clear-{number}", _cleared(going, staying), cue, 0.0, _CLEAR)] if gone else []
        pages.append([*clear, *(_arriving(_renamed(group, part, number), cue) for group in coming)])
    return pages


def _renamed(group: Group, part: Part, number: int) -> Group:
    """A group under the names of the whole scene."""
    names = {"start": "start", "end": "end", **part.cues}
    return replace(
        group,
        id=f"{group.id}-{number}" if number else group.id,
        cue=names[group.cue] if group.cue else None,
        until=names[group.until] if group.until else None,
        gone=names[group.gone] if group.gone else None,
    )


def _arriving(group: Group, cue: str) -> Group:
    """A group of a later page: what would have been there from the start comes when the page before is cleared."""
    if group.cue in (None, "start"):
        return replace(group, cue=cue, delay=group.delay + _CLEAR, duration=_ARRIVE)
    return replace(group, delay=group.delay + _CLEAR) if group.cue == cue else group


def _cleared(going: list[Group], staying: list[Group]) -> tuple[Element, ...]:
    """The background over all that goes; what stays but meets it there is painted again."""
    if not going:
        return ()
    box = extent(element for group in going for element in group.elements)
    kept: list[Group] = []
    staying = [group for group in staying if group.elements]
    while met := [group for group in staying if group not in kept and _meet(extent(group.elements), box)]:
        kept += met
        box = _around(box, *(extent(group.elements) for group in met))
    left, top, right, bottom = max(box[0], 0), max(box[1], 0), *box[2:]
    again = (element for group in staying if group in kept for element in group.elements)
    return Ground(left, top, right - left, bottom - top), *again


Box = tuple[int, int, int, int]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _around(*boxes: Box) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def shares(count: int, parts: int) -> list[range]:
    """`count` indices divided into `parts` runs of nearly the same length, the longer ones first.

    >>> shares(7, 3)
    [range(0, 3), range(3, 5), range(5, 7)]
    """
    least, more = divmod(count, parts)
    starts = [index * least + min(index, more) for index in range(parts + 1)]
    return [range(start, end) for start, end in pairwise(starts)]
