"""Diagrams in fences: drawn where their source can be read and their boxes can be followed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from videogen.model.content import CodeBlock, ParsedSection
from videogen.model.graph import Graph, read_graph
from videogen.model.kinds import Diagram
from videogen.model.project import Aspect, Document
from videogen.script.cues import Part
from videogen.script.draft import Context, Draft, Sentence
from videogen.script.lang import listed
from videogen.script.leads import turn_to
from videogen.script.prose import announce
from videogen.script.text import clean, finish, fitted, slide_text, small

MOST_NODES = 14
"""Boxes of a diagram that a film walks through."""

MOST_IN_CHAIN = 6
"""Boxes that are named one after the other."""

LONGEST_SOURCE = 8_000
"""Characters of a source."""

_ROOM: dict[Aspect, tuple[float, float]] = {"16:9": (56, 23), "9:16": (26, 42), "1:1": (26, 20), "4:5": (26, 25)}
"""Width and height of a page below its header, in sizes of the smallest type of a diagram."""
_MEASURE = 7.5
"""Width at which a label is broken, in sizes of its type."""
_LETTER, _WIDE_LETTER = 0.58, 1.1
_BESIDE, _BETWEEN, _PASSING, _LOOP = 0.9, 1.4, 2.5, 2.7
"""Gaps between boxes of a rank and between ranks, and the room of lines that pass a rank or lead back to their box."""
_LANGUAGES = ("mermaid", "dot", "graphviz", "gv")
_FRONT = re.compile(r"\s*---\n(?P<front>.*?)\n---\n", re.S)
_SORT = re.compile(r"(?:\s|%%[^\n]*\n)*(?P<sort>[A-Za-z][A-Za-z0-9]*)")
_TITLE = re.compile(r"^title:\s*[\"']?(?P<title>[^\"'\n]+)", re.M)


def is_diagram(language: str) -> bool:
    """Whether a fence in this language is the source of a diagram."""
    return language.lower() in _LANGUAGES


def diagram_of(block: CodeBlock, aspect: Aspect) -> Diagram:
    """The diagram that a fence describes. Raises ValueError, which says why, where no page can show it."""
    front = _FRONT.match(block.code)
    source = block.code[front.end() :] if front else block.code
    title = _TITLE.search(front["front"]) if front else None
    if len(source) > LONGEST_SOURCE:
        raise ValueError("it is too long")
    sort = _SORT.match(source)
    if block.language.lower() == "mermaid" and sort and sort["sort"] not in ("flowchart", "graph"):
        raise ValueError(f"{sort['sort']} is not drawn; of Mermaid flowcharts are")
    graph = read_graph(source)
    if len(graph.nodes) > MOST_NODES:
        raise ValueError(f"it has {len(graph.nodes)} boxes; at most {MOST_NODES} can be followed in a film")
    wide, high = _ROOM[aspect]
    high -= 2 if title else 0
    if not any(across <= wide and down <= high for across, down in _extents(graph)):
        raise ValueError("its boxes are too many, or its labels too long, for a slide")
    return Diagram(source=source, caption=fitted(slide_text(title["title"]), 80) if title else "")


def _extents(graph: Graph) -> list[tuple[float, float]]:
    """About how wide and high a graph is with its ranks from top to bottom and from left to right, in sizes of type."""
    sizes = [_box(node.label, node.shape) for node in graph.nodes]
    pairs: list[tuple[int, int]] = []
    for at in {edge.start for edge in graph.edges if edge.start == edge.end}:
        sizes[at] = (sizes[at][0] + _LOOP, sizes[at][1] + _LOOP)
    for edge in graph.edges:
        if edge.start != edge.end and edge.label:
            # a label takes a place of its own on the way
            sizes.append(_box(edge.label, "label"))
            pairs += [(edge.start, len(sizes) - 1), (len(sizes) - 1, edge.end)]
        elif edge.start != edge.end:
            pairs.append((edge.start, edge.end))
    ranks = _ranks(len(sizes), pairs)
    widths, heights = zip(*(_extent(part, sizes, ranks, pairs, 0) for part in _parts(len(sizes), pairs)), strict=True)
    tall, wide = zip(*(_extent(part, sizes, ranks, pairs, 1) for part in _parts(len(sizes), pairs)), strict=True)
    gaps = (len(widths) - 1) * _BESIDE
    return [(sum(widths) + gaps, max(heights)), (max(wide), sum(tall) + gaps)]


def _parts(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The boxes that hang together: these stand beside each other."""
    part = list(range(count))
    for start, end in pairs:
        old, new = part[end], part[start]
        part = [new if own == old else own for own in part]
    return [[at for at in range(count) if part[at] == own] for own in dict.fromkeys(part)]


def _extent(
    part: Sequence[int],
    sizes: Sequence[tuple[float, float]],
    ranks: Sequence[int],
    pairs: Sequence[tuple[int, int]],
    side: int,
) -> tuple[float, float]:
    """How much room boxes take across their ranks, and along them. `side`: which of their sizes is that across."""
    rows = [[at for at in part if ranks[at] == row] for row in sorted({ranks[at] for at in part})]
    spans = [sorted((ranks[start], ranks[end])) for start, end in pairs if start in part]
    across = max(
        sum(sizes[at][side] for at in row)
        + (len(row) - 1) * _BESIDE
        + sum(first < ranks[row[0]] < last for first, last in spans) * _PASSING
        for row in rows
    )
    return across, sum(max(sizes[at][1 - side] for at in row) for row in rows) + (len(rows) - 1) * _BETWEEN


