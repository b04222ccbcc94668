"""Whether the file plays everywhere: codecs, colours, timestamps, index, chapters. Pure."""

from __future__ import annotations

from videogen.checks.film import Measured, Streams, outcome
from videogen.model.report import Finding

LONGEST_GOP = 5.0
"""Seconds between pictures that a player can jump to."""

_FORM = "H.264 High, yuv420p, bt709 limited, AAC 48 kHz: what browsers, phones and video sites play"
_REBUILD = "delete the film and build it again"


def plays(measured: Measured) -> list[Finding]:
    """The file opens, and its pictures and sound decode without an error."""
    streams, sound = measured.streams, measured.sound
    bound = "no error while decoding"
    if streams is None or sound is None:
        return [
            Finding(
                check="decode",
                level="error",
                message="the film cannot be opened: it is cut off, damaged, or lacks picture or sound",
                bound=bound,
                hint=_REBUILD,
            )
        ]
    faults = [*streams.faults, *sound.faults]
    failures = [Finding(check="decode", level="error", message=fault, bound=bound, hint=_REBUILD) for fault in faults]
    return outcome(failures, Finding(check="decode", level="pass", message="decodes without an error", bound=bound))


def form(measured: Measured) -> list[Finding]:
    """Codec, profile, pixel format, size, colour tags and sound are those that play everywhere."""
    streams, wanted = measured.streams, measured.film.format
    if streams is None:
        return []
    facts = [
        ("codec", streams.codec, "h264", "error"),
        ("profile", streams.profile, "High", "error"),
        ("pixel format", streams.pixels, "yuv420p", "error"),
        ("size", f"{streams.width}x{streams.height}", f"{wanted.width}x{wanted.height}", "error"),
        ("colour tags", colour_name(streams), "bt709/bt709/bt709/limited", "error"),
        ("sound codec", streams.audio_codec, "aac", "error"),
        ("sound rate", str(streams.audio_rate), "48000", "warning"),
    ]
    failures = [
        Finding.model_validate(
            {
                "check": "format",
                "level": level,
                "message": f"the {name} is {found or 'not given'}, not {right}",
                "bound": _FORM,
                "hint": _REBUILD,
            }
        )
        for name, found, right, level in facts
        if found != right
    ]
    message = f"H.264 High, {wanted.width}x{wanted.height}, bt709, AAC"
    return outcome(failures, Finding(check="format", level="pass", message=message, bound=_FORM))


def colour_name(streams: Streams) -> str:
    """The colour tags in words; numbers where they are not the usual ones."""
    primaries, transfer, matrix, extent = streams.colour
    names = ["bt709" if number == 1 else f"untagged ({number})" for number in (primaries, transfer, matrix)]
    return "/".join([*names, {1: "limited", 2: "full"}.get(extent, f"untagged ({extent})")])


def rate(measured: Measured) -> list[Finding]:
    """Every frame lasts as long as every other, from 0 on without a gap."""
    streams, fps = measured.streams, measured.film.format.fps
    if streams is None:
        return []
    bound = f"constant {fps} frames a second from second 0 on"
    step = streams.ticks / fps
    # a time base that has no whole ticks a frame rounds each time on its own
    off = [n for n, at in enumerate(streams.times) if abs(at - n * step) > (0.5 if step % 1 == 0 else 1)]
    failures = []
    if off:
        at = off[0]
        failures.append(
            Finding(
                check="frame-rate",
                level="error",
                message=f"frame {at} is at {streams.times[at] / streams.ticks:.4f} s, not at {at / fps:.4f} s",
                measured=at,
                bound=bound,
                hint=_REBUILD,
            )
        )
    message = f"{len(streams.times)} frames, each 1/{fps} s"
    return outcome(failures, Finding(check="frame-rate", level="pass", message=message, bound=bound))


def seeks(measured: Measured) -> list[Finding]:
    """The index stands first, so that playing starts while it loads, and a player can jump every five seconds."""
    streams = measured.streams
    if streams is None:
        return []
    bound = "index (moov) before the media, a keyframe at least every 5 s"
    failures = []
    if not streams.index_first:
        failures.append(
            Finding(
                check="fast-start",
                level="error",
                message="the index stands at the end: a browser has to load the whole file first",
                bound=bound,
                hint=_REBUILD,
            )
        )
    if streams.longest_gop > LONGEST_GOP + 1e-6:
        failures.append(
            Finding(
                check="fast-start",
                level="warning",
                message=f"{streams.longest_gop:.1f} s without a keyframe: jumping there is slow",
                measured=round(streams.longest_gop, 3),
                bound=bound,
                hint=_REBUILD,
            )
        )
    return outcome(failures, Finding(check="fast-start", level="pass", message="starts and jumps at once", bound=bound))


def labels(measured: Measured) -> list[Finding]:
    """The file carries its title and its chapters."""
    streams, film = measured.streams, measured.film
    if streams is None:
        return []
    bound = "the video's title, and its chapters at their seconds"
    failures = []
    if not streams.title or streams.title != film.title:
        message = f'the title is "{streams.title}", not "{film.title}"' if streams.title else "the file has no title"
        failures.append(Finding(check="labels", level="warning", message=message, bound=bound, hint=_REBUILD))
    found, wanted = streams.chapters, film.chapters
    right = len(found) == len(wanted) and all(
        one.title == other.title and abs(one.start - other.start) <= 0.002
        for one, other in zip(found, wanted, strict=True)
    )
    if not right:
        message = f"the file has {len(found)} chapters, not the {len(wanted)} of the film" + (
            ", or others" if len(found) == len(wanted) else ""
        )
        failures.append(Finding(check="labels", level="warning", message=message, bound=bound, hint=_REBUILD))
    message = f"title and {len(found)} chapters are there"
    return outcome(failures, Finding(check="labels", level="pass", message=message, bound=bound))
