"""The offline voices of four languages: exact word times, the same bytes every time, and no harm from odd text."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voices_heard import rms, words_of

from videogen.checks.pace import FASTEST, SLOWEST
from videogen.model.errors import AudioError
from videogen.model.script import Narration
from videogen.voices import loud_marks, pico
from videogen.voices.pico import ENGINE, LONGEST, utterances
from videogen.voices.silence import sounding
from videogen.voices.speak import speak
from videogen.voices.speech import SayWord, sayable

TEXTS = {
    "de-DE": "Jeder Bau behält, was sich nicht geändert hat. Er weiß, welche Szene betroffen ist, und macht sie neu.",
    "en-GB": "Every build keeps what has not changed. It knows which scene an edit touches, and makes that one.",
    "es-ES": "Cada compilación conserva lo que no ha cambiado. Sabe qué escena toca una edición, y rehace solo esa.",
    "fr-FR": "Nous avons des amis aux États-Unis. Ceci est un essai, et le film est refait en quelques secondes.",
    "it-IT": "Ogni compilazione conserva ciò che non è cambiato. Sa quale scena tocca una modifica, e la rifà.",
}


@pytest.mark.parametrize("voice", TEXTS)
def test_every_word_has_its_time_and_is_heard_there(voice: str) -> None:
    words = words_of(TEXTS[voice])
    speech = ENGINE.speak(words, voice, 1.0)
    assert not speech.estimated
    at, rate = 0.0, speech.sample_rate
    loudest = np.abs(speech.samples).max()
    for word, span in zip(words, speech.spans, strict=True):
        assert span is not None, word
        assert at - 1e-6 <= span[0] < span[1] <= len(speech.samples) / rate + 1e-6
        assert rms(speech.samples[round(span[0] * rate) : round(span[1] * rate)]) > 0.03 * loudest, word
        # after a comma or the end of a sentence there is a pause, and the times leave it out
        if word.spoken[-1] in ",." and word is not words[-1]:
            pause = speech.samples[round((span[1] + 0.03) * rate) : round((span[1] + 0.1) * rate)]
            assert rms(pause) < 0.01 * loudest, word
        at = span[1]


@pytest.mark.parametrize("voice", TEXTS)
def test_the_pace_is_one_that_a_listener_follows(voice: str) -> None:
    text = TEXTS[voice]
    speech = ENGINE.speak(words_of(text), voice, 1.0)
    assert SLOWEST < (len(text) + 1) / 6 / (len(speech.samples) / speech.sample_rate) * 60 < FASTEST


def test_the_same_text_gives_the_same_samples_whatever_runs_beside_it() -> None:
    def said(voice: str) -> bytes:
        return ENGINE.speak(words_of(TEXTS[voice]), voice, 1.0).samples.tobytes()

    alone = {voice: said(voice) for voice in TEXTS}
    with ThreadPoolExecutor(3) as pool:
        assert dict(zip(TEXTS, pool.map(said, TEXTS), strict=True)) == alone


def test_what_the_environment_does_to_memory_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    words = words_of(TEXTS["es-ES"])
    before = ENGINE.speak(words, "es-ES", 1.0).samples
    monkeypatch.setenv("MALLOC_PERTURB_", "123")
    monkeypatch.setenv("MALLOC_MMAP_THRESHOLD_", "33554432")
    assert np.array_equal(ENGINE.speak(words, "es-ES", 1.0).samples, before)


def test_rate_changes_the_length() -> None:
    lengths = [len(ENGINE.speak(words_of(TEXTS["de-DE"]), "de-DE", rate).samples) for rate in (0.8, 1.6)]
    assert lengths[0] / lengths[1] == pytest.approx(2, rel=0.1)


def test_pitch_changes_the_height_and_keeps_the_times() -> None:
    def fundamental(pitch: float) -> float:
        sound = ENGINE.speak_at(words_of("Aaaah."), "de-DE", 1.0, pitch).samples
        middle = sound[len(sound) // 3 :][:4096].astype(np.float64)
        alike = np.correlate(middle, middle, "full")[4095:]
        lags = np.arange(40, 220)
        return 16_000 / lags[alike[lags].argmax()]

    assert fundamental(4) / fundamental(0) == pytest.approx(2 ** (4 / 12), rel=0.04)


def test_a_pause_between_sentences_is_a_persons() -> None:
    speech = ENGINE.speak(words_of("Halt an. Dann weiter."), "de-DE", 1.0)
    before, after = speech.spans[1], speech.spans[2]
    assert before is not None
    assert after is not None
    assert after[0] - before[1] == pytest.approx(0.36, abs=0.08)


def test_speech_begins_at_once() -> None:
    speech = ENGINE.speak(words_of("Guten Tag."), "de-DE", 1.0)
    assert speech.spans[0] is not None
    assert sounding(speech.samples, speech.sample_rate)[0] / speech.sample_rate < 0.05
    assert speech.spans[0][0] < 0.08


ODD = [
    "x" * 300,
    "wort " * 150,
    "a<b </volume> &amp; <break/>",
    "e\u0301te\u0301",
    "o'o''o",
    "- - a - -",
    "ß",
    "«¡¿?!»a",
    "a…b",
    "....a",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_said_in_order(text: str) -> None:
    words = words_of(text)
    speech = ENGINE.speak(words, "es-ES", 1.0)
    assert len(speech.spans) == len(words)
    spans = [span for span in speech.spans if span]
    assert spans
    assert all(a[1] <= b[0] + 1e-6 for a, b in pairwise(spans))


@given(st.lists(st.text(st.characters(codec="latin-1"), max_size=9), max_size=8))
@settings(max_examples=15, deadline=None)
def test_any_latin_text_is_said(parts: list[str]) -> None:
    words = sayable(" ".join(parts), "fr")
    speech = ENGINE.speak(words, "fr-FR", 1.0)
    assert len(speech.spans) == len(words)
    assert np.isfinite(speech.samples).all()


def test_another_script_is_refused() -> None:
    with pytest.raises(AudioError, match=r'pico cannot say "Привет" \(cyrillic script\)'):
        ENGINE.refuse(words_of("Das heißt Привет auf Russisch"), "de-DE")


def test_a_failure_of_picos_is_one_clear_line() -> None:
    with pytest.raises(AudioError, match=r'^pico could not say "12345678901234567890') as caught:
        ENGINE.speak(words_of("1234567890" * 50), "de-DE", 1.0)
    assert "\n" not in str(caught.value)
    assert "lexicon" in str(caught.value)


def test_pico_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pico, "_TIMEOUT", 0.5)
    endless = '<volume level="50">' * 300 + "a"
    with pytest.raises(AudioError, match='pico could not say "a"'):
        pico.run([endless], "de-DE", 1.0)


def test_without_the_package_the_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pico, "folder", lambda: None)
    assert {voice.offline for voice in ENGINE.voices()} == {False}
    assert "pip install py-nanotts==0.1.1" in ENGINE.voices()[0].description
    with pytest.raises(AudioError, match=r"not installed; pip install py-nanotts==0\.1\.1"):
        ENGINE.speak(words_of("Hallo"), "de-DE", 1.0)


def test_a_folder_as_deep_as_you_like(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pico itself has room for a path of 190 bytes."""
    real = pico.folder()
    assert real is not None
    deep = tmp_path.joinpath(*["ein tiefer Ordner mit Ümläuten"] * 8)
    deep.mkdir(parents=True)
    os.symlink(real, deep / "py_nanotts")
    monkeypatch.setattr(pico, "folder", lambda: deep / "py_nanotts")
    assert len(ENGINE.speak(words_of("Hallo Welt."), "de-DE", 1.0).samples) > 8000


