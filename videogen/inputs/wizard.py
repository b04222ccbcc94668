"""What the wizard asks, what a film comes to while it asks, and the project that it writes in the end.

The project has the scenes that the template makes of the answers, not the template's name: every sentence that is said
stands in it, for a person to change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field

from videogen.inputs.builder import Film
from videogen.inputs.nodes import Node, node_of, tree_of
from videogen.inputs.outline import Outlined, outline
from videogen.inputs.project import Fault, checked_video, first_fault
from videogen.inputs.schema import SCHEMA_NAME
from videogen.inputs.template import Part, Template, Variable, filled, shipped_templates
from videogen.inputs.text import read_text
from videogen.inputs.yamltext import yaml_text
from videogen.inputs.yamltree import Page, Tree, load_tree
from videogen.model.base import Model
from videogen.model.errors import PipelineError, ValidationError
from videogen.model.project import Project, ProjectFile

ORDER = ("tutorial", "overview", "troubleshooting", "comparison", "best-practices", "course-lesson", "release-notes")
"""The templates that a person is likeliest to want, first; the freest one comes last."""
FREE = "custom"

MAX_ANSWERS_BYTES = 1_000_000

_MISSING = "\ue000"
"""Stands where an answer is missing, in an outline."""
_PAGE = Page("", [])


class WizardInput(Model):
    """The answers to a template's questions: to some of them, while the wizard still asks."""

    template: str
    responses: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What is asked for a variable of a template."""

    name: str
    text: str
    type: Literal["text", "number", "flag", "list"] = "text"
    needed: bool = True
    """Whether there has to be an answer."""
    default: Any = None
    choices: list[str] = field(default_factory=list)
    fields: dict[str, Part] = field(default_factory=dict)
    """Of a list whose entries have fields: what each is."""
    fields_needed: frozenset[str] = frozenset()


class Sketch(NamedTuple):
    """What a film comes to, as far as it is known: "…" stands for what is not."""

    title: str
    scenes: list[Outlined]

    @property
    def seconds(self) -> float:
        """An estimate of its length."""
        return sum(scene.seconds for scene in self.scenes)


@cache
def templates() -> dict[str, Template]:
    """The templates that the wizard offers, in the order in which it does."""
    found = shipped_templates()
    names = sorted(found, key=lambda name: (name == FREE, ORDER.index(name) if name in ORDER else len(ORDER), name))
    return {name: found[name] for name in names}


def questions(given: WizardInput) -> list[Question]:
    """What the template asks, in its order, without what the answers so far make needless."""
    head = templates()[given.template]
    return [
        _question(name, variable, given)
        for name, variable in head.variables.items()
        if not variable.when or _answer(head, given, variable.when) not in (None, "", False, [])
    ]


def sketch(given: WizardInput) -> Sketch:
    """An outline with what is known. Raises ValidationError for answers that the template cannot take."""
    known = {
        question.name: [{key: _MISSING for key in question.fields if key in question.fields_needed}]
        for question in questions(given)
        if question.fields and question.needed
    }
    data = _data(WizardInput(template=given.template, responses={**known, **given.responses}))
    shown = [_shown(scene) for scene in data.get("scenes", ())]
    return Sketch(_shown(data.get("title") or _MISSING), outline(shown))


def complaint(given: WizardInput, before: WizardInput) -> PipelineError | None:
    """What is wrong with an answer, by which `given` differs from what was known `before` it; None if nothing is."""
    try:
        known = {str(error) for error in _complaints(_data(before))}
        return next((error for error in _complaints(_data(given)) if str(error) not in known), None)
    except ValidationError as error:
        if lacking := re.match(r"`item\.(\w+)` has no value", error.message):
            return ValidationError(f"an entry such as this needs `{lacking[1]}` as well", hint="give it")
        return ValidationError(error.message, hint=error.hint)


def read_answers(path: Path) -> WizardInput:
    """The answers in a YAML file with `template` and `responses`. Raises ValidationError, with the place."""
    tree = load_tree(
        read_text(path, what="file of answers", shown=path.as_posix(), limit=MAX_ANSWERS_BYTES), path.as_posix()
    )
    hint = "write `template: tutorial`, and `responses:` with a value for each of its variables"
    if not isinstance(tree.data, dict) or "template" not in tree.data:
        raise ValidationError("answers have a `template` and `responses`", tree.where(()), hint)
    unknown = next((key for key in tree.data if key not in ("template", "responses")), None)
    if unknown is not None:
        raise ValidationError(f'unknown key "{unknown[:60]}"', tree.where((unknown,), key=True), hint)
    name, responses = tree.data["template"], tree.data.get("responses", {})
    if not isinstance(name, str) or name not in templates():
        raise ValidationError(
            f'there is no template "{str(name)[:60]}"',
            tree.where(("template",)),
            f"there are: {', '.join(templates())}",
        )
    if not isinstance(responses, dict):
        raise ValidationError("`responses` must be a mapping", tree.where(("responses",)), hint)
    given = WizardInput(template=name, responses=responses)
    _check_answers(given, tree)
    return given


def project_text(name: str, given: WizardInput) -> str:
    """The project file `NAME.yaml`, with comments for who edits it. Raises ValidationError for what it would be
    refused for."""
    data = _data(given, complete=True)
    scenes = data.pop("scenes")
    film = Film({}).set(**data)
    for scene in scenes:
        film = film.add(_without_empty(scene))
    film.to_project()
    about = templates()[given.template].description
    head = _HEAD.format(schema=SCHEMA_NAME, project=name, about=about[:1].lower() + about[1:], template=given.template)
    said = "\n".join(yaml_text({"scenes": [scene]}).partition("\n")[2] for scene in film.scenes)
    return head + "".join(_settings(film.settings)) + _SCENES.format(project=name) + said


def _without_empty(value: Any) -> Any:
    """Without the texts of a template that are empty because nothing was answered."""
    if isinstance(value, dict):
        return {key: _without_empty(each) for key, each in value.items() if each != ""}
    return [_without_empty(each) for each in value] if isinstance(value, list) else value


_HEAD = """\
# yaml-language-server: $schema={schema}
# {template}: {about}.
# `video-gen create {project}` makes it, `video-gen create {project} --draft` in seconds and without a voice. All of it
# stands here: change a sentence, run the same again, and only what that touches is made anew.

