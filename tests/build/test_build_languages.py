"""One source, a film in each language: translations of a person's, and what becomes stale."""

from __future__ import annotations

import json
from pathlib import Path

import polib
import pytest
import yaml
from studio import PROJECT, SPANISH, Studio, new_studio


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return new_studio(tmp_path / "studio", PROJECT.replace('voice: "draft:"', 'voice: "draft:"\nlanguages: [en, es]'))


def spanish(studio: Studio) -> Path:
    return studio.project.parent / "translations" / "es.yaml"


def fill(path: Path) -> None:
    """Translate what is empty."""
    told = yaml.safe_load(path.read_text())
    for scene in told["talk"].values():
        for entry in scene:
            entry["es"] = entry["es"] or SPANISH[entry["en"]]
    path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False))


def test_from_what_is_to_be_translated_to_a_film_in_each_language(studio: Studio) -> None:
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 2
    assert 'nobody has translated `title` ("A small film") into "es"' in outcome.err
    assert "write it into projects/translations/es.yaml" in outcome.err

    written = studio.video_gen("translate", "talk")
    assert (written.code, written.out) == (0, "projects/translations/es.yaml\n"), written.err
    assert "10 to translate" in written.err
    fill(spanish(studio))
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 0, outcome.err
    folder = studio.folder / "build/talk/talk"
    assert (folder / "en/talk.en.mp4").exists()
    assert (folder / "es/talk.es.mp4").exists()
    script = json.loads((folder / "es/script.json").read_text())
    assert script["language"] == "es"
    assert script["title"] == "Una película breve"
    rules = script["scenes"][1]
    assert rules["content"]["items"] == ["Cada resultado es un archivo", "Cada archivo conoce sus entradas"]
    assert rules["cues"] == {"item:0": 0, "item:1": 5}
    assert "Cada archivo conoce sus entradas" in (folder / "es/talk.es.srt").read_text().replace("\n", " ")
    assert studio.doit("create", "project=talk").ran == set()
    assert "all is translated" in studio.video_gen("translate", "talk").err


def test_one_changed_text_is_stale_and_remakes_only_its_scene(studio: Studio) -> None:
    studio.video_gen("translate", "talk")
    fill(spanish(studio))
    studio.doit("create", "project=talk")
    studio.edit("That is all there is to it.", "That is all there is to say.")
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 0, outcome.err
    assert "projects/translations/es.yaml: talk: closing: `narration` is stale" in outcome.err + outcome.out
    assert "audio:talk/en/closing" in outcome.ran
    assert not {name for name in outcome.ran if "/es/" in name and "closing" not in name}
    assert "audio:talk/es/closing" not in outcome.ran  # what is stale is still said
    stale = studio.video_gen("translate", "talk")
    assert "all is translated" in stale.err
    assert spanish(studio).read_text().count("# stale") == 1
    lines = [line for line in spanish(studio).read_text().splitlines() if "# stale" not in line]
    spanish(studio).write_text("\n".join(lines))
    outcome = studio.doit("create", "project=talk")
    assert "is stale" not in outcome.err + outcome.out
    # a translation of another scene remakes that scene, in that language only
    spanish(studio).write_text(spanish(studio).read_text().replace("Bastan tres escenas", "Tres escenas bastan"))
    ran = studio.doit("create", "project=talk").ran
    assert "frames:talk/es/opening" in ran
    drawn = ran - {"source", "script", "translate:talk/es/opening", "plan"}
    assert drawn <= {
        *(f"{stage}:talk/es/opening" for stage in ("frames", "segment", "transition")),
        *("transition:talk/es/rules", "video:talk/es", "manifest:talk/es", "check:talk/es"),
    }


