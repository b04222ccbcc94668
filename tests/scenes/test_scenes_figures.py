from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image
from scenes_kit import broken_laws, colour_at, composed, opened

from videogen.model.chrome import Chrome
from videogen.model.errors import ValidationError
from videogen.model.film import film_format
from videogen.model.project import Output
from videogen.model.script import Picture, Position
from videogen.model.svg import read_svg
from videogen.model.theme import Look
from videogen.scenes.draw import Drawn, draw, lay_out
from videogen.scenes.elements import Text
from videogen.scenes.themes import resolve_look, theme_names

ASPECTS = ("16:9", "1:1", "4:5", "9:16")
QUICK = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
WORD = st.text(st.sampled_from("abcdefgilmnorstuvwyABMW-./_:01 éß"), min_size=1, max_size=14)
PHRASE = st.lists(WORD, min_size=1, max_size=4).map(lambda parts: " ".join(" ".join(parts).split()) or "x")


def shaped(aspect: str, theme: str = "midnight", lines: str = "480p") -> Look:
    fmt = film_format(Output(resolution=lines), aspect)  # type: ignore[arg-type]
    return resolve_look(theme, "blue", fmt, Path())


def drawn(kind: str, content: dict, look: Look, root: Path) -> Drawn:
    return draw(Picture(kind=kind, content=content), look, root)


def refusal(kind: str, content: dict, look: Look, root: Path) -> str:
    with pytest.raises(ValidationError) as caught:
        drawn(kind, content, look, root)
    return caught.value.line()


def fitting(kind: str, content: dict, look: Look, root: Path) -> Drawn | None:
    """The scene drawn, or None when it is refused because it does not fit."""
    try:
        return drawn(kind, content, look, root)
    except ValidationError as error:
        if "does not fit" not in error.message:
            raise
        return None


def svg(body: str, attributes: str = 'viewBox="0 0 40 20"', before: str = "") -> str:
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>'
        f"{body}</svg>"
    )


# drawings


def test_a_drawing_is_sharp_and_stands_on_a_mat(tmp_path):
    (tmp_path / "a.svg").write_text(svg('<rect x="10" width="20" height="20" fill="#ff0000"/>'))
    final = opened(drawn("image", {"path": "a.svg"}, shaped("16:9", lines="1080p"), tmp_path).final)
    pixels = np.asarray(final.convert("RGB"))[540]
    red = np.flatnonzero((pixels == (255, 0, 0)).all(axis=1))
    assert len(red) > 700  # half of a drawing that fills the page's width or height
    mat = pixels[red[0] - 100]
    assert tuple(mat) == (0xF7, 0xF8, 0xFA)
    edge = pixels[red[0] - 3 : red[0] + 1]
    assert len({tuple(pixel) for pixel in edge}) <= 3  # a blurred edge would have more shades


def test_text_in_a_drawing_is_set_in_our_own_typefaces(tmp_path):
    (tmp_path / "a.svg").write_text(svg('<text x="2" y="15" font-size="10" font-family="Papyrus">Hi</text>'))
    assert read_svg(tmp_path / "a.svg").letters == "Hi"
    final = opened(drawn("image", {"path": "a.svg"}, shaped("16:9"), tmp_path).final)
    assert (np.asarray(final.convert("L"))[100:400] < 40).any()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (svg('<image href="red.png"/>'), 'it shows another file, "red.png"'),
        (svg('<image xlink:href="file:///etc/passwd"/>'), "it shows another file"),
        (svg('<use href="http://127.0.0.1:9/b.svg#a"/>'), "it shows another file"),
        (svg('<image href="data:image/svg+xml;base64,AAAA"/>'), "it shows another file"),
        (svg('<filter id="f"><feImage href="/etc/hostname"/></filter>'), "it shows another file"),
        (svg("&x;", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "it declares XML entities"),
        (svg("<g>" * 300 + "</g>" * 300), "deeper than 200"),
        (svg("", attributes=""), "how large it is"),
        (svg("", attributes='viewBox="0 0 1000 1"'), "no more than a line"),
        (svg("<g>"), "line 1, column"),
        ("<html/>", "it begins with <html>"),
        ("", "no element found"),
        (
            svg(
                '<g id="a0"><rect/></g>'
                + "".join(f'<g id="a{i}">' + f'<use href="#a{i - 1}"/>' * 10 + "</g>" for i in range(1, 8))
                + '<use href="#a7"/>'
            ),
            "it draws more than 50,000 elements",
        ),
        (svg('<text x="1" y="9">漢字</text>'), "characters that no typeface here has: 漢 字"),
    ],
)
def test_a_drawing_that_reaches_out_or_cannot_be_drawn_is_refused(text, part, tmp_path):
    (tmp_path / "a.svg").write_text(text, encoding="utf-8")
    Image.new("RGB", (4, 4), "red").save(tmp_path / "red.png")
    began = time.process_time()
    said = refusal("image", {"path": "a.svg"}, shaped("16:9"), tmp_path)
    assert time.process_time() - began < 2
    assert said.startswith('the drawing "a.svg"')
    assert part in said


