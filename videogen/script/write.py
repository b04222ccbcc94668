"""Content -> script: the one function of this stage. Rule based, deterministic, offline, pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from videogen.model.content import ParsedContent
from videogen.model.project import Document, VideoConfig
from videogen.model.scene import Scene
from videogen.model.script import VideoScript
from videogen.script.ai.kept import KeptAnswer
from videogen.script.ai.scenes import kept_scenes
from videogen.script.arrange import arranged
from videogen.script.candidates import candidates_of, header_line, opening_text
from videogen.script.choose import topics
from videogen.script.draft import (
    Context,
    context,
    name_of,
)
from videogen.script.drawn import undrawn
from videogen.script.hand import hand_scenes
from videogen.script.headings import with_headings
from videogen.script.language import told_apart
from videogen.script.parts import numbered, overview
from videogen.script.readability import HARDEST, is_hard, lix, reading_level
from videogen.script.text import is_title_case, plain_case, word_count
from videogen.script.timed import scene_seconds, timed_scenes
from videogen.script.told import is_told

OFF = 0.1
"""Share of the asked duration by which a film may be off."""


def write_script(parsed: ParsedContent, video: VideoConfig, kept: KeptAnswer | None = None) -> VideoScript:
    """The script of a video from what its document says, or from scenes that were written by hand.

    Every narration is one line of display text of at most about 95 words, unless the document itself says what is to be
    said of a section: that is said word for word, and where it does so of half of them, nothing is left out. Every id
    is unique and comes from the scene's header, never from its place; every cue points at a word.
    `metadata["left_out"]` says which sections and parts of sections are not shown, and why; `validation_warnings` what
    a person should look at.
    `kept` is what a language model answered: its scenes are taken, the rules' where nothing of it can be used.
    """
    language = video.languages[0]
    parsed = with_headings(parsed)
    title = header_line(video.title or parsed.title) or video.id.replace("-", " ")
    begins = opening_text(parsed)
    about = context(language, title, begins, video.aspect, video.part.series if video.part else None)
    name, what = (title, "") if video.title or not about.english else name_of(title, begins)
    if video.part is not None and not video.part.number:
        scenes, warnings = hand_scenes(_framed(overview(video.part, language), video), about)
        return _script(parsed, video, title, scenes, warnings, {}, about)
    if parsed.scenes:
        scenes, warnings = hand_scenes(_framed(parsed.scenes, video), about)
        return _script(parsed, video, title, scenes, warnings, {}, about)
    document = video.document or Document(path=parsed.path, text="")
    told: list[str] = []
    if kept is not None:
        answered, told = kept_scenes(kept, parsed, document, about)
        if answered:
            scenes, warnings = hand_scenes(_framed(answered, video), about)
            return _script(parsed, video, title, scenes, [*told, *warnings], {"ai": kept.facts(told)}, about)
    description = video.description or parsed.description or (plain_case(what) if is_title_case(what) else what)
    candidates = candidates_of(parsed, name, title, about)

    def scenes_of(most_spoken: int | None, closes: bool) -> tuple[list[Scene], list[str]]:
        drafts, notes = arranged(parsed, name, description, candidates, about, most_spoken)
        return timed_scenes(
            drafts if closes else [each for each in drafts if each[1].kind != "outro"], document, about
        ), notes

    if video.duration is None or is_told(parsed):
        scenes, left_out = scenes_of(None, closes=True)
    else:
        around = sum(scene_seconds(scene, about) for scene in (video.intro, video.outro) if scene is not None)
        scenes, left_out = _nearest(scenes_of, video.duration * (video.manner.rate or 1.0) - around, about)
    if video.part is not None:
        scenes = numbered(scenes, video.part, language)
    warnings = [warning for topic in topics(parsed)[0] for warning in undrawn(topic.section, document, video.aspect)]
    if video.intro or video.outro:
        scenes, more = hand_scenes(_framed(scenes, video), about)
        warnings += more
    metadata = {**({"left_out": left_out} if left_out else {}), **({"ai": kept.facts(told)} if kept else {})}
    return _script(parsed, video, title, scenes, [*told, *warnings], metadata, about)


def _nearest(
    scenes_of: Callable[[int | None, bool], tuple[list[Scene], list[str]]], target: float, about: Context
) -> tuple[list[Scene], list[str]]:
    """Of the scripts that are chosen with more and more words, the one whose length is nearest to `target` seconds.

    One that does not close with a summary has to be nearer by half of what a film may be off, unless all that do are
    further off than a film may be.
    """

    def off(scenes: Sequence[Scene], closes: bool) -> tuple[bool, float]:
        by = abs(sum(scene_seconds(scene, about) for scene in scenes) - target)
        return by > OFF * target, by + (0.0 if closes else OFF / 2 * target)

    words = max(target, 0.0) * about.words.pace / 60
    budgets = dict.fromkeys(round(words * share / 40) for share in range(73))
    found = [(scenes_of(most, closes), closes) for closes in (True, False) for most in budgets]
    return min(found, key=lambda each: off(each[0][0], each[1]))[0]


def _framed(scenes: Sequence[Scene], video: VideoConfig) -> list[Scene]:
    """The scenes between those with which every film of a brand begins and ends."""
    return [scene for scene in (video.intro, *scenes, video.outro) if scene is not None]


def _script(
    parsed: ParsedContent,
    video: VideoConfig,
    title: str,
    scenes: list[Scene],
    warnings: list[str],
    metadata: dict,
    about: Context,
) -> VideoScript:
    words = sum(word_count(scene.narration) for scene in scenes)
    seconds = sum(scene_seconds(scene, about) for scene in scenes) / (video.manner.rate or 1.0)
    if video.duration is not None and abs(seconds - video.duration) > OFF * video.duration:
        what = "more" if seconds > video.duration else "less"
        warnings = [*warnings, f"about {seconds:.0f} s, which is {what} than the {video.duration:g} s of `duration`"]
    warnings = [*warnings, *(_hard(scene) for scene in scenes if is_hard(scene.narration))]
    return VideoScript(
        video_id=parsed.video_id,
        language=video.languages[0],
        title=title,
        description=video.description or parsed.description,
        scenes=scenes,
        total_words=words,
        estimated_duration=round(seconds, 1),
        validation_warnings=[*told_apart(parsed, scenes, video.languages[0]), *warnings],
        metadata={**metadata, **reading_level(scene.narration for scene in scenes)},
    )


def _hard(scene: Scene) -> str:
    return (
        f'scene "{scene.id}" is hard to follow by ear (LIX {lix(scene.narration):.0f}, {HARDEST:.0f} and more is '
        "very difficult): say it in shorter sentences and words"
    )
