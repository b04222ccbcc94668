"""The kinds that show rather than say: pictures, tables, diagrams and charts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar, Literal

import pydantic
from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator, model_validator

from videogen.model import limits
from videogen.model.base import Model
from videogen.model.csvdata import read_columns
from videogen.model.graph import read_graph
from videogen.model.kinds.base import Content

_MOST_LABELS = 60
_MOST_SEGMENTS = 8


Movement = Literal["none", "zoom_in", "zoom_out", "pan_left", "pan_right", "pan_up", "pan_down"]
"""How a view goes over a picture; `pan_left` looks further to the left."""


def _something_is_left(crop: list[float] | None) -> list[float] | None:
    if crop is not None:
        left, top, right, bottom = crop
        if right - left < _SMALLEST_CROP or bottom - top < _SMALLEST_CROP:
            raise ValueError(
                "crop is left, top, right, bottom between 0 and 1, with at least a twentieth between opposite sides"
            )
    return crop


_SMALLEST_CROP = 0.05

Crop = Annotated[
    Annotated[list[Annotated[float, Field(ge=0, le=1)]], Field(min_length=4, max_length=4)] | None,
    AfterValidator(_something_is_left),
]
"""What part of a picture is shown: left, top, right and bottom in shares of its width and height."""


class _Framed(Content):
    """What a picture and a clip have in common."""

    paths: ClassVar[tuple[str, ...]] = ("path",)

    header: str = ""
    path: Annotated[str, StringConstraints(min_length=1)]
    caption: str = ""
    fit: Literal["contain", "cover"] = "contain"
    crop: Crop = None

    @property
    def part(self) -> tuple[float, float, float, float]:
        """What is shown of it."""
        left, top, right, bottom = self.crop or (0.0, 0.0, 1.0, 1.0)
        return left, top, right, bottom


class Image(_Framed):
    """A picture (PNG, JPEG, WebP, GIF or SVG) with a caption.

    `fit` shows all of it or fills the place with it; `crop` says what part is shown, as left, top, right and bottom
    in shares of its width and height. `move` has the view come nearer, draw back or pass over it, slowly.
    """

    alt: str = ""
    move: Movement = "none"


class Video(_Framed):
    """A clip (MP4, WebM, MOV) that is played once; its last picture stays as long as the scene goes on.

    `start` and `end` are the seconds of the file between which it is shown; `sound` is its own, `ducked` being lowered
    while somebody speaks. `fit` and `crop` are those of a picture.
    """

    lasts: ClassVar[bool] = True

    start: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    end: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    sound: Literal["muted", "ducked"] = "muted"

    @field_validator("end")
    @classmethod
    def _comes_after_the_start(cls, end: float | None, info: ValidationInfo) -> float | None:
        start = info.data.get("start", 0.0)
        if end is not None and end <= start:
            raise ValueError(f"`end` is {end:g}, which is not after `start`, {start:g}")
        return end

    def seconds(self) -> float:
        """How long it plays."""
        return self.end - self.start if self.end else 0.0

    def plays(self) -> str | None:
        """The clip."""
        return self.path

    def heard(self) -> str | None:
        """The clip, where its sound is wanted."""
        return self.path if self.sound == "ducked" else None


class Table(Content):
    """Rows under column names; every row as long as `columns`.

    A long table goes on over several pages under the same column names. `highlight` marks rows (counted from 1), or
    with `spoken` each row while it is spoken, all rows being there from the start.
    """

    header: str = ""
    columns: list[str] = Field(min_length=1, max_length=limits.LONGEST_TABLE_COLUMNS)
    rows: list[list[str]] = Field(min_length=1, max_length=limits.LONGEST_TABLE_ROWS)
    align: list[Literal["left", "right", "center"]] | None = None
    highlight: list[Annotated[int, Field(ge=1)]] | Literal["spoken"] | None = None

    @model_validator(mode="after")
    def _rows_fit(self) -> Table:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells, but there are {len(self.columns)} columns")
        if self.align is not None and len(self.align) != len(self.columns):
            raise ValueError(f"align has {len(self.align)} entries, but there are {len(self.columns)} columns")
        if isinstance(self.highlight, list) and max(self.highlight, default=1) > len(self.rows):
            raise ValueError(f"highlight names row {max(self.highlight)}, but there are {len(self.rows)} rows")
        return self

    def cue_names(self) -> list[str]:
        """One cue a row."""
        return [f"row:{index}" for index in range(len(self.rows))]


class Diagram(Content):
    """Boxes and arrows, from a Mermaid flowchart or from DOT in `source`.

    The direction in the source is kept where the page has room for it, and turned where it has not.
    """

    header: str = ""
    source: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
    caption: str = ""

    @field_validator("source")
    @classmethod
    def _can_be_read(cls, source: str) -> str:
        read_graph(source)
        return source

    def cue_names(self) -> list[str]:
        """One cue a node, in the order of the source; an arrow comes with the later one of its two nodes."""
        return [f"node:{index}" for index in range(len(read_graph(self.source).nodes))]

    def cue_text(self, name: str) -> str:
        """A node's label."""
        index = name.partition(":")[2]
        return read_graph(self.source).nodes[int(index)].label if index.isdigit() else ""


