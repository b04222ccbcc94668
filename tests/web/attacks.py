"""What a stranger may try, by class and name, and what must come of it."""

from __future__ import annotations

import io
import json
import socket
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from web.conftest import LONGEST, Server

ADA, BOB = "ada-" + "a" * 24, "bob-" + "b" * 24
SECRET = "the-content-of-a-file-that-is-nobodys-business"
UPLOAD_BYTES, BODY_BYTES = 1 << 20, 1 << 18


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> str:
        return str(json.loads(self.body)["error"]) if self.body.startswith(b"{") else ""


@dataclass
class Target:
    """A server with two users, and what each has there."""

    server: Server
    task: str
    """A film of Ada's."""
    bobs: str
    """A task of Bob's."""
    builds: dict[str, str] = field(default_factory=dict)
    """Tasks of attacks that take a build, by name."""
    asked: list[Any] = field(default_factory=list)
    """What the server inside was asked for; it should be nothing."""
    sent: list[Any] = field(default_factory=list)
    """What the server was asked for that sends who asks to the one inside."""
    inside: int = 0
    """The port of a server that only this machine reaches."""
    _cookies: list[str] = field(default_factory=list)

    def raw(self, request: bytes, more: bytes = b"") -> Answer:
        """Send bytes as they are, and read to the end."""
        with socket.create_connection(("127.0.0.1", self.server.port), LONGEST) as connection:
            try:
                connection.sendall(request)
                if more:
                    connection.sendall(more)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has seen enough
            return _answer(connection)

    def ask(self, path: str, method: str = "GET", body: bytes = b"", token: str | None = ADA, **headers: str) -> Answer:
        """A request with headers of one's own; `_` stands for `-`, and one that is empty is left out."""
        given = {"Host": f"127.0.0.1:{self.server.port}", "Connection": "close"}
        if token is not None:
            given["Authorization"] = f"Bearer {token}"
        if body:
            given["Content-Length"] = str(len(body))
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items() if value)]
        return self.raw("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n", body)

    def create(self, asked: dict[str, Any], **headers: str) -> Answer:
        return self.ask(
            "/api/create", "POST", json.dumps(asked).encode(), **{"Content-Type": "application/json", **headers}
        )

    def upload(self, name: str, content: bytes, **headers: str) -> Answer:
        kind, body = form(name, content)
        return self.ask("/api/create", "POST", body, **{"Content-Type": kind, **headers})

    def login(self, token: str = ADA, **headers: str) -> Answer:
        body = json.dumps({"token": token}).encode()
        return self.ask("/api/login", "POST", body, None, **{"Content-Type": "application/json", **headers})

    @property
    def cookie(self) -> str:
        """The cookie of a session of Ada's that lasts."""
        if not self._cookies:
            self._cookies.append(self.session())
        return self._cookies[0]

    def session(self) -> str:
        """The cookie of a new session of Ada's."""
        answer = self.login()
        assert answer.status == 204, answer
        return answer.headers["set-cookie"].partition(";")[0]

    @property
    def studio(self) -> Path:
        return self.server.studio.folder


def _answer(connection: socket.socket) -> Answer:
    data = b""
    try:
        while piece := connection.recv(1 << 16):
            data += piece
    except ConnectionResetError:
        pass
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Answer(int(first.split()[1]) if first else 0, headers, body)


def form(name: str, content: bytes, boundary: str = "edge", fields: int = 0) -> tuple[str, bytes]:
    """A form with one file, the name of which stands there as it is."""
    more = "".join(f'--{boundary}\r\nContent-Disposition: form-data; name="f{at}"\r\n\r\nx\r\n' for at in range(fields))
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = more.encode() + head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return f"multipart/form-data; boundary={boundary}", body


Check = Callable[[Target], None]


class Attack(NamedTuple):
    """Something that is tried; `check` raises where it succeeds."""

    kind: str
    name: str
    check: Check


def refused(answer: Answer, *statuses: int) -> Answer:
    """The answer, which has to be a refusal that tells nothing."""
    assert answer.status in (statuses or range(400, 500)), (answer.status, answer.body[:300])
    assert SECRET.encode() not in answer.body
    assert b"Traceback" not in answer.body
    return answer


