"""A folder that is allowed (`VIDEOGEN_ROOT`): no file outside it is read, whatever names it and however."""

from __future__ import annotations

from pathlib import Path

import pytest
from failures.reaching import KINDS, NOT_FOLLOWED, WAYS, checked, furnish
from PIL import Image
from studio import Studio

from videogen.model.errors import ValidationError


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two folders with the same files, of which one is allowed, and links that lead from it into the other."""
    monkeypatch.chdir(tmp_path)
    furnish(Path("inside/projects"), Path("outside"))
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_that_is_named_has_to_lie_in_the_folder(
    house: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    _, file = KINDS[kind]
    monkeypatch.setenv("VIDEOGEN_ROOT", "inside")
    checked(kind, f"./{file}")
    for way, named in WAYS.items():
        if (kind, way) in NOT_FOLLOWED:
            checked(kind, named(file))
            continue
        with pytest.raises(ValidationError, match=r"lies outside the folder") as refused:
            checked(kind, named(file))
        line = refused.value.line()
        assert "\n" not in line, way
        assert line.startswith("inside/projects/"), line
    if not kind.startswith("picture in a "):  # which never leaves the document's folder
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
