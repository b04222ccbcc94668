"""Ways of lines: trimmed at what they lead to, rounded where they turn, broken where a label stands on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Box = tuple[float, float, float, float]

Extent = tuple[float, float]

_ARC = 6
"""Straight pieces that a corner is made of."""


def around(centre: Point, extent: Extent) -> Box:
    """The box of a width and height about a point.

    >>> around((5, 5), (4, 2))
    (3.0, 4.0, 7.0, 6.0)
    """
    (x, y), (wide, high) = centre, extent
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def rounded(points: Sequence[Point], radius: float) -> list[Point]:
    """The way with its corners rounded, by half of a short side at most.

    >>> rounded([(0, 0), (10, 0)], 4)
    [(0, 0), (10, 0)]
    """
    points = [point for index, point in enumerate(points) if not index or math.dist(point, points[index - 1]) > 1e-6]
    found: list[Point] = list(points[:1])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        start, end = toward(corner, before, reach), toward(corner, after, reach)
        for step in range(_ARC + 1):
            t = step / _ARC
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
            found.append((a * start[0] + b * corner[0] + c * end[0], a * start[1] + b * corner[1] + c * end[1]))
    return [*found, points[-1]] if len(points) > 1 else found


def toward(start: Point, end: Point, distance: float) -> Point:
    """So far from one point to another.

    >>> toward((0, 0), (10, 0), 4)
    (4.0, 0.0)
    """
    share = distance / max(math.dist(start, end), 1e-9)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def reaching(points: Sequence[Point], outline: Sequence[Point]) -> list[Point]:
    """A way that ends at the border of the box around a convex outline, led on until it meets the outline itself."""
    before, last = points[-2], points[-1]
    far = toward(last, before, -1e4)
    met = [
        hit for side in zip(outline, [*outline[1:], outline[0]], strict=True) if (hit := _meeting((last, far), side))
    ]
    return [*points[:-1], min(met, key=lambda hit: math.dist(hit, last))] if met else list(points)


def _meeting(one: tuple[Point, Point], other: tuple[Point, Point]) -> Point | None:
    """Where two stretches meet, if they do."""
    ((ax, ay), (bx, by)), ((cx, cy), (dx, dy)) = one, other
    area = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if abs(area) < 1e-9:
        return None
    t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / area
    u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / area
    return (ax + t * (bx - ax), ay + t * (by - ay)) if -1e-9 <= t <= 1 and -1e-9 <= u <= 1 + 1e-9 else None


def broken(points: Sequence[Point], boxes: Sequence[Box]) -> list[list[Point]]:
    """What of a way is outside of boxes, piece by piece.

    >>> broken([(0, 0), (10, 0)], [(4, -1, 6, 1)])
    [[(0, 0), (4.0, 0.0)], [(6.0, 0.0), (10, 0)]]
    """
    pieces: list[list[Point]] = [[points[0]]]
    for start, end in pairwise(points):
        for a, b in _outside(start, end, boxes):
            if math.dist(pieces[-1][-1], a) > 1e-6:
                pieces.append([a])
            pieces[-1].append(b)
    return [piece for piece in pieces if len(piece) > 1]


def _outside(start: Point, end: Point, boxes: Sequence[Box]) -> list[tuple[Point, Point]]:
    (x0, y0), (x1, y1) = start, end
    hidden: list[tuple[float, float]] = []
    for left, top, right, bottom in boxes:
        enter, leave = 0.0, 1.0
        for begin, step, low, high in ((x0, x1 - x0, left, right), (y0, y1 - y0, top, bottom)):
            if abs(step) < 1e-9:
                enter, leave = (enter, leave) if low < begin < high else (1.0, 0.0)
                continue
            near, far = sorted(((low - begin) / step, (high - begin) / step))
            enter, leave = max(enter, near), min(leave, far)
        if enter < leave:
            hidden.append((enter, leave))

    def at(share: float) -> Point:
        return (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share) if 0 < share < 1 else (end if share else start)

    shown: list[tuple[Point, Point]] = []
    done = 0.0
    for enter, leave in [*sorted(hidden), (1.0, 1.0)]:
        if enter > done:
            shown.append((at(done), at(enter)))
        done = max(done, leave)
    return shown
