"""What stands for numbers, drawn by matplotlib: one mark at a time, so that each is a layer of its own.

No figure, axes or text of matplotlib is used: places come from the layout, and all text is set by us.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from videogen.scenes.elements import Bitmap

if TYPE_CHECKING:
    from matplotlib.artist import Artist

_Point = tuple[float, float]


class _Library(NamedTuple):
    agg: ModuleType
    lines: ModuleType
    patches: ModuleType
    path: ModuleType
    ticker: ModuleType
    transforms: ModuleType


@cache
def _library() -> _Library:
    """matplotlib, loaded when a chart is drawn. What it remembers of a machine's fonts goes to the user's cache."""
    from platformdirs import user_cache_dir

    os.environ.setdefault("MPLCONFIGDIR", user_cache_dir("videogen-matplotlib", appauthor=False))
    import matplotlib
    from matplotlib import lines, patches, path, ticker, transforms
    from matplotlib.backends import backend_agg

    # a settings file in the working folder must not change a picture
    plain: Any = {"path.simplify": False, "path.snap": False, "path.sketch": None, "path.effects": []}
    matplotlib.rcParams.update(plain)
    return _Library(backend_agg, lines, patches, path, ticker, transforms)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers that hold both ends, at most about so many."""
    locator = _library().ticker.MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10])
    return [round(float(value), 12) for value in locator.tick_values(low, high)]


def bar(x: int, y: int, width: int, height: int, radius: float, colour: str, side: str) -> Bitmap:
    """A bar whose far end, at `side` (top, bottom or right), is rounded."""
    kit = _library().path.Path
    r = max(0.0, min(radius, width / 2 if side != "right" else width, height / 2 if side == "right" else height))
    w, h, k = float(width), float(height), 0.4477 * r
    # drawn with the round end at the right of a box that is long by high, then turned
    long, high = (w, h) if side == "right" else (h, w)
    points = [
        (0, 0), (long - r, 0), (long - k, 0), (long, k), (long, r), (long, high - r), (long, high - k),
        (long - k, high), (long - r, high), (0, high), (0, 0),
    ]  # fmt: skip
    if side == "top":
        points = [(b, h - a) for a, b in points]
    elif side == "bottom":
        points = [(b, a) for a, b in points]
    codes = [
        kit.MOVETO, kit.LINETO, kit.CURVE4, kit.CURVE4, kit.CURVE4, kit.LINETO, kit.CURVE4, kit.CURVE4, kit.CURVE4,
        kit.LINETO, kit.CLOSEPOLY,
    ]  # fmt: skip
    path = kit([(x + a, y + b) for a, b in points], codes)
    return _drawn([_filled(path, colour)], (x, y, x + width, y + height))


def line(points: Sequence[_Point], width: float, dot: float, colour: str) -> Bitmap:
    """A stroke through points, with a dot on each when `dot` is its diameter."""
    stroke = _library().lines.Line2D(
        [x for x, _ in points],
        [y for _, y in points],
        linewidth=width,
        color=colour,
        solid_capstyle="round",
        solid_joinstyle="round",
        marker="o" if dot else "None",
        markersize=dot,
        markeredgewidth=0,
        antialiased=True,
    )
    return _drawn([stroke], _around(points, max(width, dot) / 2 + 2))


def area(points: Sequence[_Point], floor: float, colour: str, opacity: float) -> Bitmap:
    """What lies between a line through points and a level."""
    path = _library().path.Path([(points[0][0], floor), *points, (points[-1][0], floor), (points[0][0], floor)])
    return _drawn([_filled(path, colour, opacity)], _around([*points, (points[0][0], floor)], 2))


def segment(centre: _Point, radius: float, thick: float, start: float, end: float, gap: float, colour: str) -> Bitmap:
    """A piece of a ring from `start` to `end`, in turns clockwise from the top, `gap` pixels from its neighbours."""
    if end - start > 1 - 1e-9:
        gap = 0.0
    # the gap is as wide inside as outside: each edge is cut by a stroke of that width along it
    wedge = _library().patches.Wedge(
        centre, radius, start * 360 - 90, end * 360 - 90, width=thick, facecolor=colour, linewidth=0, antialiased=True
    )
    found = _drawn([wedge], _around([centre], radius + 2))
    return _cut(found, centre, radius, (start, end), gap) if gap else found


def _cut(mark: Bitmap, centre: _Point, radius: float, edges: Sequence[float], gap: float) -> Bitmap:
    import math

    from PIL import Image, ImageChops

    keep = Image.new("L", mark.image.size, 255)
    for turn in edges:
        angle = turn * 2 * math.pi
        tip = (centre[0] + math.sin(angle) * radius * 1.1, centre[1] - math.cos(angle) * radius * 1.1)
        spoke = _library().lines.Line2D(
            [centre[0], tip[0]], [centre[1], tip[1]], linewidth=gap, color="#000000", antialiased=True
        )
        box = (mark.x, mark.y, mark.x + mark.image.width, mark.y + mark.image.height)
        keep = ImageChops.subtract(keep, _drawn([spoke], box).image.getchannel("A"))
    image = mark.image.copy()
    image.putalpha(ImageChops.multiply(mark.image.getchannel("A"), keep))
    return Bitmap(image, mark.x, mark.y)


def _filled(path: Any, colour: str, opacity: float = 1.0) -> Artist:
    return _library().patches.PathPatch(path, facecolor=colour, alpha=opacity, linewidth=0, antialiased=True)


def _around(points: Sequence[_Point], reach: float) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return int(min(xs) - reach), int(min(ys) - reach), int(max(xs) + reach) + 1, int(max(ys) + reach) + 1


def _drawn(artists: Sequence[Any], box: tuple[int, int, int, int]) -> Bitmap:
    """Artists in pixels of the frame, drawn into a box of it."""
    import numpy as np
    from PIL import Image

    left, top, right, bottom = box
    width, height = max(1, right - left), max(1, bottom - top)
    renderer = _library().agg.RendererAgg(width, height, 72)
    for artist in artists:
        # matplotlib counts upwards
        place = _library().transforms.Affine2D().translate(-left, -top).scale(1, -1).translate(0, height)
        artist.set_transform(artist.get_transform() + place if hasattr(artist, "get_patch_transform") else place)
        artist.draw(renderer)
    return Bitmap(Image.fromarray(np.asarray(renderer.buffer_rgba()).copy(), "RGBA"), left, top)
