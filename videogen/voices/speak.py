"""A narration made audible: display text -> words to say -> engine -> mastering -> MP3, AAC and word times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from videogen.model.errors import AudioError
from videogen.model.pace import syllables
from videogen.model.timing import SAMPLE_RATE, Timing, Word
from videogen.voices.align import fill
from videogen.voices.catalog import engine_of
from videogen.voices.engine import Choosy, Pitched, Speech
from videogen.voices.speech import SayWord, joined
from videogen.voices.turns import Part, parts, turn_words

if TYPE_CHECKING:
    from videogen.model.script import Narration, Turn
    from videogen.voices.mastering import Place


@dataclass(frozen=True)
class Recording:
    """A narration's three files."""

    mp3: bytes
    """48 kHz mono, for people."""
    m4a: bytes
    """48 kHz mono AAC-LC, for the film; see `encoding` for where each sample lies."""
    timing: Timing


def speak(narration: Narration) -> Recording:
    """Say a narration. The same narration gives the same bytes (online engines apart).

    Every voice is brought to the same loudness, whatever it says beside the others. An empty text gives silent files
    and `samples` 0. Raises AudioError when a voice cannot say its text or there is nothing in it to say,
    RetryExhausted when a service kept failing, ValidationError for an unknown voice.
    """
    # numpy and av are imported here so that asking for a fingerprint stays cheap
    from videogen.voices import encoding, mastering

    said = list(parts(narration, _sayable(narration)))
    hows = [(part.turn.voice, part.turn.rate, part.turn.pitch, part.turn.volume) for part in said]
    speeches = [_speech(part) for part in said]
    master = mastering.master(
        [
            mastering.Said(speech, part.pause, hows.index(how), mastering.TARGET + part.turn.volume)
            for part, how, speech in zip(said, hows, speeches, strict=True)
        ]
    )
    words: list[Word] = []
    for part, speech, place in zip(said, speeches, master.places, strict=True):
        words += _timed(part.words, speech, place)
    timing = Timing(
        voices={voice: _about(voice) for voice in narration.voices},
        samples=len(master.samples) if said else 0,
        words=words,
        estimated=any(speech.estimated for speech in speeches),
        loudness=None if master.loudness is None else round(master.loudness, 2),
        spoken=" ".join(filter(None, (joined(part.words) for part in said))),
    )
    samples = master.samples[: timing.samples]
    return Recording(encoding.mp3(samples), encoding.m4a(samples), timing)


def check_sayable(narration: Narration) -> list[SayWord]:
    """The words that the voices are to say. Raises AudioError for a text in which nothing can be said, or which its
    voice is known to be unable to say, ValidationError for an unknown voice. Says nothing yet, and is quick."""
    return [word for words in _sayable(narration) for word in words]


def _sayable(narration: Narration) -> list[list[SayWord]]:
    return [_sayable_turn(turn, narration.language) for turn in narration.turns]


def _sayable_turn(turn: Turn, language: str) -> list[SayWord]:
    engine, voice = engine_of(turn.voice)
    words = turn_words(turn, language, engine)
    if words and not any(char.isalnum() for word in words for char in word.spoken):
        raise AudioError(
            f'nothing in "{turn.text[:40]}" can be said',
            hint="write words, or leave the narration out and give the scene min_seconds",
        )
    if isinstance(engine, Choosy):
        engine.refuse(words, voice)
    return words


def _speech(part: Part) -> Speech:
    """What the engine makes of a part. Raises AudioError as `speak` does."""
    import numpy as np

    engine, voice = engine_of(part.turn.voice)
    if not part.says:
        return Speech(np.zeros(0, np.float32), SAMPLE_RATE, [None] * len(part.words))
    if part.turn.pitch and isinstance(engine, Pitched):
        speech = engine.speak_at(part.words, voice, part.turn.rate, part.turn.pitch)
    else:
        speech = engine.speak(part.words, voice, part.turn.rate)
    if len(speech.spans) != len(part.words):
        raise AudioError(
            f'the voice engine "{engine.name}" gave times for {len(speech.spans)} of {len(part.words)} words',
            hint="this is a fault of the engine; choose another voice",
        )
    return speech


def _timed(words: Sequence[SayWord], speech: Speech, place: Place) -> list[Word]:
    """The words with their times in the finished narration."""
    # decided on whole samples of the finished sound, so that no word outlives it
    weights = [syllables(word.spoken) for word in words]
    spans = fill(
        [span and (span[0] + place.shift - place.start, span[1] + place.shift - place.start) for span in speech.spans],
        weights,
        place.end - place.start,
    )
    return [
        Word(text=word.display, start=_ms(place.start + start), end=_ms(place.start + end))
        for word, (start, end) in zip(words, spans, strict=True)
    ]


def _about(voice: str) -> dict[str, str]:
    engine, _ = engine_of(voice)
    return {"name": engine.name, "version": engine.fingerprint(), "licence": engine.licence}


def _ms(seconds: float) -> float:
    """Whole milliseconds, downwards: order and bounds are kept, and the file is readable."""
    return int(seconds * 1000 + 1e-6) / 1000
