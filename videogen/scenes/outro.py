"""The close: what to remember or do next."""

from __future__ import annotations

import re
from dataclasses import replace

from videogen.model.kinds import Outro
from videogen.scenes.elements import Group, Icon, SceneKind, Shape, Text
from videogen.scenes.page import Page
from videogen.scenes.typefaces import length
from videogen.scenes.typeset import break_lines, words

EXAMPLE = """\
kind: outro
content:
  main_text: Start with your README
  sub_text: One command makes the first video
  items:
    - Install with pip
    - Run doit create
"""

_MAIN = ((144, 1), (128, 1), (112, 2), (96, 2), (84, 3), (68, 4), (56, 5))
_SUB = ((56, 1), (52, 2), (48, 2), (44, 2), (40, 3), (36, 4))
_ITEMS = ((56, 1), (52, 1), (48, 1), (56, 2), (52, 2), (48, 2), (44, 3), (40, 4), (36, 9))
"""Sizes of an item and most lines of one; the first that fits is taken."""
_COMMAND_SIZES = (48, 44, 40, 36)
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
    main, size = page.fitted(content.main_text, "main_text", _MAIN, page.columns(9), fonts.display, theme.text)
    leading = round(size * 1.1)
    sub, deep = _sub(content.sub_text, page)
    indent = page.px(76)
    gap = page.px(36) if sub else 0
    fixed = len(main) * leading + gap + deep + (page.px(56) if content.items else 0)
    room = page.bottom - page.top - fixed
    total = item_size = item_leading = space = 0
    rows = []
    for step, most in _ITEMS:
        item_size = page.px(step)
        item_leading, space = round(item_size * 1.3), page.px(step * 0.46)
        rows = [
            break_lines(words(item, fonts.body, theme.text), item_size, page.columns(8) - indent)
            for item in content.items
        ]
        total = sum(map(len, rows))
        if max(map(len, rows), default=0) <= most and total * item_leading + max(0, len(rows) - 1) * space <= room:
            break
    else:
        raise page.does_not_fit("items", total, (room - (len(rows) - 1) * space) // item_leading)
    height = fixed + total * item_leading + max(0, len(rows) - 1) * space
    y = page.settled(page.top, height)
    mark = page.spine(y, height)
    groups = [Group("main", (mark, *page.block(main, page.left, y, size, leading, "display")))]
    y += len(main) * leading + gap
    if sub:
        lowered = tuple(replace(part, y=part.y + y) for part in sub)
        groups.append(Group("sub", lowered, "start", 0.15, 0.5, dy=page.px(20)))
    y += deep + page.px(56)
    for index, lines in enumerate(rows):
        side = round(item_size * 0.8)
        sign = Icon("arrow", page.left, y + (item_leading - side) // 2, side, page.accent)
        text = page.block(lines, page.left + indent, y, item_size, item_leading)
        groups.append(Group(f"item-{index}", (sign, *text), f"item:{index}", 0.0, 0.3, dy=page.px(18)))
        y += len(lines) * item_leading + space
    return groups


def _sub(text: str, page: Page) -> tuple[list[Text | Shape], int]:
    """The second text from y = 0 on, and its height: a command on a plate as in a terminal, else plain."""
    fonts, theme = page.theme.fonts, page.theme
    if is_command(text):
        command, pad = text.removeprefix("$ "), page.px(36)
        for size in map(page.px, _COMMAND_SIZES):
            prompt, width = length("$ ", fonts.code, size), length(command, fonts.code, size)
            if prompt + width + 2 * pad <= page.columns(9):
                tall, above = round(size * 1.3), round(size * 0.4)
                height = tall + 2 * above
                plate = (page.left, 0, round(prompt + width) + 2 * pad, height, page.px(16))
                sign = (page.left + pad, above, round(prompt), tall, size, fonts.code_strong, theme.code.prompt, "code")
                typed = (page.left + pad + round(prompt), above, round(width + 0.5), tall, size, fonts.code)
                return [
                    Shape(*plate, theme.surface, 1.0, theme.border, page.px(2)),
                    Text("$", *sign),
                    Text(command, *typed, theme.code.text, "code"),
                ], height
    lines, small = page.fitted(text, "sub_text", _SUB, page.columns(7), fonts.body, theme.muted, "calm")
    below = round(small * 1.4)
    return [*page.block(lines, page.left, 0, small, below)], len(lines) * below


KIND = SceneKind("outro", Outro, layout, EXAMPLE, cover=True)
