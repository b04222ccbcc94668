"""A translated script that a person reviews: what they change counts over the translation, and follows its original."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from studio import PROJECT, Studio, new_studio
from test_build_languages import fill, spanish

SAID = "Eso es todo lo que hay que saber."
MINE = "Y eso es todo, amigos."
ORIGINAL = "That is all there is to it."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A film in two languages, made, and its scripts written to be reviewed."""
    folder = tmp_path_factory.mktemp("reviewed") / "studio"
    studio = new_studio(folder, PROJECT.replace('voice: "draft:"', 'voice: "draft:"\nlanguages: [en, es]'))
    assert studio.video_gen("translate", "talk").code == 0
    fill(spanish(studio))
    assert studio.video_gen("create", "talk").code == 0
    told = studio.video_gen("create", "talk", "--review")
    assert told.code == 0, told.err
    assert told.out.split() == ["projects/talk.review/talk.en.md", "projects/talk.review/talk.es.md"]
    return studio


@pytest.fixture
def studio(made: Studio, tmp_path: Path) -> Studio:
    subprocess.run(["cp", "-a", made.folder, tmp_path / "studio"], check=True)
    return Studio(tmp_path / "studio")


def review(studio: Studio, language: str = "es") -> Path:
    return studio.folder / f"projects/talk.review/talk.{language}.md"


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert text.count(before) == 1, text
    path.write_text(text.replace(before, after))


def line_of(path: Path, said: str) -> int:
    return next(at for at, text in enumerate(path.read_text().split("\n"), 1) if said in text)


def said(studio: Studio, language: str = "es") -> dict[str, str]:
    script = json.loads((studio.folder / f"build/talk/talk/{language}/script.json").read_bytes())
    return {scene["id"]: scene["narration"] for scene in script["scenes"]}


def translate_anew(studio: Studio, original: str, text: str) -> None:
    """A translator's new line, by the original that it had."""
    told = yaml.safe_load(spanish(studio).read_text())
    found = [entry for scene in told["talk"].values() for entry in scene if entry["en"] == original]
    found[0]["es"] = text
    found[0].pop("of")
    spanish(studio).write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False))


def create(studio: Studio, *options: str) -> str:
    outcome = studio.video_gen("create", "talk", *options)
    assert outcome.code == 0, outcome.err
    return outcome.err


def test_what_a_person_edits_counts_over_the_translation(studio: Studio) -> None:
    change(review(studio), SAID, MINE)
    outcome = studio.video_gen("create", "talk")
    assert outcome.code == 0, outcome.err
    assert said(studio)["closing"] == MINE
    assert said(studio, "en")["closing"] == ORIGINAL
    assert {name for name in outcome.ran if name.startswith(("audio", "frames"))} == {"audio:talk/es/closing"}
    assert studio.video_gen("create", "talk").ran == set()
    assert f"{MINE}" in studio.video_gen("validate", "talk", "--json").out


def test_it_survives_what_is_translated_anew_and_what_is_new_in_the_source(studio: Studio) -> None:
    change(review(studio), SAID, MINE)
    studio.edit("Three scenes are enough", "Three scenes will do")
    translate_anew(studio, "Three scenes are enough", "Tres escenas alcanzan")
    studio.edit(
        "  - id: closing",
        "  - {id: more, kind: quote, content: {text: Ja}, narration: Ja., min_seconds: 3}\n  - id: closing",
    )
    assert studio.video_gen("translate", "talk").code == 0
    text = spanish(studio).read_text()
    spanish(studio).write_text(
        text.replace('en: "Ja."\n      es: ""', 'en: "Ja."\n      es: "Ya."').replace(
            'en: "Ja"\n      es: ""', 'en: "Ja"\n      es: "Ya"'
        )
    )
    create(studio)
    assert said(studio)["closing"] == MINE
    assert said(studio)["more"] == "Ya."
    assert "Tres escenas alcanzan" in (studio.folder / "build/talk/talk/es/script.json").read_text()
    assert studio.video_gen("create", "talk", "--review").code == 0
    assert "Tres escenas alcanzan" in review(studio).read_text()
    assert MINE in review(studio).read_text()


