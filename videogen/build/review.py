"""Scripts for a person to review: written as files to edit, and written anew when the source has changed."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from videogen.build.actions import load
from videogen.build.flow import FIRST
from videogen.build.terms import Terms
from videogen.build.workspace import Workspace
from videogen.build.write import write_if_changed
from videogen.inputs.reviewbase import base_file, begun_from
from videogen.inputs.reviewfile import read_review, review_file
from videogen.model.errors import Exit, PipelineError
from videogen.model.events import Event, StageError
from videogen.model.project import VideoConfig, VideoSetConfig
from videogen.model.review import ReviewText, review_text, unmerged
from videogen.model.script import VideoScript
from videogen.model.translation import Texts, Translation
from videogen.script.originals import with_notes, with_originals

_HEAD = """\
The script of {video} in "{language}", to be edited. In each scene the fence holds what is shown, as in a project, and
the paragraphs below it what is said. Change both, move scenes, remove them or add some. What you do not change follows
{source}. Then: {command}"""
_BASE = "What {file} was made of. It is compared with the source; do not edit it."


class Unreadable(PipelineError):
    """A review that cannot be used as it stands, `file`, which is left as it is."""

    exit_code = Exit.USAGE

    @property
    def file(self) -> str:
        """Its path."""
        return self.details["file"]


def write_reviews(workspace: Workspace, videos: Collection[str], terms: Terms) -> Iterator[str]:
    """Write a file for the script of every video, or of those that are named, in every language, to be reviewed;
    returns their paths.

    What people changed in one stays, and what the source has changed comes in; where both changed the same, both stand
    there. In a translation, a comment says what the original of a line that a person wrote is now, where that has
    changed. A language into which something is not translated has none, and another only when the original's has no
    conflict: a build of the script tells why. Raises Unreadable for a file that cannot be used, and what a build of
    the script would.
    """
    from videogen.inputs.review import review_paths

    config, failed = _scripted(workspace, terms)
    for video, script, original in _scripts(workspace, config, failed):
        if video.shape_of is not None or (videos and video.id not in videos):
            continue
        own, base = review_paths(workspace.reviewed, video.id, script.language)
        asked = f"--from {workspace.document}" if workspace.document else workspace.name
        head = _HEAD.format(
            video=video.id,
            language=script.language,
            source="the source" if original is None else "the source and its translation",
            command=f"video-gen create {asked}",
        )
        fresh = review_text(script, workspace.reviewed)
        if original is not None:
            fresh = with_originals(fresh, review_text(original, workspace.reviewed))
        # in this order: cut short in between, nothing of the source is taken for a person's
        write_if_changed(own, _reviewed(own, base, fresh, original, head).encode())
        write_if_changed(base, base_file(_BASE.format(file=os.path.basename(own)), fresh).encode())
        yield own


def _scripts(
    workspace: Workspace, config: VideoSetConfig, failed: Collection[str]
) -> Iterator[tuple[VideoConfig, VideoScript, VideoScript | None]]:
    """Every script as the source comes to it, and of a translated one the original, as far as nothing has `failed`."""
    from videogen.build.actions.plan import fresh_scripts, in_language

    for video, script in zip(config.videos, fresh_scripts(workspace, config), strict=True):
        yield video, script, None
    if "script" in failed:
        return
    originals = json.loads(Path(workspace.path("script.json")).read_bytes())
    for video, each in zip(config.videos, originals, strict=True):
        original = VideoScript.model_validate(each)
        for language in video.languages[1:] if video.shape_of is None else ():
            known = _known(workspace, f"{video.id}/{language}", original, asked="translate" not in failed)
            if known is not None:
                yield video, in_language(video, original, known, language), original


def _known(workspace: Workspace, name: str, original: VideoScript, *, asked: bool) -> dict[str, Translation] | None:
    """The translation of each scene of a film, if all is there; `asked`: with what a language model has answered."""
    from videogen.script.translate import settled, texts_of

    known: dict[str, Translation] = {}
    for scene in texts_of(original):
        texts = load(Texts, workspace.path(name, scene, "texts.json"))
        known[scene], missing = settled(texts)
        if missing and not (texts.ai and asked):
            return None
        if missing:
            known[scene] = load(Translation, workspace.path(name, scene, "translation.json"))
    return known


def _reviewed(own: str, base: str, fresh: ReviewText, original: VideoScript | None, head: str) -> str:
    """A review with what the source has changed."""
    from videogen.script.merge import merge

    if not os.path.exists(own):
        return review_file(head, unmerged(fresh))
    written = Path(own).read_text(encoding="utf-8")
    mine = read_review(written, own)
    begun = begun_from(read_review(Path(base).read_text(encoding="utf-8"), base).text)
    merged = merge(begun, mine.text, fresh)
    if original is not None:
        merged = with_notes(merged, begun, review_text(original, os.path.dirname(own)))
    text = review_file(head, merged, mine.written)
    # where only the layout is another, it stays as a person made it
    return written if merged.clean and read_review(text, own).text.same(mine.text) else text


def _scripted(workspace: Workspace, terms: Terms) -> tuple[VideoSetConfig, set[str]]:
    """The project, read and parsed, whatever keeps its scripts from being made of that; and the stages that failed."""
    from videogen.build.run import build

    failed: list[StageError] = []

    def sink(event: Event) -> None:
        if isinstance(event, StageError):
            failed.append(event)

    try:
        build(workspace, ("script",), [sink], terms=terms)
    except PipelineError as error:
        raise _damaged(workspace, error.where.file if error.where else "", str(error)) or error from None
    before = FIRST[: FIRST.index("script")]
    for event in failed:
        if event.stage in before:
            file, shown = str(event.error["file"] or ""), str(event.error["shown"])
            raise _damaged(workspace, file, shown) or _Shown(shown)
    return load(VideoSetConfig, workspace.path("source.json")), {event.stage for event in failed}


def _damaged(workspace: Workspace, file: str, shown: str) -> Unreadable | None:
    return Unreadable(shown, details={"file": file}) if file.startswith(f"{workspace.reviewed}/") else None


class _Shown(PipelineError):
    """A failure of a build, as it was told."""

    exit_code = Exit.FAILED
