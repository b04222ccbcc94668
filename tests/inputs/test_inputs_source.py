from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from videogen.inputs.parse import parse
from videogen.inputs.source import project_id, read_source
from videogen.inputs.text import read_text
from videogen.model import limits
from videogen.model.errors import ValidationError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "projects").mkdir()
    (tmp_path / "projects" / "talk.yaml").write_text("source: ../docs/a.md\nlexicon: {doit: do it}\n")
    (tmp_path / "docs").mkdir()
    return tmp_path


def document(root: Path, data: bytes) -> Path:
    path = root / "docs" / "a.md"
    path.write_bytes(data)
    return path


def refusal(root: Path) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        read_source(root / "projects" / "talk.yaml", root)
    assert caught.value.hint
    assert "\n" not in caught.value.line()
    assert str(root) not in str(caught.value)
    return caught.value


def test_a_project_is_normalised(root: Path) -> None:
    document(root, b"\xef\xbb\xbf# Hi\r\n\r\nThere.\r\n")
    found = read_source(root / "projects" / "talk.yaml", root).config
    video = found.videos[0]
    assert (found.set_id, video.id) == ("talk", "talk")
    assert found.inputs == ["docs/a.md", "projects/talk.yaml"]
    assert video.document is not None
    assert (video.document.path, video.document.text) == ("docs/a.md", "# Hi\n\nThere.\n")
    assert video.lexicon == {"doit": "do it"}
    assert found.to_json() == read_source(root / "projects" / "talk.yaml", root).config.to_json()


def test_a_document_outside_the_working_folder_is_recorded_without_its_absolute_path(root: Path) -> None:
    document(root, b"# Hi\n")
    found = read_source(root / "projects" / "talk.yaml", root / "projects").config
    assert found.inputs == ["../docs/a.md", "talk.yaml"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "is empty"),
        (b"# Hi\x00", "NUL byte at offset 4"),
        (b"\xff\xfe#\x00 \x00", "UTF-16"),
        (b"\xfe\xff\x00#", "UTF-16"),
        (
            b"one\ncaf\xe9\n",
            "docs/a.md:2: the document is not UTF-8: byte 0xe9 at offset 7; convert it, for example: iconv",
        ),
        (b"\xef\xbb\xbfcaf\xe9\n", "byte 0xe9 at offset 6"),
    ],
)
def test_a_document_that_is_not_text_is_refused(root: Path, data: bytes, words: str) -> None:
    document(root, data)
    assert words in refusal(root).line()


def test_a_missing_document_is_named_where_it_is_asked_for(root: Path) -> None:
    error = refusal(root)
    assert error.line().startswith('projects/talk.yaml:1:9: the document "docs/a.md" does not exist')


def test_a_folder_a_pipe_and_a_loop_are_no_documents(root: Path) -> None:
    path = root / "docs" / "a.md"
    path.mkdir()
    assert "is a folder" in refusal(root).message
    path.rmdir()
    os.mkfifo(path)
    assert "not a regular file" in refusal(root).message
    path.unlink()
    path.symlink_to(path)
    assert "cannot be read" in refusal(root).message


def test_a_large_document_is_refused_without_reading_it(root: Path) -> None:
    with open(root / "docs" / "a.md", "wb") as file:
        file.truncate(50_000_000)
    begin = time.process_time()
    assert "50.0 MB; the limit is 20 MB" in refusal(root).message
    assert time.process_time() - begin < 0.1


@pytest.fixture
def unreadable() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    path = folder / "a.md"
    path.write_text("# Hi\n")
    path.chmod(0)
    yield path
    shutil.rmtree(folder)


def test_a_document_without_permission_is_refused(unreadable: Path) -> None:
    # permissions do not hold for root, who becomes nobody for a moment
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        with pytest.raises(ValidationError, match="may not be read"):
            read_text(unreadable, what="document", shown="a.md", limit=10)
    finally:
        os.seteuid(user)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("ftp://example.org/a.md", "ftp: is not fetched; give an http or https address"),
        ("a.rst", "no input reads rst; pandoc"),
        ("a.odt", "no input reads odt; save it as .docx"),
        ('"a\\0b.md"', "cannot be read"),
        ('""', "is a folder"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_what_cannot_be_a_document(root: Path, source: str, words: str) -> None:
    (root / "projects" / "talk.yaml").write_text(f"source: {source}\n")
    for name in ("a.rst", "a.odt"):
        (root / "projects" / name).write_text("Some text.")
    assert words in refusal(root).line()


def test_a_missing_project_is_named(root: Path) -> None:
    with pytest.raises(ValidationError, match=r"projects/none.yaml: the project .* does not exist"):
        read_source(root / "projects" / "none.yaml", root)


def test_names_without_ascii_letters_do_not_collide() -> None:
    assert project_id(Path("Über uns.yaml")) == "uber-uns"
    assert project_id(Path("日本.yaml")) != project_id(Path("中国.yaml"))


SCENES = """\
scenes:
  - {kind: title, content: {title: Hello}, narration: a}
  - {kind: image, content: {path: ../docs/p.png}, narration: b}
  - {kind: section, content: {title: Hello}, narration: c}
  - {kind: section, content: {title: Hello}, narration: d, id: hello-2}
"""


def pictured(root: Path, size: tuple[int, int] = (64, 64)) -> Path:
    (root / "projects" / "talk.yaml").write_text(SCENES)
    Image.new("1", size).save(root / "docs" / "p.png")
    return root / "docs" / "p.png"


def test_scenes_by_hand_get_stable_ids_and_pictures_their_path(root: Path) -> None:
    pictured(root)
    found = read_source(root / "projects" / "talk.yaml", root).config
    scenes = found.videos[0].scenes
    assert scenes is not None
    assert [scene.id for scene in scenes] == ["hello", "image", "hello-3", "hello-2"]
    assert scenes[1].content.model_dump()["path"] == "docs/p.png"
    assert found.inputs == ["docs/p.png", "projects/talk.yaml"]
    parsed = parse(found.videos[0], root)
    assert (parsed.title, parsed.scenes, parsed.sections) == ("Hello", scenes, [])


def test_pictures_that_cannot_be_used(root: Path) -> None:
    path = pictured(root)
    path.write_bytes(b"not a picture")
    assert refusal(root).line().startswith('projects/talk.yaml:3:35: the picture "docs/p.png" cannot be read')
    path.unlink()
    assert "does not exist" in refusal(root).message
    path.mkdir()
    assert "is not a file" in refusal(root).message


@pytest.mark.parametrize("size", [(10_000, 10_000), (20_000, 20_000)])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(root: Path, size: tuple[int, int]) -> None:
    assert size[0] * size[1] > limits.MAX_IMAGE_PIXELS
    pictured(root, size)
    assert "at most 50 million are allowed" in refusal(root).message


def test_a_theme_file_is_found_beside_the_project(root: Path) -> None:
    document(root, b"# Hi\n")
    (root / "projects" / "talk.yaml").write_text("source: ../docs/a.md\ntheme: ./mine.yaml\n")
    assert "theme" in refusal(root).message
    (root / "projects" / "mine.yaml").write_text("")
    assert read_source(root / "projects" / "talk.yaml", root).config.videos[0].theme == "projects/mine.yaml"