def test_a_line_that_both_changed_is_a_conflict_in_the_file(studio: Studio) -> None:
    change(review(studio), SAID, MINE)
    translate_anew(studio, ORIGINAL, "Esto es todo.")
    stopped = studio.video_gen("create", "talk")
    assert stopped.code == 2
    assert f'talk.es.md:{line_of(review(studio), MINE)}: scene "closing": `narration` was changed here' in stopped.err
    told = studio.video_gen("create", "talk", "--review")
    assert (told.code, told.out.count("\n")) == (2, 2)
    text = review(studio).read_text()
    both = text[text.index("<<<<<<<") : text.index(">>>>>>>")]
    assert MINE in both
    assert "Esto es todo." in both
    assert "a conflict is not resolved" in studio.video_gen("create", "talk").err
    review(studio).write_text(re.sub(r"(?s)<<<<<<< yours\n(.*?)=======\n.*?>>>>>>> [^\n]*\n", r"\1", text))
    create(studio)
    assert said(studio)["closing"] == MINE


def test_an_edit_whose_original_has_changed_is_told_until_somebody_has_looked(studio: Studio) -> None:
    change(review(studio), SAID, MINE)
    studio.edit(ORIGINAL, "That is nearly all there is to it.")
    told = create(studio)
    place = f"projects/talk.review/talk.es.md:{line_of(review(studio), MINE)}"
    stale = f'{place}: scene "closing": `narration` is stale: its original has changed'
    assert stale in told
    # what nobody hears of the translation is not told too
    assert "es.yaml" not in told
    studio.edit("That is nearly all there is to it.", "That is almost all there is to it.")
    for _ in range(2):  # once it has been told, it is told as well
        assert f"warning: {stale}; `video-gen create --review` shows it\n" in studio.video_gen("status", "talk").out
    assert studio.video_gen("create", "talk", "--review").code == 0
    note = "<!-- stale `narration`: its original is now: That is almost all there is to it. -->"
    assert review(studio).read_text().count(note) == 1
    create(studio)
    told = json.loads(studio.video_gen("status", "talk", "--json").out)
    assert (told["stale"], told["texts"]) == ([], [f"{stale}; remove the comment that says so"])
    # again: what stands there stands there once, and says what is so now
    studio.edit("That is almost all there is to it.", "That is all there ever was.")
    assert studio.video_gen("create", "talk", "--review").code == 0
    assert re.findall("<!-- stale.*", review(studio).read_text()) == [
        "<!-- stale `narration`: its original is now: That is all there ever was. -->"
    ]
    change(review(studio), "<!-- stale `narration`: its original is now: That is all there ever was. -->\n", "")
    assert "stale" not in create(studio)
    assert studio.video_gen("status", "talk").out == "talk: up to date\n"
    assert said(studio)["closing"] == MINE


def test_what_nobody_edited_is_stale_in_the_translation_as_ever(studio: Studio) -> None:
    change(review(studio), "main_text: Eso es todo", "main_text: Es todo")
    studio.edit(ORIGINAL, "That is nearly all there is to it.")
    told = create(studio)
    assert "projects/translations/es.yaml: talk: closing: `narration` is stale" in told
    assert "talk.es.md" not in told


def test_a_language_that_is_not_translated_waits(studio: Studio) -> None:
    change(review(studio), SAID, MINE)
    before = review(studio).read_text()
    spanish(studio).write_text(spanish(studio).read_text().replace("Reglas", ""))
    told = studio.video_gen("create", "talk", "--review")
    assert (told.code, told.out) == (2, "projects/talk.review/talk.en.md\n")
    assert 'nobody has translated `header` ("Rules")' in told.err
    assert review(studio).read_text() == before


def test_a_translation_is_of_the_script_as_it_was_reviewed(studio: Studio) -> None:
    change(review(studio, "en"), ORIGINAL, "That is that.")
    assert "es.yaml: talk: closing: `narration` is stale" in create(studio)
    # what was written to be reviewed was made of another original than that which is in the film now
    change(review(studio), SAID, MINE)
    assert 'talk.es.md:43: scene "closing": `narration` is stale' in create(studio)


def test_a_conflict_of_the_original_comes_first(studio: Studio) -> None:
    change(review(studio, "en"), ORIGINAL, "That is that.")
    studio.edit(ORIGINAL, "That is all of it.")
    told = studio.video_gen("create", "talk", "--review")
    assert (told.code, told.out) == (2, "projects/talk.review/talk.en.md\n")
    assert "talk.en.md:" in told.err
    assert "a conflict is not resolved" in told.err
