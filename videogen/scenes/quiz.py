"""A question, its options one by one, and the answer when it is given."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from videogen.model.kinds import Quiz
from videogen.model.kinds.teaching import letter
from videogen.scenes.colours import mix
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape, Text
from videogen.scenes.page import Page
from videogen.scenes.pages import shares
from videogen.scenes.pieces import LADDER, Setting, alike, disc, first_that_fits, shown, sized, tick

EXAMPLE = """\
kind: quiz
content:
  question: What makes a target out of date?
  options:
    - Its age
    - A dependency that has changed
    - A restart of the machine
    - Nothing
  correct_answer: B
"""

_QUESTION = ((84, 1), (76, 2), (68, 2), (60, 3), (52, 4), (48, 4), (44, 5), (40, 7))
_ALONE = ((112, 2), (96, 3), (84, 3), (72, 4), (60, 6), (52, 7), (44, 9), (36, 14))
_OPTION = ((72, 1), *LADDER)
_SHORT = ((72, 1), (64, 1), (60, 1), (56, 2), (52, 2), (48, 2), (44, 2))
"""Sizes of options that stand beside each other."""
_DIM = 0.5
"""How much of a wrong option is covered when the answer is given."""


class _Answer(Quiz):
    """The right option alone, on a page of its own."""


def layout(content: Quiz, page: Page) -> list[Group]:
    """Cards with letters, beside each other where that leaves them room. The answer lights up the right one, turns its
    letter into a tick, and covers the others."""
    places = shown(content.options)
    if not places:
        return [_alone(content, page)]
    if isinstance(content, _Answer) and content.question:
        alone = content.model_copy(update={"question": ""})
        return first_that_fits([lambda: _laid(content, places, page), lambda: _laid(alone, places, page)])
    return _laid(content, places, page)


def _laid(content: Quiz, places: Sequence[int], page: Page) -> list[Group]:
    question, top = _question(content, page) if content.question else ([], page.top)
    return first_that_fits(
        [partial(_options, content, places, page, question, top, across) for across in _ways(len(places), page)]
    )


def _ways(count: int, page: Page) -> list[int]:
    """How many options may stand beside each other, the best first: no card is left alone in a row of three."""
    if page.narrow:
        return [1, 2] if count > 4 else [1]
    return [3, 1] if count == 3 else [2, 1] if count > 1 else [1]


def _alone(content: Quiz, page: Page) -> Group:
    return first_that_fits([partial(_asked, content, page, side, skip) for side, skip in ((168, 0), (112, 4), (72, 6))])


def _asked(content: Quiz, page: Page, sign: int, skip: int) -> Group:
    """The question alone under its mark, which is so large, without its first sizes."""
    fonts, theme = page.theme.fonts, page.theme
    lines, size = page.fitted(content.question, "question", _ALONE[skip:], page.columns(11), fonts.quote, theme.text)
    leading, side, gap = round(size * 1.2), page.px(sign), page.px(sign / 3)
    height = side + gap + len(lines) * leading
    if height > page.bottom - page.top:
        raise page.does_not_fit("question", len(lines), (page.bottom - page.top - side - gap) // leading)
    y = page.settled(page.top, height)
    text = page.block(lines, page.left, y + side + gap, size, leading, "display")
    return Group("question", (*disc("?", page.left, y, side, page), *text))


def _question(content: Quiz, page: Page) -> tuple[list[Text | Shape], int]:
    """The question beside its mark, and where the options may begin."""
    fonts, theme = page.theme.fonts, page.theme
    side, gap = page.px(116), page.px(44)
    above = page.shape == "tall"
    beside = 0 if above else side + gap
    width = page.width - beside
    lines, size = page.fitted(content.question, "question", _QUESTION, width, fonts.quote, theme.text)
    leading = round(size * 1.18)
    words = len(lines) * leading
    at = page.top + side + page.px(36) if above else page.top + max(0, side - words) // 2
    text = page.block(lines, page.left + beside, at, size, leading, "header")
    bottom = at + words if above else page.top + max(side, words)
    return [*disc("?", page.left, page.top, side, page), *text], bottom + page.px(56)


def _options(
    content: Quiz, places: Sequence[int], page: Page, question: list[Text | Shape], top: int, across: int
) -> list[Group]:
    gutter, pad, side = page.px(24), sized(page, 24), sized(page, 72)
    width = (page.width - gutter * (across - 1)) // across
    inset, indent = page.px(36), side + page.px(32)
    down = (len(places) + across - 1) // across
    room = page.bottom - top - gutter * (down - 1)
    cells = _cells(content, places, page, width - 2 * inset - indent, room // down - 2 * pad, across)
    rows = [cells[at : at + across] for at in range(0, len(cells), across)]
    heights = [max(side, *(cell.height for cell in row)) + 2 * pad for row in rows]
    if max(heights) < 2 * min(heights):
        heights = [max(heights)] * down
    if sum(heights) > room:
        raise page.does_not_fit("options", len(places), max(0, room // max(heights)))
    # cards with air rather than strips
    air = min((room - sum(heights)) // down, page.px(100 if across > 1 else 44))
    heights = [height + air for height in heights]
    block = sum(heights) + gutter * (down - 1)
    question, y = page.together(question, top, block)
    groups = [Group("question", tuple(question))] if question else []
    for number, (index, cell) in enumerate(zip(places, cells, strict=True)):
        row, column = divmod(number, across)
        x, at = page.left + column * (width + gutter), y + sum(heights[:row]) + row * gutter
        groups += _option(content, index, cell, page, (x, at, width, heights[row]), (inset, side, indent))
    return groups


def _cells(content: Quiz, places: Sequence[int], page: Page, width: int, room: int, across: int) -> list[Setting]:
    """Every option at one size."""
    points = [[(content.options[index], "")] for index in places]
    return alike(page, "options", points, width, room, ladder=_OPTION if across == 1 else _SHORT)


def _option(
    content: Quiz,
    index: int,
    cell: Setting,
    page: Page,
    box: tuple[int, int, int, int],
    inside: tuple[int, int, int],
) -> list[Group]:
    theme, (x, y, width, height), (pad, side, indent) = page.theme, box, inside
    cue, name = f"option:{index}", f"option-{index}"
    middle = y + (height - side) // 2
    text = cell.entries[0].block(page, x + pad + indent, y + (height - cell.height) // 2)
    label = disc(letter(index), x + pad, middle, side, page, theme.raised, theme.text)
    card = Group(name, (page.card(x, y, width, height),), cue, 0.0, 0.3, dy=page.px(20))
    words = Group(f"{name}-text", (*label, *text), cue, 0.0, 0.3, dy=page.px(20))
    if not content.show_answer:
        return [card, words]
    if index != content.answer:
        cover = Shape(x, y, width, height, page.radius, theme.surface, _DIM)
        return [card, words, Group(f"{name}-wrong", (cover,), "answer", 0.0, 0.4)]
    lit = Shape(x, y, width, height, page.radius, mix(theme.surface, page.accent, 0.2), 1.0, page.accent, page.px(6))
    sign: tuple[Element, ...] = tuple(tick(x + pad, middle, side, page))
    # the light goes under the words, the tick over the letter
    return [
        card,
        Group(f"{name}-light", (lit,), "answer", 0.0, 0.4),
        words,
        Group(f"{name}-right", sign, "answer", 0.1, 0.3),
    ]


def split(content: Quiz, parts: int) -> list[Part] | None:
    """The question by itself, then the options, then, when they take several pages, the answer alone."""
    count, last = len(content.options), "answer"
    pages = parts - 2 if content.show_answer and parts > 2 else parts - 1
    if pages > count:
        return None
    question = content.model_copy(update={"options": [""] * count, "show_answer": False})
    made = [Part(question, {})]
    for own in shares(count, pages):
        kept = [option if index in own else "" for index, option in enumerate(content.options)]
        cues = {f"option:{index}": f"option:{index}" for index in own}
        whole = content.show_answer and pages == 1 and parts == 2
        shown_here = content.model_copy(update={"question": "", "options": kept, "show_answer": whole})
        made.append(Part(shown_here, {**cues, last: last} if whole else cues))
    if content.show_answer and parts > 2:
        right = content.options[content.answer]
        alone = [right if index == content.answer else "" for index in range(count)]
        answer = _Answer.model_construct(**{**dict(content), "options": alone, "correct_answer": right})
        made.append(Part(answer, {last: last, f"option:{content.answer}": last}))
    return made


KIND = SceneKind("quiz", Quiz, layout, EXAMPLE, split=split)
