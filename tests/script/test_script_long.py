"""Texts that make a pattern try for ever are read like any other: what is tried of them grows as they do."""

from __future__ import annotations

import pytest

from videogen.inputs.escape import begun
from videogen.model.dot import is_dot
from videogen.script.phrases import item_phrase
from videogen.script.text import clean

BEFORE = ("#", "//", "/**/", "/* */", "# a\n", "//\n", "\n", "#/", "/*")
SIGNS = (".", ". ", "-", "- ", ", ", ", and", "…", "!", " or ", ": ")


@pytest.mark.parametrize("sign", SIGNS)
def test_a_run_of_signs_within_an_item_is_one_of_many(sign: str) -> None:
    # as it was, each sign more took twice the time: a line of contents with its leaders, for ever
    assert item_phrase(f"Chapter one {sign * 400} 5x").startswith("Chapter one")


@pytest.mark.parametrize("comment", BEFORE)
def test_comments_before_a_drawing_are_read_once(comment: str) -> None:
    assert not is_dot(comment * 400 + "\ntea {a}")
    assert is_dot(comment * 400 + "\ndigraph {tea}") == (comment != "/*")  # which has no end


def test_what_an_item_ends_with_is_no_part_of_it() -> None:
    assert item_phrase("Boil the water, and... but –") == "Boil the water"


@pytest.mark.parametrize("unit", ["1.", "a-", "a-a.", "a@", "[^", "<!--", "x", "/", "1,", "a_"])
def test_a_long_run_in_a_sentence_is_cleaned(unit: str) -> None:
    said = clean(f"Tea is hot. {unit * (300_000 // len(unit))} end.")
    assert said.startswith("Tea is hot.")
    assert said.endswith("end.")


def test_addresses_are_still_left_out() -> None:
    text = "Write to ada.b+c@example.org, or see a.b.c.docs.example.com/x, www.example.org and https://x.io/a"
    assert clean(text) == "Write to or see and"
    assert clean("Tea[^1] is <!-- not --> hot[^a-b].") == "Tea is hot."


def test_blank_lines_in_a_text_are_no_work() -> None:
    assert begun("\n" * 300_000 + "# a") == "\n" * 300_000 + "\\# a"
