"""Detainee lists as delivered, and the people on them."""

from datetime import date
from typing import Annotated

from pydantic import Field

from schemas.base import Value
from schemas.person import Person
from schemas.tracing import Identity
from schemas.vocabulary import Relation


class SourceList(Value):
    """Provenance of one delivered file in one edition."""

    list_id: Identity
    title: str = ""
    file_name: str = ""
    organisation: str = ""
    list_date: date | None = None  # the as-of date of every age on the list
    list_date_guessed: bool = False  # True: taken from the content (latest date seen), not told
    place: str = ""
    recorder: str = ""
    languages: tuple[str, ...] = ()
    edition: int = 1
    supersedes: str | None = None  # list_id of the edition before


class Cell(Value):
    """One cell of the row as delivered: the heading of its column and the text in it."""

    heading: str
    text: str


class DetaineeRecord(Value):
    """One person of one row of a source list.

    A row that says "and 3 children" gives its own person and three placeholders: same `row`,
    `placeholder` 1, 2, 3, and no name.
    """

    record_id: Identity
    list_id: Identity
    sheet: str = ""
    row: Annotated[int, Field(ge=1)]  # as a spreadsheet shows it: the first line of the file is 1
    placeholder: int = 0  # 0: the person of the row; 1..n: a counted, unnamed member of the household
    printed_number: str = ""  # the row number printed on the list; not an identity
    person: Person
    household_id: str | None = None  # unique within the list; None: the list does not say
    household_basis: str = ""  # "list number", "mother's name", "note", "count of children" ...
    relation_to_head: Relation = Relation.UNKNOWN
    relation_as_written: str = ""
    with_mother: bool | None = None  # "مع الام", "With mother"
    mother_elsewhere: bool | None = None  # "الام في السجن"
    declared_children: int | None = None  # "لديها ٥ اطفال", "+3 zarok"
    linked_numbers: tuple[str, ...] = ()  # printed numbers or ids of relatives named in the notes
    entered_on: date | None = None
    list_date: date | None = None
    cells: tuple[Cell, ...] = ()  # the row as delivered
