"""YAML as plain data that remembers where each value was written.

Scalars follow the core schema of YAML 1.2, as editors do: `no`, `on`, `16:9` and `2024-01-31` are text.
Anchors, aliases and merge keys work; what they expand to is bounded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from videogen.model.errors import ValidationError, Where

MAX_COST = 100_000
"""Values that a file may expand to; a long text counts once for every 32 characters."""

MAX_DEPTH = 40

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile("\n|\x85|\u2028|\u2029")
_NOT_YAML = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,400}|[0-9]{1,400}(?:\.[0-9]{0,400})?)(?:[eE][-+]?[0-9]{1,4})?")
_WORDS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
_MERGE = "tag:yaml.org,2002:merge"
_STRING = "tag:yaml.org,2002:str"
_COLLECTIONS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
_SCALARS = {f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "timestamp", "value", "merge")}

Loc = tuple[str | int, ...]


def reads_as_text(text: str) -> bool:
    """Whether an unquoted scalar is text, not a number, a truth or nothing."""
    return text not in _WORDS and not _INT.fullmatch(text) and not _FLOAT.fullmatch(text)


@dataclass(frozen=True, eq=False)
class Page:
    """A file as messages show it: its path, and its lines."""

    file: str
    lines: list[str]

    def place(self, line: int, column: int) -> Where:
        """A place from line and column counted from 0."""
        line = min(line, max(len(self.lines) - 1, 0))
        return Where(self.file, line + 1, column + 1, self.lines[line] if self.lines else None)


class Mark(NamedTuple):
    """Where a value or a key stands: line and column count from 0."""

    line: int
    column: int
    page: Page

    def where(self) -> Where:
        """As a place of errors."""
        return self.page.place(self.line, self.column)


@dataclass
class Tree:
    """Plain data, and the place of each value and key in it by path (`("scenes", 0, "kind")`)."""

    page: Page
    """The file that it was read from; what is included, or comes from a template, has marks of other files."""
    data: Any = None
    values: dict[Loc, Mark] = field(default_factory=dict)
    keys: dict[Loc, Mark] = field(default_factory=dict)

    def mark(self, loc: Loc, *, key: bool = False) -> Mark:
        """The mark of the value at `loc` (or of its key), else of the nearest thing around it."""
        if key and loc in self.keys:
            return self.keys[loc]
        while loc and loc not in self.values:
            loc = loc[:-1]
        return self.values.get(loc) or Mark(0, 0, self.page)

    def at(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Line and column of `mark`."""
        return self.mark(loc, key=key)[:2]

    def where(self, loc: Loc, *, key: bool = False) -> Where:
        """The place of the value at `loc`, or of its key."""
        return self.mark(loc, key=key).where()

    def where_text(self, loc: Loc, text: str) -> Where:
        """The place of a piece of the text at `loc`, as it stands in the file; of the whole where it is not found."""
        first, _, page = self.mark(loc)
        for line in range(first, len(page.lines)):
            if (column := page.lines[line].find(text)) >= 0:
                return page.place(line, column)
        return self.where(loc)

    def folder(self, loc: Loc, root: Path) -> Path:
        """The folder from which a path that is written at `loc` counts. Files are told relative to `root`."""
        return Path(root, self.mark(loc).page.file).parent


def load_tree(text: str, file: str, first_line: int = 0) -> Tree:
    """Parse one YAML document. `first_line` is the line of `file`, from 0, on which `text` begins.

    Raises ValidationError, with line and column, for anything that is not one well-formed document, for
    duplicate keys, for keys that are not text, and for aliases that refer to themselves or expand without bound.
    """
    page = Page(file, [""] * first_line + _BREAK.split(text))
    tree = Tree(page)
    bad = _NOT_YAML.search(text)
    if bad:
        line = len(_BREAK.findall(text, 0, bad.start()))
        column = bad.start() - max((m.end() for m in _BREAK.finditer(text, 0, bad.start())), default=0)
        raise ValidationError(
            f"character U+{ord(bad[0]):04X} is not allowed in YAML", page.place(line + first_line, column), "remove it"
        )
    try:
        _refuse_depth(text, page, first_line)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, page, first_line) from None
    except yaml.YAMLError as error:
        raise ValidationError(f"this is not YAML: {error}", Where(file), "see https://yaml.org") from None
    if node is not None:
        tree.data = _Builder(tree, first_line).build(node, ())
    return tree


