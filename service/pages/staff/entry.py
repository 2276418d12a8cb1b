"""A request entered on a relative's behalf: the public form inside the staff frame."""

import secrets
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from schemas.vocabulary import Channel
from service import speech
from service.cases import intake
from service.pages.forms import posted
from service.pages.public.desk import Desk
from service.pages.public.draft import Draft, read_draft
from service.pages.public.form_pages import apply_button, form_choices
from service.pages.public.qr import qr_of
from service.pages.public.reading import Filing, Reading, read_form
from service.pages.staff.frame import staff_page
from service.pages.words import words_of
from service.security.access import Operation
from service.security.actors import Actor
from service.security.codes import show_code
from service.security.gate import allowed, store_of
from service.speech import _, marked

router = APIRouter(prefix="/staff/requests")
Clerk = Annotated[Actor, Depends(allowed(Operation.ENTER_REQUEST))]
# languages that relatives speak; "" is not told
SPOKEN_LANGUAGES = {
    "": marked("not told"),
    "ru": marked("Russian"),
    "ce": marked("Chechen"),
    "av": marked("Avar"),
    "inh": marked("Ingush"),
    "uz": marked("Uzbek"),
    "tg": marked("Tajik"),
    "ky": marked("Kyrgyz"),
    "kk": marked("Kazakh"),
    "az": marked("Azerbaijani"),
    "tr": marked("Turkish"),
    "ar": marked("Arabic"),
    "fr": marked("French"),
    "de": marked("German"),
    "en": marked("English"),
}
CAME_BY = {
    Channel.NGO: marked("in the office"),
    Channel.PHONE: marked("by telephone"),
    Channel.LETTER: marked("by letter"),
}
ADDRESS = "/staff/requests/new"


@router.get("/new", dependencies=[Depends(allowed(Operation.ENTER_REQUEST))])
def empty(request: Request) -> Response:
    return _form(request, Draft(), Reading())


@router.post("/new")
def post(request: Request, actor: Clerk, form: Annotated[dict[str, str], Depends(posted)]) -> Response:
    draft = read_draft(form)
    act = form.get("do", "check")
    if not apply_button(draft, act) and act in ("check", "send"):
        return _check_or_send(request, actor, draft, send=act == "send")
    return _form(request, draft, Reading())


def _form(request: Request, draft: Draft, reading: Reading) -> Response:
    status = 422 if reading.problems else 200
    return _page(request, "entry", status, draft=draft, reading=reading)


def _check_or_send(request: Request, actor: Actor, draft: Draft, *, send: bool) -> Response:
    today = datetime.now(UTC).date()
    reading = read_form(draft, Filing(secrets.token_hex(16), today, *_told(draft)))
    if reading.request is None:
        return _form(request, draft, reading)
    if not send:
        return _page(request, "entry_check", 200, draft=draft)
    with store_of(request).begin() as work:
        receipt = intake.file_request(work, actor, reading.request, draft.key)
    code = show_code(receipt.code)
    return _page(request, "entry_receipt", 201, code=code, qr=qr_of(code), request_id=receipt.request_id)


def _told(draft: Draft) -> tuple[str, Channel]:
    """The relative's language and the way the request came, as the clerk chose them."""
    language, channel = draft.family["language"], draft.family["channel"]
    came_by = Channel(channel) if channel in CAME_BY else Channel.NGO
    return language if language in SPOKEN_LANGUAGES else "", came_by


def _page(request: Request, template: str, status: int, **values: object) -> Response:
    t = words_of(speech.language())
    host = Desk(store_of(request)).host()
    shown: dict[str, object] = {"code": "", "version": "", "at": "", "office": _office()}
    shown |= form_choices(t) | values
    return staff_page(request, template, status, t=t, host=host, action=ADDRESS, **shown)


def _office() -> dict[str, object]:
    """What only the clerk's form asks; it stands between the relative's questions."""
    return {
        "language": _("Language of the relative"),
        "languages": [(code, _(name)) for code, name in SPOKEN_LANGUAGES.items()],
        "channel": _("How the request came"),
        "channels": [(channel.value, _(words)) for channel, words in CAME_BY.items()],
    }
