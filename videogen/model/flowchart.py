"""The part of Mermaid's flowchart language that is drawn: nodes of the usual shapes, and arrows with labels.

How things look is the theme's affair, so styling (`classDef`, `class`, `style`, `linkStyle`, `click`, `:::name`) is
read over, and so is a direction of their own that subgraphs have.
"""

from __future__ import annotations

import html
import re

from videogen.model.graph import Builder, Direction, Edge, Graph, NodeShape, SourceError, Stroke

_HEAD = re.compile(r"\s*(flowchart|graph)(?:-elk)?\b[ \t]*([A-Za-z]{2}|[<>^v])?[ \t]*(?=[;\n]|$)")
_DIRECTIONS: dict[str, Direction] = {
    "TD": "down", "TB": "down", "V": "down", "BT": "up", "^": "up", "LR": "right", ">": "right", "RL": "left",
    "<": "left",
}  # fmt: skip
_STYLING = re.compile(r"(?:classDef|class|style|linkStyle|click|accTitle|accDescr|title)\b(?!\s*[-=<\[({&])")
_UNREAD = re.compile(r"\A\s*---\n.*?\n---(?=\n)|%%\{.*?\}%%|%%[^\n]*", re.DOTALL)
"""What a source has before it (front matter) and comments."""
_SUBGRAPH = re.compile(r"subgraph\b" + r"(?!\s*(?:[-=<~]{2}|-\.|[&\[({]))")
_NAME = re.compile(r"[\w](?:[\w.\u00b7]|-(?![-.>=])(?=\w))*")
_SHAPES: tuple[tuple[str, str, NodeShape], ...] = (
    ("(((", ")))", "circle"), ("([", "])", "pill"), ("((", "))", "circle"), ("[[", "]]", "double"),
    ("[(", ")]", "cylinder"), ("{{", "}}", "hexagon"), ("[/", "/]", "slanted"), ("[\\", "\\]", "slanted"),
    ("[/", "\\]", "slanted"), ("[\\", "/]", "slanted"), ("[", "]", "box"), ("(", ")", "round"), ("{", "}", "diamond"),
    (">", "]", "box"),
)  # fmt: skip
_NAMED_SHAPES: dict[str, NodeShape] = {
    "rounded": "round", "event": "round", "stadium": "pill", "terminal": "pill", "pill": "pill", "circle": "circle",
    "circ": "circle", "sm-circ": "circle", "dbl-circ": "circle", "diam": "diamond", "decision": "diamond",
    "diamond": "diamond", "question": "diamond", "hex": "hexagon", "hexagon": "hexagon", "prepare": "hexagon",
    "cyl": "cylinder", "cylinder": "cylinder", "database": "cylinder", "db": "cylinder", "lean-r": "slanted",
    "lean-l": "slanted", "in-out": "slanted", "out-in": "slanted", "fr-rect": "double", "subproc": "double",
    "subprocess": "double", "subroutine": "double",
}  # fmt: skip
_LINK = re.compile(
    r"(?P<tail><|[xo](?=--|==|-\.))?"
    r"(?P<body>-\.+-|~{3,}|={3,}|-{3,}|={2}(?=>|[xo]\s)|-{2}(?=>|[xo]\s))(?P<head>>|[xo](?=\s))?"
)
_WORDED = (
    re.compile(r"(?P<tail><)?--(?![->])\s*(?P<label>(?:(?!--|\n).)+?)\s*-{2,}(?P<head>>|-)"),
    re.compile(r"(?P<tail><)?==(?![=>])\s*(?P<label>(?:(?!==|\n).)+?)\s*={2,}(?P<head>>|=)"),
    re.compile(r"(?P<tail><)?-\.(?!\.*-)\s*(?P<label>(?:(?!\.-|\n).)+?)\s*\.+-(?P<head>>)?"),
)
_STROKES: dict[str, Stroke] = {"-": "solid", "=": "thick", ".": "dashed", "~": "hidden"}


