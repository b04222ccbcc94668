"""Projects written in Python: what a program or a notebook says, checked at the call, as the YAML of a project.

This is a way to write projects, not another way to make films: `save` writes a project file, and from there on a film
is made as any other.

>>> talk = (
...     film("Incremental builds", accent="green")
...     .title("Incremental builds", say="Builds need not begin anew.")
...     .bullets("Two rules", "Every result is a file", "Every file knows its inputs", say="There are two rules.")
... )
>>> print(talk)
Incremental builds: 2 scenes, about 5 s
  title      3 s  Incremental builds
  bullets    2 s  Two rules
>>> print(film("Notes").title("Notes", say="These are notes.", id="opening").to_yaml(), end="")
title: Notes
scenes:
  - id: opening
    kind: title
    content:
      title: Notes
    narration: These are notes.
>>> talk.scene("bullets", header="Rules", itmes=["One"], say="One.")
Traceback (most recent call last):
videogen.model.errors.ValidationError: bullets: unknown key "itmes"; did you mean "items"?
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Integral, Real
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TypedDict

from videogen.inputs.nodes import node_of
from videogen.inputs.outline import outline_text
from videogen.inputs.project import Fault, checked_video, videos_in
from videogen.inputs.yamltext import yaml_text
from videogen.inputs.yamltree import Page, Tree
from videogen.model.accent import Accent
from videogen.model.base import Model
from videogen.model.errors import ValidationError, Where
from videogen.model.kinds import Content, kinds
from videogen.model.markup import MarkupError, read_markup
from videogen.model.project import HandScene, Project

if TYPE_CHECKING:
    from typing_extensions import Unpack

HEAD = "# Written by a program, which writes it anew: edit a copy of it, or the program.\n"
"""The first line of a project that `save` wrote, by which it knows what it may replace."""

Said = str | Sequence[str | Mapping[str, str]]
"""What is said: text, or turns such as `[{"Ana": "Hello"}, {"Ben": "Hello, Ana"}]`."""


class Settings(TypedDict, total=False):
    """What a project says beside its title and scenes; each as in YAML."""

    description: str
    source: str | PurePath
    split: Any
    script: Any
    languages: Sequence[str]
    translations: str | PurePath
    recordings: str | PurePath
    translate: Any
    duration: Any
    voice: str
    rate: float
    pitch: float
    speakers: Mapping[str, Any]
    voices: Mapping[str, str]
    lexicon: Mapping[str, str]
    theme: str
    accent: Accent
    aspect: str | Sequence[str]
    reduced_motion: bool
    brand: str | PurePath
    chrome: Any
    captions: Any
    allow_commands: bool
    output: Any
    music: Any


class How(TypedDict, total=False):
    """What a scene says beside its kind, its content and its narration; each as in YAML."""

    id: str
    voice: str
    rate: float
    pitch: float
    volume: float
    pause_before: float
    pause_after: float
    min_seconds: float
    max_seconds: float


@dataclass(frozen=True, repr=False)
class Film:
    """A project of one video. It is a value: every call gives another film, and leaves this one as it is.

    Paths count from the file that it is saved as. Everything raises ValidationError, at the call, for what YAML would
    be refused for. Templates and includes are YAML's; Python has functions.
    """

    settings: Mapping[str, Any]
    scenes: tuple[Mapping[str, Any], ...] = ()

    def set(self, **settings: Unpack[Settings]) -> Film:
        """With other settings: any field of a project."""
        given = {key: _plain(value, key) for key, value in settings.items()}
        found = replace(self, settings={**self.settings, **given})
        found._check({**found._data(), **({} if found.scenes or "source" in found.settings else _SCENES)}, "")
        return found

    def scene(self, kind: str | Content, /, *, say: Said = "", **fields: Any) -> Film:
        """With one more scene.

        `kind` is the name of a kind, with its content in `fields`; or the content itself, such as
        `Bullets(header="Rules", items=["One"])`. Any other field of a scene (`id`, `voice`, `pause_after`, …) goes
        with it, and turns need their `speakers` to be set before.
        """
        if isinstance(kind, Content):
            name = next((name for name, model in kinds().items() if model is type(kind)), type(kind).__name__)
            how, content = fields, kind
        else:
            name = kind
            how = {key: value for key, value in fields.items() if key in HOW}
            content = {key: _plain(value, key) for key, value in fields.items() if key not in HOW}
        scene = {key: value for key, value in how.items() if key == "id"}
        scene |= {"kind": name, "content": content, **({"narration": say} if say else {})}
        return self.add({**scene, **how})

    def add(self, scene: Mapping[str, Any]) -> Film:
        """With one more scene, as it stands in YAML: its `kind`, `content`, `narration` and so on."""
        scene = _plain(scene, "scene")
        what = str(scene.get("kind", "scene"))
        self._check({**self._data(), "scenes": [scene]}, what)
        self._check_said(scene, what)
        if any(scene.get("id", "") == other.get("id") for other in self.scenes):
            raise ValidationError(f'{what}: two scenes are called "{scene["id"]}"', hint="rename one of them")
        return replace(self, scenes=(*self.scenes, scene))

    def title(self, title: str, subtitle: str = "", *, eyebrow: str = "", say: Said = "", **how: Unpack[How]) -> Film:
        """With a title scene."""
        return self.scene("title", say=say, **_given(title=title, subtitle=subtitle, eyebrow=eyebrow), **how)

    def section(self, title: str, *, number: str = "", summary: str = "", say: Said = "", **how: Unpack[How]) -> Film:
        """With the opening of a new part."""
        return self.scene("section", say=say, **_given(title=title, number=number, summary=summary), **how)

    def bullets(self, header: str, *items: str, say: Said = "", **how: Unpack[How]) -> Film:
        """With points under a header."""
        return self.scene("bullets", header=header, items=list(items), say=say, **how)

    def code(self, code: str, language: str = "text", *, header: str = "", say: Said = "", **how: Unpack[How]) -> Film:
        """With a listing."""
        return self.scene("code", say=say, **_given(header=header), code=code, language=language, **how)

    def image(
        self, path: str | PurePath, *, header: str = "", caption: str = "", say: Said = "", **how: Unpack[How]
    ) -> Film:
        """With a picture from a file."""
        return self.scene("image", say=say, **_given(header=header), path=path, **_given(caption=caption), **how)

    def quote(self, text: str, attribution: str = "", *, say: Said = "", **how: Unpack[How]) -> Film:
        """With a quotation."""
        return self.scene("quote", say=say, text=text, **_given(attribution=attribution), **how)

    def outro(self, main_text: str, sub_text: str = "", *, say: Said = "", **how: Unpack[How]) -> Film:
        """With a closing scene."""
        return self.scene("outro", say=say, main_text=main_text, **_given(sub_text=sub_text), **how)

    def to_project(self) -> Project:
        """The project that its YAML would be read as."""
        return _read(self._data())[""]

    def to_yaml(self) -> str:
        """The text of the project file."""
        self.to_project()
        return yaml_text(self._data())

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the project file, whole or not at all, unless it is as it would be. Returns its path.

        A file that is there is replaced only if this wrote it. Raises ValidationError, and OSError.
        """
        return _save(Path(path), self.to_yaml())

    def __repr__(self) -> str:
        """Its outline, with estimated seconds."""
        return outline_text(str(self.settings.get("title") or self.settings.get("source") or "a film"), self.scenes)

    def _data(self) -> dict[str, Any]:
        return {**self.settings, **({"scenes": [dict(scene) for scene in self.scenes]} if self.scenes else {})}

    def _check(self, data: dict[str, Any], what: str) -> None:
        faults: list[Fault] = []
        checked_video("", Tree(_PAGE, data), Project, faults)
        if faults:
            raise _at_the_call(faults, what)

    def _check_said(self, scene: Mapping[str, Any], what: str) -> None:
        says = HandScene.model_validate(scene).says
        speakers = self.settings.get("speakers", {})
        unknown = next((speaker for speaker, _ in says if speaker and speaker not in speakers), None)
        if unknown:
            raise ValidationError(
                f'{what}: there is no speaker "{unknown}"', hint=f'call .set(speakers={{"{unknown}": "female"}}) before'
            )
        try:
            read_markup(says, speakers)
        except MarkupError as error:
            raise ValidationError(f"{what}: {error.message}", hint=error.hint) from None


