"""How good a list is: counts that tell a clerk what to ask the sender for. No person can be read from them.

Placeholders (children who are only counted) are counted by themselves and take part in nothing else.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from schemas.base import Value
from schemas.registry import DetaineeRecord
from schemas.vocabulary import AgeMethod, Certainty, DatePrecision, NameRole, Relation, Sex
from service.imports import RowProblem, Severity

GROWN = 18  # years
_MOTHERLY = 14  # years; a woman of a household who may be somebody's mother
# Fifteen and forty years in a row: each fifth age ends in 0 or 5, unless ages were guessed.
CHILDREN, ADULTS = range(3, 18), range(23, 63)
FEWEST = 20  # people; of fewer the index says nothing
_CHILD = (Relation.SON, Relation.DAUGHTER, Relation.CHILD, Relation.GRANDCHILD)


class Heaping(Value):
    """Ages told in years that end in 0 or 5, among all told between two ages. `index`: 100 is what one
    expects; 500 is the most. Whipple's index where the ages are 23 to 62.
    """

    youngest: int
    oldest: int
    people: int
    on_0_or_5: int

    @property
    def index(self) -> int | None:
        """None where too few people have such an age."""
        return round(500 * self.on_0_or_5 / self.people) if self.people >= FEWEST else None


class ListQuality(Value):
    """Numbers of people unless another thing is named."""

    people: int
    counted_only: int  # children without a row of their own
    households: int
    in_no_household: int
    without_name: int
    only_kunya: int
    without_age: int  # neither a birth nor an age that was understood
    age_estimated: int
    year_only: int
    heaping: tuple[Heaping, ...]
    nationality_unknown: int
    nationality_doubtful: int
    children: int
    children_without_mother: int  # their row names none, and no grown woman stands in their household
    rows_lost: int  # rows that gave no record
    rows_in_part: int  # rows of which something was not understood


def quality_of(records: Sequence[DetaineeRecord], problems: Iterable[RowProblem], today: date) -> ListQuality:
    """The report on one reading of a list. `today`: for ages on a list whose own day is not known."""
    people = [_dated(record, today) for record in records if not record.placeholder]
    told = list(problems)
    children = [record for record in people if _is_child(record)]
    women = _women(people)
    nationalities = Counter(_nationality(record) for record in people)
    return ListQuality(
        people=len(people),
        counted_only=len(records) - len(people),
        households=len({(r.sheet, r.household_id) for r in people if r.household_id}),
        in_no_household=sum(1 for r in people if not r.household_id),
        without_name=sum(1 for r in people if not r.person.names),
        only_kunya=sum(1 for r in people if _only_kunya(r)),
        without_age=sum(1 for r in people if not any(b.earliest and b.latest for b in r.person.births)),
        age_estimated=sum(1 for r in people if _has(r, AgeMethod.STAFF_ESTIMATE)),
        year_only=sum(1 for r in people if any(b.precision is DatePrecision.YEAR for b in r.person.births)),
        heaping=tuple(_heaping(people, ages) for ages in (CHILDREN, ADULTS)),
        nationality_unknown=nationalities["unknown"],
        nationality_doubtful=nationalities["doubtful"],
        children=len(children),
        children_without_mother=sum(1 for r in children if not _mother(r, women)),
        rows_lost=len({(p.sheet, p.row) for p in told if p.severity is Severity.ERROR}),
        rows_in_part=len({(p.sheet, p.row) for p in told if p.severity is Severity.WARNING}),
    )


def _dated(record: DetaineeRecord, today: date) -> DetaineeRecord:
    return record if record.list_date else record.model_copy(update={"list_date": today})


def _has(record: DetaineeRecord, method: AgeMethod) -> bool:
    return any(birth.method is method for birth in record.person.births)


def _only_kunya(record: DetaineeRecord) -> bool:
    roles = {name.role for name in record.person.names}
    return roles == {NameRole.KUNYA}


def _nationality(record: DetaineeRecord) -> str:
    said = record.person.nationalities
    if not said:
        return "unknown"
    return "known" if any(one.certainty is Certainty.STATED for one in said) else "doubtful"


def _age(record: DetaineeRecord) -> int | None:
    """The least age in completed years on the day of the list."""
    days = [birth.latest for birth in record.person.births if birth.latest]
    return _years(max(days), record.list_date) if days and record.list_date else None


def _years(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _told_in_years(record: DetaineeRecord) -> int | None:
    """An age that was told as such; births are not heaped on ages."""
    ages = [b for b in record.person.births if b.precision in (DatePrecision.AGE, DatePrecision.ABOUT)]
    whole = [b for b in ages if b.earliest and b.latest and (b.latest - b.earliest).days in (364, 365)]
    return _age(record) if whole and len(whole) == len(record.person.births) else None


def _heaping(people: Sequence[DetaineeRecord], ages: range) -> Heaping:
    told = [age for record in people if (age := _told_in_years(record)) is not None and age in ages]
    heaped = sum(1 for age in told if age % 5 == 0)
    return Heaping(youngest=ages[0], oldest=ages[-1], people=len(told), on_0_or_5=heaped)


def _is_child(record: DetaineeRecord) -> bool:
    age = _age(record)
    return age < GROWN if age is not None else record.relation_to_head in _CHILD


def _women(people: Sequence[DetaineeRecord]) -> dict[tuple[str, str], set[str]]:
    """By household, the records of women who may be mothers there."""
    women: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in people:
        age = _age(record)
        grown = age >= _MOTHERLY if age is not None else record.relation_to_head is Relation.HEAD
        if record.household_id and record.person.sex is Sex.FEMALE and grown:
            women[record.sheet, record.household_id].add(record.record_id)
    return women


def _mother(child: DetaineeRecord, women: dict[tuple[str, str], set[str]]) -> bool:
    if any(kin.name for kin in child.person.kin_named(Relation.MOTHER)):
        return True
    household = women.get((child.sheet, child.household_id or ""), set())
    return bool(household - {child.record_id})
