"""Films taken out of the build folder: into a folder, or into one ZIP file."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest
from studio import Studio, mounted

NAMES = [
    "talk.en.chapters.txt",
    "talk.en.jpg",
    "talk.en.manifest.json",
    "talk.en.mp4",
    "talk.en.srt",
    "talk.en.transcript.md",
    "talk.en.vtt",
]


def there(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_gets_the_film_and_what_is_published_beside_it(studio: Studio) -> None:
    outcome = studio.video_gen("export", "talk")
    assert (outcome.code, outcome.err) == (0, "")
    assert sorted(outcome.out.split()) == [f"export/talk/{name}" for name in NAMES]
    folder = studio.folder / "export" / "talk"
    assert there(folder) == NAMES
    assert (folder / "talk.en.mp4").read_bytes() == (studio.film / "talk.en.mp4").read_bytes()
    assert (folder / "talk.en.manifest.json").read_bytes() == (studio.film / "manifest.json").read_bytes()
    assert there(studio.folder / "export") == ["talk"]
    (folder / "talk.en.mp4").write_bytes(b"old")
    (folder / "index.html").write_text("mine")
    assert studio.video_gen("export", "talk").code == 0
    assert there(folder) == sorted([*NAMES, "index.html"])
    assert (folder / "talk.en.mp4").read_bytes() == (studio.film / "talk.en.mp4").read_bytes()


def test_a_zip_is_the_same_whenever_it_is_written(studio: Studio) -> None:
    assert studio.video_gen("export", "talk", "--zip").out == "export/talk.zip\n"
    assert studio.video_gen("export", "talk", "--to", "films/again.zip").out == "films/again.zip\n"
    first, again = (studio.folder / path for path in ("export/talk.zip", "films/again.zip"))
    assert first.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == NAMES
        assert archive.read("talk.en.mp4") == (studio.film / "talk.en.mp4").read_bytes()


def test_doit_exports_the_same(studio: Studio) -> None:
    outcome = studio.doit("export", "--zip", "project=talk")
    assert (outcome.code, outcome.out) == (0, "export/talk.zip\n"), outcome.err
    by_doit = (studio.folder / "export/talk.zip").read_bytes()
    assert studio.video_gen("export", "talk", "--zip").code == 0
    assert (studio.folder / "export/talk.zip").read_bytes() == by_doit
    refused = studio.doit("export", "--languages", "es", "project=talk")
    assert (refused.code, refused.out) == (2, "")
    assert 'there is no film in "es" of projects/talk.yaml; there are: en' in refused.err


def test_captions_that_are_not_wanted_stay_behind(studio: Studio) -> None:
    studio.edit("output: {resolution: 480p}", "output: {resolution: 480p}\ncaptions: {srt: false}")
    stale = studio.video_gen("export", "talk", "--to", "before")
    assert stale.code == 0
    assert "talk may not be up to date, which `status` tells" in stale.err
    assert studio.video_gen("create", "talk").code == 0
    assert (studio.film / "talk.en.srt").exists()  # until it is pruned
    assert studio.video_gen("export", "talk", "--to", "after").code == 0
    assert set(NAMES) - set(there(studio.folder / "after")) == {"talk.en.srt"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["talk", "--languages", "en,es"], 'there is no film in "es" of projects/talk.yaml; there are: en'),
        (["talk", "--to", "doit.cfg"], '"doit.cfg" is a file; name a folder, or add --zip'),
        (["talk", "--zip", "--to", "projects"], '"projects" is a folder; name the ZIP file itself'),
        (["talk", "--draft"], 'there is no film "talk" in build/talk.draft; `video-gen create talk --draft` makes it'),
        (["--from", "none.md"], 'there is no file "none.md"'),
        (["talk", "--to", "doit.cfg/films"], "cannot write: "),
    ],
)
def test_what_cannot_be_exported_is_said_and_nothing_is_written(
    built_studio: Studio, arguments: list[str], said: str
) -> None:
    before = sorted(built_studio.folder.iterdir())
    outcome = built_studio.video_gen("export", *arguments)
    assert (outcome.code, outcome.out) in ((2, ""), (1, ""))
    assert said in outcome.err
    assert outcome.err.count("\n") == 1
    assert sorted(built_studio.folder.iterdir()) == before


def test_a_full_disk_leaves_nothing_half_written(studio: Studio) -> None:
    (studio.folder / "small").mkdir()
    script = """mount -t tmpfs -o size=64k tmpfs small
    { "$@" || echo "code $?"; } 2>&1
    ls -A small"""
    done = mounted(studio, script, sys.executable, "-m", "videogen", "export", "talk", "--to", "small/films")
    assert "the disk is full" in done.stdout
    assert done.stdout.splitlines()[-1] == "code 1"


def test_its_help_says_what_is_exported(studio: Studio) -> None:
    told = " ".join(studio.video_gen("export", "--help").out.split())
    assert "the other formats that its project asks for (`also`)" in told
    assert "not made" not in told
