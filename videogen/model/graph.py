"""Boxes and arrows as data, and how far a diagram may go."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

MAX_NODES = 60
"""A diagram with more nodes nobody follows."""
MAX_EDGES = 120

Direction = Literal["down", "up", "right", "left"]
NodeShape = Literal["box", "round", "pill", "circle", "diamond", "hexagon", "cylinder", "slanted", "double"]
Stroke = Literal["solid", "dashed", "thick"]


@dataclass(frozen=True)
class Node:
    """A box. Lines of its label are divided by line feeds where the source says so."""

    id: str
    label: str
    shape: NodeShape = "box"


@dataclass(frozen=True)
class Edge:
    """A line from one node to another, by their places in `Graph.nodes`."""

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

    def node(self, name: str, label: str | None = None, shape: NodeShape | None = None) -> str:
        """Name a node; what is said of it later counts."""
        old = self.nodes.get(name) or Node(name, name)
        self.nodes[name] = Node(name, old.label if label is None else label, shape or old.shape)
        return name

    def edge(self, start: str, end: str, like: Edge) -> None:
        """Join two nodes that were named."""
        self.edges.append((start, end, like))

    def graph(self) -> Graph:
        """Raises ValueError when there is nothing to draw, or too much."""
        if not self.nodes:
            raise ValueError("the diagram has no nodes: write a line such as `a --> b`")
        if len(self.nodes) > MAX_NODES:
            raise ValueError(
                f"the diagram has {len(self.nodes)} nodes; at most {MAX_NODES} can be followed: divide it into several"
            )
        if len(self.edges) > MAX_EDGES:
            raise ValueError(
                f"the diagram has {len(self.edges)} arrows; at most {MAX_EDGES} can be followed: divide it into several"
            )
        place = {name: index for index, name in enumerate(self.nodes)}
        edges = (
            Edge(place[start], place[end], like.label, like.stroke, like.head, like.tail)
            for start, end, like in self.edges
        )
        return Graph(self.direction, tuple(self.nodes.values()), tuple(edges))


@lru_cache(maxsize=16)
def read_graph(source: str) -> Graph:
    """The graph in a Mermaid flowchart or in DOT.

    Raises SourceError, which says where, for what is neither or goes beyond what is drawn, and ValueError for a graph
    that is empty or too large.
    """
    from videogen.model.dot import is_dot, read_dot
    from videogen.model.flowchart import read_flowchart

    return read_dot(source) if is_dot(source) else read_flowchart(source)
