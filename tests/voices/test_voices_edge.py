"""The online engine against a loopback server that speaks the service's protocol."""

from __future__ import annotations

import io
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import av
import edge_tts.communicate
import numpy as np
import pytest
from edge_tts.data_classes import TTSConfig

from videogen.model.errors import AudioError, RetryExhausted
from videogen.model.markup import Mark
from videogen.model.script import Narration, Turn
from videogen.model.timing import SAMPLE_RATE
from videogen.voices import catalog
from videogen.voices.edge import PARALLEL, Edge
from videogen.voices.edge_client import DECODER_DELAY, LAME_DELAY, decode, delay, long_name
from videogen.voices.speak import check_sayable, speak
from videogen.voices.speech import written

sys.path.insert(0, str(Path(__file__).parent))
from edge_loopback import LEAD_SECONDS, WORD_SECONDS, Service, encoded, serving, tones

TEXT = "Hello world & <friends>. This is a test."
VOICE = "en-US-AriaNeural"


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Service]]:
    with ExitStack() as stack:

        def start(mode: str) -> Service:
            service = stack.enter_context(serving(mode))
            monkeypatch.setattr(edge_tts.communicate, "WSS_URL", service.url)
            return service

        yield start


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def engine(waits: list[float]) -> Edge:
    return Edge(total_timeout=20, stall_timeout=10, sleep=waits.append)


def test_words_get_the_times_of_the_service(serve: Callable[[str], Service], engine: Edge) -> None:
    service = serve("ok")
    speech = engine.speak(written(TEXT), VOICE, 1.0)
    assert service.said == [TEXT]
    assert service.voices == ["Microsoft Server Speech Text to Speech Voice (en-US, AriaNeural)"]
    assert speech.sample_rate == 24_000
    assert not speech.estimated
    assert speech.spans[2] is None, '"&" is not announced as a word'
    for index, span in enumerate(speech.spans):
        if span:
            assert span == pytest.approx(
                (LEAD_SECONDS + WORD_SECONDS * index, LEAD_SECONDS + WORD_SECONDS * (index + 1))
            )


def heard_at(samples: np.ndarray, rate: int) -> np.ndarray:
    """Seconds at which tones begin: the loudness of a period passes half of what it is within a word."""
    period = np.ones(rate // 440) / (rate // 440)
    loud = np.sqrt(np.convolve(samples**2, period, mode="same"))
    return np.flatnonzero(np.diff((loud > loud.max() / 2).astype(int)) == 1) / rate


def test_words_are_heard_when_they_are_announced(serve: Callable[[str], Service], engine: Edge) -> None:
    serve("ok")
    speech = engine.speak(written("One two three four five."), VOICE, 1.0)
    announced = [span[0] for span in speech.spans if span]
    assert heard_at(speech.samples, speech.sample_rate) == pytest.approx(announced, abs=0.002)


def test_words_of_the_finished_narration_are_heard_in_their_places(
    serve: Callable[[str], Service], monkeypatch: pytest.MonkeyPatch, engine: Edge
) -> None:
    serve("ok")
    monkeypatch.setitem(catalog.engines(), "edge", engine)
    made = speak(Narration.plain("One two three four five.", f"edge:{VOICE}"))
    with av.open(io.BytesIO(made.mp3)) as file:
        samples = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    starts = [word.start for word in made.timing.words]
    assert heard_at(samples, SAMPLE_RATE) == pytest.approx(starts, abs=0.003)


@pytest.mark.parametrize(("header", "late"), [(False, 1105), (True, 0)])
def test_delay_of_the_codec_is_left_out_once(header: bool, late: int) -> None:
    """With a header frame the decoder does it; without one it is LAME's 576 samples and the decoder's 529."""
    audio = encoded(tones(4), header)
    assert header or audio[:4] == bytes.fromhex("fff364c4"), "the very frame header that the service sends"
    assert (b"Info" in audio[:200]) == header
    assert delay(audio) == late
    samples, rate = decode(audio)
    assert rate == 24_000
    assert heard_at(samples, rate)[0] == pytest.approx(LEAD_SECONDS, abs=0.002)


def test_an_encoder_that_does_not_name_itself_has_no_known_delay() -> None:
    audio = encoded(tones(2)).replace(b"LAME", b"\0\0\0\0")
    assert delay(audio) == DECODER_DELAY
    assert DECODER_DELAY + LAME_DELAY == 1105


def test_whole_narration(serve: Callable[[str], Service], monkeypatch: pytest.MonkeyPatch, engine: Edge) -> None:
    service = serve("ok")
    monkeypatch.setitem(catalog.engines(), "edge", engine)
    narration = Narration.plain("Run doit 🎉 now.", f"edge:{VOICE}", lexicon={"doit": "do it"})
    timing = speak(narration).timing
    assert service.said == ["Run do it now."]
    assert [word.text for word in timing.words] == ["Run", "doit", "🎉", "now."]
    assert timing.words[1].end - timing.words[1].start == pytest.approx(2 * WORD_SECONDS, abs=0.002)
    assert timing.loudness == pytest.approx(-14, abs=0.3)


def test_rate_is_passed_on(serve: Callable[[str], Service], engine: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    serve("ok")
    seen = []
    real = edge_tts.communicate.mkssml
    monkeypatch.setattr(edge_tts.communicate, "mkssml", lambda tc, text: seen.append(tc.rate) or real(tc, text))
    engine.speak(written("One two."), VOICE, 1.25)
    engine.speak(written("One two."), VOICE, 0.8)
    assert seen == ["+25%", "-20%"]


def test_one_refusal_is_the_clients_own_affair(
    serve: Callable[[str], Service], engine: Edge, waits: list[float]
) -> None:
    service = serve("forbid_once")
    engine.speak(written(TEXT), VOICE, 1.0)
    assert service.requests == 2
    assert waits == []


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("forbid", "403"),
        ("busy", "503"),
        ("no_audio", "No audio"),
        ("cut", "end"),
        ("short", "announced"),
        ("garbage", "decode"),
        ("no_words", "word times"),
    ],
)
def test_what_keeps_failing_is_given_up(
    serve: Callable[[str], Service], engine: Edge, waits: list[float], mode: str, said: str
) -> None:
    serve(mode)
    with pytest.raises(RetryExhausted, match=said) as caught:
        engine.speak(written(TEXT), VOICE, 1.0)
    assert waits == [1, 2]
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_truncated_answer_is_asked_for_again(
    serve: Callable[[str], Service], engine: Edge, waits: list[float]
) -> None:
    service = serve("cut_once")
    speech = engine.speak(written(TEXT), VOICE, 1.0)
    assert len(speech.samples) / 24_000 > 2.4
    assert service.requests == 2
    assert waits == [1]


