"""A clip that plays on the slide, with a caption: whole in a frame, or filling its place."""

from __future__ import annotations

from pathlib import Path

from videogen.model.clip import ClipFile, read_clip
from videogen.model.errors import ValidationError
from videogen.model.kinds import Video
from videogen.scenes.elements import Group, SceneKind
from videogen.scenes.framed import Shown, arranged
from videogen.scenes.page import Page

EXAMPLE = """\
kind: video
content:
  header: One edit, seen live
  path: docs/edit.mp4
  caption: From the keystroke to the new film
"""


def clip_file(path: str, root: Path) -> ClipFile:
    """What a clip is. Raises ValidationError, naming it, when it is missing or cannot be played."""
    try:
        return read_clip(root / path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ValidationError(
            f'the clip "{path}" cannot be played: {reason}', hint="name an MP4, WebM or MOV file"
        ) from error


def layout(content: Video, page: Page) -> list[Group]:
    """Where a picture of its size would stand; it is played in that place, from the end of the transition on."""
    file = clip_file(content.path, page.root)
    left, top, right, bottom = content.part
    end = min(content.end or file.seconds, file.seconds)
    if end <= content.start:
        raise ValidationError(f'the clip "{content.path}" is over after {file.seconds:.2f} s, before it would start')
    size = file.width * (right - left), file.height * (bottom - top)
    return arranged(content, Shown(content.path, *size, content.part, plays=(content.start, end)), page)


KIND = SceneKind("video", Video, layout, EXAMPLE, verbatim=frozenset({"fit", "sound"}))
