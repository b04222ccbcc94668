"""The wizard in a real terminal, of which the screen is read; and its answers from a file."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from studio import Studio

from videogen.inputs.project import load_project

pexpect = pytest.importorskip("pexpect", reason="needs a pseudo-terminal")
pyte = pytest.importorskip("pyte")

ANSWERS = """\
template: tutorial
responses:
  title: Make a film
  goal: You have a film in the end.
  steps:
    - {title: Install it, narration: Install it with pip. One line is enough., command: pip install videogen}
"""


class Terminal:
    """The wizard at a terminal, and what is to be seen there."""

    def __init__(self, studio: Studio, *arguments: str, columns: int = 90, rows: int = 40, kind: str = "xterm") -> None:
        self.written = ""
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "videogen", "wizard", *arguments],
            cwd=str(studio.folder),
            env={**studio.environment(), "TERM": kind, "COLUMNS": str(columns), "LINES": str(rows)},
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=60,
            # a terminal's shell hands its programs Ctrl-C, also where these tests are run in a background job without
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def until(self, wanted: object) -> str:
        """What is to be seen once this has been written."""
        self.child.expect_exact(wanted)
        after = self.child.after
        written = self.child.before + (after if isinstance(after, str) else "")
        self.written += written
        self.stream.feed(written)
        return self.shown

    @property
    def shown(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display).strip()

    def type(self, *lines: str, then: str = "> ") -> str:
        """Answer, line by line; what is to be seen then."""
        for line in lines:
            self.child.sendline(line)
            self.until("\r\n")  # the echo
            shown = self.until(then)
        return shown

    def end(self) -> int:
        """The exit code."""
        self.until(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path)


@pytest.fixture
def terminal(studio: Studio) -> Iterator[Terminal]:
    found = Terminal(studio, "talk")
    found.until("> ")
    yield found
    found.child.close(force=True)


def draft(studio: Studio) -> dict:
    return json.loads((studio.project.parent / ".talk.wizard.json").read_text())


def test_a_film_by_answers_and_defaults_is_the_one_of_the_file(studio: Studio, terminal: Terminal) -> None:
    assert "1  tutorial         How to do one thing, step by step" in terminal.shown
    shown = terminal.type("")
    assert "talk: tutorial, 1 of 6" in shown
    assert "What is done, such as Deploy a site" in shown
    shown = terminal.type("Make a film", "You have a film in the end.")
    assert "1  title    Make a film  6 s" in shown
    assert "What has to be there first\none a line; Enter: none" in shown
    shown = terminal.type("", "Install it", "Install it with pip. One line is enough.", "pip install videogen", "")
    assert "2. title" not in shown  # its code is still asked
    shown = terminal.type("")
    assert "2  command  Install it   5 s" in shown
    assert "Enter alone ends the list" in shown
    shown = terminal.type("", "", "")
    assert "Write projects/talk.yaml?" in shown
    terminal.child.sendline("")
    assert terminal.end() == 0
    assert "projects/talk.yaml\nnext: `video-gen create talk --draft`" in terminal.shown

    (studio.folder / "answers.yaml").write_text(ANSWERS)
    made = studio.video_gen("wizard", "other", "--answers", "answers.yaml")
    assert (made.code, made.out) == (0, "projects/other.yaml\n")
    other = studio.project.with_name("other.yaml").read_text()
    assert studio.project.read_text() == other.replace("create other", "create talk")
    assert sorted(path.name for path in studio.project.parent.iterdir()) == [
        "other.yaml",
        "project.schema.json",
        "talk.yaml",
    ]
    assert studio.video_gen("validate", "talk").code == 0


def test_ctrl_c_keeps_everything_and_the_same_command_goes_on(studio: Studio, terminal: Terminal) -> None:
    terminal.type("tutorial", "Make a film", "You have one.", "A text", "Time")
    terminal.child.sendintr()
    assert terminal.end() == 130
    assert "kept: `video-gen wizard talk` goes on" in terminal.shown
    assert "Traceback" not in terminal.shown
    assert draft(studio)["responses"] == {"title": "Make a film", "goal": "You have one.", "needs": ["A text", "Time"]}
    assert not studio.project.exists()
    again = Terminal(studio, "talk")
    shown = again.until("> ")
    assert "going on where you stopped" in shown.lower()
    assert "talk: tutorial, 3 of 6" in shown
    assert "2  bullets  What you need" in shown
    assert shown.endswith("3>")
    again.child.sendeof()
    assert again.end() == 130


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGHUP])
def test_another_signal_does_so_too(studio: Studio, terminal: Terminal, stop: int) -> None:
    terminal.type("overview", "Kettle")
    terminal.child.kill(stop)
    assert terminal.end() == 130
    assert draft(studio) == {"at": "promise", "template": "overview", "responses": {"name": "Kettle"}}


def test_nothing_is_written_where_nothing_was_answered(studio: Studio, terminal: Terminal) -> None:
    terminal.child.sendintr()
    assert terminal.end() == 130
    assert "nothing is written" in terminal.shown
    assert not studio.project.parent.exists()


def test_one_can_go_back_as_far_as_to_another_template(studio: Studio, terminal: Terminal) -> None:
    terminal.type("", "Make a fim", "You have one.")
    shown = terminal.type("<", "<")
    assert "Enter: Make a fim" in shown
    assert "Make a film" in terminal.type("Make a film")
    shown = terminal.type("", "", "Install it", "Install it with pip.")
    assert "1. command" in shown
    shown = terminal.type("<")
    assert "Enter: Install it with pip." in shown.splitlines()[-2]
    terminal.type("Take pip.", "pip install videogen", "", "")
    assert draft(studio)["responses"]["steps"][0]["narration"] == "Take pip."
    assert draft(studio)["responses"]["goal"] == "You have one."
    shown = terminal.type("<", "<", "<", "<")
    assert "What kind of film is it?" in shown
    shown = terminal.type("8")
    assert "talk: custom, 1 of 9" in shown


def test_entries_can_be_taken_away(studio: Studio, terminal: Terminal) -> None:
    terminal.type("release-notes", "Kettle", "2.0", "", "One", "", "Two", "")
    assert [each["text"] for each in draft(studio)["responses"]["highlights"]] == ["One", "Two"]
    shown = terminal.type("-")
    assert "2. text: the point in a few words; Enter ends the list" in shown
    assert draft(studio)["responses"]["highlights"] == [{"text": "One"}]


def test_wrong_answers_are_asked_for_again(studio: Studio, terminal: Terminal) -> None:
    assert 'There is no "tutrial"; did you mean "tutorial"?' in terminal.type("tutrial")
    assert "give a number, 1 to 8, or a name" in terminal.type("99")
    terminal.type("custom")
    assert "An answer is needed here" in terminal.type("")
    shown = terminal.type("a" * 250)
    assert "`title` has 250 characters; at most 200 are allowed; shorten it" in " ".join(shown.split())
    terminal.type("Tea", "", "There are teas.")
    assert "It is needed in every entry" in terminal.type("Green", "")
    terminal.type("Green tea.", "Two minutes", "", "", "", "", "", "")
    shown = terminal.type("papr")
    assert 'There is no "papr"; did you mean "paper"?' in shown
    terminal.type("9", "2")
    assert "Answer yes or no" in terminal.type("perhaps")
    shown = terminal.type("y")
    assert "Write projects/talk.yaml?" in shown
    assert draft(studio)["responses"]["theme"] == "paper"
    terminal.child.sendline("n")
    assert terminal.end() == 130
    assert draft(studio)["at"] == "."


def test_several_lines_and_every_script(studio: Studio, terminal: Terminal) -> None:
    terminal.type("custom", "Téa für alle: 茶 🍵", "", "Здравствуй, мир.", "Code", "This is code.", "")
    terminal.type('"""', "if tea:", '    print("  drink")', then="  ")
    terminal.type('"""', "python", "")
    terminal.type("", "", "", "", "", "")
    assert "Téa für alle: 茶" in terminal.shown
    terminal.child.sendline("")
    assert terminal.end() == 0
    scenes = load_project(studio.project).scenes
    assert scenes is not None
    assert scenes[0].content["title"] == "Téa für alle: 茶 🍵"
    assert scenes[0].narration == "Здравствуй, мир."
    assert scenes[1].content["code"] == 'if tea:\n    print("  drink")'


