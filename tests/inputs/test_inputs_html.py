"""HTML pages: the article, and nothing of what stands around it."""

from __future__ import annotations

import base64
import io
import time
from pathlib import Path

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.htmlfile import INPUT, decoded
from videogen.inputs.markdown import parse_markdown
from videogen.model.content import ParsedContent
from videogen.model.errors import ValidationError
from videogen.model.project import Document, VideoConfig


def read(page: str | bytes, path: Path | None = None) -> Reading:
    return INPUT.read(Given("page.html", "page.html", page.encode() if isinstance(page, str) else page, path))


def markdown(page: str) -> str:
    return read(page).text


def parsed(reading: Reading) -> ParsedContent:
    document = Document(path="page.html", text=reading.text, title=reading.title, starts=list(reading.starts))
    return parse_markdown(document, VideoConfig(id="page", document=document))


def png(width: int = 64, height: int = 48) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


# what it is for


@pytest.mark.parametrize(
    ("name", "head", "media_type", "reads"),
    [
        ("page.html", b"", "", True),
        ("PAGE.HTM", b"", "", True),
        ("page", b"<!-- saved --><!DOCTYPE html><html>", "", True),
        ("page", b"plain", "", False),
        ("https://x.example/a.php", b"", "text/html", True),
        ("notes.md", b"<html>", "", False),
        ("data.bin", b"<html>", "application/octet-stream", False),
    ],
)
def test_it_reads_pages(name: str, head: bytes, media_type: str, reads: bool) -> None:
    assert INPUT.reads(name, head, media_type) is reads


# the article

AROUND = """<!doctype html><title>Kiln | The docs</title>
<body><div class="cookie-consent">We use cookies.</div>
<header><a href="/">Home</a> Search here</header><nav><ul><li>One</ul></nav>
<main><h1>Kiln</h1><p>Kiln bakes sites from text, and it does so again and again.
<aside>An advertisement.</aside><p hidden>Unseen.<p style="display: none">Unseen too.
<script>var unseen = "too";</script><form>Subscribe <input></form></main>
<footer>Copyright of somebody</footer></body>"""


def test_only_the_article_is_taken() -> None:
    assert markdown(AROUND) == "# Kiln\n\nKiln bakes sites from text, and it does so again and again.\n"


def test_without_a_main_element_what_stands_around_is_left_out_all_the_same() -> None:
    page = AROUND.replace("<main>", "<div id='page' class='has-sidebar'>").replace("</main>", "</div>")
    assert markdown(page) == "# Kiln\n\nKiln bakes sites from text, and it does so again and again.\n"


def test_a_page_whose_whole_text_is_in_something_called_a_sidebar_is_read() -> None:
    assert "All that there is" in markdown("<body><div class=sidebar><p>All that there is to be read.</div>")


def test_the_header_of_an_article_is_part_of_it() -> None:
    assert markdown("<article><header><h1>Kiln</h1></header><p>Bakes.</article>") == "# Kiln\n\nBakes.\n"


def test_a_page_without_a_heading_has_the_title_of_its_head() -> None:
    assert read("<title>Kiln &amp; co</title><p>Bakes.").title == "Kiln & co"
    assert read("<meta property=og:title content='Kiln'><title>Kiln | Docs</title><p>Bakes.").title == "Kiln"
    assert read(AROUND).title == ""


# blocks


def test_lists_are_nested_and_numbered_as_they_are() -> None:
    page = "<ul><li>One<ol><li>First<li>Second</ol></li><li><p>Two<p>More</li></ul>"
    assert markdown(page) == "- One\n  1. First\n  2. Second\n- Two. More\n"


def test_tasks_keep_their_ticks() -> None:
    assert markdown("<ul><li><input type=checkbox checked> Done<li><input type=checkbox> To do</ul>") == (
        "- [x] Done\n- [ ] To do\n"
    )


def test_terms_are_told_with_what_is_said_of_them() -> None:
    page = "<dl><dt>-d</dt><dt>--delete</dt><dd>Delete it.<dt>Kiln<dd><p>An oven<p>for clay</dl>"
    assert markdown(page) == "- -d, --delete - Delete it.\n- Kiln - An oven. for clay.\n"


