"""Every kind in every theme and shape looks as it did when somebody last looked at it.

When a change of pictures is meant: `python tests/scenes/golden.py`, look at its sheet, commit the prints.
"""

from __future__ import annotations

import golden
import numpy as np
import pytest
from PIL import Image, ImageDraw
from scenes_kit import look

from videogen.model.kinds import kinds
from videogen.model.script import Picture
from videogen.scenes.draw import Drawn, draw


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_pictures_are_as_they_were(kind: str) -> None:
    drawn = golden.pictures(golden.names(kind))
    assert golden.kept(kind).keys() == drawn.keys(), "run `python tests/scenes/golden.py`"
    other = golden.changed(kind, drawn)
    assert other == [], "run `python tests/scenes/golden.py`, and look at the sheet"


def test_there_are_prints_of_what_there_is_only() -> None:
    assert {path.stem for path in golden.PRINTS.glob("*")} == set(kinds())


CONTENT = {"header": "Two rules", "items": ["Every result is a file", "Every file knows its inputs"]}


def slide(accent: str = "blue") -> Drawn:
    return draw(Picture(kind="bullets", content=CONTENT), look("slate", accent, golden.HEIGHT), golden.ROOT)


def same(one: Image.Image, other: Image.Image) -> bool:
    return golden.alike(golden.printed(one), golden.printed(other))


def test_the_last_bit_of_a_rasteriser_does_not_show() -> None:
    picture = golden.opened(slide().final)
    levels = np.asarray(picture).astype(int)
    noise = np.random.default_rng(1).integers(-2, 3, levels.shape)
    assert same(picture, Image.fromarray(np.clip(levels + noise, 0, 255).astype(np.uint8)))


def test_what_is_moved_missing_or_of_another_colour_shows() -> None:
    drawn = slide()
    picture = golden.opened(drawn.final)
    text = next(box for box in drawn.motion.text if box.text.startswith("Every result"))
    place = (text.x, text.y, text.x + text.width, text.y + text.height)
    words, missing = picture.crop(place), picture.copy()
    ImageDraw.Draw(missing).rectangle((place[0], place[1], place[2] - 1, place[3] - 1), fill=text.background)
    assert not same(picture, missing)
    for dx, dy in ((2, 0), (0, 2), (-2, 0), (12, 6)):  # of 270 lines
        moved = missing.copy()
        moved.paste(words, (text.x + dx, text.y + dy))
        assert not same(picture, moved), (dx, dy)
    assert not same(picture, golden.opened(slide("purple").final))
