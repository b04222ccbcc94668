"""The slides of a presentation -> Markdown."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from videogen.inputs.adapter import Reading
from videogen.inputs.embedded import Pictures
from videogen.inputs.escape import inline_text
from videogen.inputs.narration import narration_comment
from videogen.inputs.slidedrawing import drawing, is_drawn, is_unseen, theme_of
from videogen.inputs.slideplaces import Placed, placed
from videogen.inputs.slideshapes import (
    code_on,
    diagram_words,
    ended,
    has,
    is_address,
    is_numbered,
    is_shown,
    language_of,
    nested,
    notes_of,
    placeholder,
    plain,
    text_of,
    title_of,
    words,
)
from videogen.inputs.writing import Cell, Item, Writing
from videogen.model.errors import ValidationError, Where

_MOST_SLIDES = 1_000
_MANY_NUMBERS = 60
"""A chart with more is not told as a table."""
_LABEL = 8
"""Words of a text that may be a label of a drawing."""
_MOST_SHAPES = 600
"""Shapes of a slide, of which a drawing is made."""
_TALK = 3
"""Slides: fewer have no slide of their own for the title, and who speaks where."""
_TOLD = 12
"""Words: fewer notes than these, and than the slide itself says, are no narration."""
_FURNITURE = 3
"""A picture on so many slides is of the template, where those are a tenth of all."""
_LEFTOVER = re.compile(r"(?:PowerPoint|Presentation|Slide \d|Untitled|Présentation|Präsentation)\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:the end|end|fin|ende|questions?|fragen|any questions|thanks?(?: you)?(?: for .*)?|merci.*|danke.*|gracias.*|"
    r"grazie.*|q ?& ?a)\s*[!?.]*",
    re.IGNORECASE,
)


def read_slides(data: bytes, where: Where) -> Reading:
    """A presentation, slide by slide. Raises ValidationError for one that cannot be read."""
    from lxml.etree import XMLSyntaxError
    from pptx import Presentation
    from pptx.exc import InvalidXmlError, PythonPptxError

    try:
        presentation: Any = Presentation(io.BytesIO(data))
        slides = list(presentation.slides)
        title = " ".join((presentation.core_properties.title or "").split())
        title = "" if _LEFTOVER.match(title) else title
        deck = _Deck(presentation.slide_width / 12_700, presentation.slide_height / 12_700, title)
        deck.write(slides[:_MOST_SLIDES])
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
        title="" if deck.titled else title,
        unit="slide",
        starts=deck.writing.starts(len(slides)),
        pictures=deck.pictures.taken,
        left_out=[*deck.left_out, *deck.pictures.left_out],
    )


class _Slide(NamedTuple):
    """A slide that is shown."""

    number: int
    slide: Any
    title: str
    body: list[Placed]
    lines: list[str]
    """What is written on it, but for its title."""
    notes: str


class _Deck:
    """The slides that were read so far."""

    def __init__(self, wide: float, high: float, title: str) -> None:
        self.writing = Writing()
        self.pictures = Pictures()
        self.left_out: list[str] = []
        self.titled = False
        """Whether the first slide says what the whole is called."""
        self._wide, self._high, self._title = wide, high, title
        self._last = ("", True)
        """The title of the slide that was written last, and whether it has notes."""
        self._number = 0
        self._furniture: set[str] = set()
        self._notes: set[str] = set()
        self._talk = False

    def write(self, slides: Sequence[Any]) -> None:
        """Every slide that says something of its own."""
        shown: list[_Slide] = []
        for number, slide in enumerate(slides, 1):
            if slide.element.get("show") in ("0", "false"):
                self.left_out.append(f"slide {number}: it is hidden")
            else:
                shown.append(self._looked_at(number, slide))
        counts = Counter(name for each in shown for name in {_hash(place.shape) for place in each.body} - {""})
        self._furniture = {name for name, count in counts.items()
                           if count >= max(_FURNITURE, 0.1 * len(shown))}  # fmt: skip
        gone = {}
        for run in _runs(shown):
            best = max(run, key=lambda at: (len(shown[at].body), at))
            gone.update({at: f"a step towards slide {shown[best].number}" for at in run if at != best})
        self._talk = len(shown) >= _TALK
        for at, each in enumerate(shown):
            self._number = each.number
            self.writing.at(each.number)
            if why := gone.get(at) or _repeated(shown, at, gone):
                self.left_out.append(f"slide {each.number}: {why}")
            else:
                self._slide(each)
        if self._furniture:
            count = len(self._furniture)
            self.left_out.append(f"{count} picture{'s' * (count > 1)} of the template, which many slides show")

    def _looked_at(self, number: int, slide: Any) -> _Slide:
        shapes = [each for each in placed(slide.shapes) if is_shown(each.shape)]
        named = title_of(shapes, self._high)
        title = " ".join(words(named.shape)) if named else ""
        body = [each for each in shapes if each is not named]
        lines = [line for each in body for line in words(each.shape)]
        return _Slide(number, slide, title, body, lines, notes_of(slide))

    def _slide(self, slide: _Slide) -> None:
        body = [each for each in slide.body if _hash(each.shape) not in self._furniture]
        pictured = any(_hash(each.shape) for each in body)
        title = ended(slide.title) if pictured else slide.title
        says = slide.lines or any(has(each.shape, what) for each in body for what in ("table", "chart"))
        if _CLOSING.fullmatch(title) and not slide.notes and len(slide.lines) <= 1:
            self.left_out.append(f'slide {slide.number}: nothing but "{title}"')
            return
        if not (title or slide.notes or says):
            return
        first = slide.number == 1
        self.titled |= first and bool(title)
        title = title or (self._title if first else self._last[0]) or f"Slide {slide.number}"
        if (title, False) != self._last or slide.notes:
            self.writing.heading(1 if first else 2, inline_text(title))
        self._last = (title, bool(slide.notes))
        members, rest = self._parted(slide.slide, body)
        if first and not members and self._talk:
            rest = self._without_who(rest)
        picture = self._drawn(slide.slide, members) if members else None
        if members and picture is None:
            rest = [each for each in body if each in rest or not _is_drawn_in(each, members)]
        said = sorted(rest, key=lambda each: (round(each.box.y / 36), each.box.x))
        for each in said:
            if not hasattr(each.shape, "image"):
                self._shape(each.shape, pictured)
        if picture:
            self.writing.picture(picture)
        for each in said:
            small = each.box.wide * each.box.high < 0.03 * self._wide * self._high
            if hasattr(each.shape, "image") and not (small and slide.lines):
                self._picture(each.shape)
        self.writing.block(narration_comment(self._told(slide)))

    def _told(self, slide: _Slide) -> str:
        """The notes of a slide, where they are more than a word for the speaker, and not those of another slide."""
        count = len(slide.notes.split())
        if count < min(_TOLD, len(" ".join(slide.lines).split())):
            why = "notes of a few words"
        elif slide.notes in self._notes and count >= _TOLD:
            why = "the notes of an earlier slide again"
        else:
            self._notes.add(slide.notes)
            return slide.notes
        if slide.notes:
            self.left_out.append(f"slide {slide.number}: {why}")
        return ""

    def _parted(self, slide: Any, body: list[Placed]) -> tuple[list[Placed], list[Placed]]:
        """The shapes of a slide that together are a drawing, and the others; none where nothing is drawn."""
        if len(body) > _MOST_SHAPES:
            return [], body
        colours, background = theme_of(slide)
        drawn = [each for each in body if is_drawn(each.shape, colours) and not self._is_read(each)]
        shown = [each for each in body if _hash(each.shape)]
        body = [
            each
            for each in body
            if _upon(each, drawn) or not (words(each.shape) and is_unseen(each.shape, colours, background))
        ]
        labels = [each for each in body if self._is_label(each, drawn)]
        together = (len(drawn) >= 2 and len(labels) >= 2) or len(shown) >= 3 or (drawn and shown)
        areas = [each for each in drawn if not str(each.shape._element.tag).endswith("}cxnSp")]
        pointed = not areas and any(has(each.shape, "text_frame") and code_on(each.shape) for each in body)
        if pointed:
            # arrows that point into a program say nothing beside it
            return [], [each for each in body if not _is_in(each, labels)]
        if not together:
            # a label without what it stands on says nothing
            lone = [
                each
                for each in labels
                if (each.grouped or _is_in(each, drawn)) and len(" ".join(words(each.shape)).split()) <= 3
            ]
            return [], [each for each in body if not _is_in(each, lone)]
        inside = {id(each) for each in (*drawn, *shown, *labels) if not self._is_read(each)}
        return [each for each in body if id(each) in inside], [each for each in body if id(each) not in inside]

    def _is_read(self, each: Placed) -> bool:
        """Whether it is a box of text that says more than a label."""
        said = len(" ".join(words(each.shape)).split())
        boxed = each.shape._element.find(".//{*}cNvSpPr[@txBox]") is not None
        return boxed and not each.grouped and (said > _LABEL or (said > 3 and each.box.wide >= 0.6 * self._wide))

    def _is_label(self, each: Placed, drawn: list[Placed]) -> bool:
        said = words(each.shape)
        if not said or placeholder(each.shape) or code_on(each.shape) or self._is_read(each):
            return False
        if each.grouped or _is_in(each, drawn):
            return True
        upon = _upon(each, [other for other in drawn if other.box.wide < 0.9 * self._wide])
        short = len(" ".join(said).split()) <= _LABEL
        return short and (upon or each.box.wide < 0.6 * self._wide)

    def _drawn(self, slide: Any, members: list[Placed]) -> str | None:
        colours, background = theme_of(slide)
        made = drawing(members, colours, background)
        if made is None:
            self.left_out.append(f"slide {self._number}: what is drawn on it")
            return None
        return self.pictures.add(made, f"slide {self._number}")

    def _without_who(self, rest: list[Placed]) -> list[Placed]:
        """The shapes of the first slide without names, places and dates, which stand in boxes of their own."""
        gone = [each for each in rest if len(words(each.shape)) == 1 and not placeholder(each.shape)
                and len(words(each.shape)[0].split()) <= 15]  # fmt: skip
        if gone:
            self.left_out.append(f"slide {self._number}: who, where and when")
        return [each for each in rest if each not in gone]

    def _shape(self, shape: Any, pictured: bool) -> None:
        if has(shape, "table"):
            self._table(shape.table)
        elif has(shape, "chart"):
            try:
                self._chart(shape.chart)
            except (NotImplementedError, KeyError, ValueError, AttributeError, TypeError):
                # a form of chart that python-pptx does not know
                self.left_out.append(f"slide {self._number}: a chart")
        elif has(shape, "text_frame"):
            self._text(shape, pictured)
        elif str(shape._element.tag).endswith("}graphicFrame"):
            if said := diagram_words(shape):
                self.writing.items([Item(inline_text(text)) for text in said])
            else:
                self.left_out.append(f"slide {self._number}: a diagram")

    def _text(self, shape: Any, pictured: bool) -> None:
        if code := code_on(shape):
            self.writing.code(code, language_of(code))
            return
        lines = [
            (each.level, inline_text(ended(text) if pictured else text), is_numbered(each))
            for each in shape.text_frame.paragraphs
            if (text := text_of(each).replace("\v", " ")).strip()
        ]
        if pictured and len(lines) == 1 and is_address(shape.text_frame.text):
            return
        if placeholder(shape) == "SUBTITLE" or (len(lines) == 1 and lines[0][0] == 0):
            for _, text, _ in lines:
                self.writing.paragraph(text)
            return
        self.writing.items(nested(lines))

    def _table(self, table: Any) -> None:
        rows = [
            [
                Cell(inline_text(plain(cell.text_frame)), cell.span_width if cell.is_merge_origin else 1,
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
        if name := self.pictures.add(data, f"slide {self._number}"):
            self.writing.picture(name, shape._element._nvXxPr.cNvPr.get("descr") or "")


def _upon(each: Placed, drawn: Sequence[Placed]) -> bool:
    """Whether the middle of a shape lies on one that is drawn."""
    x, y = each.box.x + each.box.wide / 2, each.box.y + each.box.high / 2
    boxes = [other.box for other in drawn]
    return any(box.x <= x <= box.x + box.wide and box.y <= y <= box.y + box.high for box in boxes)


def _is_in(each: Placed, others: Sequence[Placed]) -> bool:
    return any(each is other for other in others)


def _is_drawn_in(each: Placed, members: list[Placed]) -> bool:
    """Whether a shape is one of a drawing, and has no picture of its own."""
    return _is_in(each, members) and not _hash(each.shape)


def _runs(shown: Sequence[_Slide]) -> list[list[int]]:
    """Slides one after the other that build up one thing: of one title, each with what the one before says and more,
    or told by the same notes."""
    runs: list[list[int]] = [[0]] if shown else []
    for at in range(1, len(shown)):
        if _goes_on(shown[at - 1], shown[at]):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _goes_on(slide: _Slide, later: _Slide) -> bool:
    if not slide.title or _bare(later.title) != _bare(slide.title):
        return False
    if len(slide.notes.split()) >= 8 and slide.notes == later.notes:
        return True
    grows = bool(slide.lines) and not Counter(slide.lines) - Counter(later.lines)
    return grows and (slide.notes == later.notes or not slide.notes)


def _bare(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower()))


def _repeated(shown: Sequence[_Slide], at: int, gone: Collection[int]) -> str:
    """Why a slide is left out that shows what an earlier one does, such as where the talk is."""
    slide = shown[at]
    if not slide.lines or slide.notes:
        return ""
    before = next(
        (
            each
            for number, each in enumerate(shown[:at])
            if number not in gone and (each.title, each.lines) == (slide.title, slide.lines)
        ),
        None,
    )
    return "" if before is None else f"the same as slide {before.number}"


def _hash(shape: Any) -> str:
    """What tells the picture of a shape from others; "" for what is none."""
    if not str(shape._element.tag).endswith("}pic"):
        return ""
    try:
        return str(shape.image.sha1)
    except (KeyError, ValueError, AttributeError):
        return ""


def _number(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else inline_text(str(value))
