"""A picture with a caption."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from videogen.model import limits
from videogen.model.errors import ValidationError
from videogen.model.kinds import Image
from videogen.scenes.elements import Element, Group, Raster, SceneKind, Shape
from videogen.scenes.page import OPTICAL_CENTRE, Page
from videogen.scenes.typeset import Line

EXAMPLE = """\
kind: image
content:
  header: How it fits together
  path: docs/architecture.png
  caption: Every arrow is a file on disk
"""

_CAPTION = ((44, 1), (40, 2), (36, 3))
_CAPTION_BESIDE = ((44, 6), (40, 8), (36, 10))
_ALONE = ((60, 4), (52, 5), (44, 7), (36, 10))
_HEADER = ((76, 3), (68, 4), (56, 5), (48, 6))
_TALL = 0.95
"""A picture with less width than this for its height stands beside its words."""
_ENLARGE = 2.0
"""A small picture is not blown up further than this: it would only look blurred."""


_LIGHT_MAT, _DARK_MAT = "#f7f8fa", "#10141f"


@dataclass(frozen=True)
class PictureFile:
    """A picture's header: upright size in pixels, and whether it may be transparent."""

    width: int
    height: int
    transparent: bool


def picture_file(path: str, root: Path) -> PictureFile:
    """Read a picture's header. Raises ValidationError, naming it, when it is missing, unreadable or too large."""
    import PIL.Image

    too_large = ValidationError(
        f'the picture "{path}" has more than {limits.MAX_IMAGE_PIXELS // 1_000_000} megapixels', hint="scale it down"
    )
    if not (root / path).is_file():
        raise ValidationError(f'there is no picture "{path}"', hint="give its path from the file that names it")
    try:
        with PIL.Image.open(root / path) as file:
            width, height = file.size
            turned = file.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            transparent = file.has_transparency_data
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning) as error:
        raise too_large from error
    except (OSError, SyntaxError, ValueError) as error:
        raise _unreadable(path) from error
    if width * height > limits.MAX_IMAGE_PIXELS:
        raise too_large
    return PictureFile(*((height, width) if turned else (width, height)), transparent)


def mat_colour(path: str, root: Path) -> str:
    """What a see-through picture is laid on: whichever of near-white and near-black its own ink stands out from."""
    import PIL.Image

    try:
        with PIL.Image.open(root / path) as file:
            file.thumbnail((128, 128))
            small = file.convert("RGBA")
    except (OSError, SyntaxError, ValueError) as error:
        raise _unreadable(path) from error
    greys = zip(small.convert("L").tobytes(), small.getchannel("A").tobytes(), strict=True)
    inked = [grey for grey, alpha in greys if alpha > 96]
    return _DARK_MAT if inked and sum(inked) / len(inked) > 150 else _LIGHT_MAT


def _unreadable(path: str) -> ValidationError:
    return ValidationError(f'"{path}" is not a picture that can be read', hint="PNG, JPEG, GIF, WebP and BMP work")


def layout(content: Image, page: Page) -> list[Group]:
    """A wide picture under its header; a tall one at the right with the words beside it."""
    file = picture_file(content.path, page.root)
    tall = file.width < file.height * _TALL
    if tall and (content.header or content.caption):
        return _beside(content, file, page)
    header, top = page.header(content.header)
    lines, size = _caption(content, page, page.columns(10))
    leading = round(size * 1.35)
    foot = len(lines) * leading + page.px(28) if lines else 0
    alone = not header and not lines
    picture, box = _framed(content, file, page, (page.left, top, page.right, page.bottom - foot), 0.5 if alone else 0.0)
    groups = [Group("header", tuple(header) or (page.spine(box[1], box[3] - box[1]),))]
    groups.append(Group("picture", picture))
    if lines:
        text = page.block(lines, page.left, box[3] + page.px(28), size, leading)
        groups.append(Group("caption", tuple(text), "start", 0.25, 0.5, dy=page.px(12)))
    return groups


def _beside(content: Image, file: PictureFile, page: Page) -> list[Group]:
    half = page.columns(6)
    picture, _ = _framed(content, file, page, (page.right - half, page.top, page.right, page.bottom), 0.5)
    title, large = page.fitted(content.header, "header", _HEADER, half, page.theme.fonts.header, page.theme.text)
    if content.header:
        lines, size = _caption(content, page, half)
    else:
        lines, size = page.fitted(content.caption, "caption", _ALONE, half, page.theme.fonts.body, page.theme.text)
    step, leading, gap = round(large * 1.14), round(size * 1.4), page.px(32)
    height = len(title) * step + gap + len(lines) * leading
    y = page.settled(page.top, height)
    mark = page.spine(y, height)
    groups = [
        Group("header", (mark, *page.block(title, page.left, y, large, step, "header"))),
        Group("picture", picture),
    ]
    if lines:
        text = page.block(lines, page.left, y + len(title) * step + (gap if title else 0), size, leading)
        groups.append(Group("caption", tuple(text), "start", 0.25, 0.5, dy=page.px(12)))
    return groups


def _caption(content: Image, page: Page, width: int) -> tuple[list[Line], int]:
    steps = _CAPTION if width > page.columns(6) else _CAPTION_BESIDE
    return page.fitted(content.caption, "caption", steps, width, page.theme.fonts.body, page.theme.muted, "calm")


def _framed(
    content: Image, file: PictureFile, page: Page, room: tuple[int, int, int, int], across: float
) -> tuple[tuple[Element, ...], tuple[int, int, int, int]]:
    """The picture with its frame, as large as fits the room and `across` of the free width from its left."""
    theme, line, radius = page.theme, page.px(2), page.px(20)
    edge = line + (page.px(48) if file.transparent else 0)
    left, top, right, bottom = room
    room_x, room_y = right - left - 2 * edge, bottom - top - 2 * edge
    scale = min(room_x / file.width, room_y / file.height, _ENLARGE * page.look.height / 1080)
    width, height = max(1, round(file.width * scale)), max(1, round(file.height * scale))
    x = left + edge + round((room_x - width) * across)
    y = top + edge + round((room_y - height) * (0.5 if across else OPTICAL_CENTRE))
    behind = mat_colour(content.path, page.root) if file.transparent else theme.surface
    box = (x - edge, y - edge, x + width + edge, y + height + edge)
    frame = Shape(*box[:2], box[2] - box[0], box[3] - box[1], radius + line, behind, 1.0, theme.border, line)
    picture = Raster(content.path, x, y, width, height, 0 if file.transparent else radius)
    return (frame, picture), box


KIND = SceneKind("image", Image, layout, EXAMPLE)
