"""Three versions of a script made one: what a person changed stays, what the source changed comes in.

Each is compared with what both began from, scene by scene and field by field. Where both changed the same field, and
not to the same, there is no right answer: both are kept, as a conflict.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from videogen.model.review import Fields, Merged, MergedScene, ReviewScene, ReviewText, flat

LIKE = 0.6
"""Of the words that two scenes say, how much is the same when they are one scene under another heading."""

_GONE = object()
"""A field that a version does not have."""


def merge(base: ReviewText, mine: ReviewText, theirs: ReviewText) -> Merged:
    """What a person made of `base`, and `theirs`, which the source now comes to, in one script.

    A scene that the person removed stays removed, whatever the source makes of it.
    """
    new_ids = _renamed(base, mine, theirs)
    old_ids = {new: old for old, new in new_ids.items()}
    begun = {new_ids.get(each.id, each.id): each.fields for each in base.scenes}
    own = {new_ids.get(each.id, each.id): each.fields for each in mine.scenes}
    fresh = {each.id: each.fields for each in theirs.scenes}
    scenes: dict[str, MergedScene] = {}
    for name in dict.fromkeys((*own, *fresh)):
        old = old_ids.get(name, name) if name in own else ""
        if name not in own:
            if name not in begun:
                scenes[name] = MergedScene(name, fresh[name], fresh[name])
        elif name not in fresh:
            if own[name] != begun.get(name):
                every = frozenset(flat(own[name]))
                scenes[name] = MergedScene(name, own[name], own[name], every, (), old, name in begun)
        else:
            scenes[name] = _fields(name, old, begun.get(name, {}), own[name], fresh[name])
    order, conflict = _order(
        [new_ids.get(each.id, each.id) for each in base.scenes], list(own), list(fresh), scenes.keys()
    )
    film = _fields("", "", base.fields, {**base.fields, **mine.fields}, theirs.fields)
    return Merged(film, [scenes[name] for name in order], conflict)


def _fields(name: str, old_id: str, base: Fields, mine: Fields, theirs: Fields) -> MergedScene:
    whole = len({each["kind"] for each in (base, mine, theirs) if "kind" in each}) > 1
    versions = [_parted(each, whole) for each in (base, mine, theirs)]
    _, own, fresh = versions
    left: Fields = {}
    right: Fields = {}
    kept: set[str] = set()
    conflicts: list[str] = []
    for key in dict.fromkeys((*own, *fresh)):
        b, m, t = (each.get(key, _GONE) for each in versions)
        both = m == t
        if not both and m != b:
            kept.add(key)
            if t != b:
                conflicts.append(key)
        chosen = m if key in kept else t
        _put(left, key, chosen)
        _put(right, key, t if key in conflicts else chosen)
    return MergedScene(name, _joined(left), _joined(right), frozenset(kept), tuple(conflicts), old_id)


def _parted(fields: Fields, whole: bool) -> Fields:
    """Fields as they are compared: a slide of another kind is another slide, as a `whole`."""
    if not whole:
        return flat(fields)
    rest = {name: value for name, value in fields.items() if name not in ("kind", "content")}
    slide = {name: fields[name] for name in ("kind", "content") if name in fields}
    return {"slide": slide, **rest} if slide else rest


def _put(fields: Fields, key: str, value: Any) -> None:
    if value is not _GONE:
        fields[key] = value


def _joined(fields: Fields) -> Fields:
    joined: Fields = {}
    for key, value in fields.items():
        if key == "slide":
            joined |= value
        elif key.startswith("content."):
            joined.setdefault("content", {})[key.partition(".")[2]] = value
        else:
            joined[key] = value
    if "kind" in joined:
        joined.setdefault("content", {})
    return joined


def _renamed(base: ReviewText, mine: ReviewText, theirs: ReviewText) -> dict[str, str]:
    """The new ids of scenes that are in the source under another heading: of the same kind, and saying much the same.

    Each goes to the first that is like it, and only one to each. One that the person removed goes to none: better seen
    once more than missed.
    """
    before, after = {each.id for each in base.scenes}, {each.id for each in theirs.scenes}
    own = {each.id for each in mine.scenes}
    gone = [each for each in base.scenes if each.id in own and each.id not in after]
    come = [each for each in theirs.scenes if each.id not in before and each.id not in own]
    found: dict[str, str] = {}
    for old in gone:
        new = next((each for each in come if each.id not in found.values() and _alike(old, each)), None)
        if new is not None:
            found[old.id] = new.id
    return found


def _alike(one: ReviewScene, other: ReviewScene) -> bool:
    if one.fields.get("kind") != other.fields.get("kind"):
        return False
    said = [_words(each.fields) for each in (one, other)]
    if not all(said):
        return one.fields.get("content") == other.fields.get("content")
    matcher = difflib.SequenceMatcher(None, *said, autojunk=False)
    return matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE


def _words(fields: Mapping[str, Any]) -> list[str]:
    said = fields.get("narration", [])
    return " ".join(said).split()


def _order(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], wanted: Iterable[str]
) -> tuple[list[str], list[str]]:
    """The `wanted` in an order, and that of the source where the two do not go together.

    Of two scenes that all three have, the source's order counts where the person did not turn it round. What only one
    has comes after what it comes after there.
    """
    wanted = set(wanted)
    core = [name for name in mine if name in wanted and name in base and name in theirs]
    place = [{name: index for index, name in enumerate(each)} for each in (base, mine, theirs)]

    def before(one: str, other: str) -> bool:
        b, m, t = (each[one] < each[other] for each in place)
        return t if m == b else m

    wins = {one: sum(one != other and before(one, other) for other in core) for one in core}
    clash = len(set(wins.values())) < len(core)
    order = core if clash else sorted(core, key=lambda name: -wins[name])
    for version in (theirs, mine):
        for index, name in enumerate(version):
            if name in wanted and name not in order:
                previous = next((each for each in reversed(version[:index]) if each in order), None)
                order.insert(order.index(previous) + 1 if previous is not None else 0, name)
    return order, [name for name in theirs if name in wanted] if clash else []
