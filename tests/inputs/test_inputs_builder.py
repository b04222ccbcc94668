"""Projects written in Python are those that YAML would give, and mistakes are told at the call."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from importlib.metadata import entry_points
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, get_type_hints

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes.scenes_contents import content_of

from videogen.inputs.builder import HEAD, Film, How, Settings, film, film_set, project_yaml
from videogen.inputs.project import load_project, read_project
from videogen.inputs.yamltext import yaml_text
from videogen.inputs.yamltree import load_tree
from videogen.model.errors import ValidationError
from videogen.model.kinds import Bullets, content_type, kinds
from videogen.model.project import HandScene, Output, Project

EXAMPLES = {point.name: yaml.safe_load(point.load().example) for point in entry_points(group="videogen.scene_kinds")}
TALK = film("A talk", voice="draft:").title("A talk", say="This is a talk.", id="opening")


def read(text: str) -> Project:
    with TemporaryDirectory() as folder:
        Path(folder, "talk.yaml").write_text(text, encoding="utf-8")
        return load_project(Path(folder, "talk.yaml"))


def refusal(call: Any) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        call()
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    assert not str(caught.value).startswith(":")
    return caught.value


# what is written is what is read


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_the_example_of_a_kind_comes_back(kind: str) -> None:
    example = EXAMPLES[kind]
    made = TALK.scene(kind, **example["content"], say="Here it is.")
    same = TALK.scene(content_type(kind).model_validate(example["content"]), say="Here it is.")
    assert made.to_project() == read(made.to_yaml())
    assert made.to_project().scenes == [
        *(TALK.to_project().scenes or ()),
        HandScene(kind=kind, content=example["content"], narration="Here it is."),
    ]
    model = content_type(kind)
    scenes = same.to_project().scenes
    assert scenes is not None
    assert model.model_validate(scenes[1].content) == model.model_validate(example["content"])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_content_comes_back(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(kinds())))
    content = data.draw(content_of(kind, data.draw(st.sampled_from(["en", "ar", "zh", "hi"]))))
    said = data.draw(st.text("ab c.\n:#-'\"é漢", min_size=1).filter(str.strip))
    made = film("A: #talk").scene(kind, **content, say=said, pause_after=data.draw(st.floats(0, 5)))
    project = made.to_project()
    assert project == read(made.to_yaml())
    assert project == read(project_yaml(project))
    assert project.scenes is not None
    assert project.scenes[0].content == content
    assert project.scenes[0].narration == said


TEXTS = st.one_of(
    st.text(max_size=100),
    st.text(" \n\tab:#-'\"|>&*!%@`{}[],?\\\u2028\x85\ufeff\r", max_size=100),
    st.from_regex(r"[-+0-9.eE_:xo~]{1,8}", fullmatch=True),
    st.sampled_from(["yes", "no", "null", "~", "", "08", "1e5", "0o7", "12:30", "2024-01-01", "=", "<<", "---", "..."]),
    st.lists(st.text("abc-:#é漢", min_size=1), min_size=20).map(" ".join),
)
VALUES = st.recursive(
    st.one_of(
        TEXTS,
        st.integers(-(10**17), 10**17),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.none(),
    ),
    lambda inside: st.one_of(st.lists(inside, max_size=4), st.dictionaries(TEXTS, inside, max_size=4)),
    max_leaves=10,
)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.text("abc_", min_size=1), VALUES))
def test_whatever_is_written_as_yaml_is_read_back(data: dict[str, Any]) -> None:
    assert load_tree(yaml_text(data), "any.yaml").data == data


def test_code_and_long_narrations_are_written_for_people() -> None:
    said = "One sentence after the other, " * 4 + "and then the end."
    text = TALK.code("def go():\n    return 1\n", "python", header="Go", say=said).to_yaml()
    assert "      code: |\n        def go():\n            return 1\n" in text
    assert "    narration: >-\n" in text
    assert max(map(len, text.splitlines())) <= 120


def test_every_setting_and_every_field_of_a_scene_can_be_given() -> None:
    # a field that is new is named there too, so that editors complete it
    assert {*get_type_hints(Settings), "title", "scenes"} == {*Project.model_fields}
    assert {*get_type_hints(How), "kind", "content", "narration"} == {*HandScene.model_fields}


def test_python_values_become_plain_ones() -> None:
    made = film(
        source=PurePosixPath("..", "README.md"),
        output=Output(resolution="480p"),
        aspect=("16:9", "1:1"),
        rate=Fraction(1),
    )
    assert yaml.safe_load(made.to_yaml()) == {
        "source": "../README.md",
        "output": {"resolution": "480p"},
        "aspect": ["16:9", "1:1"],
        "rate": 1.0,
    }
    assert made.to_project() == read(made.to_yaml())


def test_a_kind_may_have_fields_that_a_scene_has_by_handing_over_its_content() -> None:
    made = TALK.scene(Bullets(header="Rules", items=["One"]), say="One.", id="rules")
    assert yaml.safe_load(made.to_yaml())["scenes"][1] == {
        "id": "rules",
        "kind": "bullets",
        "content": {"header": "Rules", "items": ["One"]},
        "narration": "One.",
    }


def test_turns_and_marks_go_through() -> None:
    made = film("Two", languages=["en", "es"], speakers={"Ana": "female", "Ben": {"voice": "male"}}).title(
        "Two", say=[{"Ana": "Wait [pause 1s] here."}, {"Ben": "I do."}, "So it was."]
    )
    project = made.to_project()
    assert project == read(made.to_yaml())
    assert project.scenes is not None
    assert project.scenes[0].says == [("Ana", "Wait [pause 1s] here."), ("Ben", "I do."), ("", "So it was.")]
    assert project.languages == ["en", "es"]


def test_a_set_is_read_as_its_videos(tmp_path: Path) -> None:
    both = film_set(
        "A course",
        {"targets": TALK.set(lexicon={"b": "B"}), "rules": film(source="rules.md", accent="green")},
        theme="paper",
        lexicon={"a": "A"},
    )
    file = both.save(tmp_path / "course.yaml")
    written = read_project(file, "course.yaml", tmp_path)
    assert {video.id: video.project for video in written.videos} == both.to_projects()
    assert written.title == "A course"
    found = both.to_projects()["targets"]
    assert (found.theme, found.voice, found.lexicon) == ("paper", "draft:", {"a": "A", "b": "B"})
    assert "targets" not in repr(film)
    assert "about" in repr(both)


# values, mistakes, files


def test_a_film_is_a_value() -> None:
    one, two = TALK.outro("One", say="One."), TALK.outro("Two", say="Two.")
    assert len(TALK.scenes) == 1
    assert len(one.scenes) == len(two.scenes) == 2
    assert one != two
    assert one == TALK.outro("One", say="One.")
    assert TALK.set(theme="paper").to_project().theme == "paper"
    assert "theme" not in TALK.settings


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: TALK.scene("bulets", header="A"), 'bulets: unknown scene kind "bulets"; did you mean "bullets"?'),
        (lambda: TALK.scene("bullets", header="A", itmes=["b"], say="A."), 'did you mean "items"?'),
        (lambda: TALK.bullets("A", say="A."), "bullets: `items` must not be empty"),
        (lambda: TALK.bullets("A", "b", "c" * 400, say="A."), "entry 2 of `items` has 400 characters"),
        (lambda: TALK.scene("stat", value="many", label="A", say="A."), 'stat: "many" is not a number'),
        (lambda: TALK.title("A"), "title: this scene has no narration"),
        (lambda: TALK.title("A", say="A.", rate=9.0), "title: `rate` must be at most 2, not the number 9"),
        (lambda: TALK.title("A", say="A.", id="Not good"), "title: `id` is"),
        (lambda: TALK.title("A", say="A.", id="opening"), 'title: two scenes are called "opening"'),
        (lambda: TALK.title("A", say=[{"Ana": "Hi."}]), 'title: there is no speaker "Ana"; call .set(speakers='),
        (lambda: TALK.title("A", say="Wait [pause 9s] a bit."), "title: a pause lasts at most 5 seconds"),
        (lambda: TALK.title("A", say=7), "title: a narration is text"),  # type: ignore[arg-type]
        (lambda: TALK.scene("title", title={1, 2}, say="A."), "`title` has a set, which a project cannot hold"),
        (lambda: TALK.title("\ud800", say="A."), "title"),
        (lambda: TALK.set(acent="pink"), 'unknown key "acent"; did you mean "accent"?'),  # type: ignore[call-arg]
        (lambda: TALK.set(accent="pnk"), 'did you mean "pink"?'),  # type: ignore[typeddict-item]
        (lambda: TALK.set(template="tutorial"), 'unknown key "template"'),  # type: ignore[call-arg]
        (lambda: film("a" * 201), "`title` has 201 characters"),
        (lambda: film("A", source="a.md").title("A", say="A."), "give either `source`"),
        (lambda: film("A").to_yaml(), "give either `source`"),
        (lambda: film_set("A", {"Not good": TALK}), "must be lower-case letters"),
        (lambda: film_set("A", {}), "must be a list of videos, and not empty"),
        (lambda: film_set("A", {"a": film("A")}), "give either `source`"),
        (lambda: film_set("A", {"a": TALK}, rate=9), "must be at most 2"),
    ],
)
def test_a_mistake_is_told_at_the_call(call: Any, words: str) -> None:
    assert words in str(refusal(call))


def test_every_mistake_of_a_call_is_told() -> None:
    error = refusal(lambda: TALK.scene("bullets", itmes=["b"], say="A."))
    assert len(error.details["errors"]) == 3


def test_the_project_is_written_whole_and_only_where_it_may_be(tmp_path: Path) -> None:
    file = TALK.save(tmp_path / "projects" / "talk.yaml")
    assert file.read_text() == HEAD + TALK.to_yaml()
    assert load_project(file) == TALK.to_project()
    before = file.stat().st_mtime_ns
    os.utime(file, ns=(before - 10, before - 10))
    TALK.save(file)
    assert file.stat().st_mtime_ns == before - 10  # nothing changed, nothing is written
    TALK.outro("The end", say="The end.").save(str(file))
    assert "The end" in file.read_text()
    file.write_text("title: Mine\n" + TALK.outro("x", say="x").to_yaml().split("\n", 1)[1])
    assert "a person wrote this file" in str(refusal(lambda: TALK.save(file)))
    assert file.read_text().startswith("title: Mine")
    assert [path.name for path in file.parent.iterdir()] == ["talk.yaml"]


def test_settings_that_are_read_as_something_else_are_written_as_they_can_be_read() -> None:
    made = film(source="a.md", duration="90s", split={"minutes": 5}, speakers={"Ana": "female"}, aspect="9:16")
    project = made.to_project()
    assert project == read(made.to_yaml())
    assert project == read(project_yaml(project))


def test_an_object_of_the_model_is_written_too() -> None:
    project = Project(title="A", scenes=[HandScene(kind="title", content={"title": "A"}, narration="A.")])
    assert read(project_yaml(project)) == project
    assert json.loads(json.dumps(yaml.safe_load(project_yaml(project)))).keys() == {"title", "scenes"}
    wrong = Project(title="A", scenes=[HandScene(kind="title", content={"titel": "A"}, narration="A.")])
    assert 'did you mean "title"?' in str(refusal(lambda: project_yaml(wrong)))


def test_a_film_shows_its_outline() -> None:
    assert repr(TALK.bullets("Rules", "One", say="One rule. [pause 2s] And no other.")).splitlines() == [
        "A talk: 2 scenes, about 7 s",
        "  title      2 s  A talk",
        "  bullets    5 s  Rules",
    ]
    assert isinstance(TALK, Film)