def test_nothing_that_a_person_wrote_is_lost(studio: Studio) -> None:
    studio.video_gen("translate", "talk")
    fill(spanish(studio))
    before = yaml.safe_load(spanish(studio).read_text())
    studio.edit("items: [Every result is a file, Every file knows its inputs]", "items: [Every result is a file]")
    studio.edit("That is all there is to it.", "That is all there is to say.")
    outcome = studio.video_gen("translate", "talk")
    assert outcome.code == 0, outcome.err
    after = yaml.safe_load(spanish(studio).read_text())
    kept = {(entry["of"], entry["es"]) for entries in after["talk"].values() for entry in entries}
    assert {(entry["of"], entry["es"]) for entries in before["talk"].values() for entry in entries} <= kept


def test_a_catalogue_there_and_back(studio: Studio) -> None:
    outcome = studio.video_gen("translate", "talk", "--po")
    assert (outcome.code, outcome.out) == (0, "projects/translations/es.po\n"), outcome.err
    path = spanish(studio).with_suffix(".po")
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.msgstr = SPANISH[entry.msgid]
    catalogue.save()
    outcome = studio.video_gen("translate", "talk", "--import", str(path))
    assert (outcome.code, outcome.err) == (0, "all is translated\n")
    assert studio.doit("plan", "project=talk").code == 0
    # and what becomes stale is fuzzy there
    studio.edit("That is all there is to it.", "That is all there is to say.")
    studio.video_gen("translate", "talk", "--po")
    fuzzy = [entry.msgctxt for entry in polib.pofile(str(path)) if entry.fuzzy]
    assert fuzzy == ["talk/closing/narration"]


WRONG = {
    "no mapping": ("- a", "es.yaml:1:1: this must be a mapping of videos"),
    "no list": ("talk:\n  rules: all of them\n", "es.yaml:2:10: a scene has a list of texts"),
    "a text without its language": (
        "talk:\n  rules:\n    - {at: narration, of: abc}\n",
        "es.yaml:3:7: a text has `at` and `es`",
    ),
    "a number": ("talk:\n  rules:\n    - {at: narration, of: abc, es: 3}\n", "es.yaml:3:36: `es` must be text"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_told_with_its_place(studio: Studio, name: str) -> None:
    text, said = WRONG[name]
    spanish(studio).parent.mkdir()
    spanish(studio).write_text(text)
    outcome = studio.doit("create", "project=talk")
    assert outcome.code in (1, 2)
    assert said in outcome.err


def test_a_translation_that_does_not_do_is_told(studio: Studio) -> None:
    studio.video_gen("translate", "talk")
    fill(spanish(studio))
    long = "demasiado largo " * 40
    spanish(studio).write_text(spanish(studio).read_text().replace("Cada resultado es un archivo\n", f"{long}\n"))
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 2
    assert 'scene "rules" in "es"' in outcome.err


def test_languages_that_the_project_does_not_have(studio: Studio) -> None:
    outcome = studio.video_gen("translate", "talk", "--languages", "fr")
    assert outcome.code == 2
    assert 'the project is not made in "fr"; add it to `languages` in projects/talk.yaml' in outcome.err
    studio.edit("languages: [en, es]", "languages: [en]")
    assert "`languages: [en, es]`" in studio.video_gen("translate", "talk").err


def test_a_document_without_a_project_in_two_languages(studio: Studio) -> None:
    (studio.folder / "notes.md").write_text("# Small films\n\nA film is made of scenes, and scenes are files.\n")
    options = ["--from", "notes.md", "--languages", "en,es"]
    outcome = studio.video_gen("translate", *options)
    assert (outcome.code, outcome.out) == (0, "translations/es.yaml\n"), outcome.err
    path = studio.folder / "translations/es.yaml"
    told = yaml.safe_load(path.read_text())
    for scene in told["notes"].values():
        for entry in scene:
            entry["es"] = f"Texto: {entry['en']}"
    path.write_text(yaml.safe_dump(told, allow_unicode=True))
    outcome = studio.video_gen("create", *options, "--voice", "draft:", "-q")
    assert outcome.code == 0, outcome.err
    assert sorted(outcome.out.splitlines()) == [
        "build/notes/notes/en/notes.en.mp4",
        "build/notes/notes/es/notes.es.mp4",
    ]
