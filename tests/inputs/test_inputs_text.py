"""Plain text by its layout. Every text here was written for these tests."""

from __future__ import annotations

import time
from bisect import bisect_right

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.documents import adapters
from videogen.inputs.markdown import parse_markdown
from videogen.inputs.plain.blocks import as_markdown
from videogen.inputs.plain.lines import read_lines
from videogen.inputs.textfile import INPUT
from videogen.model.content import ParsedContent
from videogen.model.errors import ValidationError
from videogen.model.project import Document, VideoConfig

MEMO = """\
Example Working Group                                         A. Writer
Request for Comments: 99999                                Tea Ministry
Category: Informational                                     August 2026


                 A Protocol for Pouring Tea
                      over Long Distances

Abstract

   This memo tells how tea is poured when the cup is far away from the
   pot.  It replaces shouting.

Table of Contents

   1.  Introduction . . . . . . . . . . . . . . . . . . . . . . . . .  2
     1.1.  Terms . . . . . . . . . . . . . . . . . . . . . . . . . .  2
   2.  Pouring  . . . . . . . . . . . . . . . . . . . . . . . . . . .  3

1.  Introduction

   Tea is a drink that many people share, though they seldom sit at the
   same table.  A pot that knows where its cups are can serve all of
   them, and the protocol of this memo is as small as it can be, so that

Writer                       Informational                      [Page 1]
\f
RFC 99999                   Pouring Tea                      August 2026


   even a kettle can speak it.

1.1.  Terms

   o  A pot is what tea comes from, and there is one of it at
      every table.

   o  A cup is what tea goes to.

2.  Pouring

   A pot sends a request:

      POUR /cup/1 TEA/1.0
      Sugar: none

   The answer is one of these:

      Code   Meaning            Sent by
      ----   -------            -------
      200    The cup is full    cup
      418    I am a teapot      pot

   1.  Heat the water until it boils and the lid begins to dance.
   2.  Wait for four minutes.

Writer                       Informational                      [Page 2]
\f
RFC 99999                   Pouring Tea                      August 2026

Author's Address

   A. Writer
"""


def parsed(text: str) -> ParsedContent:
    reading = as_markdown(text)
    document = Document(path="a.txt", text=reading.text, title=reading.title, starts=list(reading.starts))
    return parse_markdown(document, VideoConfig(id="a", title=None, document=document))


def outline(text: str) -> list[tuple[int, str]]:
    return [(section.level, section.title.text) for section in parsed(text).sections]


def test_a_memo_keeps_what_it_says_and_loses_what_frames_its_pages() -> None:
    reading = as_markdown(MEMO)
    assert outline(MEMO) == [
        (1, "A Protocol for Pouring Tea over Long Distances"),
        (3, "Abstract"),
        (2, "Introduction"),
        (3, "Terms"),
        (2, "Pouring"),
        (3, "Author's Address"),
    ]
    for gone in ("[Page", "RFC 99999", "Informational", ". . .", "Ministry"):
        assert gone not in reading.text.replace("\\", "")
    # the sentence goes on over the page break
    assert "so that\neven a kettle can speak it." in reading.text
    assert reading.left_out == [
        "running heads and feet of 3 pages",
        "lines 14 to 18: a table of contents",
        "lines 1 to 3: who, where and when, before the title",
    ]


def test_a_memo_has_lists_code_and_tables() -> None:
    blocks = {section.title.text: section.blocks for section in parsed(MEMO).sections}
    terms = blocks["Terms"][0]
    assert terms.type == "list"
    assert [item.inline.text for item in terms.items] == [
        "A pot is what tea comes from, and there is one of it at every table.",
        "A cup is what tea goes to.",
    ]
    kinds = [block.type for block in blocks["Pouring"]]
    assert kinds == ["paragraph", "code", "paragraph", "table", "list"]
    _, code, _, table, steps = blocks["Pouring"]
    assert code.type == "code"
    assert code.code.split("\n") == ["POUR /cup/1 TEA/1.0", "Sugar: none"]
    assert table.type == "table"
    assert [cell.text for cell in table.columns] == ["Code", "Meaning", "Sent by"]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["200", "The cup is full", "cup"],
        ["418", "I am a teapot", "pot"],
    ]
    assert steps.type == "list"
    assert steps.ordered


def test_places_are_those_of_the_file() -> None:
    lines = MEMO.split("\n")
    reading = as_markdown(MEMO)
    document = Document(path="a.txt", text=reading.text, starts=list(reading.starts))
    content = parse_markdown(document, VideoConfig(id="a", title=None, document=document))
    found = {
        section.title.text: document.span(*section.blocks[0].lines) for section in content.sections if section.blocks
    }
    assert (found["Terms"].first, found["Terms"].last) == (
        lines.index("   o  A pot is what tea comes from, and there is one of it at") + 1,
        lines.index("   o  A cup is what tea goes to.") + 1,
    )
    assert found["Abstract"].first == lines.index("Abstract") + 3
    assert found["Introduction"].last == lines.index("   even a kettle can speak it.") + 1


