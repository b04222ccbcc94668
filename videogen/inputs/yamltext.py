"""Plain data as YAML that a person reads and edits: what `load_tree` reads back is just what was written."""

from __future__ import annotations

import re
from typing import Any

import yaml

from videogen.inputs.yamltree import plain_scalar
from videogen.model.errors import ValidationError

WIDTH = 110
"""Columns in which a text goes on to the next line."""

_ESCAPED = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]")
_FOLDS = re.compile(r"[^\s-]\S*(?: \S+)*")


def yaml_text(data: Any) -> str:
    """Mappings, lists, texts, numbers and truth values as YAML, in their order.

    A text of several lines, such as code, stands as it is, a long one as a paragraph. Raises ValidationError for
    a text that YAML cannot hold.

    >>> print(yaml_text({"code": "a\\nb\\n", "number": "08"}), end="")
    code: |
      a
      b
    number: "08"
    """
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False)


class _Dumper(yaml.SafeDumper):
    """With lists indented, and no aliases: what is the same twice stands twice."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        bad = f"U+{ord(text[error.start]):04X}"
        raise ValidationError(f"a text has the character {bad}, which no file can hold", hint="remove it") from None
    style = None
    if _ESCAPED.search(text):
        style = '"'
    elif "\n" in text:
        style = "|" if text.strip("\n") and not re.search(r"[ ]$", text, re.M) else '"'
    elif len(text) > 80 and _FOLDS.fullmatch(text):
        style = ">"
    elif plain_scalar(text) != text:
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _text)
