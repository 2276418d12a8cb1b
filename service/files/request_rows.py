"""One row of the requests file into one sought person, with what was not understood in it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from matching.names.script import script_of
from schemas.person import BirthInterval, KinName, Person, PersonName, Place, Statement
from schemas.tracing import SoughtPerson
from schemas.vocabulary import NameRole, PlaceKind, Relation, Sex, SoughtRole, StatedBy
from service.files.columns import Heading
from service.files.partial_dates import read_date
from service.files.problems import RequestProblem
from service.files.table import Row

T = TypeVar("T")
MAX_TEXT = 2000
MAX_ID = 64
ROLES = {
    "mother": SoughtRole.MOTHER,
    "father": SoughtRole.FATHER,
    "child": SoughtRole.CHILD,
    "other": SoughtRole.OTHER,
    "мать": SoughtRole.MOTHER,
    "отец": SoughtRole.FATHER,
    "ребёнок": SoughtRole.CHILD,
    "ребенок": SoughtRole.CHILD,
    "": SoughtRole.OTHER,
}
SEXES = {
    "": Sex.UNKNOWN,
    "f": Sex.FEMALE,
    "m": Sex.MALE,
    "female": Sex.FEMALE,
    "male": Sex.MALE,
    "ж": Sex.FEMALE,
    "м": Sex.MALE,
}
_NAME_COLUMNS = (
    ("surname", NameRole.SURNAME),
    ("given_name", NameRole.GIVEN),
    ("patronymic", NameRole.PATRONYMIC),
)


class RowLost(Exception):  # noqa: N818 - caught in this package only, where it becomes a problem
    """The row cannot stand in any request."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


@dataclass
class RowReader:
    """Reads the cells of one row and remembers what it could not understand."""

    heading: Heading
    row: Row
    problems: list[RequestProblem] = field(default_factory=list)

    def text(self, column: str) -> str:
        """The cell as written; more than 2,000 characters are cut, and that is reported."""
        text = self.heading.cell(self.row, column)
        if len(text) > MAX_TEXT:
            self.report("text_cut", f"The {column} is longer than {MAX_TEXT} characters and was cut.", column)
        return text[:MAX_TEXT]

    def report(self, code: str, sentence: str, column: str) -> None:
        problem = RequestProblem(self.row.number, code, sentence, column)
        if problem not in self.problems:  # a cell may be read for two purposes
            self.problems.append(problem)

    def identity(self, column: str) -> str:
        text = self.heading.cell(self.row, column)
        if not text:
            raise RowLost(
                f"{column}_missing", f"The row has no {column}, so nobody could be told of a match."
            )
        if len(text) > MAX_ID:
            raise RowLost(f"{column}_too_long", f"The {column} is longer than {MAX_ID} characters.")
        return text

    def date(self, column: str) -> BirthInterval | None:
        written = self.text(column)
        if not written:
            return None
        found = read_date(written)
        if found is None:
            self.report(
                "date_not_understood",
                f"The {column} was not understood; write YYYY, YYYY-MM, YYYY-MM-DD or YYYY~.",
                column,
            )
        elif found.earliest and found.earliest > datetime.now(UTC).date():
            self.report("date_in_future", f"The {column} lies in the future and was left out.", column)
            return None
        return found

    def word(self, column: str, words: dict[str, T], otherwise: T) -> T:
        written = self.text(column).casefold().rstrip(".")
        if written in words:
            return words[written]
        allowed = ", ".join(word for word in words if word.isascii() and word)
        self.report(
            f"{column}_not_understood", f"The {column} is none of {allowed}; read as unknown.", column
        )
        return otherwise


def read_person(reader: RowReader) -> SoughtPerson:
    """The sought person of the row. Raises `RowLost` when the row names no person at all."""
    if any(cell.strip() for cell in reader.row.cells[reader.heading.width :]):
        raise RowLost(
            "too_many_cells",
            "The row has more cells than the heading line, so its columns may be shifted; "
            "put cells that hold a separator into quotation marks.",
        )
    names = _names(reader)
    return SoughtPerson(
        person_id=reader.identity("person_id"),
        role=reader.word("role", ROLES, SoughtRole.OTHER),
        name_known=bool(names),
        person=_person(reader, names),
    )


def _person(reader: RowReader, names: tuple[PersonName, ...]) -> Person:
    birth = reader.date("birth_date")
    raw_birth = reader.text("birth_date")
    if birth is None and raw_birth:
        birth = BirthInterval(raw=raw_birth)
    sex_written = reader.text("sex")
    return Person(
        names=names,
        sex=reader.word("sex", SEXES, Sex.UNKNOWN),
        sex_as_written=sex_written,
        births=(birth,) if birth else (),
        kin=_kin(reader),
        nationalities=_statements(reader, "nationality"),
        places=_places(reader),
        notes=_undated_place(reader),
    )


def _names(reader: RowReader) -> tuple[PersonName, ...]:
    names = [_name(reader.text(column), role) for column, role in _NAME_COLUMNS if reader.text(column)]
    others = reader.text("other_names").replace("؛", ";").split(";")
    names += [_name(other.strip(), NameRole.OTHER) for other in others if other.strip()]
    return tuple(names)


def _name(text: str, role: NameRole) -> PersonName:
    return PersonName(text=text, role=role, script=script_of(text), stated_by=StatedBy.RELATIVE)


def _kin(reader: RowReader) -> tuple[KinName, ...]:
    columns = (("father_name", Relation.FATHER), ("mother_name", Relation.MOTHER))
    return tuple(
        KinName(relation=relation, name=_name(reader.text(column), NameRole.FULL))
        for column, relation in columns
        if reader.text(column)
    )


def _statements(reader: RowReader, column: str) -> tuple[Statement, ...]:
    text = reader.text(column)
    if not text:
        return ()
    return (Statement(text=text, script=script_of(text), stated_by=StatedBy.RELATIVE),)


def _places(reader: RowReader) -> tuple[Place, ...]:
    places = []
    if origin := reader.text("origin"):
        places.append(_place(origin, PlaceKind.ORIGIN, None))
    if last := reader.text("last_known_place"):
        places.append(_place(last, PlaceKind.LAST_KNOWN, reader.date("last_known_date")))
    return tuple(places)


def _place(text: str, kind: PlaceKind, seen: BirthInterval | None) -> Place:
    return Place(
        text=text,
        kind=kind,
        script=script_of(text),
        stated_by=StatedBy.RELATIVE,
        earliest=seen.earliest if seen else None,
        latest=seen.latest if seen else None,
        as_of=seen.latest if seen else None,
    )


def _undated_place(reader: RowReader) -> tuple[Statement, ...]:
    """A last known date without a place is kept as a note with its day."""
    written = reader.text("last_known_date")
    if not written or reader.text("last_known_place"):
        return ()
    seen = reader.date("last_known_date")
    return (Statement(text=written, stated_by=StatedBy.RELATIVE, as_of=seen.latest if seen else None),)
