"""The picture half way between two scenes: what both show stays, what only one shows has given way to the ground."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from videogen.video.planes import Planes

_INK = 24
"""Levels of luma by which what is written stands out at least; a panel does so by less."""
_TINT = 3
"""Levels by which a panel's ground may differ from the slide's without being seen as a shape."""
_REACH = 3
"""Cells each way in which the ground around a stroke is looked for: with cells of 8 lines of 1080 wider than a stem."""
_LETTER = 8
"""Cells across in which ink belongs to ink that changes: about a letter of a header."""


def between(before: Planes, after: Planes) -> Planes:
    """Of two pictures, everywhere what is nearer in luma to the ground, which is what their margins have in common.

    Where the two differ, no ink is left either: where letters of the one cross letters of the other or a panel's
    edge, their common parts would stand there as splinters.
    """
    height = after.y.shape[0]
    ground = np.int16(np.median([_margins(before), _margins(after)]))
    fine = [np.abs(planes.y - ground) for planes in (before, after)]
    coarse = [
        (part[0::2, 0::2] + part[1::2, 0::2] + part[0::2, 1::2] + part[1::2, 1::2]) >> np.int16(2) for part in fine
    ]
    cell = 2 * max(1, round(height / 270))
    changes = _cells(np.abs(before.y - after.y.astype(np.int16)), cell, np.maximum)
    near, wide = _near(changes, np.maximum, _REACH, _REACH) > _INK, _near(changes, np.maximum, _REACH, _LETTER) > _INK
    # how much may stand out: no more than a tint next to what changes, no ink near it, anything elsewhere
    limit = np.where(near, _TINT, np.where(wide, _INK, 255)).astype(np.uint16)
    planes = []
    for one, other, apart, side in zip(
        before, after, (fine, coarse, coarse), (cell, cell // 2, cell // 2), strict=True
    ):
        nearer = apart[0] < apart[1]
        kept = np.where(nearer, one, other)
        distance = np.where(nearer, *apart).astype(np.uint16)
        # distance and level in one number: the least of a neighbourhood is the level nearest to the ground
        bare = _near(_cells(distance << np.uint16(8) | kept, side, np.minimum), np.minimum, _REACH, _REACH)
        highest = _spread((bare >> np.uint16(8)) + limit, side, kept.shape)
        bare = _spread(bare.astype(np.uint8), side, kept.shape)
        splinter = distance > highest
        planes.append(np.where(splinter, bare, kept))
    return Planes(*planes)


def _margins(planes: Planes) -> list[float]:
    """The median luma of each of a picture's four margins: a panel may fill one of them, decoration another."""
    height, width = planes.y.shape
    outer, inner = height // 50, height // 20
    sides = np.s_[:, outer:inner], np.s_[:, width - inner : width - outer]
    ends = np.s_[outer:inner], np.s_[height - inner : height - outer]
    return [float(np.median(planes.y[part][::2, ::2])) for part in (*sides, *ends)]


def _cells(field: NDArray, side: int, of: np.ufunc) -> NDArray:
    """The least or greatest of every square of `side`."""
    padded = np.pad(field, [(0, -length % side) for length in field.shape], "edge")
    rows = of.reduce(padded.reshape(padded.shape[0] // side, side, -1), axis=1)
    return of.reduce(rows.reshape(rows.shape[0], -1, side), axis=2)


def _near(cells: NDArray, of: np.ufunc, down: int, across: int) -> NDArray:
    """The least or greatest of all cells at most so many away."""
    for axis, reach in enumerate((down, across)):
        padded = np.pad(cells, [(reach, reach) if axis == side else (0, 0) for side in (0, 1)], "edge")
        cells = of.reduce(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis=axis), axis=2)
    return cells


def _spread(cells: NDArray, side: int, shape: tuple[int, ...]) -> NDArray:
    """Every cell over its square."""
    return cells.repeat(side, axis=0).repeat(side, axis=1)[: shape[0], : shape[1]]
