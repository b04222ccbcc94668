"""A narration made audible: display text -> words to say -> engine -> mastering -> MP3, AAC and word times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from videogen.model.errors import AudioError
from videogen.model.pace import syllables
from videogen.model.timing import SAMPLE_RATE, Timing, Word
from videogen.voices.align import fill
from videogen.voices.catalog import engine_of
from videogen.voices.engine import Choosy
from videogen.voices.speech import SayWord, joined, sayable, written

if TYPE_CHECKING:
    from videogen.model.script import Narration


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

    An empty text gives silent files and `samples` 0. Raises AudioError when the voice cannot say the text or
    there is nothing in it to say, RetryExhausted when a service kept failing, ValidationError for an unknown voice.
    """
    # numpy and av are imported here so that asking for a fingerprint stays cheap
    import numpy as np

    from videogen.voices import encoding, mastering

    engine, voice = engine_of(narration.voice)
    words = check_sayable(narration)
    about = {"name": engine.name, "version": engine.fingerprint(), "licence": engine.licence}
    if not words:
        silence = np.zeros(0, np.float32)
        timing = Timing(voice=narration.voice, samples=0, words=[], engine=about)
        return Recording(encoding.mp3(silence), encoding.m4a(silence), timing)

    speech = engine.speak(words, voice, narration.rate)
    if len(speech.spans) != len(words):
        raise AudioError(
            f'the voice engine "{engine.name}" gave times for {len(speech.spans)} of {len(words)} words',
            hint="this is a fault of the engine; choose another voice",
        )
    master = mastering.master(speech)
    # decided on whole samples of the finished sound, so that no word outlives it
    seconds = len(master.samples) / SAMPLE_RATE
    weights = [syllables(word.spoken) for word in words]
    spans = fill(mastering.moved(speech.spans, master.shift), weights, seconds)
    timing = Timing(
        voice=narration.voice,
        samples=len(master.samples),
        words=[
            Word(text=word.display, start=_ms(start), end=_ms(end))
            for word, (start, end) in zip(words, spans, strict=True)
        ],
        estimated=speech.estimated,
        loudness=None if master.loudness is None else round(master.loudness, 2),
        spoken=joined(words),
        engine=about,
    )
    return Recording(encoding.mp3(master.samples), encoding.m4a(master.samples), timing)


def check_sayable(narration: Narration) -> list[SayWord]:
    """The words that the voice is to say. Raises AudioError for a text in which nothing can be said, or which the
    voice is known to be unable to say, ValidationError for an unknown voice. Says nothing yet, and is quick."""
    engine, voice = engine_of(narration.voice)
    words = _words(narration, engine.reads)
    if words and not any(char.isalnum() for word in words for char in word.spoken):
        raise AudioError(
            f'nothing in "{narration.text[:40]}" can be said',
            hint="write words, or leave the narration out and give the scene min_seconds",
        )
    if isinstance(engine, Choosy):
        engine.refuse(words, voice)
    return words


def _words(narration: Narration, reads: str) -> list[SayWord]:
    if reads == "spoken":
        return sayable(narration.text, narration.language, narration.lexicon)
    return written(narration.text, narration.lexicon)


def _ms(seconds: float) -> float:
    """Whole milliseconds, downwards: order and bounds are kept, and the file is readable."""
    return int(seconds * 1000 + 1e-6) / 1000
