"""The form of the answer: scenes, of few kinds, that say what is shown and said. What a document shows itself (code,
tables, pictures, quotations) is named by its number, so that nothing of the kind can be made up."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Told(_Strict):
    """A point and what there is to say of it; "" for nothing."""

    text: str
    detail: str


class Dated(_Strict):
    """What happened, and when."""

    date: str
    label: str
    text: str


class _Scene(_Strict):
    narration: str
    blocks: list[int]
    """Numbers of the document's blocks that it is made from."""


class TitleScene(_Scene):
    """The first slide."""

    kind: Literal["title"]
    title: str
    subtitle: str


class SectionScene(_Scene):
    """A card before a part of the film."""

    kind: Literal["section"]
    title: str
    summary: str


class BulletsScene(_Scene):
    """Key phrases."""

    kind: Literal["bullets"]
    header: str
    items: list[str]


class ListScene(_Scene):
    """Points with a detail each."""

    kind: Literal["list"]
    header: str
    items: list[Told]


class StepsScene(_Scene):
    """What is done one after the other."""

    kind: Literal["steps"]
    header: str
    steps: list[Told]


class TimelineScene(_Scene):
    """Events in their order."""

    kind: Literal["timeline"]
    header: str
    events: list[Dated]


class TwoColumnsScene(_Scene):
    """Two sides."""

    kind: Literal["two_columns"]
    header: str
    left_header: str
    left_items: list[str]
    right_header: str
    right_items: list[str]


class CalloutScene(_Scene):
    """What must not be missed."""

    kind: Literal["callout"]
    tone: Literal["note", "tip", "important", "warning", "caution"]
    title: str
    text: str


class StatScene(_Scene):
    """One big number."""

    kind: Literal["stat"]
    value: str
    prefix: str
    suffix: str
    label: str


class ShowScene(_Scene):
    """A block of the document as it is: code, commands, a table, a picture, a diagram, a quotation."""

    kind: Literal["show"]
    header: str
    block: int


class OutroScene(_Scene):
    """The last slide."""

    kind: Literal["outro"]
    main_text: str
    items: list[str]


AnyScene = Annotated[
    TitleScene
    | SectionScene
    | BulletsScene
    | ListScene
    | StepsScene
    | TimelineScene
    | TwoColumnsScene
    | CalloutScene
    | StatScene
    | ShowScene
    | OutroScene,
    Field(discriminator="kind"),
]


class ScriptAnswer(_Strict):
    """The whole answer."""

    language: str
    scenes: list[AnyScene]


def answer_schema(model: type[BaseModel] = ScriptAnswer) -> dict[str, Any]:
    """JSON Schema of an answer, as strict modes take it: `anyOf` for choices, no titles, no defaults.

    The model's fields must all be required, and without bounds: these are checked, not asked for.
    """
    return _plain(model.model_json_schema())


def _plain(node: Any) -> Any:
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {}
    for key, value in node.items():
        if key in ("properties", "$defs"):
            found[key] = {name: _plain(each) for name, each in value.items()}
        elif key == "oneOf":
            found["anyOf"] = _plain(value)
        elif key not in ("title", "description", "discriminator", "default"):
            found[key] = _plain(value)
    return found
