"""Text in every script: direction, shaping, breaking, what stands in for what, and what is missing."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import bidi
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes_contents import SAMPLES, text_in
from scenes_kit import look

from videogen.model.captions import Caption
from videogen.model.script import Picture
from videogen.model.scripts import extra_for
from videogen.scenes.bidi import first_strong, levels, visual
from videogen.scenes.breaks import phrases
from videogen.scenes.burned import draw_captions
from videogen.scenes.draw import draw, lay_out
from videogen.scenes.elements import Bitmap, Text
from videogen.scenes.fontfiles import PACKED, packed
from videogen.scenes.ink import ink, pictures
from videogen.scenes.lettering import text_mask
from videogen.scenes.runs import FILL, clusters, runs_of
from videogen.scenes.shape import columns
from videogen.scenes.typefaces import drawable, file_of, laid, length, stand_ins
from videogen.scenes.typeset import break_lines, line_width, words

ANY = st.sampled_from(sorted(SAMPLES)).flatmap(lambda language: st.tuples(st.just(language), text_in(language)))


@pytest.mark.parametrize(
    "alphabet",
    [
        "abאבגابج 0123456789٠١٢.,:;-+/%$€()[]\"'!?—«»",
        "abאבاب 01٢.,-()[]\u0301\u05b0\u064b\u200e\u200f",
        "abאבا 1٢.()\u2066\u2067\u2068\u2069",
    ],
)
def test_characters_are_ordered_as_the_unicode_algorithm_orders_them(alphabet):
    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(st.text(st.sampled_from(alphabet), min_size=1, max_size=24), st.booleans())
    def law(text, rtl):
        ours = "".join(text[index] for index in visual(levels(text, rtl)))
        assert ours == bidi.get_display(text, base_dir="R" if rtl else "L")

    law()


def test_the_first_letter_says_which_way_a_paragraph_runs():
    assert first_strong("videogen عربي") is False
    assert first_strong("12 (עברית) abc") is True
    assert first_strong("123 — !") is None
    assert first_strong("\u2067עברית\u2069 abc") is False


@settings(max_examples=150, deadline=None, derandomize=True)
@given(ANY, st.sampled_from(["inter-regular", "display-bold"]), st.integers(400, 1600))
def test_breaking_loses_nothing_and_lines_are_no_wider_than_asked(case, face, width):
    language, text = case
    written = words(text, f"{face}@{language}", "#000000")
    for shape in ("plain", "calm", "balanced"):
        lines = break_lines(written, 48, width, shape)
        joined = "".join(("" if word.glued else " ") + word.text for line in lines for word in line)
        assert joined.split() == text.split()
        assert max(line_width(line, 48) for line in lines) <= width + 1e-6
        for line in lines:
            assert not unicodedata.category(line[0].text[0]).startswith("M"), "a mark is parted from its letter"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(ANY)
def test_words_are_as_wide_together_as_the_line_that_they_make(case):
    language, text = case
    face = f"inter-regular@{language}"
    apart = sum(length(word, face, 48) for word in text.split()) + length(" ", face, 48) * text.count(" ")
    assert abs(apart - length(text, face, 48)) <= 0.02 * apart + 2


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_every_script_is_drawn_whole_and_inside_its_box(language):
    text, size = SAMPLES[language], 48
    face = f"inter-regular@{language}"
    assert drawable(text, face) == (unicodedata.normalize("NFC", text), [])
    wide = round(length(text, face, size) + 0.5)
    x, _, mask = text_mask(Text(text, 100, 100, wide, 62, size, face, "#ffffff"))
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    assert left + x >= 100 - size // 8
    assert right + x <= 100 + wide + size // 8
    assert top > 0
    assert bottom < mask.height


def test_letters_are_joined_and_reordered():
    assert laid("ببب", "inter-regular", 48).width < sum(laid(char, "inter-regular", 48).width for char in "ببب")
    assert len(laid("क्ष", "inter-regular", 48).glyphs) == 1
    glyphs = laid("אב", "inter-regular", 48).glyphs
    assert glyphs[0].code == laid("ב", "inter-regular", 48).glyphs[0].code


def test_a_character_has_the_form_of_the_language():
    def shape(language):
        line = laid("骨直", f"inter-regular@{language}", 96)
        return ink(line.glyphs, (220, 140), 5, 100).tobytes()

    assert len({shape(language) for language in ("zh", "zh-hant", "ja")}) == 3
    assert shape("zh-tw") == shape("zh-hant")


def test_stand_ins_have_the_weight_of_the_face():
    def dark(face):
        return np.asarray(ink(laid("漢字", face, 96).glyphs, (220, 140), 5, 100)).sum()

    assert dark("display-bold") > dark("inter-semibold") > dark("inter-regular")


def test_signs_are_drawn_by_the_font_of_the_letters_they_touch():
    def choose(cluster):
        return packed("NotoSansSC") if cluster > "\u2e80" else file_of("inter-regular")

    runs = runs_of("a (“直接”) b", file_of("inter-regular"), choose, False)
    assert [run.text for run in runs] == ["a ", "(“直接”)", " b"]


def test_emoji_are_pictures_and_their_parts_stay_together():
    assert list(clusters("a👩‍💻👍🏽🇵🇱🇩🇪1️⃣é")) == ["a", "👩‍💻", "👍🏽", "🇵🇱", "🇩🇪", "1️⃣", "é"]
    line = laid("a👩‍💻👍🏽🇵🇱", "inter-regular", 64)
    assert len(line.glyphs) == 4
    for picture, _, _ in pictures(line.glyphs):
        colours = np.asarray(picture.convert("RGB"))[np.asarray(picture.getchannel("A")) > 250]
        assert np.ptp(colours.astype(int), axis=0).max() > 60


def test_listings_keep_their_columns_in_every_script():
    for code in ('x = "漢字"  # 1', "x = 1  # שלום", "x = 1  # नमस्ते", "🚀 = 1"):
        shown, missing = drawable(code, "mono-regular")
        cell = length("m", "mono-regular", 40)
        assert missing == []
        assert length(shown, "mono-regular", 40) == pytest.approx(columns(code) * cell, abs=0.2)
    assert drawable("漢a", "mono-regular")[0] == f"漢{FILL}a"
    assert len(drawable("漢字", "mono-regular")[0]) == columns("漢字") == 4


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        ("今日は天気です。", "ja", ("今日は", "天気です。")),
        ("ビデオを作ります", "ja", ("ビデオを", "作ります")),
        ("สร้างใหม่", "th", ("สร้าง", "ใหม่")),
        ("videogen2.0", "en", ("videogen2.0",)),
        ("변경된", "ko", ("변경된",)),
    ],
)
def test_lines_break_between_phrases_where_words_are_not_spaced(text, language, parts):
    assert phrases(text, language) == parts


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ANY)
def test_no_line_begins_with_what_closes_or_ends_with_what_opens(case):
    language, text = case
    for word in text.split():
        parts = phrases(word, language)
        assert "".join(parts) == word
        assert not any(part[0] in "、。，」）！？" for part in parts[1:])
        assert not any(part[-1] in "「（“" for part in parts[:-1])


def test_pages_read_from_the_right_are_mirrored(tmp_path):
    def drawn(language, header, items):
        content = {"header": header, "items": items, "ordered": True}
        slide = lay_out(Picture(kind="bullets", content=content, language=language), look(), tmp_path)
        return [one for group in slide.pages[0] for one in group.elements if isinstance(one, Text)]

    one, other = drawn("en", "Header", ["abc: def"] * 5), drawn("ar", "عنوان", ["بناء: نص"] * 5)
    assert min(text.x for text in one) == 1920 - max(text.box[2] for text in other)
    lead, rest = (next(text for text in other if text.text.startswith(part)) for part in ("بناء", "نص"))
    assert rest.box[2] <= lead.x, "what is said first stands at the right"
    assert drawn("en", "عنوان", ["نص"] * 3)[0].x > 960, "the letters say so where the language does not"


def test_listings_are_not_mirrored(tmp_path):
    content = {"header": "عنوان", "code": "a = 1\n    b = 2", "language": "python"}
    slide = lay_out(Picture(kind="code", content=content, language="ar"), look(), tmp_path)
    code = [one for group in slide.pages[0] for one in group.elements if isinstance(one, Text) and one.role == "code"]
    first = [one.x for one in code if one.y == code[0].y]
    assert first == sorted(first)
    assert [one.text for one in code if one.y == code[0].y] == ["a", "=", "1"]
    assert first[0] < 300


def test_what_is_missing_is_named_with_what_to_install(no_extras, tmp_path):
    content = {"title": "日本 สวัสดี 🚀 ok"}
    motion = draw(Picture(kind="title", content=content), look(height=480), tmp_path).motion
    assert {extra_for(char) for char in motion.missing_glyphs} == {"cjk", "fonts", "emoji"}
    assert [box.text for box in motion.text] == ["ok"]


def test_no_box_is_drawn_for_what_no_font_has():
    assert laid("\u0378", "inter-regular", 48).glyphs == []
    assert drawable("a\u0378b", "inter-regular") == ("ab", ["\u0378"])


def test_every_font_of_the_extras_is_found():
    for name in PACKED:
        file = packed(name)
        assert file is not None, name
        assert Path(file.path).is_file()


def test_a_font_of_the_system_stands_in_where_no_extra_does(no_extras, monkeypatch):
    from videogen.scenes import fontfiles

    thai = packed("NotoSansThai")
    assert thai is not None
    monkeypatch.setattr(fontfiles, "system_fonts", lambda: (thai.path,))
    assert drawable("ไทย 日", "inter-regular") == ("ไทย", ["日"])
    assert laid("ไทย", "inter-regular", 48).width > 0


def test_fonts_that_stand_in_are_named_with_their_licence():
    assert stand_ins("Ελλάδα Привет {}", "en") == []
    assert [(path.name, licence) for path, licence in stand_ins("ไทย 🚀", "th")] == [
        ("NotoColorEmoji-Regular.ttf", "OFL-1.1"),
        ("NotoSansThai[wdth,wght].ttf", "OFL-1.1"),
    ]


def test_a_drawing_goes_to_the_other_side_as_it_is(tmp_path):
    def figures(language):
        content = {"value": "1024", "label": "עברית"}
        slide = lay_out(Picture(kind="stat", content=content, language=language), look(), tmp_path)
        return [one.x for group in slide.pages[0] for one in group.elements if isinstance(one, Bitmap)]

    one, other = figures("en"), figures("he")
    assert len({a - b for a, b in zip(one, other, strict=True)}) == 1


def test_words_of_a_caption_stand_in_the_order_in_which_they_are_read():
    caption = Caption(start=0, end=2, lines=["בונים עם video gen מחדש"])
    boxes = draw_captions([caption], [], look(), 0.0).motion.text
    left_to_right = [box.text for box in sorted(boxes, key=lambda box: box.x)]
    assert left_to_right == ["מחדש", "video", "gen", "עם", "בונים"]
