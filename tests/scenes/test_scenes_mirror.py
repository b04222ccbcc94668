"""Pages that are read from the right: what points, points the other way."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenes_kit import look

from videogen.model.script import Picture
from videogen.scenes.draw import lay_out
from videogen.scenes.elements import Icon


@pytest.mark.parametrize(("language", "name"), [("en", "arrow"), ("ar", "arrow_back"), ("he", "arrow_back")])
def test_an_arrow_points_the_way_one_reads(language: str, name: str) -> None:
    content = {"main_text": "Build", "items": ["Install it", "Run it"]}
    slide = lay_out(Picture(kind="outro", content=content, language=language), look(), Path())
    icons = [one for page in slide.pages for group in page for one in group.elements if isinstance(one, Icon)]
    assert {icon.name for icon in icons} == {name}
    middle = look().width / 2
    assert all((icon.x > middle) is (language != "en") for icon in icons)
