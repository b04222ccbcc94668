"""A content on several pages: what one clears away is gone, and what stays is whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scenes_kit import look, opened

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
    made, page = scene_kind(kind), Page(look(theme, height=480, aspect=aspect), Path(), kind)
    parts = made.split(made.content.model_validate(LONG[kind]), count)
    ground = backdrop(page.look, made.cover, page.written(made.cover), Path())
    alone = compose(ground, [made.layout(parts[-1].content, page)], page.look, Path())
    assert np.abs(np.asarray(alone.final).astype(int) - np.asarray(opened(drawn.final))).max() <= 4
