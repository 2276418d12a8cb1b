"""The main pages in the order in which people meet them: where each is, who opens it, how it is found."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

PUBLIC = ""  # opened by anybody
REVIEWER, SECOND, IMPORTER = "demo-reviewer", "demo-second", "demo-importer"
INTAKE, ADMINISTRATOR, AUDITOR = "demo-intake", "demo-admin", "demo-auditor"
Act = Callable[[Page], None]


def _nothing(page: Page) -> None:
    del page


@dataclass(frozen=True)
class Stop:
    """One page. `name` names its picture; in `address`, {language} is filled in; `act` goes on from there."""

    name: str
    title: str
    address: str
    who: str = PUBLIC
    act: Act = _nothing


def _first(selector: str) -> Act:
    def follow(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state()

    return follow


def _family(page: Page) -> None:
    """The link of a child whose household stands beside its family."""
    addresses = page.locator("ol.queue a.line").evaluate_all("all => all.map(one => one.href)")
    for address in addresses:
        page.goto(address)
        if page.locator("svg.graph").count() and page.locator("ol.evidence > li").count() > 4:
            return
    raise AssertionError("no link of the queue shows a family")


def _search(page: Page) -> None:
    page.fill("#name", "Зайнаб")
    page.select_option("#reason", "no_candidate")
    page.locator("form.filters button").click()


def _state(page: Page) -> None:
    page.fill("#code", page.evaluate("window.name"))
    page.locator("main form button").first.click()


STOPS = (
    Stop("start", "Where a relative begins", "/{language}/"),
    Stop("steps", "The request, one question at a time", "/{language}/request/steps"),
    Stop("form", "The request on one page", "/{language}/request"),
    Stop("code", "Coming back with the code", "/{language}/code"),
    Stop("help", "Help and contact", "/{language}/help"),
    Stop("privacy", "What happens to what is told", "/{language}/privacy"),
    Stop("sign-in", "Signing in", "/staff/sign-in"),
    Stop("home", "What waits", "/staff", REVIEWER),
    Stop("queue", "The queue", "/staff/queue", REVIEWER),
    Stop("link", "A link, before anybody judged it", "/staff/queue", REVIEWER, _family),
    Stop("second", "A second opinion", "/staff/queue?state=plausible", SECOND, _first("ol.queue a")),
    Stop("search", "Search", "/staff/search", REVIEWER, _search),
    Stop("requests", "Requests", "/staff/requests", REVIEWER),
    Stop("request", "A request", "/staff/requests", REVIEWER, _first("ul.queue a")),
    Stop("entry", "Entering a request for somebody", "/staff/requests/new", INTAKE),
    Stop("lists", "Lists", "/staff/lists", IMPORTER),
    Stop("preview", "A list before it is committed", "/staff/lists", IMPORTER, _first("ul.queue a")),
    Stop("list", "A committed list", "/staff/lists", IMPORTER, _first("ul.queue li:last-child a")),
    Stop("runs", "Matching", "/staff/runs", REVIEWER),
    Stop("exports", "Exports", "/staff/exports", REVIEWER),
    Stop("statistics", "Statistics", "/staff/statistics", REVIEWER),
    Stop("accounts", "Accounts", "/staff/accounts", ADMINISTRATOR),
    Stop("audit", "The audit log", "/staff/audit", AUDITOR),
    Stop("me", "One's own account", "/staff/me", REVIEWER),
)  # fmt: skip
