"""What of a slide is translated, and what is said of a translation that does not do."""

from __future__ import annotations

from typing import Any

import pytest

from videogen.model.kinds import content_type
from videogen.model.scene import Scene
from videogen.model.script import VideoScript
from videogen.model.translation import Translated, Translation, digest
from videogen.script.translate import content_texts, texts_of, translated


def script(kind: str, content: dict[str, Any]) -> VideoScript:
    made = content_type(kind).model_validate(content)
    scene = Scene(id="a", kind=kind, content=made, narration="A.", title="A title")
    return VideoScript(video_id="talk", language="en", title="A film", scenes=[scene])


@pytest.mark.parametrize(("answer", "shown"), [("A", "A"), ("b", "b"), ("Water", "Agua")])
def test_the_letter_of_an_answer_is_the_same_in_every_language(answer: str, shown: str) -> None:
    written = script("quiz", {"question": "What boils?", "options": ["Water", "Stone"], "correct_answer": answer})
    assert ("correct_answer" in dict(content_texts(written.scenes[0].content))) is (answer == "Water")
    spanish = {"Water": "Agua", "Stone": "Piedra", "What boils?": "¿Qué hierve?"}
    known = {
        name: Translation(
            texts=[
                Translated(at=each.at, of=digest(each.text), text=spanish.get(each.text, each.text)) for each in texts
            ]
        )
        for name, texts in texts_of(written).items()
    }
    made: Any = translated(written, known, "es").scenes[0].content
    assert (made.options, made.correct_answer, made.answer) == (["Agua", "Piedra"], shown, int(answer == "b"))


def test_what_does_not_do_is_told_with_its_place_in_the_slide() -> None:
    written = script("bullets", {"header": "Rules", "items": ["One"]})
    known = {name: Translation(texts=[]) for name in texts_of(written)}
    known["a"] = Translation(texts=[Translated(at="items.0", text="muy " * 200)])
    with pytest.raises(ValueError, match=r'^scene "a" in "es": `items\.0`: String should have at most \d+ characters$'):
        translated(written, known, "es")
