"""Sections that bring their own narration."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from script_builders import KILN, bullets, para, script, section, table

from videogen.inputs.markdown import parse_markdown
from videogen.inputs.narration import narration_comment, narrations
from videogen.model.content import ImageBlock, ParsedSection
from videogen.model.project import Document, VideoConfig
from videogen.model.script import VideoScript
from videogen.script import write_script


def told(made: ParsedSection, narration: str) -> ParsedSection:
    return made.model_copy(update={"narration": narration})


PICTURE = ImageBlock(path="oven.png", alt="The big oven", lines=(1, 1))
DECK = (
    told(section("Kiln", para("A short course"), level=1), "Welcome. Let us bake."),
    told(
        section("Licence", bullets("We fire clay", "We cool slowly"), PICTURE),
        "First we cool, then we fire. What an oven!",
    ),
    told(section("Only words"), "There is nothing to see."),
    section("Rules", bullets("No notes, but a slide all the same", "It is told by rule")),
)


def test_a_deck_is_told_slide_by_slide_in_the_words_of_its_author() -> None:
    made = script(*DECK)
    assert [(scene.id, scene.kind) for scene in made.scenes] == [
        ("title", "title"),
        ("licence", "bullets"),
        ("licence-2", "image"),
        ("only-words", "section"),
        ("rules", "bullets"),
    ]
    assert [scene.narration for scene in made.scenes[:4]] == [
        "Welcome. Let us bake.",
        "First we cool, then we fire.",
        "What an oven!",
        "There is nothing to see.",
    ]
    assert made.scenes[0].content.model_dump()["subtitle"] == "A short course"
    assert "It is told by rule" in made.scenes[4].narration
    assert made.metadata.get("left_out") is None


def test_points_come_with_the_words_that_name_them() -> None:
    scene = script(*DECK).scenes[1]
    words = scene.narration.split()
    assert "fire" in words[scene.cues["item:0"]] or scene.cues["item:0"] == 0
    assert scene.cues["item:1"] >= scene.cues["item:0"]


def test_a_long_narration_is_said_whole() -> None:
    long = " ".join(f"This is sentence number {n} of many." for n in range(60))
    made = script(told(section("Kiln", bullets("One", "Two"), level=1), long), *DECK[1:])
    assert " ".join(scene.narration for scene in made.scenes if scene.id in ("title", "kiln")) == long


def test_a_document_that_tells_one_section_is_a_tour_in_which_that_one_is_kept() -> None:
    made = script(*KILN, told(section("Contributing", table(["A", "B"], ["1", "2"])), "Join in, whoever you are."))
    assert "Join in, whoever you are." in [scene.narration for scene in made.scenes]
    assert made.scenes[-1].kind == "outro"
    assert any("License" in note for note in made.metadata["left_out"])


def test_more_slides_than_sentences_are_shown_for_a_while() -> None:
    made = script(told(section("Kiln", level=1), "Hello."), told(section("Oven", bullets("One"), PICTURE), "Look."))
    silent = made.scenes[2]
    assert (silent.kind, silent.narration, silent.min_seconds) == ("image", "", 4.0)


def test_a_table_that_is_too_long_for_the_rules_is_shown() -> None:
    rows = [[f"Row {n}", f"Value {n}"] for n in range(30)]
    made = script(
        told(section("Kiln", level=1), "Hello."), told(section("All", table(("A", "B"), *rows)), "All of it.")
    )
    assert len(made.scenes[1].content.model_dump()["rows"]) == 30


# in Markdown


def parsed(text: str) -> VideoScript:
    document = Document(path="talk.md", text=text)
    video = VideoConfig(id="talk", document=document)
    return write_script(parse_markdown(document, video), video)


def test_a_comment_in_markdown_is_the_narration_of_its_section() -> None:
    made = parsed(
        "# Talk\n\nShort\n<!-- Narration: Hello\n\nto &lt;all&gt; of you. -->\n\n<!-- a comment -->\n\n"
        "## One\n\n- Point\n\n<!-- narration: First. --> <!-- narration: Second. -->\n"
    )
    assert [scene.narration for scene in made.scenes] == ["Hello to <all> of you.", "First. Second."]


def test_a_narration_stands_even_where_nothing_else_does() -> None:
    assert parsed("<!-- narration: Hello. -->\n").scenes[0].narration == "Hello."


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_any_text_can_be_a_narration(text: str) -> None:
    said = " ".join(text.split())
    comment = narration_comment(text)
    assert narrations(comment) == ([said] if said else [])
    document = Document(path="talk.md", text=f"# Talk\n\n{comment}\n\nAfter.\n")
    first = parse_markdown(document, VideoConfig(id="talk", document=document)).sections[0]
    assert (first.narration, len(first.blocks)) == (said, 1)


@given(
    st.lists(st.sampled_from(["The oven is hot.", "Clay cools.", "Bake it!", "And so on."]), min_size=1, max_size=12)
)
def test_nothing_of_a_narration_is_lost(said: list[str]) -> None:
    slide = told(section("Oven", bullets("Clay"), PICTURE, table(["Hot", "Cold"], ["a", "b"])), " ".join(said))
    made = script(told(section("Kiln", level=1), "Hello."), slide)
    assert " ".join(filter(None, (scene.narration for scene in made.scenes[1:]))) == " ".join(said)
