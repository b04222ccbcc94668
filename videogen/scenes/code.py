"""A listing, or a terminal session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from videogen.model.kinds import Code
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape
from videogen.scenes.excerpt import Excerpt, divided, gaps
from videogen.scenes.highlight import Token, is_terminal, label_of, tokens
from videogen.scenes.overview import bars, overview, seen_through
from videogen.scenes.page import DoesNotFit, Page
from videogen.scenes.panel import (
    Panel,
    Row,
    Setting,
    Tokens,
    band_colour,
    bar_height,
    colour_of,
    cover,
    faint_colour,
    fitted,
    pad_width,
    panel,
    row_elements,
)

EXAMPLE = """\
kind: code
content:
  header: A build file in four lines
  language: python
  code: |
    def task_hello():
        return {
            "actions": ["echo hello > hello.txt"],
            "targets": ["hello.txt"],
        }
  line_numbers: true
  highlight:
    - {lines: "1", word: task}
    - "3"
    - {lines: "4", word: target}
  caption: Run it with doit
"""

_CAPTION = ((44, 1), (40, 1), (36, 2))
_FADED, _BACK = 0.6, 0.3
"""Seconds after which a view is surely covered by the next of its page, and in which it goes back to its place."""
_MARK = 999
"""Stands for what is left out, where the index of a line would stand."""


def layout(content: Code, page: Page) -> list[Group]:
    """A panel with a title bar as wide as the page and as high as its lines; the listing rises into it.

    With steps, the lines of each come forward on a band with its cue, while the others go back; what two steps
    have in common stays where it is. Of an Excerpt one page is shown, in the type in which all fit.

    A listing with steps that is too long to be read as a whole is seen from afar first, as bars, what will be spoken of
    lit. With its cue a step is zoomed to: it grows out of its place there until it can be read, and shrinks back into
    it before the next one that stands elsewhere. Without steps it goes on over pages.
    """
    try:
        return _layout(content, page, tight=False)
    except DoesNotFit:
        return _layout(content, page, tight=True)


@dataclass(frozen=True)
class _Listing:
    """Lines as they are placed: `numbers` are indices into the source, a mark of what is left out has none."""

    page: Page
    on: Panel
    setting: Setting
    numbers: list[int | None]
    gutter: int
    first: int

    def top(self, at: int) -> int:
        """Where the line in this place begins."""
        return self.on.top + sum(len(rows) for rows in self.setting.lines[:at]) * self.setting.type.leading

    def height(self, at: int) -> int:
        return len(self.setting.lines[at]) * self.setting.type.leading

    def setting_tokens(self) -> list[Tokens]:
        """The rows, as tokens."""
        return [row.tokens for rows in self.setting.lines for row in rows]

    def elements(self, at: int, colour: str = "", number: str = "") -> list[Element]:
        """The line in this place, in one colour if given, its number in another."""
        kind, y = self.setting.type, self.top(at)
        x = self.on.left + round(self.gutter * kind.cell)
        placed: list[Element] = []
        own = self.numbers[at]
        if self.gutter and own is not None:
            shown = str(own + self.first).rjust(self.gutter - 2)
            ink = number or colour or self.page.theme.code.comment
            (text,) = row_elements(Row((Token(shown, "comment"),)), self.page, self.on.left, y, kind, ink)
            placed.append(text)
        for index, row in enumerate(self.setting.lines[at]):
            placed += row_elements(row, self.page, x, y + index * kind.leading, kind, colour)
        return placed


def _layout(content: Code, page: Page, tight: bool) -> list[Group]:
    header, top = page.header(content.header, tight)
    theme, fonts = page.theme, page.theme.fonts
    terminal = is_terminal(content.language, content.code)
    lines = tokens(content.code, content.language)
    caption, small = page.fitted(content.caption, "caption", _CAPTION, page.width, fonts.body, theme.muted, "calm")
    below, gap = round(small * 1.35), page.px(20 if tight else 32)
    foot = gap + len(caption) * below if caption else 0
    bar, pad_y = bar_height(page, tight), page.px(20 if tight else 36)
    room = page.bottom - top - foot - bar - 2 * pad_y
    gutter = len(str(content.first_line + len(lines) - 1)) + 2 if content.line_numbers else 0
    views, at, aside = [list(range(len(lines)))], 0, ""
    if isinstance(content, Excerpt):
        views, at = [list(own) for own in content.pages], content.at
        if len(views[at]) < len(lines):
            aside = f"{views[at][0] + content.first_line}\u2013{views[at][-1] + content.first_line}"
            aside += f" / {content.first_line + len(lines) - 1}"
    blocks = [_with_marks(view, lines, bool(content.highlight)) for view in views]
    width = page.width - 2 * pad_width(page)
    settings = fitted(
        [[line for _, line in block] for block in blocks], page, width, room, gutter=gutter, first=content.first_line
    )
    # a short listing gets air, so that its panel stands on the stage as a whole
    tallest = max(setting.height for setting in settings)
    pad_y += max(0, min(page.px(36), (room - tallest) // 8))
    height = bar + 2 * pad_y + tallest
    header, y = page.together(header, top, height + foot)
    on = panel(page, (page.left, y, page.width, height), bar, pad_y, label_of(content.language, terminal), aside=aside)
    groups = [Group("header", tuple(header) or (page.spine(y, height),)), Group("panel", on.elements)]
    steps = content.steps if isinstance(content, Excerpt) else tuple(range(len(content.highlight)))
    zoomed = isinstance(content, Excerpt) and bool(content.highlight)
    following = "next" if isinstance(content, Excerpt) and at + 1 < len(content.pages) else None
    if on.note:
        coming = f"step:{steps[0]}" if steps else "page"
        (note,) = on.note
        left, high, right, low = note.box
        under = Shape(left - page.px(8), high, right - left + page.px(16), low - high, 0, theme.raised)
        own = Group("range", (under, note), coming, 0.0, 0.3, gone=following)
        groups.append(own if zoomed else Group("range", on.note))
    numbers = [number for number, _ in blocks[at]]
    listing = _Listing(page, on, settings[at], numbers, gutter, content.first_line)
    if zoomed:
        groups += _zoom(content, listing, lines, steps, following)
    else:
        whole = [element for place in range(len(numbers)) for element in listing.elements(place)]
        groups.append(Group("listing", tuple(whole), "start", 0.0, 0.4, dy=0 if at else page.px(16)))
        groups += _focus(content, listing, steps)
    if caption:
        text = page.block(caption, page.left, y + height + gap, small, below)
        groups.append(Group("caption", tuple(text), "start", 0.3, 0.5, dy=page.px(12)))
    return groups


def _with_marks(view: list[int], lines: tuple[Tokens, ...], marked: bool) -> list[tuple[int | None, Tokens]]:
    """The lines of a page, and between them marks of what is left out, where lines are not just on another page."""
    left = dict(gaps(view, len(lines))) if marked and len(view) < len(lines) else {}
    placed: list[tuple[int | None, Tokens]] = []
    for place, index in enumerate([*view, _MARK]):
        if place in left:
            placed.append((None, (Token(f"\u2026 {left[place]} lines", "comment"),)))
        if place < len(view):
            placed.append((index, lines[index]))
    return placed


def _focus(content: Code, listing: _Listing, steps: tuple[int, ...]) -> list[Group]:
    """All lines faint from the first step on, and over them the lines of each step on a band, as long as they are
    spoken of; a bar at the edge glides from step to step."""
    if not steps:
        return []
    page, on, kind = listing.page, listing.on, listing.setting.type
    theme = page.theme
    faint = faint_colour(page)
    places = range(len(listing.numbers))
    every = [element for place in places for element in listing.elements(place, faint)]
    back = cover(page, on, on.top, listing.setting.height, theme.surface)
    groups = [Group("others", (back, *every), f"step:{steps[0]}", 0.0, 0.3)]
    band = _band(listing, listing.setting_tokens())
    focused = [set(content.focused(step)) for step in steps]
    for start, end, first, last in _stays([[number in own for number in listing.numbers] for own in focused]):
        y = listing.top(first)
        tall = listing.top(last) + listing.height(last) - y
        bright = [e for place in range(first, last + 1) for e in listing.elements(place, number=theme.code.text)]
        groups.append(
            Group(
                f"focus-{steps[start]}-{first}",
                (cover(page, on, y, tall, band), *bright),
                f"step:{steps[start]}",
                0.0,
                0.3,
                gone=f"step:{steps[end]}" if end < len(steps) else None,
            )
        )
    before: int | None = None
    for at, own in enumerate(focused):
        for _, _, first, last in _stays([[number in own for number in listing.numbers]]):
            y = listing.top(first)
            tall = listing.top(last) + listing.height(last) - y
            side = cover(page, on, y, tall, page.accent)
            bar = Shape(side.x, y, page.px(8), tall, 0, page.accent)
            glide = 0 if before is None else max(-4 * kind.leading, min(before - y, 4 * kind.leading))
            gone = f"step:{steps[at + 1]}" if at + 1 < len(steps) else None
            groups.append(Group(f"bar-{steps[at]}-{first}", (bar,), f"step:{steps[at]}", 0.0, 0.3, dy=glide, gone=gone))
        before = listing.top(next(place for place in places if listing.numbers[place] in own))
    return groups


def _zoom(
    content: Code, listing: _Listing, lines: tuple[Tokens, ...], steps: tuple[int, ...], following: str | None
) -> list[Group]:
    """The whole listing from afar, and over it a view of this page for each of its steps: the first grows out of its
    place, the last goes back there when the page that is `following` comes."""
    page, on = listing.page, listing.on
    stage = _stage(page, on)
    right = on.x + on.width - on.pad
    seen = overview(lines, page, (on.left, on.top, right, on.top + _room(on)))
    lit = {line for step in range(len(content.highlight)) for line in content.focused(step)}
    groups = [Group("overview", tuple(bars(seen, lines, lit, _band(listing, lines))))]
    shown = [number for number in listing.numbers if number is not None]
    for at, step in enumerate(steps or (None,)):
        own = shown if step is None else content.focused(step)
        last = at + 1 == max(len(steps), 1)
        small = seen_through(seen.around([line for line in own if line in shown]), stage.box)
        groups.append(
            Group(
                f"view-{shown[0]}-{step}",
                (stage, *_view(listing, stage, set(own), step is not None)),
                "page" if step is None else f"step:{step}",
                0.0,
                0.45 if at == 0 else 0.3,
                zoom=small if at == 0 else None,
                gone=following if last else f"step:{steps[at + 1]}",
                gone_delay=0.0 if last else _FADED,
                gone_duration=_BACK if last else 0.0,
                gone_zoom=small if last and following else None,
            )
        )
    return groups


def _view(listing: _Listing, stage: Shape, own: set[int], stepping: bool) -> list[Element]:
    """The lines of a page: its own on a band with a bar at its edge, the others faint; all bright if none is."""
    page, places = listing.page, range(len(listing.numbers))
    if not stepping:
        return [element for place in places for element in listing.elements(place)]
    faint, text = faint_colour(page), page.theme.code.text
    bright = [number in own for number in listing.numbers]
    found: list[Element] = []
    for _, _, first, last in _stays([bright]):
        y = listing.top(first)
        tall = listing.top(last) + listing.height(last) - y
        found.append(Shape(stage.x, y, stage.width, tall, 0, _band(listing, listing.setting_tokens())))
        found.append(Shape(stage.x, y, page.px(8), tall, 0, page.accent))
    for place in places:
        found += listing.elements(place, number=text) if bright[place] else listing.elements(place, faint)
    return found


def _band(listing: _Listing, lines: Iterable[Tokens]) -> str:
    """The colour behind lines that are spoken of."""
    page, theme = listing.page, listing.page.theme
    used = {token.style for line in lines for token in line}
    return band_colour(page.accent, page, [theme.code.text, *(colour_of(style, theme) for style in used)])


def _stage(page: Page, on: Panel) -> Shape:
    """All of a panel below its bar, as far as its corners let it be a rectangle; its sides are even."""
    room = cover(page, on, on.y + on.bar, on.height - on.bar - page.outline - page.px(6), page.theme.surface)
    x, y = room.x + room.x % 2, room.y + room.y % 2
    return replace(room, x=x, y=y, width=(room.box[2] - x) & ~1, height=(room.box[3] - y) & ~1)


def _room(on: Panel) -> int:
    """Pixels that the rows of a panel have."""
    return on.y + on.height - (on.top - on.y - on.bar) - on.top


def _stays(steps: list[list[bool]]) -> list[tuple[int, int, int, int]]:
    """What is on for how long: from step to step (excluded), neighbouring lines that come and go together (both
    included).

    >>> _stays([[True, True, False], [False, True, False]])
    [(0, 1, 0, 0), (0, 2, 1, 1)]
    """
    found: list[tuple[int, int, int, int]] = []
    for line in range(len(steps[0])):
        start = None
        for step in range(len(steps) + 1):
            on = step < len(steps) and steps[step][line]
            if on and start is None:
                start = step
            elif not on and start is not None:
                for index, (begins, ends, first, last) in enumerate(found):
                    if (begins, ends, last) == (start, step, line - 1):
                        found[index] = (begins, ends, first, line)
                        break
                else:
                    found.append((start, step, line, line))
                start = None
    return found


def split(content: Code, parts: int) -> list[Part] | None:
    """Pages of a long listing."""
    return divided(content, parts)


KIND = SceneKind("code", Code, layout, EXAMPLE, split=split, mono=frozenset({"code"}))
