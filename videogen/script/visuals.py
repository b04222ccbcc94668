"""Tables, quotes and pictures: what is shown, and what is said while it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.model import limits
from videogen.model.content import ImageBlock, Inline, QuoteBlock, TableBlock
from videogen.model.kinds import Callout, Image, Quote, Table
from videogen.script.cues import Part
from videogen.script.draft import MOST_WORDS, Context, Draft, Sentence, parts_of
from videogen.script.lang import NUMBERS, listed, pick
from videogen.script.leads import turn_to
from videogen.script.phrases import LONGEST_PHRASE, item_phrase
from videogen.script.prose import announce
from videogen.script.text import clean, finish, fitted, sentences, slide_text, small, split_long, word_count

LONGEST_TABLE = 20
"""A longer table is reference matter: it is read, not watched."""

LONGEST_CELL = (0, 90, 70, 48, 34, 26)
"""Letters of a cell, by the number of columns: two lines."""

LONGEST_CELL_WORD = (0, 40, 32, 22, 16, 13)
"""Letters of a word in a cell, by the number of columns: it stays in one piece."""

_CALLOUTS = {
    "note": ("One thing to note.", "Worth knowing."),
    "tip": ("Here is a tip.", "A tip."),
    "important": ("This one is important.", "One important point."),
    "warning": ("A word of warning.", "One thing to watch out for."),
    "caution": ("A word of caution.", "Some care is needed here."),
    "quote": ("In the words of the document.",),
}


def table_draft(block: TableBlock, lead: Sequence[Sentence], header: str, context: Context) -> Draft | None:
    """A table with its most telling rows said, or None when it is empty or too long to be watched."""
    width = min(len(block.columns), limits.MAX_TABLE_COLUMNS)
    if not width or not block.rows or len(block.rows) > LONGEST_TABLE:
        return None

    crowded = len(block.rows) >= limits.MAX_TABLE_ROWS - 1

    def cell(row: Sequence, at: int) -> str:
        text = slide_text(row[at].text) if at < len(row) else ""
        text = item_phrase(text, 7, context.english) if len(text.split()) > 7 else text
        short = " ".join(word for word in text.split() if len(word) <= LONGEST_CELL_WORD[width])
        return fitted(short, LONGEST_CELL[width] * (3 if crowded else 5) // 5)

    columns = [cell(block.columns, at) for at in range(width)]
    rows = [[cell(row, at) for at in range(width)] for row in block.rows[: limits.MAX_TABLE_ROWS]]
    if sum(sum(map(bool, row)) >= 2 for row in rows) * 2 < len(rows):
        return None
    headed = all(map(_is_name, columns))
    if not headed and (sum(_kept_whole(row[0]) for row in block.rows if row) * 2 < len(block.rows)):
        # signs rather than words: a figure, or formulas
        return None
    parts = [Part(announce(sentence, "this", context.english)) for sentence in lead]
    if not lead:
        opening = _compares(columns, header, context)
        parts = [Part(opening)]
    room = MOST_WORDS - sum(word_count(part.text) for part in parts)
    told = 0
    for index, row in enumerate(block.rows[: limits.MAX_TABLE_ROWS]):
        text = _row([clean(value.spoken, context.language) for value in row[:width]], columns, context)
        if text and word_count(text) <= min(room, 24) and told < 4:
            parts.append(Part(text, f"row:{index}"))
            room -= word_count(text)
            told += 1
    spoken = "spoken" if told == len(rows) > 1 else None
    content = Table(
        header=header, columns=columns, rows=rows, align=list(block.align[:width]) or None, highlight=spoken
    )
    if content.align is not None and len(content.align) != width:
        content = content.model_copy(update={"align": None})
    left = len(block.rows) - len(rows)
    notes = [f"{left} of {len(block.rows)} table rows"] if left else []
    if len(block.columns) > width:
        notes.append(f"{len(block.columns) - width} of {len(block.columns)} table columns")
    return Draft(header, "table", content, tuple(part for part in parts if part.text), block.lines, tuple(notes))


def _compares(columns: list[str], header: str, context: Context) -> str:
    if not context.english:
        return finish(clean(header, context.language))
    names = [_column(clean(column), context) for column in columns if clean(column)]
    if len(names) < 2 or not all(map(_is_name, columns)):
        return turn_to(header, context.names) or finish(clean(header))
    if len(names) == 2:
        return finish(f"This table shows {names[0]}, and {names[1]}")
    what = re.sub("^(?:the|a|an) ", "", names[0])
    return finish(f"This table shows, for each {what}, {listed(names[1:])}")


def _is_name(column: str) -> bool:
    """Whether the head of a column seems to be one, and no first row."""
    return not column or bool(re.fullmatch(r"[^\W\d_][^\d=<>{}\[\]|+*^~\\]{2,}", column) and column[-1] not in ".;")


def _kept_whole(cell: Inline) -> bool:
    """Whether a cell can be said about as it stands."""
    letters = sum(map(str.isalnum, cell.text))
    return letters > 1 and sum(map(str.isalnum, clean(cell.spoken))) * 5 >= letters * 4


def _column(name: str, context: Context) -> str:
    """A column's name within a sentence: "what you change", "the default"."""
    text = small(name, context.names)
    first = text.split(" ", 1)[0].lower()
    if first in ("what", "how", "why", "where", "when", "which", "who", "whether", "the", "a", "an", "your", "its"):
        return text
    if first in ("you", "we", "it", "they"):
        return f"what {text}"
    return f"the {text}"


