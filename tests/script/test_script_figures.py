"""Numbers on slides that are translated."""

from __future__ import annotations

from typing import Any

import pytest

from videogen.model.kinds import content_type
from videogen.model.scene import Scene
from videogen.model.script import VideoScript
from videogen.model.translation import Translation
from videogen.script.translate import texts_of, translated


def in_language(kind: str, content: dict[str, Any], source: str, language: str) -> Any:
    made = content_type(kind).model_validate(content)
    scene = Scene(id="a", kind=kind, content=made, narration="A.", title="A")
    script = VideoScript(video_id="talk", language=source, title="A film", scenes=[scene])
    known = {name: Translation(texts=[]) for name in texts_of(script)}
    return translated(script, known, language).scenes[0].content


@pytest.mark.parametrize(
    ("before", "language", "after"),
    [
        ({"value": "12,480.5"}, "de", {"value": "12.480,5"}),
        ({"value": "3.5", "suffix": "%"}, "fr", {"value": "3,5", "suffix": "%"}),
        ({"value": 3.5}, "de", {"value": 3.5}),
        ({"value": "5", "prefix": "$"}, "de", {"value": "5", "prefix": "", "suffix": "$"}),
        ({"value": "5", "prefix": "$"}, "ja", {"value": "5", "prefix": "$", "suffix": ""}),
        ({"value": "5", "prefix": "$", "suffix": "k"}, "de", {"value": "5", "prefix": "$", "suffix": "k"}),
        ({"value": "5", "prefix": "~"}, "de", {"value": "5", "prefix": "~", "suffix": ""}),
    ],
)
def test_a_stat_is_written_as_the_other_language_does(before: dict, language: str, after: dict) -> None:
    made = in_language("stat", {**before, "label": "L"}, "en", language)
    assert {name: getattr(made, name) for name in after} == after


def test_a_stat_comes_from_another_language_too() -> None:
    made = in_language("stat", {"value": "12.480,5", "suffix": "€", "label": "L"}, "de", "en")
    assert (made.value, made.prefix, made.suffix) == ("12,480.5", "€", "")


def test_only_what_is_a_number_in_a_table_is_rewritten() -> None:
    cells = ["1,204.50", "$3", "3.5%", "3.10", "2", "1.2.3", "192.168.1.1", "2024-01-02", "12,3", "-", "1,204 pages"]
    made = in_language("table", {"columns": ["A"], "rows": [[cell] for cell in cells]}, "en", "de")
    shown = [row[0] for row in made.rows]
    assert shown == ["1.204,50", "3\xa0$", "3,5\xa0%", *cells[3:]]
