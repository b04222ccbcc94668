"""Slides that cannot be drawn, through the real commands: one line that says where, and nothing made before is lost."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from studio import PROJECT, Studio

WIDE = ", ".join(f"c{number}" for number in range(40))
NODES = "\n".join(f"  n{number} --> n{number + 1}" for number in range(300))

REFUSED = {
    "an unknown kind": ("kind: diagramm\ncontent: {header: A}", r'24:11: unknown scene kind "diagramm"; .*"diagram"'),
    "a missing picture": ("kind: image\ncontent: {path: gone.png}", r"25:21: .*gone\.png.* does not exist"),
    "a picture that is none": ("kind: image\ncontent: {path: ../talk.png}", r"25:21: .*talk\.png.* not a picture"),
    "400 rows of 40 cells": (
        f"kind: table\ncontent:\n  columns: [{WIDE}]\n  rows:\n" + f"    - [{WIDE}]\n" * 400,
        r"26:16: `columns` has more than 10 entries; split it",
    ),
    "400 rows": (
        "kind: table\ncontent:\n  columns: [a, b]\n  rows:\n" + "    - [a, b]\n" * 400,
        r"28:9: `rows` has more than 60 entries; split it",
    ),
    "no numbers": ("kind: chart\ncontent: {type: bar, labels: [a, b]}", r"25:1\d: a chart needs numbers: "),
    "words for numbers": (
        "kind: chart\ncontent: {type: bar, labels: [a], series: [{name: b, values: [one]}]}",
        r"25:\d+: entry 1 of `values` must be a number, not the text \"one\"",
    ),
    "300 boxes": (
        "kind: diagram\ncontent:\n  source: |\n    flowchart LR\n" + re.sub("^", "    ", NODES, flags=re.MULTILINE),
        r"26:15: the diagram has 301 nodes; at most 60 can be followed",
    ),
}
"""A scene, and what is said of it before anything is made."""

UNDRAWN = {
    "half a picture": (
        "kind: image\ncontent: {path: half.png}",
        r'"projects/half\.png" is not a picture that can be read',
    ),
    "a line of 2,000 characters": (
        f"kind: code\ncontent:\n  code: {'x' * 2000}",
        r"code does not fit: \d+ lines where \d+ fit; line 1 has 2000 characters",
    ),
}
"""A scene that only drawing shows to be impossible, and what is said of it."""


def with_scene(scene: str) -> str:
    """The project and one scene more, whose kind is on line 24."""
    return PROJECT + re.sub("^", "    ", f"id: bad\nnarration: Here it is.\n{scene}\n", flags=re.MULTILINE).replace(
        "    id", "  - id", 1
    )


@pytest.mark.parametrize("name", REFUSED)
def test_a_scene_that_cannot_be_is_refused_in_its_place(studio: Studio, name: str) -> None:
    scene, said = REFUSED[name]
    before = studio.hashes()
    (studio.folder / "talk.png").write_text("not a picture")
    studio.project.write_text(with_scene(scene))
    for outcome in (studio.doit("create", "project=talk"), studio.video_gen("validate", "talk")):
        assert outcome.code == 2, outcome.err
        assert re.search(rf"^error: projects/talk\.yaml:{said}", outcome.err, re.MULTILINE), outcome.err
        assert len([line for line in outcome.err.splitlines() if not line.startswith("  ")]) == 1, outcome.err
    assert studio.hashes() == before


@pytest.mark.parametrize("name", UNDRAWN)
def test_a_scene_that_cannot_be_drawn_fails_alone(studio: Studio, name: str) -> None:
    scene, said = UNDRAWN[name]
    before = studio.hashes()
    Image.effect_mandelbrot((300, 200), (-2, -1, 1, 1), 20).save(studio.folder / "whole.png")
    whole = (studio.folder / "whole.png").read_bytes()
    (studio.folder / "projects/half.png").write_bytes(whole[: len(whole) // 2])
    studio.project.write_text(with_scene(scene))
    checked = studio.video_gen("validate", "talk")
    assert checked.code == 2
    assert re.search(rf'^error: projects/talk\.yaml:2[56]:\d+: scene "bad": .*{said}', checked.err, re.MULTILINE), (
        checked
    )
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 1
    assert re.search(rf"^error: frames:talk/en/bad: .*{said}", outcome.err, re.MULTILINE), outcome.err
    kept = studio.hashes()
    assert {path for path, data in before.items() if kept.get(path) != data} == {"script.json"}


def test_characters_of_no_font_are_named_with_what_to_do(studio: Studio) -> None:
    studio.project.write_text(with_scene('kind: quote\ncontent: {text: "A sign \U00012000"}'))
    told = "no font has '\U00012000' (U+12000 CUNEIFORM SIGN A); install a font that has it"
    checked = studio.video_gen("validate", "talk")
    assert checked.code == 2
    assert f'error: projects/talk.yaml:25:14: scene "bad": {told}' in checked.err
    made = studio.doit("create", "project=talk")
    assert made.code == 3
    assert f"error: bad: {told}" in made.err


def test_a_loop_is_drawn(studio: Studio) -> None:
    loops = "kind: diagram\ncontent:\n  source: |\n    flowchart LR\n      a --> b --> c --> a\n      b --> b"
    studio.project.write_text(with_scene(loops))
    assert studio.video_gen("validate", "talk").code == 0


LOOKS = {
    "a theme that cannot be read": (
        "theme: ./ours.yaml\n",
        r"ours\.yaml:4:3: accents\.blue: #9fc0f0 on background 1 #eef1f5 has a contrast of 1\.64:1; text needs 4\.5:1",
    ),
    "a logo for print": ("brand: ./print.yaml\n", r"print\.yaml:1:7: the logo .*print\.jpg.* has its colours as CMYK"),
    "a logo that is none": ("brand: ./text.yaml\n", r"text\.yaml:1:7: the picture .*text\.png.* cannot be read"),
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_that_cannot_be_used_is_refused_in_its_place(studio: Studio, name: str) -> None:
    asked, said = LOOKS[name]
    beside, before = studio.folder / "projects", studio.hashes()
    (beside / "ours.yaml").write_text('name: ours\nbase: slate\naccents:\n  blue: "#9fc0f0"\n')
    Image.new("CMYK", (400, 200), (0, 200, 100, 10)).save(beside / "print.jpg")
    (beside / "text.png").write_text("not a picture")
    for logo in ("print.jpg", "text.png"):
        (beside / logo).with_suffix(".yaml").write_text(f"logo: {logo}\n")
    studio.project.write_text(asked + PROJECT)
    for outcome in (studio.doit("create", "project=talk"), studio.video_gen("validate", "talk")):
        assert outcome.code == 2, outcome.err
        assert re.search(rf"^error: projects/{said}", outcome.err, re.MULTILINE), outcome.err
    assert studio.hashes() == before
