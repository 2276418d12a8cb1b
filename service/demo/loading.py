"""Fills a demonstration by the same acts as people would: accounts, lists, requests, matching."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from service.cases import accounts, intake, lists
from service.demo.examples import LATER_EDITION, LISTS, ExampleList
from service.demo.requests import example_requests
from service.demo.reviewing import STORIES, review
from service.demo.workspace import ACCOUNTS, ORGANISATION, Workspace
from service.imports import ReadOptions
from service.jobs.worker import Worker
from service.security.actors import Actor
from service.store import organisations
from service.store.work import Store

Step = Callable[[], None]


@dataclass(frozen=True)
class Task:
    """One visible part of the loading: `run` calls its argument `total` times."""

    title: str
    total: int
    run: Callable[[Step], None]


def tasks(store: Store, workspace: Workspace) -> tuple[Task, ...]:
    """What fills an empty store, in this order."""
    actors: dict[str, Actor] = {}
    filed: dict[str, str] = {}  # request_id of the example -> id under which it was filed
    requests = example_requests()

    def make_accounts(step: Step) -> None:
        actors.update(_make_accounts(store, workspace, step))

    def import_lists(step: Step) -> None:
        for example in LISTS:
            _import(store, actors["demo-importer"], example)
            step()
        _preview(store, actors["demo-importer"], LATER_EDITION)
        step()

    def file_requests(step: Step) -> None:
        for request in requests:
            with store.begin() as work:
                receipt = intake.file_request(work, actors["demo-intake"], request)
            filed[request.request_id] = receipt.request_id
            step()

    return (
        Task("Making accounts", len(ACCOUNTS), make_accounts),
        Task("Importing lists", len(LISTS) + 1, import_lists),
        Task("Filing requests", len(requests), file_requests),
        Task("Matching (compiles for a minute, once)", len(requests), partial(_match, store)),
        Task("Reviewing", len(STORIES), lambda step: review(store, actors["demo-reviewer"], filed, step)),
    )


def _make_accounts(store: Store, workspace: Workspace, step: Step) -> dict[str, Actor]:
    """The administrator comes from the command line, all others from the administrator."""
    made: dict[str, Actor] = {}
    administrator: Actor | None = None
    for login, roles in ACCOUNTS.items():
        new = accounts.NewAccount(login, workspace.passwords[login], frozenset(roles))
        with store.begin() as work:
            if administrator is None:
                home = organisations.add(work.session, ORGANISATION, receives_public=True).id
                view = accounts.create(work, home, new, None)
            else:
                view = accounts.add_account(work, administrator, new)
        made[login] = Actor(view.account_id, view.organisation_id, view.roles)
        administrator = administrator or made[login]
        step()
    return made


def _import(store: Store, importer: Actor, example: ExampleList) -> None:
    """Preview and publish. A row that was not understood stops the demonstration: it would mislead."""
    list_id = _preview(store, importer, example)
    with store.begin() as work:
        lists.commit_list(work, importer, list_id)


def _preview(store: Store, importer: Actor, example: ExampleList) -> str:
    options = ReadOptions(list_date=example.list_date, encoding=example.encoding)
    upload = lists.Upload(example.path.read_bytes(), example.file_name, options, example.title)
    return lists.preview_list(store, importer, upload).list_id


def _match(store: Store, step: Step) -> None:
    """Work off all that filing has queued: one chunk for each request."""
    worker = Worker(store)
    while worker.step():
        step()
