"""What stands where in a Word document, once it is HTML: captions go with their pictures, lines in columns are tables,
and the highest heading that there is begins where it should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from videogen.inputs.htmlinline import plain
from videogen.inputs.htmlpage import drop

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LABEL = re.compile(
    r"\s*(?:(?:figure|fig|abb(?:ildung)?|table|tab(?:elle)?|tableau|figura|tabla|tabella|listing|picture|image|bild)\b"
    r"\.?\s*)?(?:\d+(?:[.-]\d+)*|[IVX]+)?\s*[.:–—-]?\s+",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:figure|fig\.?|abbildung|abb\.?|figura)\s*\d+\b", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MOST_CELLS = 6
_LETTERS = ("p", "strong", "em", "u", "sup", "sub")
"""What a line in columns may be set in."""


def name_pictures(tree: Element) -> None:
    """Give every picture the caption that stands below or above it; a caption of nothing that is shown goes."""
    for caption in list(tree.iter("p")):
        text = " ".join(plain(caption).split())
        if "vg-caption" not in (caption.get("class") or "") and not _CAPTION.match(text):
            continue
        shown = next((each for each in _beside(caption) if each is not None and _only_pictures(each)), None)
        said = _LABEL.sub("", f" {text}", count=1).strip()
        if shown is not None and len(text.split()) <= 40:
            for picture in shown.iter("img"):
                picture.set("title", said)
            drop(caption)
        elif "vg-caption" in (caption.get("class") or ""):
            beside = [each.tag for each in _beside(caption) if each is not None]
            if "table" not in beside or not said:
                drop(caption)
            else:
                for child in list(caption):
                    caption.remove(child)
                caption.text = said


def _beside(element: Element) -> Iterator[Element | None]:
    """What stands before and after, past what is empty."""
    for step in (element.getprevious, element.getnext):
        each = step()
        while each is not None and each.tag == "p" and not _text(each) and next(each.iter("img"), None) is None:
            each = each.getprevious() if step == element.getprevious else each.getnext()
        yield each


def _only_pictures(element: Element) -> bool:
    return next(element.iter("img"), None) is not None and not _text(element) and not element.get("title")


def set_columns(tree: Element) -> None:
    """Lines that a tab parts, two or more of them with as many cells, are a table, or terms with their meanings."""
    rows: list[Element] = []
    for each in [*tree.iter("p"), None]:
        cells = _cells(each)
        if rows and (each is None or len(cells) != len(_cells(rows[0])) or each.getprevious() is not rows[-1]):
            if len(rows) > 1:
                _tabled(rows)
            rows = []
        if each is not None and 2 <= len(cells) <= _MOST_CELLS and all(child.tag in _LETTERS for child in each.iter()):
            rows.append(each)


def _cells(element: Element | None) -> list[str]:
    text = "".join(element.itertext()).strip("\t ") if element is not None else ""
    return [cell for cell in re.split(r"\t+", text) if cell.strip()]


def _tabled(rows: list[Element]) -> None:
    from lxml import etree

    parent = rows[0].getparent()
    if parent is None:
        return
    paired = len(_cells(rows[0])) == 2
    table = etree.Element("dl" if paired else "table")
    table.sourceline = rows[0].sourceline
    for row in rows:
        line = table if paired else etree.SubElement(table, "tr")
        for at, cell in enumerate(_cells(row)):
            made = etree.SubElement(line, ("dt", "dd")[at] if paired else "td")
            made.text, made.sourceline = cell.strip(), row.sourceline
    parent[parent.index(rows[0])] = table
    for row in rows[1:]:
        drop(row)


def raise_headings(tree: Element, top: int) -> None:
    """The highest headings are of the level `top`; but one that stands alone above all others, first, is the title."""
    found = [each for each in tree.iter(*_HEADINGS) if _text(each)]
    if not found:
        return
    levels = [int(str(each.tag)[1]) for each in found]
    highest = min(levels)
    if top == 1 and highest == 1:
        return
    if top == 1:
        top = 1 if levels[0] == highest and levels.count(highest) == 1 else 2
    for each, level in zip(found, levels, strict=True):
        each.tag = f"h{min(level - highest + top, 6)}"


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()