def test_links_and_pictures_inside_a_drawing_are_fine(tmp_path):
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
    body = f'<a href="https://a.org"><image width="40" height="20" href="data:image/png;base64,{png}"/></a>'
    (tmp_path / "a.svg").write_text(svg(body, 'width="4cm" height="2cm" viewBox="0 0 40 20"'))
    found = read_svg(tmp_path / "a.svg")
    assert (round(found.width), round(found.height)) == (151, 76)
    drawn("image", {"path": "a.svg"}, shaped("16:9"), tmp_path)


# pictures


@pytest.fixture
def quarters(tmp_path):
    """A picture of four colours: red, green over blue, white."""
    picture = Image.new("RGB", (400, 200), "#ff0000")
    picture.paste("#00ff00", (200, 0, 400, 100))
    picture.paste("#0000ff", (0, 100, 200, 200))
    picture.paste("#ffffff", (200, 100, 400, 200))
    picture.save(tmp_path / "q.png")
    return tmp_path


def test_a_crop_shows_its_part_only(quarters):
    content = {"path": "q.png", "crop": [0.5, 0.0, 1.0, 0.5]}
    final = opened(drawn("image", content, shaped("16:9"), quarters).final)
    assert colour_at(final, 427, 240) == (0, 255, 0)
    seen = {tuple(int(level) for level in pixel) for pixel in np.asarray(final.convert("RGB")).reshape(-1, 3)}
    assert (255, 0, 0) not in seen
    assert (0, 0, 255) not in seen


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_picture_that_covers_fills_the_frame_about_its_middle(aspect, quarters):
    look = shaped(aspect)
    final = opened(drawn("image", {"path": "q.png", "fit": "cover"}, look, quarters).final)
    right, bottom = look.width - 1, look.height - 1
    corners = [colour_at(final, x, y) for x, y in ((0, 0), (right, 0), (0, bottom), (right, bottom))]
    assert corners == [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]
    with_words = drawn("image", {"path": "q.png", "fit": "cover", "caption": "Four"}, look, quarters)
    assert broken_laws(with_words.motion) == []


