from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from clips import number_in, quarters, turn_clip, write_clip
from scenes_kit import ASPECTS, THEMES, broken_laws, look, opened

from videogen.model.errors import ValidationError
from videogen.model.motion import Clip
from videogen.model.script import Picture
from videogen.scenes.draw import Drawn, draw


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    write_clip(folder / "a.mp4", size=(320, 180))
    turn_clip(write_clip(folder / "tall.mp4", paint=quarters(320, 180), size=(320, 180)), 1)
    return folder


def drawn(root: Path, theme: str = "midnight", aspect: str = "16:9", language: str = "en", **content) -> Drawn:
    return draw(Picture(kind="video", content=content, language=language), look(theme, height=480, aspect=aspect), root)


def shown(made: Drawn, png: bytes) -> np.ndarray:
    window = made.motion.window
    assert window is not None
    box = (window.x, window.y, window.x + window.width, window.y + window.height)
    return np.asarray(opened(png).convert("L").crop(box))


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("fit", ["contain", "cover"])
def test_a_clip_begins_with_its_first_and_settles_to_its_last_picture(root, fit, aspect):
    made = drawn(root, aspect=aspect, path="a.mp4", fit=fit, start=0.4, end=1.6)
    clip = made.motion.clip
    assert isinstance(clip, Clip)
    assert (clip.path, clip.start, clip.end) == ("a.mp4", 0.4, 1.6)
    if fit == "contain" or aspect == "16:9":
        grey = [(16 + shown(made, png).astype(float) * 219 / 255).astype(np.uint8) for png in (made.first, made.final)]
        assert [number_in(one) for one in grey] == [10, 39]
    window = made.motion.window
    assert window is not None
    assert (window.width, window.height) == (made.motion.width, made.motion.height) or fit == "contain"
    if fit == "contain":
        assert window.width / window.height == pytest.approx(16 / 9, rel=0.02)


@pytest.mark.parametrize("theme", THEMES)
def test_words_around_a_clip_keep_their_place_in_every_theme_and_shape(root, theme):
    for aspect in ASPECTS:
        for path in ("a.mp4", "tall.mp4"):
            for fit in ("contain", "cover"):
                made = drawn(root, theme, aspect, path=path, fit=fit, caption="What it shows", header="A clip")
                assert broken_laws(made.motion) == [], (aspect, path, fit)
    made = drawn(root, theme, path="a.mp4", fit="cover", caption="What it shows")
    assert broken_laws(made.motion) == []


def test_a_clip_held_upright_stands_at_the_right_and_at_the_left_of_what_is_read_from_the_right(root):
    left = drawn(root, path="tall.mp4", header="A clip").motion.window
    right = drawn(root, path="tall.mp4", header="مقطع", language="ar").motion.window
    assert left is not None
    assert right is not None
    assert left.height > left.width
    assert left.x == 854 - right.x - right.width


def test_a_clip_plays_where_motion_is_reduced(root):
    still = look(height=480).model_copy(update={"reduced_motion": True})
    made = draw(Picture(kind="video", content={"path": "a.mp4"}), still, root)
    assert made.motion.clip is not None


@pytest.mark.parametrize(
    ("content", "said"), [({"path": "b.mp4"}, "b.mp4"), ({"path": "a.mp4", "start": 5}, "is over")]
)
def test_a_clip_that_cannot_be_shown_is_named(root, content, said):
    with pytest.raises(ValidationError, match=said):
        drawn(root, **content)
