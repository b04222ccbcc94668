"""Words of somebody."""

from __future__ import annotations

from videogen.model.kinds import Quote
from videogen.scenes.elements import Group, Icon, SceneKind, Text
from videogen.scenes.page import Page, lowered

EXAMPLE = """\
kind: quote
content:
  text: Simplicity is prerequisite for reliability.
  attribution: Edsger W. Dijkstra
"""

_QUOTE = (
    *((176, 1), (144, 2), (120, 2), (104, 3), (96, 3), (84, 3)),
    *((76, 4), (68, 4), (60, 5), (52, 7), (44, 10), (36, 14)),
)
_ATTRIBUTION = ((48, 1), (44, 1), (40, 1), (36, 2))


def layout(content: Quote, page: Page) -> list[Group]:
    """A quotation in large type."""
    fonts, theme = page.theme.fonts, page.theme
    side, gap, indent = page.px(168), page.px(56), page.px(84)
    width = min(page.columns(9), page.width - indent)
    by, small = page.fitted(content.attribution, "attribution", _ATTRIBUTION, width, fonts.body, theme.muted)
    below = round(small * 1.35)
    after = gap + len(by) * below if by else 0

    def laid(tight: int) -> tuple[list[Text], int]:
        lines, size = page.fitted(content.text, "text", _QUOTE[tight:], page.columns(10), fonts.quote, theme.text)
        leading = round(size * (1.16 if size > page.px(90) else 1.24))
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
        text = page.block(by, page.left + indent, at, small, below)
        groups.append(Group("attribution", (rule, *text), "start", 0.3, 0.5, dx=page.px(-16)))
    return groups


KIND = SceneKind("quote", Quote, layout, EXAMPLE)
