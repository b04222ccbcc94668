from __future__ import annotations

import importlib.metadata
import io
import subprocess
import sys

import numpy as np
import pytest
import yaml
from PIL import Image
from scenes_kit import broken_laws, colour_at, composed, look, opened

from videogen.model.errors import ValidationError
from videogen.model.kinds import kinds
from videogen.model.script import Picture
from videogen.scenes.draw import draw, scene_kind
from videogen.scenes.elements import Text
from videogen.scenes.lettering import text_mask
from videogen.scenes.png import png_bytes
from videogen.scenes.typefaces import coverage, drawable


def example(name):
    scene = yaml.safe_load(scene_kind(name).example)
    assert scene["kind"] == name
    return Picture(kind=name, content=scene["content"])


@pytest.mark.parametrize("theme", ["midnight", "daylight"])
@pytest.mark.parametrize("name", sorted(kinds()))
def test_the_example_of_every_kind_draws_and_its_layers_add_up(name, theme, root):
    drawn = draw(example(name), look(theme, "orange", 720), root)
    first, final = opened(drawn.first), opened(drawn.final)
    assert (first.size, first.mode, final.size) == ((1280, 720), "RGB", (1280, 720))
    assert opened(drawn.layers).mode == "RGBA"
    apart = np.abs(composed(drawn) - np.asarray(final))
    if window := drawn.motion.window:  # which shows other pictures as it goes on
        apart[window.y : window.y + window.height, window.x : window.x + window.width] = 0
    assert apart.max() < 2  # each of several layers is rounded
    assert broken_laws(drawn.motion) == []
    assert drawn.motion.missing_glyphs == []
    assert (drawn.motion.width, drawn.motion.height) == (1280, 720)
    assert {move.cue for move in drawn.motion.moves} - {"start"} == set(drawn.motion.cues)


@pytest.mark.parametrize("theme", ["midnight", "paper"])
def test_the_ground_is_the_slide_without_its_content(theme, root):
    for name in ("title", "bullets", "code"):
        long = example(name)
        field = {"title": "title", "bullets": "header", "code": "header"}[name]
        short = long.model_copy(update={"content": {**long.content, field: "Other"}})
        drawn, other = draw(long, look(theme, height=480), root), draw(short, look(theme, height=480), root)
        assert drawn.ground == other.ground
        assert drawn.first != other.first
        shown = np.any(np.asarray(opened(drawn.ground)) != np.asarray(opened(drawn.first)), axis=2)
        assert 0 < shown.mean() < 0.6


def test_layers_lie_in_the_frame_and_apart_in_the_atlas(root):
    motion = draw(example("bullets"), look(), root).motion
    atlas = np.zeros((4000, 1920), int)
    for layer in motion.layers:
        assert 0 <= layer.x <= layer.x + layer.width <= motion.width
        assert 0 <= layer.y <= layer.y + layer.height <= motion.height
        atlas[layer.atlas_y : layer.atlas_y + layer.height, layer.atlas_x : layer.atlas_x + layer.width] += 1
    assert atlas.max() == 1


def test_without_layers_the_atlas_is_one_clear_pixel(root):
    layers = opened(draw(Picture(kind="section", content={"title": "A"}), look(height=480), root).layers)
    assert (layers.size, layers.getpixel((0, 0))) == ((1, 1), (0, 0, 0, 0))


