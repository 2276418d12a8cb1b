"""The addresses of the public pages: /, /{language}/..., without cookies and without a script."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.pages.public.code_pages import CodePages
from service.pages.public.desk import Desk
from service.pages.public.form_pages import FormPages
from service.pages.public.surface import Language, Surface
from service.security.access import Operation
from service.security.gate import open_to_all

# what a post to these paths, below the language, may weigh more than an ordinary body
FORMS = ("/request", "/request/draft", "/correct")
_CODE = Operation.READ_OWN_STATUS
_OUT = Operation.WITHDRAW_OWN_REQUEST


def build_public_router(desk: Desk) -> APIRouter:
    """The router of the public surface over the use cases of `desk`, in the languages that are offered."""
    router = APIRouter(include_in_schema=False)
    plain, form, code = PlainPages(desk), FormPages(desk), CodePages(desk)
    read = [Depends(open_to_all(Operation.READ_PUBLIC_PAGE))]
    for path in ("/", "/request", "/code", "/privacy", "/help"):
        router.add_api_route(path, plain.choose, methods=["GET"], dependencies=read)
    shown: dict[str, Callable[..., Any]] = {
        "/": plain.start,
        "/request": form.whole,
        "/request/steps": form.by_steps,
        "/code": code.ask,
        "/privacy": plain.privacy,
        "/help": plain.help,
    }
    sent: dict[str, tuple[Callable[..., Any], Operation]] = {
        "/request": (form.post, Operation.FILE_OWN_REQUEST),
        "/request/draft": (form.open_kept, Operation.FILE_OWN_REQUEST),
        "/code": (code.state, _CODE),
        "/message": (code.say, _CODE),
        "/download": (code.download, _CODE),
        "/correct": (code.correct, Operation.CORRECT_OWN_REQUEST),
        "/consents": (code.consents, _OUT),
        "/withdraw": (code.withdraw, _OUT),
    }
    for language in desk.store.settings.offered_languages:
        router.add_api_route(f"/{language}", plain.with_slash, methods=["GET"], dependencies=read)
        for path, page in shown.items():
            router.add_api_route(f"/{language}{path}", page, methods=["GET"], dependencies=read)
        for path, (act, operation) in sent.items():
            guard = [Depends(open_to_all(operation))]
            router.add_api_route(f"/{language}{path}", act, methods=["POST"], dependencies=guard)
    return router


class PlainPages(Surface):
    """Pages that only say something."""

    def choose(self, request: Request, language: Language) -> Response:
        """An address without a language leads to the one that the browser asks for."""
        place = request.url.path.strip("/")
        return RedirectResponse(f"/{language}/{place}", status_code=303, headers={"Vary": "Accept-Language"})

    def with_slash(self, language: Language) -> Response:
        """/ru typed by hand."""
        return RedirectResponse(f"/{language}/", status_code=308)

    def start(self, language: Language) -> Response:
        return self.page("start", language, "")

    def help(self, language: Language) -> Response:
        return self.page("help", language, "help")

    def privacy(self, language: Language) -> Response:
        return self.page("privacy", language, "privacy")
