"""A clip's sound under a narration: where each is, and how loud."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest
from clips import RATE, write_clip

from videogen.model.errors import AudioError
from videogen.model.timing import SAMPLE_RATE
from videogen.voices import encoding
from videogen.voices.loudness import integrated, true_peak
from videogen.voices.mastering import TARGET, to_target
from videogen.voices.mixing import QUIET, UNDER, clip_sound, ducked, mix


def tone(seconds: float, hertz: float, level: float, rate: int = SAMPLE_RATE) -> np.ndarray:
    """A tone that swells and fades three times a second."""
    t = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * t) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * t))).astype(np.float32)


def clicks(seconds: int, rate: int = RATE) -> np.ndarray:
    """A click at every second, from 0.5 on."""
    sound = np.zeros(seconds * rate, np.float32)
    for second in range(seconds):
        sound[round((second + 0.5) * rate)] = 0.9
    return sound


def decoded(data: bytes) -> np.ndarray:
    with av.open(io.BytesIO(data)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def narration(path: Path, sound: np.ndarray) -> Path:
    path.write_bytes(encoding.m4a(sound))
    return path


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.webm"])
@pytest.mark.parametrize(("start", "end"), [(0.0, 4.0), (1.25, 3.0)])
def test_the_sound_of_a_clip_is_where_its_pictures_are(tmp_path: Path, name: str, start: float, end: float) -> None:
    codec = "libvpx" if name.endswith("webm") else "libx264"
    clip = write_clip(tmp_path / name, count=100, codec=codec, sound=clicks(4))
    sound = clip_sound(clip, start, end)
    assert len(sound) == round((end - start) * SAMPLE_RATE)
    for second in (0.5, 1.5, 2.5, 3.5):
        if start < second < end:
            at = round((second - start) * SAMPLE_RATE)
            around = np.abs(sound[at - 4800 : at + 4800])
            assert abs(int(around.argmax()) - 4800) <= 0.003 * SAMPLE_RATE, second


def test_sound_that_ends_before_the_pictures_is_followed_by_silence(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", count=100, sound=tone(1.0, 440, 0.5, RATE))
    sound = clip_sound(clip, 0.0, 4.0)
    assert np.abs(sound[: SAMPLE_RATE // 2]).max() > 0.3
    assert not np.abs(sound[SAMPLE_RATE * 3 // 2 :]).max() > 1e-3


@pytest.mark.parametrize("level", [0.04, 0.2, 1.0])
def test_a_clip_is_as_loud_as_a_voice_and_twenty_decibels_softer_under_one(level: float) -> None:
    made = ducked(tone(20, 300, level), [(2.0, 4.0), (4.5, 9.0)])
    second = SAMPLE_RATE
    assert integrated(made[10 * second :]) == pytest.approx(TARGET, abs=0.5)
    assert integrated(made[2 * second : 9 * second]) == pytest.approx(TARGET - UNDER, abs=0.5)
    assert true_peak(made) <= -1.9
    # it goes down before the first word and is up again soon after the last
    assert np.abs(made[second : round(1.7 * second)]).max() > 3 * np.abs(made[2 * second : 4 * second]).max()


def test_what_is_soft_in_one_place_and_loud_in_another_is_level_in_both() -> None:
    sound = np.concatenate([tone(10, 300, 0.5), tone(10, 300, 0.05)])
    made = ducked(sound, [(0.0, 9.5)])
    assert integrated(made[SAMPLE_RATE : 9 * SAMPLE_RATE]) == pytest.approx(TARGET - UNDER, abs=0.5)
    assert integrated(made[round(10.1 * SAMPLE_RATE) :]) == pytest.approx(TARGET, abs=0.5)


def test_the_sound_of_a_room_is_not_raised() -> None:
    room = tone(6, 200, 0.004)
    before = integrated(room)
    assert before is not None
    assert before < QUIET
    assert np.array_equal(ducked(room, []), room)


def test_a_narration_keeps_its_place_and_its_loudness_and_nothing_peaks(tmp_path: Path) -> None:
    voice, loudness = to_target(tone(4, 500, 0.3))
    voice = np.concatenate([voice, np.zeros(1024, np.float32)])
    clip = write_clip(tmp_path / "a.mp4", count=250, sound=tone(10, 150, 0.9, RATE))
    samples = 10 * SAMPLE_RATE
    spoken = [(1.0 + n * 0.5, 1.4 + n * 0.5) for n in range(8)]
    data = mix(narration(tmp_path / "n.m4a", voice), 1.0, spoken, clip, (0.0, 10.0), samples)
    assert data == mix(tmp_path / "n.m4a", 1.0, spoken, clip, (0.0, 10.0), samples)
    sound = decoded(data)
    assert samples <= len(sound) < samples + 4 * 1024
    assert integrated(sound[:samples]) == pytest.approx(TARGET, abs=0.5)
    assert integrated(sound[SAMPLE_RATE : 5 * SAMPLE_RATE]) == pytest.approx(loudness, abs=0.5)
    assert true_peak(sound) <= -1.0
    # the narration's own samples are found again at its place, to the sample
    part = sound[SAMPLE_RATE // 2 : SAMPLE_RATE * 6]
    size = 1 << (len(part) + len(voice)).bit_length()
    alike = np.fft.irfft(np.fft.rfft(part, size) * np.conj(np.fft.rfft(voice, size)), size)
    assert int(alike.argmax()) == SAMPLE_RATE // 2


def test_a_clip_without_sound_or_one_that_is_gone_is_named(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4")
    for path in (clip, tmp_path / "gone.mp4"):
        with pytest.raises(AudioError, match=path.name):
            clip_sound(path, 0.0, 1.0)
