"""The close: what to remember or do next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.model.kinds import Outro
from videogen.scenes.elements import Group, Icon, SceneKind, Shape, Text
from videogen.scenes.page import Page, lowered
from videogen.scenes.typefaces import length
from videogen.scenes.typeset import Line, break_lines, words

EXAMPLE = """\
kind: outro
content:
  main_text: Start with your README
  sub_text: One command makes the first video
  items:
    - Install with pip
    - Run doit create
"""

_MAIN = ((144, 1), (128, 1), (112, 2), (96, 2), (84, 3), (68, 4), (56, 5), (48, 6), (44, 7))
_SUB = ((56, 1), (52, 2), (48, 2), (44, 2), (40, 4), (36, 6))
_ITEMS = ((56, 1), (52, 1), (48, 1), (56, 2), (52, 2), (48, 2), (44, 3), (40, 4), (36, 9))
"""Sizes of an item and most lines of one; the first that fits is taken."""
_COMMAND_SIZES = ((52, 1), (48, 1), (44, 1), (40, 1), (44, 2), (40, 3), (36, 4))
_LARGE_ITEMS = 48
"""Items are no smaller than this before the main text gives way."""
_COMMAND = re.compile(
    r"(?:\$ )?(?:python[\d.]* -m \S|(?:npx|uvx|doit|make|git clone|docker run) \S|"
    r"(?:pip\d?|pipx|uv|npm|yarn|pnpm|cargo|brew|conda|gem|go|dotnet|composer|poetry|apt|apt-get|sudo) "
    r"(?:install|add|get|i|pip|tool|require|apt|apt-get) ?)"
)


def is_command(text: str) -> bool:
    """Whether this is to be typed rather than read.

    >>> is_command("python -m pip install requests"), is_command("Make one yourself")
    (True, False)
    """
    return _COMMAND.match(text) is not None


def layout(content: Outro, page: Page) -> list[Group]:
    """The main text large, then what to do, one line each."""
    fonts, theme = page.theme.fonts, page.theme
    top, indent = page.cover_top, page.px(76)
    gap = page.px(36) if content.sub_text else 0

    def laid(tight: int) -> tuple[tuple[list[Text], list[Text | Shape], int, list[Row]], int]:
        main, size = page.fitted(
            content.main_text, "main_text", _MAIN[tight:], page.columns(9), fonts.display, theme.text
        )
        leading = round(size * 1.1)
        sub, deep = _sub(content.sub_text, page, tight)
        y = len(main) * leading + gap
        sub, y = list(lowered(sub, y)), y + deep
        rows: list[Row] = []
        if content.items:
            y += page.px(56)
            least = _LARGE_ITEMS if tight < len(_MAIN) // 2 else 0
            rows, y = _rows(content.items, page, y, page.bottom - top, indent, least)
        return (page.block(main, page.left, 0, size, leading, "display"), sub, y, rows), y

    (main, sub, _, rows), height = page.densest(len(_MAIN), page.bottom - top, laid, "items")
    y = page.settled(top, height)
    groups = [Group("main", (page.spine(y, height), *lowered(main, y)))]
    if sub:
        groups.append(Group("sub", lowered(sub, y), "start", 0.15, 0.5, dy=page.px(20)))
    for index, (lines, at, size, leading) in enumerate(rows):
        side = round(size * 0.8)
        sign = Icon("arrow", page.left, y + at + (leading - side) // 2, side, page.accent)
        text = page.block(lines, page.left + indent, y + at, size, leading)
        groups.append(Group(f"item-{index}", (sign, *text), f"item:{index}", 0.0, 0.3, dy=page.px(18)))
    return groups


Row = tuple[list[Line], int, int, int]
"""An item's lines, where it begins, its size and its leading."""


def _rows(items: Sequence[str], page: Page, y: int, bottom: int, indent: int, least: int) -> tuple[list[Row], int]:
    """The items from `y` on, in the largest type, but no smaller than `least`, with which they end above `bottom`,
    and where they end: below it when they do not fit."""
    fonts, theme = page.theme.fonts, page.theme
    rows: list[Row] = []
    end = y
    for step, most in (step for step in page.sizes(_ITEMS) if step[0] >= least):
        size, leading, space = page.px(step), round(page.px(step) * 1.3), page.px(step * 0.46)
        rows, at = [], y
        for item in items:
            lines = break_lines(words(item, fonts.body, theme.text), size, page.columns(8) - indent)
            rows.append((lines, at, size, leading))
            at += len(lines) * leading + space
        end = at - space
        if max(len(lines) for lines, *_ in rows) <= most and end <= bottom:
            break
    else:
        end = max(end, bottom + 1)
    return rows, end


def _sub(text: str, page: Page, tight: int) -> tuple[list[Text | Shape], int]:
    """The second text from y = 0 on, and its height: a command on a plate as in a terminal, else plain."""
    fonts, theme = page.theme.fonts, page.theme
    if is_command(text):
        for size, most in _COMMAND_SIZES:
            if plate := _plate(text.removeprefix("$ "), page, page.px(size), most):
                return plate
    lines, small = page.fitted(
        text, "sub_text", _SUB[min(tight, len(_SUB) - 1) :], page.columns(7), fonts.body, theme.muted, "calm"
    )
    below = round(small * 1.4)
    return [*page.block(lines, page.left, 0, small, below)], len(lines) * below


def _plate(command: str, page: Page, size: int, most: int) -> tuple[list[Text | Shape], int] | None:
    """A command after its prompt on as many lines as it may take, and the height of its plate; None when it needs more
    or a word is wider than a line."""
    theme, face, pad = page.theme, page.theme.fonts.code, page.px(36)
    prompt, widest = round(length("$ ", face, size)), page.columns(9) - 2 * pad
    if not page.whole_words([command], face, size, widest - prompt):
        return None
    lines = break_lines(words(command, face, theme.code.text), size, widest - prompt, "plain")
    if len(lines) > most:
        return None
    leading, above = round(size * 1.34), round(size * 0.44)
    height = len(lines) * leading + 2 * above
    typed = page.block(lines, page.left + pad + prompt, above, size, leading, "code")
    width = prompt + max(one.x + one.width for one in typed) - page.left - prompt + pad
    sign = (page.left + pad, above, prompt, leading, size, theme.fonts.code_strong, theme.code.prompt, "code")
    radius = min(page.radius, page.px(16))
    plate = Shape(page.left, 0, width, height, radius, theme.surface, 1.0, theme.border, page.px(2))
    return [plate, Text("$", *sign), *typed], height


KIND = SceneKind("outro", Outro, layout, EXAMPLE, cover=True)
