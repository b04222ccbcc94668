"""The script as a person reviewed it: their changes put into the script that the source comes to."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pydantic

from videogen.model.errors import ValidationError, Where
from videogen.model.kinds import Content, content_type
from videogen.model.review import CLOCK, MANNER, Merged, MergedScene, Review, ReviewScene, review_text
from videogen.model.scene import Scene, SourceSpan
from videogen.model.script import VideoScript
from videogen.script.draft import Context, context
from videogen.script.hand import hand_scenes
from videogen.script.merge import LIKE, merge
from videogen.script.originals import stale_fields
from videogen.script.readability import reading_level
from videogen.script.text import word_count

HINT = "`video-gen create --review` shows both in the file"


def reviewed(script: VideoScript, review: Review | None, *, strict: bool = True) -> VideoScript:
    """The script with what a person changed.

    Raises ValidationError, with the place in the person's file, where both they and the source changed the same: the
    first is told, `details["errors"]` lists all. Not `strict`, for another shape of a film, the person's counts.
    """
    return script if review is None else _put_together(script, review, _merged(script, review, strict))


class ReviewedTranslation(NamedTuple):
    """A translated script as a person reviewed it."""

    script: VideoScript
    own: dict[str, frozenset[str]]
    """Of each scene, and of the film as "", the fields that are as the person has them, whatever was translated."""
    stale: list[str]
    """Those whose original has changed since, as it is told."""


def reviewed_translation(
    script: VideoScript, review: Review | None, original: VideoScript, *, strict: bool = True
) -> ReviewedTranslation:
    """A translated script with what a person changed. Raises as `reviewed` does."""
    if review is None:
        return ReviewedTranslation(script, {}, [])
    merged = _merged(script, review, strict)
    done = _put_together(script, review, merged)
    lines = _lines(review)
    stale: list[str] = []
    for scene, name, noted in stale_fields(merged, review.base, review_text(original, review.folder)):
        line = lines[scene.old_id].lines.get(name if name in ("title", "narration") else "slide", 1)
        what = "remove the comment that says so" if noted else "`video-gen create --review` shows it"
        stale.append(
            f'{review.file}:{line}: scene "{scene.id}": `{name.removeprefix("content.")}` is stale: its original has '
            f"changed; {what}"
        )
    own = {each.id: each.mine for each in (merged.film, *merged.scenes)}
    return ReviewedTranslation(done, own, stale)


def _merged(script: VideoScript, review: Review, strict: bool) -> Merged:
    merged = merge(review.base, review.mine, review_text(script, review.folder))
    if strict and not merged.clean:
        raise _told(merged, review)
    return merged


def _put_together(script: VideoScript, review: Review, merged: Merged) -> VideoScript:
    title = str(merged.film.fields.get("title") or script.title) if "title" in merged.film.mine else script.title
    about = context(script.language, title, script.description, "16:9")
    fresh = {scene.id: scene for scene in script.scenes}
    scenes: list[Scene] = []
    warnings = list(script.validation_warnings)
    for each in merged.scenes:
        if not each.mine:
            scenes.append(fresh[each.id])
            continue
        scene, more = _scene(each, fresh.get(each.id), review, about)
        scenes.append(scene)
        warnings += more
    said = [scene.narration for scene in scenes]
    before = sum(word_count(scene.narration) for scene in script.scenes)
    words = sum(map(word_count, said))
    return script.model_copy(
        update={
            "title": title,
            "scenes": scenes,
            "total_words": words,
            "estimated_duration": round(script.estimated_duration * words / before, 1) if before else 0.0,
            "validation_warnings": warnings,
            "metadata": {**script.metadata, **reading_level(said)},
        }
    )


def _scene(each: MergedScene, fresh: Scene | None, review: Review, about: Context) -> tuple[Scene, list[str]]:
    """A scene in which the person changed something, and what they should look at."""
    own = review.checked[each.old_id]
    line = _lines(review)[each.old_id].lines.get("title", 1)
    place = SourceSpan(file=review.file, first=line, last=line)
    if fresh is None:
        return _completed(own.model_copy(update={"id": each.id, "source": place}), about)
    changed: dict[str, Any] = {name: getattr(own, name) for name in ("title", *CLOCK) if name in each.mine}
    if manner := {name: getattr(own.manner, name) for name in MANNER if name in each.mine}:
        changed["manner"] = fresh.manner.model_copy(update=manner)
    if "narration" in each.mine:
        changed |= {name: getattr(own, name) for name in ("narration", "marks", "turns")}
    if "slide" in each.mine:
        changed |= {"kind": own.kind, "content": own.content}
    elif any(name.startswith("content.") for name in each.mine):
        changed["content"] = _content(each, own.content, fresh, Where(review.file, line))
    scene = fresh.model_copy(update={"source": place, **changed})
    return _completed(scene.model_copy(update={"cues": _cues(fresh, scene)}), about)


def _content(each: MergedScene, own: Content, fresh: Scene, where: Where) -> Content:
    """A slide of which the person changed some fields."""
    theirs, ours = fresh.content.model_dump(mode="json"), own.model_dump(mode="json", exclude_defaults=True)
    taken = {name.partition(".")[2] for name in each.mine if name.startswith("content.")}
    if taken & set(own.paths):
        # what is found in the file that is named comes with it
        taken |= set(type(own).model_fields) - set(each.fields["content"])
    data = {name: value for name, value in theirs.items() if name not in taken}
    data |= {name: ours[name] for name in taken if name in ours}
    try:
        return content_type(fresh.kind).model_validate(data)
    except pydantic.ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise ValidationError(
            f'scene "{each.id}": what you and the source changed of the slide does not go together: {reason}',
            where,
            "correct the slide",
        ) from None


def _cues(fresh: Scene, scene: Scene) -> dict[str, int]:
    """When what the slide shows comes; nothing where the words tell, as in a scene written by hand."""
    if set(scene.content.cue_names()) != set(fresh.content.cue_names()):
        return {}
    before, after = fresh.narration.split(), scene.narration.split()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LIKE:
        return {}
    steps = matcher.get_opcodes()
    return {name: _followed(word, steps, len(after)) for name, word in fresh.cues.items()}


def _followed(word: int, steps: Sequence[tuple[str, int, int, int, int]], count: int) -> int:
    """Where a word of a narration is when it was edited: itself, else what stands in its place."""
    for _, first, last, begin, end in steps:
        if first <= word < last:
            return min(begin + min(word - first, max(end - begin - 1, 0)), count - 1)
    return min(word, count - 1)


def _completed(scene: Scene, about: Context) -> tuple[Scene, list[str]]:
    done, warnings = hand_scenes([scene], about)
    return done[0], warnings


def _lines(review: Review) -> Mapping[str, ReviewScene]:
    return {each.id: each for each in review.mine.scenes}


def _told(merged: Merged, review: Review) -> ValidationError:
    errors = [ValidationError(message, Where(review.file, line), HINT) for line, message in _conflicts(merged, review)]
    first = errors[0]
    if errors[1:]:
        first.details["errors"] = [error.line() for error in errors]
        first.message += f" (and {len(errors) - 1} more)"
    return first


def _conflicts(merged: Merged, review: Review) -> Iterator[tuple[int, str]]:
    lines = _lines(review)
    if merged.order:
        yield 1, "you and the source both moved scenes, in ways that do not go together"
    if merged.film.conflicts:
        yield 1, "the film's title was changed here, and in the source"
    for each in merged.scenes:
        at = lines[each.old_id].lines if each.old_id else {}
        if each.removed:
            yield at.get("title", 1), f'scene "{each.id}" was changed here, and the source has it no more'
        for name in each.conflicts:
            part = name if name in ("title", "narration") else "slide"
            what = "the slide" if name == "slide" else f"`{name.removeprefix('content.')}`"
            yield at.get(part, 1), f'scene "{each.id}": {what} was changed here, and in the source'
