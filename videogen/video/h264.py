"""Just enough of H.264 (ITU-T H.264) to repeat a picture for next to nothing.

A hold is a P slice in which every macroblock is skipped: the decoder shows the previous picture again, exactly.
x264 knows nothing of the holds put between its pictures, so that `frame_num` of its slices is written anew.
That is all that has to change where pictures are shown in coding order (POC type 2) and all are references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from videogen.model.errors import VideoError
from videogen.video.cabac import skipped_slice

START_CODE = b"\0\0\0\1"
_SLICE, _IDR, _SEI, _SPS, _PPS = 1, 5, 6, 7, 8


class BitReader:
    """Reads fixed-length and Exp-Golomb codes (clause 9.1) from bytes without emulation prevention."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = len(data) * 8
        self.position = 0

    def bits(self, count: int) -> int:
        """The next `count` bits as an unsigned number. Raises VideoError at the end of the data."""
        self._left -= count
        if self._left < 0:
            raise VideoError("an H.264 header ends too early")
        self.position += count
        return (self._value >> self._left) & ((1 << count) - 1)

    def unsigned(self) -> int:
        """ue(v)."""
        zeros = 0
        while not self.bits(1):
            zeros += 1
        return (1 << zeros) - 1 + self.bits(zeros)

    def signed(self) -> int:
        """se(v)."""
        code = self.unsigned()
        return (code + 1) // 2 if code & 1 else -(code // 2)


class BitWriter:
    """Writes fixed-length and Exp-Golomb codes."""

    def __init__(self) -> None:
        self._value = 0
        self.length = 0

    def bits(self, value: int, count: int) -> None:
        """`value` in `count` bits."""
        self._value = self._value << count | value
        self.length += count

    def unsigned(self, value: int) -> None:
        """ue(v)."""
        self.bits(value + 1, 2 * (value + 1).bit_length() - 1)

    def align(self, bit: int) -> None:
        """Fill up the byte that was begun with copies of `bit`."""
        while self.length % 8:
            self.bits(bit, 1)

    def to_bytes(self) -> bytes:
        """What was written; must be whole bytes."""
        return self._value.to_bytes(self.length // 8, "big")


def unescape(data: bytes) -> bytes:
    """Take out the emulation prevention bytes (clause 7.3.1)."""
    return data.replace(b"\0\0\3", b"\0\0")


_TO_ESCAPE = re.compile(b"\0\0(?=[\0-\3])")


def escape(data: bytes) -> bytes:
    """Put in the emulation prevention bytes (clause 7.4.1.1)."""
    return _TO_ESCAPE.sub(b"\0\0\3", data)


def nal_units(annex_b: bytes) -> list[bytes]:
    """NAL units of a byte stream with start codes (annex B), each without its start code."""
    return [unit.rstrip(b"\0") for unit in annex_b.split(b"\0\0\1") if unit.strip(b"\0")]


@dataclass(frozen=True)
class Parameters:
    """What the parameter sets of a stream say about its slices."""

    macroblocks: int
    frame_num_bits: int
    pps_id: int
    cabac: bool
    weighted: bool
    deblocking_control: bool
    qp: int
    sets: tuple[bytes, ...]
    """The parameter sets themselves, sequence first."""


def parse_parameters(extradata: bytes) -> Parameters:
    """Parameters from a stream's headers (annex B), as far as holds depend on them.

    Raises VideoError when they describe a stream whose pictures cannot be held: B pictures, fields, several
    slice groups.
    """
    units = nal_units(extradata)
    sps = next((unit for unit in units if unit[0] & 31 == _SPS), None)
    pps = next((unit for unit in units if unit[0] & 31 == _PPS), None)
    if sps is None or pps is None:
        raise VideoError("the encoder gave no H.264 parameter sets")
    macroblocks, frame_num_bits = _parse_sps(sps)
    reader = BitReader(unescape(pps[1:]))
    pps_id = reader.unsigned()
    reader.unsigned()
    cabac = bool(reader.bits(1))
    reader.bits(1)
    slice_groups = reader.unsigned()
    reader.unsigned()
    reader.unsigned()
    weighted = bool(reader.bits(1))
    reader.bits(2)
    qp = 26 + reader.signed()
    reader.signed()
    reader.signed()
    deblocking_control = bool(reader.bits(1))
    reader.bits(1)
    redundant = reader.bits(1)
    if slice_groups or redundant:
        raise VideoError("the encoder was set to slice groups or redundant pictures, which cannot be held")
    return Parameters(macroblocks, frame_num_bits, pps_id, cabac, weighted, deblocking_control, qp, (sps, pps))


_WITH_CHROMA_FORMAT = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128})


