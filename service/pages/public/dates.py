"""Days, months, years and ages as people type them into the form."""

import calendar
import unicodedata
from datetime import date

from schemas.person import BirthInterval
from schemas.vocabulary import AgeMethod, DatePrecision

EARLIEST_YEAR = 1900
OLDEST = 110  # years


class Unreadable(Exception):  # noqa: N818 - caught by the reader of the form, which puts it beside the field
    """`field` is the box to look at, `problem` the key of the words to show there."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field
        self.problem = problem


def whole_number(text: str) -> int | None:
    """A number in any digits (2014, ٢٠١٤, ۲۰۱۴), or None when it is none."""
    digits = [unicodedata.decimal(character, None) for character in text.strip()]
    if not digits or len(digits) > 4 or any(digit is None for digit in digits):
        return None
    return int("".join(str(digit) for digit in digits))


def read_birth(card: dict[str, str], today: date) -> BirthInterval | None:
    """What the card says of the birth; None when it says nothing. Raises `Unreadable`."""
    age_said = bool(card["age"])
    if age_said and (card["year"] or card["month"] or card["day"]):
        raise Unreadable("age", "age_and_year")
    if age_said:
        return _from_age(card, today)
    span = read_span(card["day"], card["month"], card["year"], today, ("day", "month", "year"))
    if span is None:
        return None
    precision = DatePrecision.ABOUT if card["about"] else _precision(card)
    raw = ".".join(part for part in (card["day"], card["month"], card["year"]) if part)
    return BirthInterval(
        earliest=span[0],
        latest=span[1],
        precision=precision,
        method=AgeMethod.STATED,
        raw=f"{raw}~" if card["about"] else raw,
    )


def _precision(card: dict[str, str]) -> DatePrecision:
    if card["day"]:
        return DatePrecision.DAY
    return DatePrecision.MONTH if card["month"] else DatePrecision.YEAR


def _from_age(card: dict[str, str], today: date) -> BirthInterval:
    """Age a, seen on some day of year y: born from y - a - 1 to y - a, both whole years."""
    age = whole_number(card["age"])
    if age is None or age > OLDEST:
        raise Unreadable("age", "age")
    if not card["seen"]:
        raise Unreadable("seen", "age_year")
    seen = read_year(card["seen"], today, "seen")
    return BirthInterval(
        earliest=date(seen - age - 1, 1, 1),
        latest=date(seen - age, 12, 31),
        precision=DatePrecision.AGE,
        method=AgeMethod.STATED,
        as_of=date(seen, 12, 31),
        raw=f"{card['age']} ({card['seen']})",
    )


def read_year(text: str, today: date, field: str) -> int:
    """A year from 1900 to this one. Raises `Unreadable`."""
    year = whole_number(text)
    if year is None or year < EARLIEST_YEAR:
        raise Unreadable(field, "year")
    if year > today.year:
        raise Unreadable(field, "year_future")
    return year


def read_span(
    day: str, month: str, year: str, today: date, fields: tuple[str, str, str]
) -> tuple[date, date] | None:
    """The first and the last day that the boxes allow; None when all are empty. Raises `Unreadable`."""
    day_field, month_field, year_field = fields
    if not (day or month or year):
        return None
    if not year:
        raise Unreadable(year_field, "year_needed")
    if day and not month:
        raise Unreadable(month_field, "day_month")
    y = read_year(year, today, year_field)
    if not month:
        return date(y, 1, 1), date(y, 12, 31)
    m = whole_number(month)
    if m is None or not 1 <= m <= 12:
        raise Unreadable(month_field, "month")
    last = calendar.monthrange(y, m)[1]
    if not day:
        return date(y, m, 1), date(y, m, last)
    d = whole_number(day)
    if d is None or not 1 <= d <= last or date(y, m, d) > today:
        raise Unreadable(day_field, "day")
    return date(y, m, d), date(y, m, d)
