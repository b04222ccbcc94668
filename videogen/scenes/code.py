"""A listing, or a terminal session."""

from __future__ import annotations

from dataclasses import dataclass

from videogen.model.kinds import Code
from videogen.scenes.elements import Element, Group, Icon, SceneKind, Shape, Text
from videogen.scenes.highlight import Token, is_terminal, label_of, tokens
from videogen.scenes.page import Page
from videogen.scenes.typefaces import coverage, length

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

_STEPS = ((48, 1.46), (44, 1.46), (40, 1.44), (36, 1.44), (36, 1.34), (36, 1.28))
"""Sizes and line heights; the first at which all lines fit unbroken is taken, else the last with broken lines."""
_NUMBERED_FROM = 4
_CAPTION = ((40, 1), (36, 2))
_MARK = "\u21aa"


@dataclass(frozen=True)
class Row:
    """A line as drawn. `number` is that of the source line, None on a continuation."""

    tokens: list[Token]
    number: int | None


def rows_of(lines: list[list[Token]], columns: int) -> list[Row]:
    """Source lines as rows of at most `columns` characters; what is over goes on in the next row."""
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        row: list[Token] = []
        used, current = 0, number
        for token in line:
            text = token.text
            while used + len(text) > columns:
                row.append(Token(text[: columns - used], token.style, token.strong))
                rows.append(Row(row, current))
                text, row, used, current = text[columns - used :], [], 0, None
            if text:
                row.append(Token(text, token.style, token.strong))
                used += len(text)
        if row or current is not None:
            rows.append(Row(row, current))
    return rows


def layout(content: Code, page: Page) -> list[Group]:
    """A panel with a title bar as wide as the page and as high as its lines; the listing rises into it."""
    header, top = page.header(content.header)
    theme, fonts = page.theme, page.theme.fonts
    terminal = is_terminal(content.language, content.code)
    lines = tokens(content.code, content.language)
    numbered = len(lines) >= _NUMBERED_FROM and not terminal
    caption, small = page.fitted(content.caption, "caption", _CAPTION, page.width, fonts.body, theme.muted, "calm")
    below = round(small * 1.35)
    foot = page.px(28) + len(caption) * below if caption else 0
    bar, pad_x, pad_y = page.px(60), page.px(36), page.px(28)
    room = page.bottom - top - foot - bar - 2 * pad_y
    digits = len(str(len(lines))) if numbered else 0
    longest = max(sum(len(token.text) for token in line) for line in lines)
    size = leading = columns = gutter = 0
    cell = 1.0
    for step, spacing in _STEPS:
        size = page.px(step)
        leading, cell = round(size * spacing), length("m" * 10, fonts.code, size) / 10
        gutter = round(digits * cell + page.px(28)) if digits else 0
        columns = int((page.width - 2 * pad_x - gutter) / cell)
        if longest <= columns and len(lines) * leading <= room:
            break
    if longest > columns and not gutter:
        # room for the mark that says a line goes on
        gutter = round(cell + page.px(20))
        columns = int((page.width - 2 * pad_x - gutter) / cell)
    rows = rows_of(lines, columns)
    if len(rows) * leading > room:
        raise page.does_not_fit("code", len(rows), room // leading)
    height = bar + 2 * pad_y + len(rows) * leading
    y = top + max(0, round((page.bottom - top - height - foot) * 0.3))
    groups = [Group("header", tuple(header))] if header else []
    groups.append(Group("panel", tuple(_panel(page, y, height, bar, pad_x, terminal, label_of(content.language, terminal)))))
    x, at = page.left + pad_x + gutter, y + bar + pad_y
    listing: list[Element] = []
    for row in rows:
        listing += _row(row, page, x, at, gutter, size, leading, cell, numbered)
        at += leading
    groups.append(Group("listing", tuple(listing), "start", 0.0, 0.4, dy=page.px(16)))
    if caption:
        text = page.block(caption, page.left, y + height + page.px(28), small, below)
        groups.append(Group("caption", tuple(text), "start", 0.3, 0.5, dy=page.px(12)))
    return groups


def _panel(page: Page, y: int, height: int, bar: int, pad: int, terminal: bool, label: str) -> list[Element]:
    theme, line, radius = page.theme, page.px(2), page.px(20)
    body = Shape(page.left, y, page.width, height, radius, theme.surface, 1.0, theme.border, line)
    top = Shape(page.left + line, y + line, page.width - 2 * line, bar - line, radius - line, theme.raised, corners="top")
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


def _row(
    row: Row, page: Page, x: int, y: int, gutter: int, size: int, leading: int, cell: float, numbered: bool
) -> list[Element]:
    theme, fonts = page.theme, page.theme.fonts
    placed: list[Element] = []
    sign = str(row.number) if row.number is not None and numbered else None
    if row.number is None:
        sign = _MARK if ord(_MARK) in coverage(fonts.code) else "\u203a"
    if sign is not None:
        width = round(len(sign) * cell + 0.5)
        place = x - (page.px(28) if numbered else page.px(20)) - width
        colour = page.accent if row.number is None else theme.code.comment
        placed.append(Text(sign, place, y, width, leading, size, fonts.code, colour, "decor"))
    column = 0
    for token in row.tokens:
        start = column + len(token.text) - len(token.text.lstrip())
        text = token.text.strip()
        column += len(token.text)
        if text:
            face = fonts.code_strong if token.strong else fonts.code
            at, width = round(x + start * cell), round(len(text) * cell)
            placed.append(Text(text, at, y, width, leading, size, face, getattr(theme.code, token.style), "code"))
    return placed


KIND = SceneKind("code", Code, layout, EXAMPLE, mono=frozenset({"code"}))
