"""The kinds of a lesson: what is to be learned, set, solved, asked and looked back on."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from videogen.model.kinds.base import Content, Line, Text, passages

_MOST = 12


def _short(value: str | int) -> str:
    shown = str(value).strip()
    if len(shown) > 12:
        raise ValueError("a number has at most 12 characters")
    return shown


Numeral = Annotated[str | int, AfterValidator(_short)]
"""What something is called by: 7, "1.4", "Appendix A"."""


class LearningObjectives(Content):
    """What a lesson teaches; `lesson_info` are a few facts about it, such as its length."""

    lesson_title: Line
    objectives: list[Line] = Field(min_length=1, max_length=_MOST)
    lesson_info: list[Line] = Field(default_factory=list, max_length=4)

    def cue_names(self) -> list[str]:
        """One cue an objective."""
        return [f"objective:{index}" for index in range(len(self.objectives))]


class Problem(Content):
    """A problem as it is set. `difficulty` is any word; what it says of easy, medium and hard gets its colour."""

    problem_number: Numeral = ""
    title: Line
    problem_text: Text
    difficulty: str = Field(default="", max_length=24)

    def cue_names(self) -> list[str]:
        """One cue a passage of the text: it comes when it is read out."""
        return [f"passage:{index}" for index in range(len(passages(self.problem_text)))]

    def cue_text(self, name: str) -> str:
        """The passage."""
        return passages(self.problem_text)[int(name.partition(":")[2])]


class Exercise(Content):
    """Something to do: a sheet with instructions to tick off."""

    title: Line
    instructions: list[Line] = Field(min_length=1, max_length=_MOST)
    difficulty: str = Field(default="", max_length=24)
    estimated_time: str = Field(default="", max_length=24)

    def cue_names(self) -> list[str]:
        """One cue an instruction."""
        return [f"instruction:{index}" for index in range(len(self.instructions))]


class Checkpoint(Content):
    """A look back and ahead. The labels name the three parts, in the language of the text."""

    checkpoint_number: Numeral = ""
    title: Line = "Checkpoint"
    completed_topics: list[Line] = Field(default_factory=list, max_length=_MOST)
    review_questions: list[Line] = Field(default_factory=list, max_length=_MOST)
    next_topics: list[Line] = Field(default_factory=list, max_length=_MOST)
    labels: list[Line] = Field(default=["Completed", "Review", "Next"], min_length=3, max_length=3)

    @model_validator(mode="after")
    def _has_something(self) -> Checkpoint:
        if not (self.completed_topics or self.review_questions or self.next_topics):
            raise ValueError("give completed_topics, review_questions or next_topics")
        return self

    def cue_names(self) -> list[str]:
        """One cue a topic and a question, in the order in which they stand."""
        return [
            *(f"completed_topic:{index}" for index in range(len(self.completed_topics))),
            *(f"review_question:{index}" for index in range(len(self.review_questions))),
            *(f"next_topic:{index}" for index in range(len(self.next_topics))),
        ]


class Quiz(Content):
    """A question with options; `correct_answer` is one of them, or its letter, shown at the end if at all."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
    options: list[Line] = Field(min_length=2, max_length=8)
    correct_answer: Line
    show_answer: bool = True

    @model_validator(mode="after")
    def _answer_is_an_option(self) -> Quiz:
        if len({option.casefold() for option in self.options}) < len(self.options):
            raise ValueError("two options are the same")
        if self._answer() is None:
            last = letter(len(self.options) - 1)
            raise ValueError(
                f'correct_answer "{self.correct_answer[:60]}" is none of the options; '
                f"give the text of one or its letter, A to {last}"
            )
        return self

    @property
    def answer(self) -> int:
        """Index of the right option."""
        return self._answer() or 0

    def _answer(self) -> int | None:
        wanted = self.correct_answer.casefold()
        texts = [option.casefold() for option in self.options]
        letters = [letter(index).casefold() for index in range(len(self.options))]
        return next((names.index(wanted) for names in (texts, letters) if wanted in names), None)

    def cue_names(self) -> list[str]:
        """One cue an option, then the answer."""
        return [*(f"option:{index}" for index in range(len(self.options))), *["answer"][: self.show_answer]]

    def cue_text(self, name: str) -> str:
        """The words of an option, and those that give the answer away."""
        return f"answer {self.options[self.answer]}" if name == "answer" else super().cue_text(name)


def letter(index: int) -> str:
    """What an option is called.

    >>> letter(0), letter(2)
    ('A', 'C')
    """
    return chr(ord("A") + index)
