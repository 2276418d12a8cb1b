"""Invented people for the matching tests, built in one line each."""

from datetime import date

from schemas.person import BirthInterval, Identifier, KinName, Person, PersonName, Place, Statement
from schemas.registry import DetaineeRecord
from schemas.tracing import Enquirer, SoughtPerson, TracingRequest
from schemas.vocabulary import DatePrecision, NameRole, PlaceKind, Relation, Sex, SoughtRole

LIST_DATE = date(2019, 3, 1)


def born(year: int) -> BirthInterval:
    return BirthInterval(
        earliest=date(year, 1, 1), latest=date(year, 12, 31), precision=DatePrecision.YEAR, raw=str(year)
    )


def aged(years: int, as_of: date = LIST_DATE) -> BirthInterval:
    return BirthInterval(
        earliest=date(as_of.year - years - 1, as_of.month, as_of.day),
        latest=date(as_of.year - years, as_of.month, as_of.day),
        precision=DatePrecision.AGE,
        as_of=as_of,
        raw=f"{years} years",
    )


def person(**facts: object) -> Person:
    """Facts: given, surname, patronymic, full, kunya, other, father, mother, sex, birth, nationality,
    origin, held, heard=(place, day), staff_given, number."""
    names = [PersonName(text=str(facts[role.value]), role=role) for role in NameRole if role.value in facts]
    kin = [
        KinName(relation=relation, name=PersonName(text=str(facts[relation.value])))
        for relation in (Relation.FATHER, Relation.MOTHER)
        if relation.value in facts
    ]
    places = []
    if "origin" in facts:
        places.append(Place(text=str(facts["origin"]), kind=PlaceKind.ORIGIN))
    if "held" in facts:
        places.append(Place(text=str(facts["held"]), kind=PlaceKind.HELD_AT))
    if "heard" in facts:
        where, day = facts["heard"]  # type: ignore[misc]
        places.append(Place(text=where, kind=PlaceKind.LAST_KNOWN, latest=day))
    birth = facts.get("birth")
    nationality = facts.get("nationality")
    return Person(
        names=tuple(names),
        sex=Sex(facts.get("sex", "unknown")),
        births=(birth,) if isinstance(birth, BirthInterval) else (),
        kin=tuple(kin),
        nationalities=(Statement(text=str(nationality)),) if nationality else (),
        places=tuple(places),
        identifiers=(Identifier(kind="number", value=str(facts["number"])),) if "number" in facts else (),
    )


def sought(person_id: str, role: str, **facts: object) -> SoughtPerson:
    return SoughtPerson(person_id=person_id, role=SoughtRole(role), person=person(**facts))


def request(*people: SoughtPerson, request_id: str = "Q1", unnamed: int = 0) -> TracingRequest:
    return TracingRequest(request_id=request_id, enquirer=Enquirer(), sought=people, unnamed_children=unnamed)


def record(row: int, list_id: str = "L1", **facts: object) -> DetaineeRecord:
    """Record facts: household, relation, with_mother, declared, placeholder, entered, linked."""
    own = {k: facts.pop(k, None) for k in ("household", "relation", "with_mother", "declared", "entered")}
    placeholder = int(facts.pop("placeholder", 0))  # type: ignore[call-overload]
    linked = facts.pop("linked", ())
    printed = str(facts.pop("printed", ""))
    as_of = facts.pop("list_date", LIST_DATE)
    return DetaineeRecord(
        record_id=f"{list_id}:{row}:{placeholder}",
        list_id=list_id,
        row=row,
        placeholder=placeholder,
        printed_number=printed,
        person=person(**facts),
        household_id=own["household"],
        relation_to_head=own["relation"] or Relation.UNKNOWN,
        with_mother=own["with_mother"],
        declared_children=own["declared"],
        entered_on=own["entered"],
        linked_numbers=linked,
        list_date=as_of,
    )


def boys(count: int, first_row: int = 100, list_id: str = "L1") -> list[DetaineeRecord]:
    """Strangers to be told apart from: boys of common names, each with a mother and an age of his own."""
    given = ["محمد", "إبراهيم", "عبد الله", "يوسف", "عمر", "حمزة", "خالد", "بلال", "آدم", "علي"]
    mothers = ["فاطمة", "عائشة", "مريم", "زينب", "خديجة", "أمينة", "سمية"]
    surnames = ["علييف", "احمدوف", "عبدلاييف", "حسنوف", "ابراهيموف"]
    return [
        record(
            first_row + n,
            list_id,
            full=f"{given[n % 10]} {surnames[n % 5]}",
            mother=mothers[n % 7],
            sex="male",
            birth=aged(3 + n % 11),
            nationality="روسي",
        )
        for n in range(count)
    ]
