"""The cells of a notebook -> Markdown."""

from __future__ import annotations

import base64
import binascii
import json
import re
import warnings
from typing import Any

from videogen.inputs.adapter import Reading
from videogen.inputs.embedded import Pictures
from videogen.inputs.htmlblocks import BlockWriter
from videogen.inputs.htmlpage import parsed
from videogen.inputs.titles import whole_title
from videogen.inputs.writing import Writing
from videogen.model.errors import ValidationError, Where

_REMOVED = {"remove-cell", "hide-cell", "remove_cell", "hide_cell"}
_NO_CODE = {"remove-input", "hide-input", "remove_input", "hide_input"}
_NO_RESULT = {"remove-output", "hide-output", "remove_output", "hide_output"}
_LANGUAGES = {"ipython": "python", "ipython2": "python", "ipython3": "python", "c++": "cpp"}
_ATTACHED = re.compile(r"(!\[[^\]]*\]\()\s*attachment:([^)\s]+)")
_HEADING = re.compile(r"(?m)^# +(.+?)[ #]*$")
_TARGET = re.compile(r"(?m)^\([\w.:-]+\)=[ \t]*(?:\n|$)")
"""A name by which other pages of a book refer to what follows (MyST)."""
_ROLE = re.compile(r"\{[a-z][\w:+-]*\}(`+)(?P<said>[^`]+)\1")
_NAMED_BY = re.compile(r"(.*\S)\s*<[^<>]+>")
_DIRECTIVE = re.compile(
    r"(?ms)^(`{3,}|:{3,})\{(note|tip|hint|important|warning|caution|attention|danger|seealso)\}[^\n]*\n(.*?)\n\1[ \t]*$"
)
_MAGIC = re.compile(r"(?m)^[ \t]*%[a-z]\w*\b[^\n]*(?:\n|$)")
_IMAGES = ("image/png", "image/jpeg", "image/svg+xml", "image/gif", "image/webp")
_MOST_LINES = 10
"""Lines of what a cell printed: more is for those who run it."""
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_notebook(data: bytes, where: Where) -> Reading:
    """A notebook, cell by cell. Raises ValidationError for one that cannot be read."""
    notebook = _loaded(data, where)
    metadata = _object(notebook.get("metadata"))
    name = _object(metadata.get("language_info")).get("name") or _object(metadata.get("kernelspec")).get("language")
    name = name or ""
    language = _LANGUAGES.get(str(name).lower(), str(name).lower()) or "python"
    reader = _Cells(language)
    for number, cell in enumerate(notebook.get("cells") or [], 1):
        reader.cell(number, cell)
    if not reader.writing.text:
        raise ValidationError("the notebook has nothing to show", where, "write something in it")
    text = reader.writing.text
    title = _UNSEEN.sub("", str(metadata.get("title") or ""))
    if not title and (heading := _HEADING.search(text)):
        whole = whole_title(heading[1], where.file, text)
        title = "" if whole == heading[1] else whole
    return Reading(
        text,
        title=title,
        unit="cell",
        starts=reader.writing.starts(len(notebook["cells"])),
        pictures=reader.pictures.taken,
        left_out=[*reader.left_out, *reader.pictures.left_out],
    )


_UNREADABLE = (ValueError, LookupError, AttributeError, TypeError, NameError, RecursionError)
"""NameError too: nbformat meets a cell of a kind that version 1 did not have with a variable that it never set."""


def _loaded(data: bytes, where: Where) -> Any:
    """The notebook in the form of today."""
    import nbformat

    try:
        text = data.decode("utf-8-sig")
        raw = json.loads(text)
    except UnicodeDecodeError:
        raise ValidationError("the notebook is not UTF-8", where, "save it again") from None
    except json.JSONDecodeError as error:
        raise ValidationError(
            f"the notebook is not JSON: {error.msg}", Where(where.file, error.lineno, error.colno), "save it again"
        ) from None
    except RecursionError:
        raise ValidationError("the notebook is nested too deeply", where, "save it again") from None
    except ValueError:
        raise ValidationError("the notebook holds a number of thousands of digits", where, "correct it") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("cells", raw.get("worksheets")), list):
        raise ValidationError("it is JSON, but no notebook", where, "name a notebook of Jupyter")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # ids that are missing, and the like: it is only read
            if raw.get("nbformat", 4) == 4:
                # what is of today is taken as it stands, even where a field is missing
                return raw
            return nbformat.convert(nbformat.from_dict(raw), 4)
    except (nbformat.ValidationError, *_UNREADABLE) as error:
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        raise ValidationError(
            f"the notebook cannot be read: {reason}", where, "open it in Jupyter, and save it"
        ) from None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _joined(source: Any) -> str:
    text = "".join(map(str, source)) if isinstance(source, list) else source if isinstance(source, str) else ""
    return _UNSEEN.sub("", _COLOURS.sub("", text.replace("\r\n", "\n")))


