"""Who speaks, and marks: read once, never shown, never counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.inputs.source import read_source
from videogen.model.errors import ValidationError
from videogen.model.markup import Mark, MarkupError, SpeakerTurn, labels, read_markup, spoken
from videogen.model.scene import Scene

WORD = st.from_regex(r"[a-z]{1,8}[.,!?]?", fullmatch=True)
PIECE = st.one_of(
    st.tuples(st.just("word"), WORD),
    st.tuples(st.just("pause"), st.integers(1, 5000)),
    st.tuples(st.sampled_from(["spell", "emphasis"]), st.lists(WORD, min_size=1, max_size=3)),
)


@given(st.lists(PIECE, max_size=20), st.sampled_from([" ", "\n", "  \n "]))
def test_marks_are_kept_by_the_word_and_leave_the_text_alone(pieces: list[tuple[str, object]], gap: str) -> None:
    written, words, marks = [], list[str](), list[Mark]()
    for kind, what in pieces:
        if kind == "word":
            written.append(str(what))
            words.append(str(what))
        elif kind == "pause":
            assert isinstance(what, int)
            written.append(f"[pause {what}ms]")
            marks.append(Mark(kind="pause", word=len(words), seconds=what / 1000))
        else:
            assert isinstance(what, list)
            written.append(f"[{kind} {' '.join(what)}]")
            marks += [Mark.model_validate({"kind": kind, "word": len(words) + index}) for index in range(len(what))]
            words += what
    found = read_markup([(None, gap.join(written))])
    assert found.text == " ".join(words)
    assert found.marks == marks
    assert found.turns == []


@given(
    st.lists(st.tuples(st.sampled_from(["Ana", "Ben", "Dr. Who"]), st.lists(WORD, min_size=1, max_size=5)), min_size=1)
)
def test_turns_are_the_same_in_lines_sentences_and_lists(said: list[tuple[str, list[str]]]) -> None:
    names = {"Ana", "Ben", "Dr. Who"}
    texts = [(name, " ".join(words).rstrip(".,!?") + ".") for name, words in said]
    lines = "\n".join(f"{name}: {text}" for name, text in texts)
    found = read_markup([(None, lines)], names)
    assert found == read_markup([(None, lines.replace("\n", " "))], names)
    assert found == read_markup(list(texts), names)
    assert found.text == " ".join(text for _, text in texts)
    again = [(turn.speaker, text) for turn, text in spoken(found.text, found.turns)]
    merged: list[tuple[str, str]] = []
    for name, text in texts:
        if merged and merged[-1][0] == name:
            merged[-1] = (name, f"{merged[-1][1]} {text}")
        else:
            merged.append((name, text))
    assert again == merged


@pytest.mark.parametrize(
    "text",
    [
        "Ana said: wait.",
        "He met Ana: she was late.",
        "Anna: hello.",
        "A list [1] and [note] and a[0] and \\[pause].",
        "[Ana]: hi",
    ],
)
def test_what_only_looks_like_it_is_text(text: str) -> None:
    found = read_markup([(None, text)], {"Ana"})
    assert found.text == text.replace("\\[", "[")
    assert not found.marks
    assert not found.turns


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("a [pause 9x] b", "[pause 9x]", "has no length"),
        ("a [pause 800] b", "[pause 800]", "has no length"),
        ("a [pause 6s] b", "[pause 6s]", "at most 5 seconds"),
        ("a [pause 0s] b", "[pause 0s]", "at most 5 seconds"),
        ("a[pause] b", "[pause]", "between words"),
        ("a [pause], b", "[pause]", "between words"),
        ("a [pauses] b", "[pauses]", 'no mark "pauses"; did you mean "pause"'),
        ("a [Pause] b", "[Pause]", 'no mark "Pause"'),
        ("a [emphasise b]", "[emphasise b]", 'did you mean "emphasis"'),
        ("a [spell ] b", "[spell ]", "names no word"),
        ("a [spell b", "[spell", "not closed"),
        ("Ana:\nBen: b", "Ana:", "Ana says nothing"),
    ],
)
def test_bad_markup_says_what_and_what_next(text: str, at: str, message: str) -> None:
    with pytest.raises(MarkupError) as caught:
        read_markup([(None, text)], {"Ana", "Ben"})
    assert caught.value.at == at
    assert message in str(caught.value)
    assert caught.value.hint


def test_labels_tell_who_begins() -> None:
    turns = [SpeakerTurn(word=0, speaker="Ana"), SpeakerTurn(word=4, speaker="")]
    assert labels(turns) == {0: "ANA:", 4: "-"}


TALK = """\
title: Talk
voice: "draft:"
speakers:
  Ana: female
  Ben: {voice: male, rate: 1.1, pitch: -2, volume: 3}
scenes:
  - kind: title
    content: {title: One}
    volume: -3
    narration: >-
      Ana: Are you [emphasis really]
      ready? [pause 1s]
      Ben: Yes.
  - kind: title
    content: {title: Two}
    narration:
      - Ben: So what
      - is next?
"""


def scenes(folder: Path, text: str) -> list[Scene]:
    (folder / "talk.yaml").write_text(text)
    return read_source(folder / "talk.yaml", folder).config.videos[0].scenes or []


def test_a_dialogue_in_a_project(tmp_path: Path) -> None:
    one, two = scenes(tmp_path, TALK)
    assert one.narration == "Are you really ready? Yes."
    assert [(turn.word, turn.speaker) for turn in one.turns] == [(0, "Ana"), (4, "Ben")]
    assert [(mark.kind, mark.word) for mark in one.marks] == [("emphasis", 2), ("pause", 4)]
    assert one.manner.volume == -3
    assert one.manner.voice is None
    assert [(turn.word, turn.speaker) for turn in two.turns] == [(0, "Ben"), (2, "")]


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        ("[emphasis really]", "[emphasize really]", "talk.yaml:11:20", 'no mark "emphasize"; did you mean "emphasis"'),
        ("[pause 1s]", "[pause 1]", "talk.yaml:12:14", "has no length"),
        ("- Ben: So what", "- Bon: So what", "talk.yaml:17:9", 'no speaker "Bon"; did you mean "Ben"?'),
        ("- Ben: So what", "- Zoe: So what", "talk.yaml:17:9", "write `speakers: {Zoe: female}` in the project"),
        ("pitch: -2", "pitch: -9", "talk.yaml:5:40", "`pitch` must be at least -6"),
        ("Ana: female", "Ana: [female]", "talk.yaml:4:8", "a mapping"),
        ("volume: -3", "volume: loud", "talk.yaml:9:13", "a number"),
        ("- is next?", "- {Ben: So, Ana: what}", "talk.yaml:17:7", "or a list of turns such as `- Ana: Hello`"),
        ("- is next?", "- 3", "talk.yaml:17:7", "or a list of turns such as `- Ana: Hello`"),
        ("  Ana: female", '  "Ana: B": female', "talk.yaml:4", "24 letters"),
    ],
)
def test_faults_in_a_dialogue_name_their_place(
    tmp_path: Path, before: str, after: str, place: str, message: str
) -> None:
    assert before in TALK
    with pytest.raises(ValidationError) as caught:
        scenes(tmp_path, TALK.replace(before, after))
    assert caught.value.line().startswith(place), caught.value.line()
    assert message in caught.value.line()
    assert "\n" not in caught.value.line()
