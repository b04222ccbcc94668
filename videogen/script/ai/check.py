"""Whether an answer may be believed: its form, its measure, its language, and that it says nothing of its own. Pure.

What is wrong is told in words that a model can act on, for it is asked once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import pydantic

from videogen.model.limits import MAX_BULLETS, MAX_SLIDE_WORDS
from videogen.script.ai.answer import (
    BulletsScene,
    CalloutScene,
    ListScene,
    OutroScene,
    ScriptAnswer,
    SectionScene,
    ShowScene,
    StatScene,
    StepsScene,
    TimelineScene,
    TitleScene,
    TwoColumnsScene,
)
from videogen.script.ai.facts import Known, common, invented, known
from videogen.script.ai.prompt import (
    LONGEST_DETAIL,
    LONGEST_HEADER,
    LONGEST_ITEM,
    LONGEST_TEXT,
    MOST_REPEATED,
    ScriptPrompt,
)
from videogen.script.choose import MOST_SCENES, MOST_SPOKEN
from videogen.script.draft import MOST_WORDS
from videogen.script.text import stems, word_count

FEWEST_SCENES = 3
FEWEST_SPOKEN = 5
"""Words of a scene, at least."""

_ROOM = 1.15
"""A narration may be as much longer than it was asked to be: models do not count words well."""

_MARKUP = re.compile(
    r"[<>{}\[\]`|*]|(?<!\w)[_#~]|[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LIMITS = {"header": LONGEST_HEADER, "title": LONGEST_HEADER, "main_text": LONGEST_HEADER, "label": LONGEST_HEADER}
_LIMITS |= {"left_header": 40, "right_header": 40, "date": 30, "value": 20, "prefix": 8, "suffix": 12}
_LIMITS |= {"detail": LONGEST_DETAIL, "summary": LONGEST_DETAIL, "subtitle": LONGEST_DETAIL, "text": LONGEST_TEXT}
_MAY_BE_EMPTY = {"subtitle", "summary", "detail", "prefix", "suffix"}
_KINDS = ("title", "section", "bullets", "list", "steps", "timeline", "two_columns", "callout", "stat", "show", "outro")
_EXPLAINED = (BulletsScene, ListScene, StepsScene, TimelineScene, TwoColumnsScene, CalloutScene)
"""Kinds whose narration has to say more than what can be read."""


class Problem(NamedTuple):
    """What is wrong with a scene, counted from 1, or with the whole answer (0)."""

    scene: int
    what: str

    def __str__(self) -> str:
        return f"scene {self.scene}: {self.what}" if self.scene else self.what


class Checked(NamedTuple):
    """An answer as far as it could be read, and what speaks against it."""

    answer: ScriptAnswer | None
    problems: list[Problem]


def checked(text: str, prompt: ScriptPrompt, whole: bool = True) -> Checked:
    """An answer and everything that is wrong with it. Its language is not looked at here. `whole`: it was not cut."""
    if not whole:
        return Checked(None, [Problem(0, "it was cut before its end: write fewer scenes, and shorter ones")])
    try:
        answer = ScriptAnswer.model_validate_json(text)
    except pydantic.ValidationError as error:
        return Checked(None, [_misformed(detail) for detail in error.errors(include_url=False)[:12]])
    blocks = prompt.blocks()
    document = known(f"{prompt.title()}\n{_text_of(blocks)}")
    problems = _whole(answer, prompt)
    usual = common(spoken(answer))
    shows = {each["block"] for each in blocks if each.get("show")}
    for number, scene in enumerate(answer.scenes, 1):
        found = _form(scene, {each["block"] for each in blocks}, shows)
        if not found:
            found = _said(scene, prompt, document, usual)
        problems += [Problem(number, what) for what in found]
    return Checked(answer, problems)


def spoken(answer: ScriptAnswer) -> str:
    """All that is said, in order."""
    return " ".join(scene.narration for scene in answer.scenes)


def document_text(prompt: ScriptPrompt) -> str:
    """The document's words as they were sent."""
    return _text_of(prompt.blocks())


def usable(found: Checked) -> tuple[ScriptAnswer | None, list[str]]:
    """What of an answer can be used, and why the rest, or all of it, cannot.

    A scene that something is wrong with is left out; when that is more than a third of them, or the first, or
    something is wrong with the whole, all is.
    """
    why = [str(problem) for problem in found.problems]
    if found.answer is None or any(not problem.scene for problem in found.problems):
        return None, why
    bad = {problem.scene for problem in found.problems}
    kept = [scene for number, scene in enumerate(found.answer.scenes, 1) if number not in bad]
    if 1 in bad or len(bad) * 3 > len(found.answer.scenes) or len(kept) < FEWEST_SCENES:
        return None, why
    return found.answer.model_copy(update={"scenes": kept}), why


def _misformed(detail: Any) -> Problem:
    """What pydantic found, in words; nothing of the answer itself is quoted."""
    loc = [part for at, part in enumerate(detail["loc"]) if not (at == 2 and part in _KINDS)]
    number = loc[1] + 1 if len(loc) > 1 and loc[0] == "scenes" and isinstance(loc[1], int) else 0
    if detail["type"] == "json_invalid":
        return Problem(0, "it is no JSON")
    if detail["type"].startswith("union_tag"):
        return Problem(number, "there is no such `kind` of scene")
    inner = loc[2:] if loc[:1] == ["scenes"] else loc
    where = ".".join(str(part) for part in inner if not isinstance(part, str) or part.isidentifier())
    if detail["type"] == "extra_forbidden":
        return Problem(number, "it has a field that its kind does not have")
    return Problem(number, f"`{where[:60]}`: {detail['msg'][:80]}" if where else detail["msg"][:80])


