"""A script in another language: its texts taken out, and put back translated. What is shown when follows the words."""

from __future__ import annotations

import bisect
import itertools
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pydantic

from videogen.model.base import Model
from videogen.model.kinds import Content, Quiz
from videogen.model.markup import read_markup, spoken
from videogen.model.scene import Scene
from videogen.model.script import VideoScript
from videogen.model.translation import FILM, Cost, Phrase, Texts, Translated, Translation, digest, known_of
from videogen.script.cues import align
from videogen.script.draft import context
from videogen.script.figures import figures_in
from videogen.script.hand import cue_texts
from videogen.script.originals import is_mine
from videogen.script.readability import reading_level
from videogen.script.text import sentences, word_count


def texts_of(script: VideoScript) -> dict[str, list[Phrase]]:
    """The texts of a film by scene, in order; those of the film itself come first, under FILM.

    A text that stands several times in a scene is there once; what holds no letter is the same in every language.
    """
    return {name: _once(texts) for name, texts in _places(script)}


def _places(script: VideoScript) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield FILM, [("title", script.title), ("description", script.description)]
    for scene in script.scenes:
        yield scene.id, [*_narration(scene), *content_texts(scene.content), ("chapter", scene.title)]


def still_stale(
    script: VideoScript, stale: Mapping[str, Sequence[str]], own: Mapping[str, frozenset[str]]
) -> dict[str, list[str]]:
    """Of the places that are stale in each scene, those that somebody sees or hears: not where a person reviewed all
    that has this text, given the fields that are their `own` in every scene of their script ("": the film)."""
    if not own:
        return {name: list(places) for name, places in stale.items()}
    left: dict[str, list[str]] = {}
    for name, texts in _places(script):
        mine = own.get("" if name == FILM else name)
        for at in stale.get(name, ()):
            text = dict(texts)[at]
            places = [place if name == FILM else _field_of(place) for place, each in texts if each == text]
            if mine is not None and not all(is_mine(mine, place) for place in places):
                left.setdefault(name, []).append(at)
    return left


def _field_of(at: str) -> str:
    """The field of a review that a text of a scene stands in."""
    first = at.partition(".")[0]
    return {"chapter": "title", "narration": "narration"}.get(first, f"content.{first}")


def _narration(scene: Scene) -> list[tuple[str, str]]:
    if not scene.turns:
        return [("narration", scene.narration)]
    return [(f"narration.{at}", text) for at, (_, text) in enumerate(spoken(scene.narration, scene.turns))]


def _once(texts: Sequence[tuple[str, str]]) -> list[Phrase]:
    first = {text: at for at, text in reversed(texts) if any(map(str.isalpha, text))}
    return [Phrase(at=at, text=text) for at, text in texts if first.get(text) == at]


def content_texts(content: Content) -> Iterator[tuple[str, str]]:
    """Every text of a slide that is not the same in all languages, with its path, such as `items.0.text`."""
    letter = isinstance(content, Quiz) and content.correct_answer.casefold() not in map(str.casefold, content.options)
    return _texts(content, content.verbatim | {*content.paths} | ({"correct_answer"} if letter else set()))


def _texts(value: Any, verbatim: frozenset[str], at: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, verbatim, f"{at}.{index}")
    elif isinstance(value, Model):
        for name, field in type(value).model_fields.items():
            if name not in verbatim and not _is_choice(field.annotation):
                yield from _texts(getattr(value, name), verbatim, f"{at}.{name}" if at else name)


def _is_choice(annotation: Any) -> bool:
    """Whether a field takes one of a few words that mean something to us."""
    return typing.get_origin(annotation) is typing.Literal or any(map(_is_choice, typing.get_args(annotation)))


def settled(texts: Texts) -> tuple[Translation, list[Phrase]]:
    """What is known of a scene's translation, and the texts of which nothing is.

    A text that was translated at another place of the scene is taken from there; one whose original has changed is
    taken as it is, and noted as stale.
    """
    done: list[Translated] = []
    missing: list[Phrase] = []
    stale: list[str] = []
    for phrase in texts.texts:
        known = known_of(phrase, texts.given)
        if known is None or not known.text.strip():
            missing.append(phrase)
            continue
        stale += [phrase.at] if known.is_stale(phrase) else []
        done.append(Translated(at=phrase.at, of=known.of or digest(phrase.text), text=known.text))
    return Translation(texts=done, stale=stale), missing


