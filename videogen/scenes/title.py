"""The opening: what the video is."""

from __future__ import annotations

from videogen.model.kinds import Title
from videogen.scenes.elements import Group, SceneKind, Text
from videogen.scenes.page import Page, lowered
from videogen.scenes.typefaces import length

EXAMPLE = """\
kind: title
content:
  eyebrow: Getting started
  title: Make narrated videos from text
  subtitle: A declarative build for documentation that people watch
"""

_TITLE = ((184, 1), (144, 1), (128, 2), (112, 3), (96, 3), (80, 4), (68, 5), (56, 6), (48, 7))
_SUBTITLE = ((56, 2), (52, 2), (48, 3), (44, 3), (40, 4), (36, 6))


def layout(content: Title, page: Page) -> list[Group]:
    """Display type, centred a little above the middle of what the theme's shapes leave."""
    fonts, theme = page.theme.fonts, page.theme
    eyebrow = eyebrow_text(content.eyebrow, page)
    head = page.px(76) if eyebrow else 0

    def laid(tight: int) -> tuple[tuple[list[Text], list[Text]], int]:
        steps, smaller = _TITLE[tight:], _SUBTITLE[min(tight, len(_SUBTITLE) - 1) :]
        lines, size = page.fitted(content.title, "title", steps, page.columns(9), fonts.display, theme.text)
        under, small = page.fitted(content.subtitle, "subtitle", smaller, page.columns(7), fonts.body, theme.muted)
        leading, below = round(size * 1.08), round(small * 1.4)
        deep = head + len(lines) * leading + (page.px(40) if under else 0)
        title = page.block(lines, page.left, head, size, leading, "display")
        subtitle = page.block(under, page.left, deep, small, below)
        return (title, subtitle), deep + len(under) * below

    (title, under), height = page.densest(len(_TITLE), page.bottom - page.cover_top, laid, "title")
    y = page.settled(page.cover_top, height)
    groups = [Group("title", (page.spine(y, height), *lowered(title, y)))]
    if eyebrow:
        placed = Text(eyebrow.text, page.left, y, *_rest(eyebrow))
        groups.append(Group("eyebrow", (placed,), "start", 0.0, 0.4, dx=page.px(-16)))
    if under:
        groups.append(Group("subtitle", lowered(under, y), "start", 0.1, 0.5, dy=page.px(20)))
    return groups


def eyebrow_text(text: str, page: Page) -> Text | None:
    """A spaced line of capitals over a title, at the origin; None when there is nothing to say."""
    shown = text.upper()
    if not shown:
        return None
    size, face = page.px(36), page.theme.fonts.label
    tracking = size * 0.1
    width = length(shown, face, size, (), tracking)
    if width > page.columns(9):
        raise page.does_not_fit("eyebrow", 2, 1)
    return Text(shown, 0, 0, round(width), round(size * 1.3), size, face, page.accent, "label", (), tracking)


def _rest(text: Text) -> tuple:
    return text.width, text.height, text.size, text.face, text.colour, text.role, text.features, text.tracking


KIND = SceneKind("title", Title, layout, EXAMPLE, cover=True)
