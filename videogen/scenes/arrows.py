"""A diagram that is set out as what is on the slide: frames, lines and boxes, each when its node comes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from videogen.model.graph import Edge
from videogen.model.motion import Side
from videogen.scenes.boxes import box_elements, outline
from videogen.scenes.colours import mix
from videogen.scenes.diagramplan import Plan
from videogen.scenes.elements import Element, Group, Line, Shape
from videogen.scenes.page import Page
from videogen.scenes.strokes import Box, Point, around, broken, reaching, rounded, toward


def drawn(plan: Plan, page: Page, corner: Point) -> list[Group]:
    """The groups of a diagram whose upper left corner is there."""
    place = _Place(plan, corner)
    graph = plan.graph
    groups: list[Group] = []
    for index, box in enumerate(plan.arranged.frames):
        title = place.box(plan.arranged.titles[index])
        elements = _frame(graph.frames[index].title, place.box(box), title, len(graph.around(index)), plan, page)
        groups.append(Group(f"frame-{index}", elements, f"node:{graph.first(len(graph.nodes) + index)}", 0.0, 0.35))
    labels = [_label_box(plan, place, index) for index in range(len(graph.edges))]
    words = [box for box in [*labels, *map(place.box, plan.arranged.titles)] if box and box[0] < box[2]]
    for index, edge in enumerate(graph.edges):
        if edge.stroke == "hidden":
            continue
        way = [place(point) for point in plan.arranged.routes[index]]
        elements = _edge(edge, _trimmed(way, edge, plan, place), words, plan, page)
        if box := labels[index]:
            leading = round(plan.beside * 1.26)
            top = round((box[1] + box[3] - len(plan.said[index]) * leading) / 2)
            elements += page.block(
                plan.said[index], round(box[0]), top, plan.beside, leading, "label", "center", round(box[2] - box[0])
            )
        cue = f"node:{max(graph.first(edge.start), graph.first(edge.end))}"
        groups.append(Group(f"edge-{index}", tuple(elements), cue, 0.0, 0.4, reveal=_side(way)))
    met = {max(graph.first(edge.start), graph.first(edge.end)) for edge in graph.edges}
    for index, node in enumerate(graph.nodes):
        at = place(plan.arranged.centres[index])
        elements = box_elements(node.shape, at, plan.sizes[index], plan.labels[index], plan.size, page)
        late = 0.25 if index and index in met else 0.0
        groups.append(Group(f"node-{index}", elements, f"node:{index}", late, 0.35, dy=page.px(14)))
    return groups


class _Place:
    """From a place in the arrangement to one on the page: ranks may go up, or to the left."""

    def __init__(self, plan: Plan, corner: Point) -> None:
        direction = plan.graph.direction
        self.corner = corner
        self.width, self.height = plan.extent
        self.left = plan.manner.across and direction == "left"
        self.up = not plan.manner.across and direction == "up"

    def __call__(self, point: Point) -> Point:
        x, y = point
        return (
            (self.width - x if self.left else x) + self.corner[0],
            (self.height - y if self.up else y) + self.corner[1],
        )

    def box(self, box: Box) -> Box:
        (x0, y0), (x1, y1) = self(box[:2]), self(box[2:])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _side(way: Sequence[Point]) -> Side:
    """Where a line begins."""
    (x0, y0), (x1, y1) = way[0], way[-1]
    if abs(x1 - x0) >= abs(y1 - y0):
        return "left" if x1 >= x0 else "right"
    return "top" if y1 >= y0 else "bottom"


def _frame(title: str, box: Box, at: Box, depth: int, plan: Plan, page: Page) -> tuple[Element, ...]:
    theme = page.theme
    left, top, right, bottom = (round(side) for side in box)
    fill = mix(theme.surface, theme.background[0], 0.55 if depth % 2 else 0.8)
    radius = min(page.radius, plan.size // 2)
    shape = Shape(left, top, right - left, bottom - top, radius, fill, 0.7, theme.border, page.px(2))
    name = page.label(title, round(at[0]), round(at[1]), plan.beside, theme.muted)
    return (shape, name) if title else (shape,)


def _label_box(plan: Plan, place: _Place, index: int) -> Box | None:
    centre, mark = plan.arranged.labels[index], plan.marks[index]
    if centre is None or mark is None or plan.graph.edges[index].stroke == "hidden":
        return None
    return around(place(centre), mark)


def _trimmed(way: list[Point], edge: Edge, plan: Plan, place: _Place) -> list[Point]:
    """A way led on to the shapes that it joins."""
    for node in (edge.end, edge.start):
        if node < len(plan.graph.nodes):
            wide, high = plan.sizes[node]
            corners = outline(plan.graph.nodes[node].shape, wide, high, plan.size)
            if corners:
                x, y = place(plan.arranged.centres[node])
                way = reaching(way, [(x - wide / 2 + a, y - high / 2 + b) for a, b in corners])
        way = way[::-1]
    return way


def _edge(edge: Edge, way: Sequence[Point], labels: Sequence[Box], plan: Plan, page: Page) -> list[Element]:
    """The strokes of an edge, broken by labels."""
    width, colour = page.px(4), page.theme.muted
    if edge.stroke == "thick":
        width, colour = page.px(7), page.accent
    head, dash = round(plan.size * 0.5), page.px(11) if edge.stroke == "dashed" else 0
    points = rounded(way, plan.size * 0.45)
    elements: list[Element] = []
    if edge.tail:
        elements.append(Line((toward(points[0], points[1], head * 1.2), points[0]), width, colour, head))
        points[0] = toward(points[0], points[1], min(head * 0.8, math.dist(points[0], points[1])))
    # ends of strokes are round
    pieces = broken(points, [(a - width, b - width, c + width, d + width) for a, b, c, d in labels])
    for number, piece in enumerate(pieces):
        ends = number + 1 == len(pieces) and edge.head
        elements.append(Line(tuple(piece), width, colour, head if ends else 0, dash))
    return elements
