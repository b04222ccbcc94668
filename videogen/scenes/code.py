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
_ALONE_STEPS = ((80, 1.4), (76, 1.4), (72, 1.4), (68, 1.4))
"""Sizes and line heights that come first for a single line."""
_FEW_STEPS = ((64, 1.5), (60, 1.5), (56, 1.5))
"""The same when there are no more than `_FEW` lines, also where one has to be broken."""
_SMALL = 44
"""A few lines are broken rather than set smaller than this."""
_STEPS = ((52, 1.48), (48, 1.46), (44, 1.46), (40, 1.44), (36, 1.44), (36, 1.34), (36, 1.24))
"""Sizes and line heights; the first at which all lines fit unbroken is taken."""
_BROKEN_STEPS = ((52, 1.48), (48, 1.46), (44, 1.46), (40, 1.44), (36, 1.44), (36, 1.34), (36, 1.24))
"""The same for a listing with a line that has to be broken: the first at which all rows fit."""
_MOST_ROWS = 3
"""Rows that one line may take where smaller type would take fewer."""
_CAPTION = ((44, 1), (40, 1), (36, 2))
_HANG = 3
"""Columns by which a continued line is set in: one for its mark, two of air."""


@dataclass(frozen=True)
class Row:
    """A line as drawn, or what of it is `continued` on the next row, set in."""

    tokens: list[Token]
    continued: bool = False


def rows_of(lines: list[list[Token]], columns: int) -> list[Row]:
    """Source lines as rows of at most `columns` characters; what is over goes on in the next row, set in."""
    rows: list[Row] = []
    for line in lines:
        text = "".join(token.text for token in line)
        hang = min(len(text) - len(text.lstrip()) + _HANG, columns // 3)
        end = _break_at(text, 0, columns)
        rows.append(Row(_cut(line, 0, end)))
        while end < len(text):
            start, end = end, _break_at(text, end, columns - hang)
            rows.append(Row([Token(" " * hang, "text"), *_cut(line, start, end)], continued=True))
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
    rows: list[Row]


def _grid(lines: list[list[Token]], page: Page, width: int, room: int) -> _Grid:
    """The largest type at which all lines fit `width` and `room` unbroken, else the largest with broken lines.

    Raises ValidationError when that is not enough.
    """
    few = len(lines) <= _FEW
    first = (*(_ALONE_STEPS if len(lines) == 1 else ()), *_FEW_STEPS) if few else ()
    fallback = None
    for step, spacing in (*first, *_STEPS):
        grid = _grid_of(lines, page, width, step, spacing)
        if len(grid.rows) == len(lines) and len(lines) * grid.leading <= room:
            if not few or step >= _SMALL:
                return grid
            # a long line alone on a slide is better broken than small
            fallback = grid
            break
    longest = max(sum(len(token.text) for token in line) for line in lines)
    rows = leading = 0
    for step, spacing in (*(_FEW_STEPS if few else ()), *_BROKEN_STEPS):
        grid = _grid_of(lines, page, width, step, spacing)
        rows, leading = len(grid.rows), grid.leading
        calm = rows <= 2 * len(lines) + 1 and longest <= _MOST_ROWS * int(width / grid.cell)
        if rows * leading <= room and (calm or step == BODY_FLOOR):
            return grid
        if fallback and step <= _SMALL:
            return fallback
    raise page.does_not_fit("code", rows, room // leading)


def _grid_of(lines: list[list[Token]], page: Page, width: int, step: float, spacing: float) -> _Grid:
    size, face = page.px(step), page.theme.fonts.code
    cell = length("m" * 10, face, size) / 10
    return _Grid(size, round(size * spacing), cell, rows_of(lines, int(width / cell)))


def _layout(content: Code, page: Page, tight: bool) -> list[Group]:
    header, top = page.header(content.header, tight)
    theme, fonts = page.theme, page.theme.fonts
    terminal = is_terminal(content.language, content.code)
    lines = tokens(content.code, content.language)
    caption, small = page.fitted(content.caption, "caption", _CAPTION, page.width, fonts.body, theme.muted, "calm")
    below, gap = round(small * 1.35), page.px(20 if tight else 32)
    foot = gap + len(caption) * below if caption else 0
    bar, pad_x, pad_y = page.px(52 if tight else 64), page.px(52), page.px(20 if tight else 36)
    room = page.bottom - top - foot - bar - 2 * pad_y
    grid = _grid(lines, page, page.width - 2 * pad_x, room)
    # a short listing gets air, so that its panel stands on the stage as a whole
    pad_y += max(0, min(page.px(36), (room - len(grid.rows) * grid.leading) // 8))
    height = bar + 2 * pad_y + len(grid.rows) * grid.leading
    y = page.settled(top, height + foot)
    groups = [Group("header", tuple(header) or (page.spine(y, height),))]
    panel = _panel(page, y, height, bar, pad_x, terminal, label_of(content.language, terminal))
    groups.append(Group("panel", tuple(panel)))
    listing: list[Element] = []
    for index, row in enumerate(grid.rows):
        listing += _row(row, page, page.left + pad_x, y + bar + pad_y + index * grid.leading, grid)
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


def _row(row: Row, page: Page, x: int, y: int, grid: _Grid) -> list[Element]:
    """A row that begins at `x`: its tokens, before them the mark of a continued line."""
    theme, fonts = page.theme, page.theme.fonts
    placed: list[Element] = []
    if row.continued:
        hang = len(row.tokens[0].text)
        side = round(grid.cell * 1.4)
        at = x + round(max(0, hang - _HANG) * grid.cell)
        placed.append(Icon("continued", at, y + (grid.leading - side) // 2, side, page.accent))
    column = 0
    for token in row.tokens:
        indent = len(token.text) - len(token.text.lstrip())
        text = token.text.strip()
        if text:
            at, end = (round(x + (column + indent + more) * grid.cell) for more in (0, len(text)))
            face = fonts.code_strong if token.strong else fonts.code
            style = getattr(theme.code, token.style)
            placed.append(Text(text, at, y, end - at, grid.leading, grid.size, face, style, "code"))
        column += len(token.text)
    return placed


KIND = SceneKind("code", Code, layout, EXAMPLE, mono=frozenset({"code"}))
