"""A project file, checked, with the place of every value in it: one video or several."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydantic
from pydantic_core import ErrorDetails

from videogen.inputs.include import Includes
from videogen.inputs.nodes import Node, node_of, over, tree_of
from videogen.inputs.template import filled
from videogen.inputs.text import read_text
from videogen.inputs.videos import videos_of
from videogen.inputs.yamltree import Loc, Tree, load_tree
from videogen.model import limits
from videogen.model.errors import ValidationError, Where
from videogen.model.kinds import Content, content_type, kinds
from videogen.model.project import Project, ProjectFile, SetVideo
from videogen.model.refused import called, said


@dataclass(frozen=True)
class VideoFile:
    """One video as it was read: `contents` are the checked contents of its scenes, in order."""

    id: str
    """Its name in a project that lists several; "" for the one that a project is by itself."""
    project: Project
    contents: list[Content]
    tree: Tree

    def where(self, *loc: str | int) -> Where:
        """The place of the value at a path, such as `where("scenes", 0, "id")`."""
        return self.tree.where(loc)


@dataclass(frozen=True)
class Written:
    """A project as it was read."""

    title: str | None
    description: str
    videos: list[VideoFile]
    inputs: list[str]
    """Every file that was read for it, relative to the working folder."""


def load_project(path: Path) -> Project:
    """The project in a YAML file; the first of one that lists several videos, all of which are checked.

    Raises ValidationError, which names file, line and column, for the first thing in the file that is wrong;
    `details["errors"]` lists every one.
    """
    return read_project(path, path.as_posix()).videos[0].project


def read_project(path: Path, shown: str, root: Path = Path(), text: str | None = None) -> Written:
    """Like `load_project`, with every video and the places kept; `shown` is the file's name in messages, relative to
    `root`, `text` what the file would hold, where it is not saved."""
    node, includes = expanded(path, shown, root, text)
    videos, inputs = videos_in(node, root)
    head = {key: node.data[key].data for key in _HEAD if key in node.data}
    return Written(head.get("title"), head.get("description", ""), videos, [shown, *includes, *inputs])


def project_faults(path: Path, shown: str, root: Path = Path(), text: str | None = None) -> list[ValidationError]:
    """Everything that is wrong in a project by itself, in the order of the file; of what keeps it from being read any
    further, the first."""
    faults: list[Fault] = []
    try:
        _gathered(expanded(path, shown, root, text)[0], root, faults)
    except ValidationError as error:
        return [*(fault.error for fault in sorted(faults, key=lambda fault: fault.place)), error]
    told = {fault.error.line(): fault.error for fault in sorted(faults, key=lambda fault: fault.place)}
    return list(told.values())  # what is wrong for all videos is wrong in each


def expanded(path: Path, shown: str, root: Path = Path(), text: str | None = None) -> tuple[Node, list[str]]:
    """A project with what it includes, and the files that were included. Raises ValidationError."""
    if text is None:
        text = read_text(path, what="project", shown=shown, limit=limits.MAX_PROJECT_BYTES)
    tree = load_tree(text, shown)
    if tree.data is None:
        raise ValidationError("the project is empty", Where(shown), "write one with `video-gen init`")
    if not isinstance(tree.data, dict):
        raise ValidationError(
            f"a project is a mapping of keys to values, not {called(tree.data)}",
            tree.where(()),
            "begin with a line such as `source: README.md`",
        )
    includes = Includes(node_of(tree), root)
    return includes.expand(node_of(tree)), includes.files


def videos_in(node: Node, root: Path = Path()) -> tuple[list[VideoFile], list[str]]:
    """The videos of a project, checked, and the files of their templates. Raises ValidationError as `load_project`."""
    faults: list[Fault] = []
    found = _gathered(node, root, faults)
    if faults:
        raise first_fault(faults)
    return found


def _gathered(node: Node, root: Path, faults: list[Fault]) -> tuple[list[VideoFile], list[str]]:
    """The videos in which nothing is wrong, and the files of their templates; the rest is added to `faults`."""
    if "videos" in node.data:
        faults += _head_faults(tree_of(node.without(node.data.keys() - {*_HEAD})))
    videos: list[VideoFile] = []
    inputs: list[str] = []
    for name, own in videos_of(node):
        template, files = filled(own, root)
        inputs += files
        if template is not None:
            own = _of_template(own, template)
        videos += checked_video(name, tree_of(own), SetVideo if name else ProjectFile, faults)
    return videos, inputs


def _of_template(own: Node, template: Node) -> Node:
    """A video over the template that it names."""
    if other := next((key for key in ("source", "scenes") if key in own.data), None):
        raise ValidationError(
            f"give either `template` or `{other}`, not both", own.keys[other].where(), "remove one of them"
        )
    return over(own.without(("template", "variables")), template)


_HEAD = ("title", "description")
"""What a project of several videos says of itself."""


def _head_faults(tree: Tree) -> list[Fault]:
    try:
        Project.model_validate({"source": "", **tree.data}, strict=True)
    except pydantic.ValidationError as error:
        return [fault(detail, tree, ()) for detail in error.errors(include_url=False)]
    return []


def checked_video(name: str, tree: Tree, model: type[Project], faults: list[Fault]) -> list[VideoFile]:
    """A video, if nothing of it is wrong; else what is, added to `faults`."""
    before = len(faults)
    project: Project | None = None
    try:
        # strict: "30" is not a number and yes is not true, just as the editor's schema says
        project = Project.model_validate(tree.data, strict=True)
    except pydantic.ValidationError as error:
        faults += [fault(detail, tree, (), model) for detail in error.errors(include_url=False)]
    contents = _contents(tree, faults)
    faults += _scene_faults(tree, project)
    return [VideoFile(name, project, contents, tree)] if project and len(faults) == before else []


def checked(tree: Tree) -> VideoFile:
    """A tree checked as a project that is one video. Raises ValidationError, as `load_project` does."""
    faults: list[Fault] = []
    videos = checked_video("", tree, Project, faults)
    if faults:
        raise first_fault(faults)
    return videos[0]


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file, and where."""

    place: tuple[int, int]
    error: ValidationError
    missing: bool = False


