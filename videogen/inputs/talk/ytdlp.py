"""yt-dlp, asked for what it knows of a talk. All that it asks the web for goes through our own guarded way."""

from __future__ import annotations

import io
import json
import re
from typing import Any

from videogen.model.errors import FetchError, PipelineError, ValidationError, Where

_PAGE_BYTES = 20_000_000
"""A larger answer to yt-dlp is cut off."""
_CANNOT = (
    (r"private video|video is private|this video is private", "this video is private"),
    (r"members[- ]only|join this channel|available to this channel's members", "this video is for members only"),
    (r"confirm your age|age[- ]restricted|inappropriate for some users", "this video is age-restricted"),
    (r"not a bot", "the site wants to know that you are no robot"),
    (r"premieres in|live event will begin|will begin (?:in|shortly)|premiere will", "this video has not begun"),
    (
        r"in your (?:country|location)|geo[- ]?restrict|not available from your",
        "this video is not shown here",
    ),
    (r"payment|purchase|requires? (?:a )?(?:subscription|premium)|rent this", "this video has to be paid for"),
    (r"removed|terminated|no longer available|deleted|does not exist|taken down", "this video was removed"),
    (r"video unavailable|(?:video|content) (?:is|isn.t) (?:not |un)?available", "this video is not available"),
)
"""What sites say, and what is said of it; the first that fits."""
_SAVED = "download it with yt-dlp where you are signed in (--write-info-json --write-subs) and name its .info.json"


def extract(url: str, where: Where) -> dict[str, Any]:
    """What yt-dlp says of the talk at an address, as its `info.json` has it.

    Raises ValidationError for a talk that nobody may read, and FetchError for what fails on the way.
    """
    from yt_dlp import YoutubeDL
    from yt_dlp.utils import YoutubeDLError
    from yt_dlp.version import __version__

    refused: list[PipelineError] = []
    notes = _Notes()
    handler = _handler(where, refused)

    class Guarded(YoutubeDL):
        def build_request_director(self, handlers: Any, preferences: Any = None) -> Any:
            return super().build_request_director([handler], preferences)

    try:
        options: Any = {**_OPTIONS, "logger": notes}
        with Guarded(options) as downloader:
            info = downloader.extract_info(url, download=False)
            found = json.loads(json.dumps(downloader.sanitize_info(info)))
    except YoutubeDLError as error:
        raise refused[0] if refused else _explained(str(error), __version__, where) from None
    except Exception as error:  # an extractor that a site has outgrown fails in any way
        raise refused[0] if refused else _outgrown(f"{type(error).__name__}: {error}", __version__, where) from error
    if not isinstance(found, dict):
        raise _outgrown("it found nothing", __version__, where)
    if not found.get("subtitles") and not found.get("automatic_captions"):
        # without formats it goes on with a warning: that says why there is nothing
        for warning in notes.warnings:
            if (known := _known(warning, where)) is not None:
                raise known
    return found


class _Notes:
    """Where yt-dlp writes what it would print."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def debug(self, message: str) -> None: ...
    def info(self, message: str) -> None: ...
    def error(self, message: str) -> None: ...

    def warning(self, message: str) -> None:
        self.warnings.append(message)


_OPTIONS: Any = {
    "quiet": True,
    "skip_download": True,
    "ignore_no_formats_error": True,
    "noplaylist": True,
    "extract_flat": True,
    "cachedir": False,
    "extractor_retries": 1,
    "proxy": "",
    "allowed_extractors": ["default"],
    "extractor_args": {"youtube": {"skip": ["hls", "dash", "translated_subs"], "player_skip": ["js"]}},
}


def _handler(where: Where, refused: list[PipelineError]) -> Any:
    from yt_dlp.networking import RequestHandler, Response
    from yt_dlp.networking.exceptions import HTTPError, RequestError, TransportError

    from videogen.inputs.fetch import Ask, Passing, exchange

    base: Any = RequestHandler

    class GuardedRH(base):
        _SUPPORTED_URL_SCHEMES = ("http", "https")
        _SUPPORTED_PROXY_SCHEMES = None

        def _check_extensions(self, extensions: dict[str, Any]) -> None:
            super()._check_extensions(extensions)
            for name in ("cookiejar", "timeout", "legacy_ssl", "keep_header_casing"):
                extensions.pop(name, None)

        def _send(self, request: Any) -> Any:
            headers = {name: value for name, value in self._get_headers(request).items() if name.lower() not in _OURS}
            cookie = self._get_cookiejar(request).get_cookie_header(request.url)
            if cookie:
                headers["Cookie"] = cookie
            body = request.data if request.data is None or isinstance(request.data, bytes) else b"".join(request.data)
            try:
                answer = exchange(Ask(request.url, request.method, headers, body), lambda head: _PAGE_BYTES, where)
            except PipelineError as error:
                refused.append(error)
                raise RequestError(str(error)) from error
            except Passing as error:
                refused.append(FetchError(f"{_host(request.url)} could not be read: {error}", where, "try again later"))
                raise TransportError(str(error)) from error
            told = {name: value for name, value in answer.head.headers.items() if name not in _DONE}
            response = Response(io.BytesIO(answer.data), answer.head.url, told, answer.head.status)
            if not 200 <= answer.head.status < 300:
                raise HTTPError(response)
            return response

    return GuardedRH


_OURS = ("accept-encoding", "host", "content-length", "connection")
_DONE = ("content-encoding", "content-length", "transfer-encoding", "set-cookie")


def _explained(message: str, version: str, where: Where) -> PipelineError:
    """What yt-dlp says, in our words."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", message)
    if (known := _known(plain, where)) is not None:
        return known
    if re.search(r"unsupported url|is not a valid url", plain, re.IGNORECASE):
        return ValidationError("yt-dlp knows no talk at this address", where, "check it")
    return _outgrown(plain, version, where)


def _known(message: str, where: Where) -> ValidationError | None:
    for pattern, said in _CANNOT:
        if re.search(pattern, message, re.IGNORECASE):
            return ValidationError(said, where, _SAVED if "robot" in said or "age" in said else "choose another")
    return None


def _outgrown(message: str, version: str, where: Where) -> PipelineError:
    first = " ".join(re.sub(r"^ERROR: |; please report.*", "", message, flags=re.DOTALL).split())[:160]
    return FetchError(
        f"yt-dlp {version} could not read it: {first}",
        where,
        f"sites change: pip install -U yt-dlp; or {_SAVED}",
    )


def _host(url: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(url).hostname or url[:80]