def test_letters_joined_by_points_are_said_without_the_points() -> None:
    joined, apart = (ENGINE.speak([SayWord("x", text)], "en-GB", 1.0).samples for text in ("P.D.F.", "P D F."))
    assert np.array_equal(joined, apart)


def test_a_long_sentence_is_cut_at_a_comma() -> None:
    words = words_of("eins zwei drei vier, " * 40 + "Schluss.")
    groups = utterances(words)
    assert [i for group, _ in groups for i in group] == list(range(161))
    assert all(len(group) <= LONGEST for group, _ in groups)
    assert all(words[group[-1]].spoken[-1] in ",." for group, _ in groups)


@pytest.mark.parametrize("count", [24, 25, 31, 48])
def test_a_long_sentence_without_a_pause_is_said_and_timed(count: int) -> None:
    words = words_of("und dann geht es noch ein wenig weiter " * 6)[:count]
    speech = ENGINE.speak(words, "de-DE", 1.0)
    spans = [span for span in speech.spans if span]
    assert len(spans) == count
    assert all(a[1] <= b[0] + 1e-6 for a, b in pairwise(spans))
    assert all(0.04 < end - start < 0.8 for start, end in spans)


def test_a_narration_through_and_through() -> None:
    narration = Narration.plain("Das ist gut. Und das?", "pico:de-DE", "de")
    recording = speak(narration)
    assert [word.text for word in recording.timing.words] == narration.text.split()
    assert recording.timing.voices["pico:de-DE"]["name"] == "pico"
    assert recording.timing.voices["pico:de-DE"]["licence"] == "Apache-2.0"
    assert not recording.timing.estimated
    assert speak(narration) == recording


