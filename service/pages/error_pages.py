"""Errors in plain words, for people who came with a browser."""

from starlette.requests import Request
from starlette.responses import Response

from service.errors import HomewardError
from service.pages.public.surface import language_of, public_values
from service.pages.rendering import render
from service.pages.staff.frame import go
from service.pages.staff_language import tongues_of
from service.pages.words import words_of
from service.security.gate import store_of

_OWN_WORDS = frozenset({400, 403, 404, 409, 413, 422, 429, 500, 503})
_LIKE = {401: 403, 405: 404, 410: 404, 412: 409, 415: 400, 428: 409}


def error_page(request: Request, error: HomewardError) -> Response:
    """The page for one error: a relative reads her own language, staff the sentence of the error.

    Needs no database, so that it can say that the database is away.
    """
    if request.url.path.startswith("/staff"):
        if error.status == 401:
            return go("/staff/sign-in")
        if error.code == "second_factor_needed":
            return go("/staff/second-factor")
        page = render(
            "staff/error.html",
            error.status,
            tongues=tongues_of(request),
            sentence=error.sentence,
            number=error.status,
        )
    else:
        status = _LIKE.get(error.status, error.status)
        key = f"e{status if status in _OWN_WORDS else 500}"
        language = language_of(request)
        frame = public_values(language, "", store_of(request).settings.offered_languages)
        page = render("public/error.html", error.status, **frame, key=key)
        page.headers["Content-Language"] = words_of(language).language
    page.headers.update(error.headers)
    return page
