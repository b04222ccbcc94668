"""What the kinds that show code share: lines broken into rows, type that fits, the panel, and rows as elements."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from videogen.model.accent import Accent
from videogen.model.theme import Theme
from videogen.scenes.colours import mix
from videogen.scenes.elements import Element, Icon, Shape, Text
from videogen.scenes.highlight import Token
from videogen.scenes.page import Page
from videogen.scenes.typefaces import length

Tokens = Sequence[Token]

HANG = 3
"""Columns by which a continued line is set in: one for its mark, two of air."""

LEGIBLE = 4.55
"""Contrast that colours mixed here keep: 4.5, and what rounding may take."""

_WINDOW: tuple[Accent, ...] = ("pink", "orange", "green")
"""Colours of the dots at the left of a window's bar."""

_TINTS = (0.2, 0.16, 0.13, 0.1, 0.07, 0.05, 0.03)
"""Shares of a band's colour; the strongest on which the text still stands out is taken."""


@dataclass(frozen=True)
class Row:
    """A line as drawn, or what of it is `continued` on the next row, set in."""

    tokens: tuple[Token, ...]
    continued: bool = False

    @property
    def text(self) -> str:
        """What stands in the row."""
        return "".join(token.text for token in self.tokens)


def rows_of(line: Tokens, columns: int) -> list[Row]:
    """A line as rows of at most `columns` characters; what is over goes on in the next row, set in."""
    return list(_rows(tuple(line), columns))


@lru_cache(maxsize=1024)
def _rows(line: tuple[Token, ...], columns: int) -> tuple[Row, ...]:
    text = "".join(token.text for token in line)
    if len(text) <= columns:
        return (Row(line),)
    ends = _ends(text, columns)
    hang = _hang(text, columns)
    rows = [Row(_cut(line, *ends[0]))]
    for start, end in ends[1:]:
        rows.append(Row((Token(" " * hang, "text"), *_cut(line, start, end)), continued=True))
    return tuple(rows)


def count_rows(text: str, columns: int) -> int:
    """How many rows `rows_of` makes of a line."""
    return len(_ends(text, columns))


