from __future__ import annotations

import pytest
from scenes_kit import ACCENTS, THEMES, broken_laws, look

from videogen.model import limits
from videogen.model.errors import ValidationError
from videogen.model.script import Picture
from videogen.scenes.draw import draw, lay_out
from videogen.scenes.elements import Icon, Text
from videogen.scenes.highlight import Token, tokens
from videogen.scenes.panel import rows_of


@pytest.mark.parametrize("height", [480, 720, 1080, 1440, 2160])
def test_a_full_slide_of_code_fits_at_every_resolution(height, tmp_path):
    code = "\n".join("x" * limits.MAX_CODE_COLUMNS for _ in range(limits.MAX_CODE_LINES))
    content = {"header": "A header of some length", "code": code, "language": "python", "caption": "And a caption"}
    drawn = draw(Picture(kind="code", content=content), look(height=height), tmp_path)
    lines = [box.text for box in drawn.motion.text if box.role == "code"]
    assert lines == ["x" * limits.MAX_CODE_COLUMNS] * limits.MAX_CODE_LINES, "a line was broken"
    assert broken_laws(drawn.motion) == []


def test_too_much_says_what_and_by_how_much(tmp_path):
    code = "x" * 2000
    with pytest.raises(
        ValidationError, match=r"code scene: code does not fit: 2\d lines where 1\d fit; line 1 has 2000 characters"
    ):
        draw(Picture(kind="code", content={"code": code}), look(), tmp_path)
    with pytest.raises(ValidationError, match=r"bullets scene: header does not fit: \d+ lines where \d+ fit"):
        draw(Picture(kind="bullets", content={"header": "many words " * 27, "items": ["a"]}), look(), tmp_path)


@pytest.mark.parametrize(("aspect", "pages"), [("16:9", 3), ("1:1", 3), ("9:16", 2)])
def test_a_long_list_goes_on_on_further_pages(aspect, pages, tmp_path):
    items = [f"Item {number}" for number in range(1, 15)]
    picture = Picture(kind="bullets", content={"header": "H", "items": items, "ordered": True})
    drawn = draw(picture, look(aspect=aspect, height=480), tmp_path)
    assert broken_laws(drawn.motion) == []
    assert max(box.page for box in drawn.motion.text) == pages - 1
    said = [box.text for box in drawn.motion.text if box.role != "header"]
    assert sorted(said) == sorted([*items, *map(str, range(1, 15))])
    assert [move.cue for move in drawn.motion.moves if move.layer.startswith("item")] == [
        f"item:{index}" for index in range(14)
    ]


def test_a_long_line_of_code_goes_on_with_a_mark_and_loses_nothing(tmp_path):
    code = "value = " + " + ".join(f"part_{number}" for number in range(20))
    groups = lay_out(Picture(kind="code", content={"code": code, "language": "python"}), look(), tmp_path).pages[0]
    elements = [element for group in groups for element in group.elements]
    assert any(isinstance(element, Icon) and element.name == "continued" for element in elements)
    said = "".join(element.text for element in elements if isinstance(element, Text) and element.role == "code")
    assert said.replace(" ", "") == code.replace(" ", "")


def test_a_long_command_is_broken_where_one_command_follows_another(tmp_path):
    code = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest -n auto --verbose"
    rows = rows_of([Token(code, "text")], 50)
    assert ["".join(token.text for token in row.tokens).strip() for row in rows] == [
        "python3 -m venv .venv &&",
        ".venv/bin/pip install -q -e '.[test]' &&",
        ".venv/bin/pytest -n auto --verbose",
    ]


def test_commands_without_a_prompt_are_not_set_as_output():
    styles = {token.style for line in tokens("video-gen init talk\ndoit list", "console") for token in line}
    assert styles == {"text"}


def test_a_long_line_alone_is_broken_rather_than_small(tmp_path):
    code = 'print("Hello, [bold magenta]World[/bold magenta]!", ":vampire:", locals())'
    drawn = draw(Picture(kind="code", content={"code": code, "language": "python"}), look(), tmp_path)
    assert min(box.size for box in drawn.motion.text if box.role == "code") >= 44


def test_a_command_alone_is_as_large_as_the_panel_lets_it(tmp_path):
    def size(code):
        drawn = draw(Picture(kind="code", content={"code": code, "language": "console"}), look(), tmp_path)
        return max(box.size for box in drawn.motion.text if box.role == "code")

    assert size("$ pip install requests") == 80 > size("$ a\nb\nc") > size("$ a\nb\nc\nd")


def test_an_interpreter_session_is_told_from_a_module():
    styles = [{token.style for token in line} for line in tokens(">>> 1 + 1\n2", "python")]
    assert "prompt" in styles[0]
    assert styles[1] == {"output"}
    assert "prompt" not in {token.style for line in tokens("x = 1\nprint(x)", "python") for token in line}


def test_what_is_to_be_typed_at_the_end_is_set_as_a_command(tmp_path):
    def roles(text):
        motion = draw(Picture(kind="outro", content={"main_text": "Bye", "sub_text": text}), look(), tmp_path).motion
        return {box.text: box.role for box in motion.text if box.role != "display"}

    assert roles("python -m pip install requests") == {"$": "code", "python -m pip install requests": "code"}
    assert roles("$ cargo add serde") == {"$": "code", "cargo add serde": "code"}
    assert roles("Python makes it easy") == {"Python makes it easy": "body"}
    long = "pip install " + " ".join(["a-package-with-a-name"] * 4)
    lines = roles(long)
    assert len(lines) > 2
    assert set(lines.values()) == {"code"}
    assert " ".join(lines) == f"$ {long}"
    assert "code" not in roles("pip install " + "x" * 200).values()


