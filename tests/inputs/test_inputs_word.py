"""Word documents as people make them: covers, captions, drawings, headings by looks, fields, formulas and columns."""

from __future__ import annotations

import base64
import io
import zipfile

from PIL import Image

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.documents import adapters

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    f'<w:styles {SPACES}>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/></w:style>'
        for name, called in (
            ("T", "Title"), ("H1", "heading 1"), ("H2", "heading 2"), ("C", "caption"), ("TOC", "toc 1")
        )
    )
    + "</w:styles>"
)  # fmt: skip


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG")
    return out.getvalue()


def read(*paragraphs: str, name: str = "a.docx", title: str = "", **more: str) -> Reading:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/></Types>',
        )
        main = f'<Relationship Id="r1" Target="word/document.xml" Type="{RELATIONS}/officeDocument"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{main}</Relationships>')
        shown = f'<Relationship Id="p1" Target="media/a.png" Type="{RELATIONS}/image"/>' + "".join(
            f'<Relationship Id="{key}" Target="{key}.xml" Type="{RELATIONS}/{key}"/>' for key in more
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{shown}</Relationships>'
        )
        archive.writestr("word/media/a.png", png())
        for key, text in more.items():
            archive.writestr(f"word/{key}.xml", text)
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr(
            "word/document.xml", f"<w:document {SPACES}><w:body>{''.join(paragraphs)}</w:body></w:document>"
        )
        archive.writestr(
            "docProps/core.xml", f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>'
        )
    return adapters()["docx"].read(Given(name, name, out.getvalue()))