class Series(Model):
    """Numbers of one kind, one for each label."""

    name: str = ""
    values: list[Annotated[float, Field(allow_inf_nan=False)]] = Field(min_length=1, max_length=_MOST_LABELS)


class Chart(Content):
    """Numbers as bars, lines or a pie: `labels` with `series`, or from the CSV file at `path`.

    In the file the first row names the series and the first column the labels; `columns` chooses among the series.
    """

    verbatim: ClassVar[frozenset[str]] = frozenset({"unit"})
    paths: ClassVar[tuple[str, ...]] = ("path",)

    header: str = ""
    type: Literal["bar", "line", "pie"]
    labels: list[str] = Field(default_factory=list, max_length=_MOST_LABELS)
    series: list[Series] = Field(default_factory=list, max_length=6)
    path: str = ""
    columns: list[str] | None = None
    unit: Annotated[str, StringConstraints(strip_whitespace=True, max_length=12)] = ""
    caption: str = ""
    together: bool = False

    @model_validator(mode="after")
    def _numbers_fit(self) -> Chart:
        if not self.series and not self.path:
            raise ValueError("a chart needs numbers: give it labels and series, or the path of a CSV file")
        for one in self.series:
            if len(one.values) != len(self.labels):
                raise ValueError(
                    f'series "{one.name}" has {len(one.values)} values, but there are {len(self.labels)} labels'
                )
        if self.type == "line" and len(self.labels) == 1:
            raise ValueError("a line needs two labels or more; a single number is better off in a bar")
        if self.type == "pie" and self.series:
            values = self.series[0].values
            if len(self.series) > 1:
                raise ValueError(f"a pie shows one series, and there are {len(self.series)}")
            if min(values) < 0 or sum(values) <= 0:
                raise ValueError("a pie needs values that are not below 0, and not all 0")
            if len(values) > _MOST_SEGMENTS:
                raise ValueError(f"a pie of {len(values)} parts cannot be read; at most {_MOST_SEGMENTS}: use bars")
        return self

    def loaded(self, path: Path) -> Chart:
        """With the numbers of its CSV file, which is at `path`. Raises OSError, and ValueError that says where."""
        if self.series or not self.path:
            return self
        labels, found = read_columns(path)
        wanted = self.columns or list(found)
        missing = [name for name in wanted if name not in found]
        if missing:
            raise ValueError(f'it has no column "{missing[0]}"; it has {", ".join(found)}')
        data = self.model_dump() | {
            "labels": labels,
            "series": [{"name": name, "values": found[name]} for name in wanted],
        }
        try:
            return Chart.model_validate(data)
        except pydantic.ValidationError as error:
            raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None

    def _parts(self) -> list[str]:
        return [one.name for one in self.series] if self.type == "line" else self.labels

    def cue_names(self) -> list[str]:
        """One cue a bar or segment, or a line; none when there are too many to be told one by one."""
        count = len(self._parts())
        return [] if self.together or count > _MOST_CUES else [f"part:{index}" for index in range(count)]

    def cue_text(self, name: str) -> str:
        """The label of a bar or segment, or the name of a line."""
        index = name.partition(":")[2]
        return self._parts()[int(index)] if index.isdigit() else ""


_MOST_CUES = 8
