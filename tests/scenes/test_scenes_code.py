"""Listings, comparisons, solutions, commands and terminals: what they promise beside the laws of every slide."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError as Invalid
from scenes_kit import ASPECTS, broken_laws, composed, look, opened

from videogen.model.errors import ValidationError
from videogen.model.kinds import Code, Terminal
from videogen.model.script import Picture, SceneClock
from videogen.model.timing import SAMPLE_RATE, SceneTimes, Timing, Word, scene_times
from videogen.scenes.comparison import folded, pairs_of
from videogen.scenes.draw import draw, lay_out, scene_kind
from videogen.scenes.elements import Shape, Text
from videogen.scenes.excerpt import Excerpt, seams
from videogen.scenes.highlight import printed, tokens
from videogen.scenes.runs import FILL
from videogen.video.motion import state_at

THEMES = ("midnight", "daylight", "contrast")
KINDS = ("code", "command", "code_comparison", "solution", "terminal")

WORD = st.text("abcdefgilmnorstuvwyABMW-./_:01=()'\"", min_size=1, max_size=14)
PHRASE = st.lists(WORD, min_size=1, max_size=9).map(" ".join)
LINE = st.one_of(*[st.text("abcxyz ()=[]{}'\"#:.,\t01+", max_size=70)] * 9, st.text("ab c(", min_size=90, max_size=300))
LISTING = st.lists(LINE, min_size=1, max_size=30).map("\n".join).map(lambda code: code if code.strip() else "x")
OUTPUT = st.lists(st.one_of(LINE, LINE.map("\x1b[1;31m{}\x1b[0m".format)), max_size=60).map("\n".join)
LANGUAGE = st.sampled_from(["python", "console", "bash", "yaml", "json", "text", "no-such", "diff"])
HEADER = st.one_of(st.just(""), PHRASE)


@st.composite
def listings(draw):
    """A listing with steps through it."""
    code = draw(LISTING)
    first, count = draw(st.integers(1, 999)), len(tokens(code, "text"))
    line = st.integers(first, first + count - 1)
    ranges = st.tuples(line, line).map(sorted).map(lambda ends: f"{ends[0]}-{ends[1]}")
    return {
        "header": draw(HEADER),
        "code": code,
        "language": draw(LANGUAGE),
        "caption": draw(HEADER),
        "line_numbers": draw(st.booleans()),
        "first_line": first,
        "highlight": draw(
            st.lists(st.one_of(line, ranges, st.tuples(ranges, line).map("{0[0]}, {0[1]}".format)), max_size=4)
        ),
    }


TYPED = st.one_of(PHRASE, st.fixed_dictionaries({"command": PHRASE, "output": OUTPUT}))
CONTENTS = {
    "code": listings(),
    "command": st.fixed_dictionaries(
        {
            "header": HEADER,
            "description": HEADER,
            "commands": st.lists(TYPED, min_size=1, max_size=8),
            "prompt": st.sampled_from(["$", ">>>", "", "me@host:~$"]),
        }
    ),
    "code_comparison": st.fixed_dictionaries(
        {"header": HEADER, "before_code": LISTING, "after_code": LISTING, "before_label": PHRASE, "language": LANGUAGE}
    ),
    "solution": st.fixed_dictionaries(
        {
            "title": PHRASE,
            "solution_code": LISTING,
            "explanation": st.one_of(st.just(""), st.lists(PHRASE, min_size=1, max_size=12).map(" ".join)),
            "language": LANGUAGE,
        }
    ),
    "terminal": st.fixed_dictionaries(
        {
            "header": HEADER,
            "command": PHRASE,
            "output": st.one_of(st.none(), OUTPUT),
            "keep": st.sampled_from(["both", "start", "end"]),
            "caption": HEADER,
        }
    ),
}


def drawn(kind, content, aspect="16:9", theme="midnight", height=1080, tmp_path=None):
    return draw(Picture(kind=kind, content=content), look(theme, height=height, aspect=aspect), tmp_path)


def example(kind):
    return yaml.safe_load(scene_kind(kind).example)["content"]


def elements(pages):
    return [element for page in pages for group in page for element in group.elements]


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_shown_keeps_the_laws_or_is_refused(kind, tmp_path):
    @settings(max_examples=25, deadline=None, derandomize=True)
    @given(CONTENTS[kind], st.sampled_from(ASPECTS), st.sampled_from(THEMES))
    def law(content, aspect, theme):
        refused, laws = None, []
        try:
            laws = broken_laws(drawn(kind, content, aspect, theme, 480, tmp_path).motion)
        except ValidationError as error:
            refused = error
        assert laws == []
        assert refused is None or ("does not fit" in refused.message and refused.hint)

    law()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_example_keeps_the_laws_in_every_shape_and_theme(kind, aspect, tmp_path):
    for theme in THEMES:
        made = drawn(kind, example(kind), aspect, theme, 480, tmp_path)
        assert broken_laws(made.motion) == []
        assert made.motion.missing_glyphs == []
        assert made == drawn(kind, example(kind), aspect, theme, 480, tmp_path)
        off = np.abs(composed(made) - np.asarray(opened(made.final)).astype(float))
        assert off.max() <= 2


LONG = "\n".join(f"def task_{n}():\n    return {n}\n" for n in range(16))


def test_a_long_listing_goes_on_over_pages_in_one_type_and_loses_nothing(tmp_path):
    content = {"code": LONG, "language": "python", "line_numbers": True}
    pages = lay_out(Picture(kind="code", content=content), look(), tmp_path).pages
    assert len(pages) == 3
    shown = [e for e in elements(pages) if isinstance(e, Text) and e.role == "code"]
    assert len({text.size for text in shown}) == 1
    said = "".join(text.text for text in shown if not text.text.isdigit() or text.colour != shown[0].colour)
    assert all(f"task_{n}" in said for n in range(16))
    first = [[e.text for e in elements([page]) if isinstance(e, Text) and e.role == "code"][:3] for page in pages]
    assert [line[1] for line in first] == ["def"] * 3, "a page begins at a seam"


def test_pages_come_at_their_share_of_the_narration(tmp_path):
    motion = drawn("code", {"code": LONG}, tmp_path=tmp_path).motion
    assert motion.cues == []
    turns = [move.cue for move in motion.moves if move.layer.startswith("clear")]
    assert turns == ["share:15/47", "share:33/47"]
    words = [Word(text="a", start=n / 10, end=n / 10) for n in range(100)]
    times = scene_times(motion, SceneClock(), Timing(voices={"v": {}}, samples=10 * SAMPLE_RATE, words=words), 30)
    assert times.at(turns[0]) == pytest.approx(times.narration + 10 * 15 / 47)


@given(st.lists(st.sampled_from(["", "a", " b", "  c"]), min_size=1, max_size=60), st.integers(1, 12))
def test_pages_hold_every_line_once_and_are_nearly_even(lines, parts):
    if parts > len(lines):
        return
    runs = seams(lines, parts)
    assert [index for run in runs for index in run] == list(range(len(lines)))
    assert len(runs) == parts
    assert all(runs)
    assert max(map(len, runs)) <= -(-len(lines) // parts) + 6


def test_steps_bring_lines_forward_and_let_them_go(tmp_path):
    code = "\n".join(f"line_{n}" for n in range(1, 6))
    groups = lay_out(
        Picture(kind="code", content={"code": code, "highlight": [1, "1-2", "5"]}), look(), tmp_path
    ).pages[0]
    focus = {group.id: (group.cue, group.gone) for group in groups if group.id.startswith("focus")}
    assert focus == {
        "focus-0-0": ("step:0", "step:2"),  # what two steps have in common stays
        "focus-1-1": ("step:1", "step:2"),
        "focus-2-4": ("step:2", None),
    }
    bars = [group for group in groups if group.id.startswith("bar")]
    assert [bar.gone for bar in bars] == ["step:1", "step:2", None]
    assert bars[0].dy == 0 > bars[2].dy, "the bar comes from where it was"


def test_a_long_listing_shows_what_its_steps_speak_of_and_says_what_it_leaves_out(tmp_path):
    content = {"code": LONG, "language": "python", "highlight": ["1-2", "46-47", "1"]}
    pages = lay_out(Picture(kind="code", content=content), look(), tmp_path).pages
    texts = [" ".join(e.text for e in elements([page]) if isinstance(e, Text)) for page in pages]
    assert ["task_0" in text for text in texts] == [True, False, True]
    assert ["task_15" in text for text in texts] == [False, True, False]
    assert all("\u2026" in text and "lines" in text for text in texts)
    views = [(group.cue, group.gone) for page in pages for group in page if group.id.startswith("view")]
    assert views == [("step:0", "step:1"), ("step:1", "step:2"), ("step:2", None)]


ZOOMED = {"header": "All", "code": LONG, "language": "python", "line_numbers": True, "highlight": ["1-2", "2", "46-47"]}


@pytest.mark.parametrize("theme", ["midnight", "candy", "paper"])
@pytest.mark.parametrize("aspect", ["16:9", "1:1", "4:5", "9:16"])
def test_a_long_listing_is_seen_from_afar_and_its_steps_are_zoomed_to(theme, aspect, tmp_path):
    made = draw(Picture(kind="code", content=ZOOMED), look(theme, aspect=aspect), tmp_path)
    motion = made.motion
    assert broken_laws(motion) == []
    views = {layer.id: layer for layer in motion.layers if layer.id.startswith("view")}
    moves = [move for move in motion.moves if move.layer in views]
    assert [(move.cue, move.effect, bool(move.zoom)) for move in moves] == [
        ("step:0", "enter", True),
        ("step:1", "exit", False),  # covered by the next view of its page by then
        ("step:1", "enter", False),
        ("step:2", "exit", True),
        ("step:2", "enter", True),
    ]
    atlas = opened(made.layers)
    for move in moves:
        view = views[move.layer]
        assert not any(side % 2 for side in (view.x, view.y, view.width, view.height))
        tile = atlas.crop((view.atlas_x, view.atlas_y, view.atlas_x + view.width, view.atlas_y + view.height))
        assert tile.getchannel("A").getextrema() == (255, 255)
        if move.zoom:
            left, top, right, bottom = move.zoom
            assert view.x <= left < right <= view.x + view.width
            assert view.y <= top < bottom <= view.y + view.height
            assert abs((right - left) / view.width - (bottom - top) / view.height) < 0.02, "nothing is stretched"
            assert 0.25 <= move.duration <= 0.6
    # from afar nothing is written that nobody could read
    assert all(box.size >= 36 for box in motion.text if box.role == "code")
    first = lay_out(Picture(kind="code", content=ZOOMED), look(theme, aspect=aspect), tmp_path).pages[0]
    (afar,) = (group for group in first if group.id == "overview")
    assert not any(isinstance(one, Text) for one in afar.elements)
    assert afar.cue is None


def test_reduced_motion_cuts_from_view_to_view(tmp_path):
    seen = look().model_copy(update={"reduced_motion": True})
    assert seen.still
    motion = draw(Picture(kind="code", content=ZOOMED), seen, tmp_path).motion
    moves = [move for move in motion.moves if move.layer.startswith("view")]
    assert {(move.zoom, move.duration) for move in moves} == {(None, 0.0)}
    assert {move.delay for move in moves if move.cue == "step:2"} == {0.0}


def test_a_listing_with_steps_may_have_any_number_of_lines(tmp_path):
    content = {"code": "\n".join(f"value_{n} = {n}" for n in range(900)), "highlight": ["5-9", "700-704"]}
    for aspect in ("16:9", "9:16"):
        motion = draw(Picture(kind="code", content=content), look(height=480, aspect=aspect), tmp_path).motion
        assert broken_laws(motion) == []
        assert {"value_4 = 4", "value_699 = 699"} <= {box.text for box in motion.text}


def test_a_long_listing_without_steps_keeps_its_pages(tmp_path):
    motion = drawn("code", {"code": LONG}, tmp_path=tmp_path).motion
    assert not any(move.zoom for move in motion.moves)
    assert any(layer.id.startswith("clear") for layer in motion.layers)


def test_lines_out_of_the_way_of_each_other_are_shown_with_a_gap():
    code = Code(code="\n".join(f"l{n}" for n in range(40)), highlight=["1, 40"])
    (part,) = scene_kind("code").split(code, 4) or ()
    assert isinstance(part.content, Excerpt)
    assert part.content.pages == ((0, 1, 2, 3, 4, 35, 36, 37, 38, 39),)


@pytest.mark.parametrize(
    ("highlight", "message"),
    [(["4"], "there is no line 4"), (["3-2"], "ends before it begins"), (["a"], "pattern"), ([True], "dictionary")],
)
def test_a_step_that_leads_nowhere_is_refused(highlight, message):
    with pytest.raises(Invalid, match=message):
        Code.model_validate({"code": "a\nb\nc", "highlight": highlight})


def test_a_step_finds_its_word_in_the_narration():
    code = Code.model_validate(
        {"code": "def readFile(path):\n    return 1", "highlight": [1, {"lines": "2", "word": "gives"}]}
    )
    assert [code.cue_text(name) for name in code.cue_names()] == ["def read File path", "gives"]


@pytest.mark.parametrize("kind", ["code", "solution"])
def test_a_line_of_two_thousand_characters_is_refused_by_name(kind, tmp_path):
    field = {"code": "code", "solution": "solution_code"}[kind]
    content = {field: "a = 1\n" + "x" * 2000, **({"title": "T"} if kind == "solution" else {})}
    with pytest.raises(ValidationError) as caught:
        drawn(kind, content, tmp_path=tmp_path)
    assert f"{kind} scene: {field} does not fit: 30 lines where 1" in caught.value.message
    assert caught.value.hint == "line 2 has 2000 characters: break it"


def test_a_language_that_is_not_known_is_plain_and_named(tmp_path):
    made = drawn("code", {"code": "x = 1", "language": "klingon"}, tmp_path=tmp_path)
    assert [box.text for box in made.motion.text] == ["klingon", "x = 1"]


def shown_at(motion, seconds, cues=None):
    """Layers that are to be seen, wholly or in part, at a time of a narration of twenty words in ten seconds."""
    words = [Word(text="a", start=n / 2, end=n / 2) for n in range(20)]
    times = scene_times(
        motion, SceneClock(cues=cues or {}), Timing(voices={"v": {}}, samples=10 * SAMPLE_RATE, words=words), 30
    )
    state = state_at(motion, times, times.narration + seconds)
    return {layer.id: shown.right for layer, shown in zip(motion.layers, state, strict=True) if shown.opacity}


def test_a_command_is_typed_then_answered_then_the_next_is_waited_for(tmp_path):
    content = {"commands": [{"command": "doit list", "output": "hello"}, "doit"]}
    motion = drawn("command", content, tmp_path=tmp_path).motion
    cues = {"command:0": 2, "command:1": 10}
    assert set(shown_at(motion, 0.5, cues)) == {"caret-0"}
    typing = shown_at(motion, 1.2, cues)
    assert set(typing) == {"command-0-0", "caret-0-0"}
    assert typing["command-0-0"] > 0, "half of it is still covered"
    assert set(shown_at(motion, 2.5, cues)) == {"command-0-0", "output-0", "prompt-1", "caret-1"}
    assert set(shown_at(motion, 5.02, cues)) == {"command-0-0", "output-0", "prompt-1", "caret-1-0"}
    assert set(shown_at(motion, 9, cues)) == {"command-0-0", "output-0", "prompt-1", "command-1-0"}


@pytest.mark.parametrize("header", ["Commands", "\u0623\u0648\u0627\u0645\u0631"])
def test_the_caret_goes_before_what_is_typed(tmp_path, header):
    motion = drawn("command", {"header": header, "commands": ["doit list all"]}, tmp_path=tmp_path).motion
    times = SceneTimes(frames=300, transition=12, narration=0.5, cues={"start": 0.4, "command:0": 1.0, "end": 9.0})
    places = [layer.id for layer in motion.layers]
    row, caret = (motion.layers[places.index(name)] for name in ("command-0-0", "caret-0-0"))
    ends = []
    for seconds in (1.01, 1.1, 1.3, 1.5, 3.0):
        state = state_at(motion, times, seconds)
        line, block = state[places.index("command-0-0")], state[places.index("caret-0-0")]
        ends.append((row.x if not line.opacity else row.x + row.width - line.right, caret.x + block.dx))
    assert all(abs(end - x) < caret.width for end, x in ends[:4]), ends
    assert ends[0][1] < ends[1][1] < ends[2][1] < ends[3][1]


def test_commands_that_are_spoken_fast_do_not_run_into_each_other(tmp_path):
    content = {"commands": [{"command": "x" * 60, "output": "a\nb"}, "second"]}
    motion = drawn("command", content, tmp_path=tmp_path).motion
    seen = shown_at(motion, 0.51, {"command:0": 0, "command:1": 1})
    assert seen["command-0-0"] == 0
    assert {"output-0", "prompt-1"} <= set(seen)
    assert "caret-1" not in seen


def test_many_commands_go_on_over_pages(tmp_path):
    content = {"commands": [{"command": f"run {n}", "output": "a\nb\nc"} for n in range(9)]}
    pages = lay_out(Picture(kind="command", content=content), look(), tmp_path).pages
    assert len(pages) > 1
    said = [e.text for e in elements(pages) if isinstance(e, Text)]
    assert all(f"run {n}" in " ".join(said) for n in range(9))


@pytest.mark.parametrize(
    ("keep", "first", "last"), [("both", "line 0", "line 99"), ("start", "line 0", None), ("end", None, "line 99")]
)
def test_of_a_long_output_what_is_left_out_is_counted(keep, first, last, tmp_path):
    content = {"command": "make", "output": "\n".join(f"line {n}" for n in range(100)), "keep": keep}
    motion = drawn("terminal", content, tmp_path=tmp_path).motion
    texts = [box.text for box in motion.text]
    kept = [text for text in texts if text.startswith("line")]
    assert f"\u2026 {100 - len(kept)} lines \u2026" in texts
    assert ("line 0" in kept, "line 99" in kept) == (bool(first), bool(last))
    assert len(kept) >= 12


def test_of_a_long_line_of_an_output_what_is_left_out_is_counted(tmp_path):
    motion = drawn("terminal", {"command": "make", "output": "x" * 2000}, tmp_path=tmp_path).motion
    shown = sum(box.text.count("x") for box in motion.text)
    assert f"\u2026 {2000 - shown} characters" in [box.text for box in motion.text]


def test_a_command_is_run_unless_its_output_is_given(tmp_path):
    assert Terminal(command="make").runs() == "make"
    assert Terminal(command="make", output="").runs() is None
    motion = drawn("terminal", {"command": "make"}, tmp_path=tmp_path).motion
    assert [box.text for box in motion.text] == ["Terminal", "$", "make"]


def test_colours_of_a_terminal_are_the_themes_accents():
    lines = printed(
        "\n\x1b[32mok\x1b[0m \x1b[1;31mno\x1b[0m\x1b[2K\n10 %\r99 %\r\n\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\\n\n"
    )
    assert [[(token.text, token.style, token.strong) for token in line] for line in lines] == [
        [("ok", "green", False), (" ", "output", False), ("no", "pink", True)],
        [("99 %", "output", False)],
        [("link", "output", False)],
    ]


def test_control_sequences_never_reach_the_picture(tmp_path):
    coloured = "\x1b[1;31mred\x1b[0m"
    for kind, content in (
        ("terminal", {"command": coloured, "output": coloured}),
        ("command", {"commands": [{"command": coloured, "output": coloured}]}),
        ("code", {"code": coloured}),
    ):
        texts = [box.text for box in drawn(kind, content, tmp_path=tmp_path).motion.text]
        assert "red" in texts
        assert not [text for text in texts if "[" in text or "\x1b" in text]


def test_what_changed_is_marked_when_the_second_side_comes(tmp_path):
    content = {"before_code": "a\nb\nc", "after_code": "a\nB\nc"}
    groups = lay_out(Picture(kind="code_comparison", content=content), look(), tmp_path).pages[0]
    by_id = {group.id: group for group in groups}
    assert by_id["before"].cue == "before"
    assert by_id["changed"].cue == by_id["after"].cue == "after"
    marks = {side: [e.text for e in by_id[side].elements if isinstance(e, Text)] for side in ("changed", "after")}
    assert marks == {"changed": ["\u2212", "b"], "after": ["a", "B", "c", "+"]}
    assert len([e for e in by_id["changed"].elements if isinstance(e, Shape)]) == 1


@pytest.mark.parametrize(("aspect", "beside"), [("16:9", True), ("1:1", False), ("4:5", False), ("9:16", False)])
def test_sides_stand_beside_each_other_where_there_is_room(aspect, beside, tmp_path):
    motion = drawn("code_comparison", example("code_comparison"), aspect, tmp_path=tmp_path).motion
    one, other = (
        next(box for box in motion.text if box.text == label) for label in ("Look before you leap", "Just try")
    )
    assert (one.y == other.y) is beside
    assert (one.x == other.x) is not beside
    same = [box for box in motion.text if box.text.startswith("[") or box.text == "env"]
    assert same


def test_long_runs_of_what_is_the_same_are_left_out_of_a_comparison(tmp_path):
    before = [f"same_{n}" for n in range(40)]
    after = [*before[:20], "new", *before[21:]]
    content = {"before_code": "\n".join(before), "after_code": "\n".join(after)}
    texts = [box.text for box in drawn("code_comparison", content, tmp_path=tmp_path).motion.text]
    assert texts.count("\u2026 18 lines") == 2
    assert {"same_18", "same_20", "new", "same_22"} <= set(texts)


def test_a_long_comparison_shows_one_side_after_the_other(tmp_path):
    content = {f"{side}_code": "\n".join(f"{side}_{n}" for n in range(14)) for side in ("before", "after")}
    pages = lay_out(Picture(kind="code_comparison", content=content), look(aspect="1:1"), tmp_path).pages
    assert [
        sorted({e.text[:3] for e in elements([page]) if isinstance(e, Text) and "_" in e.text}) for page in pages
    ] == [
        ["bef"],
        ["aft"],
    ]


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
def test_pairs_hold_every_line_of_both_sides_once(before, after):
    for pairs in (pairs_of(before, after), folded(pairs_of(before, after))):
        for side, lines in (("before", before), ("after", after)):
            shown = [index for pair in pairs if (index := getattr(pair, side)) is not None]
            assert shown == sorted(set(shown))
            assert len(shown) + sum(pair.left for pair in pairs) == len(lines)
    assert all(before[p.before] == after[p.after] for p in pairs_of(before, after) if not p.changed)


def test_an_explanation_comes_with_its_cue_and_stands_where_it_leaves_the_code_whole(tmp_path):
    for aspect, beside in (("16:9", True), ("9:16", False)):
        groups = lay_out(Picture(kind="solution", content=example("solution")), look(aspect=aspect), tmp_path).pages[0]
        explained = groups[-1]
        assert explained.cue == "explanation"
        text = next(e for e in explained.elements if isinstance(e, Text))
        assert (text.x > look(aspect=aspect).width / 2) is beside


def test_a_long_solution_goes_on_over_pages_and_ends_with_its_explanation(tmp_path):
    content = {
        "title": "T",
        "solution_code": LONG,
        "language": "python",
        "explanation": "It works because it must. " * 12,
    }
    pages = lay_out(Picture(kind="solution", content=content), look(), tmp_path).pages
    assert len(pages) > 3
    assert "works" in " ".join(e.text for e in elements(pages[-1:]) if isinstance(e, Text))
    turns = [group.cue for page in pages for group in page if group.id.startswith("clear")]
    assert turns == [f"share:{at}/{len(pages)}" for at in range(1, len(pages))]


def test_names_in_wide_letters_are_one_token():
    line = tokens(f"def \u6328{FILL}\u62f6{FILL}(x): # \u5b57{FILL}", "python")[0]
    assert "".join(token.text for token in line) == f"def \u6328{FILL}\u62f6{FILL}(x): # \u5b57{FILL}"
    assert (f"\u6328{FILL}\u62f6{FILL}", "function") in [(token.text, token.style) for token in line]


def test_a_step_with_more_lines_than_a_page_goes_on_until_the_next_comes():
    code = "\n".join(f"value_{n} = {n}" for n in range(60))
    content = {"header": "All of it", "language": "python", "code": code, "highlight": ["2-41", "50"]}
    motion = draw(Picture(kind="code", content=content), look(height=480, aspect="1:1"), Path()).motion
    assert broken_laws(motion) == []
    cues = list(dict.fromkeys(move.cue for move in motion.moves))
    count = sum(cue.endswith(":step:0") for cue in cues) + 1
    assert count > 2
    assert cues == ["step:0", *(f"share:{n}/{count}:step:0" for n in range(1, count)), "step:1"]
    seen = {word for box in motion.text for word in box.text.split()}
    assert {f"value_{n}" for n in (*range(1, 41), 49)} <= seen
    times = SceneTimes(frames=600, transition=12, narration=0.5, cues={"start": 0.4, "step:0": 2.0, "step:1": 8.0})
    assert [times.at(f"share:{n}/3:step:0") for n in range(3)] == [2.0, 4.0, 6.0]


def test_a_long_change_is_compared_stretch_by_stretch():
    before = "\n".join(f"value_{n} = some_function_of({n})" for n in range(60))
    changed = [(str(n), f"other_{n}") for n in range(5, 60, 10)]
    after = before
    for old, new in changed:
        after = after.replace(f"of({old})", f"of({new})")
    content = {"header": "Names", "language": "python", "before_code": before, "after_code": after}
    motion = draw(Picture(kind="code_comparison", content=content), look(height=480, aspect="1:1"), Path()).motion
    assert broken_laws(motion) == []
    pages = [{box.text for box in motion.text if box.page == n} for n in range(len(changed))]
    for shown, (old, new) in zip(pages, changed, strict=True):
        assert {old, new, "+", "\u2212"} <= shown
    assert [m.cue for m in motion.moves if m.layer.startswith("clear-")] == [f"share:{n}/12" for n in range(2, 12, 2)]
