"""Caption files, read back by an independent parser."""

from __future__ import annotations

import html
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webvtt import WebVTT

from videogen.model.captions import Caption
from videogen.video.subtitles import WORD_JOINER, to_srt, to_vtt

LINE = st.one_of(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=42),
    st.sampled_from(
        ["a --> b", "-->", "<b>bold</b>", "&amp; &", "x < y > z", r"{\an8} up", "<i", "42", "NOTE this", "->->"]
    ),
)


@st.composite
def films(draw):
    now, made = 0, []
    for lines in draw(st.lists(st.lists(LINE, min_size=1, max_size=2), min_size=1, max_size=8)):
        start = now + draw(st.integers(2, 200_000))
        now = start + draw(st.integers(25, 210))
        made.append(Caption(start=start / 30, end=now / 30, lines=tuple(lines)))
    return made


@given(films())
def test_vtt_reads_back(made):
    text = to_vtt(made, "en")
    assert text.startswith("WEBVTT\n\nNOTE Language: en\n\n")
    back = WebVTT.from_string(text, strict=True)
    assert [tuple(html.unescape(line) for line in cue.lines) for cue in back] == [one.lines for one in made]
    for cue, one in zip(back, made, strict=True):
        assert _seconds(cue.start) == pytest.approx(one.start, abs=0.0006)
        assert _seconds(cue.end) == pytest.approx(one.end, abs=0.0006)


@given(films())
def test_srt_reads_back(made):
    back = list(WebVTT.from_buffer(io.StringIO(to_srt(made)), format="srt"))
    assert [tuple(line.replace(WORD_JOINER, "") for line in cue.lines) for cue in back] == [one.lines for one in made]
    assert [_seconds(cue.start) for cue in back] == pytest.approx([one.start for one in made], abs=0.0006)


def _seconds(stamp: str) -> float:
    hours, minutes, seconds = stamp.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def test_vtt_escapes():
    (cue,) = to_vtt([Caption(start=1, end=2, lines=("if a < b && c --> d:",))], "de").split("\n\n")[2:]
    assert cue == "00:00:01.000 --> 00:00:02.000\nif a &lt; b &amp;&amp; c --&gt; d:\n"


def test_srt_takes_the_meaning_from_markup():
    text = to_srt([Caption(start=3600, end=3601.5, lines=("use <b> and -->", r"{\an8}, a < b"))])
    joined = WORD_JOINER
    assert text.splitlines()[1:] == [
        "01:00:00,000 --> 01:00:01,500",
        f"use <{joined}b> and -{joined}->",
        f"{{{joined}\\an8}}, a < b",
    ]


def test_no_captions():
    assert to_srt([]) == ""
    assert list(WebVTT.from_string(to_vtt([], "en"))) == []
