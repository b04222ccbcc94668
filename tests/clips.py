"""Small real clips, and what is to be seen and heard in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

Paint = Callable[[int], NDArray[np.uint8]]
RATE = 44_100


def numbered(width: int, height: int) -> Paint:
    """Pictures that tell their number: its tens in the left half, its ones in the right, as greys."""

    def paint(index: int) -> NDArray[np.uint8]:
        picture = np.empty((height, width, 3), np.uint8)
        picture[:, : width // 2] = 40 + 20 * (index // 10 % 10)
        picture[:, width // 2 :] = 40 + 20 * (index % 10)
        return picture

    return paint


def number_in(luma: NDArray[np.uint8]) -> int:
    """The number of a picture (or of the place in which it is shown) by its luma."""
    height, width = luma.shape
    halves = [luma[height // 4 : -height // 4, at : at + width // 4] for at in (width // 8, width * 5 // 8)]
    tens, ones = (((float(half.mean()) - 16) * 255 / 219 - 40) / 20 for half in halves)
    assert max(abs(tens - round(tens)), abs(ones - round(ones))) < 0.25, (tens, ones)
    return round(tens) * 10 + round(ones)


def quarters(width: int, height: int) -> Paint:
    """Red and green over blue and white, always."""
    picture = np.empty((height, width, 3), np.uint8)
    picture[: height // 2, : width // 2] = 255, 0, 0
    picture[: height // 2, width // 2 :] = 0, 255, 0
    picture[height // 2 :, : width // 2] = 0, 0, 255
    picture[height // 2 :, width // 2 :] = 255
    return lambda index: picture


def write_clip(
    path: Path,
    count: int = 50,
    rate: int | Fraction = 25,
    size: tuple[int, int] = (160, 90),
    paint: Paint | None = None,
    codec: str = "libx264",
    pixels: str = "yuv420p",
    times: Sequence[int] | None = None,
    sound: NDArray[np.float32] | None = None,
    aspect: Fraction | None = None,
    matrix: int = 2,
    full: bool = False,
    transfer: int = 2,
) -> Path:
    """A clip of `count` pictures; `times` are theirs in milliseconds, `sound` is mono at `RATE`, `aspect` a pixel's.

    `matrix` and `transfer` are its tags (ITU-T H.273; 2 is none), by which its colours are coded as well.
    """
    paint = paint or numbered(*size)
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as file:
        stream: Any = file.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        context = stream.codec_context
        context.colorspace, context.color_trc, context.color_range = matrix, transfer, 2 if full else 1
        if aspect:
            context.sample_aspect_ratio = aspect
        tick = Fraction(1, 1000) if times else 1 / Fraction(rate)
        context.time_base = tick
        audio: Any = (
            file.add_stream(
                "libopus" if path.suffix == ".webm" else "aac",
                rate=48_000 if path.suffix == ".webm" else RATE,
                layout="mono",
            )
            if sound is not None
            else None
        )
        for index in range(count):
            picture = av.VideoFrame.from_ndarray(paint(index), format="rgb24")
            if not pixels.startswith(("rgb", "gbr", "pal")):
                coded = "ITU709" if matrix == 1 else "ITU601"
                picture = picture.reformat(
                    format=pixels, dst_colorspace=coded, dst_color_range="JPEG" if full else "MPEG"
                )
            picture.pts, picture.time_base = times[index] if times else index, tick
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))
        if sound is not None:
            step = 1024
            resampler = av.AudioResampler(
                format="fltp" if path.suffix != ".webm" else "flt", layout="mono", rate=audio.rate
            )
            for start in range(0, len(sound), step):
                frame = av.AudioFrame.from_ndarray(
                    np.ascontiguousarray(sound[None, start : start + step]), "fltp", "mono"
                )
                frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
                for part in resampler.resample(frame):
                    file.mux(audio.encode(part))
            for part in resampler.resample(None):
                file.mux(audio.encode(part))
            file.mux(audio.encode(None))
    return path


def turn_clip(path: Path, quarters_right: int) -> Path:
    """Have an MP4 say that its pictures are to be turned to the right, as phones do."""
    data = bytearray(path.read_bytes())
    one = 1 << 16
    a, b = {0: (one, 0), 1: (0, one), 2: (-one, 0), 3: (0, -one)}[quarters_right]
    matrix = [a, b, 0, -b, a, 0, 0, 0, 1 << 30]
    # ISO/IEC 14496-12, 8.3.2: version 0 of the box has the matrix 40 bytes after its version and flags
    at = data.index(b"tkhd") + 4 + 40
    data[at : at + 36] = b"".join(value.to_bytes(4, "big", signed=True) for value in matrix)
    path.write_bytes(data)
    return path
