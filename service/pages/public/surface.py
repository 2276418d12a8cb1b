"""What every public page shows around its content, and in which language."""

from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from service.languages import KNOWN
from service.pages.forms import posted
from service.pages.public.desk import Desk
from service.pages.rendering import render
from service.pages.words import best_language, words_of
from service.security.gate import store_of

# where "leave quickly" leads: a page that anybody may have open
LEAVE = {language: f"https://{language}.wikipedia.org/" for language in KNOWN}
CODE_LONGEST = 80


def language_of(request: Request) -> str:
    """The language that the address begins with, else the one that the browser asks for."""
    offered = store_of(request).settings.offered_languages
    first = request.url.path.split("/")[1]
    return first if first in offered else best_language(request.headers.get("accept-language", ""), offered)


Language = Annotated[str, Depends(language_of)]
Form = Annotated[dict[str, str], Depends(posted)]


def public_values(language: str, place: str, offered: tuple[str, ...]) -> dict[str, Any]:
    """The frame of a public page; `place` is its address without the language."""
    return {
        "t": words_of(language),
        "languages": [words_of(other) for other in offered],
        "place": place,
        "leave": LEAVE[language],
    }


class Surface:
    """Pages over the use cases of one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def page(self, template: str, language: str, place: str, status: int = 200, **values: Any) -> Response:
        return render(
            f"public/{template}.html",
            status,
            **public_values(language, place, self.desk.store.settings.offered_languages),
            host=self.desk.host(),
            **values,
        )