def first_fault(faults: list[Fault]) -> ValidationError:
    """The error for the first of several faults; it lists the others."""
    # what is missing is often what was misspelt, so the misspelling goes first
    faults.sort(key=lambda fault: (fault.missing, fault.place))
    error = faults[0].error
    # what is wrong for all videos is wrong in each
    lines = list(dict.fromkeys(fault.error.line() for fault in faults))
    if len(lines) > 1:
        error.details["errors"] = lines
    return error


def _contents(tree: Tree, faults: list[Fault]) -> list[Content]:
    contents = []
    scenes = tree.data.get("scenes")
    for index, scene in enumerate(scenes if isinstance(scenes, list) else []):
        if not isinstance(scene, dict) or not isinstance(scene.get("kind"), str):
            continue
        try:
            model = content_type(scene["kind"])
        except ValueError as error:
            message, _, hint = str(error).partition("; ")
            loc: Loc = ("scenes", index, "kind")
            faults.append(Fault(tree.at(loc), ValidationError(message, tree.where(loc), hint)))
            continue
        if isinstance(scene.get("content"), dict):
            try:
                contents.append(model.model_validate(scene["content"], strict=True))
            except pydantic.ValidationError as error:
                base: Loc = ("scenes", index, "content")
                faults += [fault(detail, tree, base, model) for detail in error.errors(include_url=False)]
    return contents


