"""Cells that hold facts: sex, birth, age, nationality, places, dates, numbers."""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from schemas.person import BirthInterval, Identifier, Place
from schemas.vocabulary import AgeMethod, DatePrecision, PlaceKind, Sex, StatedBy
from service.imports.ages import AgeReading, birth_bounds, parse_age
from service.imports.dates import DateHabits, DateReading, as_birth, parse_date
from service.imports.draft import Draft, script
from service.imports.fold import even, key
from service.imports.grid import Kind
from service.imports.note_rules import count_of_children
from service.imports.numerals import spoken_number, whole_number
from service.imports.words import is_unknown, sex_of

_AGE_LIKE_DAY = date(1900, 4, 20)  # a date format on a bare number of years makes a day of early 1900


def read_sex(draft: Draft, text: str, column: int) -> None:
    draft.sex_as_written = text
    told = draft.context.sexes.get(column, {})
    draft.sex = told.get(key(text)) or sex_of(text)
    if draft.sex is Sex.UNKNOWN and not is_unknown(text):
        draft.problem("sex_not_understood", "The sex is not understood; the text is kept.", column)


def read_birth(draft: Draft, text: str, column: int, kind: Kind) -> None:
    """A date of birth, or an age that stands in its column."""
    if is_unknown(text):
        return
    reading = parse_date(text, draft.context.habits.get(column))
    if kind is Kind.DATE and reading is not None and reading.earliest < _AGE_LIKE_DAY:
        _as_number_of_days(draft, column, reading)
        return
    if reading is None:
        if parse_age(text) is not None:
            read_age(draft, text, column, Kind.TEXT)
            return
        draft.births.append(BirthInterval(raw=text, as_of=draft.as_of))
        draft.problem(
            "birth_not_understood", "The date of birth is not understood; the text is kept.", column
        )
        return
    _add_birth(draft, text, column, reading)


def _add_birth(draft: Draft, text: str, column: int, reading: DateReading) -> None:
    birth = as_birth(reading)
    if draft.as_of is not None and birth.earliest > draft.as_of:
        draft.problem("birth_after_list", "The date of birth lies after the date of the list.", column)
    if "hijri" in birth.flags:
        draft.problem("hijri_date", "The date was read in the Islamic calendar; check the year.", column)
    if birth.order == "either" and birth.precision is DatePrecision.ABOUT:
        draft.problem(
            "day_or_month_first",
            "It is not known whether the day or the month stands first; both are allowed for.",
            column,
        )
    method = AgeMethod.STAFF_ESTIMATE if "about" in birth.flags else AgeMethod.STATED
    draft.births.append(
        BirthInterval(
            earliest=birth.earliest,
            latest=birth.latest,
            precision=birth.precision,
            calendar=birth.calendar,
            method=method,
            as_of=draft.as_of,
            raw=text,
        )
    )


def _as_number_of_days(draft: Draft, column: int, reading: DateReading) -> None:
    """1900-01-05 in a column of ages or births is the number 5 under a date format."""
    years = (reading.earliest - date(1899, 12, 31)).days
    draft.problem(
        "age_shown_as_date", "A number was shown as a date by the spreadsheet; it was read as an age.", column
    )
    read_age(draft, str(years), column, Kind.TEXT)


def read_age(draft: Draft, text: str, column: int, kind: Kind) -> None:
    if is_unknown(text):
        return
    if kind is Kind.DATE:
        _age_from_date(draft, text, column)
        return
    age = parse_age(text)
    if age is None:
        day = parse_date(text, draft.context.habits.get(column))
        if day is not None:
            _add_birth(draft, text, column, day)
            return
        draft.births.append(BirthInterval(raw=text, as_of=draft.as_of))
        draft.problem("age_not_understood", "The age is not understood; the text is kept.", column)
        return
    if column in draft.context.estimated:
        age = replace(age, about=True)
    draft.births.append(_birth_of_age(text, age, draft.as_of))


@lru_cache(5_000)
def _birth_of_age(text: str, age: AgeReading, as_of: date | None) -> BirthInterval:
    earliest, latest = birth_bounds(age, as_of) if as_of else (None, None)
    return BirthInterval(
        earliest=earliest,
        latest=latest,
        precision=DatePrecision.ABOUT if age.about else DatePrecision.AGE,
        method=AgeMethod.STAFF_ESTIMATE if age.about else AgeMethod.UNKNOWN,
        as_of=as_of,
        raw=text,
    )


