"""What an answer by HTTP that is no answer means, alike for every provider."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time

from videogen.script.ai.provider import AskFailed

PASSING = (408, 409, 425, 429)
"""Besides those from 500 up (529 is "overloaded"): statuses that another attempt may not meet."""

_MEANS = {
    400: "it did not understand the request",
    401: "it does not know the key",
    403: "the key may not do that",
    404: "it has no such model, or nothing at that address",
    408: "it waited too long for the request",
    413: "the document is too long for it",
    429: "it is asked too often",
    503: "it is out of service",
    529: "it is overloaded",
}
_HINTS = {
    401: "check the key in {key}",
    403: "check what the key in {key} is allowed to do",
    404: "check `model` and the address",
    413: "give it a shorter document, or split it",
}


def refused(status: int, headers: Mapping[str, str], said: str, key_variable: str) -> AskFailed:
    """The failure that a status stands for; `said` is the provider's own message."""
    redirect = 300 <= status < 400
    meaning = "it leads elsewhere, where no key is sent" if redirect else _MEANS.get(status, "it failed")
    own = " ".join(said.split())[:200]
    # an account without credit stays so, whatever the status
    passing = (status in PASSING or status >= 500) and "quota" not in own.lower() and "credit" not in own.lower()
    return AskFailed(
        f"{meaning} ({status}{': ' + own if own else ''})",
        may_pass=passing,
        wait=retry_after(headers),
        hint=_HINTS.get(status, "").format(key=key_variable),
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds of a Retry-After header (RFC 9110, 10.2.3: a number or a date); None where there is none.

    >>> retry_after({"retry-after": "7"}), retry_after({})
    (7.0, None)
    """
    given = headers.get("retry-after", "").strip()
    try:
        return max(float(given), 0.0) if given and float(given) == float(given) else None
    except ValueError:
        pass
    try:
        return max(parsedate_to_datetime(given).timestamp() - time(), 0.0)
    except (ValueError, TypeError):
        return None
