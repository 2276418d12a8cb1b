"""Bodies as strangers send them: size, JSON and text are checked before any model sees them."""

import json
import math
import unicodedata
from collections.abc import Mapping
from typing import Any, NoReturn

from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import TOO_LARGE, outside
from service.errors import TooLarge

DEPTH = 24
INTEGER = 2**53  # larger ones are not the same number in every language
MARKS = 8  # combining marks on one letter; vocalised Arabic needs three
_ALLOWED_CONTROLS = "\t\n\r"


class BodyRefused(HTTPException):
    """A body that is not acceptable JSON. The web framework passes it on unchanged."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(400, sentence)
        self.code = code


class StrictJsonRoute(APIRoute):
    """A route whose JSON bodies are read by `strict_json`."""

    def get_route_handler(self) -> Any:
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            answer: Response = await handle(_StrictRequest(request.scope, request.receive))
            return answer

        return handle_strictly


class _StrictRequest(Request):
    async def json(self) -> Any:
        if not hasattr(self, "_checked"):
            self._checked = strict_json(await self.body())
        return self._checked


def strict_json(body: bytes) -> Any:
    """The value of a JSON body. Raises BodyRefused, never anything else."""
    try:
        value = json.loads(body.decode(), parse_constant=_refuse_constant, object_pairs_hook=_once)
    except BodyRefused:
        raise
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BodyRefused("json_malformed", "The body is not well-formed JSON in UTF-8.") from None
    _check(value, 0)
    return value


def text_fault(text: str) -> str | None:
    """What is wrong with a text, as a stable code; None when it can be kept on every database.

    Zero-width joiners, marks of direction and any letter are fine; NUL, other controls, halves of
    surrogate pairs and towers of combining marks are not.
    """
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and character not in _ALLOWED_CONTROLS):
            return "text_with_controls"
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > MARKS:
            return "text_with_towers_of_marks"
    return None


def _check(value: Any, depth: int) -> None:
    if depth > DEPTH:
        raise BodyRefused("json_too_deep", "The body is nested too deeply.")
    if isinstance(value, str):
        fault = text_fault(value)
        if fault:
            raise BodyRefused(fault, "A text holds characters that cannot be kept. Please type it again.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check(key, depth + 1)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)
    elif isinstance(value, (int, float)) and (not math.isfinite(value) or abs(value) > INTEGER):
        raise BodyRefused("number_out_of_range", "A number is too large.")


def _refuse_constant(_: str) -> NoReturn:
    raise BodyRefused("number_out_of_range", "NaN and infinite numbers are not JSON.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BodyRefused("json_repeated_key", "A key occurs twice in one object.")
    return found


class BodyLimit:
    """ASGI layer: bodies are counted while they arrive; whatever the headers say, too much is 413."""

    def __init__(
        self, app: ASGIApp, limit: int, larger: Mapping[str, int], endings: Mapping[str, int]
    ) -> None:
        """`larger`: paths with a limit of their own; `endings`: likewise, by how they end. All in bytes."""
        self.app = app
        self.limit = limit
        self.larger = larger
        self.endings = endings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].rstrip("/")
        by_ending = (most for ending, most in self.endings.items() if path.endswith(ending))
        limit = self.larger.get(path) or next(by_ending, self.limit)
        counted = _Counted(receive, send, limit)
        if _declared(scope) > limit:
            await _too_large(scope)(scope, receive, send)
            return
        try:
            await self.app(scope, counted.receive, counted.send)
        except _Exceeded:
            if not counted.started:
                await _too_large(scope)(scope, receive, send)
            return
        if counted.exceeded and not counted.started:
            await _too_large(scope)(scope, receive, send)


class _Exceeded(Exception):  # noqa: N818 - a signal between two functions of this file
    pass


class _Counted:
    """Counts a body; once it is too large, whatever the application answers is not sent."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._left = receive, send, limit
        self.exceeded = False
        self.started = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.exceeded = True
            raise _Exceeded
        return message

    async def send(self, message: Message) -> None:
        if self.exceeded and not self.started:
            return
        self.started = True
        await self._send(message)


def _declared(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:20])
    return 0


def _too_large(scope: Scope) -> Response:
    return outside(scope, TooLarge(*TOO_LARGE))
