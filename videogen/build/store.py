"""A content-addressed store of made targets, shared by every project of this user.

`keys/<ab>/<key>.json` names the files that a set of inputs leads to; `blobs/<ab>/<sha256>` holds them. Undoing
an edit, switching a branch or a second project with the same scene takes them from here.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from videogen.build.state import HASHES
from videogen.build.write import replacing, write_bytes
from videogen.model.errors import ValidationError

DEFAULT_LIMIT = 5_000_000_000


def store_folder() -> str:
    """Where the store is: `VIDEOGEN_CACHE_DIR`, else the user's cache folder."""
    from platformdirs import user_cache_dir

    return os.environ.get("VIDEOGEN_CACHE_DIR") or user_cache_dir("videogen", appauthor=False)


def store_limit() -> int:
    """Bytes that the store keeps to: `VIDEOGEN_CACHE_BYTES`, else 5 GB. Raises ValidationError for no such number."""
    given = os.environ.get("VIDEOGEN_CACHE_BYTES") or str(DEFAULT_LIMIT)
    if not given.isascii() or not given.isdigit():
        raise ValidationError(
            f'VIDEOGEN_CACHE_BYTES is "{given}"', hint=f"set it to a whole number of bytes, such as {DEFAULT_LIMIT}"
        )
    return int(given)


@dataclass(frozen=True)
class Entry:
    """What the store holds for a key: sha256 and size by role, and what making it cost."""

    files: dict[str, tuple[str, int]]
    values: dict[str, Any]


@dataclass(frozen=True)
class Stats:
    """How full the store is. Bytes."""

    folder: str
    keys: int
    blobs: int
    size: int
    limit: int


class Store:
    """Files by the hash of what made them. Several processes may use one folder at once."""

    def __init__(self, folder: str | None = None, limit: int | None = None) -> None:
        self._given = folder
        self.limit = limit if limit is not None else store_limit()
        self._refused = threading.Lock()

    @cached_property
    def folder(self) -> str:
        """Where it is; found out when it is first needed."""
        return self._given or store_folder()

    def _key(self, key: str) -> str:
        return f"{self.folder}/keys/{key[:2]}/{key}.json"

    def _blob(self, digest: str) -> str:
        return f"{self.folder}/blobs/{digest[:2]}/{digest}"

    def get(self, key: str) -> Entry | None:
        """The entry of a key, if all its files are there; marks them as used."""
        entry = self._read(self._key(key))
        if entry is not None:
            with contextlib.suppress(OSError):  # a read-only store still serves
                for digest, _ in entry.files.values():
                    os.utime(self._blob(digest))
        return entry

    def _read(self, path: str) -> Entry | None:
        try:
            with open(path, encoding="utf-8") as file:
                raw = json.load(file)
            entry = Entry({role: (digest, size) for role, (digest, size) in raw["files"].items()}, raw["values"])
            whole = all(os.path.getsize(self._blob(digest)) == size for digest, size in entry.files.values())
        except (OSError, ValueError, KeyError, TypeError):
            return None  # evicted or damaged: it is made again, and put again
        return entry if whole else None

    def restore(self, entry: Entry, targets: Mapping[str, str]) -> bool:
        """Copy an entry's files to their targets. False, with no target touched, if one is damaged or gone."""
        try:
            with contextlib.ExitStack() as stack:
                for role, target in targets.items():
                    digest, _ = entry.files[role]
                    temporary = stack.enter_context(replacing(target))
                    if _copy(self._blob(digest), temporary) != digest:
                        with contextlib.suppress(OSError):
                            os.unlink(self._blob(digest))  # so that what is made now takes its place
                        raise _Damaged
        except (_Damaged, FileNotFoundError):  # or another process has evicted it since
            return False
        return True

    def put(self, key: str, files: Mapping[str, str], values: Mapping[str, Any]) -> None:
        """Keep copies of made files under a key. Raises ResourceError."""
        listed: dict[str, tuple[str, int]] = {}
        for role, path in files.items():
            digest = HASHES.state(path)[2]
            blob = self._blob(digest)
            if not os.path.exists(blob) or os.path.getsize(blob) != os.path.getsize(path):
                with replacing(blob) as temporary:
                    _copy(path, temporary)
            listed[role] = (digest, os.path.getsize(path))
        write_bytes(self._key(key), json.dumps({"files": listed, "values": dict(values)}).encode())

    def first_refusal(self) -> bool:
        """Whether this is the first time that something could not be kept: that is said once."""
        return self._refused.acquire(blocking=False)

    def evict(self) -> int:
        """Remove what was used longest ago until the store keeps to its limit. Returns the bytes freed."""
        blobs = sorted(self._walk("blobs"), key=lambda item: item[1])
        over, freed = sum(size for _, _, size in blobs) - self.limit, 0
        for path, _, size in blobs:
            if freed >= over:
                break
            with contextlib.suppress(OSError):
                os.unlink(path)
                freed += size
        if freed:
            for path, _, _ in list(self._walk("keys")):
                if self._read(path) is None:
                    with contextlib.suppress(OSError):
                        os.unlink(path)
        return freed

    def stats(self) -> Stats:
        """Count and measure."""
        blobs = list(self._walk("blobs"))
        return Stats(
            self.folder, sum(1 for _ in self._walk("keys")), len(blobs), sum(size for *_, size in blobs), self.limit
        )

    def clear(self) -> int:
        """Remove everything. Returns the bytes freed."""
        freed = 0
        for part in ("keys", "blobs"):
            for path, _, size in list(self._walk(part)):
                with contextlib.suppress(OSError):
                    os.unlink(path)
                    freed += size
        return freed

    def _walk(self, part: str) -> list[tuple[str, float, int]]:
        found = []
        for here, _, names in os.walk(f"{self.folder}/{part}"):
            for name in names:
                path = f"{here}/{name}"
                with contextlib.suppress(OSError):
                    stat = os.stat(path)
                    found.append((path, stat.st_mtime, stat.st_size))
        return found


class _Damaged(Exception):
    """A blob is not what its name says."""


def _copy(source: str, target: str) -> str:
    """Copy a file; returns the sha256 of what was copied."""
    digest = hashlib.sha256()
    with open(source, "rb") as read, open(target, "wb") as write:
        while chunk := read.read(1 << 20):
            digest.update(chunk)
            write.write(chunk)
    return digest.hexdigest()
