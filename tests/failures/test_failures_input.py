"""Bad input, through the real commands: one clear line with the place, exit code 2, and nothing lost."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest
from clips import write_clip
from studio import PROJECT, Studio

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)


def _clip(said: str, **fields: object) -> tuple[str, str]:
    """The project with a clip in its last scene, and what is said of it."""
    content = ", ".join(f"{key}: {value}" for key, value in fields.items())
    last = "kind: outro\n    content: {main_text: That is all}"
    return PROJECT.replace(last, f"kind: video\n    content: {{{content}}}"), rf"talk\.yaml:\d+:\d+: .*{said}"


PROJECTS = {
    "a missing clip": _clip(r"no file .*gone\.mp4", path="gone.mp4"),
    "a clip that is none": _clip(r"talk\.yaml. cannot be played", path="talk.yaml"),
    "a clip with nothing to hear": _clip("clip\\.mp4. has no sound", path="../clip.mp4", sound="ducked"),
    "a clip of one picture": _clip("single picture", path="../still.mp4"),
    "a clip that ends before it starts": _clip(
        "`end` is 1, .*not after `start`, 1.5", path="../clip.mp4", start=1.5, end=1
    ),
    "a clip of no length": _clip("`end` is 1, .*not after `start`, 1", path="../clip.mp4", start=1, end=1),
    "a clip that starts after its end": _clip("over after 2.00 s, before `start`, 3", path="../clip.mp4", start=3),
    "a clip that is shorter than asked": _clip("over after 2.00 s, before `end`, 3", path="../clip.mp4", end=3),
    "a clip with an unknown sound": _clip("`sound` must be one of", path="../clip.mp4", sound="loud"),
    "an unknown key": ("titel: Hi\n" + PROJECT, r'talk\.yaml:1:1: .*"titel".*"title"'),
    "a wrong type": (PROJECT.replace("min_seconds: 4", "min_seconds: long"), r"talk\.yaml:16:18: .*min_seconds"),
    "an unknown kind": (PROJECT.replace("kind: bullets", "kind: bulets"), r'talk\.yaml:\d+:\d+: .*"bullets"'),
    "a bomb of aliases": (BOMB + PROJECT, r"talk\.yaml.*alias"),
    "two dots in an id": (PROJECT.replace("id: rules", "id: ../rules"), r"talk\.yaml:\d+:\d+: .*id"),
    "the same id twice": (PROJECT.replace("id: closing", "id: rules"), r"talk\.yaml:\d+:\d+: .*rules"),
    "no narration and no length": (
        re.sub("narration: Every.*\n    min_seconds: 4", "kind: quote", PROJECT).replace(
            "kind: quote", "narration: ''"
        ),
        r"talk\.yaml:\d+:\d+: .*(narration|min_seconds)",
    ),
    "a missing picture": (
        PROJECT.replace(
            "kind: outro\n    content: {main_text: That is all}", "kind: image\n    content: {path: no.png}"
        ),
        r"talk\.yaml:\d+:\d+: .*no\.png",
    ),
    "not YAML": ("title: [\n" + PROJECT, r"talk\.yaml:\d+:\d+: "),
    "an empty file": ("", r"talk\.yaml.*empty"),
    "an unknown voice": (PROJECT.replace('"draft:"', "hibarri"), r"talk\.yaml.*hibarri.*hibari"),
    "an unknown theme": ("theme: midnite\n" + PROJECT, r"talk\.yaml.*midnite.*midnight"),
    "more bullets than there may be": (
        PROJECT.replace("items: [Every result is a file,", f"items: [{'a, ' * 24}"),
        r"talk\.yaml:\d+:\d+: .*items",
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_a_bad_project_is_one_line_and_nothing_is_lost(studio: Studio, name: str) -> None:
    text, said = PROJECTS[name]
    write_clip(studio.folder / "clip.mp4")
    write_clip(studio.folder / "still.mp4", count=1)
    before = studio.hashes()
    studio.project.write_text(text)
    for outcome in (studio.doit("create", "project=talk"), studio.video_gen("validate", "talk")):
        assert outcome.code == 2, outcome.err
        assert re.search(f"^error: .*{said}", outcome.err, re.MULTILINE), outcome.err
        told = [line for line in outcome.err.splitlines() if not line.startswith("  ")]
        assert len(told) == 1, told  # the rest says what was read before, or shows the place
    assert studio.hashes() == before
    studio.project.write_text(PROJECT)
    assert studio.doit("create", "project=talk").made <= {"source", "parse", "look", "script", "plan"}
    assert studio.hashes() == before


def _png(width: int, height: int) -> bytes:
    """The smallest file that claims to be a picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def _document(studio: Studio, data: bytes) -> None:
    (studio.folder / "text.md").write_bytes(data)
    (studio.folder / "projects/talk.yaml").write_text(
        'source: ../text.md\nvoice: "draft:"\noutput: {resolution: 480p}\n'
    )


