from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml
from scenes_kit import ACCENTS

from videogen.model.errors import ValidationError
from videogen.model.film import FilmFormat
from videogen.model.templates import templates_folder
from videogen.model.theme import Look
from videogen.scenes.contrast import contrast
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
    look = resolved("daylight", tmp_path)
    assert Look.model_validate_json(look.to_json()) == look
    assert look.accent_colour == look.theme.accents.green


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
        (b"#" * 70_000, "at most 64 KB"),
        (b'a: &a ["x","x"]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n', "unknown key"),
    ],
)
def test_what_is_no_theme_is_refused_in_one_line(raw, part, tmp_path):
    (tmp_path / "bad.yaml").write_bytes(raw)
    said = refusal("bad.yaml", tmp_path)
    assert said.startswith("bad.yaml")
    assert part in said
