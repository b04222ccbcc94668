"""A film in another format, from its MP4: only pictures that differ are coded, and held as each format can."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.subtitles.stream import SubtitleStream
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from av.video.stream import VideoStream

from videogen.model.film import FilmFormat
from videogen.model.formats import Format
from videogen.model.timing import SAMPLE_RATE, film_samples
from videogen.video import h265, vp9
from videogen.video.distinct import pictures
from videogen.video.encoder import ticks_per_second
from videogen.video.join import described

Repeat = Callable[[bytes, bool, int], Iterator[bytes]]
"""(coded picture, whether a player can jump to it, frames) -> what stands in the file for every frame."""

_BT709, _LIMITED = 1, 1
_MP3_DELAY = 1105
"""Samples by which MP3 comes late, of the encoder and the decoder: AVI has no place to say so."""
_MP3_GAIN = 1 / 0.95
"""LAME makes what it codes softer, at this rate by 0.45 dB: what it is given is louder by as much."""


@dataclass(frozen=True)
class _Form:
    """How a format is written. `options` are the encoder's, `better` those of a film of the quality `final`."""

    container: str
    codec: str
    options: Mapping[str, str]
    better: Mapping[str, str]
    repeat: Callable[[VideoCodecContext, Mapping[str, str]], Repeat]
    audio: str | None
    """None: as it is in the MP4."""
    bit_rate: int = 0
    ahead: int = 0
    """Samples that sound is put ahead, because it will come late by as many."""
    gain: float = 1.0
    """What sound is multiplied with, because the encoder makes it softer."""
    tag: str | None = None
    threads: int = 1
    muxing: Mapping[str, str] = field(default_factory=dict)


def _x265(**more: str) -> dict[str, str]:
    params = {**h265.PARAMS, **more}
    return {"forced-idr": "1", "x265-params": ":".join(f"{name}={value}" for name, value in params.items())}


def _empty(picture: bytes, key: bool, frames: int) -> Iterator[bytes]:
    # in AVI a frame without a byte shows the one before it
    yield picture
    yield from [b""] * (frames - 1)


_VP9 = {"deadline": "realtime", "crf": "30", "b": "0", "lag-in-frames": "0", "auto-alt-ref": "0"}
_VP9 |= {"tune-content": "screen", "tile-columns": "1", "g": "9999"}

_FORMS: Mapping[Format, _Form] = {
    "webm": _Form(
        "webm",
        "libvpx-vp9",
        {**_VP9, "cpu-used": "7"},
        {**_VP9, "cpu-used": "5"},
        lambda _encoder, _options: vp9.repeat,
        "libopus",
        bit_rate=64_000,
        threads=2,
        muxing={"cues_to_front": "1", "avoid_negative_ts": "disabled"},
    ),
    # MPEG-4 part 2 and MP3 under the name XVID is what whatever wants an AVI at all can read: Windows since 7 by
    # itself, old editors and set-top boxes. H.264 in AVI is what many of them cannot.
    "avi": _Form(
        "avi",
        "mpeg4",
        {"qmin": "3", "qmax": "3", "g": "600"},
        {"qmin": "2", "qmax": "2", "g": "600"},
        lambda _encoder, _options: _empty,
        "libmp3lame",
        bit_rate=128_000,
        ahead=_MP3_DELAY,
        gain=_MP3_GAIN,
        tag="XVID",
        # sound begins before second 0, with what its decoder needs to run up: pictures are not to wait for that
        muxing={"avoid_negative_ts": "disabled"},
    ),
    "h265": _Form(
        "mp4",
        "libx265",
        {"preset": "superfast", **_x265(qp="24")},
        {"preset": "medium", **_x265(qp="24")},
        h265.repeating,
        None,
        tag="hvc1",  # Apple's players take no other
        muxing={"movflags": "+faststart"},
    ),
}


def convert(film: Path, kind: Format, fmt: FilmFormat, captions: Path | None, out: Path) -> None:
    """Write a film, an MP4 as `join` leaves it, in another format: the same frames, sound, title, language and
    chapters, as far as the format has a place for them (AVI has none for chapters); WebM gets `captions`, a WebVTT
    file, as a track.

    The same input gives the same bytes. Raises VideoError where the film is damaged, and ResourceError when the disk
    is full; `out` then is not there.
    """
    form = _FORMS[kind]
    part = out.with_name(out.name + ".part")
    options = {"fflags": "+bitexact", **form.muxing}
    if form.container == "mp4":
        options["video_track_timescale"] = str(ticks_per_second(fmt.fps))
    try:
        with described(out), ExitStack() as stack:
            source = stack.enter_context(av.open(str(film)))
            made = stack.enter_context(av.open(str(part), "w", format=form.container, options=options))
            made.metadata["title"] = source.metadata.get("title", "")
            if form.container != "avi":
                made.set_chapters(source.chapters())
            coding = form.better if fmt.quality == "final" else form.options
            video = _video(made, form, fmt, coding)
            repeat = form.repeat(video.codec_context, coding)
            heard, told = source.streams.audio[0], stack.enter_context(_captions(captions, kind))
            audio = _audio(made, form, heard)
            text = made.add_stream_from_template(told.streams.subtitles[0]) if told else None
            for stream in (video, audio, text):
                if stream is not None and (language := heard.metadata.get("language")):
                    stream.metadata["language"] = language
            frames = source.streams.video[0].frames
            tracks: list[Iterator[av.Packet]] = [
                _pictures(film, video, repeat, fmt.fps),
                _copied(source, heard, audio) if form.audio is None else _encoded(source, audio, form, frames, fmt.fps),
            ]
            if told and isinstance(text, SubtitleStream):
                tracks.append(_cues(told, text))
            for packet in merge(*tracks, key=_when):
                made.mux_one(packet)
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)


