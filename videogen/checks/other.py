"""Measuring the film in another format. Its packets are read once; decoded are its sound, and every picture that a
player can jump to, with the first frames after each."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from videogen.checks.film import FilmArtifacts, Other
from videogen.checks.sound import heard

DECODED = 8
"""Frames of every stretch that are decoded."""


def other(path: Path, film: FilmArtifacts) -> Other:
    """What the film in another format is. Raises OSError or FFmpegError where it cannot be read."""
    with av.open(str(path)) as opened:
        video, audio = opened.streams.video[0], opened.streams.audio[0]
        assert isinstance(video, VideoStream)
        assert isinstance(audio, AudioStream)
        decoder, faults = _decoder(video), []
        first: Fraction | None = None
        frames, since_key, stretch = 0, 0, 0
        shown = 0
        for packet in opened.demux(video):
            if not packet.size or packet.pts is None:
                continue
            at = packet.pts * packet.time_base
            first = at if first is None else first
            # AVI and WebM say when a picture is shown, not for how long
            frames = max(frames, round(at * film.format.fps) + 1)
            if packet.is_keyframe:
                faults += _flushed(decoder, stretch - shown, at)
                since_key = stretch = shown = 0
            if since_key < DECODED:
                stretch += 1
                try:
                    shown += len(decoder.decode(packet))
                except FFmpegError as error:
                    faults.append(f"damaged at {float(at):.2f} s: {error.strerror}")
                    stretch -= 1
            since_key += 1
        faults += _flushed(decoder, stretch - shown, first or Fraction(0))
        if video.frames:
            frames = video.frames
        chapters = opened.chapters()
        codec = f"{video.codec_context.codec.canonical_name} and {audio.codec_context.codec.canonical_name}"
        size = (video.codec_context.width, video.codec_context.height)
        title = opened.metadata.get("title", "")
    return Other(
        codecs=codec,
        size=size,
        frames=frames,
        first=float(first or 0),
        title=title,
        chapters=None if path.suffix == ".avi" else len(chapters),
        sound=heard(path),
        faults=faults,
    )


def _decoder(video: VideoStream) -> VideoCodecContext:
    decoder = av.CodecContext.create(video.codec_context.name, "r")
    assert isinstance(decoder, VideoCodecContext)
    decoder.extradata, decoder.codec_tag = video.codec_context.extradata, video.codec_context.codec_tag
    decoder.thread_count = 1
    decoder.options = {"err_detect": "explode"}
    return decoder


def _flushed(decoder: VideoCodecContext, missing: int, at: Fraction) -> list[str]:
    """What is wrong with a stretch that ends here, of which so many pictures have not come out of the decoder yet."""
    try:
        missing -= len(decoder.decode(None))
    except FFmpegError as error:
        return [f"damaged before {float(at):.2f} s: {error.strerror}"]
    finally:
        decoder.flush_buffers()
    return [f"damaged before {float(at):.2f} s: {missing} pictures are missing"] if missing > 0 else []
