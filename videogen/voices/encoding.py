"""Narration -> MP3 for people, AAC for the film. Both deterministic, both with a known place for each sample."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import cast

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import Flags, OutputContainer

from videogen.model.timing import AAC_FRAME, SAMPLE_RATE

MP3_BIT_RATE = 128_000
AAC_BIT_RATE = 128_000
AAC_PRIMING = AAC_FRAME
"""Samples that the AAC stream decodes to before the narration's first: packet k holds samples
[(k - 1) * AAC_FRAME, k * AAC_FRAME) of the narration; packet 0 only primes the decoder."""
AAC_FLUSH = 2
"""Packets of silence after the last sample, at least: the next stream may follow without a click."""
MP3_DELAY = 1105
"""Samples that the MP3 decodes to before the narration's first, for decoders that do not read its LAME header
(encoder 576, decoder 529); those that do, PyAV's among them, leave them out."""
_CODING_MARGIN = 1.12
"""A decibel: what coding may add to the peaks of a narration that is mastered to -2 dBTP."""
_AUDIBLE = 0.01
"""Peaks below -40 dBFS are not worth a second try."""
_LAME_SCALE = np.float32(1 / 0.95)
"""LAME turns its input down by 0.95 at this bit rate; this undoes it."""


def mp3(samples: np.ndarray) -> bytes:
    """48 kHz mono MP3 with a LAME header, from which players learn where the narration starts and ends (the end is up
    to 46 samples late when the length is just over a whole number of MP3 frames)."""
    with io.BytesIO() as out:
        with av.open(out, "w", format="mp3", options={"id3v2_version": "0", "write_xing": "1"}) as container:
            _encode(container, "libmp3lame", MP3_BIT_RATE, {"compression_level": "7"}, [samples * _LAME_SCALE])
        return out.getvalue()


def m4a(samples: np.ndarray) -> bytes:
    """48 kHz mono AAC-LC in an MP4 file: priming packet, narration, at least `AAC_FLUSH` packets of silence.

    FFmpeg's fast coder now and then gets a frame wrong, which is heard as a crack far above the narration's own
    peaks. What was encoded is therefore decoded, and the slower coder takes over where that has happened.
    """
    frames = -(-len(samples) // AAC_FRAME) + AAC_FLUSH
    padded = np.zeros(frames * AAC_FRAME, np.float32)
    padded[: len(samples)] = samples
    return m4a_of(lambda: [padded], float(np.abs(padded).max()))


def m4a_of(pieces: Callable[[], Iterable[np.ndarray]], highest: float) -> bytes:
    """The same of sound that is made piece by piece, each time it is asked for; every piece has whole AAC frames, the
    last `AAC_FLUSH` of them silent. `highest` is its highest sample."""
    allowed = max(highest * _CODING_MARGIN, _AUDIBLE)
    made = [_m4a(pieces(), "fast")]
    if _peak(made[0]) > allowed:
        made.append(_m4a(pieces(), "twoloop"))
    return min(made, key=_peak) if len(made) > 1 else made[0]


def _m4a(pieces: Iterable[np.ndarray], coder: str) -> bytes:
    with io.BytesIO() as out:
        with av.open(out, "w", format="mp4") as container:
            _encode(container, "aac", AAC_BIT_RATE, {"aac_coder": coder}, pieces)
        return out.getvalue()


def _peak(encoded: bytes) -> float:
    """The highest sample that an encoded narration decodes to; full scale is 1."""
    with av.open(io.BytesIO(encoded)) as container:
        return max((float(np.abs(frame.to_ndarray()).max()) for frame in container.decode(audio=0)), default=0.0)


def _encode(
    container: OutputContainer, codec: str, bit_rate: int, options: dict[str, str], pieces: Iterable[np.ndarray]
) -> None:
    container.flags |= Flags.bitexact.value
    stream = cast(
        "AudioStream",
        container.add_stream(codec, rate=SAMPLE_RATE, options={"flags": "+bitexact", "threads": "1", **options}),
    )
    stream.bit_rate = bit_rate
    stream.layout = "mono"
    stream.format = "fltp"
    stream.codec_context.open()
    step = stream.codec_context.frame_size
    done = 0
    for piece in pieces:
        samples = piece if len(piece) else np.zeros(step, np.float32)
        for start in range(0, len(samples), step):
            part = np.ascontiguousarray(samples[None, start : start + step])
            frame = av.AudioFrame.from_ndarray(part, "fltp", "mono")
            frame.sample_rate = SAMPLE_RATE
            frame.pts = done + start
            container.mux(stream.encode(frame))
        done += len(samples)
    container.mux(stream.encode(None))
