"""How hard a narration is to follow, and how long a slide takes to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from script_builders import para, script, section

from videogen.script.readability import lix, reading_seconds

EASY = "The kiln is warm. We bake bread in it. It takes an hour. Then it is cold again. "
HARD = (
    "Notwithstanding considerable organisational difficulties, international standardisation committees "
    "occasionally acknowledge complementary representations of interoperable configuration documents. "
)


def test_short_words_in_short_sentences_are_easy() -> None:
    easy, hard = lix(EASY * 4), lix(HARD * 4)
    assert easy is not None
    assert hard is not None
    assert easy < 25 < 60 < hard


@given(st.text(max_size=200))
def test_any_text_has_a_measure_or_none(text: str) -> None:
    measured = lix(text)
    assert measured is None or 0 < measured <= 100 + len(text)


@pytest.mark.parametrize("text", ["窯は温かい。", "ปลา", "12 + 3"])
def test_what_has_no_words_apart_is_not_measured(text: str) -> None:
    assert lix(text) is None


@pytest.mark.parametrize("language", ["en", "de", "fr-CA", "xx"])
def test_more_words_take_longer_to_read(language: str) -> None:
    assert 1 < reading_seconds("warm", language) < reading_seconds("warm stones and clay walls", language) < 6


def test_a_script_says_how_hard_it_is() -> None:
    made = script(section("Kiln", para("Kiln is a tool."), level=1), section("How", para(EASY)))
    assert made.metadata["reading_level"]["formula"] == "LIX"
    assert made.metadata["reading_level"]["level"] in ("very easy", "easy")
    assert not made.validation_warnings


def test_a_scene_that_cannot_be_followed_is_named() -> None:
    made = script(section("Kiln", para("Kiln is a tool."), level=1), section("Committees", para(HARD * 3)))
    (warning,) = made.validation_warnings
    assert warning.startswith('scene "committees" is hard to follow by ear (LIX ')
