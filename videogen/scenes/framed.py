"""A picture or a clip on its page: whole in a frame, or filling its place; with its words below, beside or over it."""

from __future__ import annotations

from dataclasses import dataclass

from videogen.model.kinds import Image, Movement, Video
from videogen.scenes.elements import Element, Group, Moving, Playing, Raster, Shape
from videogen.scenes.page import OPTICAL_CENTRE, DoesNotFit, Page
from videogen.scenes.typeset import Line

_CAPTION = ((44, 1), (40, 2), (36, 3))
_CAPTION_BESIDE = ((44, 6), (40, 8), (36, 10))
_ALONE = ((60, 4), (52, 5), (44, 7), (36, 10))
_HEADER = ((84, 2), (76, 3), (68, 4), (56, 5), (48, 6))
_SIDES = {"wide": ((8, 0.0), (7, 0.0), (6, 0.0)), "square": ((6, 0.8),), "tall": ()}
"""Columns that a picture may have beside its words, and the width for its height below which it may."""
_SAME = 0.8
"""A picture stands beside its words where its area is at least this share of what it would be below a header."""
_UPRIGHT = 0.95
"""A picture with less width than this for its height may stand beside its caption alone."""
_ENLARGE = 2.0
"""A small picture is not blown up further than this: it would only look blurred."""
_LEAST_ROOM = 160
"""Pixels of 1080 that a picture keeps under the longest of headers."""

_Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


