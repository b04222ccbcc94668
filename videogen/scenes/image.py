"""A picture with a caption."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from videogen.model import limits
from videogen.model.errors import ValidationError
from videogen.model.kinds import Image
from videogen.scenes.elements import Group, Raster, SceneKind, Shape
from videogen.scenes.page import Page

EXAMPLE = """\
kind: image
content:
  header: How it fits together
  path: docs/architecture.png
  caption: Every arrow is a file on disk
"""

_CAPTION = ((38, 1), (36, 3))
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
    inked = [grey for grey, alpha in small.convert("LA").getdata() if alpha > 96]
    return _DARK_MAT if inked and sum(inked) / len(inked) > 150 else _LIGHT_MAT


def _unreadable(path: str) -> ValidationError:
    return ValidationError(f'"{path}" is not a picture that can be read', hint="PNG, JPEG, GIF, WebP and BMP work")


def layout(content: Image, page: Page) -> list[Group]:
    """The picture as large as fits, centred, with its caption under it; a see-through one on a mat."""
    file = picture_file(content.path, page.root)
    header, top = page.header(content.header)
    theme, fonts = page.theme, page.theme.fonts
    lines, size = page.fitted(content.caption, "caption", _CAPTION, page.columns(10), fonts.body, theme.muted)
    leading = round(size * 1.35)
    foot = len(lines) * leading + page.px(28) if lines else 0
    line, radius = page.px(2), page.px(20)
    mat = page.px(48) if file.transparent else 0
    edge = mat + line
    room_x, room_y = page.width - 2 * edge, page.bottom - top - foot - 2 * edge
    scale = min(room_x / file.width, room_y / file.height, _ENLARGE * page.look.height / 1080)
    width, height = max(1, round(file.width * scale)), max(1, round(file.height * scale))
    x = page.left + (page.width - width) // 2
    y = top + edge + (room_y - height) // 2
    behind = mat_colour(content.path, page.root) if file.transparent else theme.surface
    frame = Shape(
        x - edge, y - edge, width + 2 * edge, height + 2 * edge, radius + line, behind, 1.0, theme.border, line
    )
    picture = Raster(content.path, x, y, width, height, 0 if mat else radius)
    groups = [Group("header", tuple(header))] if header else []
    groups.append(Group("picture", (frame, picture)))
    if lines:
        at = y + height + edge + page.px(28)
        text = page.block(lines, page.left, at, size, leading, align="center", width=page.width)
        groups.append(Group("caption", tuple(text), "start", 0.25, 0.5, dy=page.px(12)))
    return groups


KIND = SceneKind("image", Image, layout, EXAMPLE, verbatim=frozenset({"path"}))
