"""A diagram's graph set in type and set out: as large as fits, in its own direction, turned, or folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from videogen.model.graph import Graph
from videogen.scenes.boxes import box_size
from videogen.scenes.layered import Arrangement, Boxes, Manner, Way, arrange
from videogen.scenes.page import DoesNotFit, Page
from videogen.scenes.strokes import Extent
from videogen.scenes.typefaces import length
from videogen.scenes.typeset import Line as Words
from videogen.scenes.typeset import break_lines, words

_SIZES = (60, 56, 52, 48, 44, 40, 38, 36, 34, 32, 30, 28, 26, 24)
"""Sizes of type, of 1080: labels of a figure may be a little smaller than text that is read for itself."""
_BESIDE, _LEAST = 0.84, 24
"""Labels of arrows and titles of frames are so much smaller than those of boxes, but never smaller than this."""
_MEASURES = (11.0, 8.0, 6.0, 4.5)
"""Widths at which a label is broken, in sizes of its type; those of arrows are broken sooner."""
_SOONER = 0.8
_STRETCHES = ((1.7, 1.7), (1.7, 1.2), (1.4, 1.4), (1.7, 1.0), (1.4, 1.0), (1.2, 1.0))
_PLAIN = (1.0, 1.0)
_TIGHT = ((0.85, 0.85), (0.7, 0.7), (0.7, 0.5))
"""Gaps between ranks and within them grow to fill the page, and shrink where that saves the diagram."""
_SNUG = 32
"""At this size and below, boxes are close around their labels, and gaps may shrink."""
_ENOUGH, _MORE = 40, 0.3
"""A size above that is worth so much less."""
_TURNED, _FOLDED, _STRAIN = 0.84, 0.86, 0.98
"""What a direction that the source does not have is worth on a wide page; a flow that is folded; and each strain."""
_WORDS: dict[Literal["roomy", "apart", "cramped"], float] = {"roomy": 1.0, "apart": 0.96, "cramped": 0.85}
"""The same for places of the labels of arrows."""
_FOLDS = (0.0, 1.0, 1.8, 0.55)
"""Shapes of page to fold for, in shapes of the room that there is."""


@dataclass(frozen=True)
class Trial:
    """A way to set out a graph: the size that type might have, where labels are broken, and the manner."""

    fits: float
    measure: float
    manner: Manner


@dataclass(frozen=True)
class _Typeset:
    """The words of a graph in type of a size, and how large they are."""

    graph: Graph
    labels: list[list[Words]]
    sizes: list[tuple[int, int]]
    said: list[list[Words]]
    marks: list[Extent | None]
    titles: list[Extent]


@dataclass(frozen=True)
class Plan:
    """A graph set in type of a size, and where everything goes."""

    graph: Graph
    size: int
    beside: int
    """Size of the type of labels of arrows and of titles of frames."""
    manner: Manner
    labels: list[list[Words]]
    """Of the nodes."""
    sizes: list[tuple[int, int]]
    said: list[list[Words]]
    """Of the edges."""
    marks: list[Extent | None]
    """Room that those take."""
    arranged: Arrangement

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height."""
        return self.arranged.width, self.arranged.height


def largest(graph: Graph, page: Page, ways: Sequence[Trial], room: tuple[int, int]) -> Plan:
    """The graph at the largest size at which it fits in the first of these ways that lets it fit, its gaps grown to
    fill the room. Raises DoesNotFit."""

    def planned(size: int, way: Trial, gaps: tuple[float, float]) -> Plan | None:
        manner = replace(way.manner, along=gaps[0], beside=gaps[1])
        plan = _planned(_typeset(graph, page, size, way.measure, room), size, page, manner)
        fits = plan.extent[0] <= room[0] and plan.extent[1] <= room[1]
        return plan if fits and not plan.arranged.faults else None

    for way in ways:
        for size in [size for size in _SIZES if size <= way.fits * 1.1] or _SIZES[-1:]:
            for least in (_PLAIN, *(_TIGHT if size <= _SNUG else ())):
                plan = planned(size, way, least)
                if plan is not None:
                    larger = (planned(size, way, gaps) for gaps in (_STRETCHES if least == _PLAIN else ()))
                    return next((grown for grown in larger if grown is not None), plan)
    measure, manner = ways[0].measure, replace(ways[0].manner, along=_TIGHT[-1][0], beside=_TIGHT[-1][1])
    plan = _planned(_typeset(graph, page, _SIZES[-1], measure, room), _SIZES[-1], page, manner)
    wide, high, across, down = (round(side * 1080 / page.px(1080)) for side in (*plan.extent, *room))
    raise DoesNotFit(
        f"diagram scene: the diagram does not fit: {len(graph.nodes)} nodes at the smallest legible size take "
        f"{wide} x {high} where {across} x {down} fit",
        hint="divide it into several, or shorten its labels",
    )


