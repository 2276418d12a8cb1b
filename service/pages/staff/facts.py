"""What one source says of a person, as labelled lines for the two columns of the link page."""

from dataclasses import dataclass

from schemas.person import KinName, Person, Place
from schemas.vocabulary import NameRole, PlaceKind
from service.pages.staff_words import spoken
from service.wording import birth, day

_NAMES = {
    NameRole.FULL: "name",
    NameRole.GIVEN: "given name",
    NameRole.SURNAME: "surname",
    NameRole.PATRONYMIC: "patronymic",
    NameRole.KUNYA: "kunya",
    NameRole.OTHER: "other name",
    NameRole.STAFF_GIVEN: "name given by the institution",
}
_PLACES = {
    PlaceKind.ORIGIN: "from",
    PlaceKind.LAST_KNOWN: "last known",
    PlaceKind.HELD_AT: "held at",
    PlaceKind.FOUND_AT: "found at",
    PlaceKind.TRANSFERRED_FROM: "transferred from",
    PlaceKind.OTHER: "place",
}


@dataclass(frozen=True)
class Fact:
    """`written` stands as the source wrote it; `note` is what we read in it, in English."""

    label: str
    written: str
    note: str = ""


def headline(person: Person) -> str:
    """The name that stands above a column, as written; empty when none is known."""
    return person.headline


def facts(person: Person) -> tuple[Fact, ...]:
    """Everything said of the person, in the order in which a reviewer compares."""
    lines = [Fact(_NAMES[one.role], one.text) for one in person.names]
    if person.sex_as_written or person.sex.value != "unknown":
        written = person.sex_as_written
        lines.append(Fact("sex", written or person.sex.value, person.sex.value if written else ""))
    lines += [Fact("born", one.raw, birth(one)) for one in person.births]
    lines += [_kin(one) for one in person.kin]
    lines += [Fact("nationality", one.text) for one in person.nationalities]
    lines += [Fact("language", one.text) for one in person.languages]
    lines += [_place(one) for one in person.places]
    lines += [Fact(spoken(one.kind), one.value) for one in person.identifiers]
    lines += [Fact("marks", one.text) for one in person.marks]
    lines += [Fact("note", one.text) for one in person.notes]
    return tuple(lines)


def _kin(kin: KinName) -> Fact:
    notes = [kin.note] if kin.note else []
    if kin.alive is not None:
        notes.append("alive" if kin.alive else "said to be dead")
    return Fact(spoken(kin.relation.value), kin.name.text if kin.name else "not named", ", ".join(notes))


def _place(place: Place) -> Fact:
    when = ""
    if place.earliest and place.latest:
        same_year = place.earliest.year == place.latest.year
        whole_year = place.earliest.month == 1 and place.latest.month == 12
        when = str(place.earliest.year) if same_year and whole_year else f"until {day(place.latest)}"
    return Fact(_PLACES[place.kind], place.text, when)
