"""Caption files of every kind that sites hand out, as cues: when, and what.

WebVTT (W3C), SubRip, and two of YouTube's own: json3 and srv3. All text in them is data: no markup is left of it.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from videogen.model.errors import ResourceError, ValidationError, Where

MOST_CUES = 50_000
"""Cues of one file; a talk of twelve hours has about half of it."""
LONGEST = 86_400.0
"""Seconds: whatever is said to come later than a day is no talk."""
KINDS = ("json3", "srv3", "vtt", "srt")
"""What is read, best first: the first two tell when each word is said, and repeat nothing."""

_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]{0,200}>|<>|\{\\?an?\d\}|\{\\[^{}]{0,80}\}")
_STAMP = re.compile(r"<((?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3})>")
_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class Piece(NamedTuple):
    """Some words, and the second at which they begin."""

    start: float
    text: str


class Cue(NamedTuple):
    """What is shown from one second to another: its lines, each in pieces."""

    start: float
    end: float
    lines: tuple[tuple[Piece, ...], ...]

    @property
    def texts(self) -> list[str]:
        """Its lines as text."""
        return [" ".join("".join(piece.text for piece in line).split()) for line in self.lines]


def read_cues(text: str, kind: str, where: Where) -> list[Cue]:
    """The cues of a caption file, in the order of their beginnings; empty ones are left out.

    Raises ValidationError for what is no such file, and ResourceError for more than MOST_CUES.
    """
    reader: Callable[[str], Iterator[Cue]] = {"json3": _json3, "srv3": _srv3, "vtt": _vtt, "srt": _srt}[kind]
    marks = text.count({"json3": '"tStartMs"', "srv3": "<p ", "vtt": "-->", "srt": "-->"}[kind])
    if marks > MOST_CUES:
        raise ResourceError(f"the captions have {marks:,} cues; at most {MOST_CUES:,} are read", where, "cut them")
    try:
        cues = list(reader(text))
    except (ValueError, ArithmeticError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        raise ValidationError(f"these are no captions as {kind}: {reason}", where, "save them again as .vtt") from None
    found = [cue for cue in cues if any(cue.texts) and 0 <= cue.start <= cue.end and cue.start < LONGEST]
    return sorted(found, key=lambda cue: cue.start)


def _vtt(text: str) -> Iterator[Cue]:
    return _of_webvtt(text if text.startswith("WEBVTT") else f"WEBVTT\n\n{text}", "vtt")


def _srt(text: str) -> Iterator[Cue]:
    return _of_webvtt(text, "srt")


def _of_webvtt(text: str, kind: str) -> Iterator[Cue]:
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        captions = webvtt.from_buffer(io.StringIO(text), format=kind).captions
    except (MalformedFileError, MalformedCaptionError) as error:
        raise ValueError(str(error)) from None
    for caption in captions:
        start, end = _seconds(str(caption.start_time)), _seconds(str(caption.end_time))
        yield Cue(start, end, tuple(_pieces(line, start) for line in caption.raw_text.split("\n")))


def _pieces(line: str, start: float) -> tuple[Piece, ...]:
    """A line with the times that stand between its words."""
    parts = _STAMP.split(line)
    found = [Piece(start, plain(parts[0]))]
    for stamp, words in zip(parts[1::2], parts[2::2], strict=True):
        found.append(Piece(_seconds(stamp), plain(words)))
    return tuple(piece for piece in found if piece.text)


def _json3(text: str) -> Iterator[Cue]:
    for event in json.loads(text)["events"]:
        segments = event.get("segs")
        if not segments or event.get("aAppend"):
            continue
        start = _milliseconds(event.get("tStartMs", 0))
        end = start + _milliseconds(event.get("dDurationMs", 0))
        lines: list[list[Piece]] = [[]]
        for segment in segments:
            at = start + _milliseconds(segment.get("tOffsetMs", 0))
            for number, part in enumerate(str(segment.get("utf8", "")).split("\n")):
                if number:
                    lines.append([])
                if part:
                    lines[-1].append(Piece(at, plain(part)))
        yield Cue(start, end, tuple(tuple(line) for line in lines))


def _srv3(text: str) -> Iterator[Cue]:
    from xml.etree import ElementTree

    for paragraph in ElementTree.fromstring(text, parser=_strict_parser()).iter("p"):
        if paragraph.get("a"):
            continue
        start = _milliseconds(paragraph.get("t", "0"))
        end = start + _milliseconds(paragraph.get("d", "0"))
        pieces = [Piece(start, plain(paragraph.text or ""))]
        for word in paragraph.iter("s"):
            pieces.append(Piece(start + _milliseconds(word.get("t", "0")), plain(word.text or "")))
            pieces.append(Piece(start + _milliseconds(word.get("t", "0")), plain(word.tail or "")))
        yield Cue(start, end, (tuple(piece for piece in pieces if piece.text),))


def _strict_parser() -> Any:
    """An XML parser that knows no entities of a document's own: with them a few lines can become gigabytes."""
    from xml.etree.ElementTree import ParseError, XMLParser

    class Strict(XMLParser):
        def close(self) -> Any:
            try:
                return super().close()
            except ParseError as error:
                raise ValueError(str(error)) from None

        def feed(self, data: Any) -> None:
            if "<!" in data and re.search(r"<!(?:DOCTYPE|ENTITY)", data, re.IGNORECASE):
                raise ValueError("it declares a document type")
            try:
                super().feed(data)
            except ParseError as error:
                raise ValueError(str(error)) from None

    return Strict()


def plain(text: str) -> str:
    """Text without markup, with spaces where they were.

    >>> plain("<c.colorE5E5E5>a &amp; b</c> {\\\\an8}<i>c</i>")
    'a & b c'
    """
    stripped = html.unescape(html.unescape(_TAG.sub("", text)))
    # what was hidden behind entities is no markup either: it would only look like it
    return _UNSEEN.sub("", _TAG.sub("", stripped)).replace("\xa0", " ")


def _seconds(stamp: str) -> float:
    match = _TIME.fullmatch(stamp.strip())
    if match is None:
        raise ValueError(f'"{stamp[:40]}" is no time')
    hours, minutes, seconds, rest = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(rest.ljust(3, "0")) / 1000


def _milliseconds(value: Any) -> float:
    number = float(value)
    if not -1e12 < number < 1e12:
        raise ValueError(f"{str(value)[:40]} is no time")
    return number / 1000
