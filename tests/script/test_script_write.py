"""What is made of realistic documents."""

from __future__ import annotations

from typing import Any

import pytest
from script_builders import KILN, bullets, code, content, inline, para, script, section, table

from videogen.model.content import ImageBlock, Paragraph
from videogen.model.kinds import Bullets, Code, Command, Outro, Table, Title
from videogen.model.kinds.code import Typed
from videogen.model.project import VideoConfig
from videogen.model.scene import Scene
from videogen.model.script import VideoScript
from videogen.script import write_script
from videogen.script.text import sentences


def scene(made: VideoScript, name: str) -> Scene:
    return next(found for found in made.scenes if found.id == name)


def test_a_readme_becomes_a_short_tour() -> None:
    made = script(*KILN)
    assert [(found.id, found.kind) for found in made.scenes] == [
        ("title", "title"),
        ("what-kiln-does", "bullets"),
        ("installation", "command"),
        ("quick-start", "command"),
        ("features", "bullets"),
        ("configuration", "table"),
        ("outro", "outro"),
    ]
    assert made.metadata["left_out"] == [
        'left out "License": not what a viewer needs first',
        'left out "Contributing": not what a viewer needs first',
    ]
    assert 55 <= made.estimated_duration <= 120
    assert made.total_words == sum(len(found.narration.split()) for found in made.scenes)
    assert made.validation_warnings == []


def test_the_opening_says_what_it_is_and_what_comes() -> None:
    intro = section("Kiln", para("Kiln is a small tool for sites of text."), level=1)
    opening = scene(script(intro, *KILN[1:]), "title")
    assert isinstance(opening.content, Title)
    assert opening.content.subtitle == "Small tool for sites of text"
    assert opening.narration.startswith("Kiln is a small tool for sites of text. ")
    for topic in ("how to install it", "what it can do"):
        assert topic in opening.narration
    assert "welcome" not in opening.narration.lower()


def test_code_is_explained_and_never_read() -> None:
    install = scene(script(*KILN), "installation")
    assert isinstance(install.content, Command)
    assert install.content.commands == [Typed(command="pip install kiln")]
    assert install.narration == (
        "Let's look at installation. Install it with pip. It takes a single command in the terminal."
    )
    assert install.min_seconds >= 5
    start = scene(script(*KILN), "quick-start")
    assert start.narration == (
        "Create a folder with a page in it, then let Kiln build it. "
        "The pages are now in the output folder, ready for any web server."
    ) or start.narration.startswith("Create a folder with a page in it, then let Kiln build it.")
    assert "$" not in start.narration


def test_bullets_are_phrases_and_come_with_their_words() -> None:
    features = scene(script(*KILN), "features")
    assert isinstance(features.content, Bullets)
    assert features.content.items == [
        "Incremental",
        "Live preview",
        "Plain HTML",
        "Without a network",
    ]
    words = features.narration.split()
    spoken = [words[features.cues[f"item:{index}"]].lower() for index in range(4)]
    assert spoken == ["it", "live", "plain", "without"]


def test_a_table_is_compared_not_recited() -> None:
    settings = scene(script(*KILN), "configuration")
    assert isinstance(settings.content, Table)
    assert len(settings.content.rows) == 3
    assert settings.narration.startswith("Everything has a default, so a configuration file is optional.")
    assert settings.cues["row:0"] <= settings.cues["row:1"] <= settings.cues["row:2"]


def test_the_close_sums_up_and_names_the_next_step() -> None:
    close = script(*KILN).scenes[-1]
    assert isinstance(close.content, Outro)
    assert close.content.sub_text == "pip install kiln"
    assert 2 <= len(close.content.items) <= 3
    assert "install it" in close.narration


def test_scenes_name_the_lines_they_come_from() -> None:
    made = script(
        section("Kiln", para("Kiln is a tool that bakes websites from text.", 3), level=1),
        section(
            "Usage",
            para("Give it a folder and it bakes what is in there, page by page:", 7),
            code("kiln .", "sh", 9),
            line=5,
        ),
    )
    source = scene(made, "usage").source
    assert source is not None
    assert (source.file, source.first, source.last) == ("README.md", 7, 9)


