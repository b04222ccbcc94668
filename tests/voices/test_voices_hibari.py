"""The embedded voice: the same samples as hibari alone, exact word times, the same bytes every time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import hibari.voices as hibari_voices
import numpy as np
import onnxruntime
import pytest
from hibari import Hibari as Stock
from hibari.g2p.normalize import normalize

from videogen.model.errors import AudioError
from videogen.voices import hibari
from videogen.voices.hibari import ENGINE, PACE, load, render, timed_session
from videogen.voices.pieces import SENTENCE_PAUSE
from videogen.voices.silence import sounding
from videogen.voices.speech import joined, sayable

TEXTS = [
    "Run doit on Python 3.11. It costs $9.99 today!",
    "See README.md (v2.0) — it's for the CLI, APIs and UTF-8.",
    "Does it write an MP4? Yes; 30 fps, 1080p, i.e. smooth… 🎉 Dr. Who agrees.",
    "video-gen reads my_function, CamelCase and /usr/bin, e.g. from pyproject.toml.",
]
FILES = {name: facts["file"] for name, facts in hibari_voices.VOICES.items()}
LONG = "the quick brown fox jumps over the lazy dog, and then " * 12 + "it rests."


@pytest.fixture(scope="module")
def stock() -> Stock:
    return Stock()


@pytest.mark.parametrize("text", [*TEXTS, LONG, "the fox runs and " * 40 + "rests."])
def test_samples_are_those_of_hibari_alone(stock: Stock, text: str) -> None:
    words = sayable(text)
    assert normalize(joined(words)) == joined(words), "nothing is left for hibari to normalise"
    ours = np.concatenate([piece.samples for piece in render(words, "heart", 1.0)])
    assert np.array_equal(ours, stock(joined(words), seed=0))


def test_rate_is_hibaris_speed(stock: Stock) -> None:
    words = sayable(TEXTS[0])
    ours = np.concatenate([piece.samples for piece in render(words, "heart", 1.5)])
    assert np.array_equal(ours, stock(joined(words), speed=1.5, seed=0))


def test_threads_do_not_disturb_each_other() -> None:
    alone = [ENGINE.speak(sayable(text), "heart", 1.0).samples for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: ENGINE.speak(sayable(text), "heart", 1.0).samples, TEXTS * 2))
    for index, samples in enumerate(together):
        assert np.array_equal(samples, alone[index % len(TEXTS)])


@pytest.mark.parametrize("text", [*TEXTS, LONG])
def test_every_spoken_word_has_its_time(text: str) -> None:
    words = sayable(text)
    speech = ENGINE.speak(words, "heart", 1.0)
    assert not speech.estimated
    at = 0.0
    for word, span in zip(words, speech.spans, strict=True):
        if not any(char.isalpha() for char in word.spoken):
            assert span is None
            continue
        assert span is not None
        assert at - 1e-9 <= span[0] < span[1] <= len(speech.samples) / speech.sample_rate + 1e-9
        at = span[1]


def test_times_are_where_the_sound_is() -> None:
    """Between two words that a comma parts there is a pause, and the times say where."""
    speech = ENGINE.speak(sayable("Stop. Then continue."), "heart", 1 / PACE)  # at hibari's own speed
    first, second = speech.spans[0], speech.spans[1]
    assert first is not None
    assert second is not None
    rate = speech.sample_rate
    gap = speech.samples[round((first[1] + 0.05) * rate) : round((second[0] - 0.08) * rate)]
    said = speech.samples[round(second[0] * rate) : round(second[1] * rate)]
    assert np.abs(gap).max() < 0.02 < np.abs(said).max()


@pytest.mark.parametrize(
    "text", ["Stop, take it, pick it, cut it, test it.", "A cat. A tea, a toe, a pie, a key, a cap."]
)
def test_a_word_begins_when_it_is_heard(text: str) -> None:
    """A stop bursts out of silence, so the ear and a look at the loudness agree on where its word begins."""
    words = sayable(text)
    speech = ENGINE.speak(words, "heart", 1.0)
    rate, apart = speech.sample_rate, list[float]()
    for word, span in zip(words, speech.spans, strict=True):
        if span and span[0] > 0.2 and word.spoken[0].lower() in "ptk":
            around = speech.samples[round((span[0] - 0.1) * rate) : round((span[0] + 0.06) * rate)]
            loud = np.sqrt((around[: len(around) // 120 * 120].reshape(-1, 120) ** 2).mean(axis=1))
            apart.append((int(np.diff(np.log(loud + 1e-4)).argmax()) + 1) * 120 / rate - 0.1)
    assert len(apart) >= 3
    assert abs(float(np.median(apart))) < 0.03, apart


@pytest.mark.parametrize("text", [*TEXTS, "Flask is small. Let's see it. Save this. A word, and that's it."])
def test_first_word_of_a_sentence_begins_with_its_sound(text: str) -> None:
    words = sayable(text)
    speech = ENGINE.speak(words, "heart", 1.0)
    rate, sentence_begins = speech.sample_rate, True
    for word, span in zip(words, speech.spans, strict=True):
        if span and sentence_begins:
            early = min(span[0], 0.2)
            around = speech.samples[round((span[0] - early) * rate) : round(span[1] * rate)]
            assert sounding(around, rate)[0] / rate == pytest.approx(early, abs=0.04)
        if word.spoken:
            sentence_begins = word.spoken[-1] in ".?!…"


def test_pause_between_sentences() -> None:
    one = ENGINE.speak(sayable("Stop now."), "heart", 1.0)
    two = ENGINE.speak(sayable("Then continue."), "heart", 1.0)
    both = ENGINE.speak(sayable("Stop now. Then continue."), "heart", 1.0)
    rate = both.sample_rate
    lengths = [np.subtract(*sounding(speech.samples, rate)[::-1]) / rate for speech in (one, two, both)]
    assert lengths[2] - lengths[0] - lengths[1] == pytest.approx(SENTENCE_PAUSE, abs=0.03)
    assert 0.25 <= SENTENCE_PAUSE <= 0.45


def test_a_word_of_300_letters() -> None:
    speech = ENGINE.speak(sayable("x" * 300), "heart", 1.0)
    assert len(speech.samples) > 0
    assert speech.spans[0] is not None


@pytest.mark.parametrize("word", ["مرحبا", "日本語", "Привет"])
def test_another_script_is_refused_by_name(word: str) -> None:
    with pytest.raises(AudioError, match=word) as caught:
        ENGINE.speak(sayable(f"Hello {word} there"), "heart", 1.0)
    assert "lexicon" in str(caught.value.hint)


def test_a_model_without_durations_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hibari, "DURATIONS", "/No_such_output")
    with open(Stock().model_path, "rb") as file, pytest.raises(AudioError, match="/No_such_output"):
        timed_session(file.read(), onnxruntime.SessionOptions(), "heart")


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An empty folder for voices that are fetched; what is loaded from it is forgotten afterwards."""
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    hibari._load.cache_clear()
    yield tmp_path
    hibari._load.cache_clear()


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[list[str]]:
    """A loopback stand-in for the model hub: whatever is asked for, it sends heart's model. Gives what was asked."""
    model, asked = Path(Stock().model_path).read_bytes(), list[str]()

    class Hub(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(model)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        monkeypatch.setattr(hibari_voices, "BASE_URL", f"http://127.0.0.1:{server.server_port}/voices/")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield asked
        server.shutdown()
        thread.join()


def test_no_male_voice_is_in_the_package(home: Path) -> None:
    voices = {voice.id: voice for voice in ENGINE.voices()}
    assert set(voices) == {f"hibari:{name}" for name in ("heart", "emma", "fenrir", "fable", "kore")}
    assert [name for name, voice in voices.items() if voice.offline] == ["hibari:heart"]
    assert voices["hibari:fenrir"].gender == "male"
    assert voices["hibari:fenrir"].description == "American English, neural; fetched once from huggingface.co, 8 MB"
    (home / FILES["fenrir"]).write_bytes(b"")
    assert next(voice for voice in ENGINE.voices() if voice.id == "hibari:fenrir").offline


def test_without_the_hub_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr(hibari_voices, "BASE_URL", "http://127.0.0.1:9/")
    with pytest.raises(AudioError, match=r'"hibari:fenrir" is in no package but at huggingface\.co') as caught:
        load("fenrir")
    said = f"{caught.value}; {caught.value.hint}"
    assert "\n" not in said
    assert f"copy {FILES['fenrir']} into {home}" in said
    assert "voice: female" in said
    assert list(home.iterdir()) == []
    with pytest.raises(AudioError, match="no voice"):
        load("nobody")


def test_what_the_hub_sends_must_be_that_voice(hub: list[str], home: Path) -> None:
    with pytest.raises(AudioError, match="what came is not that voice"):
        load("fenrir")
    assert hub == [f"/voices/{FILES['fenrir']}"]
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("voice", ["fenrir", "fable"])
def test_a_voice_is_fetched_once_and_speaks(
    hub: list[str], home: Path, monkeypatch: pytest.MonkeyPatch, voice: str
) -> None:
    """American and British, with heart's model under their names: the hub is the one thing that is not real."""
    sum_of_heart = hashlib.sha256(Path(Stock().model_path).read_bytes()).hexdigest()
    monkeypatch.setitem(hibari_voices.VOICES[voice], "sha256", sum_of_heart)
    for _ in range(2):
        hibari._load.cache_clear()
        speech = ENGINE.speak(sayable("It works without a network."), voice, 1.0)
        assert all(speech.spans)
    assert hub == [f"/voices/{FILES[voice]}"]
    assert [path.name for path in home.iterdir()] == [FILES[voice]]


def test_nothing_is_reported_to_anybody(tmp_path: Path) -> None:
    script = (
        "from videogen.voices.hibari import render\n"
        "from videogen.voices.speech import sayable\n"
        "print(sum(len(piece.samples) for piece in render(sayable('Hello there.'), 'heart', 1.0)))"
    )
    user = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    user.pop("ORT_DISABLE_TELEMETRY", None)  # as it is on a fresh machine
    spoken = subprocess.run([sys.executable, "-c", script], env=user, capture_output=True, text=True, check=True)
    assert int(spoken.stdout) > 0
    # onnxruntime keeps an identifier of the machine, and a queue of reports, in the home folder
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def fundamental(samples: np.ndarray, rate: int) -> float:
    """The median pitch of what is voiced, hertz, by autocorrelation."""
    size, found = rate // 25, []
    for start in range(0, len(samples) - size, size // 2):
        frame = samples[start : start + size] * np.hanning(size)
        likeness = np.correlate(frame, frame, "full")[size - 1 :]
        lag = rate // 400 + int(likeness[rate // 400 : rate // 60].argmax())
        if likeness[0] > 0.4 and likeness[lag] > likeness[0] / 2:
            found.append(rate / lag)
    return float(np.median(found))


@pytest.mark.parametrize("pitch", [-3.0, 3.0])
def test_pitch_is_in_semitones_and_changes_no_time(pitch: float) -> None:
    words = sayable("There are two rules. Every result is a file, and every file knows what it was made from.")
    plain, moved = ENGINE.speak(words, "heart", 1.0), ENGINE.speak_at(words, "heart", 1.0, pitch)
    ratio = fundamental(moved.samples, moved.sample_rate) / fundamental(plain.samples, plain.sample_rate)
    assert 12 * np.log2(ratio) == pytest.approx(pitch, abs=0.7)
    starts = [span[0] for span in moved.spans if span]
    assert starts == pytest.approx([span[0] for span in plain.spans if span], abs=0.05)
