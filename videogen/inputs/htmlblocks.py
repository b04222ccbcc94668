"""Blocks of HTML -> Markdown: headings, paragraphs, lists, tables, code, quotes and pictures, each at its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from videogen.inputs.escape import inline_text
from videogen.inputs.htmlinline import DEEPEST, UNSEEN, children, inline, plain
from videogen.inputs.writing import Cell, Item, Writing

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Find = Callable[[str, int], "str | None"]
"""The picture with an address, at a line, as Markdown names it; None where it cannot be shown."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTAINERS = {"p", "div", "section", "article", "main", "header", "footer", "body", "html", "center", "address",
               "fieldset", "legend", "details", "hgroup", "search", "nav", "aside", "form", "tbody", "thead",
               "tfoot", "tr", "td", "th", "caption", "dd", "dt", "li", "figcaption", "dialog", "menu", "label",
               "noframes", "picture"}  # fmt: skip
_OWN = {"ul", "ol", "dl", "table", "pre", "blockquote", "figure", "hr", "summary", "listing", "xmp", "plaintext", "img"}
_BLOCKS = {*_HEADINGS, *_CONTAINERS, *_OWN}
_HEAVY = ("pre", "table", "figure", "img", *_HEADINGS)
"""What an item of a list or a cell of a table cannot hold."""
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|highlight|brush:|sourceCode|src)[-\s]\s*([\w+#.-]+)")
_NO_LANGUAGE = {
    "default",
    "none",
    "notranslate",
    "text",
    "plaintext",
    "plain",
    "sourcecode",
    "highlight",
    "numbersource",
}
_TONES = {"note": "NOTE", "tip": "TIP", "hint": "TIP", "important": "IMPORTANT", "warning": "WARNING",
          "attention": "WARNING", "caution": "CAUTION", "danger": "CAUTION", "error": "CAUTION"}  # fmt: skip


class BlockWriter:
    """Writes an element as Markdown. `headed`: whether a heading of level 1 was among it."""

    def __init__(self, find: Find) -> None:
        self.writing = Writing()
        self.headed = False
        self.line = 1
        """Where what is being read stands."""
        self._find = find
        self._level = 1
        self._said: list[str] = []
        self._begun = 1
        self._shown: list[Element] = []

    def write(self, element: Element) -> None:
        """Write what is inside an element."""
        self._inside(element, 0)
        self._flush()

    def write_table(self, table: Element) -> None:
        """Write one table."""
        self._table(table, 0)
        self._flush()

    def _inside(self, element: Element, depth: int) -> None:
        if depth > DEEPEST:
            self._say(inline(element), element)
            return
        self._say(_between(element.text), element)
        for child in element:
            self._node(child, depth + 1)
            self._say(_between(child.tail), child)

    def _node(self, element: Element, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in UNSEEN:
            return
        if tag not in _BLOCKS and next(element.iter(*_BLOCKS), None) is None:
            self._say(inline(element), element)
            return
        if tag == "img":
            self._shown.append(element)
            return
        if tag not in _BLOCKS:
            self._inside(element, depth)
            return
        self._flush()
        self.line = element.sourceline or self.line
        handler = _HANDLERS.get(tag)
        if handler is None and (tone := _tone(element)):
            self._admonition(element, tone, depth)
        elif handler is None:
            self._inside(element, depth)
        else:
            handler(self, element, depth)
        self._flush()

    def _say(self, markdown: str, element: Element) -> None:
        if markdown.strip() and not any(piece.strip() for piece in self._said):
            self._begun = max(self.line, element.sourceline or 0)
        self._said.append(markdown)

    def _flush(self) -> None:
        text = " ".join("".join(self._said).split())
        shown, self._said, self._shown = self._shown, [], []
        if text:
            self.writing.at(self._begun)
            self.writing.paragraph(text)
        for picture in shown:
            self._picture(picture)

    def _heading(self, element: Element, depth: int) -> None:
        level = _HEADINGS.get(str(element.tag)) or min(self._level + 1, 6)
        text = children(element)
        if text.strip():
            if element.tag != "summary":
                self._level = level
            self.headed |= level == 1
            self.writing.at(self.line)
            self.writing.heading(level, text)
        self._pictures(element)

    def _pictures(self, element: Element) -> None:
        for each in element.iter("img"):
            self._picture(each)

    def _picture(self, element: Element, caption: str = "") -> None:
        line = element.sourceline or self.line
        tiny = any((element.get(side) or "").removesuffix("px") in ("0", "1") for side in ("width", "height"))
        name = None if tiny else self._find(element.get("src") or "", line)
        if name:
            self.writing.at(line)
            self.writing.picture(name, element.get("alt") or "", caption or element.get("title") or "")

    def _figure(self, element: Element, depth: int) -> None:
        captions = [" ".join(plain(each).split()) for each in element.iter("figcaption")]
        pictures = list(element.iter("img"))
        if not pictures:
            self._inside(element, depth)
            return
        for each in pictures:
            self._picture(each, captions[0] if captions else "")

    def _code(self, element: Element, depth: int) -> None:
        code = plain(element)
        self.writing.at(self.line)
        self.writing.code(code.removeprefix("\n"), language(element))

    def _list(self, element: Element, depth: int) -> None:
        rows = [child for child in element if isinstance(child.tag, str)]
        if any(next(row.iter(*_HEAVY), None) is not None for row in rows):
            # what an item holds is shown right after it is said
            for row in rows:
                self._node(row, depth + 1)
            return
        self.writing.at(self.line)
        self.writing.items(_items(element, 0))

    def _terms(self, element: Element, depth: int) -> None:
        pairs = list(_pairs(element))
        simple = all(
            detail is None or next(detail.iter(*_HEAVY, "ul", "ol", "dl"), None) is None for _, detail in pairs
        )
        if simple:
            self.writing.at(self.line)
            self.writing.items([Item(_told(terms, detail)) for terms, detail in pairs])
            return
        above = self._level
        for terms, detail in pairs:
            self.line = terms[0].sourceline or self.line
            self.writing.at(self.line)
            self.writing.heading(min(above + 1, 6), _named(terms))
            if detail is not None:
                self._level = min(above + 1, 6)
                self._inside(detail, depth + 1)
                self._flush()
        self._level = above

    def _table(self, element: Element, depth: int) -> None:
        rows = list(_rows(element))
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        if _is_layout(element, cells):
            self._inside(element, depth)
            return
        for caption in element.iter("caption"):
            self._say(children(caption), caption)
            self._flush()
        self.writing.at(self.line)
        self.writing.table([[_cell(cell) for cell in row] for row in cells if row], _heads(rows, cells))

    def _quote(self, element: Element, depth: int) -> None:
        if next(element.iter(*_HEAVY, "ul", "ol", "dl"), None) is not None:
            self._inside(element, depth)
            return
        by = [each for each in element.iter("footer", "cite") if each.tag == "footer" or _is_last(each)][:1]
        said = [text for text in _paragraphs(element, by) if text.strip()]
        who = children(by[0]).strip().lstrip("—–- ") if by else ""
        self.writing.at(self.line)
        self.writing.quote([*said, *([f"— {who}"] if who and said else [])])

    def _admonition(self, element: Element, tone: str, depth: int) -> None:
        titles = [each for each in element if "admonition-title" in (each.get("class") or "")]
        if next(element.iter(*_HEAVY, "dl"), None) is not None:
            self._inside(element, depth)
            return
        said = [text for text in _paragraphs(element, titles) if text.strip()]
        if said:
            self.writing.at(self.line)
            self.writing.block("\n".join([f"> [!{tone}]", *(f"> {text}\n>" for text in said)]).removesuffix("\n>"))


def language(element: Element) -> str:
    """The language that the classes of a listing, of what is in it or of what it is in name; "" for none."""
    around = [element, *element.iter("code"), *list(element.iterancestors())[:3]]
    for each in around:
        for named in (
            each.get("data-lang"),
            each.get("data-language"),
            each.get("lang") if each.tag == "code" else None,
        ):
            if named:
                return named
        for found in _LANGUAGE.findall(each.get("class") or ""):
            if found.lower() not in _NO_LANGUAGE:
                return found
    return ""


def _between(text: str | None) -> str:
    return inline_text(text or "")


def _tone(element: Element) -> str:
    names = (element.get("class") or "").lower().split()
    if "admonition" not in names and element.get("role") != "note":
        return ""
    return next((_TONES[name] for name in names if name in _TONES), "NOTE")


def _is_last(element: Element) -> bool:
    return element.getnext() is None and not (element.tail or "").strip()


def _paragraphs(element: Element, without: list[Element]) -> Iterator[str]:
    """What an element says, paragraph by paragraph."""
    said: list[str] = [_between(element.text)]
    for child in element:
        if child in without:
            pass
        elif child.tag in ("p", "div", "section", "ul", "ol", "li", "header", "footer"):
            yield "".join(said)
            said = []
            yield from _paragraphs(child, without)
        else:
            said.append(inline(child))
        said.append(_between(child.tail))
    yield "".join(said)


def _ended(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?:;,…" else f"{text}."


def _items(element: Element, depth: int) -> list[Item]:
    """The items of a list, each with those under it."""
    found: list[Item] = []
    ordered = element.tag == "ol"
    for row in element:
        if row.tag in ("ul", "ol") and found and depth < DEEPEST:
            found[-1].children += _items(row, depth + 1)
        elif row.tag in ("ul", "ol") and depth < DEEPEST:
            found += _items(row, depth + 1)
        elif isinstance(row.tag, str) and row.tag not in UNSEEN:
            lists: list[Element] = []
            texts = [" ".join(text.split()) for text in _texts(row, lists, 0)]
            texts = [text for text in texts if text]
            boxes = [each for each in row.iter("input") if each.get("type") == "checkbox"]
            task = ("[x] " if boxes[0].get("checked") is not None else "[ ] ") if boxes else ""
            text = " ".join([*map(_ended, texts[:-1]), *texts[-1:]])
            below = [item for each in lists for item in _items(each, depth + 1)] if depth < DEEPEST else []
            found.append(Item(task + text if text else "", ordered and not task, below))
    return found


def _texts(element: Element, lists: list[Element], depth: int) -> Iterator[str]:
    """What an item says, paragraph by paragraph; the lists in it go to `lists`."""
    said = [_between(element.text)]
    for child in element:
        if child.tag in ("ul", "ol"):
            lists.append(child)
        elif child.tag in _BLOCKS and depth < DEEPEST:
            yield "".join(said)
            said = []
            yield from _texts(child, lists, depth + 1)
        else:
            said.append(inline(child))
        said.append(_between(child.tail))
    yield "".join(said)


def _pairs(element: Element) -> Iterator[tuple[list[Element], Element | None]]:
    """The terms of a list of definitions, those that share one together, each with what is said of it."""
    terms: list[Element] = []
    for child in [each for part in element for each in (part if part.tag == "div" else [part])]:
        if child.tag == "dt":
            terms.append(child)
        elif child.tag == "dd" and terms:
            yield terms, child
            terms = []
    if terms:
        yield terms, None


def _named(terms: list[Element]) -> str:
    names = (" ".join(children(term).split()).rstrip(":") for term in terms)
    return ", ".join(filter(None, names))


def _told(terms: list[Element], detail: Element | None) -> str:
    name = _named(terms)
    said = [" ".join(text.split()) for text in _texts(detail, [], 0)] if detail is not None else []
    told = " ".join(map(_ended, filter(None, said)))
    return f"{name} - {told}" if name and told else name or told


def _rows(element: Element) -> Iterator[Element]:
    """The rows of a table, not those of tables in it."""
    for child in element:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _is_layout(element: Element, cells: list[list[Element]]) -> bool:
    """Whether a table is one only to put things beside each other."""
    widths = [sum(_span(cell, "colspan") for cell in row) for row in cells if row]
    if element.get("role") == "presentation" or max(widths, default=0) < 2 or len(widths) < 2:
        return True
    return next(element.iterdescendants("table", "pre", "img", "figure", *_HEADINGS), None) is not None


def _heads(rows: list[Element], cells: list[list[Element]]) -> int:
    kept = [(row, own) for row, own in zip(rows, cells, strict=True) if own]
    count = 0
    for row, own in kept:
        parent = row.getparent()
        if not ((parent is not None and parent.tag == "thead") or all(cell.tag == "th" for cell in own)):
            break
        count += 1
    return count if count < len(kept) else min(count, 1)


def _cell(cell: Element) -> Cell:
    lists: list[Element] = []
    texts = [" ".join(text.split()) for text in _texts(cell, lists, 0)]
    below = [item.text for each in lists for item in _items(each, 0)]
    said = [text for text in (*texts, *below) if text]
    return Cell("; ".join(said) if below else " ".join(said), _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: Element, name: str) -> int:
    given = (cell.get(name) or "1").strip()
    return max(1, min(int(given), 1000)) if re.fullmatch(r"[0-9]{1,6}", given) else 1


_HANDLERS: dict[str, Callable[[BlockWriter, Element, int], None]] = {
    **dict.fromkeys((*_HEADINGS, "summary"), BlockWriter._heading),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), BlockWriter._code),
    **dict.fromkeys(("ul", "ol"), BlockWriter._list),
    "dl": BlockWriter._terms,
    "table": BlockWriter._table,
    "blockquote": BlockWriter._quote,
    "figure": BlockWriter._figure,
    "hr": lambda writer, element, depth: None,
}