def _whole(answer: ScriptAnswer, prompt: ScriptPrompt) -> list[Problem]:
    found: list[str] = []
    kinds = [scene.kind for scene in answer.scenes]
    if not FEWEST_SCENES <= len(kinds) <= MOST_SCENES + 2:
        found.append(f"{len(kinds)} scenes, but {FEWEST_SCENES} to {MOST_SCENES} are asked for")
    if kinds[:1] != ["title"] or kinds.count("title") != 1:
        found.append("the first scene, and no other, has to be a `title`")
    if kinds[-1:] != ["outro"] or kinds.count("outro") != 1:
        found.append("the last scene, and no other, has to be an `outro`")
    if (words := word_count(spoken(answer))) > MOST_SPOKEN * _ROOM:
        found.append(f"{words} words are said, but {MOST_SPOKEN} are asked for")
    if answer.language.partition("-")[0].lower() != prompt.language.partition("-")[0].lower():
        found.append(f"it has to be in the language {prompt.language}")
    return [Problem(0, what) for what in found]


def _form(scene: Any, blocks: set[int], shows: set[int]) -> list[str]:
    """What is wrong with the measure of a scene."""
    found: list[str] = []
    words = word_count(scene.narration)
    if not FEWEST_SPOKEN <= words <= MOST_WORDS * _ROOM:
        found.append(f"its narration has {words} words, but 12 to {MOST_WORDS} are asked for")
    if strangers := [number for number in scene.blocks if number not in blocks]:
        found.append(f"there is no block {strangers[0]}")
    if not scene.blocks and not isinstance(scene, (OutroScene, SectionScene, TitleScene)):
        found.append("`blocks` has to say what it is made from")
    if isinstance(scene, ShowScene) and scene.block not in shows:
        found.append(f"block {scene.block} cannot be shown")
    if isinstance(scene, StatScene) and not re.search(r"\d", scene.value):
        found.append("`value` has to be a number in digits")
    for name, text in _texts(scene):
        limit = _LIMITS.get(name, LONGEST_ITEM)
        if len(text) > limit:
            found.append(f"a `{name}` has {len(text)} characters, but at most {limit} are asked for")
        elif not text.strip() and not (name in _MAY_BE_EMPTY or (name == "title" and scene.kind == "callout")):
            found.append(f"a `{name}` is empty")
    fewest, most = (0, 4) if isinstance(scene, OutroScene) else (2, MAX_BULLETS)
    counts = {name: len(getattr(scene, name)) for name in ("items", "steps", "events") if hasattr(scene, name)}
    found += [
        f"{count} {name}, but {fewest} to {most} are asked for"
        for name, count in counts.items()
        if not fewest <= count <= most
    ]
    if isinstance(scene, TwoColumnsScene) and not all(
        1 <= len(side) <= 4 for side in (scene.left_items, scene.right_items)
    ):
        found.append("a side has to have 1 to 4 items")
    if isinstance(scene, BulletsScene) and word_count(" ".join(scene.items)) > MAX_SLIDE_WORDS:
        found.append(f"more than {MAX_SLIDE_WORDS} words stand on the slide")
    for text in (scene.narration, *(text for _, text in _texts(scene))):
        if match := _MARKUP.search(text):
            found.append(f"there is markup in it ({match[0]!r})")
            break
    return found


def _said(scene: Any, prompt: ScriptPrompt, document: Known, usual: frozenset[str]) -> list[str]:
    """What is wrong with what a scene says."""
    strange = invented(scene.narration, document, prompt.language)
    for _, text in _texts(scene):
        strange += invented(text, document, prompt.language, usual)
    found = [f"{what} is not in the document" for what in dict.fromkeys(strange)]
    if isinstance(scene, _EXPLAINED):
        shown = frozenset().union(*(stems(text) for _, text in _texts(scene))) - stems(prompt.title())
        shown = frozenset(word for word in shown if not any(char.isdigit() for char in word))
        said = stems(scene.narration)
        if len(shown) >= 5 and len(shown & said) > MOST_REPEATED * len(shown):
            share = round(100 * len(shown & said) / len(shown))
            found.append(f"its narration repeats {share} % of the words on its slide: explain them in other words")
    return found


def _texts(scene: Any) -> Iterable[tuple[str, str]]:
    """Every text on a slide with the name of its field."""
    for name in type(scene).model_fields:
        if name not in ("kind", "narration", "tone"):
            yield from _strings(name, getattr(scene, name))


def _strings(name: str, value: Any) -> Iterable[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list):
        for each in value:
            yield from _strings({"items": "item", "left_items": "item", "right_items": "item"}.get(name, name), each)
    elif isinstance(value, pydantic.BaseModel):
        for field in type(value).model_fields:
            yield from _strings(field if field != "text" else "item", getattr(value, field))


def _text_of(blocks: list[dict[str, Any]]) -> str:
    """Every text in the blocks, as it is written there."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            for each in value:
                walk(each)
        elif isinstance(value, dict):
            for key, each in value.items():
                if key != "block":
                    walk(each)

    walk(blocks)
    return "\n".join(found)
