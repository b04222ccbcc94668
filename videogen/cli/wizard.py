"""`wizard`: a project by answering questions, with the film's outline growing on the way."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from videogen.cli.asking import BACK, SEVERAL, Back, ask, hint, parsed, read_line, wrong
from videogen.model.errors import Exit, ValidationError

if TYPE_CHECKING:
    from rich.console import Console

    from videogen.build.wizard import Sketch, WizardInput


@click.command()
@click.argument("name")
@click.option(
    "--answers", type=click.Path(dir_okay=False), help="Ask nothing: a YAML file with `template` and `responses`."
)
@click.option("--restart", is_flag=True, help="Forget the answers so far.")
@click.option("--force", is_flag=True, help="Replace a project of that name without asking.")
def wizard(name: str, answers: str | None, restart: bool, force: bool) -> None:
    """Write projects/NAME.yaml by answering questions.

    The film's outline is shown all the time. Every answer is kept at once: stop with Ctrl-C, and the same command goes
    on. A line with only < goes back.

    \b
      video-gen wizard talk
      video-gen wizard talk --answers answers.yaml
    """
    from pathlib import Path

    from videogen.build.projects import project_file
    from videogen.build.wizard import discard_draft, finish, read_answers

    file = project_file(name)
    if answers is not None:
        given = read_answers(Path(answers))
    elif not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ValidationError(
            "the wizard asks at a terminal, and here is none",
            hint="write the answers into a file with `template` and `responses`, and add --answers FILE",
        )
    else:
        if restart:
            discard_draft(name)
        given = _asked(name, replace=force or not file.exists())
        force = True  # it was asked
    click.echo(finish(name, given, replace=force))
    click.echo(f"next: `video-gen create {name} --draft` shows it in seconds, without a voice", err=True)
    click.echo(f"      `video-gen create {name}` makes the film; {file.as_posix()} is yours to edit", err=True)


def _asked(name: str, *, replace: bool) -> WizardInput:
    """The answers of a person. Ends the process, with everything kept, when that is interrupted."""
    from rich.console import Console

    from videogen.build.wizard import draft_file

    def stop(number: int, frame: Any) -> None:
        raise KeyboardInterrupt

    for each in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, each):
            signal.signal(getattr(signal, each), stop)
    console = Console(markup=False, highlight=False)
    try:
        return _converse(console, name, replace)
    except (KeyboardInterrupt, EOFError):
        kept = f"kept: `video-gen wizard {name}` goes on" if os.path.exists(draft_file(name)) else "nothing is written"
        try:
            console.print(f"\n{kept}")
        finally:  # the terminal may be gone
            os._exit(int(Exit.INTERRUPTED))


def _converse(console: Console, name: str, replace: bool) -> WizardInput:
    from videogen.build.wizard import known_draft, questions

    found = known_draft(name)
    given, at = found or (_template(console, name, None), "")
    note = "going on where you stopped" if found else ""
    session = _Session(console, name, given)
    while True:
        names = [question.name for question in questions(session.given)]
        place = len(names) if at == _DONE else names.index(at) if at in names else 0
        try:
            if place == len(names):
                if not _agreed(session, replace):
                    raise KeyboardInterrupt
                return session.given
            note = _put(session, place, note)
        except Back:
            note = ""
            if place == 0:
                session.given = _template(console, name, session.given)
            at = names[max(place - 1, 0)]
            continue
        if note:
            at = names[place]
            continue
        after = [question.name for question in questions(session.given)]
        at = next((each for each in after[after.index(names[place]) + 1 :]), _DONE)
        session.keep(at)


@dataclass
class _Session:
    """A conversation: at which terminal, about which project, and what is known."""

    console: Console
    name: str
    given: WizardInput

    def keep(self, at: str) -> None:
        """Write the draft, with what is asked next."""
        from videogen.build.wizard import save_draft

        save_draft(self.name, self.given, at)


def _put(session: _Session, place: int, note: str) -> str:
    """Ask one question, and take the answer; says what is wrong with it, "" if nothing is. Raises Back."""
    from videogen.build.wizard import complaint, questions

    question, count = questions(session.given)[place], len(questions(session.given))
    step = f"{place + 1} of {count}"

    def show(known: Any, note: str = "") -> None:
        _screen(session, step, note)
        session.console.print(question.text[:1].upper() + question.text[1:], style="bold")
        session.console.print(hint(question, known) or "an answer is needed", style="dim")

    def changed(entries: list[Any]) -> str | None:
        new = _with(session.given, question.name, entries)
        grows = len(entries) > len(session.given.responses.get(question.name, ()))
        if grows and (problem := complaint(new, session.given)):
            return _said(problem)
        session.given = new
        session.keep(question.name)
        show(entries)
        return None

    known = session.given.responses.get(question.name)
    show(known, note)
    answer = ask(session.console, question, known, changed)
    if question.type == "list":
        if question.needed and not answer:
            return "at least one is needed here"
        session.given = _with(session.given, question.name, answer or None)
        return ""
    new = _with(session.given, question.name, answer)
    if problem := complaint(new, session.given):
        return _said(problem)
    session.given = new
    return ""


_DONE = "."
"""Instead of a question's name: all is answered."""


