"""What `fuzz_inputs.py` breaks, and who reads it: every file that a stranger may give, as people write it."""

from __future__ import annotations

import io
import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

ROOT = Path(__file__).parents[2]
TEXT = """\
A Title

1.  Introduction

   Some words that go on for a while, so that the line is one of prose and
   nothing else; hyphen-
   ated words too.

   o  one
      - nested
   o  two

Table of Contents

   1. Introduction . . . . . . 1
   2. End . . . . . . . . . .  2

      Code   Meaning
      ----   -------
      200    fine

    $ run --fast
\f
Foot                                                        [Page 2]
| a | b |
+---+---+
| c | d |
"""
MARKDOWN = """\
---
title: A kiln
---

# A kiln

Some *words*, `code_1`, a [link](https://example.com "there") and a note[^1]. ![A pot](pot.png)

<!-- narration: Bake &amp; serve. -->

- [x] one
  1. nested
- two

> [!NOTE]
> Hot.

| a | b |
| --- | :-: |
| 1 | 2 |

```mermaid
flowchart LR
  subgraph Fire
    a[Clay] -->|bakes| b{Pot}
  end
```

<details><summary>More</summary><b>bold</b></details>

Set
---

[^1]: That it is *hot*.
"""
HTML = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A kiln</title><style>p {color: red}</style></head>
<body><nav><a href="/">Home</a></nav><main><article><header><h1 id="top">A kiln</h1></header>
<p>Some <em>words</em>, <code>code_1</code>, a <a href="https://example.com">link</a>&nbsp;and &amp; &#8212; a note.</p>
<ul><li><input type="checkbox" checked> one<ol start="3"><li>nested</ol><li>two</ul>
<dl><dt>Clay<dd>Earth<dd>Mud</dl><blockquote><p>Hot.</p></blockquote><div class="admonition warning">Careful</div>
<table><caption>T</caption><thead><tr><th colspan="2">a<th rowspan="2">b</thead><tr><td>1<td>2<td>3</table>
<pre><code class="language-python">print(1)
</code></pre><figure><img src="PIXEL" alt="A pot" width="8"><figcaption>Pot</figcaption></figure>
<svg viewBox="0 0 9 9"><rect width="3"/></svg><math><mi>x</mi></math><script>var a = "<p>";</script>
<details><summary>More</summary><p>Inside</p></details></article></main><footer>Foot</footer></body></html>
"""
PROJECT = """\
title: &title A kiln
theme: own.yaml
brand: brand.yaml
languages: [en, es]
speakers: {Ana: female, Ben: male}
lexicon: {kiln: kill}
chrome: {progress: true}
captions: {burned: words}
scenes:
  - id: hook
    kind: title
    content: {title: *title, subtitle: Clay}
    narration: "Ana: Welcome. Ben: Let us bake."
  - kind: bullets
    content:
      header: How
      items: [Fire, Wait]
    narration: >-
      Fire it, and wait.
    min_seconds: 5
  - kind: diagram
    content:
      header: Flow
      source: |
        flowchart LR
          a[Clay] -->|bakes| b{Pot} & c((Cup))
          subgraph Fire
            b --> d
          end
    narration: Clay becomes a pot.
  - kind: diagram
    content: {header: Dot, source: "digraph {a -> {b c}; subgraph x {d [label=D]}}"}
    narration: Again.
  - kind: chart
    content: {type: line, header: Heat, path: heat.csv, columns: [Degrees]}
    narration: It becomes hot.
  - kind: code
    content: {header: Code, language: python, code: "print(1)\\n", highlight: [1]}
    narration: This is code.
"""
CSV = b'Hour,Degrees,"Other, one"\n1,20,3.5\n2,"1,000",\xe2\x88\x924\n3,90%,5\n'
TEMPLATE = """\
template:
  description: A pot
  variables:
    title: {description: its name}
    steps: {description: what is done, type: list, fields: {title: a word, output: {description: o, when: title}}}
    hot: {description: whether, type: flag, default: true}
