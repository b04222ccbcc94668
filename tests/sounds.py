"""Sound files that tests make, in the forms in which people record."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

_CODECS = {".wav": "pcm_s16le", ".mp3": "libmp3lame", ".m4a": "aac", ".flac": "flac"}


def write_sound(path: Path, samples: np.ndarray, rate: int = 48_000, channels: int = 1) -> Path:
    """Mono samples as a file of the form that its name says, alike in all channels."""
    path.parent.mkdir(parents=True, exist_ok=True)
    layout = {1: "mono", 2: "stereo"}[channels]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(_CODECS[path.suffix], rate=rate)
        stream.layout = layout
        planes = np.ascontiguousarray(np.tile(samples.astype(np.float32), (channels, 1)))
        whole = av.AudioFrame.from_ndarray(planes, "fltp", layout)
        whole.sample_rate = rate
        size = stream.codec_context.frame_size or 1024
        parts = av.AudioResampler(format=stream.format, layout=layout, rate=rate, frame_size=size)
        for given in (whole, None):
            for frame in parts.resample(given):
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def murmur(seconds: float, rate: int = 48_000, hertz: float = 180.0, level: float = 0.2) -> np.ndarray:
    """A tone in syllables, four a second."""
    t = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * t) * np.sin(2 * np.pi * 2 * t) ** 2).astype(np.float32)
