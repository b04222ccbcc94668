"""What the checks say of films in which clips play: nothing where all is well, and the truth where it is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from videogen.checks import audible, pace, sync
from videogen.checks.film import BLOCK_SECONDS, FilmArtifacts, Measured, SceneArtifacts, Sound
from videogen.model.film import FilmFormat
from videogen.model.motion import Clip, Motion, Window
from videogen.model.script import SceneClock
from videogen.model.timing import SAMPLE_RATE, Timing, Word, film, scene_times

FPS = 30
FORMAT = FilmFormat(width=320, height=180, fps=FPS)


def spoken(words: int = 20, each: float = 0.34) -> Timing:
    """Words of equal length, then 0.1 s of silence."""
    return Timing(
        voices={"hibari:heart": {}},
        samples=round((words * each + 0.1) * SAMPLE_RATE),
        words=[Word(text="word", start=n * each, end=(n + 1) * each) for n in range(words)],
    )


def measured(
    clip_seconds: float, timing: Timing, late: float = 0.0, mixed: bool = False, min_seconds: float = 0.0
) -> Measured:
    """A film of one scene in which somebody speaks while a clip plays; mixed: with a sound that is 20 dB softer."""
    window = Window(x=0, y=0, width=64, height=36, shows=Clip(path="a.mp4", end=clip_seconds))
    motion, clock = Motion(width=320, height=180, window=window), SceneClock(min_seconds=min_seconds)
    times = scene_times(motion, clock, timing, FPS)
    (placed,) = film([("demo", times)])
    scene = SceneArtifacts("demo", motion, timing, clock, placed, mixed=mixed)
    blocks = round(times.frames / FPS / BLOCK_SECONDS)
    voice = np.zeros(round(timing.seconds / BLOCK_SECONDS), np.float32)
    rng = np.random.default_rng(3)
    for word in timing.words:
        first, last = round(word.start / BLOCK_SECONDS), round((word.end - 0.06) / BLOCK_SECONDS)
        voice[first:last] = 0.2 + 0.1 * rng.random(last - first)
    level = np.full(blocks, 0.02 if mixed else 0.0, np.float32)
    at = round((times.narration + late) / BLOCK_SECONDS)
    level[at : at + len(voice)] += voice[: blocks - at]
    if mixed:
        level[at + len(voice) + 100 :] = 0.2
    sound = Sound(level, -14.0, -2.0, onsets={"demo": 0.0}, voices={"demo": voice})
    planned = FilmArtifacts("film", "en", "Film", Path("film.mp4"), FORMAT, [scene], [])
    return Measured(planned, None, sound, None)


@pytest.mark.parametrize("seconds", [2.0, 30.0, 90.0])
def test_a_clip_may_be_as_long_as_it_is(seconds: float) -> None:
    for timing in (spoken(), Timing(voices={"hibari:af_heart": {}}, samples=0, words=[])):
        (finding,) = pace.seconds(measured(seconds, timing))
        assert finding.level == "pass", finding.message


def test_a_last_picture_that_stays_for_a_minute_is_long() -> None:
    (finding,) = pace.seconds(measured(10.0, spoken(), min_seconds=70))
    assert (finding.level, finding.scene) == ("warning", "demo")


def test_a_muted_clip_goes_on_in_silence_and_no_further() -> None:
    (finding,) = audible.silence(measured(30.0, spoken()))
    assert finding.level == "pass", finding.message
    (finding,) = audible.silence(measured(10.0, spoken(), min_seconds=20))
    assert (finding.level, finding.scene) == ("warning", "demo")


def test_a_pause_that_the_narration_asks_for_is_no_silence_too_much() -> None:
    words = [word.model_copy(update={"start": word.start + 3, "end": word.end + 3}) for word in spoken().words[10:]]
    timing = spoken().model_copy(update={"words": [*spoken().words[:10], *words], "samples": 10 * SAMPLE_RATE})
    film = measured(2.0, timing)
    (finding,) = audible.silence(film)
    assert (finding.level, finding.measured) == ("warning", pytest.approx(3.1, abs=0.1))
    scene = replace(film.film.scenes[0], pauses=[(10, 3.0)])
    for pauses, level in (([(10, 1.0)], "warning"), ([(19, 3.0)], "warning"), ([(10, 3.0)], "pass")):
        asked = replace(film, film=replace(film.film, scenes=[replace(scene, pauses=pauses)]))
        (finding,) = audible.silence(asked)
        assert finding.level == level, (pauses, finding.message)
    before, after = (pace.words(one)[0].measured for one in (measured(2.0, spoken()), asked))
    assert after == pytest.approx(before, abs=0.2), "nor does it make speech slow"


@pytest.mark.parametrize("late", [-0.2, 0.0, 0.03, 0.1, 0.4])
def test_speech_over_the_sound_of_a_clip_is_found_where_it_starts(late: float) -> None:
    (finding,) = sync.onsets(measured(20.0, spoken(), late=late, mixed=True))
    assert finding.measured == pytest.approx(abs(late) if finding.level == "pass" else late, abs=0.006)
    assert (finding.level == "pass") == (abs(late) <= 1 / FPS + sync.GRID)


def test_speech_that_is_missing_under_the_sound_of_a_clip_is_missed() -> None:
    whole = measured(20.0, spoken(), mixed=True)
    assert whole.sound is not None
    noise = 0.02 + 0.002 * np.random.default_rng(1).random(len(whole.sound.level)).astype(np.float32)
    (finding,) = sync.onsets(replace(whole, sound=replace(whole.sound, level=noise)))
    assert (finding.level, finding.message) == ("error", "the speech is not heard")


@pytest.mark.parametrize("late", [0.0, -0.1])
def test_a_first_sound_as_soft_as_the_bound_is_no_shift(late: float) -> None:
    # the breath before a word, which one encoding leaves just above what is heard, the other just below
    film = measured(20.0, spoken(), late=late)
    assert film.sound is not None
    begins = int(np.flatnonzero(film.sound.level)[0])
    soft = film.sound.level.copy()
    soft[begins - 18 : begins] = 0.0057
    (finding,) = sync.onsets(replace(film, sound=replace(film.sound, level=soft)))
    assert (finding.level, finding.measured) == ("pass" if late == 0 else "error", pytest.approx(late, abs=0.006))
