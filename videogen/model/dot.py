"""The part of Graphviz' DOT language that is drawn: nodes, edges, their labels, shapes and strokes, and `rankdir`.

Other attributes are how things look, which is the theme's affair: they are read over. A subgraph whose name begins
with "cluster" is a frame, another one only a pair of brackets. Ports and HTML labels are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from videogen.model.graph import Builder, Direction, Edge, Graph, NodeShape, SourceError, Stroke

_START = re.compile(
    r"(?:\s|//[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/|#[^\n]*\n)*(?:strict\s+)?(?:di)?graph\b[^{\n;]*\{", re.IGNORECASE
)
"""A comment ends where it ends, so that a run of signs can be read in one way only."""
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/|^\#[^\n]*)
    |(?P<text>"(?:\\.|[^"\\])*")
    |(?P<arrow>->|--)
    |(?P<mark>[{}\[\];,=:])
    |(?P<word>[A-Za-z_\u0080-\U0010ffff][\w\u0080-\U0010ffff]*|-?(?:\.\d+|\d+(?:\.\d*)?))""",
    re.DOTALL | re.VERBOSE | re.MULTILINE,
)
_DIRECTIONS: dict[str, Direction] = {"TB": "down", "BT": "up", "LR": "right", "RL": "left"}
_SHAPES: dict[str, NodeShape] = {
    "diamond": "diamond", "Mdiamond": "diamond", "circle": "circle", "doublecircle": "circle", "point": "circle",
    "hexagon": "hexagon", "octagon": "hexagon", "cylinder": "cylinder", "parallelogram": "slanted",
    "ellipse": "pill", "oval": "pill", "egg": "pill", "Mrecord": "round", "component": "double", "box3d": "double",
}  # fmt: skip
_STROKES: dict[str, Stroke] = {"dashed": "dashed", "dotted": "dashed", "bold": "thick"}


def is_dot(source: str) -> bool:
    """Whether a source is DOT rather than Mermaid."""
    return _START.match(source) is not None


def read_dot(source: str) -> Graph:
    """The graph that a DOT source describes. Raises SourceError, and ValueError for one that is empty or too large."""
    return _Reader(source).read()


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


