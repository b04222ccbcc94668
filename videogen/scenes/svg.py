"""SVG drawings as pictures, with no typefaces but those that travel with the package, and no other files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from videogen.model import limits
from videogen.model.errors import ValidationError
from videogen.model.svg import Drawing, read_svg
from videogen.scenes.typefaces import coverage, font_files

if TYPE_CHECKING:
    from PIL.Image import Image

_FAMILY, _MONO = "Inter", "JetBrains Mono"


def is_svg(path: str) -> bool:
    """Whether a picture is an SVG drawing, by its name."""
    return path.lower().endswith(".svg")


def svg_drawing(path: str, root: Path) -> Drawing:
    """The drawing, looked through. Raises ValidationError, naming it, when it cannot be drawn faithfully."""
    try:
        drawing = read_svg(root / path)
    except FileNotFoundError:
        raise ValidationError(
            f'there is no picture "{path}"', hint="give its path from the file that names it"
        ) from None
    except (OSError, ValueError) as error:
        raise _unusable(path, str(error)) from error
    known = coverage("inter-regular") | coverage("mono-regular")
    strange = [char for char in drawing.letters if not char.isspace() and ord(char) not in known]
    if strange:
        raise ValidationError(
            f'the drawing "{path}" has characters that no typeface here has: {" ".join(strange[:12])}',
            hint="convert its text to outlines",
        )
    return drawing


def svg_picture(path: str, root: Path, width: int, height: int) -> Image:
    """The drawing in this size, RGBA. Raises ValidationError as `svg_drawing` does."""
    import io

    import PIL.Image
    import resvg_py

    drawing = svg_drawing(path, root)
    if width * height > limits.MAX_IMAGE_PIXELS:
        raise _unusable(path, "so small a part of it cannot be shown so large")
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=drawing.markup,
            width=width,
            dpi=96,
            skip_system_fonts=True,
            font_files=[str(file) for file in font_files()] if drawing.letters else [],
            font_family=_FAMILY,
            sans_serif_family=_FAMILY,
            serif_family=_FAMILY,
            cursive_family=_FAMILY,
            fantasy_family=_FAMILY,
            monospace_family=_MONO,
        )
    except ValueError as error:
        raise _unusable(path, str(error)) from error
    with PIL.Image.open(io.BytesIO(bytes(png))) as file:
        picture = file.convert("RGBA")
    if picture.size != (width, height):
        picture = picture.resize((width, height), PIL.Image.Resampling.LANCZOS)
    return picture


def _unusable(path: str, why: str) -> ValidationError:
    return ValidationError(
        f'the drawing "{path}" cannot be used: {why}', hint="save it as plain SVG, or export it as PNG"
    )
