"""Translations as gettext catalogues, which translators' tools read and write.

A text's context is its place, `video/scene/at`; one whose original has changed is fuzzy, as gettext has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from videogen.inputs.text import read_text
from videogen.inputs.translations import MAX_BYTES
from videogen.model.errors import ValidationError, Where
from videogen.model.translation import Given, Phrase, Translated, digest, known_of


def catalogue_text(
    source: str, language: str, texts: Mapping[str, Mapping[str, Sequence[Phrase]]], given: Given
) -> bytes:
    """A `.po` file of every text of these videos, with what is translated."""
    import polib

    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Language": language,
        "X-Source-Language": source,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for video, scenes in texts.items():
        for scene, phrases in scenes.items():
            for phrase in phrases:
                known = known_of(phrase, given.get(video, {}).get(scene, ()))
                entry = polib.POEntry(
                    msgctxt=f"{video}/{scene}/{phrase.at}", msgid=phrase.text, msgstr=known.text if known else ""
                )
                if known and known.text and known.is_stale(phrase):
                    entry.flags.append("fuzzy")
                catalogue.append(entry)
    return str(catalogue).encode() + b"\n"


def read_catalogue(path: Path, shown: str) -> tuple[str, Given]:
    """The language of a `.po` file, and what is translated in it by video and scene; what is fuzzy is left out.

    Raises ValidationError for what is no catalogue that `catalogue_text` began.
    """
    import polib

    text = read_text(path, what="catalogue", shown=shown, limit=MAX_BYTES)
    try:
        catalogue = polib.pofile(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ValidationError(f"this is no gettext catalogue: {error}", Where(shown), "export one: --po") from None
    language = catalogue.metadata.get("Language", "")
    if not language:
        raise ValidationError("the catalogue does not name its language", Where(shown), "write a Language header")
    found: Given = {}
    for entry in catalogue.translated_entries():
        place = (entry.msgctxt or "").split("/", 2)
        if len(place) != 3:
            raise ValidationError(
                f'a text has the context "{entry.msgctxt or ""}", not video/scene/place',
                Where(shown, entry.linenum),
                "export one: --po",
            )
        video, scene, at = place
        own = found.setdefault(video, {}).setdefault(scene, [])
        own.append(Translated(at=at, of=digest(entry.msgid), text=entry.msgstr))
    return language, found
