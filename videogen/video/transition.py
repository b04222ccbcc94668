"""The transition into a scene: how one still picture gives way to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from videogen.model.film import FilmFormat, Transition
from videogen.model.timing import transition_frames
from videogen.video.between import between
from videogen.video.encoder import SegmentEncoder
from videogen.video.motion import ease
from videogen.video.planes import Plane, Planes, picture_planes, read_rgb

_ROWS = 32
"""Rows done at a time, for the processor's cache; even."""
_ZOOM = 0.08
"""By how much the old picture has grown at the end of a zoom."""


def encode_transition(
    previous: Path | None,
    first: Path,
    fmt: FilmFormat,
    grounds: tuple[Path, Path] | None = None,
    reference: bool = False,
) -> bytes:
    """The first `transition_frames` frames of a scene as a video-only MP4.

    They lead from `previous`, the last picture of the scene before, to `first` in the manner that the format names;
    the frame before the first and the one after the last are the two pictures themselves. `grounds` are both slides
    without what they show: a crossfade passes through them, and without them it fades the one picture into the other.
    Without `previous`, where both are equal, and for a cut, `first` is held. Raises VideoError when a picture cannot
    be read or does not fit.
    """
    frames = transition_frames(fmt.fps)
    read = _Pictures(fmt)
    after = read(first)
    before = read(previous) if previous else after
    encoder = SegmentEncoder(fmt, reference)
    same = all(np.array_equal(start, end) for start, end in zip(before, after, strict=True))
    if same or fmt.transition == "cut":
        _put(encoder.planes, after)
        encoder.add(frames)
        return encoder.finish()
    _put(encoder.planes, before)
    if fmt.transition == "crossfade" and grounds:
        middle = between(before, after, (read(grounds[0]), read(grounds[1])))
        pictures = _crossfade(encoder.planes, before, middle, after, frames)
    else:
        pictures = _WAYS[fmt.transition](encoder.planes, before, after, frames)
    for _ in pictures:
        encoder.add(1)
    return encoder.finish()


class _Pictures:
    """Reads pictures of one film: those whose files are alike, as grounds often are, once."""

    def __init__(self, fmt: FilmFormat) -> None:
        self._fmt = fmt
        self._known: dict[bytes, Planes] = {}

    def __call__(self, path: Path) -> Planes:
        file = path.read_bytes() if path.exists() else b""
        if file not in self._known:
            self._known[file] = picture_planes(read_rgb(path, self._fmt.width, self._fmt.height))
        return self._known[file]


def _put(target: Planes, source: Planes) -> None:
    for plane, other in zip(target, source, strict=True):
        plane[...] = other


def _crossfade(target: Planes, before: Planes, middle: Planes, after: Planes, frames: int) -> Iterator[None]:
    """The old picture gives way to the one in the middle, and the new one comes out of that, each in half the time.

    A plain crossfade shows both texts at once, one over the other.
    """
    half = (frames + 1) // 2
    yield from _fade(target, before, middle, half, half)
    yield from _fade(target, middle, after, frames + 1 - half, frames - half)


def _dissolve(target: Planes, before: Planes, after: Planes, frames: int) -> Iterator[None]:
    """The old picture fades into the new one."""
    yield from _fade(target, before, after, frames + 1, frames)


def _fade(target: Planes, start: Planes, end: Planes, steps: int, drawn: int) -> Iterator[None]:
    """The first `drawn` of so many equal steps from one picture to another."""
    fades = [
        Fade(plane, one, other, steps)
        for plane, one, other in zip(target, start, end, strict=True)
        if not np.array_equal(one, other)
    ]
    for _ in range(drawn):
        for fade in fades:
            fade.step()
        yield


def _edges(target: Planes, frames: int) -> Iterator[int]:
    """Columns by which something that crosses the frame has come, even, once a frame."""
    width = target.y.shape[1]
    for index in range(1, frames + 1):
        yield round(ease("in_out", index / (frames + 1)) * width / 2) * 2


def _wipe(target: Planes, before: Planes, after: Planes, frames: int) -> Iterator[None]:
    """The new picture is uncovered from the left."""
    for edge in _edges(target, frames):
        for index, (plane, new) in enumerate(zip(target, after, strict=True)):
            column = edge >> (index > 0)
            plane[:, :column] = new[:, :column]
        yield


def _slide(target: Planes, before: Planes, after: Planes, frames: int) -> Iterator[None]:
    """The new picture comes from the right and covers the old one."""
    for edge in _edges(target, frames):
        for index, (plane, new) in enumerate(zip(target, after, strict=True)):
            column = edge >> (index > 0)
            plane[:, plane.shape[1] - column :] = new[:, :column]
        yield


def _push(target: Planes, before: Planes, after: Planes, frames: int) -> Iterator[None]:
    """The new picture comes from the right and pushes the old one out."""
    for edge in _edges(target, frames):
        for index, (plane, old, new) in enumerate(zip(target, before, after, strict=True)):
            column = edge >> (index > 0)
            rest = plane.shape[1] - column
            plane[:, :rest] = old[:, column:]
            plane[:, rest:] = new[:, :column]
        yield


def _zoom(target: Planes, before: Planes, after: Planes, frames: int) -> Iterator[None]:
    """The old picture comes nearer and dissolves over the new one, in the middle half of the time: two texts one over
    the other are not looked at for long."""
    pictures = [Image.fromarray(plane) for plane in before]
    for index in range(1, frames + 1):
        progress = index / (frames + 1)
        share = 1 / (1 + _ZOOM * ease("in_out", progress))
        opacity = round(min(max(1.5 - 2 * progress, 0.0), 1.0) * 256)
        for plane, old, new in zip(target, pictures, after, strict=True):
            width, height = old.size
            cut = ((1 - share) / 2 * width, (1 - share) / 2 * height, (1 + share) / 2 * width, (1 + share) / 2 * height)
            nearer = np.asarray(old.resize(old.size, Image.Resampling.BILINEAR, box=cut))
            mixed = nearer * np.uint16(opacity)
            mixed += new * np.uint16(256 - opacity)
            mixed += np.uint16(128)
            np.right_shift(mixed, np.uint16(8), out=plane, casting="unsafe")
        yield


_WAYS: dict[Transition, Callable[[Planes, Planes, Planes, int], Iterator[None]]] = {
    "crossfade": _dissolve,
    "slide": _slide,
    "push": _push,
    "wipe": _wipe,
    "zoom": _zoom,
}
"""Each draws a frame onto the target, which holds the old picture to begin with, and yields, once for every frame."""


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
