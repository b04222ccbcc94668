"""What is registered by entry point, ours and that of other packages alike. Light: nothing is loaded here."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points

_installed = cache(entry_points)
"""Everything there is: to find it reads a file of each distribution, which is done but once."""


@cache
def registered(group: str) -> tuple[EntryPoint, ...]:
    """The entry points of a group, by name. What is installed while a process runs is not seen by it."""
    return tuple(sorted(_installed().select(group=group), key=lambda point: (point.name, point.value)))
