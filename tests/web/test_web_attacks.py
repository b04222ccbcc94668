"""Every attack of the table is tried on a real server, and comes to nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from studio import new_studio
from web.attacks import ADA, ATTACKS, BOB, BODY_BYTES, CLASSES, HEAD, PROJECTS, SECRET, UPLOAD_BYTES, Attack, Target
from web.conftest import serving
from weblocal import site

README = Path(__file__).parents[2] / "README.md"
SET_UP = (
    f"tokens={{'ada': '{ADA}', 'bob': '{BOB}'}}, upload_bytes={UPLOAD_BYTES}, body_bytes={BODY_BYTES}, "
    "requests=Rate(10**6, 10**6), creates=Rate(10**6, 10**6), logins=Rate(40, 0.01)"
)
PUBLIC = """
import ipaddress
# 127.0.0.2 is taken for a public address, so that there is one that can send elsewhere
known = ipaddress.IPv4Address.is_global
ipaddress.IPv4Address.is_global = property(lambda ip: str(ip) == "127.0.0.2" or known.fget(ip))
"""


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    studio = new_studio(tmp_path_factory.mktemp("attacked") / "studio")
    for name in ("secret.txt", "secret.yaml", "secret.png"):
        (studio.folder / name).write_text(SECRET)
    (studio.folder / "made").mkdir()
    (studio.folder / "made" / "sitecustomize.py").write_text(PUBLIC)
    with (
        site() as inside,
        site(host="127.0.0.2") as outside,
        serving(studio, settings=SET_UP, token=ADA, PYTHONPATH=str(studio.folder / "made")) as server,
    ):
        inside.replies["/"] = lambda exchange: exchange.send(f"# {SECRET}\n")
        outside.replies["/"] = lambda exchange: exchange.send(status=302, Location=inside.url("/"))
        outside.replies["/note.md"] = lambda exchange: exchange.send("# A note\n\nIt is short.\n")
        task = server.built(project="talk")["id"]
        with server.client(Authorization=f"Bearer {BOB}") as client:
            bobs = client.post("/api/create", json={"project": "talk", "draft": True}).json()["id"]
        target = Target(server, task, bobs, asked=inside.asked, sent=outside.asked, inside=inside.port)
        begin_builds(target, outside.port)
        yield target
        assert not inside.asked
        assert ADA not in server.log.read_text()


def begin_builds(target: Target, outside: int) -> None:
    """Ask for what is only refused when it is built, all at once."""
    port = target.inside
    addresses = {
        "name of loopback": f"http://localhost:{port}/",
        "name of this machine, by DNS": f"http://{Path('/proc/sys/kernel/hostname').read_text().strip()}:{port}/",
        "redirect": f"http://127.0.0.2:{outside}/",
        "address behind youtube:": f"youtube:http://127.0.0.1:{port}/talk",
    }
    for name, address in addresses.items():
        answer = target.create({"source": address})
        assert answer.status == 201, answer.body
        target.builds[name] = json.loads(answer.body)["id"]
    for name, (text, _) in PROJECTS.items():
        text = text.replace("{{", "{").replace("}}", "}").replace("{port}", str(port))
        answer = target.upload("project.yaml", (HEAD + text).encode())
        assert answer.status == 201, (name, answer.body)
        target.builds[name] = json.loads(answer.body)["id"]
    answer = target.create({"text": f"# A\n\n![x](http://127.0.0.1:{port}/a.png)\n\nShort.\n", "draft": True})
    target.builds["picture in a document"] = json.loads(answer.body)["id"]


def test_what_is_no_attack_works(target: Target) -> None:
    origin = f"http://127.0.0.1:{target.server.port}"
    cookie = {"Cookie": target.session(), "Origin": origin, "Sec_Fetch_Site": "same-origin"}
    body = json.dumps({"text": "# A note\n\nIt is short.\n", "draft": True}).encode()
    answer = target.ask("/api/create", "POST", body, None, Content_Type="application/json", **cookie)
    assert answer.status == 201
    path = json.loads(answer.body)["id"]
    assert target.ask(f"/api/tasks/{path}/cancel", "POST", token=None, **cookie).status == 200
    assert target.ask(f"/api/tasks/{path}", "DELETE", token=None, **cookie).status == 204
    link = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert target.ask("/", token=None, **link).status == 200
    film = f"/api/tasks/{target.task}/artifacts/talk/talk/en/talk.en.mp4"
    assert target.ask(film, token=None, Cookie=cookie["Cookie"], Sec_Fetch_Site="same-origin").status == 200


def test_every_attack_comes_to_nothing(target: Target) -> None:
    came = {f"{attack.kind}: {attack.name}": what for attack in ATTACKS if (what := tried(target, attack))}
    assert not came, "\n".join(f"{name}: {what}" for name, what in came.items())
    assert target.ask("/api/health", token=None).status == 200


def tried(target: Target, attack: Attack) -> str:
    """What came of an attack; "" for nothing."""
    try:
        attack.check(target)
    except (AssertionError, LookupError, ValueError, OSError) as error:
        return f"{type(error).__name__} {error}"
    return ""


def test_the_readme_names_every_attack() -> None:
    assert len(ATTACKS) >= 60
    readme = README.read_text(encoding="utf-8")
    assert f"each of these {len(ATTACKS)} attacks" in readme
    below = readme.partition("| Class | What was tried |")[2]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", below, re.M)
    listed = {kind: names.split(" · ") for kind, names in rows[: len(CLASSES)]}
    assert listed == {kind: list(checks) for kind, checks in CLASSES.items()}
