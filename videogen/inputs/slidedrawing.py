"""What is drawn on a slide by shapes -> one drawing in SVG: shapes, lines, the words on them and small pictures."""

from __future__ import annotations

import base64
import io
import math
import re
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from videogen.inputs.slidecolours import A, Colours, P
from videogen.inputs.slideplaces import Box, Placed
from videogen.inputs.slideshapes import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LETTERS = re.compile(
    "[\n\x20-\x7e\xa0-\u052f\u2010-\u2027\u2030-\u205e\u2070-\u2079\u2190-\u2193\u2212\u2248\u2260\u2264\u2265]*"
)
"""What the typefaces of drawings have."""
_MOST_SHAPES = 400
_MOST_BYTES = 4_000_000
_POLYGONS = {
    "triangle": ((0.5, 0), (1, 1), (0, 1)), "rtTriangle": ((0, 0), (1, 1), (0, 1)),
    "diamond": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)), "parallelogram": ((0.25, 0), (1, 0), (0.75, 1), (0, 1)),
    "trapezoid": ((0.2, 0), (0.8, 0), (1, 1), (0, 1)), "hexagon": ((0.2, 0), (0.8, 0), (1, 0.5), (0.8, 1), (0.2, 1),
    (0, 0.5)), "homePlate": ((0, 0), (0.8, 0), (1, 0.5), (0.8, 1), (0, 1)),
    "chevron": ((0, 0), (0.75, 0), (1, 0.5), (0.75, 1), (0, 1), (0.25, 0.5)),
    "rightArrow": ((0, 0.25), (0.6, 0.25), (0.6, 0), (1, 0.5), (0.6, 1), (0.6, 0.75), (0, 0.75)),
    "leftArrow": ((1, 0.25), (0.4, 0.25), (0.4, 0), (0, 0.5), (0.4, 1), (0.4, 0.75), (1, 0.75)),
    "downArrow": ((0.25, 0), (0.25, 0.6), (0, 0.6), (0.5, 1), (1, 0.6), (0.75, 0.6), (0.75, 0)),
    "upArrow": ((0.25, 1), (0.25, 0.4), (0, 0.4), (0.5, 0), (1, 0.4), (0.75, 0.4), (0.75, 1)),
    "leftRightArrow": ((0, 0.5), (0.25, 0), (0.25, 0.3), (0.75, 0.3), (0.75, 0), (1, 0.5), (0.75, 1), (0.75, 0.7),
    (0.25, 0.7), (0.25, 1)),
    "mathMultiply": ((0.2, 0.3), (0.3, 0.2), (0.5, 0.4), (0.7, 0.2), (0.8, 0.3), (0.6, 0.5), (0.8, 0.7), (0.7, 0.8),
    (0.5, 0.6), (0.3, 0.8), (0.2, 0.7), (0.4, 0.5)),
}  # fmt: skip
"""Corners of shapes, in parts of their width and height."""


def is_drawn(shape: Any, colours: Colours) -> bool:
    """Whether a shape shows something besides its words: an area, an outline, a line."""
    element = shape._element
    if element.tag == f"{P}cxnSp":
        return True
    if element.tag != f"{P}sp" or shape.is_placeholder:
        return False
    properties, style = element.find(f"{P}spPr"), element.find(f"{P}style")
    return colours.fill(properties, style) is not None or colours.line(properties, style) is not None


def is_unseen(shape: Any, colours: Colours, background: str) -> bool:
    """Whether all words on a shape have the colour of what lies behind them."""
    fills = [run.find(f"{A}rPr/{A}solidFill") for run in shape._element.iter(f"{A}r")]
    seen = {colours.of(fill) if fill is not None else None for fill in fills}
    return seen == {background.lower()} or seen == {background.upper()}


def drawing(members: Sequence[Placed], colours: Colours, background: str) -> bytes | None:
    """The shapes as one drawing on `background`; None for what cannot be drawn, or is no more than a line."""
    if not members or len(members) > _MOST_SHAPES:
        return None
    pad = 8.0
    left, top = min(each.box.x for each in members) - pad, min(each.box.y for each in members) - pad
    right = max(each.box.x + each.box.wide for each in members) + pad
    low = max(each.box.y + each.box.high for each in members) + pad
    wide, high = right - left, low - top
    if not (40 < wide < 10_000 and 40 < high < 10_000 and 0.1 < wide / high < 10):
        return None
    parts = [_shape(each, colours) for each in members]
    if any(part is None for part in parts):
        return None
    size = f'width="{wide:.0f}" height="{high:.0f}" viewBox="{left:.1f} {top:.1f} {wide:.1f} {high:.1f}"'
    ground = f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{background}"/>'
    text = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ground}{"".join(filter(None, parts))}</svg>'
    return text.encode() if len(text) < _MOST_BYTES else None


