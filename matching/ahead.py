"""What the first search and the first matching on a new machine would compile, compiled ahead.

The result stays beside the program (or in NUMBA_CACHE_DIR) for every process that comes after.
"""

from datetime import date

from matching.scale.choice import NEAREST_RECORDS
from schemas.person import BirthInterval, Person, PersonName
from schemas.registry import DetaineeRecord
from schemas.tracing import Enquirer, Relationship, SoughtPerson, TracingRequest
from schemas.vocabulary import DatePrecision, Relation, SoughtRole


def compile_search() -> None:
    """What a search by name needs."""
    from matching.list_search import ListSearch, Narrowed
    from matching.search import Lists, search

    search(Lists({"l": ListSearch(_records())}), "Зарема", Narrowed(), 1)


def compile_matching() -> None:
    """What a run, and the explanation of a link, need."""
    from matching.linker import Linker

    linker, request = Linker(_records()), _request()
    linker.rank(request)
    for _ in linker.weigh([request, request], threads=2):
        pass
    linker.explain(request, "c", "2")


def _records() -> list[DetaineeRecord]:
    """An invented mother, two children and a stranger, so often that no list is compared whole."""
    names = ("Мадина Руслановна Цуркаева", "Ibrahim Tsurkaev", "سمية تسوركايفا", "Aslan Betelgeriev")
    return [
        DetaineeRecord(
            record_id=str(row), list_id="l", row=row, person=_person(names[row % 4], 1990 + row % 4 * 10)
        )
        for row in range(1, NEAREST_RECORDS + 2)
    ]


def _request() -> TracingRequest:
    """Her mother asks for her and a grandson."""
    return TracingRequest(
        request_id="r",
        received_on=date(2024, 1, 1),
        enquirer=Enquirer(relation=Relation.GRANDMOTHER),
        sought=(
            SoughtPerson(person_id="m", role=SoughtRole.MOTHER, person=_person("Цуркаева Мадина", 1990)),
            SoughtPerson(person_id="c", role=SoughtRole.CHILD, person=_person("Цуркаев Ибрагим", 2010)),
        ),
        relationships=(Relationship(from_person="m", relation=Relation.MOTHER, to_person="c"),),
    )


def _person(name: str, year: int) -> Person:
    birth = BirthInterval(
        earliest=date(year, 1, 1), latest=date(year, 12, 31), precision=DatePrecision.YEAR, raw=str(year)
    )
    return Person(names=(PersonName(text=name),), births=(birth,))
