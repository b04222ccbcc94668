"""Several voices, pauses and spelled words in one narration."""

from __future__ import annotations

import io
from collections.abc import Sequence

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen.model.errors import AudioError
from videogen.model.markup import Mark
from videogen.model.script import Narration, Turn
from videogen.model.timing import SAMPLE_RATE
from videogen.voices import catalog
from videogen.voices.draft import ENGINE as DRAFT
from videogen.voices.edge import ENGINE as EDGE
from videogen.voices.engine import Speech, VoiceInfo
from videogen.voices.hibari import ENGINE as HIBARI
from videogen.voices.letters import letters
from videogen.voices.loudness import integrated, true_peak
from videogen.voices.mastering import TAIL, TARGET, Said, master
from videogen.voices.speak import Recording, check_sayable, speak
from videogen.voices.speech import SayWord
from videogen.voices.turns import TURN_PAUSE

ANA = "hibari:heart"


def decoded(recording: Recording) -> np.ndarray:
    with av.open(io.BytesIO(recording.mp3)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def silences(samples: np.ndarray, least: float = 0.15) -> list[float]:
    """Seconds of each stretch inside without sound, where nothing at all is louder than -50 dB against the peak."""
    loud = np.flatnonzero(np.abs(samples) > np.abs(samples).max() * 10 ** (-50 / 20))
    gaps = np.diff(loud) / SAMPLE_RATE
    return [float(gap) for gap in gaps if gap > least]


def pause(word: int, seconds: float) -> Mark:
    return Mark(kind="pause", word=word, seconds=seconds)


class Beeper:
    """An engine with a tone for every word, 0.2 s each, as loud as its voice's name says."""

    name, licence, reads = "beeper", "MIT", "display"

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def voices(self) -> list[VoiceInfo]:
        return [VoiceInfo(f"beeper:{level}", "*", "", "", True) for level in (1, 10, 100)]

    def fingerprint(self) -> str:
        return "1"

    def speak(self, words: Sequence[SayWord], voice: str, rate: float) -> Speech:
        self.asked.append((voice, str(rate), *(word.spoken for word in words)))
        silence = np.zeros(4800, np.float32)
        tone = np.sin(np.arange(4800) / 8).astype(np.float32) * float(voice) / 1000
        spans = [(0.2 + 0.2 * index, 0.4 + 0.2 * index) for index in range(len(words))]
        return Speech(np.concatenate([silence, *[tone] * len(words), silence]), 24_000, spans)


@pytest.fixture
def beeper(monkeypatch: pytest.MonkeyPatch) -> Beeper:
    engine = Beeper()
    monkeypatch.setitem(catalog.engines(), "beeper", engine)
    return engine


def test_a_dialogue_is_one_narration(beeper: Beeper) -> None:
    narration = Narration(
        turns=[
            Turn(text="one two three", voice="beeper:100"),
            Turn(text="yes", voice="beeper:20", rate=1.2),
            Turn(text="four five", voice="beeper:10"),
        ]
    )
    recording = speak(narration)
    timing = recording.timing
    assert [call[:2] for call in beeper.asked] == [("100", "1.0"), ("20", "1.2"), ("10", "1.0")]
    assert [word.text for word in timing.words] == narration.text.split()
    assert list(timing.voices) == ["beeper:100", "beeper:20", "beeper:10"]
    gap = TURN_PAUSE
    starts = [0.02, 0.22, 0.42, 0.62 + gap, 0.82 + 2 * gap, 1.02 + 2 * gap]
    assert [word.start for word in timing.words] == pytest.approx(starts, abs=0.006)
    assert timing.samples - TAIL == pytest.approx((1.22 + 2 * gap + 0.06) * SAMPLE_RATE, abs=300)


def test_every_voice_is_as_loud_as_the_others_but_for_its_volume(beeper: Beeper) -> None:
    narration = Narration(
        turns=[
            Turn(text="a b c d", voice="beeper:100"),
            Turn(text="e", voice="beeper:20"),
            Turn(text="f g h i", voice="beeper:10", volume=-6),
        ]
    )
    recording = speak(narration)
    samples = decoded(recording)
    levels = []
    at = 0
    for turn in narration.turns:
        words = recording.timing.words[at : at + len(turn.text.split())]
        at += len(words)
        said = samples[round((words[0].start + 0.03) * SAMPLE_RATE) : round((words[-1].end - 0.03) * SAMPLE_RATE)]
        levels.append(integrated(np.tile(said, 4)))
    assert levels == pytest.approx([TARGET, TARGET, TARGET - 6], abs=0.5)


def test_real_voices_are_levelled_alike() -> None:
    turns = [
        Turn(text="Every result is a file, and it stands in a folder.", voice=ANA),
        Turn(text="Yes.", voice=ANA, pitch=-4),
        Turn(text="Every file knows what it was made from, down to the letter.", voice=ANA, pitch=3),
    ]
    recording = speak(Narration(turns=turns))
    samples = decoded(recording)
    assert recording.timing.loudness == pytest.approx(TARGET, abs=0.8)
    assert true_peak(samples) < -1
    assert len(samples) == recording.timing.samples


@pytest.mark.parametrize("seconds", [0.3, 1.0, 2.5])
@pytest.mark.parametrize("voice", [ANA, "beeper:10"])
def test_a_pause_is_exactly_so_long(beeper: Beeper, voice: str, seconds: float) -> None:
    plain = speak(Narration.plain("It is made again and again", voice))
    paused = speak(Narration.plain("It is made again and again", voice, marks=[pause(4, seconds)]))
    gaps = silences(decoded(paused), 0.25)
    assert gaps == pytest.approx([seconds], abs=0.03)
    assert not silences(decoded(plain), 0.25)
    words = paused.timing.words
    assert words[4].start - words[3].end == pytest.approx(seconds, abs=0.1)


def test_pauses_before_all_and_after_all(beeper: Beeper) -> None:
    plain = speak(Narration.plain("one two", "beeper:10")).timing
    marks = [pause(0, 1.0), pause(2, 0.5), pause(2, 0.25)]
    paused = speak(Narration.plain("one two", "beeper:10", marks=marks)).timing
    assert paused.words[0].start - plain.words[0].start == pytest.approx(0.98, abs=0.006)
    assert paused.seconds - plain.seconds == pytest.approx(0.98 + 0.69, abs=0.006)


def test_a_draft_has_the_same_pauses() -> None:
    plain, paused = (
        speak(Narration.plain("It is made again and again.", "draft:", marks=marks)).timing.seconds
        for marks in ([], [pause(4, 2.0)])
    )
    assert paused - plain == pytest.approx(2, abs=0.2)


MARKS = st.lists(st.builds(pause, st.integers(0, 3), st.floats(0.05, 2)), max_size=3)


@given(st.lists(st.tuples(st.integers(0, 3), MARKS), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_words_are_in_order_and_inside_whatever_is_asked(turns: list[tuple[int, list[Mark]]]) -> None:
    narration = Narration(
        turns=[
            Turn(
                text=" ".join(["word", "🎉", "three"][:count]),
                voice="draft:",
                marks=[mark.model_copy(update={"word": min(mark.word, count)}) for mark in marks],
            )
            for count, marks in turns
        ]
    )
    recording = speak(narration)
    timing = recording.timing
    assert [word.text for word in timing.words] == narration.text.split()
    at = 0.0
    for word in timing.words:
        assert at <= word.start <= word.end <= timing.seconds
        at = word.end
    with av.open(io.BytesIO(recording.m4a)) as container:
        assert sum(frame.samples for frame in container.decode(audio=0)) >= timing.samples


def test_one_silent_piece_does_not_reach_the_engine(beeper: Beeper) -> None:
    timing = speak(Narration.plain("one 🎉 two", "beeper:10", marks=[pause(1, 0.5), pause(2, 0.5)])).timing
    assert [call[2:] for call in beeper.asked] == [("one",), ("two",)]
    assert [word.text for word in timing.words] == ["one", "🎉", "two"]


def test_join_is_exact_to_the_sample() -> None:
    tone = np.sin(np.arange(SAMPLE_RATE) / 8).astype(np.float32) * 0.1
    pieces = [Said(Speech(tone, SAMPLE_RATE, [])), Said(Speech(tone, SAMPLE_RATE, []), pause=0.5, who=1)]
    made = master(pieces)
    assert len(made.samples) == 2 * SAMPLE_RATE + SAMPLE_RATE // 2 + TAIL
    first, second = made.places
    assert (first.start, first.end, second.start) == (0, 1, 1.5)
    assert not made.samples[SAMPLE_RATE : SAMPLE_RATE + SAMPLE_RATE // 2].any()


@pytest.mark.parametrize(
    ("word", "language", "engine", "said"),
    [
        ("API", "en", HIBARI, "A.P.I"),
        ("doit,", "en", HIBARI, "D.O.I.T,"),
        ("H2O.", "en", HIBARI, "H two O."),
        ("API", "de", DRAFT, "A P I"),
        ("doit!", "en", EDGE, "D O I T!"),
        ("straße", "de", EDGE, "S T R A ß E"),
    ],
)
def test_letters(word: str, language: str, engine: object, said: str) -> None:
    assert letters(word, language, engine) == said  # type: ignore[arg-type]


@pytest.mark.parametrize("voice", [ANA, "draft:", "edge:en-US-AriaNeural"])
def test_a_spelled_word_is_said_in_letters(voice: str) -> None:
    plain = check_sayable(Narration.plain("the doit tool", voice, marks=[Mark(kind="spell", word=1)]))
    assert plain[1].display == "doit"
    assert plain[1].spoken.replace(".", "").replace(" ", "") == "DOIT"


@pytest.mark.parametrize("voice", [ANA, "edge:en-US-AriaNeural"])
def test_the_turn_that_cannot_be_said_is_refused_before_anything_is_spoken(voice: str) -> None:
    narration = Narration(turns=[Turn(text="Hello.", voice="draft:"), Turn(text="Привет мир", voice=voice)])
    with pytest.raises(AudioError, match="Привет"):
        check_sayable(narration)