def _shape(placed: Placed, colours: Colours) -> str | None:
    """A shape as SVG; "" where nothing of it shows, None where it cannot be drawn."""
    shape, box = placed.shape, placed.box
    element = shape._element
    if element.tag == f"{P}pic":
        return _picture(shape, box)
    properties, style = element.find(f"{P}spPr"), element.find(f"{P}style")
    if properties is None:
        return ""
    line = colours.line(properties, style)
    outline = f'stroke="{line[0]}" stroke-width="{min(max(line[1], 0.5), 12):.1f}"' if line else 'stroke="none"'
    if element.tag == f"{P}cxnSp" or _preset(properties) == "line":
        return _turned(_connector(properties, box, line), properties, box) if line else ""
    fill = colours.fill(properties, style)
    drawn = ""
    if fill or line:
        drawn = _turned(_outline(properties, box, f'fill="{fill or "none"}" {outline}'), properties, box)
    words = _words(shape, box, colours, fill)
    return None if words is None else drawn + words


def _preset(properties: Element) -> str:
    preset = properties.find(f"{A}prstGeom")
    return "" if preset is None else preset.get("prst") or ""


def _turned(drawn: str, properties: Element, box: Box) -> str:
    """What is drawn, turned and mirrored as its shape is."""
    place = properties.find(f"{A}xfrm")
    if place is None or not drawn:
        return drawn
    middle = (box.x + box.wide / 2, box.y + box.high / 2)
    moves = []
    turn = place.get("rot") or ""
    if re.fullmatch(r"-?[0-9]{1,9}", turn) and int(turn):
        moves.append(f"rotate({int(turn) / 60_000:.1f} {middle[0]:.1f} {middle[1]:.1f})")
    across, down = (place.get(name) in ("1", "true") for name in ("flipH", "flipV"))
    if across or down:
        moves.append(f"translate({2 * middle[0] * across:.1f} {2 * middle[1] * down:.1f}) "
                     f"scale({-1 if across else 1} {-1 if down else 1})")  # fmt: skip
    return f'<g transform="{" ".join(moves)}">{drawn}</g>' if moves else drawn


def _outline(properties: Element, box: Box, paint: str) -> str:
    custom = properties.find(f"{A}custGeom")
    if custom is not None:
        return _path(custom, box, paint)
    preset = _preset(properties)
    x, y, wide, high = box
    if preset in ("ellipse", "cloud", "donut", "flowChartConnector"):
        return _ellipse(x + wide / 2, y + high / 2, wide / 2, high / 2, paint)
    if preset in ("can", "flowChartMagneticDisk"):
        cap = min(high / 6, wide / 4)
        sides = (f"M{x:.1f} {y + cap:.1f} V{y + high - cap:.1f} A{wide / 2:.1f} {cap:.1f} 0 0 0 {x + wide:.1f} "
                 f"{y + high - cap:.1f} V{y + cap:.1f}")  # fmt: skip
        return f'<path d="{sides}" {paint}/>{_ellipse(x + wide / 2, y + cap, wide / 2, cap, paint)}'
    if preset in ("pie", "chord", "blockArc", "arc", "circularArrow"):
        return _sector(properties, box, paint) if preset == "pie" else ""
    if corners := _POLYGONS.get(preset):
        points = " ".join(f"{x + a * wide:.1f},{y + b * high:.1f}" for a, b in corners)
        return f'<polygon points="{points}" {paint}/>'
    round_ = min(wide, high) / 6 if "round" in preset.lower() or preset == "flowChartTerminator" else 0
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="{round_:.1f}" {paint}/>'


def _sector(properties: Element, box: Box, paint: str) -> str:
    """A part of an ellipse, from one angle to another, clockwise from the right."""
    given = {each.get("name"): each.get("fmla") or "" for each in properties.iter(f"{A}gd")}
    turns = [
        int(found[1]) / 60_000 if (found := re.fullmatch(r"val (-?[0-9]{1,9})", given.get(name, ""))) else usual
        for name, usual in (("adj1", 0.0), ("adj2", 270.0))
    ]
    middle = (box.x + box.wide / 2, box.y + box.high / 2)
    ends = [
        (
            middle[0] + math.cos(math.radians(turn)) * box.wide / 2,
            middle[1] + math.sin(math.radians(turn)) * box.high / 2,
        )
        for turn in turns
    ]
    far = int((turns[1] - turns[0]) % 360 > 180)
    way = f"M{middle[0]:.1f} {middle[1]:.1f} L{ends[0][0]:.1f} {ends[0][1]:.1f} A{box.wide / 2:.1f} {box.high / 2:.1f} "
    return f'<path d="{way}0 {far} 1 {ends[1][0]:.1f} {ends[1][1]:.1f} Z" {paint}/>'


