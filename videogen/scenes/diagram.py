"""Boxes and arrows, which appear in the order in which the source names them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from videogen.model.graph import Edge, Graph, read_graph
from videogen.model.kinds import Diagram
from videogen.model.motion import Side
from videogen.scenes.boxes import box_elements, box_size, overhang
from videogen.scenes.elements import Element, Group, Line, SceneKind
from videogen.scenes.layered import Arrangement, Point, arrange
from videogen.scenes.page import DoesNotFit, Page
from videogen.scenes.typefaces import drawable, length
from videogen.scenes.typeset import Line as Words
from videogen.scenes.typeset import break_lines, words

EXAMPLE = """\
kind: diagram
content:
  header: What happens when you save
  source: |
    flowchart LR
      edit[Edit the text] --> plan{What changed?}
      plan -->|one scene| make[Make it again]
      plan -->|nothing| done([Done])
      make --> done
"""

_SIZES = (52, 48, 44, 40, 36, 34, 32, 30, 28)
"""Sizes of type, of 1080: labels of a figure may be a little smaller than text that is read for itself."""
_MEASURES = (11.0, 7.5)
"""Widths at which a label is broken, in sizes of its type."""
_CAPTION = ((40, 1), (36, 2))
_STRETCH, _TIGHT = 1.5, 0.75
"""Gaps grow by no more than this to fill the page, and shrink by no more than this at the smallest size."""
_KEEP = 1.2
"""A direction that the source does not have must be larger by this to be taken on a wide page."""


@dataclass(frozen=True)
class _Plan:
    """A graph set in type of a size: boxes with their labels, and where they go with ranks from top to bottom."""

    size: int
    across: bool
    """Ranks go from left to right: x and y of the arrangement are swapped."""
    labels: list[list[Words]]
    """Of the nodes, then of the edges that have one."""
    sizes: list[tuple[int, int]]
    arranged: Arrangement

    @property
    def extent(self) -> tuple[float, float]:
        width, height = self.arranged.width, self.arranged.height
        return (height, width) if self.across else (width, height)


def layout(content: Diagram, page: Page) -> list[Group]:
    """The graph as large as fits, in its own direction where that lets it be as large; else turned."""
    face = page.theme.fonts.label
    graph = read_graph(content.source)
    nodes = tuple(replace(node, label=_clean(node.label, page.theme.fonts.body)) for node in graph.nodes)
    edges = tuple(replace(edge, label=_clean(edge.label, page.theme.fonts.body)) for edge in graph.edges)
    graph = Graph(graph.direction, nodes, tuple(dict.fromkeys(edges)))
    header, top = page.header(content.header, tight=len(nodes) > 9)
    lines, small = page.fitted(
        content.caption, "caption", _CAPTION, page.width, page.theme.fonts.body, page.theme.muted
    )
    foot = len(lines) * round(small * 1.35) + page.px(28) if lines else 0
    room = (page.width, page.bottom - foot - top)
    plan = _largest(graph, page, face, room)
    wide, high = plan.extent
    x, y = page.left + (room[0] - wide) / 2, top + (room[1] - high) / 2
    groups = [Group("header", tuple(header) or (page.spine(round(y), round(high)),))]
    groups += _drawn(graph, plan, page, (x, y))
    if lines:
        text = page.block(lines, page.left, page.bottom - foot + page.px(28), small, round(small * 1.35))
        groups.append(Group("caption", tuple(text), "start", 0.25, 0.5, dy=page.px(12)))
    return groups


def _clean(label: str, face: str) -> str:
    return "\n".join(part for line in label.split("\n") if (part := drawable(line, face)[0]))


def _largest(graph: Graph, page: Page, face: str, room: tuple[int, int]) -> _Plan:
    """The graph at the largest size at which it fits, its gaps grown to fill the room."""
    own = graph.direction in ("right", "left")
    # everything grows with the type: one arrangement says how large a type may be
    ways: list[tuple[float, bool, float]] = []
    for across in (own, not own):
        for measure in _MEASURES:
            extent = _planned(graph, page, face, page.px(40), across, measure, room).extent
            fits = 40 * min(room[0] / extent[0], room[1] / extent[1])
            ways.append((fits, across, measure))
    # larger is better up to the largest size; a little is not worth a turn that the source did not ask for
    ways.sort(
        key=lambda way: min(way[0], _SIZES[0] * 1.1) * (_KEEP if way[1] == own and not page.narrow else 1.0),
        reverse=True,
    )
    plan = None
    for fits, across, measure in ways:
        for size in [size for size in _SIZES if size <= fits * 1.05] or _SIZES[-1:]:
            for stretch in (_STRETCH, 1.25, 1.0, _TIGHT) if size == _SIZES[-1] else (_STRETCH, 1.25, 1.0):
                plan = _planned(graph, page, face, page.px(size), across, measure, room, stretch)
                if plan.extent[0] <= room[0] and plan.extent[1] <= room[1]:
                    return plan
    assert plan is not None
    wide, high, across, down = (round(side * 1080 / page.px(1080)) for side in (*plan.extent, *room))
    raise DoesNotFit(
        f"diagram scene: the diagram does not fit: {len(graph.nodes)} nodes at the smallest legible size take "
        f"{wide} x {high} where {across} x {down} fit",
        hint="divide it into several, or shorten its labels",
    )


def _planned(
    graph: Graph,
    page: Page,
    face: str,
    size: int,
    across: bool,
    measure: float,
    room: tuple[int, int],
    stretch: float = 1.0,
) -> _Plan:
    loops = {edge.start for edge in graph.edges if edge.start == edge.end}
    widest = min(size * measure, room[0] * 0.8)
    labels: list[list[Words]] = []
    sizes: list[tuple[int, int]] = []
    for node in graph.nodes:
        lines = _lines(node.label, face, page.theme.text, size, widest, room[0] * 0.8)
        labels.append(lines)
        sizes.append(box_size(node.shape, *_measure(lines, face, size), size))
    pairs: list[tuple[int, int]] = []
    for edge in graph.edges:
        if edge.start == edge.end:
            continue
        if not edge.label:
            pairs.append((edge.start, edge.end))
            continue
        lines = _lines(edge.label, page.theme.fonts.body, page.theme.muted, size, widest, room[0] * 0.8)
        wide, high = _measure(lines, page.theme.fonts.body, size)
        labels.append(lines)
        sizes.append((wide + size // 2, high + size // 3))
        pairs += [(edge.start, len(sizes) - 1), (len(sizes) - 1, edge.end)]
    # ranks go downwards in an arrangement; a line from a box to itself takes room beside it
    taken = [(high, wide) if across else (wide, high) for wide, high in sizes]
    for index, node in enumerate(graph.nodes):
        if node.shape == "slanted" and across:
            taken[index] = (taken[index][0], round(taken[index][1] - overhang(size)))
    taken = [(wide + 2 * _loop(size) * (index in loops), high) for index, (wide, high) in enumerate(taken)]
    gap_y = size * (1.5 if len(labels) > 6 else 1.9) * stretch
    return _Plan(size, across, labels, sizes, arrange(taken, pairs, size * 0.9 * stretch, gap_y, size * 0.55))


def _loop(size: int) -> int:
    """How far a line from a box to itself reaches out."""
    return round(size * 1.3)


def _lines(label: str, face: str, colour: str, size: int, width: float, most: float) -> list[Words]:
    longest = max((length(word, face, size) for word in label.split()), default=0.0)
    width = min(max(width, longest + 1), most)
    return [
        line for part in label.split("\n") for line in break_lines(words(part, face, colour), size, width, "balanced")
    ]


def _measure(lines: Sequence[Words], face: str, size: int) -> tuple[int, int]:
    widths = [length(" ".join(word.text for word in line), face, size) for line in lines]
    return round(max(widths, default=0.0)) + 2, len(lines) * round(size * 1.26)


@dataclass(frozen=True)
class _Turn:
    """From a place in the arrangement to one on the page."""

    plan: _Plan
    back: bool
    """Ranks go up or to the left."""
    corner: Point

    def __call__(self, point: Point) -> Point:
        x, y = point
        if self.back:
            y = self.plan.arranged.height - y
        x, y = (y, x) if self.plan.across else (x, y)
        return x + self.corner[0], y + self.corner[1]

    def side(self, forward: bool) -> Side:
        """Where a line begins that goes with the ranks, or against them."""
        if self.plan.across:
            return "left" if forward != self.back else "right"
        return "top" if forward != self.back else "bottom"


def _drawn(graph: Graph, plan: _Plan, page: Page, corner: Point) -> list[Group]:
    own = plan.across == (graph.direction in ("right", "left"))
    turn = _Turn(plan, own and graph.direction in ("up", "left"), corner)
    centres = plan.arranged.centres
    lines: list[Group] = []
    for index, (edge, ways, label) in enumerate(_parts(graph, plan)):
        elements = _edge(edge, ways, label, plan, page, turn)
        side = turn.side(centres[edge.start][1] <= centres[edge.end][1])
        cue = f"node:{max(edge.start, edge.end)}"
        lines.append(Group(f"edge-{index}", tuple(elements), cue, 0.0, 0.4, reveal=side))
    met = {max(edge.start, edge.end) for edge in graph.edges}
    boxes: list[Group] = []
    for index, node in enumerate(graph.nodes):
        x, y = turn(centres[index])
        elements = box_elements(node.shape, (x, y), plan.sizes[index], plan.labels[index], plan.size, page)
        late = 0.25 if index and index in met else 0.0
        boxes.append(Group(f"node-{index}", elements, f"node:{index}", late, 0.35, dy=page.px(14)))
    return [*lines, *boxes]


def _parts(graph: Graph, plan: _Plan) -> Iterator[tuple[Edge, list[list[Point]], int | None]]:
    """Every edge with its ways, and which of the labels is its own."""
    way, label = 0, len(graph.nodes)
    for edge in graph.edges:
        count = 0 if edge.start == edge.end else 2 if edge.label else 1
        yield edge, plan.arranged.routes[way : way + count], label if count == 2 else None
        way, label = way + count, label + (count == 2)


def _edge(
    edge: Edge, ways: list[list[Point]], label: int | None, plan: _Plan, page: Page, turn: _Turn
) -> list[Element]:
    """The strokes of an edge, broken by its label."""
    width, colour = page.px(4), page.theme.muted
    if edge.stroke == "thick":
        width, colour = page.px(7), page.accent
    head, dash = round(plan.size * 0.5), page.px(11) if edge.stroke == "dashed" else 0
    if not ways:
        ways = [_own_loop(plan.arranged.centres[edge.start], plan.sizes[edge.start], plan)]
    strokes = [[turn(point) for point in way] for way in ways]
    elements: list[Element] = []
    for number, stroke in enumerate(strokes):
        ends, begins = number + 1 == len(strokes) and edge.head, number == 0 and edge.tail
        if begins:
            (x0, y0), (x1, y1) = stroke[:2]
            away = max(math.dist(stroke[0], stroke[1]), 1.0)
            elements.append(Line((stroke[1], stroke[0]), width, colour, head))
            share = min(head * 0.8 / away, 1.0)
            stroke = [(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share), *stroke[1:]]
        elements.append(Line(tuple(stroke), width, colour, head if ends else 0, dash))
    if label is not None:
        x, y = turn(plan.arranged.centres[label])
        wide, leading = plan.sizes[label][0], round(plan.size * 1.26)
        lines = plan.labels[label]
        at = round(x - wide / 2), round(y - len(lines) * leading / 2)
        elements += page.block(lines, *at, plan.size, leading, "label", "center", wide)
    return elements


def _own_loop(centre: Point, size: tuple[int, int], plan: _Plan) -> list[Point]:
    """From a box back to itself, beside it."""
    wide, high = (size[1], size[0]) if plan.across else size
    x, y, reach, tall = centre[0] + wide / 2, centre[1], _loop(plan.size) * 0.9, high * 0.25
    points = [(x, y - tall)]
    for step in range(1, 16):
        t = step / 16
        away = 3 * (1 - t) ** 2 * t + 3 * (1 - t) * t**2
        points.append((x + away * reach / 0.75, y - tall + 2 * tall * (3 * (1 - t) * t**2 + t**3)))
    return [*points, (x, y + tall)]


KIND = SceneKind("diagram", Diagram, layout, EXAMPLE, mono=frozenset({"source"}))