def test_terms_with_listings_become_headings() -> None:
    page = "<h2>Use</h2><dl><dt>Build<dd><p>Like this:<pre>kiln bake</pre></dl><p>After."
    assert markdown(page) == "## Use\n\n### Build\n\nLike this:\n\n```\nkiln bake\n```\n\nAfter.\n"


def test_cells_that_cover_others() -> None:
    page = """<table><thead><tr><th rowspan=2>Name<th colspan=2>Seconds<tr><th>First<th>Again</thead>
    <tr><td rowspan=2>Kiln<td>2<td>1<tr><td>3<td>1|2</table>"""
    assert markdown(page).splitlines() == [
        "| Name | Seconds First | Seconds Again |",
        "| --- | --- | --- |",
        "| Kiln | 2 | 1 |",
        "| Kiln | 3 | 1\\|2 |",
    ]


def test_a_table_that_only_lays_out_is_read_as_what_is_in_it() -> None:
    assert markdown("<table><tr><td><p>Left.<td><pre>code</pre></table>") == "Left.\n\n```\ncode\n```\n"


@pytest.mark.parametrize(
    "page",
    [
        '<pre><code class="language-python">a = 1\n\nb &lt; 2</code></pre>',
        '<div class="highlight-python notranslate"><div class="highlight"><pre>a = 1\n\nb &lt; 2\n</pre></div></div>',
        '<pre class="sourceCode python">\na = <b>1</b><br><br>b &lt; 2</pre>',
        '<pre><code data-lang=python>a = 1\n<span class="boring"># unseen</span>\nb &lt; 2</code></pre>',
    ],
)
def test_listings_keep_their_lines_and_language(page: str) -> None:
    assert markdown(page) == "```python\na = 1\n\nb < 2\n```\n"


def test_code_and_links_within_a_sentence() -> None:
    links = "<a href='https://x.example/a_b'>there</a> or <a href='#x'>here</a>"
    page = f"<p>Type <kbd>`a`  b</kbd>, see {links}.<del>No</del>"
    assert markdown(page) == "Type `` `a` b``, see [there](<https://x.example/a_b>) or here.\n"


def test_quotes_and_callouts() -> None:
    assert markdown("<blockquote><p>Bake on.<footer>Ada</footer></blockquote>") == "> Bake on.\n>\n> — Ada\n"
    page = "<div class='admonition warning'><p class=admonition-title>Warning<p>It is hot.<p>Mind it.</div>"
    assert markdown(page) == "> [!WARNING]\n> It is hot.\n>\n> Mind it.\n"


def test_text_that_looks_like_markup_stays_text() -> None:
    content = parsed(read("<h1># No *list*</h1><p>1. [a](b) `c` &lt;b> $x$</p><p>- none</p>"))
    section = content.sections[0]
    assert section.title.text == "# No *list*"
    assert [block.inline.text for block in section.blocks if block.type == "paragraph"] == [
        "1. [a](b) `c` <b> $x$",
        "- none",
    ]


def test_links_to_headings_and_notes_are_left_out() -> None:
    page = "<h2>Use<a class=headerlink href='#use'>¶</a></h2><p>Bake it<sup><a href='#fn1'>1</a></sup> now."
    assert markdown(page) == "## Use\n\nBake it now.\n"


def test_items_with_listings_are_told_one_after_the_other() -> None:
    page = "<ol><li><p>Install it:<pre>pip install kiln</pre><li>Bake.</ol>"
    assert markdown(page) == "Install it:\n\n```\npip install kiln\n```\n\nBake.\n"


# pictures


def test_pictures_beside_and_inside(tmp_path: Path) -> None:
    (tmp_path / "a b.png").write_bytes(png())
    inside = base64.b64encode(png(40, 40)).decode()
    page = (
        f"<p>Look.<figure><img src='a%20b.png?v=1' alt='An [oven]'><figcaption>The oven</figcaption></figure>"
        f"<img src='data:image/png;base64,{inside}'><img src='https://x.example/far.png'><img src='/root.png'>"
        "<img src=missing.png><img src='../../../../etc/passwd'>"
    )
    assert read(f"<p>Look.<img src={'a' * 9000}.png>", tmp_path / "page.html").text == "Look.\n"
    reading = read(page, tmp_path / "page.html")
    (name,) = reading.pictures
    assert reading.pictures[name] == png(40, 40)
    assert reading.text == f'Look.\n\n![An \\[oven\\]](<a%20b.png> "The oven")\n\n![](<{name}>)\n'
    assert reading.left_out == [
        "2 pictures that are somewhere else",
        "pictures that do not lie beside it: missing.png, ../../../../etc/passwd",
    ]