@pytest.mark.parametrize("limits", [{"stall_timeout": 0.2}, {"total_timeout": 0.2}])
def test_a_hanging_service_times_out(
    serve: Callable[[str], Service], waits: list[float], limits: dict[str, float]
) -> None:
    serve("hang")
    with pytest.raises(RetryExhausted, match="in time"):
        Edge(sleep=waits.append, **limits).speak(written(TEXT), VOICE, 1.0)
    assert len(waits) == 2


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch, engine: Edge) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setattr(edge_tts.communicate, "WSS_URL", f"ws://127.0.0.1:{closed.getsockname()[1]}/edge/v1?a=b")
        with pytest.raises(RetryExhausted, match="connect"):
            engine.speak(written(TEXT), VOICE, 1.0)


def test_no_more_than_four_at_once(serve: Callable[[str], Service], engine: Edge) -> None:
    service = serve("slow")
    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(lambda _: engine.speak(written("One two."), VOICE, 1.0), range(12)))
    assert len(done) == 12
    assert 1 < service.most <= PARALLEL == 4


def test_long_text_goes_in_several_requests(serve: Callable[[str], Service], engine: Edge) -> None:
    service = serve("ok")
    words = written(" ".join(f"w{index:090d}" for index in range(60)))
    speech = engine.speak(words, VOICE, 1.0)
    assert len(service.said) == 2
    assert speech.spans[-1] is not None
    starts = [span[0] for span in speech.spans if span]
    assert len(starts) == 60
    assert starts == sorted(starts)


@pytest.mark.parametrize("text", ["", "🎉 …"])
def test_nothing_to_say_is_refused(text: str, engine: Edge) -> None:
    with pytest.raises(AudioError, match="nothing to say"):
        engine.speak(written(text), VOICE, 1.0)


def test_a_voice_that_cannot_exist_is_not_retried(engine: Edge, waits: list[float]) -> None:
    with pytest.raises(AudioError, match="cannot use") as caught:
        engine.speak(written(TEXT), "nonsense", 1.0)
    assert not isinstance(caught.value, RetryExhausted)
    assert waits == []


def test_the_list_of_voices() -> None:
    voices = Edge().voices()
    assert len({voice.id for voice in voices}) == len(voices) > 300
    assert all(voice.id.startswith(f"edge:{voice.language}-") and not voice.offline for voice in voices)
    genders = {language: set[str]() for language in {voice.language.split("-")[0] for voice in voices}}
    for voice in voices:
        genders[voice.language.split("-")[0]].add(voice.gender)
    assert len(genders) >= 70
    assert all(each == {"female", "male"} for each in genders.values())


def test_the_client_takes_every_name_in_the_list() -> None:
    for voice in Edge().voices():
        short = voice.id.partition(":")[2]
        name = TTSConfig(long_name(short), "+0%", "+0%", "+0Hz", "WordBoundary").voice
        assert name == f"Microsoft Server Speech Text to Speech Voice ({voice.language}, {short.rpartition('-')[2]})"


def test_a_locale_that_names_a_script_reaches_the_service(serve: Callable[[str], Service], engine: Edge) -> None:
    service = serve("ok")
    engine.speak(written("ᐃᓄᒃᑎᑐᑦ"), "iu-Cans-CA-TaqqiqNeural", 1.0)
    assert service.voices == ["Microsoft Server Speech Text to Speech Voice (iu-Cans-CA, TaqqiqNeural)"]


