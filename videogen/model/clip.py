"""A clip of the user's: what its file says of it, and its pictures in their order, turned and scaled as they are seen.

Only files are read, in the few formats named here: no playlist that leads to others, no address.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from videogen.model import limits

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer

Part = tuple[float, float, float, float]
"""Left, top, right and bottom of what is shown of a picture, in shares of its width and height."""

_FORMATS = "mov,matroska,webm,avi,mpegts,mpeg,flv,ogg,gif,asf"
_HDR = (16, 18)
"""Transfer functions of high dynamic range, PQ and HLG, by their numbers in ITU-T H.273."""
_LINES_OF_SD = 576
"""A picture without a tag and with more lines than this is taken for BT.709, as players do."""
INSTANT = 1e-4
"""Times that differ by less than this many seconds are one."""


@dataclass(frozen=True)
class ClipFile:
    """Size in square pixels as a viewer sees it, length of the picture in seconds, and whether there is sound."""

    width: float
    height: float
    seconds: float
    sounds: bool


def read_clip(path: Path) -> ClipFile:
    """What a clip is. Raises OSError, and ValueError that says what is wrong with it."""
    with opened(path) as container:
        video = container.streams.video[0]
        last, count = 0.0, 0
        for packet in container.demux(video):
            if packet.pts is not None and packet.time_base is not None:
                last = max(last, float((packet.pts + (packet.duration or 0)) * packet.time_base))
                count += 1
        sounds = bool(container.streams.audio)
        seconds = last - zero(container)
        wide = float(video.sample_aspect_ratio or 1)
    if count < 2:
        raise ValueError("it has a single picture: show it with `kind: image`")
    _, first = next(pictures(path, 0.0))
    width, height = _upright(first)
    if width * height > limits.MAX_IMAGE_PIXELS:
        raise ValueError(
            f"it has {width} x {height} pixels; at most {limits.MAX_IMAGE_PIXELS // 10**6} million are allowed"
        )
    across, down = (1.0, wide) if first.rotation % 180 else (wide, 1.0)
    return ClipFile(width * across, height * down, seconds, sounds)


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """A clip's file, which has pictures. Raises OSError, and ValueError where it cannot be read as a clip."""
    import av
    from av.error import FFmpegError

    with path.open("rb"):
        pass  # what the operating system says is clearer than what the library makes of it
    only = {"protocol_whitelist": "file", "format_whitelist": _FORMATS}
    try:
        with av.open(str(path), options=only) as container:
            if not container.streams.video:
                raise ValueError("it has no pictures")
            yield container
    except FFmpegError as error:
        raise ValueError(f"it is damaged, or not a video: {error.strerror or error}") from error


def zero(container: InputContainer) -> float:
    """The time at which a file begins, by its own clock."""
    return (container.start_time or 0) / 1_000_000


def pictures(path: Path, start: float, end: float | None = None) -> Iterator[tuple[float, VideoFrame]]:
    """The decoded pictures of a clip, each with its time, from the one that is on at `start` to the last before `end`;
    seconds from the beginning of the file. Raises as `opened` does."""
    shown: tuple[float, Any] | None = None
    for time, picture in _decoded(path, start):
        if end is not None and time >= end - INSTANT and shown is not None:
            break
        if shown is not None and time > start + INSTANT:
            yield shown
        shown = time, picture
    if shown is None:
        raise ValueError("it has no picture that can be shown")
    yield shown


def _decoded(path: Path, start: float) -> Iterator[tuple[float, VideoFrame]]:
    """Pictures from one that is on at `start`, or before it, to the end."""
    early = start
    while True:
        with opened(path) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            begin = zero(container)
            if early > 0:
                container.seek(round((early + begin) * 1_000_000))
            step = float(1 / (stream.average_rate or 25))
            time = -step
            begun = early <= 0
            for frame in container.decode(stream):
                time = float(frame.time) - begin if frame.time is not None else time + step
                if not begun and time > start + INSTANT:
                    break  # the jump went too far: from the beginning then
                begun = True
                yield time, frame
            if begun:
                return
        early = 0.0


def picture_at(path: Path, seconds: float) -> VideoFrame:
    """The decoded picture that is on at a time, or the last one. Raises as `opened` does."""
    return next(pictures(path, seconds, seconds + 2 * INSTANT))[1]


def _upright(frame: VideoFrame) -> tuple[int, int]:
    return (frame.height, frame.width) if frame.rotation % 180 else (frame.width, frame.height)


class Fitting:
    """Brings pictures to a size: turned upright, a part cut out, scaled, and in the colours of BT.709.

    `form` is the name of the format: `yuv420p` (limited range) or `rgb24`.
    """

    def __init__(self, part: Part, width: int, height: int, form: str) -> None:
        self._part, self._size, self._form = part, (width, height), form
        self._graph: Any = None
        self._of: tuple[Any, ...] = ()

    def __call__(self, frame: VideoFrame) -> VideoFrame:
        """The picture as it is shown."""
        kind = (
            frame.width,
            frame.height,
            frame.format.name,
            frame.rotation,
            frame.colorspace,
            frame.color_range,
            frame.color_trc,
        )
        if self._graph is None or self._of != kind:
            self._graph, self._of = self._built(frame), kind
        self._graph.push(frame)
        return self._graph.pull()

    def _built(self, frame: VideoFrame) -> Any:
        from av.filter import Graph

        graph = Graph()
        last = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base or Fraction(1, 1000)
        )
        for name, options in (*self._steps(frame), ("format", self._form), ("buffersink", "")):
            step = graph.add(name, options) if options else graph.add(name)
            last.link_to(step)
            last = step
        graph.configure()
        return graph

    def _steps(self, frame: VideoFrame) -> Iterator[tuple[str, str]]:
        yield from _TURNS.get(round(frame.rotation / 90) % 4, ())
        width, height = _upright(frame)
        left, top, right, bottom = self._part
        x, y = round(left * width), round(top * height)
        yield "crop", f"{max(round(right * width) - x, 2)}:{max(round(bottom * height) - y, 2)}:{x}:{y}"
        scale = f"{self._size[0]}:{self._size[1]}:flags=bicubic+accurate_rnd:out_color_matrix=bt709"
        scale += ":out_range=" + ("tv" if self._form.startswith("yuv") else "pc")
        if not frame.format.is_rgb:
            guess = "bt709" if height > _LINES_OF_SD else "bt601"
            scale += f":in_color_matrix={_MATRICES.get(int(frame.colorspace), guess)}"
            full = int(frame.color_range) == _FULL or frame.format.name.startswith("yuvj")
            scale += f":in_range={'pc' if full else 'tv'}"
        if int(frame.color_trc) in _HDR:
            scale += ":out_primaries=bt709:out_transfer=bt709"
        yield "scale", scale


_MATRICES = {1: "bt709", 4: "fcc", 5: "bt601", 6: "bt601", 7: "smpte240m", 9: "bt2020"}
"""Names of matrices by their numbers in ITU-T H.273."""
_FULL = 2
_TURNS = {
    1: (("transpose", "cclock"),),
    2: (("hflip", ""), ("vflip", "")),
    3: (("transpose", "clock"),),
}
"""What turns a picture upright, by quarters of a turn to the left."""
