"""Templates: variables that keep their types, scenes that come and go by them, and mistakes told with their places."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen.inputs.project import read_project
from videogen.inputs.template import shipped_templates
from videogen.model.errors import ValidationError
from videogen.model.project import Project

HEAD = """\
template:
  description: A test
  variables:
    name: {description: a name}
    count: {description: how many, type: number, default: 2}
    points: {description: what there is, type: list, default: []}
    parts: {description: parts, type: list, default: [], fields: {title: its name, code: its code}}
    loud: {description: whether it is loud, type: flag, default: false}
    size: {description: how large, choices: [small, large], default: small}
"""

SAMPLES = {
    "release-notes": """\
  product: Kettle
  version: "2.0"
  headline: It boils twice as fast.
  highlights:
    - {text: A second burner, detail: Water boils in half the time}
    - {text: Quiet mode, detail: No whistle at night}
    - Auto descaling
  breaking: ["The old lid does not fit any more"]
  upgrade: kettle upgrade --lid
""",
    "course-lesson": """\
  lesson: Reading a graph
  course: Builds in ten lessons
  question: How does a build know what to make again?
  objectives: [Read a build as a graph, Tell which files are stale]
  topics:
    - title: Targets and inputs
      narration: A target is a file that is made. Its inputs are the files that it is made from.
      points: [A target is made, Inputs are read]
      code: |
        app: main.o
            cc -o app main.o
      language: make
      explained: This rule says that the app is made from main dot o.
    - title: Stale
      narration: A target is stale if an input has changed since it was made.
  exercise: [Build twice, Touch a header, Build again]
  quiz: What makes a target stale?
  options: [Its age, A changed input]
  answer: A changed input
  next: sharing a store
""",
    "tutorial": """\
  title: Make your first film
  goal: You turn a page of text into a film with a voice.
  needs: [Python 3.10 or newer, A text in Markdown]
  steps:
    - {title: Install it, command: pip install videogen, narration: Install it with pip. One line is enough.}
    - title: Write a project
      code: |
        source: notes.md
        theme: paper
      language: yaml
      narration: Write two lines of YAML. The first names your text, and the second a theme.
    - {title: Look at it, narration: Then look at the film from its beginning to its end.}
  done: The film is in the build folder, and the command says where.
  next: Change a sentence, and run it again.
""",
    "overview": """\
  name: Kettle
  promise: It boils water on any stove, and tells you when it is done.
  problem: A pot has no whistle. You wait beside it, or it boils over.
  features:
    - {text: It whistles, detail: You hear it in every room}
    - {text: It is fast, detail: A litre boils in three minutes}
    - It fits every stove
  how: [Fill it, Heat it, Wait for the whistle]
  quote: I have not burnt a pot since.
  speaker: A cook in Ghent
  start: kettle boil --litres 1
  link: kettle.example
""",
    "troubleshooting": """\
  title: The build does not start
  symptom: The command ends at once, and nothing is made.
  message: "error: there is no project in projects/"
  causes:
    - title: You are in another folder
      check: Ask where you are, and look for the folder called projects.
      command: pwd
      output: /films
      fix: Go to the folder that has your project.
      fix_command: cd films
    - title: The file has another ending
      check: See whether your project ends in YAML, written with an A.
      fix: Give it the ending dot yaml, and run the build again.
  prevention: [Start in the folder of the project, Let the editor check the file]
  help: Ask in the forum, and bring the error with you.
""",
    "comparison": """\
  question: Which build tool is for you?
  first: make
  second: doit
  first_points: [It is everywhere, Every build file is short]
  second_points: [Rules are Python, It compares checksums, Tasks can be asked about]
  differences:
    - title: What counts as a change
      first: A newer file
      second: Another checksum
      narration: Make looks at the time of a file. Doit looks at what is in it.
  first_code: |
    app: main.c
        cc -o app main.c
  first_language: make
  first_says: In make, the rule takes two lines. The first names the target and what it is made from.
  second_code: |
    def task_app():
        return {"file_dep": ["main.c"],
                "actions": ["cc -o app main.c"],
                "targets": ["app"]}
  second_language: python
  second_says: In doit it is a function of Python, which you can compute.
  choose_first: Take make if your build is small and should run anywhere.
  choose_second: Take doit if your build is a program of its own.
""",
    "best-practices": """\
  title: Commit messages
  why: A message is read many times, and written once.
  practices:
    - title: Say what is so now
      narration: The first line says what the change does, not what you did all day.
      good: "Parser: tabs count as four columns"
      bad: "fixed some stuff"
      language: text
    - title: Say why
      narration: The code shows what has changed. Only you know why.
    - title: Keep it short
      narration: Fifty letters fit into every list of commits.
      good: "Voices: Italian, a little slower"
  checklist: [One change a commit, What is so now, And why]
  link: git-scm.com
