"""A template with variables: a project file with a head that declares them, filled in with what a project gives.

`${name}` in a text of the template stands for the variable, `${name|default}` for it or, where it is not given, for the
default; `$${` is `${` itself. A value that is only `${name}` has the variable's type: a list stays a list. In a longer
text, and in a narration, a list is its entries, each ended as a sentence. `when: name` and `unless: name` keep a scene,
or leave it out, by whether the variable says anything; `each: name` repeats a scene, or the `scenes` in it, for every
entry of a list, which is `${item}`. Only templates are filled in: a `${` in a project is as it is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import pydantic
from pydantic import Field

from videogen.inputs.include import MOST_BYTES, Includes
from videogen.inputs.named import named_file, relative
from videogen.inputs.nodes import Node, node_of
from videogen.inputs.text import read_text
from videogen.inputs.yamltree import Mark, load_tree
from videogen.model.base import Model
from videogen.model.errors import ValidationError, Where
from videogen.model.templates import is_theme_path, templates_folder

MOST_TEXT = 10_000_000
"""Characters that filling in a template may come to."""

_USE = re.compile(r"\$\$\{|\$\{(?:\s*([A-Za-z_][\w.]*)\s*(?:\|([^{}]*))?\})?")
_CONTROL = ("when", "unless", "each")


class Part(Model):
    """What a template says of a field of an entry."""

    description: str
    type: Literal["text", "list"] = "text"
    when: str = ""
    """Another field: only where an entry has that is there a need for this one."""


class Variable(Model):
    """What a template says of one of its variables."""

    description: str = Field(description="what it is, as a person is asked for it")
    type: Literal["text", "number", "flag", "list"] = "text"
    fields: dict[str, str | Part] = Field(default_factory=dict)
    """Of a list whose entries are mappings: their keys, with what each is; an entry that is a text is the first."""
    choices: list[str] = Field(default_factory=list)
    """Of a text: what it may be, where that is not free."""
    when: str = ""
    """Another variable: only where that says anything is there a need for this one."""
    default: Any = None
    """Its value where none is given; without one it has to be given, where the template needs it."""

    def part(self, key: str) -> Part:
        """What is said of a field."""
        said = self.fields[key]
        return Part(description=said) if isinstance(said, str) else said


class Template(Model):
    """The head of a template."""

    description: str
    variables: dict[str, Variable] = Field(default_factory=dict)


def shipped_templates() -> dict[str, Template]:
    """The templates that come with videogen, by name."""
    files = sorted(Path(templates_folder()).glob("*.yaml"))
    return {path.stem: _read(path, path.name, Where(path.name))[0] for path in files}


def filled(video: Node, root: Path) -> tuple[Node | None, list[str]]:
    """What the template that a video names says with its variables, and the files read for it; None without one.

    Raises ValidationError, with its place, for a template or a variable that there is not, for a value of another type
    and, at the line of the template that needs it, for one that is missing.
    """
    named, given = video.get("template"), video.get("variables")
    if named is None:
        if given is not None:
            where = video.keys["variables"].where()
            raise ValidationError("`variables` are those of a template", where, "name it, as in `template: tutorial`")
        return None, []
    path = _path(named, root)
    shown = relative(path, root)
    head, node = _read(path, shown, named.mark.where())
    includes = Includes(node, root)
    body = includes.expand(node)
    scope = _Scope(head.variables, _checked(given, head.variables), named.mark.where())
    return scope.fill(body), [shown, *includes.files]


def _path(named: Node, root: Path) -> Path:
    where = named.mark.where()
    if not isinstance(named.data, str):
        raise ValidationError("`template` must be a template's name, or its path", where, "as in `template: tutorial`")
    if is_theme_path(named.data):
        return named_file(named.data, Path(root, named.mark.page.file).parent, root, where).path
    names = sorted(path.stem for path in Path(templates_folder()).glob("*.yaml"))
    if named.data not in names:
        close = difflib.get_close_matches(named.data, names, 1)
        hint = f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(names)}"
        raise ValidationError(f'there is no template "{named.data[:60]}"', where, hint)
    return Path(templates_folder(), f"{named.data}.yaml")


def _read(path: Path, shown: str, named_at: Where) -> tuple[Template, Node]:
    """A template's head, and the rest of it."""
    tree = load_tree(read_text(path, what="template", shown=shown, limit=MOST_BYTES, named_at=named_at), shown)
    node = node_of(tree)
    head = node.get("template")
    if head is None or not isinstance(head.data, dict):
        raise ValidationError(
            "this is no template: it has no head", Where(shown), "begin it with `template: {description: …}`"
        )
    if "videos" in node.data:
        raise ValidationError("a template is of one video", node.keys["videos"].where(), "remove `videos`")
    try:
        return Template.model_validate(head.plain(), strict=True), node.without(("template",))
    except pydantic.ValidationError as error:
        detail = error.errors(include_url=False)[0]
        loc = ("template", *detail["loc"])
        what = f"`{'.'.join(map(str, loc))}`: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
        raise ValidationError(what, tree.where(loc, key=True), "see one of the templates that come along") from None


