"""A command that was run when the video was built, and what it printed."""

from __future__ import annotations

from videogen.model.kinds import Terminal
from videogen.model.kinds.code import Typed
from videogen.scenes.command import Session, terminal
from videogen.scenes.elements import Group, SceneKind
from videogen.scenes.page import DoesNotFit, Page

EXAMPLE = """\
kind: terminal
content:
  header: Every example is run
  command: python -m pytest -q
  output: |
    ........................................................ [ 72%]
    .....................                                    [100%]
    77 passed in 4.31s
  caption: A command that fails breaks the build
"""


def layout(content: Terminal, page: Page) -> list[Group]:
    """A terminal in which the command is typed with its cue and its output, if there is one yet, follows; of an
    output that is too long so much that it fits, and a mark that says how many lines are left out."""
    session = Session(
        page, [Typed(command=content.command, output=content.output or "")], content.prompt.strip(), content.keep
    )
    try:
        return terminal(session, content.header, "", content.caption, page)
    except DoesNotFit:
        return terminal(session, content.header, "", content.caption, page, tight=True)


KIND = SceneKind("terminal", Terminal, layout, EXAMPLE, mono=frozenset({"command", "output", "prompt"}))