def _plain_markdown(source: str) -> str:
    """Markdown without what only the builder of a book (MyST) understands: targets go, roles are what they show, and
    admonitions are callouts."""

    def shown(match: re.Match[str]) -> str:
        named = _NAMED_BY.fullmatch(match["said"])
        said = named[1] if named else match["said"].lstrip("~!")
        return (
            said
            if named or match[0].startswith(("{ref}", "{doc}"))
            else f"`{said.rpartition('.')[2] if '~' in match['said'] else said}`"
        )

    def called(match: re.Match[str]) -> str:
        tone = {"seealso": "note", "hint": "tip", "attention": "warning", "danger": "caution"}.get(match[2], match[2])
        return "\n".join(
            [f"> [!{tone.upper()}]", *(f"> {line}" for line in match[3].split("\n") if not line.startswith(":"))]
        )

    return _ROLE.sub(shown, _DIRECTIVE.sub(called, _TARGET.sub("", source)))


class _Cells:
    """The cells that were read so far."""

    def __init__(self, language: str) -> None:
        self.writing = Writing()
        self.pictures = Pictures()
        self.left_out: list[str] = []
        self._language = language
        self._number = 0

    def cell(self, number: int, cell: Any) -> None:
        """One more cell; what is no cell is passed over."""
        self._number = number
        self.writing.at(number)
        if not isinstance(cell, dict):
            return
        metadata = _object(cell.get("metadata"))
        given = metadata.get("tags")
        tags = set(map(str, given)) if isinstance(given, list) else set()
        hidden = _object(metadata.get("jupyter"))
        if tags & _REMOVED:
            return
        source = _joined(cell.get("source"))
        if cell.get("cell_type") == "markdown":
            self._markdown(source, cell.get("attachments"))
        elif cell.get("cell_type") == "code":
            if not tags & _NO_CODE and not hidden.get("source_hidden"):
                self._code(source)
            if not tags & _NO_RESULT and not hidden.get("outputs_hidden") and isinstance(cell.get("outputs"), list):
                for output in cell["outputs"]:
                    self._output(output)

    def _markdown(self, source: str, attachments: Any) -> None:
        def attached(match: re.Match[str]) -> str:
            forms = attachments.get(match[2]) if isinstance(attachments, dict) else None
            name = self._picture(forms) if isinstance(forms, dict) else None
            return f"{match[1]}{name or 'https://missing.invalid/'}"

        text = _ATTACHED.sub(attached, _plain_markdown(source))
        if text.strip():
            # a fence that a cell leaves open must not swallow the cells after it
            fence = ""
            for line in text.split("\n"):
                mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
                if mark and (not fence or (mark[1][0] == fence[0] and len(mark[1]) >= len(fence))):
                    fence = "" if fence else mark[1]
            self.writing.block(f"{text.rstrip()}\n{fence}" if fence else text)

    def _code(self, source: str) -> None:
        language, code = self._language, source
        if magic := re.match(r"%%(\w+)[^\n]*\n", source):
            language = {"sh": "bash", "html": "html"}.get(magic[1], magic[1])
            code = source[magic.end() :]
            if language in ("time", "timeit", "capture", "prun"):
                language = self._language
        if language == "python":
            code = _MAGIC.sub("", code)  # how the notebook is shown, not what it does
        self.writing.code(code, language)

    def _output(self, output: Any) -> None:
        if not isinstance(output, dict):
            return
        kind = output.get("output_type")
        if kind == "error":
            self.left_out.append(f"cell {self._number}: an error")
        elif kind == "stream" and output.get("name") != "stderr":
            self._printed(_joined(output.get("text")))
        elif kind in ("execute_result", "display_data") and isinstance(output.get("data"), dict):
            self._shown(output["data"])

    def _shown(self, data: dict[str, Any]) -> None:
        page = _joined(data.get("text/html"))
        if any(form in data for form in _IMAGES):
            if name := self._picture(data):
                self.writing.picture(name)
        elif "<table" in page:
            self._tables(page)
        elif "text/markdown" in data:
            self._markdown(_joined(data["text/markdown"]), None)
        elif not page:
            self._printed(_joined(data.get("text/plain")))

    def _printed(self, text: str) -> None:
        lines = [line.rsplit("\r", 1)[-1].rstrip() for line in text.rstrip().split("\n")]
        if re.fullmatch(r"<[\w. ]+(?: at 0x[0-9a-f]+| object.*|\(.*\)|.*)>", text.strip()):
            return  # the name of an object in memory
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES - 1], "..."]
        self.writing.code("\n".join(line[:200] for line in lines), "text")

    def _tables(self, page: str) -> None:
        tree = parsed(page)
        for table in tree.iter("table") if tree is not None else ():
            writer = BlockWriter(lambda source, line: None)
            writer.write_table(table)
            self.writing.block(writer.writing.text)

    def _picture(self, data: dict[str, Any]) -> str | None:
        form = next((form for form in _IMAGES if form in data), None)
        if form is None:
            return None
        text = _joined(data[form])
        try:
            content = (
                text.encode() if form == "image/svg+xml" and "<" in text else base64.b64decode("".join(text.split()))
            )
        except (binascii.Error, ValueError):
            self.left_out.append(f"cell {self._number}: a picture that is damaged")
            return None
        return self.pictures.add(content, f"cell {self._number}")
