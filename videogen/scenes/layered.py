"""Boxes in ranks with lines between them (after Sugiyama, Tagawa and Toda, 1981), by graphlay.

graphlay finds ranks, order and places, and the way of the lines, which run straight and turn at right angles; it folds
a long flow where that lets it be larger. It is young and kept by one person: so it is pinned, and known here only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from videogen.scenes.labelling import place_labels, place_titles
from videogen.scenes.strokes import Box, Extent, Point, around, broken, reaching

_TYPE = 16
"""Size of type for which graphlay's own lengths are meant: everything is laid out at that size and then scaled."""
_SPACING = {
    "layer_gap": 26.0, "node_gap": 15.0, "dummy_gap": 12.0, "port_gap": 9.0, "port_stroke_clear": 8.0, "stub": 12.0,
    "bundle_lane_gap": 6.0, "self_loop_gap": 7.0, "edge_label_margin": 0.0, "isolated_gap": 18.0,
    "compound_padding": 16.0,
}  # fmt: skip


@dataclass(frozen=True)
class Boxes:
    """What is arranged. A box is named by its place; frames count on after the last box."""

    sizes: Sequence[Extent]
    pointed: Sequence[bool]
    """Boxes that lines meet in the middle of a side."""
    inside: Sequence[int | None]
    """The innermost frame around each box."""
    outer: Sequence[int | None]
    """The frame around each frame."""
    titles: Sequence[Extent]
    """Of the frames."""


@dataclass(frozen=True)
class Way:
    """A line between two, and how large its label is."""

    start: int
    end: int
    label: Extent | None = None


@dataclass(frozen=True)
class Manner:
    """How to set out."""

    across: bool
    """Ranks go from left to right, else from top to bottom."""
    fold: float = 0.0
    """A flow is folded where that lets it be larger on a page so many times as wide as high; 0 never folds it."""
    words: Literal["roomy", "apart", "cramped"] = "roomy"
    """Labels of lines: room is kept for them between ranks, or in ranks of their own, or none."""
    along: float = 1.0
    """Gaps between ranks are so many times what looks right."""
    beside: float = 1.0
    """The same for gaps within ranks."""


@dataclass(frozen=True)
class Arrangement:
    """Where everything is; the upper left corner is (0, 0)."""

    centres: list[Point]
    routes: list[list[Point]]
    """The corners of each line, from its start to its end."""
    labels: list[Point | None]
    """Centres of the labels of lines."""
    frames: list[Box]
    titles: list[Box]
    width: float
    height: float
    faults: int
    """How often a line runs through a box, or a label stands on a box or on another."""
    strain: float
    """How hard it is to follow: crossings, detours, and lines that a label of another interrupts; 0 at best."""


def arrange(boxes: Boxes, ways: Sequence[Way], size: float, manner: Manner) -> Arrangement:
    """Arrange boxes whose labels are set in type of a size."""
    import graphlay

    scale, count = size / _TYPE, len(boxes.sizes)
    title = max((high for _, high in boxes.titles), default=0.0)
    graph = graphlay.Graph()
    for index, ((width, height), pointed, frame) in enumerate(
        zip(boxes.sizes, boxes.pointed, boxes.inside, strict=True)
    ):
        within: dict[str, Any] = {} if frame is None else {"parent": count + frame}
        shape = "ellipse" if pointed else "box"
        graph.node(index, width=width / scale, height=height / scale, shape=shape, **within)
    for index, (frame, (width, _)) in enumerate(zip(boxes.outer, boxes.titles, strict=True)):
        within = {} if frame is None else {"parent": count + frame}
        graph.node(count + index, width=(width + size) / scale, height=1.0, **within)
    backward = _backward(count + len(boxes.outer), ways)
    for way, back in zip(ways, backward, strict=True):
        _join(graph, boxes, way, {"reverse_for_ranking": True} if back else {}, size, manner)
    found: Any = graphlay.layout(
        graph,
        options={
            "direction": "leftright" if manner.across else "topbottom",
            "spacing": {
                name: gap * (manner.along if name == "layer_gap" else manner.beside) for name, gap in _SPACING.items()
            }
            | {"compound_header": title / scale},
            "labels": {"reservation": "always"},
            "wrap": {"viewport_aspect": manner.fold},
            "tuning": {"wrap": {"max_rows": 6, "min_gain": 1.08, "max_cut_edges": 6}},
        },
    )
    return _arrangement(found, boxes, ways, scale, manner)


def _join(graph: Any, boxes: Boxes, way: Way, fields: dict[str, Any], size: float, manner: Manner) -> None:
    """Add the edge of a line, or the two on both sides of a label that stands apart."""
    scale, head = size / _TYPE, size * 0.5
    if way.label is None or manner.words == "cramped":
        graph.edge(way.start, way.end, **fields)
        return
    wide, high = way.label
    if _apart(way, manner):
        frames = [boxes.inside[end] if end < len(boxes.inside) else None for end in (way.start, way.end)]
        within = {} if frames[0] is None or frames[0] != frames[1] else {"parent": len(boxes.sizes) + frames[0]}
        middle = graph.node(None, width=wide / scale, height=high / scale, **within)
        graph.edge(way.start, middle, **fields)
        graph.edge(middle, way.end, **fields)
        return
    # an arrow is still to be seen on both sides of its label
    wide, high = (wide + 3 * head, high) if manner.across else (wide, high + 3 * head)
    graph.edge(way.start, way.end, label_size={"width": wide / scale, "height": high / scale}, **fields)


