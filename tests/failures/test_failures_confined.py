"""Projects of strangers (`VIDEOGEN_CONFINED`, and tasks that the web asks for): what they may not reach, run or ask."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from failures.reaching import HAND, KINDS, NOT_FOLLOWED, PROJECT, WAYS, checked, furnish
from weblocal import site

from videogen.build import capture
from videogen.build.validate import validate_project
from videogen.build.workspace import find_workspace
from videogen.model.errors import PipelineError, StageError, ValidationError
from videogen.model.task import InputConfig, new_task
from videogen.tasks.confined import confined_as, confinement, most_cost, settings_of
from videogen.tasks.home import Home, home_of


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for strangers, with hidden files and what a build has made in it, and one outside."""
    monkeypatch.chdir(tmp_path)
    furnish(Path("inside/projects"), Path("inside/.hidden"), Path("inside/build/other"), Path("outside"))
    Path("inside/build/.tasks").mkdir()
    return tmp_path


@pytest.fixture
def confined(house: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in settings_of("inside").items():
        monkeypatch.setenv(name, value)
    return house


def refused(project: str) -> PipelineError:
    """What a project that is another's is refused with; one line, with its place."""
    Path(PROJECT).write_text(project)
    with pytest.raises(PipelineError) as error:
        validate_project(find_workspace(PROJECT))
    assert "\n" not in error.value.line()
    assert error.value.where is not None
    return error.value


@pytest.mark.parametrize("kind", KINDS)
def test_no_way_to_name_a_file_leads_out_or_to_what_is_hidden_or_made(confined: Path, kind: str) -> None:
    _, file = KINDS[kind]
    checked(kind, f"./{file}")
    Path("inside/projects/to-hidden").symlink_to("../.hidden")
    said = "the folder that is allowed; what comes from the web reaches its own folder only"
    for way, named in {way: named(file) for way, named in WAYS.items() if (kind, way) not in NOT_FOLLOWED}.items():
        with pytest.raises(ValidationError, match=said):
            checked(kind, named)
        assert way
    for named, said in {
        f"../.hidden/{file}": "is hidden, out of reach of what comes from the web",
        f"to-hidden/{file}": "is hidden, out of reach",
        f"../build/other/{file}": "is where builds keep what they make, out of reach",
    }.items():
        with pytest.raises(ValidationError, match=said) as error:
            checked(kind, named)
        assert "\n" not in error.value.line()


ADDRESSES = {
    "loopback": "http://127.0.0.1:{port}/",
    "name of this machine": "http://localhost:{port}/",
    "IPv6 loopback": "http://[::1]:{port}/",
    "IPv4 in IPv6": "http://[::ffff:127.0.0.1]:{port}/",
    "IPv4 in IPv6, by NAT64": "http://[64:ff9b::7f00:1]:{port}/",
    "decimal": "http://2130706433:{port}/",
    "octal": "http://0177.0.0.1:{port}/",
    "hexadecimal": "http://0x7f000001:{port}/",
    "short": "http://127.1:{port}/",
    "metadata of a cloud": "http://169.254.169.254/latest/meta-data/",
    "private": "http://10.0.0.1/",
    "port of another service": "http://example.com:25/",
    "file": "file:///etc/passwd",
    "another scheme": "gopher://127.0.0.1:{port}/",
    "password": "http://user:word@example.com/",
    "by yt-dlp": "youtube:http://127.0.0.1:{port}/talk",
    "Markdown by name": "md:http://127.0.0.1:{port}/notes.md",
}


def test_no_address_of_the_inside_is_asked_whatever_the_server_allows_itself(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", "1")  # what the person who runs it may do is not for strangers
    task = new_task(InputConfig(project=PROJECT, output_dir="build"), **confinement("inside"))
    with site() as web, confined_as(home_of("build"), task):
        for name, address in ADDRESSES.items():
            url = address.replace("{port}", str(web.port))
            error = refused(f'voice: "draft:"\nsource: "{url}"\n')
            assert isinstance(error, ValidationError), (name, error)
            Path("inside/projects/talk.info.json").write_text(
                '{"id": "dQw4w9WgXcQ", "title": "A talk", "duration": 20, '
                f'"subtitles": {{"en": [{{"ext": "vtt", "url": "{url.rpartition("youtube:")[2]}"}}]}}}}'
            )
            Path("inside/projects/talk.en.vtt").unlink(missing_ok=True)
            assert isinstance(refused('voice: "draft:"\nsource: talk.info.json\n'), ValidationError), name
        assert not web.asked


@pytest.mark.parametrize("key", ["script", "translate"])
def test_no_server_of_a_projects_own_is_asked_as_a_language_model(confined: Path, key: str) -> None:
    ai = "{provider: openai, model: local, base_url: 'http://127.0.0.1:11434/v1'}"
    error = refused(f"{HAND}{key}: {{ai: {ai}}}\n")
    assert error.line().startswith(f"{PROJECT}:6:")
    assert "may not name the address of a language model; leave `base_url` out" in error.line()


def test_no_command_is_run(confined: Path) -> None:
    with pytest.raises(StageError, match="`touch proof` is not run: what comes from the web runs nothing") as error:
        capture.run("touch proof")
    assert "\n" not in error.value.line()
    assert not Path("proof").exists()


def test_what_stands_in_the_environment_comes_back(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", "1")
    monkeypatch.delenv("VIDEOGEN_ROOT", raising=False)
    home = home_of("inside/build")
    free = new_task(InputConfig(project=PROJECT, output_dir="inside/build"))
    Path(PROJECT).write_text(HAND)
    before = dict(os.environ)
    with confined_as(home, free):
        assert dict(os.environ) == before
    with confined_as(home, free.model_copy(update={"metadata": confinement("inside")})):
        assert os.environ["VIDEOGEN_ROOT"] == "inside"
        assert os.environ["VIDEOGEN_ALLOW_PRIVATE"] == "0"
        assert os.environ["VIDEOGEN_CONFINED"] == "1"
    assert dict(os.environ) == before


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"project": "outside/brand.yaml"}, "lies outside the folder"),
        ({"project": "../../outside/brand.yaml"}, "lies outside the folder"),
        ({"project": "inside/projects/link-brand.yaml"}, "lies outside the folder"),
        ({"source": "outside/brand.yaml"}, "lies outside the folder"),
        ({"source": "inside/.hidden/brand.yaml"}, "is hidden"),
        ({"project": PROJECT, "output_dir": "inside/projects"}, 'the folder "inside/projects" is not that of the task'),
        ({"project": PROJECT, "output_dir": "../elsewhere"}, "is not that of the task"),
    ],
)
def test_a_task_that_asks_for_more_is_not_begun(house: Path, asked: dict[str, str], said: str) -> None:
    task = new_task(InputConfig(**{"output_dir": "inside/build", **asked}), **confinement("inside"))  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match=said), confined_as(Home("inside/build/.tasks"), task):
        pytest.fail("it was begun")


def test_a_document_of_which_nobody_may_know_whether_it_is_there(confined: Path) -> None:
    from videogen.inputs.documents import moved

    lines = []
    for name in ("outside/notes.md", "outside/none.md"):
        with pytest.raises(ValidationError) as error:
            moved(name, Path("inside/projects"))
        lines.append(error.value.line().replace(name, ""))
    assert lines[0] == lines[1]


@pytest.mark.parametrize(
    ("asked", "most", "left"),
    [(None, None, None), (2.0, None, 2.0), (None, 0.5, 0.5), (2.0, 0.5, 0.5), (0.1, 0.5, 0.1)],
)
def test_the_least_of_two_bounds_of_cost_holds(asked: float | None, most: float | None, left: float | None) -> None:
    assert most_cost(asked, confinement("inside", most)) == left


def test_a_setting_that_is_no_answer_is_said(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOGEN_ROOT", "inside")
    monkeypatch.setenv("VIDEOGEN_CONFINED", "yes")
    with pytest.raises(ValidationError, match='VIDEOGEN_CONFINED is "yes"; set it to 1 where projects are strangers'):
        checked("document", "notes.md")
