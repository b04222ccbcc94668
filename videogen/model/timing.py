"""When things happen: words in a narration, cues in a scene, scenes in a film. Pure arithmetic.

Scenes last whole frames. A scene of N frames begins with `TRANSITION` frames in which the previous scene
gives way to this one's first picture; then comes its body. Nothing moves and nobody speaks during a
transition, so a transition depends on two still pictures only, and a body not on its neighbours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pydantic import Field

from videogen.model.base import Model
from videogen.model.motion import Motion, Move
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

    voices: dict[str, dict[str, str]]
    """Who spoke, in order: name, version and licence of the engine of each voice, for the manifest."""
    samples: int = Field(ge=0)
    """True length of the narration, samples at SAMPLE_RATE, without codec delay or padding."""
    words: list[Word]
    estimated: bool = False
    """The engine gave no word times: they were estimated."""
    loudness: float | None = None
    """LUFS, integrated; None when too short to measure or silent."""
    spoken: str = ""
    """What the engines were given to say."""

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
    """When each cue comes, seconds; `start` and `end` are among them."""
    words: tuple[float, ...] = ()
    """When each word of the narration begins, seconds."""

    def at(self, cue: str) -> float:
        """When a cue comes, seconds. `word:N` names the word N of the narration, `share:A/B` the moment at which that
        share of it has been said, `share:A/B:CUE` that share of the time from a cue to the one after it. Raises
        KeyError when it never comes."""
        name, _, index = cue.partition(":")
        part, _, rest = index.partition("/")
        whole, _, since = rest.partition(":")
        if name == "share" and part.isdigit() and whole.isdigit() and int(whole):
            begin = self.cues[since] if since else self.narration
            end = min((at for at in self.cues.values() if at > begin), default=begin) if since else self.cues["end"]
            return begin + (end - begin) * min(int(part) / int(whole), 1.0)
        if name == "word" and index.isdigit() and int(index) < len(self.words):
            return self.words[int(index)]
        return self.cues[cue]


def transition_frames(fps: int) -> int:
    """Frames of a transition."""
    return round(TRANSITION_SECONDS * fps)


def scene_times(motion: Motion, clock: SceneClock, timing: Timing, fps: int) -> SceneTimes:
    """Lay a scene out in time.

    A cue without a word of its own is spread evenly over the narration. Cues come in the order in which the
    motion names them and never before the narration starts; the scene lasts until all that they start is over, and
    until its clip is.
    """
    transition = transition_frames(fps)
    narration = transition / fps + LEAD_SECONDS + clock.pause_before
    said = narration + timing.seconds
    cues = {"start": transition / fps, "end": said}
    words = tuple(narration + word.start for word in timing.words)
    count, previous = len(motion.cues), narration
    for index, name in enumerate(motion.cues):
        word = clock.cues.get(name)
        if word is not None and word < len(words):
            at = words[word]
        else:
            at = narration + timing.seconds * index / max(count, 1)
        previous = cues[name] = max(at, previous)
    times = SceneTimes(0, transition, narration, cues, words)
    plays = cues["start"] + motion.clip.seconds if motion.clip else 0.0
    settled = max((_over(move, times) for move in motion.moves), default=0.0)
    settled = max(settled, plays) + 2 / fps
    end = max(said + clock.pause_after, clock.min_seconds, narration + 2 / fps, settled)
    return replace(times, frames=max(math.ceil(end * fps - 1e-6), transition + 1))


def _over(move: Move, times: SceneTimes) -> float:
    """When a move is over; 0 for one whose cue never comes, which is for those to report who draw it."""
    try:
        begins = times.at(move.cue) + move.delay
        return min(begins + move.duration, times.at(move.until)) if move.until else begins + move.duration
    except KeyError:
        return 0.0


def body_samples(times: SceneTimes, fps: int) -> int:
    """Samples of a scene's sound from the end of the transition on, short of the silence that AAC needs at its end."""
    return (times.frames - times.transition) * SAMPLE_RATE // fps - AAC_FRAME


def film_samples(frames: int, fps: int) -> int:
    """Samples of the sound of a film: whole AAC frames, and within half of one as long as its picture."""
    return round(Fraction(frames * SAMPLE_RATE, fps * AAC_FRAME)) * AAC_FRAME


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
