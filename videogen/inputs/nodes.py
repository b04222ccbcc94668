"""Data with the place of everything in it, as values that can be put together: what several files say together.

A `Tree` is looked up by path; a `Node` is made of nodes. Files are read as trees, put together as nodes, and checked
as a tree again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from videogen.inputs.yamltree import MAX_COST, MAX_DEPTH, Loc, Mark, Tree
from videogen.model.errors import ValidationError


@dataclass(frozen=True, eq=False)
class Node:
    """A value and its place: text, number, truth or nothing; a list of nodes; or a mapping of names to nodes."""

    data: Any
    mark: Mark
    keys: Mapping[str, Mark] = field(default_factory=dict)
    """Of a mapping: where each key stands."""

    def get(self, key: str) -> Node | None:
        """What a mapping has under a key; None where it has none, and for what is no mapping."""
        return self.data.get(key) if isinstance(self.data, dict) else None

    def without(self, names: Collection[str]) -> Node:
        """A mapping without some of its keys."""
        return Node({key: node for key, node in self.data.items() if key not in names}, self.mark, self.keys)

    def plain(self) -> Any:
        """The data alone."""
        if isinstance(self.data, dict):
            return {key: node.plain() for key, node in self.data.items()}
        return [node.plain() for node in self.data] if isinstance(self.data, list) else self.data


def node_of(tree: Tree) -> Node:
    """A tree as nodes."""

    def build(data: Any, loc: Loc) -> Node:
        if isinstance(data, dict):
            keys = {key: tree.mark((*loc, key), key=True) for key in data}
            return Node({key: build(value, (*loc, key)) for key, value in data.items()}, tree.mark(loc), keys)
        if isinstance(data, list):
            return Node([build(value, (*loc, index)) for index, value in enumerate(data)], tree.mark(loc))
        return Node(data, tree.mark(loc))

    return build(tree.data, ())


def tree_of(node: Node) -> Tree:
    """Nodes as a tree. Raises ValidationError when files put together come to more than one file may hold."""
    tree = Tree(node.mark.page)
    cost = 0

    def build(node: Node, loc: Loc) -> Any:
        nonlocal cost
        cost += 1 + (len(node.data) // 32 if isinstance(node.data, str) else 0)
        if cost > MAX_COST:
            raise ValidationError(
                f"this expands to more than {MAX_COST:,} values", node.mark.where(), "make it shorter"
            )
        if len(loc) > MAX_DEPTH:
            raise ValidationError(f"nested more than {MAX_DEPTH} levels deep", node.mark.where(), "flatten it")
        tree.values[loc] = node.mark
        if isinstance(node.data, dict):
            tree.keys |= {(*loc, key): node.keys[key] for key in node.data}
            return {key: build(value, (*loc, key)) for key, value in node.data.items()}
        if isinstance(node.data, list):
            return [build(value, (*loc, index)) for index, value in enumerate(node.data)]
        return node.data

    tree.data = build(node, ())
    return tree


def over(own: Node, other: Node) -> Node:
    """One value over another: of two mappings the keys of both, `own` first; of anything else, `own`."""
    if not (isinstance(own.data, dict) and isinstance(other.data, dict)):
        return own
    data = {
        **other.data,
        **{key: over(node, other.data[key]) if key in other.data else node for key, node in own.data.items()},
    }
    return Node(data, own.mark, {**other.keys, **own.keys})
