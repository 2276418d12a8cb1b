"""What is compiled when it is first needed, compiled before a test that counts on an answer at once."""

import pytest

from schemas.person import Person, PersonName
from schemas.registry import DetaineeRecord


@pytest.fixture(scope="session")
def search_compiled() -> None:
    """A search by name; kept beside the program, it serves the processes that tests start too."""
    from matching.search import ListSearch, Narrowed, search

    person = Person(names=(PersonName(text="Zarema Tsurkaeva"),))
    record = DetaineeRecord(record_id="r", list_id="l", row=1, person=person)
    assert search({"l": ListSearch([record])}, "Зарема", Narrowed(), 1)
