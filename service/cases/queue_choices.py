"""The lists by which a reviewer can narrow the queue."""

from dataclasses import dataclass

from service.cases.list_details import ListDetails
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store import source_lists
from service.store.states import ListState
from service.store.work import Work


@dataclass(frozen=True)
class ListChoice:
    """A published list by its title, or its file's name where it has none."""

    list_id: str
    title: str


def list_choices(work: Work, actor: Actor) -> tuple[ListChoice, ...]:
    """The published lists of the actor's organisation by title: titles only, no rows, no report."""
    require(actor, Operation.READ_QUEUE)
    rows = source_lists.in_states(work.session, actor.organisation_id, (ListState.PUBLISHED,))
    sources = [source_lists.details(work, row, ListDetails).source for row in rows]
    found = [ListChoice(one.list_id, one.title or one.file_name or "list without a name") for one in sources]
    return tuple(sorted(found, key=lambda choice: choice.title))
