"""Colours as numbers. Light: layouts use it too."""

from __future__ import annotations

from collections.abc import Sequence


def rgb(colour: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """`share` of the other colour on the one."""
    levels = (round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))
    return "#" + "".join(f"{level:02x}" for level in levels)


def extreme(colours: Sequence[str], lightest: bool) -> str:
    """A colour lighter (or darker) than all of these, or equal."""
    pick = max if lightest else min
    return "#" + "".join(f"{pick(levels):02x}" for levels in zip(*map(rgb, colours), strict=True))