def test_a_narrow_and_low_terminal_is_enough(studio: Studio) -> None:
    terminal = Terminal(studio, "talk", columns=40, rows=16)
    terminal.until("> ")
    terminal.type("", "A title that is much too long for so narrow a terminal as this", "You have one.", "A text", "")
    for number in range(3):
        terminal.type(f"Step {number}", "Do it.", "", "")
    shown = terminal.shown
    assert re.search(r"^5  Step 2 +5 s$", shown, re.M)
    assert re.search(r"^6  A title that is much .*…  5 s$", shown, re.M)
    assert "scenes above" in shown
    assert max(map(len, shown.splitlines())) <= 40
    assert len(shown.splitlines()) <= 16
    terminal.child.close(force=True)


def test_a_plain_terminal_is_enough(studio: Studio) -> None:
    terminal = Terminal(studio, "talk", kind="dumb")
    terminal.until("> ")
    shown = terminal.type("comparison", "Which one?", "make")
    assert "make or …?" in shown
    assert "\x1b" not in terminal.written.replace("\x1b[?2004", "")
    assert "The name of the one" in shown  # nothing is wiped away
    terminal.child.close(force=True)


def test_a_project_that_is_there_is_replaced_only_if_a_person_says_so(studio: Studio) -> None:
    studio.project.parent.mkdir()
    studio.project.write_text("title: Mine\n")
    (studio.folder / "answers.yaml").write_text(ANSWERS)
    refused = studio.video_gen("wizard", "talk", "--answers", "answers.yaml")
    assert refused.code == 2
    assert refused.err == "error: projects/talk.yaml exists already; choose another name, or add --force\n"
    at_the_end = {"at": ".", **yaml.safe_load(ANSWERS)}
    (studio.project.parent / ".talk.wizard.json").write_text(json.dumps(at_the_end))
    terminal = Terminal(studio, "talk")
    assert "projects/talk.yaml is there already. Replace it?" in terminal.until("> ")
    terminal.child.sendline("")
    assert terminal.end() == 130
    assert studio.project.read_text() == "title: Mine\n"
    terminal = Terminal(studio, "talk")
    terminal.until("> ")
    terminal.child.sendline("yes")
    assert terminal.end() == 0
    assert load_project(studio.project).title == "Make a film"
    (studio.folder / "answers.yaml").write_text(ANSWERS.replace("Make a film", "Another"))
    assert studio.video_gen("wizard", "talk", "--answers", "answers.yaml", "--force").code == 0
    assert load_project(studio.project).title == "Another"


