"""Signing in and out, one's own password, and the second factor."""

import io
from typing import Annotated

import segno
from fastapi import APIRouter, Depends
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from service.cases import accounts, notices
from service.cases import sign_in as use_case
from service.cases.sign_in import Credentials
from service.errors import HomewardError, Unauthenticated
from service.pages.forms import posted
from service.pages.rendering import render
from service.pages.staff.frame import go, signed_in_of, staff_page
from service.pages.staff_language import tongues_of
from service.security import sessions, totp
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import address_of, allowed, open_to_all, store_of
from service.speech import marked
from service.store.work import Store

router = APIRouter(prefix="/staff")
Form = Annotated[dict[str, str], Depends(posted)]
Own = Annotated[Actor, Depends(allowed(Operation.CHANGE_OWN_PASSWORD))]
Factor = Annotated[Actor, Depends(allowed(Operation.SET_UP_SECOND_FACTOR))]
_OPEN = [Depends(open_to_all(Operation.OPEN_SESSION))]


@router.get("/sign-in", dependencies=_OPEN)
def ask(request: Request) -> Response:
    return _sign_in_page(request, done=_done(request))


@router.post("/sign-in", dependencies=_OPEN)
def sign_in(request: Request, form: Form) -> Response:
    """Right credentials lead home; a refusal never says which part was wrong."""
    store = store_of(request)
    login = form.get("login", "")[:120]
    presented = Credentials(
        login, form.get("password", "")[:1024], form.get("code", "")[:20], address_of(request)
    )
    try:
        opened = use_case.sign_in(
            store, presented, request.cookies.get(sessions.cookie_name(store.settings), "")
        )
    except Unauthenticated as refused:
        needs_code = refused.code == "code_needed"
        return _sign_in_page(request, 401, problem=refused.sentence, login=login, needs_code=needs_code)
    answer = go("/staff/second-factor" if opened.limited else "/staff")
    _set_cookie(answer, store, opened.token)
    return answer


def _sign_in_page(
    request: Request,
    status: int = 200,
    *,
    problem: str = "",
    login: str = "",
    needs_code: bool = False,
    done: str = "",
) -> Response:
    return render(
        "staff/sign_in.html",
        status,
        tongues=tongues_of(request),
        problem=problem,
        login=login,
        needs_code=needs_code,
        done=done,
    )


@router.post("/sign-out")
def sign_out(
    request: Request, actor: Annotated[Actor, Depends(allowed(Operation.CLOSE_SESSION))]
) -> Response:
    store = store_of(request)
    with store.begin() as work:
        use_case.sign_out(work, actor)
    return _signed_out(store, "signed_out")


@router.get("/me")
def me(request: Request, actor: Annotated[Actor, Depends(allowed(Operation.READ_SESSION))]) -> Response:
    return _me_page(request, actor)


@router.post("/me/mail")
def choose_mail(request: Request, actor: Own, form: Form) -> Response:
    """Where mails about what waits go; an empty address ends them."""
    try:
        with store_of(request).begin() as work:
            notices.choose_mail(work, actor, form.get("address", "").strip())
    except HomewardError as refused:
        if refused.status != 422:
            raise
        return _me_page(request, actor, 422, mail_problem=refused.sentence)
    return go("/staff/me", "mail")


def _me_page(
    request: Request, actor: Actor, status: int = 200, *, problem: str = "", mail_problem: str = ""
) -> Response:
    store = store_of(request)
    with store.read() as work:
        address = notices.wants_mail(work, actor)
    return staff_page(
        request,
        "me",
        status,
        roles=sorted(role.value for role in actor.roles),
        problem=problem,
        mails=bool(store.settings.smtp_host),
        mail_hours=store.settings.mail_hours,
        mail_problem=mail_problem,
        address=address,
    )


@router.post("/me")
def change_password(request: Request, actor: Own, form: Form) -> Response:
    """A new password ends every sign-in of the account, this one too."""
    store = store_of(request)
    try:
        if form.get("new", "") != form.get("again", ""):
            raise HomewardError("passwords_differ", "The two new passwords are not the same.", 422)
        accounts.change_own_password(store, actor, form.get("old", "")[:1024], form.get("new", "")[:1024])
    except HomewardError as refused:
        if refused.status != 422:
            raise
        return _me_page(request, actor, 422, problem=refused.sentence)
    return _signed_out(store, "password")


@router.get("/second-factor", dependencies=[Depends(allowed(Operation.SET_UP_SECOND_FACTOR))])
def show_factor(request: Request) -> Response:
    return _factor_page(request, totp.new_secret(), "")


@router.post("/second-factor")
def keep_factor(request: Request, actor: Factor, form: Form) -> Response:
    """The digits prove that the app has the secret; then the person signs in again with it."""
    store = store_of(request)
    secret = form.get("secret", "")[:64]
    try:
        with store.begin() as work:
            accounts.set_up_second_factor(work, actor, secret, form.get("code", "")[:20])
    except HomewardError as refused:
        if refused.code != "code_wrong" or len(secret) != 32:
            raise
        return _factor_page(request, secret, refused.sentence)
    return _signed_out(store, "factor")


def _factor_page(request: Request, secret: str, problem: str) -> Response:
    picture = io.BytesIO()
    uri = totp.setup_uri(secret, signed_in_of(request).login)
    segno.make_qr(uri).save(
        picture, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=3, light="#fff"
    )
    qr = Markup(picture.getvalue().decode())  # noqa: S704 - drawn by the QR writer
    return staff_page(
        request, "second_factor", 422 if problem else 200, secret=secret, qr=qr, problem=problem
    )


def _set_cookie(answer: Response, store: Store, token: str) -> None:
    answer.set_cookie(
        sessions.cookie_name(store.settings),
        token,
        max_age=store.settings.session_hours * 3600,
        path="/",
        secure=store.settings.secure_cookies,
        httponly=True,
        samesite="strict",
    )


def _signed_out(store: Store, done: str) -> Response:
    answer = go("/staff/sign-in", done)
    name, secure = sessions.cookie_name(store.settings), store.settings.secure_cookies
    answer.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="strict")
    return answer


def _done(request: Request) -> str:
    return {
        "signed_out": marked("You are signed out."),
        "password": marked("Your password is changed. Please sign in with the new one."),
        "factor": marked("Your second factor is set up. Please sign in with it."),
    }.get(request.query_params.get("done", ""), "")
