"""Slides with more than words on them: drawings, groups, tables, charts, steps, programs and templates."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.documents import adapters
from videogen.model.svg import read_svg


def read(made: Any) -> Reading:
    out = io.BytesIO()
    made.save(out)
    return adapters()["pptx"].read(Given("a.pptx", "a.pptx", out.getvalue()))


def slide(made: Any, title: str = "Kiln", notes: str = "") -> Any:
    added = made.slides.add_slide(made.slide_layouts[5])
    added.shapes.title.text = title
    if notes:
        added.notes_slide.notes_text_frame.text = notes
    return added


def box(shapes: Any, text: str, at: tuple[float, float, float, float], size: int | None = None) -> Any:
    added = shapes.add_textbox(*(Inches(side) for side in at))
    added.text_frame.text = text
    if size:
        added.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    return added


def png(colour: str, size: tuple[int, int] = (40, 20)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    out.seek(0)
    return out


def bullets(added: Any, *lines: str) -> None:
    frame = box(added.shapes, lines[0], (1, 2, 8, 3)).text_frame
    for line in lines[1:]:
        frame.add_paragraph().text = line


def pictured(reading: Reading) -> str:
    (data,) = reading.pictures.values()
    return data.decode()


def test_shapes_with_labels_become_one_drawing(tmp_path: Path) -> None:
    made = Presentation()
    shapes = slide(made).shapes
    for at, name in enumerate(("Oven", "Shelf & door")):
        shape = shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, Inches(1 + 4 * at), Inches(3), Inches(2), Inches(1))
        shape.text_frame.text = name
    shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(3), Inches(3.5), Inches(5), Inches(3.5))
    box(shapes, "goes to", (3.2, 3, 1.5, 0.4))
    reading = read(made)
    (name,) = reading.pictures
    assert reading.text == f"# Kiln\n\n![](<{name}>)\n"
    (tmp_path / name).write_bytes(reading.pictures[name])
    drawing = read_svg(tmp_path / name)
    assert set("OvenShelf&doorgt ") <= set(drawing.letters)
    assert 350 < drawing.width < 500
    assert drawing.markup.count("<rect") == 3
    assert drawing.markup.count("<path") == 1


def test_what_is_in_a_group_is_drawn_where_the_group_stands() -> None:
    made = Presentation()
    group = slide(made).shapes.add_group_shape()
    for at in (0, 4):
        shape = group.shapes.add_shape(MSO_SHAPE.OVAL, Inches(at), Inches(0), Inches(1), Inches(1))
        shape.text_frame.text = f"Node {at}"
    group.left, group.top, group.width, group.height = Inches(1), Inches(3), Inches(2.5), Inches(0.5)
    markup = pictured(read(made))
    # five inches are drawn on two and a half: the second is two inches to the right of the first
    assert 'cx="90.0" cy="234.0" rx="18.0" ry="18.0"' in markup
    assert 'cx="234.0" cy="234.0" rx="18.0" ry="18.0"' in markup


def test_words_that_no_typeface_here_has_leave_the_drawing_out() -> None:
    made = Presentation()
    shapes = slide(made).shapes
    for at, name in enumerate(("窯", "棚")):
        shapes.add_shape(MSO_SHAPE.OVAL, Inches(4 * at), Inches(3), Inches(2), Inches(1)).text_frame.text = name
    reading = read(made)
    assert not reading.pictures
    assert "slide 1: what is drawn on it" in reading.left_out


def test_a_box_of_prose_beside_a_drawing_is_read() -> None:
    made = Presentation()
    shapes = slide(made).shapes
    for at in (0, 4):
        shapes.add_shape(MSO_SHAPE.OVAL, Inches(at), Inches(4), Inches(1), Inches(1)).text_frame.text = f"N{at}"
    box(shapes, "The oven is heated slowly, so that no pot breaks in it.", (1, 2, 8, 1))
    assert "\n\nThe oven is heated slowly, so that no pot breaks in it.\n\n![](<" in read(made).text


def test_tables_and_charts_are_tables() -> None:
    made = Presentation()
    table = slide(made).shapes.add_table(3, 2, Inches(1), Inches(2), Inches(4), Inches(2)).table
    for row, cells in enumerate((("Clay", "Heat"), ("Red", "900"), ("White", "1200"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    data = CategoryChartData()
    data.categories = ["May", "June"]
    data.add_series("Pots", (1.5, 20))
    frame = [Inches(side) for side in (1, 2, 4, 3)]
    slide(made, "Pots").shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *frame, data)
    assert read(made).text == (
        "# Kiln\n\n| Clay | Heat |\n| --- | --- |\n| Red | 900 |\n| White | 1200 |\n\n"
        "## Pots\n\n|  | Pots |\n| --- | --- |\n| May | 1.5 |\n| June | 20 |\n"
    )


def test_of_steps_only_the_last_is_shown_and_no_slide_twice() -> None:
    made = Presentation()
    bullets(slide(made, "Plan"), "Dig", "Bake")
    bullets(slide(made, "Clay"), "Dig")
    bullets(slide(made, "Clay"), "Dig", "Wash")
    bullets(slide(made, "Plan"), "Dig", "Bake")
    reading = read(made)
    assert reading.text == "# Plan\n\n- Dig\n- Bake\n\n## Clay\n\n- Dig\n- Wash\n"
    assert list(reading.left_out) == ["slide 2: a step towards slide 3", "slide 4: the same as slide 1"]


def test_slides_that_the_same_notes_tell_are_steps() -> None:
    made, notes = Presentation(), "First the clay is dug, and then it is washed in the river."
    bullets(slide(made, "Clay - one", notes), "Dig")
    bullets(slide(made, "Clay – one", notes), "Wash")
    assert read(made).text.count("narration") == 1


def test_pictures_of_the_template_are_no_content() -> None:
    made = Presentation()
    for at in range(4):
        shapes = slide(made, f"Part {at}").shapes
        shapes.add_picture(png("navy"), 0, 0, Inches(10), Inches(1))
        if at == 2:
            shapes.add_picture(png("red"), Inches(2), Inches(2), Inches(5), Inches(4))
        bullets(made.slides[at], f"Dig {at}", "Wash")
    reading = read(made)
    assert len(reading.pictures) == 1
    assert "1 picture of the template, which many slides show" in reading.left_out


def test_the_largest_words_above_are_the_title_of_a_slide_without_one() -> None:
    made = Presentation()
    shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
    box(shapes, "Potters of the north", (1, 1, 3, 0.5))
    box(shapes, "How a kiln is built", (1, 2, 8, 1), 40)
    box(shapes, "A. Potter, 2026", (1, 4, 8, 1))
    assert read(made).text == "# How a kiln is built\n\nPotters of the north\n\nA. Potter, 2026\n"
    slide(made, "Clay")
    slide(made, "Fire")
    reading = read(made)
    assert reading.text == "# How a kiln is built\n\n## Clay\n\n## Fire\n"
    assert list(reading.left_out) == ["slide 1: who, where and when"]


def test_a_slide_without_a_title_goes_on_with_the_one_before() -> None:
    made = Presentation()
    bullets(slide(made, "Clay"), "Dig", "Wash")
    bare = made.slides.add_slide(made.slide_layouts[6])
    bullets(bare, "The oven is heated slowly, so that no pot breaks in it.", "Then it is left alone.")
    assert read(made).text.count("#") == 1
    bare.notes_slide.notes_text_frame.text = "Nobody opens the door until the next day has come."
    assert "\n\n## Clay\n\n- The oven" in read(made).text


def test_a_program_is_code_and_raised_digits_stay_so() -> None:
    made = Presentation()
    bullets(slide(made), "CREATE TABLE pots (", "    name text,", "    heat int", ");")
    shapes = slide(made, "Range").shapes
    paragraph = box(shapes, "2", (1, 2, 8, 1)).text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = "63"
    run.font._element.set("baseline", "30000")
    text = read(made).text
    assert "```sql\nCREATE TABLE pots (\n    name text,\n    heat int\n);\n```" in text
    assert text.endswith("## Range\n\n2⁶³\n")


SMART = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DRAWN = "http://schemas.microsoft.com/office/drawing/2008/diagram"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def diagram(made: Any, group: bool) -> None:
    """A diagram of SmartArt with two points on the last slide."""
    slide_part = made.slides[-1].part
    points = "".join(
        f'<d:pt modelId="{at}"><d:t><a:p><a:r><a:t>{name}</a:t></a:r></a:p></d:t></d:pt>'
        for at, name in enumerate(("Dig", "Wash"))
    )
    shapes = "".join(
        f'<s:sp><s:nvSpPr><s:cNvPr id="{at}" name=""/><s:cNvSpPr/></s:nvSpPr><s:spPr><a:xfrm><a:off x="{x}" y="0"/>'
        '<a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="pie"><a:avLst><a:gd name="adj1" fmla="val 0"/>'
        '<a:gd name="adj2" fmla="val 5400000"/></a:avLst></a:prstGeom><a:solidFill><a:srgbClr val="102030"/>'
        f"</a:solidFill></s:spPr><s:txBody><a:bodyPr/><a:p><a:r><a:t>N{at}</a:t></a:r></a:p></s:txBody></s:sp>"
        for at, x in enumerate((0, 1828800))
    )
    parts = {}
    for name, text in (
        ("drawing", f'<s:drawing xmlns:s="{DRAWN}" xmlns:a="{MAIN}"><s:spTree>{shapes}</s:spTree></s:drawing>'),
        ("data", f'<d:dataModel xmlns:d="{SMART}" xmlns:a="{MAIN}"><d:ptLst>{points}</d:ptLst>'
                 '<s:dataModelExt xmlns:s="x" relId="{drawing}"/></d:dataModel>'),
    ):  # fmt: skip
        data = text.replace("{drawing}", parts.get("drawing", "")).encode()
        part = Part(PackURI(f"/ppt/diagrams/{name}1.xml"), "application/xml", slide_part.package, data)
        parts[name] = slide_part.relate_to(part, f"{RELATIONS}/{name}")
    frame = parse_xml(
        f'<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="{MAIN}" '
        f'xmlns:r="{RELATIONS}" xmlns:d="{SMART}"><p:nvGraphicFramePr><p:cNvPr id="9" name=""/><p:cNvGraphicFramePr/>'
        '<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="914400" y="1828800"/><a:ext cx="2743200" cy="914400"/>'
        "</p:xfrm>"
        f'<a:graphic><a:graphicData uri="{SMART}"><d:relIds r:dm="{parts["data"]}"/></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )
    shapes = made.slides[-1].shapes
    (shapes.add_group_shape().shapes if group else shapes)._spTree.append(frame)


def test_a_diagram_is_read_and_one_in_a_group_is_drawn() -> None:
    made = Presentation()
    slide(made)
    diagram(made, group=False)
    assert read(made).text == "# Kiln\n\n- Dig\n- Wash\n"
    made = Presentation()
    slide(made)
    diagram(made, group=True)
    markup = pictured(read(made))
    assert '<path d="M108.0 180.0 L144.0 180.0 A36.0 36.0 0 0 1 108.0 216.0 Z" fill="#102030"' in markup
    assert markup.count("<path") == 2


def test_words_in_the_colour_of_the_slide_are_not_seen() -> None:
    made = Presentation()
    shapes = slide(made).shapes
    box(shapes, "nobody sees me", (1, 3, 8, 1)).text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(
        255, 255, 255
    )
    box(shapes, "everybody sees me", (1, 5, 8, 1)).text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(0, 0, 0)
    slide(made, "Clay")
    assert "nobody" not in read(made).text


def test_notes_of_a_word_or_of_another_slide_are_no_narration() -> None:
    made, notes = Presentation(), "The clay is dug by the river, and it is washed there until it is clean."
    bullets(slide(made, "Clay", notes), "Dig", "Wash")
    bullets(slide(made, "Oven", notes), "Fire")
    bullets(slide(made, "Pots", "Show a pot."), "They are red, and some are white too")
    reading = read(made)
    assert reading.text.count("narration") == 1
    assert list(reading.left_out) == [
        "slide 2: the notes of an earlier slide again",
        "slide 3: notes of a few words",
    ]


def test_nothing_is_said_of_an_end_or_of_addresses() -> None:
    made = Presentation()
    bullets(slide(made, notes="https://example.com/kiln\nIt is hot."), "Dig", "Wash")
    slide(made, "Questions?")
    reading = read(made)
    assert reading.text == "# Kiln\n\n- Dig\n- Wash\n\n<!-- narration: It is hot. -->\n"
    assert list(reading.left_out) == ['slide 2: nothing but "Questions?"']


@pytest.mark.parametrize(
    "shape", [MSO_SHAPE.CAN, MSO_SHAPE.DIAMOND, MSO_SHAPE.RIGHT_ARROW, MSO_SHAPE.CLOUD, MSO_SHAPE.HEART]
)
def test_every_shape_is_drawn_within_its_place(shape: MSO_SHAPE, tmp_path: Path) -> None:
    made = Presentation()
    shapes = slide(made).shapes
    for at in (1, 5):
        added = shapes.add_shape(shape, Inches(at), Inches(3), Inches(2), Inches(1))
        added.text_frame.text, added.rotation = f"N{at}", 30 * at
    (name, data), *_ = read(made).pictures.items()
    (tmp_path / name).write_bytes(data)
    assert read_svg(tmp_path / name).width == 6 * 72 + 16
