"""The close: what to remember or do next."""

from __future__ import annotations

from videogen.model.kinds import Outro
from videogen.scenes.elements import Group, Icon, SceneKind
from videogen.scenes.page import Page
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


def layout(content: Outro, page: Page) -> list[Group]:
    """The main text large, then what to do, one line each."""
    fonts, theme = page.theme.fonts, page.theme
    main, size = page.fitted(content.main_text, "main_text", _MAIN, page.columns(9), fonts.display, theme.text)
    sub, small = page.fitted(content.sub_text, "sub_text", _SUB, page.columns(8), fonts.body, theme.muted, "calm")
    leading, below = round(size * 1.1), round(small * 1.4)
    indent = page.px(76)
    gap = page.px(36) if sub else 0
    fixed = len(main) * leading + gap + len(sub) * below + (page.px(56) if content.items else 0)
    room = page.bottom - page.top - fixed
    total = item_size = item_leading = space = 0
    rows = []
    for step in (56, 52, 48, 44, 40, 36):
        item_size = page.px(step)
        item_leading, space = round(item_size * 1.3), page.px(step * 0.46)
        rows = [
            break_lines(words(item, fonts.body, theme.text), item_size, page.columns(8) - indent)
            for item in content.items
        ]
        total = sum(map(len, rows))
        if total * item_leading + max(0, len(rows) - 1) * space <= room:
            break
    else:
        raise page.does_not_fit("items", total, (room - (len(rows) - 1) * space) // item_leading)
    height = fixed + total * item_leading + max(0, len(rows) - 1) * space
    y = page.settled(page.top, height)
    mark = page.spine(y, height)
    groups = [Group("main", (mark, *page.block(main, page.left, y, size, leading, "display")))]
    y += len(main) * leading + gap
    if sub:
        groups.append(
            Group("sub", tuple(page.block(sub, page.left, y, small, below)), "start", 0.15, 0.5, dy=page.px(20))
        )
    y += len(sub) * below + page.px(56)
    for index, lines in enumerate(rows):
        side = round(item_size * 0.8)
        sign = Icon("arrow", page.left, y + (item_leading - side) // 2, side, page.accent)
        text = page.block(lines, page.left + indent, y, item_size, item_leading)
        groups.append(Group(f"item-{index}", (sign, *text), f"item:{index}", 0.0, 0.3, dy=page.px(18)))
        y += len(lines) * item_leading + space
    return groups


KIND = SceneKind("outro", Outro, layout, EXAMPLE, cover=True)
