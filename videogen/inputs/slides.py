"""The slides of a presentation -> Markdown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from videogen.inputs.adapter import Reading
from videogen.inputs.embedded import Pictures
from videogen.inputs.escape import inline_text
from videogen.inputs.narration import narration_comment
from videogen.inputs.writing import Cell, Item, Writing
from videogen.model.errors import ValidationError, Where

_MOST_SLIDES = 1_000
_DEEPEST = 20
"""Groups inside each other."""
_AROUND = ("DATE", "FOOTER", "SLIDE_NUMBER", "HEADER")
"""Placeholders that stand on every slide."""
_TITLES = ("TITLE", "CENTER_TITLE", "VERTICAL_TITLE")
_MANY_NUMBERS = 60
"""A chart with more is not told as a table."""


def read_slides(data: bytes, where: Where) -> Reading:
    """A presentation, slide by slide. Raises ValidationError for one that cannot be read."""
    from lxml.etree import XMLSyntaxError
    from pptx import Presentation
    from pptx.exc import InvalidXmlError, PythonPptxError

    try:
        presentation: Any = Presentation(io.BytesIO(data))
        slides = list(presentation.slides)
        deck = _Deck()
        for number, slide in enumerate(slides[:_MOST_SLIDES], 1):
            deck.slide(number, slide)
        title = " ".join((presentation.core_properties.title or "").split())
    except (
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        NotImplementedError,
        XMLSyntaxError,
        LookupError,
        InvalidXmlError,
        PythonPptxError,
    ) as error:
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        raise ValidationError(
            f"its slides cannot be read: {reason}", where, "open it in its program, and save it again"
        ) from None
    if len(slides) > _MOST_SLIDES:
        deck.left_out.append(f"slides after the first {_MOST_SLIDES}")
    if not deck.writing.text:
        raise ValidationError("there is no slide with words on it", where, "pictures alone make no film")
    return Reading(
        deck.writing.text,
        title="" if re.match(r"(?:PowerPoint|Presentation|Slide \d|Untitled)\b", title) else title,
        unit="slide",
        starts=deck.writing.starts(len(slides)),
        pictures=deck.pictures.taken,
        left_out=[*deck.left_out, *deck.pictures.left_out],
    )


class _Deck:
    """The slides that were read so far."""

    def __init__(self) -> None:
        self.writing = Writing()
        self.pictures = Pictures()
        self.left_out: list[str] = []
        self._number = 0

    def slide(self, number: int, slide: Any) -> None:
        """One more slide; a hidden one is left out."""
        self._number = number
        self.writing.at(number)
        if slide.element.get("show") in ("0", "false"):
            self.left_out.append(f"slide {number}: it is hidden")
            return
        shapes = list(_placed(slide.shapes, 0))
        titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
        title = " ".join(_plain(titles[0].text_frame).split()) if titles else ""
        notes = _notes(slide)
        body = [shape for shape in shapes if shape not in titles[:1]]
        if not title:
            title, body = _headline(body)
        if not title and not notes and not any(_says(shape) for shape in body):
            return
        self.writing.heading(1 if number == 1 else 2, inline_text(title or f"Slide {number}"))
        for shape in body:
            self._shape(shape)
        self.writing.block(narration_comment(notes))

    def _shape(self, shape: Any) -> None:
        if _placeholder(shape) in _AROUND or _is_unseen(shape):
            return
        if getattr(shape, "has_table", False) and shape.has_table:
            self._table(shape.table)
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            try:
                self._chart(shape.chart)
            except (NotImplementedError, KeyError, ValueError, AttributeError, TypeError):
                # a form of chart that python-pptx does not know
                self.left_out.append(f"slide {self._number}: a chart")
        elif hasattr(shape, "image"):
            self._picture(shape)
        elif getattr(shape, "has_text_frame", False) and shape.has_text_frame:
            self._text(shape)

    def _text(self, shape: Any) -> None:
        lines = [
            (paragraph.level, _said(paragraph), _is_numbered(paragraph)) for paragraph in shape.text_frame.paragraphs
        ]
        lines = [line for line in lines if line[1].strip()]
        if _placeholder(shape) == "SUBTITLE" or (len(lines) == 1 and lines[0][0] == 0):
            for _, text, _ in lines:
                self.writing.paragraph(text)
            return
        self.writing.items(_nested(lines))

    def _table(self, table: Any) -> None:
        rows = [
            [
                Cell(inline_text(_plain(cell.text_frame)), cell.span_width if cell.is_merge_origin else 1,
                     cell.span_height if cell.is_merge_origin else 1)
                for cell in row.cells
                if not cell.is_spanned
            ]
            for row in list(table.rows)[:200]
        ]  # fmt: skip
        self.writing.table(rows, 1 if table.first_row else 0)

    def _chart(self, chart: Any) -> None:
        plot = next(iter(chart.plots), None)
        names = [str(name) for name in plot.categories] if plot is not None else []
        series = [(str(each.name), list(each.values)) for each in plot.series] if plot is not None else []
        if not names or not series or len(names) * len(series) > _MANY_NUMBERS:
            self.left_out.append(f"slide {self._number}: a chart")
            return
        head = [Cell(""), *(Cell(inline_text(name)) for name, _ in series)]
        rows = [
            [Cell(inline_text(name)), *(Cell(_number(values[at]) if at < len(values) else "") for _, values in series)]
            for at, name in enumerate(names)
        ]
        self.writing.table([head, *rows], 1)

    def _picture(self, shape: Any) -> None:
        try:
            data = shape.image.blob
        except (KeyError, ValueError, AttributeError):
            self.left_out.append(f"slide {self._number}: a picture that is not inside the file")
            return
        alt = shape._element._nvXxPr.cNvPr.get("descr") or ""
        if name := self.pictures.add(data, f"slide {self._number}"):
            self.writing.picture(name, "" if re.search(r"\.\w{3,4}$|[/\\]", alt) else alt)


def _placed(shapes: Any, depth: int) -> Iterator[Any]:
    """The shapes in reading order: rows from the top, each from the left; those of groups where the group is."""
    everything = sorted(shapes, key=lambda shape: (round((shape.top or 0) / 457_200), shape.left or 0))
    for shape in everything:
        if hasattr(shape, "shapes") and depth < _DEEPEST:
            yield from _placed(shape.shapes, depth + 1)
        else:
            yield shape


def _placeholder(shape: Any) -> str:
    return shape.placeholder_format.type.name if shape.is_placeholder and shape.placeholder_format.type else ""


def _is_unseen(shape: Any) -> bool:
    return shape._element._nvXxPr.cNvPr.get("hidden") in ("1", "true")


def _says(shape: Any) -> bool:
    if _placeholder(shape) in _AROUND:
        return False
    text = bool(getattr(shape, "has_text_frame", False) and shape.has_text_frame and _plain(shape.text_frame).strip())
    return text or any(getattr(shape, name, False) for name in ("has_table", "has_chart"))


def _headline(body: list[Any]) -> tuple[str, list[Any]]:
    """A short first text, for a slide whose title is no placeholder."""
    for at, shape in enumerate(body):
        if getattr(shape, "has_text_frame", False) and shape.has_text_frame and _placeholder(shape) not in _AROUND:
            text = " ".join(_plain(shape.text_frame).split())
            if text:
                short = len(text.split()) <= 10 and len(shape.text_frame.paragraphs) == 1
                return (text, body[:at] + body[at + 1 :]) if short else ("", body)
    return "", body


def _plain(frame: Any) -> str:
    return "\n".join(paragraph.text.replace("\v", " ") for paragraph in frame.paragraphs)


def _said(paragraph: Any) -> str:
    return inline_text(paragraph.text.replace("\v", " "))


def _is_numbered(paragraph: Any) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and any(str(child.tag).endswith("}buAutoNum") for child in properties)


def _nested(lines: list[tuple[int, str, bool]]) -> list[Item]:
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


def _number(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else inline_text(str(value))


def _notes(slide: Any) -> str:
    """What the speaker wrote, each line of it ended like a sentence."""
    if not slide.has_notes_slide:
        return ""
    frame = slide.notes_slide.notes_text_frame
    lines = [" ".join(line.split()) for line in _plain(frame).split("\n")] if frame is not None else []
    lines = [line.lstrip("•-–* ") for line in lines if any(char.isalnum() for char in line)]
    return " ".join(line if line[-1] in '.!?:;,…"”)' else f"{line}." for line in lines)
