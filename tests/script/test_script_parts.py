"""The small rules: sentences, phrases, cues, files."""

from __future__ import annotations

import doctest
import importlib

import pytest
from script_builders import KILN, script

from videogen.model.manner import Manner
from videogen.model.script import Narration, Picture, SceneClock
from videogen.script import scene_files
from videogen.script.cues import align
from videogen.script.leads import turn_to
from videogen.script.listing import describe, pages
from videogen.script.phrases import item_phrase, key_phrase
from videogen.script.pointers import points_elsewhere
from videogen.script.text import clean, finish, sentences


@pytest.mark.parametrize(
    "module",
    [
        "text",
        "phrases",
        "clauses",
        "lang",
        "leads",
        "choose",
        "pointers",
        "opening",
        "draft",
        "structure",
        "unsaid",
        "headings",
    ],
)
def test_examples_in_docstrings(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"videogen.script.{module}"))
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("A([]) and ((())) the rest", "A and the rest"),
        ("Fast 🚀 builds[^1]", "Fast builds"),
        ("Read <b>this</b> at https://example.com/a?b=c now", "Read this at now"),
        ("Keep **all** of `it` & more", "Keep all of it and more"),
        ("- [x] Works with .netrc files", "Works with .netrc files"),
        ("A flag (see this issue) and an aside ()", "A flag and an aside"),
        ("300M downloads / week", "300M downloads per week"),
    ],
)
def test_speech_holds_no_markup(raw: str, said: str) -> None:
    assert clean(raw) == said


def test_sentences_end_where_they_end() -> None:
    assert sentences("Use v2.0 of it. doit, e.g. its cache, is fast! Really? Yes") == [
        "Use v2.0 of it.",
        "doit, e.g. its cache, is fast!",
        "Really?",
        "Yes",
    ]
    assert finish("Then run:") == "Then run."
    assert finish("...") == ""


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("Kiln is a small tool, which bakes pages.", "Small tool, which bakes pages"),
        ("It supports Python 3.10 or later.", "Supports Python 3.10 or later"),
        ("If you want more control, you can write a template of your own.", "Write a template of your own"),
        ("The cache makes it easy to switch branches because nothing is lost.",
         "The cache makes it easy to switch branches"),
        ("Everything it makes is a file with known inputs, so that an edit remakes only what it touches.",
         "Everything it makes is a file with known inputs"),
        ("kiln finds the pages.", "Finds the pages"),
        ("make for narrated video.", "make for narrated video"),
        ("Edit the narration of one scene, and only that scene is spoken and encoded again.",
         "Only that scene is spoken and encoded again"),
        ("There's no need to add a query to an address, or to form-encode what is sent with it by hand.",
         "There is no need to add a query to an address"),
        ("Updating by hand is dull, and bots that open a change for every release drown a team in noise.",
         "Updating by hand is dull"),
        ("This is it.", ""),
    ],
)  # fmt: skip
def test_key_phrases(sentence: str, phrase: str) -> None:
    assert key_phrase(sentence, names=frozenset({"kiln"})) == phrase


@pytest.mark.parametrize(
    ("item", "phrase"),
    [
        ("DAG execution - tasks run in correct dependency order",
         "DAG execution: tasks run in correct dependency order"),
        ("Ability to make requests directly to WSGI applications or ASGI applications.",
         "Ability to make requests directly to WSGI applications or ASGI applications"),
        ("httpcore - The underlying transport", "httpcore: The underlying transport"),
        ("You write Markdown, or a short YAML file with scenes",
         "You write Markdown, or a short YAML file with scenes"),
        ("A report of what a viewer would complain about, from loudness to contrast",
         "A report of what a viewer would complain about"),
        ("The film is joined by copying, never encoded twice", "The film is joined by copying, never encoded twice"),
        ("An MP4 that plays everywhere: 1080p, thirty frames a second, with chapters inside",
         "An MP4 that plays everywhere"),
        ("Careful: risky updates come alone, with the part of the changelog that matters",
         "Careful: risky updates come alone"),
        ("Strict timeouts everywhere.", "Strict timeouts everywhere"),
    ],
)  # fmt: skip
def test_item_phrases(item: str, phrase: str) -> None:
    assert item_phrase(item) == phrase


