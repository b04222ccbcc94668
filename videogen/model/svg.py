"""SVG drawings, looked through before anything draws them: how large they are, and that they stand alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

MAX_BYTES = 5_000_000
"""A larger drawing is refused."""
MAX_ELEMENTS = 50_000
"""More elements than this, counted as often as they are drawn, are refused."""
MAX_DEPTH = 200
"""Elements nested deeper than this are refused."""

_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*([0-9.]+(?:e[0-9]+)?)\s*([a-z%]*)\s*$", re.IGNORECASE)
_SAFE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|jpg|gif|webp)[;,])", re.IGNORECASE)


@dataclass(frozen=True)
class Drawing:
    """An SVG drawing that is safe to draw. Width and height are its own, in CSS pixels."""

    markup: str
    width: float
    height: float
    letters: str
    """Characters that it sets as text, each once, in order of appearance."""


def read_svg(path: Path) -> Drawing:
    """The drawing in a file. Raises OSError, and ValueError that says what is wrong with it.

    Other files and addresses are never followed: a drawing that names one is refused, so that it is the same
    everywhere and depends on nothing but itself.
    """
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_BYTES // 1_000_000} MB")
    data = path.read_bytes()
    found = _Reading()
    found.read(data)
    width, height = _size(found.root)
    encoding = re.search(rb"^<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)", data)
    try:
        markup = data.decode(encoding[1].decode() if encoding else "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        raise ValueError("it is not written in UTF-8") from None
    return Drawing(markup, width, height, "".join(dict.fromkeys("".join(found.letters))))


class _Reading:
    """One pass over the elements, without building a tree."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self.letters: list[str] = []
        self._open: list[str] = []
        self._ids: list[str] = []
        self._inside: dict[str, list[str]] = {}
        """What each element with an id uses; "" stands for what is outside of all."""
        self._count: dict[str, int] = {"": 0}
        self._elements = 0

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code) or "not well formed"
            raise ValueError(f"line {error.lineno}, column {error.offset + 1}: {what}") from None
        if self._drawn("", ()) > MAX_ELEMENTS:
            raise ValueError(f"it draws more than {MAX_ELEMENTS:,} elements")

    def _entity(self, *_: object) -> None:
        raise ValueError("it declares XML entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        if not self._open:
            if name != "svg":
                raise ValueError(f"it begins with <{name}>, not with <svg>")
            self.root = attributes
        self._open.append(name)
        self._elements += 1
        if len(self._open) > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise ValueError(f"it has more than {MAX_ELEMENTS:,} elements, or nests them deeper than {MAX_DEPTH}")
        own = attributes.get("id", "")
        self._ids.append(own)
        for holder in {"", *filter(None, self._ids)}:
            self._count[holder] = self._count.get(holder, 0) + 1
        for key, value in attributes.items():
            if key.rpartition(" ")[2] != "href" or name == "a":
                continue
            if not _SAFE.match(value):
                raise ValueError(f'it shows another file, "{value[:60]}": put that into the drawing itself')
            if name == "use":
                for holder in {"", *filter(None, self._ids)}:
                    self._inside.setdefault(holder, []).append(value.strip()[1:])

    def _end(self, _: str) -> None:
        self._open.pop()
        self._ids.pop()

    def _text(self, text: str) -> None:
        if "text" in self._open:
            self.letters.append(text)

    def _drawn(self, holder: str, within: tuple[str, ...]) -> int:
        """Elements that come to be drawn; a loop is for the renderer to break."""
        if holder in within or len(within) > MAX_DEPTH:
            return 0
        total = self._count.get(holder, 0)
        for used in self._inside.get(holder, ()):
            total += self._drawn(used, (*within, holder))
            if total > MAX_ELEMENTS:
                break
        return total


def _size(root: dict[str, str]) -> tuple[float, float]:
    sides = [_length(root.get(name, "")) for name in ("width", "height")]
    box = [float(part) for part in re.findall(r"-?[0-9.]+(?:e-?[0-9]+)?", root.get("viewBox", "")) if part != "."]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        ratio = box[2] / box[3]
        width, height = sides
        if width is None and height is None:
            width, height = box[2], box[3]
        width = height * ratio if width is None and height is not None else width
        height = width / ratio if height is None and width is not None else height
        sides = [width, height]
    if not all(sides):
        raise ValueError("it does not say how large it is: give <svg> a viewBox")
    width, height = (float(side or 0) for side in sides)
    if not 0.02 < width / height < 50:
        raise ValueError(f"it is {width:g} by {height:g}, which is no more than a line")
    return width, height


def _length(value: str) -> float | None:
    """A CSS length in pixels; None for one that depends on what is around."""
    found = _LENGTH.match(value)
    if found is None or found[2].lower() not in _UNITS:
        return None
    return float(found[1]) * _UNITS[found[2].lower()] or None
