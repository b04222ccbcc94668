"""Measuring the film in another format. Its packets are read once, and its sound and pictures are decoded.

Of H.265 only those pictures are decoded that a player can jump to, with the first frames after each, for there a frame
that is held takes as long as any other. Of the rest the packets are checked to consist of whole NAL units.
"""

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
"""Frames after each such picture that are decoded of H.265."""


def other(path: Path, film: FilmArtifacts) -> Other:
    """What the film in another format is. Raises OSError, FFmpegError or ValueError where it cannot be read."""
    with av.open(str(path)) as opened:
        if not opened.streams.video or not opened.streams.audio:
            raise ValueError("it lacks picture or sound")
        video, audio = opened.streams.video[0], opened.streams.audio[0]
        assert isinstance(video, VideoStream)
        assert isinstance(audio, AudioStream)
        decoder, sampled = _decoder(video), video.codec_context.name == "hevc"
        faults: list[str] = []
        times: list[Fraction] = []
        since_key = due = shown = heard_packets = 0
        for packet in opened.demux(video, audio):
            if packet.stream is audio:
                heard_packets += bool(packet.size)
                continue
            if not packet.size or packet.pts is None:
                continue
            at = packet.pts * packet.time_base
            times.append(at)
            if packet.is_keyframe:
                faults += _flushed(decoder, due - shown, at)
                since_key = due = shown = 0
            if sampled and not _whole_units(bytes(packet)):
                faults.append(f"damaged at {float(at):.2f} s: a picture is cut or overwritten")
            if since_key < DECODED or not sampled:
                due += 1
                try:
                    shown += len(decoder.decode(packet))
                except FFmpegError as error:
                    faults.append(f"damaged at {float(at):.2f} s: {error.strerror}")
                    due -= 1
            since_key += 1
        if times:
            faults += _flushed(decoder, due - shown, times[-1])
        frames = len(times)
        if path.suffix == ".avi":
            # a frame that is held is no packet there: the header tells their number, and the index those that have one
            frames = video.frames
            if (len(times), heard_packets) != (len(video.index_entries), len(audio.index_entries)):
                faults.append("damaged: a part of what its index names is overwritten")
        first = times[0] if times else Fraction(0)
        chapters = opened.chapters()
        codec = f"{video.codec_context.codec.canonical_name} and {audio.codec_context.codec.canonical_name}"
        size = (video.codec_context.width, video.codec_context.height)
        title = opened.metadata.get("title", "")
    return Other(
        codecs=codec,
        size=size,
        frames=frames,
        first=float(first),
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


def _whole_units(data: bytes) -> bool:
    """Whether a packet of H.265 in MP4 consists of whole NAL units, none empty."""
    at = 0
    while at + 4 < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if not size:
            return False
        at += 4 + size
    return at == len(data)


def _flushed(decoder: VideoCodecContext, missing: int, at: Fraction) -> list[str]:
    """What is wrong with a stretch that ends here, of which so many pictures have not come out of the decoder yet."""
    try:
        missing -= len(decoder.decode(None))
    except FFmpegError as error:
        return [f"damaged before {float(at):.2f} s: {error.strerror}"]
    finally:
        decoder.flush_buffers()
    return [f"damaged before {float(at):.2f} s: {missing} pictures are missing"] if missing > 0 else []
