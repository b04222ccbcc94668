"""What must not be missed: a note, a tip, what is important, a warning, a caution."""

from __future__ import annotations

from videogen.model.kinds import Callout
from videogen.model.kinds.base import passages
from videogen.model.project import Accent
from videogen.scenes.elements import Element, Group, Icon, IconName, Part, SceneKind, Shape
from videogen.scenes.page import Page
from videogen.scenes.pieces import panel, parted, setting, sized

EXAMPLE = """\
kind: callout
content:
  tone: warning
  title: Keep a copy
  text: Pruning the store removes what no project has used for a month.
"""

_TITLE = ((84, 1), (76, 1), (68, 1), (60, 2), (52, 2), (44, 3), (40, 4), (36, 8))
_NAME = ((44, 1),)
_TEXT = ((60, 3), (56, 3), (52, 4), (48, 5), (44, 7), (40, 9), (36, 30))
_ALONE = ((104, 1), (92, 2), (80, 2), (72, 3), (64, 3), *_TEXT)
"""Sizes of the text where it has no title."""
_TONES: dict[str, tuple[IconName, str, Accent]] = {
    "note": ("note", "Note", "blue"),
    "tip": ("tip", "Tip", "green"),
    "important": ("important", "Important", "purple"),
    "warning": ("warning", "Warning", "orange"),
    "caution": ("caution", "Caution", "pink"),
}


def layout(content: Callout, page: Page) -> list[Group]:
    """A panel in the tone's tint with a large sign. A title stands over the text; without one, the tone is named in
    its colour and the text is large."""
    theme, fonts = page.theme, page.theme.fonts
    icon, label, accent = _TONES[content.tone]
    colour = page.look.tone_colour(accent)
    aside = not page.narrow
    pad = page.px(88 if aside else 68)
    side = sized(page, 184 if aside else 148)
    indent = side + page.px(68) if aside else 0
    width = page.width - 2 * pad - indent
    if content.title:
        title, size = page.fitted(content.title, "title", _TITLE, width, fonts.header, theme.text)
    else:
        title, size = page.fitted(label, "title", _NAME, width, fonts.label, colour)
    leading, gap = round(size * 1.14), page.px(28 if content.title else 16)
    above = 0 if aside else side + page.px(52)
    head = len(title) * leading + gap
    most = page.bottom - page.top
    points = [(passage, "") for passage in passages(content.text)]
    text = setting(
        page,
        "text",
        points,
        width,
        most - 2 * pad - above - head,
        ladder=_TEXT if content.title else _ALONE,
        air=(0.5, 0.7),
    )
    words = head + text.height
    tall = max(words, side) if aside else above + words
    # a panel rather than a strip
    height = 2 * pad + tall
    height += min((most - height) // 3, page.px(160))
    y = page.settled(page.top, height)
    x, begin = page.left + pad, y + (height - tall) // 2
    at = begin + (max(0, side - words) // 2 if aside else above)
    # beside little text the sign stands at its middle
    sign = begin + ((tall - side) // 2 if aside and words < 2 * side else 0)
    still = (
        panel(page, page.left, y, page.width, height, colour, 0.1),
        *_sign(icon, x, sign, side, colour, theme.on_accent),
        *page.block(title, x + indent, at, size, leading, "header"),
    )
    groups = [Group("callout", still)]
    for index, (entry, place) in enumerate(text.placed(at + head)):
        cue, delay = ("start", 0.15) if len(points) == 1 else (f"passage:{index}", 0.0)
        block = tuple(entry.block(page, x + indent, place))
        groups.append(Group(f"passage-{index}", block, cue, delay, 0.4, dy=page.px(16)))
    return groups


def _sign(icon: IconName, x: int, y: int, side: int, colour: str, ink: str) -> list[Element]:
    """A sign in a disc; one that is a disc, or nearly, is it itself."""
    whole = icon in ("note", "important", "caution")
    own = side // 2 if whole else side
    disc = Shape(x + (side - own) // 2, y + (side - own) // 2, own, own, own // 2, ink if whole else colour)
    size = side if whole else round(side * 0.54)
    return [disc, Icon(icon, x + (side - size) // 2, y + (side - size) // 2, size, colour if whole else ink)]


def split(content: Callout, parts: int) -> list[Part] | None:
    """The passages of the text over the pages."""
    return parted(content, "text", parts)


KIND = SceneKind("callout", Callout, layout, EXAMPLE, split=split)
