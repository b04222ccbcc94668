"""What a person wrote in another language, and whether its original is still as it was then.

The file that such a review was made of holds a digest of every field of the original. Where that has changed, the
person's line stays, and is told as stale; written anew, the file says in a comment what the original is now. It is
stale until that comment is removed.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from videogen.model.review import Fields, Merged, MergedScene, ReviewText, flat
from videogen.model.translation import digest

_NOTE = re.compile(r"<!-- stale `([\w.]+)`: ")


class Stale(NamedTuple):
    """A field of a scene that a person wrote, of which the original has changed."""

    scene: MergedScene
    field: str
    noted: bool
    """Whether a comment in the file says so."""


def with_originals(text: ReviewText, original: ReviewText) -> ReviewText:
    """A translated script with what it is a translation of."""
    of = {each.id: _digests(each.fields) for each in original.scenes}
    return text.model_copy(
        update={"scenes": [each.model_copy(update={"of": of.get(each.id, {})}) for each in text.scenes]}
    )


def stale_fields(merged: Merged, base: ReviewText, original: ReviewText) -> Iterator[Stale]:
    """What of the lines that a person wrote is to be looked at again, but for what is a conflict anyway."""
    before = {each.id: each.of for each in base.scenes}
    now = {each.id: _digests(each.fields) for each in original.scenes}
    for scene in merged.scenes:
        then, present = before.get(scene.old_id, {}), now.get(scene.id, {})
        noted = {match[1] for note in scene.fields.get("notes", ()) if (match := _NOTE.match(note))}
        for name in dict.fromkeys((*then, *present)):
            if is_mine(scene.mine, name) and name not in scene.conflicts and "slide" not in scene.conflicts:
                changed = name in then and present.get(name) != then[name]
                if changed or name in noted:
                    yield Stale(scene, name, not changed)


def with_notes(merged: Merged, base: ReviewText, original: ReviewText) -> Merged:
    """A script of both in which comments say what the original of a person's lines is now."""
    fields = {each.id: flat(each.fields) for each in original.scenes}
    found: dict[str, dict[str, str]] = {}
    for scene, name, noted in stale_fields(merged, base, original):
        if not noted:
            found.setdefault(scene.id, {})[name] = _note(name, fields.get(scene.id, {}).get(name))
    scenes = [_noted(each, found[each.id]) if each.id in found else each for each in merged.scenes]
    return dataclasses.replace(merged, scenes=scenes)


def is_mine(mine: Collection[str], name: str) -> bool:
    """Whether a field is among those that a person changed; a slide of another kind is theirs as a whole."""
    return name in mine or ("slide" in mine and name.startswith("content."))


def _digests(fields: Fields) -> dict[str, str]:
    return {name: digest(_told(value)) for name, value in flat(fields).items() if name not in ("kind", "notes")}


def _note(name: str, value: Any) -> str:
    told = "(gone)" if value is None else " ".join(value) if name == "narration" else _told(value)
    return f"<!-- stale `{name}`: its original is now: {told.replace('-->', '-- >')} -->"


def _told(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _noted(scene: MergedScene, notes: dict[str, str]) -> MergedScene:
    before = scene.fields.get("notes", [])
    kept = [note for note in before if not ((match := _NOTE.match(note)) and match[1] in notes)]
    both = {"notes": [*kept, *notes.values()]}
    return dataclasses.replace(scene, fields=scene.fields | both, source=scene.source | both)
