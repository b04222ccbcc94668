"""Files that a project includes, put where they are named: `include: common.yaml`.

An include stands in a project, in one of its videos, or in place of a scene or a video. What stands beside it comes
before what it brings; a file that holds a list of scenes or videos stands for all of them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from videogen.inputs.named import named_file
from videogen.inputs.nodes import Node, node_of, over
from videogen.inputs.text import decode, read_bytes
from videogen.inputs.videos import laid
from videogen.inputs.yamltree import load_tree
from videogen.model.errors import ValidationError

MOST_BYTES = 1_000_000
"""Of all that a project includes."""

MOST_FILES = 200
"""Includes of a project, those of what it includes too."""

DEEPEST = 10
"""Files that may stand in each other by include."""

Place = Literal["project", "video", "scene"]
_LISTS: dict[Place, dict[str, Place]] = {
    "project": {"videos": "video", "scenes": "scene"},
    "video": {"scenes": "scene"},
    "scene": {},
}


class Includes:
    """What one project includes: bounded, and each file read once."""

    def __init__(self, project: Node, root: Path) -> None:
        file = Path(os.path.realpath(Path(root, project.mark.page.file)))
        here = Path(os.path.realpath(root))
        self.root, self.within = root, here if file.is_relative_to(here) else file.parent
        self.read: dict[str, Node] = {}
        self.count = self.size = 0

    @property
    def files(self) -> list[str]:
        """Every file that was read, relative to the working folder."""
        return sorted(self.read)

    def expand(self, node: Node, place: Place = "project", chain: tuple[str, ...] = ()) -> Node:
        """A project with all that it includes in its place; `chain` are the files it stands in, the outermost first.

        Raises ValidationError for an include that cannot be read, leads out of the working folder, or includes itself.
        """
        if not isinstance(node.data, dict):
            return node
        chain = chain or (node.mark.page.file,)
        lists = {
            key: self._listed(node.data[key], each, chain) for key, each in _LISTS[place].items() if key in node.data
        }
        own = Node({**node.data, **lists}, node.mark, node.keys)
        named = own.get("include")
        if named is None:
            return own
        own = own.without(("include",))
        shared: Node | None = None
        for path in _paths(named):
            found, inner = self._file(path, chain)
            if not isinstance(found.data, dict):
                raise ValidationError(
                    f'"{inner[-1]}" is no mapping of keys to values, as a {place} is',
                    path.mark.where(),
                    "name a list where one entry of a list would stand, alone",
                )
            each = self.expand(found, place, inner)
            # of several the later comes before the earlier
            shared = each if shared is None else _over(each, shared, place)
        return own if shared is None else _over(own, shared, place)

    def _listed(self, node: Node, place: Place, chain: tuple[str, ...]) -> Node:
        """A list whose entries may be includes of a file that holds one entry, or several."""
        if not isinstance(node.data, list):
            return node
        entries: list[Node] = []
        for entry in node.data:
            named = entry.get("include")
            if named is None or len(entry.data) > 1:
                entries.append(self.expand(entry, place, chain))
                continue
            for path in _paths(named):
                found, inner = self._file(path, chain)
                listed = isinstance(found.data, list)
                entries += self._listed(found, place, inner).data if listed else [self.expand(found, place, inner)]
        return Node(entries, node.mark)

    def _file(self, named: Node, chain: tuple[str, ...]) -> tuple[Node, tuple[str, ...]]:
        """What an included file holds, and the chain of files that ends with it."""
        where = named.mark.where()
        path, shown = named_file(named.data, Path(self.root, named.mark.page.file).parent, self.root, where)
        if "://" in named.data or not Path(os.path.realpath(path)).is_relative_to(self.within):
            raise ValidationError(
                f'the include "{named.data[:80]}" leads out of the working folder', where, "keep what you include in it"
            )
        inner = (*chain, shown)
        if shown in chain:
            raise ValidationError(
                f'"{shown}" includes itself: {" -> ".join(inner[chain.index(shown) :])}', where, "remove one of these"
            )
        self.count += 1
        if len(inner) > DEEPEST + 1:
            raise ValidationError(f"more than {DEEPEST} files include each other", where, "include fewer")
        if self.count > MOST_FILES:
            raise ValidationError(f"more than {MOST_FILES} includes", where, "include fewer")
        if shown not in self.read:
            data = read_bytes(path, what="include", shown=shown, limit=MOST_BYTES - self.size, named_at=where)
            self.size += len(data)
            tree = load_tree(decode(data, what="include", shown=shown), shown)
            if tree.data is None:
                raise ValidationError(f'the include "{shown}" is empty', where, "write something in it, or remove this")
            self.read[shown] = node_of(tree)
        return self.read[shown], inner


def _over(own: Node, shared: Node, place: Place) -> Node:
    return over(own, shared) if place == "scene" else laid(own, shared)


def _paths(named: Node) -> list[Node]:
    """The paths that an include names, one or several."""
    paths = named.data if isinstance(named.data, list) else [named]
    for path in paths:
        if not isinstance(path.data, str) or not path.data.strip():
            raise ValidationError(
                "`include` must be a path, or a list of paths", path.mark.where(), "as in `include: common.yaml`"
            )
    return paths