def read_flowchart(source: str) -> Graph:
    """The graph that a flowchart describes. Raises SourceError, and ValueError for one that is empty or too large."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.text = _UNREAD.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
        self.at = 0
        self.graph = Builder()

    def read(self) -> Graph:
        head = _HEAD.match(self.text)
        if head is None:
            first = re.search(r"\S", self.text)
            self.at = first.start() if first else 0
            raise self.error("a diagram begins with `flowchart TD` (Mermaid) or `digraph {` (DOT)")
        named = (head[2] or "TD").upper()
        if named not in _DIRECTIONS:
            self.at = head.start(2)
            raise self.error(f'"{head[2]}" is no direction: TD, BT, LR and RL are')
        self.graph.direction = _DIRECTIONS[named]
        self.at = head.end()
        while True:
            self.skip(r"[\s;]*")
            if self.at >= len(self.text):
                if self.graph.inside:
                    raise self.error('a subgraph has no "end"')
                return self.graph.graph()
            self.statement()

    def statement(self) -> None:
        if _STYLING.match(self.text, self.at):
            self.skip(r"[^\n]*")
            return
        if _SUBGRAPH.match(self.text, self.at):
            self.subgraph()
            return
        if self.graph.inside and re.compile(r"direction[ \t]+\w\w[ \t]*(?=[;\n]|$)").match(self.text, self.at):
            self.skip(r"[^;\n]*")
            return
        if re.compile(r"end[ \t]*(?=[;\n]|$)").match(self.text, self.at):
            if not self.graph.inside:
                raise self.error('this "end" has no subgraph')
            self.graph.inside.pop()
            self.skip("end")
            return
        ends = self.nodes()
        while True:
            self.skip(r"[ \t]*")
            if self.at >= len(self.text) or self.text[self.at] in ";\n":
                return
            link = self.link()
            self.skip(r"\s*")
            following = self.nodes()
            for start in ends:
                for end in following:
                    self.graph.edge(start, end, link)
            ends = following

    def subgraph(self) -> None:
        """The first line of a subgraph: its name, its title, or both."""
        self.skip(r"subgraph[ \t]*")
        found = re.compile(r"[^;\n]*").match(self.text, self.at)
        words = found[0].strip() if found else ""
        named = re.fullmatch(r"([\w.-]+)[ \t]*\[(.*)\]", words)
        name, title = (named[1], named[2]) if named else (words.strip('"'), words)
        self.graph.open(name or f"subgraph {self.at}", _label(title))
        self.skip(r"[^;\n]*")

    def nodes(self) -> list[str]:
        """One node, or several joined by `&`."""
        found = [self.node()]
        while self.skip(r"[ \t]*&\s*"):
            found.append(self.node())
        return found

    def node(self) -> str:
        found = _NAME.match(self.text, self.at)
        if found is None:
            raise self.error("here should be the name of a node")
        self.at = found.end()
        label, shape = None, None
        for opening, closing, kind in _SHAPES:
            if not self.text.startswith(opening, self.at):
                continue
            end = self.closing(closing, self.at + len(opening))
            if end is None:
                continue
            label, shape = _label(self.text[self.at + len(opening) : end]), kind
            self.at = end + len(closing)
            break
        else:
            if self.at < len(self.text) and self.text[self.at] in "[({":
                raise self.error(f'the label of "{found[0]}" is not closed on this line')
        if label is None and (more := re.compile(r"@\{(.*?)\}", re.DOTALL).match(self.text, self.at)):
            said = dict(re.findall(r"(\w+)\s*:\s*(\"[^\"]*\"|[^,\s]+)", more[1]))
            label = _label(said["label"]) if "label" in said else None
            shape = _NAMED_SHAPES.get(said.get("shape", "").strip('"'))
            self.at = more.end()
        self.skip(r":::[\w-]+")
        return self.graph.node(found[0], label, shape)

    def closing(self, mark: str, start: int) -> int | None:
        """Where a label ends that begins here; quotes may hold what would end it."""
        quoted = re.compile(r'\s*"[^"]*"\s*').match(self.text, start)
        at = quoted.end() if quoted else start
        end = self.text.find(mark, at)
        line = self.text.find("\n", at)
        return None if end < 0 or (0 <= line < end) or (quoted and end != at) else end

    def link(self) -> Edge:
        self.skip(r"\w+@(?=[-=<~xo.])")
        for pattern in _WORDED:
            found = pattern.match(self.text, self.at)
            if found:
                self.at = found.end()
                stroke = _STROKES["." if "-." in found[0] else found[0].lstrip("<")[0]]
                return Edge(0, 0, _label(found["label"]), stroke, found["head"] == ">", bool(found["tail"]))
        found = _LINK.match(self.text, self.at)
        if found is None:
            raise self.error("here should be an arrow such as -->")
        self.at = found.end()
        stroke = _STROKES["." if "." in found["body"] else found["body"][0]]
        label = re.compile(r"[ \t]*\|([^|\n]*)\|").match(self.text, self.at)
        if label:
            self.at = label.end()
        return Edge(0, 0, _label(label[1]) if label else "", stroke, bool(found["head"]), bool(found["tail"]))

    def skip(self, pattern: str) -> bool:
        found = re.compile(pattern).match(self.text, self.at)
        if found:
            self.at = found.end()
        return bool(found and found[0])

    def error(self, what: str) -> SourceError:
        before = self.text[: self.at]
        return SourceError(what, before.count("\n") + 1, self.at - before.rfind("\n"))


def _label(text: str) -> str:
    """A label as it is shown: without quotes and markup, its lines divided."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    text = re.sub(r"<br\s*/?>|\\n", "\n", text.strip("`"))
    text = re.sub(r"</?[A-Za-z][^>]*>|\*\*|`", "", text)
    text = html.unescape(re.sub(r"#(\w+);", r"&\1;", text))
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
