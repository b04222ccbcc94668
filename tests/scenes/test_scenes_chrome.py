from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from scenes_kit import ASPECTS, THEMES, broken_laws, look, opened

from videogen.model.chrome import Chrome
from videogen.model.errors import ValidationError
from videogen.model.film import film_format
from videogen.model.project import Output, VideoConfig
from videogen.model.script import Picture, Position
from videogen.scenes.draw import draw
from videogen.scenes.themes import look_of

ALL = Chrome(progress=True, number=True, watermark="Acme Handbook", speaker="Ada Lovelace")
ITEMS = {"header": "Rules", "items": [f"A rule that says something of use {number}" for number in range(6)]}


def with_chrome(chrome, **given):
    return look(**given).model_copy(update={"chrome": chrome})


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("theme", THEMES)
def test_what_is_around_a_slide_can_be_read_and_is_clear_of_it(theme, aspect, tmp_path):
    seen = with_chrome(ALL, theme=theme, height=480, aspect=aspect)
    for kind, content in (("bullets", ITEMS), ("title", {"title": "A title", "subtitle": "And more"})):
        drawn = draw(Picture(kind=kind, content=content, position=Position(index=3, count=12)), seen, tmp_path)
        assert broken_laws(drawn.motion) == []
        said = {box.text for box in drawn.motion.text}
        assert "Ada Lovelace" in said
        assert ("3 / 12" in said) == (kind == "bullets")


def test_a_list_on_several_pages_leaves_the_foot_alone(tmp_path):
    seen = with_chrome(ALL, height=480)
    content = {"header": "H", "items": [f"Item {number}" for number in range(14)]}
    drawn = draw(Picture(kind="bullets", content=content, position=Position(index=1, count=2)), seen, tmp_path)
    first, final = np.asarray(opened(drawn.first)), np.asarray(opened(drawn.final))
    assert (first[445:] == final[445:]).all()


def test_progress_is_as_long_as_the_film_has_come(tmp_path):
    seen = with_chrome(Chrome(progress=True), height=480)
    picture = Picture(kind="quote", content={"text": "So."}, position=Position(index=1, count=4))
    row = np.asarray(opened(draw(picture, seen, tmp_path).first))[479]
    assert abs(int((row == row[0]).all(axis=1).sum()) - 853 // 4) <= 1


def test_the_project_comes_before_the_theme():
    theme = Chrome(progress=True, number=True, watermark="theirs")
    assert Chrome(number=False, watermark="ours").over(theme) == Chrome(progress=True, number=False, watermark="ours")


def video(tmp_path, mark):
    return VideoConfig(id="a", theme="midnight", chrome=Chrome(watermark=mark))


def test_a_logo_is_shown_in_its_colours(tmp_path):
    Image.new("RGBA", (400, 100), (250, 20, 30, 255)).save(tmp_path / "logo.png")
    seen = look_of(video(tmp_path, "logo.png"), tmp_path)
    assert (seen.width, seen.height) == (lambda f: (f.width, f.height))(film_format(Output(), "16:9"))
    final = np.asarray(opened(draw(Picture(kind="quote", content={"text": "So."}), seen, tmp_path).final))
    assert (final == (250, 20, 30)).all(axis=2).sum() > 5000


@pytest.mark.parametrize(
    ("name", "part"), [("none.png", "there is no logo"), ("cmyk.jpg", "CMYK"), ("cut.png", "cannot be read")]
)
def test_a_logo_that_cannot_be_shown_is_refused_by_name(name, part, tmp_path):
    Image.new("CMYK", (40, 40)).save(tmp_path / "cmyk.jpg")
    Image.effect_noise((200, 200), 90).save(tmp_path / "whole.png")
    whole = (tmp_path / "whole.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValidationError) as caught:
        look_of(video(tmp_path, name), tmp_path)
    assert part in caught.value.line()
    assert name in caught.value.line()
