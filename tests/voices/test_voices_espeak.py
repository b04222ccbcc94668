"""The voices of the extra `espeak`: exact word times, the same bytes every time, clear lines without the package."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voices_heard import rms, words_of

from videogen.checks.pace import FASTEST, SLOWEST
from videogen.model.errors import AudioError, ValidationError
from videogen.model.script import Narration
from videogen.voices import espeak
from videogen.voices.alphabets import foreign_script
from videogen.voices.catalog import resolve
from videogen.voices.engine import Speech
from videogen.voices.espeak import ENGINE, folder, spans_of, tag
from videogen.voices.speak import check_sayable, speak
from videogen.voices.speech import sayable

speaks = pytest.mark.skipif(folder() is None, reason='NOT TESTED without `pip install "videogen[espeak]"`')
TEXTS = {
    "pt": "Cada compilação guarda o que não mudou, e sabe qual cena uma edição toca. Depois refaz só essa.",
    "pl": "Każda kompilacja zachowuje to, co się nie zmieniło. Wie, której sceny dotyczy zmiana, i robi tylko tę.",
    "ru": "Каждая сборка хранит то, что не изменилось. Она знает, какую сцену меняет правка, и делает только её.",
    "tr": "Her derleme değişmeyeni korur. Bir düzenlemenin hangi sahneye dokunduğunu bilir, yalnız onu yapar.",
}
ELSEWHERE = {
    "cmn": "你好，世界。今天是星期四。",
    "ja": "こんにちは、せかい。",
    "ko": "안녕하세요 세계.",
    "ar": "مرحبا بالعالم.",
    "hi": "नमस्ते दुनिया।",
    "th": "สวัสดีชาวโลก",
    "he": "שלום עולם.",
    "el": "Γεια σου κόσμε.",
    "sr": "Добар дан, свете.",
}


def in_order(speech: Speech) -> bool:
    spans = [span for span in speech.spans if span]
    length = len(speech.samples) / speech.sample_rate
    return all(a[1] <= b[0] + 1e-6 for a, b in pairwise(spans)) and all(0 <= s <= e <= length + 1e-6 for s, e in spans)


@speaks
@pytest.mark.parametrize("voice", TEXTS)
def test_every_word_has_its_time_and_is_heard_there(voice: str) -> None:
    words = words_of(TEXTS[voice])
    speech = ENGINE.speak(words, voice, 1.0)
    assert not speech.estimated
    assert in_order(speech)
    rate, loudest = speech.sample_rate, np.abs(speech.samples).max()
    for word, span in zip(words, speech.spans, strict=True):
        assert span is not None, word
        assert span[0] < span[1]
        assert rms(speech.samples[round(span[0] * rate) : round(span[1] * rate)]) > 0.03 * loudest, word
        # after a comma or the end of a sentence there is a pause, and the times leave it out
        if word.spoken[-1] in ",." and word is not words[-1]:
            pause = speech.samples[round((span[1] + 0.01) * rate) : round((span[1] + 0.08) * rate)]
            assert rms(pause) < 0.01 * loudest, word


@speaks
@pytest.mark.parametrize("voice", TEXTS)
def test_a_word_begins_where_the_text_before_it_ends(voice: str) -> None:
    """Said with other words after it, a clause takes the same time."""
    first, rest = TEXTS[voice].split(".", 1)
    both = ENGINE.speak(words_of(TEXTS[voice]), voice, 1.0)
    alone = ENGINE.speak(words_of(first + "."), voice, 1.0)
    assert rest
    for a, b in zip(alone.spans, both.spans, strict=False):
        assert a == pytest.approx(b, abs=0.02)


@speaks
@pytest.mark.parametrize("voice", TEXTS)
def test_the_pace_is_one_that_a_listener_follows(voice: str) -> None:
    text = TEXTS[voice]
    speech = ENGINE.speak(words_of(text), voice, 1.0)
    assert SLOWEST < (len(text) + 1) / 6 / (len(speech.samples) / speech.sample_rate) * 60 < FASTEST


@speaks
@pytest.mark.parametrize("voice", ELSEWHERE)
def test_languages_of_other_scripts_are_said(voice: str) -> None:
    words = words_of(ELSEWHERE[voice])
    speech = ENGINE.speak(words, voice, 1.0)
    assert in_order(speech)
    assert not speech.estimated
    assert all(speech.spans)
    assert 0.5 < len(speech.samples) / speech.sample_rate < 6


@speaks
def test_numbers_are_said_in_other_languages() -> None:
    """Which the library does, not we: a number lasts as long as its words."""
    (figures,) = ENGINE.speak(sayable("2024", "pl"), "pl", 1.0).spans
    spelled = ENGINE.speak(sayable("dwa tysiące dwadzieścia cztery", "pl"), "pl", 1.0).spans
    assert figures is not None
    assert spelled[0] is not None
    assert spelled[-1] is not None
    assert figures[1] - figures[0] == pytest.approx(spelled[-1][1] - spelled[0][0], rel=0.25)


@speaks
def test_the_same_text_gives_the_same_samples_whatever_runs_beside_it() -> None:
    def said(voice: str) -> bytes:
        return ENGINE.speak(words_of(TEXTS[voice]), voice, 1.0).samples.tobytes()

    alone = {voice: said(voice) for voice in TEXTS}
    with ThreadPoolExecutor(3) as pool:
        assert dict(zip(TEXTS, pool.map(said, TEXTS), strict=True)) == alone


@speaks
def test_rate_changes_the_length() -> None:
    lengths = [len(ENGINE.speak(words_of(TEXTS["pt"]), "pt", rate).samples) for rate in (0.5, 1.0, 2.0)]
    assert lengths[0] / lengths[1] == pytest.approx(2, rel=0.15)
    assert lengths[1] / lengths[2] == pytest.approx(2, rel=0.15)


@speaks
@pytest.mark.parametrize("pitch", [-6, 4, 6])
def test_pitch_changes_the_height_and_keeps_the_times(pitch: float) -> None:
    def fundamental(speech: Speech) -> float:
        heights = list[float]()
        for at in range(0, len(speech.samples) - 2048, 512):
            part = speech.samples[at : at + 2048].astype(np.float64)
            alike = np.correlate(part, part, "full")[2047:]
            # the shortest lag at which the sound is nearly as like itself as it gets
            lags = np.arange(70, 340)
            peaks = lags[(alike[lags] >= alike[lags - 1]) & (alike[lags] >= alike[lags + 1])]
            if len(peaks) and alike[peaks].max() > 0.7 * alike[0] > 1:
                heights.append(speech.sample_rate / peaks[alike[peaks] > 0.9 * alike[peaks].max()][0])
        return float(np.median(heights))

    plain, other = (ENGINE.speak_at(words_of(TEXTS["pt"]), "pt", 1.0, each) for each in (0, pitch))
    assert fundamental(other) / fundamental(plain) == pytest.approx(2 ** (pitch / 12), rel=0.08)
    assert len(other.samples) == pytest.approx(len(plain.samples), rel=0.02)


ODD = [
    "x" * 400,
    "wort " * 400,
    "a<b </p> &amp; <break/>",
    "[[a]] b",
    "a\x01b \x0150P c",
    "- - a - -",
    "ß",
    "o'o''o",
    "e\u0301",
]


@speaks
@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_said_in_order(text: str) -> None:
    words = words_of(text)
    speech = ENGINE.speak(words, "pt", 1.0)
    assert len(speech.spans) == len(words)
    assert any(speech.spans)
    assert in_order(speech)


@speaks
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), max_size=8))
@settings(max_examples=15, deadline=None)
def test_any_text_is_said_or_refused(parts: list[str]) -> None:
    words = sayable(" ".join(parts), "pt")
    if any(foreign_script(word.spoken, "pt") for word in words):
        with pytest.raises(AudioError, match=r"^espeak cannot say"):
            ENGINE.refuse(words, "pt")
        return
    speech = ENGINE.speak(words, "pt", 1.0)
    assert len(speech.spans) == len(words)
    assert in_order(speech)


def test_words_said_as_one_share_their_time() -> None:
    texts = ["some", "of", "the", "things"]
    events = [(1, 0, 0), (1, 5, 100), (1, 12, 300), (5, 18, 500)]
    sound = np.ones(500, np.float32)
    spans = spans_of(events, texts, sound, 1000)
    assert spans == [(0.0, 0.1), pytest.approx((0.1, 0.2)), pytest.approx((0.2, 0.3)), (0.3, 0.5)]


def test_a_word_ends_before_the_pause_after_it() -> None:
    sound = np.concatenate([np.ones(300), np.zeros(200), np.ones(100)]).astype(np.float32)
    spans = spans_of([(1, 0, 0), (5, 2, 500), (1, 5, 500), (5, 6, 600)], ["a,", "—", "b"], sound, 1000)
    assert spans == [(0.0, 0.3), None, (0.5, 0.6)]


def test_a_number_of_several_events_is_one_word() -> None:
    events = [(1, 0, 0), (1, 1, 50), (1, 1, 90), (1, 5, 200), (5, 6, 300)]
    assert spans_of(events, ["2024", "a"], np.ones(300, np.float32), 1000) == [(0.0, 0.2), (0.2, 0.3)]


@speaks
@pytest.mark.parametrize(
    ("voice", "text", "word"),
    [("pt", "Diz Привет agora", "Привет"), ("ja", "これは 世界 です", "世界"), ("cmn", "말 世界", "말")],
)
def test_another_script_is_refused(voice: str, text: str, word: str) -> None:
    language = {"cmn": "zh"}.get(voice, voice)
    with pytest.raises(AudioError, match=f'espeak cannot say "{word}"') as caught:
        check_sayable(Narration.plain(text, f"espeak:{voice}", language))
    assert "\n" not in caught.value.line()


@speaks
@pytest.mark.parametrize(
    ("voice", "language", "resolved"),
    [
        ("auto", "pt", "espeak:pt"),
        ("auto", "pt-BR", "espeak:pt-BR"),
        ("auto", "pt-AO", "espeak:pt"),
        ("auto", "pl", "espeak:pl"),
        ("auto", "zh-CN", "espeak:cmn"),
        ("auto", "no", "espeak:nb"),
        ("auto", "en-GB", "hibari:heart"),
        ("auto", "de", "pico:de-DE"),
        ("espeak", "en-GB", "espeak:en"),
        ("espeak:pt-br", "pt", "espeak:pt-BR"),
    ],
)
def test_what_a_name_stands_for(voice: str, language: str, resolved: str) -> None:
    assert resolve(voice, language) == resolved


@speaks
def test_the_list_is_the_librarys() -> None:
    voices = {voice.id: voice for voice in ENGINE.voices()}
    assert len({voice.language.partition("-")[0] for voice in voices.values()}) > 100
    assert all(voice.offline and voice.natural == 0 for voice in voices.values())
    assert voices["espeak:pt-BR"].description == "Portuguese (Brazil), robotic"
    for voice in voices.values():
        assert tag(voice.language) == voice.language
        assert unicodedata.normalize("NFC", voice.description).isprintable()


@speaks
def test_voices_of_the_list_speak() -> None:
    some = [voice.id.partition(":")[2] for voice in ENGINE.voices()[::6]]
    with ThreadPoolExecutor(2) as pool:
        sounds = list(pool.map(lambda voice: ENGINE.speak(words_of("12 ma"), voice, 2.0), some))
    assert [voice for voice, speech in zip(some, sounds, strict=True) if not speech.samples.any()] == []


@speaks
def test_a_language_without_a_dictionary_is_not_listed() -> None:
    """It would be silent."""
    package = folder()
    assert package is not None
    data = package / "espeak-ng-data"
    listed = {voice.id.partition(":")[2] for voice in ENGINE.voices()}
    silent = {path.name for path in (data / "lang").rglob("*") if path.name in {"fo", "kaa", "xex"}}
    assert len(silent) == 3
    assert listed.isdisjoint(silent)


@speaks
def test_a_narration_through_and_through() -> None:
    narration = Narration.plain("Isto é bom. E isto, em 2024?", "espeak:pt", "pt")
    recording = speak(narration)
    assert [word.text for word in recording.timing.words] == narration.text.split()
    assert recording.timing.voices["espeak:pt"]["name"] == "espeak"
    assert recording.timing.voices["espeak:pt"]["licence"] == "GPL-3.0-or-later"
    assert not recording.timing.estimated
    assert speak(narration) == recording


@speaks
def test_a_folder_as_deep_as_you_like(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library itself has room for a path of 160 bytes."""
    real = folder()
    assert real is not None
    deep = tmp_path.joinpath(*["uma pasta funda com acentuação"] * 8)
    deep.mkdir(parents=True)
    (deep / "espeakng_loader").symlink_to(real, target_is_directory=True)
    monkeypatch.setattr(espeak, "folder", lambda: deep / "espeakng_loader")
    assert len(ENGINE.speak(words_of("Olá mundo."), "pt", 1.0).samples) > 8000


