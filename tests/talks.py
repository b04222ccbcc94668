"""Talks as sites hand them out: captions in every form, a page with a film, and a YouTube on this machine."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import trustme
from weblocal import Exchange, Site, site

VIDEO = "dQw4w9WgXcQ"
SENTENCES = """
Hello and welcome to this talk about builds.
Today we look at why a build is slow, and at what to do about it.
Most builds do too much work.
They make things again that have not changed at all.
A good build knows what every file was made from.
Then it makes only what an edit has touched.
The second part is about caches.
A cache keeps what was made before, by the hash of what made it.
When a branch is switched and switched back, the cache has everything.
Nobody waits twice for the same thing.
A shared cache even helps a colleague.
That is all there is to it.
""".strip().splitlines()
WORDS = " ".join(SENTENCES).split()
BARE = [word.strip(".,").lower() for word in WORDS]
"""The same words as a machine hears them."""


def clock(seconds: float, comma: str = ".") -> str:
    whole, rest = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{comma}{rest:03}"


def timed(words: Sequence[str], pace: float = 0.4, pause: float = 0.9) -> list[tuple[float, str]]:
    """Words with their seconds; before each that begins a sentence there is a pause."""
    begins = {sum(len(sentence.split()) for sentence in SENTENCES[:n]) for n in range(1, len(SENTENCES))}
    now, found = 0.2, []
    for index, word in enumerate(words):
        now += pause if index in begins else 0
        found.append((round(now, 3), word))
        now += pace
    return found


def rolling_vtt(words: Sequence[tuple[float, str]], per_line: int = 7) -> str:
    """Automatic captions as YouTube writes them as WebVTT: two lines that roll, so that each line is there thrice."""
    lines = [list(words[at : at + per_line]) for at in range(0, len(words), per_line)]
    out, before = ["WEBVTT", "Kind: captions", "Language: en", ""], " "
    for number, line in enumerate(lines):
        end = lines[number + 1][0][0] if number + 1 < len(lines) else line[-1][0] + 2
        tagged = line[0][1] + "".join(f"<{clock(at)}><c> {word}</c>" for at, word in line[1:])
        plain = " ".join(word for _, word in line)
        setting = " align:start position:0%"
        out += [f"{clock(line[0][0])} --> {clock(end - 0.01)}{setting}", before, tagged, ""]
        out += [f"{clock(end - 0.01)} --> {clock(end)}{setting}", plain, " ", ""]
        before = plain
    return "\n".join(out)


def json3(words: Sequence[tuple[float, str]], per_line: int = 7) -> str:
    """The same as json3: word for word, and between the lines an event that only breaks the line."""
    events: list[dict[str, Any]] = [{"tStartMs": 0, "dDurationMs": 60_000, "id": 1, "wpWinPosId": 1, "wsWinStyleId": 1}]
    for at in range(0, len(words), per_line):
        line = words[at : at + per_line]
        start = round(line[0][0] * 1000)
        segments: list[dict[str, Any]] = []
        for n, (when, word) in enumerate(line):
            offset = {"tOffsetMs": round(when * 1000) - start} if n else {}
            segments.append({"utf8": f" {word}" if n else word, "acAsrConf": 0, **offset})
        events.append({"tStartMs": start, "dDurationMs": 5000, "wWinId": 1, "segs": segments})
        newline = {"tStartMs": start + 4000, "dDurationMs": 1000, "wWinId": 1, "aAppend": 1}
        events.append({**newline, "segs": [{"utf8": "\n"}]})
    return json.dumps({"wireMagic": "pb3", "pens": [{}], "wsWinStyles": [{}], "events": events})


def srv3(words: Sequence[tuple[float, str]], per_line: int = 7) -> str:
    """The same as srv3."""
    lines = []
    for at in range(0, len(words), per_line):
        line = words[at : at + per_line]
        start = round(line[0][0] * 1000)
        inside = ""
        for n, (when, word) in enumerate(line):
            at = f' t="{round(when * 1000) - start}"' if n else ""
            inside += f'<s ac="0"{at}>{" " if n else ""}{escape(word)}</s>'
        lines.append(f'<p t="{start}" d="5000" w="1">{inside}</p>\n<p t="{start + 4000}" d="900" w="1" a="1">\n</p>')
    head = '<?xml version="1.0" encoding="utf-8" ?><timedtext format="3"><head><ws id="0"/></head>'
    return f"{head}<body>{''.join(lines)}</body></timedtext>"


def manual(words: Sequence[tuple[float, str]], kind: str = "vtt", per_cue: int = 9) -> str:
    """Captions as an author writes them: two lines a cue, nothing twice."""
    out = ["WEBVTT", ""] if kind == "vtt" else []
    comma = "." if kind == "vtt" else ","
    for number, at in enumerate(range(0, len(words), per_cue), 1):
        cue = words[at : at + per_cue]
        texts = [word for _, word in cue]
        out += [str(number), f"{clock(cue[0][0], comma)} --> {clock(cue[-1][0] + 0.4, comma)}"]
        out += [" ".join(texts[:5]), " ".join(texts[5:]), ""] if len(texts) > 5 else [" ".join(texts), ""]
    return "\n".join(out)


def info(**changed: Any) -> dict[str, Any]:
    """What yt-dlp writes with `--write-info-json`, as far as it matters."""
    return {
        "id": VIDEO,
        "title": "Why builds are slow",
        "duration": 80,
        "_type": "video",
        "live_status": "not_live",
        "language": "en",
        "extractor_key": "Youtube",
        "webpage_url": f"https://www.youtube.com/watch?v={VIDEO}",
        "chapters": [
            {"start_time": 0.0, "end_time": 29.0, "title": "What is slow"},
            {"start_time": 29.0, "end_time": 80.0, "title": "Caches & hashes"},
        ],
        "subtitles": {},
        "automatic_captions": {},
        **changed,
    }


@contextlib.contextmanager
def youtube(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Tube]:
    """The site, as far as yt-dlp asks it, on this machine and trusted by it."""
    authority, server = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    authority.issue_cert("www.youtube.com").configure_cert(server)
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))
    real = socket.getaddrinfo
    with site(server) as web:

        def lookup(host: str, port: int, *rest: Any, **more: Any) -> Any:
            if host == "www.youtube.com":
                return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", web.port))]
            return real(host, port, *rest, **more)

        monkeypatch.setattr(socket, "getaddrinfo", lookup)
        yield Tube(web)


class Tube:
    """A YouTube of one video."""

    def __init__(self, web: Site) -> None:
        self.web, self.player, self.captions = web, dict[str, Any](), dict[str, str]()
        self.shows()
        pages = {"/watch": "text/html", f"/embed/{VIDEO}": "text/html"}
        web.replies |= {
            **{path: lambda to, kind=kind: to.send(self._page(), kind=kind) for path, kind in pages.items()},
            "/youtubei/v1/player": lambda to: to.send(json.dumps(self.player), kind="application/json"),
            "/youtubei/v1/next": lambda to: to.send(
                json.dumps({"contents": {"twoColumnWatchNextResults": {}}}), kind="application/json"
            ),
            "/api/timedtext": self._timedtext,
        }

    def shows(self, **changed: Any) -> None:
        """The video as it is: with captions by its author in English, and by a machine in German."""
        track = f"https://www.youtube.com/api/timedtext?v={VIDEO}"
        self.player = {
            "playabilityStatus": {"status": "OK"},
            "videoDetails": {
                "videoId": VIDEO,
                "title": "Why builds are slow",
                "lengthSeconds": "80",
                "channelId": "UC0123456789",
                "author": "Ada",
                "shortDescription": "0:00 What is slow\n0:29 Caches & hashes\n1:00 The end",
            },
            "captions": {
                "playerCaptionsTracklistRenderer": {
                    "captionTracks": [
                        {"baseUrl": f"{track}&lang=en", "languageCode": "en", "isTranslatable": True},
                        {"baseUrl": f"{track}&lang=de&kind=asr", "languageCode": "de", "kind": "asr"},
                    ],
                    "translationLanguages": [{"languageCode": "fr", "languageName": {"simpleText": "French"}}],
                }
            },
            **changed,
        }

    def refuses(self, status: str, reason: str) -> None:
        """The video as somebody sees it who may not."""
        self.shows(playabilityStatus={"status": status, "reason": reason}, captions={})

    def _page(self) -> str:
        context = {"client": {"clientName": "WEB", "clientVersion": "2.20260101"}}
        config = json.dumps({"INNERTUBE_API_KEY": "k", "INNERTUBE_CONTEXT": context})
        return (
            f"<html><script>ytcfg.set({config});</script>"
            f"<script>var ytInitialPlayerResponse = {json.dumps(self.player)};</script></html>"
        )

    def _timedtext(self, to: Exchange) -> None:
        language = to.path.partition("lang=")[2].partition("&")[0]
        to.send(self.captions.get(language, ""), kind="application/json")
