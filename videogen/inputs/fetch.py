"""The one way to the web: guarded, bounded in time and size, tried again where that may help.

What is connected to is the address that was checked: names are resolved here, every answer is checked, and each
socket again as it is made. No cookies, no proxies (one would resolve names itself, unchecked), no signing in.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote, urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from videogen.inputs.guard import check_addresses, check_url
from videogen.model.errors import FetchError, PipelineError, ResourceError, ValidationError, Where

HEAD_BYTES = 4096
"""So much of a body is there when `admit` is asked."""
AGENT = "videogen (+https://pypi.org/project/videogen/)"
_REDIRECTS = (301, 302, 303, 307, 308)
_AGAIN = (408, 425, 429, 500, 502, 503, 504)
"""Statuses after which another attempt could succeed (RFC 9110, RFC 6585, RFC 8470)."""
_PIECE = 65_536
_T = TypeVar("_T")


@dataclass(frozen=True)
class Limits:
    """Bounds of one fetch. Times in seconds; `total` is for all attempts and redirects together."""

    connect: float = 10.0
    stall: float = 20.0
    total: float = 120.0
    redirects: int = 5
    attempts: int = 3
    most_wait: float = 30.0
    """A server that asks to wait longer than this is not waited for."""
    sleep: Callable[[float], None] = time.sleep


LIMITS = Limits()


class Head(NamedTuple):
    """What is known of an answer when its body begins."""

    status: int
    url: str
    headers: Mapping[str, str]
    """Names in lower case."""
    first: bytes

    @property
    def media_type(self) -> str:
        """What the server calls it, in lower case and without parameters; "" where it does not say."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def name(self) -> str:
        """The file name at the end of the address; "" where there is none."""
        return unquote(urlsplit(self.url).path.rpartition("/")[2])


class Answer(NamedTuple):
    """What a server sent."""

    head: Head
    data: bytes


Admit = Callable[[Head], int]
"""Asked once a body begins: the bytes that it may have, 0 to leave it; or raises PipelineError."""


@dataclass(frozen=True)
class Ask:
    """A request."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


class Passing(Exception):
    """What another attempt may mend: why, and the seconds to wait first, where the server says so."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


def fetch(
    url: str,
    admit: Admit,
    where: Where | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
) -> Answer:
    """What is at an address: an answer with status 200, or 304 where `headers` ask on a condition.

    Raises ValidationError for an address that may not be fetched or has nothing that can be used, ResourceError for
    what is too large, and FetchError for what a server, or the way to it, does wrong; each one line, at `where`.
    """
    from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

    end = time.monotonic() + limits.total
    backoff = wait_exponential(multiplier=1, max=8)

    def wait(state: Any) -> float:
        after = getattr(state.outcome.exception(), "after", None)
        return backoff(state) if after is None else after

    def attempt() -> Answer:
        answer = exchange(Ask(url, headers=headers or {}), _only_good(admit), where, limits=limits, end=end)
        if answer.head.status in _AGAIN:
            raise Passing(_status(answer.head.status), _retry_after(answer.head, limits, where))
        if answer.head.status not in ((200, 304) if headers else (200,)):
            raise _refused(answer.head, where)
        return answer

    try:
        return Retrying(
            stop=stop_after_attempt(limits.attempts),
            wait=wait,
            retry=retry_if_exception_type(Passing),
            sleep=limits.sleep,
        )(attempt)
    except RetryError as exhausted:
        last = exhausted.last_attempt.exception()
        times = f" {limits.attempts} times" if limits.attempts > 1 else ""
        raise FetchError(
            f"{_host(url)} could not be read{times}: {last}", where, "try again later, or download it and name the file"
        ) from None


