"""A script that a person reviews: what they change stays, what the source changes comes in."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from studio import Outcome, Studio

NOTES = """\
# Kiln

Kiln bakes small sites. It reads a folder and writes pages.

## Use it

- Write a page in Markdown
- Run the tool in its folder

## Know it

Every page is a file. Every file knows its inputs.
"""
PROJECT = 'source: ../notes.md\nvoice: "draft:"\noutput: {resolution: 480p}\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A project with a document, its film made, and its script written to be reviewed."""
    studio = Studio(tmp_path_factory.mktemp("reviewed"))
    studio.project.parent.mkdir()
    studio.project.write_text(PROJECT)
    (studio.folder / "notes.md").write_text(NOTES)
    (studio.folder / "doit.cfg").write_text("[GLOBAL]\nloader = videogen\n")
    assert studio.video_gen("create", "talk").code == 0
    told = studio.video_gen("create", "talk", "--review")
    assert (told.code, told.out) == (0, "projects/talk.review/talk.en.md\n"), told.err
    return studio


@pytest.fixture
def studio(made: Studio, tmp_path: Path) -> Studio:
    subprocess.run(["cp", "-a", made.folder, tmp_path / "studio"], check=True)
    return Studio(tmp_path / "studio")


def review(studio: Studio) -> Path:
    return studio.folder / "projects/talk.review/talk.en.md"


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert text.count(before) == 1, text
    path.write_text(text.replace(before, after))


def scenes(studio: Studio) -> dict[str, dict]:
    script = json.loads((studio.film / "script.json").read_bytes())
    return {scene["id"]: scene for scene in script["scenes"]}


def create(studio: Studio) -> Outcome:
    return studio.video_gen("create", "talk")


def test_a_review_that_nobody_edits_makes_no_scene(studio: Studio) -> None:
    again = create(studio)
    assert again.code == 0
    # the manifest names what the film is made from, and the review is now among it
    made = {name.partition(":")[0] for name in again.ran}
    assert made <= {"source", "parse", "look", "script", "plan", "manifest"}, made
    assert create(studio).ran == set()


def test_an_edit_remakes_only_the_scene_that_it_touches(studio: Studio) -> None:
    before = scenes(studio)["use-it"]["narration"]
    change(review(studio), "\nEvery file knows its inputs.\n", "\nAnd every file knows its inputs, Ana.\n")
    made = create(studio)
    assert made.code == 0, made.err
    assert {name for name in made.ran if name.startswith(("audio", "frames"))} == {"audio:talk/en/know-it"}
    assert scenes(studio)["know-it"]["narration"].endswith("And every file knows its inputs, Ana.")
    assert scenes(studio)["use-it"]["narration"] == before


def test_edits_survive_a_change_of_the_source(studio: Studio) -> None:
    change(review(studio), "Every page is a file.\n", "Each and every page is a file.\n")
    change(
        studio.folder / "notes.md", "- Run the tool in its folder", "- Run the tool in its folder\n- Look at the pages"
    )
    made = create(studio)
    assert made.code == 0, made.err
    assert scenes(studio)["know-it"]["narration"].startswith("Each and every page is a file.")
    assert "Look at the pages" in json.dumps(scenes(studio)["use-it"]["content"])


def test_scenes_are_moved_removed_and_added(studio: Studio) -> None:
    parts = re.split(r"(?m)^(?=## )", review(studio).read_text())
    by_id = {re.search(r"\{#(.*)\}", part)[1]: part for part in parts[1:]}  # type: ignore[index]
    added = "## In one line\n\n```yaml\nkind: quote\ncontent: {text: Bake it}\n```\n\nBake it, they say.\n\n"
    order = [by_id["title"], by_id["know-it"], added, by_id["outro"]]
    review(studio).write_text(parts[0] + "".join(order))
    assert create(studio).code == 0
    assert list(scenes(studio)) == ["title", "know-it", "in-one-line", "outro"]
    # removed is removed, also when the source changes it
    change(studio.folder / "notes.md", "Write a page in Markdown", "Write many pages in Markdown")
    assert create(studio).code == 0
    assert list(scenes(studio)) == ["title", "know-it", "in-one-line", "outro"]


