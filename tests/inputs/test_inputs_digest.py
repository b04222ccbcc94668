"""A document that takes hours to say is told by how its chapters begin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from videogen.inputs.digest import LONGEST_SECONDS, digest
from videogen.inputs.markdown import parse_markdown
from videogen.inputs.measure import seconds_to_say, words
from videogen.model.content import ListBlock, Paragraph, ParsedContent
from videogen.model.project import Document, VideoConfig

LONG = "\n\n".join(["Tea is poured into cups until nobody wants any more of it and all of the pots are dry."] * 900)


def parsed(text: str) -> ParsedContent:
    return parse_markdown(Document(path="tea.md", text=text), VideoConfig.model_construct(id="tea", title=None))


def manual(*chapters: str) -> str:
    return "# Tea\n\n" + "\n\n".join(chapters) + f"\n\n## Appendix\n\nWords.\n\n### More\n\n{LONG}\n"


def chapter(title: str) -> str:
    return f"## {title}\n\n{title} are used for tea. They break. They are washed.\n\n### Kinds\n\nThere are many.\n"


def test_chapters_begin_with_their_own_words_or_with_the_names_of_their_sections() -> None:
    files = "## Files\n\n### Papers\n\nSome.\n\n### Cards\n\nFew.\n\n### Books\n\nMany.\n"
    about = "## Introduction\n\n### Scope\n\nThis manual tells all about tea. It is long.\n"
    whole = parsed(manual(about, chapter("Cups"), chapter("Pots"), files, chapter("Leaves")))
    told = digest(whole)
    assert [section.title.text for section in told.sections] == ["Tea", "Cups", "Pots", "Files", "Leaves"]
    tea, cups, files_ = (told.sections[at].blocks for at in (0, 1, 3))
    assert isinstance(tea[0], Paragraph)
    assert tea[0].inline.text == "This manual tells all about tea. It is long."
    assert isinstance(cups[0], Paragraph)
    assert cups[0].inline.text == "Cups are used for tea. They break. They are washed."
    assert isinstance(files_[0], ListBlock)
    assert [item.inline.text for item in files_[0].items] == ["Papers", "Cards", "Books"]
    assert told.advice == [
        "tea.md: it takes 2 hours to say; this film tells how its chapters begin, and `split: heading` makes a film "
        "of each"
    ]
    assert whole.advice == []
    assert told.suggested_duration < 120


def test_a_document_of_hours_without_chapters_a_short_one_and_one_that_is_told_stay_as_they_are() -> None:
    for text in (manual(chapter("Cups")), "# Tea\n\n" + "\n".join(map(chapter, ("Cups", "Pots", "Leaves", "Sugar")))):
        whole = parsed(text)
        assert digest(whole) == whole
    spoken = parsed(manual(*map(chapter, ("Cups", "Pots", "Leaves", "Sugar", "Milk"))))
    said = spoken.model_copy(
        update={"sections": [s.model_copy(update={"narration": "Listen."}) for s in spoken.sections]}
    )
    assert digest(said) == said
    assert digest(spoken) != spoken


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 900)), max_size=12))
def test_it_is_never_longer_and_says_nothing_that_is_not_in_it(sections: list[tuple[int, int]]) -> None:
    text = "".join(
        f"{'#' * level} Part {at}\n\n{'Tea is hot and good. ' * count}\n\n"
        for at, (level, count) in enumerate(sections)
    )
    whole = parsed(text)
    told = digest(whole)
    assert words(told.sections) <= words(whole.sections)
    if seconds_to_say(whole.sections) <= LONGEST_SECONDS:
        assert told == whole
    titles = [section.title.text for section in whole.sections]
    assert all(section.title.text in titles for section in told.sections)