def _hang(text: str, columns: int) -> int:
    return min(len(text) - len(text.lstrip()) + HANG, columns // 3)


@lru_cache(maxsize=4096)
def _ends(text: str, columns: int) -> list[tuple[int, int]]:
    """Where each row of a line begins and ends."""
    hang = _hang(text, columns)
    ends = [(0, _break_at(text, 0, columns))]
    while (end := ends[-1][1]) < len(text):
        start = end + len(text[end:]) - len(text[end:].lstrip())
        ends.append((start, _break_at(text, start, columns - hang)))
    return ends


def _break_at(text: str, start: int, room: int) -> int:
    """Where the row that begins at `start` ends: after a shell's `&&`, `||` or `|`, else after a space or
    another sign, else when full.

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
    for signs in (" ", ",;([{", "=.:/&|-_"):
        end = max(text.rfind(sign, start + room // 2, start + room) for sign in signs) + 1
        if end:
            return end
    return start + room


def _cut(line: Tokens, start: int, end: int) -> tuple[Token, ...]:
    """The tokens of a line from one column up to another."""
    cut: list[Token] = []
    at = 0
    for token in line:
        if at >= end:
            break
        text = token.text[max(start - at, 0) : end - at]
        if text:
            cut.append(Token(text, token.style, token.strong))
        at += len(token.text)
    return tuple(cut)


@dataclass(frozen=True)
class Type:
    """How code is set: sizes in pixels; `cell` is the width of a column."""

    size: int
    leading: int
    cell: float

    def columns(self, width: int) -> int:
        """Columns that `width` pixels have."""
        return int(width / self.cell)


def type_of(page: Page, step: float, spacing: float) -> Type:
    """The code typeface at a size of 1080, and lines of `spacing` times that."""
    size, face = page.px(step), page.theme.fonts.code
    return Type(size, round(size * spacing), length("m" * 10, face, size) / 10)


FEW = 3
"""Lines that are so few that they are set large."""
_ALONE_STEPS = ((80, 1.4), (76, 1.4), (72, 1.4), (68, 1.4))
"""Sizes and line heights that come first for a single line."""
_FEW_STEPS = ((64, 1.5), (60, 1.5), (56, 1.5))
"""The same when there are few lines, also where one has to be broken."""
_SMALL = 44
"""A few lines are broken rather than set smaller than this."""
STEPS = (
    (60, 1.48),
    (56, 1.48),
    (52, 1.48),
    (48, 1.46),
    (44, 1.46),
    (44, 1.36),
    (40, 1.44),
    (40, 1.34),
    (36, 1.44),
    (36, 1.34),
    (36, 1.24),
)
"""Sizes and line heights; the first at which all lines fit unbroken is taken, else the first at which all rows do."""
_MOST_ROWS = 3
"""Rows that one line may take where smaller type would take fewer."""


@dataclass(frozen=True)
class Setting:
    """Lines as they are set: the rows of each."""

    type: Type
    lines: list[list[Row]]

    @property
    def rows(self) -> int:
        """Rows of all lines."""
        return sum(map(len, self.lines))

    @property
    def height(self) -> int:
        """Pixels of all rows."""
        return self.rows * self.type.leading

    @property
    def whole(self) -> bool:
        """Whether no line is broken."""
        return all(len(rows) == 1 for rows in self.lines)


def set_lines(lines: Sequence[Tokens], kind: Type, width: int, gutter: int = 0) -> Setting:
    """Lines set into `width` pixels, less `gutter` columns."""
    return Setting(kind, [rows_of(line, max(kind.columns(width) - gutter, HANG + 2)) for line in lines])


def fitted(
    blocks: Sequence[Sequence[Tokens]],
    page: Page,
    width: int,
    room: int,
    field: str = "code",
    gutter: int = 0,
    first: int = 1,
) -> list[Setting]:
    """Blocks of lines in one type, the largest at which every block fits `room` with its lines unbroken, else the
    largest with broken lines.

    Raises DoesNotFit when that is not enough; its hint names the line, counted from `first`, that is to blame.
    """
    most = max(map(len, blocks))
    large = (*(_ALONE_STEPS if most == 1 else ()), *_FEW_STEPS) if most <= FEW else ()

    texts = [["".join(token.text for token in line) for line in lines] for lines in blocks]
    lengths = [len(text) for lines in texts for text in lines]
    longest = max(lengths)

    def at(step: float, spacing: float) -> tuple[Type, int, int]:
        """The type, its columns, and the rows of the highest block."""
        kind = type_of(page, step, spacing)
        columns = max(kind.columns(width) - gutter, HANG + 2)
        return kind, columns, max(sum(len(_ends(text, columns)) for text in lines) for lines in texts)

    def set_in(kind: Type) -> list[Setting]:
        return [set_lines(lines, kind, width, gutter) for lines in blocks]

    fallback = None
    for step, spacing in (*large, *STEPS):
        kind, columns, rows = at(step, spacing)
        if longest <= columns and rows * kind.leading <= room:
            if most > FEW or step >= _SMALL:
                return set_in(kind)
            # a long line alone on a slide is better broken than small
            fallback = kind
            break
    kind, _, rows = at(*STEPS[-1])
    # type that is larger at the cost of many more broken lines is not easier to read
    most_rows = min(rows + max(1, most // 6), 2 * most + 1) if most > FEW else rows + most
    for step, spacing in (*(_FEW_STEPS if most <= FEW else ()), *STEPS):
        kind, columns, own = at(step, spacing)
        calm = own <= most_rows and longest <= _MOST_ROWS * columns
        if own * kind.leading <= room and (calm or step == STEPS[-1][0]):
            return set_in(kind)
        if fallback and step <= _SMALL:
            return set_in(fallback)
    error = page.does_not_fit(field, rows, room // kind.leading)
    if 2 * longest > sum(lengths):
        error.hint = f"line {lengths.index(longest) + first} has {longest} characters: break it"
    raise error


@dataclass(frozen=True)
class Panel:
    """A panel with a title bar: its box, and what is inside it. Pixels."""

    x: int
    y: int
    width: int
    height: int
    bar: int
    pad: int
    """Between the sides and the rows."""
    top: int
    """Where the rows begin."""
    elements: tuple[Element, ...]
    note: tuple[Element, ...]
    """What stands at the bar's end: pages that have all else in common differ in it."""

    @property
    def left(self) -> int:
        """Where rows begin."""
        return self.x + self.pad


def bar_height(page: Page, tight: bool) -> int:
    """Height of a panel's title bar."""
    return page.px(52 if tight else 64)


def pad_width(page: Page) -> int:
    """Space between a panel's sides and what is in it."""
    return page.px(32 if page.narrow else 52)


def panel(
    page: Page, box: tuple[int, int, int, int], bar: int, pad_y: int, label: str, tone: str = "", aside: str = ""
) -> Panel:
    """A panel in `box` (x, y, width, height): a window with `label` in the middle of its bar or, with a `tone`, a part
    of something that is named beside a dot in that colour. `aside` is at the bar's end."""
    x, y, width, height = box
    theme, line, pad = page.theme, page.outline, pad_width(page)
    top = Shape(x + line, y + line, width - 2 * line, bar - line, max(page.radius - line, 0), theme.raised)
    elements: list[Element] = [page.card(x, y, width, height), replace(top, corners="top")]
    middle, begin, end = y + bar // 2, x + pad, x + width - pad
    if tone:
        side = page.px(16)
        elements.append(Shape(begin, middle - side // 2, side, side, min(side // 2, page.radius), tone))
        begin += side + page.px(16)
    else:
        dots = _dots(page, begin, middle)
        elements += dots
        begin = dots[-1].box[2] + page.px(24)
    size = page.px(30)
    tall = middle - round(size * 1.3) // 2
    note: tuple[Element, ...] = ()
    if aside:
        said = page.label(aside, 0, tall, size, theme.muted)
        note = (replace(said, x=end - said.width),)
        end -= said.width + page.px(24)
    name = page.label(label, begin, tall, size, theme.muted)
    while name.width > end - begin and len(label) > 1:
        label = label[:-2].rstrip() + "\u2026" if len(label) > 2 else label[:1]
        name = page.label(label, begin, tall, size, theme.muted)
    if not tone:
        name = replace(name, x=min(max(x + (width - name.width) // 2, begin), end - name.width))
    return Panel(x, y, width, height, bar, pad, y + bar + pad_y, (*elements, name), note)


def _dots(page: Page, x: int, middle: int) -> list[Shape]:
    """What a window is closed with: in colours where the theme is round, else in outline."""
    theme, side = page.theme, page.px(20)
    found: list[Shape] = []
    for index, tone in enumerate(_WINDOW):
        at = x + index * page.px(34)
        if page.radius:
            fill = mix(page.look.tone_colour(tone), theme.raised, 0.1 if theme.mode == "dark" else 0.35)
            found.append(Shape(at, middle - side // 2, side, side, side // 2, fill))
        else:
            ink = mix(theme.raised, theme.muted, 0.7)
            found.append(
                Shape(at, middle - side // 2, side, side, 0, theme.raised, border=ink, border_width=page.px(3))
            )
    return found


def row_elements(row: Row, page: Page, x: int, y: int, kind: Type, colour: str = "") -> list[Element]:
    """A row that begins at `x`: its tokens, before them the mark of a continued line; all in one colour if given."""
    theme, fonts = page.theme, page.theme.fonts
    placed: list[Element] = []
    if row.continued:
        hang = len(row.tokens[0].text)
        side = round(kind.cell * 1.4)
        at = x + round(max(0, hang - HANG) * kind.cell)
        placed.append(Icon("continued", at, y + (kind.leading - side) // 2, side, colour or page.accent))
    column = 0
    for token in row.tokens:
        indent = len(token.text) - len(token.text.lstrip())
        text = token.text.strip()
        if text:
            at, end = (round(x + (column + indent + more) * kind.cell) for more in (0, len(text)))
            face = fonts.code_strong if token.strong else fonts.code
            own = colour or colour_of(token.style, theme)
            placed.append(Text(text, at, y, end - at, kind.leading, kind.size, face, own, "code"))
        column += len(token.text)
    return placed


def colour_of(style: str, theme: Theme) -> str:
    """The colour of a token's style: of the code palette, or an accent."""
    return getattr(theme.code, style) if hasattr(theme.code, style) else getattr(theme.accents, style)


def band_colour(tone: str, page: Page, colours: Iterable[str]) -> str:
    """The panel with as much of `tone` in it as lets text in these colours stand out from it."""
    from videogen.scenes.contrast import contrast

    surface, colours = page.theme.surface, set(colours)
    for share in _TINTS:
        tinted = mix(surface, tone, share)
        if all(contrast(colour, tinted) >= LEGIBLE for colour in colours):
            return tinted
    return surface


def faint_colour(page: Page) -> str:
    """The faintest colour of text that can still be read on a panel."""
    from videogen.scenes.contrast import contrast

    surface, text = page.theme.surface, page.theme.code.text
    low, high = 0.0, 1.0
    while high - low > 1 / 256:
        middle = (low + high) / 2
        low, high = (low, middle) if contrast(mix(surface, text, middle), surface) >= LEGIBLE else (middle, high)
    return mix(surface, text, high)


def cover(page: Page, on: Panel, y: int, height: int, colour: str) -> Shape:
    """A band across a panel, as wide as its corners let it be there."""
    line = page.outline
    corner = max(page.radius - (on.y + on.height - y - height), 0)
    inset = line + math.ceil(page.radius - math.sqrt(page.radius**2 - corner**2))
    return Shape(on.x + inset, y, on.width - 2 * inset, height, 0, colour)