def _file(path: str) -> Check:
    return lambda target: void(refused(target.ask(f"/api/tasks/{target.task}/artifacts/{path}"), 400, 404, 422))


def _path(path: str) -> Check:
    return lambda target: void(refused(target.ask(path), 400, 404, 422))


def void(_: object) -> None:
    pass


def _places(target: Target) -> list[Path]:
    """Where a film of Ada's is: as it was built, and as it was kept."""
    kept = target.studio / "build" / ".tasks" / "films" / target.task
    return [top / "talk" / "talk" / "en" for top in (target.studio / "build", kept)]


def _linked(target: Target) -> None:
    name = "talk.en.transcript.md"
    kept = (_places(target)[0] / name).read_bytes()
    for film in _places(target):
        (film / name).unlink()
        (film / name).symlink_to(target.studio / "secret.txt")
    try:
        refused(target.ask(f"/api/tasks/{target.task}/artifacts/talk/talk/en/{name}"), 404)
    finally:
        for film in _places(target):
            (film / name).unlink()
            (film / name).write_bytes(kept)


def _linked_folder(target: Target) -> None:
    (target.studio / "elsewhere").mkdir(exist_ok=True)
    (target.studio / "elsewhere" / "final.png").write_text(SECRET)
    for film in _places(target):
        (film / "rules").rename(film / "kept")
        (film / "rules").symlink_to(target.studio / "elsewhere")
    try:
        refused(target.ask(f"/api/tasks/{target.task}/artifacts/talk/talk/en/rules/final.png"), 404)
    finally:
        for film in _places(target):
            (film / "rules").unlink()
            (film / "kept").rename(film / "rules")


def _named(name: str) -> Check:
    def check(target: Target) -> None:
        answer = target.upload(name, b"# A note\n\nIt is short.\n")
        if answer.status == 201:
            view = json.loads(answer.body)
            source = (target.studio / view["input"]["source"]).resolve()
            uploads = (target.studio / "build" / ".uploads").resolve()
            assert source.parent.parent == uploads, source
            assert not set(source.name) & set("\\/\0\r\n\"'<>"), source
            target.ask(f"/api/tasks/{view['id']}/cancel", "POST")
        else:
            refused(answer)
        assert not list(target.studio.glob("evil*"))
        assert not list(target.studio.parent.glob("evil*"))

    return check


def _asked(asked: dict[str, Any], *statuses: int) -> Check:
    return lambda target: void(refused(target.create(asked), *(statuses or (400, 422))))


TRAVERSAL = {
    "dots": _file("../../secret.txt"),
    "dots behind a folder that is there": _file("talk/../../secret.txt"),
    "encoded dots": _file("%2e%2e/%2e%2e/secret.txt"),
    "encoded slash": _file("..%2f..%2fsecret.txt"),
    "double-encoded": _file("%252e%252e%252f%252e%252e%252fsecret.txt"),
    "overlong UTF-8": _file("%c0%ae%c0%ae/%c0%ae%c0%ae/secret.txt"),
    "backslashes": _file("..\\..\\secret.txt"),
    "encoded backslashes": _file("..%5c..%5csecret.txt"),
    "absolute": _file("/etc/passwd"),
    "encoded absolute": _file("%2fetc%2fpasswd"),
    "address of a file": _file("file:///etc/passwd"),
    "NUL before another ending": _file("talk/talk/en/talk.en.mp4%00.txt"),
    "hidden file of the output folder": _file(".tasks/tasks.sqlite"),
    "record of the tasks": _file(".tasks/audit.ndjson"),
    "folder": _file("talk/talk/en"),
    "file of the film that no task names": _file("talk/.state.sqlite"),
    "longer than any path": _file("a/" * 4000),
    "symbolic link": _linked,
    "folder that is a symbolic link": _linked_folder,
    "dots below static": _path("/static/../app.py"),
    "encoded dots below static": _path("/static/%2e%2e/app.py"),
    "dots for a task": _path("/api/tasks/..%2f..%2fsecret.txt"),
    "dots for progress": _path("/api/progress/..%2f..%2f.tasks%2faudit"),
    "dots for a project": _asked({"project": "../secret"}),
    "path for a project": _asked({"project": "projects/talk.yaml"}),
    "path for a template": _asked({"template": "../secret.yaml", "name": "x"}),
    "path for a theme": _asked({"text": "# A\n", "theme": "../secret.yaml"}),
    "path for a document": _asked({"source": "/etc/passwd"}),
    "file name with dots": _named("../../../evil.md"),
    "absolute file name": _named("/tmp/evil.md"),
    "file name with backslashes": _named("..\\..\\evil.md"),
    "file name with NUL": _named("evil\0.md"),
    "hidden file name": _named(".evil.md"),
}