def _age_from_date(draft: Draft, text: str, column: int) -> None:
    """A spreadsheet turns the age 8-9 into 8 September, and the age 5 into 5 January 1900."""
    reading = parse_date(text, DateHabits())
    if reading is None or reading.precision is not DatePrecision.DAY:
        draft.problem("age_not_understood", "The age is not understood; the text is kept.", column)
        return
    day = reading.earliest
    if day < _AGE_LIKE_DAY:
        _as_number_of_days(draft, column, reading)
    elif abs(day.day - day.month) == 1 and draft.as_of is not None and abs(day.year - draft.as_of.year) <= 5:
        draft.problem(
            "age_shown_as_date", "A range of years was turned into a date by the spreadsheet.", column
        )
        read_age(draft, f"{min(day.day, day.month)}-{max(day.day, day.month)}", column, Kind.TEXT)
    else:
        _add_birth(draft, text, column, reading)


_SPLIT = re.compile(r"\s*[/;؛,،+&]\s*|\s+[-–—]\s+|\s*\n\s*")
_BRACKETS = re.compile(r"^(.*?)\s*[(\[]([^()\[\]]*)[)\]]?\s*$")


def read_nationality(draft: Draft, text: str) -> None:
    """`Russian (Dagestan)`, `روسية / داغستان`: each word by itself, a question mark as a doubt."""
    found = _BRACKETS.match(text)
    parts = [*_SPLIT.split(found[1]), *_SPLIT.split(found[2])] if found else _SPLIT.split(text)
    for part in parts:
        bare = part.strip(" ?؟")
        if bare and not is_unknown(bare):
            draft.nationalities.append(draft.statement(bare, sure=bare == part.strip()))


def read_language(draft: Draft, text: str) -> None:
    for part in _SPLIT.split(text):
        if not is_unknown(part):
            draft.languages.append(draft.statement(part.strip()))


_FROM = re.compile(
    r"[(\[]?\s*\b(?:transferred from|moved from|from|ex|previously|formerly|переведен[аы]? из|из|"
    r"venant de|transfere\w* de|de|"
    r"ji|منقول[ةه]? من|نقل[ت]? من|قادم[ةه]? من|من|gelen|eski)\s*:?\s+([^()\[\]]+?)\s*[)\]]?\s*$"
)
_TAIL_DATE = re.compile(r"^(.*?)[\s,]+((?:[^\W\d_]+\s+)?[\d./\-]{4,10})$")


def read_place(draft: Draft, text: str, kind: PlaceKind) -> None:
    """`Roj (from al-Hol 12/2020)`: where the person is, and where they came from and when."""
    if is_unknown(text):
        return
    found = _FROM.search(even(text)) if kind is PlaceKind.HELD_AT else None
    if found and found.start() > 0:
        draft.add_place(text[: found.start()].strip(" ,;-(") or text.strip(), kind)
        _transferred(draft, text[found.start(1) : found.end(1)])
    else:
        draft.add_place(text.strip(), kind)


def _transferred(draft: Draft, text: str) -> None:
    dated = _TAIL_DATE.match(text)
    reading = parse_date(dated[2]) if dated else None
    place = (dated[1] if dated and reading else text).strip(" ,;-()")
    if not place:
        return
    draft.places.append(
        Place(
            text=place,
            script=script(place),
            kind=PlaceKind.TRANSFERRED_FROM,
            stated_by=StatedBy.LIST,
            as_of=reading.latest if reading else draft.as_of,
            latest=reading.latest if reading else None,
        )
    )


def read_entry(draft: Draft, text: str, column: int) -> None:
    """The first possible day: a bound for births and last news must not be drawn too late."""
    if is_unknown(text):
        return
    reading = parse_date(text, draft.context.habits.get(column))
    if reading is None:
        draft.problem(
            "entry_date_not_understood", "The date of entry is not understood; the text is kept.", column
        )
        return
    draft.entered_on = reading.earliest


def read_registered(draft: Draft, text: str, column: int) -> None:
    reading = parse_date(text, draft.context.habits.get(column))
    if reading is None:
        draft.problem(
            "registration_date_not_understood", "The date of registration is not understood.", column
        )
    elif reading.precision in (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.ABOUT):
        draft.registered_on = reading.latest


def read_identifier(draft: Draft, text: str, kind: str) -> None:
    if not is_unknown(text):
        draft.identifiers.append(Identifier(kind=kind, value=text.strip()))


def read_count(draft: Draft, text: str, column: int, whole_family: bool) -> None:
    """How many children, or how many people, the row's household has."""
    if is_unknown(text):
        return
    number = whole_number(text)
    number = _spoken_count(text) if number is None else number
    if number is None or number > 30:
        draft.problem("count_not_understood", "The number is not understood; the text is kept.", column)
    elif not whole_family:
        draft.declared_children = max(number, draft.declared_children or 0)
        draft.counted_children = number


def _spoken_count(text: str) -> int | None:
    """`three`, `one child`, `طفل واحد`, `طفلان`."""
    words = text.split()
    numbers = [n for word in words if (n := spoken_number(word)) is not None]
    if len(numbers) == 1 and len(words) <= 3:
        return numbers[0]
    found = count_of_children(text)
    return found.count if found and not numbers else None
