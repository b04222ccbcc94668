"""Reads a film of ours as the pictures that differ, each with how long it is shown: an eighth of its frames, or less.

A frame that only holds the one before it is told by its bytes, and is never decoded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import av
from av.video.codeccontext import VideoCodecContext

from videogen.model.errors import VideoError, Where
from videogen.video.h264 import START_CODE, Parameters, hold_slice, parse_parameters, renumber
from videogen.video.join import described


class Picture(NamedTuple):
    """A picture of a film."""

    frame: av.VideoFrame
    frames: int
    """For how many frames it is shown."""
    key: bool
    """Whether a player can jump to it."""


def pictures(film: Path) -> Iterator[Picture]:
    """The pictures of a film as `join` writes it, in order. Raises VideoError for another, or one that is damaged."""
    count = 0
    with described(film), av.open(str(film)) as opened:
        stream = opened.streams.video[0]
        header = _parameter_sets(bytes(stream.codec_context.extradata or b""), film)
        decoder = av.CodecContext.create("h264", "r")
        assert isinstance(decoder, VideoCodecContext)
        decoder.extradata, decoder.thread_count = header, 1
        decoder.options = {"err_detect": "explode"}
        shown: deque[tuple[int, bool]] = deque()
        for data, frames, key in _coded(opened.demux(stream), parse_parameters(header)):
            shown.append((frames, key))
            count += frames
            packet = av.Packet(data)
            packet.is_keyframe = key
            for frame in decoder.decode(packet):
                yield Picture(frame, *shown.popleft())
        for frame in decoder.decode(None):
            yield Picture(frame, *shown.popleft())
        if shown or count != stream.frames:
            raise VideoError(
                f"the film ends early: {count} frames of {stream.frames}",
                where=Where(str(film)),
                hint="delete that file, so that the next build makes it again",
            )


def _coded(packets: Iterable[av.Packet], parameters: Parameters) -> Iterator[tuple[bytes, int, bool]]:
    """Every coded picture but the holds, counted as a decoder wants it that never sees them, with its frames."""
    last: tuple[bytes, bool] | None = None
    frames = since_key = pictures = 0
    for packet in packets:
        if not packet.size:
            continue
        data = _annex_b(bytes(packet))
        if not packet.is_keyframe and data == hold_slice(parameters, since_key):
            frames, since_key = frames + 1, since_key + 1
            continue
        if last:
            yield last[0], frames, last[1]
        if packet.is_keyframe:
            since_key = pictures = 0
        last = renumber(data, parameters, pictures), packet.is_keyframe
        frames, since_key, pictures = 1, since_key + 1, pictures + 1
    if last:
        yield last[0], frames, last[1]


def _annex_b(data: bytes) -> bytes:
    """An access unit as it stands in MP4, each NAL unit after its length in 4 bytes, with start codes instead."""
    units, at = [], 0
    while at + 4 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        units.append(START_CODE + data[at + 4 : at + 4 + size])
        at += 4 + size
    return b"".join(units)


def _parameter_sets(avcc: bytes, film: Path) -> bytes:
    """The parameter sets of a decoder configuration (ISO/IEC 14496-15, 5.3.3.1), with start codes."""
    try:
        at, units = 6, []
        for count in (avcc[5] & 31, None):
            if count is None:
                count, at = avcc[at], at + 1
            for _ in range(count):
                size = int.from_bytes(avcc[at : at + 2], "big")
                units.append(START_CODE + avcc[at + 2 : at + 2 + size])
                at += 2 + size
    except IndexError as error:
        raise VideoError("this is no film of H.264 in MP4", where=Where(str(film))) from error
    return b"".join(units)
