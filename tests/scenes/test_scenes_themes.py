from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml
from PIL import Image
from scenes_kit import ACCENTS, ASPECTS, look, opened

from videogen.model.errors import ValidationError
from videogen.model.film import FilmFormat
from videogen.model.kinds import kinds
from videogen.model.script import Picture
from videogen.model.templates import templates_folder
from videogen.model.theme import Look
from videogen.scenes.backdrop import backdrop
from videogen.scenes.compose import compose
from videogen.scenes.contrast import contrast
from videogen.scenes.draw import draw, lay_out, scene_kind
from videogen.scenes.page import Page
from videogen.scenes.themes import resolve_look, theme_names

FORMAT = FilmFormat(width=1920, height=1080, fps=30)


def resolved(theme, root):
    return resolve_look(theme, "green", FORMAT, root)


def refusal(theme, root):
    with pytest.raises(ValidationError) as caught:
        resolved(theme, root)
    return str(caught.value)


def midnight():
    return yaml.safe_load(Path(templates_folder(), "themes/midnight.yaml").read_text(encoding="utf-8"))


def written(root, change=lambda data: None, name="mine.yaml"):
    data = midnight()
    change(data)
    (root / name).write_text(yaml.safe_dump(data, sort_keys=False))
    return name


@pytest.mark.parametrize("name", theme_names())
def test_shipped_themes_are_sound(name, tmp_path):
    theme = resolved(name, tmp_path).theme
    assert theme.name == name
    grounds = [*theme.background, theme.surface, theme.raised]
    inks = [theme.text, theme.muted, *(getattr(theme.accents, accent) for accent in ACCENTS)]
    inks += list(theme.code.model_dump().values())
    for ink in inks:
        for ground in grounds:
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    for accent in ACCENTS:
        assert contrast(theme.on_accent, getattr(theme.accents, accent)) >= 4.5, accent


def test_a_look_survives_its_file(tmp_path):
    settled = resolved("daylight", tmp_path)
    assert Look.model_validate_json(settled.to_json()) == settled
    assert settled.accent_colour == settled.theme.accents.green


def test_shipped_themes_are_no_two_alike(tmp_path):
    themes = [resolved(name, tmp_path).theme for name in theme_names()]
    assert len(themes) >= 8
    assert {theme.mode for theme in themes} == {"dark", "light"}
    for one, other in itertools.combinations(themes, 2):
        assert one.background != other.background
        signs = ("decor", "corner", "shadow", "mark", "motion", "transition", "fonts", "outline")
        assert sum(getattr(one, sign) != getattr(other, sign) for sign in signs) >= 3, (one.name, other.name)


def test_a_theme_of_ones_own_is_read_from_its_path(tmp_path):
    name = written(tmp_path, lambda data: data.update(name="mine", text="#ffffff"))
    assert resolved(name, tmp_path).theme.text == "#ffffff"


def test_an_unknown_theme_names_the_closest(tmp_path):
    assert refusal("midnigth", tmp_path) == 'unknown theme "midnigth"; did you mean "midnight"?'
    assert "shipped themes: aurora, blueprint, candy, " in refusal("zzz", tmp_path)
    assert refusal("themes/none.yaml", tmp_path).startswith('there is no theme file "themes/none.yaml"')


def test_mistakes_in_a_theme_file_are_shown_in_place(tmp_path):
    name = written(tmp_path, lambda data: data["accents"].update(bleu="#000000"))
    said = refusal(name, tmp_path)
    assert 'unknown key "accents.bleu"; did you mean "blue"?' in said
    assert said.startswith("mine.yaml:")
    assert "^" in said.splitlines()[-1]
    name = written(tmp_path, lambda data: data.update(text="white"))
    assert 'write a colour as "#rrggbb"' in refusal(name, tmp_path)
    name = written(tmp_path, lambda data: data.pop("muted"))
    assert 'a theme needs "muted"' in refusal(name, tmp_path)


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (b"", "theme:"),
        (b"a: [", "not YAML"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"- a", "theme:"),
        (b"name: \x00", "not YAML"),
        (b"name: 2026-13-45", "not YAML"),
        (b"name: !!timestamp today", "not YAML"),
        (b"corner: " + b"9" * 5000, "not YAML"),
        (b"#" * 70_000, "at most 64 KB"),
        (b'a: &a ["x","x"]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n', "unknown key"),
    ],
)
def test_what_is_no_theme_is_refused_in_one_line(raw, part, tmp_path):
    (tmp_path / "bad.yaml").write_bytes(raw)
    said = refusal("bad.yaml", tmp_path)
    assert said.startswith("bad.yaml")
    assert part in said