def _scene_faults(tree: Tree, project: Project | None) -> list[Fault]:
    faults: list[Fault] = []
    seen: dict[str, int] = {}

    def add(loc: Loc, message: str, hint: str) -> None:
        faults.append(Fault(tree.at(loc), ValidationError(message, tree.where(loc), hint)))

    scenes = project.scenes if project and project.scenes else []
    if len(scenes) > limits.MAX_SCENES:
        add(("scenes", limits.MAX_SCENES), f"more than {limits.MAX_SCENES} scenes", "split the project into several")
    for index, scene in enumerate(scenes):
        loc: Loc = ("scenes", index)
        lasts = scene.kind in kinds() and kinds()[scene.kind].lasts
        if not scene.speaks and scene.min_seconds <= 0 and not lasts:
            add(
                (*loc, "narration"),
                "this scene has no narration, and nothing else says how long it lasts",
                "write a narration, or give it min_seconds: 5",
            )
        if scene.min_seconds > scene.max_seconds:
            add(
                (*loc, "min_seconds"),
                f"min_seconds {scene.min_seconds:g} is more than max_seconds {scene.max_seconds:g}",
                "make it smaller",
            )
        if scene.id is not None:
            first = seen.setdefault(scene.id, index)
            if first != index:
                line = tree.at(("scenes", first, "id"))[0] + 1
                add((*loc, "id"), f'two scenes are called "{scene.id}", the first on line {line}', "rename one of them")
    return faults


def fault(detail: ErrorDetails, tree: Tree, base: Loc, model: type[pydantic.BaseModel] = Project) -> Fault:
    """What pydantic found wrong below `base`, in the words of this project and with its place."""
    loc: Loc = (*base, *detail["loc"])
    kind = detail["type"]
    on_key = kind == "extra_forbidden"
    if kind == "value_error" and loc == () and {"source", "scenes"} <= tree.data.keys():
        loc, on_key = max(("source",), ("scenes",), key=tree.at), True
    message, hint = _say(detail, _name(loc), _known_keys(model, detail["loc"][:-1]))
    place = tree.at(loc, key=on_key)
    return Fault(place, ValidationError(message, tree.where(loc, key=on_key), hint), kind == "missing")


def _name(loc: Loc) -> str:
    if loc and loc[-1] == "[key]":
        return f"a key of `{loc[-3]}`"
    if loc and isinstance(loc[-1], int):
        owner = next((part for part in reversed(loc) if isinstance(part, str)), "list")
        return f"entry {loc[-1] + 1} of `{owner}`"
    return f"`{loc[-1]}`" if loc else "the project"


OTHER_NAMES = {
    "scene_id": ("id",),
    "video_id": ("id",),
    "scene_type": ("kind",),
    "type": ("kind",),
    "visual_content": ("content",),
    "accent_color": ("accent",),
    "color": ("accent",),
    "colour": ("accent",),
    "name": ("title",),
    "document": ("source",),
    "path": ("source",),
    "url": ("source",),
    "language": ("languages",),
    "min_duration": ("min_seconds",),
    "max_duration": ("max_seconds",),
    "target_duration": ("duration",),
    "quote_text": ("text",),
}
"""What other tools call a thing -> what it is called here."""

ELSEWHERE = {
    "defaults": "write what is in it beside `videos`: it is the default of every video",
    "set_id": "remove it: a project is called as its file",
    "metadata": "remove it, or make it a comment",
    "output_dir": "remove it, and say it to the command: --output FOLDER",
    "output_format": "remove it: films are MP4",
}
"""Keys of other tools that have no counterpart in a project -> what to do."""


def _say(detail: ErrorDetails, name: str, known: list[str]) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    if detail["type"] == "extra_forbidden":
        key = str(detail["loc"][-1])
        if key in ELSEWHERE and "source" in known:
            return f'unknown key "{key}"', ELSEWHERE[key]
        if (meant := next((name for name in OTHER_NAMES.get(key, ()) if name in known), None)) is not None:
            return f'unknown key "{key}"', f'did you mean "{meant}"?'
    return said(detail, name, known)


def _known_keys(model: type[pydantic.BaseModel], loc: Loc | tuple[Any, ...]) -> list[str]:
    """Field names of the model found by following `loc` from `model`."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[pydantic.BaseModel] | None:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, pydantic.BaseModel) else None
    return next((found for part in typing.get_args(annotation) if (found := _model_in(part))), None)
