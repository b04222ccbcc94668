"""Pages of scripts that run right to left: the layout mirrored, what is written in it not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from videogen.model.base import Model
from videogen.model.kinds import Content
from videogen.model.motion import Side
from videogen.scenes.bidi import kinds_of
from videogen.scenes.elements import Bitmap, Element, Group, Icon, Line, SceneKind, Shape, Text

_LANGUAGES = frozenset({"ar", "he", "iw", "fa", "ur", "ps", "yi", "ckb", "sd", "ug", "dv", "syr"})
_OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left"}


def right_to_left(content: Content, kind: SceneKind, language: str) -> bool:
    """Whether a page is read from the right: its language is, or most letters of what it says are."""
    if language.lower().partition("-")[0] in _LANGUAGES:
        return True
    quiet = kind.mono | kind.verbatim | set(content.paths)
    said = "".join(text for name, value in content if name not in quiet for text in _texts(value))
    if said.isascii():
        return False
    found = kinds_of(said)
    return sum(one in ("R", "AL") for one in found) > found.count("L")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Model):
        for _, item in value:
            yield from _texts(item)


def mirrored(groups: list[Group], width: int) -> list[Group]:
    """A page with everything at the other side. A listing goes where its panel goes, as it is; so does a drawing."""
    shapes = [one for group in groups for one in group.elements if isinstance(one, Shape)]
    drawing = _drawing_moves(groups, width)
    return [_turned(group, shapes, None if _heads(group) else drawing, width) for group in groups]


def _heads(group: Group) -> bool:
    return group.id == "header" or any(isinstance(one, Text) and one.role == "header" for one in group.elements)


def _drawing_moves(groups: list[Group], width: int) -> int | None:
    """How far all below the header goes together where it is put together from pictures; None where it is not."""
    below = [one for group in groups if not _heads(group) for one in group.elements]
    if not any(isinstance(one, Bitmap) and not one.figure for one in below):
        return None
    return width - min(one.box[0] for one in below) - max(one.box[2] for one in below)


def _turned(group: Group, shapes: list[Shape], drawing: int | None, width: int) -> Group:
    by = _panel_moves(group, shapes, width) if drawing is None else drawing
    elements = tuple(_moved(one, by) if by is not None else _reflected(one, width) for one in group.elements)
    reveal = group.reveal if by is not None or group.reveal is None else _OTHER_SIDE.get(group.reveal, group.reveal)
    dx = group.dx if by is not None and group.steps else -group.dx
    boxes = [box and (box[0] + (by or 0), box[1], box[2] + (by or 0), box[3]) for box in (group.zoom, group.gone_zoom)]
    return replace(group, elements=elements, dx=dx, reveal=reveal, zoom=boxes[0], gone_zoom=boxes[1])


def _panel_moves(group: Group, shapes: list[Shape], width: int) -> int | None:
    """How far the panel goes that a group's listing stands on; None when it has no listing."""
    code = [
        one
        for one in group.elements
        if (isinstance(one, Text) and one.role == "code")
        or (isinstance(one, Shape) and group.id.startswith(("caret", "overview")))
    ]
    if not code:
        return None
    left, top = min(one.x for one in code), min(one.y for one in code)
    right, bottom = max(one.box[2] for one in code), max(one.box[3] for one in code)
    around = [
        one.box
        for one in shapes
        if one not in code and one.x <= left and one.y <= top and one.box[2] >= right and one.box[3] >= bottom
    ]
    if not around:
        return 0
    x0, _, x1, _ = min(around, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return width - x0 - x1


def _reflected(element: Element, width: int) -> Element:
    if isinstance(element, Line):
        return replace(element, points=tuple((width - x, y) for x, y in element.points))
    if isinstance(element, Text):
        says = element.rtl or any(kind in ("R", "AL") for kind in kinds_of(element.text))
        return replace(element, x=width - element.box[2], rtl=says or None)
    if isinstance(element, Icon) and element.name == "arrow":
        return replace(element, x=width - element.box[2], name="arrow_back")
    return replace(element, x=width - element.box[2])


def _moved(element: Element, by: int) -> Element:
    if isinstance(element, Line):
        return replace(element, points=tuple((x + by, y) for x, y in element.points))
    return replace(element, x=element.x + by)
