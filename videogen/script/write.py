"""Content -> script: the one function of this stage. Rule based, deterministic, offline, pure."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from videogen.model.content import Paragraph, ParsedContent, ParsedSection
from videogen.model.kinds import Code, Command
from videogen.model.project import Document, VideoConfig
from videogen.model.scene import Scene, slugify
from videogen.model.script import VideoScript
from videogen.model.timing import LEAD_SECONDS, TRANSITION_SECONDS
from videogen.script.ai.kept import KeptAnswer
from videogen.script.ai.scenes import kept_scenes
from videogen.script.choose import Topic, fitting, leads_in, topics
from videogen.script.cues import Part, align, speak, tie
from videogen.script.draft import (
    FEWEST_WORDS,
    LISTINGS,
    MOST_WORDS,
    TIED,
    Context,
    Draft,
    Sentence,
    context,
    heard,
    name_of,
    names_itself,
)
from videogen.script.drawn import undrawn
from videogen.script.fenced import unfollowed
from videogen.script.frame import card, close
from videogen.script.hand import cue_texts, hand_scenes, unique
from videogen.script.headings import with_headings
from videogen.script.language import told_apart
from videogen.script.leads import is_verb
from videogen.script.listing import is_install, source
from videogen.script.opening import LONGEST_OPENING, opening, split_intro
from videogen.script.parts import numbered, overview
from videogen.script.phrases import item_phrase
from videogen.script.readability import HARDEST, is_hard, lix, reading_level, reading_seconds
from videogen.script.repetition import shown_texts
from videogen.script.section import section_drafts
from videogen.script.terse import terse
from videogen.script.text import clean, finish, fitted, is_title_case, plain_case, sentences, slide_text, word_count
from videogen.script.told import SILENT_SECONDS, is_told, told_drafts, told_opening

LONGEST_HEADER = 80
SURELY_LONG = 20
"""Words that take at least five seconds in any voice."""

LOOKS = (*LISTINGS, "code_comparison", "diagram", "image")
"""Kinds that show the thing itself."""

TYPED = (0.05, 0.4, 2.4)
"""Seconds that a letter takes to be typed, and a command at least and at most."""

PAUSE, SEEN_WHOLE = 0.35, 0.8
"""Seconds after what is said, and after a diagram, which is then looked at as a whole."""

READ, ANSWERED = 0.8, 1.6
"""Seconds in which a command is read when it has been typed, and one that is answered."""

MOST_CARDS = 4
MOST_NAME, MOST_SUBJECT = 3, 7
"""Words of a name, and of a subject, that stands in a header."""

SCENES_OF_A_PART = 3

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
    title = _line(video.title or parsed.title) or video.id.replace("-", " ")
    begins = _opening(parsed)
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
    candidates = _candidates(parsed, name, title, about)

    def scenes_of(most_spoken: int | None, closes: bool) -> tuple[list[Scene], list[str]]:
        drafts, notes = _drafts(parsed, name, description, candidates, about, most_spoken)
        return _scenes(
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


def _opening(parsed: ParsedContent) -> str:
    """The document's first paragraph, or one of the next if that says what the thing is."""
    blocks = (block for section in parsed.sections[:2] for block in section.blocks)
    texts = [clean(block.inline.text) for block in blocks if isinstance(block, Paragraph)][:4]
    return next(filter(names_itself, texts), texts[0] if texts else "")


def _line(text: str) -> str:
    text = slide_text(text).strip(" :;#")
    if not any(char.isalnum() for char in clean(text)):
        return ""
    asks = text.endswith("?")
    text = item_phrase(text) if len(text.split()) > 12 else text
    text = f"{text}?" if asks and not text.endswith("?") else text
    return fitted(text, LONGEST_HEADER) or text[:LONGEST_HEADER]


class _Candidates(NamedTuple):
    """What of a document may be shown."""

    drafts: list[tuple[Topic, list[Draft]]]
    hook: list[Sentence]
    """What the opening says."""
    first: Draft | None
    """The opening, where the document itself says it."""
    notes: list[str]


