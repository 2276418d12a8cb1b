"""Dates as written -> intervals. Strict: what is not wholly understood is None, never a guess at a day.

Every reading keeps the precision that the writing has. 1 January and 1 July stand for "the year only"
in lists of people without papers, so they count as years when a birth is meant (`as_birth`).
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from schemas.vocabulary import Calendar, DatePrecision
from service.imports.fold import even, key
from service.imports.hijri import FIRST_YEAR, LAST_YEAR, hijri_interval
from service.imports.months import GREGORIAN_MONTHS, HIJRI_MONTHS

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class DateReading:
    """Both ends inclusive. `order`: `dmy` or `mdy` when the writing proves it, `either` if both fit."""

    earliest: date
    latest: date
    precision: DatePrecision
    calendar: Calendar = Calendar.GREGORIAN
    order: str = ""
    flags: tuple[str, ...] = ()  # hijri, excel_serial, two_digit_year, year_only_by_convention, about


@dataclass(frozen=True, slots=True)
class DateHabits:
    """What is known of the way a column writes dates."""

    order: str = ""  # dmy, mdy or "" while unknown
    latest_year: int = 2030  # no date lies after it: settles two-digit years


_ABOUT = re.compile(
    r"^\s*(?:~|≈|ca?\.|circa|about|approx(?:imately)?\.?|around|около|примерно|приблизительно|ок\.|"
    r"прибл\.?|прим\.?"
    r"|environ|env\.?|vers|yaklasik|tahminen|tahmini|nezi[ck]i|derdora|nezik|حوالي|تقريبا|تقدير(?:ي|"
    r"ا)?|نحو|نزيكي|"
    r"before|until)\s*[:.]?\s*|\s*(?:~|\?+|\(?\s*(?:approx\.?|est\.?|estimated|تقريبا|تقديري?|прим\.?|"
    r"tahmini)\s*\)?)\s*$"
)
_NOISE = re.compile(
    r"^(?:born|dob|д\.?\s?р\.?|род\.?|ne\(?e?\)? le|nee? le|le|dogum|مواليد|ولد(?:ت)?|تاريخ|في|سنه|"
    r"عام|year|sal[ae]?|in|с|год)\s+"
    r"|\s*(?:г\.?\s?р\.?|года?|гг?\.?|م\.?|ميلادي(?:ه)?|year|yil[id]?|ad)\s*$"
)
_HIJRI_MARK = re.compile(r"\s*(?:هـ?\.?|ه\.|هجري(?:ه)?|a\.?h\.?|hijri)\s*$")
_TIME = re.compile(r"[t ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?$")
_NUMBERS = re.compile(r"(\d{1,4})\s*([./\-\\ ])\s*(\d{1,4})(?:\s*\2\s*(\d{1,4}))?\.?$")
_YEAR = re.compile(r"(\d{4})$")
_SPAN = re.compile(r"(\d{4})\s*(?:/|-|\.\.|to|or|до|или|او|الى)\s*(\d{2}|\d{4})$")
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|-?(?:e|го))?[\s./\-,]+(?:de |of )?)?([^\W\d_][^\d]*?)[\s./\-,]+(\d{4})$"
)
_WORDS_FIRST = re.compile(r"([^\W\d_][^\d]*?)[\s.]+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})$")
_YEAR_FIRST = re.compile(r"(\d{4})[\s./\-]+([^\W\d_][^\d]*?)(?:[\s./\-]+(\d{1,2}))?$")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?$")


@lru_cache(20_000)
def parse_date(text: str, habits: DateHabits | None = None) -> DateReading | None:
    """The interval a writing stands for, or None when it is not wholly a date."""
    habits = habits or DateHabits()
    if len(text) > _LONGEST:
        return None
    plain = even(text).strip()
    plain = "".join(
        c for c in plain if c not in "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\u200b\u200c\ufeff"
    )
    plain, about = _stripped(plain, _ABOUT)
    plain, _ = _stripped(plain, _NOISE)
    plain, hijri = _stripped(plain, _HIJRI_MARK)
    plain = _TIME.sub("", plain).strip()
    reading = _numeric(plain, habits, hijri) or _worded(plain)
    if reading is None or not _plausible(reading):
        return None
    if about:
        return replace(reading, precision=DatePrecision.ABOUT, flags=(*reading.flags, "about"))
    return reading


def _stripped(text: str, pattern: re.Pattern[str]) -> tuple[str, bool]:
    left = pattern.sub("", text).strip()
    return (left, left != text) if left else (text, False)


def _plausible(reading: DateReading) -> bool:
    return reading.earliest.year >= EARLIEST_YEAR and reading.latest.year <= LATEST_YEAR


def _numeric(text: str, habits: DateHabits, hijri: bool) -> DateReading | None:
    if found := _YEAR.match(text):
        return _year(int(found[1]), hijri)
    if found := _SPAN.match(text):
        return _years(found[1], found[2], hijri)
    if found := _NUMBERS.match(text):
        first, third = found[1], found[4]
        if third is None:
            return _month_and_year(first, found[3], hijri)
        return _three(first, found[3], third, found[2], habits, hijri)
    if found := _SERIAL.match(text):
        return serial_date(int(found[1]))
    return None


def serial_date(serial: int) -> DateReading | None:
    """A day count of a spreadsheet, 1 = 1900-01-01; only counts of the years 1927-2073 are believed."""
    if not 10_000 <= serial <= 63_000:
        return None
    day = date(1899, 12, 30) + timedelta(days=serial)
    return DateReading(day, day, DatePrecision.DAY, flags=("excel_serial",))


def _year(year: int, hijri: bool = False) -> DateReading | None:
    if hijri or FIRST_YEAR <= year <= LAST_YEAR:
        return _hijri(year)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    return DateReading(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR)


def _years(first: str, last: str, hijri: bool) -> DateReading | None:
    if len(last) == 2 and 1 <= int(last) <= 12:
        return _month(int(first), int(last), hijri)
    start = _year(int(first), hijri)
    end = _year(int(first[:2] + last) if len(last) == 2 else int(last), hijri)
    if (
        start is None
        or end is None
        or not timedelta(0) <= end.latest - start.earliest <= timedelta(days=3660)
    ):
        return None
    return DateReading(start.earliest, end.latest, DatePrecision.ABOUT, start.calendar, flags=start.flags)


def _hijri(year: int, month: int | None = None, day: int | None = None) -> DateReading | None:
    ends = hijri_interval(year, month, day)
    if ends is None:
        return None
    precision = DatePrecision.DAY if day else DatePrecision.MONTH if month else DatePrecision.YEAR
    return DateReading(*ends, precision, Calendar.HIJRI, flags=("hijri",))


def _month(year: int, month: int, hijri: bool = False) -> DateReading | None:
    if hijri or FIRST_YEAR <= year <= LAST_YEAR:
        return _hijri(year, month)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return DateReading(date(year, month, 1), date(year, month, last), DatePrecision.MONTH)


def _month_and_year(first: str, second: str, hijri: bool) -> DateReading | None:
    if len(first) == 4 and len(second) <= 2:
        return _month(int(first), int(second), hijri)
    if len(second) == 4 and len(first) <= 2:
        return _month(int(second), int(first), hijri)
    return None


def _day(year: int, month: int, day: int, hijri: bool = False) -> DateReading | None:
    if hijri or FIRST_YEAR <= year <= LAST_YEAR:
        return _hijri(year, month, day)
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return DateReading(found, found, DatePrecision.DAY)


def _three(
    first: str, second: str, third: str, mark: str, habits: DateHabits, hijri: bool
) -> DateReading | None:
    if len(first) == 4:
        return (
            _day(int(first), int(second), int(third), hijri) if len(third) <= 2 and len(second) <= 2 else None
        )
    if len(second) > 2 or len(first) > 2 or len(third) not in (2, 4):
        return None
    year, flags = _full_year(third, habits)
    a, b = int(first), int(second)
    as_dmy, as_mdy = _day(year, b, a, hijri), _day(year, a, b, hijri)
    reading = _either(as_dmy, as_mdy, "dmy" if mark == "." else habits.order)
    return replace(reading, flags=(*reading.flags, *flags)) if reading else None


def _full_year(text: str, habits: DateHabits) -> tuple[int, tuple[str, ...]]:
    year = int(text)
    if len(text) == 4:
        return year, ()
    return (2000 + year if 2000 + year <= habits.latest_year else 1900 + year), ("two_digit_year",)


def _either(dmy: DateReading | None, mdy: DateReading | None, order: str) -> DateReading | None:
    """One reading when only one is possible or the order is known, else the interval that covers both."""
    if dmy is None or mdy is None:
        only, proof = (dmy, "dmy") if mdy is None else (mdy, "mdy")
        return replace(only, order=proof) if only else None
    if dmy == mdy:
        return dmy
    if order:
        return dmy if order == "dmy" else mdy
    return replace(
        dmy,
        earliest=min(dmy.earliest, mdy.earliest),
        latest=max(dmy.latest, mdy.latest),
        precision=DatePrecision.ABOUT,
        order="either",
    )


def _worded(text: str) -> DateReading | None:
    if found := _WORDS.match(text):
        return _named(found[2], int(found[3]), found[1])
    if found := _WORDS_FIRST.match(text):
        return _named(found[1], int(found[3]), found[2])
    if found := _YEAR_FIRST.match(text):
        return _named(found[2], int(found[1]), found[3])
    return None


def _named(name: str, year: int, day: str | None) -> DateReading | None:
    """A month by name; two names beside each other must be one month (آب / أغسطس)."""
    whole = key(name)
    table, moon = (HIJRI_MONTHS, True) if FIRST_YEAR <= year <= LAST_YEAR else (GREGORIAN_MONTHS, False)
    month = table.get(whole)
    if month is None:
        parts = {table.get(key(part)) for part in re.split(r"[/()\-]", name) if part.strip()}
        month = parts.pop() if len(parts) == 1 else None
    if month is None:
        return None
    return _day(year, month, int(day), moon) if day else _month(year, month, moon)


def as_birth(reading: DateReading) -> DateReading:
    """1 January and 1 July as the whole year; a date that could be one of them likewise."""
    pseudo = {(1, 1), (7, 1)}
    ends = {(reading.earliest.month, reading.earliest.day), (reading.latest.month, reading.latest.day)}
    by_day = reading.precision is DatePrecision.DAY or reading.order == "either"
    if reading.calendar is not Calendar.GREGORIAN or not by_day or not ends & pseudo:
        return reading
    year = reading.earliest.year
    return replace(
        reading,
        earliest=date(year, 1, 1),
        latest=date(year, 12, 31),
        precision=DatePrecision.YEAR,
        flags=(*reading.flags, "year_only_by_convention"),
    )
