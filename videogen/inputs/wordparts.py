"""The main part of a Word document, made plain before it is read: fields are their results, drawings are gone or whole,
and what stands before the text is told apart from it."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from videogen.inputs.wordcharts import tell_charts
from videogen.inputs.wordstyles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWINGS = ("wordprocessingGroup", "wordprocessingCanvas", "wordprocessingShape", "lockedCanvas")
_SAID = 15
"""A text box with fewer words is a label of a drawing."""
_ICON = 600_000
"""EMU: a smaller picture within a line is a sign in it, not something to be shown."""
_LONGEST_FORMULA = 60
"""Characters of a formula that is shown within its line."""
_SHORT = 12
"""Words of a line on a cover."""
_MOST_LINES = 40
"""More is no cover."""
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\d+[./]\d+|^v(?:ersion)?\s?[\d.]+$", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:table of )?contents|table des matières|sommaire|inhalt(?:sverzeichnis)?|índice|indice|sommario|inhoud",
    re.IGNORECASE,
)


class Prepared(NamedTuple):
    """A document that is ready to be read."""

    data: bytes
    title: str
    """What its cover calls it; "" where no cover does."""
    left_out: list[str]


def prepared(data: bytes, parts: dict[str, bytes], styles: Styles) -> Prepared:
    """The same document with its main part made plain; as it is where that part cannot be read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(parts.get(_MAIN, b""), parser)
    except etree.XMLSyntaxError:
        return Prepared(data, "", [])
    body = root.find(f"{_W}body") if root is not None else None
    if root is None or body is None:
        return Prepared(data, "", [])
    left_out = Counter[str]()
    _open_fields(root)
    tell_charts(root, parts, left_out)
    boxes = _drop_drawings(root, left_out)
    _drop_icons(root)
    _write_formulas(root, left_out)
    left_out["foot- or endnote"] += sum(1 for _ in root.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"))
    title, before = _uncovered(body, styles, boxes)
    notes = [f"{count} {name}{'s' * (count > 1)}" for name, count in left_out.items() if count]
    if before:
        notes.append(f"{before} line{'s' * (before > 1)} of a cover, before the text")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, etree.tostring(root) if name == _MAIN else part)
    return Prepared(out.getvalue(), title, notes)


def _open_fields(root: Element) -> None:
    """What a simple field shows stands where the field is."""
    for field in list(root.iter(f"{_W}fldSimple")):
        parent = field.getparent()
        if parent is not None:
            at = parent.index(field)
            parent[at : at + 1] = list(field)


def _drop_drawings(root: Element, left_out: Counter[str]) -> list[str]:
    """Take out what is drawn by shapes, with its labels, and give the words of those that no picture goes with."""
    labels: list[str] = []
    for choice in list(root.iter(f"{_MC}AlternateContent")):
        fallback = choice.find(f"{_MC}Fallback")
        found = fallback if fallback is not None else choice.find(f"{_MC}Choice")
        boxes = [] if found is None else list(found.iter(f"{_W}txbxContent"))
        if found is None or any(len(_text(box).split()) >= _SAID for box in boxes) or not _is_drawn(choice):
            continue
        labels += _lines(boxes)
        left_out["drawn shape"] += 1
        _drop(choice)
    for each in list(root.iter(f"{_W}drawing", f"{_W}pict", f"{_W}object")):
        if _is_drawn(each) and not any(len(_text(box).split()) >= _SAID for box in each.iter(f"{_W}txbxContent")):
            labels += _lines(each.iter(f"{_W}txbxContent"))
            left_out["drawn shape"] += 1
            _drop(each)
    return labels


def _lines(boxes: Iterable[Element]) -> Iterator[str]:
    return filter(None, (_text(line) for box in boxes for line in box.iter(f"{_W}p")))


def _write_formulas(root: Element, left_out: Counter[str]) -> None:
    """Short formulas within a sentence stand there as text; others, and those on lines of their own, are counted."""
    from lxml import etree

    formulas = [(each, _line_of(each)) for each in root.iter(f"{_M}oMath")]
    within = {id(line) for _, line in formulas if line is not None and _text(line)}
    for formula, line in formulas:
        text = " ".join(_linear(formula).split())
        parent = formula.getparent()
        if parent is None:
            continue
        if id(line) not in within or not text or len(text) > _LONGEST_FORMULA:
            left_out["formula"] += 1
            _drop(formula)
            continue
        run = etree.Element(f"{_W}r")
        etree.SubElement(run, f"{_W}t").text = text
        parent.replace(formula, run)


def _line_of(element: Element) -> Element | None:
    return next(element.iterancestors(f"{_W}p"), None)


def _linear(element: Element) -> str:
    """A formula on one line."""
    pieces = [(str(child.tag).removeprefix(_M), _linear(child)) for child in element]
    parts = dict(pieces)
    name = str(element.tag).removeprefix(_M)
    if name == "t":
        return element.text or ""
    if name == "f":
        return f"({parts.get('num', '')})/({parts.get('den', '')})"
    if name in ("sSup", "sSub", "sSubSup"):
        below, above = parts.get("sub", ""), parts.get("sup", "")
        return parts.get("e", "") + (f"_{below}" if below else "") + (f"^{above}" if above else "")
    if name == "rad":
        return f"√({parts.get('e', '')})"
    if name == "d":
        return f"({parts.get('e', '')})"
    return (", " if name == "eqArr" else "").join(text for _, text in pieces if text)


