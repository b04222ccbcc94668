"""Where words stand in a figure of boxes and lines: on their line where it has room, else beside it, and on nothing
else."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from videogen.scenes.strokes import Box, Point, around

if TYPE_CHECKING:
    import numpy as np

Extent = tuple[float, float]

_SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)
_BESIDE, _FAR = 0.3, 0.002
"""What it costs to stand beside a line, and for each pixel away from where it begins."""
_ROUNDS = 4
"""How often labels may make way for each other."""


def place_labels(
    labels: Sequence[Extent | None],
    fixed: Sequence[Point | None],
    routes: Sequence[Sequence[Point]],
    taken: Sequence[Box],
    lines: Sequence[Sequence[Point]],
    head: float,
) -> tuple[list[Point | None], int, int]:
    """A centre for every label, on its route or beside it; how many of them stand on what is `taken` or on one
    another; and how many on a route of another, or on other `lines`. Those that are `fixed` stand where they are;
    `head` is kept free at both ends of a route."""
    import numpy as np

    pieces = [_pieces(route) for route in [*routes, *lines]]
    boxes = [around(centre, label) if centre and label else None for centre, label in zip(fixed, labels, strict=True)]
    centres = list(fixed)
    found: dict[int, _Free] = {}
    for index, (label, route) in enumerate(zip(labels, routes, strict=True)):
        if label is None or fixed[index]:
            continue
        costs, places = zip(*_candidates(label, route, head), strict=True)
        others = [box for number, own in enumerate(pieces) if number != index for box in own]
        at = np.array(places)
        hits, over = _meetings(at, label, taken), _meetings(at, label, others)
        found[index] = _Free(places, np.array(costs) + 4 * hits + over, hits, over)
    state: dict[int, tuple[int, int]] = {}
    for _ in range(_ROUNDS):
        before = list(centres)
        for index, free in found.items():
            label = labels[index]
            assert label is not None
            rest = [box for number, box in enumerate(boxes) if box and number != index]
            words = _meetings(np.array(free.places), label, rest)
            best = int(np.argmin(free.costs + 4 * words))
            centres[index], boxes[index] = free.places[best], around(free.places[best], label)
            state[index] = int(free.hits[best] + words[best]), int(free.over[best])
        if centres == before:
            break
    return centres, sum(hits > 0 for hits, _ in state.values()), sum(over > 0 for _, over in state.values())


class _Free(NamedTuple):
    """Places where a label may go, what each costs, and what it meets there of what cannot move: words and boxes,
    and lines."""

    places: tuple[Point, ...]
    costs: np.ndarray
    hits: np.ndarray
    over: np.ndarray


def _meetings(centres: np.ndarray, label: Extent, boxes: Sequence[Box]) -> np.ndarray:
    """How many boxes a label meets at each of these places."""
    import numpy as np

    left, top, right, bottom = np.array(boxes, dtype=float).reshape(-1, 4).T
    x, y = centres.T[..., None]
    wide, high = label[0] / 2, label[1] / 2
    return ((x - wide < right) & (x + wide > left) & (y - high < bottom) & (y + high > top)).sum(axis=1)


def _pieces(route: Sequence[Point]) -> list[Box]:
    """The boxes of the straight pieces of a way."""
    return [
        (min(x0, x1) - 0.5, min(y0, y1) - 0.5, max(x0, x1) + 0.5, max(y0, y1) + 0.5)
        for (x0, y0), (x1, y1) in pairwise(route)
    ]


def _candidates(label: Extent, route: Sequence[Point], head: float) -> Iterator[tuple[float, Point]]:
    """Places for a label and what each costs."""
    gone = 0.0
    count = len(route) - 1
    for number, (start, end) in enumerate(pairwise(route)):
        long = math.dist(start, end)
        flat = abs(end[0] - start[0]) >= abs(end[1] - start[1])
        own = label[0] if flat else label[1]
        lost = head * (0.6 + (number == 0 or number + 1 == count)) * 2
        for share in _SHARES:
            x, y = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
            spare = min(share, 1 - share) * 2 * long
            # on a short line the arrow must still be seen
            cramped = max(0.0, own + lost - spare) / max(own, 1.0)
            far = _FAR * (gone + long * share) + 0.05 * abs(share - 0.5)
            yield far + min(cramped, 1.0) * 2, (x, y)
            for side in (1, -1):
                aside = (label[1] if flat else label[0]) / 2 + head * 0.35
                yield far + _BESIDE, (x, y - side * aside) if flat else (x + side * aside, y)
        gone += long


def place_titles(
    frames: Sequence[Box], titles: Sequence[Extent], routes: Sequence[Sequence[Point]], inset: float
) -> list[Box]:
    """The boxes of titles in the upper edge of frames: at the left, or where fewer lines come in."""
    found: list[Box] = []
    for (left, top, right, _), (wide, high) in zip(frames, titles, strict=True):
        places = [left + inset, right - inset - wide, (left + right - wide) / 2]
        boxes = [(x, top + inset * 0.6, x + wide, top + inset * 0.6 + high) for x in places]
        found.append(min(boxes, key=lambda box: sum(crosses(route, box) for route in routes)))
    return found


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have an area in common.

    >>> overlap((0, 0, 4, 4), (3, 3, 9, 9)), overlap((0, 0, 4, 4), (4, 0, 9, 9))
    (True, False)
    """
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def crosses(route: Sequence[Point], box: Box) -> bool:
    """Whether a way of straight and square pieces comes into a box.

    >>> crosses([(0, 0), (10, 0)], (4, -1, 6, 1)), crosses([(0, 0), (10, 0)], (4, 1, 6, 3))
    (True, False)
    """
    return any(overlap(piece, box) for piece in _pieces(route))
