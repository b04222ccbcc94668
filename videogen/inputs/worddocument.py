"""A Word document -> Markdown, by way of the HTML that mammoth makes of it."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any

from videogen.inputs.adapter import Reading
from videogen.inputs.embedded import Pictures
from videogen.inputs.htmlblocks import BlockWriter
from videogen.inputs.htmlpage import drop, parsed
from videogen.inputs.titles import whole_title
from videogen.inputs.wordcharts import ITEM
from videogen.inputs.wordlayout import name_pictures, raise_headings, set_columns
from videogen.inputs.wordparts import prepared
from videogen.inputs.wordstyles import Style, Styles, is_monospace, read_styles
from videogen.model.errors import ValidationError, Where

_MAP = """
p[style-name='vg-out'] => !
p[style-name='vg-code'] => pre:separator('\\n')
p[style-name='vg-caption'] => p.vg-caption:fresh
p[style-name='vg-item'] => ul > li:fresh
p[style-name='vg-quote'] => blockquote > p:fresh
p[style-name='vg-command'] => pre.language-console:separator('\\n')
r[style-name='vg-code'] => code
p[style-name='vg-h1'] => h1:fresh
p[style-name='vg-h2'] => h2:fresh
p[style-name='vg-h3'] => h3:fresh
p[style-name='vg-h4'] => h4:fresh
p[style-name='vg-h5'] => h5:fresh
p[style-name='vg-h6'] => h6:fresh
"""
_MARK = "vg-paragraph-"
_LONGEST_HEADING = 12
"""Words of a paragraph that is a heading only by its looks."""
_LEFTOVER = re.compile(r"(?:contents|document ?\d*|untitled|title|template|sans titre|unbenannt)?", re.IGNORECASE)
_COMMAND = re.compile(r"(?:\$|>|%|C:\\>) \S")
_CAPITALS = re.compile(r"[-–—•\s]*([^\W\d_][^a-zß-ÿ]{2,})")
_LISTED = 120
"""Characters of a line of a listing."""
_TITLE = re.compile(r"<dc:title[^>]*>([^<]*)</dc:title>")


def read_word(data: bytes, parts: dict[str, bytes], where: Where) -> Reading:
    """A document, paragraph by paragraph. Raises ValidationError for one that cannot be read."""
    import mammoth
    from mammoth.docx.files import InvalidFileReferenceError
    from mammoth.images import img_element

    pictures = Pictures()
    left_out: list[str] = []

    def picture(image: Any) -> dict[str, str]:
        try:
            with image.open() as file:
                name = pictures.add(file.read(), "in its text")
        except (InvalidFileReferenceError, OSError, KeyError, ValueError):
            left_out.append("a picture that is not inside the file")
            name = None
        return {"src": name or ""}

    styles = read_styles(parts.get("word/styles.xml", b""))
    ready = prepared(data, parts, styles)
    marker = _Marker(styles)
    try:
        page = mammoth.convert_to_html(
            io.BytesIO(ready.data),
            style_map=_MAP,
            transform_document=marker.document,
            convert_image=img_element(picture),
            id_prefix="",
        ).value
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, LookupError, RecursionError, OSError) as error:
        raise _unreadable(error, where) from None
    except Exception as error:
        # what its XML parser raises is of no common kind
        if type(error).__module__.partition(".")[0] not in ("xml", "mammoth", "zipfile"):
            raise
        raise _unreadable(error, where) from None
    tree = parsed(f"<body>{page}</body>")
    writer = BlockWriter(lambda source, line: source or None)
    if tree is not None:
        _place(tree)
        name_pictures(tree)
        set_columns(tree)
        raise_headings(tree, 2 if ready.title else 1)
        writer.write(tree)
    if not writer.writing.text:
        raise ValidationError("the document says nothing", where, "pictures alone make no film")
    core = _TITLE.search(parts.get("docProps/core.xml", b"").decode("utf-8", "replace"))
    named = (
        "" if writer.headed or core is None else _core_title(core[1], len(re.findall("(?m)^## ", writer.writing.text)))
    )
    return Reading(
        writer.writing.text,
        title=whole_title(ready.title or named, where.file, writer.writing.text),
        unit="paragraph",
        starts=writer.writing.starts(marker.count),
        pictures=pictures.taken,
        left_out=[*dict.fromkeys(left_out), *ready.left_out, *pictures.left_out],
    )


def _core_title(text: str, headings: int) -> str:
    """The title that a document carries unseen, where it is no leftover: of a file name its words, and only where no
    heading is one."""
    title = re.sub(r"^Microsoft (?:Office )?Word - ", "", " ".join(unescape(text).split()))
    if named := re.fullmatch(r"(.+)\.\w{2,4}", title):
        words = [word for word in re.split(r"[_\s]+", named[1]) if word.lower() not in ("readme", "final", "draft")]
        title = " ".join(words) if headings > 1 else ""
    return "" if _LEFTOVER.fullmatch(title) else title


def _unreadable(error: Exception, where: Where) -> ValidationError:
    reason = " ".join(str(error).split())[:100] or type(error).__name__
    return ValidationError(f"its text cannot be read: {reason}", where, "open it in its program, and save it again")


def _place(tree: Any) -> None:
    """Give every element the number of its paragraph for a line, and take out the marks and the notes at the end."""
    for mark in list(tree.iter("a")):
        name = mark.get("id") or ""
        if name.startswith(_MARK):
            number = int(name.removeprefix(_MARK))
            for each in mark.iterancestors():
                if each.get("place"):
                    break
                each.set("place", "1")
                each.sourceline = min(number, 65_000)
            drop(mark)
    for note in list(tree.iter("li", "dt", "dd")):
        if re.match(r"(?:foot|end)note-\d|comment-\d", note.get("id") or ""):
            drop(note)


class _Marker:
    """Says of every paragraph what it is, and which one."""

    def __init__(self, styles: Styles) -> None:
        self.count = 0
        self._styles = styles
        self._looks: dict[float, int] = {}
        """Level of a heading that is one only by its looks, by the size of its letters."""
        self._looks_usual = styles.size
        self._bold: dict[int, int] = {}
        """Levels of bold lines that are headings below those that have a style, by the number of the paragraph."""
        self._tabled: set[int] = set()
        self._coded = False

    def document(self, document: Any) -> Any:
        """The document, each paragraph with a name of ours for what it is."""
        from mammoth import documents, transforms

        paragraphs = transforms.get_descendants_of_type(document, documents.Paragraph)
        tables = transforms.get_descendants_of_type(document, documents.Table)
        cells = {
            id(each) for table in tables for each in transforms.get_descendants_of_type(table, documents.Paragraph)
        }
        self._tabled = {number for number, each in enumerate(paragraphs, 1) if id(each) in cells}
        usual = self._usual(paragraphs)
        if any(self._styles.of(each.style_id).level for each in paragraphs):
            self._bold = dict(self._bold_lines(paragraphs, usual))
        else:
            sizes = {size for each in paragraphs if (size := self._bold_size(each, usual))}
            self._looks = {size: level for level, size in enumerate(sorted(sizes, reverse=True)[:4], 1)}
            self._looks_usual = usual
        return transforms.paragraph(self._paragraph)(document)

    def _paragraph(self, paragraph: Any) -> Any:
        from mammoth import documents

        self.count += 1
        style = self._styles.of(paragraph.style_id)
        name, children = "vg-text", paragraph.children
        runs = _runs(paragraph)
        spoken = [run for run in runs if _text(run).strip()]
        if style.level:
            name = f"vg-h{min(style.level, 6)}"
        elif style.out:
            name = "vg-out"
        elif paragraph.style_id == ITEM:
            name = ITEM
        elif style.caption:
            name = "vg-caption"
        elif spoken and paragraph.numbering is None and all(self._is_code(run, style) for run in spoken):
            name = "vg-code"
        elif spoken and _COMMAND.match("".join(map(_text, runs)).strip()):
            name, children = "vg-command", _without_sign(children, "$ ")
        elif spoken and self._coded and paragraph.numbering is None and self._mostly_code(spoken, style):
            name = "vg-code"  # a line of a listing, with a remark behind it
        elif style.quote:
            name = "vg-quote"
        elif self.count in self._bold:
            name = f"vg-h{self._bold[self.count]}"
        elif (
            self._looks
            and self.count not in self._tabled
            and (size := self._bold_size(paragraph, self._looks_usual)) in self._looks
        ):
            name = f"vg-h{self._looks[size or 0.0]}"
            paragraph = paragraph.copy(numbering=None)
            children = _without_sign(children)
        if name in ("vg-text", "vg-quote"):
            children = [self._marked(child, style) for child in children]
        self._coded = name == "vg-code" or (self._coded and not spoken)
        bookmark: Any = documents.Bookmark  # a class of cobble, whose fields no checker sees
        mark = bookmark(f"{_MARK}{self.count}")
        return paragraph.copy(style_id=None, style_name=name, children=[mark, *children])

    def _mostly_code(self, spoken: list[Any], style: Style) -> bool:
        """Whether a short line begins with code and most of it is code."""
        letters = [len(_text(run)) for run in spoken]
        coded = [size for size, run in zip(letters, spoken, strict=True) if self._is_code(run, style)]
        return self._is_code(spoken[0], style) and 0.5 * sum(letters) <= sum(coded) and sum(letters) <= _LISTED

    def _marked(self, child: Any, style: Style) -> Any:
        from mammoth import documents

        if isinstance(child, documents.Run) and _text(child).strip() and self._is_code(child, style):
            return child.copy(style_id=None, style_name="vg-code", is_bold=False, is_italic=False, is_underline=False)
        return child

    def _is_code(self, run: Any, style: Style) -> bool:
        own = self._styles.of(run.style_id)
        return is_monospace(run.font) or own.code or (style.code and not run.font)

    def _bold_size(self, paragraph: Any, usual: float) -> float | None:
        """The size of the letters of a short line that is all bold, where they are not smaller than is usual."""
        spoken = [run for run in _runs(paragraph) if _text(run).strip()]
        text = "".join(map(_text, spoken)).strip()
        if not spoken or len(text.split()) > _LONGEST_HEADING or text[-1] in ".,;:" or text[0].islower():
            return None
        capitals = bool(_CAPITALS.fullmatch(text))
        if paragraph.numbering is not None and not capitals:
            return None
        style = self._styles.of(paragraph.style_id)
        size = max(run.font_size or style.size or usual for run in spoken)
        bold = all(run.is_bold or style.bold for run in spoken)
        return size if ((bold or capitals) and size >= usual) or size >= 1.3 * usual else None

    def _bold_lines(self, paragraphs: list[Any], usual: float) -> Iterator[tuple[int, int]]:
        """Short lines that are all bold, each with text below it, where no style says what they are."""
        level, waiting = 0, 0
        for number, each in enumerate(paragraphs, 1):
            style = self._styles.of(each.style_id)
            text = "".join(map(_text, _runs(each))).strip()
            if not text or number in self._tabled:
                continue
            own = style.level == 0 and not (style.out or style.caption or style.quote or style.bold)
            bold = own and level > 0 and each.numbering is None and self._bold_size(each, usual) is not None
            if waiting and not bold and not style.level:
                yield waiting, min(level + 1, 6)
            waiting = number if bold and not waiting else 0
            level = style.level or level

    def _usual(self, paragraphs: list[Any]) -> float:
        letters: Counter[float] = Counter()
        for each in paragraphs:
            style = self._styles.of(each.style_id)
            for run in _runs(each):
                letters[run.font_size or style.size or self._styles.size] += len(_text(run))
        return letters.most_common(1)[0][0] if letters else self._styles.size


def _without_sign(children: list[Any], instead: str = "") -> list[Any]:
    """The runs of a heading or a command without the dash or the prompt with which it begins."""
    from mammoth import documents

    for at, child in enumerate(children):
        if isinstance(child, documents.Run) and (text := _text(child)).strip():
            made: Any = documents.text  # a class of cobble, whose fields no checker sees
            plain = made(instead + text.lstrip("-–—•>$% \t"))
            return [*children[:at], child.copy(children=[plain]), *children[at + 1 :]]
    return children


def _runs(paragraph: Any) -> list[Any]:
    from mammoth import documents, transforms

    return transforms.get_descendants_of_type(paragraph, documents.Run)


def _text(run: Any) -> str:
    from mammoth import documents, transforms

    return "".join(each.value for each in transforms.get_descendants_of_type(run, documents.Text))
