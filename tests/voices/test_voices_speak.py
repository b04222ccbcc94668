"""A narration as a whole, the silent draft, and the catalogue."""

from __future__ import annotations

import io
import subprocess
import sys

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen.checks.pace import CHARACTERS, FASTEST, FEWEST_WORDS, SLOWEST
from videogen.model.errors import AudioError, ValidationError
from videogen.model.script import Narration
from videogen.model.timing import Timing
from videogen.voices import catalog
from videogen.voices.catalog import fingerprint, resolve
from videogen.voices.draft import ENGINE
from videogen.voices.engine import Engine, Speech, VoiceInfo
from videogen.voices.hibari import PACE
from videogen.voices.speak import Recording, check_sayable, speak
from videogen.voices.speech import joined

TEXT = "Run doit 🎉 on Python 3.11 — it writes README.md, i.e. text. Then it rests!"


def check(text: str, recording: Recording) -> Timing:
    timing = recording.timing
    assert [word.text for word in timing.words] == text.split()
    at = 0.0
    for word in timing.words:
        assert at <= word.start <= word.end <= timing.seconds
        at = word.end
    for data in (recording.mp3, recording.m4a):
        with av.open(io.BytesIO(data)) as container:
            assert sum(frame.samples for frame in container.decode(audio=0)) >= timing.samples
    return timing


@pytest.mark.parametrize("voice", ["hibari:heart", "draft:"])
def test_narration(voice: str) -> None:
    narration = Narration.plain(TEXT, voice, lexicon={"readme.md": "the read me"})
    recording = speak(narration)
    timing = check(TEXT, recording)
    assert list(timing.voices) == [voice]
    assert "the read me, that is, text." in timing.spoken
    assert timing.voices[voice]["name"] == voice.partition(":")[0]
    assert timing.estimated == (timing.loudness is None) == (voice == "draft:")
    again = speak(narration)
    assert (again.mp3, again.m4a, again.timing) == (recording.mp3, recording.m4a, recording.timing)


@pytest.mark.parametrize("voice", ["hibari:heart", "draft:", "edge:en-US-AriaNeural"])
def test_nothing_to_say_is_silence(voice: str) -> None:
    timing = check("", speak(Narration.plain("", voice)))
    assert timing.samples == 0
    assert timing.loudness is None


@pytest.mark.parametrize("text", ["🎉", "… — !", "*** --- !!!"])
@pytest.mark.parametrize("voice", ["hibari:heart", "draft:", "edge:en-US-AriaNeural"])
def test_a_text_in_which_nothing_can_be_said_is_an_error(text: str, voice: str) -> None:
    for refuse in (speak, check_sayable):
        with pytest.raises(AudioError, match="can be said; write words, or leave the narration out"):
            refuse(Narration.plain(text, voice))


WORDS = ("a", "i", "of", "it", "the", "build", "anything", "internationalization", "1,024", "v2.0", "go.")


@given(st.lists(st.sampled_from(WORDS), min_size=FEWEST_WORDS, max_size=40))
@settings(max_examples=40, deadline=None)
def test_a_draft_keeps_to_the_pace_that_the_checks_ask_for(words: list[str]) -> None:
    said = check_sayable(Narration.plain(" ".join(words), "draft:"))
    spans = ENGINE.speak(said, "", 1.0).spans
    assert spans[0] is not None
    assert spans[-1] is not None
    pace = (len(joined(said)) + 1) / CHARACTERS * 60 / (spans[-1][1] - spans[0][0])
    assert SLOWEST <= pace <= FASTEST


def test_speech_starts_and_ends_at_once() -> None:
    timing = speak(Narration.plain("Hello there.", "hibari:heart", rate=1 / PACE)).timing
    assert timing.words[0].start < 0.12
    assert timing.seconds - timing.words[-1].end < 0.2


def test_rate_changes_the_length() -> None:
    slow, fast = (
        [speak(Narration.plain(TEXT, voice, rate=rate)).timing.seconds for voice in ("draft:", "hibari:heart")]
        for rate in (0.8, 1.6)
    )
    assert slow[0] / fast[0] == pytest.approx(2, rel=0.05)
    assert slow[1] / fast[1] == pytest.approx(2, rel=0.2)