@speaks
def test_a_failure_of_the_library_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = folder()
    assert real is not None
    (tmp_path / "espeakng_loader").mkdir()
    for file in real.iterdir():
        if file.is_file():
            (tmp_path / "espeakng_loader" / file.name).symlink_to(file)
    monkeypatch.setattr(espeak, "folder", lambda: tmp_path / "espeakng_loader")
    monkeypatch.setattr(ENGINE, "voices", list, raising=False)
    with pytest.raises(AudioError, match=r'^espeak could not say "Olá"') as caught:
        ENGINE.speak(words_of("Olá"), "pt", 1.0)
    assert "\n" not in caught.value.line()


def test_without_the_package_the_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "folder", lambda: None)
    assert ENGINE.voices() == []
    for name in ("espeak", "espeak:pt"):
        with pytest.raises(ValidationError, match='"espeak" is not installed') as caught:
            resolve(name, "pt")
        assert caught.value.line().endswith('pip install "videogen[espeak]"')
    with pytest.raises(ValidationError, match='no offline voice speaks "pt"') as caught:
        resolve("auto", "pt")
    assert 'pip install "videogen[espeak]"' in caught.value.line()
    with pytest.raises(AudioError, match=r'not installed; pip install "videogen\[espeak\]"'):
        ENGINE.speak(words_of("Olá"), "pt", 1.0)


def test_importing_the_engine_loads_neither_numpy_nor_the_library() -> None:
    program = (
        "import sys, videogen.voices.espeak as p; p.ENGINE.voices(); p.ENGINE.fingerprint()\n"
        "print(sorted({'numpy', 'ctypes', 'espeakng_loader'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip() == "[]"