title: ${title}
scenes:
  - id: opening
    kind: title
    content: {title: "${title}"}
    narration: ${title}. Let us go.
  - each: steps
    scenes:
      - when: item.output
        kind: section
        content: {title: "${item.title|a step}"}
        narration: ${item.title}
      - unless: hot
        kind: section
        content: {title: "cold $${item}"}
        narration: Cold.
"""
USES = "template: ./own.yaml\nvariables:\n  title: A kiln\n  steps: [{title: Fire, output: hot}, {title: Wait}]\n"
TRANSLATIONS = """\
kiln:
  _film:
    - at: title
      of: "0123456789abcdef"  # stale
      en: "A kiln"
      es: "Un horno"
  hook:
    - {at: narration, es: "Bienvenidos."}
    - at: content.items.0.text
      es:
"""
CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: es\n"

#. a note
msgctxt "kiln/hook/narration"
msgid "Welcome."
msgstr "Bienvenidos."

#, fuzzy
#| msgid "Old"
msgctxt "kiln/hook/title"
msgid "A "
"kiln"
msgid_plural "Kilns"
msgstr[0] "Un horno"
msgstr[1] "Hornos"

#~ msgid "gone"
#~ msgstr "ido"
"""
REVIEW = """\
<!-- The script of "kiln". -->

# A kiln

## Welcome {#hook}

```yaml
kind: title
content:
  title: A kiln
```

Ana: Welcome.
\\# Let us bake.

<!-- a note -->

## How {#how}

```yaml
kind: bullets
content:
  header: How
  items: [Fire, Wait]
min_seconds: 5
```

Fire it.
"""
ANSWERS = """\
template: tutorial
responses:
  title: A kiln
  goal: You have a pot
  needs: [clay, fire]
  steps:
    - {title: Knead, narration: Knead it., command: knead --fast, output: kneaded}
    - {title: Bake, narration: Bake it., code: "fire: true", language: yaml}
"""
LOCK = {
    "lines": {
        "kiln/en/hook": {
            "turns": [{"text": "ab", "voice": "draft:", "rate": 1.0, "spelling": "cd"}],
            "engines": {"draft:": "1"},
            "audio": "ef",
            "seconds": 2.5,
        }
    }
}
BRAND = """\
theme: paper
accent: cyan
logo: pot.png
colours: {text: "#000000"}
intro:
  kind: title
  content: {title: Us}
  narration: Hello.
outro: {kind: outro, content: {main_text: Bye}, min_seconds: 5}
"""
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48" width="64px" height="48"><defs><g id="a"><rect '
    'width="9" height="9" fill="#123"/></g></defs><use href="#a" x="3"/><path d="M0 0L9 9Z"/><text>Hi</text></svg>'
)


def picture(form: str = "PNG") -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, form)
    return out.getvalue()


def _html() -> list[bytes]:
    import base64

    page = HTML.replace("PIXEL", "data:image/png;base64," + base64.b64encode(picture()).decode())
    return [page.encode(), HTML.replace("<main>", "").encode(), HTML.encode("utf-16")]


def _pdf() -> list[bytes]:
    import pdfs

    drawn = [pdfs.made(draw, pageCompression=0) for draw in (pdfs.paper, pdfs.manual, pdfs.scanned)]
    return [*drawn, pdfs.made(pdfs.manual), pdfs.pages(pdfs.words("Hello."), b"q " * 500)]


