"""What the checks look at: a film's files, what they were made from, and what was measured of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from videogen.model.captions import Caption, Chapter
from videogen.model.film import FilmFormat
from videogen.model.formats import Format
from videogen.model.motion import Motion
from videogen.model.report import Finding
from videogen.model.script import SceneClock
from videogen.model.timing import Placed, Timing

DRAFT = "draft:"
"""Voices of this engine say nothing: what is heard is not judged."""


BLOCK_SECONDS = 0.005
"""Resolution of the level of sound."""

SILENCE = 10 ** (-45 / 20)
"""A block below -45 dBFS is not heard as speech."""


@dataclass(frozen=True)
class SceneArtifacts:
    """A scene of the film: what it shows, what it says, and where it stands.

    `narration` is its sound as a file (.m4a or .mp3): with it the onset of speech in the film is compared exactly,
    without it only roughly, with the word times.
    """

    id: str
    motion: Motion
    timing: Timing
    clock: SceneClock
    placed: Placed
    narration: Path | None = None
    mixed: bool = False
    """Something else is heard with the narration: where that starts is told by its shape, not by its first sound."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """What captions say before a word, of who speaks."""
    pauses: Sequence[tuple[int, float]] = ()
    """Pauses that the narration asks for: before which word, and seconds."""

    @property
    def speaks(self) -> bool:
        """Whether anything is to be heard in it."""
        return bool(self.timing.words) and not all(voice.startswith(DRAFT) for voice in self.timing.voices)

    @property
    def captioned(self) -> list[str]:
        """The words of its captions."""
        told = [[self.labels[index]] if index in self.labels else [] for index in range(len(self.timing.words))]
        return [text for label, word in zip(told, self.timing.words, strict=True) for text in (*label, word.text)]


@dataclass(frozen=True)
class FilmArtifacts:
    """A finished film. `srt` and `vtt` are None where the project asks for none."""

    video: str
    language: str
    title: str
    mp4: Path
    format: FilmFormat
    scenes: Sequence[SceneArtifacts]
    chapters: Sequence[Chapter]
    srt: Path | None = None
    vtt: Path | None = None
    others: Mapping[Format, Path] = field(default_factory=dict)
    """The film in other formats."""
    answered: Mapping[str, Any] | None = None
    """What is known of the language model that was asked for the script, if one was."""

    @property
    def frames(self) -> int:
        """Frames that the film should have."""
        last = self.scenes[-1].placed
        return last.start + last.times.frames

    @property
    def seconds(self) -> float:
        """Seconds that the film should last."""
        return self.frames / self.format.fps

    @property
    def draft(self) -> bool:
        """Whether nobody speaks, because every voice is a draft or no scene has words."""
        return not any(scene.speaks for scene in self.scenes)

    def scene_at(self, seconds: float) -> str:
        """The id of the scene that is on at a second of the film."""
        frame = seconds * self.format.fps + 1e-6
        return [scene.id for scene in self.scenes if scene.placed.start <= frame or scene is self.scenes[0]][-1]


@dataclass(frozen=True)
class Streams:
    """What an MP4 says of itself, and what its packets say. Seconds, ticks of 1/`ticks` s."""

    codec: str
    profile: str
    pixels: str
    width: int
    height: int
    colour: tuple[int, int, int, int]
    """Primaries, transfer, matrix and range by their numbers in ITU-T H.273 (range: 1 is limited)."""
    rate: float
    ticks: int
    times: list[int]
    """Presentation times of all pictures, ascending, ticks."""
    video_end: float
    longest_gop: float
    audio_codec: str
    audio_rate: int
    audio_end: float
    index_first: bool
    title: str
    chapters: list[Chapter]
    faults: list[str]
    """What is wrong with coded pictures, each with its time; empty when all that was decoded was clean."""


@dataclass(frozen=True)
class Sound:
    """What is heard. `level` has the root mean square of every BLOCK_SECONDS from second 0, full scale is 1."""

    level: np.ndarray
    loudness: float | None
    """LUFS, integrated; None for silence."""
    true_peak: float
    """dBTP; -inf for silence."""
    faults: list[str] = field(default_factory=list)
    onsets: dict[str, float] = field(default_factory=dict)
    """Scene id -> seconds from the first sample of its narration file to the first that is heard."""
    voices: dict[str, np.ndarray] = field(default_factory=dict)
    """Scene id -> level of the beginning of its narration alone, like `level`."""


@dataclass(frozen=True)
class Other:
    """The film in another format, as far as its packets and some of its pictures tell. Seconds."""

    codecs: str
    size: tuple[int, int]
    frames: int
    first: float
    """When the first picture is shown."""
    title: str
    chapters: int | None
    """None: the format has no place for them."""
    sound: Sound
    faults: list[str]


@dataclass(frozen=True)
class Measured:
    """A film with its measurements: what a check is a pure function of."""

    film: FilmArtifacts
    streams: Streams | None
    sound: Sound | None
    captions: list[Caption] | None
    others: Mapping[Format, Other | None] = field(default_factory=dict)
    """Of a file that cannot be read: None."""


Level = Literal["warning", "error"]
"""How bad it is when a film does not keep to a bound."""


@dataclass(frozen=True)
class Rule:
    """A check by its name, and the bound that it holds a film to, in words."""

    check: str
    bound: str

    def passed(self, message: str, measured: float | None = None) -> Finding:
        """The finding of a film that keeps to the bound."""
        return Finding(check=self.check, level="pass", message=message, measured=measured, bound=self.bound)

    def failed(
        self,
        level: Level,
        message: str,
        hint: str = "",
        scene: str | None = None,
        measured: float | None = None,
    ) -> Finding:
        """The finding of one that does not: in which scene, and what to do."""
        return Finding(
            check=self.check,
            level=level,
            message=message,
            scene=scene,
            measured=measured,
            bound=self.bound,
            hint=hint,
        )


def outcome(failures: list[Finding], passed: Finding) -> list[Finding]:
    """The failures, or the one finding that says that there is none."""
    return failures or [passed]