def translated(script: VideoScript, translations: Mapping[str, Translation], language: str) -> VideoScript:
    """A script in another language, given the translation of each of its scenes and of FILM.

    Raises ValueError, naming the scene, where a translated text does not do for its slide.
    """
    originals = texts_of(script)
    film = _said(translations[FILM], originals[FILM])
    about = context(language, film.get(script.title, script.title), "", "16:9")
    scenes = []
    for scene in script.scenes:
        said = _said(translations[scene.id], originals[scene.id])
        try:
            scenes.append(_scene(scene, said, script.language, language))
        except pydantic.ValidationError as error:
            found = error.errors()[0]
            place = ".".join(map(str, found["loc"]))
            reason = found["msg"].removeprefix("Value error, ")
            told = f"`{place}`: {reason}" if place else reason
            raise ValueError(f'scene "{scene.id}" in "{language}": {told}') from None
    spoken = sum(about.seconds(scene.narration) + scene.pause_before + scene.pause_after for scene in scenes)
    return script.model_copy(
        update={
            "language": language,
            "title": film.get(script.title, script.title),
            "description": film.get(script.description, script.description),
            "scenes": scenes,
            "total_words": sum(word_count(scene.narration) for scene in scenes),
            "estimated_duration": round(spoken, 1),
            "validation_warnings": [],
            "metadata": {
                **script.metadata,
                **reading_level(scene.narration for scene in scenes),
                **_costs([each.asked for each in translations.values() if each.asked]),
            },
        }
    )


def _costs(asked: Sequence[Cost]) -> dict[str, Any]:
    """What asking for the translation took, together."""
    if not asked:
        return {}
    known = [each.cost for each in asked if each.cost is not None]
    total = asked[0].model_copy(
        update={
            "input_tokens": sum(each.input_tokens for each in asked),
            "output_tokens": sum(each.output_tokens for each in asked),
            "cost": round(sum(known), 6) if len(known) == len(asked) else None,
        }
    )
    return {"translation": total.model_dump(mode="json", exclude_none=True)}


def _said(translation: Translation, originals: Sequence[Phrase]) -> dict[str, str]:
    """Translation by original text."""
    there = {each.at: each.text for each in translation.texts}
    return {phrase.text: there[phrase.at] for phrase in originals if phrase.at in there}


def _scene(scene: Scene, said: Mapping[str, str], source: str, language: str) -> Scene:
    data = scene.content.model_dump(mode="json")
    for at, text in figures_in(scene.content, source, language):
        _put(data, at, text)
    for at, text in content_texts(scene.content):
        if text in said:
            _put(data, at, said[text])
    content: Content = type(scene.content).model_validate(data)
    lines = [(turn.speaker, said.get(text, text)) for turn, text in spoken(scene.narration, scene.turns)]
    narration, marks, turns = read_markup(lines)
    return scene.model_copy(
        update={
            "content": content,
            "narration": narration,
            "marks": marks,
            "turns": turns if scene.turns else [],
            "title": said.get(scene.title, scene.title),
            "cues": moved_cues(scene.cues, scene.narration, narration, cue_texts(content)),
        }
    )


def _put(data: Any, at: str, text: str) -> None:
    *way, last = at.split(".")
    for step in way:
        data = data[int(step)] if isinstance(data, list) else data[step]
    data[int(last) if isinstance(data, list) else last] = text


def moved_cues(cues: Mapping[str, int], before: str, after: str, texts: Mapping[str, str]) -> dict[str, int]:
    """Cues of a narration, for its translation.

    Where both have as many sentences, a cue stays in its sentence, as far into it as it was; else it comes with the
    words of its own text, as in a narration written by hand.

    >>> moved_cues({"item:0": 0, "item:1": 2}, "One thing. Then two.", "Una sola cosa. Luego, dos.", {})
    {'item:0': 0, 'item:1': 3}
    """
    ours, theirs = _lengths(before), _lengths(after)
    if not cues or not theirs:
        return {}
    if len(ours) != len(theirs):
        found = align({name: texts.get(name, "") for name in cues}, after)
        return found or dict.fromkeys(cues, 0)
    starts = list(itertools.accumulate(ours, initial=0))
    to = list(itertools.accumulate(theirs, initial=0))
    moved: dict[str, int] = {}
    for name, word in cues.items():
        which = min(bisect.bisect_right(starts, word) - 1, len(ours) - 1)
        moved[name] = to[which] + round((word - starts[which]) / ours[which] * theirs[which])
        moved[name] = min(moved[name], to[which + 1] - 1)
    return moved


def _lengths(narration: str) -> list[int]:
    """Words of each sentence; together they are all that the narration has."""
    lengths = [len(sentence.split()) for sentence in sentences(narration)]
    return lengths if sum(lengths) == len(narration.split()) else [len(narration.split())] if narration else []
