"""Clips that a project names: looked at before anything is made of them."""

from __future__ import annotations

from pathlib import Path

from videogen.inputs.named import looked_at
from videogen.inputs.yamltree import Loc, Tree
from videogen.model import limits
from videogen.model.clip import read_clip
from videogen.model.errors import ValidationError
from videogen.model.kinds import Video

_ROUNDING = 0.05
"""Seconds by which what people read off a player may be after the end."""


def clip_section(content: Video, path: Path, shown: str, tree: Tree, loc: Loc) -> Video:
    """The content with the second at which its clip ends. `shown` is the path in messages, `loc` the content's place.

    Raises ValidationError for a clip that cannot be played, has not the part or the sound that is asked for, or
    plays for more than `limits.MAX_CLIP_SECONDS`.
    """
    where = tree.where((*loc, "path"))
    refusal = f'the clip "{shown}" cannot be played'
    clip = looked_at(lambda: read_clip(path), shown, where, refusal, "name an MP4, WebM or MOV file")
    lasts = f'the clip "{shown}" is over after {clip.seconds:.2f} s'
    if content.start >= clip.seconds:
        raise ValidationError(
            f"{lasts}, before `start`, {content.start:g}", tree.where((*loc, "start")), "start earlier"
        )
    if content.end is not None and content.end > clip.seconds + _ROUNDING:
        raise ValidationError(f"{lasts}, before `end`, {content.end:g}", tree.where((*loc, "end")), "leave it out")
    if content.sound != "muted" and not clip.sounds:
        raise ValidationError(f'the clip "{shown}" has no sound', tree.where((*loc, "sound")), "leave `sound` out")
    end = min(content.end or clip.seconds, clip.seconds)
    if end - content.start > limits.MAX_CLIP_SECONDS:
        raise ValidationError(
            f'the clip "{shown}" plays for {end - content.start:.0f} s; at most {limits.MAX_CLIP_SECONDS} are shown',
            where,
            "give the part that matters with `start` and `end`",
        )
    return content.model_copy(update={"end": round(end, 4)})
