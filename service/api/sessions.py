"""Signing in and out, one's own password and second factor."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from schemas.base import Value
from service.api.answers import STAFF
from service.api.bodies import StrictJsonRoute
from service.api.parts import TheStore, body_with
from service.cases import accounts, sign_in
from service.config import Settings
from service.security import sessions, totp
from service.security.access import Operation
from service.security.actors import Actor, Role
from service.security.gate import address_of, allowed, open_to_all

router = APIRouter(prefix="/api/v1", tags=["sign-in"], route_class=StrictJsonRoute, responses=STAFF)


class CredentialsBody(Value):
    """`code`: the six digits of the second factor, once it is set up."""

    model_config = body_with({"login": "reviewer-1", "password": "a long sentence"})

    login: Annotated[str, Field(max_length=120)]
    password: Annotated[str, Field(max_length=256)]
    code: Annotated[str, Field(max_length=12)] = ""


class SessionAnswer(BaseModel):
    """The cookie is in the headers. Send `csrf_token` as X-CSRF-Token with every change."""

    csrf_token: str
    expires_at: datetime | None
    second_factor_needed: bool


class Myself(BaseModel):
    """Who is signed in, and what for."""

    account_id: str
    organisation_id: str
    roles: list[Role]
    scopes: list[str] | None
    csrf_token: str
    second_factor_needed: bool


class PasswordBody(Value):
    model_config = body_with({"old": "a first long sentence", "new": "another long sentence"})

    old: Annotated[str, Field(max_length=256)]
    new: Annotated[str, Field(max_length=256)]


class SecretAnswer(BaseModel):
    """A proposal for a second factor; it counts once a code of it was sent back."""

    secret: str
    uri: str


class SecondFactorBody(Value):
    model_config = body_with({"secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "code": "123456"})

    secret: Annotated[str, Field(max_length=64)]
    code: Annotated[str, Field(max_length=12)]


@router.post("/sessions", status_code=201, summary="Sign in")
def open_session(
    _: Annotated[Actor, Depends(open_to_all(Operation.OPEN_SESSION))],
    request: Request,
    store: TheStore,
    body: CredentialsBody,
    response: Response,
) -> SessionAnswer:
    """Unknown names, wrong passwords and closed accounts are answered alike."""
    name = sessions.cookie_name(store.settings)
    presented = sign_in.Credentials(body.login, body.password, body.code, address_of(request))
    opened = sign_in.sign_in(store, presented, request.cookies.get(name, ""))
    give_cookie(response, store.settings, opened)
    return SessionAnswer(
        csrf_token=opened.csrf, expires_at=opened.expires_at, second_factor_needed=opened.limited
    )


@router.get("/sessions/current", summary="Who is signed in")
def read_session(
    actor: Annotated[Actor, Depends(allowed(Operation.READ_SESSION))], request: Request
) -> Myself:
    found: sessions.SignedIn | None = getattr(request.state, "signed_in", None)
    return Myself(
        account_id=actor.account_id,
        organisation_id=actor.organisation_id,
        roles=sorted(actor.roles),
        scopes=None if actor.scopes is None else sorted(actor.scopes),
        csrf_token=found.csrf if found else "",
        second_factor_needed=found.limited if found else False,
    )


@router.delete("/sessions/current", status_code=204, summary="Sign out")
def close_session(
    actor: Annotated[Actor, Depends(allowed(Operation.CLOSE_SESSION))], store: TheStore, response: Response
) -> None:
    with store.begin() as work:
        sign_in.sign_out(work, actor)
    drop_cookie(response, store.settings)


@router.put("/password", status_code=204, summary="Change one's own password")
def change_password(
    actor: Annotated[Actor, Depends(allowed(Operation.CHANGE_OWN_PASSWORD))],
    store: TheStore,
    body: PasswordBody,
    response: Response,
) -> None:
    """Ends every sign-in of the account, this one too."""
    accounts.change_own_password(store, actor, body.old, body.new)
    drop_cookie(response, store.settings)


@router.post("/second-factor/proposal", summary="A secret for an authenticator app")
def propose_second_factor(
    _: Annotated[Actor, Depends(allowed(Operation.SET_UP_SECOND_FACTOR))], request: Request
) -> SecretAnswer:
    """Nothing is kept yet."""
    secret = totp.new_secret()
    return SecretAnswer(secret=secret, uri=totp.setup_uri(secret, request.state.signed_in.login))


@router.put("/second-factor", status_code=204, summary="Set up one's second factor")
def set_up_second_factor(
    actor: Annotated[Actor, Depends(allowed(Operation.SET_UP_SECOND_FACTOR))],
    store: TheStore,
    body: SecondFactorBody,
    response: Response,
) -> None:
    """Ends every sign-in of the account; sign in again with a code."""
    with store.begin() as work:
        accounts.set_up_second_factor(work, actor, body.secret, body.code)
    drop_cookie(response, store.settings)


def give_cookie(response: Response, settings: Settings, opened: sessions.Opened) -> None:
    """The sign-in's cookie: for this host only, not for scripts, not from other sites."""
    response.set_cookie(
        sessions.cookie_name(settings),
        opened.token,
        max_age=settings.session_hours * 3600,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="strict",
    )


def drop_cookie(response: Response, settings: Settings) -> None:
    """Take the cookie back."""
    response.delete_cookie(
        sessions.cookie_name(settings),
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="strict",
    )