""",
    "custom": """\
  title: Three kinds of tea
  subtitle: And how long each takes
  opening: There are three kinds of tea in this kitchen. Each has its own time.
  parts:
    - title: Green
      narration: Green tea takes two minutes, in water that does not boil.
      points: [Two minutes, Eighty degrees]
    - title: Black
      narration: Black tea takes four minutes. Here is the recipe as a program.
      code: "steep('black', minutes=4)"
      language: python
    - title: And the third
      narration: The third is the one that you like best.
  theme: candy
  voice: female
  numbered: true
""",
}
TITLE = "scenes: [{kind: title, content: {title: Hello}, narration: Hi.}]\n"


def project(folder: Path, body: str, variables: str = "{name: Ada}", more: str = "") -> Project:
    (folder / "mine.yaml").write_text(HEAD + body)
    (folder / "talk.yaml").write_text(f"template: ./mine.yaml\nvariables: {variables}\n{more}")
    return read_project(folder / "talk.yaml", "talk.yaml", folder).videos[0].project


def refusal(folder: Path, body: str, variables: str = "{name: Ada}", more: str = "") -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        project(folder, body, variables, more)
    assert caught.value.hint
    assert "\n" not in caught.value.line()
    return caught.value


def test_variables_stand_in_texts_and_lists_stay_lists(tmp_path: Path) -> None:
    body = """\
title: "About ${name|nobody}: ${count|3}"
output: {fps: "${count}"}
reduced_motion: ${loud}
scenes:
  - kind: bullets
    content: {header: "$${name} is ${name}", items: "${points}"}
    narration: ${points}
"""
    made = project(tmp_path, body, '{name: Ada, count: 30, points: [One, "Two!"], loud: true}')
    assert (made.title, made.output.fps, made.reduced_motion) == ("About Ada: 30", 30, True)
    assert made.scenes is not None
    assert made.scenes[0].content == {"header": "${name} is Ada", "items": ["One", "Two!"]}
    assert made.scenes[0].narration == "One. Two!"


def test_the_default_in_the_text_comes_before_that_of_the_head(tmp_path: Path) -> None:
    assert project(tmp_path, f"title: ${{count|3}} and ${{count}} of ${{name|a|b}}\n{TITLE}").title == "3 and 2 of Ada"


def test_what_stands_in_the_project_comes_before_the_template(tmp_path: Path) -> None:
    made = project(tmp_path, f"theme: paper\naccent: green\n{TITLE}", more="accent: pink\n")
    assert (made.theme, made.accent) == ("paper", "pink")


def test_scenes_come_go_and_repeat(tmp_path: Path) -> None:
    body = """\
scenes:
  - when: points
    kind: title
    content: {title: Never}
  - unless: points
    kind: title
    content: {title: Always}
    narration: Hi.
  - each: parts
    scenes:
      - when: item.code
        kind: code
        content: {header: "${item.title}", code: "${item.code}"}
        narration: It is ${item.title}.
      - unless: item.code
        kind: title
        content: {title: "${item.title}"}
        narration: It is ${item.title} with ${item.code|nothing}.
