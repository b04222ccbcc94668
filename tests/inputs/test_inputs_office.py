"""Slides, Word documents and notebooks, and what pretends to be one."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from typing import Any

import pytest
from PIL import Image

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.documents import adapters
from videogen.model.errors import PipelineError, ValidationError


def _pixel() -> str:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


PIXEL = _pixel()


def read(name: str, data: bytes) -> Reading:
    return adapters()[name].read(Given(f"a.{name}", f"a.{name}", data))


def deck() -> bytes:
    from pptx import Presentation

    made: Any = Presentation()
    first = made.slides.add_slide(made.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "Kiln", "A short course"
    first.notes_slide.notes_text_frame.text = "Welcome --> all\nLet us bake."
    second = made.slides.add_slide(made.slide_layouts[1])
    second.shapes.title.text = "How"
    frame = second.placeholders[1].text_frame
    frame.text = "Fire"
    below = frame.add_paragraph()
    below.text, below.level = "slowly", 1
    made.slides.add_slide(made.slide_layouts[1]).element.set("show", "0")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD = f'<w:document xmlns:w="{NAMESPACE}"><w:body>{{}}</w:body></w:document>'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target='
    '"word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)


def word(body: str, **more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = {"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": WORD.format(body), **more}
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def notebook(*cells: dict[str, Any]) -> bytes:
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {"language_info": {"name": "python"}}, "cells": list(cells)}
    ).encode()


def test_slides_are_sections_and_notes_their_narration() -> None:
    reading = read("pptx", deck())
    assert reading.text == (
        "# Kiln\n\nA short course\n\n<!-- narration: Welcome -&#45;&gt; all. Let us bake. -->\n\n"
        "## How\n\n- Fire\n  - slowly\n"
    )
    assert (reading.unit, list(reading.starts)) == ("slide", [1, 7, 12])
    assert list(reading.left_out) == ["slide 3: it is hidden"]


def test_a_document_is_read_by_its_looks() -> None:
    mono = '<w:rFonts w:ascii="Courier New"/>'
    bold = '<w:b/><w:sz w:val="36"/>'
    body = (
        f"<w:p>{run('Kiln', bold)}</w:p><w:p>{run('It ')}<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        f"<w:ins>{run('bakes ')}</w:ins>{run('clay_1', mono)}{run('.')}</w:p>"
    )
    reading = read("docx", word(body))
    assert reading.text == "# Kiln\n\nIt bakes `clay_1`.\n"
    assert (reading.unit, list(reading.starts)) == ("paragraph", [1, 3])


def test_a_notebook_is_read_cell_by_cell() -> None:
    code = {"cell_type": "code", "metadata": {}, "source": ["print(1)\n"]}
    shown = {"output_type": "display_data", "data": {"image/png": PIXEL}}
    page = {"text/html": "<table><tr><th>a<th>b<tr><td>1<td>2</table>", "text/plain": "a b"}
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "1\n"},
        {"output_type": "error", "ename": "E"},
        shown,
        {"output_type": "execute_result", "data": page},
    ]
    reading = read(
        "ipynb",
        notebook(
            {"cell_type": "markdown", "metadata": {}, "source": "# Kiln"},
            {"cell_type": "markdown", "metadata": {"tags": ["remove-cell"]}, "source": "Unseen"},
            {**code, "outputs": outputs},
            {**code, "source": "unseen = 1", "metadata": {"tags": ["hide-input"]}, "outputs": []},
        ),
    )
    (name,) = reading.pictures
    assert reading.text == (
        f"# Kiln\n\n```python\nprint(1)\n```\n\n```text\n1\n```\n\n![](<{name}>)\n\n"
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    )
    assert list(reading.left_out) == ["cell 3: an error"]
    assert reading.unit == "cell"


def test_pictures_that_a_cell_brings_along_are_its_pictures() -> None:
    cell = {
        "cell_type": "markdown",
        "metadata": {},
        "source": "# Kiln\n\n![door](attachment:door.png)\n![](attachment:no)",
    }
    reading = read("ipynb", notebook({**cell, "attachments": {"door.png": {"image/png": PIXEL}}}))
    (name,) = reading.pictures
    assert reading.text == f"# Kiln\n\n![door]({name})\n![](https://missing.invalid/)\n"
    assert reading.pictures[name] == base64.b64decode(PIXEL)


def test_what_only_a_book_understands_is_plain_in_a_notebook() -> None:
    source = "(kiln)=\n# Kiln\n\nSee {ref}`the door <door>`, {class}`~kiln.Oven`.\n\n:::{tip}\nBake slowly.\n:::\n"
    code = {"cell_type": "code", "metadata": {}, "source": "%matplotlib inline\nimport kiln", "outputs": []}
    text = read("ipynb", notebook({"cell_type": "markdown", "metadata": {}, "source": source}, code)).text
    assert text == "# Kiln\n\nSee the door, `Oven`.\n\n> [!TIP]\n> Bake slowly.\n\n```python\nimport kiln\n```\n"


def test_a_quickstart_is_one_of_what_the_file_names() -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": "# Quickstart\n\n" + "KilnWare bakes. " * 5}
    reading = adapters()["ipynb"].read(Given("kilnware-quickstart.ipynb", "kilnware-quickstart.ipynb", notebook(cell)))
    assert reading.title == "KilnWare: Quickstart"


BOMB = word("", **{"word/media/a.bin": "0" * 50_000_000})
DTD = word("", **{"word/styles.xml": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'})
DTD16 = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (BOMB, "grows suspiciously"),
        (DTD, "document type"),
        (_archive(**{"word/document.xml": b"<x/>", "[Content_Types].xml": DTD16.encode("utf-16")}), "document type"),
        (word("", **{"word/styles.xml": '<?xml version="1.0" encoding="UTL-8"?><x/>'}), "is not XML"),
        (OLE + b"WordDocument", "binary form of old office programs"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (_archive(**{"readme.txt": b"hi"}), "a ZIP archive, but no .docx"),
        (word("", **{"word/vbaProject.bin": "x"}), "macros"),
        (word("", **{"../../evil": "x"}), "unsafe name"),
        (word("x")[:-40], "damaged"),
        (b"plain", "damaged"),
        (word(""), "says nothing"),
        (word("<w:p"), "cannot be read"),
    ],
)
def test_what_is_no_document_is_refused_in_a_line(data: bytes, said: str) -> None:
    with pytest.raises(PipelineError, match=said) as caught:
        read("docx", data)
    assert str(caught.value).startswith("a.docx: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "a.ipynb:1:2: the notebook is not JSON"),
        (b"[]", "no notebook"),
        (b"\xff", "UTF-8"),
        (notebook(), "nothing"),
        (b'{"cells": [], "nbformat": %s}' % (b"9" * 5000), "a number of thousands of digits"),
        (b'{"cells": [1], "nbformat": true}', "the notebook cannot be read: "),
        (b'{"cells": [{"cell_type": "new"}], "nbformat": 1}', "the notebook cannot be read: "),
    ],
)
def test_what_is_no_notebook_is_refused_in_a_line(data: bytes, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        read("ipynb", data)


def test_what_is_no_presentation_is_refused_in_a_line() -> None:
    with pytest.raises(ValidationError, match=r"no \.pptx file"):
        read("pptx", word(""))


def test_elements_within_each_other_without_end_are_refused_soon() -> None:
    deep = "<x>" * 300_000 + "</x>" * 300_000
    with pytest.raises(ValidationError, match=r'its part "word/styles\.xml" is nested too deeply'):
        read("docx", word(f"<w:p>{run('a')}</w:p>", **{"word/styles.xml": deep}))


def test_a_part_that_nobody_reads_may_be_damaged() -> None:
    assert read("docx", word(f"<w:p>{run('a')}</w:p>", **{"word/theme.xml": "<x/><y", "word/more.xml": "<x>"})).text


@pytest.mark.parametrize("size", ["9" * 5000, "\u00b2", "-2", ""])
def test_a_size_or_a_level_that_is_none_is_passed_over(size: str) -> None:
    looks = f'<w:rPr><w:sz w:val="{size}"/></w:rPr><w:pPr><w:outlineLvl w:val="{size}"/></w:pPr>'
    style = f'<w:style w:type="paragraph" w:styleId="a">{looks}</w:style>'
    styles = f'<w:styles xmlns:w="{NAMESPACE}">{style}</w:styles>'
    assert read("docx", word(f"<w:p>{run('a')}</w:p>", **{"word/styles.xml": styles})).text == "a\n"