def _address(address: str) -> Check:
    def check(target: Target) -> None:
        answer = target.create({"source": address.format(port=target.inside)})
        if answer.status == 201:
            built(target, json.loads(answer.body)["id"])
        else:
            refused(answer, 400)
        assert not target.asked

    return check


def built(target: Target, task: str, said: str = "") -> None:
    """The build of a task, which has to be refused."""
    with target.server.client(Authorization=f"Bearer {ADA}") as client:
        client.get(f"/api/progress/{task}")  # to its end
        view = client.get(f"/api/tasks/{task}").json()
    assert view["status"] == "failed", view["status"]
    assert said in str(view["error"]), view["error"]
    assert SECRET not in json.dumps(view)


def _built(name: str, said: str) -> Check:
    def check(target: Target) -> None:
        built(target, target.builds[name], said)
        assert not target.asked
        assert not (target.studio / "ran").exists()

    return check


def _redirected(target: Target) -> None:
    _built("redirect", "private or reserved")(target)
    assert target.sent  # it was sent elsewhere, and did not go


def _not_fetched(target: Target) -> None:
    """The film is made without it."""
    target.server.get(f"/api/progress/{target.builds['picture in a document']}")
    assert not target.asked


SSRF = {
    "loopback": _address("http://127.0.0.1:{port}/"),
    "name of loopback": _built("name of loopback", "private or reserved"),
    "name of this machine, by DNS": _built("name of this machine, by DNS", "private or reserved"),
    "IPv6 loopback": _address("http://[::1]:{port}/"),
    "IPv4 in IPv6": _address("http://[::ffff:127.0.0.1]:{port}/"),
    "IPv4 in IPv6, by NAT64": _address("http://[64:ff9b::7f00:1]:{port}/"),
    "decimal": _address("http://2130706433:{port}/"),
    "octal": _address("http://0177.0.0.1:{port}/"),
    "hexadecimal": _address("http://0x7f000001:{port}/"),
    "short": _address("http://127.1:{port}/"),
    "zero": _address("http://0.0.0.0:{port}/"),
    "private": _address("http://10.0.0.1/"),
    "metadata of a cloud": _address("http://169.254.169.254/latest/meta-data/"),
    "redirect": _redirected,
    "port of another service": _address("http://example.com:25/"),
    "user and password": _address("http://ada:word@127.0.0.1:{port}/"),
    "file scheme": _address("file:///etc/passwd"),
    "another scheme": _address("gopher://127.0.0.1:{port}/"),
    "address behind the name of an input": _address("md:http://127.0.0.1:{port}/"),
    "address behind youtube:": _built("address behind youtube:", ""),
    "picture in a document": _not_fetched,
}

