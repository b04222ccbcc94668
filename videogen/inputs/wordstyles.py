"""The styles of a Word document: what a paragraph in one of them is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.parsers import expat

_HEADING = re.compile(
    r"(?:heading|titre|überschrift|título|titolo|kop|заголовок|nagłówek|標題|标题)\s*([1-9])$", re.IGNORECASE
)
_CODE = re.compile(
    r"\b(?:code|source|verbatim|preformatted|listing|console|terminal|macro ?text|plain text)\b", re.IGNORECASE
)
_COUNT = re.compile(r"[0-9]{1,4}")
_QUOTE = re.compile(r"\b(?:quote|quotations?|block text)\b", re.IGNORECASE)
_OUT = re.compile(r"(?:toc|table of (?:figures|contents|authorities)|contents|index)\b.*|header|footer", re.IGNORECASE)
_MONOSPACE = re.compile(
    r"\b(?:courier|consolas|menlo|monaco|monospace|fixed|lucida console|inconsolata)\b|mono\b",
    re.IGNORECASE,
)
_DEEPEST = 20
"""Styles that stand on each other."""


@dataclass(frozen=True)
class Style:
    """What a paragraph or a run in this style is."""

    level: int = 0
    """Level of a heading, 1 for a title; 0 where it is none."""
    code: bool = False
    quote: bool = False
    out: bool = False
    """Whether what is in it is no part of the text: contents, headers and footers."""
    title: bool = False
    """Whether it is the title of the whole."""
    caption: bool = False
    """Whether it stands below a picture or above a table and names it."""
    size: float | None = None
    """Points."""
    bold: bool = False


@dataclass
class Styles:
    """Styles by their ids; what has none is plain text of `size` points."""

    known: dict[str, Style]
    size: float = 11.0

    def of(self, name: str | None) -> Style:
        """The style with an id."""
        return self.known.get(name or "", _PLAIN)


_PLAIN = Style()


def is_monospace(font: str | None) -> bool:
    """Whether all letters of a typeface are equally wide, by its name."""
    return font is not None and _MONOSPACE.search(font) is not None


def read_styles(data: bytes) -> Styles:
    """The styles in `word/styles.xml`; none where it cannot be read."""
    found: list[dict[str, str]] = []
    default = {"size": "22"}
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        value = attributes.get("w:val", "")
        if name == "w:style":
            found.append({"id": attributes.get("w:styleId", "")})
        elif name == "w:sz" and "w:docDefaults" in inside:
            default["size"] = value
        elif found and name in ("w:name", "w:basedOn", "w:outlineLvl", "w:sz"):
            found[-1].setdefault(name, value)
        elif found and name == "w:b":
            found[-1]["w:b"] = value or "1"
        elif found and name == "w:rFonts":
            found[-1]["font"] = attributes.get("w:ascii", "")

    def end(name: str) -> None:
        inside.pop()

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return Styles({})
    raw = {style["id"]: style for style in found}
    size = _points(default["size"])
    return Styles({name: _resolved(name, raw, 0) for name in raw}, size or 11.0)


def _resolved(name: str, raw: dict[str, dict[str, str]], depth: int) -> Style:
    own = raw.get(name)
    if own is None or depth > _DEEPEST:
        return _PLAIN
    style = _resolved(own.get("w:basedOn", ""), raw, depth + 1)
    called = own.get("w:name", "")
    heading = _HEADING.match(called)
    outline = own.get("w:outlineLvl", "")
    if _OUT.fullmatch(called):
        return replace(style, level=0, out=True)
    if called.lower() in ("title", "titel", "titre"):
        style = replace(style, level=1, title=True)
    elif heading:
        style = replace(style, level=int(heading[1]))
    elif _COUNT.fullmatch(outline):
        style = replace(style, level=int(outline) + 1 if int(outline) < 9 else 0)
    elif called.lower() in ("subtitle", "caption"):
        style = replace(style, level=0, title=False, caption=called.lower() == "caption")
    return replace(
        style,
        code=style.code or bool(_CODE.search(called)) or is_monospace(own.get("font")),
        quote=style.quote or bool(_QUOTE.search(called)),
        size=_points(own.get("w:sz", "")) or style.size,
        bold=own["w:b"] not in ("0", "false", "off") if "w:b" in own else style.bold,
    )


def _points(half: str) -> float | None:
    return int(half) / 2 if _COUNT.fullmatch(half) else None
