"""Scripts that a person reviewed: `talk.review/talk.en.md`, and beside it in `base` what it was made of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from videogen.inputs.handmade import Place, hand_scene
from videogen.inputs.project import VideoFile, checked
from videogen.inputs.reviewbase import begun_from
from videogen.inputs.reviewfile import ReviewFile, read_review, scenes_tree
from videogen.inputs.text import read_text
from videogen.model.allowed import check_inside
from videogen.model.errors import ValidationError, Where
from videogen.model.project import HandScene, Project
from videogen.model.review import Review, Reviews, ReviewText
from videogen.model.scene import Scene

MAX_BYTES = 5_000_000


class ReadReviews(NamedTuple):
    """The reviews that there are, the files that say so, and those that are not there."""

    reviews: Reviews
    read: list[str]
    sought: list[str]


def review_paths(folder: str, video: str, language: str) -> tuple[str, str]:
    """Where the review of a video in a language is, and the script that it was made of."""
    name = f"{video}.{language}.md"
    return f"{folder}/{name}", f"{folder}/base/{name}"


def read_reviews(videos: Iterable[tuple[str, VideoFile]], folder: str, root: Path) -> ReadReviews:
    """What people made of the scripts of these videos, in every language, in files of `folder`, which is relative to
    `root`.

    Raises ValidationError, with the place, for what cannot be used in a scene that they changed, and for a review of
    which it is not known what it was made of.
    """
    found, read, sought = {}, [], []
    for name, video in videos:
        for language in video.project.languages:
            own, base = review_paths(folder, name, language)
            if not Path(root, own).exists():
                sought.append(own)
                continue
            found[f"{name}/{language}"], named = _review(own, base, video.project, folder, root)
            read += [own, base, *named]
    return ReadReviews(Reviews(films=found), read, sought)


def _review(own: str, base: str, project: Project, folder: str, root: Path) -> tuple[Review, list[str]]:
    """A review, and the files that a person named in it."""
    mine = _read(own, root)
    if not Path(root, base).exists():
        raise ValidationError(
            f'"{base}" is missing, the script that this was made of',
            Where(own),
            f"bring it back, as with `git checkout -- {base}`, or remove both to begin anew",
        )
    begun = begun_from(_read(base, root).text)
    checked_scenes, named = _checked(mine, begun, project, root)
    return Review(file=own, folder=folder, base=begun, mine=mine.text, checked=checked_scenes), named


def _read(shown: str, root: Path) -> ReviewFile:
    check_inside(Path(root, shown), shown)
    return read_review(read_text(Path(root, shown), what="review", shown=shown, limit=MAX_BYTES), shown)


def _checked(mine: ReviewFile, base: ReviewText, project: Project, root: Path) -> tuple[dict[str, Scene], list[str]]:
    """The scenes in which something was changed, and the files that are named anew in them."""
    before = {each.id: each.fields for each in base.scenes}
    changed = [each for each in mine.text.scenes if each.fields != before.get(each.id)]
    if not changed:
        return {}, []
    tree = scenes_tree(mine, [each.id for each in changed])
    file = checked(tree)
    found: dict[str, Scene] = {}
    named: list[str] = []
    written: list[HandScene] = file.project.scenes or []
    for index, (each, scene, content) in enumerate(zip(changed, written, file.contents, strict=True)):
        same = before.get(each.id, {}).get("content", {})
        known = [name for name in content.paths if name in same and same[name] == each.fields["content"].get(name)]
        made = hand_scene(
            scene,
            content,
            each.id,
            Place(root, tree, ("scenes", index)),
            project,
            paragraphs=each.fields["narration"],
            known=known,
        )
        found[each.id] = made.model_copy(update={"title": each.fields["title"]})
        # the others are in the source too, and may be in it: pictures that lay in a document
        named += [path for name in content.paths if name not in known and (path := getattr(made.content, name))]
    return found, named
