"""How a server is set up: every choice there is, explicit."""

from __future__ import annotations

import ipaddress
import os
import socket
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from videogen.model.errors import ValidationError, Where
from videogen.tasks.audit import this_user
from videogen.tasks.limits import Limits
from videogen.tasks.queue import AT_ONCE

TOKEN = "VIDEOGEN_TOKEN"
"""Names the variable with the one token of a server; who has it sees all tasks."""
SHORTEST_TOKEN = 20
_MOST_TOKENS = 1000
_MOST_BYTES = 1 << 20


class Rate(NamedTuple):
    """So many at once, and then so many a second."""

    burst: float
    per_second: float


_LIMITS = Limits()
_REQUESTS, _CREATES, _LOGINS = Rate(400, 60), Rate(30, 0.5), Rate(10, 0.2)


@dataclass(frozen=True)
class Settings:
    """A server in the working folder. Without tokens everybody who reaches it sees all: only for loopback."""

    output: str = "build"
    host: str = "127.0.0.1"
    at_once: int = AT_ONCE
    limits: Limits = _LIMITS
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Each user's token."""
    sees_all: frozenset[str] = frozenset()
    """Users who see everybody's tasks."""
    hosts: frozenset[str] = frozenset()
    """Names by which the server may be called, besides those of loopback and its own addresses."""
    max_cost: float = 1.0
    """US dollars that the answers for one build may cost."""
    upload_bytes: int = 300 << 20
    body_bytes: int = 4 << 20
    """Of any other request."""
    requests: Rate = _REQUESTS
    creates: Rate = _CREATES
    logins: Rate = _LOGINS
    streams: int = 100
    """Progress that one client may follow at once."""
    session_seconds: float = 12 * 3600
    least_free: int = 1 << 30
    """Bytes of disk below which no film is begun."""
    waiting: int = 100
    """Tasks of one user that may wait."""
    connections: int = 2000
    """At once, half of them of one address."""
    head_seconds: float = 15
    """In which the first byte of a request has to come, and from there on the rest of its head."""
    body_seconds: float = 30
    """In which 16 kB of a body have to come, or the rest of it."""
    keep_alive: float = 15
    """Seconds after which a quiet stream says that it is there."""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("::1")
    (True, True, False, True)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def own_names(host: str) -> frozenset[str]:
    """The names by which a server that listens there is called on its network."""
    if is_loopback(host):
        return frozenset()
    return frozenset(name.lower() for name in (host, socket.gethostname(), socket.getfqdn()) if name)


def read_tokens(path: str) -> dict[str, str]:
    """The users and tokens in a YAML file of lines `name: token`. Raises ValidationError for a file that others can
    read, for a token that could be guessed, and for what is no such file."""
    import yaml

    try:
        with open(path, encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(_MOST_BYTES + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise ValidationError(f"cannot read the tokens: {error}", hint="check the path") from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise ValidationError("others can read the tokens", Where(path), f"run `chmod 600 {path}`")
    _check_place(path)
    form = "a line for each user, `name: token`"
    try:
        found = yaml.safe_load(text) if len(text) <= _MOST_BYTES else None
    except yaml.YAMLError:
        found = None
    if not isinstance(found, dict) or not found or len(found) > _MOST_TOKENS:
        raise ValidationError("this is no file of tokens", Where(path), f"write {form}")
    tokens: dict[str, str] = {}
    for name, token in found.items():
        if not isinstance(name, str) or not isinstance(token, str) or not name.strip() or not name.isprintable():
            raise ValidationError("this is no file of tokens", Where(path), f"write {form}")
        tokens[name] = checked_token(token, f'of "{name}"', Where(path))
    if len(set(tokens.values())) < len(tokens):
        raise ValidationError("two users have the same token", Where(path), "give each their own")
    return tokens


def _check_place(path: str) -> None:
    """Raise ValidationError for a file that a project which comes from the web could show."""
    here, place = os.path.realpath("."), os.path.realpath(path)
    inside = os.path.relpath(place, here)
    hidden = any(part.startswith(".") for part in inside.split(os.sep))  # `..` leads out
    if not hidden:
        raise ValidationError(
            "projects may name files of this folder, and so could show the tokens",
            Where(path),
            "keep them elsewhere, or in a hidden file such as .tokens.yaml",
        )


def checked_token(token: str, whose: str, where: Where | None = None) -> str:
    """The token itself. Raises ValidationError for one that could be guessed, or that no header can carry."""
    if len(token) < SHORTEST_TOKEN:
        raise ValidationError(
            f"the token {whose} has less than {SHORTEST_TOKEN} characters",
            where,
            "make one by `python -c 'import secrets; print(secrets.token_urlsafe())'`",
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise ValidationError(f"the token {whose} has characters that no header can carry", where, "use ASCII letters")
    return token


def settings_for(
    *, output: str, host: str, at_once: int, tokens_file: str | None, hosts: Sequence[str], max_cost: float
) -> Settings:
    """The settings that a person has chosen. Raises ValidationError for a server that everybody could use."""
    tokens = read_tokens(tokens_file) if tokens_file else {}
    sees_all: set[str] = set()
    if one := os.environ.pop(TOKEN, ""):  # builds are not to have it
        user = this_user() or "owner"
        if user in tokens or one in tokens.values():
            raise ValidationError(f'{TOKEN} is one of "{user}", who is in {tokens_file} too', hint="set it there only")
        tokens[user] = checked_token(one, f"in {TOKEN}")
        sees_all.add(user)
    if not tokens and not is_loopback(host):
        raise ValidationError(
            f"whoever reaches {host} could use this server", hint=f"give --tokens FILE, or set {TOKEN}"
        )
    return Settings(
        output=output,
        host=host,
        at_once=at_once,
        tokens=tokens,
        sees_all=frozenset(sees_all),
        hosts=frozenset(hosts),
        max_cost=max_cost,
    )
