"""A listing, or a terminal session."""

from __future__ import annotations

from dataclasses import dataclass

from videogen.model.errors import ValidationError
from videogen.model.kinds import Code
from videogen.scenes.elements import Element, Group, Icon, SceneKind, Shape, Text
from videogen.scenes.highlight import Token, is_terminal, label_of, tokens
from videogen.scenes.page import BODY_FLOOR, Page
from videogen.scenes.typefaces import length

EXAMPLE = """\
kind: code
content:
  header: A build file in four lines
  language: python
  code: |
    def task_hello():
        return {
            "actions": ["echo hello > hello.txt"],
            "targets": ["hello.txt"],
        }
  caption: Run it with doit
"""

_FEW = 3
_FEW_STEPS = ((64, 1.5), (60, 1.5), (56, 1.5))
"""Sizes and line heights that come first when there are no more than `_FEW` lines."""
_SMALL = 44
"""A few lines are broken rather than set smaller than this."""
_STEPS = ((52, 1.48), (48, 1.46), (44, 1.46), (40, 1.44), (36, 1.44), (36, 1.34), (36, 1.24))
"""Sizes and line heights; the first at which all lines fit unbroken is taken."""
_BROKEN_STEPS = ((52, 1.48), (48, 1.46), (44, 1.46), (40, 1.44), (36, 1.44), (36, 1.34), (36, 1.24))
"""The same for a listing with a line that has to be broken: the first at which all rows fit."""
_MOST_ROWS = 3
"""Rows that one line may take where smaller type would take fewer."""
_NUMBERED_FROM = 4
_CAPTION = ((44, 1), (40, 1), (36, 2))
_HANG = 3
"""Columns by which a continued line is set in: one for its mark, two of air."""


@dataclass(frozen=True)
class Row:
    """A line as drawn. `number` is that of the source line, None on a continuation."""

    tokens: list[Token]
    number: int | None


