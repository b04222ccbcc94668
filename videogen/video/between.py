"""The picture half way between two scenes: what both show stays, all else has given way to the ground."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from videogen.video.planes import Planes

_CELLS = 135
"""Cells from top to bottom: with 1080 lines squares of 8."""
_REACH = (2, 4)
"""Cells down and across within which things hang together: the lines of a text, the words of a line."""


def between(before: Planes, after: Planes, grounds: tuple[Planes, Planes]) -> Planes:
    """Of two pictures and the grounds that each stands on, the one half way.

    What changes between them is gone, with all that hangs together with it, so that neither half a text nor a hole in
    a panel is left; where it was are the two grounds, mixed. All else is the same in both, and stays.
    """
    side = 2 * max(1, round(after.y.shape[0] / _CELLS / 2))
    changes = _differing(before, after, side)
    shown = _differing(before, grounds[0], side) | _differing(after, grounds[1], side)
    gone = _hanging_together(changes, shown)
    return Planes(
        *(
            np.where(_spread(gone, side >> (index > 0), new.shape), _mean(*bare), new)
            for index, (new, *bare) in enumerate(zip(after, *grounds, strict=True))
        )
    )


def _mean(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.uint8]:
    # without a sum that does not fit a byte, rounded up
    return (one | other) - ((one ^ other) >> np.uint8(1))


def _differing(one: Planes, other: Planes, side: int) -> NDArray[np.bool_]:
    """Which cells, squares of `side` lines of luma, differ in any plane."""
    planes = (_cells(a != b, side >> (index > 0)) for index, (a, b) in enumerate(zip(one, other, strict=True)))
    return np.logical_or.reduce(list(planes))


def _cells(field: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    """Whether anything is true in every square of `side`."""
    padded = np.pad(field, [(0, -length % side) for length in field.shape])
    rows = np.logical_or.reduce(padded.reshape(padded.shape[0] // side, side, -1), axis=1)
    return np.logical_or.reduce(rows.reshape(rows.shape[0], -1, side), axis=2)


def _hanging_together(seeds: NDArray[np.bool_], field: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The seeds, and all of a field that can be reached from them."""
    reached = seeds
    while True:
        further = seeds | (_near(reached) & field)
        if np.array_equal(further, reached):
            return reached
        reached = further


def _near(cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells that are true, or within reach of one that is."""
    for axis, reach in enumerate(_REACH):
        padded = np.pad(cells, [(reach, reach) if axis == side else (0, 0) for side in (0, 1)])
        cells = np.logical_or.reduce(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis=axis), axis=2)
    return cells


def _spread(cells: NDArray[np.bool_], side: int, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Every cell over its square."""
    return cells.repeat(side, axis=0).repeat(side, axis=1)[: shape[0], : shape[1]]
