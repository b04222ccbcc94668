"""What an editor would strike out, or ask for, in the script of a page."""

from __future__ import annotations

import pytest
from script_builders import KILN, bullets, code, para, script, section, table

from videogen.model.content import ListBlock, ListItem
from videogen.model.kinds import Bullets, Command, Outro, Title
from videogen.model.pace import heard_words
from videogen.model.scene import Scene
from videogen.model.script import VideoScript
from videogen.script.clauses import shortened
from videogen.script.draft import context
from videogen.script.leads import turn_to
from videogen.script.listing import is_install
from videogen.script.opening import LONGEST_OPENING
from videogen.script.phrases import item_phrase, key_phrase
from videogen.script.section import section_drafts
from videogen.script.structure import contents

INTRO = KILN[:2]


def scene(made: VideoScript, name: str) -> Scene:
    return next(found for found in made.scenes if found.id == name)


def ids(made: VideoScript) -> list[str]:
    return [found.id for found in made.scenes]


def items(found: Scene) -> list[str]:
    assert isinstance(found.content, Bullets)
    return found.content.items


def phrases_of(text: str) -> list[str]:
    """What a slide may show of a paragraph, before it is made short enough."""
    (draft,) = section_drafts(section("Concepts", para(text)), "Concepts", context("en", "Kiln", "Kiln is a tool."))
    return draft.phrases


@pytest.mark.parametrize(
    "title",
    ["Opinions", "Merch", "Related projects", "Kiln for Enterprise", "Ports to Other Languages", "v2.14.0 (2026-04-13)",
     "1.2.3", "What's Changed", "Installation from sources", "Parameters"],
)  # fmt: skip
def test_a_section_that_no_viewer_needs_is_left_out(title: str) -> None:
    text = "This would make a scene of its own, with a phrase or two, if anybody were to watch it."
    made = script(*INTRO, section(title, para(text), para(text)))
    assert ids(made) == ["title", "what-kiln-does", "installation", "outro"]


def test_a_list_of_links_is_left_out() -> None:
    links = bullets("Website: kiln.org", "Documentation: kiln.org", "Source code: GitHub", "Changelog")
    made = script(*INTRO, section("At home", para("Kiln is at home in many places, and here are some:"), links))
    assert "Website" not in " ".join(str(found.content) for found in made.scenes)


def test_a_list_of_one_label_is_no_slide() -> None:
    rules = para("Changes to the style of pages are bound by a policy, and it has held for years.")
    made = script(*INTRO, section("Style", rules, bullets("The style: Policy")))
    assert "The style" not in scene(made, "style").narration


def test_a_table_of_badges_is_left_out() -> None:
    made = script(*INTRO, section("State", table(["", ""], ["Testing", ""], ["Package", ""], ["Meta", ""])))
    assert "state" not in ids(made)


def test_labels_and_footnotes_are_not_said() -> None:
    text = para("Kiln works on any platform, in any console, and without any other package at all.")
    made = script(*INTRO, section("Platforms", text, para("Featured Sponsors"), para("* by our own count of pages")))
    assert scene(made, "platforms").narration == (
        "Kiln works on any platform, in any console, and without any other package at all."
    )


def test_the_rest_of_a_sentence_after_its_list_is_not_said() -> None:
    gives = para("After that, Kiln gives you:")
    rest = para("without writing any of it again and again by hand. Every page is made from the same template.")
    made = script(*INTRO, section("Pages", gives, bullets("a page", "an index", "and much more"), rest))
    said = scene(made, "pages").narration
    assert said.startswith("After that, Kiln gives you a page and an index.")
    assert "without writing" not in " ".join(found.narration for found in made.scenes)


def test_a_sentence_that_begins_with_a_small_word_gets_a_capital() -> None:
    made = script(*INTRO, section("Setup", para("or for those who build it from its parts:"), code("kiln setup", "sh")))
    assert "Or for those who build it from its parts." in scene(made, "setup").narration


