"""Dates of the requests file: `YYYY | YYYY-MM | YYYY-MM-DD | YYYY~`, and what spreadsheets make of them."""

import calendar
import re
from datetime import date

from schemas.person import BirthInterval
from schemas.vocabulary import AgeMethod, DatePrecision

EARLIEST_YEAR = 1900
_ISO = re.compile(r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?(?:[T ]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_ABOUT_AFTER = re.compile(r"(\d{4})\s*[~?≈]")
_ABOUT_BEFORE = re.compile(r"[~?≈]\s*(\d{4})")
_WHOLE = re.compile(r"(\d{4})[.,]0")  # a year that a spreadsheet saved as a number


def read_date(written: str) -> BirthInterval | None:
    """The interval that `written` covers; None when it is no date that this file may hold.

    Any digits count (٢٠١٤). `12.04.1991` is day first; `03/04/2014`, which may be either, covers both
    readings. `YYYY~` covers its year, with the precision "about": how far about reaches is a matter
    of comparing.
    """
    text = "".join(str(int(c)) if c.isdecimal() else c for c in written.strip())
    if about := _ABOUT_AFTER.fullmatch(text) or _ABOUT_BEFORE.fullmatch(text):
        return _interval(written, int(about[1]), None, None, about=True)
    if whole := _WHOLE.fullmatch(text):
        return _interval(written, int(whole[1]), None, None)
    if iso := _ISO.fullmatch(text):
        return _interval(written, int(iso[1]), _number(iso[2]), _number(iso[3]))
    if other := _DAY_FIRST.fullmatch(text):
        return _day_first(written, int(other[1]), int(other[3]), int(other[4]), other[2] == "/")
    return None


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _day_first(written: str, day: int, month: int, year: int, unsure: bool) -> BirthInterval | None:
    """D.M.Y; with slashes the American order is possible too, and both are covered when both exist."""
    first = _interval(written, year, month, day)
    second = _interval(written, year, day, month) if unsure else None
    if first is None or second is None or first.earliest == second.earliest:
        return first or second
    ends = sorted(d for d in (first.earliest, second.earliest) if d)
    return first.model_copy(update={"earliest": ends[0], "latest": ends[-1], "precision": DatePrecision.YEAR})


def _interval(
    written: str, year: int, month: int | None, day: int | None, *, about: bool = False
) -> BirthInterval | None:
    if year < EARLIEST_YEAR or (month is not None and not 1 <= month <= 12):
        return None
    last_month = month or 12
    days = calendar.monthrange(year, last_month)[1]
    if day is not None and not 1 <= day <= days:
        return None
    precision = DatePrecision.YEAR
    if about:
        precision = DatePrecision.ABOUT
    elif day:
        precision = DatePrecision.DAY
    elif month:
        precision = DatePrecision.MONTH
    return BirthInterval(
        earliest=date(year, month or 1, day or 1),
        latest=date(year, last_month, day or days),
        precision=precision,
        method=AgeMethod.STATED,
        raw=written.strip(),
    )