def p(text: str, style: str = "", looks: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:rPr>{looks}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def picture(size: int = 2_000_000, said: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{size}" cy="{size}"/><wp:docPr id="1" name="a" descr="{said}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:blipFill><a:blip r:embed="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def textbox(*lines: str) -> str:
    said = "".join(map(p, lines))
    inside = f"<v:textbox><w:txbxContent>{said}</w:txbxContent></v:textbox>"
    return (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing/></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape>{inside}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


SENTENCE = "Clay is dug by the river, and it is washed there until no stone is left in it."


def test_a_caption_goes_with_its_picture_and_a_file_name_is_no_description() -> None:
    reading = read(
        p("Kiln", "H1"),
        f"<w:p>{picture(said='kiln.png')}</w:p>",
        p("Figure 3: The door", "C"),
        p(SENTENCE),
        p("4 Nothing is shown", "C"),
    )
    (name,) = reading.pictures
    assert reading.text == f'# Kiln\n\n![](<{name}> "The door")\n\n{SENTENCE}\n'
    assert reading.pictures[name] == png()
    assert base64.b64encode(png()).decode() not in reading.text


def test_a_sign_within_a_line_is_no_picture() -> None:
    line = f"<w:p>{picture(200_000)}<w:r><w:t>opens the door.</w:t></w:r></w:p>"
    assert read(p("Kiln", "H1"), line).text == "# Kiln\n\nopens the door.\n"


def test_labels_of_a_drawing_are_not_said_and_prose_in_a_box_is() -> None:
    reading = read(p("Kiln", "H1"), textbox("Oven", "Door"), textbox(SENTENCE))
    assert reading.text == f"# Kiln\n\n{SENTENCE}\n"
    assert list(reading.left_out) == ["1 drawn shape"]


def test_what_stands_before_the_contents_is_a_cover() -> None:
    field = '<w:p><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r></w:p>'
    cover = (p("Kilns of the north", "H1"), p("Version 2.1"), p("A. Potter"))
    reading = read(*cover, field, p("Clay 2", "TOC"), p("Clay", "H1"), p(SENTENCE))
    assert (reading.title, reading.text) == ("Kilns of the north", f"## Clay\n\n{SENTENCE}\n")
    assert list(reading.left_out) == ["2 lines of a cover, before the text"]


def test_who_and_when_before_the_first_heading_are_left_out() -> None:
    reading = read(p("A. Potter"), p("May 2026"), p("Clay", "H2"), p(SENTENCE))
    assert (reading.title, reading.text) == ("", f"# Clay\n\n{SENTENCE}\n")


def test_a_title_that_names_no_subject_gets_it_from_the_file() -> None:
    field = '<w:p><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r></w:p>'
    said = "KilnWare bakes. " * 6
    assert (
        read(p("User Guide"), field, p("Clay", "H1"), p(said), name="kilnware-en.docx").title == "KilnWare: User Guide"
    )


def test_a_bold_line_is_a_heading_below_those_with_a_style() -> None:
    bold = "<w:b/>"
    reading = read(
        p("Kiln", "H1"), p(SENTENCE), p("The door", looks=bold), p(SENTENCE), p("Bold to the end", looks=bold)
    )
    assert reading.text == f"# Kiln\n\n{SENTENCE}\n\n## The door\n\n{SENTENCE}\n\nBold to the end\n"


def test_fields_show_what_they_stand_for_and_formulas_stand_in_their_line() -> None:
    field = '<w:fldSimple w:instr=" REF a "><w:r><w:t>Table 1</w:t></w:r></w:fldSimple>'
    power = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>r</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    keep = "xml:space='preserve'"
    line = f"<w:p><w:r><w:t {keep}>See </w:t></w:r>{field}<w:r><w:t {keep}> of </w:t></w:r>{power}</w:p>"
    assert read(p("Kiln", "H1"), line).text == "# Kiln\n\nSee Table 1 of r^2\n"


def test_a_formula_within_formulas_is_read_in_one_pass() -> None:
    deep = "<m:e>" * 60 + "<m:r><m:t>r</m:t></m:r>" + "</m:e>" * 60
    line = f"<w:p><w:r><w:t xml:space='preserve'>It is </w:t></w:r><m:oMath>{deep}</m:oMath></w:p>"
    assert read(p("Kiln", "H1"), line).text == "# Kiln\n\nIt is r\n"


def test_lines_with_tabs_are_terms_or_a_table_and_a_prompt_is_a_command() -> None:
    tabbed = [f"<w:p><w:r>{'<w:tab/>'.join(f'<w:t>{cell}</w:t>' for cell in row)}</w:r></w:p>"
              for row in (("oven.c", "the oven"), ("door.c", "its door"))]  # fmt: skip
    reading = read(p("Files", "H1"), *tabbed, p("&gt; bake --hot pots"))
    assert reading.text == (
        "# Files\n\n- oven.c - the oven.\n- door.c - its door.\n\n```console\n$ bake --hot pots\n```\n"
    )


def test_the_title_that_nobody_sees_is_taken_unless_it_is_a_file_name() -> None:
    assert read(p(SENTENCE), title="Kilns &amp; clay").title == "Kilns & clay"
    assert read(p(SENTENCE), title="Microsoft Word - kiln_v2.docx").title == ""
    parts = [p("Clay", "H2"), p(SENTENCE), p("Fire", "H2"), p(SENTENCE)]
    assert read(*parts, title="Kiln-Ware_README.docx").title == "Kiln-Ware"


def graphic(kind: str, inside: str) -> str:
    uri = f"http://schemas.openxmlformats.org/drawingml/2006/{kind}"
    graphic = f'<a:graphic><a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic>'
    return f"<w:p><w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r></w:p>"


def test_a_chart_is_its_numbers_and_a_diagram_its_words() -> None:
    chart_space, points = (
        "http://schemas.openxmlformats.org/drawingml/2006/chart",
        '<c:pt idx="{}"><c:v>{}</c:v></c:pt>'.format,
    )
    chart = (
        f'<c:chart xmlns:c="{chart_space}"><c:ser><c:tx>{points(0, "Pots")}</c:tx>'
        f"<c:cat>{points(0, 'May')}{points(1, 'June')}</c:cat>"
        f"<c:val>{points(0, '1.50')}{points(1, '20')}</c:val></c:ser></c:chart>"
    )
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    said = "".join(f'<d:pt><a:t xmlns:a="{main}">{text}</a:t></d:pt>' for text in ("Dig", "Wash"))
    reading = read(
        p("Kiln", "H1"),
        graphic("chart", f'<c:chart xmlns:c="{chart_space}" r:id="chart1"/>'),
        p(SENTENCE),
        graphic("diagram", '<d:relIds xmlns:d="d" r:dm="data1"/>'),
        graphic("chart", f'<c:chart xmlns:c="{chart_space}" r:id="nothing"/>'),
        chart1=chart,
        data1=f'<d:dataModel xmlns:d="d">{said}</d:dataModel>',
    )
    table = "|  | Pots |\n| --- | --- |\n| May | 1.5 |\n| June | 20 |"
    assert reading.text == f"# Kiln\n\n{table}\n\n{SENTENCE}\n\n- Dig\n- Wash\n"
    assert list(reading.left_out) == ["1 chart"]
