"""Blocks of Markdown below the headings: paragraphs, lists, code, tables, quotes and pictures."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token

from videogen.inputs.html import Sentence, html_parts
from videogen.inputs.inline import Picture, Reading, read_inline, read_text
from videogen.inputs.named import relative
from videogen.inputs.pictures import picture_size
from videogen.model.allowed import check_inside, sent_alone
from videogen.model.content import (
    Block,
    CodeBlock,
    ImageBlock,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    QuoteBlock,
    TableBlock,
)
from videogen.model.errors import ValidationError, Where
from videogen.model.project import Document

_TONES = ("note", "tip", "important", "warning", "caution")
_CALLOUT = re.compile(rf"\s*\[!({'|'.join(_TONES)})\]\s*", re.IGNORECASE)
_TASK = re.compile(r"\[([ xX])\]\s+")
_BY = re.compile(r"\s*(?:—|―|–|---?)\s*(?=\S)")
_LANGUAGE = re.compile(r"\{?\.?([A-Za-z][\w+#.-]*)")
_DIRECTIVE = re.compile(r"\{?(?:code-block|code|sourcecode)\}?\s+(.*)")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]|\x1b\\[[0-9;]*m")
_NOT_PICTURES = (".svgz", ".mp4", ".webm", ".mov", ".avi", ".pdf")
_LOGO = re.compile(r"(?:^|[\W_])(?:logo|logotype|wordmark|badge|icon)(?:[\W_\d]|$)", re.IGNORECASE)
"""Signs of the house: they are on the page for those who look for it, not for those who are there."""
_SMALLEST = 32
"""Pixels: what is no larger in both directions is an icon or a spacer."""


class BlockReader:
    """Reads the blocks of one document from its tokens. `lines` are the lines of its text."""

    def __init__(self, document: Document, lines: list[str], root: Path) -> None:
        self.document, self.lines, self.root = document, lines, root
        self.left_out: list[str] = [*document.left_out]
        """What cannot be shown, where it stands and why."""
        self.missing: list[str] = []
        """Pictures that did not come with a document that was sent."""
        self.tokens: list[Token] = []
        self.close: list[int] = []

    def pair(self, tokens: list[Token]) -> None:
        """Take the document's tokens, and find for each the token that closes it (itself, when none does)."""
        self.tokens, self.close = tokens, list(range(len(tokens)))
        stack: list[int] = []
        for index, token in enumerate(tokens):
            if token.nesting == 1:
                stack.append(index)
            elif token.nesting == -1:
                # footnotes that are defined inside each other leave tokens behind without their counterpart
                opener = token.type.replace("_close", "_open")
                if any(tokens[n].type == opener for n in stack):
                    while tokens[stack[-1]].type != opener:
                        stack.pop()
                    self.close[stack.pop()] = index

    def trimmed(self, first: int, last: int) -> int:
        """`last`, or the last line before it, not before `first`, that is not blank."""
        last = min(last, len(self.lines))
        while last > first and not self.lines[last - 1].strip():
            last -= 1
        return max(first, last)

    def span(self, token: Token) -> tuple[int, int]:
        """Lines of a block token, from 1, both included."""
        begin, end = token.map or [0, 1]
        return begin + 1, self.trimmed(begin + 1, end)

    def read(self, index: int, *, first: bool = False) -> list[Block]:
        """The block that opens at a token, and those that were inside it and cannot stay there.

        `first`: nothing but badges stands before it.
        """
        token = self.tokens[index]
        kind, span = token.type, self.span(token)
        if kind == "paragraph_open":
            return self._paragraph(self.tokens[index + 1], span, first)
        if kind in ("bullet_list_open", "ordered_list_open"):
            return self._list_blocks(index, span)
        if kind in ("fence", "code_block"):
            code = _UNSEEN.sub("", token.content).strip("\n").rstrip()
            return [CodeBlock(code=code, language=language(token.info), lines=span)] if code.strip() else []
        if kind == "table_open":
            return self._table(index, span)
        if kind == "blockquote_open":
            return self._quote(index, span)
        if kind == "html_block":
            sentences = [read_text(part.text) for part in html_parts(token.content) if isinstance(part, Sentence)]
            return [Paragraph(inline=inline, lines=span) for inline in sentences if inline.text]
        if kind == "heading_open":
            inline = read_inline(self.tokens[index + 1].children).inline
            return [Paragraph(inline=inline, lines=span)] if inline.text else []
        return []

    def _inside(self, index: int) -> Iterator[int]:
        """Indices of the blocks directly inside the one that opens at `index`."""
        at = index + 1
        while at < self.close[index]:
            yield at
            at = self.close[at] + 1

    def _paragraph(self, inline: Token, span: tuple[int, int], first: bool) -> list[Block]:
        reading = read_inline(inline.children)
        if not reading.inline.text:
            return [block for picture in reading.pictures if (block := self.image(picture, span, first=first))]
        if reading.only_links and (reading.links > 1 or len(reading.inline.text.split()) <= 5):
            return []
        alone = [line for line in inline.content.split("\n") if re.match(r"\s*\[?!\[.*\)\s*$", line)]
        blocks: list[Block] = [Paragraph(inline=reading.inline, lines=span)]
        shown = [picture for picture in reading.pictures if any(picture.src in line for line in alone)]
        blocks += [block for picture in shown if (block := self.image(picture, span, first=first))]
        return blocks

    def image(self, picture: Picture, span: tuple[int, int], *, first: bool = False) -> ImageBlock | None:
        """A local picture or drawing; None for what is not worth a slide: remote, a badge, a logo, an icon, a spacer.

        A drawing that cannot be drawn is left out and noted, and so is what did not come with a document that was sent.
        """
        # a NUL is read as it is in text: no system can be asked for a file of such a name
        source = unquote(re.split(r"[?#]", picture.src.strip())[0]).replace("\0", "\N{REPLACEMENT CHARACTER}")
        if (
            not source
            or re.match(r"[a-z][a-z0-9+.-]*:|//", picture.src.strip(), re.IGNORECASE)
            or source.lower().endswith(_NOT_PICTURES)
            or "gh-dark-mode-only" in picture.src
            or (picture.linked and first)
            or (self.document.is_web and self._unfetched(source, span))
            or _LOGO.search(Path(source).stem)
            or _LOGO.search(picture.alt)
            or any(size.strip().removesuffix("px") in ("0", "1") for size in picture.size)
        ):
            return None
        inside = self._own_folder(source)
        folder = self.root / (inside or Path(self.document.path).parent)
        # a leading slash means the top of the repository, as it does where READMEs are shown
        path = self.root / source.lstrip("/") if source.startswith("/") else folder / source
        shown = relative(path, self.root)
        at = next((n for n in range(span[0], span[1] + 1) if picture.src in self.lines[n - 1]), span[0])
        where = Where(self.document.path)
        if not self.document.starts:
            where = Where(self.document.path, at, max(self.lines[at - 1].find(picture.src), 0) + 1, self.lines[at - 1])
        if inside is None and sent_alone(folder) and not (_within(path, folder) and os.path.isfile(path)):
            self.missing.append(source)
            return None
        if not any(_within(path, place) for place in (self.root, folder)):
            raise ValidationError(
                f'the picture "{source[:80]}" lies outside the folder of the document', where, "copy it beside it"
            )
        if inside is None:
            check_inside(path, shown, where)
        try:
            size = picture_size(path, shown, where)
        except ValidationError as error:
            if path.suffix.lower() != ".svg" or not os.path.isfile(path):
                raise
            self.left_out.append(f"{self.document.place(at)}: left out a picture: {error.message}")
            return None
        if max(size) <= _SMALLEST:
            return None
        alt, caption = read_text(picture.alt).text, read_text(picture.title).text
        return ImageBlock(path=shown, alt=alt, caption=caption, lines=span)

    def _unfetched(self, source: str, span: tuple[int, int]) -> bool:
        """Whether a picture of a web page lies elsewhere on the web, which is noted: only those inside it are there."""
        if self._own_folder(source) is not None:
            return False
        self.left_out.append(f"{self.document.place(span[0])}: left out a picture: those of web pages are not fetched")
        return True

    def _own_folder(self, source: str) -> str | None:
        """The folder of the pictures that lay inside the document, if this is one of them."""
        folder = self.document.folder
        return folder if folder and "/" not in source and os.path.isfile(self.root / folder / source) else None

    def _list_blocks(self, index: int, span: tuple[int, int]) -> list[Block]:
        moved: list[Block] = []
        readings: list[Reading] = []
        items = self._items(index, moved, readings)
        contents = readings and all(r.only_links and all(t.startswith("#") for t in r.targets) for r in readings)
        if contents or not items:
            return moved
        ordered = self.tokens[index].type == "ordered_list_open"
        return [ListBlock(ordered=ordered, items=items, lines=span), *moved]

    def _items(self, index: int, moved: list[Block], readings: list[Reading]) -> list[ListItem]:
        """Items of the list at `index`. What an item cannot hold, such as code, goes to `moved`."""
        found: list[ListItem] = []
        for item in self._inside(index):
            checked, texts, children = None, [], []
            for at in self._inside(item):
                token = self.tokens[at]
                if token.type in ("paragraph_open", "heading_open"):
                    inline = self.tokens[at + 1]
                    if not texts:
                        checked = _take_task(inline)
                    reading = read_inline(inline.children)
                    if reading.inline.text:
                        texts.append(reading.inline)
                        readings.append(reading)
                    else:
                        pictures = (self.image(picture, self.span(token)) for picture in reading.pictures)
                        moved += [block for block in pictures if block]
                elif token.type in ("bullet_list_open", "ordered_list_open"):
                    children += self._items(at, moved, readings)
                else:
                    moved += self.read(at)
            if texts:
                found.append(ListItem(inline=joined(texts), checked=checked, children=children))
            else:
                found += children
        return found

    def _table(self, index: int, span: tuple[int, int]) -> list[Block]:
        rows: list[list[Inline]] = []
        align: list[Any] = []
        for token in self.tokens[index : self.close[index]]:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "th_open":
                style = str(token.attrGet("style") or "")
                align.append(next((side for side in ("right", "center") if style.endswith(side)), "left"))
            elif token.type == "inline":
                rows[-1].append(_cell(token))
        columns, *body = rows or [[]]
        body = [row for row in body if any(cell.text for cell in row)]
        # a column of badges or pictures is empty once they are gone
        used = [n for n in range(len(columns)) if any(row[n].text for row in body)]
        if not body or not used:
            return []
        return [
            TableBlock(
                columns=[columns[n] for n in used],
                rows=[[row[n] for n in used] for row in body],
                align=[align[n] for n in used],
                lines=span,
            )
        ]

    def _quote(self, index: int, span: tuple[int, int]) -> list[Block]:
        texts: list[Inline] = []
        moved: list[Block] = []
        tone: Any = "quote"
        attribution = ""
        for at in self._inside(index):
            token = self.tokens[at]
            if token.type not in ("paragraph_open", "heading_open"):
                moved += self.read(at)
                continue
            inline = self.tokens[at + 1]
            children = list(inline.children or ())
            if not texts and tone == "quote":
                tone, children = _take_tone(inline.content, children)
            last = inline.content.rpartition("\n")[2]
            breaks = [n for n, child in enumerate(children) if child.type in ("softbreak", "hardbreak")]
            if tone == "quote" and _BY.match(last) and (breaks or texts):
                cut = breaks[-1] if breaks else 0
                attribution = _BY.sub("", read_inline(children[cut:]).inline.text, count=1)
                children = children[:cut]
            reading = read_inline(children)
            if reading.inline.text:
                texts.append(reading.inline)
        if not texts:
            return moved
        return [QuoteBlock(inline=joined(texts), attribution=attribution, tone=tone, lines=span), *moved]


