"""What stands around a slide's content: progress, number, watermark, who speaks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image

from videogen.model.chrome import FOR_SCREENS
from videogen.model.errors import ValidationError
from videogen.model.script import Position
from videogen.scenes.elements import Bitmap, Element, Group, Shape, Text
from videogen.scenes.page import Page
from videogen.scenes.svg import is_svg, svg_drawing, svg_picture
from videogen.scenes.typefaces import drawable, length

_SIZE, _GAP, _INSET = 28, 32, 18


def chrome(page: Page, position: Position | None, cover: bool, over: bool = False) -> list[Group]:
    """The foot of a page. Openings and chapters have no number, and on the right nothing: shapes stand there. Over a
    picture, number and watermark stand on plates."""
    asked = page.look.chrome
    found: list[Element] = []
    if asked.progress and position:
        wide, tall = page.look.width, page.px(8)
        at = page.look.height - tall
        found.append(Shape(0, at, wide, tall, 0, page.theme.border))
        found.append(Shape(0, at, round(wide * position.index / position.count), tall, 0, page.accent))
    left, right, band = page.left, page.right, page.foot
    if asked.speaker:
        badge = _badge(page, asked.speaker, left, band)
        found += badge
        left = badge[0].box[2] + page.px(_GAP)
    if asked.number and position and not cover:
        inset = page.px(_INSET) if over else 0
        shown = _words(page, f"{position.index} / {position.count}", right - inset, band)
        found += [_plate(page, shown.box, band), shown] if over else [shown]
        right = shown.x - inset - page.px(_GAP)
    if asked.watermark:
        first = cover or not asked.speaker
        inset = page.px(_INSET) if over else 0
        mark = _watermark(page, left + inset if first else right - inset, band, first)
        if mark.box[0] - inset >= left and mark.box[2] + inset <= right:
            found += [_plate(page, mark.box, band), mark] if over else [mark]
    return [Group("chrome", tuple(found))] if found else []


def _words(page: Page, text: str, right: int, band: tuple[int, int]) -> Text:
    """A few words that end at `right`."""
    face, size = page.theme.fonts.label, page.px(_SIZE)
    shown = drawable(text, face)[0]
    width, tall = round(length(shown, face, size) + 0.5), round(size * 1.2)
    return Text(shown, right - width, (sum(band) - tall) // 2, width, tall, size, face, page.theme.muted, "label")


def _plate(page: Page, box: tuple[int, int, int, int], band: tuple[int, int]) -> Shape:
    """What something in the band stands on."""
    inset, tall = page.px(_INSET), band[1] - band[0]
    left, wide = box[0] - inset, box[2] - box[0] + 2 * inset
    return Shape(left, band[0], wide, tall, tall // 2, page.theme.surface, 1.0, page.theme.border, page.px(2))


def _badge(page: Page, name: str, left: int, band: tuple[int, int]) -> list[Element]:
    """Who speaks, on a plate with a disc in the accent."""
    tall, disc = band[1] - band[0], page.px(16)
    text = _words(page, name, 0, band)
    inset = page.px(_INSET)
    begins = left + inset + disc + page.px(12)
    plate = _plate(page, (left + inset, band[0], begins + text.width, band[1]), band)
    dot = Shape(left + inset, band[0] + (tall - disc) // 2, disc, disc, disc // 2, page.accent)
    return [plate, dot, Text(text.text, begins, *_rest(text), page.theme.text, "label")]


def _rest(text: Text) -> tuple[int, int, int, int, str]:
    return text.y, text.width, text.height, text.size, text.face


def _watermark(page: Page, side: int, band: tuple[int, int], from_left: bool) -> Text | Bitmap:
    """The words or the picture that begin, or end, at `side`."""
    asked = page.look.chrome
    if not asked.logo:
        text = _words(page, asked.watermark or "", side, band)
        return Text(text.text, side, *_rest(text), text.colour, "label") if from_left else text
    picture = logo(asked.logo, page.root, page.px(360), band[1] - band[0])
    return Bitmap(
        picture, side if from_left else side - picture.width, band[0] + (band[1] - band[0] - picture.height) // 2
    )


@lru_cache(maxsize=4)
def logo(path: str, root: Path, width: int, height: int) -> Image.Image:
    """A logo as RGBA, as large as fits the box. Raises ValidationError when it cannot be shown as it is meant."""
    if is_svg(path):
        drawing = svg_drawing(path, root)
        scale = min(width / drawing.width, height / drawing.height)
        return svg_picture(path, root, max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale)))
    try:
        with Image.open(root / path) as file:
            if file.mode not in FOR_SCREENS:
                raise ValidationError(
                    f'the logo "{path}" has its colours as {file.mode}, for print', hint="save it as a PNG in RGB"
                )
            seen = file.convert("RGBA")
    except FileNotFoundError as error:
        raise ValidationError(f'there is no logo "{path}"', hint="give its path from the file that names it") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(f'the logo "{path}" cannot be read: {error}', hint="save it again as a PNG") from error
    scale = min(width / seen.width, height / seen.height)
    size = max(1, round(seen.width * scale)), max(1, round(seen.height * scale))
    return seen.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