HEAD = "title: A\nvoice: 'draft:'\noutput: {resolution: 480p}\n"
PROJECTS = {
    "tag that makes an object": ("scenes: !!python/object/apply:os.system ['touch ran']\n", ""),
    "billion laughs": (
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "",
    ),
    "keys given twice": ("title: B\nscenes: []\n", "duplicate key"),
    "nested very deep": ("scenes: " + "[" * 5000 + "]" * 5000 + "\n", ""),
    "document by an absolute path": ("source: /etc/passwd\n", "allowed"),
    "document by dots": ("source: ../../../secret.txt\n", "allowed"),
    "scenes included by dots": ("scenes:\n  - include: ../../../secret.yaml\n", "allowed"),
    "picture by dots": (
        "scenes:\n  - {kind: image, content: {path: ../../../secret.png}, narration: A.}\n",
        "allowed",
    ),
    "theme by dots": (
        "theme: ../../../secret.yaml\nscenes:\n  - {kind: title, content: {title: A}, narration: A.}\n",
        "",
    ),
    "music by an absolute path": (
        "music: {file: /etc/passwd}\nscenes:\n  - {kind: title, content: {title: A}, narration: A.}\n",
        "allowed",
    ),
    "command": (
        "allow_commands: true\nscenes:\n  - {kind: terminal, content: {command: touch ran}, narration: A.}\n",
        "runs nothing",
    ),
    "language model at an address of its own": (
        "source: note.md\nscript: {{ai: {{provider: openai, model: m, base_url: 'http://127.0.0.1:{port}/v1'}}}}\n",
        "",
    ),
}
YAML = {name: _built(name, said) for name, (_, said) in PROJECTS.items()}


def _size(target: Target) -> None:
    refused(target.ask("/api/create", "POST", Content_Type="application/json", Content_Length=str(BODY_BYTES + 1)), 413)


