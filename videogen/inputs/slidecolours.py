"""The colours of a slide's shapes, by the theme of its presentation."""

from __future__ import annotations

import colorsys
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_COLOURS = {f"{A}{name}Clr" for name in ("srgb", "scheme", "sys", "prst")}
_FILLS = ("solidFill", "gradFill", "pattFill", "noFill", "blipFill", "grpFill")
_SAME = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_OFFICE = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "1F497D", "lt2": "EEECE1", "accent1": "4F81BD", "accent2": "C0504D",
           "accent3": "9BBB59", "accent4": "8064A2", "accent5": "4BACC6", "accent6": "F79646"}  # fmt: skip
"""Colours of a theme that says none."""


class Colours:
    """Colours as `#rrggbb`; None where nothing is painted."""

    def __init__(self, theme: Element | None, mapped: dict[str, str]) -> None:
        self._named = dict(_OFFICE)
        self._mapped = {**_SAME, **mapped}
        scheme = next(theme.iter(f"{A}clrScheme"), None) if theme is not None else None
        for each in scheme if scheme is not None else ():
            value = next((child.get("lastClr") or child.get("val") for child in each), None)
            if value and re.fullmatch("[0-9A-Fa-f]{6}", value):
                self._named[str(each.tag).removeprefix(A)] = value

    def fill(self, properties: Element | None, style: Element | None) -> str | None:
        """What a shape is filled with: by its own properties, else by its style."""
        for child in properties if properties is not None else ():
            if (name := str(child.tag).removeprefix(A)) in _FILLS:
                return self.of(child) if name in ("solidFill", "gradFill", "pattFill") else None
        return self._styled(style, "fillRef")

    def line(self, properties: Element | None, style: Element | None) -> tuple[str, float] | None:
        """The colour of a shape's outline, and its width in points; None without one."""
        own = properties.find(f"{A}ln") if properties is not None else None
        width = own.get("w", "") if own is not None else ""
        points = int(width) / 12_700 if width.isdecimal() and len(width) < 9 else 1.5
        for child in own if own is not None else ():
            if (name := str(child.tag).removeprefix(A)) in _FILLS:
                colour = self.of(child) if name != "noFill" else None
                return None if colour is None else (colour, points)
        colour = self._styled(style, "lnRef")
        return None if colour is None else (colour, points)

    def of(self, holder: Element | None) -> str | None:
        """The first colour in an element; the middle one of a gradient."""
        found = [each for each in holder.iter() if each.tag in _COLOURS] if holder is not None else []
        return self._colour(found[len(found) // 2]) if found else None

    def named(self, name: str) -> str:
        """A colour of the theme."""
        return f"#{self._named.get(self._mapped.get(name, name), '808080')}"

    def _styled(self, style: Element | None, name: str) -> str | None:
        given = style.find(f"{P}{name}") if style is not None else None
        given = style.find(f"{A}{name}") if given is None and style is not None else given
        if given is None or given.get("idx") == "0":
            return None
        return self.of(given)

    def _colour(self, element: Element) -> str | None:
        value = element.get("lastClr") or element.get("val") or ""
        if str(element.tag) == f"{A}schemeClr":
            value = self.named(value)[1:]
        elif str(element.tag) == f"{A}prstClr":
            value = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000"}.get(value, "808080")
        if not re.fullmatch("[0-9A-Fa-f]{6}", value):
            return None
        if any(str(child.tag) == f"{A}alpha" and _share(child) < 0.05 for child in element):
            return None
        return "#" + _changed(value, element)


def _changed(value: str, changes: Any) -> str:
    """A colour after what is to be done with its lightness."""
    hue, light, strong = colorsys.rgb_to_hls(*(int(value[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    for each in changes:
        name, share = str(each.tag).removeprefix(A), _share(each)
        if name == "lumMod":
            light *= share
        elif name == "lumOff":
            light += share
        elif name == "shade":
            light *= share
        elif name == "tint":
            light = 1 - (1 - light) * share
    rgb = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), strong)
    return "".join(f"{round(channel * 255):02x}" for channel in rgb)


def _share(element: Element) -> float:
    value = element.get("val") or ""
    return int(value) / 100_000 if re.fullmatch(r"-?[0-9]{1,7}", value) else 1.0
