"""One persistent frame onto which a scene's layers are drawn, touching only what changed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from videogen.model.errors import VideoError
from videogen.model.motion import Layer, Motion
from videogen.video.motion import HIDDEN, Shown, State
from videogen.video.planes import Cover, Planes, lay_over, layer_covers


class Box(NamedTuple):
    """A rectangle of the frame; all four sides even, `right` and `bottom` excluded."""

    left: int
    top: int
    right: int
    bottom: int

    def within(self, other: Box) -> Box:
        """What both have in common; empty when left >= right or top >= bottom."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def around(self, other: Box) -> Box:
        """The smallest rectangle that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing is inside."""
        return self.left >= self.right or self.top >= self.bottom

    def of(self, plane: NDArray, halved: bool) -> NDArray:
        """The part of a plane (luma, or chroma when `halved`) that lies inside."""
        left, top, right, bottom = (side >> halved for side in self)
        return plane[top:bottom, left:right]


class Sprite:
    """A layer cut out of the atlas and trimmed to what is visible of it."""

    def __init__(self, layer: Layer, atlas: NDArray[np.uint8]) -> None:
        self._layer = layer
        left, top = layer.atlas_x, layer.atlas_y
        if left < 0 or top < 0 or top + layer.height > atlas.shape[0] or left + layer.width > atlas.shape[1]:
            raise VideoError(f'layer "{layer.id}" lies outside the picture of the layers')
        rgba = atlas[top : top + layer.height, left : left + layer.width]
        rows, columns = (np.flatnonzero(rgba[..., 3].any(axis=axis)) for axis in (1, 0))
        self._visible = len(rows) > 0
        if self._visible:
            rgba = rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
            left, top = int(columns[0]), int(rows[0])
        self._x, self._y = layer.x + left, layer.y + top
        self._rgba = rgba
        self._covers: dict[tuple[bool, bool], tuple[Cover, Cover, Cover]] = {}

    def box(self, shown: Shown) -> Box | None:
        """Where the layer is to be seen, perhaps partly outside the frame; None when it is not."""
        whole = self._covered(shown)
        if whole is None:
            return None
        if shown.scaled:
            return Box(*shown.scaled)
        # what is uncovered ends between two even columns or rows, for the chroma's sake
        layer = self._layer
        x, y = layer.x + shown.dx, layer.y + shown.dy
        seen = Box(
            (x + shown.left) & ~1 if shown.left else whole.left,
            (y + shown.top) & ~1 if shown.top else whole.top,
            (x + layer.width - shown.right) & ~1 if shown.right else whole.right,
            (y + layer.height - shown.bottom) & ~1 if shown.bottom else whole.bottom,
        ).within(whole)
        return None if seen.empty else seen

    def _covered(self, shown: Shown) -> Box | None:
        """Where the layer's covers are; None when nothing is to be seen."""
        if shown.opacity == 0 or not self._visible:
            return None
        x, y = self._x + shown.dx, self._y + shown.dy
        height, width = self._rgba.shape[:2]
        return Box(x & ~1, y & ~1, (x + width + 2) & ~1, (y + height + 1) & ~1)

    def draw(self, planes: Planes, shown: Shown, clip: Box) -> None:
        """Blend the layer over the planes inside `clip`, which lies inside the frame."""
        seen, box = self.box(shown), self._covered(shown)
        if seen is None or box is None:
            return
        part = seen.within(clip)
        if part.empty:
            return
        if shown.scaled:
            self._draw_scaled(planes, seen, part)
            return
        parity = (bool(self._x + shown.dx & 1), bool(self._y + shown.dy & 1))
        if parity not in self._covers:
            self._covers[parity] = layer_covers(self._rgba, *parity)
        inside = Box(part.left - box.left, part.top - box.top, part.right - box.left, part.bottom - box.top)
        for index, (plane, cover) in enumerate(zip(planes, self._covers[parity], strict=True)):
            halved = index > 0
            cut = Cover(inside.of(cover.opacity, halved), inside.of(cover.level, halved))
            lay_over(part.of(plane, halved), cut, shown.opacity)

    def _draw_scaled(self, planes: Planes, box: Box, part: Box) -> None:
        """The layer, which is opaque and stands on even pixels, scaled into a box; `part` of it."""
        from PIL import Image

        if (False, False) not in self._covers:
            self._covers[False, False] = layer_covers(self._rgba, False, False)
        height, width = self._rgba.shape[:2]
        inside = Box(part.left - box.left, part.top - box.top, part.right - box.left, part.bottom - box.top)
        for index, (plane, cover) in enumerate(zip(planes, self._covers[False, False], strict=True)):
            halved = index > 0
            whole = Image.fromarray(cover.level[: height >> halved, : width >> halved])
            size = (box.right - box.left) >> halved, (box.bottom - box.top) >> halved
            scaled = whole.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
            part.of(plane, halved)[...] = inside.of(np.asarray(scaled), halved)


class Canvas:
    """A scene drawn onto `planes`, which hold `base` with every layer hidden to begin with."""

    def __init__(self, planes: Planes, base: Planes, motion: Motion, atlas: NDArray[np.uint8]) -> None:
        height, width = base.y.shape
        self._frame = Box(0, 0, width, height)
        self._planes, self._base = planes, base
        self._sprites = [Sprite(layer, atlas) for layer in motion.layers]
        self._state: State = (HIDDEN,) * len(self._sprites)
        for plane, source in zip(planes, base, strict=True):
            plane[...] = source

    def show(self, state: State, changed: Box | None = None) -> None:
        """Draw a state: what changed is restored from the base, then every layer that reaches into it is drawn.

        `changed` is where the base itself is another than it was."""
        for dirty in self._dirty(state, changed):
            for index, (plane, source) in enumerate(zip(self._planes, self._base, strict=True)):
                dirty.of(plane, index > 0)[...] = dirty.of(source, index > 0)
            for sprite, shown in zip(self._sprites, state, strict=True):
                sprite.draw(self._planes, shown, dirty)
        self._state = state

    def _dirty(self, state: State, changed: Box | None) -> list[Box]:
        """Rectangles, apart from each other, that hold all that differs from the state shown now."""
        apart: list[Box] = []
        moved = [pair for pair in zip(self._sprites, self._state, state, strict=True) if pair[1] != pair[2]]
        boxes = [sprite.box(shown) for sprite, before, after in moved for shown in (before, after)]
        for box in (changed, *boxes):
            box = box.within(self._frame) if box else None
            if box is None or box.empty:
                continue
            while touching := [other for other in apart if not other.within(box).empty]:
                for other in touching:
                    apart.remove(other)
                    box = box.around(other)
            apart.append(box)
        return apart
