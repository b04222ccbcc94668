"""What a person changed in a script, put into what the source comes to."""

from __future__ import annotations

from typing import Any

import pytest

from videogen.model.errors import ValidationError
from videogen.model.kinds import Bullets
from videogen.model.review import Review, ReviewText, review_text
from videogen.model.scene import Scene
from videogen.model.script import VideoScript
from videogen.script.review import reviewed

SAID = "Every result is a file. Every file knows its inputs."


def scene(**changes: Any) -> Scene:
    usual = {"id": "rules", "kind": "bullets", "title": "Rules", "narration": SAID, "cues": {"item:0": 1, "item:1": 6}}
    content = {"header": "Rules", "items": ["Results are files", "Files know their inputs"]}
    return Scene.model_validate({**usual, "content": content, **changes})


def script(one: Scene) -> VideoScript:
    return VideoScript(video_id="talk", language="en", title="A film", scenes=[one])


def after(mine: Scene, theirs: Scene | None = None) -> Scene:
    base, own = (review_text(script(each), "") for each in (scene(), mine))
    review = Review(file="talk.en.md", folder="", base=base, mine=own, checked={"rules": mine})
    return reviewed(script(theirs or scene()), review).scenes[0]


@pytest.mark.parametrize(
    ("said", "cues"),
    [
        (f"{SAID} Indeed.", {"item:0": 1, "item:1": 6}),
        (f"Now then: {SAID}", {"item:0": 3, "item:1": 8}),
        ("Every result is a file. And each file knows all of its inputs.", {"item:0": 1, "item:1": 7}),
        ("Every result is a file.", {"item:0": 1, "item:1": 4}),
    ],
)
def test_what_appears_stays_with_its_word(said: str, cues: dict[str, int]) -> None:
    assert after(scene(narration=said)).cues == cues


def test_what_appears_is_found_anew_in_a_narration_that_is_another() -> None:
    found = after(scene(narration="You will see. Inputs are what files know; files are what results are.")).cues
    assert set(found) <= {"item:0", "item:1"}
    assert all(word < 12 for word in found.values())


def test_an_item_that_is_added_comes_with_its_words() -> None:
    content = Bullets(header="Rules", items=["Results are files", "Files know their inputs", "Nothing else"])
    found = after(scene(content=content, narration=f"{SAID} And there is nothing else."))
    assert found.cues["item:2"] > found.cues["item:1"]


def test_a_slide_of_both_has_what_each_changed() -> None:
    mine = scene(content=Bullets(header="Two rules", items=["Results are files", "Files know their inputs"]))
    theirs = scene(content=Bullets(header="Rules", items=["A result is a file", "Files know their inputs"]))
    content = after(mine, theirs).content
    assert content == Bullets(header="Two rules", items=["A result is a file", "Files know their inputs"])


def test_edits_are_at_their_place_in_the_review() -> None:
    source = after(scene(narration=f"{SAID} Indeed.")).source
    assert source is not None
    assert source.file == "talk.en.md"


def test_several_conflicts_are_told_at_once() -> None:
    with pytest.raises(ValidationError) as caught:
        after(scene(narration="Mine.", title="Mine"), scene(narration="Theirs.", title="Theirs"))
    assert len(caught.value.details["errors"]) == 2
    assert "(and 1 more)" in str(caught.value)


def test_without_a_review_the_script_is_as_it_was() -> None:
    assert reviewed(script(scene()), None) == script(scene())
    same = Review(file="a.md", folder="", base=ReviewText(), mine=ReviewText())
    assert [each.id for each in reviewed(script(scene()), same).scenes] == ["rules"]