def _when(packet: av.Packet) -> Fraction:
    assert packet.dts is not None
    return packet.dts * packet.time_base


def _video(made: OutputContainer, form: _Form, fmt: FilmFormat, options: Mapping[str, str]) -> VideoStream:
    stream = made.add_stream(form.codec, rate=fmt.fps, options=dict(options))
    assert isinstance(stream, VideoStream)
    context = stream.codec_context
    context.width, context.height, context.pix_fmt = fmt.width, fmt.height, "yuv420p"
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = _LIMITED
    context.thread_count = form.threads
    context.time_base = Fraction(1, fmt.fps)
    if form.tag:
        context.codec_tag = form.tag
    context.open()
    return stream


def _pictures(film: Path, stream: VideoStream, repeat: Repeat, fps: int) -> Iterator[av.Packet]:
    """Every frame of the film, coded."""
    tick = Fraction(1, fps)
    lengths: dict[int, int] = {}
    at = 0

    def shown(coded: list[av.Packet]) -> Iterator[av.Packet]:
        for packet in coded:
            assert packet.pts is not None
            begins = packet.pts
            for number, data in enumerate(repeat(bytes(packet), packet.is_keyframe, lengths.pop(begins))):
                frame = av.Packet(data)
                frame.stream, frame.time_base = stream, tick
                frame.pts = frame.dts = begins + number
                frame.duration = 1
                frame.is_keyframe = packet.is_keyframe and not number
                yield frame

    for picture in pictures(film):
        frame = picture.frame
        frame.pts, frame.time_base = at, tick
        frame.pict_type = PictureType.I if picture.key else PictureType.NONE
        lengths[at] = picture.frames
        at += picture.frames
        yield from shown(stream.encode(frame))
    yield from shown(stream.encode(None))


def _audio(made: OutputContainer, form: _Form, heard: AudioStream) -> AudioStream:
    if form.audio is None:
        return made.add_stream_from_template(heard)
    stream = made.add_stream(form.audio, rate=SAMPLE_RATE, layout="mono", bit_rate=form.bit_rate)
    assert isinstance(stream, AudioStream)
    stream.codec_context.open()
    return stream


def _copied(source: InputContainer, heard: AudioStream, stream: AudioStream) -> Iterator[av.Packet]:
    for packet in source.demux(heard):
        if packet.size:
            packet.stream = stream
            yield packet


def _encoded(source: InputContainer, stream: AudioStream, form: _Form, frames: int, fps: int) -> Iterator[av.Packet]:
    """The sound of the film, as long as its pictures, coded anew."""
    total, at, tick = film_samples(frames, fps), 0, Fraction(1, SAMPLE_RATE)

    def coded(frame: av.AudioFrame | None) -> Iterator[av.Packet]:
        for packet in stream.encode(frame):
            if packet.pts is not None and packet.pts * packet.time_base < (total - form.ahead) * tick:
                yield packet

    for samples in _samples(source, total, form.ahead):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples * np.float32(form.gain)), format="fltp", layout="mono"
        )
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, at, tick
        at += samples.shape[1]
        yield from coded(frame)
    yield from coded(None)


def _samples(source: InputContainer, total: int, ahead: int) -> Iterator[np.ndarray]:
    """`total` samples of the film's sound, from the one numbered `ahead` on; silence where there is none."""
    at = ahead
    for frame in source.decode(audio=0):
        begins = round((frame.pts or 0) * (frame.time_base or 0) * SAMPLE_RATE)
        samples = frame.to_ndarray()[:, max(at - begins, 0) : max(total + ahead - begins, 0)]
        if samples.shape[1]:
            if begins > at:
                yield np.zeros((1, begins - at), np.float32)
            at = max(begins, at) + samples.shape[1]
            yield samples
    if at < total + ahead:
        yield np.zeros((1, total + ahead - at), np.float32)


def _captions(path: Path | None, kind: Format) -> Any:
    """The opened captions of a format that has a track for them; nothing for one that has not."""
    from contextlib import nullcontext

    return av.open(str(path)) if path is not None and kind == "webm" else nullcontext()


def _cues(told: InputContainer, stream: SubtitleStream) -> Iterator[av.Packet]:
    for packet in told.demux(told.streams.subtitles[0]):
        if packet.size:
            packet.stream = stream
            yield packet
