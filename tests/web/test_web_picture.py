"""The README's picture of the web studio is of the pages as they look; `python tests/web/picture.py` makes it anew."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

from videogen.web.pages import STATIC

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "projects" / "studio.webp"
LARGEST = 200_000


def colours() -> dict[str, tuple[int, ...]]:
    """Each colour of the style sheet, by day and by night."""
    sheet = (STATIC / "base.css").read_text(encoding="utf-8")
    found = re.findall(r"--([\w-]+): #([0-9a-f]{6});", sheet)
    half = len(found) // 2
    named = [
        *((f"day-{name}", each) for name, each in found[:half]),
        *((f"night-{n}", each) for n, each in found[half:]),
    ]
    return {name: tuple(bytes.fromhex(each)) for name, each in named}


def test_the_picture_is_in_the_readme_and_small() -> None:
    assert "](projects/studio.webp)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert PICTURE.stat().st_size < LARGEST


def test_the_picture_has_the_colours_of_the_pages() -> None:
    with Image.open(PICTURE) as opened:
        picture = opened.convert("RGB")
    assert picture.size == (1600, 800)
    # the ground of a page by day, of a card, and of a page by night
    for place, name in (((90, 400), "day-bg"), ((300, 420), "day-surface"), ((1500, 740), "night-bg")):
        seen = picture.getpixel(place)
        assert isinstance(seen, tuple)
        assert all(abs(one - other) < 8 for one, other in zip(seen, colours()[name], strict=True)), (name, seen)
