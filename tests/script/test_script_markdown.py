"""What each construct of Markdown becomes, as the README promises it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from videogen.inputs.markdown import parse_markdown
from videogen.model.kinds import Bullets, Code, CodeComparison, Command, Diagram, Image, Listing, Steps, Table
from videogen.model.project import Aspect, Document, VideoConfig
from videogen.model.scene import Scene
from videogen.model.script import VideoScript
from videogen.script import write_script

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="300"><rect width="99" height="99"/></svg>'
FLOW = "flowchart LR\n  text[Text] --> build{New?}\n  build -->|yes| site([Site])\n  build -->|no| store[(Store)]"
LEAD = "Kiln makes a folder for the pages, and then it bakes all that is in there into a site. It looks like this:"
CONSTRUCTS = {
    "paragraphs": ("Kiln reads every page once. It remembers what it has seen, and nothing is baked twice.", "bullets"),
    "a list": ("- Templates in plain HTML\n- Works without a network\n- A preview in the browser", "bullets"),
    "a list of terms": (
        "- **Fast** - nothing is done twice\n- **Plain** - templates are HTML\n- **Small**: one file holds it all",
        "list",
    ),
    "a numbered list": ("1. Create a folder for the pages\n2. Write a page in it\n3. Run the build", "steps"),
    "a task list": ("- [ ] Translations of pages\n- [x] Themes and pages\n- [x] A live preview", "bullets"),
    "a fence with a session": (
        f"{LEAD}\n\n```console\n$ kiln new site\nmade 3 files\n$ kiln bake site\nbaked\n```",
        "command",
    ),
    "a `diff` fence": ("```diff\n import kiln\n-kiln.make('a')\n+kiln.bake('a')\n```", "code_comparison"),
    "a `mermaid` flowchart": (f"Every page has a way to go:\n\n```mermaid\n{FLOW}\n```", "diagram"),
    "any other fence": (f"{LEAD}\n\n```python\nimport kiln\n\nkiln.bake('a')\n```", "code"),
    "a table": ("| Site | Seconds |\n|---|---|\n| Ten pages | 0.1 |\n| A thousand pages | 2.4 |", "table"),
    "a picture": ("![The pages of a site and what each is baked from](graph.svg)", "image"),
    "a block quote": ("> Make it work, make it right, make it fast.\n>\n> — Kent Beck", "quote"),
    "a callout": ("> [!TIP]\n> Keep the preview running while you write, and see every change at once.", "callout"),
}


def made(text: str, root: Path = Path(), *, aspect: Aspect = "16:9", language: str = "en") -> VideoScript:
    page = f"# Kiln\n\nKiln is a small tool that bakes sites from plain text.\n\n{text}\n"
    document = Document(path="README.md", text=page)
    video = VideoConfig(id="kiln", document=document, aspect=aspect, languages=[language])
    return write_script(parse_markdown(document, video, root), video)


def only(text: str, root: Path = Path(), *, language: str = "en") -> Scene:
    found = made(f"## Every day\n\n{text}", root, language=language).scenes
    (scene,) = (scene for scene in found if scene.kind not in ("title", "outro"))
    return scene


@pytest.mark.parametrize("language", ["en", "de", "ja"])
@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_construct_becomes_the_kind_that_is_promised(name: str, language: str, tmp_path: Path) -> None:
    (tmp_path / "graph.svg").write_text(DRAWING)
    text, kind = CONSTRUCTS[name]
    scene = only(text, tmp_path, language=language)
    assert scene.kind == kind
    assert set(scene.cues) == set(scene.content.cue_names())
    for unsayable in ("$", "http", "`", "-->", "kiln.", "graph.svg", "[!", "- ["):
        assert unsayable not in scene.narration


def test_the_readme_promises_just_these() -> None:
    page = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (rows,) = re.findall(r"\| In the document \|.*\n\|.*\n((?:\|.*\n)+)", page)
    promised = [[cell.strip() for cell in row.split("|")[1:3]] for row in rows.splitlines()]
    for (name, (_, kind)), (text, becomes) in zip(CONSTRUCTS.items(), promised, strict=True):
        assert text.startswith(name)
        assert becomes == f"`{kind}`"


def test_commands_come_with_what_is_said_of_them() -> None:
    lead = "`kiln new` makes a folder with a page in it. Then, `kiln bake` turns that folder into a whole site:"
    scene = only(f"{lead}\n\n```sh\nkiln new site --plain\nkiln bake site\n```")
    assert isinstance(scene.content, Command)
    assert [entry.command for entry in scene.content.commands] == ["kiln new site --plain", "kiln bake site"]
    words = scene.narration.split()
    assert scene.cues["command:0"] <= 2
    assert words[scene.cues["command:1"] :][:3] == ["kiln", "bake", "turns"]


def test_comments_between_commands_are_said_with_them() -> None:
    scene = only("```bash\n# Bake it into one folder\nkiln bake\n# Then copy it to the server\nrsync -a . a:b\n```")
    assert isinstance(scene.content, Command)
    assert [entry.command for entry in scene.content.commands] == ["kiln bake", "rsync -a . a:b"]
    assert "Bake it into one folder. Then copy it to the server." in scene.narration
    assert scene.narration.split()[scene.cues["command:1"]] == "Then"


def test_a_comment_that_cannot_be_said_stays_to_be_read() -> None:
    scene = only("This is how it is done, in two ways:\n\n```bash\nkiln bake\n# or\nkiln b\n```")
    assert isinstance(scene.content, Code)
    assert "# or" in scene.content.code


def test_a_scene_lasts_until_its_last_command_is_typed() -> None:
    scene = only(f"Bake it, and then clean up after it:\n\n```sh\nkiln bake\nkiln clean {'--all-of-it ' * 6}\n```")
    assert isinstance(scene.content, Command)
    after = len(scene.narration.split()) - scene.cues["command:1"]
    assert scene.pause_after + after * 60 / 155 >= 3.1
    assert only("```sh\nkiln bake\n```\n\nThe pages are then in the folder, ready for any server.").pause_after == 0.35


def test_a_session_at_the_python_prompt_is_followed() -> None:
    session = ">>> import kiln\n>>> page = kiln.bake('a')\n>>> page.size\n12\n>>> page.title()\n'A'"
    scene = only(f"```python\n{session}\n```")
    assert isinstance(scene.content, Command)
    assert scene.content.prompt == ">>>"
    assert scene.narration.endswith("It imports kiln, calls bake, and then looks at the size and the title.")
    words = scene.narration.split()
    assert "size" in words[scene.cues["command:2"] :][:3]


def test_a_long_answer_is_one_page_and_more_commands_than_two_pages_hold_are_left_out() -> None:
    answer = "\n".join(f"page {at} of the site" for at in range(40))
    script = made(
        f"## Every day\n\n{LEAD}\n\n```console\n" + "".join(f"$ kiln show {at}\n{answer}\n" for at in "abc") + "```"
    )
    scene = next(scene for scene in script.scenes if scene.kind == "command")
    assert isinstance(scene.content, Command)
    assert len(scene.content.commands) == 2
    assert '"Every day" leaves out 1 of 3 commands' in script.metadata["left_out"]


def test_a_change_says_how_much_changes() -> None:
    change = " import kiln\n-kiln.make()\n+kiln.bake()"
    scene = only(f"```diff\n--- a/site.py\n+++ b/site.py\n@@ -1,2 +1,2 @@\n{change}\n```")
    assert isinstance(scene.content, CodeComparison)
    assert scene.content.language == "python"
    assert "This is how it was before, and this is how it is now." in scene.narration
    assert scene.narration.endswith("Only one line changes.")
    assert scene.narration.split()[scene.cues["after"]] == "and"


def test_a_change_of_several_files_is_a_listing() -> None:
    text = "".join(f"--- a/{name}\n+++ b/{name}\n@@ -1 +1 @@\n-one\n+two\n" for name in ("a.py", "b.py"))
    assert only(f"Both of the files change in the same way:\n\n```diff\n{text}```").kind == "code"


def test_boxes_come_when_they_are_named() -> None:
    scene = only(f"Text is looked at first:\n\n```mermaid\n---\ntitle: The way\n---\n{FLOW}\n```")
    assert isinstance(scene.content, Diagram)
    assert scene.content.caption == "The way"
    assert "title:" not in scene.content.source
    assert scene.narration == "Text is looked at first. From text, the arrows lead to site and store."
    assert scene.cues["node:0"] == 0
    places = [scene.cues[f"node:{at}"] for at in range(4)]
    words = scene.narration.split()
    assert places == sorted(set(places))
    assert "site" in words[places[3] :][:4]
    assert len(words) - places[3] >= 3


def test_a_chain_is_walked_along() -> None:
    scene = only("```dot\ndigraph { Read -> Bake -> Check -> Serve }\n```")
    assert scene.narration.endswith("From read, the arrows lead to bake, then to check, and at last to serve.")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("sequenceDiagram\n  A->>B: hello", "sequenceDiagram is not drawn; of Mermaid flowcharts are"),
        ("flowchart LR\n  a --> b[", "line 2, column 10 of the diagram: "),
        ("flowchart LR\n" + "\n".join(f"  a{at} --> a{at + 1}" for at in range(20)), "it has 21 boxes; at most 14"),
        (f"flowchart LR\n  a[{'long ' * 60}] --> b[{'long ' * 60}]", "its boxes are too many, or its labels too long"),
    ],
)  # fmt: skip
def test_a_diagram_that_cannot_be_shown_is_left_out_with_a_warning(source: str, why: str) -> None:
    script = made(f"## Every day\n\nKiln bakes every page once.\n\n```mermaid\n{source}\n```")
    (warning,) = script.validation_warnings
    assert warning.startswith(f"README.md:9: left out a diagram: {why}")
    assert [scene.kind for scene in script.scenes] == ["title", "bullets", "outro"]


def test_what_fits_a_wide_page_may_not_fit_a_square_one() -> None:
    source = "flowchart LR\n" + "\n".join(f"  a{at}[Step number {at}] --> a{at + 1}" for at in range(5))
    text = f"## Every day\n\nKiln goes step by step:\n\n```mermaid\n{source}\n```"
    assert not made(text).validation_warnings
    assert made(text, aspect="1:1").validation_warnings


def test_terms_and_what_is_said_of_them() -> None:
    scene = only(CONSTRUCTS["a list of terms"][0])
    assert isinstance(scene.content, Listing)
    assert scene.content.items == ["Fast", "Plain", "Small"]
    assert "Fast: nothing is done twice. Plain: templates are HTML." in scene.narration
    words = scene.narration.split()
    assert words[scene.cues["item:1"]] == "Plain:"


def test_a_numbered_list_of_things_stays_a_list() -> None:
    scene = only("1. The oven for pages\n2. The shelf for themes\n3. The door for visitors")
    assert isinstance(scene.content, Bullets)
    assert scene.content.ordered


def test_numbers_go_on_over_several_slides() -> None:
    script = made("## Every day\n\n" + "".join(f"{at}. Bake page number {at} of the site\n" for at in range(1, 9)))
    shown = [scene.content for scene in script.scenes if isinstance(scene.content, (Bullets, Steps))]
    assert [(content.ordered, content.start) for content in shown if isinstance(content, Bullets)] == [
        (True, 1),
        (True, 5),
    ]


def test_steps_come_one_after_the_other() -> None:
    scene = only(CONSTRUCTS["a numbered list"][0])
    assert isinstance(scene.content, Steps)
    assert scene.narration == (
        "First, create a folder for the pages. After that, write a page in it. Finally, run the build."
    )
    words = scene.narration.split()
    assert [words[scene.cues[f"step:{at}"]] for at in range(3)] == ["create", "write", "run"]


def test_what_is_done_comes_before_what_is_not() -> None:
    scene = only(CONSTRUCTS["a task list"][0])
    assert isinstance(scene.content, Bullets)
    assert scene.content.items == ["Themes", "A live preview", "Translations"]
    assert scene.content.checked == [True, True, False]
    assert "Already done: themes and pages, and a live preview. Still to come: " in scene.narration


def test_rows_are_marked_where_all_are_told() -> None:
    scene = only(CONSTRUCTS["a table"][0])
    assert isinstance(scene.content, Table)
    assert scene.content.highlight == "spoken"
    assert scene.narration.split()[scene.cues["row:0"]] == "Ten"
    long = "| Site | Seconds |\n|---|---|\n" + "".join(f"| {at} pages | 0.{at} |\n" for at in range(1, 8))
    scene = only(long)
    assert isinstance(scene.content, Table)
    assert scene.content.highlight is None


def test_a_drawing_is_a_picture(tmp_path: Path) -> None:
    (tmp_path / "graph.svg").write_text(DRAWING)
    scene = only(CONSTRUCTS["a picture"][0], tmp_path)
    assert isinstance(scene.content, Image)
    assert scene.content.path == "graph.svg"
    assert scene.narration.endswith("Here you see the pages of a site and what each is baked from.")


def test_a_short_callout_is_said_over_what_is_shown() -> None:
    script = made("## Every day\n\nKiln bakes every page once, and it remembers it.\n\n> [!NOTE]\n> Mind the cache.")
    assert "callout" not in {scene.kind for scene in script.scenes}
    assert any("Mind the cache." in scene.narration for scene in script.scenes)


def test_lines_are_marked_as_they_are_spoken_of() -> None:
    listing = "import kiln\n\n@kiln.page\ndef bake(page):\n    return page\n\nif __name__ == '__main__':\n    bake('a')"
    scene = only(f"Here is a small one:\n\n```python\n{listing}\n```")
    assert isinstance(scene.content, Code)
    assert [(step.word, step.lines) for step in scene.content.highlight] == [
        ("imports", "1"),
        ("defines", "3-5"),
        ("runs", "7-8"),
    ]
    words = scene.narration.split()
    assert words[scene.cues["step:0"]] == "imports"
    assert words[scene.cues["step:2"]] == "runs"
    long = f"{LEAD[:-1]}, and it does not matter what is in there, how much of it there is, or who has written it:"
    told = only(f"{long}\n\n```python\n{listing}\n```")
    assert isinstance(told.content, Code)
    assert not told.content.highlight


def test_what_leads_to_what_is_not_shown_is_not_said() -> None:
    scene = only("Kiln bakes every page once, and then it remembers what it has baked. Now let's see a few more.")
    assert "see a few more" not in scene.narration


def test_a_question_is_asked_before_it_is_answered() -> None:
    asked = "## Is Loam ready for the year 2038?\n\nYes, Loam keeps every date in sixty-four bits and never in fewer.\n"
    scene = only(asked)
    assert scene.narration.startswith("Is Loam ready for the year 2038? Yes, Loam keeps every date")
    said = "## Is Loam fast?\n\nIs Loam fast? It makes a page in a tenth of a second, with every picture in it.\n"
    assert only(said).narration.count("Is Loam fast?") == 1