def _candidates(parsed: ParsedContent, title: str, film: str, about: Context) -> _Candidates:
    found, notes = topics(parsed)
    hook: list[Sentence] = []
    first: Draft | None = None
    candidates: list[tuple[Topic, list[Draft]]] = []
    for topic in found:
        section = topic.section
        if section.narration:
            header = _header(topic, section, title, about)
            if topic.sort == "intro" and first is None and not candidates:
                first, *drafts = told_opening(section, title, about)
            else:
                drafts = told_drafts(section, header, about)
            candidates.append((topic, [replace(draft, chapter=header) for draft in drafts]))
            continue
        if not hook and (topic.sort == "intro" or (leads_in(topic) and not any(made for _, made in candidates))):
            hook, section = split_intro(section, about)
        drafts = section_drafts(section, _header(topic, section, title, about), about, topic.sort == "intro")
        if topic.sort == "intro":
            hook, drafts = _opened(hook, drafts)
        if topic.sort == "intro" and about.words.sample:
            drafts = _about(_looking(drafts, about), title, about)
        if topic.sort != "intro":
            drafts = [replace(draft, chapter=_header(topic, section, title, about)) for draft in drafts]
        drafts = [each for draft in drafts for each in terse(draft, about, film)]
        content = drafts[0].content if len(drafts) == 1 else None
        installs = content is not None and is_install(source(content)[0])
        if (
            topic.sort not in ("intro", "install", "start", "told")
            and drafts
            and content is not None
            and (drafts[0].kind in LISTINGS and not installs)
        ):
            # a listing of which the document says next to nothing is for those who read it
            fewest = FEWEST_WORDS if drafts[0].subject else SURELY_LONG
            drafts = drafts if drafts[0].words >= fewest else []
        if not drafts and section.blocks:
            notes.append(f'left out "{_line(section.title.text) or title}": nothing in it that can be shown and said')
        candidates.append((topic, drafts))
    return _Candidates(candidates, hook, first, notes)


def _drafts(
    parsed: ParsedContent,
    title: str,
    description: str,
    candidates: _Candidates,
    about: Context,
    most_spoken: int | None = None,
) -> tuple[list[tuple[str, Draft]], list[str]]:
    hook, first = candidates.hook, candidates.first
    if is_told(parsed):
        chosen, more = [(topic, drafts) for topic, drafts in candidates.drafts if drafts], []
    else:
        chosen, more = fitting(_once(candidates.drafts), most_spoken)
    notes = [*candidates.notes, *more]
    notes += [f'"{draft.header}" leaves out {note}' for _, drafts in chosen for draft in drafts for note in draft.notes]
    body = [("", draft) for _, drafts in chosen for draft in drafts] if is_told(parsed) else _with_cards(chosen, about)
    headed = [(topic, _line(topic.section.title.text)) for topic, drafts in chosen if topic.sort != "intro" and drafts]
    headed = [(topic, header) for topic, header in headed if header]
    shown = [draft for _, draft in body]
    seconds = sum(about.seconds(part.text) for draft in shown for part in draft.parts) + 20
    first = first or opening(title, description, hook, headed, seconds, about)
    last_line = max((section.lines[1] for section in parsed.sections), default=1)
    last = (
        [("", close(title, getattr(first.content, "subtitle", ""), headed, shown, (last_line, last_line), about))]
        if shown and not is_told(parsed)
        else []
    )
    return [("", first), *body, *last], notes


def _opened(hook: list[Sentence], drafts: list[Draft]) -> tuple[list[Sentence], list[Draft]]:
    """A slide of a single phrase right after the opening is said with it, where that does not take too long."""
    first = drafts[0] if drafts else None
    if not hook or first is None or not _is_phrase(first):
        return hook, drafts
    if heard(sentence.text for sentence in hook) + first.heard > LONGEST_OPENING:
        return hook, drafts
    text = " ".join(part.text for part in first.parts)
    return [*hook, *(Sentence(one, first.lines, shown=one) for one in sentences(text))], drafts[1:]


