"""Boxes and arrows as data, and how far a diagram may go."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

MAX_NODES = 60
"""A diagram with more nodes nobody follows."""
MAX_EDGES = 120

Direction = Literal["down", "up", "right", "left"]
NodeShape = Literal["box", "round", "pill", "circle", "diamond", "hexagon", "cylinder", "slanted", "double"]
Stroke = Literal["solid", "dashed", "thick", "hidden"]
"""A hidden edge says only what comes after what."""


@dataclass(frozen=True)
class Node:
    """A box. Lines of its label are divided by line feeds where the source says so."""

    id: str
    label: str
    shape: NodeShape = "box"
    frame: int | None = None
    """The innermost frame around it."""


@dataclass(frozen=True)
class Frame:
    """What a source calls a subgraph or cluster: a border with a title around nodes, and around other frames."""

    title: str
    outer: int | None = None


@dataclass(frozen=True)
class Edge:
    """A line from one to another, by their places in `Graph.nodes`; frames count on after the last node."""

    start: int
    end: int
    label: str = ""
    stroke: Stroke = "solid"
    head: bool = True
    """Whether there is an arrow head at its end."""
    tail: bool = False
    """Whether there is one at its start."""


@dataclass(frozen=True)
class Graph:
    """What a diagram shows, in the order in which the source names it."""

    direction: Direction
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    frames: tuple[Frame, ...] = ()
    """None is empty, and every one comes after the one around it."""

    def first(self, index: int) -> int:
        """The node with which a place comes: itself, or the first one in a frame."""
        return index if index < len(self.nodes) else min(self.within(index - len(self.nodes)))

    def within(self, frame: int) -> list[int]:
        """The nodes in a frame and in those in it."""
        return [index for index, node in enumerate(self.nodes) if frame in self.around(node.frame)]

    def around(self, frame: int | None) -> list[int]:
        """A frame and those around it, from the innermost."""
        found: list[int] = []
        while frame is not None:
            found.append(frame)
            frame = self.frames[frame].outer
        return found


class SourceError(ValueError):
    """Says what cannot be read, and where in the source, both counted from 1."""

    def __init__(self, what: str, line: int, column: int) -> None:
        super().__init__(f"line {line}, column {column} of the diagram: {what}")
        self.line, self.column = line, column


@dataclass
class Builder:
    """A graph while it is read."""

    direction: Direction = "down"
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[tuple[str, str, Edge]] = field(default_factory=list)
    frames: dict[str, Frame] = field(default_factory=dict)
    inside: list[str] = field(default_factory=list)
    """The frames that are open, from the outermost."""

    def node(self, name: str, label: str | None = None, shape: NodeShape | None = None) -> str:
        """Name a node; what is said of it later counts. It belongs to the first frame in which it is named."""
        old = self.nodes.get(name) or Node(name, name)
        frame = old.frame
        if self.inside and (frame is None or list(self.frames)[frame] in self.inside):
            frame = list(self.frames).index(self.inside[-1])
        self.nodes[name] = Node(name, old.label if label is None else label, shape or old.shape, frame)
        return name

    def edge(self, start: str, end: str, like: Edge) -> None:
        """Join two nodes, or frames, that are named."""
        self.edges.append((start, end, like))

    def open(self, name: str, title: str) -> None:
        """Begin a frame, or go on with it."""
        if name not in self.frames:
            outer = list(self.frames).index(self.inside[-1]) if self.inside else None
            self.frames[name] = Frame(title, outer)
        self.inside.append(name)

    def entitle(self, title: str) -> None:
        """Give the frame that is open its title."""
        if title:
            self.frames[self.inside[-1]] = replace(self.frames[self.inside[-1]], title=title)

    def graph(self) -> Graph:
        """Raises ValueError when there is nothing to draw, or too much, or when a frame is joined with what is in
        it."""
        filled, frames = self._filled()
        nodes = {name: node for name, node in self.nodes.items() if name not in filled}
        # a frame with nothing in it is a box
        nodes |= {name: Node(name, frame.title) for name, frame in self.frames.items() if name not in filled}
        if not nodes:
            raise ValueError("the diagram has no nodes: write a line such as `a --> b`")
        if len(nodes) > MAX_NODES:
            raise ValueError(
                f"the diagram has {len(nodes)} nodes; at most {MAX_NODES} can be followed: divide it into several"
            )
        if len(self.edges) > MAX_EDGES:
            raise ValueError(
                f"the diagram has {len(self.edges)} arrows; at most {MAX_EDGES} can be followed: divide it into several"
            )
        place = {name: index for index, name in enumerate([*nodes, *filled])}
        numbers = {old: new for new, old in enumerate(filled.values())}
        placed = tuple(
            Node(node.id, node.label, node.shape, None if node.frame is None else numbers[node.frame])
            for node in nodes.values()
        )
        edges = tuple(
            Edge(place[start], place[end], like.label, like.stroke, like.head, like.tail)
            for start, end, like in self.edges
        )
        graph = Graph(self.direction, placed, edges, frames)
        _check_frames(graph)
        return graph

    def _filled(self) -> tuple[dict[str, int], tuple[Frame, ...]]:
        """The frames with something in them: by name with the place that they had, and with new places around."""
        names = list(self.frames)
        kept: set[int] = set()
        for name, node in self.nodes.items():
            frame = node.frame if name not in self.frames else None
            while frame is not None:
                kept.add(frame)
                frame = self.frames[names[frame]].outer
        filled = {name: index for index, name in enumerate(names) if index in kept}
        numbers = {old: new for new, old in enumerate(filled.values())}
        found = [self.frames[name] for name in filled]
        return filled, tuple(
            Frame(frame.title, None if frame.outer is None else numbers[frame.outer]) for frame in found
        )


def _check_frames(graph: Graph) -> None:
    for edge in graph.edges:
        for one, other in ((edge.start, edge.end), (edge.end, edge.start)):
            frame = one - len(graph.nodes)
            if frame < 0:
                continue
            inner = other - len(graph.nodes)
            around = graph.around(inner) if inner >= 0 else graph.around(graph.nodes[other].frame)
            if frame in around:
                raise ValueError(
                    f'the diagram joins the subgraph "{graph.frames[frame].title}" with itself or with what is in it: '
                    "an arrow must lead out of it"
                )


@lru_cache(maxsize=16)
def read_graph(source: str) -> Graph:
    """The graph in a Mermaid flowchart or in DOT.

    Raises SourceError, which says where, for what is neither or goes beyond what is drawn, and ValueError for a graph
    that is empty or too large.
    """
    from videogen.model.dot import is_dot, read_dot
    from videogen.model.flowchart import read_flowchart

    return read_dot(source) if is_dot(source) else read_flowchart(source)
