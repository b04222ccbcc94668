"""Checks of what was planned and laid out: each with a value that passes and one that does not."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.checks import audible, captioned, pace, readable
from videogen.checks.film import BLOCK_SECONDS
from videogen.checks.readable import contrast_ratio
from videogen.checks.table import SHOWN, render
from videogen.model.captions import Caption
from videogen.model.motion import TextBox
from videogen.model.report import Finding, Report
from videogen.model.script import SceneClock
from videogen.model.timing import Timing, Word


def box(**changes) -> TextBox:
    usual = {"text": "Hello", "x": 200, "y": 200, "width": 600, "height": 60, "size": 40}
    return TextBox(**{**usual, "colour": "#ffffff", "background": "#101820", **changes})


def said(words: int, seconds: float) -> Timing:
    each = seconds / words
    made = [Word(text=f"w{n:04}", start=n * each, end=(n + 1) * each) for n in range(words)]
    return Timing(voices={"hibari:a": {}}, samples=round(seconds * 48_000), words=made)


def level(findings: list[Finding]) -> str:
    levels = {finding.level for finding in findings}
    return "error" if "error" in levels else "warning" if "warning" in levels else "pass"


@pytest.mark.parametrize(
    ("colour", "behind", "ratio"),
    [("#000", "#fff", 21.0), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_that_of_wcag(colour, behind, ratio):
    assert contrast_ratio(colour, behind) == pytest.approx(ratio, abs=0.005)
    assert contrast_ratio(behind, colour) == contrast_ratio(colour, behind)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"colour": "#767676", "background": "#ffffff"}, "pass"),
        ({"colour": "#777777", "background": "#ffffff"}, "error"),
        ({"colour": "#777777", "background": "#ffffff", "role": "decor"}, "pass"),
    ],
)
def test_contrast(lay, change, expected):
    assert level(readable.contrast(lay(boxes=[box(), box(**change)]))) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"size": 36}, "pass"),
        ({"size": 35}, "error"),
        ({"size": 35, "role": "code"}, "error"),
        ({"size": 24, "role": "label"}, "pass"),
        ({"size": 20, "role": "label"}, "warning"),
        ({"size": 8, "role": "decor"}, "pass"),
    ],
)
def test_size(lay, change, expected):
    assert level(readable.size(lay(boxes=[box(**change)]))) == expected


@pytest.mark.parametrize(("height", "size", "expected"), [(720, 24, "pass"), (720, 23, "error"), (2160, 71, "error")])
def test_size_is_in_proportion_to_the_picture(lay, height, size, expected):
    measured = lay(boxes=[box(size=size)])
    scenes = [
        replace(scene, motion=scene.motion.model_copy(update={"height": height, "width": height * 16 // 9}))
        for scene in measured.film.scenes
    ]
    assert level(readable.size(replace(measured, film=replace(measured.film, scenes=scenes)))) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"x": 96, "width": 1728}, "pass"),
        ({"x": 80}, "warning"),
        ({"y": 1000, "height": 60}, "warning"),
        ({"y": 1000, "height": 60, "role": "label"}, "pass"),
        ({"x": 1400}, "error"),
        ({"y": 1050}, "error"),
        ({"x": -1}, "error"),
        ({"x": -1, "role": "label"}, "error"),
    ],
)
def test_overflow(lay, change, expected):
    assert level(readable.overflow(lay(boxes=[box(**{"width": 600, **change})]))) == expected


def test_characters_without_a_glyph_are_one_finding_a_scene(lay):
    findings = readable.glyphs(lay(missing=[*"日本語のこんにちは", "中"]))
    assert len({finding.scene for finding in findings}) == len(findings)
    assert findings[0].message.startswith("no font has 'こ', 'ち', 'に', ")
    assert findings[0].message.endswith(" and 2 more characters")


def test_glyphs(lay):
    assert level(readable.glyphs(lay())) == "pass"
    findings = readable.glyphs(lay(missing=["中"]))
    assert findings[0].scene == "scene-0"
    assert findings[0].message == "no font has '中' (U+4E2D CJK UNIFIED IDEOGRAPH-4E2D)"


@pytest.mark.parametrize(
    ("char", "extra"), [("中", "cjk"), ("か", "cjk"), ("한", "cjk"), ("ع", "fonts"), ("ก", "fonts"), ("🚀", "emoji")]
)
def test_a_missing_glyph_says_what_to_install(lay, char, extra):
    assert readable.glyphs(lay(missing=[char]))[0].hint == f'pip install "videogen[{extra}]"'
    assert "install a font" in readable.glyphs(lay(missing=["ჭ"]))[0].hint


@pytest.mark.parametrize(
    ("seconds", "clock", "expected"),
    [
        (6.0, SceneClock(), "pass"),
        (2.0, SceneClock(), "warning"),
        (2.0, SceneClock(min_seconds=6), "pass"),
        (45.0, SceneClock(), "warning"),
        (45.0, SceneClock(max_seconds=60), "pass"),
        (12.0, SceneClock(max_seconds=10), "warning"),
    ],
)
def test_scene_seconds(lay, seconds, clock, expected):
    assert level(pace.seconds(lay(timings=[said(20, seconds)], clock=clock))) == expected


def test_a_scene_shorter_than_it_asks_for(lay):
    measured = lay()
    scenes = [replace(scene, clock=SceneClock(min_seconds=30)) for scene in measured.film.scenes]
    assert level(pace.seconds(replace(measured, film=replace(measured.film, scenes=scenes)))) == "error"


@pytest.mark.parametrize(
    ("words", "seconds", "expected"),
    [(20, 8.0, "pass"), (20, 6.0, "warning"), (20, 11.5, "warning"), (5, 1.0, "pass")],
)
def test_words_a_minute(lay, words, seconds, expected):
    measured = lay(timings=[said(words, seconds)])
    assert level(pace.words(measured)) == expected
    german = replace(measured, film=replace(measured.film, language="de"))
    assert level(pace.words(german)) == "pass"


def test_pace_is_that_of_what_is_heard(lay):
    """Few long words at the usual speed are not slow, and what is short only in writing is not fast."""
    long = Timing(
        voices={"hibari:a": {}},
        samples=15 * 48_000,
        words=[Word(text="internationalization", start=n * 1.5, end=n * 1.5 + 1.5) for n in range(10)],
    )
    assert level(pace.words(lay(timings=[long]))) == "pass"
    short = said(20, 20.0)
    assert level(pace.words(lay(timings=[short]))) == "warning"
    heard = short.model_copy(update={"spoken": "three point eleven or newer " * 10})
    assert level(pace.words(lay(timings=[heard]))) == "pass"


def caption(start: float, end: float, *lines: str) -> Caption:
    return Caption(start=start, end=end, lines=lines)


@pytest.mark.parametrize(
    ("captions", "expected"),
    [
        ([caption(1, 3, "one", "two"), caption(3.067, 5, "x" * 42)], "pass"),
        ([caption(1, 3, "one", "two", "three")], "warning"),
        ([caption(1, 4, "x" * 43)], "warning"),
        ([caption(1, 1.8, "one")], "warning"),
        ([caption(1, 8.1, "one")], "warning"),
        ([caption(1, 3, "one"), caption(3.03, 5, "two")], "warning"),
        ([caption(1, 3, "one"), caption(2.9, 5, "two")], "error"),
    ],
)
def test_caption_shape(lay, captions, expected):
    assert level(captioned.shape(lay(captions))) == expected


@pytest.mark.parametrize(
    ("captions", "expected"),
    [
        ([caption(1, 3, "x" * 34)], "pass"),
        ([caption(1, 3, "x" * 38)], "warning"),
        ([caption(1, 3, "x" * 38), caption(3 + 2 / 30, 6, "x")], "pass"),
        ([caption(1, 3, "x" * 42), caption(3 + 2 / 30, 6, "x")], "warning"),
    ],
)
def test_caption_speed(lay, captions, expected):
    assert level(captioned.speed(lay(captions))) == expected


def test_captions_after_the_end(lay):
    measured = lay([caption(1, 100, "w0 w1")], timings=[said(2, 6)])
    assert level(captioned.present(measured)) == "error"


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 50)), max_size=12))
def test_stretches_of_silence_are_what_is_below_the_threshold(runs):
    import numpy as np

    blocks = np.concatenate([np.zeros(0), *(np.full(count, 0.5 if loud else 0.0) for loud, count in runs)])
    found = audible.stretches(blocks)
    quiet = np.zeros(len(blocks), bool)
    for start, end in found:
        quiet[round(start / BLOCK_SECONDS) : round(end / BLOCK_SECONDS)] = True
    assert (quiet == (blocks == 0)).all()
    assert all(one[1] < other[0] for one, other in itertools.pairwise(found))


def test_a_long_report_is_cut_for_reading():
    many = [Finding(check="contrast", level="error", message=f"text {n}") for n in range(SHOWN + 5)]
    passed = Finding(check="decode", level="pass", message="decodes without an error", bound="none")
    text = render(Report(video="intro", findings=[passed, *many]))
    assert text.count("error   contrast: text") == SHOWN
    assert "contrast: 5 more of these" in text
    assert text.endswith(f"intro: {SHOWN + 5} errors, 0 warnings\n")
