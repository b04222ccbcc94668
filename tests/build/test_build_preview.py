"""A project looked at before it is built: the same pictures and voices as in the film, and every fault in its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studio import PROJECT, Studio

from videogen.build.preview import check, picture, voice
from videogen.build.workspace import Workspace, find_workspace
from videogen.inputs.scenelines import scene_lines
from videogen.model.errors import ValidationError
from videogen.model.kinds import kinds

Fresh = Callable[[str], Studio]


@pytest.fixture
def here(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Studio:
    monkeypatch.chdir(studio.folder)
    monkeypatch.setenv("VIDEOGEN_CACHE_DIR", str(studio.folder / "store"))
    return studio


def talk(text: str | None = None) -> Workspace:
    return find_workspace("talk")._replace(text=text)


def test_a_scene_looks_as_it_does_in_the_film(here: Studio) -> None:
    for scene in ("opening", "rules", "closing"):
        assert picture(talk(), scene) == (here.film / scene / "final.png").read_bytes()
        assert picture(talk(), scene, moment="first") == (here.film / scene / "first.png").read_bytes()


def test_what_is_not_saved_is_seen_and_leaves_no_trace(here: Studio) -> None:
    before = {path: path.stat().st_mtime_ns for path in here.folder.rglob("*") if "store" not in path.parts}
    saved = picture(talk(), "rules")
    edited = PROJECT.replace("Every result is a file,", "Every result is one file,", 1)
    seen = picture(talk(edited), "rules")
    assert seen != saved
    assert picture(talk(edited), "closing") == picture(talk(), "closing")
    assert check(talk(edited)).errors == []
    assert {path: path.stat().st_mtime_ns for path in here.folder.rglob("*") if "store" not in path.parts} == before
    here.project.write_text(edited)
    assert here.doit("create", "project=talk").code == 0
    assert (here.film / "rules" / "final.png").read_bytes() == seen


def test_a_scene_is_seen_in_every_shape(here: Studio) -> None:
    tall = picture(talk(), "rules", aspect="9:16")
    here.edit("output: {", "aspect: ['16:9', '9:16']\noutput: {")
    assert here.doit("create", "project=talk").code == 0
    assert (here.film.parents[1] / "talk-9x16" / "en" / "rules" / "final.png").read_bytes() == tall
    assert picture(talk(), "rules", aspect="9:16") == tall


def test_what_was_heard_is_not_spoken_again(here: Studio) -> None:
    edited = PROJECT.replace("Every result is a file. ", "Every single result is a file. ", 1)
    heard = voice(talk(edited), "rules")
    here.project.write_text(edited)
    built = here.doit("create", "project=talk")
    assert built.tasks["audio:talk/en/rules"] == "restored"
    assert (here.film / "rules" / "narration.mp3").read_bytes() == heard
    assert voice(talk(), "closing") == (here.film / "closing" / "narration.mp3").read_bytes()


def test_a_scene_that_there_is_not_is_named_with_those_there_are(here: Studio) -> None:
    with pytest.raises(ValidationError, match=r'there is no scene "rule" in projects/talk.yaml; did you mean "rules"'):
        picture(talk(), "rule")
    silent = PROJECT.replace("    narration: That is all there is to it.\n", "")
    with pytest.raises(ValidationError, match='scene "closing" says nothing'):
        voice(talk(silent), "closing")


def test_every_fault_is_told_with_its_place(here: Studio) -> None:
    text = (
        PROJECT.replace("kind: bullets", "kind: bulets")
        .replace("voice:", "voise:")
        .replace("content: {main", "content: {man")
    )
    told = check(talk(text))
    assert [(each["line"], each["column"]) for each in told.errors] == [(2, 1), (11, 11), (19, 14), (19, 15)]
    assert 'did you mean "voice"?' in told.errors[0]["hint"]
    assert [each["scene"] for each in told.outline] == ["opening", "rules", "closing"], "the scenes are there to go to"


def test_every_scene_that_does_not_fit_is_told_at_once(here: Studio) -> None:
    long = " and ".join(["a very long point that goes on"] * 60)
    text = PROJECT.replace("Every result is a file,", f"{long},", 1).replace(
        "{main_text: That is all}", f"{{main_text: {long}}}"
    )
    assert [each["line"] for each in check(talk(text)).errors] == [14, 19]


def test_a_mistake_elsewhere_keeps_nobody_from_seeing_a_scene(here: Studio) -> None:
    seen = (here.film / "rules" / "final.png").read_bytes()
    for before, after in (
        ("kind: outro", "kind: outtro"),
        ("subtitle: Three", "subtitel: Three"),
        ("{main_text: That is all}", "{path: none.png}"),
    ):
        text = PROJECT.replace(before, after)
        assert check(talk(text)).errors
        assert picture(talk(text), "rules") == seen
    with pytest.raises(ValidationError, match="unknown scene kind"):
        picture(talk(PROJECT.replace("kind: bullets", "kind: bulets")), "rules")


def test_what_is_no_yaml_is_told_with_its_line(here: Studio) -> None:
    told = check(talk("title: [\nscenes: {}\n"))
    assert len(told.errors) == 1
    assert told.errors[0]["line"] == 3
    assert told.outline == []


def test_nothing_is_fetched_for_a_look(here: Studio) -> None:
    told = check(talk('voice: "draft:"\nsource: https://example.com/notes.md\n'))
    assert [each["error"] for each in told.errors] == ['"https://example.com/notes.md" has not been fetched yet']


def test_a_file_that_comes_or_changes_is_seen(here: Studio) -> None:
    text = PROJECT + "  - kind: image\n    content: {path: shown.png}\n    narration: Look.\n"
    assert "shown.png" in check(talk(text)).errors[0]["error"]
    from PIL import Image

    Image.new("RGB", (320, 240), "navy").save("projects/shown.png")
    assert check(talk(text)).errors == []
    navy = picture(talk(text), "image")
    Image.new("RGB", (320, 240), "green").save("projects/shown.png")
    assert picture(talk(text), "image") != navy
    own = Path("projects/own.yaml")
    own.write_text("name: own\nbase: slate\n")
    slate = picture(talk(PROJECT + "theme: ./own.yaml\n"), "rules")
    own.write_text("name: own\nbase: paper\n")
    assert picture(talk(PROJECT + "theme: ./own.yaml\n"), "rules") != slate


def test_a_command_is_not_run_for_a_look(here: Studio) -> None:
    shown = (
        "  - id: shown\n    kind: terminal\n    content: {command: 'echo hello; touch proof'}\n    narration: See.\n"
    )
    text = f"allow_commands: true\n{PROJECT}{shown}"
    empty = picture(talk(text), "shown")
    assert not Path("proof").exists()
    here.project.write_text(text)
    assert here.doit("create", "project=talk").code in (0, 3)
    assert Path("proof").exists()
    assert picture(talk(text), "shown") == (here.film / "shown" / "final.png").read_bytes() != empty


SCENE = st.fixed_dictionaries(
    {
        "id": st.sampled_from(("", "one", "two-2", "three")),
        "kind": st.sampled_from(sorted(kinds())),
        "title": st.text("ab", min_size=1, max_size=8),
        "blank": st.booleans(),
        "comment": st.booleans(),
    }
)


@given(st.lists(SCENE, min_size=1, max_size=6))
def test_lines_of_scenes_follow_each_other_and_hold_them(scenes: list[dict[str, object]]) -> None:
    text, first = "title: T\nscenes:\n", []
    for each in scenes:
        text += "\n" if each["blank"] else ""
        text += "  # about it\n" if each["comment"] else ""
        first.append(text.count("\n") + 1)
        text += f"  - kind: {each['kind']}\n" + (f"    id: {each['id']}\n" if each["id"] else "")
        text += f"    content: {{title: {each['title']}}}\n    narration: |\n      One.\n      Two.\n"
    text += "voice: auto\n"
    found = scene_lines(Path("projects/t.yaml"), "projects/t.yaml", text)
    assert [each.line for each in found] == first
    assert [each.kind for each in found] == [each["kind"] for each in scenes]
    lines = text.splitlines()
    for each, following in zip(found, [*first[1:], len(lines)], strict=True):
        assert each.line is not None
        assert each.end_line is not None
        assert each.line <= each.end_line < following
        assert "Two." in "".join(lines[each.line - 1 : each.end_line])
