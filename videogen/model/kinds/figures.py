"""The kinds that show rather than say: pictures, tables and diagrams."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from videogen.model import limits
from videogen.model.graph import read_graph
from videogen.model.kinds.base import Content


class Image(Content):
    """A picture (PNG, JPEG, WebP, GIF or SVG) with a caption.

    `fit` shows all of it or fills the place with it; `crop` says what part is shown, as left, top, right and bottom
    in shares of its width and height.
    """

    paths: ClassVar[tuple[str, ...]] = ("path",)

    header: str = ""
    path: Annotated[str, StringConstraints(min_length=1)]
    caption: str = ""
    alt: str = ""
    fit: Literal["contain", "cover"] = "contain"
    crop: list[Annotated[float, Field(ge=0, le=1)]] | None = Field(default=None, min_length=4, max_length=4)

    @model_validator(mode="after")
    def _something_is_left(self) -> Image:
        if self.crop is not None:
            left, top, right, bottom = self.crop
            if right - left < _SMALLEST_CROP or bottom - top < _SMALLEST_CROP:
                raise ValueError(
                    "crop is left, top, right, bottom between 0 and 1, with at least a twentieth between opposite sides"
                )
        return self


_SMALLEST_CROP = 0.05


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