def test_a_picture_that_is_a_bomb_is_left_out() -> None:
    bomb = base64.b64encode(png(30000, 2000)).decode()
    reading = read(f"<p>Look.<img src='data:image/png;base64,{bomb}'><img src='data:image/png;base64,AAAA'>")
    assert reading.pictures == {}
    assert reading.left_out == [
        "line 1: a picture: it has 30000 x 2000 pixels; at most 50 million are allowed",
        "line 1: a picture: it is in no known form",
    ]


# places


def test_places_are_lines_of_the_page() -> None:
    reading = read("<!doctype html>\n<h1>Kiln</h1>\n\n<p>One\nmore.</p>\n\n<ul>\n<li>Item</li></ul>\n<p>Last.")
    document = Document(path="page.html", text=reading.text, starts=list(reading.starts))
    lines = reading.text.splitlines()
    found = {text: document.place(lines.index(text) + 1) for text in lines if text}
    assert found == {
        "# Kiln": "page.html:2",
        "One more.": "page.html:4",
        "- Item": "page.html:7",
        "Last.": "page.html:9",
    }


# encodings


@pytest.mark.parametrize(
    "data",
    [
        "<p>Größe “ok”".encode(),
        "\ufeff<p>Größe “ok”".encode(),
        "\ufeff<p>Größe “ok”".encode("utf-16-le"),
        "<meta charset=iso-8859-1><p>Größe “ok”".encode("windows-1252"),
        "<p>Größe “ok”".encode("windows-1252"),
        "<meta charset='no-such'><p>Größe “ok”".encode(),
        "<meta charset='base64'><p>Größe “ok”".encode(),
        "<meta http-equiv=content-type content='text/html; charset=utf-16'><p>Größe “ok”".encode(),
    ],
)
def test_the_encoding_is_found(data: bytes) -> None:
    assert read(data).text == "Größe “ok”\n"


def test_a_declared_encoding_is_believed() -> None:
    assert decoded("<meta charset=koi8-r>Привет".encode("koi8-r")) == "<meta charset=koi8-r>Привет"


# what cannot be used


@pytest.mark.parametrize("page", ["", " \n", "<html><script>draw()</script><div id=app></div>", "<!-- -->"])
def test_a_page_that_says_nothing(page: str) -> None:
    with pytest.raises(ValidationError, match="page"):
        read(page)


def test_a_page_of_a_million_open_elements_ends_soon() -> None:
    for opened in ("<div>", "<ul><li>", "<table><tr><td>", "<b>", "<blockquote>", "<dl><dd>", "<figure>"):
        started = time.process_time()
        assert "x" in read("<p>x</p>" + opened * 100_000 + "deep").text
        assert time.process_time() - started < 20


def test_an_entity_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><p>Here: &x;.'
    assert "secret words" not in markdown(page)


NAMES = """p div ul ol li dl dt dd table tr td th thead pre code h1 h2 h6 blockquote figure figcaption img a span br
script main article nav details summary sup math svg b input"""
TAGS = st.sampled_from(NAMES.split())
PIECES = st.one_of(
    st.text(max_size=12),
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    st.sampled_from(
        ["<td rowspan=9 colspan=999>", '<img src="data:image/png;base64,AA">', "<!--", "&#x41;", "<a href=#>"]
    ),
)


@settings(max_examples=150, deadline=None)
@generated(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_the_page_it_is_read_or_refused_in_a_line(page: str) -> None:
    refused = ""
    try:
        reading = read(page)
    except ValidationError as error:
        reading, refused = Reading(""), str(error)
    assert "\n" not in refused
    assert list(reading.starts) == sorted(reading.starts)
    parsed(reading)
