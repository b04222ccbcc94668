"""The shapes of a slide: what each is, and what is written on it."""

from __future__ import annotations

import re
from typing import Any

from videogen.inputs.plain.lines import Line
from videogen.inputs.plain.shapes import is_code
from videogen.inputs.slidecolours import A
from videogen.inputs.slideplaces import Placed, diagram_data
from videogen.inputs.wordstyles import is_monospace
from videogen.inputs.writing import Item

AROUND = ("DATE", "FOOTER", "SLIDE_NUMBER", "HEADER")
"""Placeholders that stand on every slide."""
_TITLES = ("TITLE", "CENTER_TITLE", "VERTICAL_TITLE")
_LONGEST_TITLE = 15
"""Words."""
_SQL = re.compile(r"\s*(?:CREATE|SELECT|INSERT|UPDATE|DELETE|ALTER|DROP)\s", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:source\s*:\s*|quelle\s*:\s*)?(?:https?://|www\.)\S+", re.IGNORECASE)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HANGS = re.compile(r"(\S.*?)\s+(?:with|and|by|for|of|using|avec|et|mit|und|von|con|y|e)$", re.IGNORECASE)


def placeholder(shape: Any) -> str:
    """What a shape is the place of; "" for one that is none."""
    return shape.placeholder_format.type.name if shape.is_placeholder and shape.placeholder_format.type else ""


def is_shown(shape: Any) -> bool:
    """Whether it is of the slide itself, and not hidden."""
    return placeholder(shape) not in AROUND and shape._element._nvXxPr.cNvPr.get("hidden") not in ("1", "true")


def has(shape: Any, what: str) -> bool:
    """Whether a shape has a text frame, a table or a chart."""
    return bool(getattr(shape, f"has_{what}", False))


def plain(frame: Any) -> str:
    """The words in a text frame, paragraph by paragraph."""
    return "\n".join(text_of(paragraph).replace("\v", " ") for paragraph in frame.paragraphs)


def text_of(paragraph: Any) -> str:
    """The words of a paragraph; digits that are raised stay so."""
    pieces = []
    for child in paragraph._p:
        tag = str(child.tag)
        if tag.endswith("}br"):
            pieces.append("\v")
        elif tag.endswith(("}r", "}fld")):
            text = "".join(piece.text or "" for piece in child.iter("{*}t"))
            raised = (properties := child.find("{*}rPr")) is not None and properties.get("baseline", "0")[
                :1
            ] not in "0-"
            pieces.append(text.translate(_RAISED) if raised and re.fullmatch(r"\d+\W*", text) else text)
    return "".join(pieces)


def words(shape: Any) -> list[str]:
    """The lines that are written on a shape."""
    if not has(shape, "text_frame"):
        return []
    return [line for each in plain(shape.text_frame).split("\n") if (line := " ".join(each.split()))]


def title_of(shapes: list[Placed], high: float) -> Placed | None:
    """The shape that is the title of a slide: its placeholder, else the largest words in the upper half of `high`
    points, else a short text that stands first."""
    said = [each for each in shapes if words(each.shape)]
    if named := next((each for each in said if placeholder(each.shape) in _TITLES), None):
        return named
    if sum(each.grouped or str(each.shape._element.tag).endswith("}cxnSp") for each in shapes) >= 2:
        return None  # words of a drawing
    free = [each for each in said if not each.grouped and len(" ".join(words(each.shape)).split()) <= _LONGEST_TITLE]
    sizes = {id(each): _size(each.shape) for each in said}
    for each in sorted(free, key=lambda each: (-sizes[id(each)], each.box.y)):
        largest = sizes[id(each)] >= max(sizes.values())
        if largest and each.box.y < high / 2 and len(words(each.shape)) == 1 and len(said) > 1:
            return each
    first = min(said, key=lambda each: (round(each.box.y / 36), each.box.x), default=None)
    short = first is not None and len(words(first.shape)) == 1 and len(words(first.shape)[0].split()) <= 10
    return first if short and first is not None and not first.grouped else None


def _size(shape: Any) -> float:
    return max(
        (run.font.size.pt for each in shape.text_frame.paragraphs for run in each.runs if run.font.size), default=18.0
    )


def code_on(shape: Any) -> str:
    """The program on a shape, its lines as they stand; "" for words."""
    lines = [
        line.rstrip() for line in re.split(r"[\n\v]", "\n".join(each.text for each in shape.text_frame.paragraphs))
    ]
    said = [line for line in lines if line.strip()]
    if len(said) < 2:
        return ""
    fonts = [run.font.name for each in shape.text_frame.paragraphs for run in each.runs if run.text.strip()]
    typed = bool(fonts) and all(is_monospace(font) for font in fonts)
    ended = sum(line.rstrip()[-1] in ",;(){}" for line in said) / len(said) >= 0.7
    signed = any(line.rstrip()[-1] in ";{}()" for line in said) and is_code([Line(1, line.strip()) for line in said], 0)
    return "\n".join(lines) if typed or (ended and len(said) >= 3) or (signed and _SQL.match(said[0])) else ""


def language_of(code: str) -> str:
    """The language of a program, where it shows."""
    return "sql" if _SQL.match(code) else ""


def is_address(text: str) -> bool:
    """Whether a text only says where something is from."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def ended(text: str) -> str:
    """A line without a last word that went on with a picture beside it."""
    match = _HANGS.fullmatch(text.strip())
    return match[1] if match else text


def is_numbered(paragraph: Any) -> bool:
    """Whether a paragraph is counted."""
    properties = paragraph._p.pPr
    return properties is not None and any(str(child.tag).endswith("}buAutoNum") for child in properties)


def nested(lines: list[tuple[int, str, bool]]) -> list[Item]:
    """Paragraphs with levels as items, each under the last of a lower level."""
    top: list[Item] = []
    open_: list[tuple[int, Item]] = []
    for level, text, numbered in lines:
        item = Item(text, numbered)
        while open_ and open_[-1][0] >= level:
            open_.pop()
        (open_[-1][1].children if open_ else top).append(item)
        open_.append((level, item))
    return top


def notes_of(slide: Any) -> str:
    """What the speaker wrote, each line of it ended like a sentence; addresses are not said."""
    if not slide.has_notes_slide:
        return ""
    frame = slide.notes_slide.notes_text_frame
    lines = [" ".join(line.split()) for line in plain(frame).split("\n")] if frame is not None else []
    lines = [line.lstrip("•-–* ") for line in lines if any(char.isalnum() for char in line) and not is_address(line)]
    return " ".join(line if line[-1] in '.!?:;,…"”)' else f"{line}." for line in lines)


def diagram_words(shape: Any) -> list[str]:
    """The words of a diagram of SmartArt, in the order of its points."""
    from lxml import etree

    try:
        root = etree.fromstring(diagram_data(shape), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return []
    points = [] if root is None else [each for each in root.iter("{*}pt") if each.get("type") in (None, "node")]
    said = [" ".join("".join(piece.text or "" for piece in each.iter(f"{A}t")).split()) for each in points]
    return [text for text in said if text]
