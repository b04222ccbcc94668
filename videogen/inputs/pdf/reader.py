"""Runs the process that reads a PDF, and gives it up when it takes too long."""

from __future__ import annotations

import base64
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from videogen.inputs.pdf.pages import Entry, Page, page_of
from videogen.model.errors import ResourceError, ValidationError, Where

MAX_PAGES = 2000
"""A longer document is refused."""

PAGE_SECONDS = 30.0
"""A page that takes longer is left out; so long the file may also take to open."""

TOTAL_SECONDS = 600.0
"""A document that takes longer is refused."""

MOST_RESTARTS = 3
"""Pages that may be given up before the document is."""


class Pages(NamedTuple):
    """What was read."""

    pages: list[Page]
    title: str
    outline: list[Entry]
    pictures: dict[str, bytes]


def read_pages(data: bytes, where: Where, page_seconds: float = PAGE_SECONDS) -> Pages:
    """The pages of a PDF. Raises ValidationError or ResourceError for what cannot be read, at `where`."""
    with tempfile.TemporaryDirectory(prefix="videogen-pdf-") as folder:
        path = Path(folder, "document.pdf")
        path.write_bytes(data)
        return _read(path, where, page_seconds, time.monotonic() + TOTAL_SECONDS)


def _read(path: Path, where: Where, seconds: float, deadline: float) -> Pages:
    head: dict[str, Any] = {}
    pages: list[Page] = []
    pictures: dict[str, bytes] = {}
    restarts = 0
    while True:
        for told in _told(path, len(pages) + 1, seconds):
            if "number" in told:
                pages.append(page_of(told))
                pictures |= {name: base64.b64decode(file) for name, file in told["files"].items()}
            elif "done" in told:
                return Pages(pages, head["title"], [Entry(*entry) for entry in head["outline"]], pictures)
            else:
                head = head or told
                _check(head, where)
            if time.monotonic() > deadline:
                raise ResourceError(f"reading it takes longer than {TOTAL_SECONDS:.0f} s", where, _SPLIT)
        if not head:
            raise ResourceError(
                "it cannot be opened: it takes too long, or too much memory", where,
                "write it anew with another program: qpdf in.pdf out.pdf",
            )  # fmt: skip
        if len(pages) >= head["pages"]:
            return Pages(pages, head["title"], [Entry(*entry) for entry in head["outline"]], pictures)
        restarts += 1
        pages.append(Page(len(pages) + 1, 0, 0, (), failed="it takes too long, or too much memory"))
        if restarts >= MOST_RESTARTS:
            raise ResourceError(
                f"{restarts} of its pages take too long, or too much memory; the last is page {len(pages)}", where,
                "write it anew with another program: qpdf in.pdf out.pdf",
            )  # fmt: skip


_SPLIT = "split it: qpdf in.pdf --pages . 1-100 -- part.pdf"


def _check(head: dict[str, Any], where: Where) -> None:
    refused = head.get("refused")
    if refused == "encrypted":
        raise ValidationError(
            "the PDF is encrypted: it opens with a password only", where,
            "take the password off: qpdf --decrypt --password=... in.pdf out.pdf",
        )  # fmt: skip
    if refused:
        raise ValidationError(
            f"the PDF is broken: {' '.join(head['why'].split())[:120]}", where,
            "get it again, or repair it: qpdf in.pdf out.pdf",
        )  # fmt: skip
    if not head["pages"]:
        raise ValidationError("the PDF has no pages", where, "name another")
    if head["pages"] > MAX_PAGES:
        raise ValidationError(f"the PDF has {head['pages']} pages; the limit is {MAX_PAGES}", where, _SPLIT)


def _told(path: Path, first: int, seconds: float) -> Iterator[dict[str, Any]]:
    """What the process tells, until it ends, or says nothing for so many seconds."""
    command = [sys.executable, "-m", "videogen.inputs.pdf.worker", str(path), str(first)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    lines: queue.Queue[bytes] = queue.Queue()
    assert process.stdout is not None
    thread = threading.Thread(target=_copy, args=(process.stdout, lines), daemon=True)
    thread.start()
    try:
        while True:
            try:
                line = lines.get(timeout=seconds)
            except queue.Empty:
                return
            if not line.endswith(b"\n"):
                return  # the end, or the half of a line that a process wrote when it died
            yield json.loads(line)
    finally:
        process.kill()
        process.wait()
        thread.join()
        process.stdout.close()


def _copy(stream: IO[bytes], lines: queue.Queue[bytes]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(b"")
