"""Which address is asked, and whether a key goes there. Pure, but for the environment that it is given.

A project may come from a stranger, and what it names must not lead a person's key or text anywhere. So a key is sent
to the provider's own service, or to the address that the person's environment names, and nowhere else. A project may
name an address of this machine, which is asked without a key; any other has to be named by the environment as well.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from videogen.model.errors import ValidationError
from videogen.script.ai.provider import Link, Provider

NO_KEY = "none"
"""What is sent where a client library insists on a key and the address needs none."""


def link_of(provider: Provider, base_url: str | None, environment: Mapping[str, str], stall_seconds: float) -> Link:
    """Whom to ask. Raises ValidationError for an address that is none or is not allowed, and for a missing key."""
    own = environment.get(provider.address_variable, "").strip() or provider.home
    address = (base_url or own).strip()
    check_address(address)
    local = is_loopback(address)
    if _same(address, own):
        return Link(address, _key(provider, environment, needed=not local), local, stall_seconds)
    if not local:
        raise ValidationError(
            f'the project would have its text sent to "{urlsplit(address).hostname}"',
            hint=f"if you trust it, say so: {provider.address_variable}={address}",
        )
    return Link(address, NO_KEY, True, stall_seconds)


def check_address(address: str) -> None:
    """Raise ValidationError for what is not the plain address of a server."""
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if not whole or any(char.isspace() or not char.isprintable() for char in address):
        raise ValidationError("the address of the provider is none", hint='write it as in "http://127.0.0.1:8080/v1"')
    if "@" in urlsplit(address).netloc or urlsplit(address).query or urlsplit(address).fragment:
        raise ValidationError("the address of the provider may hold neither a password nor a query", hint="shorten it")


def is_loopback(address: str) -> bool:
    """Whether an address is of this machine.

    >>> is_loopback("http://127.0.0.1:8080/v1"), is_loopback("http://localhost.example.org")
    (True, False)
    """
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _same(one: str, other: str) -> bool:
    def plain(address: str) -> tuple[str, str | None, int | None, str]:
        parts = urlsplit(address)
        usual = {"http": 80, "https": 443}.get(parts.scheme)
        return parts.scheme, parts.hostname, parts.port or usual, parts.path.rstrip("/")

    return plain(one) == plain(other)


def _key(provider: Provider, environment: Mapping[str, str], needed: bool) -> str:
    key = environment.get(provider.key_variable, "").strip()
    if not key and needed:
        raise ValidationError(
            f'there is no key to ask "{provider.name}" with',
            hint=f"set {provider.key_variable} in the environment; it is read from nowhere else",
        )
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise ValidationError(
            f"{provider.key_variable} holds something that cannot be a key", hint="copy it anew, in one piece"
        )
    return key or NO_KEY