def arranged(content: Image | Video, shown: Shown, page: Page) -> list[Group]:
    """A picture that covers fills the frame, or all below its header. One that is shown whole stands under its
    header, or beside its words where that leaves it as large and the page better filled."""
    if content.fit == "cover":
        return _covering(content, shown, page)
    header, top = page.header(content.header)
    lines, size = _caption(content, page, page.columns(10))
    leading = round(size * 1.35)
    foot = len(lines) * leading + page.px(28) if lines else 0
    room = (page.left, top, page.right, page.bottom - foot)
    least = page.px(_LEAST_ROOM)
    below = shown.framed(page, room, 0.0 if header else 0.5) if room[3] - top >= least else None
    if beside := _beside(content, shown, page, _area(below) if below else 0):
        return beside
    if below is None:
        raise page.does_not_fit("caption", len(lines), (page.bottom - top - least) // leading)
    x, high = below[0], below[3] - below[1]
    header, y = page.together(header, top, high + foot) if page.narrow else (header, below[1])
    box = (x, y, below[2], y + high)
    # over a picture that stands alone a rule would be over nothing
    alone = [page.spine(y, high)] if page.theme.mark != "rule" or lines else []
    groups = [Group("header", tuple(header or alone))] if header or alone else []
    groups.append(Group("picture", shown.elements(page, box)))
    if lines:
        text = page.block(lines, page.left if header else x, box[3] + page.px(28), size, leading)
        groups.append(Group("caption", tuple(text), "start", 0.25, 0.5, dy=page.px(12)))
    return groups


def _area(box: _Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _beside(content: Image | Video, shown: Shown, page: Page, least: int) -> list[Group] | None:
    """The words at the left, the picture at the right; None when there are none, when they do not fit or when it would
    be much smaller than `least`, its area below a header."""
    upright = shown.width < shown.height * _UPRIGHT
    for columns, most in _SIDES[page.shape]:
        if (most and shown.width > shown.height * most) or not (content.header or (upright and content.caption)):
            continue
        wide = (page.width - page.px(64)) // 2 if page.narrow else page.columns(columns)
        box = shown.framed(page, (page.right - wide, page.top, page.right, page.bottom), 0.5)
        room = page.width - wide - page.px(64)
        face = page.theme.fonts.header
        if _area(box) < _SAME * least or not page.whole_words([content.header], face, page.px(_HEADER[-1][0]), room):
            continue
        try:
            return _with_words(content, shown, page, box, room)
        except DoesNotFit:
            continue
    return None


def _with_words(content: Image | Video, shown: Shown, page: Page, box: _Box, width: int) -> list[Group]:
    title, large = page.fitted(content.header, "header", _HEADER, width, page.theme.fonts.header, page.theme.text)
    if content.header:
        fonts, colour = page.theme.fonts, page.theme.muted
        lines, size = page.fitted(content.caption, "caption", _CAPTION_BESIDE, width, fonts.body, colour, "calm")
    else:
        lines, size = page.fitted(content.caption, "caption", _ALONE, width, page.theme.fonts.body, page.theme.text)
    step, leading, gap = round(large * 1.14), round(size * 1.4), page.px(32)
    height = len(title) * step + gap + len(lines) * leading
    if height > page.bottom - page.top:
        raise page.does_not_fit("caption", len(lines), (page.bottom - page.top - len(title) * step - gap) // leading)
    y = page.settled(page.top, height)
    mark = page.spine(y, height)
    groups = [
        Group("header", (mark, *page.block(title, page.left, y, large, step, "header"))),
        Group("picture", shown.elements(page, box)),
    ]
    if lines:
        text = page.block(lines, page.left, y + len(title) * step + (gap if title else 0), size, leading)
        groups.append(Group("caption", tuple(text), "start", 0.25, 0.5, dy=page.px(12)))
    return groups


def _covering(content: Image | Video, shown: Shown, page: Page) -> list[Group]:
    """All of the frame, the caption on a card over its foot; under a header, all that the header leaves."""
    header, top = page.header(content.header)
    frame = (0, 0, page.look.width, page.look.height)
    box = (page.left, top, page.right, page.bottom) if header else frame
    groups = [Group("header", tuple(header))] if header else []
    groups.append(Group("picture", shown.filling(page, box, bool(header))))
    if not content.caption:
        return groups
    pad = page.px(36)
    inset = page.px(24) if header else 0
    room = page.columns(10) - 2 * (pad + inset)
    lines, size = _caption(content, page, room)
    leading = round(size * 1.3)
    text = page.block(lines, page.left + inset + pad, 0, size, leading)
    wide = max((one.x + one.width for one in text), default=0) - page.left - inset + pad
    high = len(lines) * leading + 2 * round(pad * 0.6)
    y = page.bottom - inset - high
    if y < top:
        raise page.does_not_fit("caption", len(lines), (page.bottom - top) // leading)
    if text:
        text = page.block(lines, page.left + inset + pad, y + round(pad * 0.6), size, leading)
        card = (page.card(page.left + inset, y, wide, high), *text)
        groups.append(Group("caption", card, "start", 0.25, 0.5, dy=page.px(12)))
    return groups


def _caption(content: Image | Video, page: Page, width: int) -> tuple[list[Line], int]:
    colour = page.theme.text if content.fit == "cover" else page.theme.muted
    return page.fitted(content.caption, "caption", _CAPTION, width, page.theme.fonts.body, colour, "calm")


@dataclass(frozen=True)
class Shown:
    """The part of a picture or a clip that is shown; `width` and `height` are its own, in pixels."""

    path: str
    width: float
    height: float
    part: tuple[float, float, float, float]
    mat: str | None = None
    """What it is laid on when it can be seen through."""
    drawn: bool = False
    move: Movement = "none"
    plays: tuple[float, float] | None = None
    """The seconds between which it is played; None for a picture."""

    def framed(self, page: Page, room: _Box, across: float) -> _Box:
        """The frame of the picture, as large as fits the room and `across` of the free width from its left."""
        edge = self._edge(page)
        left, top, right, bottom = room
        room_x, room_y = right - left - 2 * edge, bottom - top - 2 * edge
        scale = min(room_x / self.width, room_y / self.height)
        if not self.drawn:
            scale = min(scale, _ENLARGE * page.px(1000) / 1000)
        width, height = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        x = left + edge + round((room_x - width) * across)
        y = top + edge + round((room_y - height) * (0.5 if across else OPTICAL_CENTRE))
        return x - edge, y - edge, x + width + edge, y + height + edge

    def _edge(self, page: Page) -> int:
        return page.px(2) + (page.px(48) if self.mat else 0)

    def elements(self, page: Page, box: _Box) -> tuple[Element, ...]:
        """The picture in its frame."""
        edge, line = self._edge(page), page.px(2)
        inside = self._even(_inset(box, line))
        return self._frame(page, inside, line, page.shadow), self._seen(inside, page.radius, self.part, edge - line)

    def filling(self, page: Page, box: _Box, framed: bool) -> tuple[Element, ...]:
        """The picture cut to fill a box, about its middle."""
        line = page.px(2) if framed else 0
        inside = self._even(_inset(box, line))
        wide, high = inside[2] - inside[0], inside[3] - inside[1]
        keep_x = min(1.0, self.height * wide / high / self.width)
        keep_y = min(1.0, self.width * high / wide / self.height)
        x0, y0, x1, y1 = self.part
        cut_x, cut_y = (x1 - x0) * (1 - keep_x) / 2, (y1 - y0) * (1 - keep_y) / 2
        part = (x0 + cut_x, y0 + cut_y, x1 - cut_x, y1 - cut_y)
        return self._frame(page, inside, line), self._seen(inside, page.radius if framed else 0, part)

    def _even(self, box: _Box) -> _Box:
        """The box, with even sides where something moves in it."""
        if self.move == "none" and not self.plays:
            return box
        left, top, right, bottom = box
        return left + left % 2, top + top % 2, right - right % 2, bottom - bottom % 2

    def _frame(self, page: Page, inside: _Box, line: int, shadow: int = 0) -> Shape:
        left, top, right, bottom = _inset(inside, -line)
        radius = page.radius + line if line else 0
        fill, border = self.mat or page.theme.surface, page.theme.border if line else None
        return Shape(left, top, right - left, bottom - top, radius, fill, 1.0, border, line, shadow=shadow)

    def _seen(self, box: _Box, radius: int, part: tuple[float, float, float, float], mat: int = 0) -> Element:
        """The picture in a box, with a mat around it."""
        if self.plays:
            left, top, right, bottom = box
            return Playing(left, top, right - left, bottom - top, radius, self.path, part, *self.plays)
        left, top, right, bottom = _inset(box, mat)
        still = Raster(self.path, left, top, right - left, bottom - top, 0 if mat else radius, part)
        if self.move == "none":
            return still
        left, top, right, bottom = box
        return Moving(left, top, right - left, bottom - top, radius, still, self.move, self.mat or "#000000", mat)


def _inset(box: _Box, by: int) -> _Box:
    left, top, right, bottom = box
    return left + by, top + by, right - by, bottom - by
