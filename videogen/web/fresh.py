"""Whether somebody has what they ask for already."""

from __future__ import annotations

from starlette.requests import Request


def is_known(request: Request, etag: str) -> bool:
    """Whether a request says, by `If-None-Match`, that who asks has the state with this tag."""
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return etag in known
