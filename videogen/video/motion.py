"""Which layers show where in each frame of a scene. Pure arithmetic on the law of `videogen.model.motion.Move`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from videogen.model.errors import VideoError
from videogen.model.motion import Motion, Move
from videogen.model.timing import SceneTimes

OPAQUE = 256


class Shown(NamedTuple):
    """A layer in one frame: opacity 0 to 256, and pixels off its place."""

    opacity: int
    dx: int
    dy: int


HIDDEN = Shown(0, 0, 0)
AT_REST = Shown(OPAQUE, 0, 0)

State = tuple[Shown, ...]
"""Every layer of a scene in one frame, in drawing order."""


def _shown(move: Move, elapsed: float) -> Shown:
    """A layer, `elapsed` seconds after its move begins."""
    # frame times are inexact sums: an instant that is meant to be the end must be the end
    if elapsed >= move.duration - 1e-9:
        return AT_REST if elapsed >= -1e-9 else HIDDEN
    if elapsed <= 0:
        return HIDDEN
    progress = elapsed / move.duration
    away = (1 - progress) ** 3
    opacity = round(progress * OPAQUE)
    return Shown(opacity, round(away * move.dx), round(away * move.dy)) if opacity else HIDDEN


def state_at(motion: Motion, times: SceneTimes, seconds: float) -> State:
    """The state of a scene at a time on its own clock. Raises VideoError when moves and layers do not match."""
    moves = {move.layer: move for move in motion.moves}
    return tuple(_shown(moves[name], seconds - start) for name, start in _starts(motion, times))


def _starts(motion: Motion, times: SceneTimes) -> list[tuple[str, float]]:
    """When each layer begins to move, in drawing order."""
    names = [layer.id for layer in motion.layers]
    moves = {move.layer: move for move in motion.moves}
    if len(set(names)) != len(names) or len(moves) != len(motion.moves) or set(moves) != set(names):
        raise VideoError(
            "every layer of a scene must have one move, and every move one layer",
            details={"layers": names, "moves": [move.layer for move in motion.moves]},
        )
    unknown = sorted({move.cue for move in motion.moves} - set(times.cues))
    if unknown:
        raise VideoError(f'a move waits for the cue "{unknown[0]}", which the scene does not have')
    return [(name, times.cues[moves[name].cue] + moves[name].delay) for name in names]


def runs(motion: Motion, times: SceneTimes, fps: int) -> Iterator[tuple[State, int]]:
    """The body of a scene, frames [transition, frames), as states with the number of frames each lasts.

    Neighbouring states differ; the last one has every layer at rest when the times come from `scene_times`.
    """
    starts = _starts(motion, times)
    moves = {move.layer: move for move in motion.moves}
    # frames in which something may be in motion: between them nothing has to be worked out
    busy: set[int] = set()
    for name, start in starts:
        first = math.floor(start * fps) - 1
        busy.update(range(first, first + math.ceil(moves[name].duration * fps) + 4))
    state: State | None = None
    length = 0
    for frame in range(times.transition, times.frames):
        if state is not None and frame not in busy:
            length += 1
            continue
        current = tuple(_shown(moves[name], frame / fps - start) for name, start in starts)
        if current == state:
            length += 1
            continue
        if state is not None:
            yield state, length
        state, length = current, 1
    if state is not None:
        yield state, length
