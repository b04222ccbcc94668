"""A place of the frame that shows another picture in every frame: what it shows when, laid into the scene's ground."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from videogen.model.clip import INSTANT, Fitting, pictures
from videogen.model.errors import VideoError, Where
from videogen.model.motion import Clip, Drift, Window
from videogen.model.timing import SceneTimes
from videogen.video.canvas import Box
from videogen.video.planes import Planes, opacities, picture_planes, plane_views

REST_SECONDS = 0.5
"""A view has come to rest this long before its scene ends."""
_GAIN = 0.25
"""Share of the time in which a view gains its speed, and in which it loses it again."""
_STEP = 0.2
"""Pixels of the frame by which a view goes on before it is drawn anew: less is not seen."""

_View = tuple[float, float, float, float]


def progress(share: float) -> float:
    """How far a view has come after a share of its time, both 0 to 1: it starts and stops gently, and in between goes
    at one speed."""
    left = 1 - share
    top = 1 / (1 - _GAIN)
    if share < _GAIN:
        return top * share * share / (2 * _GAIN)
    if left < _GAIN:
        return 1 - top * left * left / (2 * _GAIN)
    return top * (share - _GAIN / 2)


def view_at(drift: Drift, times: SceneTimes, frame: int, fps: int) -> _View:
    """What is seen of a picture in a frame of the scene: left, top, right and bottom in its pixels."""
    whole = max((times.frames - times.transition) / fps - REST_SECONDS, 1 / fps)
    come = progress(min(max((frame - times.transition) / fps / whole, 0.0), 1.0))
    left, top, right, bottom = (a + (b - a) * come for a, b in zip(drift.begins, drift.ends, strict=True))
    return left, top, right, bottom


def views(drift: Drift, times: SceneTimes, fps: int, width: int) -> Iterator[_View | None]:
    """The view in each frame of the body of a scene; None where it is so near to the one before that it stays.

    `width` is that of the window. The last view is reached exactly.
    """
    shown: _View | None = None
    for frame in range(times.transition, times.frames):
        view = view_at(drift, times, frame, fps)
        pixel = (view[2] - view[0]) / width
        moved = shown is None or max(abs(a - b) for a, b in zip(view, shown, strict=True)) >= _STEP * pixel
        if moved or (view == drift.ends != shown):
            shown = view
            yield view
        else:
            yield None


def drifting(
    window: Window, drift: Drift, atlas: NDArray[np.uint8], times: SceneTimes, fps: int
) -> Iterator[Planes | None]:
    """The picture in each frame of the body of a scene, in the window's size; None where it stays as it was."""
    whole = _tile(atlas, drift.atlas_x, drift.atlas_y, drift.width, drift.height)
    # no more than what is ever seen: a view that only passes sideways then has nothing to resample up and down
    sides = list(zip(drift.begins, drift.ends, strict=True))
    left, top = (int(min(pair)) & ~1 for pair in sides[:2])
    right, bottom = (math.ceil(max(pair)) + 1 & ~1 for pair in sides[2:])
    seen = Image.fromarray(np.ascontiguousarray(whole[top:bottom, left:right, :3]))
    planes = [Image.fromarray(plane) for plane in picture_planes(seen)]
    for view in views(drift, times, fps, window.width):
        if view is None:
            yield None
            continue
        parts = []
        for index, plane in enumerate(planes):
            size = (window.width >> (index > 0), window.height >> (index > 0))
            how = Image.Resampling.BILINEAR if index else Image.Resampling.BICUBIC
            place = _within(view, (left, top), plane.size, index > 0)
            parts.append(np.asarray(plane.resize(size, how, place)))
        yield Planes(*parts)


def _within(view: _View, corner: tuple[int, int], size: tuple[int, int], halved: bool) -> _View:
    """A view in the pixels of a plane of this size that begins at a corner of the picture."""
    x0, y0, x1, y1 = (
        (side - begin) / (2 if halved else 1) for side, begin in zip(view, (*corner, *corner), strict=True)
    )
    return x0, y0, min(x1, size[0]), min(y1, size[1])


def playing(window: Window, clip: Clip, file: Path, times: SceneTimes, fps: int) -> Iterator[Planes | None]:
    """The picture of a clip in each frame of the body of a scene, in the window's size; None where it stays.

    In the first frame it is that of its start; in every other the one that is on in the middle of the frame, which is
    right to half a frame whatever its own times are. Raises VideoError where the clip cannot be read.
    """
    fit = Fitting(clip.part, window.width, window.height, "yuv420p")
    with _described(file):
        source = pictures(file, clip.start, clip.end)
        current, following = next(source)[1], next(source, None)
        fresh = True
        for frame in range(times.frames - times.transition):
            at = clip.start + (frame + 0.5) / fps
            while frame and following and following[0] <= at + INSTANT:
                current, following, fresh = following[1], next(source, None), True
            yield plane_views(fit(current)) if fresh else None
            fresh = False


@contextmanager
def _described(file: Path) -> Iterator[None]:
    """What is wrong with a clip, said with its name."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise VideoError(f"the clip cannot be played: {reason}", where=Where(str(file)), hint="save it anew") from error


class Pane:
    """Where a window's pictures are laid into the ground of a scene."""

    def __init__(self, window: Window, base: Planes, atlas: NDArray[np.uint8]) -> None:
        self.box = Box(window.x, window.y, window.x + window.width, window.y + window.height)
        height, width = base.y.shape
        if self.box.within(Box(0, 0, width, height)) != self.box:
            raise VideoError("the place of a moving picture is not inside the frame")
        self._places = [self.box.of(plane, index > 0) for index, plane in enumerate(base)]
        self._veils: list[_Veil] = []
        if window.matte:
            alpha = _tile(atlas, *window.matte, window.width, window.height)[..., 3]
            self._veils = [_veil(*pair) for pair in zip(opacities(alpha, window.x == 0), self._places, strict=True)]
        self._first: list[NDArray[np.int32]] = []

    def lay(self, picture: Planes) -> None:
        """Show a picture of the window's size. The first one has to be that which the ground shows already."""
        if self._veils and not self._first:
            self._first = [plane[veil.at].astype(np.int32) for plane, veil in zip(picture, self._veils, strict=True)]
        for place, plane in zip(self._places, picture, strict=True):
            place[...] = plane
        for place, plane, veil, first in zip(self._places, picture, self._veils, self._first, strict=False):
            seen = veil.ground + ((plane[veil.at] - first) * veil.opacity + 128 >> 8)
            place[veil.at] = np.clip(seen, 0, 255)


class _Veil(NamedTuple):
    """Where a picture is not seen as it is: rows and columns, the opacity there, and what the ground shows with the
    window's first picture."""

    at: tuple[NDArray[np.intp], NDArray[np.intp]]
    opacity: NDArray[np.int32]
    ground: NDArray[np.int32]


def _veil(opacity: NDArray[np.int32], ground: NDArray[np.uint8]) -> _Veil:
    rows, columns = np.nonzero(opacity != 256)
    return _Veil((rows, columns), opacity[rows, columns], ground[rows, columns].astype(np.int32))


def _tile(atlas: NDArray[np.uint8], left: int, top: int, width: int, height: int) -> NDArray[np.uint8]:
    tile = atlas[top : top + height, left : left + width]
    if left < 0 or top < 0 or tile.shape[:2] != (height, width):
        raise VideoError("a moving picture lies outside the picture of the layers")
    return tile
