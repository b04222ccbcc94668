"""Narration -> MP3 for people, AAC for the film. Both deterministic, both with a known place for each sample."""

from __future__ import annotations

import io
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
_LAME_SCALE = np.float32(1 / 0.95)
"""LAME turns its input down by 0.95 at this bit rate; this undoes it."""


def mp3(samples: np.ndarray) -> bytes:
    """48 kHz mono MP3 with a LAME header, from which players learn where the narration starts and ends (the end is up
    to 46 samples late when the length is just over a whole number of MP3 frames)."""
    with io.BytesIO() as out:
        with av.open(out, "w", format="mp3", options={"id3v2_version": "0", "write_xing": "1"}) as container:
            _encode(container, "libmp3lame", MP3_BIT_RATE, {"compression_level": "7"}, samples * _LAME_SCALE)
        return out.getvalue()


def m4a(samples: np.ndarray) -> bytes:
    """48 kHz mono AAC-LC in an MP4 file: priming packet, narration, at least `AAC_FLUSH` packets of silence."""
    frames = -(-len(samples) // AAC_FRAME) + AAC_FLUSH
    padded = np.zeros(frames * AAC_FRAME, np.float32)
    padded[: len(samples)] = samples
    with io.BytesIO() as out:
        with av.open(out, "w", format="mp4") as container:
            _encode(container, "aac", AAC_BIT_RATE, {"aac_coder": "fast"}, padded)
        return out.getvalue()


def _encode(
    container: OutputContainer, codec: str, bit_rate: int, options: dict[str, str], samples: np.ndarray
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
    if not len(samples):
        samples = np.zeros(step, np.float32)
    for start in range(0, len(samples), step):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[None, start : start + step]), "fltp", "mono")
        frame.sample_rate = SAMPLE_RATE
        frame.pts = start
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
