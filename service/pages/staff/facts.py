"""What one source says of a person, as labelled lines for the two columns of the link page."""

from dataclasses import dataclass

from schemas.person import KinName, Person, Place
from schemas.vocabulary import NameRole, PlaceKind
from service.pages.staff_words import spoken
from service.speech import _, comma, marked
from service.wording import birth, day

_NAMES = {
    NameRole.FULL: marked("name"),
    NameRole.GIVEN: marked("given name"),
    NameRole.SURNAME: marked("surname"),
    NameRole.PATRONYMIC: marked("patronymic"),
    NameRole.KUNYA: marked("kunya"),
    NameRole.OTHER: marked("other name"),
    NameRole.STAFF_GIVEN: marked("name given by the institution"),
}
_PLACES = {
    PlaceKind.ORIGIN: marked("from"),
    PlaceKind.LAST_KNOWN: marked("last known"),
    PlaceKind.HELD_AT: marked("held at"),
    PlaceKind.FOUND_AT: marked("found at"),
    PlaceKind.TRANSFERRED_FROM: marked("transferred from"),
    PlaceKind.OTHER: marked("place"),
}


@dataclass(frozen=True)
class Fact:
    """`written` stands as the source wrote it; `note` is what we read in it."""

    label: str
    written: str
    note: str = ""


def headline(person: Person) -> str:
    """The name that stands above a column, as written; empty when none is known."""
    return person.headline


def facts(person: Person) -> tuple[Fact, ...]:
    """Everything said of the person, in the order in which a reviewer compares."""
    lines = [Fact(_(_NAMES[one.role]), one.text) for one in person.names]
    if person.sex_as_written or person.sex.value != "unknown":
        written = person.sex_as_written
        sex = spoken(person.sex.value)
        lines.append(Fact(_("sex"), written or sex, sex if written else ""))
    lines += [Fact(_("born"), one.raw, birth(one)) for one in person.births]
    lines += [_kin(one) for one in person.kin]
    lines += [Fact(_("nationality"), one.text) for one in person.nationalities]
    lines += [Fact(_("language"), one.text) for one in person.languages]
    lines += [_place(one) for one in person.places]
    lines += [Fact(spoken(one.kind), one.value) for one in person.identifiers]
    lines += [Fact(_("marks"), one.text) for one in person.marks]
    lines += [Fact(_("note"), one.text) for one in person.notes]
    return tuple(lines)


def _kin(kin: KinName) -> Fact:
    notes = [kin.note] if kin.note else []
    if kin.alive is not None:
        notes.append(_("alive") if kin.alive else _("said to be dead"))
    return Fact(
        spoken(kin.relation.value), kin.name.text if kin.name else _("not named"), comma().join(notes)
    )


def _place(place: Place) -> Fact:
    when = ""
    if place.earliest and place.latest:
        same_year = place.earliest.year == place.latest.year
        whole_year = place.earliest.month == 1 and place.latest.month == 12
        when = (
            str(place.earliest.year)
            if same_year and whole_year
            else _("until {day}").format(day=day(place.latest))
        )
    return Fact(_(_PLACES[place.kind]), place.text, when)
