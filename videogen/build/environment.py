"""What is installed, told in a moment: everything besides the files of a project that decides what is made.

Light on purpose: it is asked by every build, also by the one that finds nothing to do.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PARTS = ("build/actions", "checks", "inputs", "model", "scenes", "script", "video", "voices")
"""Folders of ours whose source decides what is made."""
_SOURCE = (".py", ".json", ".otf", ".ttf")
"""Endings of files that are source: rules, tables and typefaces."""


def environment(extensions: Sequence[str]) -> str:
    """A hash of our settings, of which distributions are installed, and of name, time and size of every source file of
    ours and of `extensions`: files, or folders with all below them."""
    facts: list[object] = [sys.version]
    # settings of ours may refuse what was made before; where the store is changes nothing
    facts += sorted(pair for pair in os.environ.items() if pair[0].startswith("VIDEOGEN_") and "CACHE" not in pair[0])
    for folder in sys.path:
        if os.path.isdir(folder):
            with os.scandir(folder) as entries:
                # installing one again, as after an edit of its entry points, leaves the name but not the time
                facts += sorted(
                    (entry.name, entry.stat().st_mtime_ns)
                    for entry in entries
                    if entry.name.endswith((".dist-info", ".egg-info"))
                )
    for path in (*(os.path.join(PACKAGE, part) for part in PARTS), *extensions):
        facts += [stamp for folder in _folders(path) for stamp in _stamps(folder)] or [path, *_stamp(path)]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def sources(path: str) -> Iterator[str]:
    """The source files of a module: itself, or all that are below its folder, in order."""
    if os.path.isfile(path):
        yield path
    for folder in _folders(path):
        yield from sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(_SOURCE))


def _folders(path: str) -> list[str]:
    return sorted(here for here, _, _ in os.walk(path) if not here.endswith("__pycache__"))


def _stamps(folder: str) -> list[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        found = [(entry.path, entry.stat()) for entry in entries if entry.name.endswith(_SOURCE)]
    return sorted((path, stat.st_mtime_ns, stat.st_size) for path, stat in found)


def _stamp(path: str) -> tuple[int, int]:
    try:
        stat = os.stat(path)
    except FileNotFoundError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size
