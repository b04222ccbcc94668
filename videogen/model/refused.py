"""What a model refused, in the words in which every face says it: what is wrong, and what to do about it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from videogen.model.errors import ValidationError, cut
from videogen.model.scene import slugify

_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
_BOUNDS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}
_PATTERNS = {
    "id": "lower-case letters and digits, joined by single - or _",
    "lines": 'line numbers such as "2-4, 7"',
    "languages": "language tags such as en or pt-BR",
    "speakers": "at most 24 letters, digits, spaces and points",
    "narration": "the name of a speaker",
    "voice": "auto, a friendly name such as female, or engine:voice",
}


def said(detail: Mapping[str, Any], name: str, known: Sequence[str], what: str = "key") -> tuple[str, str]:
    """What is wrong with the value `name` by a detail of pydantic's, and what to do about it; `known` are the keys, or
    what else they are called, that might have been meant."""
    kind, value, context = detail["type"], detail.get("input"), detail.get("ctx", {})
    keyed = detail["loc"][-1:] == ("[key]",)
    last = next((part for part in reversed(detail["loc"][: -2 if keyed else None]) if isinstance(part, str)), "")
    if kind == "extra_forbidden":
        key = str(detail["loc"][-1])[:60]
        close = difflib.get_close_matches(key, known, 1)
        others = f"known {what}s: {', '.join(known)}" if known else "leave it out"
        hint = f'did you mean "{close[0]}"?' if close else others
        return f'unknown {what} "{key}"', hint
    if kind == "missing":
        return f"{name} is missing", "add it"
    if kind in _TYPES:
        hint = "correct the value"
        if value is None:
            hint = "give it a value, or remove the key"
        elif kind == "string_type" and isinstance(value, (int, float)):
            hint = "put it in quotes"
        return f"{name} must be {_TYPES[kind]}, not {called(value)}", hint
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context.get("expected", ""))
        close = difflib.get_close_matches(str(value), choices, 1)
        allowed = f"one of {', '.join(choices)}" if len(choices) > 1 else choices[0]
        return (
            f"{name} must be {allowed}, not {called(value)}",
            f'did you mean "{close[0]}"?' if close else "choose one of these",
        )
    if kind in _BOUNDS:
        words, key = _BOUNDS[kind]
        return f"{name} must be {words} {_figure(context[key])}, not {called(value)}", "correct the value"
    if kind == "string_unicode":
        return f"{name} has half of a character in it", "write it in UTF-8"
    if kind == "string_pattern_mismatch":
        slug = f'for example "{slugify(str(value))}"' if last == "id" else "correct the value"
        return f'{name} is "{str(value)[:60]}", but must be {_PATTERNS.get(last, context["pattern"])}', slug
    if kind == "too_short" and context["min_length"] > 1:
        return f"{name} needs {context['min_length']} entries or more, and has {context['actual_length']}", "add some"
    if kind in ("string_too_short", "too_short"):
        return f"{name} must not be empty", "fill it in, or remove it"
    if kind == "string_too_long":
        return f"{name} has {len(str(value))} characters; at most {context['max_length']} are allowed", "shorten it"
    if kind == "too_long":
        return f"{name} has more than {context['max_length']} entries", "split it"
    return detail["msg"].removeprefix("Value error, "), "correct the value"


def refused(details: Sequence[Mapping[str, Any]], known: Sequence[str]) -> ValidationError:
    """The error of a program's or a request's options, of which `known` are all that there are, by pydantic's details.

    >>> detail = {"type": "extra_forbidden", "loc": ("colour",), "msg": "", "input": "red"}
    >>> print(refused([detail], ["color", "title"]))
    unknown option "colour"; did you mean "color"?
    """
    fields = [_field(each, known) for each in details[:20]]
    first = fields[0]
    return ValidationError(str(first["message"]), hint=first["hint"], details={"fields": fields})


def _field(detail: Mapping[str, Any], known: Sequence[str]) -> dict[str, str | None]:
    loc = [
        part[:60] if isinstance(part, str) else part
        for part in detail["loc"]
        if part not in ("body", "query", "path", "header")
    ]
    last = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    at = loc[-1] + 1 if loc and isinstance(loc[-1], int) else None
    name = f"entry {at} of `{last}`" if at and last else f"`{last}`" if last else "what was sent"
    if detail["type"] == "value_error" and not loc:
        message, _, hint = str(detail["msg"]).removeprefix("Value error, ").partition("; ")
        return {"field": "", "message": cut(message), "hint": cut(hint) or None}
    message, hint = said({"input": None, **detail, "loc": tuple(loc)}, name, known, "option")
    return {"field": _writable(".".join(map(str, loc))), "message": _writable(cut(message)), "hint": _writable(hint)}


def _figure(bound: float) -> str:
    """A bound as it is written: no count of a million and more in powers of ten."""
    return str(int(bound)) if float(bound).is_integer() else f"{bound:g}"


def _writable(text: str) -> str:
    """A text that somebody has sent, without halves of characters, which no encoding has."""
    return text.encode("utf-8", "replace").decode()


def called(value: object) -> str:
    """A value, as it is told of to who wrote it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"the number {str(value).removesuffix('.0')}"
    if isinstance(value, str):
        return f'the text "{value[:60]}"'
    return "a list" if isinstance(value, list) else "a mapping"