def _is_drawn(element: Element) -> bool:
    """Whether an element shows shapes rather than one picture."""
    named = [data.get("uri") or "" for data in element.iter(f"{_A}graphicData")]
    groups = any(len(list(group)) > 2 for group in element.iter(f"{_V}group"))
    return groups or any(name.endswith(_DRAWINGS) for name in named) or any(True for _ in element.iter(f"{_V}textbox"))


def _drop_icons(root: Element) -> None:
    """Take out pictures no larger than letters from lines that say something."""
    for drawing in list(root.iter(f"{_W}drawing")):
        extent = next(drawing.iter(f"{_WP}extent"), None)
        if extent is None or not all(_small(extent.get(side)) for side in ("cx", "cy")):
            continue
        line = _line_of(drawing)
        if line is not None and _text(line):
            _drop(drawing)


def _small(size: str | None) -> bool:
    return size is not None and size.isdecimal() and len(size) < 12 and int(size) < _ICON


def _uncovered(body: Element, styles: Styles, boxes: list[str]) -> tuple[str, int]:
    """Take out what stands before the contents, or before the first heading where those are but short lines. Gives
    the title that stood there, and how many lines went."""
    lines = [child for child in body if child.tag != f"{_W}sectPr"]
    contents = next((at for at, line in enumerate(lines) if _is_contents(line, styles)), None)
    levels = [_level(line, styles) for line in lines]
    first = next((at for at, level in enumerate(levels) if level), None)
    if contents is not None:
        cover = lines[:contents]
    elif first is not None:
        # a title of its own, and then only who, when and where
        title = styles.of(_style(lines[first])).title
        second = next((at for at in range(first + 1, len(lines)) if levels[at]), None)
        end = second if title and second is not None else first
        cover = lines[:end]
    else:
        return "", 0
    said = [(line, text) for line in cover if (text := _text(line))]
    paragraphs = [(line, text) for line, text in said if line.tag == f"{_W}p"]
    if len(said) > _MOST_LINES or not (said or boxes):
        return "", 0
    if any(len(text.split()) > _SHORT and line.tag == f"{_W}p" for line, text in said):
        return "", 0
    least = _size(lines[first], styles) if contents is None and first is not None else styles.size
    title = _title(paragraphs, styles, least, contents is not None)
    if not title and not paragraphs and contents is not None:
        title = " ".join(box for box in boxes if not _DATED.search(box))
    if not title and contents is None and not all(len(text.split()) <= _SHORT for _, text in paragraphs):
        return "", 0
    for line in cover:
        body.remove(line)
    kept = {title} if title else set()
    return " ".join(title.split())[:200], sum(text not in kept for _, text in said)


def _title(paragraphs: list[tuple[Element, str]], styles: Styles, least: float, alone: bool) -> str:
    """The title among the lines of a cover: in its style or a heading's, else in letters of more than `least` points,
    or what stands `alone` there."""
    named = next((text for line, text in paragraphs if styles.of(_style(line)).title), "")
    named = named or next((text for line, text in paragraphs if _level(line, styles)), "")
    if named:
        return named
    sized = [(_size(line, styles), text) for line, text in paragraphs if not _DATED.search(text)]
    largest = max((size for size, _ in sized), default=0.0)
    if largest <= least:
        return sized[0][1] if alone and len(sized) == 1 else ""
    return " ".join(text for size, text in sized if size == largest)


def _is_contents(line: Element, styles: Styles) -> bool:
    if line.tag == f"{_W}sdt" and any(
        "contents" in (each.get(f"{_W}val") or "").lower() for each in line.iter(f"{_W}docPartGallery")
    ):
        return True
    if any((each.text or "").strip().startswith("TOC ") for each in line.iter(f"{_W}instrText")):
        return True
    return line.tag == f"{_W}p" and bool(_CONTENTS.fullmatch(_text(line).rstrip(":"))) and not _level(line, styles)


def _level(line: Element, styles: Styles) -> int:
    return styles.of(_style(line)).level if line.tag == f"{_W}p" and _text(line) else 0


def _style(line: Element) -> str:
    named = line.find(f"{_W}pPr/{_W}pStyle")
    return "" if named is None else named.get(f"{_W}val") or ""


def _size(line: Element, styles: Styles) -> float:
    """Points of its largest letters."""
    own = [int(value) / 2 for each in line.iter(f"{_W}sz")
           if (value := each.get(f"{_W}val") or "").isdecimal() and len(value) < 5]  # fmt: skip
    return max(own, default=styles.of(_style(line)).size or styles.size)


def _text(element: Element) -> str:
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> Iterator[str]:
    for each in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}p"):
        yield (each.text or "") if each.tag == f"{_W}t" else " "


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
