"""Files that a person names: any will do, and what is wrong is said of that file, with nothing left behind."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from studio import PROJECT, Studio

from videogen.cli.options import document_options
from videogen.model.asked import OF_A_DOCUMENT
from videogen.model.task import InputConfig
from videogen.web.create import Asked

NOTES = "# Kiln\n\nKiln bakes small sites. It reads a folder of pages, and it writes a site.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Studio:
    return Studio(tmp_path)


def left(studio: Studio) -> set[str]:
    return {str(path.relative_to(studio.folder)) for path in studio.folder.rglob("*") if "store" not in path.parts}


@pytest.mark.parametrize("source", [[], ["--from", "notes.md"]], ids=["scenes", "document"])
def test_what_init_writes_and_shows_can_be_run_as_it_stands(folder: Studio, source: list[str]) -> None:
    (folder.folder / "notes.md").write_text(NOTES)
    assert folder.video_gen("init", "talk", *source).code == 0
    text = folder.project.read_text().replace("voice: auto", 'voice: "draft:"').replace("1080p ", "480p ")
    folder.project.write_text(text)
    commands = re.findall(r"`((?:video-gen|doit) [^`]*)`|^ +\$ (.+)$", text, re.MULTILINE)
    told = {first or second for first, second in commands if "voices" not in first}
    assert {"video-gen create talk", "video-gen validate"} <= told
    for command in sorted(told):
        program, *arguments = shlex.split(command)
        outcome = folder.video_gen(*arguments) if program == "video-gen" else folder.doit(*arguments)
        assert outcome.code == 0, (command, outcome.err)


@pytest.mark.parametrize("name", ["mein projekt.yaml", "日本.YML", 'a "b" c.md', "Ünï'côde.markdown", "UPPER.MD"])
def test_any_name_will_do(folder: Studio, name: str) -> None:
    is_project = name.lower().endswith(("yaml", "yml"))
    (folder.folder / name).write_text(PROJECT if is_project else NOTES)
    assert folder.video_gen("validate", "--from", name).code == 0
    options = [] if is_project else ["--voice", "draft:"]
    outcome = folder.video_gen("create", "-q", "--from", name, *options)
    assert outcome.code == 0, outcome.err
    assert (folder.folder / outcome.out.rstrip("\n")).stat().st_size > 10_000


WRONG = {
    "no address": (["http://u:s3cret@[x/t.md?a"], '"http://" begins no address that can be read; copy it'),
    "an empty document": (["empty.md"], "empty.md: the document is empty"),
    "another kind of document": (["page.rst"], "page.rst: no input reads rst"),
    "a broken document": (["latin.md"], "latin.md:1: the document is not UTF-8"),
    "an unknown theme": (["notes.md", "--theme", "midnite"], 'theme: unknown theme "midnite"; did you mean'),
    "an unknown voice": (["notes.md", "--voice", "hibarri"], 'voice: unknown voice "hibarri"; did you mean'),
    "a bad title": (["notes.md", "--title", "x" * 500], "title: `title` has 500 characters"),
    "a bad project": (["bad file.yaml"], 'bad file.yaml:1:1: unknown key "titel"'),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_of_what_a_person_wrote_and_leaves_nothing(folder: Studio, name: str) -> None:
    (arguments, said), at = WRONG[name], folder.folder
    (at / "empty.md").write_text(" \n")
    (at / "notes.md").write_text(NOTES)
    (at / "page.rst").write_text("Hi\n==\n")
    (at / "latin.md").write_bytes("# Café\n\nText.".encode("latin-1"))
    (at / "bad file.yaml").write_text("titel: Hi\n" + PROJECT)
    before = left(folder)
    for command in (["create"], ["create", "--output", "deep/er"], *([["validate"]] if len(arguments) == 1 else [])):
        outcome = folder.video_gen(*command, "--from", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"error: {said}"), outcome.err
        assert left(folder) == before


def test_a_document_that_went_wrong_later_is_named_too(folder: Studio) -> None:
    (folder.folder / "notes.md").write_text(NOTES)
    first = folder.video_gen("create", "-q", "--from", "notes.md", "--voice", "draft:")
    (folder.folder / "notes.md").write_text("")
    outcome = folder.video_gen("create", "--from", "notes.md", "--voice", "draft:")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "error: notes.md: the document is empty; write something in it\n"
    assert (folder.folder / first.out.rstrip("\n")).exists()


def test_a_theme_file_counts_from_the_working_folder(folder: Studio) -> None:
    (folder.folder / "notes.md").write_text(NOTES)
    themes = Path(__file__).parents[2] / "templates" / "themes"
    (folder.folder / "mine.yaml").write_text(
        (themes / "daylight.yaml").read_text().replace("name: daylight", "name: mine")
    )
    outcome = folder.video_gen("create", "-q", "--from", "notes.md", "--voice", "draft:", "--theme", "mine.yaml")
    assert outcome.code == 0, outcome.err
    assert '"mine"' in (folder.folder / "build/notes/notes/en/look.json").read_text()


UNSAYABLE = {
    "nothing that can be said": ("'*** --- !!!'", 'nothing in "*** --- !!!" can be said; write words, or leave'),
    "another script": ("Say これ now.", 'hibari reads English only and cannot say "これ"'),
}


@pytest.mark.parametrize("name", UNSAYABLE)
def test_a_narration_that_cannot_be_said_is_said_by_validate_and_create(folder: Studio, name: str) -> None:
    narration, said = UNSAYABLE[name]
    folder.project.parent.mkdir()
    folder.project.write_text(
        PROJECT.replace('"draft:"', "hibari").replace("Every result is a file. Every file knows its inputs.", narration)
    )
    checked, made = folder.video_gen("validate"), folder.video_gen("create")
    assert checked.code == 2
    assert checked.err.startswith(f'error: projects/talk.yaml:15:16: scene "rules": {said}')
    assert made.code == 1
    assert f"error: audio:talk/en/rules: {said}" in made.err


UNASSIGNED = "\u0378\u0379"
"""Characters that are in no version of Unicode, and so in no font of an extra or of the system."""


def test_what_no_typeface_can_show_is_said_by_validate(folder: Studio) -> None:
    folder.project.parent.mkdir()
    folder.project.write_text(
        PROJECT.replace("[Every result is a file, Every file knows its inputs]", f"[{UNASSIGNED}]")
    )
    outcome = folder.video_gen("validate")
    assert outcome.code == 2
    said = r"""error: projects/talk.yaml:13:7: scene "rules": no font has '.*', '.*; .* write it"""
    assert re.match(said, outcome.err), outcome.err


