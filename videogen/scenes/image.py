"""A picture with a caption: whole in a frame, or filling its place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from videogen.model import limits
from videogen.model.errors import ValidationError
from videogen.model.kinds import Image
from videogen.scenes.elements import Group, SceneKind
from videogen.scenes.framed import Shown, arranged
from videogen.scenes.page import Page
from videogen.scenes.svg import is_svg, svg_drawing, svg_picture

EXAMPLE = """\
kind: image
content:
  header: How it fits together
  path: docs/architecture.png
  caption: Every arrow is a file on disk
"""

_LIGHT_MAT, _DARK_MAT = "#f7f8fa", "#10141f"


@dataclass(frozen=True)
class PictureFile:
    """A picture's header: upright size in pixels, and whether it may be transparent."""

    width: float
    height: float
    transparent: bool
    drawn: bool = False
    """It is a drawing: as sharp at any size."""


def picture_file(path: str, root: Path) -> PictureFile:
    """Read a picture's header. Raises ValidationError, naming it, when it is missing, unreadable or too large."""
    import PIL.Image

    too_large = ValidationError(
        f'the picture "{path}" has more than {limits.MAX_IMAGE_PIXELS // 1_000_000} megapixels', hint="scale it down"
    )
    if is_svg(path):
        drawing = svg_drawing(path, root)
        return PictureFile(drawing.width, drawing.height, True, True)
    if not os.path.isfile(root / path):
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


def mat_colour(path: str, root: Path) -> str | None:
    """What a see-through picture is laid on: whichever of near-white and near-black its own ink stands out from.

    None when it has no see-through place after all.
    """
    import PIL.Image

    if is_svg(path):
        drawing = svg_drawing(path, root)
        scale = 128 / max(drawing.width, drawing.height)
        small = svg_picture(path, root, max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale)))
    else:
        try:
            with PIL.Image.open(root / path) as file:
                file.thumbnail((128, 128))
                small = file.convert("RGBA")
        except (OSError, SyntaxError, ValueError) as error:
            raise _unreadable(path) from error
    opacity = small.getchannel("A").tobytes()
    if min(opacity) == 255:
        return None
    greys = zip(small.convert("L").tobytes(), opacity, strict=True)
    inked = [grey for grey, alpha in greys if alpha > 96]
    return _DARK_MAT if inked and sum(inked) / len(inked) > 150 else _LIGHT_MAT


def _unreadable(path: str) -> ValidationError:
    return ValidationError(f'"{path}" is not a picture that can be read', hint="PNG, JPEG, GIF, WebP, BMP and SVG work")


def layout(content: Image, page: Page) -> list[Group]:
    """A picture that covers fills the frame, or all below its header. One that is shown whole stands under its
    header, or beside its words where that leaves it as large and the page better filled."""
    file = picture_file(content.path, page.root)
    left, top, right, bottom = part = content.part
    mat = mat_colour(content.path, page.root) if file.transparent else None
    size = file.width * (right - left), file.height * (bottom - top)
    move = "none" if page.look.still else content.move
    return arranged(content, Shown(content.path, *size, part, mat, file.drawn, move), page)


KIND = SceneKind("image", Image, layout, EXAMPLE, verbatim=frozenset({"alt", "fit", "move"}))
