"""Numbers as bars, lines or a ring, which grow as they are spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from videogen.model.errors import ValidationError
from videogen.model.kinds import Chart
from videogen.scenes.axes import LABEL, Frame, colours, fits, sized
from videogen.scenes.bars import bars
from videogen.scenes.elements import Element, Group, SceneKind, Shape
from videogen.scenes.lines import lines, named_at_ends
from videogen.scenes.page import Page
from videogen.scenes.ring import ring

EXAMPLE = """\
kind: chart
content:
  header: Seconds a build takes
  type: bar
  unit: s
  labels: [First, Edited text, New theme, Unchanged]
  series:
    - values: [58, 4.2, 21, 0.9]
"""

_CAPTION = ((40, 1), (36, 2))
_DRAWN = {"bar": bars, "line": lines, "pie": ring}


def layout(content: Chart, page: Page) -> list[Group]:
    """Bars, lines or a ring under the header, with a legend where there is more than one series."""
    content = _loaded(content, page)
    header, top = page.header(content.header)
    fonts, theme = page.theme.fonts, page.theme
    said, size = page.fitted(content.caption, "caption", _CAPTION, page.width, fonts.body, theme.muted)
    leading = round(size * 1.35)
    foot = len(said) * leading + page.px(24) if said else 0
    named = [one.name for one in content.series if one.name] if len(content.series) > 1 else []
    groups = [Group("header", tuple(header))] if header else []
    if named and not (content.type == "line" and named_at_ends(content, page, page.width)):
        legend, top = _legend([one.name for one in content.series], page, top)
        groups.append(Group("legend", tuple(legend)))
    frame = Frame(page.left, top, page.right, page.bottom - foot)
    if frame.bottom - frame.top < page.px(240):
        raise page.does_not_fit("caption", len(said), max(0, len(said) - 1))
    drawn = _DRAWN[content.type](content, page, frame)
    if not header:
        groups.append(Group("header", (page.spine(frame.top, frame.bottom - frame.top),)))
    groups += drawn
    if said:
        text = page.block(said, page.left, page.bottom - foot + page.px(24), size, leading)
        groups.append(Group("caption", tuple(text), "start", 0.25, 0.5, dy=page.px(12)))
    return groups


def _loaded(content: Chart, page: Page) -> Chart:
    try:
        return content.loaded(page.root / content.path)
    except (OSError, ValueError) as error:
        raise ValidationError(
            f'the file "{content.path}" has no numbers to draw: {error}', hint="correct the file"
        ) from error


def _legend(names: Sequence[str], page: Page, top: int) -> tuple[list[Element], int]:
    """A chip and a name for each series, in lines."""
    chip, size, gap = page.px(28), sized(page, LABEL), page.px(48)
    x, y, step = page.left, top, round(sized(page, LABEL) * 1.5)
    placed: list[Element] = []
    for name, colour in zip(names, colours(page, len(names)), strict=True):
        text = page.label(fits(name, page, size, page.width - chip * 2), 0, y, size, page.theme.text)
        wide = chip + page.px(16) + text.width
        if x > page.left and x + wide > page.right:
            x, y = page.left, y + step
        placed.append(Shape(x, y + (text.height - chip) // 2, chip, chip, chip // 3, colour))
        placed.append(replace(text, x=x + chip + page.px(16), y=y))
        x += wide + gap
    return placed, y + step + page.px(20)


KIND = SceneKind("chart", Chart, layout, EXAMPLE, verbatim=frozenset({"type", "columns"}))