def _chunked(path: str, kind: str, most: int, head: bytes = b"") -> Check:
    def check(target: Target) -> None:
        piece = b"a" * 65536
        chunk = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
        first = f"{len(head):x}\r\n".encode() + head + b"\r\n" if head else b""
        request = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{target.server.port}\r\nAuthorization: Bearer {ADA}\r\n"
            f"Content-Type: {kind}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        ).encode()
        refused(target.raw(request + first, chunk * ((most + (2 << 20)) // 65536)), 413)

    return check


_FORM, _ = form("note.md", b"")
_FORM_HEAD = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="note.md"\r\n\r\n'


def _file_size(target: Target) -> None:
    refused(target.upload("note.md", b"a" * (UPLOAD_BYTES + 1)), 413)


def _fields(target: Target) -> None:
    kind, body = form("note.md", b"# A\n", fields=500)
    refused(target.ask("/api/create", "POST", body, Content_Type=kind), 400)


def _smuggled(target: Target) -> None:
    body = b"0\r\n\r\nDELETE / HTTP/1.1\r\n\r\n"
    answer = target.ask("/api/create", "POST", body, Content_Type="application/json", Transfer_Encoding="chunked")
    refused(answer, 400)


SIZE = {
    "length that is too large": _size,
    "length that is not told": _chunked("/api/create", "application/json", BODY_BYTES),
    "file that is too large": _file_size,
    "file of a length that is not told": _chunked("/api/create", _FORM, UPLOAD_BYTES, _FORM_HEAD),
    "negative length": lambda target: void(
        refused(target.ask("/api/create", "POST", Content_Type="application/json", Content_Length="-5"), 400)
    ),
    "two lengths in one (smuggling)": _smuggled,
    "header without end": lambda target: void(refused(target.ask("/api/tasks", X_Long="a" * 200_000))),
    "five hundred fields": _fields,
    "JSON nested very deep": lambda target: void(
        refused(target.ask("/api/create", "POST", b"[" * 100_000, Content_Type="application/json"))
    ),
    "number without end": lambda target: void(refused(target.ask("/api/tasks?limit=" + "9" * 6000))),
}


def _zip(**files: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return data.getvalue()


def _upload(name: str, content: bytes) -> Check:
    return lambda target: void(refused(target.upload(name, content), 415))


TYPE = {
    "picture called Markdown": _upload("a.md", b"\x89PNG\r\n\x1a\n" + b"\0" * 64),
    "program called text": _upload("a.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 64),
    "script called text": _upload("a.txt", b"#!/bin/sh\ntouch ran\n"),
    "page called PDF": _upload("a.pdf", b"<html><script>alert(1)</script></html>"),
    "PDF called Markdown": _upload("a.md", b"%PDF-1.7\n%text"),
    "PDF and zip file at once": _upload("a.pdf", b"%PDF-1.7\n" + _zip(a="b")),
    "PDF behind text": _upload("a.txt", b"# A note\n%PDF-1.7\n"),
    "zip file called Word": _upload("a.docx", _zip(a="b")),
    "zip file behind something else": _upload(
        "a.docx", b"GIF89a" + _zip(**{"[Content_Types].xml": "", "word/document.xml": ""})
    ),
    "text with NUL": _upload("a.txt", b"A note\0with more\n"),
    "SVG": _upload("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "Python": _upload("a.py", b"print(1)\n"),
    "no ending": _upload("a", b"text\n"),
    "nothing": _upload("a.md", b""),
    "list called notebook": _upload("a.ipynb", b"[1, 2]"),
}


def _posted(**headers: str) -> Check:
    def check(target: Target) -> None:
        with_cookie = {"Cookie": target.cookie, "Origin": "", **headers}
        body = json.dumps({"project": "talk"}).encode()
        kind = with_cookie.pop("Content_Type", "application/json")
        refused(target.ask("/api/create", "POST", body, None, Content_Type=kind, **with_cookie), 403)

    return check


def _own_origin_works(target: Target) -> str:
    return f"http://127.0.0.1:{target.server.port}"


def _deleted(target: Target) -> None:
    answer = target.ask(
        f"/api/tasks/{target.task}", "DELETE", token=None, Cookie=target.cookie, Origin="https://evil.example"
    )
    refused(answer, 403)


def _with_port(target: Target) -> None:
    origin = f"http://127.0.0.1:{target.server.port}.evil.example"
    refused(target.create({"project": "talk"}, Origin=origin), 403)


def _urlencoded(target: Target) -> None:
    kind = "application/x-www-form-urlencoded"
    cookie = target.cookie
    answer = target.ask(
        "/api/create", "POST", b"project=talk", None, Cookie=cookie, Content_Type=kind, Origin=_own_origin_works(target)
    )
    refused(answer, 415)


def _plain(target: Target) -> None:
    answer = target.ask("/api/create", "POST", b'{"project":"talk"}', Content_Type="text/plain")
    refused(answer, 415)


def _loaded(**headers: str) -> Check:
    def check(target: Target) -> None:
        path = f"/api/tasks/{target.task}/artifacts/talk/talk/en/talk.en.jpg"
        refused(target.ask(path, token=None, Cookie=target.cookie, **headers), 403)

    return check


CSRF = {
    "form on another site, by Origin": _posted(Origin="https://evil.example"),
    "form on another site, by Sec-Fetch-Site": _posted(Sec_Fetch_Site="cross-site"),
    "page on another port": _posted(Sec_Fetch_Site="same-site", Origin="http://127.0.0.1:1"),
    "origin that is null": _posted(Origin="null"),
    "cookie and no origin": _posted(),
    "origin that begins as ours": _with_port,
    "deletion from another site": _deleted,
    "form in the old encoding": _urlencoded,
    "JSON called text": _plain,
    "picture on another site": _loaded(Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors", Sec_Fetch_Dest="image"),
    "frame on another site": _loaded(Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe"),
    "logging in from another site": lambda target: void(refused(target.login(Origin="https://evil.example"), 403)),
}


def _host(value: str) -> Check:
    return lambda target: void(refused(target.ask("/api/tasks", Host=value.format(port=target.server.port)), 400, 403))


def _two_hosts(target: Target) -> None:
    host = f"127.0.0.1:{target.server.port}"
    request = f"GET /api/tasks HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\nAuthorization: Bearer {ADA}\r\n\r\n"
    refused(target.raw(request.encode()), 400)


def _forwarded_host(target: Target) -> None:
    answer = target.ask("/api/tasks", Host="evil.example", X_Forwarded_Host=f"127.0.0.1:{target.server.port}")
    refused(answer, 403)


HOST = {
    "name that is made to lead here": _host("evil.example"),
    "the same with our port": _host("evil.example:{port}"),
    "name that begins as ours": _host("localhost.evil.example"),
    "user before the host": _host("127.0.0.1:{port}@evil.example"),
    "host that is none": _host("127.0.0.1 evil"),
    "two hosts": _two_hosts,
    "no host": lambda target: void(refused(target.raw(b"GET /api/tasks HTTP/1.1\r\nConnection: close\r\n\r\n"), 400)),
    "forwarded host": _forwarded_host,
}


def _token(token: str | None, **headers: str) -> Check:
    return lambda target: void(refused(target.ask("/api/tasks", token=token, **headers), 401))


def _replayed(target: Target) -> None:
    cookie, origin = target.session(), _own_origin_works(target)
    assert target.ask("/api/tasks", token=None, Cookie=cookie).status == 200
    assert target.ask("/api/logout", "POST", token=None, Cookie=cookie, Origin=origin).status == 204
    refused(target.ask("/api/tasks", token=None, Cookie=cookie), 401)


def _in_address(target: Target) -> None:
    refused(target.ask(f"/api/tasks?token={ADA}&access_token={ADA}", token=None), 401)


def _others(path: str, method: str = "GET") -> Check:
    return lambda target: void(refused(target.ask(path.format(task=target.bobs), method), 404))


def _others_list(target: Target) -> None:
    answer = target.ask("/api/tasks?limit=200")
    assert answer.status == 200
    assert target.bobs.encode() not in answer.body


def _guessed(target: Target) -> None:
    statuses = [target.login(f"guess-{at:020d}").status for at in range(80)]
    assert statuses.count(401) < 80
    assert statuses[-1] == 429


def _cookie_kept(target: Target) -> None:
    cookie = target.login().headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert ADA.encode() not in cookie.encode()


TOKEN = {
    "none": _token(None),
    "wrong": _token("wrong-" + "a" * 24),
    "all but its end": _token(ADA[:-1]),
    "empty": _token(""),
    "of another scheme": _token(None, Authorization="Basic YWRhOmFkYQ=="),
    "of letters that no token has": _token("aä" * 20),
    "in the address": _in_address,
    "cookie that nobody was given": _token(None, Cookie="videogen_session=" + "a" * 43),
    "token for a cookie": _token(None, Cookie=f"videogen_session={ADA}"),
    "cookie after signing out": _replayed,
    "cookie for scripts": _cookie_kept,
    "another's task": _others("/api/tasks/{task}"),
    "another's progress": _others("/api/progress/{task}"),
    "another's files": _others("/api/tasks/{task}/artifacts"),
    "another's film": _others("/api/tasks/{task}/artifacts/talk.draft/talk/en/talk.en.mp4"),
    "another's picture, small": _others("/api/tasks/{task}/artifacts/talk.draft/talk/en/talk.en.jpg?width=320"),
    "another's scenes": _others("/api/tasks/{task}/scenes"),
    "another's estimate": _others("/api/estimate?task={task}"),
    "another's task, paused": _others("/api/tasks/{task}/pause", "POST"),
    "another's task, cancelled": _others("/api/tasks/{task}/cancel", "POST"),
    "another's task, deleted": _others("/api/tasks/{task}?videos=true", "DELETE"),
    "another's task in a list": _others_list,
}
GUESSING = {"guessed, many a second": _guessed}


def _one_line(target: Target) -> None:
    answer = target.upload("a.md%0d%0aSet-Cookie: evil=1", b"# A\n")
    if answer.status == 201:
        target.ask(f"/api/tasks/{json.loads(answer.body)['id']}/cancel", "POST")
    assert "set-cookie" not in answer.headers


def _event_line(target: Target) -> None:
    request = (
        f"GET /api/progress/{target.task} HTTP/1.1\r\nHost: 127.0.0.1:{target.server.port}\r\n"
        f"Authorization: Bearer {ADA}\r\nLast-Event-ID: 1\rdata: evil\r\nConnection: close\r\n\r\n"
    )
    answer = target.raw(request.encode())
    assert answer.status == 400 or b"evil" not in answer.body, answer


HEADER = {
    "line break in the name of a file": _one_line,
    "line break in the number of an event": _event_line,
    "line break in an address": lambda target: void(refused(target.ask("/api/tasks/x%0d%0aSet-Cookie:%20evil=1"), 404)),
    "line break in a query": lambda target: void(
        refused(target.ask("/api/tasks?before=1%0d%0aSet-Cookie:%20evil=1"), 422)
    ),
}


def _event(number: str) -> Check:
    return lambda target: void(refused(target.ask(f"/api/progress/{target.task}", Last_Event_ID=number), 400))


EVENT = {
    "negative": _event("-1"),
    "no number": _event("abc"),
    "fraction": _event("1.5"),
    "without end": _event("9" * 5000),
    "number of another script": _event("\xb2\xb3"),
    "SQL": _event("1; drop table task"),
    "negative in the address": lambda target: void(refused(target.ask(f"/api/progress/{target.task}?after=-1"), 422)),
}


def _method(method: str, path: str = "/api/tasks", *statuses: int) -> Check:
    return lambda target: void(
        refused(target.ask(path.replace("TASK", target.task), method), *(statuses or (400, 404, 405)))
    )


def _overridden(target: Target) -> None:
    target.ask(f"/api/tasks/{target.task}?_method=DELETE", X_HTTP_Method_Override="DELETE", X_Method_Override="DELETE")
    assert target.ask(f"/api/tasks/{target.task}").status == 200


def _upgraded(target: Target) -> None:
    answer = target.ask(
        f"/api/progress/{target.task}?after=0",
        token=None,
        Connection="close, Upgrade",
        Upgrade="websocket",
        Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
        Sec_WebSocket_Version="13",
    )
    refused(answer)


METHOD = {
    "TRACE": _method("TRACE"),
    "CONNECT": _method("CONNECT", "127.0.0.1:22"),
    "PUT on a film": _method("PUT", "/api/tasks/TASK/artifacts/talk/talk/en/talk.en.mp4"),
    "POST for DELETE": _method("POST", "/api/tasks/TASK"),
    "GET for what changes": _method("GET", "/api/tasks/TASK/cancel"),
    "made up": _method("FROBNICATE"),
    "overridden": _overridden,
    "upgrade to a socket": _upgraded,
}


def _dodged(target: Target) -> None:
    statuses = [
        target.login(f"guess-{at:020d}", X_Forwarded_For=f"10.0.{at}.1", X_Real_IP=f"10.0.{at}.1").status
        for at in range(80)
    ]
    assert statuses[-1] == 429


def _local(target: Target) -> None:
    refused(target.ask("/api/tasks", token=None, X_Forwarded_For="127.0.0.1", Forwarded="for=127.0.0.1"), 401)


FORWARDED = {"address that is said to be this machine's": _local}
DODGING = {"address that is another each time": _dodged}


def _ranges(target: Target) -> None:
    path = f"/api/tasks/{target.task}/artifacts/talk/talk/en/talk.en.mp4"
    size = (target.server.studio.film / "talk.en.mp4").stat().st_size
    answer = target.ask(path, Range="bytes=" + ",".join("0-" for _ in range(1000)))
    assert len(answer.body) <= size


def _not_a_page(target: Target) -> None:
    answer = target.ask(f"/api/tasks/{target.task}/artifacts/talk/talk/en/talk.en.transcript.md")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


CONTENT = {
    "thousand parts of a film": _ranges,
    "part behind the end": lambda target: void(
        refused(
            target.ask(f"/api/tasks/{target.task}/artifacts/talk/talk/en/talk.en.mp4", Range="bytes=999999999-"), 416
        )
    ),
    "text as a page": _not_a_page,
}

_TEXT = {"Content-Type": "text/yaml"}
_SCENE = "title: A\nvoice: 'draft:'\noutput: {{resolution: 480p}}\n{}\n"
_RUNS = "scenes:\n  - {kind: terminal, content: {command: touch ran}, narration: A.}\n"


def _saved(name: str, *statuses: int, text: str = "title: A\n", **headers: str) -> Check:
    def check(target: Target) -> None:
        before = {path: path.read_bytes() for path in (target.studio / "projects").iterdir() if path.is_file()}
        refused(target.ask(f"/api/projects/{name}", "PUT", text.encode(), **_TEXT, **headers), *statuses)
        assert before == {path: path.read_bytes() for path in (target.studio / "projects").iterdir() if path.is_file()}
        assert not list(target.studio.glob("evil*"))

    return check


def _commanded(text: str) -> Check:
    def check(target: Target) -> None:
        etag = target.ask("/api/projects/talk").headers["etag"]
        _saved("talk", 403, text=text, If_Match=etag)(target)

    return check


def _looked_at(yaml: str) -> Check:
    """Neither what is wrong with it nor a picture of it may tell of a file, and nothing is asked or run for it."""

    def check(target: Target) -> None:
        text = yaml.replace("PORT", str(target.inside))
        for path, asked in (("/api/validate", {"yaml": text}), ("/api/preview", {"yaml": text, "scene": "a"})):
            answer = target.ask(path, "POST", json.dumps(asked).encode(), **{"Content-Type": "application/json"})
            assert SECRET.encode() not in answer.body
            assert b"root:" not in answer.body
            if path == "/api/preview":
                refused(answer)
            else:
                assert answer.status >= 400 or json.loads(answer.body)["errors"], answer
        assert not target.asked
        assert not (target.studio / "ran").exists()

    return check


def _linked_project(target: Target) -> None:
    link = target.studio / "projects" / "link.yaml"
    link.symlink_to("../secret.yaml")
    try:
        refused(target.ask("/api/projects/link"))
    finally:
        link.unlink()


def _one(content: str) -> str:
    return _SCENE.format(f"scenes:\n  - {{id: a, {content}, narration: A.}}")


STUDIO = {
    "project by dots": _path("/api/projects/..%2fsecret"),
    "project that is a symbolic link": _linked_project,
    "saved by dots": _saved("..%2fevil", If_None_Match="*"),
    "saved under a hidden name": _saved(".evil", If_None_Match="*"),
    "saved under an absolute name": _saved("%2ftmp%2fevil", If_None_Match="*"),
    "saved over what was not read": _saved("talk", 428),
    "saved over what another has saved": _saved("talk", 412, If_Match='"another"'),
    "saved as new over what there is": _saved("talk", 412, If_None_Match="*"),
    "saved from another site": _saved("talk", 403, Origin="https://evil.example"),
    "saved with a command": _commanded(_RUNS),
    "saved with a command that is allowed": _commanded("allow_commands: true\n" + _RUNS),
    "saved too large": _saved("big", 413, text="a" * (BODY_BYTES + 1), If_None_Match="*"),
    "looked at with a document by an absolute path": _looked_at(_SCENE.format("source: /etc/passwd")),
    "looked at with a document by dots": _looked_at(_SCENE.format("source: ../../secret.txt")),
    "looked at with a picture by dots": _looked_at(_one("kind: image, content: {path: ../../secret.png}")),
    "looked at with an address of the inside": _looked_at(_SCENE.format("source: http://127.0.0.1:PORT/")),
    "looked at with a tag that makes an object": _looked_at("scenes: !!python/object/apply:os.system ['touch ran']\n"),
    "looked at with a billion laughs": _looked_at(PROJECTS["billion laughs"][0]),
}

CLASSES: dict[str, dict[str, Check]] = {
    "Paths": TRAVERSAL,
    "Addresses of the inside (SSRF)": SSRF,
    "YAML": YAML,
    "Sizes": SIZE,
    "Types": TYPE,
    "Other sites (CSRF)": CSRF,
    "Names of the server (DNS rebinding)": HOST,
    "Tokens": {**TOKEN, **GUESSING},
    "Headers": HEADER,
    "Numbers of events": EVENT,
    "Methods": METHOD,
    "Forwarded": {**FORWARDED, **DODGING},
    "Content": CONTENT,
    "Studio": STUDIO,
}
ATTACKS = [Attack(kind, name, check) for kind, checks in CLASSES.items() for name, check in checks.items()]
