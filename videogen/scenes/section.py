"""A chapter card."""

from __future__ import annotations

from videogen.model.kinds import Section
from videogen.scenes.elements import Group, SceneKind, Text
from videogen.scenes.page import Page, lowered

EXAMPLE = """\
kind: section
content:
  number: "2"
  title: Installation
  summary: One command on every platform
"""

_NUMBER = ((300, 1), (200, 1), (120, 1), (64, 1))
_WORD = ((120, 1), (96, 1), (64, 1))
"""Sizes of a number, and of a word or two in its place."""
_ALONE = ((176, 1), (144, 1), (128, 2))
"""Sizes that a title has besides, where no number stands over it."""
_TITLE = ((112, 2), (96, 2), (84, 3), (68, 4), (60, 5), (52, 6), (44, 7))
_SUMMARY = ((56, 2), (52, 2), (48, 3), (44, 3), (40, 4), (36, 6))


def layout(content: Section, page: Page) -> list[Group]:
    """The number as a picture of its own, in the accent, over the title."""
    fonts, theme = page.theme.fonts, page.theme
    shown = content.number.zfill(2) if content.number.isdigit() else content.number
    numbers = _NUMBER if len(shown) < 4 else _WORD
    titles = _TITLE if shown else (*_ALONE, *_TITLE)

    def laid(tight: int) -> tuple[tuple[list[Text], list[Text]], int]:
        head: list[Text] = []
        deep = 0
        if shown:
            steps = numbers[min(tight // 2, len(numbers) - 1) :]
            number, tall = page.fitted(shown, "number", steps, page.columns(9), fonts.display, page.accent)
            # figures have nothing below their line
            head += page.block(number, page.left, 0, tall, round(tall * 0.84), "display")
            deep = round(tall * 0.84) + page.px(40)
        lines, size = page.fitted(content.title, "title", titles[tight:], page.columns(9), fonts.display, theme.text)
        smaller = _SUMMARY[min(tight, len(_SUMMARY) - 1) :]
        under, small = page.fitted(content.summary, "summary", smaller, page.columns(8), fonts.body, theme.muted)
        leading, below = round(size * 1.1), round(small * 1.4)
        head += page.block(lines, page.left, deep, size, leading, "display")
        deep += len(lines) * leading + (page.px(36) if under else 0)
        return (head, page.block(under, page.left, deep, small, below)), deep + len(under) * below

    (head, under), height = page.densest(len(titles), page.bottom - page.cover_top, laid, "title")
    y = page.settled(page.cover_top, height)
    groups = [Group("title", (page.spine(y, height), *lowered(head, y)))]
    if under:
        groups.append(Group("summary", lowered(under, y), "start", 0.15, 0.5, dy=page.px(20)))
    return groups


KIND = SceneKind("section", Section, layout, EXAMPLE, cover=True)
