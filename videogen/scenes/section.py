"""A chapter card."""

from __future__ import annotations

from videogen.model.kinds import Section
from videogen.scenes.elements import Element, Group, SceneKind
from videogen.scenes.page import Page

EXAMPLE = """\
kind: section
content:
  number: "2"
  title: Installation
  summary: One command on every platform
"""

_TITLE = ((128, 1), (112, 2), (96, 2), (84, 3), (68, 4), (60, 5))
_SUMMARY = ((56, 2), (52, 2), (48, 3), (44, 3), (40, 3), (36, 4))


def layout(content: Section, page: Page) -> list[Group]:
    """The number, large and in the accent, over the title."""
    fonts, theme = page.theme.fonts, page.theme
    lines, size = page.fitted(content.title, "title", _TITLE, page.columns(9), fonts.display, theme.text)
    under, small = page.fitted(content.summary, "summary", _SUMMARY, page.columns(8), fonts.body, theme.muted)
    leading, below = round(size * 1.1), round(small * 1.4)
    shown = content.number.zfill(2) if content.number.isdigit() else content.number
    head: list[Element] = []
    if shown:
        number, tall = page.fitted(
            shown, "number", ((160, 1), (96, 1), (64, 1)), page.columns(9), fonts.display, page.accent
        )
        step = round(tall * 1.0) + page.px(36)
    else:
        number, tall, step = [], 0, 0
    gap = page.px(36) if under else 0
    height = step + len(lines) * leading + gap + len(under) * below
    y = page.settled(page.top, height)
    head.append(page.spine(y, height))
    if shown:
        head += page.block(number, page.left, y, tall, round(tall * 1.0), "display")
    head += page.block(lines, page.left, y + step, size, leading, "display")
    groups = [Group("title", tuple(head))]
    if under:
        text = page.block(under, page.left, y + step + len(lines) * leading + gap, small, below)
        groups.append(Group("summary", tuple(text), "start", 0.15, 0.5, dy=page.px(20)))
    return groups


KIND = SceneKind("section", Section, layout, EXAMPLE, cover=True)
