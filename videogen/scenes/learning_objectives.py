"""What a lesson teaches: its title on a field of the accent, the objectives beside or below it."""

from __future__ import annotations

from videogen.model.kinds import LearningObjectives
from videogen.scenes.elements import Group, Part, SceneKind, Shape
from videogen.scenes.page import Page
from videogen.scenes.pieces import Chip, chip_rows, chips, chips_height, divided, setting, shown, sized, target

EXAMPLE = """\
kind: learning_objectives
content:
  lesson_title: Builds that know what changed
  objectives:
    - Name the inputs and outputs of a step
    - Tell when a result is out of date
    - Write a build file of your own
  lesson_info: [25 minutes, Lesson 3]
"""

_TITLE = ((84, 3), (76, 4), (68, 4), (60, 5), (52, 6), (44, 8), (40, 9))


def layout(content: LearningObjectives, page: Page) -> list[Group]:
    """The field reaches to the edges of the frame; a target stands over the title, a smaller one at each objective."""
    fonts, theme = page.theme.fonts, page.theme
    aside, on = not page.narrow, theme.on_accent
    across = page.columns(5) - page.px(24) if aside else page.width
    title, size = page.fitted(content.lesson_title, "lesson_title", _TITLE, across, fonts.display, on)
    leading, side = round(size * 1.1), page.px(128)
    facts = chip_rows([Chip(fact, on, page.accent, edge=on) for fact in content.lesson_info], page, across)
    low = chips_height(facts, page) + page.px(44) if facts else 0
    height = side + page.px(48) + len(title) * leading + low
    if aside:
        y = page.settled(page.top, height)
        width = page.left + page.columns(5) + page.px(28)
        field = Shape(-page.px(2), -page.px(2), width, page.look.height + page.px(4), 0, page.accent)
        left, top = width + page.px(88), page.top
        room = page.bottom
    else:
        y = page.top
        field = Shape(-page.px(2), -page.px(2), page.look.width + page.px(4), y + height + page.px(56), 0, page.accent)
        left, top = page.left, y + height + page.px(56 + 56)
        room = page.bottom
    if height > page.bottom - page.top:
        raise page.does_not_fit("lesson_title", len(title), (page.bottom - page.top - side - low) // leading)
    begin = y + side + page.px(48)
    groups = [
        Group(
            "lesson",
            (
                field,
                *target(page.left, y, side, (on, page.accent)),
                *page.block(title, page.left, begin, size, leading, "display"),
                *chips(facts, page.left, begin + len(title) * leading + page.px(44), page),
            ),
        )
    ]
    places = shown(content.objectives)
    goal = sized(page, 60)
    indent = goal + page.px(36)
    points = [(content.objectives[index], "") for index in places]
    rows = setting(page, "objectives", points, page.right - left - indent, room - top, air=(0.6, 1.3))
    for index, (entry, at) in zip(places, rows.placed(page.settled(top, rows.height)), strict=True):
        sign = target(left, at + (entry.leading - goal) // 2, goal, (page.accent, theme.surface))
        elements = (*sign, *entry.block(page, left + indent, at))
        groups.append(Group(f"objective-{index}", elements, f"objective:{index}", 0.0, 0.35, dx=page.px(20)))
    return groups


def split(content: LearningObjectives, parts: int) -> list[Part] | None:
    """The objectives over the pages, the lesson on each."""
    return divided(content, parts, ("objectives",))


KIND = SceneKind("learning_objectives", LearningObjectives, layout, EXAMPLE, split=split)
