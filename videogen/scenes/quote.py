"""Words of somebody, or a callout."""

from __future__ import annotations

from videogen.model.kinds import Quote
from videogen.model.project import Accent
from videogen.scenes.elements import Element, Group, Icon, IconName, SceneKind
from videogen.scenes.page import Page

EXAMPLE = """\
kind: quote
content:
  text: Simplicity is prerequisite for reliability.
  attribution: Edsger W. Dijkstra
"""

_QUOTE = ((96, 3), (84, 3), (76, 4), (68, 4), (60, 5), (52, 7), (44, 10), (36, 14))
_CALLOUT = ((80, 2), (72, 3), (64, 2), (56, 2), (60, 3), (56, 3), (52, 4), (48, 5), (44, 7), (40, 9), (36, 13))
_TONES: dict[str, tuple[IconName, str, Accent]] = {
    "note": ("note", "Note", "blue"),
    "tip": ("tip", "Tip", "green"),
    "important": ("important", "Important", "purple"),
    "warning": ("warning", "Warning", "orange"),
    "caution": ("caution", "Caution", "pink"),
}


def layout(content: Quote, page: Page) -> list[Group]:
    """A quotation in large type, or a callout on a panel."""
    return _quote(content, page) if content.tone == "quote" else _callout(content, page)


def _quote(content: Quote, page: Page) -> list[Group]:
    fonts, theme = page.theme.fonts, page.theme
    lines, size = page.fitted(content.text, "text", _QUOTE, page.columns(10), fonts.quote, theme.text)
    by, small = page.fitted(
        content.attribution,
        "attribution",
        ((48, 1), (44, 1), (40, 1), (36, 2)),
        page.columns(9),
        fonts.body,
        theme.muted,
    )
    leading, below = round(size * 1.24), round(small * 1.35)
    side, gap = page.px(168), page.px(52)
    height = side + len(lines) * leading + (gap + len(by) * below if by else 0)
    y = page.settled(page.top, height)
    mark = Icon("quote", page.left, y, page.px(136), page.accent)
    groups = [
        Group("quote", (page.spine(y, height), mark, *page.block(lines, page.left, y + side, size, leading, "display")))
    ]
    if by:
        at = y + side + len(lines) * leading + gap
        rule = page.rule(page.left, at + below // 2 - page.px(3))
        text = page.block(by, page.left + page.px(84), at, small, below)
        groups.append(Group("attribution", (rule, *text), "start", 0.3, 0.5, dx=page.px(-16)))
    return groups


def _callout(content: Quote, page: Page) -> list[Group]:
    fonts, theme = page.theme.fonts, page.theme
    icon, label, accent = _TONES[content.tone]
    colour = page.look.tone_colour(accent)
    pad, side = page.px(84), page.px(80)
    lines, size = page.fitted(content.text, "text", _CALLOUT, page.width - 2 * pad, fonts.body, theme.text, "calm")
    leading = round(size * 1.36)
    by, small = page.fitted(
        content.attribution, "attribution", ((36, 2),), page.width - 2 * pad, fonts.body, theme.muted
    )
    below, gap = round(small * 1.35), page.px(28)
    head = side + page.px(44)
    height = head + len(lines) * leading + (gap + len(by) * below if by else 0) + 2 * pad
    if height > page.bottom - page.top:
        room = (page.bottom - page.top - (height - len(lines) * leading)) // leading
        raise page.does_not_fit("text", len(lines), room)
    y = page.settled(page.top, height)
    panel = page.card(page.left, y, page.width, height)
    sign = Icon(icon, page.left + pad, y + pad, side, colour)
    tall = page.px(52)
    name = page.label(
        label, page.left + pad + side + page.px(28), y + pad + (side - round(tall * 1.3)) // 2, tall, colour
    )
    still: list[Element] = [panel, sign, name]
    body = page.block(lines, page.left + pad, y + pad + head, size, leading)
    still += body
    groups = [Group("callout", tuple(still))]
    if by:
        text = page.block(by, page.left + pad, y + pad + head + len(lines) * leading + gap, small, below)
        groups.append(Group("attribution", tuple(text), "start", 0.3, 0.5, dy=page.px(12)))
    return groups


KIND = SceneKind("quote", Quote, layout, EXAMPLE)