_Attributes = dict[str, str]


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = list(self._tokens())
        self.next = 0
        self.graph = Builder()
        self.arrow = "->"
        self.node_defaults: _Attributes = {}
        self.edge_defaults: _Attributes = {}

    def _tokens(self) -> list[_Token]:
        found: list[_Token] = []
        at = 0
        while at < len(self.source):
            match = _TOKEN.match(self.source, at)
            if match is None or match.lastgroup is None:
                what = (
                    "HTML labels are not drawn"
                    if self.source[at] == "<"
                    else f'"{self.source[at]}" does not belong here'
                )
                raise self.error(what, at)
            if match.lastgroup != "space":
                found.append(_Token(match.lastgroup, match[0], at))
            at = match.end()
        return [*found, _Token("end", "", len(self.source))]

    @property
    def token(self) -> _Token:
        return self.tokens[self.next]

    def take(self, text: str) -> bool:
        """Go over a token if it is this one."""
        if self.token.kind == "text" or self.token.text.lower() != text:
            return False
        self.next += 1
        return True

    def need(self, text: str) -> None:
        if not self.take(text):
            raise self.error(f'here should be "{text}"')

    def name(self) -> str:
        token = self.token
        if token.kind not in ("text", "word"):
            raise self.error("here should be a name")
        self.next += 1
        if self.token.text == ":" and self.token.kind == "mark":
            raise self.error("ports are not drawn")
        return _plain(token)

    def read(self) -> Graph:
        self.take("strict")
        directed = self.take("digraph")
        if not directed:
            self.need("graph")
        self.arrow = "->" if directed else "--"
        if self.token.text != "{":
            self.name()
        self.need("{")
        while not self.take("}"):
            self.statement()
        if self.token.kind != "end":
            raise self.error("nothing may follow the last bracket")
        return self.graph.graph()

    def statement(self) -> None:
        if self.take(";") or self.take(","):
            return
        if self.token.kind == "end":
            raise self.error('a "}" is missing')
        if self.token.kind == "word" and self.token.text.lower() == "subgraph":
            self.subgraph()
            return
        for kind, defaults in (("node", self.node_defaults), ("edge", self.edge_defaults), ("graph", {})):
            following = self.tokens[self.next + 1]
            if self.token.kind == "word" and self.token.text.lower() == kind and following.text == "[":
                self.next += 1
                defaults.update(self.attributes())
                if kind == "graph":
                    self.direct(defaults)
                return
        if self.tokens[min(self.next + 1, len(self.tokens) - 1)].text == "=":
            key = self.name()
            self.need("=")
            self.direct({key: self.name()})
            return
        self.chain()

    def subgraph(self) -> None:
        at = self.token.at
        self.next += 1
        name = "" if self.token.text == "{" else self.name()
        self.need("{")
        if framed := name.startswith("cluster"):
            self.graph.open(name, "")
        kept = dict(self.node_defaults), dict(self.edge_defaults)
        while not self.take("}"):
            if self.token.kind == "end":
                raise self.error('a "}" is missing', at)
            self.statement()
        self.node_defaults, self.edge_defaults = kept
        if framed:
            self.graph.inside.pop()

    def direct(self, attributes: _Attributes) -> None:
        if self.graph.inside:
            self.graph.entitle(_label(attributes.get("label", ""), ""))
            return
        self.graph.direction = _DIRECTIONS.get(attributes.get("rankdir", "").upper(), self.graph.direction)

    def chain(self) -> None:
        steps = [self.ends()]
        while self.token.kind == "arrow":
            if self.token.text != self.arrow:
                raise self.error(f'in this kind of graph an edge is written "{self.arrow}"')
            self.next += 1
            steps.append(self.ends())
        attributes = self.attributes()
        if len(steps) == 1:
            for name in steps[0]:
                label = attributes.get("label")
                self.graph.node(
                    name, None if label is None else _label(label, name), _SHAPES.get(attributes.get("shape", ""))
                )
            return
        like = self.edge({**self.edge_defaults, **attributes})
        for starts, ends in pairwise(steps):
            for start in starts:
                for end in ends:
                    self.graph.edge(start, end, like)

    def edge(self, attributes: _Attributes) -> Edge:
        way = attributes.get("dir", "forward" if self.arrow == "->" else "none")
        found: list[Stroke] = [_STROKES[part] for part in attributes.get("style", "").split(",") if part in _STROKES]
        stroke: Stroke = found[0] if found else "solid"
        return Edge(
            0, 0, _label(attributes.get("label", ""), ""), stroke, way in ("forward", "both"), way in ("back", "both")
        )

    def ends(self) -> list[str]:
        """One node, or several in braces."""
        if not self.take("{"):
            return [self.named()]
        found: list[str] = []
        while not self.take("}"):
            if not (self.take(";") or self.take(",")):
                found.append(self.named())
        return found

    def named(self) -> str:
        name = self.name()
        if name in self.graph.nodes:
            return name
        label = self.node_defaults.get("label")
        return self.graph.node(name, label and _label(label, name), _SHAPES.get(self.node_defaults.get("shape", "")))

    def attributes(self) -> _Attributes:
        found: _Attributes = {}
        while self.take("["):
            while not self.take("]"):
                key = self.name()
                found[key] = ""
                if self.take("="):
                    found[key] = self.name()
                if not self.take(","):
                    self.take(";")
        return found

    def error(self, what: str, at: int | None = None) -> SourceError:
        at = self.token.at if at is None else at
        before = self.source[:at]
        return SourceError(what, before.count("\n") + 1, at - before.rfind("\n"))


def _plain(token: _Token) -> str:
    if token.kind != "text":
        return token.text
    return re.sub(r'\\(["\\])|\\\n', lambda found: found[1] or "", token.text[1:-1])


def _label(text: str, name: str) -> str:
    lines = re.split(r"\\[nlr]|\n", text.replace("\\N", name))
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())
