"""A document that is split into films: what an edit of one part makes again, and what is left of names with numbers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from studio import Studio, new_studio

SAID = "When you {} it, every result is a file. Every file knows its inputs. The tool reads a folder and writes pages. "
PARTS = ("Install", "Usage", "Care")


def document(*parts: str) -> str:
    return "# Kettle\n\nA kettle boils.\n\n" + "\n".join(f"## {part}\n\n{SAID.format(part) * 3}\n" for part in parts)


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    project = 'source: ../a.md\nsplit: heading\nvoice: "draft:"\noutput: {resolution: 480p}\n'
    studio = new_studio(tmp_path_factory.mktemp("split") / "studio", project)
    (studio.folder / "a.md").write_text(document(*PARTS))
    outcome = studio.video_gen("create", "talk")
    assert outcome.code == 0, outcome.err
    return studio


@pytest.fixture
def studio(films: Studio, tmp_path: Path) -> Studio:
    """The films of the document, made, free to be changed."""
    shutil.copytree(films.folder, tmp_path / "studio", symlinks=True)
    return Studio(tmp_path / "studio")


def made(studio: Studio) -> set[str]:
    outcome = studio.video_gen("create", "talk")
    assert outcome.code == 0, outcome.err
    return {name for name in outcome.ran if "/" in name}


def test_an_edit_of_one_part_makes_nothing_of_the_others(studio: Studio) -> None:
    path = studio.folder / "a.md"
    path.write_text(path.read_text().replace("When you Usage it", "If you Usage it", 1))
    own = {name for name in made(studio) if not name.startswith("manifest:")}
    assert own >= {"video:talk-usage/en", "check:talk-usage/en"}
    assert all(name.partition(":")[2].startswith("talk-usage/en") for name in own), own
    # also one that moves what is behind it
    path.write_text(path.read_text().replace("## Install\n", "## Install\n\nYou need a file and a folder.\n"))
    own = {name for name in made(studio) if not name.startswith("manifest:")}
    assert own >= {"video:talk-install/en"}
    assert all(name.partition(":")[2].startswith("talk-install/en") for name in own), own
    # whose places the manifests tell
    manifest = json.loads((studio.folder / "build/talk/talk-care/en/manifest.json").read_bytes())
    line = path.read_text().split("\n").index("## Care") + 3
    assert {scene["source"]["first"] for scene in manifest["scenes"] if scene["source"]} == {line}
    assert made(studio) == set()


def test_a_number_that_is_another_leaves_nothing_behind_that_prune_does_not_find(studio: Studio) -> None:
    folder = studio.folder / "build/talk/talk-usage/en"
    (folder / "talk-usage.en.notes.txt").write_text("mine")
    assert (folder / "talk-2-usage.en.mp4").exists()
    (studio.folder / "a.md").write_text(document("First", *PARTS))
    assert made(studio)
    assert {path.name for path in folder.glob("*.mp4")} == {"talk-2-usage.en.mp4", "talk-3-usage.en.mp4"}
    told = studio.video_gen("prune", "talk").out
    assert "removed build/talk/talk-usage/en/talk-2-usage.en.mp4\n" in told
    assert {path.name for path in folder.glob("talk-*")} == {
        *(f"talk-3-usage.en.{end}" for end in ("mp4", "srt", "vtt", "chapters.txt", "transcript.md", "jpg")),
        "talk-usage.en.notes.txt",
    }
    assert made(studio) == set()
    # a part that is gone leaves nothing at all
    (studio.folder / "a.md").write_text(document("First", "Install", "Care"))
    assert made(studio)
    assert "removed build/talk/talk-usage/en\n" in studio.video_gen("prune", "talk").out
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["talk-usage.en.notes.txt"]


def test_captions_that_are_not_wanted_any_more_are_pruned(studio: Studio) -> None:
    studio.project.write_text(studio.project.read_text() + "captions: {srt: false}\n")
    assert made(studio)
    told = studio.video_gen("prune", "talk").out.split("\n")
    assert [line for line in told if line] == [
        f"removed build/talk/talk-{part}/en/talk-{number}-{part}.en.srt"
        for number, part in sorted(enumerate(["overview", "install", "usage", "care"]), key=lambda each: each[1])
    ]
