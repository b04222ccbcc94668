"""Talks on YouTube, and on other sites that yt-dlp knows: what their captions say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.named import named_file
from videogen.inputs.text import decode, read_bytes
from videogen.model.errors import ValidationError, Where

MOST_BYTES = 20_000_000
"""Of a caption file, or of an info.json."""
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_HOSTS = ("youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube-nocookie.com")
_INFO = ".info.json"
_FACTS = ("id", "title", "duration", "chapters", "language", "channel", "extractor_key")


class _YouTube:
    name = "youtube"
    what = "a talk's captions: a YouTube address or id, an .info.json of yt-dlp, or another site that yt-dlp knows"
    limits = "captions in the film's language, an author's before a machine's; no live, private or paid videos"
    takes: Literal["content", "address"] = "address"
    max_bytes = 0
    needs: tuple[str, ...] = ()
    extra = ""

    def reads(self, value: str, head: bytes, media_type: str) -> bool:
        return value.lower().endswith(_INFO) or _is_youtube(value)

    def read(self, given: Given) -> Reading:
        from videogen.inputs.talk.cues import read_cues
        from videogen.inputs.talk.document import Talk, document_of
        from videogen.inputs.talk.info import chapters_of, duration_of, title_of

        if given.value.lower().endswith(_INFO) and "://" not in given.value:
            found, address, read = _from_file(given), "", True
        else:
            address = video_address(given.value, given.named_at or given.where)
            found = json.loads(given.keep(f"{address} {given.language}", lambda: _fetched(address, given)))
            read = False
        info, captions = found["info"], found["captions"]
        cues = read_cues(captions["text"], captions["kind"], given.named_at or given.where)
        talk = Talk(title_of(info), duration_of(info), chapters_of(info), cues, captions["automatic"])
        reading = document_of(talk, given.shown)
        if not reading.text:
            raise ValidationError("nobody says a word in its captions", given.named_at or given.where, "choose another")
        inputs = [Path(path) for path in captions.get("files", ())] if read else []
        return Reading(**{**vars(reading), "address": address, "inputs": inputs})


def video_address(value: str, where: Where) -> str:
    """The address of the one video that a person named: an id, or a link in any of its forms.

    >>> video_address("https://youtu.be/dQw4w9WgXcQ?t=42", Where("a.yaml"))
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
    """
    if _ID.fullmatch(value):
        return f"https://www.youtube.com/watch?v={value}"
    if not _is_youtube(value):
        if "://" in value:
            return value
        raise ValidationError(
            f'"{value[:60]}" is no id of a YouTube video', where, "an id has 11 letters; or give the whole address"
        )
    parts = urlsplit(value)
    query, path = parse_qs(parts.query), [part for part in parts.path.split("/") if part]
    if parts.hostname == "youtu.be":
        ids = path[:1]
    elif path[:1] in (["embed"], ["shorts"], ["live"], ["v"]):
        ids = path[1:2]
    else:
        ids = query.get("v", [])[:1]
    if ids and _ID.fullmatch(ids[0]) and ids[0] != "videoseries":
        return f"https://www.youtube.com/watch?v={ids[0]}"
    what = "a playlist" if "list" in query or path[:1] == ["playlist"] else "no address of a video"
    raise ValidationError(f"this is {what}", where, "give the address of one video")


def _is_youtube(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and (parts.hostname or "") in (*_HOSTS, "youtu.be")
    except ValueError:
        return False


def _fetched(address: str, given: Given) -> bytes:
    """What is kept of a talk: what yt-dlp says of it that matters, and its captions."""
    from videogen.inputs.talk.info import check_kind, choose
    from videogen.inputs.talk.ytdlp import extract

    where = given.named_at or given.where
    info = extract(address, where)
    check_kind(info, where)
    track = choose(info, given.language, where)
    captions = {
        "tag": track.tag,
        "kind": track.kind,
        "automatic": track.automatic,
        "text": track.data if track.data is not None else _download(track.url, where),
    }
    kept = {key: info[key] for key in _FACTS if key in info}
    return json.dumps({"info": kept, "captions": captions}, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _download(url: str, where: Where) -> str:
    from videogen.inputs.fetch import fetch

    answer = fetch(url, lambda head: MOST_BYTES, where)
    if not answer.data.strip():
        raise ValidationError("its captions are empty", where, "try again later, or choose another")
    return decode(answer.data, what="captions", shown=urlsplit(url).hostname or "captions")


def _from_file(given: Given) -> dict[str, Any]:
    """An info.json that yt-dlp wrote, with the caption file beside it, or the one that it names on the web."""
    from videogen.inputs.talk.cues import KINDS
    from videogen.inputs.talk.info import Captions, check_kind, choose

    where = given.where
    if given.path is None:
        raise ValidationError(f'there is no file "{given.value}"', given.named_at or where, "check the path")
    data = read_bytes(given.path, what="info.json", shown=given.shown, limit=MOST_BYTES, named_at=given.named_at)
    try:
        info = json.loads(decode(data, what="info.json", shown=given.shown))
    except (ValueError, RecursionError) as error:
        raise ValidationError(f"this is no JSON: {str(error)[:80]}", where, "write it again with yt-dlp") from None
    check_kind(info, where)
    stem = given.path.name[: -len(_INFO)]
    beside = [
        (path, tag, kind)
        for path in sorted(given.path.parent.iterdir())
        for kind in KINDS
        if path.name.startswith(f"{stem}.") and path.suffix == f".{kind}"
        for tag in [path.name[len(stem) + 1 : -len(kind) - 1]]
        if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", tag)
    ]
    owned = info.get("subtitles") if isinstance(info.get("subtitles"), dict) else {}
    listed: dict[str, Any] = {"subtitles": {}, "automatic_captions": {}}
    for path, tag, kind in beside:
        listed["subtitles" if tag in owned else "automatic_captions"].setdefault(tag, []).append(
            {"ext": kind, "url": str(path)}
        )
    if beside:
        track: Captions = choose(listed, given.language, where)
        path, shown = named_file(Path(track.url).name, given.path.parent, Path(), where)
        raw = read_bytes(path, what="captions", shown=shown, limit=MOST_BYTES, named_at=where)
        text, files = decode(raw, what="captions", shown=shown), [str(path)]
    else:
        track = choose(info, given.language, where)
        text, files = track.data, []
        if text is None:
            kept = given.keep(f"{track.url}", lambda: _download(track.url, where).encode())
            text = decode(kept, what="captions", shown=given.shown)
    captions = {"kind": track.kind, "automatic": track.automatic, "text": text, "files": files}
    return {"info": info, "captions": captions}


INPUT = _YouTube()
