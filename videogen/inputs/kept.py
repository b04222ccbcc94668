"""What was fetched for a project, kept in its build folder: fetched once, and no later build needs the network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from videogen.model.address import shown_source
from videogen.model.base import to_json
from videogen.model.errors import FetchError, Where
from videogen.model.scene import slugify

if TYPE_CHECKING:
    from videogen.inputs.fetch import Admit, Head

_SUFFIXES = 16
"""Characters of a file's ending that are kept."""


class Page(NamedTuple):
    """A page as it was sent."""

    head: Head
    data: bytes


@dataclass(frozen=True)
class Kept:
    """The folder of what was fetched. Of each address there is a record (`.json`) beside what was sent."""

    folder: str
    """As it is recorded: relative to `root`, or absolute."""
    root: Path
    again: bool = False
    """Ask again for what is there; what is no other stays as it is."""
    online: bool = True
    """Whether anything may be asked for."""
    new: dict[str, bytes] = field(default_factory=dict)
    """Files that the caller has to write, by path: what this learns."""
    used: list[str] = field(default_factory=list)
    """Paths of all files that were used, those to be written among them."""

    def page(self, url: str, admit: Admit, where: Where) -> Page:
        """What is at an address. Raises PipelineError as `fetch` does."""
        record, data = self._known(url)
        if record is None or self._asks_again(url):
            self._check_online(url, where)
            record, data = self._fetched(url, admit, where, record, data)
        self.used.extend((self._path(url, ".json"), f"{self.folder}/{record['body']}"))
        return Page(_head(record, data), data)

    def value(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What `make` gives for a key, or gave before."""
        record, data = self._known(key)
        if record is None or self._asks_again(key):
            self._check_online(key)
            data = make()
            self._keep(key, data, ".kept.json", {})
        self.used.extend((self._path(key, ".json"), self._path(key, ".kept.json")))
        return data

    def _check_online(self, key: str, where: Where | None = None) -> None:
        if not self.online:
            what = f'"{key[:80]}" has not been fetched yet'
            raise FetchError(what, where, "build the film once, and it is there")

    def _asks_again(self, key: str) -> bool:
        return self.again and self._path(key, ".json") not in self.used

    def _fetched(
        self, url: str, admit: Admit, where: Where, record: dict[str, Any] | None, data: bytes
    ) -> tuple[dict[str, Any], bytes]:
        from videogen.inputs.fetch import fetch

        asks = {"If-None-Match": "etag", "If-Modified-Since": "last_modified"}
        headers = {name: record[key] for name, key in asks.items() if record.get(key)} if record else {}
        answer = fetch(url, admit, where, headers=headers)
        if record is not None and answer.head.status == 304:
            return record, data
        head = answer.head
        facts = {
            "final": head.url,
            "media_type": head.media_type,
            "etag": head.headers.get("etag", ""),
            "last_modified": head.headers.get("last-modified", ""),
        }
        return self._keep(url, answer.data, _suffix(head.name), facts), answer.data

    def _keep(self, key: str, data: bytes, suffix: str, facts: dict[str, str]) -> dict[str, Any]:
        body = self._path(key, suffix)
        record = {
            "address": key,
            **facts,
            "sha256": hashlib.sha256(data).hexdigest(),
            "body": PurePosixPath(body).name,
        }
        self.new.update({body: data, self._path(key, ".json"): to_json(record)})
        return record

    def _known(self, key: str) -> tuple[dict[str, Any] | None, bytes]:
        """Record and content of what was fetched before; None for what is not there as it was written."""
        try:
            record = json.loads(self._file(self._path(key, ".json")))
            data = self._file(f"{self.folder}/{PurePosixPath(record['body']).name}")
            whole = record["address"] == key and record["sha256"] == hashlib.sha256(data).hexdigest()
        except (OSError, ValueError, KeyError, TypeError):
            return None, b""
        return (record, data) if whole else (None, b"")

    def _file(self, path: str) -> bytes:
        return self.new[path] if path in self.new else (self.root / path).read_bytes()

    def _path(self, key: str, suffix: str) -> str:
        return f"{self.folder}/{slugify(shown_source(key), 'page')[:32].strip('-')}-{_digest(key)}{suffix}"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()[:10]


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix[1:].isalnum() and suffix.isascii() and 1 < len(suffix) < _SUFFIXES else ".body"


def _head(record: dict[str, Any], data: bytes) -> Head:
    from videogen.inputs.fetch import HEAD_BYTES, Head

    return Head(200, record["final"], {"content-type": record["media_type"]}, data[:HEAD_BYTES])