@pytest.mark.parametrize(
    "items",
    [
        ["Run the same command again, and nothing happens", "A build is killed"],
        ["Arbitrary nesting", "Automatic help page generation", "Supports lazy loading of subcommands at runtime"],
        ["Fast: only what changed is made", "Parallel: side by side, one scene on every core that there is"],
    ],
)
def test_cards_side_by_side_begin_on_one_line(items, tmp_path):
    picture = Picture(kind="bullets", content={"header": "H", "items": items})
    groups = lay_out(picture, look(), tmp_path).pages[0]
    tops = [min(e.y for e in group.elements if isinstance(e, Text)) for group in groups[1:]]
    assert len(tops) == len(items)
    assert len(set(tops)) == 1


def test_lists_look_alike_from_slide_to_slide(tmp_path):
    def sizes(items):
        motion = draw(Picture(kind="bullets", content={"header": "H", "items": items}), look(), tmp_path).motion
        return {box.size for box in motion.text if box.role == "body"}

    short, long = "A phrase", "A phrase that is so long that it has to go on in another line, whatever its size"
    assert sizes([short] * 4) == sizes([short] * 3 + [long]) == {60}
    assert sizes([short] * 5) == sizes([short] * 4 + [long]) == sizes([short] * 6) == {56}


def test_slides_have_typographic_apostrophes_and_listings_do_not(tmp_path):
    title = draw(Picture(kind="title", content={"title": "That's it"}), look(), tmp_path)
    assert [box.text for box in title.motion.text] == ["That\u2019s it"]
    code = draw(Picture(kind="code", content={"code": "it's"}), look(), tmp_path)
    assert "it's" in [box.text for box in code.motion.text]


def test_words_stay_whole_where_smaller_type_can_keep_them(tmp_path):
    items = ["Arbitrary nesting of commands", "Automatic help pages", "Supports lazy loading of subcommands at runtime"]
    drawn = draw(Picture(kind="bullets", content={"header": "H", "items": items}), look(), tmp_path)
    assert "subcommands" in " ".join(box.text for box in drawn.motion.text).split()


def test_a_console_session_keeps_its_last_line(tmp_path):
    code = "$ doit\n.  count\n.  chart"
    drawn = draw(Picture(kind="code", content={"code": code, "language": "console"}), look(), tmp_path)
    assert [box.text for box in drawn.motion.text] == ["Terminal", "$", "doit", ".  count", ".  chart"]


def test_few_bullets_are_larger_than_many(tmp_path):
    def size(count):
        content = {
            "header": "H",
            "items": ["A phrase that says something of use, and then goes on to say a little more of it"] * count,
            "checked": [True] * count,
        }
        groups = lay_out(Picture(kind="bullets", content=content), look(), tmp_path).pages[0]
        return max(e.size for g in groups for e in g.elements if isinstance(e, Text) and e.role == "body")

    assert size(2) > size(6) >= 36


def test_every_item_and_row_enters_with_its_own_cue(tmp_path):
    for kind, content in (
        ("bullets", {"header": "H", "items": ["a", "b", "c", "d"]}),
        ("bullets", {"header": "H", "items": ["A: one", "B: two", "C: three"]}),
        ("table", {"columns": ["a", "b"], "rows": [["1", "2"], ["3", "4"]]}),
        ("outro", {"main_text": "Bye", "items": ["a", "b"]}),
    ):
        motion = draw(Picture(kind=kind, content=content), look(), tmp_path).motion
        assert motion.cues
        assert [move.cue for move in motion.moves if move.cue != "start"] == motion.cues
        assert [move.layer for move in motion.moves] == [layer.id for layer in motion.layers]
        assert all(abs(move.dx) <= 24 and abs(move.dy) <= 24 for move in motion.moves)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("accent", ACCENTS)
def test_every_text_stands_out_in_every_theme_and_accent(theme, accent, tmp_path):
    long = "Frequently asked questions about configuration files and plugin discovery in practice"
    contents = {
        "title": {"title": long, "subtitle": long + " " + long, "eyebrow": "A word before it all"},
        "bullets": {"header": long, "items": ["A: b", "C: d", "e", "f"], "ordered": True},
        "code": {
            "code": '@cached\ndef f(a: int) -> str:\n    """Doc."""\n    return f"{a:>3}" + str(1)  # s\nclass A(B): 1',
            "language": "python",
            "header": "H",
            "caption": "C",
        },
        "table": {"columns": ["Name", "Count"], "rows": [["a", "1"], ["b", "2"]], "header": "H"},
        "section": {"title": long, "number": "3", "summary": long},
        "outro": {"main_text": long, "sub_text": long, "items": [long, "b"]},
        "quote": {"text": long, "attribution": "Somebody"},
    }
    for kind, content in contents.items():
        drawn = draw(Picture(kind=kind, content=content), look(theme, accent, 480), tmp_path)
        assert broken_laws(drawn.motion) == [], kind
    typed = {"main_text": "Bye", "sub_text": "pip install click"}
    assert broken_laws(draw(Picture(kind="outro", content=typed), look(theme, accent, 480), tmp_path).motion) == []
    console = {"code": "$ doit list\nhello  says hello\n# rm -r /", "language": "console"}
    assert broken_laws(draw(Picture(kind="code", content=console), look(theme, accent, 480), tmp_path).motion) == []
