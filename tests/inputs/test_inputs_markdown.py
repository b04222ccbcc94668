from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from videogen.inputs.markdown import parse_markdown
from videogen.inputs.measure import spoken_texts
from videogen.inputs.parse import parse
from videogen.inputs.speech import sayable
from videogen.model.content import (
    CodeBlock,
    ImageBlock,
    ListBlock,
    ParsedContent,
    ParsedSection,
    QuoteBlock,
    TableBlock,
)
from videogen.model.errors import ValidationError
from videogen.model.project import Document, VideoConfig

VIDEO = VideoConfig(id="x")


def parsed(text: str, root: Path = Path(), path: str = "README.md") -> ParsedContent:
    return parse_markdown(Document(path=path, text=text), VIDEO, root)


def only(text: str) -> ParsedSection:
    (section,) = parsed(text).sections
    return section


def block(text: str):
    (found,) = only(text).blocks
    return found


def inline(text: str) -> tuple[str, str]:
    found = block(text)
    return found.inline.text, found.inline.spoken


@pytest.mark.parametrize(
    ("source", "text", "spoken"),
    [
        ("Use **bold** and *em* ~~not this~~ here.", "Use bold and em here.", None),
        ("Run `pip install` or `doit`.", "Run pip install or doit.", None),
        ("Pass `--foo=bar[baz]` to it.", "Pass --foo=bar[baz] to it.", "Pass foo to it."),
        ("Call `get(url, n=1)` now.", "Call get(url, n=1) now.", "Call get now."),
        ("The `{**a}` argument.", "The {**a} argument.", "The argument."),
        ("It works (`a.b`, [docs](x)) well.", "It works (a.b, docs) well.", "It works well."),
        ("See [the docs](https://a.org/b) now.", "See the docs now.", None),
        ("Find it at https://www.python.org/x/y.", "Find it at python.org.", None),
        ("Find more of it here: <https://github.com/a/b>", "Find more of it here: GitHub", None),
        ("Fast -- really -- fast — and small.", "Fast – really – fast – and small.", "Fast, really, fast, and small."),
        ("A note.[^1]\n\n[^1]: Hidden.", "A note.", None),
        ("Nice :sparkles: work 🎉 at 10:30:00.", "Nice work at 10:30:00.", None),
        ("A <b>bold</b> <kbd>x</kbd> word<br>here <!-- no -->.", "A bold x word here.", None),
        ("Search &amp; find, 3 &lt; 4.", "Search & find, 3 < 4.", "Search and find, 3 less than 4."),
        ("Two\nlines  \nhere", "Two lines here", None),
        ("Text ![badge](https://img.shields.io/x.svg) here.", "Text here.", None),
    ],
)
def test_inline_in_two_readings(source: str, text: str, spoken: str | None) -> None:
    assert inline(source) == (text, text if spoken is None else spoken)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("README.md", "README.md"), ("snake_case", "snake_case"), ("__init__", "init"), ("print()", "print"),
        ("@app.route", "app.route"), ("--dry-run", "dry-run"), ("-v", "-v"), ("src/app/main.py", "main.py"),
        ("pip install 'a[b]'", "pip install a"),
        ("300M downloads / week", "300M downloads per week"),
        (">=3.8", "3.8 or newer"), ("|", "pipe"), ("**kwargs", "kwargs"),
        ('"Hello World!"', "Hello World"), ("4,000,000+", "4,000,000+"), ("{}[]!;", ""), ("a" * 300, ""),
    ],
)  # fmt: skip
def test_code_is_said_as_a_person_would(code: str, said: str) -> None:
    assert sayable(code) == said


def test_sections_keep_their_lines() -> None:
    found = parsed("Intro.\n\n# One\n\nText\nmore.\n\nTwo\n---\n\n- a\n- b\n\n\n")
    assert [(s.title.text, s.level, s.lines) for s in found.sections] == [
        ("", 0, (1, 1)),
        ("One", 1, (3, 6)),
        ("Two", 2, (8, 12)),
    ]
    assert [b.lines for s in found.sections for b in s.blocks] == [(1, 1), (5, 6), (11, 12)]


