"""Code before and after a change, with the lines marked that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from videogen.model.kinds import CodeComparison
from videogen.scenes.elements import Element, Group, Part, SceneKind
from videogen.scenes.highlight import Token, label_of, tokens
from videogen.scenes.page import DoesNotFit, Page
from videogen.scenes.pages import MAX_PAGES, shares
from videogen.scenes.panel import (
    STEPS,
    Panel,
    Row,
    Tokens,
    Type,
    band_colour,
    bar_height,
    colour_of,
    count_rows,
    cover,
    pad_width,
    panel,
    row_elements,
    rows_of,
    type_of,
)

EXAMPLE = """\
kind: code_comparison
content:
  header: Ask for forgiveness
  language: python
  before_label: Look before you leap
  before_code: |
    def port(env):
        if "PORT" in env:
            return env["PORT"]
        return 8080
  after_label: Just try
  after_code: |
    def port(env):
        try:
            return env["PORT"]
        except KeyError:
            return 8080
"""

Side = Literal["before", "after"]

_SIGNS: dict[Side, tuple[str, Literal["pink", "green"]]] = {"before": ("\u2212", "pink"), "after": ("+", "green")}
"""What stands before a line that goes or comes, and the accent that it is marked with."""
_GUTTER = 2
"""Columns for the sign."""
_CONTEXT = 2
"""Unchanged lines that stay beside a change where there is no room for all."""


@dataclass(frozen=True)
class Pair:
    """A line of each side that stand beside each other, indices into the sources; or `left` lines that are left out."""

    before: int | None
    after: int | None
    changed: bool = False
    left: int = 0


class OneSide(CodeComparison):
    """One side alone, on a page of its own."""

    only: Side


class Stretch(CodeComparison):
    """A stretch of both sides, on a page of its own."""

    rows: tuple[Pair, ...]


def pairs_of(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """The lines of both sides beside each other, by difflib.

    >>> [(pair.before, pair.after, pair.changed) for pair in pairs_of(["a", "b"], ["a", "c", "d"])]
    [(0, 0, False), (1, 1, True), (None, 2, True)]
    """
    pairs: list[Pair] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for index in range(max(b - a, d - c)):
            old, new = a + index, c + index
            pairs.append(Pair(old if old < b else None, new if new < d else None, what != "equal"))
    return pairs


def folded(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs, with long runs of what is the same on both sides left out."""
    near = {
        at + away for at, pair in enumerate(pairs) if pair.changed for away in range(-_CONTEXT, _CONTEXT + 1)
    } or set(range(_CONTEXT))
    kept: list[Pair] = []
    left = 0
    for at, pair in enumerate([*pairs, None]):
        if pair is not None and at not in near:
            left += 1
            continue
        if left == 1:
            kept.append(pairs[at - 1])
        elif left:
            kept.append(Pair(None, None, left=left))
        left = 0
        if pair is not None:
            kept.append(pair)
    return kept


@dataclass(frozen=True)
class _Column:
    """One side as rows: for each pair, its rows and whether it changed; `height` in rows."""

    side: Side
    cells: list[tuple[list[Row], bool]]

    @property
    def height(self) -> int:
        return sum(len(rows) for rows, _ in self.cells)


@dataclass(frozen=True)
class _Plan:
    """How both sides are set."""

    kind: Type
    columns: list[_Column]
    beside: bool


def _columns(
    content: CodeComparison, pairs: Sequence[Pair], sides: Sequence[Side], room: int, aligned: bool
) -> list[_Column]:
    """The sides in so many columns; aligned, what belongs together begins in the same row."""
    sources = {
        "before": tokens(content.before_code, content.language),
        "after": tokens(content.after_code, content.language),
    }
    made: dict[Side, list[tuple[list[Row], bool]]] = {side: [] for side in sides}
    for pair in pairs:
        rows = {side: _rows(sources[side], getattr(pair, side), pair.left, room) for side in sides}
        most = max(map(len, rows.values()))
        for side in sides:
            changed = pair.changed and getattr(pair, side) is not None
            filler = [Row(())] * (most - len(rows[side])) if aligned else []
            if rows[side] or filler:
                made[side].append((rows[side], changed))
            if filler:
                made[side].append((filler, False))
    return [_Column(side, cells) for side, cells in made.items()]


