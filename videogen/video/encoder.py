"""Pictures, each shown for a number of frames, as one H.264 segment in MP4: video only, constant frame rate."""

from __future__ import annotations

import io
from fractions import Fraction

import av
from av.video.frame import PictureType

from videogen.model.errors import VideoError
from videogen.model.film import FilmFormat
from videogen.video.h264 import hold_slice, parse_parameters, renumber
from videogen.video.planes import plane_views

KEYFRAME_SECONDS = 5
"""A viewer who seeks never waits for more than this much film to be decoded."""

_BT709, _LIMITED = 1, 1

_COMMON = {
    "profile": "high",
    "bf": "0",
    "refs": "1",
    "g": "9999",
    "forced-idr": "1",
}
_X264 = "scenecut=0:weightp=0:threads=1:lookahead-threads=1"
_QUALITY = {
    # layers move by whole pixels and qp 20 leaves no blocks to smooth: without the search for fractions of a
    # pixel and without the loop filter the film is smaller, closer to the pictures, and takes a fourth less time
    "standard": {
        "preset": "superfast",
        "qp": "20",
        "rc-lookahead": "0",
        "subq": "0",
        "x264-params": _X264 + ":no-deblock=1",
    },
    "final": {"preset": "medium", "crf": "22", "rc-lookahead": "40", "x264-params": _X264},
}
_BY_FRACTIONS = {"standard": {"subq": "1"}, "final": {}}
"""Where a whole picture moves by less than a pixel a frame, the search for fractions pays: a third less to code."""


def ticks_per_second(fps: int) -> int:
    """Time scale of every picture track."""
    return fps * 512


class SegmentEncoder:
    """Encodes what stands in `planes` whenever `add` is called.

    The segment starts with an IDR picture and has one at least every `KEYFRAME_SECONDS`. A picture that is shown
    for longer than a frame is coded once and then held by slices that skip everything, unless `reference` is
    set: then x264 codes every frame, which costs more and shows the same film. `moving` is for pictures that are
    in motion as a whole.
    """

    def __init__(self, fmt: FilmFormat, reference: bool = False, moving: bool = False) -> None:
        self._fmt, self._reference = fmt, reference
        self._file = io.BytesIO()
        self._container = av.open(
            self._file,
            "w",
            format="mp4",
            options={"fflags": "+bitexact", "video_track_timescale": str(ticks_per_second(fmt.fps))},
        )
        options = {**_COMMON, **_QUALITY[fmt.quality], **(_BY_FRACTIONS[fmt.quality] if moving else {})}
        self._stream = self._container.add_stream("libx264", rate=fmt.fps, options=options)
        context = self._stream.codec_context
        context.width, context.height, context.pix_fmt = fmt.width, fmt.height, "yuv420p"
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED
        context.thread_count = 1
        self._tick = context.time_base = Fraction(1, fmt.fps)
        context.open()
        self._parameters = parse_parameters(bytes(context.extradata or b""))
        self._picture = av.VideoFrame(fmt.width, fmt.height, "yuv420p")
        self._picture.time_base = self._tick
        self._added = 0
        self._since_key = 0
        self._frame_num = 0
        self._lengths: dict[int, int] = {}
        self._written = 0
        self.planes = plane_views(self._picture)

    def add(self, frames: int) -> None:
        """Show what stands in `planes` for `frames` (at least one) frames."""
        longest = KEYFRAME_SECONDS * self._fmt.fps
        while frames:
            if self._added == 0 or self._since_key == longest:
                self._since_key = 0
            length = 1 if self._reference else min(frames, longest - self._since_key)
            self._encode(length)
            frames -= length
            self._since_key += length

    def _encode(self, length: int) -> None:
        self._picture.pts = self._added
        self._picture.pict_type = PictureType.NONE if self._since_key else PictureType.I
        self._lengths[self._added] = length
        self._added += length
        for packet in self._stream.encode(self._picture):
            self._write(packet)

    def _write(self, packet: av.Packet) -> None:
        """Mux a coded picture, followed by its holds."""
        if packet.pts is None or packet.pts != self._written:
            raise VideoError(f"the encoder gave picture {packet.pts} where {self._written} was due")
        length = self._lengths.pop(packet.pts)
        if packet.is_keyframe:
            self._frame_num = 0
        self._mux(renumber(bytes(packet), self._parameters, self._frame_num), packet.is_keyframe)
        for _ in range(length - 1):
            self._mux(hold_slice(self._parameters, self._frame_num), False)

    def _mux(self, access_unit: bytes, key: bool) -> None:
        packet = av.Packet(access_unit)
        packet.stream = self._stream
        packet.time_base = self._tick
        packet.pts = packet.dts = self._written
        packet.duration = 1
        packet.is_keyframe = key
        self._container.mux_one(packet)
        self._written += 1
        self._frame_num += 1

    def finish(self) -> bytes:
        """The segment. Nothing can be added afterwards."""
        for packet in self._stream.encode(None):
            self._write(packet)
        self._container.close()
        return self._file.getvalue()
