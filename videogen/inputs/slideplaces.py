"""Where the shapes of a slide stand, those in groups too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from videogen.inputs.slidecolours import A, P

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

EMU = 12_700
"""English Metric Units of a point."""
_POINTS = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DIAGRAM = "http://schemas.microsoft.com/office/drawing/2008/diagram"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MOST_POINTS = 200
_DEEPEST = 20
"""Groups inside each other."""


class Box(NamedTuple):
    """Where a shape stands, in points."""

    x: float
    y: float
    wide: float
    high: float


class Placed(NamedTuple):
    """A shape with where it stands on its slide, groups taken into account, and whether it is in one."""

    shape: Any
    box: Box
    grouped: bool


def placed(shapes: Any) -> list[Placed]:
    """Every shape of a slide that is no group, from the back to the front."""
    return list(_placed(shapes, 1.0, 1.0, 0.0, 0.0, 0))


def _placed(shapes: Any, sx: float, sy: float, dx: float, dy: float, depth: int) -> Iterator[Placed]:
    for shape in shapes:
        x, y, wide, high = (float(value or 0) / EMU for value in (shape.left, shape.top, shape.width, shape.height))
        box = Box(x * sx + dx, y * sy + dy, wide * sx, high * sy)
        if depth and (points := diagram_shapes(shape)) is not None:
            # what a diagram in a group looks like; one that stands alone is read
            wide, high = (float(side or 0) / EMU for side in (shape.width, shape.height))
            across, down = (box.wide / wide if wide else sx), (box.high / high if high else sy)
            yield from _placed(points, across, down, box.x, box.y, depth + 1)
        elif not hasattr(shape, "shapes"):
            yield Placed(shape, box, depth > 0)
        elif depth < _DEEPEST:
            found = shape._element.find(f"{P}grpSpPr/{A}xfrm")
            inner = _box(found, "chOff", "chExt") if found is not None else None
            if inner is None or inner.wide <= 0 or inner.high <= 0:
                inner = Box(x, y, wide, high)
            gx, gy = (box.wide / inner.wide if inner.wide else sx), (box.high / inner.high if inner.high else sy)
            yield from _placed(shape.shapes, gx, gy, box.x - inner.x * gx, box.y - inner.y * gy, depth + 1)


def _box(found: Element, corner: str, size: str) -> Box | None:
    values = [
        (each.get(name) or "") if (each := found.find(f"{A}{part}")) is not None else ""
        for part, name in ((corner, "x"), (corner, "y"), (size, "cx"), (size, "cy"))
    ]
    if not all(re.fullmatch(r"-?[0-9]{1,12}", value) for value in values):
        return None
    return Box(*(int(value) / EMU for value in values))


def diagram_shapes(shape: Any) -> list[Any] | None:
    """The shapes as which a diagram of SmartArt was drawn when it was saved; None for what is none."""
    from lxml import etree
    from pptx.oxml import parse_xml
    from pptx.shapes.autoshape import Shape

    data = diagram_data(shape)
    found = re.search(rb'dataModelExt [^>]*relId="([^"]+)"', data)
    if found is None:
        return None
    try:
        drawn = shape.part.related_part(found[1].decode()).blob
        tree: Any = parse_xml(drawn.replace(_DIAGRAM.encode(), P[1:-1].encode()))
    except (KeyError, ValueError, etree.XMLSyntaxError):
        return None
    return [Shape(each, shape._parent) for each in tree.iter(f"{P}sp")][:_MOST_POINTS]


def diagram_data(shape: Any) -> bytes:
    """What a diagram of SmartArt says, as XML; empty for what is none."""
    ids = shape._element.find(f".//{_POINTS}relIds") if str(shape._element.tag).endswith("}graphicFrame") else None
    named = ids.get(f"{_R}dm") if ids is not None else None
    try:
        return bytes(shape.part.related_part(named).blob) if named else b""
    except KeyError:
        return b""
