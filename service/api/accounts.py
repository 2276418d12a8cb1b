"""Accounts and machine keys, for administrators. Administrators see no cases."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from starlette.responses import Response

from schemas.base import Value
from service.api.answers import CHANGE, STAFF
from service.api.bodies import StrictJsonRoute
from service.api.parts import Expected, Id, TheStore, body_with, tag
from service.cases import accounts, machine_keys
from service.security.access import Operation
from service.security.actors import Actor, Role
from service.security.api_keys import NewKey
from service.security.gate import allowed
from service.store.columns import now

router = APIRouter(prefix="/api/v1", tags=["accounts"], route_class=StrictJsonRoute, responses=STAFF)
Administrator = Annotated[Actor, Depends(allowed(Operation.MANAGE_ACCOUNTS))]
KeyKeeper = Annotated[Actor, Depends(allowed(Operation.MANAGE_API_KEYS))]


class AccountBody(Value):
    """A new account; the person changes the password after the first sign-in."""

    model_config = body_with({"login": "reviewer-2", "password": "a long sentence", "roles": ["reviewer"]})

    login: Annotated[str, Field(min_length=3, max_length=120)]
    password: Annotated[str, Field(max_length=256)]
    roles: Annotated[frozenset[Role], Field(min_length=1)]


class AccountChange(Value):
    """What to change; what is left out stays."""

    model_config = body_with({"roles": ["reviewer", "intake"]}, {"disabled": True})

    roles: Annotated[frozenset[Role], Field(min_length=1)] | None = None
    disabled: bool | None = None


class AccountAnswer(BaseModel):
    account_id: str
    login: str
    roles: list[Role]
    disabled: bool
    second_factor: bool
    created_at: datetime
    version: int

    @classmethod
    def of(cls, view: accounts.AccountView) -> "AccountAnswer":
        told = {name: getattr(view, name) for name in cls.model_fields}
        return cls(**told | {"roles": sorted(view.roles)})


class AccountPage(BaseModel):
    items: list[AccountAnswer]


class KeyBody(Value):
    """A key for a machine client."""

    model_config = body_with({"label": "case system", "scopes": ["request:enter"], "days": 365})

    label: Annotated[str, Field(min_length=1, max_length=120)]
    scopes: Annotated[frozenset[str], Field(min_length=1, max_length=40)]
    days: Annotated[int, Field(ge=1, le=730)] = 365


class KeyIssued(BaseModel):
    """`secret` is shown once and kept nowhere; send it as `Authorization: Bearer`."""

    key_id: str
    prefix: str
    secret: str


class KeyAnswer(BaseModel):
    key_id: str
    label: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class KeyPage(BaseModel):
    items: list[KeyAnswer]


@router.post("/accounts", status_code=201, summary="Add an account", responses=CHANGE)
def add_account(
    actor: Administrator, store: TheStore, body: AccountBody, response: Response
) -> AccountAnswer:
    """A login is unique, so that a repetition is answered 409 and adds nothing."""
    new = accounts.NewAccount(body.login, body.password, body.roles)
    with store.begin() as work:
        view = accounts.add_account(work, actor, new)
    tag(response, view.version)
    return AccountAnswer.of(view)


@router.get("/accounts", summary="List accounts")
def list_accounts(actor: Administrator, store: TheStore) -> AccountPage:
    with store.read() as work:
        found = accounts.list_accounts(work, actor)
    return AccountPage(items=[AccountAnswer.of(view) for view in found])


@router.get("/accounts/{account_id}", summary="Read an account")
def read_account(actor: Administrator, store: TheStore, account_id: Id, response: Response) -> AccountAnswer:
    with store.read() as work:
        view = accounts.read_account(work, actor, account_id)
    tag(response, view.version)
    return AccountAnswer.of(view)


@router.patch("/accounts/{account_id}", summary="Change roles, close or open an account", responses=CHANGE)
def change_account(
    actor: Administrator,
    store: TheStore,
    account_id: Id,
    body: AccountChange,
    expected: Expected,
    response: Response,
) -> AccountAnswer:
    """Works at the account's next request; its sign-ins end."""
    with store.begin() as work:
        view = accounts.read_account(work, actor, account_id)
        if body.roles is not None:
            view = accounts.set_roles(work, actor, account_id, body.roles, expected)
        if body.disabled is not None:
            known = expected if body.roles is None else view.version
            view = accounts.set_disabled(work, actor, account_id, body.disabled, known)
    tag(response, view.version)
    return AccountAnswer.of(view)


@router.post("/api-keys", status_code=201, summary="Issue a key for a machine client")
def issue_key(actor: KeyKeeper, store: TheStore, body: KeyBody) -> KeyIssued:
    new = NewKey(body.label, body.scopes, now() + timedelta(days=body.days))
    with store.begin() as work:
        made = machine_keys.issue(work, actor, new)
    return KeyIssued(key_id=made.key_id, prefix=made.prefix, secret=made.secret)


@router.get("/api-keys", summary="List keys")
def list_keys(actor: KeyKeeper, store: TheStore) -> KeyPage:
    with store.read() as work:
        found = machine_keys.every(work, actor)
    return KeyPage(
        items=[
            KeyAnswer(
                key_id=row.id,
                label=row.label,
                prefix=row.prefix,
                scopes=row.scopes,
                created_at=row.created_at,
                expires_at=row.expires_at,
                revoked_at=row.revoked_at,
            )
            for row in found
        ]
    )


@router.delete("/api-keys/{key_id}", status_code=204, summary="Revoke a key at once")
def revoke_key(actor: KeyKeeper, store: TheStore, key_id: Id) -> None:
    with store.begin() as work:
        machine_keys.revoke(work, actor, key_id)
