"""A sound file of the user's: how long it is, and its samples, whatever its rate and channels.

Only files are read, in the few formats named here: no playlist that leads to others, no address.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from videogen.model.timing import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from av.container import InputContainer

_FORMATS = "wav,w64,mp3,mov,flac,ogg,aac,aiff,matroska"
_ATTACHED_PICTURE = 0x400
"""A cover, which is no film: AV_DISPOSITION_ATTACHED_PIC."""
_MISSING = 0.5
"""Seconds by which a file may be shorter than it says."""
_HEAD = 1 << 18
"""Bytes in which a file says how long it is, if it does."""


def sound_seconds(path: Path, longest: float) -> float:
    """How long a sound file says it is, without decoding it; 0 where it does not say.

    Raises OSError, and ValueError that tells what is wrong: no sound, a film, longer than `longest` seconds.
    """
    with _opened(path) as container:
        return _told(container, longest)


def read_sound(path: Path, longest: float, enough: float | None = None) -> np.ndarray:
    """Its samples, mono float32 at `SAMPLE_RATE`; of what is longer than `enough` seconds, its beginning.

    Raises as `sound_seconds` does, and ValueError for what is damaged or cut short. No more than `longest` seconds are
    ever decoded.
    """
    import av
    import numpy as np

    most = round(longest * SAMPLE_RATE if enough is None else enough * SAMPLE_RATE)
    parts: list[np.ndarray] = []
    length = 0
    with _opened(path) as container:
        told = _told(container, longest)
        exact = container.format.name != "mp3" or _counts_frames(path)
        mono = av.AudioResampler(format="fltp", layout="mono", rate=SAMPLE_RATE)
        for frame in container.decode(container.streams.audio[0]):
            frame.pts = None  # one sample after the other, whatever the file's clock says
            made = [part.to_ndarray()[0] for part in mono.resample(frame)]
            parts += made
            length += sum(map(len, made))
            if length > most:
                break
        else:
            parts += [part.to_ndarray()[0] for part in mono.resample(None)]
    samples = np.concatenate([np.zeros(0, np.float32), *parts])
    if len(samples) > most and enough is None:
        raise ValueError(_too_long(longest))
    if exact and len(samples) < min(round((told - _MISSING) * SAMPLE_RATE), most):
        raise ValueError(f"it is cut short: {len(samples) / SAMPLE_RATE:.1f} of {told:.1f} s are there")
    if not np.isfinite(samples).all():
        raise ValueError("it is damaged: some of its samples are no numbers")
    return samples[:most]


@contextmanager
def _opened(path: Path) -> Iterator[InputContainer]:
    import av
    from av.error import FFmpegError

    with path.open("rb") as file:  # what the operating system says is clearer than what the library makes of it
        head = file.read(8)
    if not head:
        raise ValueError("it is empty")
    size = int.from_bytes(head[4:], "little")
    if head[:4] == b"RIFF" and size != 0xFFFFFFFF and size > path.stat().st_size:
        raise ValueError(f"it is cut short: it says that it has {size:,} bytes, and has {path.stat().st_size:,}")
    only = {"protocol_whitelist": "file", "format_whitelist": _FORMATS}
    try:
        with av.open(str(path), options=only) as container:
            if any(not int(stream.disposition) & _ATTACHED_PICTURE for stream in container.streams.video):
                raise ValueError("it has pictures: it is a film, not a sound file")
            if not container.streams.audio:
                raise ValueError("there is no sound in it")
            yield container
    except FFmpegError as error:
        raise ValueError(f"it is damaged, or no sound file: {error.strerror or error}") from error


def _counts_frames(path: Path) -> bool:
    """Whether an MP3 says how long it is (Xing's header); of others the length is a guess."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return b"Xing" in head or b"Info" in head


def _told(container: InputContainer, longest: float) -> float:
    seconds = (container.duration or 0) / 1_000_000
    if seconds > longest:
        raise ValueError(_too_long(longest, seconds))
    return seconds


def _too_long(longest: float, seconds: float | None = None) -> str:
    lasts = f"{seconds / 60:.0f} minutes long" if seconds else "too long"
    return f"it is {lasts}, and at most {longest / 60:.0f} minutes are allowed"
