"""Just enough of VP9 (the VP9 bitstream specification, version 0.6) to repeat a picture in one byte.

A decoder keeps eight pictures, and a frame may consist of nothing but which of them to show (`show_existing_frame`).
It leaves the decoder as it is: the encoder need not know.
"""

from __future__ import annotations

from collections.abc import Iterator

from videogen.model.errors import VideoError
from videogen.video.h264 import BitReader

_MARKER, _EVERY = 2, 0xFF


def kept_as(frame: bytes) -> int:
    """Under which number a decoder keeps a picture, by the frame's header (6.2). Raises VideoError where it does not,
    and for what is no frame that is shown, of 8 bits and 4:2:0."""
    reader = BitReader(frame[:4])
    marker, profile, existing = reader.bits(2), reader.bits(2), reader.bits(1)
    inter, shown, resilient = reader.bits(1), reader.bits(1), reader.bits(1)
    if marker != _MARKER or profile or existing or not shown:
        raise VideoError("the encoder gave a VP9 frame that cannot be held")
    if not resilient and inter:
        reader.bits(2)  # reset_frame_context
    kept = reader.bits(8) if inter else _EVERY
    if not kept:
        raise VideoError("the encoder gave a VP9 frame that no decoder keeps")
    return (kept & -kept).bit_length() - 1


def again(number: int) -> bytes:
    """The frame that shows a kept picture.

    >>> again(0).hex(), again(7).hex()
    ('88', '8f')
    """
    return bytes([_MARKER << 6 | 1 << 3 | number])


def repeat(frame: bytes, key: bool, frames: int) -> Iterator[bytes]:
    """A picture for so many frames, as `h265.repeating`."""
    yield frame
    held = again(kept_as(frame)) if frames > 1 else b""
    for _ in range(frames - 1):
        yield held
