"""Around every staff page: who is signed in, what the person may open, the token for forms."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.errors import Forbidden
from service.pages.rendering import render
from service.pages.staff_language import tongues_of
from service.security.access import Operation, may
from service.security.actors import Actor
from service.security.headers import STAFF_POLICY
from service.security.sessions import SignedIn
from service.speech import marked

# address, words, and what one must be allowed for the entry to be there
_ENTRIES = (
    ("/staff", marked("Home"), Operation.READ_HOME),
    ("/staff/queue", marked("Queue"), Operation.READ_QUEUE),
    ("/staff/search", marked("Search"), Operation.SEARCH_LISTS),
    ("/staff/requests", marked("Requests"), Operation.READ_REQUEST),
    ("/staff/lists", marked("Lists"), Operation.READ_LIST),
    ("/staff/runs", marked("Matching"), Operation.READ_RUN),
    ("/staff/exports", marked("Exports"), Operation.ASK_EXPORT),
    ("/staff/statistics", marked("Statistics"), Operation.READ_STATISTICS),
    ("/staff/accounts", marked("Accounts"), Operation.MANAGE_ACCOUNTS),
    ("/staff/audit", marked("Audit"), Operation.READ_AUDIT),
)
# words for ?done=...: a page says what the form before it did
DONE = {
    "filed": marked("The request is kept."),
    "status": marked("The public status is released."),
    "asked": marked("The relative reads your question with the code."),
    "closed": marked("The request is closed."),
    "withdrawn": marked("The request is withdrawn."),
    "extended": marked("The request is kept for longer."),
    "run": marked("The matching is queued."),
    "cancelled": marked("The run is cancelled."),
    "published": marked("The list is committed; the matching is queued."),
    "discarded": marked("The preview is discarded."),
    "repeated": marked("This file was taken in before; nothing was done again."),
    "taken_back": marked("The list is taken back; its undecided links are gone."),
    "typed": marked("What you typed is kept."),
    "mapped": marked("The list was read again with your corrections."),
    "export_asked": marked("Asked for; another person decides."),
    "export_decided": marked("Your decision is kept."),
    "account": marked("The account is changed."),
    "noted": marked("Your note is kept."),
    "pictured": marked("The picture is kept, without what the camera wrote into it."),
    "judged": marked("Your judgement is kept."),
    "changed": marked(
        "Somebody changed this since you looked. Here is how it stands now; yours was not stored."
    ),
    "password": marked("Your password is changed."),
    "mail": marked("Your choice of mail is kept."),
}


@dataclass(frozen=True)
class Entry:
    address: str
    words: str
    current: bool


def signed_in_of(request: Request) -> SignedIn:
    """The sign-in that the gate found. Raises Forbidden for a machine key: pages are for people."""
    found: SignedIn | None = getattr(request.state, "signed_in", None)
    if found is None:
        raise Forbidden("pages_are_for_people", "A machine key opens the API, not these pages.")
    return found


def entries(actor: Actor, path: str) -> tuple[Entry, ...]:
    """The navigation: only what the person may open."""
    return tuple(
        Entry(address, words, path == address or (address != "/staff" and path.startswith(f"{address}/")))
        for address, words, operation in _ENTRIES
        if may(actor, operation)
    )


def staff_page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page of the staff surface with its frame."""
    found = signed_in_of(request)
    page = render(
        f"staff/{template}.html",
        status,
        tongues=tongues_of(request),
        me=found,
        csrf=found.csrf,
        entries=entries(found.actor, request.url.path),
        may=lambda operation: may(found.actor, Operation(operation)),
        done=DONE.get(request.query_params.get("done", ""), ""),
        **values,
    )
    page.headers["Content-Security-Policy"] = STAFF_POLICY
    return page


def go(address: str, done: str = "") -> Response:
    """After a form: on to a page that can be loaded again without repeating the act."""
    target = f"{address}{'&' if '?' in address else '?'}done={done}#content" if done else address
    return RedirectResponse(target, status_code=303)