def _rows(source: Sequence[Tokens], index: int | None, left: int, room: int) -> list[Row]:
    if left:
        return [Row((Token(f"\u2026 {left} lines", "comment"),))]
    return [] if index is None else rows_of(source[index], max(room - _GUTTER, 8))


def _plans(content: CodeComparison, page: Page, room: int, frame: int) -> Iterator[_Plan]:
    """All that fits, the best first: whole lines before broken ones, everything before what is left out, beside each
    other before stacked, large before small. `frame` is the height of a panel without its rows. Sides that stand
    alone are set alike."""
    alone = isinstance(content, OneSide)
    every = _pairs(content)
    short = every if isinstance(content, Stretch) else folded(every)
    gap, texts = page.px(32), _texts(content)
    for whole in (True, False):
        for pairs in (every, short) if short != every else (every,):
            for step, spacing in STEPS:
                kind = type_of(page, step, spacing)
                for beside in (True, False) if not page.narrow and not alone else (False,):
                    width = ((page.width - gap) // 2 if beside else page.width) - 2 * pad_width(page)
                    columns = kind.columns(width)
                    counts = [_counts(texts, pair, columns) for pair in pairs]
                    if whole and any(count > 1 for both in counts for count in both):
                        continue
                    before, after = (sum(max(both) if beside else both[side] for both in counts) for side in (0, 1))
                    one = beside or alone
                    rows, around = (max(before, after), frame) if one else (before + after, 2 * frame + gap)
                    if rows * kind.leading + around <= room:
                        yield _Plan(kind, _columns(content, pairs, ("before", "after"), columns, beside), beside)


def _counts(texts: Sequence[Sequence[str]], pair: Pair, columns: int) -> tuple[int, int]:
    """Rows of a pair on both sides."""
    if pair.left:
        return 1, 1
    room = max(columns - _GUTTER, 8)
    before, after = (
        0 if at is None else count_rows(lines[at], room)
        for lines, at in zip(texts, (pair.before, pair.after), strict=True)
    )
    return before, after


def _pairs(content: CodeComparison) -> Sequence[Pair]:
    if isinstance(content, Stretch):
        return content.rows
    return pairs_of(*_texts(content))


def _texts(content: CodeComparison) -> list[list[str]]:
    """The lines of both sides."""
    return [
        ["".join(token.text for token in line) for line in tokens(code, content.language)]
        for code in (content.before_code, content.after_code)
    ]


def _layout(content: CodeComparison, page: Page, tight: bool) -> list[Group]:
    header, top = page.header(content.header, tight)
    sides: list[Side] = [content.only] if isinstance(content, OneSide) else ["before", "after"]
    bar, pad_y, gap = bar_height(page, tight), page.px(18 if tight else 32), page.px(32)
    room, frame = page.bottom - top, bar + 2 * pad_y
    plan = next(_plans(content, page, room, frame), None)
    if plan is None:
        kind = type_of(page, *STEPS[-1])
        columns = kind.columns(page.width - 2 * pad_width(page))
        made = _columns(content, _pairs(content), sides, columns, False)
        raise page.does_not_fit(
            "code", sum(column.height for column in made), (room - frame * len(sides)) // kind.leading
        )
    kind, most = plan.kind, max(column.height for column in plan.columns)
    shown = [column for column in plan.columns if column.side in sides]
    alike = plan.beside or len(sides) == 1
    highs = [(most if alike else column.height) * kind.leading + frame for column in shown]
    needed = max(highs) if plan.beside else sum(highs) + gap * (len(highs) - 1)
    # short listings get air
    air = max(0, min(page.px(24), (room - needed) // (8 if plan.beside else 16)))
    highs, pad_y = [high + 2 * air for high in highs], pad_y + air
    needed += 2 * air * (1 if plan.beside else len(highs))
    header, y = page.together(header, top, needed)
    x = page.left
    groups = [Group("header", tuple(header) or (page.spine(y, needed),))]
    width = (page.width - gap) // 2 if plan.beside else page.width
    for column, height in zip(shown, highs, strict=True):
        tone = page.look.tone_colour(_SIGNS[column.side][1])
        label = content.before_label if column.side == "before" else content.after_label
        aside = label_of(content.language, False) if not plan.beside or column.side == "after" else ""
        on = panel(page, (x, y, width, height), bar, pad_y, label, tone=tone, aside="" if aside == "Text" else aside)
        groups.append(Group(f"panel-{column.side}", (*on.elements, *on.note)))
        groups += _side(column, page, on, kind, alone=len(sides) == 1, beside=plan.beside)
        if plan.beside:
            x += width + gap
        else:
            y += height + gap
    return groups


def _side(column: _Column, page: Page, on: Panel, kind: Type, alone: bool, beside: bool) -> list[Group]:
    """The rows of a side; those that change are marked when the other side comes."""
    sign, accent = _SIGNS[column.side]
    tone, theme = page.look.tone_colour(accent), page.theme
    used = {token.style for rows, changed in column.cells for row in rows for token in row.tokens if changed}
    band = band_colour(tone, page, [tone, *(colour_of(style, theme) for style in used)])
    plain: list[Element] = []
    marked: list[Element] = []
    bands: list[Element] = []
    y, x = on.top, on.left + round(_GUTTER * kind.cell)
    for rows, changed in column.cells:
        here: list[Element] = []
        for index, row in enumerate(rows):
            here += row_elements(row, page, x, y + index * kind.leading, kind)
        plain += here
        if changed:
            bands.append(cover(page, on, y, len(rows) * kind.leading, band))
            (text,) = row_elements(Row((Token(sign, "text", True),)), page, on.left, y, kind, tone)
            marked += [text, *here]
        y += len(rows) * kind.leading
    if column.side == "before":
        groups = [Group("before", tuple(plain), "before", 0.0, 0.4, dy=page.px(16))]
        return (
            [*groups, Group("changed", (*bands, *marked), "start" if alone else "after", 0.2, 0.3)] if bands else groups
        )
    signs = [element for element in marked if element not in plain]
    dx, dy = (page.px(24), 0) if beside else (0, page.px(20))
    return [Group("after", (*bands, *plain, *signs), "after", 0.0, 0.4, dx=dx, dy=dy)]


def layout(content: CodeComparison, page: Page) -> list[Group]:
    """Two panels, side by side where that is wide enough, else one above the other.

    What was before is there from the start; what comes after comes with its cue, and then the lines that changed are
    marked on both sides. Where there is no room, long runs of unchanged lines are left out, with a mark.
    """
    try:
        return _layout(content, page, tight=False)
    except DoesNotFit:
        return _layout(content, page, tight=True)


def split(content: CodeComparison, parts: int) -> list[Part] | None:
    """A page for each side, or stretches of both sides."""
    if parts == 2:
        sides: tuple[Side, ...] = ("before", "after")
        return [Part(OneSide(**content.model_dump(), only=side), {side: side}) for side in sides]
    pairs = folded(_pairs(content))
    if parts > len(pairs):
        return None
    found = list(_stretches(pairs, -(-len(pairs) // parts)))
    if len(found) > MAX_PAGES:
        return None
    made: list[Part] = []
    for at, rows in enumerate(found):
        cues = {"before": f"share:{2 * at}/{2 * len(found)}", "after": f"share:{2 * at + 1}/{2 * len(found)}"}
        made.append(Part(Stretch.model_construct(**dict(content), rows=rows), cues))
    return made


def _stretches(pairs: Sequence[Pair], room: int) -> Iterator[tuple[Pair, ...]]:
    """Runs of at most `room` pairs in which something changes, cut where lines are left out and where they are full."""
    starts = [0, *(at for at, pair in enumerate(pairs) if pair.left and 0 < at < len(pairs) - 1), len(pairs)]
    for start, end in pairwise(starts):
        for own in shares(end - start, -(-(end - start) // room)):
            rows = tuple(pairs[start + own.start : start + own.stop])
            if any(pair.changed for pair in rows):
                yield rows


KIND = SceneKind(
    "code_comparison", CodeComparison, layout, EXAMPLE, split=split, mono=frozenset({"before_code", "after_code"})
)
