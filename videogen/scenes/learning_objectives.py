"""What a lesson teaches: its title on a field of the accent, the objectives beside or below it."""

from __future__ import annotations

from videogen.model.kinds import LearningObjectives
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape
from videogen.scenes.page import BODY_FLOOR, Page
from videogen.scenes.pieces import (
    LADDER,
    Chip,
    chip_rows,
    chips,
    chips_height,
    divided,
    setting,
    shown,
    sized,
    target,
)

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

_TITLE = ((112, 1), (96, 2), (84, 3), (76, 4), (68, 4), (60, 5), (52, 6), (44, 8), (40, 9))
_POINTS = ((80, 1), (72, 2), (64, 2), (60, 2), (56, 3), (52, 3), (48, 3), *LADDER[6:])
_SIGNS = ((0, 128), (3, 128), (4, 96), (5, 80), (6, 0))
"""Steps of the title that are left out, and the side of the target over it, on narrow pages, the best first."""
_SHARE = {"tall": 0.44, "square": 0.5}
"""Share of a narrow page's height that the field takes, where the title lets it."""


def layout(content: LearningObjectives, page: Page) -> list[Group]:
    """The field reaches to the edges of the frame; a target stands over the title, a smaller one at each objective."""
    aside, edge, share = not page.narrow, page.px(2), 0
    frame, pad = page.look, page.px(56)
    if aside:
        ways = [(max(skip, 1), side, page.columns(5) - page.px(24)) for skip, side in _SIGNS]
        own = next((own for own in ways if _lesson(content, page, *own, 0)[1] <= page.bottom - page.top), ways[-1])
        height = _lesson(content, page, *own, 0)[1]
        y = page.settled(page.top, height)
        width = page.left + page.columns(5) + page.px(28)
        left, top = width + page.px(88), page.top
    else:
        share = round(frame.height * _SHARE[page.shape])
        most = share - page.top - pad
        ways = [(skip, side, page.width) for skip, side in _SIGNS]
        own = next((own for own in ways if _lesson(content, page, *own, 0)[1] <= most), ways[-1])
        height = _lesson(content, page, *own, 0)[1]
        y, left = page.top, page.left
        top = y + height + 2 * pad
    if height > page.bottom - page.top:
        line = page.px(BODY_FLOOR * 1.1)
        raise page.does_not_fit("lesson_title", height // line, (page.bottom - page.top) // line)
    places = shown(content.objectives)
    goal = sized(page, 60)
    indent = goal + page.px(36)
    points = [(content.objectives[index], "") for index in places]
    rows = setting(
        page, "objectives", points, page.right - left - indent, page.bottom - top, ladder=_POINTS, air=(0.6, 1.3)
    )
    # what stands at the foot of every slide, and captions, stand below the field
    low = page.bottom if frame.captions != "none" or frame.chrome.line else frame.height
    low = min(low, frame.height - page.px(8)) if frame.chrome.progress else low
    field = Shape(-edge, -edge, left - page.px(88), low + edge, 0, page.accent)
    if not aside:
        # on one of several pages the field is as it is on the others
        whole = len(places) == len(content.objectives)
        # what little text leaves free goes to the field, at whose foot the lesson stands
        free = page.bottom - top - rows.height if whole else 0
        more = max(0, min(share - (top - pad), free // 2))
        y, top = y + more, top + more
        field = Shape(-edge, -edge, frame.width + 2 * edge, top - pad + edge, 0, page.accent)
    groups = [Group("lesson", (field, *_lesson(content, page, *own, y)[0]))]
    for index, (entry, at) in zip(places, rows.placed(page.settled(top, rows.height)), strict=True):
        sign = target(left, at + (entry.leading - goal) // 2, goal, (page.accent, page.theme.surface))
        elements = (*sign, *entry.block(page, left + indent, at))
        groups.append(Group(f"objective-{index}", elements, f"objective:{index}", 0.0, 0.35, dx=page.px(20)))
    return groups


def _lesson(
    content: LearningObjectives, page: Page, skip: int, side: int, width: int, y: int
) -> tuple[list[Element], int]:
    """The title with the target over it and the facts below it, and how high that is."""
    fonts, on = page.theme.fonts, page.theme.on_accent
    title, size = page.fitted(content.lesson_title, "lesson_title", _TITLE[skip:], width, fonts.display, on)
    leading = round(size * 1.1)
    side = page.px(side) if side else 0
    at = side + page.px(48) if side else 0
    facts = chip_rows(
        [Chip(fact, on, page.accent, edge=on) for fact in content.lesson_info], "lesson_info", page, width
    )
    below = at + len(title) * leading + (page.px(44) if facts else 0)
    placed: list[Element] = [
        *(target(page.left, y, side, (on, page.accent)) if side else ()),
        *page.block(title, page.left, y + at, size, leading, "display"),
        *chips(facts, page.left, y + below, page),
    ]
    return placed, below + chips_height(facts, page)


def split(content: LearningObjectives, parts: int) -> list[Part] | None:
    """The objectives over the pages, the lesson on each."""
    return divided(content, parts, ("objectives",))


KIND = SceneKind("learning_objectives", LearningObjectives, layout, EXAMPLE, split=split)