def test_a_conflict_names_its_place_and_stands_in_the_file(studio: Studio) -> None:
    change(review(studio), "Every page is a file.\n", "Each and every page is a file.\n")
    change(studio.folder / "notes.md", "Every page is a file.", "All that is a page is a file.")
    stopped = create(studio)
    line = next(at for at, text in enumerate(review(studio).read_text().split("\n"), 1) if "Each and every" in text)
    assert stopped.code == 2
    assert f'projects/talk.review/talk.en.md:{line}: scene "know-it": `narration` was changed here, and in the' in (
        stopped.err
    )
    assert "create --review" in stopped.err
    told = studio.video_gen("create", "talk", "--review")
    text = review(studio).read_text()
    assert (told.code, told.out) == (2, "projects/talk.review/talk.en.md\n")
    assert "a conflict is not resolved" in told.err
    both = text[text.index("<<<<<<<") : text.index(">>>>>>>")]
    assert "Each and every page is a file." in both
    assert "All that is a page is a file." in both
    assert create(studio).code == 2
    # again: what stands there is not touched
    assert studio.video_gen("create", "talk", "--review").code == 2
    assert review(studio).read_text() == text
    review(studio).write_text(re.sub(r"(?s)<<<<<<< yours\n(.*?)=======\n.*?>>>>>>> [^\n]*\n", r"\1", text))
    assert create(studio).code == 0
    assert scenes(studio)["know-it"]["narration"].startswith("Each and every page")


def test_a_review_again_takes_what_the_source_changed_and_keeps_the_rest(studio: Studio) -> None:
    change(review(studio), "Every page is a file.\n", "Each and every page is a file.\n\n<!-- better? -->\n")
    change(studio.folder / "notes.md", "Write a page in Markdown", "Write many pages in Markdown")
    assert studio.video_gen("create", "talk", "--review").code == 0
    text = review(studio).read_text()
    assert "Each and every page is a file." in text
    assert "<!-- better? -->" in text
    assert "Write many pages in Markdown" in text
    assert "Write many pages in Markdown" in (studio.folder / "projects/talk.review/base/talk.en.md").read_text()


def test_without_its_review_the_script_is_the_source_s(studio: Studio) -> None:
    change(review(studio), "Every page is a file.\n", "Each and every page is a file.\n")
    assert create(studio).code == 0
    assert "Each" in scenes(studio)["know-it"]["narration"]
    review(studio).unlink()
    assert create(studio).code == 0
    assert "Each" not in scenes(studio)["know-it"]["narration"]


def test_a_review_that_comes_is_seen_by_a_build_that_had_nothing_to_do(studio: Studio) -> None:
    away = studio.folder / "away"
    os.rename(review(studio).parent, away)
    assert create(studio).code == 0
    assert create(studio).ran == set()
    os.rename(away, review(studio).parent)
    change(review(studio), "Every page is a file.\n", "Each and every page is a file.\n")
    assert create(studio).ran >= {"audio:talk/en/know-it"}


def test_a_damaged_review_is_left_as_it_is(studio: Studio) -> None:
    change(review(studio), "kind: outro", "kind: outo")
    before = review(studio).read_text()
    for options in ([], ["--review"]):
        stopped = studio.video_gen("create", "talk", *options)
        assert stopped.code == 2
        assert 'unknown scene kind "outo"; did you mean "outro"?' in stopped.err
        assert stopped.err.count("error: ") == 1
    assert review(studio).read_text() == before


def test_the_review_of_a_document_is_beside_it(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    (tmp_path / "notes.md").write_text(NOTES)
    told = studio.video_gen("create", "--from", "notes.md", "--voice", "draft:", "--review")
    assert (told.code, told.out) == (0, "notes.review/notes.en.md\n"), told.err
    assert "video-gen create --from notes.md" in (tmp_path / "notes.review/notes.en.md").read_text()
    assert not list(tmp_path.rglob("*.mp3"))
    change(tmp_path / "notes.review/notes.en.md", "kind: title", "kind: titel")
    assert studio.video_gen("create", "--from", "notes.md", "--voice", "draft:").code == 2


def test_validate_shows_the_script_as_it_was_reviewed(studio: Studio) -> None:
    change(review(studio), "Every page is a file.\n", "Each and every page is a file.\n")
    assert "Each and every page" in studio.video_gen("validate", "talk", "--json").out


def test_a_terminal_opens_it_in_the_editor(studio: Studio) -> None:
    editor = studio.folder / "editor.py"
    editor.write_text(
        "import sys, pathlib as p\nf = p.Path(sys.argv[1])\nf.write_text(f.read_text().replace('Kiln', 'Oven'))\n"
    )
    ours, theirs = pty.openpty()
    environment = {**studio.environment(), "VISUAL": f"{sys.executable} {editor}"}
    command = [sys.executable, "-m", "videogen", "create", "talk", "--review"]
    done = subprocess.run(
        command, cwd=studio.folder, env=environment, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, check=False
    )
    os.close(theirs)
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Oven bakes small sites" in review(studio).read_text()
