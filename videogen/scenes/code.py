"""A listing, or a terminal session."""

from __future__ import annotations

from dataclasses import dataclass

from videogen.model.errors import ValidationError
from videogen.model.kinds import Code
from videogen.scenes.elements import Element, Group, Icon, SceneKind, Shape, Text
from videogen.scenes.highlight import Token, is_terminal, label_of, tokens
from videogen.scenes.page import Page
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

_STEPS = ((48, 1.46), (44, 1.46), (40, 1.44), (36, 1.44), (36, 1.34), (36, 1.24))
"""Sizes and line heights; the first at which all lines fit unbroken is taken, else the last with broken lines."""
_NUMBERED_FROM = 4
_CAPTION = ((40, 1), (36, 2))
_MARK = "\u00bb"


@dataclass(frozen=True)
class Row:
    """A line as drawn. `number` is that of the source line, None on a continuation."""

    tokens: list[Token]
    number: int | None


def rows_of(lines: list[list[Token]], columns: int) -> list[Row]:
    """Source lines as rows of at most `columns` characters; what is over goes on in the next row, two deeper."""
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        text = "".join(token.text for token in line)
        hang = min(len(text) - len(text.lstrip()) + 2, columns // 3)
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
    """Where the row that begins at `start` ends: after a space in its last third, else when it is full."""
    if len(text) - start <= room:
        return len(text)
    space = text.rfind(" ", start + room * 2 // 3, start + room)
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
    """The largest type at which all lines fit `width` and `room` unbroken, else the smallest with broken lines.

    Raises ValidationError when that is not enough.
    """
    face = page.theme.fonts.code
    digits = len(str(len(lines))) if numbered else 0
    longest = max(sum(len(token.text) for token in line) for line in lines)
    gap = page.px(24)
    size = leading = columns = gutter = 0
    cell = 1.0
    for step, spacing in _STEPS:
        size = page.px(step)
        leading, cell = round(size * spacing), length("m" * 10, face, size) / 10
        gutter = round(digits * cell) + gap if digits else 0
        columns = int((width - gutter) / cell)
        if longest <= columns and len(lines) * leading <= room:
            break
    if longest > columns and not gutter:
        # room for the mark that says a line goes on
        gutter = round(cell) + gap
        columns = int((width - gutter) / cell)
    rows = rows_of(lines, columns)
    for step, spacing in reversed(_STEPS):
        roomy = round(page.px(step) * spacing)
        if page.px(step) == size and len(rows) * roomy <= room:
            leading = roomy
    if len(rows) * leading > room:
        raise page.does_not_fit("code", len(rows), room // leading)
    return _Grid(size, leading, cell, gutter, gap, rows)


def _layout(content: Code, page: Page, tight: bool) -> list[Group]:
    header, top = page.header(content.header, tight)
    theme, fonts = page.theme, page.theme.fonts
    terminal = is_terminal(content.language, content.code)
    lines = tokens(content.code, content.language)
    caption, small = page.fitted(content.caption, "caption", _CAPTION, page.width, fonts.body, theme.muted, "calm")
    below, gap = round(small * 1.35), page.px(20 if tight else 28)
    foot = gap + len(caption) * below if caption else 0
    bar, pad_x, pad_y = page.px(52 if tight else 60), page.px(34), page.px(20 if tight else 28)
    room = page.bottom - top - foot - bar - 2 * pad_y
    numbered = len(lines) >= _NUMBERED_FROM and not terminal
    grid = _grid(lines, page, page.width - 2 * pad_x, room, numbered)
    height = bar + 2 * pad_y + len(grid.rows) * grid.leading
    y = top + max(0, round((page.bottom - top - height - foot) * 0.3))
    groups = [Group("header", tuple(header))] if header else []
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
    side = page.px(30)
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
    size = page.px(28)
    name = page.label(label, x, middle - round(size * 1.3) // 2, size, theme.muted)
    return [*elements, name]


def _row(row: Row, page: Page, x: int, y: int, grid: _Grid, numbered: bool) -> list[Element]:
    """A row whose gutter begins at `x`: its number or the mark of a continued line, then its tokens."""
    theme, fonts = page.theme, page.theme.fonts
    placed: list[Element] = []
    start = x + grid.gutter
    sign, colour = (str(row.number), theme.code.comment) if row.number is not None else (_MARK, page.accent)
    if numbered or row.number is None:
        width = round(len(sign) * grid.cell)
        box = (start - grid.gap - width, y, width, grid.leading)
        placed.append(Text(sign, *box, grid.size, fonts.code, colour, "decor"))
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
