"""The description of the API is true: schemathesis asks all that it allows, and much that it does not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from studio import new_studio
from web.conftest import Server, serving

from videogen.web.app import create_app

CHECKS = [
    *(not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance),
    *(response_headers_conformance, negative_data_rejection, unsupported_method, ignored_auth),
]
OFTEN = "creates=Rate(8, 0.001), requests=Rate(10**6, 10**6), logins=Rate(10**6, 10**6), at_once=1, keep_alive=1"


class Asked(NamedTuple):
    """What is asked."""

    server: Server
    kept: str
    gone: str
    turns: Iterator[bool]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """A server that may be asked often, and tasks of its own that have ended: one to be forgotten."""
    with serving(new_studio(tmp_path_factory.mktemp("described") / "studio"), settings=OFTEN) as server:
        kept, gone = (server.built(project="talk", draft=True)["id"] for _ in range(2))
        yield Asked(server, kept, gone, itertools.cycle((True, True, False)))


api = schemathesis.openapi.from_dict(create_app().openapi())
# too large, and a state that is not the one that there is, are refusals as well
api.config.checks.negative_data_rejection.expected_statuses = ["4xx"]


@api.parametrize()
@settings(
    max_examples=12,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case: schemathesis.Case, asked: Asked) -> None:
    if "task_id" in (case.path_parameters or {}) and next(asked.turns):
        case.path_parameters["task_id"] = asked.gone if case.method == "DELETE" else asked.kept
    if "name" in (case.path_parameters or {}) and next(asked.turns):
        case.path_parameters["name"] = "talk"
    case.call_and_validate(base_url=asked.server.url, checks=CHECKS, timeout=60)


def test_the_readme_names_every_route() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| Route | What it does |\n")[2].partition("\n\n")[0]
    listed = re.findall(r"`((?:GET|POST|PUT|DELETE) /[^`]+)`", table)
    there = [f"{method.upper()} {path}" for path, ways in create_app().openapi()["paths"].items() for method in ways]
    assert sorted({*listed}) == sorted(there)