def language(info: str) -> str:
    """The language that a fence names, lower-case; "text" when it names none.

    >>> language('python title="x"'), language("{.toml}"), language("rust,no_run"), language("")
    ('python', 'toml', 'rust', 'text')
    """
    directive = _DIRECTIVE.match(info.strip())
    match = _LANGUAGE.match((directive[1] if directive else info).strip())
    return match[1].lower() if match else "text"


def joined(parts: Sequence[Inline]) -> Inline:
    """Paragraphs as one, each ending like a sentence when another follows."""

    def join(texts: list[str]) -> str:
        ended = [text if text[-1] in ".!?:;,…" else text + "." for text in texts[:-1]]
        return " ".join([*ended, texts[-1]])

    if len(parts) == 1:
        return parts[0]
    said = [part.spoken for part in parts if part.spoken]
    return Inline(text=join([part.text for part in parts]), spoken=join(said) if said else "")


def _take_task(inline: Token) -> bool | None:
    """Whether a task is done; its box is removed from the text."""
    child = inline.children[0] if inline.children else None
    match = _TASK.match(child.content) if child is not None and child.type == "text" else None
    if child is None or match is None:
        return None
    child.content = child.content[match.end() :]
    return match[1] != " "


def _take_tone(content: str, children: list[Token]) -> tuple[str, list[Token]]:
    """The tone of a callout, and its children without the marker: `[!NOTE]`, or a bold word that stands first."""
    match = _CALLOUT.match(content)
    if match:
        first = children[0]
        marker = _CALLOUT.match(first.content)
        first.content = first.content[marker.end() :] if marker else ""
        return match[1].lower(), children
    kinds = [child.type for child in children if child.type != "text" or child.content]
    kept = [child for child in children if child.type != "text" or child.content]
    if kinds[:3] == ["strong_open", "text", "strong_close"]:
        word = kept[1].content.strip().rstrip(":!").lower()
        if word in _TONES and len(kept) > 3:
            rest = kept[3:]
            if rest[0].type == "text":
                rest[0].content = rest[0].content.lstrip(" :")
            return word, rest
    return "quote", children


_MARKS = {"✅": "yes", "✔": "yes", "✓": "yes", "☑": "yes", ":white_check_mark:": "yes", ":heavy_check_mark:": "yes",
          "❌": "no", "✖": "no", "✗": "no", "✘": "no", ":x:": "no"}  # fmt: skip


def _cell(token: Token) -> Inline:
    mark = _MARKS.get(token.content.strip().rstrip("\ufe0f"))
    return Inline(text=mark, spoken=mark) if mark else read_inline(token.children).inline


def _within(path: Path, folder: Path) -> bool:
    place, top = os.path.realpath(path), os.path.realpath(folder)
    return os.path.commonpath([place, top]) == top
