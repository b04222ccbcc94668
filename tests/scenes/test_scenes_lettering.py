"""Texts that stand on one line are written, and judged, together: that shows in nothing but time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from videogen.scenes.elements import Text
from videogen.scenes.lettering import backgrounds, write
from videogen.scenes.typefaces import length

WORDS = ("return", "fj", "path)", "\u00c5ngstr\u00f6m", "\U0001f600", " ", "\u05e9\u05dc\u05d5\u05dd")
COLOURS = ("#ffffff", "#102040", "#e06010")


@st.composite
def lines(draw: st.DrawFn) -> list[Text]:
    """Some lines of words; those of a line may overlap, and lines too."""
    found: list[Text] = []
    for row in range(draw(st.integers(1, 3))):
        x = 6
        for word in draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)):
            wide = round(length(word, "mono-regular", 20))
            found.append(Text(word, x, 8 + row * 26, wide, 26, 20, "mono-regular", draw(st.sampled_from(COLOURS))))
            x += wide + draw(st.sampled_from((12, 0, -9)))
    return found


@st.composite
def canvases(draw: st.DrawFn) -> Image.Image:
    """A tile that is clear, opaque, half seen through or some of each."""
    tile = Image.new("RGBA", (420, 100), draw(st.sampled_from(((0, 0, 0, 0), (30, 60, 90, 255), (30, 60, 90, 99)))))
    for left in draw(st.lists(st.integers(0, 300), max_size=2)):
        ImageDraw.Draw(tile).rectangle(
            (left, 10, left + 60, 60), fill=(200, left % 256, 9, draw(st.sampled_from((255, 80))))
        )
    return tile


BELOW = Image.linear_gradient("L").resize((440, 130)).convert("RGB")


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(lines(), canvases())
def test_a_line_looks_as_if_its_texts_were_written_one_by_one(texts: list[Text], canvas: Image.Image) -> None:
    placed = [replace(text, x=text.x + 20, y=text.y + 30) for text in texts]
    for tile in (canvas, canvas.convert("RGB")):
        at_once, apart = tile.copy(), tile.copy()
        write(at_once, placed, 20, 30)
        for text in placed:
            write(apart, [text], 20, 30)
        assert np.array_equal(np.asarray(at_once), np.asarray(apart))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(lines(), canvases())
def test_what_is_behind_a_text_does_not_depend_on_its_neighbours(texts: list[Text], canvas: Image.Image) -> None:
    placed = [replace(text, x=text.x + 20, y=text.y + 30) for text in texts]
    whole = backgrounds(placed, canvas, BELOW, 20, 30)
    assert whole == [backgrounds([text], canvas, BELOW, 20, 30)[0] for text in placed]
    assert backgrounds(texts, BELOW, BELOW, 0, 0) == [backgrounds([text], BELOW, BELOW, 0, 0)[0] for text in texts]
