"""What the wizard asks, what it shows meanwhile, and the project that comes of the answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from inputs.test_inputs_template import SAMPLES

from videogen.inputs.project import load_project
from videogen.inputs.template import shipped_templates
from videogen.inputs.wizard import (
    WizardInput,
    complaint,
    project_text,
    questions,
    read_answers,
    sketch,
    templates,
)
from videogen.model.errors import ValidationError
from videogen.model.templates import templates_folder

TUTORIAL = WizardInput(template="tutorial", responses=yaml.safe_load(SAMPLES["tutorial"]))


def answers(name: str) -> WizardInput:
    return WizardInput(template=name, responses=yaml.safe_load(SAMPLES[name]))


def with_answer(before: WizardInput, **more: object) -> WizardInput:
    return WizardInput(template=before.template, responses={**before.responses, **more})


def test_every_template_is_offered_and_the_freest_comes_last() -> None:
    assert {*templates()} == {*shipped_templates()}
    assert [*templates()][-1] == "custom"
    named = {"tutorial", "overview", "troubleshooting", "comparison", "best-practices", "course-lesson"}
    assert {*templates()} >= {*named, "release-notes", "custom"}


@pytest.mark.parametrize("name", templates())
def test_just_the_variables_of_a_template_are_asked(name: str) -> None:
    head = templates()[name]
    given = answers(name)
    asked = questions(given)
    assert {*given.responses} <= {question.name for question in asked} <= {*head.variables}
    assert [question.name for question in asked] == [each for each in head.variables if each in {q.name for q in asked}]
    for question in asked:
        variable = head.variables[question.name]
        assert (question.text, question.type, question.needed) == (
            variable.description,
            variable.type,
            variable.default is None,
        )


def test_what_hangs_on_an_answer_is_asked_after_it() -> None:
    lesson = WizardInput(template="course-lesson")
    assert "options" not in [question.name for question in questions(lesson)]
    asked = {question.name: question for question in questions(with_answer(lesson, quiz="Why?"))}
    assert asked["options"].needed
    assert asked["answer"].needed


def test_the_fields_that_an_entry_needs_are_known() -> None:
    needed = {
        name: {
            question.name: {*question.fields_needed}
            for question in questions(WizardInput(template=name))
            if question.fields
        }
        for name in templates()
    }
    assert needed["tutorial"] == {"steps": {"title", "narration"}}
    assert needed["best-practices"] == {"practices": {"title", "narration"}}
    assert needed["troubleshooting"] == {"causes": {"title", "check", "fix"}}
    assert needed["release-notes"] == {"highlights": {"text"}}


def test_the_choices_of_a_theme_are_the_themes_that_there_are() -> None:
    there = {path.stem for path in Path(templates_folder(), "themes").glob("*.yaml")}
    assert {*templates()["custom"].variables["theme"].choices} == there


@pytest.mark.parametrize("name", templates())
def test_the_outline_grows_with_every_answer(name: str) -> None:
    """Nothing of a template's own is in the way, whatever is still to be said."""
    given = WizardInput(template=name)
    assert "…" in sketch(given).title
    for question in questions(answers(name)):
        if question.name in answers(name).responses:
            before, given = given, with_answer(given, **{question.name: answers(name).responses[question.name]})
            assert complaint(given, before) is None, question.name
        assert sketch(given).scenes
    found = sketch(given)
    assert "…" not in "".join([found.title, *(scene.title for scene in found.scenes)])
    assert found.seconds > sketch(WizardInput(template=name)).seconds


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_known_is_shown_however_little_that_is(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*templates()]))
    known = answers(name).responses
    chosen = data.draw(st.sets(st.sampled_from([*known])))
    found = sketch(WizardInput(template=name, responses={key: known[key] for key in chosen}))
    assert all(scene.seconds > 0 for scene in found.scenes)
    assert not re.search("[\ue000-\uf8ff]", repr(found))


