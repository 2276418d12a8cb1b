"""What is dated on either side of a link, in one order: births, places, papers, the list itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schemas.person import Person
from service.cases.link_views import LinkView
from service.pages.staff_words import spoken
from service.speech import _
from service.wording import birth, day, period


@dataclass(frozen=True)
class Moment:
    """One dated statement. `when` says how exactly it is known; `side`: enquirer, list or case."""

    first: date
    when: str
    what: str
    written: str
    side: str


def timeline(view: LinkView) -> tuple[Moment, ...]:
    """Earliest first. What has no date at all is not here: the two columns above have it."""
    found = list(_of_person(view.sought.person, "enquirer"))
    if view.request.received_on:
        found.append(_on(view.request.received_on, _("the request was received"), "case"))
    if view.record:
        found += _of_person(view.record.person, "list")
        if view.record.entered_on:
            found.append(_on(view.record.entered_on, _("entered on the list"), "list"))
    if view.source and view.source.list_date:
        found.append(
            _on(
                view.source.list_date,
                _("date of the list, edition {n}").format(n=view.source.edition),
                "list",
            )
        )
    found += [
        _on(entry.evidence.found_on, _("evidence found"), "case")
        for entry in view.history
        if entry.evidence and entry.evidence.found_on and not entry.veiled
    ]
    return tuple(sorted(found, key=lambda moment: (moment.first, moment.side)))


def _on(when: date, what: str, side: str) -> Moment:
    return Moment(when, day(when), what, "", side)


def _of_person(person: Person, side: str) -> Iterator[Moment]:
    for one in person.births:
        if one.earliest:
            yield Moment(one.earliest, birth(one), _("born"), one.raw, side)
    for place in person.places:
        if place.earliest:
            words = spoken(place.kind.value)
            yield Moment(place.earliest, period(place.earliest, place.latest), words, place.text, side)