def _checked(given: Node | None, declared: Mapping[str, Variable]) -> dict[str, Node]:
    """The variables that a project gives. Raises ValidationError for one that is not declared, or of another type."""
    if given is None:
        return {}
    if not isinstance(given.data, dict):
        raise ValidationError("`variables` must be a mapping", given.mark.where(), "as in `variables: {name: value}`")
    for name, node in given.data.items():
        if name not in declared:
            raise ValidationError(
                f'the template has no variable "{name}"', given.keys[name].where(), _close(name, declared)
            )
        expected, what = _TYPES[declared[name].type]
        fits = isinstance(node.data, expected) and (declared[name].type == "flag" or not isinstance(node.data, bool))
        if not fits:
            quoted = expected is str and isinstance(node.data, (int, float))
            raise ValidationError(
                f"the variable `{name}` must be {what}",
                node.mark.where(),
                "put it in quotes" if quoted else f"it is: {declared[name].description}",
            )
        choices = declared[name].choices
        if choices and node.data not in choices:
            close = difflib.get_close_matches(str(node.data), choices, 1)
            raise ValidationError(
                f"the variable `{name}` must be one of {', '.join(choices)}",
                node.mark.where(),
                f'did you mean "{close[0]}"?' if close else "choose one of these",
            )
    return {name: _entries(node, declared[name]) for name, node in given.data.items()}


_TYPES: dict[str, tuple[Any, str]] = {
    "text": (str, "text"),
    "number": ((int, float), "a number"),
    "flag": (bool, "true or false"),
    "list": (list, "a list"),
}


def _entries(node: Node, variable: Variable) -> Node:
    """A list whose entries are mappings, where those are declared."""
    if not variable.fields or not isinstance(node.data, list):
        return node
    first = next(iter(variable.fields))
    entries: list[Node] = []
    for entry in node.data:
        if isinstance(entry.data, str):
            entries.append(Node({first: entry}, entry.mark, {first: entry.mark}))
            continue
        if not isinstance(entry.data, dict):
            raise ValidationError(
                f"an entry must be a mapping with {', '.join(variable.fields)}", entry.mark.where(), "correct it"
            )
        unknown = next((key for key in entry.data if key not in variable.fields), None)
        if unknown is not None:
            raise ValidationError(
                f'unknown key "{unknown[:60]}"', entry.keys[unknown].where(), _close(unknown, variable.fields)
            )
        entries.append(entry)
    return Node(entries, node.mark)


def _close(name: str, known: Mapping[str, Any]) -> str:
    close = difflib.get_close_matches(name, known, 1)
    return f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(known) or 'none'}"


