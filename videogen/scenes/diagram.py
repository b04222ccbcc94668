"""Boxes and arrows, which appear in the order in which the source names them."""

from __future__ import annotations

from dataclasses import replace

from videogen.model.graph import Graph, read_graph
from videogen.model.kinds import Diagram
from videogen.scenes.arrows import drawn
from videogen.scenes.diagramplan import largest, ranked
from videogen.scenes.elements import Group, SceneKind
from videogen.scenes.page import DoesNotFit, Page
from videogen.scenes.typefaces import drawable

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

_CAPTION = ((40, 1), (36, 2))
_BEYOND = 18
_MANY, _ROOMY = 9, 36
"""With more nodes than this, or where labels would be smaller than this, the header is a small one."""


def layout(content: Diagram, page: Page) -> list[Group]:
    """The graph as large as fits, in its own direction where that lets it be as large; else turned, or folded."""
    graph = _cleaned(read_graph(content.source), page.theme.fonts.body)
    lines, small = page.fitted(
        content.caption, "caption", _CAPTION, page.width, page.theme.fonts.body, page.theme.muted
    )
    foot = len(lines) * round(small * 1.35) + page.px(28) if lines else 0
    small_header, least = page.header(content.header, tight=True)
    # on narrow pages a figure may go a little beyond the grid, and is still well inside of what is safe
    left = page.left - (page.px(_BEYOND) if page.narrow else 0)
    across = page.look.width - 2 * left
    room = (across, page.bottom - foot - least)
    ways = ranked(graph, page, room)
    header, top = page.header(content.header, tight=len(graph.nodes) > _MANY)
    try:
        plan = largest(graph, page, ways, (across, page.bottom - foot - top))
    except DoesNotFit:
        plan = None
    if top > least and (plan is None or plan.size < page.px(_ROOMY)):
        header, top = small_header, least
        plan = largest(graph, page, ways, room)
    plan = plan or largest(graph, page, ways, room)
    room = (across, page.bottom - foot - top)
    wide, high = plan.extent
    x, y = left + (room[0] - wide) / 2, top + (room[1] - high) / 2
    groups = [Group("header", tuple(header) or (page.spine(round(y), round(high)),))]
    groups += drawn(plan, page, (x, y))
    if lines:
        text = page.block(lines, page.left, page.bottom - foot + page.px(28), small, round(small * 1.35))
        groups.append(Group("caption", tuple(text), "start", 0.25, 0.5, dy=page.px(12)))
    return groups


def _cleaned(graph: Graph, face: str) -> Graph:
    """Labels without what no typeface has, and every edge once."""

    def clean(label: str) -> str:
        return "\n".join(part for line in label.split("\n") if (part := drawable(line, face)[0]))

    return replace(
        graph,
        nodes=tuple(replace(node, label=clean(node.label)) for node in graph.nodes),
        edges=tuple(dict.fromkeys(replace(edge, label=clean(edge.label)) for edge in graph.edges)),
        frames=tuple(replace(frame, title=clean(frame.title).replace("\n", " ")) for frame in graph.frames),
    )


KIND = SceneKind("diagram", Diagram, layout, EXAMPLE, mono=frozenset({"source"}))
