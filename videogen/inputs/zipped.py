"""Office files, which are ZIP archives of XML: looked through before anything of them is believed."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from videogen.model.errors import ResourceError, ValidationError, Where

MOST_BYTES = 100_000_000
"""A larger file is refused."""
MOST_INSIDE = 500_000_000
"""What all of a file takes once unpacked."""
MOST_XML = 60_000_000
"""What one part of XML takes once unpacked."""
MOST_PARTS = 10_000
MOST_DEPTH = 256
"""Elements of XML within each other."""
MOST_RATIO = 200
"""How many times larger a part may become, beyond SMALL bytes, when it is unpacked: text packs ten to fifty to one."""
SMALL = 5_000_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the binary files of old begin, and those that a password protects."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XML = (".xml", ".rels", ".vml")
_CHUNK = 1 << 20


def office_parts(data: bytes, where: Where, kind: str, main: str) -> dict[str, bytes]:
    """Every part of an office file, by its name, unpacked within bounds. `kind`: its suffix; `main`: its main part.

    Raises ValidationError for what is no such file, is protected by a password or holds a document type (which XML of
    an office file never has, and tricks with entities need), ResourceError for what is too large once unpacked.
    """
    if data.startswith(OLE):
        if _ENCRYPTED in data:
            raise ValidationError("it is protected by a password", where, f"save it as .{kind} without one")
        raise ValidationError("it is in the binary form of old office programs", where, f"save it as .{kind}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_sizes(infos, where)
            parts = dict(_unpacked(archive, infos, where))
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        reason = str(error) or type(error).__name__
        raise ValidationError(f"it is no .{kind} file, or is damaged: {reason[:100]}", where, "save it again") from None
    if "[Content_Types].xml" not in parts or not any(name.startswith(main) for name in parts):
        raise ValidationError(f"it is a ZIP archive, but no .{kind} file", where, "name another file")
    for name, part in parts.items():
        if name.lower().endswith(_XML):
            _check_xml(name, part, where)
    return parts


def _check_sizes(infos: list[zipfile.ZipInfo], where: Where) -> None:
    """Refuse what says of itself that it is too large, before anything is unpacked."""
    if len(infos) > MOST_PARTS:
        raise ResourceError(f"it has {len(infos)} parts; at most {MOST_PARTS} are allowed", where, "split it")
    if sum(info.file_size for info in infos) > MOST_INSIDE:
        raise ResourceError(f"it takes more than {MOST_INSIDE // 10**6} MB once unpacked", where, "split it")
    for info in infos:
        if info.flag_bits & 1:
            raise ValidationError("it is protected by a password", where, "save it without one")
        if info.file_size > SMALL and info.file_size > info.compress_size * MOST_RATIO:
            raise _bomb(info.filename, where)
        if info.filename.lower().endswith(_XML) and info.file_size > MOST_XML:
            raise ResourceError(
                f'its part "{info.filename[:80]}" has more than {MOST_XML // 10**6} MB once unpacked', where, "split it"
            )


def _unpacked(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], where: Where) -> Iterator[tuple[str, bytes]]:
    """The parts, each read no further than it says that it goes."""
    for info in infos:
        name = info.filename
        if info.is_dir():
            continue
        if name.startswith(("/", "..")) or "\\" in name or posixpath.normpath(name) != name:
            raise ValidationError(f'a part of it has an unsafe name: "{name[:80]}"', where, "save it again")
        with archive.open(info) as file:
            content = bytearray()
            while piece := file.read(_CHUNK):
                content += piece
                if len(content) > info.file_size:
                    raise _bomb(name, where)
        yield name, bytes(content)


def _bomb(name: str, where: Where) -> ResourceError:
    return ResourceError(f'its part "{name[:80]}" grows suspiciously when it is unpacked', where, "do not trust it")


def _check_xml(name: str, data: bytes, where: Where) -> None:
    """Refuse a part with a document type, in whatever encoding it is, that is no XML up to its first element, or that
    is nested deeper than anybody writes: reading that may take the square of the depth."""
    parser = expat.ParserCreate()
    depth, begun = 0, False

    def refuse(*_: object) -> None:
        raise ValidationError(
            f'its part "{name[:80]}" has a document type, which office files never have', where, "do not trust it"
        )

    def begin(*_: object) -> None:
        nonlocal depth, begun
        depth, begun = depth + 1, True
        if depth > MOST_DEPTH:
            raise ValidationError(f'its part "{name[:80]}" is nested too deeply', where, "do not trust it")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if begun:  # no document type can come any more, and what is damaged may be a part that nobody reads
            return
        # another reader might know an encoding that this one does not, and follow what could not be seen here
        raise ValidationError(f'its part "{name[:80]}" is not XML: {error}', where, "save it again") from None