def test_pitch_is_passed_on_in_hertz(
    serve: Callable[[str], Service], engine: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve("ok")
    seen = []
    real = edge_tts.communicate.mkssml
    monkeypatch.setattr(edge_tts.communicate, "mkssml", lambda tc, text: seen.append(tc.pitch) or real(tc, text))
    engine.speak_at(written("One two."), VOICE, 1.0, 2.0)
    engine.speak_at(written("One two."), "en-US-GuyNeural", 1.0, -2.0)
    engine.speak(written("One two."), VOICE, 1.0)
    assert seen == ["+24Hz", "-13Hz", "+0Hz"]


@pytest.mark.parametrize(
    ("voice", "text", "script"),
    [
        ("en-US-AriaNeural", "Say Привет now", "cyrillic"),
        ("ru-RU-DmitryNeural", "Привет 日本", "cjk"),
        ("hi-IN-SwaraNeural", "مرحبا", "arabic"),
        ("de-DE-KatjaNeural", "αβγ", "greek"),
    ],
)
def test_a_script_that_the_voice_does_not_know_is_refused(voice: str, text: str, script: str) -> None:
    with pytest.raises(AudioError, match=script) as caught:
        check_sayable(Narration.plain(text, f"edge:{voice}"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        ("ru-RU-DmitryNeural", "Привет API"),
        ("ja-JP-NanamiNeural", "ビルドは日本語です"),
        ("en-US-AriaNeural", "5 µm and π and naïve"),
        ("de-DE-FlorianMultilingualNeural", "Привет"),
    ],
)
def test_what_a_voice_can_read_is_not_refused(voice: str, text: str) -> None:
    check_sayable(Narration.plain(text, f"edge:{voice}"))


def test_every_language_in_the_list_can_read_its_own_name() -> None:
    import unicodedata

    for name, sample in OWN_NAMES.items():
        voice = catalog.resolve("edge:", name)
        assert unicodedata.normalize("NFC", sample) == sample
        check_sayable(Narration.plain(sample, voice, name))


OWN_NAMES = {
    "am": "አማርኛ", "ar": "العربية",
    "bg": "български", "bn": "বাংলা",
    "el": "Ελληνικά", "fa": "فارسی",
    "gu": "ગુજરાતી", "he": "עברית",
    "hi": "हिन्दी", "iu-Cans": "ᐃᓄᒃᑎᑐᑦ",
    "ja": "日本語", "ka": "ქართული",
    "kk": "қазақ", "km": "ខ្មែរ",
    "kn": "ಕನ್ನಡ", "ko": "한국어", "lo": "ລາວ",
    "mk": "македонски", "ml": "മലയാളം",
    "mn": "монгол", "mr": "मराठी",
    "my": "မြန်မာ", "ne": "नेपाली",
    "ps": "پښتو", "ru": "русский",
    "si": "සිංහල", "sr": "српски",
    "ta": "தமிழ்", "te": "తెలుగు",
    "th": "ไทย", "uk": "українська",
    "ur": "اردو", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "female", "male"),
    [
        ("pl", "pl-PL-ZofiaNeural", "pl-PL-MarekNeural"),
        ("pt", "pt-BR-FranciscaNeural", "pt-BR-AntonioNeural"),
        ("pt-PT", "pt-PT-RaquelNeural", "pt-PT-DuarteNeural"),
        ("zh", "zh-CN-XiaoxiaoNeural", "zh-CN-YunxiNeural"),
        ("no", "nb-NO-PernilleNeural", "nb-NO-FinnNeural"),
    ],
)
def test_friendly_names_in_other_languages(language: str, female: str, male: str) -> None:
    assert catalog.resolve("female", language) == f"edge:{female}"
    assert catalog.resolve("male", language) == f"edge:{male}"


def test_a_dialogue_with_a_pause_is_asked_for_in_parts(
    serve: Callable[[str], Service], monkeypatch: pytest.MonkeyPatch, engine: Edge
) -> None:
    service = serve("ok")
    monkeypatch.setitem(catalog.engines(), "edge", engine)
    turns = [
        Turn(text="One two three four.", voice=f"edge:{VOICE}", marks=[Mark(kind="pause", word=2, seconds=1.0)]),
        Turn(text="Yes no.", voice="edge:en-GB-RyanNeural", rate=1.1, pitch=-2, volume=-3),
    ]
    made = speak(Narration(turns=turns))
    assert service.said == ["One two", "three four.", "Yes no."]
    assert ["Ryan" in name for name in service.voices] == [False, False, True]
    with av.open(io.BytesIO(made.mp3)) as file:
        samples = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    starts = [word.start for word in made.timing.words]
    assert heard_at(samples, SAMPLE_RATE) == pytest.approx(starts, abs=0.01)
    assert starts[2] - starts[1] == pytest.approx(1.0 + WORD_SECONDS * 0.6, abs=0.03)
