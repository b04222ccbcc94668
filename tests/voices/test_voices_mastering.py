"""Loudness, limiter, resampling and encoding: measured against ffmpeg, and against the samples that went in."""

from __future__ import annotations

import contextlib
import io
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen.voices import encoding, loudness, mastering
from videogen.voices.engine import Speech
from videogen.voices.hibari import ENGINE
from videogen.voices.silence import trim
from videogen.voices.speech import sayable

RATE = 48_000


@pytest.fixture(scope="module")
def speech() -> Speech:
    text = "Stop! Pack, build and publish the video. Python 3.11 writes an MP4 at 30 fps. Does it take long?"
    return ENGINE.speak(sayable(text), "heart", 1.0)


@pytest.fixture(scope="module")
def master(speech: Speech) -> mastering.Master:
    return mastering.master([mastering.Said(speech)])


def ffmpeg_r128(samples: np.ndarray) -> tuple[float, float]:
    """LUFS and dBTP by ffmpeg's meter."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="flt", layout="mono", time_base=Fraction(1, RATE))
    meter, sink = graph.add("ebur128", "metadata=1:peak=true"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    seen: list[dict[str, str]] = []
    for start in range(0, len(samples), 4800):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[None, start : start + 4800]), "flt", "mono")
        frame.sample_rate, frame.pts = RATE, start
        source.push(frame)
        with contextlib.suppress(BlockingIOError):
            while True:
                seen.append(dict(sink.pull().metadata))
    found = next(values for values in reversed(seen) if values)
    return float(found["lavfi.r128.I"]), 20 * np.log10(float(found["lavfi.r128.true_peak"]))


def decoded(data: bytes) -> np.ndarray:
    with av.open(io.BytesIO(data)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def lag(found: np.ndarray, original: np.ndarray) -> int:
    """Samples by which `found` comes later, by cross-correlation."""
    size = 1 << (len(found) + len(original)).bit_length()
    product = np.fft.rfft(found, size) * np.conj(np.fft.rfft(original, size))
    at = int(np.fft.irfft(product, size).argmax())
    return at if at < size // 2 else at - size


def test_narration_is_loud_and_clean(master: mastering.Master) -> None:
    lufs, peak = ffmpeg_r128(master.samples)
    assert lufs == pytest.approx(mastering.TARGET, abs=0.2)
    assert master.loudness == pytest.approx(lufs, abs=0.1)
    assert peak <= mastering.CEILING + 0.2
    assert not master.samples[-mastering.TAIL :].any()


@pytest.mark.parametrize("encode", [encoding.mp3, encoding.m4a])
def test_what_a_player_decodes(master: mastering.Master, encode: object) -> None:
    data = encode(master.samples)  # type: ignore[operator]
    assert data == encode(master.samples)  # type: ignore[operator]
    sound = decoded(data)
    assert lag(sound, master.samples) == 0
    lufs, peak = ffmpeg_r128(sound[: len(master.samples)])
    assert lufs == pytest.approx(mastering.TARGET, abs=0.3)
    assert peak <= -1.0


@given(st.integers(1152, 9000))
@settings(max_examples=12, deadline=None)
def test_lengths_are_exact(count: int) -> None:
    samples = (0.1 * np.sin(np.arange(count) / 20)).astype(np.float32)
    assert count <= len(decoded(encoding.mp3(samples))) < count + 1152
    frames = -(-count // 1024) + encoding.AAC_FLUSH
    with av.open(io.BytesIO(encoding.m4a(samples))) as container:
        stream = container.streams.audio[0]
        assert (stream.codec.name, stream.rate, stream.layout.name) == ("aac", RATE, "mono")
        times = [packet.pts for packet in container.demux(stream) if packet.size]
    assert times == [1024 * index - encoding.AAC_PRIMING for index in range(frames + 1)]


@pytest.mark.parametrize("hertz", [60, 1000, 7000])
def test_meter_agrees_with_ffmpeg(hertz: int) -> None:
    times = np.arange(RATE * 3) / RATE
    tone = (0.2 * np.sin(2 * np.pi * hertz * times) * (times % 1 < 0.7)).astype(np.float32)
    lufs, peak = ffmpeg_r128(tone)
    assert loudness.integrated(tone) == pytest.approx(lufs, abs=0.06)
    assert loudness.true_peak(tone) == pytest.approx(peak, abs=0.35)


def test_known_loudness() -> None:
    """EBU Tech 3341, case 1 (for one channel): a full-scale 997 Hz sine has -3.01 LUFS."""
    tone = np.sin(2 * np.pi * 997 * np.arange(RATE * 4) / RATE).astype(np.float32)
    assert loudness.integrated(tone) == pytest.approx(-3.01, abs=0.02)


def test_peaks_between_samples_are_seen() -> None:
    """A quarter of the sample rate, sampled at 45 degrees, peaks 3 dB above every sample."""
    tone = np.sin(np.pi / 2 * np.arange(4800) + np.pi / 4).astype(np.float32) * 0.5
    assert loudness.true_peak(tone) - 20 * np.log10(np.abs(tone).max()) == pytest.approx(3.01, abs=0.3)


@given(st.lists(st.floats(-4, 4, width=32), min_size=1, max_size=60), st.integers(1, 400))
@settings(max_examples=40, deadline=None)
def test_limiter_never_lets_a_peak_through(values: list[float], stretch: int) -> None:
    samples = np.repeat(np.array(values, np.float32), stretch)
    out = loudness.limit(samples, loudness.peaks(samples), 0.8)
    assert len(out) == len(samples)
    assert np.abs(out).max() <= 0.8 + 1e-5
    assert (np.abs(out) <= np.abs(samples) + 1e-6).all()


def test_limiter_leaves_the_rest_alone() -> None:
    samples = np.full(RATE, 0.1, np.float32)
    samples[RATE // 2] = 3
    out = loudness.limit(samples, loudness.peaks(samples), 0.8)
    assert np.array_equal(out[: RATE // 3], samples[: RATE // 3])
    assert np.array_equal(out[-RATE // 3 :], samples[-RATE // 3 :])
    assert loudness.limit(samples * 0.1, loudness.peaks(samples) * 0.1, 0.8) is not None


@pytest.mark.parametrize("rate", [8000, 22_050, 24_000, 44_100, 48_000])
def test_resampling_keeps_step(rate: int) -> None:
    count = rate + 7
    noise = np.convolve(np.random.default_rng(1).standard_normal(count), np.hanning(15), "same").astype(np.float32)
    out = mastering.resample(noise * 0.01, rate)
    assert len(out) == -(-count * RATE // rate)
    expected = np.interp(np.arange(len(out)) * rate / RATE, np.arange(count), noise * 0.01)
    assert lag(out, expected) == 0


@pytest.mark.parametrize("samples", [np.zeros(0, np.float32), np.zeros(5000, np.float32)])
def test_silence_keeps_its_length(samples: np.ndarray) -> None:
    master = mastering.master([mastering.Said(Speech(samples, 24_000, []))])
    assert len(master.samples) == 2 * len(samples) + mastering.TAIL
    assert not master.samples.any()
    assert master.loudness is None


def test_what_is_shorter_than_the_meters_block_is_as_loud_as_the_rest() -> None:
    tone = (0.1 * np.sin(np.arange(RATE) / 5)).astype(np.float32)
    short, long = (mastering.master([mastering.Said(Speech(piece, RATE, []))]) for piece in (tone[:4000], tone))
    assert short.loudness == pytest.approx(mastering.TARGET, abs=0.1)
    assert np.abs(short.samples).max() == pytest.approx(np.abs(long.samples).max(), rel=0.05)


def test_trim_keeps_a_little_and_says_how_much_went() -> None:
    sound = np.zeros(RATE, np.float32)
    sound[RATE // 2 : RATE // 2 + 4800] = 0.5
    piece, cut = trim(sound, RATE, 0.02, 0.06)
    assert cut == pytest.approx(0.48)
    assert len(piece) / RATE == pytest.approx(0.18)
    assert piece[0] == piece[-1] == 0
    assert piece.max() == 0.5
