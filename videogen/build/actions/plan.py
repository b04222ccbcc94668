"""The first stages: from the project file to the plan, and the small files of every scene.

Each is given the workspace and returns what is to be written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from videogen.build.actions import load
from videogen.build.first import Written
from videogen.build.place import placed
from videogen.build.recordings import recordings_of, taken
from videogen.build.sharing import refuse_shared
from videogen.build.voicing import scene_voices, unheard
from videogen.build.workspace import Workspace
from videogen.model.base import to_json
from videogen.model.content import ParsedContent
from videogen.model.errors import ValidationError
from videogen.model.film import FilmFormat, film_format
from videogen.model.manner import Manner
from videogen.model.markup import labels
from videogen.model.project import VideoConfig, VideoSetConfig
from videogen.model.review import Review, Reviews
from videogen.model.scene import Scene
from videogen.model.script import Narration, VideoScript, parted
from videogen.model.theme import Look
from videogen.model.translation import Phrase, Texts, Translated, Translation, Translations, digest


def source(ws: Workspace) -> Written:
    """Project file, document and what people made of both -> `source.json`, `translated.json`, `reviews.json`, and the
    pictures that lay inside the document."""
    from videogen.inputs.source import read_source

    with placed(ws):
        config, pictures, fetched, translated, reviews = read_source(
            Path(ws.file), Path(), ws.path("media"), ws.fetched, reviewed=ws.reviewed
        )
    refuse_shared(ws, config.videos, translated)
    if ws.draft:
        config = config.model_copy(update={"videos": [_draft(video) for video in config.videos]})
        reviews = Reviews(films={name: _silent_review(review) for name, review in reviews.films.items()})
    files = {ws.path("source.json"): config.to_json(), ws.path("translated.json"): translated.to_json()}
    files[ws.path("reviews.json")] = reviews.to_json()
    return Written({**files, **pictures, **fetched}, tuple(config.inputs))


def _draft(video: VideoConfig) -> VideoConfig:
    """A video as it is laid out in seconds: small, and silent for as long as its words would take."""
    output = video.output.model_copy(update={"resolution": "480p", "quality": "standard", "also": []})
    scenes = [_silent(scene) for scene in video.scenes] if video.scenes else video.scenes
    framing = {key: _silent(scene) for key in ("intro", "outro") if (scene := getattr(video, key))}
    return video.model_copy(
        update={
            "manner": _without_voice(video.manner).model_copy(update={"voice": "draft:"}),
            "recorded_in": "",
            "music": None,
            "speakers": {name: _without_voice(manner) for name, manner in video.speakers.items()},
            "scenes": scenes,
            **framing,
            "output": output,
        }
    )


def _silent(scene: Scene) -> Scene:
    return scene.model_copy(update={"manner": _without_voice(scene.manner)})


def _silent_review(review: Review) -> Review:
    return review.model_copy(update={"checked": {name: _silent(scene) for name, scene in review.checked.items()}})


def _without_voice(manner: Manner) -> Manner:
    return manner.model_copy(update={"voice": None})


def parse(ws: Workspace) -> Written:
    """`source.json` -> `parsed.json`."""
    from videogen.inputs.parse import parse as parse_video

    config = load(VideoSetConfig, ws.path("source.json"))
    parsed = {video.id: parse_video(video).model_dump(mode="json", exclude_none=True) for video in config.videos}
    return Written({ws.path("parsed.json"): to_json(parsed)})


def look(ws: Workspace) -> Written:
    """`source.json` and theme files -> `looks.json`."""
    videos = load(VideoSetConfig, ws.path("source.json")).videos
    looks = {video.id: look_of(ws, video).model_dump(mode="json", exclude_none=True) for video in videos}
    return Written({ws.path("looks.json"): to_json(looks)})


def look_of(ws: Workspace, video: VideoConfig) -> Look:
    """The look that a video asks for. Raises ValidationError."""
    from videogen.scenes.themes import look_of as settled

    with placed(ws, "theme"):
        return settled(video, Path())


def prompt(ws: Workspace) -> Written:
    """`source.json`, `parsed.json` -> `prompts.json`, and `prompt.json` of every video whose script is asked for.

    What an answer will take is told in the former, so that the latter holds only what decides the answer.
    """
    from videogen.script.ai.prompt import answer_tokens, script_prompt
    from videogen.script.ai.spend import estimate

    config = load(VideoSetConfig, ws.path("source.json"))
    files: dict[str, bytes] = {}
    videos: list[dict[str, Any]] = []
    parsed = json.loads(Path(ws.path("parsed.json")).read_bytes()) if _asking(config) else {}
    for video in _asking(config):
        with placed(ws, "script"):
            asked = script_prompt(ParsedContent.model_validate(parsed[video.id]), video)
            if asked is None:
                continue
            told = estimate(asked.request, answer_tokens(asked.request), os.environ)
        assert video.script.ai is not None
        files[ws.path(video.id, "prompt.json")] = asked.to_json()
        videos.append({"id": video.id, "told": told.told(asked.request.model), "max_cost": video.script.ai.max_cost})
    return Written({ws.path("prompts.json"): to_json({"videos": videos}), **files})


def _asking(config: VideoSetConfig) -> list[VideoConfig]:
    """The videos that want a language model; another shape of one has its script."""
    return [video for video in config.videos if video.script.ai and not video.shape_of]


def script(ws: Workspace) -> Written:
    """`source.json`, `parsed.json`, answers, `reviews.json` -> `script.json`: every video's script, as it was reviewed.

    And what of it is to be translated: `languages.json`, and `texts.json` of every scene in every further language.
    """
    from videogen.script.review import reviewed

    config = load(VideoSetConfig, ws.path("source.json"))
    reviews = load(Reviews, ws.path("reviews.json")).films
    scripts = [
        reviewed(each, reviews.get(f"{video.shape_of or video.id}/{each.language}"), strict=video.shape_of is None)
        for video, each in zip(config.videos, fresh_scripts(ws, config), strict=True)
    ]
    made = to_json([each.model_dump(mode="json", exclude_none=True) for each in scripts])
    given = load(Translations, ws.path("translated.json"))
    texts = {
        f"{video.id}/{language}/{scene}": each
        for video, written in zip(config.videos, scripts, strict=True)
        if video.shape_of is None
        for language in video.languages[1:]
        for scene, each in texts_in(video, written, language, given)
    }
    files = {ws.path(name, "texts.json"): each.to_json() for name, each in texts.items()}
    files[ws.path("script.json")] = made
    files[ws.path("languages.json")] = to_json(
        {"scenes": [_translating(name, each, config) for name, each in texts.items()]}
    )
    return Written(files, warnings=tuple(warning for each in scripts for warning in each.validation_warnings))


def fresh_scripts(ws: Workspace, config: VideoSetConfig) -> list[VideoScript]:
    """The script of every video as its source comes to it, before anybody has reviewed it."""
    from videogen.build.plan import read_prompts
    from videogen.script.ai.kept import KeptAnswer
    from videogen.script.write import write_script

    parsed = {
        name: ParsedContent.model_validate(each)
        for name, each in json.loads(Path(ws.path("parsed.json")).read_bytes()).items()
    }
    asked = [video["id"] for video in read_prompts(ws)]
    answers = {video: load(KeptAnswer, ws.path(video, "answer.json")) for video in asked}
    return [
        advised(write_script(parsed[video.id], video, answers.get(video.shape_of or video.id)), parsed[video.id])
        for video in config.videos
    ]


def advised(script: VideoScript, parsed: ParsedContent) -> VideoScript:
    """A script that warns first of what its document would have its author do."""
    warnings = [*parsed.advice, *script.validation_warnings]
    return script.model_copy(update={"validation_warnings": warnings}) if parsed.advice else script


def _translating(name: str, texts: Texts, config: VideoSetConfig) -> dict[str, Any]:
    """A scene to be translated: by whom, where a language model is to be asked, and what that may cost."""
    from videogen.script.translate import settled

    missing = settled(texts)[1]
    if not missing or texts.ai is None:
        return {"name": name, "told": ""}
    from videogen.script.ai.translation import told

    video = next(video for video in config.videos if video.id == name.partition("/")[0])
    assert video.translate.ai is not None
    return {"name": name, "told": told(texts, missing, os.environ), "max_cost": video.translate.ai.max_cost}


def texts_in(
    video: VideoConfig, written: VideoScript, language: str, translations: Translations
) -> Iterator[tuple[str, Texts]]:
    """What of each scene, and of the film, is to be translated, with what of it somebody has."""
    from videogen.script.translate import texts_of

    given = translations.languages.get(language, {}).get(video.shape_of or video.id, {})
    for scene, phrases in texts_of(written).items():
        known = _of(given.get(scene, []), phrases)
        file = f"{video.translated_in}/{language}.yaml"
        ai = video.translate.ai and video.translate.ai.model_copy(update={"max_cost": None})
        yield scene, Texts(source=written.language, language=language, texts=phrases, given=known, file=file, ai=ai)


def _of(given: Sequence[Translated], phrases: Sequence[Phrase]) -> list[Translated]:
    """Of what is translated in a scene, what its texts may use: no other change makes it again."""
    places, digests = {each.at for each in phrases}, {digest(each.text) for each in phrases}
    return [each for each in given if each.at in places or each.of in digests]


def plan(ws: Workspace) -> Written:
    """`source.json`, `script.json`, `translation.json`s, `reviews.json`, `looks.json` -> the plan, and the files of
    every scene."""
    config = load(VideoSetConfig, ws.path("source.json"))
    looks = json.loads(Path(ws.path("looks.json")).read_bytes())
    scripts = json.loads(Path(ws.path("script.json")).read_bytes())
    files: dict[str, bytes] = {}
    videos: list[dict[str, Any]] = []
    warnings: list[str] = []
    old: list[str] = []
    narrations: list[Narration] = []
    recordings = recordings_of(config.videos)
    reviews = load(Reviews, ws.path("reviews.json")).films
    for video, own in zip(config.videos, scripts, strict=True):
        original = VideoScript.model_validate(own)
        for language in video.languages:
            written, stale = original, []
            if language != original.language:
                written, stale = _in_language(ws, video, original, language, reviews)
            known = recordings.get(f"{video.shape_of or video.id}/{language}", [])
            takes, unused = taken(known, written.scenes)
            look = Look.model_validate(looks[video.id])
            planned = _planned(ws, video, written, look, files, narrations, takes)
            name = planned["name"]
            bare, origin = parted(written)
            files[ws.path(name, "script.json")] = bare.to_json()
            files[ws.path(name, "origin.json")] = origin.to_json()
            files[ws.path(name, "look.json")] = to_json(looks[video.id])
            files[ws.path(name, "format.json")] = _format(video, looks[video.id]).to_json()
            videos.append(planned)
            if video.shape_of is None:
                old += stale
                warnings += [*stale, *(written.validation_warnings if written is not original else ()), *unused]
    files[ws.path("plan.json")] = to_json({"videos": videos, "files": list(files), "stale": old})
    return Written(files, warnings=(*warnings, *unlicensed(config.videos), *unheard(narrations)))


def unlicensed(videos: Sequence[VideoConfig]) -> list[str]:
    """What is to be said of music of which nobody says whether it may be used, each once."""
    files = dict.fromkeys(video.music.file for video in videos if video.music and not video.music.licence)
    return [f"{file}: on what terms it may be used is not said; write it as `licence` of the music" for file in files]


def _in_language(
    ws: Workspace, video: VideoConfig, original: VideoScript, language: str, reviews: Mapping[str, Review]
) -> tuple[VideoScript, list[str]]:
    """A script in another language, as it was reviewed, and what of it is stale."""
    from videogen.script.review import reviewed_translation
    from videogen.script.translate import still_stale, texts_of

    name = f"{video.shape_of or video.id}/{language}"
    known = {scene: load(Translation, ws.path(name, scene, "translation.json")) for scene in texts_of(original)}
    fresh = in_language(video, original, known, language)
    written, own, reviewed = reviewed_translation(fresh, reviews.get(name), original, strict=video.shape_of is None)
    stale = still_stale(original, {scene: translation.stale for scene, translation in known.items()}, own)
    file = f"{video.translated_in}/{language}.yaml"
    told = [
        f"{file}: {video.id}: {scene}: `{at}` is stale: its original has changed"
        for scene, places in stale.items()
        for at in places
    ]
    return written, [*told, *reviewed]


def in_language(
    video: VideoConfig, original: VideoScript, known: Mapping[str, Translation], language: str
) -> VideoScript:
    """A script in another language, before anybody has reviewed it. Raises ValidationError for a translated text that
    does not do for its slide."""
    from videogen.script.translate import translated

    try:
        return translated(original, known, language)
    except ValueError as error:
        raise ValidationError(str(error), hint=f"correct {video.translated_in}/{language}.yaml") from None


def _format(video: VideoConfig, look: dict[str, Any]) -> FilmFormat:
    """The theme says how scenes follow each other; with reduced motion they are cut."""
    transition = "cut" if video.reduced_motion else look["theme"].get("transition", "crossfade")
    return film_format(video.output, video.aspect, transition)


def _planned(
    ws: Workspace,
    video: VideoConfig,
    written: VideoScript,
    look: Look,
    files: dict[str, bytes],
    narrations: list[Narration],
    takes: Mapping[str, str],
) -> dict[str, Any]:
    """A film as the plan has it; the files of its scenes are added to `files`, what they say to `narrations`."""
    from videogen.script.files import scene_files

    voices = scene_voices(ws, video, written, takes)
    name = f"{video.id}/{written.language}"
    scenes = []
    for scene in written.scenes:
        narration, picture, clock = scene_files(written, scene, voices[scene.id], video.lexicon, look.chrome.counts)
        narrations.append(narration)
        for model, file in ((narration, "narration"), (picture, "picture"), (clock, "clock")):
            files[ws.path(name, scene.id, f"{file}.json")] = model.to_json()
        if command := scene.content.runs():
            files[ws.path(name, scene.id, "command.json")] = to_json({"command": command})
        scenes.append(
            {
                "id": scene.id,
                "kind": scene.kind,
                "title": scene.title or scene.id,
                "words": len(scene.narration.split()),
                "voices": narration.voices,
                "labels": {str(word): label for word, label in labels(scene.turns).items()},
                "files": [*scene.content.files(), *look.files],
                "runs": scene.content.runs() is not None,
                "plays": scene.content.plays(),
                "heard": scene.content.heard(),
                **({"recording": takes[scene.id]} if scene.id in takes else {}),
            }
        )
    return {
        "name": name,
        "first_shape": f"{video.shape_of or video.id}/{written.language}",
        "file": f"{video.file or video.id}.{written.language}",
        "title": written.title,
        "theme": video.theme,
        "captions": video.captions.model_dump(),
        **({"music": video.music.model_dump()} if video.music else {}),
        **({"also": video.output.also} if video.output.also else {}),
        "scenes": scenes,
    }