def _ellipse(x: float, y: float, across: float, down: float, paint: str) -> str:
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{across:.1f}" ry="{down:.1f}" {paint}/>'


def _path(custom: Element, box: Box, paint: str) -> str:
    drawn = []
    for path in custom.iter(f"{A}path"):
        size = [int(value) if (value := path.get(side) or "").isdecimal() and len(value) < 12 else 0 for side in "wh"]
        if not all(size):
            continue
        steps = []
        for step in path:
            name = str(step.tag).removeprefix(A)
            points = [(point.get("x") or "", point.get("y") or "") for point in step.iter(f"{A}pt")]
            if not all(re.fullmatch(r"-?[0-9]{1,12}", value) for point in points for value in point):
                return ""
            sign = {"moveTo": "M", "lnTo": "L", "cubicBezTo": "C", "quadBezTo": "Q", "close": "Z"}.get(name)
            if sign:
                moved = ((box.x + int(a) * box.wide / size[0], box.y + int(b) * box.high / size[1]) for a, b in points)
                steps.append(sign + " ".join(f"{a:.1f} {b:.1f}" for a, b in moved))
        fill = re.sub(r'fill="[^"]*"', 'fill="none"', paint) if path.get("fill") == "none" else paint
        if steps:
            drawn.append(f'<path d="{" ".join(steps)}" {fill}/>')
    return "".join(drawn)


def _connector(properties: Element, box: Box, line: tuple[str, float]) -> str:
    """A line from the upper left to the lower right of its box, with its arrowheads."""
    x, y, wide, high = box
    preset = _preset(properties)
    colour, width = line[0], min(max(line[1], 0.75), 12)
    if preset.startswith("bent"):
        middle = x + wide / 2
        points = [(x, y), (middle, y), (middle, y + high), (x + wide, y + high)]
        if preset == "bentConnector2":
            points = [(x, y), (x + wide, y), (x + wide, y + high)]
        way = "M" + " L".join(f"{a:.1f} {b:.1f}" for a, b in points)
    elif preset.startswith("curved"):
        middle = x + wide / 2
        points = [(x, y), (middle, y), (middle, y + high), (x + wide, y + high)]
        way = f"M{x:.1f} {y:.1f} C" + " ".join(f"{a:.1f} {b:.1f}" for a, b in points[1:])
    else:
        points = [(x, y), (x + wide, y + high)]
        way = f"M{x:.1f} {y:.1f} L{x + wide:.1f} {y + high:.1f}"
    own = properties.find(f"{A}ln")
    heads = ""
    for name, end, before in (("headEnd", points[0], points[1]), ("tailEnd", points[-1], points[-2])):
        head = own.find(f"{A}{name}") if own is not None else None
        if head is not None and head.get("type") not in (None, "none"):
            heads += _arrowhead(end, before, colour, width)
    dash = own.find(f"{A}prstDash") if own is not None else None
    dashed = (
        f' stroke-dasharray="{4 * width:.1f} {3 * width:.1f}"'
        if dash is not None and dash.get("val") != "solid"
        else ""
    )
    return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="{width:.1f}"{dashed}/>{heads}'


def _arrowhead(end: tuple[float, float], before: tuple[float, float], colour: str, width: float) -> str:
    angle = math.atan2(end[1] - before[1], end[0] - before[0])
    long = 4 + 3 * width
    corners = [
        end,
        *((end[0] - long * math.cos(angle + side), end[1] - long * math.sin(angle + side)) for side in (0.45, -0.45)),
    ]
    return f'<polygon points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in corners)}" fill="{colour}"/>'