@pytest.mark.parametrize(("width", "beside"), [(600, True), (720, True), (1800, False)])
def test_a_picture_stands_where_it_is_as_large(width, beside, tmp_path):
    Image.new("RGB", (width, 600), "#ff0000").save(tmp_path / "a.png")
    look = shaped("16:9")
    final = opened(drawn("image", {"path": "a.png", "header": "Seen", "caption": "A picture"}, look, tmp_path).final)
    columns = np.flatnonzero((np.asarray(final.convert("RGB")) == (255, 0, 0)).all(axis=2).any(axis=0))
    assert bool(columns[0] > look.width // 3) is beside
    assert columns[-1] - columns[0] > look.width // 3


def test_a_crop_that_leaves_nothing_is_refused(quarters):
    content = {"path": "q.png", "crop": [0.5, 0.0, 0.5, 1.0]}
    assert "at least a twentieth" in refusal("image", content, shaped("16:9"), quarters)


def test_words_of_a_picture_keep_their_place_in_every_shape(quarters):
    Image.new("RGB", (90, 300), "#888888").save(quarters / "t.png")

    @QUICK
    @given(
        st.sampled_from(ASPECTS),
        st.sampled_from(["q.png", "t.png"]),
        st.sampled_from(["contain", "cover"]),
        st.lists(PHRASE, max_size=8).map(" ".join),
        st.lists(PHRASE, max_size=14).map(" ".join),
    )
    def law(aspect, path, fit, header, caption):
        content = {"path": path, "fit": fit, "header": header, "caption": caption}
        made = fitting("image", content, shaped(aspect), quarters)
        if made is not None:
            assert broken_laws(made.motion) == []
            assert np.abs(composed(made) - np.asarray(opened(made.final))).max() <= 1

    law()


MOVES = ("zoom_in", "zoom_out", "pan_left", "pan_right", "pan_up", "pan_down")


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("fit", ["contain", "cover"])
def test_a_view_goes_over_a_picture_in_its_place_and_never_beyond_it(fit, aspect, quarters):
    look = shaped(aspect)
    still = drawn("image", {"path": "q.png", "fit": fit, "caption": "Four"}, look, quarters)
    assert still.motion.window is None
    for move in MOVES:
        made = drawn("image", {"path": "q.png", "fit": fit, "caption": "Four", "move": move}, look, quarters)
        window = made.motion.window
        assert window is not None
        assert broken_laws(made.motion) == []
        drift = window.shows
        for left, top, right, bottom in (drift.begins, drift.ends):
            assert 0 <= left < right <= drift.width
            assert 0 <= top < bottom <= drift.height
            assert (right - left) / (bottom - top) == pytest.approx(window.width / window.height, rel=0.01)
        assert drift.begins != drift.ends
        assert max(drift.width / window.width, drift.height / window.height) < 1.1
        # first and last picture are the first and last view, where the matte lets it be seen, and alike elsewhere
        assert window.matte is not None
        layers = opened(made.layers)
        whole = layers.crop((drift.atlas_x, drift.atlas_y, drift.atlas_x + drift.width, drift.atlas_y + drift.height))
        x, y = window.matte
        seen = np.asarray(layers.crop((x, y, x + window.width, y + window.height)).getchannel("A")) == 255
        assert seen.mean() > 0.9
        box = (window.x, window.y, window.x + window.width, window.y + window.height)
        for png, view in ((made.first, drift.begins), (made.final, drift.ends)):
            shown = whole.convert("RGB").resize((window.width, window.height), Image.Resampling.BICUBIC, view)
            there = np.asarray(opened(png).convert("RGB").crop(box), int)
            off = np.abs(there - np.asarray(shown, int)).max(axis=2) > 1
            words = [one for one in made.motion.layers if png is made.final]
            for one in words:
                off[max(one.y - window.y, 0) : one.y + one.height - window.y][
                    :, max(one.x - window.x, 0) : max(one.x + one.width - window.x, 0)
                ] = False
            assert not (off & seen).any(), move


def test_nothing_moves_where_motion_is_reduced(quarters):
    look = shaped("16:9").model_copy(update={"reduced_motion": True})
    made = drawn("image", {"path": "q.png", "move": "zoom_in"}, look, quarters)
    assert made == drawn("image", {"path": "q.png"}, look, quarters)


def test_a_drawing_moves_with_its_mat(tmp_path):
    (tmp_path / "a.svg").write_text(svg('<rect x="2" y="1" width="36" height="18" fill="#ff0000"/>'))
    made = drawn("image", {"path": "a.svg", "move": "zoom_in"}, shaped("16:9"), tmp_path)
    window = made.motion.window
    assert window is not None
    final = opened(made.final)
    assert colour_at(final, window.x + window.width // 2, window.y + 2) == (0xF7, 0xF8, 0xFA)
    assert colour_at(final, window.x + window.width // 2, window.y + window.height // 2) == (255, 0, 0)


def test_what_stands_around_a_slide_stands_on_a_picture_that_fills_it(quarters):
    position = Position(index=2, count=4)
    asked = Chrome(progress=True, number=True, watermark="Ours", speaker="Ada")
    for move in ("none", "pan_left"):
        look = shaped("16:9", lines="1080p").model_copy(update={"chrome": asked})
        content = {"path": "q.png", "fit": "cover", "move": move}
        made = draw(Picture(kind="image", content=content, position=position), look, quarters)
        assert broken_laws(made.motion) == []
        assert {box.text for box in made.motion.text} == {"2 / 4", "Ours", "Ada"}
        for png in (made.first, made.final):
            assert "#{:02x}{:02x}{:02x}".format(*colour_at(opened(png), 5, 1078)) == look.accent_colour


# tables


def rows(count: int, width: int = 3) -> list[list[str]]:
    return [[f"Row {row + 1}", *(str(row * 10 + column) for column in range(1, width))] for row in range(count)]


def table(count: int, width: int = 3, **more) -> dict:
    return {"header": "H", "columns": [f"Column {index}" for index in range(width)], "rows": rows(count, width), **more}


def pages_of(content: dict, aspect: str = "16:9") -> list[list[str]]:
    slide = lay_out(Picture(kind="table", content=content), shaped(aspect), Path())
    return [[e.text for g in page for e in g.elements if isinstance(e, Text)] for page in slide.pages]


def test_a_long_table_goes_on_under_the_same_names():
    pages = pages_of(table(16))
    assert [sum(text.startswith("Row ") for text in page) for page in pages] == [6, 5, 5]
    # the names are drawn once and stay
    assert [sum(text.startswith("Column ") for text in page) for page in pages] == [3, 0, 0]
    slide = lay_out(Picture(kind="table", content=table(16)), shaped("16:9"), Path())
    sizes = {
        e.size for page in slide.pages for g in page for e in g.elements if isinstance(e, Text) and g.id != "header"
    }
    assert len(sizes) == 1


@pytest.mark.parametrize("aspect", ASPECTS)
def test_pages_of_a_table_add_up(aspect, tmp_path):
    for content in (table(16), table(16, highlight=[2, 16]), table(9, highlight="spoken"), table(7, 5)):
        made = drawn("table", content, shaped(aspect), tmp_path)
        assert broken_laws(made.motion) == []
        assert {move.cue for move in made.motion.moves} - {"start"} == set(made.motion.cues)
        gone = {move.layer for move in made.motion.moves if move.effect == "exit"}
        if not gone:
            assert np.abs(composed(made) - np.asarray(opened(made.final))).max() <= 1


def test_the_spoken_row_is_marked_until_the_next_one_is_said(tmp_path):
    motion = drawn("table", table(3, highlight="spoken"), shaped("16:9"), tmp_path).motion
    marks = [(m.layer, m.cue, m.effect) for m in motion.moves if m.layer.startswith("mark-")]
    assert marks == [
        ("mark-0", "row:0", "enter"),
        ("mark-0", "row:1", "exit"),
        ("mark-1", "row:1", "enter"),
        ("mark-1", "row:2", "exit"),
        ("mark-2", "row:2", "enter"),
    ]
    assert {m.cue for m in motion.moves if m.layer.startswith("row-")} == {"start"}


def test_a_table_too_wide_for_a_narrow_page_becomes_cards():
    content = {
        "columns": ["Version", "Date", "Kind", "Changes", "Downloads"],
        "rows": [["2.4", "2025-11-02", "minor", "184", "1,204,331"]] * 3,
    }
    assert pages_of(content)[0].count("Downloads") == 1
    assert sum(page.count("Downloads") for page in pages_of(content, "9:16")) == 3


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1", "4:5"])
@pytest.mark.parametrize("rows", [3, 16])
def test_a_table_whose_columns_have_no_names_has_no_band_for_them(aspect: str, rows: int):
    content = {"columns": ["", ""], "rows": [[f".key{number}", f"Value {number}"] for number in range(rows)]}
    slide = lay_out(Picture(kind="table", content=content), shaped(aspect), Path())
    assert not [group for page in slide.pages for group in page if group.id == "names"]
    assert sum(len([e for g in page for e in g.elements if isinstance(e, Text)]) for page in slide.pages) == 2 * rows
    assert broken_laws(draw(Picture(kind="table", content=content), shaped(aspect), Path()).motion) == []


def test_a_table_of_too_many_rows_or_columns_is_refused():
    said = refusal("table", table(400, 40), shaped("16:9"), Path())
    assert said.startswith("table scene: columns:")
    said = refusal("table", table(61), shaped("16:9"), Path())
    assert said.startswith("table scene: rows:")
    wide = {"columns": ["Configuration"] * 10, "rows": [["considerable"] * 10]}
    said = refusal("table", wide, shaped("16:9"), Path())
    assert said.startswith("table scene: the table does not fit: 10 columns are too wide")
    assert "highlight names row 9" in refusal("table", table(3, highlight=[9]), shaped("16:9"), Path())


def test_text_of_a_table_keeps_its_place_in_every_shape(tmp_path):
    @QUICK
    @given(
        st.sampled_from(ASPECTS),
        st.integers(1, 8),
        st.integers(1, 20),
        st.one_of(st.none(), st.just("spoken"), st.just([1])),
        st.data(),
    )
    def law(aspect, width, count, highlight, data):
        cell = st.one_of(st.just(""), st.just("1,024 MB"), PHRASE)
        columns = data.draw(st.lists(cell, min_size=width, max_size=width))
        found = data.draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=count))
        content = {"header": "H", "columns": columns, "rows": found, "highlight": highlight}
        made = fitting("table", content, shaped(aspect), tmp_path)
        assert made is None or broken_laws(made.motion) == []

    law()


@pytest.mark.parametrize("theme", theme_names())
def test_tables_and_pictures_stand_out_in_every_theme(theme, quarters):
    for aspect in ("16:9", "9:16"):
        look = shaped(aspect, theme)
        for marked in (None, "spoken", [1]):
            assert broken_laws(drawn("table", table(3, 4, highlight=marked), look, quarters).motion) == []
        for fit in ("contain", "cover"):
            content = {"path": "q.png", "fit": fit, "caption": "What it shows"}
            assert broken_laws(drawn("image", content, look, quarters).motion) == []
