"""Boxes in ranks from top to bottom with lines between them (after Sugiyama, Tagawa and Toda, 1981), by grandalf.

grandalf finds ranks, order and places; the way of the lines is our own: through the band of a rank a line runs
straight down, at the place that the layout keeps free for it, and between two bands it swings over. So no line ever
crosses a box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Point = tuple[float, float]

_CURVE = 14
"""Straight pieces that a swing is made of."""


@dataclass(frozen=True)
class Arrangement:
    """Where everything is; the upper left corner is (0, 0). A box is named by its place in what was given."""

    centres: list[Point]
    routes: list[list[Point]]
    """The points of each line, from its start to its end."""
    width: float
    height: float


def arrange(
    sizes: Sequence[tuple[float, float]], edges: Sequence[tuple[int, int]], gap_x: float, gap_y: float, head: float
) -> Arrangement:
    """Arrange boxes of these sizes. `gap_x` is kept between neighbours, `gap_y` between ranks, and lines come down
    straight upon a box for at least the length `head`. No edge may join a box with itself."""
    turned = _backward(len(sizes), edges)
    forward = [(b, a) if back else (a, b) for (a, b), back in zip(edges, turned, strict=True)]
    placed = _placed(sizes, list(dict.fromkeys(forward)), gap_x, gap_y)
    ports = _ports(sizes, forward, turned, placed.centres)
    routes: list[list[Point]] = []
    for index, (pair, back) in enumerate(zip(forward, turned, strict=True)):
        upper, lower = ports[index]
        route = _route(pair, upper, lower, placed, sizes, head)
        routes.append(route[::-1] if back else route)
    return _from_corner(placed.centres, routes, sizes)


def _backward(count: int, edges: Sequence[tuple[int, int]]) -> list[bool]:
    """Which edges close a loop, seen from the first box on: these are laid out the other way round."""
    following: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for index, (start, end) in enumerate(edges):
        following[start].append((end, index))
    turned = [False] * len(edges)
    state = [0] * count  # 0 not seen, 1 on the way from the root, 2 done
    entered = {end for start, end in edges if start != end}
    for root in sorted(range(count), key=lambda node: (node in entered, node)):
        if state[root]:
            continue
        state[root] = 1
        way = [(root, iter(following[root]))]
        while way:
            node, rest = way[-1]
            step = next(rest, None)
            if step is None:
                state[node] = 2
                way.pop()
                continue
            end, index = step
            if state[end] == 1:
                turned[index] = True
            elif state[end] == 0:
                state[end] = 1
                way.append((end, iter(following[end])))
    return turned


@dataclass(frozen=True)
class _Placed:
    centres: list[Point]
    rank: list[int]
    bands: list[dict[int, Point]]
    """Top and bottom of each rank's band, by rank, for the component of each box."""
    bends: dict[tuple[int, int], list[float]]
    """Where an edge over several ranks passes those between."""


def _placed(sizes: Sequence[tuple[float, float]], edges: list[tuple[int, int]], gap_x: float, gap_y: float) -> _Placed:
    from grandalf.graphs import Edge, Graph, Vertex
    from grandalf.layouts import SugiyamaLayout

    # grandalf keeps vertices and edges in sets: with hashes of their own these have one order everywhere
    class Box(Vertex):
        number: int

        def __hash__(self) -> int:
            return self.number

    class Way(Edge):
        number: int

        def __hash__(self) -> int:
            return self.number

    vertices: list[Any] = []
    for index in range(len(sizes)):
        vertices.append(Box(index))
        vertices[-1].number = index
    for vertex, (width, height) in zip(vertices, sizes, strict=True):
        vertex.view = _View(width, height)
    ways: list[Any] = []
    for index, (start, end) in enumerate(edges):
        ways.append(Way(vertices[start], vertices[end]))
        ways[-1].number = index
    graph: Any = Graph(vertices, ways)
    centres: list[Point] = [(0.0, 0.0)] * len(sizes)
    rank = [0] * len(sizes)
    bands: list[dict[int, Point]] = [{}] * len(sizes)
    bends: dict[tuple[int, int], list[float]] = {}
    right = 0.0
    # components in the order in which they are named
    for core in sorted(graph.C, key=lambda core: min(vertex.data for vertex in core.sV)):
        layout: Any = SugiyamaLayout(core)
        layout.init_all()
        layout.xspace, layout.yspace = gap_x, gap_y
        layout.draw()
        held = {
            number: (
                min(vertex.view.xy[1] - vertex.view.h / 2 for vertex in layer),
                max(vertex.view.xy[1] + vertex.view.h / 2 for vertex in layer),
            )
            for number, layer in enumerate(layout.layers)
        }
        top = held[0][0]
        held = {number: (above - top, below - top) for number, (above, below) in held.items()}
        every = [vertex for layer in layout.layers for vertex in layer]
        shift = right - min(vertex.view.xy[0] - vertex.view.w / 2 for vertex in every)
        right = max(vertex.view.xy[0] + vertex.view.w / 2 for vertex in every) + shift + gap_x
        for vertex in core.sV:
            centres[vertex.data] = (vertex.view.xy[0] + shift, vertex.view.xy[1] - top)
            rank[vertex.data] = layout.grx[vertex].rank
            bands[vertex.data] = held
        for edge in core.sE:
            start, end = (vertex.data for vertex in edge.v)
            control = layout.ctrls.get(edge, {})
            between = range(rank[start] + 1, rank[end])
            bends[start, end] = [control[number].view.xy[0] + shift for number in between]
    return _Placed(centres, rank, bands, bends)