def test_what_announces_sentences_is_a_sentence() -> None:
    listed = ListBlock(
        items=[ListItem(inline=para(text).inline) for text in (
            "Create a folder for pages: it holds everything that is baked.",
            "Add a template to it: that is what all of the pages have in common.",
        )],
        lines=(2, 3),
    )  # fmt: skip
    made = script(*INTRO, section("Begin", para("And that will:"), listed))
    assert "And that will do the following. Create a folder" in scene(made, "begin").narration


def test_one_section_says_how_it_is_installed() -> None:
    more = [
        section(name, code(f"{name.lower()} install kiln", "sh"), level=3, line=10 * at)
        for at, name in enumerate(("Pip", "Conda", "Snap"))
    ]
    made = script(KILN[0], section("Installation", level=2), *more, *KILN[2:5], section("Themes", KILN[4].blocks[0]))
    assert [name for name in ids(made) if "pip" in name or "conda" in name or "snap" in name] == ["installation-pip"]
    assert "how to install it" in made.scenes[0].narration


@pytest.mark.parametrize(
    ("title", "text", "name", "said"),
    [
        ("Kiln: a baker of sites", "Kiln bakes sites from text.", "Kiln", "Kiln bakes sites from text."),
        ("Kiln, bake great sites", "Kiln is a tool for sites.", "Kiln", "Kiln is a tool for sites."),
        ("The Uncompromising Site Baker", "Kiln is a tool for sites.", "Kiln", "Kiln is a tool for sites."),
        ("Bake, cool, serve", "Nobody waits for a page.", "Bake, cool, serve", ""),
    ],
)
def test_a_title_that_says_what_it_is_gives_the_name(title: str, text: str, name: str, said: str) -> None:
    made = script(section(title, para(text), level=1), *KILN[1:], title=title)
    first = made.scenes[0]
    assert isinstance(first.content, Title)
    assert first.content.title == name
    assert first.narration.startswith(said)
    assert made.title == title


def test_a_title_alone_says_what_it_is() -> None:
    title = "Kiln: A Powerful Site Baker"
    made = script(section(title, level=1), section("What is it?", para("Kiln bakes sites.")), *KILN[1:], title=title)
    assert made.scenes[0].narration.startswith("Kiln is a powerful site baker.")


def test_where_a_name_comes_from_does_not_open_a_film() -> None:
    name = para("Kiln derives from an old word for a place where things are baked.")
    motto = para("Instantly make pages from text. Just give it a folder, and that is all that you have to do.")
    made = script(section("Kiln", name, motto, level=1), *KILN[1:])
    assert made.scenes[0].narration.startswith("With Kiln, you instantly make pages from text.")


def test_an_opening_says_nothing_twice() -> None:
    motto = para("Kiln, bake great sites. Based on plain text.")
    what = para("Kiln is a tool for sites that writers like to use. Based on plain text.")
    made = script(section("Kiln", motto, what, level=1), *KILN[1:])
    assert made.scenes[0].narration.startswith("Kiln is a tool for sites that writers like to use. ")
    assert made.scenes[0].narration.count("Based on plain text.") <= 1


def test_a_single_phrase_is_said_with_the_opening() -> None:
    what = para("Kiln is a tool that bakes sites from text, and fast.")
    also = para("It's also a server for the sites.")
    made = script(section("Kiln", what, also, level=1), *KILN[1:])
    assert "about-kiln" not in ids(made)
    assert "It's also a server" in made.scenes[0].narration


def test_a_listing_is_pointed_out_where_little_is_said_of_it() -> None:
    listing = (
        "import kiln\n\ndef bake(page):\n    return kiln.page(page)\n\nif __name__ == '__main__':\n    bake('a')\n"
    )
    made = script(*INTRO, section("Example", code(listing, "python")))
    assert scene(made, "example").narration.endswith(
        "It imports kiln, defines a function called bake, and runs it at the end."
    )
    enough = "Write a function that bakes one page, and call it with the name of that page, as many times as you like:"
    made = script(*INTRO, section("Example", para(enough), code(listing, "python")))
    assert "It imports" not in scene(made, "example").narration


def test_one_command_is_not_left_in_silence() -> None:
    made = script(*INTRO, section("Every day", para("Ask what it would bake, before it does:"), code("kiln why", "sh")))
    words = scene(made, "every-day").narration.split()
    assert "terminal" in " ".join(words)
    assert len(words) >= 14


