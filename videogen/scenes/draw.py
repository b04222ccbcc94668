"""A scene's picture to its files: `ground.png`, `first.png`, `final.png`, `layers.png` and `motion.json`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pydantic
from PIL import Image, ImageOps

from videogen.model.base import Model
from videogen.model.errors import ValidationError
from videogen.model.kinds import Content, content_type
from videogen.model.motion import Motion
from videogen.model.points import registered
from videogen.model.script import Picture
from videogen.model.theme import Look
from videogen.scenes.backdrop import backdrop, backdrop_file
from videogen.scenes.chrome import chrome
from videogen.scenes.compose import compose
from videogen.scenes.elements import Group, Moving, Raster, SceneKind
from videogen.scenes.mirror import mirrored, right_to_left
from videogen.scenes.page import Page
from videogen.scenes.pages import paged
from videogen.scenes.png import png_bytes
from videogen.scenes.typefaces import drawable, spoken_in

_APOSTROPHE = re.compile(r"(?<=[A-Za-z])'(?=(?:s|t|re|ve|ll|d|m)\b)")
"""The typewriter's apostrophe in an English contraction or genitive: slides are set with the real one."""


@dataclass(frozen=True)
class Drawn:
    """PNG files as bytes, and the motion that goes with them."""

    ground: bytes
    """The slide without its content."""
    first: bytes
    final: bytes
    layers: bytes
    motion: Motion


@cache
def scene_kind(name: str) -> SceneKind:
    """The registered kind of this name. Raises ValidationError, naming the closest, when there is none."""
    try:
        content_type(name)
    except ValueError as error:
        raise ValidationError(str(error)) from error
    return next(point.load() for point in registered("videogen.scene_kinds") if point.name == name)


@dataclass(frozen=True)
class Slide:
    """A content laid out: what is where, on as many pages as it takes."""

    content: Content
    pages: list[list[Group]]
    missing: list[str]
    """Characters that no typeface has."""
    rtl: bool = False
    """Read from the right, and mirrored."""


def lay_out(picture: Picture, look: Look, root: Path) -> Slide:
    """Where everything is. Paths of pictures count from `root`.

    Raises ValidationError when the content is not of its kind or does not fit at the smallest legible size.
    """
    kind = scene_kind(picture.kind)
    try:
        content = kind.content.model_validate(picture.content)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValidationError(f"{picture.kind} scene: {place}: {first['msg']}") from error
    look = spoken_in(look, picture.language)
    shown, missing = _drawable(content, kind, look)
    rtl = right_to_left(shown, kind, picture.language)
    pages = paged(kind, shown, Page(look, root, picture.kind, rtl, language=picture.language))
    return Slide(content, [mirrored(page, look.width) for page in pages] if rtl else pages, missing, rtl)


def draw(picture: Picture, look: Look, root: Path) -> Drawn:
    """Draw a scene. Deterministic: equal input gives equal bytes.

    `ground` is the slide without its content. What is there from the start is in `first`; what comes with a cue is in
    `layers`, so that `first` with all layers that have not left laid over it in order is `final`. Raises
    ValidationError as `lay_out` does, and for a picture that cannot be read.
    """
    slide = lay_out(picture, look, root)
    ground = _ground(look, picture.kind, root, slide.rtl)
    filled = _filled(slide, look)
    cover = scene_kind(picture.kind).cover
    around = chrome(Page(look, root, picture.kind), picture.position, cover, filled)
    around = mirrored(around, look.width) if slide.rtl else around
    framed = compose(ground, [around], look, root) if around and not filled else None
    pages = [[*slide.pages[0], *around], *slide.pages[1:]] if filled else slide.pages
    bare = framed.first if framed else ground
    made = compose(bare, pages, look, root)
    motion = Motion(
        width=look.width,
        height=look.height,
        cues=slide.content.cue_names(),
        layers=made.layers,
        moves=made.moves,
        window=made.window,
        text=[*(framed.text if framed else []), *made.text],
        missing_glyphs=slide.missing,
    )
    if framed or slide.rtl:
        own = png_bytes(bare)
    else:
        own = backdrop_file(look, cover, Page(look, root, picture.kind).written(cover), root)
    return Drawn(own, png_bytes(made.first), png_bytes(made.final), png_bytes(made.atlas), motion)


def _filled(slide: Slide, look: Look) -> bool:
    """Whether a picture fills the frame: what stands around a slide then stands on it."""
    frame = (0, 0, look.width, look.height)
    return any(
        one.box == frame for group in slide.pages[0] for one in group.elements if isinstance(one, Raster | Moving)
    )


def _ground(look: Look, kind: str, root: Path, rtl: bool) -> Image.Image:
    """A scene's background; its shapes stand at the other side where a page is read from the right."""
    cover = scene_kind(kind).cover
    written = Page(look, root, kind).written(cover)
    if not rtl:
        return backdrop(look, cover, written, root)
    if look.theme.picture:
        turned = tuple((look.width - right, top, look.width - left, bottom) for left, top, right, bottom in written)
        return backdrop(look, cover, turned, root)
    return ImageOps.mirror(backdrop(look, cover, written, root))


def _drawable(content: Content, kind: SceneKind, look: Look) -> tuple[Content, list[str]]:
    """The content without what cannot be drawn, and those characters in order of appearance."""
    missing: dict[str, None] = {}
    fonts = look.theme.fonts

    def clean(value: Any, face: str) -> Any:
        if isinstance(value, str):
            text, gone = drawable(value if face == fonts.code else _APOSTROPHE.sub("\u2019", value), face)
            missing.update(dict.fromkeys(gone))
            return text
        if isinstance(value, list):
            return [clean(item, face) for item in value]
        if isinstance(value, Model):
            return value.model_copy(
                update={name: clean(getattr(value, name), face) for name in type(value).model_fields}
            )
        return value

    changed = {
        name: clean(getattr(content, name), fonts.code if name in kind.mono else fonts.body)
        for name in type(content).model_fields
        if name not in kind.verbatim and name not in content.paths
    }
    return content.model_copy(update=changed), list(missing)
