"""Flashes of a film, counted as WCAG 2.2 does (2.3.1, "general flash").

A flash is a pair of opposing changes of relative luminance by a tenth of its range or more, the darker of the two
below 0.8, over a quarter of the picture.
"""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

CHANGE, DARKER, SHARE = 0.1, 0.8, 0.25


def luminances(film: Path) -> tuple[NDArray[np.float32], int]:
    """Relative luminance of every frame, seen from afar: frames x 36 x 64; and frames per second."""
    frames = []
    with av.open(str(film)) as file:
        stream = file.streams.video[0]
        for frame in file.decode(stream):
            level = np.clip((frame.reformat(64, 36, "gray").to_ndarray().astype(np.float32) - 16) / 219, 0, 1)
            frames.append(np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4))
        assert stream.average_rate is not None
        return np.stack(frames), round(float(stream.average_rate))


def most_flashes(frames: NDArray[np.float32], fps: int) -> float:
    """The most flashes in any second that a quarter of the picture shows."""
    way = np.zeros(frames[0].shape, int)
    high = low = frames[0]
    changes = np.zeros(frames.shape, bool)
    for index, frame in enumerate(frames):
        high, low = np.maximum(high, frame), np.minimum(low, frame)
        down = (way >= 0) & (high - frame >= CHANGE) & (frame < DARKER)
        up = (way <= 0) & (frame - low >= CHANGE) & (low < DARKER)
        changes[index] = down | up
        way = np.where(down, -1, np.where(up, 1, way))
        high, low = np.where(changes[index], frame, high), np.where(changes[index], frame, low)
    so_far = np.concatenate([np.zeros((1, *way.shape), int), changes.cumsum(axis=0)])
    within = so_far[fps:] - so_far[:-fps] if len(frames) > fps else so_far[-1:]
    seen = np.sort(within.reshape(len(within), -1), axis=1)[:, -round(SHARE * way.size)]
    return float(seen.max()) / 2