@pytest.mark.parametrize(
    ("listing", "language", "said"),
    [
        ("from a import Bake, Cool\n\nclass Page:\n    name: str\n    size: int = 2\n", "python",
         "It imports Bake and Cool, and defines a class called Page with two fields."),
        ("one = 1\nother = 2\nprint(one)\nprint(other)\n", "python", "It sets one and other, and prints the results."),
        ("import kiln\nfor page in kiln.pages():\n    page.bake()\n", "python", "It imports kiln, and runs a loop."),
        ("async def app(a):\n    return 1\n\nserve(\n", "python", "It defines a function called app."),
        ("x = 1\n", "python", ""),
        ("title: A\nscenes:\n  - b\n", "yaml", "It sets title and scenes."),
        ("[build-system]\na = 1\n[project]\nb = 2\n", "toml", "It has tables for build system and project."),
        ("kiln build\n", "sh", ""),
    ],
)  # fmt: skip
def test_what_a_listing_consists_of(listing: str, language: str, said: str) -> None:
    assert contents(listing, language) == said


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Powerful, flexible group by functionality to perform split-apply-combine operations on data sets, for all",
         "Powerful, flexible group by functionality to perform split-apply-combine operations"),
        ("Fewer bugs: Reduce about 40% of human errors. *", "Fewer bugs: Reduce about 40% of human errors"),
    ],
)  # fmt: skip
def test_an_item_is_never_cut_off_with_dots(text: str, phrase: str) -> None:
    assert item_phrase(text) == phrase


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("Pages become plain after a while and you can focus on the content instead, whatever it is about.",
         "Pages become plain after a while"),
        ("Its main goal is to help you to write correct pages without slowing down your work.",
         "Write correct pages without slowing down your work"),
        ("A strength of the protocol is that it splits the server from all else that there may be around it.", ""),
    ],
)  # fmt: skip
def test_a_key_phrase_is_complete(sentence: str, phrase: str) -> None:
    assert key_phrase(sentence) == phrase


def test_where_nothing_is_complete_the_subject_stands_for_it() -> None:
    assert shortened("A strength of the protocol is that it splits the server", 8) == "A strength of the protocol"
    assert shortened("word " * 30, 5) == "word word word word word"


def test_a_series_needs_no_comma_before_its_last_member() -> None:
    text = "Kiln reads your pages, bakes the whole site and serves it to everybody."
    assert phrases_of(text) == [
        "Reads your pages",
        "Bakes the whole site",
        "Serves it to everybody",
    ]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Each page becomes a film, a few pictures and a short piece of sound.",
         ["Each page becomes a film, a few pictures, and a short piece of sound"]),
        ("Kiln can also render pretty tables, progress bars, and source code, out of the box.",
         ["Pretty tables", "Progress bars", "Source code"]),
    ],
)  # fmt: skip
def test_the_members_of_a_series_have_one_form(text: str, phrases: list[str]) -> None:
    assert phrases_of(text) == phrases


def test_a_long_sentence_shows_a_second_phrase() -> None:
    text = (
        "Kiln is one of the most downloaded site tools of today, pulling in around three hundred thousand downloads "
        "per week. There's no need to manually write the links of your pages, or to build each of them, but with it, "
        "just use the build command!"
    )
    assert phrases_of(text) == [
        "One of the most downloaded site tools of today",
        "Pulling in around three hundred thousand downloads per week",
        "There is no need to manually write the links of your pages",
        "Use the build command",
    ]


def test_what_is_said_of_the_thing_at_length_is_not_said_over_its_title() -> None:
    what = "Kiln is a small build tool that bakes websites from plain text files, fast. "
    more = "It reads every page once and remembers what it has seen. It comes with sensible defaults out of the box."
    made = script(section("Kiln", para(what + more), level=1), *KILN[1:])
    assert made.scenes[0].narration.startswith(what)
    assert "remembers" not in made.scenes[0].narration
    assert heard_words(made.scenes[0].narration) <= LONGEST_OPENING
    assert made.scenes[1].narration == more
    by = "by taking away from you all of the hard and the dull work that belongs to making a site"
    long = script(section("Kiln", para(f"Kiln is the tool that brings back the joy of writing pages {by}."), level=1))
    assert long.scenes[1].narration == f"It does so {by}."


