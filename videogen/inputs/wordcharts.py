"""Charts and diagrams of a Word document as what they say: a table or a list in their place."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ITEM = "vg-item"
"""The style of a paragraph that is an item of a list."""
_MANY_NUMBERS = 60
"""A chart with more is not told as a table."""
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]+)?(?:E[+-]?[0-9]{1,3})?")


def tell_charts(root: Element, parts: dict[str, bytes], left_out: Counter[str]) -> None:
    """What a chart or a diagram says stands after its paragraph; one that says nothing is counted."""
    relations = _relations(parts)
    for data in list(root.iter(f"{_A}graphicData")):
        kind = (data.get("uri") or "").rpartition("/")[2]
        if kind not in ("chart", "diagram"):
            continue
        paragraphs = list(data.iterancestors(f"{_W}p"))
        drawing = next(data.iterancestors(f"{_W}drawing"), None)
        named = next((value for child in data.iter() for key, value in child.attrib.items() if key in _IDS), "")
        told = _told(kind, parts.get(relations.get(named, ""), b""))
        holder = drawing.getparent() if drawing is not None else None
        if holder is not None and drawing is not None:
            holder.remove(drawing)
        parent = paragraphs[-1].getparent() if paragraphs else None
        if told and parent is not None:
            at = parent.index(paragraphs[-1]) + 1
            for each in _items(told) if kind == "diagram" else [_table(told)]:
                parent.insert(at, each)
                at += 1
        else:
            left_out[kind] += 1


_IDS = (f"{_R}id", f"{_R}dm")


def _relations(parts: dict[str, bytes]) -> dict[str, str]:
    """Names of parts by the ids by which the text names them."""
    root = _parsed(parts.get("word/_rels/document.xml.rels", b""))
    found = root.iter("{*}Relationship") if root is not None else ()
    return {each.get("Id") or "": posixpath.normpath(f"word/{each.get('Target') or ''}") for each in found}


def _parsed(data: bytes) -> Element | None:
    from lxml import etree

    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        return None


def _told(kind: str, data: bytes) -> list[list[str]]:
    root = _parsed(data)
    if root is None:
        return []
    if kind == "diagram":
        points = [each for each in root.iter("{*}pt") if each.get("type") in (None, "node")]
        said = [" ".join("".join(piece.text or "" for piece in each.iter(f"{_A}t")).split()) for each in points]
        return [[text] for text in said if text]
    series = list(root.iter(f"{_C}ser"))
    names = next((_points(each.find(f"{_C}cat")) for each in series if each.find(f"{_C}cat") is not None), {})
    if not names or not series or len(names) * len(series) > _MANY_NUMBERS:
        return []
    values = [_points(each.find(f"{_C}val")) for each in series]
    head = ["", *(" ".join(_points(each.find(f"{_C}tx")).values()) for each in series)]
    return [head, *([name, *(_shown(each.get(at, "")) for each in values)] for at, name in sorted(names.items()))]


def _points(element: Element | None) -> dict[int, str]:
    """The values that a chart keeps, by their places."""
    found: dict[int, str] = {}
    for point in element.iter(f"{_C}pt") if element is not None else ():
        value, at = point.find(f"{_C}v"), point.get("idx") or ""
        if value is not None and value.text and at.isascii() and at.isdecimal() and len(at) < 6:
            found[int(at)] = value.text
    return found


def _shown(value: str) -> str:
    return f"{float(value):g}" if _NUMBER.fullmatch(value) else value


def _items(rows: list[list[str]]) -> list[Element]:
    from lxml import etree

    made = []
    for row in rows:
        line = etree.Element(f"{_W}p")
        etree.SubElement(etree.SubElement(line, f"{_W}pPr"), f"{_W}pStyle").set(f"{_W}val", ITEM)
        etree.SubElement(etree.SubElement(line, f"{_W}r"), f"{_W}t").text = " ".join(row)
        made.append(line)
    return made


def _table(rows: list[list[str]]) -> Element:
    from lxml import etree

    table = etree.Element(f"{_W}tbl")
    for at, row in enumerate(rows):
        line = etree.SubElement(table, f"{_W}tr")
        if at == 0 and len(row) > 1:
            etree.SubElement(etree.SubElement(line, f"{_W}trPr"), f"{_W}tblHeader")
        for cell in row:
            run = etree.SubElement(etree.SubElement(etree.SubElement(line, f"{_W}tc"), f"{_W}p"), f"{_W}r")
            etree.SubElement(run, f"{_W}t").text = cell
    return table