def test_a_theme_stands_on_another_and_says_what_is_other(tmp_path):
    (tmp_path / "ours.yaml").write_text('name: ours\nbase: slate\naccents: {blue: "#0a4a9f"}\ncorner: 0\n')
    ours, slate = resolved("ours.yaml", tmp_path).theme, resolved("slate", tmp_path).theme
    assert (ours.corner, ours.accents.blue, ours.code.function) == (0, "#0a4a9f", "#0a4a9f")
    assert (ours.background, ours.decor, ours.accents.pink) == (slate.background, slate.decor, slate.accents.pink)
    (tmp_path / "ours.yaml").write_text("name: ours\nbase: slaet\n")
    assert 'ours.yaml:2:1: base: no theme "slaet" is shipped; did you mean "slate"?' in refusal("ours.yaml", tmp_path)


def test_colours_that_cannot_be_read_are_refused_in_place_with_the_ratio(tmp_path):
    (tmp_path / "ours.yaml").write_text('name: ours\nbase: slate\naccents:\n  blue: "#9fc0f0"\n')
    said = refusal("ours.yaml", tmp_path)
    assert said.startswith(
        "ours.yaml:4:3: accents.blue: #9fc0f0 on background 1 #eef1f5 has a contrast of 1.64:1; text needs 4.5:1; #"
    )
    better = said.split("; ")[2].split()[0]
    (tmp_path / "ours.yaml").write_text(f'name: ours\nbase: slate\naccents:\n  blue: "{better}"\n')
    assert resolved("ours.yaml", tmp_path).theme.accents.blue == better
    name = written(tmp_path, lambda data: data.update(mode="light"))
    assert "mode: light, but text is lighter than the background; write dark" in refusal(name, tmp_path)


def test_a_theme_may_bring_a_picture_and_text_still_stands_out(tmp_path):
    Image.effect_mandelbrot((900, 600), (-2, -1, 1, 1), 60).convert("RGB").save(tmp_path / "sky.png")
    for base in ("midnight", "daylight"):
        (tmp_path / "mine.yaml").write_text(f"name: mine\nbase: {base}\npicture: sky.png\n")
        for aspect in ASPECTS:
            seen = look("mine.yaml", "pink", 240, tmp_path, aspect)
            drawn = draw(Picture(kind="title", content={"title": "A title", "subtitle": "More"}), seen, tmp_path)
            assert min(contrast(box.colour, box.background) for box in drawn.motion.text) >= 4.5
            assert len(opened(drawn.first).resize((40, 40)).getcolors(1600) or []) > 60, "the picture is there"
    (tmp_path / "sky.png").unlink()
    assert 'picture: there is no file "sky.png"' in refusal("mine.yaml", tmp_path)


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("theme", theme_names())
def test_the_example_of_every_kind_can_be_read_in_every_theme_accent_and_shape(theme, aspect, root):
    """Contrast of every text against the worst pixel behind it."""
    for accent in ACCENTS:
        seen = look(theme, accent, 240, root, aspect)
        for name in kinds():
            content = yaml.safe_load(scene_kind(name).example)["content"]
            slide = lay_out(Picture(kind=name, content=content), seen, root)
            cover = scene_kind(name).cover
            ground = backdrop(seen, cover, Page(seen, root, name).written(cover), root)
            for box in compose(ground, slide.pages, seen, root).text:
                assert contrast(box.colour, box.background) >= 4.5, (accent, name, box)
