"""A person's recording as a narration: what is kept of it, how loud it is, and when its words are said."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest
from clips import write_clip
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import murmur, write_sound

from videogen.model.errors import AudioError
from videogen.model.script import RECORDED, Narration
from videogen.model.timing import SAMPLE_RATE
from videogen.voices.catalog import engine_of
from videogen.voices.forced import align
from videogen.voices.loudness import integrated, true_peak
from videogen.voices.mastering import TARGET, resample
from videogen.voices.recorded import AFTER, BEFORE, recorded, trimmed
from videogen.voices.speech import SayWord, sayable

TEXT = (
    "When you edit one sentence, only what that sentence touches is made again, usually in a few seconds. "
    "Install it with pip, then run the tests. Why does that matter? Because nobody waits for a film that is "
    "already there; everyone waits for the one that is not."
)


def narration(text: str, volume: float = 0.0) -> Narration:
    return Narration.plain(text, RECORDED, volume=volume)


def decoded(data: bytes) -> np.ndarray:
    with av.open(io.BytesIO(data)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def noise(samples: int, level: float) -> np.ndarray:
    return (level * np.random.default_rng(7).standard_normal(samples)).astype(np.float32)


@pytest.mark.parametrize(
    ("name", "rate", "channels"),
    [("a.wav", 44_100, 2), ("a.wav", 8_000, 1), ("a.mp3", 48_000, 1), ("a.m4a", 44_100, 2)],
)
@pytest.mark.parametrize("level", [0.02, 0.9])
def test_any_recording_becomes_a_narration_at_the_level_of_the_others(
    tmp_path: Path, name: str, rate: int, channels: int, level: float
) -> None:
    sound = np.concatenate([np.zeros(2 * rate), murmur(4, rate, level=level), np.zeros(3 * rate)])
    path = write_sound(tmp_path / name, sound + noise(len(sound), level / 500), rate, channels)
    made = recorded(narration("One two three four five six seven."), path)
    timing = made.timing
    assert timing.seconds == pytest.approx(4 + BEFORE + AFTER, abs=0.25)
    assert timing.estimated
    assert [word.text for word in timing.words] == ["One", "two", "three", "four", "five", "six", "seven."]
    assert timing.voices[RECORDED]["name"] == "recording"
    heard = decoded(made.m4a)
    assert integrated(heard) == pytest.approx(TARGET, abs=0.5)
    assert true_peak(heard) <= -1.0
    assert made == recorded(narration("One two three four five six seven."), path)


def test_a_scene_may_be_softer(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", murmur(4))
    assert recorded(narration("One two three.", volume=-4.0), path).timing.loudness == pytest.approx(-18, abs=0.2)


def test_breath_before_the_first_word_stays_and_clicks_and_hum_go() -> None:
    speech = murmur(2, level=0.3)
    sound = np.concatenate([np.zeros(SAMPLE_RATE), speech, np.zeros(SAMPLE_RATE)])
    sound[4800] = 0.9  # the key that began the recording
    sound += noise(len(sound), 0.001)
    sound += (0.002 * np.sin(2 * np.pi * 50 * np.arange(len(sound)) / SAMPLE_RATE)).astype(np.float32)
    kept, cut = trimmed(sound)
    assert cut == pytest.approx(1 - BEFORE, abs=0.1)
    assert len(kept) / SAMPLE_RATE == pytest.approx(2 + BEFORE + AFTER, abs=0.2)


@pytest.mark.parametrize(
    ("voice", "language", "text"),
    [
        ("hibari:heart", "en", TEXT),
        ("pico:en-GB", "en", TEXT),
        (
            "pico:de-DE",
            "de",
            "Wer einen Satz ändert, macht nur das neu, was dieser Satz berührt, meist in wenigen Sekunden. Warum ist "
            "das wichtig? Weil niemand auf einen Film wartet, der schon da ist.",
        ),
    ],
)
@pytest.mark.parametrize("rate", [0.85, 1.2])
def test_words_are_found_where_they_are_said(voice: str, language: str, text: str, rate: float) -> None:
    engine, name = engine_of(voice)
    words = sayable(text, language)
    speech = engine.speak(words, name, rate)
    sound = resample(speech.samples, speech.sample_rate)
    sound, cut = trimmed(sound + noise(len(sound), 0.002 * float(np.abs(sound).max())))
    found = align(sound, SAMPLE_RATE, words)
    pairs = [(one, other) for one, other in zip(found, speech.spans, strict=True) if one and other]
    assert len(pairs) == len(words)
    off = np.array([abs(one[0] + cut - other[0]) for one, other in pairs])
    assert np.median(off) < 0.12
    assert np.percentile(off, 95) < 0.4
    # nothing drifts: what begins a sentence is as near as the rest
    begins = [index + 1 for index, word in enumerate(words[:-1]) if word.spoken[-1] in ".?!"]
    assert off[begins].max() < 0.3


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "word", "sentence.", "—", "nevertheless,", "B2B"]), min_size=1, max_size=30),
    st.lists(st.tuples(st.floats(0.02, 0.8), st.floats(0.0, 1.0)), min_size=1, max_size=12),
)
def test_whatever_is_said_words_stay_in_order_and_within(texts: list[str], bursts: list[tuple[float, float]]) -> None:
    sound = np.concatenate([np.concatenate([murmur(loud), np.zeros(round(soft * 48_000))]) for loud, soft in bursts])
    words = [SayWord(text, text) for text in texts]
    at = 0.0
    for span in align(sound.astype(np.float32), SAMPLE_RATE, words):
        if span is not None:
            assert at - 1e-9 <= span[0] <= span[1] <= len(sound) / SAMPLE_RATE + 1e-9
            at = span[1]


def broken(path: Path, how: str) -> Path:
    """A recording that cannot be used."""
    if how == "film":
        return write_clip(path.with_suffix(".mp4"), sound=murmur(1, 44_100)).rename(path)
    if how == "not there":
        return path
    if how == "nothing":
        path.write_bytes(b"")
    elif how == "text":
        path.write_text("this is no sound\n" * 200)
    elif how == "0 s":
        write_sound(path, np.zeros(1))
    elif how == "silent":
        write_sound(path, np.zeros(96_000))
    elif how == "a hiss":
        write_sound(path, noise(96_000, 0.01))
    elif how == "2 h":
        # a header alone would do: the samples are not looked at
        write_sound(path, np.zeros(8_000 * 60 * 12, np.float32), 8_000)
    elif how == "cut short":
        data = write_sound(path, murmur(3)).read_bytes()
        path.write_bytes(data[: len(data) // 2])
    else:
        data = bytearray(write_sound(path, murmur(3)).read_bytes())
        third = len(data) // 3
        data[third : third + 3000] = bytes(index * 7919 % 256 for index in range(3000))
        path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "how", "said"),
    [
        ("a.wav", "nothing", "it is empty"),
        ("a.wav", "text", "damaged, or no sound file"),
        ("a.wav", "0 s", "the recording is silent"),
        ("a.wav", "silent", "the recording is silent"),
        ("a.wav", "a hiss", "nothing is said in the recording"),
        ("a.wav", "2 h", "it is 12 minutes long, and at most 10 minutes are allowed"),
        ("a.wav", "cut short", "it is cut short"),
        ("a.mp3", "cut short", "it is cut short"),
        ("a.mp3", "damaged", "it is damaged"),
        ("a.m4a", "damaged", "it is damaged"),
        ("a.m4a", "film", "it has pictures: it is a film"),
        ("a.wav", "not there", "No such file"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(tmp_path: Path, name: str, how: str, said: str) -> None:
    path = broken(tmp_path / name, how)
    with pytest.raises(AudioError, match=said) as raised:
        recorded(narration("Hello there."), path)
    assert str(raised.value).startswith(f"{path}: ")
    assert "\n" not in str(raised.value)
    assert "record the scene again" in str(raised.value)