def _is_phrase(draft: Draft) -> bool:
    """Whether a scene shows a single phrase."""
    return draft.kind == "bullets" and len(draft.content.cue_names()) == 1


def _once(candidates: list[tuple[Topic, list[Draft]]]) -> list[tuple[Topic, list[Draft]]]:
    """Without commands in the introduction that install, where a section of its own says how."""
    if not any(topic.sort == "install" and drafts for topic, drafts in candidates):
        return candidates
    return [
        (
            topic,
            [draft for draft in drafts if topic.sort != "intro" or not is_install(source(draft.content)[0])],
        )
        for topic, drafts in candidates
    ]


def _looking(drafts: list[Draft], about: Context) -> list[Draft]:
    """The scenes of an introduction, those that show something headed as a first look."""
    named = []
    for draft in drafts:
        header = draft.header
        if header == about.words.overview and draft.kind in LOOKS:
            installs = is_install(source(draft.content)[0])
            header = about.words.install if installs else about.words.sample
            draft = replace(draft, header=header, content=draft.content.model_copy(update={"header": header}))
            if draft.words < FEWEST_WORDS and header == about.words.sample and about.english:
                draft = replace(draft, parts=(Part("Here is a first look."), *draft.parts))
        named.append(draft)
    return named


def _about(drafts: list[Draft], title: str, about: Context) -> list[Draft]:
    """The scenes of an introduction, those under its general header with one that names the thing."""
    general = about.words.overview
    if not about.english or not 0 < len(title.split()) <= (MOST_SUBJECT if about.topical else MOST_NAME):
        return drafts
    items = [item for draft in drafts if draft.header == general for item in draft.phrases]
    does = 2 * sum(is_verb(item.split(" ", 1)[0]) for item in items) > len(items)
    header = title if about.topical else f"What {title} does" if does else f"About {title}"
    slides = any(draft.header == general for draft in drafts)
    named = []
    for draft in drafts:
        if draft.header == general:
            content = draft.content
            if hasattr(content, "header"):
                content = content.model_copy(update={"header": header})
            draft = replace(draft, header=header, content=content)
        elif slides and draft.kind in LOOKS:
            # a first look between two slides of it does not end their chapter
            draft = replace(draft, chapter=header)
        named.append(draft)
    return named


def _header(topic: Topic, section: ParsedSection, title: str, about: Context) -> str:
    if topic.sort == "intro":
        return about.words.overview or title
    return _line(section.title.text) or title


def _with_cards(chosen: Sequence[tuple[Topic, list[Draft]]], about: Context) -> list[tuple[str, Draft]]:
    """The scenes with what qualifies their ids, and a card before each of the parts that are big enough."""
    parts: dict[str, list[tuple[Topic, list[Draft]]]] = {}
    for topic, drafts in chosen:
        if topic.parent:
            parts.setdefault(topic.parent, []).append((topic, drafts))
    big = [
        name
        for name, members in parts.items()
        if len(members) >= 2 and sum(len(drafts) for _, drafts in members) >= SCENES_OF_A_PART
    ][:MOST_CARDS]
    body: list[tuple[str, Draft]] = []
    done: set[str] = set()
    for topic, drafts in chosen:
        own = clean(topic.section.title.text)
        part = topic.parent if topic.parent in big else own if own in big and topic.section.level == 2 else ""
        if part and part not in done and len(big) > 1:
            done.add(part)
            children = [clean(member.section.title.text) for member, _ in parts[part]]
            body.append(("part", card(_line(part) or part, children, topic.section.lines, about)))
        # a short title under another ("Example" under "Tables") would soon meet its like
        qualified = topic.parent if topic.section.level > 2 and len(own.split()) <= 2 else ""
        body += [(qualified, draft) for draft in drafts]
    return body


