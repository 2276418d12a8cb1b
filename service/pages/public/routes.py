"""The public pages: /, /{language}/..., without cookies and without a script."""

import io
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import segno
from fastapi import APIRouter, Depends
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from schemas.vocabulary import SoughtRole
from service.pages.forms import posted
from service.pages.public.desk import Desk
from service.pages.public.draft import MAX_PEOPLE, Draft, read_draft
from service.pages.public.reading import CONSENTS, RELATIONS, Filing, Reading, read_form
from service.pages.rendering import render
from service.pages.words import LANGUAGES, Words, best_language, words_of
from service.security.access import Operation
from service.security.gate import open_to_all

Form = Annotated[dict[str, str], Depends(posted)]
# where "leave quickly" leads: a page that anybody may have open
LEAVE = {language: f"https://{language}.wikipedia.org/" for language in LANGUAGES}
_CODE_LONGEST = 80


def build_public_router(desk: Desk) -> APIRouter:
    """The router of the public surface over the use cases of `desk`."""
    router = APIRouter(include_in_schema=False)
    pages = PublicPages(desk)
    read = [Depends(open_to_all(Operation.READ_PUBLIC_PAGE))]
    for path in ("/", "/request", "/code", "/privacy", "/help"):
        router.add_api_route(path, pages.choose, methods=["GET"], dependencies=read)
    shown: dict[str, Callable[..., Response]] = {
        "/": pages.start,
        "/request": pages.empty_form,
        "/code": pages.code,
        "/privacy": pages.privacy,
        "/help": pages.help,
    }
    sent: dict[str, tuple[Callable[..., Response], Operation]] = {
        "/request": (pages.post_form, Operation.FILE_OWN_REQUEST),
        "/code": (pages.state, Operation.READ_OWN_STATUS),
        "/consents": (pages.consents, Operation.WITHDRAW_OWN_REQUEST),
        "/withdraw": (pages.withdraw, Operation.WITHDRAW_OWN_REQUEST),
    }
    for language in LANGUAGES:
        router.add_api_route(f"/{language}", pages.with_slash, methods=["GET"], dependencies=read)
        for path, page in shown.items():
            router.add_api_route(f"/{language}{path}", page, methods=["GET"], dependencies=read)
        for path, (act, operation) in sent.items():
            guard = [Depends(open_to_all(operation))]
            router.add_api_route(f"/{language}{path}", act, methods=["POST"], dependencies=guard)
    return router


def language_of(request: Request) -> str:
    """The language that the address begins with, else the one that the browser asks for."""
    first = request.url.path.split("/")[1]
    return first if first in LANGUAGES else best_language(request.headers.get("accept-language", ""))


Language = Annotated[str, Depends(language_of)]