class _View:
    """What grandalf wants to know of a box, and where it writes its centre."""

    def __init__(self, width: float, height: float) -> None:
        self.w, self.h, self.xy = width, height, (0.0, 0.0)


def _ports(
    sizes: Sequence[tuple[float, float]],
    forward: Sequence[tuple[int, int]],
    turned: Sequence[bool],
    centres: Sequence[Point],
) -> list[tuple[float, float]]:
    """Where each line leaves its upper box and meets its lower one: in the middle, but what goes and what comes are
    kept apart where both are on one side of a box."""
    sides: dict[tuple[int, str], dict[bool, list[float]]] = {}
    for (upper, lower), back in zip(forward, turned, strict=True):
        sides.setdefault((upper, "below"), {}).setdefault(back, []).append(centres[lower][0])
        sides.setdefault((lower, "above"), {}).setdefault(back, []).append(centres[upper][0])

    def port(node: int, side: str, back: bool) -> float:
        ways = sides[node, side]
        x, apart = centres[node][0], min(sizes[node][0] / 5, sizes[node][1] / 2)
        if len(ways) == 1:
            return x
        mean = {way: sum(others) / len(others) for way, others in ways.items()}
        right = mean[back] > mean[not back] or (mean[back] == mean[not back] and back)
        return x + apart if right else x - apart

    return [
        (port(upper, "below", back), port(lower, "above", back))
        for (upper, lower), back in zip(forward, turned, strict=True)
    ]


def _route(
    pair: tuple[int, int],
    upper: float,
    lower: float,
    placed: _Placed,
    sizes: Sequence[tuple[float, float]],
    head: float,
) -> list[Point]:
    """Straight runs through the bands, swings between them; from the upper box down to the lower one."""
    start, end = pair
    first, last = placed.rank[start], placed.rank[end]
    bands = placed.bands[start]
    begins = placed.centres[start][1] + sizes[start][1] / 2
    ends = placed.centres[end][1] - sizes[end][1] / 2
    runs = [(upper, begins, bands[first][1])]
    between = range(first + 1, last)
    runs += [(x, *bands[number]) for x, number in zip(placed.bends[pair], between, strict=True)]
    runs.append((lower, bands[last][0], ends))
    points: list[Point] = [(upper, begins)]
    for (x0, _, leave), (x1, meet, _) in pairwise(runs):
        room = meet - leave
        spare = min(head, room / 4)
        points += _swing((x0, leave + spare), (x1, meet - spare))
    points.append((lower, ends))
    return list(dict.fromkeys(points))


def _swing(start: Point, end: Point) -> list[Point]:
    """A cubic curve that leaves and arrives straight down."""
    (x0, y0), (x1, y1) = start, end
    if abs(x1 - x0) < 1:
        return [start, end]
    middle = (y0 + y1) / 2
    points: list[Point] = []
    for step in range(_CURVE + 1):
        t = step / _CURVE
        away = 3 * t**2 * (1 - t) + t**3
        y = y0 * (1 - t) ** 3 + 3 * middle * t * (1 - t) + y1 * t**3
        points.append((x0 + (x1 - x0) * away, y))
    return points


def _from_corner(centres: list[Point], routes: list[list[Point]], sizes: Sequence[tuple[float, float]]) -> Arrangement:
    xs = [x + side * width / 2 for (x, _), (width, _) in zip(centres, sizes, strict=True) for side in (-1, 1)]
    ys = [y + side * height / 2 for (_, y), (_, height) in zip(centres, sizes, strict=True) for side in (-1, 1)]
    xs += [x for route in routes for x, _ in route]
    left, top = min(xs), min(ys)
    return Arrangement(
        [(x - left, y - top) for x, y in centres],
        [[(x - left, y - top) for x, y in route] for route in routes],
        max(xs) - left,
        max(ys) - top,
    )
