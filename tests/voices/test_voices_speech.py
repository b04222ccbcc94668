"""How display text is said: a table for people to read, and laws that hold for any text."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.model import pace as model_pace
from videogen.voices import align, number_words, numerals, powers, speech, spelling
from videogen.voices.speech import joined, sayable, written

TABLE = [
    # versions
    ("v2.0", "Version two point oh"),
    ("2⁶³-1 bytes", "Two to the power of sixty-three minus one bytes"),
    ("2^64 entries", "Two to the power of sixty-four entries"),
    ("x² and y³", "X squared and y cubed"),
    ("O(n²) time", "O of n squared, time"),
    ("5 km² wide", "Five square kilometers wide"),
    ("3×10⁸", "Three times ten to the power of eight"),
    ("a^b", "Ab"),
    ("Python³ is", "Python is"),
    ("version v2.0", "Version two point oh"),
    ("Use v1.10.0 now", "Use version one point ten point zero now"),
    ("Python 3.11", "Python three point eleven"),
    ("needs Python 3.10+ today", "Needs Python three point ten plus today"),
    ("with Pillow 11.10 too", "With Pillow eleven point ten too"),
    ("v1.0.0rc1", "Version one point zero point zero release candidate one"),
    ("Ubuntu 24.04", "Oo-boon-too twenty-four point oh four"),
    ("Python ≥ 3.10", "Python at least three point ten"),
    (">=3.10", "At least three point ten"),
    ("127.0.0.1", "One hundred twenty-seven point zero point zero point one"),
    # numbers
    ("3.14", "Three point one four"),
    ("1,250 files", "One thousand two hundred fifty files"),
    ("1500", "Fifteen hundred"),
    ("in 2024", "In twenty twenty-four"),
    ("the 1990s", "The nineteen nineties"),
    ("1000000", "One million"),
    ("0", "Zero"),
    ("-3", "Minus three"),
    ("007", "Zero zero seven"),
    ("½ cup", "One half cup"),
    ("3/4", "Three quarters"),
    ("24/7", "Twenty-four seven"),
    ("2nd, 21st, 100th", "Second, twenty-first, one hundredth"),
    ("#1 and #42", "Number one and number forty-two"),
    ("5x faster", "Five times faster"),
    ("10k stars", "Ten thousand stars"),
    ("±2", "Plus or minus two"),
    ("~100", "About one hundred"),
    ("<5", "Less than five"),
    # money, percent, ranges, dates, times
    ("$9.99", "Nine dollars and ninety-nine cents"),
    ("$1", "One dollar"),
    ("$1.2M", "One point two million dollars"),
    ("€5", "Five euros"),
    ("£0.50", "Fifty pence"),
    ("50%", "Fifty percent"),
    ("99.9 %", "Ninety-nine point nine percent"),
    ("1-3", "One to three"),
    ("5–10%", "Five to ten percent"),
    ("20–40 MB/s", "Twenty to forty megabytes per second"),
    ("2024-03-15", "March fifteenth, twenty twenty-four"),
    ("March 15", "March fifteenth"),
    ("10:30", "Ten thirty"),
    ("7:05pm", "Seven oh five P.M"),
    ("16:9", "Sixteen to nine"),
    # units
    ("30 fps", "Thirty frames per second"),
    ("30fps", "Thirty frames per second"),
    ("48 kHz", "Forty-eight kilohertz"),
    ("10 MB", "Ten megabytes"),
    ("1 GB", "One gigabyte"),
    ("150 ms.", "One hundred fifty milliseconds."),
    ("10°C", "Ten degrees Celsius"),
    ("-14 LUFS", "Minus fourteen luffs"),
    ("1080p", "Ten eighty P"),
    ("1920x1080", "Nineteen twenty by ten eighty"),
    ("4K", "Four K"),
    # symbols
    ("a + b", "A plus b"),
    ("this & that", "This and that"),
    ("input -> output", "Input to output"),
    ("x = y", "X equals y"),
    ("a / b", "A or b"),
    ("and/or", "And or"),
    ("wait... what", "Wait… What"),
    ("one — two", "One — two"),
    ("one—two", "One — two"),
    ("(see below) now", "See below, now"),
    ("look (here)", "Look, here,"),
    ('"quoted" text', "Quoted text"),
    ("**bold** `code`", "Bold code"),
    ("done 🎉", "Done"),
    # abbreviations
    ("e.g. this", "For example, this"),
    ("i.e. that", "That is, that"),
    ("a, b, etc. And more", "A, b, et cetera. And more"),
    ("cats, etc.", "Cats, et cetera."),
    ("A vs. B", "A versus B"),
    ("Dr. Who", "Doctor Who"),
    ("The answer is No. Black is", "The answer is No. Black is"),
    ("No. 5 in Fig. 2", "Number five in figure two"),
    # acronyms and names
    ("CLI", "C.L.I"),
    ("API", "A.P.I"),
    ("APIs", "A.P.I's"),
    ("YAML", "Yammel"),
    ("JSON", "Jason"),
    ("SQL", "Sequel"),
    ("URL", "U.R.L"),
    ("PDF", "P.D.F"),
    ("MP4", "M.P four"),
    ("HTTP", "H.T.T.P"),
    ("UTF-8", "U.T.F eight"),
    ("SHA256", "S.H.A two fifty-six"),
    ("H.264", "H two sixty-four"),
    ("x86_64", "X eighty-six sixty-four"),
    ("base64", "Base sixty-four"),
    ("C++ and C#", "C plus plus and C sharp"),
    (".NET", "Dot net"),
    ("CI/CD", "C.I, C.D"),
    ("PyPI", "Pie P.I"),
    ("GitHub", "GitHub"),
    ("pip and npm", "Pip and N.P.M"),
    ("HTTP/1.1 and HTTP/2", "H.T.T.P one point one and H.T.T.P two"),
    ("CORS", "Cores"),
    ("Redis, MongoDB and GraphQL", "Reddis, mongo D.B and graph Q.L"),
    ("Werkzeug and Jinja", "Verk-zoig and jinjah"),
    ("async tuples", "A.sync tupples"),
    ("doit", "Do it"),
    ("doit's graph", "Do it's graph"),
    ("ffmpeg", "F.F mpeg"),
    ("sqlite", "Sequel light"),
    ("numpy", "Num-pie"),
    ("Linux", "Linux"),
    ("macOS", "Mac O.S"),
    ("NOT ALL of it", "Not all of it"),
    ("IMPORTANT", "Important"),
    ("the US", "The U.S"),
    ("it is for us", "It is for us"),
    ("Ctrl+C", "Control C"),
    # files, identifiers, paths, options
    ("README.md", "Reed me dot M.D"),
    ("pyproject.toml", "Pie project dot toml"),
    ("dodo.py", "Dodo dot pie"),
    (".gitignore", "Dot git ignore"),
    (".netrc and .bashrc", "Dot net R.C and dot bash R.C"),
    (".eslintrc or .npmrc", "Dot E.S lint R.C or dot N.P.M R.C"),
    ("a marc in src", "A marc in source"),
    ("utils/util.h", "Yutils slash yutil dot h"),
    ("see /etc/hosts", "See slash etsy slash hosts"),
    ("call print() now", "Call print now"),
    ("see (print()) now", "See, print, now"),
    ("__init__.py", "Init dot pie"),
    ("video-gen", "Video-gen"),
    ("with videogen", "With video-gen"),
    ("my_function", "My function"),
    ("CamelCase", "Camel Case"),
    ("/usr/bin", "Slash user slash bin"),
    ("projects/readme.yaml", "Projects slash reed me dot yammel"),
    ("project=readme", "Project equals reed me"),
    ("--from README.md", "Dash dash from reed me dot M.D"),
    ("-n 2", "Dash n two"),
    ("https://example.com", "Example dot com"),
    ("café Zürich", "Cafe Zurich"),
    ("don't", "Don't"),
    ("don’t", "Don't"),
]


@pytest.mark.parametrize(("text", "spoken"), TABLE)
def test_table(text: str, spoken: str) -> None:
    assert joined(sayable(text)) == spoken


LEXICON = {
    "doit": "do it",
    "Kubernetes": "koo ber nettys",
    "README.md": "the read me",
    "C++": "see plus plus",
    "v2": "v 2",
}


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("DOIT, now", "Do it, now"),
        ("kubernetes!", "Koo ber nettys!"),
        ("(README.md)", "The read me,"),
        ("C++.", "See plus plus."),
        ("doit-based", "Do it based"),
        ("doit's", "Do it's"),
        ("v2", "V two"),
    ],
)
def test_lexicon_wins_and_keeps_punctuation(text: str, spoken: str) -> None:
    assert joined(sayable(text, "en", LEXICON)) == spoken


def test_letters_in_a_lexicon_are_letters() -> None:
    assert joined(sayable("xyz", "en", {"xyz": "A P I"})) == "A.P.I"


def test_other_languages_go_as_written() -> None:
    assert joined(sayable("Python 3.11 custa 5 € 🎉", "pt", {"Python": "Páiton"})) == "Páiton 3.11 custa 5 €"
    assert [word.spoken for word in written("नमस्ते مرحبا 👋🏽")] == ["नमस्ते", "مرحبا", ""]


@pytest.mark.parametrize(
    "text", ["x" * 300, "1" * 300, "🎉", "مرحبا بالعالم", "日本語", "\u200b", "v", "'", "....", "-"]
)
def test_oddities_do_not_crash(text: str) -> None:
    assert len(sayable(text)) == len(text.split())


PIECES = st.one_of(
    st.text(max_size=12),
    st.text("aB1.,-_/+$%#@=<>~:'\"()*&^|\\`—–…€°½µ ", max_size=12),
    st.sampled_from([text for text, _ in TABLE]),
)


TEXTS = st.lists(PIECES, max_size=6).map(" ".join)
LEXICA = st.dictionaries(st.sampled_from(["a", "API", "1", "B1"]), st.text(max_size=8), max_size=2)


@given(TEXTS, LEXICA)
def test_laws(text: str, lexicon: dict[str, str]) -> None:
    words = sayable(text, "en", lexicon)
    assert [word.display for word in words] == text.split()
    for word in words:
        assert not any(char.isnumeric() for char in word.spoken), word
        odd = [c for c in word.spoken if not (c.isalpha() or c in " '.,;:!?—…-" or ord(c) > 0x24F)]
        assert not odd, word
        assert word.spoken == " ".join(word.spoken.split())


@given(st.integers(0, 10**15 - 1))
def test_numbers_are_plain_words(value: int) -> None:
    assert re.fullmatch(r"[a-z]+(?:[ -][a-z]+)*", number_words.cardinal(str(value)))
    assert re.search(r"(?:th|st|nd|rd)$", number_words.ordinal(str(value)))


SPAN = st.tuples(st.floats(-1, 20), st.floats(-1, 20))


@given(st.lists(st.tuples(st.none() | SPAN, st.floats(0, 5)), max_size=12), st.floats(0, 15))
def test_filled_spans_are_in_order(rows: list[tuple[tuple[float, float] | None, float]], total: float) -> None:
    spans = align.fill([span for span, _ in rows], [weight for _, weight in rows], total)
    assert len(spans) == len(rows)
    at = 0.0
    for start, end in spans:
        assert at <= start <= end <= total
        at = end


def test_boundaries_find_their_words() -> None:
    heard = [("Hello", (0, 1)), ("nonsense", (1, 2)), ("3", (2, 3)), ("11", (3, 4)), ("don't", (4, 5)), ("end", (5, 6))]
    assert align.match(heard, ["Hello,", "&", "3.11", "don’t", "end."]) == [(0, 1), None, (2, 4), (4, 5), (5, 6)]


@pytest.mark.parametrize("module", [number_words, numerals, powers, speech, spelling, model_pace])
def test_examples_in_the_docs(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted
    assert not result.failed
