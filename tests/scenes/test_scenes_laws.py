"""Whatever a slide carries, in whatever script, theme and shape, obeys the laws of layout, or is refused in one line
that names the field. A kind without contents in `scenes_contents` fails here: give it some."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image
from scenes_contents import SAMPLES, content_of
from scenes_kit import ACCENTS, ASPECTS, THEMES, broken_laws, look

from videogen.build.gallery import stand_ins
from videogen.model.errors import ValidationError
from videogen.model.kinds import content_type, kinds
from videogen.model.script import Picture
from videogen.scenes.draw import draw


def broken(kind: str, language: str, content: dict[str, Any], seen: tuple[str, str, int, str], root: Path) -> list[str]:
    """What is wrong with a slide, seen in a theme, an accent, a height and a shape; nothing when it is refused well."""
    theme, accent, height, aspect = seen
    fields = content_type(kind).model_fields
    try:
        motion = draw(
            Picture(kind=kind, content=content, language=language), look(theme, accent, height, root, aspect), root
        ).motion
    except ValidationError as error:
        told = re.match(rf"{kind} scene: (?:the )?(\w+) does not fit: ", error.message)
        named = told and told[1] in (*fields, "code", "output", "diagram", "table")
        return [] if named and error.hint and "\n" not in error.line() else [error.line()]
    found = broken_laws(motion)
    return [*found, f"not drawn: {motion.missing_glyphs}"] if motion.missing_glyphs else found


SEEN = st.tuples(st.sampled_from(THEMES), st.sampled_from(ACCENTS), st.sampled_from([480, 480, 480, 1080]))


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_slide_obeys_the_laws_or_is_refused(kind: str, tmp_path: Path) -> None:
    Image.effect_mandelbrot((160, 90), (-2, -1, 1, 1), 20).convert("RGB").save(tmp_path / "wide.png")
    stand_ins(kind, {"path": "clip.mp4"}, tmp_path)

    @settings(max_examples=16, deadline=None, derandomize=True, database=None, phases=[Phase.generate, Phase.shrink])
    @given(st.data(), st.sampled_from(sorted(SAMPLES)), SEEN, st.sampled_from(ASPECTS))
    def law(data: st.DataObject, language: str, seen: tuple[str, str, int], aspect: str) -> None:
        content = data.draw(content_of(kind, language))
        assert broken(kind, language, content, (*seen, aspect), tmp_path) == []

    law()