def _pptx() -> list[bytes]:
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    made: Any = Presentation()
    box = [Inches(1)] * 4
    first = made.slides.add_slide(made.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "Kiln", "A short course"
    first.notes_slide.notes_text_frame.text = "Welcome --> all\nLet us bake."
    second = made.slides.add_slide(made.slide_layouts[1])
    second.shapes.title.text, frame = "How", second.placeholders[1].text_frame
    frame.text = "Fire"
    below = frame.add_paragraph()
    below.text, below.level = "slowly", 1
    frame.add_paragraph().add_run().hyperlink.address = "https://example.com"
    third = made.slides.add_slide(made.slide_layouts[5])
    third.shapes.add_picture(io.BytesIO(picture()), *box)
    third.shapes.add_picture(io.BytesIO(picture("JPEG")), *box)
    table = third.shapes.add_table(3, 2, *box).table
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 0).text, table.cell(1, 0).text, table.cell(1, 1).text = "T", "a", "1"
    third.shapes.add_group_shape().shapes.add_textbox(*box).text_frame.text = "in a group"
    data: Any = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("s", (1, 2.5))
    third.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, data)
    made.slides.add_slide(made.slide_layouts[1]).element.set("show", "0")
    out = io.BytesIO()
    made.save(out)
    return [out.getvalue()]


def _docx() -> list[bytes]:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    word = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{office}"'
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"

    def run(text: str, looks: str = "") -> str:
        return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    def paragraph(inside: str, looks: str = "") -> str:
        return f"<w:p><w:pPr>{looks}</w:pPr>{inside}</w:p>"

    def cell(text: str, looks: str = "") -> str:
        return f"<w:tc><w:tcPr>{looks}</w:tcPr>{paragraph(run(text))}</w:tc>"

    def item(level: int) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'

    mono = '<w:rFonts w:ascii="Courier New"/>'
    shown = (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing"><wp:docPr id="1" name="p" descr="Pot"/>'
        f'<a:graphic xmlns:a="{drawing}/main"><a:graphicData><pic:pic xmlns:pic="{drawing}/picture"><pic:blipFill>'
        '<a:blip r:embed="r5"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    spans, begins = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://example.com"</w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("a field")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        paragraph(run("Kiln"), '<w:pStyle w:val="Heading1"/>')
        + paragraph(run("It ") + f"<w:del>{run('never ')}</w:del><w:ins>{run('bakes ')}</w:ins>" + run("clay_1", mono))
        + paragraph(run("Big", '<w:b/><w:sz w:val="36"/>'))
        + paragraph(f'<w:hyperlink r:id="r4">{run("link")}</w:hyperlink>{note}{field}')
        + paragraph(run("one"), item(0)) + paragraph(run("nested"), item(1)) + paragraph(run("x = 1", mono))
        + f'<w:tbl><w:tr>{cell("a", spans)}</w:tr><w:tr>{cell("1", begins)}{cell("2")}</w:tr>'
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('3')}</w:tr></w:tbl>"
        + paragraph(shown)
        + f"<w:sdt><w:sdtContent>{paragraph(run('in a control'))}</w:sdtContent></w:sdt>"
    )  # fmt: skip
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Target="word/document.xml" Type="{office}/officeDocument"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Target="{kind}.xml" Type="{office}/{kind}"/>'
            for n, kind in enumerate(("styles", "numbering", "footnotes"), 1)
        )
        + f'<Relationship Id="r4" Target="https://example.com" TargetMode="External" Type="{office}/hyperlink"/>'
        f'<Relationship Id="r5" Target="media/p.png" Type="{office}/image"/></Relationships>',
        "word/document.xml": f"<w:document {word}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {word}><w:docDefaults/>"
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Base"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Base"><w:name w:val="Normal"/>'
        '<w:rPr><w:sz w:val="22"/></w:rPr></w:style></w:styles>',
        "word/numbering.xml": f'<w:numbering {word}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>',
        "word/footnotes.xml": f'<w:footnotes {word}><w:footnote w:id="2">{paragraph(run("A note."))}</w:footnote>'
        "</w:footnotes>",
        "word/media/p.png": picture(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return [out.getvalue()]


def _ipynb() -> list[bytes]:
    import base64

    table = "<table><tr><th>a<th>b<tr><td>1<td>2</table>"
    outputs: list[dict[str, Any]] = [
        {"output_type": "stream", "name": "stdout", "text": ["1\n", "\u001b[1mtwo"]},
        {"output_type": "error", "ename": "E", "evalue": "no", "traceback": ["a"]},
        {"output_type": "display_data", "data": {"image/png": base64.b64encode(picture()).decode()}, "metadata": {}},
        {"output_type": "execute_result", "data": {"text/html": table, "text/plain": "a b", "text/markdown": "*x*"}},
    ]
    attached = {"p.png": {"image/png": base64.b64encode(picture()).decode()}}
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": "# Kiln\n\n![p](attachment:p.png)",
            "attachments": attached,
        },
        {"cell_type": "code", "metadata": {"tags": ["a"]}, "source": ["%time\n", "print(1)\n"], "outputs": outputs},
        {"cell_type": "raw", "metadata": {"tags": ["hide-input"]}, "source": "---\ntitle: A\n---"},
    ]
    book = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"language_info": {"name": "python"}}, "cells": cells}
    return [json.dumps(book, indent=indent).encode() for indent in (None, 1)]