def test_headings_of_every_sort() -> None:
    text = "# 🚀 The [tool](x) `doit` :tada:\n\n## Same\n\n## Same\n\n<h2 align='center'>In HTML</h2>\n\n"
    text += "#\n\n## Closed ##\n"
    assert [(s.title.text, s.level) for s in parsed(text).sections] == [
        ("The tool doit", 1),
        ("Same", 2),
        ("Same", 2),
        ("In HTML", 2),
        ("Closed", 2),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Name\n\n## Install\n", "Name"),
        ("Name is a fast linter for snakes.\n\n## Install\n", "Name"),
        ("It does things. Well.\n", "It does things"),
        ("- a\n- b\n", "README"),
        ("---\ntitle: Front\n---\n# Name\n", "Front"),
        ("# ![Tool logo](https://a.org/x.png)\n", "Tool"),
    ],
)
def test_a_title_is_found(text: str, title: str) -> None:
    assert parsed(text).title == title


def test_html_leaks_no_markup_and_what_it_says_is_kept() -> None:
    text = """\
<p align="center"><a href="https://a.org"><img src="https://a.org/l.svg" alt="Logo"></a></p>
<h1 align="center">Tool</h1>
<p align="center"><b>Tool</b> <em>- makes things fast.</em></p>
<p><a href="/a">Docs</a> | <a href="/b">Chat</a></p>
<!-- a comment -->
<table><tr><td>cell</td></tr></table>

<details>
<summary>More about it</summary>

It is small.

</details>
<script>alert("x")</script>
"""
    found = parsed(text)
    assert [(s.title.text, s.level) for s in found.sections] == [("Tool", 1), ("More about it", 2)]
    assert [[b.inline.text for b in s.blocks if b.type == "paragraph"] for s in found.sections] == [
        ["Tool - makes things fast."],
        ["It is small."],
    ]


def test_badges_navigation_and_contents_are_dropped() -> None:
    text = (
        "# Tool\n\n[![CI](https://a.org/ci.svg)](https://a.org) ![x](https://b.org/y.png)\n\n"
        "[Docs](https://a.org) | [Chat](https://b.org)\n\n"
        "## Contents\n\n- [One](#one)\n  - [Two](#two)\n\n## One\n\nText.\n"
    )
    found = parsed(text)
    assert [(s.title.text, len(s.blocks)) for s in found.sections] == [("Tool", 0), ("One", 1)]


def test_lists_nest_and_move_their_code_behind_them() -> None:
    section = only(
        '1. First\n\n   ```sh title="x"\n   run\n   ```\n2. Second\n   - [x] done\n   - [ ] open\n\n   More.\n'
    )
    found, code = section.blocks
    assert isinstance(found, ListBlock)
    assert isinstance(code, CodeBlock)
    assert found.ordered
    assert [item.inline.text for item in found.items] == ["First", "Second. More."]
    assert [(item.inline.text, item.checked) for item in found.items[1].children] == [("done", True), ("open", False)]
    assert (code.language, code.code, code.lines) == ("sh", "run", (3, 5))


def test_tables() -> None:
    found = block("| Name | Works | Badge |\n|:--|:-:|--:|\n| `a` | ✅ | ![](https://a.org/x.svg) |\n| b | :x: | |\n")
    assert isinstance(found, TableBlock)
    assert [cell.text for cell in found.columns] == ["Name", "Works"]
    assert found.align == ["left", "center"]
    assert [[cell.text for cell in row] for row in found.rows] == [["a", "yes"], ["b", "no"]]