def test_a_draft_is_about_as_long_as_speech() -> None:
    text = "Every build keeps what has not changed. It knows which scene an edit touches, and makes that one."
    draft, real = (speak(Narration.plain(text, voice)).timing.seconds for voice in ("draft:", "hibari:heart"))
    assert draft / real == pytest.approx(1, abs=0.15)
    assert 135 < len(text.split()) / draft * 60 < 185


def test_another_script_fails_with_a_clear_line() -> None:
    with pytest.raises(AudioError, match="Привет") as caught:
        speak(Narration.plain("Say Привет now.", "hibari:heart"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("voice", "language", "resolved"),
    [
        ("auto", "en", "hibari:heart"),
        ("auto", "en-GB", "hibari:heart"),
        ("female", "en", "hibari:heart"),
        ("male", "en", "hibari:fenrir"),
        ("male_warm", "en", "hibari:fable"),
        ("female_friendly", "en", "hibari:kore"),
        ("auto", "de", "pico:de-DE"),
        ("auto", "fr-CA", "pico:fr-FR"),
        ("auto", "es", "pico:es-ES"),
        ("auto", "it-IT", "pico:it-IT"),
        ("pico", "en", "pico:en-GB"),
        ("female", "de", "pico:de-DE"),
        ("female_friendly", "de", "pico:de-DE"),
        ("male", "de", "edge:de-DE-ConradNeural"),
        ("female", "pt-PT", "edge:pt-PT-RaquelNeural"),
        ("male", "pt-PT", "edge:pt-PT-DuarteNeural"),
        ("male", "pt", "edge:pt-BR-AntonioNeural"),
        ("male_warm", "pt", "edge:pt-BR-AntonioNeural"),
        ("female_friendly", "pt", "edge:pt-BR-ThalitaMultilingualNeural"),
        ("male_warm", "de", "edge:de-DE-FlorianMultilingualNeural"),
        ("male_warm", "de-AT", "edge:de-AT-JonasNeural"),
        ("male_warm", "es", "edge:es-ES-AlvaroNeural"),
        ("female_friendly", "zh", "edge:zh-CN-XiaoxiaoNeural"),
        ("hibari", "en", "hibari:heart"),
        ("hibari:", "en", "hibari:heart"),
        ("HIBARI:heart".lower(), "en-US", "hibari:heart"),
        ("edge", "fr", "edge:fr-FR-DeniseNeural"),
        ("edge:en-us-arianeural", "en", "edge:en-US-AriaNeural"),
        ("draft", "ja", "draft:"),
        ("draft:", "de", "draft:"),
    ],
)
def test_resolve(voice: str, language: str, resolved: str) -> None:
    assert resolve(voice, language) == resolved
    assert resolve(resolved, language) == resolved


@pytest.mark.parametrize(
    ("voice", "language", "message", "hint"),
    [
        ("femal", "en", "unknown voice", '"female"'),
        ("hibari:hart", "en", "unknown voice", '"hibari:heart"'),
        ("edg:x", "en", "unknown voice engine", '"edge"'),
        ("hibari:heart", "de", "speaks en-US", "pico:de-DE"),
        ("hibari", "zu-ZA", "no voice that speaks", "edge:zu-"),
        ("auto", "zu", "no offline voice", "needs a network"),
        ("male", "tlh", "no male voice", "draft:"),
    ],
)
def test_resolve_refuses(voice: str, language: str, message: str, hint: str) -> None:
    with pytest.raises(ValidationError, match=message) as caught:
        resolve(voice, language)
    assert hint in str(caught.value.hint)


LANGUAGES = sorted({voice.language for voice in catalog.catalog() if voice.gender} - {"*"})


@pytest.mark.parametrize("name", catalog.FRIENDLY)
def test_friendly_names_stand_for_a_voice_of_every_language_that_has_one(name: str) -> None:
    voices = {voice.id: voice for voice in catalog.catalog()}
    gender = name.partition("_")[0]
    for language in sorted({*LANGUAGES, *(tag.partition("-")[0] for tag in LANGUAGES)}):
        # these dialects have women only
        if language in {"zh-CN-liaoning", "zh-CN-shaanxi"}:
            continue
        found = voices[resolve(name, language)]
        assert found.gender == gender
        assert found.language.partition("-")[0] == language.partition("-")[0]
        assert resolve(name, language) == found.id
        plain = voices[resolve(gender, language)]
        if not language.startswith("en"):
            assert found.language == plain.language, "the same country, whatever the character"
            if any(each.offline and each.gender == gender and each.language.startswith(language[:2] + "-")
                   for each in voices.values()):  # fmt: skip
                assert found.offline


@pytest.mark.parametrize("engine", ["auto", "male", "female_friendly", "hibari", "pico", "edge"])
def test_a_language_that_nobody_speaks_is_refused_with_what_to_write(engine: str) -> None:
    with pytest.raises(ValidationError, match='"tlh"') as caught:
        resolve(engine, "tlh")
    assert "draft:" in caught.value.line()
    assert "\n" not in caught.value.line()


@pytest.mark.parametrize(
    ("voice", "language", "text", "word"),
    [
        ("hibari:heart", "en", "Say 日本 now.", "日本"),
        ("pico:de-DE", "de", "Sag Привет.", "Привет"),
        ("edge:de-DE-KatjaNeural", "de", "Sag مرحبا.", "مرحبا"),
    ],
)
def test_a_script_that_the_voice_cannot_read_is_refused_before_it_speaks(
    voice: str, language: str, text: str, word: str
) -> None:
    with pytest.raises(AudioError, match=word) as caught:
        check_sayable(Narration.plain(text, voice, language))
    assert "\n" not in caught.value.line()
    assert caught.value.hint


def test_every_voice_can_be_named() -> None:
    voices = catalog.catalog()
    assert {voice.id.partition(":")[0] for voice in voices} >= {"hibari", "draft", "edge", "pico"}
    for voice in voices:
        assert resolve(voice.id, "en" if voice.language == "*" else voice.language) == voice.id


def test_fingerprint_names_what_decides() -> None:
    assert fingerprint("hibari:heart") != fingerprint("hibari:kore")
    for part in ("hibari-tts 0.2.1", "onnxruntime", "seed 0", "av "):
        assert part in fingerprint("hibari:heart")


def test_catalogue_is_light() -> None:
    program = (
        "import sys; from videogen.voices.catalog import *\n"
        "resolve('auto', 'en'); catalog(); fingerprint('hibari:heart')\n"
        "print(sorted({'numpy', 'onnxruntime', 'av', 'aiohttp', 'edge_tts', 'tenacity', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class Mumbler:
    """An engine of another package: it knows no word times."""

    name, licence, reads = "mumbler", "MIT", "display"

    def voices(self) -> list[VoiceInfo]:
        return [VoiceInfo("mumbler:a", "de-DE", "male", "", True)]

    def fingerprint(self) -> str:
        return "1"

    def speak(self, words: object, voice: str, rate: float) -> Speech:
        import numpy as np

        tone = (0.1 * np.sin(np.arange(24_000) / 9)).astype(np.float32)
        return Speech(tone, 24_000, [None] * self.spans, estimated=True)

    spans = 3


def test_an_engine_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Mumbler()
    check_is_an_engine: Engine = engine  # type: ignore[assignment]
    monkeypatch.setitem(catalog.engines(), "mumbler", check_is_an_engine)
    assert resolve("auto", "de") == "mumbler:a", "it says that it sounds more natural"
    narration = Narration.plain("ein Haus baut", "mumbler:a", "de")
    timing = check(narration.text, speak(narration))
    assert timing.estimated
    assert timing.words[-1].end == pytest.approx(timing.seconds, abs=0.002)
    engine.spans = 2
    with pytest.raises(AudioError, match="2 of 3"):
        speak(narration)


CRACKED = (
    "Here is what you get. An MP4 that plays everywhere: 1080p, thirty frames a second, with chapters "
    "inside. Captions as SRT and WebVTT, timed to the spoken words. A transcript, a thumbnail and a list "
    "of chapters to paste. A manifest that records every input, version, voice and licence. A report of "
    "what a viewer would complain about, from loudness to contrast. "
)


def test_a_frame_that_the_fast_coder_gets_wrong_does_not_reach_the_film() -> None:
    """With this text FFmpeg's fast AAC coder decoded to a peak of 1.08 in one frame, 2.7 dB above the narration."""
    recording = speak(Narration.plain(CRACKED, "hibari:heart"))
    with av.open(io.BytesIO(recording.m4a)) as container:
        assert max(abs(frame.to_ndarray()).max() for frame in container.decode(audio=0)) < 10 ** (-1 / 20)