def test_importing_the_engine_loads_neither_numpy_nor_pico() -> None:
    program = (
        "import sys, videogen.voices.pico as p; p.ENGINE.voices(); p.ENGINE.fingerprint()\n"
        "print(sorted({'numpy', 'py_nanotts'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip() == "[]"


NOISE = np.random.default_rng(1).normal(0, 3000, 16_000 * 3)


@given(st.lists(st.integers(10, 60), min_size=1, max_size=40), st.data())
@settings(deadline=None)
def test_volumes_tell_the_words_apart(lengths: list[int], data: st.DataObject) -> None:
    """Words of given lengths, in windows of 4 ms, with pauses between some: each is found where it was put."""
    even, marked, truth = list[np.ndarray](), list[np.ndarray](), list[tuple[int, int]]()
    at = 0
    for place, length in enumerate(lengths):
        sound = NOISE[at * 64 % 16_000 :][: length * 64]
        even.append(sound)
        marked.append(sound * loud_marks.level(place) / 100)
        truth.append((at, at + length))
        at += length
        if data.draw(st.booleans()):
            even.append(np.zeros(5 * 64))
            marked.append(np.zeros(5 * 64))
            at += 5
    found = loud_marks.spans(
        np.concatenate(even).astype(np.int16), np.concatenate(marked).astype(np.int16), len(lengths), 16_000
    )
    for (first, last), span in zip(truth, found, strict=True):
        assert span is not None
        assert span[0] == pytest.approx(first * 0.004, abs=0.009)
        assert span[1] == pytest.approx(last * 0.004, abs=0.009)


def test_a_word_without_a_sound_is_known_as_such() -> None:
    levels = [0, 1, 3, 4]  # the third word is silent
    even = np.concatenate([NOISE[:2560]] * 4).astype(np.int16)
    marked = np.concatenate([NOISE[:2560] * loud_marks.level(place) / 100 for place in levels]).astype(np.int16)
    found = loud_marks.spans(even, marked, 5, 16_000)
    assert [span is None for span in found] == [False, False, True, False, False]
    filled = loud_marks.shared(found, [1, 1, 1, 3, 1])
    assert filled[2] is not None
    assert filled[3] is not None
    assert found[3] is not None
    assert (filled[2][0], filled[2][1], filled[3][1]) == (found[3][0], filled[3][0], found[3][1])
    assert filled[2][1] - filled[2][0] == pytest.approx((found[3][1] - found[3][0]) / 4)


def test_sounds_that_differ_tell_nothing() -> None:
    assert loud_marks.spans(np.ones(640, np.int16), np.ones(641, np.int16), 2, 16_000) == [None, None]
    assert loud_marks.shared([None, None], [1, 1]) == [None, None]


def test_points_between_initials_are_not_said() -> None:
    joined, apart = (
        ENGINE.speak([SayWord("API", spoken), SayWord("it.", "works.")], "en-GB", 1.0) for spoken in ("A.P.I", "A P I")
    )
    assert len(joined.samples) == len(apart.samples)
