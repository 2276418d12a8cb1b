"""Which language a member of staff reads: the one chosen last in this browser, else the one it asks for."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service import speech
from service.pages.words import best_language

CHOICE = "language"  # in the address: ?language=ru
_COOKIE = "homeward_language"
_YEAR = 365 * 86_400
_SURFACE = "/staff"


@dataclass(frozen=True)
class Tongue:
    """One language of the switch below every page."""

    code: str
    name: str
    address: str
    current: bool


class StaffLanguage:
    """ASGI layer around the pages of staff: `?language=` chooses, a cookie of the surface keeps it."""

    def __init__(self, app: ASGIApp, https: bool) -> None:
        self.app = app
        self.https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_SURFACE):
            await self.app(scope, receive, send)
            return
        chosen = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get(CHOICE, "")
        headers = Headers(scope=scope)
        kept = cookie_parser(headers.get("cookie", "")).get(_COOKIE, "")
        known = [one for one in (chosen, kept) if one in speech.STAFF_LANGUAGES]
        wished = best_language(headers.get("accept-language", ""), speech.STAFF_LANGUAGES)
        spoken = known[0] if known else wished

        async def with_language(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer["Content-Language"] = spoken
                if chosen == spoken != kept:
                    answer.append("Set-Cookie", self._cookie(spoken))
            await send(message)

        with speech.speaking(spoken):
            await self.app(scope, receive, with_language)

    def _cookie(self, spoken: str) -> str:
        secure = "; Secure" if self.https else ""
        return f"{_COOKIE}={spoken}; Path={_SURFACE}; Max-Age={_YEAR}; HttpOnly; SameSite=Strict{secure}"


def tongues_of(request: Request) -> tuple[Tongue, ...]:
    """The switch: each language with this page's address, or the home page's after a form was answered."""
    again = request.method == "GET"
    address = request.url.path if again else _SURFACE
    kept = [pair for pair in parse_qsl(request.url.query) if again and pair[0] not in (CHOICE, "done")]
    return tuple(
        Tongue(
            code,
            speech.LANGUAGE_NAMES[code],
            f"{address}?{urlencode([*kept, (CHOICE, code)])}",
            code == speech.language(),
        )
        for code in speech.STAFF_LANGUAGES
    )
