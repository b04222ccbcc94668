"""Measuring how a film sounds. Sound is decoded once, in bounded memory."""

from __future__ import annotations

import itertools
import math
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.error import BlockingIOError as NotYet
from av.error import EOFError as Ended
from av.error import FFmpegError
from av.filter import Graph

from videogen.checks.film import BLOCK_SECONDS, SILENCE, FilmArtifacts, Sound

_PIECE_SECONDS = 1
_BEGINNING = 4
"""Pieces of a narration that are kept, to be looked for in the film."""


def sound(path: Path, film: FilmArtifacts) -> Sound:
    """How a film sounds, beside its narrations. Raises OSError or FFmpegError."""
    spoken = [(scene, scene.narration) for scene in film.scenes if scene.narration and scene.speaks]
    onsets = {scene.id: onset(narration) for scene, narration in spoken}
    return replace(
        heard(path),
        onsets={name: at for name, at in onsets.items() if at is not None},
        voices={scene.id: levels(narration) for scene, narration in spoken},
    )


def heard(path: Path) -> Sound:
    """What is heard of a film: level, loudness (EBU R128), true peak. Raises OSError or FFmpegError."""
    level: list[np.ndarray] = []
    faults: list[str] = []
    with av.open(str(path)) as opened:
        stream = opened.streams.audio[0]
        assert isinstance(stream, AudioStream)
        stream.codec_context.options = {"err_detect": "explode"}
        rate = stream.codec_context.sample_rate
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as notes:
            meter = _Meter(rate, stream.codec_context.layout.name, Path(notes, "r128.txt"))
            try:
                for piece in _pieces(stream, rate):
                    meter.push(piece)
                    level.append(_level(piece, rate))
            except FFmpegError as error:
                at = sum(map(len, level)) * BLOCK_SECONDS
                faults.append(f"the sound is damaged after {at:.2f} s: {error.strerror}")
            loudness, true_peak = meter.read()
    return Sound(
        level=np.concatenate([np.zeros(0, np.float32), *level]),
        loudness=loudness,
        true_peak=true_peak,
        faults=faults,
    )


def levels(path: Path) -> np.ndarray:
    """The level of the beginning of a sound file from its first sample on, as in `Sound`."""
    with av.open(str(path)) as opened:
        stream = opened.streams.audio[0]
        assert isinstance(stream, AudioStream)
        rate = stream.codec_context.sample_rate
        pieces = itertools.islice(_pieces(stream, rate), _BEGINNING)
        return np.concatenate([np.zeros(0, np.float32), *(_level(piece, rate) for piece in pieces)])


def onset(path: Path) -> float | None:
    """Seconds from the first sample of a sound file to the first block that is heard; None where there is none."""
    start = 0.0
    with av.open(str(path)) as opened:
        stream = opened.streams.audio[0]
        assert isinstance(stream, AudioStream)
        rate = stream.codec_context.sample_rate
        for piece in _pieces(stream, rate):
            loud = np.flatnonzero(_level(piece, rate) > SILENCE)
            if len(loud):
                return start + float(loud[0]) * BLOCK_SECONDS
            start += piece.shape[1] / rate
    return None


def _pieces(stream: AudioStream, rate: int) -> Iterator[np.ndarray]:
    """A stream's samples, (channels, n) of float32, in whole blocks from second 0 on; gaps between are silence."""
    piece, waiting, count, ahead = rate * _PIECE_SECONDS, [], 0, 0
    for frame in stream.container.decode(stream):  # type: ignore[attr-defined]
        samples = frame.to_ndarray()
        if samples.dtype != np.float32:
            raise ValueError(f"sound of type {samples.dtype} is not expected")
        at = round(float((frame.pts or 0) * frame.time_base) * rate)
        if at < ahead:
            samples = samples[:, ahead - at :]
        elif at > ahead:
            samples = np.concatenate([np.zeros((len(samples), at - ahead), np.float32), samples], 1)
        ahead += samples.shape[1]
        waiting.append(samples)
        count += samples.shape[1]
        if count >= piece:
            joined = np.concatenate(waiting, 1)
            whole = count // piece * piece
            yield np.ascontiguousarray(joined[:, :whole])
            waiting, count = [joined[:, whole:]], count - whole
    if count:
        yield np.ascontiguousarray(np.concatenate(waiting, 1))


def _level(piece: np.ndarray, rate: int) -> np.ndarray:
    block = round(rate * BLOCK_SECONDS)
    padded = np.pad(piece, ((0, 0), (0, -piece.shape[1] % block)))
    return np.sqrt(np.square(padded).reshape(len(piece), -1, block).mean(2).max(0))


class _Meter:
    """FFmpeg's EBU R128 meter, which is fed in pieces and writes what it finds into a file."""

    def __init__(self, rate: int, layout: str, notes: Path) -> None:
        self._graph, self._notes = Graph(), notes
        chain = [
            self._graph.add_abuffer(format="fltp", sample_rate=rate, layout=layout, time_base=Fraction(1, rate)),
            self._graph.add("ebur128", "metadata=1:peak=true"),
            # older releases of PyAV give no access to the metadata of a frame
            self._graph.add("ametadata", mode="print", file=str(notes), direct="1"),
            self._graph.add("abuffersink"),
        ]
        for one, following in pairwise(chain):
            one.link_to(following)
        self._graph.configure()
        self._rate, self._layout, self._samples = rate, layout, 0

    def push(self, piece: np.ndarray) -> None:
        """Measure what comes next."""
        frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout=self._layout)
        frame.sample_rate, frame.pts = self._rate, self._samples
        self._samples += piece.shape[1]
        self._graph.push(frame)
        self._drain()

    def read(self) -> tuple[float | None, float]:
        """Integrated loudness in LUFS (None: silence) and true peak in dBTP, of all that was pushed."""
        self._graph.push(None)
        self._drain()
        with self._notes.open(encoding="utf-8") as notes:
            last = dict(line.rstrip("\n").split("=", 1) for line in notes if line.startswith("lavfi."))
        loudness = float(last.get("lavfi.r128.I", "nan"))
        peak = max((float(value) for key, value in last.items() if "true_peaks_ch" in key), default=0.0)
        true_peak = 20 * math.log10(peak) if peak > 0 else -math.inf
        return (loudness if loudness > -69.9 else None), true_peak

    def _drain(self) -> None:
        with suppress(NotYet, Ended):
            while self._graph.pull():
                pass
