"""Words of somebody, or a callout."""

from __future__ import annotations

from videogen.model.kinds import Quote
from videogen.model.project import Accent
from videogen.scenes.elements import Group, Icon, IconName, SceneKind, Text
from videogen.scenes.page import Page, lowered

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
    side, gap = page.px(168), page.px(52)
    attribution = ((48, 1), (44, 1), (40, 1), (36, 2))
    by, small = page.fitted(content.attribution, "attribution", attribution, page.columns(9), fonts.body, theme.muted)
    below = round(small * 1.35)
    after = gap + len(by) * below if by else 0

    def laid(tight: int) -> tuple[list[Text], int]:
        lines, size = page.fitted(content.text, "text", _QUOTE[tight:], page.columns(10), fonts.quote, theme.text)
        leading = round(size * 1.24)
        return page.block(lines, page.left, side, size, leading, "display"), side + len(lines) * leading + after

    words, height = page.densest(len(_QUOTE), page.bottom - page.top, laid, "text")
    y = page.settled(page.top, height)
    mark = Icon("quote", page.left, y, page.px(136), page.accent, fonts.quote)
    # a rule above the sign would be one sign too many
    beside = () if theme.mark == "rule" else (page.spine(y, height),)
    groups = [Group("quote", (*beside, mark, *lowered(words, y)))]
    if by:
        at = y + height - len(by) * below
        rule = page.rule(page.left, at + below // 2 - page.px(3))
        text = page.block(by, page.left + page.px(84), at, small, below)
        groups.append(Group("attribution", (rule, *text), "start", 0.3, 0.5, dx=page.px(-16)))
    return groups


def _callout(content: Quote, page: Page) -> list[Group]:
    fonts, theme = page.theme.fonts, page.theme
    icon, label, accent = _TONES[content.tone]
    colour = page.look.tone_colour(accent)
    pad, side, head, gap = page.px(56 if page.narrow else 84), page.px(80), page.px(80 + 44), page.px(28)
    inner = page.width - 2 * pad
    by, small = page.fitted(content.attribution, "attribution", ((36, 2),), inner, fonts.body, theme.muted)
    below = round(small * 1.35)
    after = gap + len(by) * below if by else 0

    def laid(tight: int) -> tuple[list[Text], int]:
        lines, size = page.fitted(content.text, "text", _CALLOUT[tight:], inner, fonts.body, theme.text, "calm")
        leading = round(size * 1.36)
        return page.block(lines, page.left + pad, pad + head, size, leading), head + len(
            lines
        ) * leading + after + 2 * pad

    body, height = page.densest(len(_CALLOUT), page.bottom - page.top, laid, "text")
    y = page.settled(page.top, height)
    panel = page.card(page.left, y, page.width, height)
    sign = Icon(icon, page.left + pad, y + pad, side, colour)
    tall = page.px(52)
    at = y + pad + (side - round(tall * 1.3)) // 2
    name = page.label(label, page.left + pad + side + page.px(28), at, tall, colour)
    groups = [Group("callout", (panel, sign, name, *lowered(body, y)))]
    if by:
        text = page.block(by, page.left + pad, y + height - pad - len(by) * below, small, below)
        groups.append(Group("attribution", tuple(text), "start", 0.3, 0.5, dy=page.px(12)))
    return groups


KIND = SceneKind("quote", Quote, layout, EXAMPLE)