def _box(label: str, shape: str) -> tuple[float, float]:
    """About how wide and high a box is, in sizes of its type."""
    lines = label.split("\n")
    measure = max(_MEASURE, max(map(_width, label.split()), default=1.0))
    wide = min(max(map(_width, lines)), measure)
    high = sum(max(1, -(-_width(line) // (measure * 0.85))) for line in lines) * 1.26
    if shape == "label":
        return wide + 0.5, high + 0.4
    if shape == "diamond":
        return 1.7 * (wide + 0.5), (high + 0.3) * 2.43
    if shape == "circle":
        return wide + 1.5, wide + 1.5
    return max(wide + (1.6 if shape in ("box", "round", "cylinder") else 2.4), 2.6), (
        high + (1.7 if shape == "cylinder" else 1.05)
    )


def _width(text: str) -> float:
    return sum(_WIDE_LETTER if unicodedata.east_asian_width(char) in "WF" else _LETTER for char in text)


def _ranks(count: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """How many steps each box stands from where the ways begin, ways back left aside."""
    ranks = [0] * count
    following: list[list[int]] = [[] for _ in range(count)]
    for start, end in pairs:
        following[start].append(end)
    entered = {end for _, end in pairs}
    state = [0] * count
    order: list[int] = []
    back: set[tuple[int, int]] = set()
    for root in sorted(range(count), key=lambda node: (node in entered, node)):
        stack = [(root, iter(following[root]))] if not state[root] else []
        state[root] = state[root] or 1
        while stack:
            node, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                state[node] = 2
                order.append(node)
                stack.pop()
            elif state[step] == 1:
                back.add((node, step))
            elif state[step] == 0:
                state[step] = 1
                stack.append((step, iter(following[step])))
    for node in reversed(order):
        for step in following[node]:
            if (node, step) not in back:
                ranks[step] = max(ranks[step], ranks[node] + 1)
    return ranks


def undrawn(section: ParsedSection, document: Document, aspect: Aspect) -> list[str]:
    """For each diagram of a section that is not shown: where it stands, and why."""
    found: list[str] = []
    for block in section.blocks:
        if isinstance(block, CodeBlock) and is_diagram(block.language):
            try:
                diagram_of(block, aspect)
            except ValueError as error:
                line = block.lines[0]
                place = document.place(line) if document.path else f"line {line}"
                found.append(f"{place}: left out a diagram: {error}")
    return found


def diagram_drafts(
    block: CodeBlock, lead: Sequence[Sentence], header: str, first: bool, context: Context
) -> list[Draft]:
    """A diagram as a slide, or none where it cannot be drawn; see `undrawn`."""
    try:
        content = diagram_of(block, context.aspect).model_copy(update={"header": header})
    except ValueError:
        return []
    said = [announce(sentence, "this", context.english) for sentence in lead]
    said = [text for text in said if text]
    graph = read_graph(content.source)
    way = _way(graph, context) if context.english else ""
    if not said:
        opening = turn_to(header, context.names) if context.english and first else ""
        said = [opening or ("" if way else finish(clean(header, context.language)))]
    parts = (*(Part(text) for text in said if text), *([Part(way)] if way else []))
    return [Draft(header, "diagram", content, parts, block.lines, (), lead[0].shown if lead else "")]


def _chain(edges: Sequence[tuple[int, int]]) -> list[int]:
    """The boxes of a single way from one to the next, in its order; [] where ways part or meet."""
    following = dict(edges)
    begins = [start for start, _ in edges if start not in {end for _, end in edges}]
    if len(begins) != 1 or len(following) < len(edges) or len({end for _, end in edges}) < len(edges):
        return []
    way = begins
    while way[-1] in following:
        way = [*way, following[way[-1]]]
    return way


def _way(graph: Graph, context: Context) -> str:
    """A sentence in English on where a diagram begins and where it leads; "" where its labels cannot be said."""
    labels = [small(clean(slide_text(node.label)).rstrip(" .!?:"), context.names) for node in graph.nodes]
    named = [label for label in labels if label and any(map(str.isalpha, label)) and len(label.split()) <= 5]
    lines = "arrows" if any(edge.head or edge.tail for edge in graph.edges) else "lines"
    edges = [(edge.start, edge.end) for edge in graph.edges if edge.start != edge.end]
    if not edges or len(named) < len(labels):
        return ""
    ends, starts = {end for _, end in edges}, {start for start, _ in edges}
    sources = [labels[at] for at in range(len(labels)) if at in starts - ends]
    drains = [labels[at] for at in range(len(labels)) if at in ends - starts]
    way = _chain(edges)
    if len(way) == len(labels) <= MOST_IN_CHAIN:
        first, second, *middle, last = (
            [labels[at] for at in way] if len(way) > 2 else [labels[way[0]], "", labels[way[1]]]
        )
        on = [f", then to {label}" for label in middle] + [f", and at last to {last}"] if second else [last]
        return f"From {first}, the {lines} lead to {second}{''.join(on)}."
    if 0 < len(sources) <= 2 and 0 < len(drains) <= 3:
        return f"From {listed(sources)}, the {lines} lead to {listed(drains)}."
    return ""