@pytest.mark.parametrize(
    ("before", "answer", "words"),
    [
        (WizardInput(template="tutorial"), {"title": "a" * 400}, "`title` has 400 characters"),
        (WizardInput(template="tutorial"), {"steps": [{"title": "A"}]}, "needs `narration` as well"),
        (WizardInput(template="custom", responses={"title": "A"}), {"opening": "Wait [pause 9s] now."}, "at most 5 s"),
        (WizardInput(template="custom"), {"theme": "papr"}, "must be one of"),
        (WizardInput(template="custom"), {"numbered": "yes"}, "must be true or false"),
        (
            WizardInput(template="course-lesson", responses={"quiz": "A?", "options": ["B", "C"]}),
            {"answer": "D"},
            "is none of the options",
        ),
        (
            WizardInput(template="course-lesson", responses={"quiz": "A?", "options": ["B"]}),
            {"answer": "B"},
            "`options` needs 2 entries or more, and has 1",
        ),
    ],
)
def test_an_answer_that_will_not_do_is_told_at_once(before: WizardInput, answer: dict, words: str) -> None:
    problem = complaint(with_answer(before, **answer), before)
    assert problem is not None
    assert words in str(problem)
    assert "\n" not in str(problem)
    assert problem.hint


def test_an_answer_is_not_blamed_for_another() -> None:
    wrong = with_answer(TUTORIAL, title="a" * 400)
    assert complaint(with_answer(wrong, next="Rest."), wrong) is None


@pytest.mark.parametrize("name", templates())
def test_the_project_is_what_the_template_makes_of_the_answers(tmp_path: Path, name: str) -> None:
    (tmp_path / "short.yaml").write_text(f"template: {name}\nvariables:\n{SAMPLES[name]}")
    (tmp_path / "talk.yaml").write_text(project_text("talk", answers(name)))
    made, short = load_project(tmp_path / "talk.yaml"), load_project(tmp_path / "short.yaml")

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items() if each != ""}
        return [plain(each) for each in value] if isinstance(value, list) else value

    assert plain(made.model_dump()) == plain(short.model_dump())


def test_the_project_explains_itself_to_who_edits_it() -> None:
    text = project_text("talk", TUTORIAL)
    assert text.startswith("# yaml-language-server: $schema=project.schema.json\n")
    assert "`video-gen create talk --draft`" in text
    assert max(map(len, text.splitlines())) <= 120
    for key in ("theme", "accent", "voice", "aspect"):
        assert re.search(rf"^(# )?{key}: .* # \S", text, re.M), key
    assert '""' not in text
    uncommented = re.sub(r"^# (voice|aspect|captions):", r"\1:", text, flags=re.M)
    assert {"voice", "aspect", "captions"} <= yaml.safe_load(uncommented).keys()


@pytest.mark.parametrize("name", templates())
def test_answers_are_read_from_a_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(f"template: {name}\nresponses:\n{SAMPLES[name]}")
    assert read_answers(file) == answers(name)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("responses: {}\n", ":1:1", "have a `template` and `responses`"),
        ("[a]\n", ":1:1", "have a `template` and `responses`"),
        ("template: [tutorial]\n", ":1:11", "there is no template"),
        ("template: tutrial\n", ":1:11", 'no template "tutrial"; there are: tutorial'),
        ("template: tutorial\nvariables: {}\n", ":2:1", 'unknown key "variables"'),
        ("template: tutorial\nresponses: [a]\n", ":2:12", "`responses` must be a mapping"),
        ("template: tutorial\n", ":1:1", "no answer for `title`: what is done"),
        ("template: tutorial\nresponses: {titel: A}\n", ":2:13", 'did you mean "title"?'),
        ("template: tutorial\nresponses:\n  title: 3\n", ":3:10", "must be text; put it in quotes"),
        ("template: tutorial\nresponses: {title: A}\n", ":2:12", "no answer for `goal`"),
        (
            "template: tutorial\nresponses: {title: A, goal: B., steps: [{title: C}]}\n",
            ":2:12",
            "`item.narration` has no value",
        ),
        (
            f"template: tutorial\nresponses: {{goal: A., title: {'b' * 400}, steps: [{{title: C, narration: D.}}]}}\n",
            ":2:30",
            "`title` has 400 characters",
        ),
    ],
)
def test_wrong_answers_are_told_with_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("answers.yaml").write_text(text)
    with pytest.raises(ValidationError) as caught:
        read_answers(Path("answers.yaml"))
    assert str(caught.value.where) == f"answers.yaml{place}"
    assert words in caught.value.line()
    assert caught.value.hint