def test_phrases_never_end_in_a_small_word() -> None:
    text = "Renders everything that the author of a page has ever written into a folder of the site and"
    last = item_phrase(text).split()[-1].lower()
    assert last not in {"and", "the", "of", "a", "into", "that"}


@pytest.mark.parametrize(
    ("header", "lead"),
    [
        ("Create a project", "Let's create a project."),
        ("Why Kiln?", "Why Kiln?"),
        ("How it works", "Let's see how it works."),
    ],
)
def test_leads(header: str, lead: str) -> None:
    assert turn_to(header, frozenset({"kiln"})) == lead


def test_pointers() -> None:
    assert points_elsewhere("For more details, see the manual.")
    assert points_elsewhere("Check out our guide.")
    assert not points_elsewhere("Click is a package for command lines.")
    assert not points_elsewhere("For every page, it writes a file.")


def test_listings_that_fit_are_whole() -> None:
    assert pages("    a = 1\n\n\n\n    b = 2\n\n") == (["a = 1\n\nb = 2"], 0)
    assert pages("\n \n") == ([], 0)
    assert pages("x" * 2000) == ([], 1)


def test_what_a_listing_is_said_to_be() -> None:
    assert "conda" in describe("conda install kiln", "sh", True, "k")[0]
    assert "Python prompt" in describe(">>> 1 + 1\n2", "pycon", True, "k")[0]
    assert "Say hello: greet a person." in describe('def say_hello():\n    """greet a person"""\n', "python", True, "k")


def test_alignment_follows_the_words() -> None:
    narration = "First of all it caches results. Then it runs tasks in parallel, and finally it reports."
    cues = align({"a": "Cached results", "b": "Parallel tasks", "c": "Reports"}, narration)
    assert cues == {"a": 4, "b": 9, "c": 15}


def test_names_with_points_are_found_whole_and_in_parts() -> None:
    narration = "From main.c, draw an arrow to main.o. The settings of the readme come last."
    assert align({"a": "main.c", "b": "main.o", "c": "readme.yaml"}, narration) == {"a": 1, "b": 6, "c": 11}


def test_what_stands_for_no_words_does_not_keep_the_first_page_waiting() -> None:
    narration = "This rule reads a header. It does not say so. In the second, every input is named."
    assert align({"before": "", "after": "Every input is named"}, narration) == {"before": 0, "after": 13}


def test_alignment_without_shared_words_is_even_over_sentences() -> None:
    assert align({"a": "x", "b": "y"}, "One two three. Four five six.") == {"a": 0, "b": 3}
    assert align({"a": "x"}, "") == {}


HOW = {"": Manner(voice="draft:", rate=1.1)}


def test_a_scene_splits_into_what_each_stage_needs() -> None:
    made = script(*KILN)
    scene = made.scenes[2]
    narration, picture, clock = scene_files(made, scene, HOW, {"pip": "pipp", "Kil": "no", "kiln": "kill"})
    assert narration.text == scene.narration
    assert narration == Narration.plain(scene.narration, "draft:", rate=1.1, lexicon={"pip": "pipp"})
    assert picture == Picture(kind="command", content=scene.content.model_dump(mode="json"), language="en")
    assert clock == SceneClock(cues=scene.cues, pause_after=0.35, min_seconds=5, max_seconds=600)


def test_a_narration_does_not_touch_the_picture() -> None:
    made = script(*KILN)
    scene = made.scenes[2]
    other = scene.model_copy(update={"narration": "Something else is said here."})
    assert scene_files(made, scene, HOW, {})[1] == scene_files(made, other, HOW, {})[1]
