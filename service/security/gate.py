"""The gate in front of every route: who asks, by which proof, and whether the table allows it.

A route takes its actor from `allowed(Operation.X)`; a route of the public surface from
`open_to_all(Operation.X)`. `doors` lists every route with its guard; the application does not start
with an unguarded one.
"""

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute

from service.errors import Forbidden, Unauthenticated
from service.security import api_keys, csrf, sessions
from service.security.access import Operation, is_public, require
from service.security.actors import PUBLIC, Actor
from service.security.sessions import SignedIn
from service.store.work import Store

# what a sign-in without its second factor may do
_LIMITED = frozenset(
    {Operation.READ_SESSION, Operation.CLOSE_SESSION, Operation.CHANGE_OWN_PASSWORD}
    | {Operation.SET_UP_SECOND_FACTOR}
)
_BEARER = "bearer "


def store_of(request: Request) -> Store:
    """The opened store of the running application."""
    store: Store = request.app.state.store
    return store


def address_of(request: Request) -> str:
    """The caller's network for rate limits: an IPv4 address, or the /64 of an IPv6 address."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def signed_in(request: Request) -> SignedIn | None:
    """The living sign-in behind the cookie, or None."""
    store = store_of(request)
    token = request.cookies.get(sessions.cookie_name(store.settings), "")
    if not token:
        return None
    with store.read() as work:
        found = sessions.find_session(work, token)
    if found is not None and found.stale:
        with store.begin() as work:
            sessions.touch(work, found.actor.session_id)
    return found


def allowed(operation: Operation) -> Callable[..., Actor]:
    """The dependency of a staff route: the signed-in actor, when the table allows the operation."""

    def actor(request: Request, sent: Annotated[str, Depends(csrf.sent_token)]) -> Actor:
        return require(_authenticated(request, sent, operation), operation)

    return _marked(actor, operation)


def open_to_all(operation: Operation) -> Callable[..., Actor]:
    """The dependency of a public route. It knows nobody, signed in or not."""
    if not is_public(operation):
        raise ValueError(f"{operation} is not open to all in the authorisation table")

    def actor(request: Request) -> Actor:
        if request.method not in csrf.SAFE_METHODS:
            csrf.check_origin(request)
        return PUBLIC

    return _marked(actor, operation)


@dataclass(frozen=True)
class Door:
    """One route of the application: where, with which methods, and what guards it (None: nothing)."""

    path: str
    methods: frozenset[str]
    operation: Operation | None


def doors(routes: Sequence[BaseRoute]) -> tuple[Door, ...]:
    """Every route, those of included routers too, with its guard."""
    return tuple(
        Door(
            path=str(context.path),
            methods=frozenset(context.methods or ()),
            operation=_guard(getattr(context.original_route, "dependant", None)),
        )
        for context in iter_route_contexts(routes)
    )


def _authenticated(request: Request, sent: str, operation: Operation) -> Actor:
    header = request.headers.get("authorization", "")
    if header and request.url.path.startswith("/api/"):  # pages are for people
        return _machine(request, header)
    found = signed_in(request)
    if found is None:
        return PUBLIC
    if request.method not in csrf.SAFE_METHODS:
        csrf.check_origin(request)
        csrf.check_token(sent, found.csrf)
    if found.limited and operation not in _LIMITED:
        raise Forbidden("second_factor_needed", "Set up your second factor first, then sign in again.")
    request.state.signed_in = found
    return found.actor


def _machine(request: Request, header: str) -> Actor:
    actor = None
    if header.lower().startswith(_BEARER):
        with store_of(request).read() as work:
            actor = api_keys.find_key(work, header[len(_BEARER) :].strip())
    if actor is None:
        raise Unauthenticated(
            "key_refused",
            "This key is not valid. Ask your administrator for a new one.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return actor


def _marked(function: Callable[..., Actor], operation: Operation) -> Callable[..., Actor]:
    function.operation = operation  # type: ignore[attr-defined]  # read back by `operation_of`
    return function


def _guard(dependant: Dependant | None) -> Operation | None:
    for inner in dependant.dependencies if dependant else ():
        call: Any = inner.call
        found = getattr(call, "operation", None) or _guard(inner)
        if isinstance(found, Operation):
            return found
    return None
