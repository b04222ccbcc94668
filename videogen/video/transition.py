"""The transition into a scene: one still picture gives way to the ground, and the next comes out of it.

A plain crossfade shows both texts at once, one over the other. Here what is leaving fades away first, and what
is coming fades in after it; what both pictures share stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from videogen.model.film import FilmFormat
from videogen.model.timing import transition_frames
from videogen.video.between import between
from videogen.video.encoder import SegmentEncoder
from videogen.video.planes import Plane, Planes, picture_planes, read_rgb

_ROWS = 32
"""Rows done at a time, for the processor's cache; even."""


def encode_transition(previous: Path | None, first: Path, fmt: FilmFormat, reference: bool = False) -> bytes:
    """The first `transition_frames` frames of a scene as a video-only MP4.

    They lead from `previous`, the last picture of the scene before, to `between` of the two in equal steps, and
    from there to `first`, each half of the way; the frame before the first and the one after the last are the two
    pictures themselves. Without `previous`, or where both are equal, `first` is held. Raises VideoError when a
    picture cannot be read or does not fit.
    """
    frames = transition_frames(fmt.fps)
    after = picture_planes(read_rgb(first, fmt.width, fmt.height))
    before = picture_planes(read_rgb(previous, fmt.width, fmt.height)) if previous else after
    encoder = SegmentEncoder(fmt, reference)
    for plane, source in zip(encoder.planes, before, strict=True):
        plane[...] = source
    if previous is None or _equal(before, after):
        encoder.add(frames)
        return encoder.finish()
    middle, half = between(before, after), (frames + 1) // 2
    for start, end, steps, drawn in ((before, middle, half, half), (middle, after, frames + 1 - half, frames - half)):
        fades = [
            Fade(target, one, other, steps)
            for target, one, other in zip(encoder.planes, start, end, strict=True)
            if not np.array_equal(one, other)
        ]
        for _ in range(drawn):
            for fade in fades:
                fade.step()
            encoder.add(1)
    return encoder.finish()


def _equal(before: Planes, after: Planes) -> bool:
    return all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


class Fade:
    """A plane on its way from `start` to `end` in `steps` equal steps, touching only what differs between them."""

    def __init__(self, target: Plane, start: Plane, end: Plane, steps: int) -> None:
        differs = start != end
        rows, columns = (np.flatnonzero(differs.any(axis=axis)) for axis in (1, 0))
        part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        self._target = target[part]
        # 1/256 of a level; half a level is added once, so that cutting off rounds
        self._value = start[part].astype(np.uint16) * np.uint16(256) + np.uint16(128)
        # modulo 2^16 a step down is a step up: no sign has to be kept
        signed = np.empty(self._value.shape, np.int16)
        self._step: NDArray[np.uint16] = signed.view(np.uint16)
        for rows in self._chunks():
            way = np.subtract(end[part][rows], start[part][rows], dtype=np.float32)
            np.rint(way * np.float32(256 / steps), out=signed[rows], casting="unsafe")

    def step(self) -> None:
        """One step further, drawn onto the target."""
        for rows in self._chunks():
            value = self._value[rows]
            value += self._step[rows]
            np.right_shift(value, np.uint16(8), out=self._target[rows], casting="unsafe")

    def _chunks(self) -> Iterator[slice]:
        return (slice(top, top + _ROWS) for top in range(0, len(self._value), _ROWS))
