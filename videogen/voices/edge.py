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
from videogen.voices.engine import Speech, VoiceInfo

if TYPE_CHECKING:
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
        """Its voices, from a list that is part of the package: what the service offered in 2025."""
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
            return retrying(self._once, words, text, voice, rate)
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

    def _once(self, words: Sequence[SayWord], text: str, voice: str, rate: float) -> Speech:
        from videogen.voices import edge_client

        with _places:
            audio, heard = edge_client.run(
                edge_client.receive(text, voice, rate, self.stall_timeout), self.total_timeout
            )
        samples, sample_rate = edge_client.decode(audio)
        edge_client.refuse_truncated(text, heard, len(samples) / sample_rate)
        return Speech(samples, sample_rate, match(heard, [word.spoken for word in words]))


@cache
def _listed() -> dict[str, dict[str, list[str]]]:
    """Locale -> gender -> names, without the locale and `Neural`; a language's main locale comes first."""
    return json.loads(Path(__file__).with_name("edge_voices.json").read_text(encoding="utf-8"))


ENGINE = Edge()
