"""Which layers show where in each frame of a scene. Pure arithmetic on the law of `videogen.model.motion.Move`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from videogen.model.errors import VideoError
from videogen.model.motion import Easing, Layer, Motion, Move
from videogen.model.timing import SceneTimes

OPAQUE = 256


class Shown(NamedTuple):
    """A layer in one frame: opacity 0 to 256, pixels off its place, and pixels of it that are covered at each side; or
    the box, with even sides, into which it is scaled."""

    opacity: int
    dx: int
    dy: int
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0
    scaled: tuple[int, int, int, int] | None = None


HIDDEN = Shown(0, 0, 0)
AT_REST = Shown(OPAQUE, 0, 0)

State = tuple[Shown, ...]
"""Every layer of a scene in one frame, in drawing order."""

_OVERSHOOT = 1.4
_INSTANT = 1e-9
"""Times that differ by less than this many seconds are one."""


def ease(easing: Easing, progress: float) -> float:
    """How far a move has come at a progress of 0 to 1: 0 at 0, 1 at 1; `back` goes past 1 on its way.

    Cubic curves; `back` is 1 + (s + 1)(p - 1)^3 + s(p - 1)^2 with s = 1.4 (R. Penner, "Motion, Tweening, and
    Easing", 2002, has 1.70158, which bounces by a tenth; this bounces by a sixteenth).
    """
    left = progress - 1
    if easing == "linear":
        return progress
    if easing == "out":
        return 1 + left**3
    if easing == "back":
        return 1 + (_OVERSHOOT + 1) * left**3 + _OVERSHOOT * left**2
    return 4 * progress**3 if progress < 0.5 else 1 + 4 * left**3


@dataclass(frozen=True)
class _Timed:
    """A move with its time on the scene's clock, seconds."""

    move: Move
    layer: Layer
    start: float
    duration: float

    def shown(self, seconds: float) -> Shown:
        """The layer at a time when this is the last of its moves that has begun."""
        entering = self.move.effect == "enter"
        # frame times are inexact sums: an instant that is meant to be the end must be the end
        elapsed = max(seconds - self.start, 0.0)
        if elapsed >= self.duration - _INSTANT:
            return AT_REST if entering else HIDDEN
        progress = elapsed / self.duration
        return _partly(self.move, self.layer, progress if entering else 1 - progress)


def _partly(move: Move, layer: Layer, progress: float) -> Shown:
    come = ease(move.easing, progress)
    if move.zoom:
        place = layer.x, layer.y, layer.x + layer.width, layer.y + layer.height
        left, top, right, bottom = (2 * round((a + (b - a) * come) / 2) for a, b in zip(move.zoom, place, strict=True))
        return Shown(OPAQUE, 0, 0, scaled=(left, top, max(right, left + 2), max(bottom, top + 2)))
    if move.steps:
        come = math.floor(come * move.steps + 1e-9) / move.steps
    dx, dy = round((1 - come) * move.dx), round((1 - come) * move.dy)
    if move.reveal is None:
        opacity = OPAQUE if move.steps else round(progress * OPAQUE)
        return Shown(opacity, dx, dy) if opacity else HIDDEN
    size = layer.width if move.reveal in ("left", "right") else layer.height
    covered = size - round(min(max(come, 0.0), 1.0) * size)
    if covered >= size:
        return HIDDEN
    # what is uncovered from the left is still covered at the right
    far = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[move.reveal]
    return Shown(OPAQUE, dx, dy)._replace(**{far: covered})


def state_at(motion: Motion, times: SceneTimes, seconds: float) -> State:
    """The state of a scene at a time on its own clock. Raises VideoError when moves and layers do not match."""
    return tuple(_state(timed, seconds) for timed in _timed(motion, times))


def _state(moves: list[_Timed], seconds: float) -> Shown:
    begun = [timed for timed in moves if timed.start <= seconds + _INSTANT]
    return begun[-1].shown(seconds) if begun else HIDDEN


def _timed(motion: Motion, times: SceneTimes) -> list[list[_Timed]]:
    """The moves of each layer, in drawing order of the layers, with their times."""
    layers = {layer.id: layer for layer in motion.layers}
    moves: dict[str, list[Move]] = {layer.id: [] for layer in motion.layers}
    if len(layers) != len(motion.layers) or not {move.layer for move in motion.moves} <= set(layers):
        raise _mismatch(motion)
    for move in motion.moves:
        moves[move.layer].append(move)
    found = [[_at(move, layers[name], times) for move in own] for name, own in moves.items()]
    for own in found:
        effects = [timed.move.effect for timed in own]
        if effects != [("enter", "exit")[index % 2] for index in range(max(len(own), 1))]:
            raise _mismatch(motion)
    return found


def _mismatch(motion: Motion) -> VideoError:
    return VideoError(
        "every layer of a scene must enter, and then exit and enter by turns",
        details={"layers": [layer.id for layer in motion.layers], "moves": [move.layer for move in motion.moves]},
    )


def _at(move: Move, layer: Layer, times: SceneTimes) -> _Timed:
    try:
        start = times.at(move.cue) + move.delay
        longest = move.duration
        if move.until:
            start = min(start, max(times.at(move.until), times.at(move.cue)))
            longest = max(times.at(move.until) - start, 0.0)
    except KeyError as error:
        raise VideoError(f'a move waits for the cue "{error.args[0]}", which the scene does not have') from None
    return _Timed(move, layer, start, min(move.duration, longest))


def runs(motion: Motion, times: SceneTimes, fps: int) -> Iterator[tuple[State, int]]:
    """The body of a scene, frames [transition, frames), as states with the number of frames each lasts.

    Neighbouring states differ; in the last one every move is over when the times come from `scene_times`.
    """
    timed = _timed(motion, times)
    # frames in which something may be in motion: between them nothing has to be worked out
    busy: set[int] = set()
    for move in (move for own in timed for move in own):
        first = math.floor(move.start * fps) - 1
        busy.update(range(first, first + math.ceil(move.duration * fps) + 4))
    state: State | None = None
    length = 0
    for frame in range(times.transition, times.frames):
        if state is not None and frame not in busy:
            length += 1
            continue
        current = tuple(_state(own, frame / fps) for own in timed)
        if current == state:
            length += 1
            continue
        if state is not None:
            yield state, length
        state, length = current, 1
    if state is not None:
        yield state, length
