"""Web addresses, as they may be shown."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit


def shown_source(named: str) -> str:
    """A source without what may be secret in it: user, password, query and fragment of an address.

    >>> shown_source("https://ada:s3cret@example.org/talk.md?token=abc#top")
    'https://example.org/talk.md'
    >>> shown_source("docs/README.md")
    'docs/README.md'
    """
    if "://" not in named:
        return named
    try:
        parts = urlsplit(named)
    except ValueError:  # it is no address
        return named.partition("://")[0] + "://"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
