"""The opening: what the video is."""

from __future__ import annotations

from videogen.model.kinds import Title
from videogen.scenes.elements import Group, SceneKind, Text
from videogen.scenes.page import Page
from videogen.scenes.typefaces import length

EXAMPLE = """\
kind: title
content:
  eyebrow: Getting started
  title: Make narrated videos from text
  subtitle: A declarative build for documentation that people watch
"""

_TITLE = ((184, 1), (144, 1), (128, 2), (112, 3), (96, 3), (80, 4), (68, 5))
_SUBTITLE = ((56, 2), (52, 2), (48, 3), (44, 3), (40, 3), (36, 4))


def layout(content: Title, page: Page) -> list[Group]:
    """Display type on the left two thirds, centred a little above the middle."""
    fonts, theme = page.theme.fonts, page.theme
    lines, size = page.fitted(content.title, "title", _TITLE, page.columns(9), fonts.display, theme.text)
    under, small = page.fitted(content.subtitle, "subtitle", _SUBTITLE, page.columns(7), fonts.body, theme.muted)
    leading, below = round(size * 1.08), round(small * 1.4)
    eyebrow = eyebrow_text(content.eyebrow, page)
    head = page.px(76) if eyebrow else 0
    gap = page.px(40) if under else 0
    height = head + len(lines) * leading + gap + len(under) * below
    y = page.settled(page.top, height)
    title = page.block(lines, page.left, y + head, size, leading, "display")
    groups = [Group("title", (page.spine(y, height), *title))]
    if eyebrow:
        placed = Text(eyebrow.text, page.left, y, *_rest(eyebrow))
        groups.append(Group("eyebrow", (placed,), "start", 0.0, 0.4, dx=page.px(-16)))
    if under:
        text = page.block(under, page.left, y + head + len(lines) * leading + gap, small, below)
        groups.append(Group("subtitle", tuple(text), "start", 0.1, 0.5, dy=page.px(20)))
    return groups


def eyebrow_text(text: str, page: Page) -> Text | None:
    """A spaced line of capitals over a title, at the origin; None when there is nothing to say."""
    shown = text.upper()
    if not shown:
        return None
    size, face = page.px(36), page.theme.fonts.label
    tracking = size * 0.1
    width = sum(length(char, face, size) + tracking for char in shown)
    if width > page.columns(9):
        raise page.does_not_fit("eyebrow", 2, 1)
    return Text(shown, 0, 0, round(width), round(size * 1.3), size, face, page.accent, "label", (), tracking)


def _rest(text: Text) -> tuple:
    return text.width, text.height, text.size, text.face, text.colour, text.role, text.features, text.tracking


KIND = SceneKind("title", Title, layout, EXAMPLE, cover=True)