def rows_of(lines: list[list[Token]], columns: int) -> list[Row]:
    """Source lines as rows of at most `columns` characters; what is over goes on in the next row, set in."""
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        text = "".join(token.text for token in line)
        hang = min(len(text) - len(text.lstrip()) + _HANG, columns // 3)
        start, current = 0, number
        while True:
            room = columns if current is not None else columns - hang
            end = _break_at(text, start, room)
            indent = [] if current is not None else [Token(" " * hang, "text")]
            rows.append(Row(indent + _cut(line, start, end), current))
            if end >= len(text):
                break
            start, current = end, None
    return rows


def _break_at(text: str, start: int, room: int) -> int:
    """Where the row that begins at `start` ends: after a shell's `&&`, `||` or `|`, else after a space, else when full.

    Not so late that hardly anything is left for the next row.
    """
    rest = len(text) - start
    if rest <= room:
        return len(text)
    late = start + min(room, max(room // 2, rest - room // 5))
    for signs, first in ((("&& ", "|| ", "| "), room // 4), ((" ",), room // 2)):
        ends = [at + len(sign) for sign in signs if (at := text.rfind(sign, start + first, late)) >= 0]
        if ends:
            return max(ends)
    space = text.rfind(" ", start + room // 2, start + room)
    return space + 1 if space >= 0 else start + room


def _cut(line: list[Token], start: int, end: int) -> list[Token]:
    """The tokens of a line from one column up to another."""
    cut: list[Token] = []
    at = 0
    for token in line:
        text = token.text[max(start - at, 0) : max(end - at, 0)]
        if text:
            cut.append(Token(text, token.style, token.strong))
        at += len(token.text)
    return cut


def layout(content: Code, page: Page) -> list[Group]:
    """A panel with a title bar as wide as the page and as high as its lines; the listing rises into it."""
    try:
        return _layout(content, page, tight=False)
    except ValidationError:
        return _layout(content, page, tight=True)


@dataclass(frozen=True)
class _Grid:
    """How a listing is set: sizes in pixels, `cell` the width of a column."""

    size: int
    leading: int
    cell: float
    gutter: int
    gap: int
    """Between a line's number and the line."""
    rows: list[Row]


def _grid(lines: list[list[Token]], page: Page, width: int, room: int, numbered: bool) -> _Grid:
    """The largest type at which all lines fit `width` and `room` unbroken, else the largest with broken lines.

    Raises ValidationError when that is not enough.
    """
    few = len(lines) <= _FEW
    fallback = None
    for step, spacing in (*_FEW_STEPS, *_STEPS) if few else _STEPS:
        grid = _grid_of(lines, page, width, numbered, step, spacing)
        if len(grid.rows) == len(lines) and len(lines) * grid.leading <= room:
            if not few or step >= _SMALL:
                return grid
            # a long line alone on a slide is better broken than small
            fallback = grid
            break
    longest = max(sum(len(token.text) for token in line) for line in lines)
    rows = leading = 0
    for step, spacing in _BROKEN_STEPS:
        grid = _grid_of(lines, page, width, numbered, step, spacing)
        rows, leading = len(grid.rows), grid.leading
        calm = rows <= 2 * len(lines) + 1 and longest <= _MOST_ROWS * int(width / grid.cell)
        if rows * leading <= room and (calm or step == BODY_FLOOR):
            return grid
        if fallback and step <= _SMALL:
            return fallback
    raise page.does_not_fit("code", rows, room // leading)


def _grid_of(lines: list[list[Token]], page: Page, width: int, numbered: bool, step: float, spacing: float) -> _Grid:
    size, face = page.px(step), page.theme.fonts.code
    cell, gap = length("m" * 10, face, size) / 10, page.px(24)
    gutter = round(len(str(len(lines))) * cell) + gap if numbered else 0
    return _Grid(size, round(size * spacing), cell, gutter, gap, rows_of(lines, int((width - gutter) / cell)))


def _layout(content: Code, page: Page, tight: bool) -> list[Group]:
    header, top = page.header(content.header, tight)
    theme, fonts = page.theme, page.theme.fonts
    terminal = is_terminal(content.language, content.code)
    lines = tokens(content.code, content.language)
    caption, small = page.fitted(content.caption, "caption", _CAPTION, page.width, fonts.body, theme.muted, "calm")
    below, gap = round(small * 1.35), page.px(20 if tight else 32)
    foot = gap + len(caption) * below if caption else 0
    bar, pad_x, pad_y = page.px(52 if tight else 64), page.px(34), page.px(20 if tight else 28)
    room = page.bottom - top - foot - bar - 2 * pad_y
    numbered = len(lines) >= _NUMBERED_FROM and not terminal
    grid = _grid(lines, page, page.width - 2 * pad_x, room, numbered)
    # a short listing gets air, so that its panel stands on the stage as a whole
    pad_y += max(0, min(page.px(36), (room - len(grid.rows) * grid.leading) // 8))
    height = bar + 2 * pad_y + len(grid.rows) * grid.leading
    y = page.settled(top, height + foot)
    groups = [Group("header", tuple(header) or (page.spine(y, height),))]
    panel = _panel(page, y, height, bar, pad_x, terminal, label_of(content.language, terminal))
    groups.append(Group("panel", tuple(panel)))
    listing: list[Element] = []
    for index, row in enumerate(grid.rows):
        listing += _row(row, page, page.left + pad_x, y + bar + pad_y + index * grid.leading, grid, numbered)
    groups.append(Group("listing", tuple(listing), "start", 0.0, 0.4, dy=page.px(16)))
    if caption:
        text = page.block(caption, page.left, y + height + gap, small, below)
        groups.append(Group("caption", tuple(text), "start", 0.3, 0.5, dy=page.px(12)))
    return groups


def _panel(page: Page, y: int, height: int, bar: int, pad: int, terminal: bool, label: str) -> list[Element]:
    theme, line, radius = page.theme, page.px(2), page.px(20)
    body = Shape(page.left, y, page.width, height, radius, theme.surface, 1.0, theme.border, line)
    top = Shape(
        page.left + line, y + line, page.width - 2 * line, bar - line, radius - line, theme.raised, corners="top"
    )
    side = page.px(32)
    middle = y + bar // 2
    elements: list[Element] = [body, top]
    x = page.left + pad
    if terminal:
        elements.append(Icon("terminal", x, middle - side // 2, side, theme.code.prompt))
        x += side + page.px(16)
    else:
        dot = page.px(14)
        elements.append(Shape(x, middle - dot // 2, dot, dot, dot // 2, page.accent))
        x += dot + page.px(16)
    size = page.px(30)
    name = page.label(label, x, middle - round(size * 1.3) // 2, size, theme.muted)
    return [*elements, name]


def _row(row: Row, page: Page, x: int, y: int, grid: _Grid, numbered: bool) -> list[Element]:
    """A row whose gutter begins at `x`: its number, or after it the mark of a continued line, then its tokens."""
    theme, fonts = page.theme, page.theme.fonts
    placed: list[Element] = []
    start = x + grid.gutter
    if row.number is None:
        hang = len(row.tokens[0].text)
        side = round(grid.cell * 1.4)
        at = start + round(max(0, hang - _HANG) * grid.cell)
        placed.append(Icon("continued", at, y + (grid.leading - side) // 2, side, page.accent))
    elif numbered:
        sign = str(row.number)
        width = round(len(sign) * grid.cell)
        box = (start - grid.gap - width, y, width, grid.leading)
        placed.append(Text(sign, *box, grid.size, fonts.code, theme.code.comment, "decor"))
    column = 0
    for token in row.tokens:
        indent = len(token.text) - len(token.text.lstrip())
        text = token.text.strip()
        if text:
            at, end = (round(start + (column + indent + more) * grid.cell) for more in (0, len(text)))
            face = fonts.code_strong if token.strong else fonts.code
            style = getattr(theme.code, token.style)
            placed.append(Text(text, at, y, end - at, grid.leading, grid.size, face, style, "code"))
        column += len(token.text)
    return placed


KIND = SceneKind("code", Code, layout, EXAMPLE, mono=frozenset({"code"}))
