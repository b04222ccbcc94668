"""Scripts for a person to review: written as files to edit, and written anew when the source has changed."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from videogen.build.flow import FIRST
from videogen.build.terms import Terms
from videogen.build.workspace import Workspace
from videogen.build.write import write_if_changed
from videogen.model.errors import Exit, PipelineError
from videogen.model.events import Event, StageError
from videogen.model.project import VideoSetConfig
from videogen.model.review import ReviewText, review_text, unmerged

_HEAD = """\
The script of {video} in "{language}", to be edited. In each scene the fence holds what is shown, as in a project, and
the paragraphs below it what is said. Change both, move scenes, remove them or add some. What you do not change follows
the source. Then: {command}"""
_BASE = "What {file} was made of. It is compared with the source; do not edit it."


class Unreadable(PipelineError):
    """A review that cannot be used as it stands, `file`, which is left as it is."""

    exit_code = Exit.USAGE

    @property
    def file(self) -> str:
        """Its path."""
        return self.details["file"]


def write_reviews(workspace: Workspace, videos: Collection[str], terms: Terms) -> Iterator[str]:
    """Write a file for the script of every video, or of those that are named, to be reviewed; returns their paths.

    What people changed in one stays, and what the source has changed comes in; where both changed the same, both stand
    there. Raises Unreadable for a file that cannot be used, and what a build of the script would.
    """
    from videogen.build.actions.plan import fresh_scripts
    from videogen.inputs.review import review_paths

    config = _scripted(workspace, terms)
    for video, script in zip(config.videos, fresh_scripts(workspace, config), strict=True):
        if video.shape_of is not None or (videos and video.id not in videos):
            continue
        own, base = review_paths(workspace.reviewed, video.id, script.language)
        asked = f"--from {workspace.document}" if workspace.document else workspace.name
        head = _HEAD.format(video=video.id, language=script.language, command=f"video-gen create {asked}")
        fresh = review_text(script, workspace.reviewed)
        # in this order: cut short in between, nothing of the source is taken for a person's
        write_if_changed(own, _reviewed(own, base, fresh, head).encode())
        write_if_changed(base, _text(_BASE.format(file=os.path.basename(own)), fresh).encode())
        yield own


def _text(head: str, text: ReviewText) -> str:
    from videogen.inputs.reviewfile import review_file

    return review_file(head, unmerged(text))


def _reviewed(own: str, base: str, fresh: ReviewText, head: str) -> str:
    """A review with what the source has changed."""
    from videogen.inputs.reviewfile import read_review, review_file
    from videogen.script.merge import merge

    if not os.path.exists(own):
        return _text(head, fresh)
    written = Path(own).read_text(encoding="utf-8")
    mine, begun = read_review(written, own), read_review(Path(base).read_text(encoding="utf-8"), base)
    merged = merge(begun.text, mine.text, fresh)
    text = review_file(head, merged, mine.written)
    # where only the layout is another, it stays as a person made it
    return written if merged.clean and read_review(text, own).text.same(mine.text) else text


def _scripted(workspace: Workspace, terms: Terms) -> VideoSetConfig:
    """The project, read and parsed, whatever keeps its script from being made of that."""
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
    return VideoSetConfig.model_validate_json(Path(workspace.path("source.json")).read_bytes())


def _damaged(workspace: Workspace, file: str, shown: str) -> Unreadable | None:
    return Unreadable(shown, details={"file": file}) if file.startswith(f"{workspace.reviewed}/") else None


class _Shown(PipelineError):
    """A failure of a build, as it was told."""

    exit_code = Exit.FAILED
