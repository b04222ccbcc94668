"""Sentences that send a reader elsewhere: good on a page, lost on somebody who watches. English only."""

from __future__ import annotations

import re
from functools import cache

_PLACE = (
    r"(?:docs?|documentation|guide|here|page|website|site|link|below|above|wiki|issue|tutorial|slides?|folder|"
    r"changelog|repository|section|examples?|manual|reference|readme|headings?|faq)"
)
_GO = r"(?:see|visit|read|refer|check out|head over|have a look|take a look|consult)"
_PATTERNS = (
    rf"^(?:please )?for (?:more|further|additional|full|detailed|other|an? (?:full|complete|detailed|video|run))\b.*"
    rf"\b{_GO}\b",
    r"^(?:please )?(?:see|also see|see also|visit|consult|refer to|check out|head over)\b",
    r"^(?:please )?(?:click (?:on|the|here)|browse the)\b",
    r"^(?:please )?(?:star (?:us|the|this)|follow us|join (?:us|our|the)|read (?:the|our|more|about))\b",
    r"^(?:please )?watch (?:the|our|this)\b",
    r"^more (?:information|details|info)\b",
    r"^(?:the |our )?(?:full )?documentation (?:is|can|covers|has)\b",
    rf"\b(?:see|refer to|consult|check out|head over to|have a look at|take a look at|visit)\b.{{0,60}}\b{_PLACE}\b",
    rf"^(?:if [^,]+, )?(?:please )?check (?:the|our|its)\b.{{0,60}}\b(?:home ?page|{_PLACE})\b",
    rf"\b(?:found (?:in|at|on|here)|available (?:at|here|from))\b.{{0,60}}\b{_PLACE}\b",
    r"\bproject documentation is available\b",
    r"\bcan be (?:downloaded|obtained|fetched) (?:from|at)\b|\bversions? of this document\b",
    r"^(?:please )?read \S+ for (?:more|further)\b",
    r"\bcan be found (?:here|at|in|on)\b",
    r"\b(?:hosted|available) (?:on|at)\b.{0,30}\bat:? (?:GitHub|GitLab)\b",
    r"\bbadges?\b",
    r"\bworth (?:taking )?a look\b",
    r"\b(?:screenshot|animation|picture|image|gif|video) (?:above|below)\b",
    r"\blicen[sc]ed\b",
    r"\bcredit is due\b",
    r"\b(?:crafted|made|built) with (?:\w+ )?(?:care|love)\b",
    r"\b(?:you can|to) (?:find|learn|read|know) (?:out )?more\b",
    r"\blooking for more\b",
    r"^learn more\b",
    r"\b(?:primary|main|our) sponsors?\b",
    r"\bsponsored by\b",
    r"^we(?:['’]ve| have) (?:just |now )?(?:launched|released|announced)\b",
    r"\bmore (?:details|information) (?:in|on|at|about)\b",
    r"\bopen an? issue\b",
    r"\bpull requests? (?:are|is)\b",
    r"(?<!\w)@\w",
)
_PLACE_NAME = re.compile(
    r"^(?:the |our |project )?(?:change ?log|documentation|docs|pypi|source(?: code)?|web ?site|home ?page|repository|"
    r"repo|github|issues?(?: tracker)?|bug (?:reports?|tracker)|mailing lists?|chat|discord|slack|gitter|forum|blog|"
    r"twitter|contributing|code of conduct|licen[cs]e|downloads?|releases?|wiki|faq|support|(?:get )?help|"
    r"stack ?overflow|api reference|third-party extensions|(?:report a )?security(?: \w+)?|donate|sponsors?)$",
    re.I,
)


@cache
def _any() -> re.Pattern[str]:
    """All of them as one; made when a sentence is first asked about, for that takes 30 ms."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)


def points_elsewhere(sentence: str) -> bool:
    """Whether a sentence sends the reader to another place, or speaks of licences and credits.

    >>> points_elsewhere("See the manual for details."), points_elsewhere("It reads the manual.")
    (True, False)
    """
    return bool(_any().search(sentence))


def names_a_place(item: str) -> bool:
    """Whether a list item is but the name of another place: several of them make a list of links.

    >>> names_a_place("Source code: GitHub"), names_a_place("Code highlighting")
    (True, False)
    """
    return bool(_PLACE_NAME.match(re.split(r"[:–—]", item)[0].strip(" .*")))