def test_steps_are_counted_in_words() -> None:
    made = script(
        section("Setup", bullets("Create a folder", "Write a page in it", "Run the build", ordered=True)),
    )
    assert (
        "First, create a folder. After that, write a page in it. Finally, run the build."
        in scene(made, "setup").narration
    )


def test_a_long_list_is_grouped_evenly() -> None:
    items = [
        f"{word.capitalize()} for everybody"
        for word in ["pages", "posts", "feeds", "tags", "dates", "names", "links", "themes", "drafts"]
    ]
    made = script(section("Features", bullets(*items)))
    sizes = [len(found.content.items) for found in made.scenes if isinstance(found.content, Bullets)]
    assert sizes in ([5, 4], [6, 3])


def test_long_code_is_split_at_a_blank_line() -> None:
    first, second = ("\n".join(f"{name}_{index} = {index}" for index in range(9)) for name in ("a", "b"))
    made = script(section("Usage", code(f"{first}\n\n{second}\n", "python")))
    listings = [found.content.code for found in made.scenes if isinstance(found.content, Code)]
    assert listings == [first, second]


def test_long_code_without_a_place_to_split_is_excerpted_and_said_so() -> None:
    body = "\n".join(f"    step_{index}()" for index in range(30))
    made = script(section("Usage", code(f"def run():\n{body}\n", "python")))
    listing = next(found.content for found in made.scenes if isinstance(found.content, Code))
    assert listing.code.startswith("def run():")
    assert any("lines of a listing" in note for note in made.metadata["left_out"])


def test_long_sentences_are_cut_at_semicolons() -> None:
    text = (
        "The kiln heats up in the morning when the first pages arrive from the writers; it then stays warm for the "
        "rest of the day so that later pages are done at once; nothing is ever baked twice"
    )
    made = script(section("Baking", para(text)))
    assert "writers. It then stays warm" in scene(made, "baking").narration


@pytest.mark.parametrize(
    "title", ["License", "Contributing", "Changelog", "Table of Contents", "Sponsors", "Acknowledgements"]
)
def test_what_no_viewer_needs_is_left_out_with_all_below(title: str) -> None:
    text = "This text would make a scene of its own if it were shown to anybody at all."
    made = script(*KILN[:2], section(title, para(text)), section("Below", para(text), level=3))
    assert "make a scene" not in " ".join(found.narration for found in made.scenes)


def test_links_only_sections_are_left_out() -> None:
    made = script(
        *KILN[:2],
        section("Help", bullets("Chat", "Forum")),
        section("More", para("See the documentation for details.")),
    )
    assert {"help", "more"}.isdisjoint(found.id for found in made.scenes)
    assert len(made.metadata["left_out"]) == 2


@pytest.mark.parametrize(
    ("language", "english"),
    [
        ("de", ("the", "you", "here")),
        ("fr", ("the", "you", "here")),
        ("es", ("the", "you", "here")),
        ("pl", ("the", "you")),
    ],
)
def test_other_languages_get_no_english_words(language: str, english: tuple[str, ...]) -> None:
    made = script(
        section("Ofen", para("Ofen backt Webseiten aus einfachen Textdateien, und zwar sehr schnell."), level=1),
        section("Einbau", code("pip install ofen", "sh")),
        section("Bedienung", bullets("Seiten schreiben", "Ofen starten"), table(["Name", "Wert"], ["a", "b"])),
        language=language,
        title="Ofen",
    )
    said = " ".join(found.narration for found in made.scenes).lower().replace(".", " ").replace(",", " ").split()
    assert not set(english) & set(said)
    assert made.language == language


def test_hand_written_scenes_pass_through_with_cues() -> None:
    scenes = [
        Scene(id="what", kind="bullets", content=Bullets(header="What", items=["Fast builds", "No network"]),
              narration="It has two strengths. Builds are fast, and it works without any network."),
        Scene(id="what", kind="title", content=Title(title="Kiln"), narration="one two three " * 40, max_seconds=5),
    ]  # fmt: skip
    parsed = content().model_copy(update={"scenes": scenes})
    made = write_script(parsed, VideoConfig(id="kiln", scenes=scenes))
    assert [found.id for found in made.scenes] == ["what", "what-2"]
    assert [found.title for found in made.scenes] == ["What", "Kiln"]
    assert made.scenes[0].narration == scenes[0].narration
    assert made.scenes[0].cues == {"item:0": 4, "item:1": 12}
    assert any("max_seconds" in warning for warning in made.validation_warnings)
    assert made.total_words == 13 + 120