def _scenes(drafts: Sequence[tuple[str, Draft]], document: Document, about: Context) -> list[Scene]:
    taken: set[str] = {"title", "outro"}
    scenes = []
    for qualifier, draft in drafts:
        parts = list(draft.parts) if draft.exact else _bounded(draft)
        if isinstance(draft.content, Code):
            draft = replace(draft, content=unfollowed(draft.content, " ".join(part.text for part in parts)))
        # rows and lines that are marked as they are spoken of are there from the start
        marked = getattr(draft.content, "highlight", None)
        bare = draft.kind != "outro" and not marked
        if draft.exact:
            narration = " ".join(part.text for part in draft.parts)
            cues = align(cue_texts(draft.content), narration)
        elif draft.kind in TIED:
            narration, cues = tie(parts, cue_texts(draft.content), TIED[draft.kind], bare, draft.kind == "diagram")
        else:
            narration, cues = speak(parts, draft.content.cue_names(), bare)
        name = draft.kind if draft.kind in ("title", "outro") else _slug(draft.header, qualifier)
        scene_id = name if draft.kind in ("title", "outro") else unique(name, taken)
        first = max(draft.lines[0], 1)
        scenes.append(
            Scene(
                id=scene_id,
                kind=draft.kind,
                content=draft.content,
                narration=narration,
                cues=cues,
                pause_after=_pause(draft, narration, cues, about),
                min_seconds=_least(draft, narration, about),
                title=draft.chapter or draft.header,
                source=document.span(first, max(draft.lines[1], first)) if document.path else None,
            )
        )
    return scenes


def _least(draft: Draft, narration: str, about: Context) -> float:
    """Seconds that a scene lasts at least: what it shows and does not say has to be read."""
    if draft.exact:
        return 0.0 if narration else SILENT_SECONDS
    read = 0.0
    if draft.essential and any(part.cue for part in draft.parts):
        unsaid = set(draft.content.cue_names()) - {part.cue for part in draft.parts}
        read = reading_seconds(" ".join(shown_texts(draft.content)), about.language) if unsaid else 0.0
    least = 0.0 if word_count(narration) >= SURELY_LONG else 5.0
    return max(least, round(read, 1) if read > about.seconds(narration) else 0.0)


def _pause(draft: Draft, narration: str, cues: dict[str, int], about: Context) -> float:
    """Seconds after what is said: until the last command is typed and answered."""
    if not isinstance(draft.content, Command) or not cues:
        return SEEN_WHOLE if draft.kind == "diagram" else PAUSE
    letter, shortest, longest = TYPED
    last = draft.content.commands[-1]
    needed = min(max(len(last.command) * letter, shortest), longest) + (ANSWERED if last.output else READ)
    after = about.seconds(" ".join(narration.split()[max(cues.values()) :]))
    return max(PAUSE, round(needed - after, 2))


def _bounded(draft: Draft) -> list[Part]:
    """The parts that make at most MOST_WORDS; the header where none does."""
    kept: list[Part] = []
    words = 0
    for part in draft.parts:
        words += word_count(part.text)
        if words > MOST_WORDS:
            break
        kept.append(part)
    if not kept:
        return [Part(finish(clean(draft.header)))]
    # a piece that was to go on is a sentence of its own when the rest is left out
    return [*kept[:-1], replace(kept[-1], text=finish(kept[-1].text, raised=False))]


def _slug(header: str, qualifier: str) -> str:
    own = slugify(re.sub("[‐-―]", "-", header), f"scene-{zlib.crc32(header.encode()):08x}")
    first = slugify(qualifier).split("-")[0][:15] if qualifier else ""
    return f"{first}-{own}" if first and first not in own.split("-") else own


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


def scene_seconds(scene: Scene, about: Context) -> float:
    """About how long a scene lasts, in seconds."""
    pauses = scene.pause_before + scene.pause_after + sum(mark.seconds or 0.0 for mark in scene.marks)
    spoken = about.seconds(scene.narration) + pauses
    shown = scene.content.seconds() + TRANSITION_SECONDS if scene.content.lasts else 0.0
    return max(spoken + TRANSITION_SECONDS + LEAD_SECONDS, shown, scene.min_seconds)
