"""Questions to a person at a terminal, one at a time: text, numbers, choices, yes or no, lists."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from videogen.build.wizard import Question

BACK, NOTHING, SEVERAL = "<", "-", '"""'
"""What a line means that is only that: go back; take it away; several lines follow, until it stands again."""

Changed = Callable[[list[Any]], str | None]
"""Told of a list that has another entry, or one fewer: says what is wrong with it, and else keeps it."""


class Back(Exception):
    """A person goes back to what was asked before."""


def ask(console: Console, question: Question, known: Any, changed: Changed) -> Any:
    """The answer to a question, of which an earlier one may be `known`; None to have what there is without one.

    Raises Back, KeyboardInterrupt, and EOFError where the terminal has gone.
    """
    if question.type == "list":
        entries = list(known or ())
        return _records(console, question, entries, changed) if question.fields else _lines(console, entries, changed)
    return _value(console, question, known)


def hint(question: Question, known: Any) -> str:
    """What can be typed."""
    if question.type == "list":
        each = "one after the other" if question.fields else "one a line"
        end = "Enter alone ends the list" if known else "Enter: none" if not question.needed else "at least one"
        return f"{each}; {end}" + (f"; {NOTHING} takes the last away" if known else "")
    shown = {True: "yes", False: "no", "": "none"}.get(_first(known, question.default), _first(known, question.default))
    kind = {"number": "a number", "flag": "yes or no"}.get(question.type, "")
    keeps = f"Enter: {shorter(str(shown))}" if known is not None or not question.needed else ""
    away = f"{NOTHING} takes it away" if known is not None and not question.needed else ""
    return "; ".join(filter(None, (kind, keeps, away)))


def parsed(question_type: str, choices: Sequence[str], text: str) -> tuple[Any, str]:
    """A line as an answer, and what is wrong with it, "" if nothing is.

    >>> parsed("number", [], "2.5"), parsed("flag", [], "y"), parsed("text", ["red", "green"], "2")
    ((2.5, ''), (True, ''), ('green', ''))
    >>> parsed("flag", [], "perhaps")
    (None, 'answer yes or no')
    """
    if question_type == "number":
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return None, f'"{shorter(text)}" is not a number'
        return (int(number) if number.is_integer() else number, "") if abs(number) < 1e15 else (None, "it is too large")
    if question_type == "flag":
        word = text.lower()
        found = next((truth for truth, name in ((True, "yes"), (False, "no")) if name.startswith(word)), None)
        return found, "" if found is not None else "answer yes or no"
    if choices:
        if text.isdecimal() and 1 <= int(text) <= len(choices):
            return choices[int(text) - 1], ""
        if text.lower() in choices:
            return text.lower(), ""
        close = difflib.get_close_matches(text.lower(), choices, 1)
        meant = f'; did you mean "{close[0]}"?' if close else f"; give a number, 1 to {len(choices)}, or a name"
        return None, f'there is no "{shorter(text)}"{meant}'
    return text, ""


def shorter(text: str, most: int = 50) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def read_line(prompt: str = "> ") -> str:
    """What a person types: a line, or the lines between two that have only three quotes. Raises Back."""
    text = _printable(input(prompt)).strip()
    if text == BACK:
        raise Back
    if not text.startswith(SEVERAL):
        return text
    lines = [text[len(SEVERAL) :]]
    while not lines[-1].rstrip().endswith(SEVERAL) or lines == [""]:
        lines.append(_printable(input("  ")))
    lines[-1] = lines[-1].rstrip()[: -len(SEVERAL)]
    return "\n".join(lines).strip("\n").rstrip()


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char == "\t")


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _value(console: Console, question: Question, known: Any) -> Any:
    for number, choice in enumerate(question.choices, 1):
        console.print(f"{number:3}  {choice}")
    while True:
        text = read_line()
        if not text and known is not None:
            return known
        if not question.needed and text in ("", NOTHING):
            return None
        if not text:
            wrong(console, "an answer is needed here")
            continue
        value, problem = parsed(question.type, question.choices, text)
        if not problem:
            return value
        wrong(console, problem)


def _lines(console: Console, entries: list[Any], changed: Changed) -> list[Any]:
    """A list of texts."""
    while True:
        text = read_line(f"{len(entries) + 1}> ")
        if not text:
            return entries
        if text == NOTHING and entries:
            entries = entries[:-1]
            changed(entries)
            continue
        problem = changed([*entries, text])
        if problem:
            wrong(console, problem)
        else:
            entries = [*entries, text]


def _records(console: Console, question: Question, entries: list[Any], changed: Changed) -> list[Any]:
    """A list of entries with fields."""
    entry: dict[str, Any] = {}
    while True:
        found = _record(console, question, len(entries) + 1, entry)
        if not found:
            return entries
        if found == {NOTHING: NOTHING}:
            entries, entry = entries[:-1], {}
            changed(entries)
            continue
        problem = changed([*entries, found])
        if problem:
            wrong(console, f"{problem}; what you gave is kept, Enter goes on")
            entry = found
        else:
            entries, entry = [*entries, found], {}


def _record(console: Console, question: Question, number: int, known: dict[str, Any]) -> dict[str, Any]:
    """One entry; an empty one ends the list."""
    entry, names, at = dict(known), list(question.fields), 0
    while at < len(names):
        name = names[at]
        part = question.fields[name]
        if part.when and part.when not in entry:
            entry.pop(name, None)
            at += 1
            continue
        needed = name in question.fields_needed
        keeps = f"; Enter: {shorter(str(entry[name]))}" if name in entry else "" if needed else "; Enter: none"
        first = at == 0 and not entry
        ends = "; Enter ends the list" if first and (number > 1 or not question.needed) else ""
        console.print(f"{number}. {name}: {part.description}{ends or keeps}", style="cyan")
        try:
            if part.type == "list":
                found: Any = _lines(console, entry.get(name, []), lambda _: None)
            else:
                found = read_line("   > ")
        except Back:
            if at == 0:
                raise
            whens = [question.fields[before].when for before in names[:at]]
            at = max(before for before, when in enumerate(whens) if not when or when in entry)
            continue
        if first and found in ("", NOTHING):
            return {NOTHING: NOTHING} if found == NOTHING and number > 1 else {}
        if found in ("", []) and name in entry:
            found = entry[name]
        if found in ("", NOTHING, []):
            if needed:
                wrong(console, "it is needed in every entry")
                continue
            entry.pop(name, None)
        else:
            entry[name] = found
        at += 1
    return {name: entry[name] for name in names if name in entry}


def wrong(console: Console, message: str) -> None:
    """Say that an answer will not do."""
    console.print(message[:1].upper() + message[1:], style="yellow")
