"""The body of a scene: everything after the transition into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from videogen.model.errors import VideoError, Where
from videogen.model.film import FilmFormat
from videogen.model.motion import Drift, Motion, Window
from videogen.model.timing import SceneTimes
from videogen.video.canvas import Canvas
from videogen.video.encoder import SegmentEncoder
from videogen.video.motion import State, runs
from videogen.video.planes import Planes, picture_planes, read_rgb, read_rgba
from videogen.video.window import Pane, drifting, playing


class Over(NamedTuple):
    """What lies over a scene's own layers."""

    layers: Path
    motion: Motion


def encode_body(
    first: Path,
    layers: Path,
    motion: Motion,
    times: SceneTimes,
    fmt: FilmFormat,
    reference: bool = False,
    over: Over | None = None,
    clip: Path | None = None,
) -> bytes:
    """Frames [transition, frames) of a scene as a video-only MP4.

    `first` is the picture to begin with, `layers` the atlas of what appears. `reference` has x264 code every
    frame instead of holding still ones. `clip` is the file that plays in the window, where the motion names one. Raises
    VideoError when a picture or the clip cannot be read or does not fit.
    """
    if (motion.width, motion.height) != (fmt.width, fmt.height):
        raise VideoError(
            f"the scene was drawn for {motion.width} x {motion.height} pixels, the film is {fmt.width} x {fmt.height}",
            where=Where(str(first)),
            hint="delete the scene's pictures, so that the next build draws them again",
        )
    base = picture_planes(read_rgb(first, fmt.width, fmt.height))
    atlas = _atlas(layers, motion)
    if over:
        motion, atlas = _joined(motion, atlas, over.motion, _atlas(over.layers, over.motion))
    encoder = SegmentEncoder(fmt, reference, moving=motion.window is not None)
    canvas = Canvas(encoder.planes, base, motion, atlas)
    states = runs(motion, times, fmt.fps)
    if motion.window:
        pictures = _pictures(motion.window, atlas, clip, times, fmt.fps)
        _add_moving(encoder, canvas, states, Pane(motion.window, base, atlas), pictures)
    else:
        for state, frames in states:
            canvas.show(state)
            encoder.add(frames)
    return encoder.finish()


def _pictures(
    window: Window, atlas: NDArray[np.uint8], clip: Path | None, times: SceneTimes, fps: int
) -> Iterator[Planes | None]:
    if isinstance(window.shows, Drift):
        return drifting(window, window.shows, atlas, times, fps)
    return playing(window, window.shows, clip or Path(window.shows.path), times, fps)


def _add_moving(
    encoder: SegmentEncoder,
    canvas: Canvas,
    states: Iterable[tuple[State, int]],
    pane: Pane,
    pictures: Iterable[Planes | None],
) -> None:
    """Add every frame; `pictures` are what the pane shows in each, None where that stays as it was."""
    shown: State | None = None
    still = 0
    each = (state for state, frames in states for _ in range(frames))
    for state, picture in zip(each, pictures, strict=True):
        if picture is None and state == shown:
            still += 1
            continue
        if still:
            encoder.add(still)
        if picture is not None:
            pane.lay(picture)
        canvas.show(state, pane.box if picture is not None else None)
        shown, still = state, 1
    encoder.add(still)


def _atlas(layers: Path, motion: Motion) -> NDArray[np.uint8]:
    return np.asarray(read_rgba(layers)) if motion.layers or motion.window else np.empty((0, 0, 4), np.uint8)


def _joined(
    below: Motion, atlas: NDArray[np.uint8], above: Motion, other: NDArray[np.uint8]
) -> tuple[Motion, NDArray[np.uint8]]:
    """Two motions as one, the second drawn over the first; its part of the atlas is under the first's."""
    height, width = atlas.shape[0] + other.shape[0], max(atlas.shape[1], other.shape[1])
    whole = np.zeros((height, width, 4), np.uint8)
    whole[: atlas.shape[0], : atlas.shape[1]] = atlas
    whole[atlas.shape[0] :, : other.shape[1]] = other
    layers = [
        layer.model_copy(update={"id": f"over/{layer.id}", "atlas_y": layer.atlas_y + atlas.shape[0]})
        for layer in above.layers
    ]
    moves = [move.model_copy(update={"layer": f"over/{move.layer}"}) for move in above.moves]
    return below.model_copy(update={"layers": below.layers + layers, "moves": below.moves + moves}), whole
