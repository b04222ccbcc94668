"""What every request has to pass, and what every answer bears: pure ASGI, around everything else.

- `Host` has to be a name of this server: a page elsewhere whose name is made to lead here (DNS rebinding) has another.
- What changes something has to come from a page of this server, or from no page at all (CSRF): browsers say where from
  by `Sec-Fetch-Site` and `Origin`. Pages elsewhere may not load what is here either, only lead to it by a link.
- Bodies are bounded while they are read, whatever their length claims to be.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from videogen.model.errors import PipelineError
from videogen.web.errors import Forbidden, TooLarge, WebError, answer, broken
from videogen.web.settings import Settings, is_loopback, own_names

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
COOKIE = "videogen_session"
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?)(?::([0-9]{1,5}))?")

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
"""Borne by every answer that does not say otherwise."""


def host_of(value: str) -> str | None:
    """The name in a `Host` header, in lower case and without its port; None for what is none.

    >>> host_of("Example.org:8000"), host_of("[::1]"), host_of("a b"), host_of("evil@127.0.0.1")
    ('example.org', '::1', None, None)
    """
    found = _HOST.fullmatch(value)
    if found is None or (found[2] and not 0 < int(found[2]) < 65536):
        return None
    return found[1].strip("[]").rstrip(".").lower()


def is_own(host: str, loopback: bool, names: Collection[str]) -> bool:
    """Whether a server is meant by this name. An address is as good as a name: no other's can be made to lead here."""
    if host in names or host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or not loopback


def complaint(method: str, scheme: str, headers: Headers) -> WebError | None:
    """Why a request may not be made from where it is made; None where it may."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if method in SAFE:
        # a link from elsewhere may lead here; pages elsewhere may not load or frame what is here
        link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"
        if site in ("cross-site", "same-site") and not link:
            return Forbidden("another site's page may not load this", details={"sec_fetch_site": site})
        return None
    if site is not None and site not in ("same-origin", "none"):
        return Forbidden("another site's page may not change anything here", details={"sec_fetch_site": site})
    if origin is not None and not _same(origin, scheme, headers.get("host", "")):
        return Forbidden("another site's page may not change anything here", details={"origin": origin[:200]})
    if site is None and origin is None and COOKIE in headers.get("cookie", ""):
        return Forbidden("it is not told where this comes from", hint="send Origin, or a token instead of a cookie")
    return None


def _same(origin: str, scheme: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    # behind something that ends TLS, the scheme is another than the one this server sees; the host is not
    return parts.scheme in (scheme, "https") and parts.netloc.lower() == host.lower() and parts.path in ("", "/")


class Guard:
    """ASGI around an app."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._loopback = is_loopback(settings.host)
        self._names = own_names(settings.host) | {each.lower() for each in settings.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "websocket":  # there are none
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun: list[int] = []

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message["status"])
                _add(message, HEADERS)
            await send(message)

        headers = Headers(scope=scope)
        try:
            self._check(scope, headers)
            most = self._most(scope, headers)
            await self._app(scope, _bounded(receive, most), guarded)
        except PipelineError as error:
            if begun:
                raise
            await answer(error)(scope, receive, guarded)
        except ClientDisconnect:  # there is nobody left to be answered
            return
        except Exception:
            told = answer(broken(f"{scope['method']} {scope['path']!r}"))
            if begun:
                raise
            await told(scope, receive, guarded)

    def _check(self, scope: Scope, headers: Headers) -> None:
        named = headers.getlist("host")
        host = host_of(named[0]) if len(named) == 1 else None
        if host is None:
            raise WebError("a request needs one Host", hint="send one header `Host`")
        if not is_own(host, self._loopback, self._names):
            raise Forbidden(
                f'this server is not called "{host[:100]}"',
                hint="use its address, or start it with --allow-host NAME",
            )
        if refused := complaint(scope["method"], scope.get("scheme", "http"), headers):
            raise refused
        if "\0" in scope["path"]:
            raise WebError("an address has no NUL", hint="leave it out")

    def _most(self, scope: Scope, headers: Headers) -> int:
        upload = scope["path"] == "/api/create" and headers.get("content-type", "").startswith("multipart/")
        most = self._settings.upload_bytes + (1 << 20) if upload else self._settings.body_bytes
        claimed = headers.get("content-length", "0")
        if claimed.isascii() and claimed.isdigit() and int(claimed[:20]) > most:
            raise too_large(most)
        return most


def too_large(most: int) -> TooLarge:
    """The refusal of more than so many bytes."""
    return TooLarge(f"this is more than {most / 2**20:.0f} MB", details={"limit_bytes": most})


def _bounded(receive: Receive, most: int) -> Receive:
    """`receive`, for so many bytes."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > most:
                # of this class, because what reads a body takes any other for one that cannot be parsed
                raise HTTPException(413, too_large(most).to_dict())  # pyright: ignore[reportArgumentType]
        return message

    return bounded


def _add(message: Message, wanted: Mapping[str, str]) -> None:
    headers = MutableHeaders(raw=list(message.get("headers", ())))
    for name, value in wanted.items():
        headers.setdefault(name, value)
    message["headers"] = headers.raw


def peer_of(scope: Mapping[str, Any]) -> str:
    """The address at the other end of the connection: what a header says of it is worth nothing."""
    client = scope.get("client")
    return str(client[0]) if client else ""
