"""Accounts and roles, for administrators, who see no cases."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from service.cases import accounts
from service.cases.accounts import NewAccount
from service.errors import HomewardError, PreconditionFailed
from service.pages.forms import posted_lists
from service.pages.staff.frame import go, staff_page
from service.pages.staff.ids import Id
from service.pages.staff.versions import version_of
from service.security.access import Operation
from service.security.actors import Actor, Role
from service.security.gate import allowed, store_of

router = APIRouter(prefix="/staff/accounts")
Administrator = Annotated[Actor, Depends(allowed(Operation.MANAGE_ACCOUNTS))]
Form = Annotated[dict[str, tuple[str, ...]], Depends(posted_lists)]
_ROLES = [role.value for role in Role if role is not Role.MACHINE_CLIENT]


@router.get("")
def every(request: Request, actor: Administrator) -> Response:
    return _page(request, actor)


@router.post("")
def create(request: Request, actor: Administrator, form: Form) -> Response:
    login = _one(form, "login")[:120]
    new = NewAccount(login, _one(form, "password")[:1024], _roles(form))
    return _act(request, actor, lambda: _create(request, actor, new), login)


@router.post("/{account_id}/roles")
def set_roles(request: Request, account_id: Id, actor: Administrator, form: Form) -> Response:
    def act() -> None:
        with store_of(request).begin() as work:
            accounts.set_roles(work, actor, account_id, _roles(form), _version(form))

    return _act(request, actor, act)


@router.post("/{account_id}/disabled")
def set_disabled(request: Request, account_id: Id, actor: Administrator, form: Form) -> Response:
    def act() -> None:
        with store_of(request).begin() as work:
            accounts.set_disabled(work, actor, account_id, _one(form, "disabled") == "yes", _version(form))

    return _act(request, actor, act)


def _create(request: Request, actor: Actor, new: NewAccount) -> None:
    with store_of(request).begin() as work:
        accounts.add_account(work, actor, new)


def _act(request: Request, actor: Actor, act: Callable[[], None], login: str = "") -> Response:
    """Carries out one change; a refusal is shown on the page with its reason."""
    try:
        act()
    except PreconditionFailed:
        return go("/staff/accounts", "changed")
    except HomewardError as refused:
        if refused.status not in (409, 422):
            raise
        return _page(request, actor, refused, login)
    return go("/staff/accounts", "account")


def _page(request: Request, actor: Actor, refused: HomewardError | None = None, login: str = "") -> Response:
    with store_of(request).read() as work:
        found = accounts.list_accounts(work, actor)
    return staff_page(
        request,
        "accounts",
        refused.status if refused else 200,
        accounts=found,
        roles=_ROLES,
        problem=refused.sentence if refused else "",
        login=login,
    )


def _roles(form: dict[str, tuple[str, ...]]) -> frozenset[Role]:
    return frozenset(Role(word) for word in form.get("roles", ()) if word in _ROLES)


def _one(form: dict[str, tuple[str, ...]], name: str) -> str:
    return next(iter(form.get(name, ())), "")


def _version(form: dict[str, tuple[str, ...]]) -> int:
    return version_of({"version": _one(form, "version")})
