"""Pictures that lie inside a document: looked at before they are believed, and named by what they hold."""

from __future__ import annotations

import hashlib
import io
import warnings

from videogen.model import limits

MOST_BYTES = 20_000_000
"""A larger picture inside a document is left out."""
MOST_TOGETHER = 200_000_000
"""So many bytes of pictures are taken from one document."""

_KEPT = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
_TURNED = ("BMP", "TIFF", "DIB", "PPM")
"""Forms that are turned into PNG."""
_VECTOR = {b"\xd7\xcd\xc6\x9a": "WMF", b"\x01\x00\x00\x00": "EMF", b"%!PS": "PostScript", b"\xc5\xd0\xd3\xc6": "EPS"}


class Pictures:
    """The pictures of one document, each once, by a name that stays as long as the picture does."""

    def __init__(self) -> None:
        self.taken: dict[str, bytes] = {}
        self.left_out: list[str] = []
        self._bytes = 0

    def add(self, data: bytes, place: str) -> str | None:
        """The name of a picture at `place`, as in "slide 3"; None, and a note, for one that cannot be shown."""
        try:
            suffix, data = _known(data)
            if self._bytes + len(data) > MOST_TOGETHER:
                raise ValueError(f"there are more than {MOST_TOGETHER // 10**6} MB of pictures")
        except ValueError as error:
            self.left_out.append(f"{place}: a picture: {error}")
            return None
        name = f"picture-{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"
        if name not in self.taken:
            self.taken[name] = data
            self._bytes += len(data)
        return name


def _known(data: bytes) -> tuple[str, bytes]:
    """The suffix of a picture, and its bytes, turned into PNG where need be. Raises ValueError that says why not."""
    if len(data) > MOST_BYTES:
        raise ValueError(f"it has more than {MOST_BYTES // 10**6} MB")
    if vector := next((name for head, name in _VECTOR.items() if data.startswith(head)), None):
        raise ValueError(f"it is a drawing in the form of {vector}, which cannot be drawn")
    if b"<svg" in data[:4096].lower():
        return "svg", data
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a broken EXIF block is no reason to stop, and size has a bound of our own
        try:
            with Image.open(io.BytesIO(data)) as image:
                width, height = image.size
                if width * height > limits.MAX_IMAGE_PIXELS:
                    most = limits.MAX_IMAGE_PIXELS // 10**6
                    raise ValueError(f"it has {width} x {height} pixels; at most {most} million are allowed")
                form = image.format or ""
                if form in _KEPT:
                    image.load()
                    return _KEPT[form], data
                if form in _TURNED:
                    out = io.BytesIO()
                    image.convert("RGBA" if "A" in image.getbands() else "RGB").save(out, "PNG", compress_level=1)
                    return "png", out.getvalue()
        except Image.DecompressionBombError:
            raise ValueError("it has far too many pixels") from None
        except UnidentifiedImageError:
            raise ValueError("it is in no known form") from None
        except (OSError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError) as error:
            raise ValueError(f"it is damaged ({error})") from None
    raise ValueError(f"it is in the form of {form or 'an unknown kind'}")