class PublicPages:
    """One method a page."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def _page(self, template: str, language: str, place: str, status: int = 200, **values: Any) -> Response:
        return render(
            f"public/{template}.html",
            status,
            **public_values(language, place),
            host=self.desk.host(),
            **values,
        )

    def choose(self, request: Request, language: Language) -> Response:
        """An address without a language leads to the one that the browser asks for."""
        place = request.url.path.strip("/")
        return RedirectResponse(f"/{language}/{place}", status_code=303, headers={"Vary": "Accept-Language"})

    def with_slash(self, language: Language) -> Response:
        """/ru typed by hand."""
        return RedirectResponse(f"/{language}/", status_code=308)

    def start(self, language: Language) -> Response:
        return self._page("start", language, "")

    def help(self, language: Language) -> Response:
        return self._page("help", language, "help")

    def privacy(self, language: Language) -> Response:
        return self._page("privacy", language, "privacy")

    # --- the request ------------------------------------------------------------------------------

    def empty_form(self, language: Language) -> Response:
        return self._form(language, Draft(), Reading())

    def _form(self, language: str, draft: Draft, reading: Reading) -> Response:
        t = words_of(language)
        status = 422 if reading.problems else 200
        return self._page(
            "request",
            language,
            "request",
            status,
            draft=draft,
            reading=reading,
            action=f"/{language}/request",
            csrf="",
            **form_choices(t),
        )

    def post_form(self, request: Request, language: Language, form: Form) -> Response:
        """One address for every button of the form: add, remove, check, change, send."""
        draft = read_draft(form)
        act = form.get("do", "check")
        if not apply_button(draft, act) and act in ("check", "send"):
            return self._check_or_send(request, language, draft, send=act == "send")
        return self._form(language, draft, Reading())

    def _check_or_send(self, request: Request, language: str, draft: Draft, *, send: bool) -> Response:
        today = datetime.now(UTC).date()
        reading = read_form(draft, Filing(secrets.token_hex(16), today, language))
        if reading.request is None:
            return self._form(language, draft, reading)
        if not send:
            return self._page(
                "check",
                language,
                "request",
                draft=draft,
                **_own_form(language),
                **form_choices(words_of(language)),
            )
        code = self.desk.file(reading.request, draft.key, request)
        return self._page("receipt", language, "request", 201, code=code, qr=qr_of(code))

    # --- the code ---------------------------------------------------------------------------------

    def code(self, language: Language) -> Response:
        return self._page("code", language, "code", problem="", typed="")

    def _code_again(self, language: str, typed: str) -> Response:
        problem = "unknown" if typed else "empty"
        return self._page("code", language, "code", 404 if typed else 422, problem=problem, typed=typed)

    def state(self, request: Request, language: Language, form: Form) -> Response:
        typed = form.get("code", "").strip()[:_CODE_LONGEST]
        status = self.desk.status(typed, request) if typed else None
        if status is None:
            return self._code_again(language, typed)
        return self._page("status", language, "code", state=status.value, code=typed, problem="")

    def consents(self, request: Request, language: Language, form: Form) -> Response:
        """What is allowed to whom, each with a box to take it back; boxes that are ticked take effect."""
        typed = form.get("code", "").strip()[:_CODE_LONGEST]
        ticked = {int(name[5:]) for name in form if name.startswith("take-") and name[5:].isdecimal()}
        if ticked and typed:
            self.desk.withdraw_consents(typed, ticked, datetime.now(UTC).date(), request)
        held = self.desk.consents(typed, request) if typed else None
        if held is None:
            return self._code_again(language, typed)
        asked = {given: name.removeprefix("consent_") for name, given in CONSENTS.items()}
        rows = [
            (place, asked[consent.purpose, consent.recipient], consent)
            for place, consent in enumerate(held)
            if (consent.purpose, consent.recipient) in asked
        ]
        return self._page("consents", language, "code", rows=rows, code=typed, changed=bool(ticked))

    def withdraw(self, request: Request, language: Language, form: Form) -> Response:
        typed = form.get("code", "").strip()[:_CODE_LONGEST]
        if not form.get("sure"):
            status = self.desk.status(typed, request) if typed else None
            if status is None:
                return self._code_again(language, typed)
            return self._page(
                "status", language, "code", 422, state=status.value, code=typed, problem="withdraw_tick"
            )
        if not typed or not self.desk.withdraw(typed, request):
            return self._code_again(language, typed)
        return self._page("withdrawn", language, "")


def _own_form(language: str) -> dict[str, Any]:
    """Where the public form goes; without a sign-in there is no token."""
    return {"action": f"/{language}/request", "csrf": ""}


def apply_button(draft: Draft, act: str) -> bool:
    """Does what a button of the form says to the cards; False when it is no such button."""
    verb, _, number = act.partition(":")
    if verb in ("add", "add_nameless"):
        draft.add_person(nameless=verb == "add_nameless")
    elif verb == "remove" and number.isascii() and number.isdigit():
        draft.remove_person(int(number[:3]))
    else:
        return False
    return True


def public_values(language: str, place: str) -> dict[str, Any]:
    """What every public page shows around its content."""
    return {
        "t": words_of(language),
        "languages": [words_of(other) for other in LANGUAGES],
        "place": place,
        "leave": LEAVE[language],
    }


def form_choices(t: Words) -> dict[str, Any]:
    """The select boxes and questions of the form in the words of one language."""
    return {
        "roles": [("", t("request.you_relation_choose"))]
        + [(role.value, t(f"request.role_{role.value}")) for role in SoughtRole],
        "relations": [(relation.value, t(f"relation.{relation.value}")) for relation in RELATIONS],
        "consents": [(name, name.removeprefix("consent_")) for name in CONSENTS],
        "most_people": MAX_PEOPLE,
    }


def qr_of(code: str) -> Markup:
    """The code as an inline picture, black on white, without any style attribute."""
    picture = io.BytesIO()
    segno.make_qr(code, error="m").save(
        picture, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=3, light="#fff"
    )
    return Markup(picture.getvalue().decode())  # noqa: S704 - made by the QR writer from letters and digits