def _parse_sps(sps: bytes) -> tuple[int, int]:
    """Macroblocks of a picture and bits of frame_num."""
    reader = BitReader(unescape(sps[1:]))
    profile = reader.bits(8)
    reader.bits(16)
    reader.unsigned()
    if profile in _WITH_CHROMA_FORMAT:
        chroma_format = reader.unsigned()
        reader.unsigned()
        reader.unsigned()
        reader.bits(1)
        scaling_matrix = reader.bits(1)
        if chroma_format != 1 or scaling_matrix:
            raise VideoError("the encoder was not set to 4:2:0 with flat scaling")
    frame_num_bits = reader.unsigned() + 4
    poc_type = reader.unsigned()
    if poc_type != 2:
        raise VideoError("the encoder was set to reorder pictures, which cannot be held", hint="use bf=0")
    reader.unsigned()
    reader.bits(1)
    width, height = reader.unsigned() + 1, reader.unsigned() + 1
    if not reader.bits(1):
        raise VideoError("the encoder was set to interlaced pictures, which cannot be held")
    return width * height, frame_num_bits


def hold_slice(parameters: Parameters, frame_num: int) -> bytes:
    """An access unit (annex B) that repeats the previous picture; `frame_num` counts from the IDR picture."""
    writer = BitWriter()
    writer.unsigned(0)
    writer.unsigned(5)
    writer.unsigned(parameters.pps_id)
    writer.bits(frame_num % (1 << parameters.frame_num_bits), parameters.frame_num_bits)
    # one reference picture, in its natural place
    writer.bits(1, 1)
    writer.unsigned(0)
    writer.bits(0, 1)
    if parameters.weighted:
        # weights of one and no offset
        writer.unsigned(0)
        writer.unsigned(0)
        writer.bits(0, 2)
    writer.bits(0, 1)
    if parameters.cabac:
        writer.unsigned(0)
    writer.unsigned(0)
    if parameters.deblocking_control:
        writer.unsigned(1)
    if parameters.cabac:
        writer.align(1)
        writer.bits(*skipped_slice(parameters.macroblocks, parameters.qp))
    else:
        writer.unsigned(parameters.macroblocks)
        writer.bits(1, 1)
    writer.align(0)
    return START_CODE + bytes([2 << 5 | _SLICE]) + escape(writer.to_bytes())


def renumber(access_unit: bytes, parameters: Parameters, frame_num: int) -> bytes:
    """The access unit (annex B) with every slice's `frame_num` set; headers and messages are left out.

    Raises VideoError when the picture is not a reference: the count of pictures would then be wrong.
    """
    return b"".join(START_CODE + unit for unit in _renumbered(access_unit, parameters, frame_num))


def _renumbered(access_unit: bytes, parameters: Parameters, frame_num: int) -> Iterator[bytes]:
    for unit in nal_units(access_unit):
        kind = unit[0] & 31
        if kind not in (_SLICE, _IDR):
            continue
        if unit[0] >> 5 == 0:
            raise VideoError("the encoder made a picture that is no reference", hint="use bf=0")
        yield unit if kind == _IDR else unit[:1] + counted(unit[1:], parameters.frame_num_bits, frame_num)


def counted(slice_data: bytes, bits: int, count: int) -> bytes:
    """A slice with another count, modulo 2 to the `bits`, where three Exp-Golomb codes stand before it in its header:
    `frame_num` of H.264, and `slice_pic_order_cnt_lsb` of H.265, whose first flag reads like a code."""
    # after a byte above 3 no run of zeros is open: what follows keeps its emulation prevention
    cut = 12
    while cut < len(slice_data) and slice_data[cut - 1] <= 3:
        cut += 1
    head = unescape(slice_data[:cut])
    reader = BitReader(head)
    reader.unsigned()
    reader.unsigned()
    reader.unsigned()
    below = len(head) * 8 - reader.position - bits
    value = int.from_bytes(head, "big") & ~(((1 << bits) - 1) << below)
    value |= (count % (1 << bits)) << below
    return escape(value.to_bytes(len(head), "big")) + slice_data[cut:]
