"""`gallery` and `diff`: many scenes at once."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image
from studio import Studio

from videogen.model.kinds import kinds
from videogen.scenes.themes import theme_names


def test_the_gallery_shows_every_kind_in_the_themes_asked_for(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    one = studio.video_gen("gallery", "--theme", "daylight", "-o", "one.png")
    two = studio.video_gen("gallery", "--theme", "daylight", "--theme", "midnight", "--aspect", "9:16", "-o", "two.png")
    assert (one.code, one.out, one.err) == (0, "one.png\n", f"{len(kinds())} pictures\n")
    assert two.err == f"{2 * len(kinds())} pictures\n"
    with Image.open(tmp_path / "one.png") as wide, Image.open(tmp_path / "two.png") as upright:
        # pictures are 270 high, with a gap of 24 at each side; those of one theme stand in rows of three
        assert wide.width == 3 * 480 + 4 * 24
        assert upright.width == 2 * 152 + 3 * 24


def test_the_gallery_of_one_kind_shows_it_in_every_theme(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    made = studio.video_gen("gallery", "--kind", "quote", "-o", "quote.jpg")
    assert (made.code, made.out, made.err) == (0, "quote.jpg\n", f"{len(theme_names())} pictures\n")
    with Image.open(tmp_path / "quote.jpg") as sheet:
        assert (sheet.format, sheet.width) == ("JPEG", 3 * 480 + 4 * 24)


def test_a_kind_or_a_sort_of_picture_that_does_not_exist_is_named(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    unknown = studio.video_gen("gallery", "--kind", "qoute")
    assert (unknown.code, unknown.err) == (2, 'error: unknown scene kind "qoute"; did you mean "quote"?\n')
    other = studio.video_gen("gallery", "--kind", "quote", "-o", "quote.gif")
    assert other.code == 2
    assert '"quote.gif" is not the name of a picture; let it end with .png or .jpg' in other.err
    assert list(tmp_path.iterdir()) == []


def test_a_theme_that_does_not_exist_is_named(tmp_path: Path) -> None:
    refused = Studio(tmp_path).video_gen("gallery", "--theme", "midnite")
    assert refused.code == 2
    assert 'unknown theme "midnite"; did you mean "midnight"?' in refused.err
    assert list(tmp_path.iterdir()) == []


def test_diff_shows_what_looks_different(studio: Studio) -> None:
    shutil.copytree(studio.folder / "build", studio.folder / "before")
    same = studio.video_gen("diff", "before", "build")
    assert (same.code, same.out, same.err) == (0, "", "0 scenes differ\n")
    studio.edit("[Every result is a file, Every", "[Every result is one file, Every")
    assert studio.doit("create", "project=talk").code == 0
    changed = studio.video_gen("diff", "before", "build/talk/talk/en", "-o", "changed.png")
    assert (changed.code, changed.out, changed.err) == (0, "changed.png\n", "1 scene differs: rules\n")
    with Image.open(studio.folder / "changed.png") as sheet:
        assert sheet.width == 2 * 480 + 3 * 24


def test_diff_wants_a_film_on_both_sides(studio: Studio) -> None:
    (studio.folder / "empty").mkdir()
    refused = studio.video_gen("diff", "empty", "build")
    assert refused.code == 2
    assert 'there is no film in "empty"; name a folder such as build/readme/readme/en' in refused.err
