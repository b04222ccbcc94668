"""What must not be missed: a note, a tip, what is important, a warning, a caution."""

from __future__ import annotations

from videogen.model.kinds import Callout
from videogen.model.kinds.base import passages
from videogen.model.project import Accent
from videogen.scenes.colours import mix
from videogen.scenes.elements import Group, Icon, IconName, Part, SceneKind, Shape
from videogen.scenes.page import Page
from videogen.scenes.pieces import panel, parted, setting

EXAMPLE = """\
kind: callout
content:
  tone: warning
  title: Keep a copy
  text: Pruning the store removes what no project has used for a month.
"""

_TITLE = ((84, 1), (76, 1), (68, 1), (60, 2), (52, 2), (44, 3), (40, 4), (36, 8))
_TEXT = ((72, 2), (64, 2), (60, 3), (56, 3), (52, 4), (48, 5), (44, 7), (40, 9), (36, 30))
_TONES: dict[str, tuple[IconName, str, Accent]] = {
    "note": ("note", "Note", "blue"),
    "tip": ("tip", "Tip", "green"),
    "important": ("important", "Important", "purple"),
    "warning": ("warning", "Warning", "orange"),
    "caution": ("caution", "Caution", "pink"),
}


def layout(content: Callout, page: Page) -> list[Group]:
    """A panel in the tone's tint with its bar and a large sign."""
    theme = page.theme
    icon, label, accent = _TONES[content.tone]
    colour = page.look.tone_colour(accent)
    aside = not page.narrow
    pad, bar = page.px(84 if aside else 60), page.px(20)
    side = page.px(176 if aside else 148)
    indent = side + page.px(64) if aside else 0
    width = page.width - 2 * pad - bar - indent
    title, size = page.fitted(content.title or label, "title", _TITLE, width, theme.fonts.header, theme.text)
    leading, gap = round(size * 1.14), page.px(24)
    above = 0 if aside else side + page.px(48)
    head = len(title) * leading + gap
    room = page.bottom - page.top - 2 * pad - above - head
    points = [(passage, "") for passage in passages(content.text)]
    text = setting(page, "text", points, width, room, ladder=_TEXT, air=(0.5, 0.7))
    words = head + text.height
    height = 2 * pad + (max(words, side) if aside else above + words)
    y = page.settled(page.top, height)
    x = page.left + bar + pad
    own = round(side * 0.56)
    # little text stands beside the middle of the sign
    at = y + pad + (max(0, side - words) // 2 if aside else above)
    still = (
        panel(page, page.left, y, page.width, height, colour, 0.09),
        Shape(page.left, y, bar, height, min(page.radius, bar // 2), colour),
        Shape(x, y + pad, side, side, side // 2, mix(theme.surface, colour, 0.24)),
        Icon(icon, x + (side - own) // 2, y + pad + (side - own) // 2, own, colour),
        *page.block(title, x + indent, at, size, leading, "header"),
    )
    groups = [Group("callout", still)]
    for index, (entry, place) in enumerate(text.placed(at + head)):
        cue, delay = ("start", 0.15) if len(points) == 1 else (f"passage:{index}", 0.0)
        block = tuple(entry.block(page, x + indent, place))
        groups.append(Group(f"passage-{index}", block, cue, delay, 0.4, dy=page.px(16)))
    return groups


def split(content: Callout, parts: int) -> list[Part] | None:
    """The passages of the text over the pages."""
    return parted(content, "text", parts)


KIND = SceneKind("callout", Callout, layout, EXAMPLE, split=split)
