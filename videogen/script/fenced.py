"""Fenced blocks: what is typed, what changes, boxes and arrows, or a listing; and what is said of each."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from videogen.model.content import CodeBlock
from videogen.model.kinds import Code, CodeComparison, Command
from videogen.model.kinds.code import Focus, Typed
from videogen.model.kinds.fences import from_fence
from videogen.model.limits import MAX_CODE_COLUMNS, MAX_CODE_LINES
from videogen.script.cues import Part
from videogen.script.draft import Context, Draft, Sentence, parts_of
from videogen.script.drawn import diagram_drafts, is_diagram
from videogen.script.lang import number
from videogen.script.leads import turn_to
from videogen.script.listing import (
    answered,
    commands,
    describe,
    describe_rest,
    is_install,
    is_shell,
    pages,
    points,
    printable,
    typed_fact,
    typing,
)
from videogen.script.prose import announce
from videogen.script.structure import contents, followed, session
from videogen.script.text import capital, clean, finish, slide_text, word_count

MOST_TYPED_ROWS = 4
"""Rows of a command: a longer one is a listing."""

MOST_COMPARED = 16
"""Lines of one side of a comparison: more are read, not watched."""

LONGEST_COMPARED = 100
"""Letters of a line of it, which then takes a few rows."""

MOST_PAGES = 2
"""Pages that follow each other in a scene of commands."""

_AIR = 0.5
"""Rows between a command and the one before it."""

_PRESENTS = re.compile(r"\b(?:here(?:'s|’s)?|this|these|following|below)\b", re.I)
_BEGINS = re.compile(r"^(?:and )?(?:now|then|next|first|finally)\b", re.I)
_CLAIMS_ALL = re.compile(r"\b(?:whole|complete|full|entire)\b", re.I)
_REMARK = re.compile(r"(?://|#)\s+(?P<text>\S.*)$")
_PROMPT = re.compile(r"[$%]\s")


def fence_drafts(
    blocks: Sequence[CodeBlock], lead: Sequence[Sentence], header: str, first: bool, context: Context
) -> list[Draft]:
    """Blocks that belong together as a slide, or two if they are long; none when nothing of them can be shown.

    `first`: nothing of the section has been shown before, so that it has to be led into.
    """
    if is_diagram(blocks[0].language):
        return diagram_drafts(blocks[0], lead, header, first, context)
    source = "\n\n".join(block.code.strip("\n") for block in blocks)
    text = printable(source)
    text, remarks = _remarks(text) if is_shell(blocks[0].language, text) else (text, {})
    content = from_fence(blocks[0].language, text, header)
    told = {at: _remarked(texts, context) for at, texts in remarks.items()}
    # what cannot be said has to be read
    lost = any(len(told[at]) < len(texts) for at, texts in remarks.items()) and "$ " not in source
    if (
        isinstance(content, Command)
        and not lost
        and all(_typed_rows(entry, content.prompt) <= MOST_TYPED_ROWS for entry in content.commands)
    ):
        return [_typed(content, blocks, lead, header, first, told, context)]
    if isinstance(content, CodeComparison) and _can_be_compared(content):
        return [_compared(content, blocks, lead, header, first, context)]
    return _listings(blocks, lead, header, first, context)


def unfollowed(content: Code, narration: str) -> Code:
    """A listing without steps where the narration does not go through them."""
    said = contents(content.code, content.language)
    return content if said and said in narration else content.model_copy(update={"highlight": []})


def _remarks(source: str) -> tuple[str, dict[int, list[str]]]:
    """A session or a few commands without the comments between them, and these by the number of the command they
    belong to.
    """
    lines = source.splitlines()
    prompted = any(map(_PROMPT.match, lines))
    kept: list[str] = []
    found: dict[int, list[str]] = {}
    count = 0
    for at, line in enumerate(lines):
        remark = _REMARK.match(line)
        following = next((later for later in lines[at + 1 :] if later.strip() and not _REMARK.match(later)), "")
        leads = _PROMPT.match(following) is not None if prompted else bool(following)
        if not remark or (line.startswith("#") and not leads):
            # what is printed may begin with a hash as well
            count += _PROMPT.match(line) is not None if prompted else bool(line.strip())
            kept.append(line)
            continue
        found.setdefault(count if leads else max(count - 1, 0), []).append(remark["text"])
    return "\n".join(kept), found


def _typed_rows(entry: Typed, prompt: str) -> int:
    width = MAX_CODE_COLUMNS - len(prompt) - 1
    return sum(max(1, -(-len(line) // width)) for line in entry.command.splitlines())


def _rows(entry: Typed, prompt: str) -> float:
    printed = sum(max(1, -(-len(line) // MAX_CODE_COLUMNS)) for line in entry.output.splitlines())
    return _typed_rows(entry, prompt) + printed + _AIR


def _groups(content: Command) -> list[range]:
    """The commands, by their places, that fit a page each; one whose output is too long has a page of its own."""
    found: list[range] = []
    used = 0.0
    for at, entry in enumerate(content.commands):
        rows = _rows(entry, content.prompt)
        if found and used + rows <= MAX_CODE_LINES + _AIR:
            found[-1] = range(found[-1].start, at + 1)
            used += rows
        else:
            found.append(range(at, at + 1))
            used = rows
    return found


def _typed(
    content: Command,
    blocks: Sequence[CodeBlock],
    lead: Sequence[Sentence],
    header: str,
    first: bool,
    told: dict[int, list[str]],
    context: Context,
) -> Draft:
    entries = content.commands[: _groups(content)[:MOST_PAGES][-1].stop]
    left = len(content.commands) - len(entries)
    notes = (f"{left} of {len(content.commands)} commands",) if left else ()
    typed = [entry.command for entry in entries]
    answers = any(entry.output for entry in entries)
    remarks = [(at, text) for at in range(len(entries)) for text in told.get(at, [])]
    key = f"{header}\n{typed[0]}"
    if content.prompt == ">>>":
        what = _session_of(typed, answers, key)
    else:
        facts = [] if remarks else [typing(typed, answers, key)]
        what = _Shown("\n".join(typed), True, facts, [], "" if remarks else typed_fact(typed, answers, key))
    parts = _narrated(what, lead, header, first, bool(remarks), context)
    parts += [Part(text, f"command:{at}") for at, text in remarks]
    lines = (blocks[0].lines[0], blocks[-1].lines[1])
    page = content.model_copy(update={"commands": entries})
    subject = lead[0].shown if lead else remarks[0][1] if remarks else ""
    return Draft(header, "command", page, tuple(parts), lines, notes, subject)


def _remarked(texts: Sequence[str], context: Context) -> list[str]:
    """The comments of a session that can be said."""
    plain = [re.sub(r"['`]|(?<!\w)--?(?=\w)", "", text) for text in texts]
    said = [finish(clean(text, context.language)) for text in plain]
    return [text for text in said if 2 <= word_count(text) <= 20 and not re.search(r"[=(){}\[\]/\\]", text)]


def _compared(
    content: CodeComparison,
    blocks: Sequence[CodeBlock],
    lead: Sequence[Sentence],
    header: str,
    first: bool,
    context: Context,
) -> Draft:
    lines = (blocks[0].lines[0], blocks[-1].lines[1])
    subject = lead[0].shown if lead else ""
    said = [announce(sentence, "this", context.english) for sentence in lead]
    said = [text for text in said if text]
    if not context.english:
        parts = parts_of(said or [finish(clean(header, context.language))])
        return Draft(header, "code_comparison", content, parts, lines, (), subject)
    if not said and first:
        said = [text for text in [turn_to(header, context.names)] if text]
    opening = parts_of(said)
    change = _change(content)
    sides = (Part("This is how it was before,", "before"), Part("and this is how it is now.", "after"))
    parts = (*opening, *sides, *parts_of([change]))
    return Draft(header, "code_comparison", content, parts, lines, (), subject)


def _can_be_compared(content: CodeComparison) -> bool:
    sides = [side.splitlines() for side in (content.before_code, content.after_code)]
    return all(len(side) <= MOST_COMPARED and all(len(line) <= LONGEST_COMPARED for line in side) for side in sides)


def _change(content: CodeComparison) -> str:
    """How much changes, in English."""
    before, after = content.before_code.splitlines(), content.after_code.splitlines()
    gone = came = 0
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone, came = gone + j - i, came + m - k
    if gone == came == 1:
        return "Only one line changes."
    if gone and came:
        return f"{capital(number(gone))} {'line becomes' if gone == 1 else 'lines become'} {number(came)}."
    count = gone or came
    return f"{capital(number(count))} {'line is' if count == 1 else 'lines are'} {'gone' if gone else 'new'}."


@dataclass(frozen=True)
class _Shown:
    """What can be said of code in English."""

    code: str
    shell: bool
    facts: list[str]
    """What it is, and what it consists of."""
    points: list[str]
    """What is left to say where the document announces it."""
    typed: str = ""
    """Of commands that the document itself has told to type."""


def _session_of(typed: list[str], answers: bool, key: str) -> _Shown:
    consists = session(typed)
    code = ">>> " + "\n>>> ".join(typed) + ("\nanswer" if answers else "")
    form, *follows = describe(code, "pycon", True, key)
    pointed = [consists] if consists else []
    return _Shown("\n".join(typed), False, [form, *(pointed or follows)], pointed or follows)


def _narrated(
    what: _Shown, lead: Sequence[Sentence], header: str, first: bool, more: bool, context: Context
) -> list[Part]:
    """What is said of code: what the document says, led into and filled up where that is little.

    `more`: something is said of it besides.
    """
    said = [announce(sentence, "this command" if what.shell else "this", context.english) for sentence in lead]
    said = [text for text in said if text]
    if not context.english:
        return list(parts_of(said or ([] if more else [finish(clean(header, context.language))])))
    lead_in: list[str] = []
    facts = what.facts
    if said and lead and _PRESENTS.search(said[-1]):
        # what is announced already needs no announcement of ours
        facts = what.points
    if said:
        facts = [re.sub(r",? typed into the terminal", "", fact) for fact in facts]
    verb = "install" if is_install(what.code) else "run|type|enter"
    if what.typed and re.search(rf"\b(?:{verb})\b", " ".join(said), re.I):
        facts = [what.typed]
    if first:
        lead_in = [turn_to(header, context.names)]
    elif what.shell and not (said and _BEGINS.match(said[0])) and not more:
        lead_in = ["Here is how." if "terminal" in " ".join(facts) else "Now to the terminal."]
    if not said:
        said = [*(lead_in if first else []), *facts[:1]]
        lead_in, facts = [] if first else lead_in, facts[1:]
    said = [text for text in said if text] or ([] if more else [finish(clean(header))])
    return [
        *(Part(text, spare=True) for text in lead_in if text),
        *parts_of(said),
        *(Part(text, spare=True) for text in facts),
    ]


def _listings(
    blocks: Sequence[CodeBlock], lead: Sequence[Sentence], header: str, first: bool, context: Context
) -> list[Draft]:
    source = "\n\n".join(block.code.strip("\n") for block in blocks)
    listings, left = pages(source)
    language = slide_text(blocks[0].language)[:40] or "text"
    shell = is_shell(language, source)
    lines = (blocks[0].lines[0], blocks[-1].lines[1])
    notes = (f"{left} of {len(source.splitlines())} lines of a listing",) if left else ()
    if left and lead and context.english:
        last = announce(lead[-1], "this", True)
        if _CLAIMS_ALL.search(last) and word_count(last) < 9:
            lead = lead[:-1]
    drafts: list[Draft] = []
    for index, code in enumerate(listings):
        key = f"{header}\n{code}"
        whole = not left and len(listings) == 1
        facts = describe_rest(code, language) if index else describe(code, language, whole, key)
        typed = typed_fact(commands(code), answered(code), key) if shell else ""
        what = _Shown(code, shell, facts, [] if shell else points(code, language), typed)
        parts = _narrated(what, lead if index == 0 else [], header, first and index == 0, False, context)
        steps = [Focus(word=verb, lines=own) for verb, own in followed(code, language)] if context.english else []
        content = Code(header=header, code=code, language=language, highlight=steps if len(steps) > 1 else [])
        subject = lead[0].shown if lead and index == 0 else ""
        drafts.append(Draft(header, "code", content, tuple(parts), lines, notes if index == 0 else (), subject))
    return drafts
