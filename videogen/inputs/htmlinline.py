"""Text within a paragraph of HTML -> Markdown within a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from videogen.inputs.escape import code_span, inline_text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

UNSEEN = {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio", "video",
          "map", "button", "select", "input", "textarea", "option", "datalist", "meter", "progress", "head", "title",
          "meta", "link", "base", "del", "s", "strike", "rp", "rt", "frame", "frameset", "applet", "area"}  # fmt: skip
"""Elements of which nothing is read."""
_CODE = {"code", "kbd", "samp", "tt"}
_MARKS = ("¶", "#", "§", "🔗", "")
"""What a link to a heading shows."""
DEEPEST = 100
"""Elements inside each other that are told apart; what is deeper is only text."""


def inline(element: Element, depth: int = 0) -> str:
    """What an element says, without its tail."""
    tag = element.tag
    if not isinstance(tag, str) or tag in UNSEEN:
        return ""
    if depth > DEEPEST:
        return inline_text(plain(element))
    if tag in _CODE:
        code = plain(element)
        # the colon after a term is of the sentence
        ended = ":" * (re.search(r"\w:\s*$", code) is not None)
        code_only = code.rstrip().removesuffix(":") if ended else code
        return " " * code[:1].isspace() + code_span(code_only) + ended + " " * code[-1:].isspace()
    if tag == "br":
        return " "
    if tag == "math":
        return code_span(element.get("alttext") or "")
    if tag == "sup" and _is_reference(element):
        return ""
    said = children(element, depth)
    if tag == "a":
        return _link(element, said)
    if tag == "q" and said.strip():
        return f"“{said.strip()}”"
    return said


def children(element: Element, depth: int = 0) -> str:
    """What is inside an element."""
    pieces = [inline_text(element.text or "")]
    for child in element:
        pieces.append(inline(child, depth + 1))
        pieces.append(inline_text(child.tail or ""))
    return "".join(pieces)


def plain(element: Element) -> str:
    """The text in an element, its line breaks kept."""
    found: list[str] = []
    stack: list[tuple[Element, bool]] = [(element, False)]
    while stack:
        each, done = stack.pop()
        if done:
            found.append(each.tail or "")
            continue
        if each is not element:
            stack.append((each, True))
        if not isinstance(each.tag, str) or each.tag in ("script", "style"):
            continue
        found.append("\n" if each.tag == "br" else each.text or "")
        stack.extend((child, False) for child in reversed(each))
    return "".join(found)


def _is_reference(element: Element) -> bool:
    """Whether a raised text leads to a note."""
    links = list(element.iter("a"))
    return bool(links) and all((link.get("href") or "").startswith("#") for link in links)


def _link(element: Element, said: str) -> str:
    href = (element.get("href") or "").strip()
    if said.strip() in _MARKS and href.startswith("#"):
        return ""
    if said.strip() and re.match(r"https?://[^\s<>]+$", href):
        return f"[{said}](<{href}>)"
    return said
