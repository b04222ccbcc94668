"""What a review was made of, as it is kept in `base` beside it: compared with, never edited."""

from __future__ import annotations

from videogen.inputs.reviewfile import review_file
from videogen.model.review import ReviewText, unmerged


def base_file(head: str, text: ReviewText) -> str:
    """The text of what a review is made of; of a translation, with the digests of its original."""
    scenes = [
        each.model_copy(update={"fields": each.fields | ({"of": each.of} if each.of else {})}) for each in text.scenes
    ]
    return review_file(head, unmerged(text.model_copy(update={"scenes": scenes})))


def begun_from(text: ReviewText) -> ReviewText:
    """What a review was made of, from its file as it was read."""
    scenes = [
        each.model_copy(
            update={
                "fields": {name: value for name, value in each.fields.items() if name != "of"},
                "of": {str(name): str(value) for name, value in of.items()} if isinstance(of, dict) else {},
            }
        )
        for each in text.scenes
        for of in [each.fields.get("of")]
    ]
    return text.model_copy(update={"scenes": scenes})