def test_cues_of_a_hand_written_scene_are_kept() -> None:
    given: dict[str, Any] = {"item:0": 0, "item:1": 2}
    scenes = [
        Scene(id="a", kind="bullets", content=Bullets(header="A", items=["b", "c"]), narration="b and c", cues=given)
    ]
    made = write_script(content().model_copy(update={"scenes": scenes}), VideoConfig(id="kiln"))
    assert made.scenes[0].cues == given


def test_a_new_section_with_the_same_parent_changes_nothing_else() -> None:
    before = {found.id: found.to_json() for found in script(*KILN).scenes}
    extra = section(
        "Themes", para("Themes change how pages look, and they are plain folders that you can copy and edit.")
    )
    after = {found.id: found.to_json() for found in script(*KILN[:3], extra, *KILN[3:]).scenes}
    assert set(after) - set(before) == {"themes"}
    assert {name for name in before if before[name] != after[name]} <= {"title", "outro"}


def test_a_dash_between_two_long_halves_ends_a_sentence() -> None:
    shown = "Kiln bakes around three hundred pages every second — according to us, it is used by many people."
    spoken = shown.replace(" — ", ", ")
    block = para("").model_copy(update={"inline": inline(shown, spoken)})
    said = scene(script(section("Baking", block)), "baking").narration
    assert said == "Kiln bakes around three hundred pages every second. According to us, it is used by many people."


def test_a_page_that_begins_with_its_motto_is_named_first() -> None:
    motto = Paragraph(
        inline=inline("make for narrated video. You keep a text in git; kiln turns it into a film."), lines=(3, 3)
    )
    opening = scene(script(section("kiln", motto, level=1), *KILN[1:], title="kiln"), "title")
    assert opening.narration.startswith("kiln is make for narrated video. You keep a text in git;")
    assert isinstance(opening.content, Title)
    assert opening.content.subtitle == "make for narrated video"


@pytest.mark.parametrize(
    ("motto", "said"),
    [
        ("A small tool for big sites.", "Kiln is a small tool for big sites."),
        ("Small tool for big sites.", "Kiln is a small tool for big sites."),
        ("Build big sites in a second.", "With Kiln, you build big sites in a second."),
        ("Turns text into big sites.", "Kiln turns text into big sites."),
        ("Nobody likes to wait for a page.", "This is Kiln. Nobody likes to wait for a page."),
    ],
)
def test_a_motto_is_said_as_a_sentence(motto: str, said: str) -> None:
    assert scene(script(section("Kiln", para(motto), level=1), *KILN[1:]), "title").narration.startswith(said)


def test_clauses_in_a_list_are_said_as_sentences() -> None:
    items = (
        "The first stages read the project and write the script",
        "Each scene is spoken, drawn and encoded on its own",
        "The film is joined by copying, never encoded twice",
    )
    made = scene(script(*KILN[:2], section("How it works", bullets(*items))), "how-it-works")
    assert made.narration == "Here is how it works. " + " ".join(f"{item}." for item in items)
    assert isinstance(made.content, Bullets)
    assert made.content.items == ["Write the script", "Encoded on its own", "Film"]


def test_nouns_in_a_list_are_introduced() -> None:
    made = scene(script(*KILN[:2], section("What you get", bullets("A film", "Captions", "Chapters"))), "what-you-get")
    assert made.narration == "Here is what you get: a film, captions, and chapters."


def test_prose_before_a_list_is_a_slide_of_its_own() -> None:
    prose = (
        "A store remembers what was made, so undoing an edit or switching a branch never pays twice. "
        "Each stage reads files and writes files, and nothing else passes between any two of them."
    )
    made = script(*KILN[:2], section("How it works", para(prose), bullets("It reads the text", "It writes the film")))
    before, listing = (found for found in made.scenes if found.title == "How it works")
    assert before.cues["item:0"] <= 2
    assert listing.cues["item:0"] <= 2
    assert isinstance(before.content, Bullets)
    assert before.content.items[:2] == [
        "A store remembers what was made",
        "Nothing else passes between any two of them",
    ]