def _captions(kind: str) -> Callable[[], list[bytes]]:
    def made() -> list[bytes]:
        import talks

        words, bare = talks.timed(talks.WORDS), talks.timed(talks.BARE)
        texts = {
            "vtt": (talks.rolling_vtt(bare), talks.manual(words)),
            "srt": (talks.manual(words, "srt"),),
            "json3": (talks.json3(bare),),
            "srv3": (talks.srv3(bare),),
        }
        return [text.encode() for text in texts[kind]]

    return made


def _talk() -> list[bytes]:
    import talks

    track = {"en": [{"ext": "vtt", "data": talks.manual(talks.timed(talks.WORDS))}]}
    return [json.dumps(talks.info(**{kind: track})).encode() for kind in ("subtitles", "automatic_captions")]


def _document(path: Path) -> None:
    from videogen.inputs.documents import read_document
    from videogen.inputs.parse import parse
    from videogen.model.errors import Where
    from videogen.model.project import VideoConfig

    folder = path.parent
    found = read_document(path.name, folder, folder, Where("a.yaml", 1))
    document = found.document
    starts = document.starts
    if starts != sorted(starts) or any(not 1 <= start <= document.text.count("\n") + 2 for start in starts):
        raise AssertionError(f"places that do not rise, or are not there: {starts[:20]}")
    if found.pictures:
        (folder / "media").mkdir()
        for name, data in found.pictures.items():
            (folder / "media" / name).write_bytes(data)
        document = document.model_copy(update={"folder": "media"})
    parse(VideoConfig(id="talk", document=document), folder)


def _source(path: Path, project: str = PROJECT, **files: bytes) -> None:
    """A project, with what it names beside it."""
    from videogen.inputs.source import read_source

    folder = path.parent
    theme = (ROOT / "templates/themes/candy.yaml").read_bytes().replace(b"name: candy", b"name: own")
    others = {"own.yaml": theme, "brand.yaml": BRAND.encode(), "heat.csv": CSV, "pot.png": picture()}
    for name, data in {"kiln.yaml": project.encode(), **others, **files}.items():
        if name != path.name:
            (folder / name).write_bytes(data)
    read_source(folder / "kiln.yaml", folder, reviewed="review")


def _template(path: Path) -> None:
    _source(path, USES)


def _theme(path: Path) -> None:
    from videogen.model.film import FilmFormat
    from videogen.scenes.themes import resolve_look

    resolve_look(f"./{path.name}", "cyan", FilmFormat(width=1280, height=720, fps=30), path.parent)


def _picture(path: Path) -> None:
    _source(path, f'scenes: [{{kind: image, content: {{path: "{path.name}"}}, narration: A pot.}}]')


def _music(path: Path) -> None:
    _source(
        path, f'music: {{file: "{path.name}"}}\nscenes: [{{kind: title, content: {{title: A}}, narration: A pot.}}]'
    )


