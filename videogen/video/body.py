"""The body of a scene: everything after the transition into it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from videogen.model.errors import VideoError, Where
from videogen.model.film import FilmFormat
from videogen.model.motion import Motion
from videogen.model.timing import SceneTimes
from videogen.video.canvas import Canvas
from videogen.video.encoder import SegmentEncoder
from videogen.video.motion import runs
from videogen.video.planes import picture_planes, read_rgb, read_rgba


def encode_body(
    first: Path, layers: Path, motion: Motion, times: SceneTimes, fmt: FilmFormat, reference: bool = False
) -> bytes:
    """Frames [transition, frames) of a scene as a video-only MP4.

    `first` is the picture to begin with, `layers` the atlas of what appears. `reference` has x264 code every
    frame instead of holding still ones. Raises VideoError when a picture cannot be read or does not fit.
    """
    if (motion.width, motion.height) != (fmt.width, fmt.height):
        raise VideoError(
            f"the scene was drawn for {motion.width} x {motion.height} pixels, the film is {fmt.width} x {fmt.height}",
            where=Where(str(first)),
            hint="delete the scene's pictures, so that the next build draws them again",
        )
    base = picture_planes(read_rgb(first, fmt.width, fmt.height))
    atlas = np.asarray(read_rgba(layers)) if motion.layers else np.empty((0, 0, 4), np.uint8)
    encoder = SegmentEncoder(fmt, reference)
    canvas = Canvas(encoder.planes, base, motion, atlas)
    for state, frames in runs(motion, times, fmt.fps):
        canvas.show(state)
        encoder.add(frames)
    return encoder.finish()