def test_equal_input_gives_equal_bytes_in_another_process(root):
    script = """
import sys, hashlib, yaml
from pathlib import Path
from videogen.model.film import FilmFormat
from videogen.model.script import Picture
from videogen.scenes.draw import draw, scene_kind
from videogen.scenes.themes import resolve_look
look = resolve_look("daylight", "pink", FilmFormat(width=854, height=480, fps=30), Path())
for name in ("title", "code", "table", "image"):
    drawn = draw(Picture(**yaml.safe_load(scene_kind(name).example)), look, Path(sys.argv[1]))
    for part in (drawn.first, drawn.final, drawn.layers, drawn.motion.to_json()):
        print(hashlib.sha256(part).hexdigest())
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", script, str(root)], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].split()) == 16


def test_what_no_typeface_has_is_named_and_not_drawn(root, no_extras):
    picture = Picture(kind="title", content={"title": "Ship it 🚀 今日 now ✔\ufe0f", "subtitle": "日 end"})
    plain = Picture(kind="title", content={"title": "Ship it now", "subtitle": "end"})
    drawn = draw(picture, look(height=480), root)
    assert drawn.motion.missing_glyphs == ["🚀", "今", "日", "✔"]
    assert drawn.final == draw(plain, look(height=480), root).final


def test_a_text_of_nothing_but_emoji_leaves_an_empty_place(root, no_extras):
    drawn = draw(Picture(kind="bullets", content={"header": "🎉", "items": ["🎉🎉", "ok"]}), look(height=480), root)
    assert drawn.motion.missing_glyphs == ["🎉"]
    assert [box.text for box in drawn.motion.text] == ["ok"]


def test_accents_are_composed_and_columns_of_code_kept(no_extras):
    assert drawable("cafe\u0301 \u200bok", "inter-regular") == ("café ok", [])
    assert drawable("a 漢 b\n  c", "mono-regular") == ("a   b\n  c", ["漢"])
    assert drawable("straße Ελλάδα Привет → ✓", "inter-regular")[1] == []


def test_coverage_agrees_with_what_is_drawn(no_extras):
    def drawn(char):
        return text_mask(Text(char, 0, 0, 48, 48, 32, "inter-regular", "#ffffff"))[2].tobytes()

    for char in "Aéñß€→漢🚀अ":
        assert (drawn(char) != drawn("\uffff")) == (ord(char) in coverage("inter-regular")), char


def test_png_files_hold_exactly_the_picture():
    for mode, height in (("RGB", 7), ("RGBA", 7), ("RGB", 1), ("RGB", 64), ("RGBA", 65), ("RGB", 130)):
        noise = np.random.default_rng(1).integers(0, 256, (height, 11, len(mode)), np.uint8)
        assert np.array_equal(np.asarray(opened(png_bytes(Image.fromarray(noise)))), noise)


@pytest.mark.parametrize(
    ("size", "mode"), [((3000, 400), "RGB"), ((300, 1200), "L"), ((40, 40), "RGBA"), ((64, 64), "P")]
)
def test_pictures_of_every_shape_fit(size, mode, root):
    Image.new(mode, size).save(root / "a.png")
    content = {"path": "a.png", "caption": "What it shows", "header": "A picture"}
    for height in (480, 2160):
        motion = draw(Picture(kind="image", content=content), look(height=height), root).motion
        assert broken_laws(motion) == []


def test_a_turned_photo_is_shown_upright(root):
    photo = Image.new("RGB", (400, 100), "#ff0000")
    photo.paste("#00ff00", (0, 0, 200, 100))
    exif = Image.Exif()
    exif[0x0112] = 6
    photo.save(root / "turned.jpg", exif=exif, quality=95)
    final = opened(draw(Picture(kind="image", content={"path": "turned.jpg"}), look(height=480), root).final)
    red, green, _ = colour_at(final, 427, 120)
    assert green > 200 > red
    red, green, _ = colour_at(final, 427, 360)
    assert red > 200 > green


def test_a_see_through_picture_gets_a_mat_it_stands_out_from(root):
    for ink, mat in (("#ffffff", "#10141f"), ("#000000", "#f7f8fa")):
        mark = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
        mark.paste(ink, (50, 25, 150, 75))
        mark.save(root / "mark.png")
        final = opened(draw(Picture(kind="image", content={"path": "mark.png"}), look(), root).final)
        assert "#{:02x}{:02x}{:02x}".format(*colour_at(final, 960, 540)) == ink
        assert "#{:02x}{:02x}{:02x}".format(*colour_at(final, 800, 540)) == mat


def test_pictures_that_cannot_be_shown_are_refused_by_name(root):
    def refusal(path):
        with pytest.raises(ValidationError) as caught:
            draw(Picture(kind="image", content={"path": path}), look(height=480), root)
        return caught.value.line()

    assert refusal("none.png") == 'there is no picture "none.png"; give its path from the file that names it'
    (root / "text.png").write_text("not a picture")
    assert '"text.png" is not a picture' in refusal("text.png")
    whole = (root / "docs/architecture.png").read_bytes()
    (root / "cut.png").write_bytes(whole[: len(whole) // 2])
    assert '"cut.png"' in refusal("cut.png")
    Image.new("1", (10_000, 10_000)).save(root / "huge.png")
    assert refusal("huge.png") == 'the picture "huge.png" has more than 50 megapixels; scale it down'


def test_wrong_content_says_where(root):
    with pytest.raises(ValidationError, match=r"title scene: titel: Extra inputs"):
        draw(Picture(kind="title", content={"title": "A", "titel": "B"}), look(), root)
    with pytest.raises(ValidationError, match=r'unknown scene kind "bulets"; did you mean "bullets"'):
        draw(Picture(kind="bulets", content={}), look(), root)


def test_kinds_are_known_without_loading_an_imaging_library():
    script = (
        "import sys; from videogen.model.kinds import kinds; kinds(); print([m for m in ('PIL', 'numpy', 'pygments')"
    )
    script += " if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout
    assert out.strip() == "[]"


def test_every_kind_is_registered_under_its_name():
    for point in importlib.metadata.entry_points(group="videogen.scene_kinds"):
        assert point.load().name == point.name


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("title", {"title": "🎉"}),
        ("section", {"title": "日本"}),
        ("outro", {"main_text": "🎉"}),
        ("bullets", {"header": "🎉", "items": ["🎉"]}),
        ("bullets", {"header": "🎉", "items": ["🎉"] * 6}),
        ("code", {"header": "🎉", "code": "🎉"}),
        ("quote", {"text": "🎉", "attribution": "🎉"}),
        ("table", {"header": "🎉", "columns": ["🎉"], "rows": [["🎉"]]}),
    ],
)
def test_a_scene_that_no_typeface_can_write_is_drawn_and_says_so(root, no_extras, kind, content):
    drawn = draw(Picture(kind=kind, content=content), look(height=480), root)
    assert set(drawn.motion.missing_glyphs) == set(str(content)) & set("🎉日本")


def test_a_picture_can_be_reopened_by_any_reader(root):
    drawn = draw(example("quote"), look(height=480), root)
    with Image.open(io.BytesIO(drawn.final)) as picture:
        picture.verify()
