"""Files for those who translate: what the films say, and what of it is translated."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from videogen.build.flow import FIRST
from videogen.build.workspace import Workspace
from videogen.build.write import write_bytes, write_if_changed
from videogen.model.errors import Exit, PipelineError, ValidationError
from videogen.model.events import Event, StageError
from videogen.model.project import VideoConfig, VideoSetConfig
from videogen.model.translation import Given, Phrase, Texts


def write_translations(workspace: Workspace, languages: Sequence[str] | None, *, po: bool) -> Iterator[tuple[str, int]]:
    """Write a file of every text for each language (all that the project has besides its own); returns their paths,
    each with how many texts in it are still to be translated.

    Raises ValidationError for a language that the project does not have, and what a build of its script would.
    """
    from videogen.inputs.catalogue import catalogue_text
    from videogen.inputs.translations import translations_text

    config = _scripted(workspace)
    for language in _wanted(workspace, config, languages):
        texts, source, left = _texts(workspace, config, language)
        path, given = _given(config, language)
        if po:
            path = str(Path(path).with_suffix(".po"))
            data = catalogue_text(source, language, texts, given)
        else:
            data = translations_text(source, language, texts, given).encode()
        write_if_changed(path, data)
        yield path, left


def import_catalogue(workspace: Workspace, catalogue: str) -> tuple[str, int]:
    """Take the translations of a gettext catalogue into the language's YAML; returns its path, and how many texts are
    still to be translated. Raises ValidationError for what is no catalogue of a language that the project has."""
    from videogen.inputs.catalogue import read_catalogue
    from videogen.inputs.translations import translations_text

    config = _scripted(workspace)
    language, found = read_catalogue(Path(catalogue), catalogue)
    (language,) = _wanted(workspace, config, [language])
    texts, source, _ = _texts(workspace, config, language)
    path, given = _given(config, language)
    for video, scenes in found.items():
        for scene, entries in scenes.items():
            new = {each.at for each in entries}
            kept = [each for each in given.get(video, {}).get(scene, []) if each.at not in new]
            given.setdefault(video, {})[scene] = [*entries, *kept]
    write_bytes(path, translations_text(source, language, texts, given).encode())
    left = sum(
        not any(each.at == phrase.at and each.text for each in given.get(video, {}).get(scene, []))
        for video, scenes in texts.items()
        for scene, phrases in scenes.items()
        for phrase in phrases
    )
    return path, left


def _scripted(workspace: Workspace) -> VideoSetConfig:
    """The project with its scripts up to date, whatever is missing of their translations."""
    from videogen.build.run import build

    failed: list[StageError] = []

    def sink(event: Event) -> None:
        if isinstance(event, StageError):
            failed.append(event)

    build(workspace, ("script",), [sink])
    before = [event for event in failed if event.stage in FIRST[: FIRST.index("translate")]]
    if before:
        raise _Shown(before[0])
    return VideoSetConfig.model_validate_json(Path(workspace.path("source.json")).read_bytes())


class _Shown(PipelineError):
    """A failure of a build, as it was told."""

    exit_code = Exit.FAILED

    def __init__(self, event: StageError) -> None:
        super().__init__(str(event.error["shown"]))


def _wanted(workspace: Workspace, config: VideoSetConfig, languages: Sequence[str] | None) -> list[str]:
    known = list(dict.fromkeys(language for video in config.videos for language in video.languages[1:]))
    for language in languages or known:
        if language not in known:
            raise ValidationError(
                f'the project is not made in "{language}"', hint=f"add it to `languages` in {workspace.file}"
            )
    if not known:
        raise ValidationError(
            "the project is made in one language only", hint=f"write `languages: [en, es]` in {workspace.file}"
        )
    return list(languages or known)


def _originals(config: VideoSetConfig, language: str) -> list[VideoConfig]:
    return [video for video in config.videos if language in video.languages and video.shape_of is None]


def _texts(
    workspace: Workspace, config: VideoSetConfig, language: str
) -> tuple[dict[str, dict[str, list[Phrase]]], str, int]:
    """What is to be translated by video and scene, the language that it is in, and how much nobody has translated."""
    from videogen.script.translate import settled

    scenes = json.loads(Path(workspace.path("languages.json")).read_bytes())["scenes"]
    found: dict[str, dict[str, list[Phrase]]] = defaultdict(dict)
    left, source = 0, "en"
    for name in (scene["name"] for scene in scenes):
        video, own, scene = name.split("/")
        if own == language:
            texts = Texts.model_validate_json(Path(workspace.path(name, "texts.json")).read_bytes())
            found[video][scene], source = texts.texts, texts.source
            left += len(settled(texts)[1])
    return found, source, left


def _given(config: VideoSetConfig, language: str) -> tuple[str, Given]:
    """The file of a language, and what is in it, also of other projects."""
    from videogen.inputs.translations import read_translations

    path = f"{_originals(config, language)[0].translated_in}/{language}.yaml"
    return path, read_translations(Path(path), path, language) if Path(path).exists() else {}
