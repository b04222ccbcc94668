"""Just enough of H.265 (ITU-T H.265) to repeat a picture for next to nothing, as `h264` does.

x265 itself makes the hold: of a grey picture that comes twice, the second is all skipped, whatever stands before it,
as long as motion is not predicted from earlier pictures and no filter is on. Only its count has to change, and that of
every picture that x265 codes after holds it knows nothing of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext

from videogen.model.errors import VideoError
from videogen.video.h264 import START_CODE, BitReader, counted, nal_units, unescape

_SPS, _FIRST_OF_ITS_OWN, _LAST_OF_ITS_OWN, _SLICES = 33, 16, 23, 32

_CODING_ORDER = {"bframes": "0", "ref": "1", "keyint": "9999", "scenecut": "0", "open-gop": "0", "weightp": "0"}
_SKIPPED_IS_COPIED = {"temporal-mvp": "0", "sao": "0"}
_SAME_EVERYWHERE = {"frame-threads": "1", "pools": "2", "wpp": "1", "rc-lookahead": "0", "slices": "1", "info": "0"}

PARAMS = {**_CODING_ORDER, **_SKIPPED_IS_COPIED, **_SAME_EVERYWHERE, "repeat-headers": "0", "log-level": "error"}
"""Settings of x265 that holds depend on."""


def order_bits(extradata: bytes) -> int:
    """Bits of `slice_pic_order_cnt_lsb`, by the sequence parameter set (7.3.2.2) among a stream's headers (annex B).

    Raises VideoError where there is none such as x265 writes it.
    """
    sps = next((unit for unit in nal_units(extradata) if _kind(unit) == _SPS), None)
    if sps is None:
        raise VideoError("the encoder gave no H.265 parameter sets")
    reader = BitReader(unescape(sps[2:]))
    reader.bits(4)
    if reader.bits(3):
        raise VideoError("the encoder was set to temporal layers, which cannot be held")
    reader.bits(1 + 96)
    reader.unsigned()
    if reader.unsigned() != 1:
        raise VideoError("the encoder was not set to 4:2:0")
    reader.unsigned()
    reader.unsigned()
    if reader.bits(1):
        for _ in range(4):
            reader.unsigned()
    reader.unsigned()
    reader.unsigned()
    return reader.unsigned() + 4


def renumber(access_unit: bytes, bits: int, count: int) -> bytes:
    """The access unit (annex B) with the number `count` since the picture that a player can jump to."""
    units = (unit for unit in nal_units(access_unit) if _kind(unit) < _SLICES)
    return b"".join(
        START_CODE
        + (unit if _FIRST_OF_ITS_OWN <= _kind(unit) <= _LAST_OF_ITS_OWN else unit[:2] + counted(unit[2:], bits, count))
        for unit in units
    )


def hold(width: int, height: int, options: Mapping[str, str]) -> bytes:
    """An access unit (annex B) that repeats the picture before it, in a stream of x265 with these options."""
    encoder = av.CodecContext.create("libx265", "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base, encoder.options, encoder.thread_count = Fraction(1, 30), dict(options), 1
    packets = []
    for at in range(2):
        grey = np.full((height * 3 // 2, width), 128, np.uint8)
        frame = av.VideoFrame.from_ndarray(grey, format="yuv420p")
        frame.pts, frame.time_base = at, Fraction(1, 30)
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    return bytes(packets[1])


def repeating(encoder: VideoCodecContext, options: Mapping[str, str]) -> Callable[[bytes, bool, int], Iterator[bytes]]:
    """What shows each picture of an encoder with these options for some frames: (access unit, key, frames) -> an access
    unit a frame."""
    bits = order_bits(bytes(encoder.extradata or b""))
    held = hold(encoder.width, encoder.height, options)
    since_key = 0

    def repeat(access_unit: bytes, key: bool, frames: int) -> Iterator[bytes]:
        nonlocal since_key
        since_key = 0 if key else since_key
        yield renumber(access_unit, bits, since_key)
        for number in range(since_key + 1, since_key + frames):
            yield renumber(held, bits, number)
        since_key += frames

    return repeat


def _kind(unit: bytes) -> int:
    return unit[0] >> 1 & 63
