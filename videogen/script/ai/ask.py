"""The one place where a language model is asked: with patience, to an end, and with no secret in what is told of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from videogen.model.errors import StageError
from videogen.script.ai.address import NO_KEY, link_of
from videogen.script.ai.provider import AskFailed, Link, Provider, check_installed, provider_of
from videogen.script.ai.request import Reply, Request

_T = TypeVar("_T")


@dataclass(frozen=True)
class Patience:
    """How long and how often. Seconds."""

    tries: int = 4
    stall: float = 120.0
    """Silence of the provider."""
    whole: float = 600.0
    """One attempt, however steadily it drips in."""
    longest_wait: float = 90.0
    """A provider that wants to be asked later than that is given up."""
    wait: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep


PATIENCE = Patience()


def check_askable(request: Request, environment: Mapping[str, str] | None = None) -> None:
    """Raise ValidationError for a request that cannot be sent: its provider, client library, address or key."""
    _link(request, os.environ if environment is None else environment, PATIENCE)


def ask(request: Request, patience: Patience = PATIENCE, environment: Mapping[str, str] | None = None) -> Reply:
    """Ask, again where that may help, and as the provider's Retry-After says.

    Raises ValidationError for a request that cannot be sent, StageError where no answer is to be had. Nothing that
    it raises holds the key or is chained to an error that does.
    """
    provider, link = _link(request, os.environ if environment is None else environment, patience)
    return _run(_patiently(provider, request, link, patience))


def _link(request: Request, environment: Mapping[str, str], patience: Patience) -> tuple[Provider, Link]:
    provider = provider_of(request.provider)
    check_installed(provider)
    return provider, link_of(provider, request.base_url, environment, patience.stall)


async def _patiently(provider: Provider, request: Request, link: Link, patience: Patience) -> Reply:
    tried = 0
    while True:
        tried += 1
        failed = await _once(provider, request, link, patience)
        if isinstance(failed, Reply):
            return failed
        wait = 2.0**tried if failed.wait is None else failed.wait
        if not failed.may_pass or tried >= patience.tries or wait > patience.longest_wait:
            raise _given_up(request, failed, tried, link.key, wait > patience.longest_wait)
        await patience.wait(wait)


def _given_up(request: Request, failed: AskFailed, tried: int, key: str, later: bool) -> StageError:
    said = redacted(str(failed), key)
    if failed.may_pass and later and failed.wait is not None:
        said += f", and wants to be asked again in {failed.wait:.0f} s"
    elif tried > 1:
        said += f", {tried} times"
    return StageError(
        f"{request.model} of {request.provider} gave no answer: {said}",
        hint=redacted(failed.hint, key) or "run it again later, or do without: leave `script.ai` out",
    )


async def _once(provider: Provider, request: Request, link: Link, patience: Patience) -> Reply | AskFailed:
    try:
        return await asyncio.wait_for(provider.ask(request, link), patience.whole)
    except AskFailed as failed:
        return failed
    except (TimeoutError, asyncio.TimeoutError):
        return AskFailed(f"it has not answered within {patience.whole:g} s", may_pass=True)
    except Exception as error:
        # whatever a client library fails with may quote the header that holds the key
        return AskFailed(" ".join(f"{type(error).__name__}: {error}".split())[:300])


def redacted(text: str, key: str) -> str:
    """A text without the key, or any half of it that a service may have quoted."""
    if key == NO_KEY or len(key) < 8:
        return text.replace(key, "***") if key != NO_KEY and key else text
    for part in (key, key[: len(key) // 2], key[len(key) // 2 :]):
        text = text.replace(part, "***")
    return text


def _run(work: Coroutine[Any, Any, _T]) -> _T:
    """Run in a loop of this call's own. Unlike `asyncio.run`, does not wait for a resolver that hangs."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
