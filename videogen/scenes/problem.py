"""A problem as it is set: its number on a plate, its title, and the text on a sheet below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from videogen.model.kinds import Problem
from videogen.model.kinds.base import passages
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape
from videogen.scenes.page import Page
from videogen.scenes.pieces import Setting, alike, badge, chip, chip_size, first_that_fits, parted

EXAMPLE = """\
kind: problem
content:
  problem_number: 7
  title: The build that never ends
  problem_text: A step writes the file that it reads. How often does it run, and what would make it stop?
  difficulty: medium
"""

_NUMBER = ((132, 1), (108, 1), (84, 1), (64, 1), (48, 1), (36, 1))
_TITLE = ((84, 1), (76, 1), (76, 2), (68, 2), (60, 2), (52, 3), (44, 4), (40, 5), (36, 12))
_TEXT = ((80, 2), (72, 3), (64, 3), (60, 4), (56, 5), (52, 6), (48, 7), (44, 8), (40, 10), (36, 30))


class _Page(Problem):
    """A page of a long problem: the text of every page, to set them alike, and which this is."""

    texts: list[str]
    at: int
    bare: bool = False
    """Whether the title is on a page of its own (`at` -1 is that)."""


@dataclass(frozen=True)
class _Form:
    """How much the head of a page takes, in sizes of 1080."""

    side: int
    number: Sequence[tuple[int, int]]
    title: Sequence[tuple[int, int]]
    gap: int
    pad: int
    air: int


_WIDE = _Form(188, _NUMBER, _TITLE, 52, 60, 80)
_NARROW = _Form(188, _NUMBER, _TITLE, 52, 52, 80)
_SMALL = _Form(104, _NUMBER[2:], _TITLE[4:], 32, 48, 24)
_BARE = _Form(88, _NUMBER[3:], _TITLE[6:], 24, 40, 0)
"""Of a page that has no room for the title."""


def layout(content: Problem, page: Page) -> list[Group]:
    """The plate carries the number in the accent's contrast; the badge says how hard it is. Where the text needs the
    room its head is small."""
    small = partial(_laid, content, page, _SMALL)
    if isinstance(content, _Page):
        return small() if not content.bare or content.at < 0 else _laid(content, page, _BARE)
    return first_that_fits([partial(_laid, content, page, _NARROW if page.narrow else _WIDE), small])


def _laid(content: Problem, page: Page, form: _Form) -> list[Group]:
    fonts, theme = page.theme.fonts, page.theme
    level = badge(content.difficulty, page)
    aside, between = not page.narrow, page.px(44)
    side = page.px(form.side)
    number, tall, plate = [], 1, 0
    if content.problem_number != "":
        number, tall = page.fitted(
            str(content.problem_number), "problem_number", form.number, page.px(320), fonts.display, theme.on_accent
        )
        plate = max(side, max(text.width for text in page.block(number, 0, 0, tall, tall)) + page.px(72))
    wide, high = chip_size(level, page) if level else (0, 0)
    if wide > page.width:
        raise page.does_not_fit("difficulty", 2, 1)
    beside = plate + between if aside and plate else 0
    title, size = page.fitted(content.title, "title", form.title, page.width - beside, fonts.header, theme.text)
    leading = round(size * 1.14)
    texts, own, bare = [content.problem_text], 0, False
    if isinstance(content, _Page):
        texts, own, bare = content.texts, content.at, content.bare
    if bare and own >= 0:
        title = []
    words = len(title) * leading
    if aside:
        block = words + (page.px(24) + high if level else 0)
        head = max(block, side if plate else 0)
        at = page.top + (head - block) // 2
        badge_at = (page.left + beside, at + words + page.px(24))
    else:
        row = max(side if plate else 0, high)
        at = page.top + (row + page.px(form.gap * 0.75) if row else 0)
        head = at - page.top + words
        badge_at = (page.left + (plate + between if plate else 0), page.top + (row - high) // 2)
        if badge_at[0] + wide > page.right:
            raise page.does_not_fit("difficulty", 2, 1)
    pad, gap = page.px(form.pad), page.px(form.gap)
    room = page.bottom - page.top - head - gap
    points = [[(passage, "") for passage in passages(text)] for text in texts]
    # the head gives way before the text is set at the smallest size
    ladder = _TEXT[:-1] if form in (_WIDE, _NARROW) else _TEXT
    made: list[Setting] = []
    height = 0
    if own >= 0:
        made = alike(page, "problem_text", points, page.width - 2 * pad, room - 2 * pad, ladder=ladder, air=(0.5, 0.7))
        height = min(room, max(one.height for one in made) + 2 * pad + page.px(form.air))
    else:
        gap = 0
    down = page.settled(page.top, head + gap + height) - page.top
    y = page.top + down
    still: list[Element] = [page.card(page.left, y + head + gap, page.width, height)] if made else []
    if plate:
        still.append(Shape(page.left, y, plate, side, page.radius, page.accent))
        # a number with letters may take two lines, which stand around the plate's middle
        middle = y + (side - len(number) * tall) // 2
        still += page.block(number, page.left, middle, tall, tall, "display", "center", plate)
    else:
        still.append(page.spine(at + down, words))
    still += page.block(title, page.left + beside, at + down, size, leading, "header")
    if level:
        still += chip(level, badge_at[0], badge_at[1] + down, page)
    groups = [Group("problem", tuple(still))]
    if not made:
        return groups
    # of several pages all begin at the same place
    begin = y + head + gap + (height - max(one.height for one in made)) // 2
    for index, (entry, place) in enumerate(made[own].placed(begin)):
        block = tuple(entry.block(page, page.left + pad, place))
        groups.append(Group(f"passage-{index}", block, f"passage:{index}", 0.0, 0.4, dy=page.px(16)))
    return groups


def split(content: Problem, parts: int) -> list[Part] | None:
    """The passages of the text over the pages, what it is on each; when one passage alone has no room below the title,
    that has a page of its own."""
    bare = parts == len(passages(content.problem_text)) + 1
    found = parted(content, "problem_text", parts - bare)
    if found is None:
        return None
    texts = [part.content.problem_text for part in found]  # type: ignore[attr-defined]
    pages = [
        Part(_Page.model_construct(**dict(part.content), texts=texts, at=at, bare=bare), part.cues)
        for at, part in enumerate(found)
    ]
    if not bare:
        return pages
    head = _Page.model_construct(**dict(content), texts=texts, at=-1, bare=True)
    return [Part(head, {}), *pages]


KIND = SceneKind("problem", Problem, layout, EXAMPLE, split=split)
