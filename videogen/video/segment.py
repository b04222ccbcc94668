"""Reads the segments that the encoder made, without a demuxer: opening one would decode its first picture."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from videogen.model.errors import VideoError, Where


@dataclass(frozen=True)
class Segment:
    """The coded pictures of a segment in order, and the decoder configuration (`avcC`) they need."""

    header: bytes
    data: memoryview
    sizes: tuple[int, ...]
    keys: frozenset[int]

    def pictures(self) -> Iterator[tuple[memoryview, bool]]:
        """Every coded picture and whether it can be decoded by itself."""
        at = 0
        for index, size in enumerate(self.sizes):
            yield self.data[at : at + size], index in self.keys
            at += size


def read_segment(path: Path) -> Segment:
    """A segment. Raises VideoError when the file is missing, cut short or not a segment of ours."""
    try:
        content = memoryview(path.read_bytes())
        table = content
        for name in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
            table = _child(table, name)
        sizes = _numbers(_child(table, b"stsz"), skip=4)
        keys = frozenset(number - 1 for number in _numbers(_child(table, b"stss")))
        # ISO/IEC 14496-12: the sample entry begins 8 bytes into `stsd`; its boxes follow 86 bytes of fields
        header = bytes(_child(_child(table, b"stsd")[8 + 86 :], b"avcC"))
        data = _child(content, b"mdat")
    except OSError as error:
        raise _damaged(path, error.strerror or str(error)) from error
    except (LookupError, struct.error, ValueError) as error:
        raise _damaged(path, "this is not a whole picture track") from error
    if sum(sizes) != len(data) or 0 not in keys:
        raise _damaged(path, "this is not a whole picture track")
    return Segment(header, data, sizes, keys)


def _damaged(path: Path, message: str) -> VideoError:
    return VideoError(message, where=Where(str(path)), hint="delete it, so that the next build makes it again")


def _child(content: memoryview, name: bytes) -> memoryview:
    """What is inside the first box of that name. Raises LookupError."""
    at = 0
    while at + 8 <= len(content):
        size, found = struct.unpack_from(">I4s", content, at)
        if size < 8 or at + size > len(content):
            break
        if found == name:
            return content[at + 8 : at + size]
        at += size
    raise LookupError(name)


def _numbers(box: memoryview, skip: int = 0) -> tuple[int, ...]:
    """The table of a full box: version and flags, `skip` bytes, count, numbers of 32 bits."""
    (count,) = struct.unpack_from(">I", box, 4 + skip)
    return struct.unpack_from(f">{count}I", box, 8 + skip)