BAD_DOCUMENTS = {
    "empty": (b"", "empty"),
    "only spaces": (b" \n \n", "empty"),
    "binary": (b"# Hi\n\0\1\2", "binary|NUL"),
    "not UTF-8": ("# Café\n\nNaïve text.".encode("latin-1"), "UTF-8"),
    "UTF-16": ("# Hi\n\nSome text here.".encode("utf-16"), "UTF-16"),
    "a missing picture": (b"# Hi\n\nText of the page.\n\n![A picture](gone.png)\n", r"text\.md:5:\d+: .*gone\.png"),
}


@pytest.mark.parametrize("name", BAD_DOCUMENTS)
def test_a_bad_document(studio: Studio, name: str) -> None:
    data, said = BAD_DOCUMENTS[name]
    _document(studio, data)
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 2, outcome.err
    assert re.search(rf"^error: .*text\.md.*(?:{said})|^error: .*{said}", outcome.err, re.MULTILINE), outcome.err


def test_a_document_of_50_megabytes_is_refused_at_once(studio: Studio) -> None:
    _document(studio, b"# Hi\n\n" + b"Some words of text. " * 2_500_000)
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 2
    assert re.search(r"error: .*text\.md.*50\.0 MB; the limit is 20 MB", outcome.err), outcome.err


def test_an_unreadable_document(studio: Studio) -> None:
    _document(studio, b"# Hi\n\nText.\n")
    (studio.folder / "text.md").unlink()
    (studio.folder / "text.md").mkdir()
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 2
    assert re.search(r"error: .*text\.md", outcome.err), outcome.err


def test_a_picture_of_a_hundred_megapixels(studio: Studio) -> None:
    (studio.folder / "huge.png").write_bytes(_png(10_000, 10_000))
    _document(studio, b"# Hi\n\nText of the page.\n\n![A picture](huge.png)\n")
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 2
    assert re.search(r"error: .*huge\.png.*(megapixel|pixels)", outcome.err), outcome.err


GOOD_DOCUMENTS = {
    "carriage returns": b"# Hi\r\n\r\nThis is a text with ends of lines from elsewhere.\r\n\r\n- one\r\n- two\r\n",
    "no heading": b"This is a text without a heading. It still says something worth hearing to the end.\n",
    "a byte order mark": b"\xef\xbb\xbf# Hi\n\nThis text begins with a mark that nobody sees at all.\n",
    "a word of 300 letters": b"# Hi\n\nThe word " + b"x" * 300 + b" is long. It is still shown and said somehow.\n",
    "emoji": "# Hi 🎉\n\nThis text is fun 🚀 and still has words to say about it.\n\n- ✅ done\n- 🔥 hot\n".encode(),
}


@pytest.mark.parametrize("name", GOOD_DOCUMENTS)
def test_an_unusual_document_becomes_a_film(studio: Studio, name: str) -> None:
    _document(studio, GOOD_DOCUMENTS[name])
    outcome = studio.doit("create", "project=talk")
    assert outcome.code in (0, 3), outcome.err
    film = Path(outcome.out.strip().splitlines()[-1])
    assert (studio.folder / film).stat().st_size > 10_000


def test_a_document_of_500_headings_is_planned(studio: Studio) -> None:
    text = "".join(f"## Part {n}\n\nThis is what part {n} says about itself, in so many words.\n\n" for n in range(500))
    _document(studio, f"# All\n\nMany parts follow here.\n\n{text}".encode())
    outcome = studio.video_gen("validate", "talk")
    assert outcome.code == 0, outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["create", "nothing"], 'there is no project "nothing"'),
        (["create", "--from", "gone.md"], 'there is no file "gone.md"'),
        (["create", "talk", "--from", "x.md"], "not both"),
        (["create", "talk", "--theme", "daylight"], "goes with --from"),
        (["creat"], 'did you mean "create"'),
        (["preview", "rulse", "--project", "talk"], 'did you mean "rules"'),
        (["init", "../x"], "cannot name a project"),
        (["init", "talk"], "exists already"),
    ],
)
def test_wrong_usage_is_said_in_a_line(studio: Studio, arguments: list[str], said: str) -> None:
    outcome = studio.video_gen(*arguments)
    assert outcome.code == 2
    assert said in outcome.err


def test_a_voice_that_fails_fails_its_scene_only(studio: Studio) -> None:
    text = studio.project.read_text().replace('"draft:"', "hibari")
    studio.project.write_text(text.replace("Every file knows its inputs.\n", "Every file knows its 入力.\n"))
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 1
    assert re.search(r"^error: audio:talk/en/rules: .*入力", outcome.err, re.MULTILINE), outcome.err
    assert {"audio:talk/en/opening", "audio:talk/en/closing"} <= outcome.made
    studio.edit("入力", "inputs")
    again = studio.doit("create", "project=talk")
    assert again.code in (0, 3)
    assert {name for name in again.made if name.startswith("audio:")} == {"audio:talk/en/rules"}
