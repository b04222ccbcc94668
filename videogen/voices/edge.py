"""Microsoft's online voices, through the edge-tts client: over a hundred locales, word times included.

Nothing that this service does wrong may end as a truncated narration: every stream has a limit in time, what
arrives is compared with what was asked for, and only errors that may pass are tried again.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from videogen.model.errors import AudioError, RetryExhausted
from videogen.voices.align import match
from videogen.voices.alphabets import foreign_script
from videogen.voices.engine import Speech, VoiceInfo

if TYPE_CHECKING:
    from videogen.voices import edge_client
    from videogen.voices.speech import SayWord

PARALLEL = 4
"""Requests under way at once in this process; more provoke refusals."""

_places = threading.BoundedSemaphore(PARALLEL)


@dataclass(frozen=True)
class Edge:
    """The service. Times in seconds; `sleep` waits between attempts (default: really)."""

    attempts: int = 3
    total_timeout: float = 120.0
    stall_timeout: float = 20.0
    sleep: Callable[[float], None] | None = None

    name: str = "edge"
    licence: str = "a service of Microsoft under its own terms"
    reads: Literal["spoken", "display"] = "display"

    def voices(self) -> list[VoiceInfo]:
        """Its voices, from a list that is part of the package: what the service offered in 2026, of which each was
        found in several published lists."""
        return [
            VoiceInfo(f"edge:{locale}-{short}Neural", locale, gender, "neural, online", False)
            for locale, genders in _listed().items()
            for gender, names in genders.items()
            for short in names
        ]

    def fingerprint(self) -> str:
        """The client's version; what the service does cannot be known."""
        return f"edge-tts {version('edge-tts')}"

    def speak(self, words: Sequence[SayWord], voice: str, rate: float) -> Speech:
        """Say the words. Raises AudioError for a request that can never succeed, RetryExhausted when every
        attempt failed."""
        return self.speak_at(words, voice, rate, 0.0)

    def refuse(self, words: Sequence[SayWord], voice: str) -> None:
        """Raise AudioError for a word in a script that the voice's language is not written in: it would be left out
        without a word, or read letter by letter."""
        if "Multilingual" in voice:
            return
        for word in words:
            if found := foreign_script(word.spoken, voice):
                raise AudioError(
                    f'the voice "edge:{voice}" cannot say "{word.display[:40]}" ({found} script)',
                    hint="say in the project's `lexicon` how it sounds, or choose a voice of that language",
                )

    def speak_at(self, words: Sequence[SayWord], voice: str, rate: float, pitch: float) -> Speech:
        """Say them `pitch` semitones higher. The service counts in hertz: what a semitone is depends on the voice,
        of which only the gender is known, so it is kept to within a fifth."""
        from tenacity import RetryError, Retrying, retry_if_exception, stop_after_attempt, wait_exponential
        from tenacity.nap import sleep

        from videogen.voices import edge_client

        text = " ".join(word.spoken for word in words if word.spoken)
        if not any(char.isalnum() for char in text):
            raise AudioError("there is nothing to say", hint="give the scene a narration, or `min_seconds` alone")
        retrying = Retrying(
            stop=stop_after_attempt(self.attempts),
            wait=wait_exponential(multiplier=1, exp_base=2, max=60),
            retry=retry_if_exception(edge_client.may_pass),
            sleep=self.sleep or sleep,
        )
        try:
            return retrying(self._once, words, edge_client.Request(text, voice, rate, _hertz(pitch, voice)))
        except RetryError as exhausted:
            last = exhausted.last_attempt.exception()
            raise RetryExhausted(
                f'the voice service failed {self.attempts} times for "edge:{voice}": {edge_client.describe(last)}',
                hint="check the network and build again, or use an offline voice (`video-gen voices`)",
                details={"cause": repr(last)},
            ) from last
        except ValueError as error:
            raise AudioError(
                f'the voice service cannot use "edge:{voice}": {error}', hint="`video-gen voices` lists what there is"
            ) from error

    def _once(self, words: Sequence[SayWord], request: edge_client.Request) -> Speech:
        from videogen.voices import edge_client

        with _places:
            audio, heard = edge_client.run(edge_client.receive(request, self.stall_timeout), self.total_timeout)
        samples, sample_rate = edge_client.decode(audio)
        edge_client.refuse_truncated(request.text, heard, len(samples) / sample_rate)
        return Speech(samples, sample_rate, match(heard, [word.spoken for word in words]))


_FUNDAMENTAL = {"female": 200.0, "male": 120.0}
"""Hertz at which people speak on average (Titze 1994, Principles of Voice Production)."""


def _hertz(semitones: float, voice: str) -> int:
    """How much higher that many semitones are, for a voice of this gender."""
    male = any(
        f"{locale}-{short}Neural" == voice for locale, each in _listed().items() for short in each.get("male", ())
    )
    return round(_FUNDAMENTAL["male" if male else "female"] * (2 ** (semitones / 12) - 1))


@cache
def _listed() -> dict[str, dict[str, list[str]]]:
    """Locale -> gender -> names, without the locale and `Neural`; a language's main locale comes first."""
    return json.loads(Path(__file__).with_name("edge_voices.json").read_text(encoding="utf-8"))


ENGINE = Edge()
