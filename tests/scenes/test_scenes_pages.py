"""A content on several pages: what one clears away is gone, and what stays is whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scenes_kit import broken_laws, look, opened

from videogen.model.chrome import Chrome
from videogen.model.script import Picture
from videogen.scenes.backdrop import backdrop
from videogen.scenes.compose import compose
from videogen.scenes.draw import draw, scene_kind
from videogen.scenes.page import Page

LONG = {
    "command": {
        "header": "All of it",
        "commands": [{"command": f"step {index}", "output": "done\nwell"} for index in range(12)],
    },
    "problem": {"problem_number": 1, "title": "Much to read", "problem_text": "One sentence says one thing. " * 68},
    "exercise": {
        "title": "Twelve steps",
        "instructions": [f"Do step {index} with care and look at it, and then at it again" for index in range(12)],
    },
    "code": {"header": "All of it", "language": "python", "code": "\n".join(f"a{n} = {n}" for n in range(60))},
    "code_comparison": {
        "before_code": "\n".join(f"a{n} = some_function_of(several, arguments, {n})" for n in range(12)),
        "after_code": "\n".join(f"a{n} = some_function_of(several, arguments, {n + 1})" for n in range(12)),
    },
    "table": {"columns": ["Name", "Number"], "rows": [[f"Row {n}", str(n)] for n in range(30)]},
}


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
@pytest.mark.parametrize("theme", ["candy", "slate"])
@pytest.mark.parametrize("kind", LONG)
def test_the_last_page_looks_as_it_does_by_itself(kind, theme, aspect):
    drawn = draw(Picture(kind=kind, content=LONG[kind]), look(theme, height=480, aspect=aspect), Path())
    count = 1 + sum(layer.id.startswith("clear-") for layer in drawn.motion.layers)
    assert count > 1
    # one of several: what all of them have stays where it is
    made, page = scene_kind(kind), Page(look(theme, height=480, aspect=aspect), Path(), kind, steady=True)
    parts = made.split(made.content.model_validate(LONG[kind]), count)
    ground = backdrop(page.look, made.cover, page.written(made.cover), Path())
    alone = compose(ground, [made.layout(parts[-1].content, page)], page.look, Path())
    assert np.abs(np.asarray(alone.final).astype(int) - np.asarray(opened(drawn.final))).max() <= 4


CROWDED = {
    "problem": {
        "problem_number": "12.4",
        "title": "The travelling build that visits every target exactly once and comes home",
        "problem_text": "A build has twelve targets, each of which depends on at least two others. " * 9,
        "difficulty": "hard",
    },
    "exercise": {
        "title": "Build, break and mend a film of your own in the course of one afternoon",
        "instructions": ["Write three headings and under each of them a sentence that somebody could say aloud"] * 3,
        "difficulty": "intermediate",
        "estimated_time": "2 hours 30 minutes",
    },
    "quiz": {
        "question": "A build has been run on one machine and its folder copied to another, whose clock is behind. " * 2,
        "options": ["Everything is made again, because all time stamps are in the future", "Nothing is made again"],
        "correct_answer": "B",
    },
    "solution": {
        "title": "The same thing said over and over",
        "solution_code": "\n".join(f"value_{n} = some_function_of({n})" for n in range(30)),
        "explanation": "Each target knows the digest of what made it. When no input changed, nothing is made. " * 12,
    },
    "learning_objectives": {
        "lesson_title": "How a build system decides what has to be made again and what can stay as it is",
        "objectives": ["Tell when a result is out of date, and why a time stamp alone cannot say so"] * 3,
        "lesson_info": ["45 minutes", "Lesson 12 of 20", "Advanced", "Bring a laptop"],
    },
}


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
@pytest.mark.parametrize("kind", CROWDED)
def test_much_to_say_has_room_beside_captions_and_all_that_stands_around(kind, aspect):
    around = {"captions": "lines", "chrome": Chrome(progress=True, number=True, speaker="Ada")}
    crowded = look("phosphor", height=480, aspect=aspect).model_copy(update=around)
    motion = draw(Picture(kind=kind, content=CROWDED[kind]), crowded, Path()).motion
    assert broken_laws(motion) == []
    assert all(box.y + box.height <= Page(crowded, Path(), kind).bottom for box in motion.text if box.role != "label")