@dataclass
class _Scope:
    """The variables of a template, and where the project names it."""

    declared: Mapping[str, Variable]
    given: Mapping[str, Node]
    named_at: Where
    item: Node | None = None
    spent: list[int] | None = None

    def __post_init__(self) -> None:
        self.spent = self.spent or [0]

    def fill(self, node: Node) -> Node:
        """A value of the template with its variables filled in."""
        if isinstance(node.data, str):
            return self.text(node)
        if isinstance(node.data, list):
            return Node([self.fill(entry) for entry in node.data], node.mark)
        if not isinstance(node.data, dict):
            return node
        return Node({key: self.field(key, value) for key, value in node.data.items()}, node.mark, node.keys)

    def field(self, key: str, value: Node) -> Node:
        """What stands under a key of a mapping."""
        if key == "scenes" and isinstance(value.data, list):
            return self.scenes(value)
        if key == "narration" and isinstance(value.data, str):
            return self.text(value, whole=False)  # a list there would be turns of speakers
        return self.fill(value)

    def scenes(self, listed: Node) -> Node:
        """Scenes, each as often as `when`, `unless` and `each` have it."""
        if not isinstance(listed.data, list):
            raise ValidationError("`scenes` must be a list", listed.mark.where(), "begin each with a dash")
        found: list[Node] = []
        for scene in listed.data:
            self.spend(1_000)  # of any scene, for one may say nothing and still be there again and again
            control = {key: scene.data[key] for key in _CONTROL if scene.get(key) is not None}
            if not control and scene.get("scenes") is None:
                found.append(self.fill(scene))
                continue
            inside = scene.get("scenes") or Node([scene.without(_CONTROL)], scene.mark)
            scopes = [self]
            if "each" in control:
                entries = self.value(control["each"].data, control["each"].mark, "")
                scopes = [
                    replace(self, item=entry) for entry in (entries.data if isinstance(entries.data, list) else [])
                ]
            for scope in scopes:
                wanted = ("when" not in control or scope.says(control["when"])) and not (
                    "unless" in control and scope.says(control["unless"])
                )
                if wanted:
                    found += scope.scenes(inside).data
        return Node(found, listed.mark)

    def says(self, named: Node) -> bool:
        """Whether a variable has a value that is not empty."""
        return self.value(named.data, named.mark, "").data not in (None, "", False, [])

    def text(self, node: Node, *, whole: bool = True) -> Node:
        """A text with its variables filled in; one that is only a variable is that, `whole`, with its type."""
        alone = _USE.fullmatch(node.data) if whole else None
        if alone and alone[1]:
            return self.value(alone[1], node.mark, alone[2])

        def written(use: re.Match[str]) -> str:
            if use[0] == "$${":
                return "${"
            if not use[1]:
                raise ValidationError(
                    "this `${` names no variable", node.mark.where(), "write ${name}, or $${ for the text itself"
                )
            return _as_text(self.value(use[1], node.mark, use[2]))

        text = _USE.sub(written, node.data)
        self.spend(len(text))
        return Node(text, node.mark)

    def spend(self, much: int) -> None:
        """Count what is made: lists within lists come to any size. Raises ValidationError for too much."""
        assert self.spent is not None
        self.spent[0] += much
        if self.spent[0] > MOST_TEXT:
            raise ValidationError("the template comes to too much text", self.named_at, "give it less")

    def value(self, name: Any, mark: Mark, fallback: str | None) -> Node:
        """The value of a variable, or of a field of the entry at hand; `fallback` where there is none."""
        first, _, field = str(name).partition(".")
        if first == "item" and self.item is not None:
            found = self.item.get(field) if field else self.item
            if found is None and fallback is None:
                told = f" in {self.item.mark.where()}"
                raise ValidationError(f"`{name}` has no value", mark.where(), f"give it one{told}")
            return found or Node(fallback, mark)
        if name not in self.declared:
            raise ValidationError(
                f'the template declares no variable "{name}"',
                mark.where(),
                f"{_close(str(name), self.declared)}; $${{ stands for the text itself",
            )
        variable = self.declared[name]
        if name in self.given:
            return self.given[name]
        if fallback:
            return Node(_typed(fallback, variable.type), mark)
        if variable.default is not None:
            return _entries(_node(variable.default, mark), variable)
        if fallback is None:
            raise ValidationError(
                f"the variable `{name}` has no value: {variable.description}",
                mark.where(),
                f"give it one below {self.named_at}, as in `variables: {{{name}: …}}`",
            )
        return Node([] if variable.type == "list" else fallback, mark)


def _node(data: Any, mark: Mark) -> Node:
    if isinstance(data, dict):
        return Node({key: _node(value, mark) for key, value in data.items()}, mark, dict.fromkeys(data, mark))
    return Node([_node(value, mark) for value in data] if isinstance(data, list) else data, mark)


def _typed(text: str, kind: str) -> Any:
    """A default as it stands in a text, as a value of the variable's type."""
    if kind == "number":
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            return text
    return {"true": True, "false": False}.get(text, text) if kind == "flag" else text


def _as_text(node: Node) -> str:
    """A value inside a text."""
    data = node.data
    if isinstance(data, bool):
        return str(data).lower()
    if isinstance(data, list):
        return " ".join(_sentence(_as_text(entry)) for entry in data)
    if isinstance(data, dict):
        # the texts of an entry: what it is, and what there is to say of it
        return " ".join(_sentence(_as_text(value)) for value in data.values())
    return "" if data is None else f"{data:g}" if isinstance(data, float) else str(data)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?…。！？" else f"{text}."