def exchange(
    ask: Ask, admit: Admit, where: Where | None = None, *, limits: Limits = LIMITS, end: float | None = None
) -> Answer:
    """One request, with the redirects that it leads to. Any status is an answer. Raises PipelineError as `fetch` does
    and, for what may pass, Passing."""
    seconds = limits.total if end is None else end - time.monotonic()
    try:
        return _run(_exchange(ask, admit, where, limits), max(seconds, 0.01))
    except PipelineError:
        raise
    except asyncio.TimeoutError as error:
        if end is not None and time.monotonic() >= end:
            raise FetchError(
                f"{_host(ask.url)} did not send all of it within {limits.total:g} s",
                where,
                "try again later, or download it and name the file",
            ) from error
        raise Passing("it did not answer in time") from error
    except aiohttp.ClientConnectorCertificateError as error:
        reason = getattr(error.certificate_error, "verify_message", "") or str(error.certificate_error)
        raise FetchError(
            f"the certificate of {_host(ask.url)} is not valid: {reason}",
            where,
            "do not trust what it sends; SSL_CERT_FILE names certificates of your own",
        ) from error
    except aiohttp.ClientConnectorDNSError as error:
        raise Passing(f"its name is not known ({error.os_error.strerror or 'no address'})") from error
    except (aiohttp.ClientError, OSError, ssl.SSLError) as error:
        raise Passing(_in_words(error)) from error


async def _exchange(ask: Ask, admit: Admit, where: Where | None, limits: Limits) -> Answer:
    connector = aiohttp.TCPConnector(
        resolver=_Resolver(where),
        use_dns_cache=False,
        socket_factory=_guarded(where),
        force_close=True,
        ssl=ssl.create_default_context(),
    )
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=limits.connect, sock_read=limits.stall)
    async with aiohttp.ClientSession(
        connector=connector,
        timeout=timeout,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"},
    ) as session:
        for _ in range(limits.redirects + 1):
            check_url(ask.url, where)
            async with session.request(
                ask.method, ask.url, headers=ask.headers, data=ask.body, allow_redirects=False
            ) as response:
                to = response.headers.get("location")
                if response.status not in _REDIRECTS or not to:
                    return await _answer(ask.url, response, admit, where)
                ask = _redirected(ask, response.status, urljoin(ask.url, to), where)
    raise FetchError(f"{_host(ask.url)} redirects more than {limits.redirects} times", where, "give the last address")


def _redirected(ask: Ask, status: int, to: str, where: Where | None) -> Ask:
    """The request that a redirect asks for (RFC 9110, section 15.4)."""
    if urlsplit(ask.url).scheme == "https" and urlsplit(to).scheme != "https":
        raise FetchError(
            f"{_host(ask.url)} redirects from https to {urlsplit(to).scheme}", where, "give an https address"
        )
    same = urlsplit(ask.url).netloc == urlsplit(to).netloc
    kept = {
        name: value for name, value in ask.headers.items() if same or name.lower() not in ("cookie", "authorization")
    }
    if status in (307, 308) or ask.method in ("GET", "HEAD"):
        return Ask(to, ask.method, kept, ask.body)
    return Ask(to, "GET", {name: value for name, value in kept.items() if not name.lower().startswith("content-")})


async def _answer(url: str, response: aiohttp.ClientResponse, admit: Admit, where: Where | None) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    unpacker = _Unpacker(headers.get("content-encoding", ""), where)
    data, head, limit = bytearray(), None, 0
    while True:
        packed = await response.content.readany()
        ended = not packed and response.content.at_eof()
        for part in [b""] if ended else unpacker.parts(packed):
            data += part
            if head is None and (ended or len(data) >= HEAD_BYTES):
                head = Head(response.status, url, headers, bytes(data[:HEAD_BYTES]))
                limit = admit(head)
                if not limit:
                    return Answer(head, b"")
            if head is not None and len(data) > limit:
                raise ResourceError(
                    f"what {_host(url)} sends is larger than {limit / 1e6:g} MB", where, "give a smaller document"
                )
        if ended and head is not None:
            unpacker.end()
            return Answer(head, bytes(data))


