"""The kinds of a lesson, and those that give points a form."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scenes_kit import ASPECTS, broken_laws, composed, look, opened

from videogen.model.errors import ValidationError
from videogen.model.kinds import Quiz, content_type
from videogen.model.kinds.base import passages
from videogen.model.script import Picture
from videogen.scenes.draw import draw, lay_out, scene_kind
from videogen.scenes.elements import Element, Icon, Text
from videogen.scenes.stat import COUNT_SECONDS, counted
from videogen.scenes.themes import theme_names
from videogen.script.hand import cue_texts

WORDS = st.text(st.sampled_from("abcdefgilmnorstuvwyABMW-./_:01 éß"), min_size=1, max_size=14)
LONG = st.integers(15, 120).map(lambda count: "Wm" * (count // 2))


def phrase(most: int, limit: int = 300) -> st.SearchStrategy[str]:
    mixed = st.lists(st.one_of(*[WORDS] * 14, LONG), min_size=1, max_size=most)
    return mixed.map(lambda parts: " ".join(" ".join(parts).split())[:limit].strip() or "x")


def perhaps(text: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), text)


LINE = phrase(12)
POINT = st.one_of(LINE, st.fixed_dictionaries({"text": LINE, "detail": perhaps(phrase(30, 600))}))


def lines(most: int, least: int = 1, text: st.SearchStrategy[str] = LINE) -> st.SearchStrategy[list[str]]:
    return st.lists(text, min_size=least, max_size=most)


CONTENTS = {
    "list": st.fixed_dictionaries(
        {"header": phrase(8), "description": perhaps(phrase(20)), "items": st.lists(POINT, min_size=1, max_size=12)}
    ),
    "steps": st.fixed_dictionaries({"header": perhaps(phrase(8)), "steps": st.lists(POINT, min_size=1, max_size=12)}),
    "timeline": st.fixed_dictionaries(
        {
            "header": perhaps(phrase(8)),
            "events": st.lists(
                st.fixed_dictionaries(
                    {"date": st.one_of(st.just("1976"), phrase(3)), "label": phrase(5), "text": perhaps(phrase(20))}
                ),
                min_size=1,
                max_size=10,
            ),
        }
    ),
    "two_columns": st.fixed_dictionaries(
        {
            "header": perhaps(phrase(8)),
            "left_header": phrase(4),
            "left_items": lines(8),
            "right_header": phrase(4),
            "right_items": lines(8),
            "signs": st.sampled_from(["plain", "verdict"]),
        }
    ),
    "callout": st.fixed_dictionaries(
        {
            "tone": st.sampled_from(["note", "tip", "important", "warning", "caution"]),
            "title": perhaps(phrase(6)),
            "text": phrase(200, 2000),
        }
    ),
    "stat": st.fixed_dictionaries(
        {
            "value": st.sampled_from(["0", "7", "92", "3.5", "12,480", "-20", "1.234.567,89", "999999999999"]),
            "prefix": st.sampled_from(["", "~", "$", "EUR"]),
            "suffix": st.sampled_from(["", "%", " ms", "times faster"]),
            "label": LINE,
            "context": perhaps(phrase(30)),
        }
    ),
    "learning_objectives": st.fixed_dictionaries(
        {"lesson_title": phrase(8), "objectives": lines(12), "lesson_info": lines(4, 0, phrase(2, 30))}
    ),
    "problem": st.fixed_dictionaries(
        {
            "problem_number": st.sampled_from(["", 7, "12", "1.1.4", "Appendix A"]),
            "title": LINE,
            "problem_text": phrase(200, 2000),
            "difficulty": st.sampled_from(["", "easy", "Medium", "hard", "leicht", "W" * 24]),
        }
    ),
    "exercise": st.fixed_dictionaries(
        {
            "title": LINE,
            "instructions": lines(12),
            "difficulty": st.sampled_from(["", "easy", "expert", "W" * 24]),
            "estimated_time": st.sampled_from(["", "15 min", "W" * 24]),
        }
    ),
    "quiz": lines(8, 2).flatmap(
        lambda options: st.fixed_dictionaries(
            {
                "question": phrase(30, 600),
                "options": st.just([f"{number} {option}"[:300].strip() for number, option in enumerate(options)]),
                "correct_answer": st.integers(0, len(options) - 1).map(lambda index: "ABCDEFGH"[index]),
                "show_answer": st.booleans(),
            }
        )
    ),
    "checkpoint": st.fixed_dictionaries(
        {
            "checkpoint_number": st.sampled_from(["", 2, "12", "3.4", "2026/11"]),
            "title": LINE,
            "completed_topics": lines(8),
            "review_questions": lines(8, 0),
            "next_topics": lines(8, 0),
            "labels": lines(3, 3, phrase(3, 40)),
        }
    ),
}


def example(kind: str) -> Picture:
    return Picture(**yaml.safe_load(scene_kind(kind).example))


def refusal(kind: str, content: dict) -> str:
    with pytest.raises(ValidationError) as caught:
        draw(Picture(kind=kind, content=content), look(height=480), Path())
    return caught.value.message


@pytest.mark.parametrize("kind", CONTENTS)
def test_text_never_leaves_its_place_in_any_shape(kind):
    # a failing content is shown as it was found: shrinking one takes minutes
    @settings(max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(CONTENTS[kind], st.sampled_from(ASPECTS))
    def law(content, aspect):
        refused, laws = None, []
        try:
            laws = broken_laws(
                draw(Picture(kind=kind, content=content), look(height=480, aspect=aspect), Path()).motion
            )
        except ValidationError as error:
            refused = error.message
        assert laws == []
        assert refused is None or (refused.startswith(f"{kind} scene: ") and "does not fit" in refused)

    law()


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("kind", CONTENTS)
def test_examples_stand_on_one_page_and_their_layers_add_up(kind, aspect):
    for theme in ("midnight", "daylight"):
        drawn = draw(example(kind), look(theme, "orange", 480, aspect=aspect), Path())
        assert np.abs(composed(drawn) - np.asarray(opened(drawn.final))).max() <= 1
        assert broken_laws(drawn.motion) == []
        assert {box.page for box in drawn.motion.text} == {0}
        cued = [move.cue for move in drawn.motion.moves if move.cue != "start"]
        assert list(dict.fromkeys(sorted(cued, key=drawn.motion.cues.index))) == drawn.motion.cues


@pytest.mark.parametrize("theme", theme_names())
def test_every_tone_and_difficulty_stands_out(theme):
    pictures = [
        *(
            Picture(kind="callout", content={"tone": tone, "text": "So."})
            for tone in ("note", "tip", "important", "warning", "caution")
        ),
        *(
            Picture(kind="problem", content={"title": "T", "problem_text": "So?", "difficulty": level})
            for level in ("easy", "medium", "hard", "knifflig")
        ),
    ]
    for picture in pictures:
        assert broken_laws(draw(picture, look(theme, "blue", 240), Path()).motion) == [], picture.content


LONG_TEXT = "This is a sentence that says what is the matter, and why it is. " * 28
MANY = {
    "list": {
        "header": "H",
        "items": [{"text": f"Point {n}", "detail": "What there is to say of it"} for n in range(12)],
    },
    "steps": {"header": "H", "steps": [f"Point {n} and what is to be done about it now" for n in range(15)]},
    "timeline": {"events": [{"date": f"19{n}", "label": f"Point {n}", "text": "What it was"} for n in range(70, 84)]},
    "two_columns": {
        "left_header": "L",
        "left_items": [f"Point {n} and some words that say more" for n in range(16)],
        "right_header": "R",
        "right_items": [f"Other {n} and some words that say more" for n in range(16)],
    },
    "callout": {"text": LONG_TEXT},
    "learning_objectives": {"lesson_title": "L", "objectives": [f"Point {n} " + "and more " * 9 for n in range(12)]},
    "problem": {"title": "P", "problem_text": LONG_TEXT},
    "exercise": {"title": "E", "instructions": [f"Point {n} " + "and more " * 9 for n in range(12)]},
    "quiz": {
        "question": "What is it?",
        "options": [f"Point {n} " + "and more words to read " * 9 for n in range(8)],
        "correct_answer": "C",
    },
    "checkpoint": {
        "completed_topics": [f"Point {n} and some words that say more than one" for n in range(12)],
        "next_topics": [f"Other {n} and some words that say more than one" for n in range(12)],
    },
}


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
@pytest.mark.parametrize("kind", MANY)
def test_what_does_not_fit_one_page_goes_on_over_others_and_loses_nothing(kind, aspect):
    content = MANY[kind]
    drawn = draw(Picture(kind=kind, content=content), look(height=480, aspect=aspect), Path())
    motion = drawn.motion
    pages = [[box for box in motion.text if box.page == page] for page in range(max(b.page for b in motion.text) + 1)]
    assert len(pages) > 1
    assert broken_laws(motion) == []
    assert np.abs(composed(drawn) - np.asarray(opened(drawn.final))).max() <= 1
    seen = " ".join(box.text for box in motion.text)
    for value in content.values():
        for point in value if isinstance(value, list) else [value]:
            words = " ".join(point.values() if isinstance(point, dict) else [point]).split()
            assert set(words) <= set(seen.split())
    moved = [move.cue for move in motion.moves if move.cue != "start"]
    assert set(moved) == set(motion.cues)
    order = [motion.cues.index(cue) for cue in moved if cue != "answer"]
    pages_in_order = [motion.cues.index(m.cue) for m in motion.moves if m.layer.startswith("clear-")]
    assert pages_in_order == sorted(pages_in_order)
    assert order[0] == min(order)


def test_numbers_and_letters_go_on_from_page_to_page():
    motion = draw(Picture(kind="steps", content=MANY["steps"]), look(height=480), Path()).motion
    assert [box.text for box in motion.text if box.role == "label"] == [str(n) for n in range(1, 16)]
    motion = draw(Picture(kind="quiz", content=MANY["quiz"]), look(height=480), Path()).motion
    assert [box.text for box in motion.text if box.role == "label"] == ["?", *"ABCDEFGH", "?", "C"]


def elements(picture: Picture, layers: str, aspect: str = "16:9") -> list[Element]:
    groups = lay_out(picture, look(height=480, aspect=aspect), Path()).pages[0]
    return [element for group in groups if layers in group.id for element in group.elements]


def test_the_right_answer_is_marked_at_its_cue_and_not_before():
    motion = draw(example("quiz"), look(height=480), Path()).motion
    assert motion.cues == ["option:0", "option:1", "option:2", "option:3", "answer"]
    late = [move.layer for move in motion.moves if move.cue == "answer"]
    assert late == ["option-0-wrong", "option-1-light", "option-1-right", "option-2-wrong", "option-3-wrong"]
    marked = elements(example("quiz"), "-right")
    assert [element.name for element in marked if isinstance(element, Icon)] == ["check"]
    order = [layer.id for layer in motion.layers]
    assert order.index("option-1") < order.index("option-1-light") < order.index("option-1-text")


def test_an_answer_that_is_not_shown_cannot_be_told():
    shown = {"question": "Q?", "options": ["one", "two"], "show_answer": False}
    first, second = (
        draw(Picture(kind="quiz", content={**shown, "correct_answer": answer}), look(height=480), Path())
        for answer in ("one", "two")
    )
    assert first == second
    assert "answer" not in first.motion.cues


@pytest.mark.parametrize(("answer", "index"), [("B", 1), ("b", 1), ("Two", 1), ("two ", 1), ("C", 0), ("A", 2)])
def test_an_answer_is_an_options_text_or_its_letter(answer, index):
    assert Quiz(question="Q?", options=["C", "two", "a"], correct_answer=answer).answer == index


def test_a_quiz_says_what_is_wrong_with_it():
    good = {"question": "Q?", "options": ["one", "two"], "correct_answer": "one"}
    assert 'correct_answer "three" is none of the options; give the text of one or its letter, A to B' in refusal(
        "quiz", {**good, "correct_answer": "three"}
    )
    assert "two options are the same" in refusal("quiz", {**good, "options": ["one", "One"]})
    assert "quiz scene: options: List should have at least 2 items" in refusal("quiz", {**good, "options": ["one"]})


def test_mistakes_are_named_with_their_field():
    assert "quiz scene: question: Field required" in refusal("quiz", {"options": ["a", "b"], "correct_answer": "a"})
    assert '"many" is not a number; write digits' in refusal("stat", {"value": "many", "label": "L"})
    assert '"True" is not a number' in refusal("stat", {"value": True, "label": "L"})
    assert "give completed_topics, review_questions or next_topics" in refusal("checkpoint", {"title": "C"})
    assert "timeline scene: events.0.label: Field required" in refusal("timeline", {"events": [{"date": "1"}]})
    assert "signs" in refusal(
        "two_columns",
        {"left_header": "a", "left_items": ["b"], "right_header": "c", "right_items": ["d"], "signs": "pros"},
    )
    assert "tone" in refusal("callout", {"text": "So", "tone": "danger"})


def test_a_number_counts_up_and_ends_on_just_what_is_written():
    picture = Picture(kind="stat", content={"value": "12,480", "prefix": "$", "label": "L", "context": "C"})
    motion = draw(picture, look(height=480), Path()).motion
    passing = [layer.id for layer in motion.layers if layer.id.startswith("count-")]
    assert 20 < len(passing) < 40
    assert "12,480" in [box.text for box in motion.text]
    moves = {name: [move for move in motion.moves if move.layer == name] for name in ("value", *passing)}
    assert [(move.delay, move.duration) for move in moves.pop("value")] == [(COUNT_SECONDS, 0)]
    for own in moves.values():
        assert [move.effect for move in own] == ["enter", "exit"] * (len(own) // 2)
        assert [move.delay for move in own] == sorted(move.delay for move in own)
        assert {move.duration for move in own} == {0}
    assert max(own[-1].delay for own in moves.values()) == COUNT_SECONDS
    assert motion.cues == ["value"]


def test_a_number_that_may_not_move_is_there_at_once():
    still = look(height=480).model_copy(update={"reduced_motion": True})
    motion = draw(example("stat"), still, Path()).motion
    assert not any(layer.id.startswith("count-") for layer in motion.layers)
    assert {(move.delay, move.duration) for move in motion.moves} == {(0.0, 0.0)}


@given(st.sampled_from(["12,480", "3.50", "-20", "1.234.567,89", "0.05", "1,5", "7", "12 480"]), st.floats(0, 0.999))
def test_what_is_counted_is_a_number_of_the_same_form(shown, share):
    text = counted(shown, share)
    figures = "".join(char for char in text if char.isdigit())
    assert len(text) <= len(shown)
    assert int(figures) == int(int("".join(char for char in shown if char.isdigit())) * share)
    assert text.lstrip("-")[0].isdigit()
    assert text.startswith("-") == shown.startswith("-")


def test_a_percentage_fills_its_bar():
    def bar(content):
        motion = draw(Picture(kind="stat", content={"label": "L", **content}), look(), Path()).motion
        return next(layer.width for layer in motion.layers if layer.id == "bar")

    half, whole = bar({"value": 50, "suffix": "%"}), bar({"value": 100, "suffix": "%"})
    assert whole == 2 * half == 1696
    assert bar({"value": 250, "suffix": "%"}) == bar({"value": 50, "suffix": "ms"}) == 160


def test_steps_stand_beside_each_other_where_there_is_the_width_else_below():
    def places(aspect):
        found = elements(example("steps"), "step-", aspect)
        return [(e.x, e.y) for e in found if isinstance(e, Text) and e.role == "label"]

    wide, tall = places("16:9"), places("9:16")
    assert len({y for _, y in wide}) == 1
    assert len({x for x, _ in wide}) == 3
    assert len({y for _, y in tall}) == 3


def test_a_line_grows_to_each_step_and_event_after_the_first():
    for kind, side in (("steps", "left"), ("timeline", "left")):
        moves = draw(example(kind), look(height=480), Path()).motion.moves
        lines = [move for move in moves if move.layer.startswith("line-")]
        assert {move.reveal for move in lines} == {side}
        assert len(lines) >= 2
    moves = draw(example("steps"), look(height=480, aspect="9:16"), Path()).motion.moves
    assert {move.reveal for move in moves if move.layer.startswith("line-")} == {"top"}


def test_a_tone_is_named_where_there_is_no_title():
    def texts(**content):
        drawn = draw(Picture(kind="callout", content={"text": "So.", **content}), look(height=480), Path())
        return [box.text for box in drawn.motion.text]

    assert texts(tone="tip") == ["Tip", "So."]
    assert texts(tone="tip", title="Hinweis") == ["Hinweis", "So."]


def test_only_parts_that_have_something_get_a_panel():
    content = {"title": "T", "completed_topics": ["a"], "next_topics": ["b"], "labels": ["Fertig", "Fragen", "Weiter"]}
    motion = draw(Picture(kind="checkpoint", content=content), look(height=480), Path()).motion
    texts = [box.text for box in motion.text]
    assert "Fertig" in texts
    assert "Weiter" in texts
    assert "Fragen" not in texts


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.sampled_from("ab.!?"), min_size=1, max_size=40), min_size=1, max_size=40), st.data())
def test_passages_lose_nothing_and_any_run_of_them_divides_the_same_way(words, data):
    found = passages(" ".join(words))
    assert " ".join(found).split() == words
    first = data.draw(st.integers(0, len(found) - 1))
    last = data.draw(st.integers(first + 1, len(found)))
    assert passages(" ".join(found[first:last])) == found[first:last]


def test_what_is_said_finds_what_is_shown():
    texts = cue_texts(content_type("quiz").model_validate(yaml.safe_load(scene_kind("quiz").example)["content"]))
    assert texts["option:0"] == "Its age"
    assert texts["answer"] == "answer A dependency that has changed"
    event = content_type("timeline").model_validate({"events": [{"date": "1976", "label": "make"}]})
    assert cue_texts(event) == {"event:0": "1976 make"}
    columns = content_type("two_columns").model_validate(yaml.safe_load(scene_kind("two_columns").example)["content"])
    assert cue_texts(columns)["right_item:0"] == "One more thing to learn"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("list", {"header": "🎉", "items": ["🎉", {"text": "🎉", "detail": "🎉"}]}),
        ("steps", {"header": "🎉", "steps": ["🎉", {"text": "🎉", "detail": "🎉"}]}),
        ("timeline", {"events": [{"date": "🎉", "label": "🎉", "text": "🎉"}]}),
        ("two_columns", {"left_header": "🎉", "left_items": ["🎉"], "right_header": "🎉", "right_items": ["🎉"]}),
        ("callout", {"title": "🎉", "text": "🎉"}),
        ("stat", {"value": 3, "prefix": "🎉", "suffix": "🎉", "label": "🎉", "context": "🎉"}),
        ("learning_objectives", {"lesson_title": "🎉", "objectives": ["🎉"], "lesson_info": ["🎉"]}),
        ("problem", {"problem_number": "🎉", "title": "🎉", "problem_text": "🎉", "difficulty": "🎉"}),
        ("exercise", {"title": "🎉", "instructions": ["🎉"], "difficulty": "🎉", "estimated_time": "🎉"}),
        ("quiz", {"question": "🎉", "options": ["🎉", "a"], "correct_answer": "B"}),
        ("checkpoint", {"title": "🎉", "completed_topics": ["🎉"], "labels": ["🎉", "🎉", "🎉"]}),
    ],
)
def test_a_scene_that_no_typeface_can_write_is_drawn_and_says_so(no_extras, kind, content):
    for aspect in ("16:9", "9:16"):
        drawn = draw(Picture(kind=kind, content=content), look(height=480, aspect=aspect), Path())
        assert drawn.motion.missing_glyphs == ["🎉"]
