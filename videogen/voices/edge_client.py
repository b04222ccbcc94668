"""One conversation with the service through the edge-tts client, and the checks on what came of it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import av
import av.error
import edge_tts
import numpy as np
from edge_tts.exceptions import EdgeTTSException

from videogen.voices.align import match
from videogen.voices.engine import Span

TICKS = 10_000_000
"""Units of the service's times in a second."""
SLACK = 0.15
"""Seconds by which the decoded sound may end before the last word that was announced."""
DECODER_DELAY = 529
"""Samples that every MP3 decoder is late by (LAME technical FAQ, "decoder delay": 528, observed one more)."""
LAME_DELAY = 576
"""Samples that LAME is late by (its ENCDELAY)."""
_FIRST_FRAME = 256
"""Bytes in which a header frame would have its mark; the service's frames have 144."""

_T = TypeVar("_T")


class TruncatedAudio(OSError):
    """The service stopped before it had said everything."""


@dataclass(frozen=True)
class Request:
    """What the service is asked for: `voice` by its short name, `rate` 1 and `pitch` 0 Hz for its own."""

    text: str
    voice: str
    rate: float = 1.0
    pitch: int = 0


def long_name(voice: str) -> str:
    """The name by which Edge itself asks for a voice; ValueError for what is none.

    The client makes it of a short name too, but not where the locale names a script.

    >>> long_name("iu-Cans-CA-TaqqiqNeural")
    'Microsoft Server Speech Text to Speech Voice (iu-Cans-CA, TaqqiqNeural)'
    """
    locale, _, name = voice.rpartition("-")
    if not locale:
        raise ValueError(f'"{voice}" names no locale')
    return f"Microsoft Server Speech Text to Speech Voice ({locale}, {name})"


async def receive(request: Request, stall_timeout: float) -> tuple[bytes, list[tuple[str, Span]]]:
    """The MP3 of the text and the words that the service announces, seconds. TimeoutError when nothing comes for
    `stall_timeout` seconds."""
    client = edge_tts.Communicate(
        request.text,
        long_name(request.voice),
        rate=f"{round((request.rate - 1) * 100):+d}%",
        pitch=f"{request.pitch:+d}Hz",
        boundary="WordBoundary",
    )
    audio, heard = bytearray(), list[tuple[str, Span]]()
    stream = client.stream()
    while True:
        try:
            chunk = await asyncio.wait_for(stream.__anext__(), stall_timeout)
        except StopAsyncIteration:
            return bytes(audio), heard
        audio += chunk.get("data", b"")
        if "offset" in chunk and "duration" in chunk and "text" in chunk:
            start = chunk["offset"] / TICKS
            heard.append((chunk["text"], (start, start + chunk["duration"] / TICKS)))


def run(work: Coroutine[Any, Any, _T], timeout: float) -> _T:
    """Run to the end, at most `timeout` seconds, in a loop of this call's own. Unlike `asyncio.run`, does not wait
    for a resolver that hangs."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(asyncio.wait_for(work, timeout))
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def decode(audio: bytes) -> tuple[np.ndarray, int]:
    """MP3 -> float32 mono from the first sample that was encoded on, and its sample rate: so the announced times fit.

    Raises TruncatedAudio for what is no sound.
    """
    try:
        with av.open(io.BytesIO(audio), "r", format="mp3") as container:
            rate = container.streams.audio[0].rate
            parts = [frame.to_ndarray().mean(axis=0) for frame in container.decode(audio=0)]
    except (av.error.FFmpegError, IndexError) as error:
        raise TruncatedAudio("the sound that arrived cannot be decoded") from error
    if not parts or not rate:
        raise TruncatedAudio("no sound arrived")
    return np.concatenate(parts).astype(np.float32)[delay(audio) :], rate


def delay(audio: bytes) -> int:
    """Samples by which the decoded sound of an MP3 is late.

    The service sends bare frames: MPEG-2 layer III, 24 kHz, 48 kbit/s, made by LAME, which writes its name into
    spare bits. With no header frame that tells the delay, decoders leave it in: 46 ms, more than a frame of film.
    Where there is a header, the decoder has left the delay out itself. An encoder that does not name itself has an
    unknown delay of its own: then only the decoder's is counted.
    """
    if any(mark in audio[:_FIRST_FRAME] for mark in (b"Xing", b"Info")):
        return 0
    return DECODER_DELAY + (LAME_DELAY if b"LAME" in audio else 0)


def refuse_truncated(text: str, heard: Sequence[tuple[str, Span]], seconds: float) -> None:
    """Compare what was announced with the text, and the sound's length with what was announced."""
    if not heard:
        raise TruncatedAudio("no word times arrived")
    spans = match(heard, text.split())
    sayable = [index for index, word in enumerate(text.split()) if any(char.isalnum() for char in word)]
    # the service may read the last word in its own way ("9.99" -> "nine"): one of the last three must be there
    if not any(spans[index] for index in sayable[-3:]):
        raise TruncatedAudio(f'the sound ends with "{heard[-1][0]}", before the end of the text')
    end = heard[-1][1][1]
    if seconds < end - SLACK:
        raise TruncatedAudio(f"{seconds:.1f} s of sound arrived, {end:.1f} s were announced")


def may_pass(error: BaseException) -> bool:
    """Whether another attempt could succeed."""
    return isinstance(error, (aiohttp.ClientError, OSError, TimeoutError, asyncio.TimeoutError, EdgeTTSException))


def describe(error: BaseException | None) -> str:
    """One line for a person."""
    if isinstance(error, aiohttp.ClientResponseError):
        return f"it answered {error.status}"
    if isinstance(error, (TimeoutError, asyncio.TimeoutError)):
        return "it did not answer in time"
    return " ".join(str(error).split())[:200] or type(error).__name__
