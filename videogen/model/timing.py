"""When things happen: words in a narration, cues in a scene, scenes in a film. Pure arithmetic.

Scenes last whole frames. A scene of N frames begins with `TRANSITION` frames in which the previous scene
gives way to this one's first picture; then comes its body. Nothing moves and nobody speaks during a
transition, so a transition depends on two still pictures only, and a body not on its neighbours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from videogen.model.base import Model
from videogen.model.motion import Motion
from videogen.model.script import SceneClock

SAMPLE_RATE = 48_000
"""Samples per second of every narration, mono."""

TRANSITION_SECONDS = 0.4
LEAD_SECONDS = 0.1
"""From the end of the transition to the narration's first sample."""

AAC_FRAME = 1024
"""Samples in an AAC-LC frame; narrations end in at least this much silence."""


class Word(Model):
    """A whitespace-separated word of the narration, as displayed; seconds from the narration's first sample."""

    text: str
    start: float = Field(ge=0)
    end: float = Field(ge=0)


class Timing(Model):
    """`timing.json`. `[w.text for w in words]` equals the narration's text split at whitespace."""

    voice: str
    samples: int = Field(ge=0)
    """True length of the narration, samples at SAMPLE_RATE, without codec delay or padding."""
    words: list[Word]
    estimated: bool = False
    """The engine gave no word times: they were estimated."""
    loudness: float | None = None
    """LUFS, integrated; None when too short to measure or silent."""
    spoken: str = ""
    """What the engine was given to say."""
    engine: dict[str, str] = Field(default_factory=dict)
    """Name, version and licence of what spoke, for the manifest."""

    @property
    def seconds(self) -> float:
        """True length of the narration, seconds."""
        return self.samples / SAMPLE_RATE


@dataclass(frozen=True)
class SceneTimes:
    """A scene on its own clock: seconds and frames count from the scene's first frame (of its transition)."""

    frames: int
    transition: int
    narration: float
    """Start of the narration, seconds."""
    cues: dict[str, float]
    """When each cue comes, seconds."""


def transition_frames(fps: int) -> int:
    """Frames of a transition."""
    return round(TRANSITION_SECONDS * fps)


def scene_times(motion: Motion, clock: SceneClock, timing: Timing, fps: int) -> SceneTimes:
    """Lay a scene out in time.

    A cue without a word of its own is spread evenly over the narration. Cues come in the order in which the
    motion names them, never before the narration starts, and early enough that what they start is finished
    before the scene ends.
    """
    transition = transition_frames(fps)
    narration = transition / fps + LEAD_SECONDS + clock.pause_before
    settle = max((move.delay + move.duration for move in motion.moves), default=0.0)
    end = max(narration + timing.seconds + clock.pause_after, clock.min_seconds, narration + settle + 2 / fps)
    frames = max(math.ceil(end * fps - 1e-6), transition + 1)
    last = frames / fps - settle - 1 / fps
    cues = {"start": transition / fps}
    count, previous = len(motion.cues), narration
    for index, name in enumerate(motion.cues):
        word = clock.cues.get(name)
        if word is not None and word < len(timing.words):
            at = narration + timing.words[word].start
        else:
            at = narration + timing.seconds * index / max(count, 1)
        previous = min(max(at, previous), last)
        cues[name] = previous
    return SceneTimes(frames=frames, transition=transition, narration=narration, cues=cues)


@dataclass(frozen=True)
class Placed:
    """A scene in the film."""

    id: str
    start: int
    """First frame, of the transition into this scene."""
    times: SceneTimes


def film(scenes: Sequence[tuple[str, SceneTimes]]) -> list[Placed]:
    """Scenes one after the other, each with its first frame in the film."""
    placed, start = [], 0
    for name, times in scenes:
        placed.append(Placed(name, start, times))
        start += times.frames
    return placed
