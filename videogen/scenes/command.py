"""Commands that are typed, each with its output after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from videogen.model.kinds import Command
from videogen.model.kinds.code import Typed
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape, Text
from videogen.scenes.highlight import Token, printed, tokens
from videogen.scenes.page import DoesNotFit, Page
from videogen.scenes.pages import shares
from videogen.scenes.panel import (
    FEW,
    STEPS,
    Panel,
    Row,
    Tokens,
    Type,
    bar_height,
    pad_width,
    panel,
    row_elements,
    rows_of,
    type_of,
)

EXAMPLE = """\
kind: command
content:
  header: A build that does nothing twice
  description: The second run finds everything up to date.
  commands:
    - command: doit
      output: |
        .  hello
        .  count
    - command: doit list
      output: |
        count   counts the words
        hello   says hello
"""

_DESCRIPTION = ((44, 1), (40, 2), (36, 3))
_LARGE_STEPS = ((80, 1.4), (72, 1.4), (64, 1.4), (60, 1.4), (56, 1.4))
"""Sizes and line heights that come first where there is little to show."""
_FOLDED = (40, 1.34)
"""The type in which an output is set of which a part is left out."""
_MOST_ROWS = 3
"""Rows that a line of an output may take; the rest of it is left out, with a mark."""
_PROMPTS = {">>>": "python", "...": "python", "PS>": "powershell", ">": "bat"}
"""What is typed at a prompt; a shell's commands at every other."""
_LETTER, _LEAST, _MOST = 0.05, 0.4, 2.4
"""Seconds that a letter takes to be typed, and a command at least and at most."""
_ANSWER, _LINE, _ANSWERED = 0.35, 0.06, 0.8
"""Seconds until the output begins, that a line of it takes, and all of it at most."""
_NEXT = 0.4
"""Seconds from the end of an output to the next prompt."""


@dataclass(frozen=True)
class _Entry:
    """A command and its output as rows; those of the command begin after the prompt."""

    typed: list[Row]
    output: list[Row]

    @property
    def rows(self) -> list[Row]:
        """All of them."""
        return [*self.typed, *self.output]