def test_underlined_headings_take_their_level_from_the_order_in_which_they_come() -> None:
    text = """\
=====
Bread
=====

Flour and water.

Dough
-----
Knead it.

Rising
~~~~~~
Wait.

Oven
----
Bake.
"""
    assert outline(text) == [(1, "Bread"), (2, "Dough"), (3, "Rising"), (2, "Oven")]


MANUAL = """\
BREW(1)                     User Commands                     BREW(1)

NAME
       brew - makes tea

SYNOPSIS
       brew [-s spoons] [file ...]

DESCRIPTION
       Brew makes tea of what the files describe, and waits until it is done
       before it says anything.

       -s spoons, --sugar=spoons
              Adds so many spoons of sugar, which nobody here would ever do.

       -w     Warms the cup first.

SEE ALSO
       pour(1)

brew 1.0                      August 2026                     BREW(1)
"""


def test_a_manual_page() -> None:
    assert outline(MANUAL) == [(1, "brew"), (2, "Name"), (2, "Synopsis"), (2, "Description"), (2, "See Also")]
    description = parsed(MANUAL).sections[3]
    assert [block.type for block in description.blocks] == ["paragraph", "list"]
    options = description.blocks[1]
    assert options.type == "list"
    assert "Adds so many spoons of sugar" in options.items[0].inline.text
    assert "August 2026" not in as_markdown(MANUAL).text


def test_a_word_divided_at_the_end_of_a_line_is_whole_again() -> None:
    text = """\
Notes

A tea that is strong enough wakes a read-
er, and every reader knows the long-lived taste of a long-
lived brew.
"""
    said = " ".join(as_markdown(text).text.split())
    assert "wakes a reader, and" in said
    assert "a long-lived brew" in said


def test_nested_lists_and_their_second_paragraphs() -> None:
    text = """\
Trip

Pack these things before you leave the house in the morning:

* Clothes
    - socks
    - shirts

* Books

  At least one that is long.

Then go.
"""
    blocks = parsed(text).sections[0].blocks
    lists = [block for block in blocks if block.type == "list"]
    assert lists[0].items[0].inline.text == "Clothes"
    assert "\n  - socks\n" in as_markdown(text).text
    assert "\n  At least one that is long." in as_markdown(text).text
    assert blocks[-1].type == "paragraph"


def test_two_columns_are_terms_and_their_meanings() -> None:
    text = """\
Tools

There are three tools in the kitchen, and each of them is good for one thing.

  pot     holds the tea
  spoon   stirs it
  cup     is what you drink from
"""
    said = as_markdown(text).text
    assert "- **pot**: holds the tea\n- **spoon**: stirs it\n" in said


def test_a_drawing_stays_as_it_was_drawn() -> None:
    text = """\
Plan

The water runs from the kettle to the pot, and from there into the cup.

+--------+    +-----+
| kettle |--->| pot |
+--------+    +-----+
"""
    code = [block for block in parsed(text).sections[0].blocks if block.type == "code"]
    assert code
    assert code[0].code.split("\n")[1] == "| kettle |--->| pot |"


def test_signs_in_the_text_are_no_markup() -> None:
    text = "Stars\n\nA * B is 2 * 3 and <b>not bold</b>, see `x` and [this](that) and ![that](x.png) | too.\n"
    block = parsed(text).sections[0].blocks[0]
    assert block.type == "paragraph"
    assert block.inline.text == "A * B is 2 * 3 and <b>not bold</b>, see `x` and [this](that) and ![that](x.png) | too."


def test_a_text_without_blank_lines_is_read_by_its_indents() -> None:
    text = """\
Walk

  It was early and the streets were empty, so we walked in the
middle of the road. Nobody minded.
  Then the sun came up over the roofs and the first tram rang
its bell at us. We stepped aside.
"""
    assert [block.type for block in parsed(text).sections[0].blocks] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(("name", "head", "media", "expected"), [
    ("notes.txt", b"", "", True),
    ("README", b"Hello there\n", "", True),
    ("image", b"\x89PNG\r\n\x1a\n\0\0", "", False),
    ("tool.py", b"import os\n", "", False),
    ("https://a.example/rfc", b"", "text/plain", True),
    ("cut", "é".encode()[:1].join([b"caf", b""]), "", True),
])  # fmt: skip
def test_what_is_taken_for_plain_text(name: str, head: bytes, media: str, expected: bool) -> None:
    assert INPUT.reads(name, head, media) is expected


def test_it_is_found_by_its_entry_point() -> None:
    assert adapters()["txt"] is INPUT


QUESTIONS = """\
Kiln FAQ

Q:  I have many pots of very different sizes, and all of them are to be sold in the spring of next year.
    Can they be
    baked together?

A:  Yes. The small ones stand
    in front.

Q:  Does it smoke?
    It should not.

A:  kiln --check | less
"""
COUNTED = """\
Kiln FAQ

 1. Can pots of different sizes be
    baked together, or not?

    Yes. Put these into the oven:

    bake small
    bake large

 2. The door does not open.

    Wait until it is cold, as it is said in the
    manual of the door.

 3. Does it smoke?

    If it is wet, such as
      dry --first pots
    it does.
"""