@dataclass(frozen=True, repr=False)
class FilmSet:
    """A project of several videos, by name; `settings` are for all of them, where they do not say otherwise."""

    settings: Mapping[str, Any]
    films: Mapping[str, Film]

    def to_projects(self) -> dict[str, Project]:
        """The project of every video, by its id, as the YAML would be read."""
        return _read(self._data())

    def to_yaml(self) -> str:
        """The text of the project file."""
        self.to_projects()
        return yaml_text(self._data())

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the project file, as `Film.save` does."""
        return _save(Path(path), self.to_yaml())

    def __repr__(self) -> str:
        """The outlines of all."""
        return "\n".join([str(self.settings.get("title") or "films"), *map(repr, self.films.values())])

    def _data(self) -> dict[str, Any]:
        return {**self.settings, "videos": [{"id": name, **film._data()} for name, film in self.films.items()]}


def film(title: str | None = None, **settings: Unpack[Settings]) -> Film:
    """A film to add scenes to, or of a document (`source`, as a path or an address). Raises ValidationError.

    >>> film(source="../README.md", theme="paper").to_project().theme
    'paper'
    """
    return Film({} if title is None else {"title": _plain(title, "title")}).set(**settings)


def film_set(title: str | None, films: Mapping[str, Film], **settings: Unpack[Settings]) -> FilmSet:
    """Several films in one project, by their ids. Raises ValidationError.

    >>> both = film_set("A course", {"one": film(source="one.md"), "two": film(source="two.md")}, theme="paper")
    >>> print(both.to_yaml(), end="")
    title: A course
    theme: paper
    videos:
      - id: one
        source: one.md
      - id: two
        source: two.md
    """
    given = {key: _plain(value, key) for key, value in {"title": title, **settings}.items() if value is not None}
    found = FilmSet(given, dict(films))
    found.to_projects()
    return found


def project_yaml(project: Project) -> str:
    """A project that is a Python object already, as the text of its file: what was set of it."""
    data = project.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    _read(data)
    return yaml_text(data)


HOW = frozenset(HandScene.model_fields) - {"kind", "content", "narration"}
"""Fields of a scene that are not its content."""

_PAGE = Page("", [])
_SCENES = {"scenes": [{"kind": "title", "content": {"title": "A"}, "narration": "A."}]}


def _read(data: dict[str, Any]) -> dict[str, Project]:
    """The projects of some data, as the loader reads them from a file."""
    try:
        videos, _ = videos_in(node_of(Tree(_PAGE, data)))
    except ValidationError as error:
        raise ValidationError(error.message, hint=error.hint) from None
    return {video.id: video.project for video in videos}


def _at_the_call(faults: list[Fault], what: str) -> ValidationError:
    """The error for what is wrong in what a call was given: the traceback says where."""
    first = min(faults, key=lambda fault: fault.missing).error
    message = f"{what}: {first.message}" if what else first.message
    return ValidationError(message, hint=first.hint, details={"errors": [fault.error.message for fault in faults]})


def _given(**fields: str) -> dict[str, str]:
    """The texts that are not empty."""
    return {key: value for key, value in fields.items() if value != ""}


def _plain(value: Any, name: str) -> Any:
    """A value as YAML has it. Raises ValidationError for one that it cannot have."""
    if isinstance(value, Model):
        return _plain(value.model_dump(mode="json", exclude_unset=True, exclude_none=True), name)
    if isinstance(value, Mapping):
        return {str(key): _plain(each, name) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, name) for each in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, PurePath):
        return value.as_posix()
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    raise ValidationError(
        f"`{name}` has a {type(value).__name__}, which a project cannot hold", hint="give text, numbers, lists or dicts"
    )


def _save(path: Path, text: str) -> Path:
    data = (HEAD + text).encode()
    if path.exists():
        old = path.read_bytes()
        if old == data:
            return path
        if not old.startswith(HEAD.encode()):
            raise ValidationError(
                "a person wrote this file", Where(path.as_posix()), "save it under another name, or remove that one"
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".videogen-", dir=path.parent) as folder:
        whole = Path(folder, path.name)
        whole.write_bytes(data)
        os.replace(whole, path)
    return path
