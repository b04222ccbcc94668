from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from videogen.model.captions import Caption
from videogen.model.film import film_format
from videogen.model.project import Output
from videogen.model.script import Picture
from videogen.scenes.burned import SaidWord, draw_captions
from videogen.scenes.draw import draw, scene_kind
from videogen.scenes.themes import resolve_look

TEXT = "Captions stand in the picture, and the word that is said is marked"
WORDS = [SaidWord(word, 1 + index * 0.3, 1.25 + index * 0.3) for index, word in enumerate(TEXT.split())]
CAPTIONS = [
    Caption(start=1.0, end=2.7, lines=("Captions stand in the", "picture,")),
    Caption(start=2.8, end=5.0, lines=("and the word that is said is marked",)),
]
BEGINS = 0.4


def look(aspect="16:9", captions="words"):
    found = resolve_look("midnight", "orange", film_format(Output(resolution="480p"), aspect), Path())
    return found.model_copy(update={"captions": captions})


def test_every_word_is_marked_once_while_it_is_said():
    motion = draw_captions(CAPTIONS, WORDS, look(), BEGINS).motion
    marked = [layer.id for layer in motion.layers if layer.id.startswith("word-")]
    assert len(marked) == len(WORDS)
    for name, word in zip(marked, WORDS, strict=True):
        enters, exits = (move for move in motion.moves if move.layer == name)
        assert (enters.effect, exits.effect) == ("enter", "exit")
        assert enters.delay == pytest.approx(word.start - BEGINS)
        assert word.start - BEGINS < exits.delay <= word.end - BEGINS + 1e-9


def test_lines_alone_are_not_marked_and_captions_take_turns():
    motion = draw_captions(CAPTIONS, [], look(captions="lines"), BEGINS).motion
    assert [layer.id for layer in motion.layers] == ["caption-0", "caption-1"]
    times = [(move.effect, round(move.delay, 6), move.duration) for move in motion.moves]
    assert times == [("enter", 0.6, 0.0), ("exit", 2.3, 0.0), ("enter", 2.4, 0.0), ("exit", 4.6, 0.0)]


def test_a_word_wider_than_a_line_is_marked_in_all_its_parts():
    long = "x" * 60
    captions = [Caption(start=1, end=3, lines=(long[:42], long[42:]))]
    motion = draw_captions(captions, [SaidWord(long, 1.0, 2.0)], look(), BEGINS).motion
    assert [layer.id for layer in motion.layers] == ["caption-0", "word-0-0", "word-0-1"]


def test_without_captions_there_is_nothing_over_the_picture():
    assert draw_captions([], [], look(), BEGINS).motion.layers == []


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1", "4:5"])
def test_captions_and_slides_keep_out_of_each_others_way(aspect):
    over = draw_captions(CAPTIONS, WORDS, look(aspect), BEGINS).motion
    top = min(layer.y for layer in over.layers)
    for kind in ("bullets", "title", "code", "table", "quote", "outro", "section"):
        content = yaml.safe_load(scene_kind(kind).example)["content"]
        slide = draw(Picture(kind=kind, content=content), look(aspect), Path()).motion
        assert max(box.y + box.height for box in slide.text) <= top, kind
    side = look(aspect)
    assert all(0.05 * side.width <= box.x and box.x + box.width <= 0.95 * side.width for box in over.text)
    assert all(box.y + box.height <= 0.95 * side.height for box in over.text)


def test_who_speaks_is_told_and_not_marked():
    captions = [
        Caption(start=1.0, end=2.0, lines=("DR. WHO: Captions stand",), labels=("DR. WHO:",)),
        Caption(start=2.1, end=3.0, lines=("the", "- picture, and"), labels=("", "-")),
    ]
    motion = draw_captions(captions, [*WORDS[:2], *WORDS[4:7]], look(), BEGINS).motion
    marked = [layer.id for layer in motion.layers if layer.id.startswith("word-")]
    assert len(marked) == 5
    widths = {layer.id: layer.width for layer in motion.layers}
    assert widths[marked[0]] > widths[marked[2]], '"Captions" is wider than "the"'
    assert widths[marked[3]] > widths[marked[4]], '"picture," is wider than "and"'
