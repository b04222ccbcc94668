"""A header with its description on one side, points with their details on the other; in upright pages below it."""

from __future__ import annotations

from videogen.model.kinds import Listing
from videogen.model.kinds.structure import pairs
from videogen.scenes.elements import Group, Part, SceneKind, Shape
from videogen.scenes.page import Page
from videogen.scenes.pieces import LADDER, divided, setting, shown

EXAMPLE = """\
kind: list
content:
  header: What a build gives you
  description: One command, and everything that a reader needs
  items:
    - text: A film
      detail: Narrated, with chapters and captions
    - text: A transcript
      detail: For those who would rather read
    - A picture to show before it is played
"""

_HEADER = ((84, 3), (76, 3), (68, 4), (60, 4), (52, 5), (44, 7))
_DESCRIPTION = ((48, 3), (44, 4), (40, 5), (36, 9))
_LARGE = ((72, 1), (68, 1), *LADDER)


def layout(content: Listing, page: Page) -> list[Group]:
    """The header and what is said of it in a column of their own, the points as a bar each beside their text."""
    fonts, theme = page.theme.fonts, page.theme
    aside = not page.narrow
    width = page.columns(5) if aside else page.width
    header, size = page.fitted(content.header, "header", _HEADER, width, fonts.header, theme.text)
    about, small = page.fitted(content.description, "description", _DESCRIPTION, width, fonts.body, theme.muted, "calm")
    leading, under = round(size * 1.14), round(small * 1.38)
    gap = page.px(32) if about else 0
    tall = len(header) * leading + gap + len(about) * under
    places = shown(content.items)
    points = pairs([content.items[index] for index in places])
    left = page.left + page.columns(5) + page.px(88) if aside else page.left
    top = page.top if aside else page.top + tall + page.px(64)
    inset, bar = page.px(40), page.px(8)
    rows = setting(page, "items", points, page.right - left - inset, page.bottom - top, ladder=_LARGE, air=(0.55, 1.25))
    if aside and tall > page.bottom - page.top:
        raise page.does_not_fit("header", len(header) + len(about), (page.bottom - page.top) // leading)
    # a header that stays from page to page stays where it is
    y = page.top + round((page.bottom - page.top - tall) * 0.4) if aside else page.top
    begin = page.settled(page.top, rows.height) if aside else page.settled(top, rows.height)
    if not aside and not page.steady:
        whole = tall + page.px(96) + rows.height
        y = page.settled(page.top, min(whole, page.bottom - page.top))
        begin = min(y + tall + page.px(96), page.bottom - rows.height)
    groups = [
        Group(
            "header",
            (
                page.spine(y, len(header) * leading),
                *page.block(header, page.left, y, size, leading, "header"),
                *page.block(about, page.left, y + tall - len(about) * under, small, under),
            ),
        )
    ]
    for index, (entry, at) in zip(places, rows.placed(begin), strict=True):
        inner = page.px(6)
        mark = Shape(left, at + inner, bar, max(bar, entry.height - 2 * inner), bar // 2, page.accent)
        elements = (mark, *entry.block(page, left + inset, at))
        groups.append(Group(f"item-{index}", elements, f"item:{index}", 0.0, 0.35, dx=page.px(24)))
    return groups


def split(content: Listing, parts: int) -> list[Part] | None:
    """The points over the pages, the header on each."""
    return divided(content, parts, ("items",))


KIND = SceneKind("list", Listing, layout, EXAMPLE, split=split)