def _row(cells: list[str], columns: list[str], context: Context) -> str:
    values = [value for value in cells if any(char.isalnum() for char in value)]
    if len(values) < 2 or not any(char.isalnum() for char in cells[0]) or values[0].lower() == values[1].lower():
        return ""
    if len(values) > 2 and context.english:
        # a clause speaks for itself, a value needs its name
        named = [
            small(value) if len(value.split()) > 3 else f"{small(clean(name))} {value}"
            for name, value in zip(columns[1:], cells[1:], strict=False)
            if value
        ]
        body = ", ".join(named[:3])
    else:
        body = values[1].rstrip(".")
    return finish(f"{values[0].rstrip(' .:')}: {context.within(body)}")


def quote_draft(block: QuoteBlock, lead: Sequence[Sentence], header: str, context: Context) -> Draft | None:
    """A quotation or callout on a slide of its own, or None when it holds no words."""
    shown = slide_text(block.inline.text)
    said = callout(block, context)
    if not said or not shown or (sum(map(word_count, said)) < 6 and not block.attribution):
        return None
    whole = sentences(shown)
    text = shown
    while len(whole) > 1 and word_count(text) > limits.MAX_SLIDE_WORDS:
        whole.pop()
        text = " ".join(whole)
    text = fitted(text, 320) or shown[:120]
    if block.tone == "quote":
        kind, content = "quote", Quote(text=text, attribution=fitted(slide_text(block.attribution), 60))
    else:
        kind, content = "callout", Callout(tone=block.tone, text=text)
    parts = parts_of([*(announce(sentence, "this", context.english) for sentence in lead), *said])
    return Draft(header, kind, content, _within(parts), block.lines)


def callout(block: QuoteBlock, context: Context) -> list[str]:
    """What is said of a quotation or callout."""
    pieces = [
        piece for sentence in sentences(clean(block.inline.spoken, context.language)) for piece in split_long(sentence)
    ]
    said = [finish(piece) for piece in pieces]
    said = [text for text in said if text]
    if not said or not context.english:
        return said
    who = clean(block.attribution)
    if block.tone == "quote":
        return [finish(f"{who} puts it like this"), *said] if who else said
    return [pick(_CALLOUTS[block.tone], block.inline.text), *said]


def image_draft(block: ImageBlock, lead: Sequence[Sentence], header: str, context: Context) -> Draft | None:
    """A picture with its caption, or None when nothing can be said of it."""
    caption = fitted(slide_text(block.caption or block.alt), LONGEST_PHRASE)
    said = [announce(sentence, "this", context.english) for sentence in lead]
    about = clean(slide_text(block.caption or block.alt), context.language)
    if about and word_count(about) >= 3 and about.lower() not in " ".join(said).lower():
        said.insert(0, finish(_presented(about) if context.english else about))
    elif not said:
        lead_in = turn_to(header, context.names) if context.english else ""
        said.append(lead_in or finish(clean(header, context.language)))
    said = [text for text in said if text]
    if not said:
        return None
    content = Image(header=header, path=block.path, caption=caption, alt=slide_text(block.alt))
    return Draft(header, "image", content, _within(parts_of(said)), block.lines)


def _presented(caption: str) -> str:
    """A caption as a sentence: "Three scenes of a film" becomes "Here are three scenes of a film"."""
    first = caption.split(" ", 1)[0].lower()
    if first in ("a", "an", "one"):
        return f"Here is {small(caption)}"
    if first == "the":
        return f"Here you see {small(caption)}"
    return f"Here are {small(caption)}" if first in NUMBERS[2:] or first in ("some", "several") else caption


def _within(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    kept: list[Part] = []
    for part in parts:
        if kept and sum(word_count(other.text) for other in kept) + word_count(part.text) > MOST_WORDS:
            break
        kept.append(part)
    return tuple(kept)