@pytest.mark.parametrize(
    ("text", "tone", "said", "by"),
    [
        ("> [!WARNING]\n> Take care.\n", "warning", "Take care.", ""),
        ("> **Note:** Take care.\n", "note", "Take care.", ""),
        ("> Simple is better.\n> — Tim Peters\n", "quote", "Simple is better.", "Tim Peters"),
        ("> Simple is better.\n>\n> -- Tim\n", "quote", "Simple is better.", "Tim"),
    ],
)
def test_quotes_and_callouts(text: str, tone: str, said: str, by: str) -> None:
    found = block(text)
    assert isinstance(found, QuoteBlock)
    assert (found.tone, found.inline.text, found.attribution) == (tone, said, by)


def test_front_matter_is_read_and_counts_are_kept() -> None:
    found = parsed("---\ntitle: Hi\ndescription: A video\ntags: [a]\n---\n\nText.\n\n```\nx\n```\n")
    assert (found.title, found.description) == ("Hi", "A video")
    assert found.sections[0].lines == (7, 11)
    assert found.document_metadata["front_matter"]["tags"] == ["a"]
    assert found.document_metadata["code_blocks"] == 1
    with pytest.raises(ValidationError, match=r"README.md:2:\d+: "):
        parsed("---\ntitle: a: b\n---\n")
    assert inline("---\n\nNot front matter\n")[0] == "Not front matter"


