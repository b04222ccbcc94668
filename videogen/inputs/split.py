"""A long document as several films: where one ends and the next begins."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from videogen.inputs.measure import seconds_to_say
from videogen.inputs.yamltree import Tree
from videogen.model.content import ParsedContent, ParsedSection
from videogen.model.errors import ValidationError, Where
from videogen.model.project import Minutes, Part, Split, VideoConfig
from videogen.model.scene import LONGEST_SLUG, slugify

SHORTEST_SECONDS = 20.0
"""A section that takes less to say is no film of its own, and goes with the one before it."""

MOST_PARTS = 50
_LINK = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:\s*\S")
LAST = 1 << 30
"""After the last line of every document."""

MOST_CHARACTERS = 4_000_000
"""Of a document that is split."""


def split_video(video: VideoConfig, parsed: ParsedContent, split: Split, tree: Tree) -> list[VideoConfig]:
    """The films of a video whose document is split: one that says what the others are, and the others.

    Their ids come from their headings; only the names of their files have numbers. Raises ValidationError for a
    heading that there is not, and for a document that cannot be split.
    """
    where = tree.where(("split",))
    if video.document is not None and len(video.document.text) > MOST_CHARACTERS:
        raise ValidationError("the document is too long to be split", where, "divide it into several documents")
    starts = _starts(parsed.sections, split, tree)
    if len(starts) < 2:
        return [video]
    if len(starts) > MOST_PARTS:
        raise ValidationError(f"this makes {len(starts)} films; at most {MOST_PARTS}", where, "split it less")
    titles = [parsed.sections[at].title.text for at in starts]
    lines = [parsed.sections[at].lines[0] for at in starts[1:]]
    bounds = list(zip([0, *lines], [*lines, LAST], strict=True))
    width = len(str(len(starts)))

    def part(number: int, title: str, name: str, first: int, stop: int) -> VideoConfig:
        made = Part(number=number, titles=titles, series=parsed.title, first=first, stop=stop)
        stem = f"{video.id}-{number:0{width}}-{name}"
        own = video.document and video.document.model_copy(update={"text": own_text(video.document.text, made)})
        changes = {"id": f"{video.id}-{name}", "title": title, "document": own, "part": made, "file": stem}
        return video.model_copy(update=changes)

    room = max(LONGEST_SLUG - len(video.id) - 8, 8)
    taken = {"overview"}
    films = [part(0, parsed.title, "overview", 0, 0)]
    for number, (title, (first, stop)) in enumerate(zip(titles, bounds, strict=True), 1):
        base = slugify(title, "part")[:room].strip("-")
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base}-{count}"
        taken.add(name)
        films.append(part(number, title, name, first, stop))
    return films


def own_text(text: str, part: Part) -> str:
    """A document in which all that is not in a part is blank, but for what links are called: what is left stands on
    the same lines.

    >>> own_text("# A\\n[x]: y\\nText\\n# B\\nMore", Part(number=2, titles=[], series="", first=4, stop=LAST))
    '\\n[x]: y\\n\\n# B\\nMore'
    """
    lines = text.split("\n")
    kept = [
        line if part.first <= number < part.stop or _LINK.match(line) else "" for number, line in enumerate(lines, 1)
    ]
    return "\n".join(kept).rstrip("\n") + ("\n" if text.endswith("\n") else "")


def of_part(parsed: ParsedContent, part: Part, title: str) -> ParsedContent:
    """What one part of a document says; its own heading is its title."""
    sections = [
        # the last one ends where the document does, of which the rest is blank
        section.model_copy(update={"lines": (section.lines[0], min(section.lines[1], part.stop - 1))})
        for section in parsed.sections
        if part.first <= section.lines[0] < part.stop
    ]
    if sections:
        top, others = sections[0].level, sections[1:]
        if top > 1 and all(section.level > top for section in others):
            sections = [section.model_copy(update={"level": section.level - top + 1}) for section in sections]
    return parsed.model_copy(
        update={
            "title": title,
            "description": "",
            "sections": sections,
            "suggested_duration": seconds_to_say(sections),
        }
    )


def _starts(sections: Sequence[ParsedSection], split: Split, tree: Tree) -> list[int]:
    """The sections with which a part begins; what stands before the first goes with it."""
    if isinstance(split, list):
        return _named(sections, split, tree)
    starts = _tops(sections)
    if len(starts) < 2:
        raise ValidationError(
            "the document has no headings to split it at", tree.where(("split",)), "leave `split` out"
        )
    begins = [0, *starts[1:]]
    seconds = [seconds_to_say(sections[a:b]) for a, b in zip(begins, [*starts[1:], len(sections)], strict=True)]
    return _equal(starts, seconds, split.minutes * 60) if isinstance(split, Minutes) else _large(starts, seconds)


def _tops(sections: Sequence[ParsedSection]) -> list[int]:
    """The headings of the highest level of which there are several."""
    for level in range(1, 7):
        found = [at for at, section in enumerate(sections) if section.level == level]
        if len(found) > 1:
            return found
    return []


def _large(starts: Sequence[int], seconds: Sequence[float]) -> list[int]:
    """Those that are large enough; a small one goes with the one before it, the first with the next."""
    found: list[int] = []
    for start, length in zip(starts, seconds, strict=True):
        if length >= SHORTEST_SECONDS or not found:
            found.append(start)
    if len(found) > 1 and sum(seconds[: starts.index(found[1])]) < SHORTEST_SECONDS:
        del found[1]
    return found


def _equal(starts: Sequence[int], seconds: Sequence[float], wanted: float) -> list[int]:
    """The beginnings of parts that are about as long as each other, and as is wanted."""
    total = sum(seconds)
    count = min(max(1, round(total / wanted)), len(starts))
    ends = [sum(seconds[:at]) for at in range(len(starts))]
    found = [0]
    for cut in range(1, count):
        free = range(found[-1] + 1, len(starts) - (count - cut) + 1)
        found.append(min(free, key=lambda at: abs(ends[at] - total * cut / count)))
    return [starts[at] for at in found]


def _named(sections: Sequence[ParsedSection], headings: Sequence[str], tree: Tree) -> list[int]:
    titles = [section.title.text for section in sections]
    found: list[int] = []
    for index, heading in enumerate(headings):
        where: Where = tree.where(("split", index))
        at = next((at for at, title in enumerate(titles) if title.casefold() == heading.strip().casefold()), None)
        if at is None:
            close = difflib.get_close_matches(heading, titles, 1)
            hint = f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(filter(None, titles[:12]))}"
            raise ValidationError(f'the document has no heading "{heading[:60]}"', where, hint)
        if found and at <= found[-1]:
            raise ValidationError(f'"{heading}" stands before the heading above it', where, "name them in order")
        found.append(at)
    return found
