"""Whether the film is in other formats what it is in its MP4. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from videogen.checks.film import BLOCK_SECONDS, SILENCE, Measured, Other, Rule, outcome
from videogen.model.formats import ENDS, Format
from videogen.model.report import Finding

CODECS: dict[Format, str] = {"webm": "vp9 and opus", "avi": "mpeg4 and mp3", "h265": "hevc and aac"}
LOUDER = 0.3
"""LU by which the sound may be at another level."""
APART = 0.02
"""Seconds by which sound may come at another time."""
_PADDING = 0.025
"""Seconds that MP3 may be longer: it comes in frames of 24 ms."""
_LOOK_AROUND = 40
"""Blocks of sound by which it is sought earlier and later."""


def same(measured: Measured) -> list[Finding]:
    """In every format there are the same frames, the same title and chapters, and the same sound at the same time."""
    return [finding for kind, other in measured.others.items() for finding in _of(kind, other, measured)]


def _of(kind: Format, other: Other | None, measured: Measured) -> list[Finding]:
    rule = Rule(f"format-{kind}", f"{CODECS[kind]}: the frames, title, chapters and sound of the MP4, within 20 ms")
    name = f"{measured.film.video}{ENDS[kind]}"
    hint = f"delete {name} and build it again"
    failures = [rule.failed("error", f"{name}: {fault}", hint=hint) for fault in _faults(kind, other, measured)]
    return outcome(failures, rule.passed(f"{name} is as the MP4"))


def _faults(kind: Format, other: Other | None, measured: Measured) -> Iterator[str]:
    film, fmt = measured.film, measured.film.format
    if other is None:
        yield "it cannot be opened: it is cut off, damaged, or lacks picture or sound"
        return
    yield from (*other.faults, *other.sound.faults)
    if other.codecs != CODECS[kind]:
        yield f"it is {other.codecs}, not {CODECS[kind]}"
    if other.size != (fmt.width, fmt.height):
        yield f"the size is {other.size[0]}x{other.size[1]}, not {fmt.width}x{fmt.height}"
    if other.frames != film.frames:
        yield f"it has {other.frames} frames, not {film.frames}"
    if abs(other.first) > 0.5 / fmt.fps:
        yield f"the first picture is shown at {other.first:.3f} s"
    if other.title != film.title:
        yield f'the title is "{other.title}", not "{film.title}"'
    if other.chapters not in (None, len(film.chapters)):
        yield f"it has {other.chapters} chapters, not {len(film.chapters)}"
    length = len(other.sound.level) * BLOCK_SECONDS
    if abs(length - film.seconds) > 1 / fmt.fps + _PADDING:
        yield f"the sound lasts {length:.3f} s, the film {film.seconds:.3f} s"
    if measured.sound is None:
        return
    off = shift(measured.sound.level, other.sound.level)
    if off is None or abs(off) > APART:
        yield "the sound is not that of the MP4" if off is None else f"the sound is {off * 1000:+.0f} ms off"
    ours, theirs = measured.sound.loudness, other.sound.loudness
    if (ours is None) != (theirs is None) or (ours and theirs and abs(ours - theirs) > LOUDER):
        yield f"the sound is at {theirs} LUFS, not {ours}"


def shift(level: np.ndarray, other: np.ndarray) -> float | None:
    """Seconds that the same sound comes later in another file, in steps of BLOCK_SECONDS; None where it is another's.
    Silence comes whenever it may."""
    size = min(len(level), len(other))
    ours, theirs = np.pad(level[:size], _LOOK_AROUND), other[:size]
    loud = np.linalg.norm(level[:size]), np.linalg.norm(theirs)
    if max(loud) < SILENCE:
        return 0.0
    around = range(-_LOOK_AROUND, _LOOK_AROUND + 1)
    alike = [float(ours[_LOOK_AROUND - by : _LOOK_AROUND - by + size] @ theirs) for by in around]
    best = int(np.argmax(alike))
    return (best - _LOOK_AROUND) * BLOCK_SECONDS if alike[best] > 0.9 * loud[0] * loud[1] else None
