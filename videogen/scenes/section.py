"""A chapter card."""

from __future__ import annotations

from videogen.model.kinds import Section
from videogen.scenes.elements import Element, Group, SceneKind, Shape
from videogen.scenes.page import Page

EXAMPLE = """\
kind: section
content:
  number: "2"
  title: Installation
  summary: One command on every platform
"""

_TITLE = ((128, 1), (112, 2), (96, 2), (84, 3), (68, 4), (60, 5))
_SUMMARY = ((44, 2), (40, 3), (36, 4))


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
        number, tall, step = [], 0, page.px(56)
    gap = page.px(36) if under else 0
    height = step + len(lines) * leading + gap + len(under) * below
    y = page.top + max(0, round((page.bottom - page.top - height) * 0.46))
    if shown:
        head += page.block(number, page.left, y, tall, round(tall * 1.0), "display")
    else:
        head.append(Shape(page.left, y, page.px(96), page.px(10), page.px(5), page.accent))
    head += page.block(lines, page.left, y + step, size, leading, "display")
    groups = [Group("title", tuple(head))]
    if under:
        text = page.block(under, page.left, y + step + len(lines) * leading + gap, small, below)
        groups.append(Group("summary", tuple(text), "start", 0.15, 0.5, dy=page.px(20)))
    return groups


KIND = SceneKind("section", Section, layout, EXAMPLE, cover=True)