"""
    made = project(tmp_path, body, "{name: a, parts: [One, {title: Two, code: x}]}")
    assert made.scenes is not None
    assert [scene.narration for scene in made.scenes] == ["Hi.", "It is One with nothing.", "It is Two."]


def test_only_templates_are_filled_in(tmp_path: Path) -> None:
    text = "scenes: [{kind: code, content: {header: A, code: 'echo ${HOME}'}, narration: '${x|y}'}]\n"
    (tmp_path / "talk.yaml").write_text(text)
    scenes = read_project(tmp_path / "talk.yaml", "talk.yaml", tmp_path).videos[0].project.scenes
    assert scenes is not None
    assert scenes[0].content["code"] == "echo ${HOME}"


def test_a_value_is_told_where_the_project_has_it(tmp_path: Path) -> None:
    error = refusal(tmp_path, "title: ${name}\n" + TITLE, f"{{name: {'a' * 300}}}")
    assert str(error.where) == "talk.yaml:2:19"


def test_the_videos_of_a_set_share_a_template(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(HEAD + "title: ${name} ${count}\n" + TITLE)
    (tmp_path / "talk.yaml").write_text(
        "template: ./mine.yaml\nvariables: {count: 7}\nvideos:\n"
        "  - id: a\n    variables: {name: A}\n  - id: b\n    variables: {name: B, count: 8}\n"
        f"  - id: c\n    {TITLE}"
    )
    found = read_project(tmp_path / "talk.yaml", "talk.yaml", tmp_path)
    assert [video.project.title for video in found.videos] == ["A 7", "B 8", None]
    assert "mine.yaml" in found.inputs


@pytest.mark.parametrize(
    ("body", "variables", "place", "words"),
    [
        (
            f"title: ${{name}}\n{TITLE}",
            "{}",
            "mine.yaml:10:8",
            "a name; give it one below talk.yaml:1",
        ),
        (
            f"title: ${{nmae}}\n{TITLE}",
            "{name: a}",
            "mine.yaml:10:8",
            'variable "nmae"; did you mean "name"?',
        ),
        (f"title: ${{HOME}}\n{TITLE}", "{name: a}", "mine.yaml:10:8", "$${ stands for the text itself"),
        (f"title: 'a ${{'\n{TITLE}", "{name: a}", "mine.yaml:10:8", "names no variable"),
        (TITLE, "{nmae: a}", "talk.yaml:2:13", 'no variable "nmae"; did you mean "name"?'),
        (TITLE, "{name: 2.10}", "talk.yaml:2:19", "`name` must be text; put it in quotes"),
        (TITLE, "{count: many}", "talk.yaml:2:20", "`count` must be a number"),
        (TITLE, "{count: true}", "talk.yaml:2:20", "`count` must be a number"),
        (TITLE, "{size: larg}", "talk.yaml:2:19", '`size` must be one of small, large; did you mean "large"?'),
        (TITLE, "{loud: 'yes'}", "talk.yaml:2:19", "`loud` must be true or false"),
        (TITLE, "{points: one}", "talk.yaml:2:21", "`points` must be a list"),
        (TITLE, "{parts: [{titel: a}]}", "talk.yaml:2:22", 'unknown key "titel"; did you mean "title"?'),
        (TITLE, "{parts: [3]}", "talk.yaml:2:21", "a mapping with title, code"),
        (TITLE, "[a]", "talk.yaml:2:12", "must be a mapping"),
        (
            "scenes: [{each: parts, kind: title, content: {title: '${item.code}'}, narration: a}]\n",
            "{parts: [a]}",
            "mine.yaml:10:54",
            "`item.code` has no value; give it one in talk.yaml:2",
        ),
        ("videos: []\n", "{name: a}", "mine.yaml:10:1", "a template is of one video"),
        ("scenes: [{when: name, scenes: a}]\n", "{name: a}", "mine.yaml:10:31", "`scenes` must be a list"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, body: str, variables: str, place: str, words: str) -> None:
    error = refusal(tmp_path, body, variables)
    assert str(error.where) == place, error
    assert words in error.line()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("template: relase-notes\n", 'did you mean "release-notes"?'),
        ("template: ./gone.yaml\n", "does not exist"),
        ("template: [a]\n", "must be a template's name"),
        ("variables: {a: b}\n" + TITLE, "are those of a template"),
        ("template: ./talk.yaml\n", "has no head"),
        ("template: ./mine.yaml\nvariables: {name: a}\n" + TITLE, "not both"),
        ("template: ./mine.yaml\nvariables: {name: a}\nsource: a.md\n", "not both"),
    ],
)
def test_what_is_no_template_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "mine.yaml").write_text(HEAD + TITLE)
    if "talk" in text:
        (tmp_path / "talk.yaml").write_text("template: ./other.yaml\n")
        (tmp_path / "other.yaml").write_text(TITLE)
        words = "has no head"
    else:
        (tmp_path / "talk.yaml").write_text(text)
    with pytest.raises(ValidationError) as caught:
        read_project(tmp_path / "talk.yaml", "talk.yaml", tmp_path)
    assert words in caught.value.line()


def test_a_template_cannot_grow_without_bound(tmp_path: Path) -> None:
    body = "description: '" + "${name}" * 2000 + f"'\n{TITLE}"
    assert "too much text" in refusal(tmp_path, body, f"{{name: {'a' * 9000}}}").line()
    body = "scenes: [" + "{each: points, scenes: [" * 6 + "]}" * 6 + "]\n"
    assert "too much text" in refusal(tmp_path, body, f"{{name: a, points: [{'x, ' * 99}]}}").line()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text("ab ${}|:'\"-#é", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=6))
def test_a_list_comes_out_as_it_went_in(points: list[str]) -> None:
    body = "scenes: [{kind: bullets, content: {header: A, items: '${points}'}, narration: a}]\n"
    with TemporaryDirectory() as folder:
        made = project(Path(folder), body, json.dumps({"name": "a", "points": points}))
    assert made.scenes is not None
    assert made.scenes[0].content["items"] == points


@pytest.mark.parametrize("name", shipped_templates())
def test_a_template_that_comes_along_says_what_it_asks_for(name: str) -> None:
    head = shipped_templates()[name]
    assert head.description
    assert head.variables
    assert all(variable.description and not variable.description.endswith(".") for variable in head.variables.values())


@pytest.mark.parametrize("name", shipped_templates())
def test_a_template_that_comes_along_makes_a_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from videogen.build.validate import validate_project
    from videogen.build.workspace import Workspace

    monkeypatch.chdir(tmp_path)
    Path("talk.yaml").write_text(f"template: {name}\nvariables:\n{SAMPLES[name]}")
    found = validate_project(Workspace("talk", "talk.yaml", "build/talk"))
    assert found["warnings"] == []
    assert len(found["videos"][0]["scenes"]) >= 5
