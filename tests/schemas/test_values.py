"""What every shared value promises: it does not change, and it refuses what it does not know."""

import importlib
import pkgutil
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import schemas
from schemas.base import Value
from schemas.person import BirthInterval, Person, PersonName
from schemas.registry import Cell, DetaineeRecord
from schemas.tracing import SoughtPerson, TracingRequest
from schemas.vocabulary import NameRole, Relation, Script


def models() -> list[type[BaseModel]]:
    """Every model that schemas/ defines."""
    found: set[type[BaseModel]] = set()
    for module in pkgutil.iter_modules(schemas.__path__, "schemas."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, BaseModel) and thing.__module__ == module.name:
                found.add(thing)
    return sorted(found, key=lambda model: model.__name__)


@pytest.mark.parametrize("model", models(), ids=lambda model: str(model.__name__))
def test_every_value_is_frozen_and_refuses_unknown_fields(model: type[BaseModel]) -> None:
    """A record cannot be changed in passing, and a misspelt field is an error, not a loss."""
    assert issubclass(model, Value)
    assert model.model_config.get("frozen") is True
    assert model.model_config.get("extra") == "forbid"
    assert all(field.annotation is not list for field in model.model_fields.values())


def test_a_value_cannot_be_changed() -> None:
    """Setting a field raises."""
    name = PersonName(text="Амина")
    with pytest.raises(ValidationError):
        name.text = "Лейла"  # type: ignore[misc]  # frozen: that is what is tested


def test_a_misspelt_field_is_refused() -> None:
    """`births` written `birth` does not silently lose the birth."""
    with pytest.raises(ValidationError):
        Person.model_validate({"birth": []})


@given(st.dates(), st.dates())
def test_a_birth_interval_is_ordered(one: date, other: date) -> None:
    """The earliest day never lies after the latest one."""
    earliest, latest = sorted((one, other))
    assert BirthInterval(earliest=earliest, latest=latest).latest == latest
    if one > other:
        with pytest.raises(ValidationError):
            BirthInterval(earliest=one, latest=other)


@given(st.dates())
def test_an_open_end_is_allowed(day: date) -> None:
    """ "Before", "after" and "unknown" are intervals with open ends."""
    assert BirthInterval(earliest=day).latest is None
    assert BirthInterval(latest=day).earliest is None
    assert BirthInterval() == BirthInterval(earliest=None, latest=None)


@given(st.text(min_size=1, max_size=40))
def test_text_is_kept_as_written(text: str) -> None:
    """No letter of what people said is changed: not its case, spaces, marks or direction characters."""
    kept = PersonName(text=text, script=Script.MIXED)
    assert kept.text == text
    assert PersonName.model_validate_json(kept.model_dump_json()).text == text


def test_a_record_survives_being_stored() -> None:
    """Written as JSON and read back, a record is equal to itself, nested tuples included."""
    record = DetaineeRecord(
        record_id="r-1",
        list_id="l-1",
        row=3,
        person=Person(
            names=(PersonName(text="أم سارة", role=NameRole.KUNYA),), births=(BirthInterval(raw="٥ سنوات"),)
        ),
        cells=(Cell(heading="الاسم", text="أم سارة"),),
    )
    assert DetaineeRecord.model_validate_json(record.model_dump_json()) == record
    assert hash(record.person) == hash(DetaineeRecord.model_validate_json(record.model_dump_json()).person)


def test_names_are_found_by_role() -> None:
    """Without a role all spellings come, in order; with roles only those."""
    person = Person(
        names=(
            PersonName(text="Фатима", role=NameRole.GIVEN),
            PersonName(text="Умм Халид", role=NameRole.KUNYA),
        )
    )
    assert person.written() == ("Фатима", "Умм Халид")
    assert person.written(NameRole.KUNYA) == ("Умм Халид",)
    assert person.kin_named(Relation.MOTHER) == ()


@pytest.mark.parametrize("count", [0, 61])
def test_a_request_names_one_to_sixty_people(count: int) -> None:
    """An empty request asks for nobody; one with hundreds is a list and has its own way in."""
    sought = tuple(SoughtPerson(person_id=f"p-{n}", person=Person()) for n in range(count))
    with pytest.raises(ValidationError):
        TracingRequest(request_id="q-1", sought=sought)


def test_rows_are_counted_as_a_spreadsheet_shows_them() -> None:
    """The first line of a file is row 1; there is no row 0."""
    with pytest.raises(ValidationError):
        DetaineeRecord(record_id="r", list_id="l", row=0, person=Person())