def _wav() -> list[bytes]:
    import wave

    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 8000, 8000, "NONE", ""))
        file.writeframes(bytes(16000))
    return [out.getvalue()]


def _translations(path: Path) -> None:
    from videogen.inputs.translations import read_translations, translations_text

    translations_text("en", "es", {}, read_translations(path, path.name, "es"))


def _catalogue(path: Path) -> None:
    from videogen.inputs.catalogue import catalogue_text, read_catalogue

    language, given = read_catalogue(path, path.name)
    catalogue_text("en", language, {}, given)


def _review(path: Path) -> None:
    from videogen.inputs.project import read_project
    from videogen.inputs.review import read_reviews, review_paths

    folder = path.parent
    own, base = (folder / name for name in review_paths("review", "kiln", "en"))
    base.parent.mkdir(parents=True)
    base.write_text(REVIEW)
    shutil.copyfile(path, own)
    project = folder / "kiln.yaml"
    project.write_text("speakers: {Ana: female}\nscenes: [{kind: title, content: {title: A}, narration: A.}]\n")
    read_reviews([("kiln", read_project(project, "kiln.yaml", folder).videos[0])], "review", folder)


def _answers(path: Path) -> None:
    from videogen.inputs.wizard import project_text, read_answers

    project_text("kiln", read_answers(path))


def _lock(path: Path) -> None:
    from videogen.build.narrations import read_lock

    read_lock(str(path))


class Reader(NamedTuple):
    """Who reads a file, and what is broken of it."""

    file: str
    seeds: Callable[[], list[bytes]]
    read: Callable[[Path], None] = _document


def _plain(*texts: str | bytes) -> Callable[[], list[bytes]]:
    return lambda: [text.encode() if isinstance(text, str) else text for text in texts]


def _files(pattern: str, *texts: str) -> Callable[[], list[bytes]]:
    return lambda: [*_plain(*texts)(), *(path.read_bytes() for path in sorted(ROOT.glob(pattern)))]


READERS = {
    "docx": Reader("a.docx", _docx),
    "pptx": Reader("a.pptx", _pptx),
    "html": Reader("a.html", _html),
    "pdf": Reader("a.pdf", _pdf),
    "ipynb": Reader("a.ipynb", _ipynb),
    "md": Reader("a.md", _plain(MARKDOWN, TEXT)),
    "txt": Reader("a.txt", _plain(TEXT, TEXT.replace("\n\n", "\n"), TEXT.upper(), TEXT * 40)),
    **{kind: Reader(f"a.{kind}", _captions(kind)) for kind in ("vtt", "srt", "json3", "srv3")},
    "talk": Reader("a.info.json", _talk),
    "project": Reader("kiln.yaml", _files("projects/*.yaml", PROJECT), _source),
    "template": Reader("own.yaml", _plain(TEMPLATE), _template),
    "theme": Reader("own.yaml", _files("templates/themes/*.yaml", "name: own\nbase: paper\ncorner: 3\n"), _theme),
    "brand": Reader("brand.yaml", _plain(BRAND), _source),
    "csv": Reader("heat.csv", _plain(CSV, CSV.replace(b'"1,000"', b"1").replace(b",", b";")), _source),
    "translations": Reader("es.yaml", _plain(TRANSLATIONS), _translations),
    "catalogue": Reader("es.po", _plain(CATALOGUE), _catalogue),
    "review": Reader("kiln.en.md", _plain(REVIEW), _review),
    "answers": Reader("answers.yaml", _plain(ANSWERS), _answers),
    "lock": Reader("kiln.narration.lock", lambda: [json.dumps(LOCK, indent=1).encode()], _lock),
    "svg": Reader("pot.svg", _plain(DRAWING), _picture),
    "png": Reader("pot.png", lambda: [picture()], _picture),
    "jpeg": Reader("pot.jpg", lambda: [picture("JPEG")], _picture),
    "music": Reader("hum.wav", _wav, _music),
}
