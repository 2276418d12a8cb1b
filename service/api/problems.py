"""Every error as one kind of answer: problem+json with a stable code, never an echo of what was sent."""

import traceback
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import HomewardError
from service.logs import get_logger

MEDIA_TYPE = "application/problem+json"
TYPES = "urn:homeward:problem:"
ErrorPage = Callable[[Request, HomewardError], Response]

_TITLES = {
    400: "The request cannot be read",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    409: "Conflict",
    410: "Gone",
    412: "Changed meanwhile",
    413: "Too large",
    415: "Unknown kind of content",
    422: "Something is missing or not understood",
    428: "Say which version you read",
    429: "Too many attempts",
    500: "An error of ours",
    503: "Busy for a moment",
}
TOO_LARGE = ("body_too_large", "This is too large to be accepted. Send less at a time.")
# answers of the web framework itself -> our code and sentence
_FRAMEWORK = {
    400: ("request_malformed", "The request cannot be read. Check its form and send it again."),
    404: ("not_found", "There is nothing here."),
    405: ("method_not_allowed", "This address does not understand that method; see the Allow header."),
    413: TOO_LARGE,
    415: ("content_type_unknown", "Send this as application/json."),
}
_FAULT = HomewardError(
    "internal_error", "Something went wrong on our side. It was noted; please try again later.", 500
)


def problem(error: HomewardError, more: dict[str, Any] | None = None) -> JSONResponse:
    """The answer for one error (RFC 9457)."""
    body = {
        "type": TYPES + error.code,
        "title": _TITLES.get(error.status, "Error"),
        "status": error.status,
        "code": error.code,
        "detail": error.sentence,
    }
    return JSONResponse(body | (more or {}), error.status, error.headers, MEDIA_TYPE)


def outside(scope: Scope, error: HomewardError) -> Response:
    """The answer of a layer around the application: a page for browsers on the pages, as inside."""
    request = Request(scope)
    error_page: ErrorPage | None = getattr(request.app.state, "error_page", None)
    return error_page(request, error) if error_page and _wants_page(request) else problem(error)


def install(app: FastAPI, error_page: ErrorPage | None = None) -> None:
    """Answer every error of the application; browsers on the pages get `error_page` where there is one."""
    app.state.error_page = error_page

    def answer(request: Request, error: HomewardError, more: dict[str, Any] | None = None) -> Response:
        if error_page is not None and _wants_page(request):
            return error_page(request, error)
        return problem(error, more)

    def of_ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, HomewardError)  # noqa: S101 - registered for this class only
        return answer(request, error)

    def of_validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
        refused = HomewardError("invalid", "Some fields are missing or not understood.", 422)
        return answer(request, refused, {"errors": [_fault(one) for one in error.errors()]})

    def of_framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
        code, sentence = _FRAMEWORK.get(error.status_code, ("refused", "The request was refused."))
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(sorted(_methods(request)))
        if hasattr(error, "code"):  # a BodyRefused: our own code and sentence
            code, sentence = error.code, str(error.detail)
        return answer(request, HomewardError(code, sentence, error.status_code, headers))

    app.add_exception_handler(HomewardError, of_ours)
    app.add_exception_handler(RequestValidationError, of_validation)
    app.add_exception_handler(HTTPException, of_framework)


def _wants_page(request: Request) -> bool:
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")


def _fault(error: dict[str, Any]) -> dict[str, str]:
    """Where and what, without the value: field names of ours, list positions, and a stable word."""
    places = list(error["loc"])
    if error["type"] == "extra_forbidden":
        places[-1] = "?"  # a field name that a caller invented is as much an echo as a value
    return {"where": ".".join(str(part) for part in places)[:200], "code": str(error["type"])}


def _methods(request: Request) -> set[str]:
    """The methods that any route of this address understands."""
    found: set[str] = set()
    for context in iter_route_contexts(request.app.routes):
        if context.path_regex.match(request.url.path):
            found |= set(context.methods or ())
    return found


class Faults:
    """ASGI layer: our own faults are answered 500 and logged by kind and line, without any values."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as fault:
            if scope["type"] != "http":
                raise
            frame = traceback.extract_tb(fault.__traceback__)[-1]
            place = f"{PurePath(frame.filename).parent.name}/{PurePath(frame.filename).name}:{frame.lineno}"
            get_logger().error("fault", error=type(fault).__name__, code=place)
            if not started:
                await outside(scope, _FAULT)(scope, receive, send)
