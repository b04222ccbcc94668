"""Translations that a person wrote: `translations/es.yaml`, read with the place of every mistake, and written anew with
what is still to be translated."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from videogen.inputs.text import read_text
from videogen.inputs.yamltree import Loc, Tree, load_tree
from videogen.model.errors import ValidationError
from videogen.model.translation import FILM, Given, Phrase, Translated, digest, known_of

MAX_BYTES = 5_000_000

_HEAD = """\
# {source} -> {language}. Write each translation after `{language}:`; keep names, code and addresses as they are.
# `of` tells which original was translated. Where that has changed, translate the line again and remove its `of`.
"""


def read_translations(path: Path, shown: str, language: str) -> Given:
    """The texts in a file of translations by video and scene. Raises ValidationError, with the place, for what is no
    such file."""
    tree = load_tree(read_text(path, what="translation", shown=shown, limit=MAX_BYTES), shown)
    found: Given = {}
    for video, scenes in _mapping(tree, (), tree.data or {}, "a mapping of videos").items():
        own = found.setdefault(video, {})
        for scene, entries in _mapping(tree, (video,), scenes or {}, "a mapping of scenes").items():
            if not isinstance(entries, list):
                raise ValidationError(
                    "a scene has a list of texts", tree.where((video, scene)), "write each as {at: …, of: …, …}"
                )
            own[scene] = [_entry(tree, (video, scene, index), entry, language) for index, entry in enumerate(entries)]
    return found


def _mapping(tree: Tree, loc: Loc, value: object, what: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValidationError(f"this must be {what}", tree.where(loc), "`video-gen translate` writes such a file")
    return value


def _entry(tree: Tree, loc: Loc, entry: object, language: str) -> Translated:
    if not isinstance(entry, dict) or not {"at", language} <= entry.keys():
        raise ValidationError(
            f"a text has `at` and `{language}`", tree.where(loc), "`video-gen translate` writes such a file"
        )
    at, of, text = entry["at"], entry.get("of", ""), entry[language]
    text = "" if text is None else text
    for key, value in (("at", at), ("of", of), (language, text)):
        if not isinstance(value, str):
            raise ValidationError(f"`{key}` must be text", tree.where((*loc, key)), "put it in quotes")
    return Translated(at=at, of=of, text=text)


def translations_text(
    source: str, language: str, texts: Mapping[str, Mapping[str, Sequence[Phrase]]], given: Given
) -> str:
    """A file with every text of these videos, in the order of the films: translated where it is known, else empty.

    A line whose original has changed stays, with what it was a translation `of`; what is known of other videos stays
    as it is, and so do lines that no scene needs any more, at the end of their scene.
    """
    lines = [_HEAD.format(source=source, language=language)]
    for video in dict.fromkeys((*texts, *given)):
        lines.append(f"{video}:\n")
        ours, theirs = texts.get(video, {}), given.get(video, {})
        for scene in dict.fromkeys((*ours, *theirs)):
            entries = list(_entries(ours.get(scene, ()), theirs.get(scene, ())))
            if not entries:
                continue
            lines.append(f"  {scene}:" + ("  # the film's own title and description\n" if scene == FILM else "\n"))
            for entry, original in entries:
                stale = "  # stale" if original and entry.of != digest(original) else ""
                lines.append(f"    - at: {entry.at}\n      of: {_quoted(entry.of)}{stale}\n")
                lines.append(f"      {source}: {_quoted(original)}\n" if original else "")
                lines.append(f"      {language}: {_quoted(entry.text)}\n")
    return "".join(lines)


def _entries(phrases: Sequence[Phrase], given: Sequence[Translated]) -> list[tuple[Translated, str]]:
    """Each text with its original; the original of one that is not needed any more is not known."""
    found: list[tuple[Translated, str]] = []
    used: list[Translated] = []
    for phrase in phrases:
        known = known_of(phrase, given)
        used += [known] if known else []
        entry = known if known and known.text else Translated(at=phrase.at, text="")
        of = entry.of or digest(phrase.text)
        found.append((entry.model_copy(update={"at": phrase.at, "of": of}), phrase.text))
    return found + [(each, "") for each in given if each not in used and each.text]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
