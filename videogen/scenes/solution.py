"""A solution: code, and the explanation of it."""

from __future__ import annotations

from functools import partial

from videogen.model.kinds import Code, Solution
from videogen.model.kinds.base import passages
from videogen.model.kinds.code import source_lines
from videogen.scenes import code
from videogen.scenes.elements import Element, Group, Part, SceneKind
from videogen.scenes.excerpt import Excerpt, divided
from videogen.scenes.highlight import is_terminal, label_of, tokens
from videogen.scenes.page import DoesNotFit, Page
from videogen.scenes.pages import shares
from videogen.scenes.panel import Setting, bar_height, fitted, pad_width, panel, row_elements
from videogen.scenes.pieces import first_that_fits, setting
from videogen.scenes.typeset import Line

EXAMPLE = """\
kind: solution
content:
  title: Count the words
  language: python
  solution_code: |
    from collections import Counter

    def words(text):
        return Counter(text.lower().split())
  explanation: A counter is a dictionary that starts at zero, so no word has to be looked for first.
"""

_BESIDE = ((44, 12), (40, 14), (36, 18))
"""Sizes of an explanation beside the code, and lines of it."""
_BELOW = ((48, 2), (44, 3), (40, 4), (36, 5))
"""The same below it."""
_ALONE = ((64, 5), (56, 7), (48, 9), (44, 11), (40, 13), (36, 16))
"""The same on a page of its own."""
_LETTERS = 600
"""Letters of an explanation on a page of its own, about."""
_SMALLEST_BESIDE = 40
"""Code that would be smaller beside its explanation is shown above it."""


class Explanation(Solution):
    """The explanation alone, on a page of its own."""


def layout(content: Solution | Excerpt, page: Page) -> list[Group]:
    """The code with its explanation beside it where that leaves it whole and large, else below; the explanation
    comes with its cue."""
    if isinstance(content, Excerpt):
        return code.layout(content, page)
    if isinstance(content, Explanation):
        return _alone(content, page)
    if content.explanation and not page.narrow:
        try:
            return _beside(content, page)
        except DoesNotFit:
            pass
    try:
        return _below(content, page, tight=False)
    except DoesNotFit:
        return _below(content, page, tight=True)


def _beside(content: Solution, page: Page) -> list[Group]:
    header, top = page.header(content.title, field="title")
    side = page.columns(4)
    width = page.columns(8)
    lines = tokens(content.solution_code, content.language)
    bar, pad_y = bar_height(page, False), page.px(36)
    room = page.bottom - top - bar - 2 * pad_y
    (setting,) = fitted([lines], page, width - 2 * pad_width(page), room)
    if not setting.whole or setting.type.size < page.px(_SMALLEST_BESIDE):
        raise page.does_not_fit("solution_code", setting.rows, 0)
    pad = page.px(44)
    said, size, leading = _explained(content, page, _BESIDE, side - 2 * pad)
    text = len(said) * leading + page.px(46)
    pad_y += max(0, min(page.px(36), (room - setting.height) // 8))
    height = max(bar + 2 * pad_y + setting.height, text + 2 * pad)
    if height > page.bottom - top:
        raise page.does_not_fit("explanation", len(said), (page.bottom - top - 2 * pad) // leading)
    y = page.settled(top, height)
    groups = [Group("header", tuple(header)), *_code(content, page, y, width, height, pad_y, bar, setting)]
    x = page.right - side
    begin = y + (height - text) // 2
    card: list[Element] = [page.card(x, y, side, height), page.rule(x + pad, begin)]
    card += page.block(said, x + pad, begin + page.px(46), size, leading)
    return [*groups, Group("explanation", tuple(card), "explanation", 0.0, 0.4, dx=page.px(24))]


def _below(content: Solution, page: Page, tight: bool) -> list[Group]:
    header, top = page.header(content.title, tight, "title")
    said, size, leading = _explained(content, page, _BELOW, page.width)
    gap = page.px(24 if tight else 36)
    foot = gap + len(said) * leading if said else 0
    bar, pad_y = bar_height(page, tight), page.px(20 if tight else 36)
    lines = tokens(content.solution_code, content.language)
    room = page.bottom - top - foot - bar - 2 * pad_y
    (setting,) = fitted([lines], page, page.width - 2 * pad_width(page), room, "solution_code")
    pad_y += max(0, min(page.px(36), (room - setting.height) // 8))
    height = bar + 2 * pad_y + setting.height
    header, y = page.together(header, top, height + foot)
    groups = [Group("header", tuple(header)), *_code(content, page, y, page.width, height, pad_y, bar, setting)]
    if said:
        text = page.block(said, page.left, y + height + gap, size, leading)
        groups.append(Group("explanation", tuple(text), "explanation", 0.0, 0.4, dy=page.px(16)))
    return groups


def _explained(
    content: Solution, page: Page, steps: tuple[tuple[int, int], ...], width: int
) -> tuple[list[Line], int, int]:
    fonts, theme = page.theme.fonts, page.theme
    lines, size = page.fitted(content.explanation, "explanation", steps, width, fonts.body, theme.text, "calm")
    return lines, size, round(size * 1.36)


def _code(
    content: Solution, page: Page, y: int, width: int, height: int, pad_y: int, bar: int, setting: Setting
) -> list[Group]:
    terminal = is_terminal(content.language, content.solution_code)
    free = height - bar - 2 * pad_y - setting.height
    label = label_of(content.language, terminal)
    on = panel(page, (page.left, y, width, height), bar, pad_y + max(free, 0) // 2, label)
    rows = [row for line in setting.lines for row in line]
    listing = [
        element
        for at, row in enumerate(rows)
        for element in row_elements(row, page, on.left, on.top + at * setting.type.leading, setting.type)
    ]
    return [Group("panel", on.elements), Group("listing", tuple(listing), "solution", 0.0, 0.4, dy=page.px(16))]


def _alone(content: Solution, page: Page) -> list[Group]:
    return first_that_fits([partial(_said, content, page, tight) for tight in (False, True)])


def _said(content: Solution, page: Page, tight: bool) -> list[Group]:
    header, top = page.header(content.title, tight, "title")
    points = [(passage, "") for passage in passages(content.explanation)]
    said = setting(page, "explanation", points, page.columns(11), page.bottom - top, ladder=_ALONE, air=(0.5, 0.7))
    header, y = page.together(header, top, said.height)
    text = [line for entry, at in said.placed(y) for line in entry.block(page, page.left, at)]
    return [Group("header", tuple(header)), Group("explanation", tuple(text), "start", 0.0, 0.4, dy=page.px(16))]


def split(content: Solution, parts: int) -> list[Part] | None:
    """Pages of the code, then of the explanation, at equal shares of the narration."""
    lines = len(source_lines(content.solution_code))
    listings = min(parts - bool(content.explanation), lines)
    found = divided(Code(header=content.title, code=content.solution_code, language=content.language), listings)
    if found is None or listings + len(whole := passages(content.explanation)) < parts:
        return None
    pages = [part.content for part in found]
    if content.explanation:
        most = max(-(-len(content.explanation) // _LETTERS), parts - listings, parts // 2)
        for own in shares(len(whole), min(len(whole), most)):
            said = " ".join(whole[own.start : own.stop])
            pages.append(Explanation.model_construct(**{**dict(content), "explanation": said}))
    return [Part(one, {"page": f"share:{at}/{len(pages)}"}) for at, one in enumerate(pages)]


KIND = SceneKind("solution", Solution, layout, EXAMPLE, split=split, mono=frozenset({"solution_code"}))
