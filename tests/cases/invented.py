"""Invented people, requests and records for tests of the store, the cases and the jobs."""

from datetime import date

from schemas.person import BirthInterval, KinName, Person, PersonName
from schemas.registry import Cell, DetaineeRecord
from schemas.tracing import Consent, Contact, Enquirer, SoughtPerson, TracingRequest
from schemas.vocabulary import (
    ConsentPurpose,
    ConsentRecipient,
    NameRole,
    Relation,
    Sex,
    SoughtRole,
)

GIVEN = ("Zarema", "Malika", "Amina", "Khava", "Petimat", "Ruslan", "Adam", "Ilyas", "Aslan", "Musa")
SURNAMES = ("Tsurkaeva", "Dargimova", "Betelieva", "Almurzaeva", "Gurchieva", "Sholtaeva", "Naibova")

CONSENT = Consent(purpose=ConsentPurpose.MATCHING, recipient=ConsentRecipient.HOMEWARD, given=True)


def name(number: int) -> str:
    return f"{GIVEN[number % len(GIVEN)]} {SURNAMES[number // len(GIVEN) % len(SURNAMES)]}"


def person(full: str, year: int = 2012, mother: str = "") -> Person:
    kin = (KinName(relation=Relation.MOTHER, name=PersonName(text=mother)),) if mother else ()
    return Person(
        names=(PersonName(text=full, role=NameRole.FULL),),
        sex=Sex.UNKNOWN,
        births=(BirthInterval(earliest=date(year, 1, 1), latest=date(year, 12, 31), raw=str(year)),),
        kin=kin,
    )


def request(number: int = 0, *, full: str = "", consent: bool = True, people: int = 1) -> TracingRequest:
    """A grandmother's request for `people` children, the first of them `full` or the number's name."""
    sought = tuple(
        SoughtPerson(
            person_id=f"P{n + 1}",
            role=SoughtRole.CHILD,
            person=person(full if full and n == 0 else name(number + n), 2008 + (number + n) % 12),
        )
        for n in range(people)
    )
    return TracingRequest(
        request_id="draft",
        enquirer=Enquirer(
            name=PersonName(text=f"Enquirer {name(number + 31)}"),
            relation=Relation.GRANDMOTHER,
            contact=Contact(telephone=f"+000 555 {number:04d}"),
        ),
        sought=sought,
        consents=(CONSENT,) if consent else (),
    )


def record(number: int, *, full: str = "", year: int = 0) -> DetaineeRecord:
    written = full or name(number)
    return DetaineeRecord(
        record_id=f"draft-{number}",
        list_id="draft",
        row=number + 2,
        person=person(written, year or 2008 + number % 12),
        cells=(Cell(heading="Name", text=written),),
    )