def test_pictures(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    Image.new("RGB", (100, 80)).save(tmp_path / "docs" / "a b.png")
    Image.new("RGB", (1, 1)).save(tmp_path / "docs" / "dot.png")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="9" height="9"/></svg>'
    (tmp_path / "docs" / "x.svg").write_text(drawing)
    text = (
        '# T\n\n![An *alt*](a%20b.png?raw=true "A caption")\n\n![](dot.png)\n\n![](x.svg)\n\n![](//a.org/x.png)\n\n'
        '<img src="/docs/a b.png" width="400">\n\nText:\n![](a%20b.png)\n'
    )
    found = [b for b in parsed(text, tmp_path, "docs/a.md").sections[0].blocks if isinstance(b, ImageBlock)]
    assert [(b.path, b.lines) for b in found] == [
        ("docs/a b.png", (3, 3)),
        ("docs/x.svg", (7, 7)),
        ("docs/a b.png", (11, 11)),
        ("docs/a b.png", (13, 14)),
    ]
    assert (found[0].alt, found[0].caption) == ("An alt", "A caption")
    with pytest.raises(ValidationError, match=r'docs/a.md:3:5: the picture "docs/none.png" does not exist'):
        parsed("# T\n\n![](none.png)\n", tmp_path, "docs/a.md")
    with pytest.raises(ValidationError, match="outside the folder"):
        parsed("![](../../secret.png)\n", tmp_path, "docs/a.md")
    with pytest.raises(ValidationError, match=r'docs/a.md:1:5: the picture "docs/a\ufffdb.png" does not exist'):
        parsed("![](a%00b.png)\n", tmp_path, "docs/a.md")


def test_pictures_that_did_not_come_with_a_document_that_was_sent_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = tmp_path / "build" / "sent"
    sent.mkdir(parents=True)
    for place in (tmp_path / "secret.png", sent / "beside.png"):
        Image.new("RGB", (100, 80)).save(place)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDEOGEN_CONFINED", "1")
    monkeypatch.setenv("VIDEOGEN_ROOT", "build/sent")
    text = "# T\n\nText.\n\n![](none.png)\n\n![](../../secret.png)\n\n![](/secret.png)\n\n![](beside.png)\n"
    found = parsed(text, tmp_path, "build/sent/README.md")
    assert [b.path for b in found.sections[0].blocks if isinstance(b, ImageBlock)] == ["build/sent/beside.png"]
    (told,) = found.advice
    assert told.startswith('3 pictures, such as "none.png", did not come with the document; a PDF')
    # in the working folder a picture that is not there is a mistake, whoever asks
    monkeypatch.setenv("VIDEOGEN_ROOT", ".")
    with pytest.raises(ValidationError, match="does not exist"):
        parsed("# T\n\n![](none.png)\n", tmp_path, "build/sent/README.md")


@pytest.mark.parametrize("source", ["logo.png", "kiln-logo.png", "docs/kiln_icon@2x.png", "Badge.png"])
def test_signs_of_the_house_are_no_pictures(source: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    Image.new("RGB", (100, 80)).save(tmp_path / source)
    assert not [b for s in parsed(f"# T\n\n![]({source})\n", tmp_path).sections for b in s.blocks]
    Image.new("RGB", (100, 80)).save(tmp_path / "catalogology.png")
    assert parsed("# T\n\n![](catalogology.png)\n", tmp_path).sections[0].blocks


def test_a_drawing_that_cannot_be_drawn_is_left_out_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><image href="b.png"/></svg>'
    )
    found = parsed("# T\n\nText.\n\n![A graph](a.svg)\n", tmp_path)
    assert [type(b).__name__ for b in found.sections[0].blocks] == ["Paragraph"]
    (note,) = found.left_out
    assert note.startswith('README.md:5: left out a picture: the drawing "a.svg" cannot be used: ')
    with pytest.raises(ValidationError, match=r'README.md:3:6: the picture "none.svg" does not exist'):
        parsed("# T\n\n![ ](none.svg)\n", tmp_path)


def test_a_document_of_500_headings_and_one_of_200_kilobytes() -> None:
    assert len(parsed("".join(f"## Part {n}\n\nText.\n\n" for n in range(500))).sections) == 500
    text = "## Part\n\nSome *text* with `code` and a [link](https://a.org), as one writes.\n\n- one\n- two\n\n"
    begin = time.process_time()
    parsed(text * (200_000 // len(text)))
    assert time.process_time() - begin < 8


@pytest.mark.parametrize("piece", ["/", "(a ", "<!--", "<a ", " ", "www.", "a -- ", "://", "`", "_a"])
def test_no_text_takes_forever(piece: str) -> None:
    begin = time.process_time()
    parsed("a" + piece * 20_000 + "b")
    assert time.process_time() - begin < 10


PIECES = st.sampled_from(
    [
        "# ",
        "## ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "```\n",
        "`",
        "<b>",
        "</b>",
        "<p>",
        "<!--",
        "-->",
        "<h1>",
        "<summary>",
        "https://x.org/a",
        "www.a.b",
        "http://",
        "[a](",
        "![a](x.svg)",
        ")",
        "(",
        "[",
        "]",
        "|",
        "---\n",
        "|-|\n",
        "*",
        "~~",
        "&lt;b&gt;",
        "\\<i>",
        "    ",
        "[^1]",
        "[^1]: ",
        "😀",
        ":x:",
        "a",
        "Word ",
        "title: x\n",
        "=",
        "\r",
        "\x00",
        "\u2028",
        "\ue000",
        "<a href='x'>",
        "--",
        " — ",
        "://",
        "<",
        "ht`tp`://x",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, PIECES, st.text(max_size=8)), max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_nothing_leaks(text: str) -> None:
    try:
        found = parse(VideoConfig(id="x", document=Document(path="a.md", text=text)))
    except ValidationError:
        return
    assert found.title
    assert ParsedContent.model_validate_json(found.to_json()) == found
    last, count = 0, len(re.split("\r\n|\r|\n", text))
    for section in found.sections:
        assert last <= section.lines[0] <= section.lines[1] <= count
        last = begin = section.lines[0]
        for part in section.blocks:
            assert begin <= part.lines[0] <= part.lines[1] <= section.lines[1]
            begin = part.lines[0]
    for said in spoken_texts(found.sections):
        assert not re.search(r"</?[A-Za-z!]|://|\bwww\.\w|[\ue000-\ue003]", said)
        assert all(any(char.isalnum() for char in word) for word in said.split())
