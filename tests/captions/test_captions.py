"""The laws of captions."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen.model.captions import Caption
from videogen.model.errors import VideoError
from videogen.model.timing import Word
from videogen.video.breaks import Penalties, columns, pieces
from videogen.video.captions import CHAIN_SECONDS, CaptionScene, captions

TEXT = (
    "Videogen turns a README into a narrated, captioned video. You keep the text in git, run one command, and only "
    "what changed is made again. It runs on Python 3.10 or newer, without ffmpeg, fonts or an API key. First, install "
    "it with pip in a fresh virtual environment. The build is a graph of file targets, so that an edit of one sentence "
    "redoes the narration of that scene and the final join, and nothing else. It's fast. Are you ready to try it?"
)


def speak(text: str, rate: float = 15.0, start: float = 0.0, tail: float = 0.35) -> CaptionScene:
    """A scene whose voice says `rate` characters a second, with pauses at punctuation."""
    now, words = 0.0, []
    for word in text.split():
        seconds = (len(word) + 1) / rate
        words.append(Word(text=word, start=now, end=now + seconds))
        now += seconds + (0.35 if word[-1] in ".!?" else 0.12 if word[-1] in ",;:" else 0.0)
    return CaptionScene(start=start, end=start + 0.5 + now + tail, narration=start + 0.5, words=words)


def film(*scenes: tuple[str, float], fps: int) -> list[CaptionScene]:
    made, start = [], 0.0
    for text, rate in scenes:
        scene = speak(text, rate, start)
        whole = math.ceil(scene.end * fps) / fps
        made.append(CaptionScene(scene.start, whole, scene.narration, scene.words))
        start = whole
    return made


def shown(made: list[Caption]) -> str:
    return " ".join(line for caption in made for line in caption.lines)


LETTERS = st.text(alphabet=st.sampled_from("abcdefghijklmnopqrstuvwxyzäéßABC0123456789"), min_size=1, max_size=14)
COMMON = [
    "the",
    "a",
    "of",
    "and",
    "in",
    "to",
    "for",
    "with",
    "is",
    "it",
    "that,",
    "which;",
    "so",
    "then.",
    "done!",
    "why?",
    "e.g.",
    "v2.0",
    "(yes)",
    "—",
]
WORDS = st.one_of(
    LETTERS,
    st.sampled_from(COMMON),
    LETTERS.map(lambda text: text + "."),
    LETTERS.map(lambda text: text + ","),
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
SCENES = st.lists(st.tuples(SENTENCES, st.floats(8, 22)), min_size=1, max_size=3)
FPS = st.sampled_from([24, 25, 30, 50, 60])


@given(SCENES, FPS)
def test_the_words_are_unchanged(scenes, fps):
    assert shown(captions(film(*scenes, fps=fps), fps)) == " ".join(text for text, _ in scenes)


@given(SCENES, FPS)
def test_at_most_two_lines_of_42_columns(scenes, fps):
    for caption in captions(film(*scenes, fps=fps), fps):
        assert 1 <= len(caption.lines) <= 2
        assert all(0 < columns(line) <= 42 for line in caption.lines)
        # one line where the text fits one
        assert len(caption.lines) == 1 or columns(" ".join(caption.lines)) > 42


@given(SCENES, FPS)
def test_at_least_five_sixths_of_a_second_and_at_most_seven(scenes, fps):
    laid = film(*scenes, fps=fps)
    for caption in captions(laid, fps):
        assert 5 / 6 - 1e-9 <= caption.seconds <= 7 + 1e-9


@given(SCENES, FPS)
def test_two_frames_apart_or_half_a_second(scenes, fps):
    laid = film(*scenes, fps=fps)
    made = captions(laid, fps)
    cuts = [scene.start for scene in laid]
    for one, other in pairwise(made):
        gap = round((other.start - one.end) * fps)
        assert gap >= 2
        # seven seconds, or the scene's end, end a caption whatever the gap
        ended = one.seconds > 7 - 1 / fps or any(one.end <= cut + 1e-9 <= other.start + 2e-9 for cut in cuts)
        assert gap == 2 or gap >= CHAIN_SECONDS * fps or ended


@given(SCENES, FPS)
def test_whole_frames_within_the_scene(scenes, fps):
    laid = film(*scenes, fps=fps)
    made = captions(laid, fps)
    for scene in laid:
        inside = [one for one in made if scene.start - 1e-9 <= one.start < scene.end]
        assert shown(inside) == " ".join(word.text for word in scene.words)
        assert all(one.end <= scene.end + 1e-9 for one in inside)
    for one in made:
        assert abs(one.start * fps - round(one.start * fps)) < 1e-6
        assert abs(one.end * fps - round(one.end * fps)) < 1e-6


@given(SENTENCES, st.floats(8, 22), FPS)
def test_starts_in_the_frame_in_which_its_first_word_starts(text, rate, fps):
    scene = speak(text, rate, tail=1.0)
    said = 0
    for caption in captions([scene], fps):
        onset = scene.narration + scene.words[said].start
        assert 0 <= onset - caption.start + 1e-6 < 1 / fps + 1e-5
        said += len(" ".join(caption.lines).split())


@given(SENTENCES, FPS)
def test_unhurried_speech_can_be_read(text, fps):
    """At 12 characters a second there always is a way to stay below 17, the gap included."""
    for caption in captions([speak(text, 12.0, tail=1.5)], fps):
        assert columns(" ".join(caption.lines)) / caption.seconds <= 17 + 1e-9


@given(
    st.lists(st.tuples(LETTERS | st.text("x中é", min_size=30, max_size=130), st.floats(0, 3)), min_size=1, max_size=30),
    st.floats(0.0, 2.0),
)
@settings(max_examples=60)
def test_any_word_times_give_readable_shapes(words, tail):
    """Words at once, backwards or far apart: captions stay in order, apart and in the scene."""
    timed = [Word(text=text, start=at, end=at + 0.1) for text, at in words]
    scene = CaptionScene(0.0, 8.0 + tail, 0.5, timed)
    made = captions([scene], 30)
    assert "".join(shown(made).split()) == "".join(text for text, _ in words)
    for one, other in pairwise(made):
        assert other.start - one.end >= 2 / 30 - 1e-9
    assert all(one.start < one.end <= scene.end for one in made)
    assert all(columns(line) <= 42 for one in made for line in one.lines)


def test_breaks_at_phrases():
    made = captions([speak(TEXT)], 30)
    assert made[0].lines == ("Videogen turns a README", "into a narrated, captioned video.")
    assert made[2].lines == ("It runs on Python 3.10 or newer,", "without ffmpeg, fonts or an API key.")
    english = Penalties("en")
    for text in (caption.lines[-1] for caption in made[:-1]):
        assert english.between(text.split()[-1], "thing") < 30, text


@pytest.mark.parametrize("pair", ["HTTP/1.1 requests", "Python 3.10", "30 frames", "New York"])
def test_what_belongs_together_is_broken_last(pair):
    english = Penalties("en")
    assert english.between(*pair.split()) > english.between("send", "words")


def test_no_sentence_is_torn_where_it_fits():
    made = captions([speak("It stops. Now the second sentence starts, and it is a good deal longer.", 14)], 30)
    assert all(caption.lines[-1].endswith((".", ",")) for caption in made)


def test_a_short_last_word_is_not_left_alone():
    text = "This sentence is just so long that it needs more than two lines of captions, you see."
    assert len(captions([speak(text, 15, tail=0.0)], 30)[-1].lines[-1].split()) > 1


def test_a_scene_with_hardly_any_time_borrows_from_its_lead():
    scene = CaptionScene(10.0, 10.9, 10.5, [Word(text="Hi.", start=0, end=0.3)])
    (caption,) = captions([scene], 30)
    assert caption.seconds >= 5 / 6
    assert caption.start >= 10.0


def test_a_word_of_300_letters():
    made = captions([speak("see " + "x" * 300 + " there", 15)], 30)
    assert "".join(shown(made).split()) == "see" + "x" * 300 + "there"
    assert all(len(line) <= 42 for caption in made for line in caption.lines)


def test_chinese_takes_two_columns_a_character():
    text = "这个工具把文档变成带旁白的视频，只要改动一句话，就只重做那一句。其他的部分都不会再做一次，所以很快。"
    made = captions([CaptionScene(0, 14, 0.5, [Word(text=text, start=0, end=12)])], 25, "zh")
    assert "".join(line for caption in made for line in caption.lines) == text
    assert all(columns(line) <= 42 for caption in made for line in caption.lines)


@given(st.text("ab/-.👩‍👩‍👧é́中", min_size=1, max_size=200), st.integers(4, 42))
def test_pieces_join_to_the_word(word, limit):
    parts = pieces(word, limit)
    assert "".join(parts) == word
    assert all(0 < columns(part) <= limit for part in parts)


def test_silent_scenes_have_no_captions():
    assert captions([CaptionScene(0, 5, 0.5, [])], 30) == []


def test_a_scene_of_too_few_frames_is_refused():
    scene = CaptionScene(0, 0.1, 0.0, [Word(text="word" * 10, start=0, end=0)] * 40)
    with pytest.raises(VideoError, match="too short for the captions"):
        captions([scene], 30)


TURNS = st.lists(st.tuples(SENTENCES, st.sampled_from(["ANA:", "BEN:", "DR. WHO:", "-"])), min_size=1, max_size=5)


@given(TURNS, st.floats(8, 18), FPS)
def test_each_turn_begins_a_line_that_tells_who_speaks(turns, rate, fps):
    scene = speak(" ".join(text for text, _ in turns), rate)
    starts = [sum(len(text.split()) for text, _ in turns[:index]) for index in range(len(turns))]
    told = dict(zip(starts, [label for _, label in turns], strict=True))
    end = math.ceil(scene.end * fps) / fps
    made = captions([CaptionScene(scene.start, end, scene.narration, scene.words, told)], fps)
    assert shown(made) == " ".join(f"{label} {text}" for text, label in turns)
    begun = [
        (line, label) for caption in made for line, label in zip(caption.lines, caption.labels, strict=False) if label
    ]
    assert [label for _, label in begun] == [label for _, label in turns]
    assert all(line.startswith(f"{label} ") for line, label in begun), "no line has a label alone"
    for caption in made:
        assert all(0 < columns(line) <= 42 for line in caption.lines)
        assert caption.seconds > 0
    for one, other in pairwise(made):
        assert round((other.start - one.end) * fps) >= 2


def test_two_speakers_share_a_caption_only_where_one_would_be_too_short():
    def dialogue(answer: float) -> list[Caption]:
        said = [("Are", 0.0, 0.3), ("you", 0.3, 0.6), ("ready?", 0.6, 1.2), ("Yes.", 1.6, 1.6 + answer)]
        later = 1.6 + answer + 0.4
        said += [(word, later + 0.4 * n, later + 0.4 * n + 0.3) for n, word in enumerate(["Then", "we", "begin."])]
        words = [Word(text=text, start=start, end=end) for text, start, end in said]
        labels = {0: "ANA:", 3: "BEN:", 4: "ANA:"}
        return captions([CaptionScene(0.0, later + 2, 0.5, words, labels)], 30)

    assert [one.lines for one in dialogue(0.3)] == [
        ("ANA: Are you ready?",),
        ("BEN: Yes.", "ANA: Then we begin."),
    ]
    assert [one.labels for one in dialogue(0.3)] == [("ANA:",), ("BEN:", "ANA:")]
    assert [one.lines for one in dialogue(1.0)] == [("ANA: Are you ready?",), ("BEN: Yes.",), ("ANA: Then we begin.",)]
