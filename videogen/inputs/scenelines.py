"""The scenes of a project and the lines that they stand on, as far as its text can be read at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pydantic

from videogen.inputs.handmade import heading_of, unique_ids
from videogen.inputs.nodes import Node, node_of, over
from videogen.inputs.project import expanded
from videogen.inputs.template import filled
from videogen.inputs.videos import videos_of
from videogen.inputs.yamltree import load_tree
from videogen.model.allowed import SWITCH
from videogen.model.errors import ValidationError
from videogen.model.kinds import content_type


class SceneLines(NamedTuple):
    """A scene that is written by hand. Lines count from 1, both included; None where it stands in another file."""

    video: str
    """"" for the only video of a project."""
    scene: str
    kind: str
    title: str
    line: int | None
    end_line: int | None


def scene_lines(path: Path, shown: str, text: str, root: Path = Path()) -> list[SceneLines]:
    """The scenes of a project's text, in order; of one that has faults too, and nothing of what is no YAML."""
    node = _read(path, shown, text, root)
    if node is None or isinstance(node.data, list):
        return []
    lines = sorted({*_lines(node, shown), len(text.splitlines()) + 1})
    try:
        return [each for name, video in videos_of(node) for each in _of_video(name, video, shown, lines, root)]
    except ValidationError:
        return []


def written_commands(path: Path, shown: str, text: str, root: Path = Path()) -> list[tuple[str, bool]] | None:
    """Every command that a terminal in a project's text is to run, wherever it stands, with whether the project allows
    it to; of a text with mistakes too, of one that others include, and `SWITCH` last where commands are allowed at all.
    None for what is no YAML."""
    node = _read(path, shown, text, root)
    if node is None:
        return None
    found = [*_commands(node, allowed=False)]
    with contextlib.suppress(ValidationError):
        for _, video in videos_of(node) if isinstance(node.data, dict) else ():
            with contextlib.suppress(ValidationError):
                template, _ = filled(video, root)
                whole = video if template is None else over(video, template)
                found += _commands(whole, allowed=False)
    return sorted(found, key=lambda each: each[0] == SWITCH)


def _commands(node: Node, allowed: bool) -> Iterator[tuple[str, bool]]:
    if isinstance(node.data, list):
        for each in node.data:
            yield from _commands(each, allowed)
    if not isinstance(node.data, dict):
        return
    switch, content, kind = node.get("allow_commands"), node.get("content"), node.get("kind")
    if switch is not None and switch.data is not False:  # what a variable makes of it is not known
        allowed = True
        yield SWITCH, True
    if content is not None and isinstance(content.data, dict) and (command := _runs(node.plain())):
        yield command, allowed
    elif content is not None and not isinstance(content.data, dict) and kind is not None and _may_run(kind.data):
        yield str(content.plain()), allowed
    for each in node.data.values():
        yield from _commands(each, allowed)


def _may_run(kind: object) -> bool:
    """Whether a scene of this kind may run a command, in doubt where a variable names it."""
    return isinstance(kind, str) and (kind == "terminal" or "${" in kind)


def _runs(scene: dict[str, Any]) -> str | None:
    """The command of a scene that runs one; in doubt it does."""
    kind, content = scene.get("kind"), scene["content"]
    try:
        return content_type(str(kind)).model_validate(content, strict=True).runs()
    except (pydantic.ValidationError, ValueError):
        command = content.get("command")
        return command if isinstance(command, str) else None


def _read(path: Path, shown: str, text: str, root: Path) -> Node | None:
    """A project's text, with what it includes where that can be read; None for what is no YAML, or no project nor a
    part of one."""
    try:
        node = node_of(load_tree(text, shown))
    except ValidationError:
        return None
    if not isinstance(node.data, (dict, list)):
        return None
    if isinstance(node.data, list):  # what others include
        return node
    with contextlib.suppress(ValidationError):  # else without what it includes
        node = expanded(path, shown, root, text)[0]
    return node


def _of_video(name: str, video: Node, shown: str, lines: Sequence[int], root: Path) -> Iterator[SceneLines]:
    try:
        template, _ = filled(video, root)
    except ValidationError:
        template = None
    listed = video.get("scenes") or (template.get("scenes") if template else None)
    scenes = [each for each in listed.data if isinstance(each.data, dict)] if listed and _is_list(listed) else []
    told = [_told(each) for each in scenes]
    for scene, (own, heading, kind), found in zip(scenes, told, unique_ids(told), strict=True):
        here = list(_lines(scene, shown))
        first = scene.mark.line + 1 if scene.mark.page.file == shown else None
        last = max(here, default=0)
        end = next((line - 1 for line in lines if line > last), last) if first else None
        yield SceneLines(name, own or found, kind, heading, first, end)


def _is_list(node: Node) -> bool:
    return isinstance(node.data, list)


def _told(scene: Node) -> tuple[str | None, str, str]:
    """Its own id, its heading and its kind; what is no such thing is left out."""
    data = scene.plain()
    own, kind, content = data.get("id"), data.get("kind"), data.get("content")
    kind = kind if isinstance(kind, str) else ""
    known: object = SimpleNamespace(**content) if isinstance(content, dict) else None
    # what is wrong is told by others; a scene in the making is called as what there is of it
    with contextlib.suppress(pydantic.ValidationError, ValueError):
        known = content_type(kind).model_validate(content, strict=True)
    return (own if isinstance(own, str) and own else None), heading_of(known), kind


def _lines(node: Node, shown: str) -> Iterator[int]:
    """The lines on which anything in a node begins, in one file."""
    if node.mark.page.file == shown:
        yield node.mark.line + 1
    for mark in node.keys.values():
        if mark.page.file == shown:
            yield mark.line + 1
    children = node.data.values() if isinstance(node.data, dict) else node.data if isinstance(node.data, list) else ()
    for child in children:
        yield from _lines(child, shown)
