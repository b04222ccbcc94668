"""What the checks say of a film in another format that is not what it is in its MP4."""

from __future__ import annotations

from dataclasses import replace

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.checks.film import BLOCK_SECONDS, Measured, Other, Sound
from videogen.checks.formats import same, shift
from videogen.checks.measure import measure
from videogen.checks.run import check

SYLLABLES = np.random.default_rng(7).uniform(0, 0.5, 400).astype(np.float32) ** 2


def sound(level: np.ndarray = SYLLABLES, loudness: float | None = -14.0) -> Sound:
    return Sound(level=level, loudness=loudness, true_peak=-1.0)


@pytest.fixture
def film(make):
    return make()


def measured(film, **changes) -> Measured:
    length = round(film.seconds / BLOCK_SECONDS)
    level = np.resize(SYLLABLES, length).astype(np.float32)
    right = Other(
        codecs="vp9 and opus",
        size=(film.format.width, film.format.height),
        frames=film.frames,
        first=0.0,
        title=film.title,
        chapters=len(film.chapters),
        sound=sound(level),
        faults=[],
    )
    return Measured(film, None, sound(level), None, {"webm": replace(right, **changes)})


def messages(measured: Measured) -> list[str]:
    return [finding.message for finding in same(measured) if finding.level == "error"]


def test_what_is_the_same_passes(film) -> None:
    (finding,) = same(measured(film))
    assert (finding.level, finding.check) == ("pass", "format-webm")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"codecs": "vp8 and opus"}, "it is vp8 and opus, not vp9 and opus"),
        ({"size": (2, 2)}, "the size is 2x2"),
        ({"frames": 3}, "it has 3 frames, not "),
        ({"first": 0.04}, "the first picture is shown at 0.040 s"),
        ({"title": ""}, 'the title is "", not "Film"'),
        ({"chapters": 7}, "it has 7 chapters, not "),
        ({"faults": ["damaged at 2.00 s: x"]}, "damaged at 2.00 s: x"),
    ],
)
def test_what_is_other_is_an_error(film, changes, said) -> None:
    (message,) = messages(measured(film, **changes))
    assert message.startswith(f"{film.video}.webm: {said}")


def test_sound_that_is_late_softer_short_or_another(film) -> None:
    level = measured(film).others["webm"].sound.level
    late = np.concatenate([np.zeros(6, np.float32), level[:-6]])
    assert messages(measured(film, sound=sound(late))) == [f"{film.video}.webm: the sound is +30 ms off"]
    softer = measured(film, sound=sound(level, -14.4))
    assert messages(softer) == [f"{film.video}.webm: the sound is at -14.4 LUFS, not -14.0"]
    (short,) = messages(measured(film, sound=sound(level[:-20])))
    assert "the sound lasts" in short
    noise = np.zeros_like(level)
    noise[::9] = 0.5
    assert f"{film.video}.webm: the sound is not that of the MP4" in messages(measured(film, sound=sound(noise)))


@given(st.integers(-20, 20))
def test_a_shift_is_found(blocks: int) -> None:
    other = np.roll(SYLLABLES, blocks)
    other[: max(blocks, 0)] = 0
    other[len(other) + min(blocks, 0) :] = 0
    assert shift(SYLLABLES, other) == pytest.approx(blocks * BLOCK_SECONDS)


def test_a_file_that_is_not_there_or_no_film(film, tmp_path) -> None:
    (tmp_path / "film.avi").write_bytes(b"RIFF and nothing more")
    with av.open(str(tmp_path / "film.hevc.mp4"), "w") as heard:
        stream = heard.add_stream("aac", rate=48_000)
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.float32), "fltp", "mono")
        silence.rate = 48_000
        heard.mux(stream.encode(silence))
        heard.mux(stream.encode(None))
    others = {"avi": tmp_path / "film.avi", "webm": tmp_path / "none.webm", "h265": tmp_path / "film.hevc.mp4"}
    damaged = replace(film, others=others)
    assert measure(damaged).others == {"avi": None, "webm": None, "h265": None}
    report = check(damaged)
    assert {error.check for error in report.errors} == {"format-avi", "format-webm", "format-h265"}
    assert all("cannot be opened" in error.message for error in report.errors)
