"""Music under a film: how loud it is and when, how it begins, begins again and ends; measured on what is decoded."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest
from sounds import murmur, write_sound

from videogen.model.errors import AudioError
from videogen.model.music import Music
from videogen.model.timing import AAC_FRAME, SAMPLE_RATE
from videogen.voices import encoding
from videogen.voices.bed import Heard, soundtrack
from videogen.voices.loudness import integrated, true_peak
from videogen.voices.mastering import TARGET, to_target

HUM = 997.0
"""Hertz of the music, which no voice of these tests has."""


def music(path: Path, seconds: float = 9.0, level: float = 0.3) -> Path:
    """An even tone, so that its level is what is done to it."""
    t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return write_sound(path, level * np.sin(2 * np.pi * HUM * t))


def voice(path: Path, seconds: float) -> Path:
    said, _ = to_target(murmur(seconds))
    path.write_bytes(encoding.m4a(np.concatenate([said, np.zeros(AAC_FRAME, np.float32)])))
    return path


def samples_of(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE / AAC_FRAME) * AAC_FRAME


def decoded(data: bytes) -> np.ndarray:
    with av.open(io.BytesIO(data)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def hum(sound: np.ndarray, step: float = 0.01) -> np.ndarray:
    """The level of the music at every step, in decibels: of its own frequency only."""
    turn = np.exp(-2j * np.pi * HUM * np.arange(len(sound)) / SAMPLE_RATE)
    size = round(0.04 * SAMPLE_RATE)
    window = np.hanning(size)
    parts = sound * turn
    starts = range(0, len(sound) - size, round(step * SAMPLE_RATE))
    amplitude = np.array([abs((parts[at : at + size] * window).sum()) for at in starts]) * 2 / window.sum()
    return 20 * np.log10(amplitude + 1e-9)


def film(tmp_path: Path, how: Music, lasts: float = 9.0, level: float = 0.3) -> np.ndarray:
    """A film in which somebody speaks from second 10 to 18, with a pause of a second at 13."""
    heard = Heard(voice(tmp_path / "n.m4a", 8.0), 10 * SAMPLE_RATE, 8 * SAMPLE_RATE, [(10.0, 13.0), (14.0, 18.0)])
    samples = samples_of(30)
    made = soundtrack([heard], music(tmp_path / how.file, lasts, level), how, samples, levelled=False)
    sound = decoded(made)
    assert samples <= len(sound) <= samples + 4 * AAC_FRAME
    return sound[:samples]


@pytest.mark.parametrize("level", [0.02, 0.9])
def test_it_goes_down_before_a_word_and_comes_back_after_the_last(tmp_path: Path, level: float) -> None:
    sound = film(tmp_path, Music(file="a.wav"), level=level)
    found = hum(sound)

    def at(second: float) -> float:
        return float(found[round((second - 0.02) * 100)])

    open_ = at(8.0)
    assert integrated(sound[5 * SAMPLE_RATE : 9 * SAMPLE_RATE]) == pytest.approx(TARGET - 6, abs=0.5)
    for second in (10.1, 11.5, 13.5, 16.0, 17.9):  # the pause too
        assert at(second) - open_ == pytest.approx(-18, abs=1.0), second
    # attack: all of it in the quarter of a second before the word
    assert at(9.7) - open_ == pytest.approx(0, abs=0.7)
    assert at(9.875) - open_ == pytest.approx(-9, abs=2.5)
    # release: half a second after the last word
    assert at(18.25) - open_ == pytest.approx(-9, abs=2)
    assert at(18.6) - open_ == pytest.approx(0, abs=0.7)


def test_it_fades_in_and_out(tmp_path: Path) -> None:
    found = hum(film(tmp_path, Music(file="a.wav", fade_in=3, fade_out=5)))
    open_ = float(found[800])
    assert found[2] < open_ - 40
    assert found[150] - open_ == pytest.approx(-6, abs=1)  # half of it after half the time
    assert found[310] - open_ == pytest.approx(0, abs=0.5)
    assert found[2480] - open_ == pytest.approx(0, abs=0.5)
    assert found[2750] - open_ == pytest.approx(-6, abs=1)
    assert found[-2] < open_ - 40
    assert (np.diff(found[2:300]) > -0.3).all()


def test_the_loop_has_no_seam(tmp_path: Path) -> None:
    """Neither a click nor a hole, though the file ends loud and begins loud, and is silent around it."""
    rng = np.random.default_rng(3)
    t = np.arange(round(5.3 * SAMPLE_RATE)) / SAMPLE_RATE
    piece = sum(0.1 * np.sin(2 * np.pi * hertz * t + rng.uniform(0, 6)) for hertz in (233.1, 311.7, 418.3, 529.9))
    path = write_sound(tmp_path / "a.wav", np.concatenate([np.zeros(20_000), piece, np.zeros(30_000)]))
    samples = samples_of(40)
    how = Music(file="a.wav", fade_in=0, fade_out=0)
    sound = decoded(soundtrack([], path, how, samples, levelled=False))[:samples]
    inner = sound[SAMPLE_RATE // 2 : -SAMPLE_RATE // 2]
    # a click is a jump: between two samples nothing moves faster than the highest tone can
    steepest = np.abs(np.diff(inner)).max()
    usual = np.abs(np.diff(inner[: 2 * SAMPLE_RATE])).max()
    assert steepest < 1.6 * usual
    # above the tones there is nothing, as a click would have it: 60 dB below them
    spectrum = np.abs(np.fft.rfft(inner[: 1 << 20] * np.hanning(1 << 20)))
    hertz = np.fft.rfftfreq(1 << 20, 1 / SAMPLE_RATE)
    assert spectrum[hertz > 4_000].max() < spectrum.max() / 1000
    level = np.sqrt(np.square(inner[: len(inner) // 24_000 * 24_000]).reshape(-1, 24_000).mean(1))
    assert level.min() > 0.5 * np.median(level)
    assert level.max() < 1.7 * np.median(level)


def test_without_a_loop_it_is_heard_once(tmp_path: Path) -> None:
    found = hum(film(tmp_path, Music(file="a.wav", loop=False, fade_out=2)))
    assert found[500] > -40
    assert found[800] - found[500] == pytest.approx(-6, abs=1)
    assert found[950:].max() < -70


@pytest.mark.parametrize("spoken", [3.0, 12.0, 27.0])
def test_the_film_is_as_loud_as_it_would_be_without(tmp_path: Path, spoken: float) -> None:
    heard = Heard(voice(tmp_path / "n.m4a", spoken), SAMPLE_RATE, round(spoken * SAMPLE_RATE), [(1.0, 1.0 + spoken)])
    samples = samples_of(30)
    made = soundtrack([heard], music(tmp_path / "a.mp3"), Music(file="a.mp3"), samples, levelled=True)
    sound = decoded(made)[:samples]
    assert integrated(sound) == pytest.approx(TARGET, abs=1.0)
    assert true_peak(sound) <= -1.0
    assert made == soundtrack([heard], tmp_path / "a.mp3", Music(file="a.mp3"), samples, levelled=True)


def test_pieces_of_a_long_film_fit_together(tmp_path: Path) -> None:
    """The voice is where it would be alone, to the sample, beyond the first piece."""
    path = voice(tmp_path / "n.m4a", 4.0)
    begins = round(19.3 * SAMPLE_RATE)  # over the end of the first piece
    heard = Heard(path, begins, 4 * SAMPLE_RATE, [(19.3, 23.3)])
    how = Music(file="a.wav", gain=-40, duck=-60)
    samples = samples_of(50)
    sound = decoded(soundtrack([heard], music(tmp_path / "a.wav"), how, samples, levelled=False))
    alone = decoded(path.read_bytes())[: 4 * SAMPLE_RATE]
    part = sound[begins : begins + len(alone)]
    assert np.square(part - alone).mean() < np.square(alone).mean() / 1000  # coded twice


def test_music_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    silent = write_sound(tmp_path / "silent.wav", np.zeros(SAMPLE_RATE * 3))
    short = music(tmp_path / "short.wav", 0.4)
    damaged = music(tmp_path / "damaged.mp3")
    data = bytearray(damaged.read_bytes())
    data[20_000:24_000] = bytes(index * 7919 % 256 for index in range(4_000))
    damaged.write_bytes(data)
    for path, said in ((silent, "too short"), (short, "0.4 s"), (damaged, "it is damaged"), (tmp_path, "directory")):
        with pytest.raises(AudioError, match=said) as raised:
            soundtrack([], path, Music(file="x"), samples_of(30), levelled=False)
        assert "\n" not in str(raised.value)