def test_the_close_without_much_to_show_says_what_it_is_and_what_to_do_first() -> None:
    made = script(
        section("Kiln", para("Kiln is a small tool for sites of text."), bullets("Templates", "Previews", "No server")),
        section("A Simple Example", code("import kiln\n\nkiln.bake('pages')\n", "python")),
    )
    close = made.scenes[-1].content
    assert isinstance(close, Outro)
    assert close.items[0] == "Small tool for sites of text"
    assert len(close.items) >= 2
    assert close.sub_text == "First step: run the example"
    assert "To begin, copy the example" in made.scenes[-1].narration


def test_scenes_under_headers_of_their_own_belong_to_the_chapter_of_their_section() -> None:
    asked = para("Ask what would happen before it does:")
    answered = code("$ kiln explain site\nnothing\n", "console")
    made = script(*INTRO, section("Every day", code("import kiln\n\nkiln.bake()\n", "python"), asked, answered))
    assert [found.title for found in made.scenes if found.id not in ("title", "outro")][-2:] == ["Every day"] * 2
    assert any(getattr(found.content, "header", "") == "In the terminal" for found in made.scenes)


def test_a_first_look_belongs_to_the_chapter_around_it() -> None:
    more = para("It reads every page once and remembers what it has seen. It comes with defaults out of the box.")
    look = code("import kiln\n\nkiln.bake('pages')\n", "python")
    made = script(section("Kiln", para("Kiln is a small tool."), more, look, more, level=1), *KILN[1:])
    looked = next(found for found in made.scenes if found.kind == "code")
    assert getattr(looked.content, "header", "") == "A first look"
    assert looked.title == made.scenes[1].title


def test_what_only_describes_is_not_turned_to() -> None:
    assert turn_to("Manual", frozenset()) == ""
    assert turn_to("Installation", frozenset()) != ""


def test_a_line_that_installs_and_then_does_something_is_no_installation() -> None:
    assert is_install("python3 -m venv .venv && .venv/bin/pip install kiln")
    assert not is_install("python3 -m venv .venv && .venv/bin/pip install kiln && .venv/bin/kiln build")


def test_two_halves_of_a_sentence_make_two_phrases() -> None:
    text = "Kiln contains a number of templates you can use to create elegant pages in a browser and on paper."
    assert phrases_of(text) == [
        "Contains a number of templates",
        "Create elegant pages in a browser and on paper",
    ]


def test_one_long_phrase_does_not_make_all_the_others_small() -> None:
    long = "Standard synchronous interface, but with async support if you need it"
    made = script(*INTRO, section("Features", bullets("A small tool", long, "Plain HTML and text")))
    assert items(scene(made, "features"))[1] == "Standard synchronous interface"


def test_a_long_phrase_that_has_no_complete_part_stays_whole() -> None:
    text = (
        "There's no need to manually add query strings to your pages. Kiln has templates of its own. "
        "Kiln makes all the links."
    )
    assert phrases_of(text)[0] == "There is no need to manually add query strings to your pages"


def test_prose_that_does_not_fit_a_slide_is_shared_between_two() -> None:
    text = (
        "Kiln is a graph of files. The document becomes scenes. Each scene becomes a narration, a few pictures and a "
        "short piece of film. The pieces are joined without being encoded again. A store remembers what was made, so "
        "undoing an edit or switching a branch never pays twice. Every file knows what it was made from. "
        "Nothing that is already there is made again."
    )
    made = script(*INTRO, section("How it works", para(text)))
    shares = [found for found in made.scenes if found.title == "How it works"]
    assert len(shares) == 2
    assert all(len(found.narration.split()) >= 20 and len(items(found)) in (2, 3, 4) for found in shares)


def test_a_listing_shows_nothing_that_its_font_has_not() -> None:
    made = script(*INTRO, section("Usage", code(">>> bake('a') # 🚀\n🚀 🔥\n>>> 1\n", "pycon")))
    shown = scene(made, "usage").content
    assert isinstance(shown, Command)
    assert [entry.command for entry in shown.commands] == ["bake('a') #", "1"]
