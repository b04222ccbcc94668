"""Numbers in charts and stats, as the language of the film writes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes_kit import look

from videogen.model.numbers import in_figures, rewritten, writing
from videogen.model.script import Picture
from videogen.scenes.draw import lay_out
from videogen.scenes.elements import Text
from videogen.scenes.quantities import measured

LANGUAGES = ["en", "de", "fr", "es", "it", "pt-BR", "pl", "ru", "sv", "ar", "hi", "ja", "de-CH"]


def texts(kind: str, content: dict, language: str) -> list[str]:
    slide = lay_out(Picture(kind=kind, content=content, language=language), look(), Path())
    return [one.text for page in slide.pages for group in page for one in group.elements if isinstance(one, Text)]


@pytest.mark.parametrize(
    ("language", "thousands", "large", "share", "money", "heat"),
    [
        ("en", "1,235", "12.5k", "0.5%", "€5", "20°C"),
        ("de", "1.235", "12.480", "0,5\xa0%", "5\xa0€", "20 °C"),
        ("fr", "1\u202f235", "12,5\xa0k", "0,5\xa0%", "5\xa0€", "20\u202f°C"),
        ("es", "1.235", "12,5\xa0mil", "0,5\xa0%", "5\xa0€", "20 °C"),
        ("pt-BR", "1.235", "12,5\xa0mil", "0,5%", "€\xa05", "20 °C"),
        ("tr", "1.235", "12,5\xa0B", "%0,5", "€5", "20°C"),
        ("ja", "1,235", "1.25万", "0.5%", "€5", "20°C"),
    ],
)
def test_numbers_are_written_as_the_language_does(language, thousands, large, share, money, heat) -> None:
    told = [measured(*one, language) for one in ((1234.6, ""), (12_480, ""), (0.5, "%"), (5, "€"), (20, "°C"))]
    assert told == [thousands, large, share, money, heat]


def test_a_language_that_nobody_knows_is_written_as_english() -> None:
    assert measured(1234.6, "%", "xx") == measured(1234.6, "%", "en") == "1,235%"


CHART = {"type": "bar", "labels": ["A", "B"], "series": [{"values": [2310.4, 0.27]}], "unit": "%"}


def test_a_chart_is_in_the_language_of_its_film() -> None:
    assert {"2,310%", "0.27%"} <= {*texts("chart", CHART, "en")}
    assert {"2.310\xa0%", "0,27\xa0%"} <= {*texts("chart", CHART, "de")}
    line = {"type": "line", "labels": ["A", "B"], "series": [{"values": [12_480, 1_250_000]}], "unit": "€"}
    assert {"1,25\xa0Mio.\xa0€", "0,5\xa0Mio.\xa0€"} <= {*texts("chart", line, "de")}
    pie = {"type": "pie", "labels": ["A", "B"], "series": [{"values": [33.3, 66.7]}]}
    assert {"33,3\xa0%", "66,7\xa0%"} <= {*texts("chart", pie, "fr")}


@pytest.mark.parametrize(("value", "shown"), [(92.5, "92,5"), ("92.5", "92.5"), (12480, "12480"), ("12.480", "12.480")])
def test_the_mark_of_a_number_is_the_language_s_and_a_text_stays(value, shown) -> None:
    assert shown in texts("stat", {"value": value, "label": "L"}, "de")


@pytest.mark.parametrize(("language", "at_once"), [("de", False), ("en", True)])
def test_a_number_counts_in_the_thousands_or_decimals_of_its_language(language: str, at_once: bool) -> None:
    slide = lay_out(Picture(kind="stat", content={"value": "1.048", "label": "L"}, language=language), look(), Path())
    (mark,) = (group for page in slide.pages for group in page if group.id == "count-1-.")
    # on the way to a thousand there are no thousands yet, and on the way to one there are decimals
    assert (mark.delay == 0) is at_once


NUMBERS = st.decimals(0, 10**11, places=2).map(lambda number: f"{number.normalize():f}")


@given(NUMBERS, st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES), st.booleans())
def test_a_number_comes_back_from_another_language(number: str, source: str, language: str, grouped: bool) -> None:
    shown = in_figures(number, source) if grouped else number.replace(".", writing(source).decimal)
    assert rewritten(rewritten(shown, source, language), language, source) == shown


@given(st.text(st.characters(exclude_categories=["Cs", "Nd"]), max_size=20), st.sampled_from(LANGUAGES))
def test_what_is_no_number_stays(text: str, language: str) -> None:
    assert rewritten(text, "en", language) == text


def test_english_needs_no_data_of_other_languages() -> None:
    code = (
        "import sys; from videogen.scenes.quantities import measured; measured(12480.5, '€', 'en-GB');"
        "assert 'babel' not in sys.modules; measured(12480.5, '€', 'de'); assert 'babel' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