def test_it_begins_anew_when_asked_or_when_its_draft_is_broken(studio: Studio) -> None:
    studio.project.parent.mkdir()
    file = studio.project.parent / ".talk.wizard.json"
    file.write_text('{"at": "goal", "template": "tut')
    broken = Terminal(studio, "talk")
    assert broken.end() == 2
    said = broken.shown.replace("\n", "")
    assert "this draft cannot be gone on with; begin anew: `video-gen wizard talk --restart`" in said
    terminal = Terminal(studio, "talk", "--restart")
    assert "What kind of film is it?" in terminal.until("> ")
    assert not file.exists()
    terminal.child.close(force=True)


def test_without_a_terminal_it_says_what_to_do(studio: Studio) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "videogen", "wizard", "talk"],
        cwd=studio.folder,
        env=studio.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "add --answers FILE" in done.stderr
    assert studio.video_gen("wizard", "No Good", "--answers", "a.yaml").code == 2


def test_wrong_answers_in_a_file_write_nothing(studio: Studio) -> None:
    (studio.folder / "answers.yaml").write_text(ANSWERS.replace("goal", "gaol"))
    refused = studio.video_gen("wizard", "talk", "--answers", "answers.yaml")
    assert refused.code == 2
    assert 'error: answers.yaml:4:3: the template has no variable "gaol"; did you mean "goal"?' in refused.err
    assert not studio.project.exists()