def ranked(graph: Graph, page: Page, room: tuple[int, int]) -> list[Trial]:
    """Ways to set out a graph, the best first."""
    own = graph.direction in ("right", "left")
    aspect = room[0] / room[1]
    labelled = any(edge.label for edge in graph.edges)
    found: list[tuple[bool, float, Trial]] = []
    for measure in _MEASURES:
        typeset = _typeset(graph, page, _SNUG, measure, room)
        for across, place, fold in product((own, not own), _WORDS if labelled else ("roomy",), _FOLDS):
            if fold and place == "cramped":  # lines of a fold run where such labels would stand
                continue
            manner = Manner(across, fold * aspect, place, *_TIGHT[0])
            plan = _planned(typeset, _SNUG, page, manner)
            # everything grows with the type: one arrangement says how large a type may be
            fits = _SNUG * min(room[0] / plan.extent[0], room[1] / plan.extent[1])
            worth = min(fits, _ENOUGH) + max(0, min(fits, _SIZES[0]) - _ENOUGH) * _MORE
            worth *= _TURNED if across != own and not page.narrow else 1.0
            worth *= _FOLDED if fold else 1.0
            worth *= _WORDS[place]
            worth *= _STRAIN**plan.arranged.strain
            bad = plan.arranged.faults > 0 or fits < _SIZES[-1]
            found.append((bad, -worth, Trial(fits, measure, manner)))
    found.sort(key=lambda one: one[:2])
    return [trial for _, _, trial in found]


def _typeset(graph: Graph, page: Page, step: int, measure: float, room: tuple[int, int]) -> _Typeset:
    """The words of a graph in type of a size, of 1080."""
    size, beside = page.px(step), page.px(max(_LEAST, round(step * _BESIDE)))
    label, body, theme = page.theme.fonts.label, page.theme.fonts.body, page.theme
    widest, most = min(size * measure, room[0] * 0.8), room[0] * 0.8
    if step <= _SNUG:
        # a hexagon takes much less room than a diamond
        shapes = [replace(node, shape="hexagon") if node.shape == "diamond" else node for node in graph.nodes]
        graph = replace(graph, nodes=tuple(shapes))
    labels = [_lines(node.label, label, theme.text, size, widest, most) for node in graph.nodes]
    sizes = [
        box_size(node.shape, *_measure(lines, label, size), size, step <= _SNUG)
        for node, lines in zip(graph.nodes, labels, strict=True)
    ]
    said = [
        _lines(edge.label, body, theme.muted, beside, widest * _SOONER, most) if edge.label else []
        for edge in graph.edges
    ]
    marks: list[Extent | None] = []
    for lines in said:
        wide, high = _measure(lines, body, beside)
        marks.append((wide + beside * 0.5, high + beside * 0.1) if lines else None)
    titles = [
        (length(frame.title, label, beside), beside * 1.3) if frame.title else (0.0, 0.0) for frame in graph.frames
    ]
    return _Typeset(graph, labels, sizes, said, marks, titles)


def _planned(typeset: _Typeset, step: int, page: Page, manner: Manner) -> Plan:
    graph, size = typeset.graph, page.px(step)
    boxes = Boxes(
        typeset.sizes,
        [node.shape in ("diamond", "circle", "hexagon") for node in graph.nodes],
        [node.frame for node in graph.nodes],
        [frame.outer for frame in graph.frames],
        typeset.titles,
    )
    ways = [Way(edge.start, edge.end, mark) for edge, mark in zip(graph.edges, typeset.marks, strict=True)]
    arranged = arrange(boxes, ways, size, manner)
    beside = page.px(max(_LEAST, round(step * _BESIDE)))
    return Plan(graph, size, beside, manner, typeset.labels, typeset.sizes, typeset.said, typeset.marks, arranged)


def _lines(label: str, face: str, colour: str, size: int, width: float, most: float) -> list[Words]:
    longest = max((length(word, face, size) for word in label.split()), default=0.0)
    width = min(max(width, longest + 1), most)
    return [
        line for part in label.split("\n") for line in break_lines(words(part, face, colour), size, width, "balanced")
    ]


def _measure(lines: Sequence[Words], face: str, size: int) -> tuple[int, int]:
    widths = [length(" ".join(word.text for word in line), face, size) for line in lines]
    return round(max(widths, default=0.0)) + 2, len(lines) * round(size * 1.26)