@dataclass(frozen=True)
class Session:
    """What is typed and printed at a terminal, as it is set; of the output `keep` says what stays if it is too long."""

    page: Page
    commands: Sequence[Typed]
    prompt: str
    keep: str = "both"

    @property
    def _indent(self) -> int:
        return len(self.prompt) + 1 if self.prompt else 0

    def fitted(self, width: int, room: int, fold: bool) -> tuple[Type, list[_Entry]]:
        """The largest type in which all fits unbroken, else the largest in which it fits; with `fold`, of a
        single command's output what fits.

        Raises DoesNotFit when that is not enough.
        """
        page = self.page
        little = sum(1 + len(printed(entry.output)) for entry in self.commands) <= FEW + 1
        steps = (*(_LARGE_STEPS if little else ()), *STEPS)
        # where lines have to be broken, larger type must not break them more often
        smallest = [row for entry in self._entries(type_of(page, *STEPS[-1]).columns(width)) for row in entry.rows]
        for most in (0, sum(row.continued for row in smallest)):
            for step, spacing in STEPS if most else steps:
                kind = type_of(page, step, spacing)
                entries = self._entries(kind.columns(width))
                broken = sum(row.continued for entry in entries for row in entry.rows)
                if self.height(entries, kind) <= room and broken <= most:
                    return kind, entries
        kind = type_of(page, *_FOLDED)
        entries = self._entries(kind.columns(width))
        if fold and len(entries) == 1 and (rows := room // kind.leading - len(entries[0].typed)) >= FEW:
            columns = kind.columns(width)
            return kind, [_Entry(entries[0].typed, _shortened(self.commands[0].output, columns, rows, self.keep))]
        field = "commands" if len(self.commands) > 1 or not self.commands[0].output else "output"
        kind = type_of(page, *STEPS[-1])
        needed = self.height(self._entries(kind.columns(width)), kind)
        raise page.does_not_fit(field, -(-needed // kind.leading), room // kind.leading)

    def _entries(self, columns: int) -> list[_Entry]:
        language = _PROMPTS.get(self.prompt, "bash")
        made: list[_Entry] = []
        for entry in self.commands:
            room = max(columns - self._indent, 8)
            typed = [row for line in tokens(entry.command, language) for row in rows_of(line, room)]
            output = [row for line in printed(entry.output) for row in _output_rows(line, columns)]
            made.append(_Entry(typed, output))
        return made

    def height(self, entries: Sequence[_Entry], kind: Type) -> int:
        """Pixels of all rows, with air between a command and the one before it."""
        rows = sum(len(entry.typed) + len(entry.output) for entry in entries)
        return rows * kind.leading + (len(entries) - 1) * self.air(kind)

    def air(self, kind: Type) -> int:
        """Pixels between an output and the next command."""
        return round(kind.leading * 0.4)

    def groups(self, on: Panel, kind: Type, entries: Sequence[_Entry]) -> list[Group]:
        """The prompt waits with a caret until its command is typed; then comes the output, and the next prompt."""
        page, y = self.page, on.top
        x = on.left + round(self._indent * kind.cell)
        groups: list[Group] = []
        carets: list[Group] = []
        ready = 0.0
        for index, entry in enumerate(entries):
            cue = f"command:{index}"
            after = f"command:{index + 1}" if index + 1 < len(entries) else "end"
            waits, since = ("start", 0.0) if index == 0 else (f"command:{index - 1}", ready)
            sign = self._prompt(on.left, y, kind)
            if sign:
                shown = Group(f"prompt-{index}", (sign,))
                if index:
                    shown = Group(f"prompt-{index}", (sign,), waits, since, 0.0, until=cue)
                groups.append(shown)
            carets.append(self._caret(index, x, y, kind, waits, since))
            ready = 0.0
            filled = [row for row in entry.typed if row.text.strip()]
            letters = sum(len(row.text.strip()) for row in filled)
            pace = min(max(letters * _LETTER, _LEAST), _MOST) / max(letters, 1)
            for number, row in enumerate(entry.typed):
                own = len(row.text.strip())
                if own:
                    elements = row_elements(row, page, x, y, kind)
                    groups.append(
                        Group(
                            f"{cue}-{number}".replace(":", "-"),
                            tuple(elements),
                            cue,
                            round(ready, 4),
                            round(own * pace, 4),
                            reveal="left",
                            steps=own,
                            until=after,
                        )
                    )
                    end = x + round(len(row.text.rstrip()) * kind.cell)
                    waits_for = _ANSWER if row is filled[-1] else 0.0
                    way = end - min(element.box[0] for element in elements)
                    times = (round(ready, 4), round(own * pace, 4), waits_for)
                    carets.append(self._typing((cue, after), number, (end, y), way, own, times, kind))
                    ready += own * pace
                y += kind.leading
            answer: list[Element] = []
            for row in entry.output:
                answer += row_elements(row, page, on.left, y, kind)
                y += kind.leading
            if answer:
                ready += _ANSWER
                lines = len(entry.output)
                took = min(lines * _LINE, _ANSWERED)
                groups.append(
                    Group(
                        f"output-{index}",
                        tuple(answer),
                        cue,
                        round(ready, 4),
                        round(took, 4),
                        reveal="top",
                        steps=lines,
                        until=after,
                    )
                )
                ready += took
            ready = round(ready + _NEXT, 4)
            y += self.air(kind)
        return [*groups, *carets]

    def _block(self, x: int, y: int, kind: Type) -> Shape:
        wide, tall = round(kind.cell * 0.9), round(kind.size * 1.12)
        return Shape(x, y + (kind.leading - tall) // 2, wide, tall, 0, self.page.accent)

    def _typing(
        self,
        cues: tuple[str, str],
        row: int,
        end: tuple[int, int],
        way: int,
        letters: int,
        times: tuple[float, float, float],
        kind: Type,
    ) -> Group:
        """The caret before which a row is typed: when it begins, how long it takes to its end, and how long it waits
        there."""
        (cue, until), (since, takes, waits) = cues, times
        return Group(
            f"caret-{cue.partition(':')[2]}-{row}",
            (self._block(*end, kind),),
            cue,
            since,
            takes,
            dx=-way,
            steps=letters,
            until=until,
            gone=cue,
            gone_delay=round(since + takes + waits, 4),
            gone_duration=0.0,
        )

    def _caret(self, index: int, x: int, y: int, kind: Type, waits: str, since: float) -> Group:
        block = self._block(x, y, kind)
        cue = f"command:{index}"
        until = cue if index else None
        return Group(f"caret-{index}", (block,), waits, since, 0.0, until=until, gone=cue, gone_duration=0.0)

    def _prompt(self, x: int, y: int, kind: Type) -> Text | None:
        fonts, theme = self.page.theme.fonts, self.page.theme
        if not self.prompt.strip():
            return None
        width = round(len(self.prompt) * kind.cell)
        return Text(self.prompt, x, y, width, kind.leading, kind.size, fonts.code_strong, theme.code.prompt, "code")


def _output_rows(line: Tokens, columns: int) -> list[Row]:
    """A printed line as rows; what is more than a few of them is left out, and how much that is stands at the end."""
    rows = rows_of(line, columns)
    if len(rows) <= _MOST_ROWS:
        return rows or [Row(())]
    kept = rows[:_MOST_ROWS]
    shown = sum(len(row.text.strip()) for row in kept)
    more = sum(len(token.text) for token in line) - shown
    return [*kept, Row((Token(f"\u2026 {more} characters", "comment"),))]


def _shortened(output: str, columns: int, room: int, keep: str) -> list[Row]:
    """What of an output fits so many rows: its start, its end or both, and a mark for the lines left out."""
    lines = [_output_rows(line, columns) for line in printed(output)]
    first = {"start": room - 1, "end": 0, "both": room // 2}[keep]
    head = _upto(lines, first)
    used = sum(map(len, lines[:head]))
    tail = _upto(lines[::-1], room - 1 - (used if keep != "start" else room))
    left = len(lines) - head - tail
    mark = Row((Token(f"\u2026 {left} lines \u2026", "comment"),))
    rows = [row for line in lines[:head] for row in line]
    return [*rows, mark, *(row for line in lines[len(lines) - tail :] for row in line)]


def _upto(lines: Sequence[list[Row]], room: int) -> int:
    """How many lines fit so many rows."""
    used = 0
    for count, rows in enumerate(lines):
        used += len(rows)
        if used > room:
            return count
    return len(lines)


def terminal(
    session: Session, header: str, description: str, caption: str, page: Page, tight: bool = False
) -> list[Group]:
    """A slide of a terminal: header and description, the panel, a caption under it."""
    head, top = page.header(header, tight)
    theme, fonts = page.theme, page.theme.fonts
    said, size = page.fitted(description, "description", _DESCRIPTION, page.width, fonts.body, theme.muted, "calm")
    leading = round(size * 1.36)
    if said:
        top -= page.px(8 if head else 0)
        head = [*head, *page.block(said, page.left, top, size, leading)]
        top += len(said) * leading + page.px(24 if tight else 36)
    below, small = page.fitted(caption, "caption", _DESCRIPTION, page.width, fonts.body, theme.muted, "calm")
    under, gap = round(small * 1.35), page.px(20 if tight else 32)
    foot = gap + len(below) * under if below else 0
    bar, pad_y = bar_height(page, tight), page.px(20 if tight else 36)
    room = page.bottom - top - foot - bar - 2 * pad_y
    kind, entries = session.fitted(page.width - 2 * pad_width(page), room, fold=tight)
    tall = session.height(entries, kind)
    pad_y += max(0, min(page.px(36), (room - tall) // 8))
    height = bar + 2 * pad_y + tall
    head, y = page.together(head, top, height + foot)
    on = panel(page, (page.left, y, page.width, height), bar, pad_y, "Terminal")
    if not header:
        head = [page.spine(page.top if said else y, len(said) * leading or height), *head]
    groups = [Group("header", tuple(head)), Group("panel", on.elements), *session.groups(on, kind, entries)]
    if below:
        text = page.block(below, page.left, y + height + gap, small, under)
        groups.append(Group("caption", tuple(text), "start", 0.3, 0.5, dy=page.px(12)))
    return groups


def layout(content: Command, page: Page) -> list[Group]:
    """A terminal in which each command is typed with its cue and answered before the next."""
    session = Session(page, content.commands, content.prompt.strip())
    try:
        return terminal(session, content.header, content.description, "", page)
    except DoesNotFit:
        return terminal(session, content.header, content.description, "", page, tight=True)


def split(content: Command, parts: int) -> list[Part] | None:
    """Pages of so many commands; None when there are not as many."""
    if parts > len(content.commands):
        return None
    return [
        Part(
            content.model_copy(update={"commands": [content.commands[index] for index in own]}),
            {f"command:{index - own.start}": f"command:{index}" for index in own},
        )
        for own in shares(len(content.commands), parts)
    ]


KIND = SceneKind("command", Command, layout, EXAMPLE, split=split, mono=frozenset({"commands", "prompt"}))
