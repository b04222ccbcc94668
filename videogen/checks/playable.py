"""Whether the file plays everywhere: codecs, colours, timestamps, index, chapters. Pure."""

from __future__ import annotations

from videogen.checks.film import Level, Measured, Rule, Streams, outcome
from videogen.model.report import Finding

LONGEST_GOP = 5.0
"""Seconds between pictures that a player can jump to."""

_FORM = Rule("format", "H.264 High, yuv420p, bt709 limited, AAC 48 kHz: what browsers, phones and video sites play")
_REBUILD = "delete the film and build it again"


def plays(measured: Measured) -> list[Finding]:
    """The file opens, and its pictures and sound decode without an error."""
    streams, sound = measured.streams, measured.sound
    rule = Rule("decode", "no error while decoding")
    if streams is None or sound is None:
        return [
            rule.failed(
                "error", "the film cannot be opened: it is cut off, damaged, or lacks picture or sound", hint=_REBUILD
            )
        ]
    faults = [*streams.faults, *sound.faults]
    failures = [rule.failed("error", fault, hint=_REBUILD) for fault in faults]
    return outcome(failures, rule.passed("decodes without an error"))


def form(measured: Measured) -> list[Finding]:
    """Codec, profile, pixel format, size, colour tags and sound are those that play everywhere."""
    streams, wanted = measured.streams, measured.film.format
    if streams is None:
        return []
    facts: list[tuple[str, str, str, Level]] = [
        ("codec", streams.codec, "h264", "error"),
        ("profile", streams.profile, "High", "error"),
        ("pixel format", streams.pixels, "yuv420p", "error"),
        ("size", f"{streams.width}x{streams.height}", f"{wanted.width}x{wanted.height}", "error"),
        ("colour tags", colour_name(streams), "bt709/bt709/bt709/limited", "error"),
        ("sound codec", streams.audio_codec, "aac", "error"),
        ("sound rate", str(streams.audio_rate), "48000", "warning"),
    ]
    failures = [
        _FORM.failed(level, f"the {name} is {found or 'not given'}, not {right}", hint=_REBUILD)
        for name, found, right, level in facts
        if found != right
    ]
    message = f"H.264 High, {wanted.width}x{wanted.height}, bt709, AAC"
    return outcome(failures, _FORM.passed(message))


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
    rule = Rule("frame-rate", f"constant {fps} frames a second from second 0 on")
    step = streams.ticks / fps
    # a time base that has no whole ticks a frame rounds each time on its own
    off = [n for n, at in enumerate(streams.times) if abs(at - n * step) > (0.5 if step % 1 == 0 else 1)]
    failures = []
    if off:
        at = off[0]
        failures.append(
            rule.failed(
                "error",
                f"frame {at} is at {streams.times[at] / streams.ticks:.4f} s, not at {at / fps:.4f} s",
                hint=_REBUILD,
                measured=at,
            )
        )
    message = f"{len(streams.times)} frames, each 1/{fps} s"
    return outcome(failures, rule.passed(message))


def seeks(measured: Measured) -> list[Finding]:
    """The index stands first, so that playing starts while it loads, and a player can jump every five seconds."""
    streams = measured.streams
    if streams is None:
        return []
    rule = Rule("fast-start", "index (moov) before the media, a keyframe at least every 5 s")
    failures = []
    if not streams.index_first:
        failures.append(
            rule.failed(
                "error", "the index stands at the end: a browser has to load the whole file first", hint=_REBUILD
            )
        )
    if streams.longest_gop > LONGEST_GOP + 1e-6:
        failures.append(
            rule.failed(
                "warning",
                f"{streams.longest_gop:.1f} s without a keyframe: jumping there is slow",
                hint=_REBUILD,
                measured=round(streams.longest_gop, 3),
            )
        )
    return outcome(failures, rule.passed("starts and jumps at once"))


def labels(measured: Measured) -> list[Finding]:
    """The file carries its title and its chapters."""
    streams, film = measured.streams, measured.film
    if streams is None:
        return []
    rule = Rule("labels", "the video's title, and its chapters at their seconds")
    failures = []
    if not streams.title or streams.title != film.title:
        message = f'the title is "{streams.title}", not "{film.title}"' if streams.title else "the file has no title"
        failures.append(rule.failed("warning", message, hint=_REBUILD))
    found, wanted = streams.chapters, film.chapters
    right = len(found) == len(wanted) and all(
        one.title == other.title and abs(one.start - other.start) <= 0.002
        for one, other in zip(found, wanted, strict=True)
    )
    if not right:
        message = f"the file has {len(found)} chapters, not the {len(wanted)} of the film" + (
            ", or others" if len(found) == len(wanted) else ""
        )
        failures.append(rule.failed("warning", message, hint=_REBUILD))
    message = f"title and {len(found)} chapters are there"
    return outcome(failures, rule.passed(message))
