"""What goes wrong, as JSON: the same on this face as on every other, with the status that says whose fault it is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from videogen.model.address import shown_source
from videogen.model.errors import Exit, FetchError, PipelineError, ResourceError, TaskNotFound, ValidationError
from videogen.model.refused import refused
from videogen.tasks.audit import plain

log = logging.getLogger("videogen.web")


class WebError(PipelineError):
    """A request that is refused before a build has anything to do with it."""

    status: ClassVar[int] = 400
    error_code = "BAD_REQUEST"
    exit_code = Exit.USAGE

    def headers(self) -> dict[str, str]:
        """Headers that the answer needs."""
        return {}


class Unauthorized(WebError):
    """Nobody is told who asks, or it is not true."""

    status = 401
    error_code = "UNAUTHORIZED"

    def headers(self) -> dict[str, str]:
        """How one says who asks."""
        return {"WWW-Authenticate": 'Bearer realm="videogen"'}


class Forbidden(WebError):
    """It is known who asks, and they may not."""

    status = 403
    error_code = "FORBIDDEN"


class NotFound(WebError):
    """There is nothing here, or nothing for who asks."""

    status = 404
    error_code = "NOT_FOUND"


class NotAllowed(WebError):
    """There is something here, but not for this method."""

    status = 405
    error_code = "METHOD_NOT_ALLOWED"


class Conflict(WebError):
    """The state of what is asked for does not allow it."""

    status = 409
    error_code = "CONFLICT"


class Stale(WebError):
    """Somebody changed it meanwhile."""

    status = 412
    error_code = "PRECONDITION_FAILED"


class TooLarge(WebError):
    """More than may be sent."""

    status = 413
    error_code = "TOO_LARGE"


class WrongType(WebError):
    """Not of a kind that is read here."""

    status = 415
    error_code = "UNSUPPORTED_TYPE"


class BadRange(WebError):
    """A part of a file that it has not."""

    status = 416
    error_code = "RANGE_NOT_SATISFIABLE"

    def headers(self) -> dict[str, str]:
        """How long the file is."""
        return {"Content-Range": f"bytes */{self.details['size_bytes']}"}


class TooMany(WebError):
    """More requests than one client may make."""

    status = 429
    error_code = "TOO_MANY_REQUESTS"

    def headers(self) -> dict[str, str]:
        """When it may ask again."""
        return {"Retry-After": str(self.details["seconds"])}


class Broken(WebError):
    """A fault of ours."""

    status = 500
    error_code = "INTERNAL_ERROR"
    exit_code = Exit.FAILED


class ErrorBody(BaseModel):
    """What every refusal says."""

    error: str = Field(description="What is wrong, in one line.")
    error_code: str
    exit_code: int = Field(description="That of the command line.")
    hint: str | None = Field(description="What to do next.")
    file: str | None
    line: int | None
    column: int | None
    details: dict[str, Any]


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals that a route may answer with, for its description; those that every route has are among them."""
    every = (400, 401, 403, 404, 405, 413, 429, 500, 503)
    return {status: {"model": ErrorBody, "description": _WHY[status]} for status in sorted({*every, *statuses})}


_WHY = {
    400: "What was sent cannot be used.",
    401: "No token, or a wrong one.",
    403: "Not from this origin or by this name, or not allowed.",
    404: "There is none, or it belongs to somebody else.",
    405: "Not by this method.",
    409: "Its state does not allow it.",
    412: "It was changed meanwhile.",
    413: "Too large.",
    415: "Not of a kind that is read.",
    416: "The file has no such part.",
    422: "A field is wrong.",
    428: "Say which state of it is meant, by If-Match.",
    429: "Too many requests; Retry-After says when.",
    500: "A fault of the server.",
    503: "The machine has run out of something.",
}
_OURS = ("traceback", "told")
"""Details that only the owner of the machine is to see."""
_BY_STATUS: dict[int, type[WebError]] = {
    each.status: each for each in (WebError, Unauthorized, Forbidden, NotFound, NotAllowed, TooLarge, WrongType)
}


def status_of(error: PipelineError) -> int:
    """The HTTP status of an error."""
    if isinstance(error, WebError):
        return error.status
    if isinstance(error, TaskNotFound):
        return 404
    if isinstance(error, ResourceError):
        return 503
    return 400 if isinstance(error, ValidationError | FetchError) else 500


def answer(error: PipelineError, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer that tells of an error."""
    own = error.headers() if isinstance(error, WebError) else {}
    return JSONResponse(told(error.to_dict()), status_of(error), {**own, **(headers or {})})


def told(error: dict[str, Any]) -> dict[str, Any]:
    """An error (`PipelineError.to_dict`) as this face tells of it: how the machine is laid out is nobody's business.

    >>> told({"error": "no", "details": {"traceback": "File ...", "seconds": 3}})
    {'error': 'no', 'details': {'seconds': 3}}
    >>> told({"error": "no", "file": "../../lib/templates/tutorial.yaml"})["file"]
    'tutorial.yaml'
    """
    details = {name: value for name, value in (error.get("details") or {}).items() if name not in _OURS}
    where = {"file": _shown_file(error["file"])} if error.get("file") else {}
    if isinstance(each := details.get("errors"), list):
        details["errors"] = [plain(str(line)) for line in each]
    return {**error, "error": plain(error["error"]), **where, "details": details}


def _shown_file(file: str) -> str:
    """A file or an address as it is told: an address may have secrets in it, and only what is sent or lies in the
    working folder has a place that means something to who asks."""
    shown = plain(shown_source(file))
    return shown if "://" in shown or not shown.startswith(("/", "../")) else shown.rpartition("/")[2]


def broken(request: str) -> Broken:
    """What is said of a fault of ours, which the log tells in full. To be called while it is handled."""
    log.exception("%s failed", request)
    return Broken("this is a fault of the server", hint="its log says more")


def no_json() -> WebError:
    """The refusal of a body that cannot be read as JSON."""
    return WebError("this is no JSON", hint='send an object, names and texts of which are in double quotes: {"a": "b"}')


def wrong_fields(errors: Sequence[Any], known: Iterable[str] = ()) -> JSONResponse:
    """The answer for what pydantic refused of fields, of which `known` are all."""
    return JSONResponse(refused(errors, list(known)).to_dict(), 422)


def install(app: FastAPI, page: Callable[[Request], Response | None]) -> None:
    """Have an app answer in this way; where nothing is found, with a `page` if there is one for who asks."""

    @app.exception_handler(PipelineError)
    def pipeline_error(_: Request, error: PipelineError) -> JSONResponse:
        return answer(error)

    @app.exception_handler(RequestValidationError)
    def request_error(_: Request, error: RequestValidationError) -> JSONResponse:
        errors = error.errors()
        return answer(no_json()) if errors[0]["type"] == "json_invalid" else wrong_fields(errors)

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        shown = page(request) if error.status_code == 404 else None
        if shown is not None:
            return shown
        if isinstance(error.detail, dict):
            return JSONResponse(error.detail, error.status_code, error.headers)
        made = _BY_STATUS.get(error.status_code, WebError)(str(error.detail), hint="/openapi.json tells what there is")
        return JSONResponse(made.to_dict(), error.status_code, {**made.headers(), **(error.headers or {})})
