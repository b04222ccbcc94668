"""Picture segments and narrations become one MP4: coded packets are copied, nothing is encoded again."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from videogen.model.errors import ResourceError, VideoError, Where
from videogen.model.film import FilmFormat
from videogen.model.timing import AAC_FRAME, SAMPLE_RATE
from videogen.video.encoder import ticks_per_second
from videogen.video.languages import three_letters
from videogen.video.segment import read_segment

if TYPE_CHECKING:
    # a type that the library only has in its stubs
    from av.container.core import Chapter

BIT_RATE = 128_000
"""Bits per second of the silence between narrations, which are encoded alike (it takes far fewer)."""

_OPTIONS = {"movflags": "+faststart", "fflags": "+bitexact"}

Narrated = tuple[Path, int, int]
"""A narration as AAC in MP4, the sample of the film at which it starts, and its true length in samples."""


def join(
    segments: Sequence[Path],
    narrations: Sequence[Narrated],
    total_frames: int,
    fmt: FilmFormat,
    chapters: Sequence[tuple[float, float, str]],
    language: str,
    title: str,
    out: Path,
) -> None:
    """Write the film: the segments one after the other, with the narrations in their places.

    `segments` hold `total_frames` frames of `fmt` together and were made by the same encoder. Each narration is
    placed on the grid of AAC frames, at most 512 samples (10.7 ms) from where it is wanted, whatever came before
    it; between narrations there is encoded silence, and sound ends within as much of the picture. `chapters` are
    (start, end, title) in seconds, `language` a BCP 47 tag.

    The file has its index first, no dates, and the same bytes for the same input. It appears under its name only
    when it is complete. Raises VideoError when a part is missing, damaged or does not fit, ResourceError when
    the disk is full.
    """
    if not segments:
        raise VideoError("a film needs at least one scene")
    part = out.with_name(out.name + ".part")
    try:
        options = {**_OPTIONS, "video_track_timescale": str(ticks_per_second(fmt.fps))}
        with described(out), av.open(str(part), "w", format="mp4", options=options) as film:
            video, audio = _tracks(film, segments[0], language)
            film.metadata["title"] = title
            film.set_chapters([_chapter(number, *chapter) for number, chapter in enumerate(chapters)])
            pictures = _pictures(segments, bytes(video.codec_context.extradata or b""), total_frames)
            sound = _sound(narrations, total_frames, fmt.fps, audio.codec_context)
            _interleave(film, video, audio, pictures, sound, fmt.fps)
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def described(path: Path) -> Iterator[None]:
    """Errors of the operating system and of the library, said with the file they are about."""
    try:
        yield
    except (OSError, FFmpegError) as error:
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise ResourceError(
                "there is no room for the film", where=Where(str(path)), hint="free some space on that disk"
            ) from error
        raise VideoError(
            f"{error.strerror or error}",
            where=Where(str(getattr(error, "filename", None) or path)),
            hint="delete that file, so that the next build makes it again",
        ) from error


def _tracks(film: OutputContainer, segment: Path, language: str) -> tuple[VideoStream, AudioStream]:
    """The film's picture track, like the segment's, and its sound track."""
    with av.open(str(segment)) as first:
        video = film.add_stream_from_template(first.streams.video[0])
    audio = film.add_stream("aac", rate=SAMPLE_RATE, layout="mono", bit_rate=BIT_RATE)
    audio.codec_context.open()
    video.metadata["language"] = audio.metadata["language"] = three_letters(language)
    return video, audio


def _interleave(
    film: OutputContainer,
    video: VideoStream,
    audio: AudioStream,
    pictures: Iterator[av.Packet],
    sound: Iterator[tuple[int, bytes]],
    fps: int,
) -> None:
    """Both tracks in order of time."""
    tick, picture_tick = Fraction(1, SAMPLE_RATE), Fraction(1, fps)
    waiting = next(sound, None)
    for frame, packet in enumerate(pictures):
        while waiting is not None and waiting[0] * fps <= frame * SAMPLE_RATE:
            _mux_sound(film, audio, tick, *waiting)
            waiting = next(sound, None)
        packet.stream = video
        packet.time_base = picture_tick
        packet.pts = packet.dts = frame
        packet.duration = 1
        film.mux_one(packet)
    while waiting is not None:
        _mux_sound(film, audio, tick, *waiting)
        waiting = next(sound, None)


def _chapter(number: int, start: float, end: float, title: str) -> Chapter:
    return {
        "id": number,
        "start": round(start * 1000),
        "end": round(end * 1000),
        "time_base": Fraction(1, 1000),
        "metadata": {"title": title},
    }


def _pictures(segments: Sequence[Path], header: bytes, total_frames: int) -> Iterator[av.Packet]:
    """Every coded picture of the film in order."""
    count = 0
    for path in segments:
        segment = read_segment(path)
        if segment.header != header:
            raise VideoError(
                "this picture track was made by another encoder or with other settings than the film's first",
                where=Where(str(path)),
                hint="delete it, so that the next build makes it again",
            )
        for data, key in segment.pictures():
            packet = av.Packet(bytes(data))
            packet.is_keyframe = key
            yield packet
        count += len(segment.sizes)
    if count != total_frames:
        raise VideoError(f"the scenes have {count} frames where {total_frames} were planned")


def silent_packet(encoder: AudioCodecContext) -> bytes:
    """A coded AAC frame of silence."""
    packets = []
    for index in range(4):
        frame = av.AudioFrame.from_ndarray(np.zeros((1, AAC_FRAME), np.float32), format="fltp", layout="mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE, index * AAC_FRAME
        packets += encoder.encode(frame)
    return bytes(packets[-1])


def _sound(
    narrations: Sequence[Narrated], total_frames: int, fps: int, encoder: AudioCodecContext
) -> Iterator[tuple[int, bytes]]:
    """Every AAC frame of the film with its time in samples; the first, at -1024, is the decoder's run-up."""
    silence = silent_packet(encoder)
    header = bytes(encoder.extradata or b"")
    # frames that are heard, and the one before them
    count = 1 + round(Fraction(total_frames * SAMPLE_RATE, fps * AAC_FRAME))
    slot = 0
    for path, start, samples in sorted(narrations, key=lambda narrated: narrated[1]):
        # its own run-up frame takes the slot before the narration's first sample
        begin = round(Fraction(start, AAC_FRAME))
        if begin < slot:
            raise VideoError("two narrations overlap", where=Where(str(path)))
        yield from ((at * AAC_FRAME - AAC_FRAME, silence) for at in range(slot, begin))
        slot = begin
        for data in _narration(path, header, 1 + -(-samples // AAC_FRAME)):
            yield slot * AAC_FRAME - AAC_FRAME, data
            slot += 1
    if slot > count:
        raise VideoError("a narration is longer than the film")
    yield from ((at * AAC_FRAME - AAC_FRAME, silence) for at in range(slot, count))


def _narration(path: Path, header: bytes, frames: int) -> Iterator[bytes]:
    """The AAC frames of a narration: the run-up frame and those that hold its samples."""
    with described(path), av.open(str(path)) as file:
        stream = file.streams.audio[0]
        if stream.codec_context.name != "aac" or bytes(stream.codec_context.extradata or b"") != header:
            raise VideoError(
                "this narration is not AAC-LC, mono, 48 kHz",
                where=Where(str(path)),
                hint="delete it, so that the next build speaks it again",
            )
        found = 0
        for packet in file.demux(stream):
            if packet.size and found < frames:
                found += 1
                yield bytes(packet)
    if found < frames:
        raise VideoError(
            f"the narration ends early: {found} AAC frames of {frames}",
            where=Where(str(path)),
            hint="delete it, so that the next build speaks it again",
        )


def _mux_sound(film: OutputContainer, stream: AudioStream, tick: Fraction, at: int, data: bytes) -> None:
    packet = av.Packet(data)
    packet.stream = stream
    packet.time_base = tick
    packet.pts = packet.dts = at
    packet.duration = AAC_FRAME
    packet.is_keyframe = True
    film.mux_one(packet)