def test_a_picture_is_seen_while_the_text_after_it_begins() -> None:
    picture = ImageBlock(path="a.png", caption="Three scenes of the film that kiln makes", lines=(2, 2))
    text = para(
        "You write Markdown, or a short file with scenes. Kiln finds the sections and writes a script for each."
    )
    made = script(section("Kiln", para("Kiln is a tool that bakes films from text."), picture, text, level=1))
    shown = next(found for found in made.scenes if found.kind == "image")
    assert shown.title == "A first look"
    assert shown.narration.startswith(
        "Here are three scenes of the film that kiln makes. You write Markdown, or a short file with scenes."
    )


def test_a_table_of_two_columns_is_read_as_what_it_says() -> None:
    rows = (["Nothing", "Nothing"], ["One bullet", "That scene's pictures"], ["The theme", "All pictures"])
    made = script(*KILN[:2], section("Every day", table(["You change", "What is made again"], *rows)))
    assert scene(made, "every-day").narration == (
        "This table shows what you change, and what is made again. "
        "One bullet: that scene's pictures. The theme: all pictures."
    )


def test_a_table_comes_before_one_more_listing() -> None:
    words = "This part is one of many that say something about the tool, and it says it in a sentence or two."
    parts = [section(f"Part {letter}", para(words), code("a = 1", "python")) for letter in "abcdefgh"]
    telling = section("Every day", para(words), table(["You change", "Made again"], ["A", "a scene"], ["B", "a film"]))
    made = script(*KILN[:2], *parts, telling)
    assert any(isinstance(found.content, Table) for found in made.scenes)


def test_a_slide_has_no_word_that_fits_no_line() -> None:
    long = "x" * 300
    made = script(section("Kiln", para(f"Kiln is a tool for {long} and for pages of text that are shorter."), level=1))
    assert long not in made.scenes[0].content.model_dump_json()


@pytest.mark.parametrize("language", ["python", "yaml", "console", "sh", "pycon", "text"])
def test_nothing_is_said_of_code_that_says_nothing(language: str) -> None:
    made = script(*KILN[:2], section("Usage", code("alpha\nbeta\ngamma\n", language)))
    said = scene(made, "usage").narration
    for filler in ("as you can see", "lines", "line by line", "more"):
        assert filler not in said
    assert len(sentences(said)) <= 2


def test_scenes_that_follow_keep_the_header() -> None:
    made = script(*KILN[:2], section("Features", bullets(*(f"Number {n} of the things" for n in "abcdefghi"))))
    assert {found.title for found in made.scenes if found.kind == "bullets"} == {"Features", "What Kiln does"}


def test_a_listing_of_which_nothing_is_said_is_left_out() -> None:
    made = script(*KILN, section("Figures", code("python bench.py", "sh")))
    assert "figures" not in {found.id for found in made.scenes}
    assert 'left out "Figures": nothing in it that can be shown and said' in made.metadata["left_out"]


def test_a_short_narration_is_held_for_five_seconds() -> None:
    for found in script(*KILN).scenes:
        assert len(found.narration.split()) >= 20 or found.min_seconds == 5


def test_a_sentence_of_one_endless_word_leaves_no_empty_item() -> None:
    endless = "Thentheinitialpartoftheremainderofeachstringwhichconsistsentirelyofdigitcharactersisdetermined."
    said = [
        "Since minor patch-level changes don't introduce new policy, it was thought it would be better to relax policy "
        "and only require the first 3 components to be specified, in this example 2.3.0. All four components may still "
        "be used if someone wishes to do so.",
        "Alphanumerics are A-Za-z0-9 only.",
        "even the end of a part.",
        f"{endless} The numerical values of these two parts are compared, and any difference found is returned as the "
        "result of the comparison.",
    ]
    scenes = script(section("Version", *(para(text) for text in said))).scenes
    assert endless in " ".join(scene.narration for scene in scenes)