def _apart(way: Way, manner: Manner) -> bool:
    return manner.words == "apart" and way.label is not None and way.start != way.end


def _backward(count: int, ways: Sequence[Way]) -> list[bool]:
    """Which lines close a loop, seen from the first box on: in ranks they count the other way round."""
    following: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for index, way in enumerate(ways):
        following[way.start].append((way.end, index))
    turned = [False] * len(ways)
    state = [0] * count  # 0 not seen, 1 on the way from the root, 2 done
    entered = {way.end for way in ways if way.start != way.end}
    for root in sorted(range(count), key=lambda node: (node in entered, node)):
        if state[root]:
            continue
        state[root] = 1
        path = [(root, iter(following[root]))]
        while path:
            node, rest = path[-1]
            step = next(rest, None)
            if step is None:
                state[node] = 2
                path.pop()
                continue
            end, index = step
            if state[end] == 1:
                turned[index] = end != node
            elif state[end] == 0:
                state[end] = 1
                path.append((end, iter(following[end])))
    return turned


def _arrangement(found: Any, boxes: Boxes, ways: Sequence[Way], scale: float, manner: Manner) -> Arrangement:
    count, size = len(boxes.sizes), scale * _TYPE
    centres = [(node["center"]["x"] * scale, node["center"]["y"] * scale) for node in found.nodes]
    pieces = iter([[(point["x"] * scale, point["y"] * scale) for point in edge["points"]] for edge in found.edges])
    middles = iter(centres[count + len(boxes.outer) :])
    # a label in a rank of its own is where the two halves of its line meet
    fixed = [next(middles) if _apart(way, manner) else None for way in ways]
    routes = [next(pieces) + (next(pieces) if middle else []) for middle in fixed]
    held = [
        around(centre, (node["size"]["width"] * scale, node["size"]["height"] * scale))
        for centre, node in zip(centres, found.nodes[: count + len(boxes.outer)], strict=False)
    ]
    frames = _shrunk(held, boxes, ways, routes, size)
    for index, way in enumerate(ways):
        for frame, turned in ((way.end - count, False), (way.start - count, True)):
            if frame >= 0:
                route = _up_to(routes[index][::-1] if turned else routes[index], frames[frame])
                routes[index] = route[::-1] if turned else route
    titles = place_titles(frames, boxes.titles, routes, size * 0.55)
    borders = [[(a, b), (c, b), (c, d), (a, d), (a, b)] for a, b, c, d in frames]
    heads = [around(end, (size * 0.5, size * 0.5)) for route in routes for end in (route[0], route[-1])]
    labels, faults, over = place_labels(
        [way.label for way in ways], fixed, routes, [*held[:count], *titles, *heads], borders, size * 0.5
    )
    marks = [around(label, way.label) for label, way in zip(labels, ways, strict=True) if label and way.label]
    everything = [*held[:count], *frames, *marks]
    everything += [(x, y, x, y) for route in routes for x, y in route]
    left, top = (min(box[side] for box in everything) for side in (0, 1))
    right, bottom = (max(box[side] for box in everything) for side in (2, 3))
    said = found.metrics()
    return Arrangement(
        [(x - left, y - top) for x, y in centres[:count]],
        [[(x - left, y - top) for x, y in route] for route in routes],
        [(label[0] - left, label[1] - top) if label else None for label in labels],
        [(a - left, b - top, c - left, d - top) for a, b, c, d in frames],
        [(a - left, b - top, c - left, d - top) for a, b, c, d in titles],
        right - left,
        bottom - top,
        faults + said["node_edge_hits"] + said["node_overlaps"],
        said["crossings"] + 2 * (said["detour_ratio"] - 1) + 6 * over,
    )


def _shrunk(
    held: Sequence[Box], boxes: Boxes, ways: Sequence[Way], routes: Sequence[Sequence[Point]], size: float
) -> list[Box]:
    """Frames as close around what is in them as around everything else: graphlay leaves more below."""
    count, pad = len(boxes.sizes), size * 0.8
    frames = list(held[count:])
    for index in reversed(range(len(frames))):
        inner = [held[box] for box, frame in enumerate(boxes.inside) if frame == index]
        inner += [frames[other] for other, frame in enumerate(boxes.outer) if frame == index]
        inner += [
            (x, y, x, y)
            for way, route in zip(ways, routes, strict=True)
            if all(end < count and boxes.inside[end] == index for end in (way.start, way.end))
            for x, y in route
        ]
        left, top, right, bottom = frames[index]
        wide, high = boxes.titles[index]
        near = (
            min(box[0] for box in inner) - pad,
            min(box[1] for box in inner) - pad - high,
            max(box[2] for box in inner) + pad,
            max(box[3] for box in inner) + pad,
        )
        spare = max(0.0, wide + size * 1.1 - (near[2] - near[0])) / 2
        frames[index] = (
            max(left, near[0] - spare),
            max(top, near[1]),
            min(right, near[2] + spare),
            min(bottom, near[3]),
        )
    return frames


def _up_to(route: list[Point], frame: Box) -> list[Point]:
    """A way that ends at the border of a frame."""
    left, top, right, bottom = frame
    outside = broken(route, [frame])
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return reaching(outside[0], corners) if outside else route
