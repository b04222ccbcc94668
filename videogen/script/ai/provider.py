"""What a provider of language models promises. Providers are found by entry point (group `videogen.providers`), ours
like any other.

Importing a provider's module must be cheap: its client library is imported by `ask`.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Protocol

from videogen.model.errors import ValidationError
from videogen.model.points import registered
from videogen.script.ai.request import Reply, Request

GROUP = "videogen.providers"


@dataclass(frozen=True)
class Link:
    """Whom to ask, as it was decided for one request."""

    base_url: str
    key: str
    """The secret that is sent there; a word that stands for none where the address needs none."""
    loopback: bool
    """Whether the address is of this machine: then no proxy is used."""
    stall_seconds: float
    """Silence after which the provider is given up."""


class AskFailed(Exception):
    """One attempt that came to nothing. `str()` is a few words for a person, without any secret of ours."""

    def __init__(self, said: str, *, may_pass: bool = False, wait: float | None = None, hint: str = "") -> None:
        super().__init__(said)
        self.may_pass = may_pass
        """Whether another attempt may succeed."""
        self.wait = wait
        """Seconds after which the provider wants to be asked again, if it said so."""
        self.hint = hint


class Provider(Protocol):
    """Who can be asked."""

    name: str
    """How a project names it: lower-case letters and digits."""
    home: str
    """The address of its own service."""
    key_variable: str
    """The variable of the environment with the key."""
    address_variable: str
    """The variable of the environment that names another address than `home`."""
    default_model: str
    """The model where a person names none."""
    needs: Sequence[str]
    """Modules that `ask` imports and that not every installation has."""
    extra: str
    """What to install for them, such as `videogen[openai]`."""

    async def ask(self, request: Request, link: Link) -> Reply:
        """Ask once, with no attempt of its own to try again. Raises AskFailed; redirects are not followed."""
        ...


@cache
def providers() -> dict[str, Provider]:
    """Provider by name, those of other packages among them, in order of their names."""
    return {point.name: point.load() for point in registered(GROUP)}


def provider_of(name: str) -> Provider:
    """The provider of a name. Raises ValidationError, naming the closest, where there is none."""
    known = providers()
    if name not in known:
        close = difflib.get_close_matches(name, known, 1)
        raise ValidationError(
            f'there is no provider "{name}" of language models',
            hint=f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(known)}",
        )
    return known[name]


def check_installed(provider: Provider) -> None:
    """Raise ValidationError, with what to install, where a provider's client library is missing."""
    if not all(find_spec(module) for module in provider.needs):
        raise ValidationError(
            f'the client library of "{provider.name}" is not installed', hint=f'pip install "{provider.extra}"'
        )
