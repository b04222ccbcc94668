"""A folder that is allowed (`VIDEOGEN_ROOT`): no file outside it is read, whatever names it and however."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from clips import write_clip
from PIL import Image
from studio import Studio

from videogen.build.validate import validate_project
from videogen.build.workspace import find_workspace
from videogen.model.errors import ValidationError

HAND = """\
voice: "draft:"
scenes:
  - kind: title
    content: {title: Hello}
    narration: Hello there.
"""
SCENE = HAND + "  - kind: %s\n    content: {%s}\n    narration: Here it is.\n"
OF_A_FILE = "voice: 'draft:'\nsource: %s\n"

KINDS: dict[str, tuple[str, str]] = {
    "document": (OF_A_FILE % "{path}", "notes.md"),
    "document, its input named": (OF_A_FILE % "md:{path}", "notes.md"),
    "picture": (SCENE % ("image", "path: {path}"), "picture.png"),
    "drawing": (SCENE % ("image", "path: {path}"), "drawing.svg"),
    "clip": (SCENE % ("video", "path: {path}"), "clip.mp4"),
    "numbers": (SCENE % ("chart", "type: bar, path: {path}"), "numbers.csv"),
    "template": ("template: {path}\n", "template.yaml"),
    "include": (HAND + "  - include: {path}\n", "scene.yaml"),
    "theme": (HAND + "theme: {path}\n", "theme.yaml"),
    "brand": (HAND + "brand: {path}\n", "brand.yaml"),
    "logo": (HAND + "chrome: {watermark: {path}}\n", "picture.png"),
    "logo of a brand": (HAND + "brand: own.yaml\n", "picture.png"),
    "theme of a brand": (HAND + "brand: themed.yaml\n", "theme.yaml"),
    "picture of a theme": (HAND + "theme: ./pictured.yaml\n", "picture.png"),
    "logo of a theme": (HAND + "theme: ./marked.yaml\n", "picture.png"),
    "picture of a brand": (HAND + "brand: pictured_brand.yaml\n", "picture.png"),
    "picture in a document": (OF_A_FILE % "shows.md", "picture.png"),
}
"""What names a file, with `{path}` for the name: the project's text, and which file."""
BESIDE = {
    "own.yaml": "logo: {path}\n",
    "themed.yaml": "theme: {path}\n",
    "pictured.yaml": "name: ours\nbase: slate\npicture: {path}\n",
    "marked.yaml": "name: ours\nbase: slate\nchrome: {watermark: {path}}\n",
    "pictured_brand.yaml": "overrides: {picture: {path}}\n",
    "shows.md": "# Shown\n\nHere is what it looks like, as a picture of the whole.\n\n![All of it]({path})\n",
}
WAYS: dict[str, Callable[[str], str]] = {
    "beside": lambda name: f"../../outside/{name}",
    "absolute": lambda name: str(Path("outside", name).absolute()),
    "link": lambda name: f"link-{name}",
    "folder that is a link": lambda name: f"linked/{name}",
}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two folders with the same files, of which one is allowed, and links that lead from it into the other."""
    monkeypatch.chdir(tmp_path)
    for folder in (Path("inside/projects"), Path("outside")):
        folder.mkdir(parents=True)
        (folder / "notes.md").write_text("# Notes\n\nThe first of them is about the build of a film.\n")
        Image.new("RGB", (64, 64), "navy").save(folder / "picture.png")
        (folder / "drawing.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64"/></svg>'
        )
        write_clip(folder / "clip.mp4")
        (folder / "numbers.csv").write_text("year,films\n2024,1\n2025,3\n")
        (folder / "scene.yaml").write_text("kind: outro\ncontent: {main_text: Bye}\nnarration: Bye.\n")
        (folder / "template.yaml").write_text(f"template: {{description: Ours}}\n{HAND}")
        (folder / "theme.yaml").write_text("name: ours\nbase: slate\n")
        (folder / "brand.yaml").write_text("accent: green\n")
    for name in os.listdir("outside"):
        Path("inside/projects", f"link-{name}").symlink_to(Path("outside", name).absolute())
    Path("inside/projects/linked").symlink_to(Path("outside").absolute())
    return tmp_path


def checked(kind: str, named: str) -> None:
    """Validate a project that names a file."""
    project, _ = KINDS[kind]
    Path("inside/projects/talk.yaml").write_text(project.replace("{path}", named))
    for name, text in BESIDE.items():
        Path("inside/projects", name).write_text(text.replace("{path}", named))
    validate_project(find_workspace("inside/projects/talk.yaml"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_that_is_named_has_to_lie_in_the_folder(
    house: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    _, file = KINDS[kind]
    monkeypatch.setenv("VIDEOGEN_ROOT", "inside")
    checked(kind, f"./{file}")
    for way, named in WAYS.items():
        with pytest.raises(ValidationError, match=r"lies outside the folder") as refused:
            checked(kind, named(file))
        line = refused.value.line()
        assert "\n" not in line, way
        assert line.startswith("inside/projects/"), line
    if kind != "picture in a document":  # which never leaves the document's folder
        monkeypatch.delenv("VIDEOGEN_ROOT")
        for named in WAYS.values():
            checked(kind, named(file))


def test_a_folder_that_is_none_is_said(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOGEN_ROOT", "nowhere")
    with pytest.raises(ValidationError, match='VIDEOGEN_ROOT is "nowhere", which is no folder; name a folder'):
        checked("picture", "picture.png")


def test_what_was_made_before_is_no_way_around_it(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = "kind: image\n    content: {path: shown.png}\n    narration: This is it."
    studio.edit("kind: outro\n    content: {main_text: That is all}\n    narration: That is all there is to it.", scene)
    shown, secret = studio.project.parent / "shown.png", studio.folder.parent / "secret.png"
    Image.new("RGB", (320, 240), "navy").save(shown)
    Image.new("RGB", (320, 240), "red").save(secret)
    monkeypatch.setenv("VIDEOGEN_ROOT", str(studio.folder / "projects"))
    assert studio.doit("create", "project=talk").code == 0
    shown.unlink()
    shown.symlink_to(secret)
    refused = studio.doit("create", "project=talk")
    assert refused.code == 2, refused.err
    assert 'talk.yaml:19:21: the file "projects/shown.png" lies outside the folder that is allowed' in refused.err
    monkeypatch.delenv("VIDEOGEN_ROOT")
    assert studio.doit("create", "project=talk").code == 0
    monkeypatch.setenv("VIDEOGEN_ROOT", str(studio.folder / "projects"))
    assert studio.doit("create", "project=talk").code == 2


def test_a_picture_of_a_document_that_becomes_a_link_is_not_drawn(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    (studio.folder / "projects" / "notes.md").write_text(
        "# Notes\n\nA film has scenes, and each shows one thing.\n\n## A look\n\nThis is all of it.\n\n![All](a.png)\n"
    )
    studio.project.write_text('voice: "draft:"\nsource: notes.md\noutput: {resolution: 480p}\n')
    shown, secret = studio.project.parent / "a.png", studio.folder.parent / "secret.png"
    Image.new("RGB", (320, 240), "navy").save(shown)
    Image.new("RGB", (320, 240), "red").save(secret)
    monkeypatch.setenv("VIDEOGEN_ROOT", str(studio.folder))
    assert studio.doit("create", "project=talk").code in (0, 3)
    shown.unlink()
    shown.symlink_to(secret)
    refused = studio.doit("create", "project=talk")
    assert refused.code == 1, refused.err
    assert 'the file "projects/a.png" lies outside the folder that is allowed' in refused.err
