"""What yt-dlp knows of a talk (its `info.json`), and which of its captions are taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from videogen.inputs.talk.cues import KINDS, LONGEST
from videogen.inputs.talk.document import Chapter
from videogen.model.errors import ValidationError, Where

MOST_CHAPTERS = 500
_SAVE = "yt-dlp --skip-download --write-info-json --write-subs --write-auto-subs URL"


class Captions(NamedTuple):
    """One caption track: where it is, or what it says."""

    tag: str
    """Its language, as the site calls it."""
    kind: str
    automatic: bool
    url: str = ""
    data: str | None = None


def check_kind(info: Any, where: Where) -> None:
    """Raise ValidationError for what is no single talk that has ended."""
    if not isinstance(info, dict) or not (info.get("id") or info.get("title")):
        raise ValidationError("this is no info.json of yt-dlp", where, f"write one: {_SAVE}")
    if info.get("_type", "video") in ("playlist", "multi_video") or "entries" in info:
        raise ValidationError("this is a playlist", where, "give the address of one of its videos")
    live = {
        "is_live": "this is live now",
        "is_upcoming": "this has not begun",
        "post_live": "this was live until just now, and its captions are not there yet",
    }.get(str(info.get("live_status")), "this is live now" if info.get("is_live") is True else "")
    if live:
        raise ValidationError(live, where, "come back when it is over")


def title_of(info: Mapping[str, Any]) -> str:
    """The talk's title on one line."""
    title = " ".join(str(info.get("title") or "").split())[:200]
    # of any page with a film in it, yt-dlp counts the films
    return title if info.get("extractor_key") == "Youtube" else title.removesuffix(" (1)")


def duration_of(info: Mapping[str, Any]) -> float:
    """How long it is, seconds; 0 where nobody says."""
    return _second(info.get("duration")) or 0.0


def chapters_of(info: Mapping[str, Any]) -> list[Chapter]:
    """Its chapters; what has no time or title is none."""
    listed = info.get("chapters")
    found = []
    for chapter in listed[:MOST_CHAPTERS] if isinstance(listed, list) else []:
        if isinstance(chapter, dict) and (start := _second(chapter.get("start_time"))) is not None:
            title = " ".join(str(chapter.get("title") or "").split())[:120]
            found.append(Chapter(start, title))
    return [chapter for chapter in found if chapter.title]


def choose(info: Mapping[str, Any], language: str, where: Where) -> Captions:
    """The captions in a language: an author's before a machine's. What a machine has translated is not taken.

    Raises ValidationError that lists the languages that there are.
    """
    own, heard = list(_tracks(info, "subtitles")), list(_tracks(info, "automatic_captions"))
    heard = [track for track in heard if not re.search(r"[?&]tlang=", track.url)]
    if originals := [track for track in heard if track.tag.endswith("-orig")]:
        heard = originals
    for tracks in (own, heard):
        if (track := _best(tracks, language)) is not None:
            return track
    there = [f"{tag}{by}" for tracks, by in ((own, ""), (heard, " (automatic)")) for tag in _tags(tracks)]
    if not there:
        raise ValidationError("it has no captions", where, "choose a talk that has some")
    listed = ", ".join(there[:12]) + (f" and {len(there) - 12} more" if len(there) > 12 else "")
    first = there[0].partition(" ")[0].removesuffix("-orig")
    raise ValidationError(
        f'it has no captions in "{language}"; there are: {listed}',
        where,
        f"write `languages: [{first}]` in the project",
    )


def _tracks(info: Mapping[str, Any], key: str) -> Iterator[Captions]:
    listed = info.get(key)
    for tag, forms in listed.items() if isinstance(listed, dict) else ():
        for form in forms if isinstance(forms, list) else ():
            if not isinstance(form, dict) or form.get("ext") not in KINDS:
                continue
            url, data = form.get("url"), form.get("data")
            if isinstance(url, str) or isinstance(data, str):
                yield Captions(
                    str(tag)[:40],
                    str(form["ext"]),
                    key == "automatic_captions",
                    url if isinstance(url, str) else "",
                    data if isinstance(data, str) else None,
                )


def _best(tracks: Sequence[Captions], language: str) -> Captions | None:
    def rank(track: Captions) -> tuple[int, str, int]:
        tag = track.tag.lower().removesuffix("-orig")
        return 0 if tag == language.lower() else 1 if tag == base else 2, tag, KINDS.index(track.kind)

    base = language.lower().partition("-")[0]
    fitting = [track for track in tracks if re.split("[-_]", track.tag.lower())[0] == base]
    return min(fitting, key=rank, default=None)


def _tags(tracks: Sequence[Captions]) -> list[str]:
    return sorted({track.tag for track in tracks})


def _second(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value < LONGEST else None
