"""Documents as people write them: their titles, formulas, fragments, and what of them is for readers only."""

from __future__ import annotations

import pytest
from script_builders import bullets, code, content, para, script, section, table

from videogen.model.project import Part, VideoConfig
from videogen.model.script import VideoScript
from videogen.script import write_script


def said(made: VideoScript) -> str:
    return " ".join(scene.narration for scene in made.scenes)


INSTALL = (
    section("Install", para("Kiln comes as a package for every system that has Python."), level=1),
    section("With pip", para("Install it with pip:"), code("$ pip install kiln\n", "console")),
    section("From a file", para("Copy the file into the folder of your site, and nothing else has to be done.")),
)


@pytest.mark.parametrize("title", ["Install", "Usage", "Getting started", "Fitting a line", "How it works"])
def test_a_subject_is_no_product(title: str) -> None:
    part = Part(number=1, titles=[title, "More"], series="Kiln", first=0, stop=99)
    video = VideoConfig(id="kiln", title=title, part=part)
    made = write_script(content(section(title, *INSTALL[0].blocks, level=1), *INSTALL[1:], title=title), video)
    whole = said(made)
    for wrong in (f"This is {title}.", f"So that's {title}", f"And that's {title}", f"That was {title}", "what it is"):
        assert wrong not in whole
    assert f"What {title} does" not in [scene.title for scene in made.scenes]
    assert f"About {title}" not in [scene.title for scene in made.scenes]
    assert made.scenes[-1].content.model_dump()["main_text"] == title


def test_short_parts_end_each_in_their_own_words() -> None:
    ends = []
    for number, title in enumerate(("Baking", "Cooling", "Serving"), 1):
        part = Part(number=number, titles=["Baking", "Cooling", "Serving"], series="Kiln", first=0, stop=99)
        body = section(title, para(f"{title} takes an hour or two, and then the bread is better than before."),
                       bullets("Fast", "Even", "With little heat"), level=1)  # fmt: skip
        ends.append(write_script(content(body, title=title), VideoConfig(id="k", title=title, part=part)).scenes[-1])
    assert [end.narration for end in ends] == [f"That's all for {title}." for title in ("baking", "cooling", "serving")]


def test_formulas_are_not_read_out() -> None:
    made = script(
        section("Kiln", para("Kiln is a tool that fits lines to what was measured."), level=1),
        section(
            "Method",
            para("The error of a line is the sum of what it misses."),
            para(r"$$ s^2 = \sum_n (y_n - m x_n - b)^2 $$"),
            para("x³ + 2x² + x = x(x² + 2x + 1) = 0"),
            para("Smaller errors mean better lines, and the best line has the smallest one."),
        ),
    )
    whole = said(made)
    assert "Smaller errors mean better lines" in whole
    for junk in ("\\", "$", "²", "="):
        assert junk not in whole


def test_imprints_and_labels_are_not_said() -> None:
    made = script(
        section(
            "Kiln", para("Version 1.1.0 (2022-12-11)"), para("Kiln is a tool that bakes sites from text."), level=1
        ),
        section(
            "Baking", para("(baking)="), para("Pages are baked one after the other, the largest first."), para("Proof:")
        ),
    )
    whole = said(made)
    assert "Version 1.1.0" not in whole
    assert "(baking)" not in whole
    assert "Proof" not in whole


def test_an_error_message_is_no_example() -> None:
    made = script(
        section("Kiln", para("Kiln is a tool that bakes sites from plain text files."), level=1),
        section("Why does it fail?", para("An old Python gives this error:"), code("fatal: no such symbol: kiln\n")),
        section("Features", bullets("Fast builds", "Live preview", "Plain templates")),
    )
    assert "example" not in made.scenes[-1].narration


def test_what_is_no_phrase_does_not_name_the_thing() -> None:
    made = script(section("Kiln", para("The easiest way to begin with Kiln is to bake a small site of your own.")))
    assert "Kiln is the easiest way" not in said(made)


def test_nothing_is_promised_where_nothing_follows() -> None:
    made = script(section("Kiln", para("Kiln is a tool that bakes sites from plain text files.")))
    assert [scene.kind for scene in made.scenes] == ["title"]
    assert made.scenes[0].narration == "Kiln is a tool that bakes sites from plain text files."


