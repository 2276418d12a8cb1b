"""What is said of one human being: names, birth, places, kin, each as it was written."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from schemas.base import Value
from schemas.vocabulary import (
    AgeMethod,
    Calendar,
    Certainty,
    DatePrecision,
    NameRole,
    PlaceKind,
    Relation,
    Script,
    Sex,
    StatedBy,
)

Text = Annotated[str, Field(min_length=1, max_length=2000)]


class Statement(Value):
    """A value exactly as written, with its script, how sure it is, who said it and when it was true."""

    text: Text
    script: Script = Script.NONE
    certainty: Certainty = Certainty.STATED
    stated_by: StatedBy = StatedBy.UNKNOWN
    as_of: date | None = None


class PersonName(Statement):
    """A written name. Several spellings of one name are several `PersonName`s of one role."""

    role: NameRole = NameRole.FULL


class Place(Statement):
    """A place as written. `as_of` is the day, or the end of the month or year, for which it was said."""

    kind: PlaceKind = PlaceKind.OTHER
    earliest: date | None = None
    latest: date | None = None


class BirthInterval(Value):
    """Birth lies in [earliest, latest], both inclusive; None leaves that end open.

    An age is turned into an interval with the `as_of` date of the list it stands on, without any
    tolerance: tolerance is a matter of comparing.
    """

    earliest: date | None = None
    latest: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    calendar: Calendar = Calendar.GREGORIAN
    method: AgeMethod = AgeMethod.UNKNOWN
    as_of: date | None = None
    raw: Annotated[str, Field(max_length=2000)] = ""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError("the earliest day of birth lies after the latest one")
        return self


class KinName(Value):
    """A relative of the person, as named by the person's record: father, mother, husband ..."""

    relation: Relation
    name: PersonName | None = None  # None: the relative is mentioned without a name
    alive: bool | None = None
    note: str = ""


class Identifier(Value):
    """A number given by an agency: `kind` names the column or scheme, e.g. `case_id`, `tent`."""

    kind: str
    value: Text


class Person(Value):
    """What one source says of one person. Several `births` are several statements, never merged."""

    names: tuple[PersonName, ...] = ()
    sex: Sex = Sex.UNKNOWN
    sex_as_written: str = ""
    births: tuple[BirthInterval, ...] = ()
    kin: tuple[KinName, ...] = ()
    nationalities: tuple[Statement, ...] = ()  # nationality, ethnicity and nisba words, as written
    languages: tuple[Statement, ...] = ()
    places: tuple[Place, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    marks: tuple[Statement, ...] = ()  # scars and the like: for the reviewer, never weighed
    notes: tuple[Statement, ...] = ()

    def written(self, *roles: NameRole) -> tuple[str, ...]:
        """The names of the given roles as written, in order; all names when no role is given."""
        return tuple(n.text for n in self.names if not roles or n.role in roles)

    @property
    def headline(self) -> str:
        """How a reviewer sees the person named: the full name, else its parts in order, else any name."""
        full = self.written(NameRole.FULL)
        order = (NameRole.SURNAME, NameRole.GIVEN, NameRole.PATRONYMIC)
        parts = " ".join(name for role in order for name in self.written(role)[:1])
        return full[0] if full else parts or next(iter(self.written()), "")

    def kin_named(self, relation: Relation) -> tuple[KinName, ...]:
        return tuple(k for k in self.kin if k.relation == relation)