def test_questions_over_several_lines_are_headings() -> None:
    content = parsed(QUESTIONS)
    assert outline(QUESTIONS)[1:] == [(2, "Can they be baked together?"), (2, "Does it smoke? It should not.")]
    first = [block.inline.text for block in content.sections[1].blocks if block.type == "paragraph"]
    assert first == [
        "I have many pots of very different sizes, and all of them are to be sold in the spring of next year.",
        "Yes. The small ones stand in front.",
    ]
    (code,) = content.sections[2].blocks
    assert code.type == "code"
    assert code.code == "kiln --check | less"


def test_counted_questions_are_headings_also_those_that_ask_nothing() -> None:
    content = parsed(COUNTED)
    assert outline(COUNTED) == [
        (1, "Kiln FAQ"),
        (2, "Can pots of different sizes be baked together, or not?"),
        (2, "The door does not open."),
        (2, "Does it smoke?"),
    ]
    code = content.sections[1].blocks[1]
    assert code.type == "code"
    assert code.code == "bake small\nbake large"
    assert outline("Clay\n\n1. Dig it, and wash it.\n\n2. Is it dry?\n\n3. Bake it.\n")[1:] == []


def test_rows_with_blank_lines_between_them_are_one_table() -> None:
    text = """\
History

    Version   Date          What is new

    1.1.0     2022-12-11    The door closes by itself, and
                            it opens too

    1.0.0     2009-01-14    The first kiln
"""
    table = parsed(text).sections[0].blocks[0]
    assert table.type == "table"
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["1.1.0", "2022-12-11", "The door closes by itself, and it opens too"],
        ["1.0.0", "2009-01-14", "The first kiln"],
    ]


def test_a_heading_in_capitals_keeps_a_name_with_digits() -> None:
    assert outline("KILN GUIDE\n\nIt says how to bake.\n\n1. CRC32\n\nA sum of all bytes.\n")[1] == (2, "CRC32")


def read(data: bytes) -> Reading:
    return INPUT.read(Given("a.txt", "a.txt", data))


@pytest.mark.parametrize(("data", "line"), [
    (b"", "a.txt: no text is left that could be read; write a few sentences in it"),
    (b"-----\n\n* * *\n", "a.txt: no text is left that could be read; write a few sentences in it"),
    (b"caf\xe9\n", "a.txt:1: the document is not UTF-8: byte 0xe9 at offset 3; "
                   "convert it, for example: iconv -f WINDOWS-1252 -t UTF-8 a.txt"),
])  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_line(data: bytes, line: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(data)
    assert str(caught.value) == line


PIECES = st.one_of(
    st.sampled_from(
        ["", "", "\f", "=====", "-----", "    x = 1;", "- one", "  * two", "1. first", "2. second", "TITLE"]
    ),
    st.sampled_from(
        ["| a | b |", "+---+---+", "  o  item", "a   b   c", "1.1.  Terms . . . . 4", "Contents", "\t$ ls"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=90),
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_every_line_has_its_place_and_no_text_is_invented(lines: list[str]) -> None:
    text = "\n".join(lines)
    reading = as_markdown(text)
    assert len(reading.starts) == text.count("\n") + 1
    assert list(reading.starts) == sorted(reading.starts)
    out = reading.text.split("\n")
    assert all(1 <= start <= len(out) + 1 for start in reading.starts)
    for number, line in enumerate(out, 1):
        words = set("".join(char if char.isalnum() and char.isascii() else " " for char in line).split())
        source = bisect_right(reading.starts, number)
        # what a line says stood on its line of the file, or, for the rest of a divided word, on the next
        near = " ".join(lines[max(0, source - 1) : source + 1]).lower()
        assert all(char.lower() in near for word in words - {"console"} for char in word)


@pytest.mark.parametrize("text", [
    ". " * 50_000,
    "x" * 25_000,
    "a. b " * 25_000,
    "- item\n" * 10_000,
    "1. one thing\n   more\n" * 5_000,
    "Contents\n1. a\n" * 5_000,
    "a  b  c\n" * 10_000,
    "=" * 25_000,
], ids=["dots", "a word", "words", "bullets", "numbers", "contents", "columns", "a rule"])  # fmt: skip
def test_time_grows_with_the_length_of_a_text_and_not_with_its_square(text: str) -> None:
    began = time.process_time()
    as_markdown(text)
    assert time.process_time() - began < 20


def test_a_line_is_read_in_parts_however_long_it_is_after_a_form_feed() -> None:
    lines, _ = read_lines("A Title\n\fnothing more " + "and more " * 90_000)
    assert len(lines) > 300
    assert max(len(line.text) for line in lines) <= 2001