def _words(shape: Any, box: Box, colours: Colours, fill: str | None) -> str | None:
    """What is written on a shape, its lines broken where they would not fit."""
    if not getattr(shape, "has_text_frame", False) or not shape.text_frame.text.strip():
        return ""
    if not _LETTERS.fullmatch(shape.text_frame.text.replace("\v", "\n").replace("\t", " ")):
        return None
    body = shape._element.find(f"{P}txBody")
    around = body.find(f"{A}bodyPr") if body is not None else None
    anchor = (around.get("anchor") if around is not None else None) or "t"
    ink = _ink(shape._element, colours) or ("#ffffff" if fill and _is_dark(fill) else colours.named("tx1"))
    lines: list[tuple[str, float, str, str, str]] = []
    for paragraph in shape.text_frame.paragraphs:
        sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
        size = min(max(max(sizes, default=18.0), 6.0), 60.0)
        run = next(iter(paragraph.runs), None)
        colour = colours.of(run._r.find(f"{A}rPr/{A}solidFill")) if run is not None else None
        bold = "bold" if run is not None and run.font.bold else "normal"
        aligned = (paragraph._p.pPr.get("algn") if paragraph._p.pPr is not None else None) or "l"
        room = max(int((box.wide - 6) / (0.52 * size)), 4)
        lines += [(line, size, colour or ink, bold, aligned) for line in _wrapped(text_of(paragraph), room)]
    total = sum(line[1] * 1.2 for line in lines)
    shrunk = min(1.0, max((box.high + 4) / total, 0.6)) if total > box.high > 0 else 1.0
    y = box.y + {"ctr": (box.high - total * shrunk) / 2, "b": box.high - total * shrunk - 3}.get(anchor, 3)
    drawn = []
    for text, size, colour, bold, aligned in lines:
        y += size * shrunk * 1.2
        x, hold = {"ctr": (box.x + box.wide / 2, "middle"), "r": (box.x + box.wide - 5, "end")}.get(
            aligned, (box.x + 5, "start")
        )
        if text:
            size *= shrunk
            drawn.append(
                f'<text x="{x:.1f}" y="{y - size * 0.25:.1f}" font-size="{size:.1f}" fill="{colour}" '
                f'font-weight="{bold}" text-anchor="{hold}" font-family="sans-serif">{escape(text)}</text>'
            )
    return "".join(drawn)


def _ink(element: Element, colours: Colours) -> str | None:
    style = element.find(f"{P}style")
    return colours.of(style.find(f"{A}fontRef")) if style is not None else None


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue < 140


def _wrapped(text: str, room: int) -> list[str]:
    import textwrap

    return [part for line in re.split(r"[\v\n]", text.replace("\t", " "))
            for part in textwrap.wrap(" ".join(line.split()), room, break_long_words=False) or [""]]  # fmt: skip


def _picture(shape: Any, box: Box) -> str | None:
    """A picture, cut as it is shown and no larger than the drawing needs it."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(shape.image.blob)) as file:
                wide, high = file.size
                if wide * high > 20_000_000 or not wide or not high:
                    return None
                cut = (shape.crop_left, shape.crop_top, 1 - shape.crop_right, 1 - shape.crop_bottom)
                left, top, right, low = (
                    round(min(max(part, 0), 1) * side) for part, side in zip(cut, (wide, high) * 2, strict=True)
                )
                image = file.convert("RGBA").crop((left, top, max(right, left + 1), max(low, top + 1)))
                image.thumbnail((max(round(box.wide * 2.5), 8), max(round(box.high * 2.5), 8)))
                out = io.BytesIO()
                image.save(out, "PNG")
    except (OSError, ValueError, KeyError, AttributeError, SyntaxError, ArithmeticError, Image.DecompressionBombError):
        return ""
    data = base64.b64encode(out.getvalue()).decode()
    return (f'<image x="{box.x:.1f}" y="{box.y:.1f}" width="{box.wide:.1f}" height="{box.high:.1f}" '
            f'preserveAspectRatio="none" href="data:image/png;base64,{data}"/>')  # fmt: skip


def theme_of(slide: Any) -> tuple[Colours, str]:
    """The colours of a slide's theme, and what lies behind all on it."""
    from lxml import etree

    master = slide.slide_layout.slide_master
    theme = None
    for relation in master.part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            try:
                theme = etree.fromstring(relation.target_part.blob, parser)
            except etree.XMLSyntaxError:
                theme = None
    given = master.element.find(f"{P}clrMap")
    colours = Colours(theme, dict(given.attrib) if given is not None else {})
    for holder in (slide, slide.slide_layout, master):
        behind = holder.element.find(f"{P}cSld/{P}bg")
        if behind is not None and (colour := colours.of(behind)):
            return colours, colour
        if behind is not None:
            break
    return colours, colours.named("bg1")