def _with(given: WizardInput, name: str, value: Any) -> WizardInput:
    from videogen.build.wizard import WizardInput

    others = {key: known for key, known in given.responses.items() if key != name}
    return WizardInput(template=given.template, responses=others if value is None else {**others, name: value})


def _said(problem: Exception) -> str:
    return str(problem).splitlines()[0]


def _template(console: Console, name: str, given: WizardInput | None) -> WizardInput:
    """The template that a person chooses; answers stay where it is the same."""
    from rich.table import Table

    from videogen.build.wizard import WizardInput, offered

    names = list(offered())
    known = given.template if given else names[0]
    _clear(console)
    console.print(f"A film called {name}. What kind of film is it?\n", style="bold")
    table = Table.grid(padding=(0, 2))
    for number, (each, about) in enumerate(offered().items(), 1):
        table.add_row(str(number), each, about)
    console.print(table)
    console.print(f"\na number or a name; Enter: {known}", style="dim")
    while True:
        try:
            text = read_line() or known
        except Back:
            continue
        value, problem = parsed("text", names, text)
        if not problem:
            return given if given and value == given.template else WizardInput(template=value)
        wrong(console, problem)


def _agreed(session: _Session, replace: bool) -> bool:
    """Whether the project is to be written. Raises Back."""
    _screen(session, "done", "")
    console, there = session.console, f"projects/{session.name}.yaml"
    question, usual = (f"Write {there}?", "yes") if replace else (f"{there} is there already. Replace it?", "no")
    console.print(question, style="bold")
    console.print(f"yes or no; Enter: {usual}", style="dim")
    while True:
        value, problem = parsed("flag", [], read_line() or usual)
        if not problem:
            return bool(value)
        wrong(console, problem)


def _clear(console: Console) -> None:
    if console.is_terminal and not console.is_dumb_terminal:
        console.clear()


def _screen(session: _Session, step: str, note: str) -> None:
    """The outline so far, above what is asked next."""
    from videogen.build.wizard import sketch

    console = session.console
    _clear(console)
    found = sketch(session.given)
    console.print(f"{session.name}: {session.given.template}, {step}", style="dim")
    _outline(console, found)
    console.print(
        f"{BACK} goes back; {SEVERAL} begins and ends several lines; Ctrl-C stops, all is kept\n", style="dim"
    )
    if note:
        wrong(console, note)


def _outline(console: Console, found: Sketch) -> None:
    from rich.table import Table

    console.print(f"\n{found.title}", style="bold")
    room = max(3, console.height - 14)
    hidden = max(0, len(found.scenes) - room)
    if hidden:
        console.print(f"     {hidden} scenes above", style="dim")
    wide = console.width >= 60
    beside = 12 + (2 + max(len(scene.kind) for scene in found.scenes) if wide else 0)
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="dim", no_wrap=True)
    if wide:
        table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=max(8, console.width - beside))
    table.add_column(justify="right", no_wrap=True)
    for number, scene in list(enumerate(found.scenes, 1))[hidden:]:
        kind = [scene.kind] if wide else []
        table.add_row(str(number), *kind, scene.title, f"{scene.seconds:.0f} s")
    console.print(table)
    console.print(f"about {found.seconds:.0f} s\n", style="dim")