def test_an_abstract_opens_the_film() -> None:
    made = script(
        section("Abstract", para("This paper describes a way to bake sites from plain text in a second.")),
        section("1. METHOD AND MATERIALS", para("Pages are read once, and what has not changed is never read again.")),
        title="Fast kilns",
    )
    assert "a way to bake sites" in made.scenes[0].narration
    assert [scene.title for scene in made.scenes[1:-1]] == ["Method and materials"]
    assert "abstract" not in made.scenes[0].narration.lower()


def test_places_of_the_document_are_not_spoken_of() -> None:
    made = script(
        section("Kiln", para("Kiln is a tool that bakes sites from plain text."), level=1),
        section(
            "Speed",
            para("It was measured on a small machine [KIL09] with two cores, as shown in Table 3."),
            para("Figure 2 shows how long it takes. The latest version of this document can be downloaded from there."),
            para("In this section, the numbers are those of a laptop. Listing 4 contains the program."),
            para("Its cost is linear, and therefore"),
            para("where n is the number of pages."),
        ),
    )
    whole = said(made)
    for junk in (
        "Table 3",
        "Figure",
        "Listing",
        "KIL09",
        "downloaded",
        "this section",
        "therefore",
        "Where n",
        "where n",
    ):
        assert junk not in whole
    assert "with two cores." in whole
    assert "The numbers are those of a laptop." in whole


def test_a_table_without_heads_is_not_said_to_show_them() -> None:
    made = script(
        section("Kiln", para("Kiln is a tool that bakes sites from plain text."), level=1),
        section("Values", table(["1.23", "(a number)"], ["a[’May’, j+1]", "(an index)"], ["((b + 1))", "(a sum)"])),
        section(
            "Commands", table(["cat files", "Print files."], ["cd folder", "Change it."], ["ls files", "List them."])
        ),
    )
    whole = said(made)
    assert "1.23" not in whole
    assert "shows the cat files" not in whole


def test_a_bare_answer_is_no_scene() -> None:
    made = script(
        section("Kiln", para("Kiln is a tool that bakes sites from plain text."), level=1),
        section("Can it bake PDF files?", para("Yes.")),
        section(
            "Would you please bake mine as well, and send it back to me before the end of this week?",
            para("No. Go away. Shoo."),
        ),
        section("Q: Is it fast?", para("A: It bakes a thousand pages in less than a second on a laptop.")),
    )
    assert [scene.title for scene in made.scenes[1:-1]] == ["Is it fast?"]
    assert "A:" not in said(made)


def test_a_long_question_stays_one_where_it_is_cut() -> None:
    made = script(
        section("Kiln", para("Kiln is a tool that bakes sites from plain text."), level=1),
        section("Why does it give an error on a file that I made with the tool of another?",
                para("The tools write different forms of the same file, and each reads its own form only.")),
    )  # fmt: skip
    assert made.scenes[1].title == "Why does it give an error on a file?"


def test_what_a_lost_block_stood_under_is_no_item() -> None:
    made = script(
        section("Kiln", para("Kiln is a tool that bakes sites from plain text."), level=1),
        section("Signs", bullets("Letters from a to z", "special characters:", "Digits in every script")),
    )
    assert "special characters" not in said(made).lower()


def test_what_is_left_of_a_sentence_without_its_place_is_whole() -> None:
    made = script(
        section("Kiln", para("Kiln is a tool that bakes sites from plain text."), level=1),
        section("Speed", para("A thousand pages take less than a second. Sample code is given in listing 1.")),
        section("Checks;", bullets("It verifies all pages of a site; and", "It finds the size of every page, and")),
    )
    assert "Sample code" not in said(made)
    assert "and." not in said(made)
    assert "Checks" in [scene.title for scene in made.scenes]


def test_of_signs_that_nobody_can_say_the_name_is_shown() -> None:
    made = script(
        section("Kiln", para("Kiln is a tool that bakes sites from plain text."), level=1),
        section("Signs", bullets("Letters from a to z", "Special characters: ! # & ( )", "Digits in every script")),
    )
    shown = [item for scene in made.scenes for item in scene.content.model_dump().get("items", [])]
    assert any("pecial characters" in item for item in shown)
    assert "#" not in " ".join([*shown, said(made)])


@pytest.mark.parametrize("lead", ["After the above, then:", "That is:", "For example:"])
def test_what_leads_to_a_listing_and_says_nothing_is_not_said(lead: str) -> None:
    made = script(
        section("Kiln", para("Kiln is a tool that bakes sites from plain text."), level=1),
        section("How do I install it?", para(lead), code("$ make install\n", "console")),
    )
    assert lead.rstrip(":") not in said(made)
    assert "How do I install it?" in said(made)
