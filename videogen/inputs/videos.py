"""The videos of a project: the one that it is, or the several that it lists, each laid over what they share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from videogen.inputs.nodes import Node, over
from videogen.model.errors import ValidationError
from videogen.model.scene import LONGEST_SLUG, SLUG, slugify

MOST_VIDEOS = 200
"""Videos of one project."""

ORIGINS = ("source", "scenes", "template")
"""Where what a video says comes from: one that names its own does not take that of all."""

_SLUG = re.compile(SLUG)
_OF_THE_SET = ("videos", "title", "description")


class Entry(NamedTuple):
    """A video of a project that lists several; `id` is "" for the one that a project is by itself."""

    id: str
    node: Node


def videos_of(project: Node) -> Iterator[Entry]:
    """The videos of a project. Raises ValidationError for a list of videos that cannot be one.

    Title and description of a project of several are its own; everything else beside `videos` is for all of them.
    """
    listed = project.get("videos")
    if listed is None:
        yield Entry("", project)
        return
    if not isinstance(listed.data, list) or not listed.data:
        raise ValidationError(
            "`videos` must be a list of videos, and not empty", listed.mark.where(), "begin each with `- id: name`"
        )
    if len(listed.data) > MOST_VIDEOS:
        raise ValidationError(
            f"more than {MOST_VIDEOS} videos", listed.data[MOST_VIDEOS].mark.where(), "make several projects of them"
        )
    shared = project.without(_OF_THE_SET)
    seen: dict[str, Node] = {}
    for video in listed.data:
        name = _id(video)
        if name in seen:
            line = seen[name].mark.line + 1
            where = video.data["id"].mark.where()
            raise ValidationError(
                f'two videos are called "{name}", the first on line {line}', where, "rename one of them"
            )
        seen[name] = video.data["id"]
        yield Entry(name, laid(video.without(("id",)), shared))


def laid(own: Node, shared: Node) -> Node:
    """A video over what it shares with others, of which it does not take the origin if it has its own."""
    origin = own.data.keys() & {*ORIGINS}
    if origin:
        shared = shared.without(ORIGINS if "template" in origin else (*ORIGINS, "variables"))
    return over(own, shared)


def _id(video: Node) -> str:
    if not isinstance(video.data, dict):
        raise ValidationError("a video is a mapping of keys to values", video.mark.where(), "begin it with `id: name`")
    if "videos" in video.data:
        raise ValidationError(
            "a video cannot hold videos", video.keys["videos"].where(), "list them all in the project's `videos`"
        )
    named = video.get("id")
    if named is None:
        misnamed = next((key for key in ("video_id", "name") if key in video.data), None)
        where = video.keys[misnamed].where() if misnamed else video.mark.where()
        raise ValidationError("this video has no id", where, "give it one, as in `id: intro`")
    if not isinstance(named.data, str) or not _SLUG.fullmatch(named.data) or len(named.data) > LONGEST_SLUG:
        raise ValidationError(
            f'`id` is "{str(named.data)[:60]}", but must be lower-case letters and digits, joined by single - or _',
            named.mark.where(),
            f'for example "{slugify(str(named.data), "intro")}"',
        )
    return named.data
