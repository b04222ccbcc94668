"""Pictures of a task, smaller: made when a page asks for one, and kept in memory as long as there is room."""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from enum import IntEnum
from io import BytesIO
from threading import Lock

import anyio.to_thread

from videogen.model.errors import ValidationError

PICTURES = (".png", ".jpg")
"""Endings of what can be made smaller."""
ROOM = 24 << 20
"""Bytes that are kept: some 1,500 pictures of 320 pixels."""
_AT_ONCE = 2
_QUALITY = 82


class Width(IntEnum):
    """Pixels. Few, so that nobody can have a server make more of one picture than it keeps."""

    SMALL = 320
    MEDIUM = 640
    LARGE = 960


class Thumbnails:
    """Small pictures of the files of builds. They are made in threads of their own, few at once: no other request waits
    for one of those. A file that is replaced has another picture."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self.size = 0
        """Bytes that are kept now."""
        self._lock = Lock()
        self._threads: anyio.CapacityLimiter | None = None

    async def get(self, file: str, tag: str, width: Width) -> bytes:
        """A picture as WebP, so wide at most; `tag` is that of the file and the width. Raises ValidationError
        for a file that is no picture."""
        known = self._known(tag)
        if known is not None:
            return known
        if self._threads is None:  # it belongs to an event loop, and there is one by now
            self._threads = anyio.CapacityLimiter(_AT_ONCE)
        return await anyio.to_thread.run_sync(self.made, file, tag, width, limiter=self._threads)

    def made(self, file: str, tag: str, width: Width) -> bytes:
        """The same, in the thread of who asks."""
        known = self._known(tag)  # somebody may have asked for it just before
        if known is not None:
            return known
        made = smaller(file, width)
        with self._lock:
            self.size += len(made) - len(self._kept.pop(tag, b""))
            self._kept[tag] = made
            while self.size > self._room:
                self.size -= len(self._kept.popitem(last=False)[1])
        return made

    def _known(self, tag: str) -> bytes | None:
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
            return self._kept.get(tag)


def smaller(file: str, width: int) -> bytes:
    """A picture as WebP, so many pixels wide at most. Raises ValidationError for a file that is no picture."""
    from PIL import Image

    try:
        with Image.open(file, formats=("PNG", "JPEG")) as opened:
            size = (width, max(1, round(opened.height * width / opened.width)))
            opened.draft("RGB", size)  # of a JPEG, no more is decoded than is needed
            picture = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
        if picture.width > width:
            picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        written = BytesIO()
        picture.save(written, "WEBP", quality=_QUALITY, method=2)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError("this is no picture that could be made smaller", hint="ask for it as it is") from None
    return written.getvalue()


def tag_of(stat: os.stat_result, width: Width) -> str:
    """The validator of a file's small picture: another for every state of every file, and every width."""
    state = (stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_size, int(width))
    return f'"{hashlib.sha256(repr(state).encode()).hexdigest()[:32]}"'