def _refuse_depth(text: str, page: Page, first_line: int) -> None:
    # composing recurses once a level, so the depth is looked at first, in a stream that does not
    depth = 0
    events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                mark: Any = event.start_mark
                raise _too_deep(page.place(mark.line + first_line, mark.column))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _too_deep(where: Where) -> ValidationError:
    return ValidationError(f"nested more than {MAX_DEPTH} levels deep", where, "flatten it")


def _syntax(error: yaml.MarkedYAMLError, page: Page, first_line: int) -> ValidationError:
    mark: Any = error.problem_mark or error.context_mark
    where = page.place(mark.line + first_line, mark.column) if mark else Where(page.file)
    problem, context = error.problem or "not YAML", error.context or ""
    if "nesting depth" in problem:
        # PyYAML looks ahead, and has a bound of its own
        return _too_deep(where)
    line = where.text or ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return ValidationError("a tab is used for indentation", where, "YAML is indented with spaces")
    if "single document" in context or "another document" in problem:
        return ValidationError("more than one YAML document in this file", where, "remove the line ---")
    if "mapping values are not allowed" in problem:
        return ValidationError(
            f"YAML: {problem}", where, "put a text that holds a colon in quotes, and check the indentation"
        )
    return ValidationError(
        f"YAML: {problem}{f' ({context})' if context else ''}", where, "check quotes and indentation"
    )


def plain_scalar(text: str) -> str | int | float | bool | None:
    """What a scalar without quotes stands for.

    >>> plain_scalar("no"), plain_scalar("08"), plain_scalar("1e3"), plain_scalar("true"), plain_scalar("~")
    ('no', 8, 1000.0, True, None)
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


class _Builder:
    """Turns composed nodes into data, counting what aliases multiply."""

    def __init__(self, tree: Tree, first_line: int) -> None:
        self.tree, self.first_line, self.cost = tree, first_line, 0
        self.open: set[int] = set()

    def build(self, node: yaml.Node, loc: Loc) -> Any:
        self.tree.values[loc] = self.mark(node)
        self.spend(node)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if node.tag not in _COLLECTIONS:
            raise self.error(node, f"tag {node.tag[:60]} is not allowed", "remove it")
        if id(node) in self.open:
            raise self.error(node, "an alias refers to what it stands in", "write the value out")
        if len(loc) > MAX_DEPTH:
            raise _too_deep(self.place(node))
        self.open.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            data: Any = [self.build(item, (*loc, index)) for index, item in enumerate(node.value)]
        else:
            data = {}
            for name, (key, value) in self.pairs(node).items():
                self.tree.keys[(*loc, name)] = self.mark(key)
                data[name] = self.build(value, (*loc, name))
        self.open.discard(id(node))
        return data

    def pairs(self, node: yaml.Node) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Keys of a mapping with their nodes, those that are merged in included; its own come first."""
        own: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        merged: list[yaml.Node] = []
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.error(key, "a key must be text", "write it as one word, or in quotes")
            if key.tag == _MERGE:
                merged.extend(value.value if isinstance(value, yaml.SequenceNode) else [value])
            elif key.value in own:
                first = self.mark(own[key.value][0]).line + 1
                raise self.error(key, f'duplicate key "{key.value[:60]}", first on line {first}', "remove one of them")
            else:
                own[key.value] = (key, value)
        for source in merged:
            if not isinstance(source, yaml.MappingNode):
                raise self.error(source, "<< takes a mapping", "name an alias of one: << : *name")
            if id(source) in self.open:
                raise self.error(source, "an alias refers to what it stands in", "write the value out")
            self.spend(source)
            self.open.add(id(source))
            if len(self.open) > 4 * MAX_DEPTH:
                raise _too_deep(self.place(source))
            for name, pair in self.pairs(source).items():
                own.setdefault(name, pair)
            self.open.discard(id(source))
        return own

    def scalar(self, node: yaml.ScalarNode) -> Any:
        if node.tag == _STRING:
            return node.value
        if node.tag not in _SCALARS:
            raise self.error(node, f"tag {node.tag[:60]} is not allowed", "remove it")
        return plain_scalar(node.value)

    def spend(self, node: yaml.Node) -> None:
        self.cost += 1 + (len(node.value) // 32 if isinstance(node, yaml.ScalarNode) else 0)
        if self.cost > MAX_COST:
            raise self.error(node, f"this expands to more than {MAX_COST:,} values", "use fewer aliases")

    def mark(self, node: yaml.Node) -> Mark:
        mark: Any = node.start_mark
        return Mark(mark.line + self.first_line, mark.column, self.tree.page)

    def place(self, node: yaml.Node) -> Where:
        return self.mark(node).where()

    def error(self, node: yaml.Node, message: str, hint: str) -> ValidationError:
        return ValidationError(message, self.place(node), hint)