class _Unpacker:
    """Unpacks a body piece by piece, no piece larger than 64 KB: a bomb is noticed as it grows."""

    def __init__(self, encoding: str, where: Where | None) -> None:
        self._where = where
        packed = encoding.strip().lower()
        if packed not in ("", "identity", "gzip", "x-gzip"):
            raise FetchError(
                f'the server packs what it sends as "{encoding[:40]}"', where, "download it and name the file"
            )
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS) if packed.endswith("gzip") else None

    def parts(self, packed: bytes) -> Iterator[bytes]:
        if self._inflater is None:
            yield packed
            return
        while True:
            try:
                part = self._inflater.decompress(packed, _PIECE)
            except zlib.error:
                raise self._wrong() from None
            packed = self._inflater.unconsumed_tail
            yield part
            if not packed and len(part) < _PIECE:
                return

    def end(self) -> None:
        """Raises FetchError where something is missing."""
        if self._inflater is not None and not self._inflater.eof:
            raise self._wrong()

    def _wrong(self) -> FetchError:
        return FetchError("the server packs what it sends wrongly", self._where, "download it and name the file")


class _Resolver(AbstractResolver):
    """Names to addresses, each of them checked."""

    def __init__(self, where: Where | None) -> None:
        self._where = where

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        usable = [(family, address) for family, *_, address in found if family in (socket.AF_INET, socket.AF_INET6)]
        check_addresses(host, [ipaddress.ip_address(address[0]) for _, address in usable], self._where)
        return [
            ResolveResult(hostname=host, host=str(address[0]), port=int(address[1]), family=family, proto=0, flags=0)
            for family, address in usable
        ]

    async def close(self) -> None:
        pass


def _guarded(where: Where | None) -> Callable[[Any], socket.socket]:
    """Makes the sockets, each only for an address that is allowed: the last check, on what is really connected to."""

    def make(info: Any) -> socket.socket:
        family, kind, proto, _, address = info
        check_addresses(str(address[0]), [ipaddress.ip_address(address[0])], where)
        return socket.socket(family=family, type=kind, proto=proto)

    return make


def _run(work: Coroutine[Any, Any, _T], seconds: float) -> _T:
    """Run to the end, at most so long, in a loop and thread of its own: the caller may be in a loop already, and a
    resolver that hangs is not waited for."""
    outcome: list[Any] = []

    def body() -> None:
        loop = asyncio.new_event_loop()
        try:
            outcome.append((True, loop.run_until_complete(asyncio.wait_for(work, seconds))))
        except BaseException as error:
            outcome.append((False, error))
        finally:
            with contextlib.suppress(RuntimeError):
                loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    thread = threading.Thread(target=body, name="fetch", daemon=True)
    thread.start()
    thread.join()
    good, value = outcome[0]
    if good:
        return value
    raise value


def _only_good(admit: Admit) -> Admit:
    return lambda head: admit(head) if head.status == 200 else 0


def _refused(head: Head, where: Where | None) -> PipelineError:
    host, status = _host(head.url), head.status
    if status in (404, 410):
        return ValidationError(f"{host} has no such page ({status})", where, "check the address")
    if status in (401, 402, 403, 407):
        return ValidationError(f"{host} does not show that page ({status})", where, "download it and name the file")
    return FetchError(f"{host} answered {_status(status)}", where, "download it and name the file")


def _status(status: int) -> str:
    known = {429: "too many requests (429)", 503: "it is not available now (503)"}
    return known.get(status, f"an error of its own ({status})" if status >= 500 else f"status {status}")


def _retry_after(head: Head, limits: Limits, where: Where | None) -> float | None:
    """Seconds until a server wants to be asked again (RFC 9110, section 10.2.3). Raises FetchError for too many."""
    said = head.headers.get("retry-after", "").strip()
    seconds = None
    if re.fullmatch(r"\d{1,9}", said):
        seconds = float(said)
    elif said:
        with contextlib.suppress(ValueError, TypeError):
            seconds = max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    if seconds is not None and seconds > limits.most_wait:
        raise FetchError(
            f"{_host(head.url)} asks to wait {seconds:.0f} s: {_status(head.status)}", where, "build again then"
        )
    return seconds


def _in_words(error: BaseException) -> str:
    """One line for a person."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"no connection ({error.os_error.strerror or type(error.os_error).__name__})"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "the connection was closed"
    if isinstance(error, aiohttp.ClientPayloadError):
        return "the connection was closed before all had come"
    return " ".join(str(error).split())[:160] or type(error).__name__


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url)[:80]