"""
_SCENES = """\

# What is shown (`content`) and said (`narration`), scene by scene. A scene can be moved, copied and removed; `id` is
# the name that it keeps. What else a scene may have: pause_before, pause_after, min_seconds, voice, rate.
scenes:
"""


def _settings(settings: Mapping[str, Any]) -> Iterator[str]:
    """What is set, and what a person is likeliest to set next, each with what it means."""
    for key in dict.fromkeys((*settings, "voice", "aspect", "captions")):
        model = Project.model_fields[key]
        if key in settings:
            text = yaml_text({key: settings[key]})
        elif key == "captions":
            text = "# captions: {burned: words}\n"
        else:
            default = model.get_default(call_default_factory=True)
            text = f"# {yaml_text({key: default[0] if isinstance(default, list) else default})}"
        about = model.description or "captions in the picture, each word marked as it is said"
        about = "what stands around every slide, such as progress and number" if key == "chrome" else about
        yield f"{text[:-1]:<30} # {about}\n" if text.count("\n") == 1 else f"# {about}\n{text}"


def _question(name: str, variable: Variable, given: WizardInput) -> Question:
    return Question(
        name=name,
        text=variable.description,
        type=variable.type,
        needed=variable.default is None,
        default=variable.default,
        choices=variable.choices,
        fields={key: variable.part(key) for key in variable.fields},
        fields_needed=_fields_needed(given.template, name),
    )


@cache
def _fields_needed(template: str, name: str) -> frozenset[str]:
    """The fields of an entry without which the template cannot be, whatever else the entry has."""
    variable = templates()[template].variables[name]
    given = WizardInput(template=template)
    whole = {key: ["x"] if variable.part(key).type == "list" else "x" for key in variable.fields}
    least, before = dict(whole), 0
    while before != len(least):  # one that another needs can go when that has gone
        before = len(least)
        for key in reversed(list(least)):
            fewer = {each: value for each, value in least.items() if each != key}
            if complaint(_with(given, name, [fewer]), _with(given, name, [whole])) is None:
                least = fewer
    return frozenset(least)


def _with(given: WizardInput, name: str, value: Any) -> WizardInput:
    return WizardInput(template=given.template, responses={**given.responses, name: value})


def _answer(head: Template, given: WizardInput, name: str) -> Any:
    return given.responses.get(name, head.variables[name].default)


def _data(given: WizardInput, *, complete: bool = False) -> dict[str, Any]:
    """What the template says with these answers; unless they are `complete`, with something in place of the others."""
    known = given.responses if complete else {**_stand_ins(given.template), **given.responses}
    node = node_of(Tree(_PAGE, {"template": given.template, "variables": known}))
    template, _ = filled(node, Path())
    assert template is not None
    return tree_of(template).data


def _stand_ins(template: str) -> dict[str, Any]:
    """What stands for the answers that have to come."""
    variables = templates()[template].variables
    return {name: _stand_in(name, each) for name, each in variables.items() if each.default is None}


def _stand_in(name: str, variable: Variable) -> Any:
    text = f"{_MISSING}{name}{_MISSING}"
    if variable.type == "list":
        entry = {key: [text] if variable.part(key).type == "list" else text for key in variable.fields}
        return [entry] if entry else [text, text]
    return {"number": 1, "flag": False}.get(variable.type, variable.choices[0] if variable.choices else text)


def _is_known(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_known, value.values()))
    if isinstance(value, list):
        return all(map(_is_known, value))
    return not (isinstance(value, str) and _MISSING in value)


def _shown(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shown(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_shown(each) for each in value]
    if not isinstance(value, str):
        return value
    parts = value.split(_MISSING)  # every second one is the name of what is missing
    return "…".join(parts[::2]) if len(parts) > 2 else value.replace(_MISSING, "…")


def _complaints(data: dict[str, Any]) -> Iterator[PipelineError]:
    """What is wrong with settings and scenes of which everything is known."""
    settings = {key: value for key, value in data.items() if key != "scenes" and _is_known(value)}
    film = Film({})
    try:
        film = film.set(**settings)
    except ValidationError as error:
        yield error
    for scene in data.get("scenes", ()):
        if _is_known(scene):
            try:
                film.add(scene)
            except ValidationError as error:
                yield error


def _check_answers(given: WizardInput, tree: Tree) -> None:
    """Raise ValidationError, with the place in their file, for answers that make no film."""
    here = tree.where(("responses",))
    node, variables = node_of(tree), node_of(Tree(_PAGE, _stand_ins(given.template)))
    if responses := node.get("responses"):
        variables = Node({**variables.data, **responses.data}, responses.mark, {**variables.keys, **responses.keys})
    try:
        filled(Node({"template": node.data["template"], "variables": variables}, node.mark, node.keys), Path())
        for question in questions(given):
            if question.needed and question.name not in given.responses:
                message = f"there is no answer for `{question.name}`: {question.text}"
                raise ValidationError(message, here, "add it to `responses`")
        if responses is not None:
            complete, _ = filled(Node({"template": node.data["template"], "variables": responses}, node.mark), Path())
            assert complete is not None
            faults: list[Fault] = []
            checked_video("", tree_of(complete), ProjectFile, faults)
            if faults:
                raise first_fault(faults)
        project_text("any", given)
    except ValidationError as error:
        ours = error.where is not None and error.where.file == tree.page.file
        raise ValidationError(error.message, error.where if ours else here, error.hint) from None
