"""The parts of a document that is split: what says which part a film is, and the film that tells what they are."""

from __future__ import annotations

from collections.abc import Sequence

from videogen.model.kinds import Listing, Outro, Title
from videogen.model.project import Part
from videogen.model.scene import Scene
from videogen.script.lang import base
from videogen.script.text import clean, finish

_WORDS = {
    "en": ("Part {n} of {m}", "In {m} parts", "This is {title}, in {m} parts.", "Begin with the first part."),
    "de": ("Teil {n} von {m}", "In {m} Teilen", "Das ist {title}, in {m} Teilen.", "Beginne mit dem ersten Teil."),
    "fr": ("Partie {n} sur {m}", "En {m} parties", "Voici {title}, en {m} parties.", "Commencez par la première."),
    "es": ("Parte {n} de {m}", "En {m} partes", "Esto es {title}, en {m} partes.", "Empieza por la primera parte."),
    "it": ("Parte {n} di {m}", "In {m} parti", "Questo è {title}, in {m} parti.", "Comincia dalla prima parte."),
}
_NEUTRAL = ("{n} / {m}", "1 – {m}", "{title}. 1 – {m}.", "{title}.")


def numbered(scenes: Sequence[Scene], part: Part, language: str) -> list[Scene]:
    """The scenes of a part, with its number on the title; nothing else says it, so no other scene depends on it."""
    said = _words(language)[0].format(n=part.number, m=len(part.titles))
    return [
        scene.model_copy(update={"content": scene.content.model_copy(update={"eyebrow": said})})
        if isinstance(scene.content, Title)
        else scene
        for scene in scenes
    ]


def overview(part: Part, language: str) -> list[Scene]:
    """The film that says what the parts are."""
    _, subtitle, first, last = (text.format(n="", m=len(part.titles), title=part.series) for text in _words(language))
    pages = [part.titles[at : at + 6] for at in range(0, len(part.titles), 6)]
    listed = [
        Scene(
            id="parts" if not at else f"parts-{at + 1}",
            kind="list",
            content=Listing.model_validate({"header": part.series, "items": page}),
            narration=" ".join(finish(clean(title, language)) for title in page),
            title=subtitle,
            min_seconds=5,
        )
        for at, page in enumerate(pages)
    ]
    return [
        Scene(
            id="title",
            kind="title",
            content=Title(title=part.series, subtitle=subtitle),
            narration=first,
            min_seconds=5,
            title=part.series,
        ),
        *listed,
        Scene(
            id="outro",
            kind="outro",
            content=Outro(main_text=part.series),
            narration=last,
            min_seconds=5,
            title=part.series,
        ),
    ]


def _words(language: str) -> tuple[str, str, str, str]:
    return _WORDS.get(base(language), _NEUTRAL)
