"""Captions of every form become the same words, sentences, sections and seconds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talks import BARE, SENTENCES, WORDS, info, json3, manual, rolling_vtt, srv3, timed

from videogen.inputs.talk.cues import KINDS, read_cues
from videogen.inputs.talk.document import Chapter, Talk, document_of
from videogen.inputs.talk.info import chapters_of, choose, duration_of
from videogen.inputs.talk.sentences import sentences
from videogen.inputs.talk.topics import shifts
from videogen.inputs.talk.words import words_of
from videogen.model.errors import PipelineError, ResourceError, ValidationError, Where
from videogen.model.project import Document

HERE = Where("talk.vtt")
FORMS = {
    "rolling": ("vtt", rolling_vtt(timed(BARE))),
    "json3": ("json3", json3(timed(BARE))),
    "srv3": ("srv3", srv3(timed(BARE))),
}


@pytest.mark.parametrize("form", FORMS)
def test_automatic_captions_say_every_word_once_and_when(form: str) -> None:
    kind, text = FORMS[form]
    words = words_of(read_cues(text, kind, HERE))
    assert [word.text for word in words] == BARE
    assert [word.start for word in words] == pytest.approx([at for at, _ in timed(BARE)], abs=0.002)


@pytest.mark.parametrize("form", FORMS)
def test_sentences_without_punctuation_end_at_pauses(form: str) -> None:
    kind, text = FORMS[form]
    told = [sentence.text for sentence in sentences(words_of(read_cues(text, kind, HERE)))]
    bare = [" ".join(sentence.replace(",", "").lower().split()) for sentence in SENTENCES]
    expected = [sentence[:1].upper() + sentence[1:] for sentence in bare]
    found = [sentence.lower() for sentence in told]
    assert "".join(found) == "".join(sentence.lower() for sentence in expected)
    assert sum(sentence in told for sentence in expected) >= len(expected) - 2  # one of five words joins the next


@pytest.mark.parametrize("kind", ["vtt", "srt"])
def test_captions_of_an_author_are_read_as_they_are_punctuated(kind: str) -> None:
    cues = read_cues(manual(timed(WORDS), kind), kind, HERE)
    assert [word.text for word in words_of(cues)] == WORDS
    assert [sentence.text for sentence in sentences(words_of(cues))] == SENTENCES


def test_lines_that_an_author_repeats_stay() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.\n\n" + "\n\n".join(
        f"00:{n:02}.000 --> 00:{n + 1:02}.000\nLine {n} is another." for n in range(4, 20)
    )
    assert [word.text for word in words_of(read_cues(text, "vtt", HERE))][:2] == ["No.", "No."]


MARKED = {
    "[Music] hello [Applause] there": "hello there",
    ">> ADA: Hello there.": "Hello there.",
    "<v Ada>Hello <i>there</i></v>": "Hello there",
    "♪ la la ♪ hello": "la la hello",
    "(APPLAUSE)": "",
    "so (laughter) it works": "so it works",
    "{\\an8}{\\i1}up here{\\i0}": "up here",
    "a &lt;b&gt; c &amp;amp; d": "a c & d",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;": "alert(1)",
    "\u200bzero\u202e width": "zero width",
    "- Is it so?": "Is it so?",
    "an x < y and y > z": "an x < y and y > z",
}


@pytest.mark.parametrize("marked", MARKED)
def test_no_markup_is_left_of_a_caption(marked: str) -> None:
    cues = read_cues(f"1\n00:00:01,000 --> 00:00:02,000\n{marked}\n", "srt", HERE)
    assert " ".join(word.text for word in words_of(cues)) == MARKED[marked]


def test_a_change_of_speaker_begins_a_paragraph() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\nIs it so?\n\n2\n00:00:03,000 --> 00:00:05,000\n>> It is.\n"
    assert document_of(Talk("", 0, (), read_cues(text, "srt", HERE)), "a.srt").text == "Is it so?\n\nIt is.\n"


def test_what_looks_like_markdown_is_text() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\n# Not *or* `code` | <b & _c_.\n"
    reading = document_of(Talk("1. *A* talk", 5, (), read_cues(text, "srt", HERE)), "a.srt")
    assert reading.text == "# 1\\. \\*A\\* talk\n\n\\# Not \\*or\\* \\`code\\` \\| \\<b \\& \\_c\\_.\n"


def test_capitals_alone_become_sentences() -> None:
    text = manual(timed([word.upper() for word in WORDS]), "srt")
    told = [sentence.text for sentence in sentences(words_of(read_cues(text, "srt", HERE)))]
    assert told[:2] == SENTENCES[:2]


def test_sections_follow_chapters_and_know_their_seconds() -> None:
    facts = info()
    cues = read_cues(manual(timed(WORDS)), "vtt", HERE)
    reading = document_of(Talk(facts["title"], 80, chapters_of(facts), cues), "a.vtt")
    lines = reading.text.split("\n")
    assert [line for line in lines if line.startswith("#")] == [
        "# Why builds are slow",
        "## What is slow",
        "## Caches \\& hashes",
    ]
    assert "Most builds do too much work." in reading.text
    document = Document(path="a.vtt", text=reading.text, unit="second", starts=reading.starts, numbers=reading.numbers)
    second = lines.index("## Caches \\& hashes") + 1
    begins = next(at for at, word in timed(WORDS) if word == "second") - 0.4
    assert abs(document.span(second, second).first - begins) < 1.5
    assert document.span(1, len(lines)).last == 80
    assert document.place(second) == f"a.vtt at 0:{document.span(second, second).first}"


def test_places_never_go_back() -> None:
    chapters = [Chapter(0, "A"), Chapter(10, "B"), Chapter(20, "C")]
    reading = document_of(Talk("T", 60, chapters, read_cues(json3(timed(BARE)), "json3", HERE), True), "a")
    assert list(reading.starts) == sorted(reading.starts)
    assert list(reading.numbers) == sorted(reading.numbers)
    assert len(reading.starts) == len(reading.numbers)
    assert "a machine wrote the captions" in reading.left_out[0]
    assert "by the pauses of who speaks" in reading.left_out[0]


def about(words: str, count: int) -> list[str]:
    """Sentences about one thing."""
    one, two, three = words.split()
    forms = (
        f"The {one} meets a {two}.",
        f"A {three} is no {two}.",
        f"Every {one} has its {three}.",
        f"See the {two} there.",
    )
    return [forms[n % len(forms)] for n in range(count)]


def test_a_talk_without_chapters_is_parted_where_its_words_change() -> None:
    topics = ("orbit rocket engine", "bread flour oven", "violin bow string")
    told = [sentence for words in topics for sentence in about(words, 30)]
    text = "\n".join(
        f"{n}\n{clock_of(n * 6)} --> {clock_of(n * 6 + 5)}\n{sentence}\n" for n, sentence in enumerate(told, 1)
    )
    cues = read_cues(text, "srt", HERE)
    cuts = shifts(sentences(words_of(cues)))
    assert len(cuts) == 2
    assert abs(cuts[0] - 30) <= 3
    assert abs(cuts[1] - 60) <= 3
    reading = document_of(Talk("T", 0, (), cues), "a.srt")
    headings = [line for line in reading.text.split("\n") if line.startswith("## ")]
    assert len(headings) == 3
    for words, heading in zip(topics, headings, strict=True):
        assert set(words.split()) & set(heading.lower().replace(",", "").split()), heading


def clock_of(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},000"


# --- which captions


def track(url: str = "https://a.example/x", ext: str = "json3") -> list[dict[str, str]]:
    return [{"ext": "srv1", "url": f"{url}1"}, {"ext": "vtt", "url": f"{url}2"}, {"ext": ext, "url": url}]


def test_an_authors_captions_come_before_a_machines() -> None:
    facts = info(subtitles={"en-GB": track("https://a/1")}, automatic_captions={"en": track("https://a/2")})
    chosen = choose(facts, "en", HERE)
    assert (chosen.tag, chosen.automatic, chosen.kind, chosen.url) == ("en-GB", False, "json3", "https://a/1")
    chosen = choose(info(automatic_captions={"en-orig": track("https://a/3"), "en": track("https://a/2")}), "en", HERE)
    assert (chosen.tag, chosen.automatic) == ("en-orig", True)
    facts = info(subtitles={"pt": track("https://a/1"), "pt-BR": track("https://a/2")})
    assert choose(facts, "pt-BR", HERE).tag == "pt-BR"
    assert choose(facts, "pt-PT", HERE).tag == "pt"


def test_a_language_that_is_not_there_is_told_with_those_that_are() -> None:
    translated = track("https://a/x?lang=de&tlang=en")
    facts = info(
        subtitles={"nl": track(), "live_chat": [{"ext": "json", "url": "x"}]},
        automatic_captions={"de-orig": track(), "en": translated},
    )
    with pytest.raises(ValidationError) as refused:
        choose(facts, "en", HERE)
    there = "nl, de-orig (automatic)"
    said = f'talk.vtt: it has no captions in "en"; there are: {there}; write `languages: [nl]` in the project'
    assert refused.value.line() == said
    with pytest.raises(ValidationError, match="it has no captions; choose a talk that has some"):
        choose(info(), "en", HERE)


# --- what is no caption file

NONE = {
    ("json3", "[1, 2]"): "these are no captions as json3",
    ("json3", '{"events": [{"segs": [{"utf8": "a"}], "tStartMs": 1e400}]}'): "these are no captions as json3",
    (
        "json3",
        '{"events": [{"segs": [{"utf8": "a"}], "tStartMs": 1%s}]}' % ("0" * 400),
    ): "these are no captions as json3",
    ("json3", '{"events": 7}'): "these are no captions as json3",
    ("json3", "[" * 100_000): "these are no captions as json3",
    ("srv3", "<timedtext><p t='1'>x</timedtext>"): "these are no captions as srv3",
    (
        "srv3",
        '<!DOCTYPE a [<!ENTITY b "c">]><timedtext><p t="1" d="2">&b;</p></timedtext>',
    ): "it declares a document type",
}


@pytest.mark.parametrize("given_as", NONE, ids=lambda pair: f"{pair[0]}-{pair[1][:20]}")
def test_what_is_no_caption_file_is_said(given_as: tuple[str, str]) -> None:
    with pytest.raises(ValidationError, match=NONE[given_as]) as refused:
        read_cues(given_as[1], given_as[0], HERE)
    assert "\n" not in refused.value.line()


def test_two_million_cues_are_refused_before_they_are_read() -> None:
    text = "WEBVTT\n\n" + "0:01.000 --> 0:02.000\nx\n\n" * 2_000_000
    with pytest.raises(ResourceError, match="the captions have 2,000,000 cues; at most 50,000 are read; cut them"):
        read_cues(text, "vtt", HERE)


def test_a_cue_full_of_markup_takes_no_time() -> None:
    for hostile in ("<" * 200_000, "<c>" * 100_000, "[" * 200_000, "(" * 200_000, "&lt;" * 100_000, "{\\" * 100_000):
        cues = read_cues(f"1\n00:00:01,000 --> 00:00:02,000\nhello {hostile}\n", "srt", HERE)
        assert words_of(cues)[0].text.startswith("hello")


PIECES = ["WEBVTT", "00:01.000 --> 00:02.000", "1", "00:00:01,0 --> 9", "<c>", "a", "", ">> B:", "<00:00:03.000>"]
KEYS = st.sampled_from(["events", "segs", "utf8", "tStartMs", "tOffsetMs"])
JSON = st.recursive(
    st.none() | st.integers() | st.floats() | st.text(max_size=9), lambda x: st.lists(x) | st.dictionaries(KEYS, x)
)


@given(
    st.sampled_from(KINDS),
    st.text(max_size=400) | st.lists(st.sampled_from(PIECES)).map("\n".join) | JSON.map(json.dumps),
)
def test_any_text_is_read_or_refused_in_one_line(kind: str, text: str) -> None:
    try:
        document_of(Talk("T", 0, (), read_cues(text, kind, HERE)), "a")
    except PipelineError as error:
        assert "\n" not in error.line()  # noqa: PT017


@pytest.mark.parametrize("seconds", [10**400, float("inf"), float("nan"), -1, True, "9"])
def test_a_duration_that_is_none_is_passed_over(seconds: object) -> None:
    assert duration_of(info(duration=seconds)) == 0.0
