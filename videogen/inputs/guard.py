"""Which web addresses may be asked for what: what an address says by itself, and where its name leads.

A project can be a stranger's, and what it names is fetched from the inside of somebody's network: so only public
addresses are allowed (IANA IPv4 and IPv6 Special-Purpose Address Registries), unless the environment allows all.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from videogen.model.allowed import PRIVATE, private_allowed
from videogen.model.errors import ValidationError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_URL = 2_048
"""Characters of an address."""

_PUBLIC_V6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_TRANSITION = tuple(ipaddress.ip_network(net) for net in ("2002::/16", "2001::/32"))
"""6to4 and Teredo: an IPv4 address, perhaps a private one, in another form. Nobody serves pages there."""
_RELAYS = ipaddress.ip_network("192.88.99.0/24")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)\.?", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(ip: IP) -> bool:
    """Whether an address is one that anybody could ask; an IPv4 address inside an IPv6 one counts.

    >>> [is_public(ipaddress.ip_address(ip)) for ip in ("93.184.215.14", "10.0.0.1", "100.64.0.1", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(ip.ipv4_mapped)
        if ip in _NAT64:
            return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        return ip in _PUBLIC_V6 and ip.is_global and not any(ip in net for net in _TRANSITION)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _RELAYS


def check_url(url: str, where: Where | None = None) -> None:
    """Raise ValidationError for an address that is not fetched, as far as it shows by itself; `where` names it.

    Only http and https, without a name or password, on ports 80, 443 or from 1024 on, to a host whose address, where
    it is given as numbers, is public and in its usual form.
    """
    if len(url) > MAX_URL:
        raise ValidationError(f"a web address of {len(url)} characters", where, f"at most {MAX_URL} are allowed")
    if _UNSAFE.search(url):
        raise ValidationError(f'"{url[:80]!a}" is no web address', where, "write spaces as %20")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValidationError(f'"{url[:80]}" is no web address: {error}', where, "check it") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise ValidationError(f"{parts.scheme}: is not fetched", where, "give an http or https address")
    if not host:
        raise ValidationError(f'"{url[:80]}" names no server', where, "check the address")
    if "@" in parts.netloc:
        raise ValidationError(
            "the address holds a name or password", where, "take it out; download what needs signing in yourself"
        )
    literal = _literal(host, where)
    if private_allowed():
        return
    if port is not None and port not in (80, 443) and port < 1024:
        raise ValidationError(
            f"port {port} is not one of web servers", where, f"set {PRIVATE}=1 if you trust whoever names it"
        )
    if literal is not None:
        check_addresses(host, [literal], where)


def check_addresses(host: str, addresses: Iterable[IP], where: Where | None = None) -> None:
    """Raise ValidationError if one of a server's addresses is not public, unless the environment allows it."""
    if private_allowed():
        return
    for ip in addresses:
        if not is_public(ip):
            leads = f"{host} is" if str(ip) == host.strip("[]") else f"{host} leads to {ip},"
            raise ValidationError(
                f"{leads} a private or reserved address",
                where,
                f"set {PRIVATE}=1 if it is yours and you trust whoever names it",
            )


def _literal(host: str, where: Where | None) -> IP | None:
    """The address that a host gives as numbers. Raises ValidationError for one in an unusual form, such as 0x7f.1."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2] or host.rstrip(".").rpartition(".")[2]):
        try:
            meant = f" of {socket.inet_ntoa(socket.inet_aton(host.rstrip('.')))}"
        except (OSError, ValueError):
            meant = ""
        raise ValidationError(f'"{host[:80]}" is an unusual form{meant}', where, "write the server's name")
    return None
