"""Something to do: a sheet with boxes to tick."""

from __future__ import annotations

from functools import partial

from videogen.model.kinds import Exercise
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape
from videogen.scenes.page import Page
from videogen.scenes.pieces import (
    Chip,
    badge,
    chip_rows,
    chip_size,
    chips,
    chips_height,
    divided,
    first_that_fits,
    setting,
    shown,
    sized,
)

EXAMPLE = """\
kind: exercise
content:
  title: Build your first film
  instructions:
    - Write three headings and a sentence under each
    - Run the build, and watch what it makes
    - Change one word, and run it again
  difficulty: easy
  estimated_time: 15 min
"""

_TITLE = ((68, 1), (60, 1), (60, 2), (52, 2), (48, 3), (44, 4), (40, 5), (36, 12))


def layout(content: Exercise, page: Page) -> list[Group]:
    """The sheet's head carries the title, how hard it is and how long it takes; a ruled line an instruction. Where an
    instruction needs the room the head is small."""
    return first_that_fits([partial(_laid, content, page, skip, air) for skip, air in ((0, 44), (5, 28))])


def _laid(content: Exercise, page: Page, skip: int, air: int) -> list[Group]:
    """The sheet without the first sizes of its title, and so much space above and below what is in its head."""
    fonts, theme = page.theme.fonts, page.theme
    aside, pad, line = not page.narrow, page.px(60 if not page.narrow else 48), page.outline
    inner = page.width - 2 * pad
    level = badge(content.difficulty, page)
    facts = [level] if level else []
    if content.estimated_time:
        facts.append(Chip(content.estimated_time, theme.text, theme.surface, "clock", theme.border))
    wide = sum(chip_size(fact, page)[0] + page.px(20) for fact in facts)
    beside = aside and bool(facts) and wide < inner * 0.45
    title, size = page.fitted(
        content.title,
        "title",
        _TITLE[skip:],
        inner - (wide + page.px(40) if beside else 0),
        fonts.header,
        theme.text,
    )
    leading = round(size * 1.16)
    longer = max("difficulty", "estimated_time", key=lambda name: len(getattr(content, name)))
    rows = chip_rows(facts, longer, page, inner)
    low = chips_height(rows, page)
    words = len(title) * leading
    head = max(words, low) if beside else words + (page.px(air * 0.64) + low if facts else 0)
    bar = head + 2 * page.px(air)
    box = sized(page, 60)
    indent = box + page.px(36)
    places = shown(content.instructions)
    points = [(content.instructions[index], "") for index in places]
    room = page.bottom - page.top - bar - page.px(24)
    # half the least space stands over the first line and under the last
    least = page.px(44)
    tasks = setting(page, "instructions", points, inner - indent, room - least, air=(0.8, 1.5))
    heights = [max(entry.height, box) for entry in tasks.entries]
    gap = min(tasks.gap, (room - sum(heights)) // max(1, len(heights)))
    if gap < page.px(24):
        raise page.does_not_fit("instructions", len(heights), room // (box + page.px(24)))
    height = bar + sum(heights) + gap * len(heights) + page.px(24)
    y = page.settled(page.top, height)
    tinted = Shape(
        page.left + line, y + line, page.width - 2 * line, bar, max(0, page.radius - line), theme.raised, corners="top"
    )
    strip = Shape(page.left, y + bar - page.px(6), page.width, page.px(8), 0, page.accent)
    at = y + page.px(air)
    still: list[Element] = [page.card(page.left, y, page.width, height), tinted, strip]
    still += page.block(title, page.left + pad, at + (head - words) // 2 if beside else at, size, leading, "header")
    if facts and beside:
        still += chips(rows, page.left + page.width - pad - wide + page.px(20), at + (head - low) // 2, page)
    elif facts:
        still += chips(rows, page.left + pad, at + words + page.px(air * 0.64), page)
    groups = [Group("sheet", tuple(still))]
    y += bar + page.px(12)
    for number, (index, entry, own) in enumerate(zip(places, tasks.entries, heights, strict=True)):
        rule = [Shape(page.left + pad, y, inner, page.px(2), 0, theme.border)] if number else []
        begin = y + gap // 2
        first = entry.leading if entry.lead else box
        top = begin + (own - entry.height) // 2
        tickbox = Shape(
            page.left + pad,
            top + (first - box) // 2,
            box,
            box,
            page.px(12),
            theme.surface,
            1.0,
            page.accent,
            page.px(5),
        )
        elements = (*rule, tickbox, *entry.block(page, page.left + pad + indent, top))
        groups.append(Group(f"instruction-{index}", elements, f"instruction:{index}", 0.0, 0.3, dy=page.px(16)))
        y += own + gap
    return groups


def split(content: Exercise, parts: int) -> list[Part] | None:
    """The instructions over the pages."""
    return divided(content, parts, ("instructions",))


KIND = SceneKind("exercise", Exercise, layout, EXAMPLE, split=split)
