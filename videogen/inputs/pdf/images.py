"""Pictures that lie on a page, as PNG or JPEG files with the same name each time."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from videogen.inputs.pdf.pages import Page

if TYPE_CHECKING:
    from pdfminer.layout import LTImage
    from PIL import Image
    from pypdf import PdfReader

Box = tuple[float, float, float, float]

MOST = 60
"""Pictures of one document."""

MAX_PIXELS = 30_000_000
"""A larger picture is left out: decoding it takes long, and memory."""

LONGEST = 2400
"""Pixels of the longer side that are kept; a film has no more to show."""

MIN_PIXELS = 80
"""A side with fewer is a logo or an ornament."""

MIN_SHARE = 0.15
"""So much of the page's width, or of its height, a picture takes to be looked at."""


class Pictures:
    """Takes the pictures of page after page; one that comes again is taken once."""

    def __init__(self, reader: PdfReader) -> None:
        self.reader = reader
        self.seen: set[str] = set()
        self.count = 0

    def of(self, page: Page, images: Sequence[LTImage]) -> list[tuple[str, Box, bytes]]:
        """Name, place and content of each picture of a page that is worth showing."""
        wanted = [image for image in images if _is_useful(image, page)]
        if not wanted or self.count >= MOST:
            return []
        found = self.reader.pages[page.number - 1].images
        keys = {(key if isinstance(key, str) else key[-1]).lstrip("/"): key for key in found.keys()}  # noqa: SIM118
        taken: list[tuple[str, Box, bytes]] = []
        for image in wanted:
            key = keys.get(image.name)
            if key is None or self.count >= MOST:
                continue
            try:
                file = _file(found[key].image)
            except Exception:  # a picture that no library can decode is no reason to lose its page
                continue
            digest = hashlib.sha256(file).hexdigest() if file else ""
            if file is None or digest in self.seen:
                continue
            self.seen.add(digest)
            self.count += 1
            suffix = "jpg" if file.startswith(b"\xff\xd8") else "png"
            taken.append((f"page-{page.number}-{len(taken) + 1}.{suffix}", image.bbox, file))
        return taken


def _is_useful(image: LTImage, page: Page) -> bool:
    width, height = image.srcsize
    if not isinstance(width, int) or not isinstance(height, int) or image.imagemask:
        return False
    if min(width, height) < MIN_PIXELS or width * height > MAX_PIXELS:
        return False
    wide, high = image.width / max(page.width, 1), image.height / max(page.height, 1)
    if wide > 0.9 and high > 0.9:
        return False  # a scanned page, or the ground of a slide
    return (wide >= MIN_SHARE and high >= MIN_SHARE / 2) or (high >= MIN_SHARE and wide >= MIN_SHARE / 2)


def _file(image: Image.Image | Any) -> bytes | None:
    """A picture as a file; None for one of a single colour."""
    if image is None:
        return None
    photo = image.format in ("JPEG", "JPEG2000") or image.mode == "CMYK"
    if image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        image = image.convert("RGB")
    if image.mode in ("LA", "RGBA", "P"):
        photo = False
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    image.thumbnail((LONGEST, LONGEST))
    if len(set(image.convert("L").getextrema())) < 2 and image.convert("RGB").getcolors(1):
        return None
    out = io.BytesIO()
    if photo:
        image.convert("RGB").save(out, "JPEG", quality=90)
    else:
        image.save(out, "PNG", compress_level=6)
    return out.getvalue()