def test_a_document_in_a_language_that_nothing_here_has(folder: Studio) -> None:
    (folder.folder / "ja.md").write_text("# こんにちは\n\nこれは日本語の文書です。とても短いです。\n")
    outcome = folder.video_gen("validate", "--from", "ja.md")
    assert outcome.code == 2
    assert re.match(r'error: ja\.md:\d+: scene "[a-z-]+": ', outcome.err), outcome.err


def test_a_project_of_a_documents_name_is_its_own_also_after_a_build_that_failed(folder: Studio) -> None:
    (folder.folder / "notes.md").write_text(NOTES)
    (folder.folder / "projects").mkdir()
    (folder.folder / "projects" / "notes.yaml").write_text('source: ../notes.md\nvoice: "draft:"\n')
    assert folder.video_gen("create", "notes").code == 0
    failed = folder.video_gen("create", "--from", "notes.md", "--languages", "en,es", "--voice", "draft:")
    assert failed.code == 2
    again = folder.video_gen("create", "notes")
    assert again.code == 0, again.err
    assert "made     source" in again.err


OF_WHAT_WAS_MADE = (["status"], ["export"], ["prune"], ["check"], ["explain"], ["graph"], ["preview", "title"])


def test_what_was_made_of_another_document_of_the_same_name_is_not_taken_for_it(folder: Studio) -> None:
    for name in ("a", "b"):
        (folder.folder / name).mkdir()
        (folder.folder / name / "notes.md").write_text(NOTES)
    made = folder.video_gen("create", "-q", "--from", "a/notes.md", "--draft")
    assert made.code == 0, made.err
    before = left(folder)
    for command in OF_WHAT_WAS_MADE:
        refused = folder.video_gen(*command, "--from", "b/notes.md", "--draft")
        assert (refused.code, refused.out) == (2, ""), command
        assert refused.err.startswith('error: build/notes is the place of "../../a/notes.md"; choose another --output')
    (folder.folder / "b" / "notes.md").unlink()
    gone = folder.video_gen("export", "--from", "b/notes.md", "--draft")
    assert (gone.code, gone.err) == (2, 'error: there is no file "b/notes.md"; check the path\n')
    assert left(folder) == before - {"b/notes.md"}
    assert folder.video_gen("status", "--from", "a/notes.md", "--draft").code == 0


def test_what_is_said_of_a_document_is_the_same_on_every_face() -> None:
    command = click.command()(document_options(lambda **_: None))
    assert [each.name for each in command.params if each.name != "source"] == [*OF_A_DOCUMENT]
    assert {*OF_A_DOCUMENT} <= InputConfig.model_fields.keys() & Asked.model_fields.keys()
