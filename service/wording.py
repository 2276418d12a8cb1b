"""Dates and births in words, for pages and files alike, in the language of whoever reads them."""

from datetime import date

from babel.dates import format_date

from schemas.person import BirthInterval
from schemas.vocabulary import DatePrecision
from service import speech
from service.speech import _

_PLACES = {"ar": "ar_IQ"}  # the months as Iraq, Syria and Lebanon call them


def day(value: date | None) -> str:
    """17 Feb 2011, or nothing."""
    return _date(value, "d MMM y") if value else ""


def month(value: date) -> str:
    """Feb 2011."""
    return _date(value, "LLL y")


def period(first: date, last: date | None) -> str:
    """One day, or from one to another."""
    if last is None or last == first:
        return day(first)
    return _("{first} to {last}").format(first=day(first), last=day(last))


def birth(value: BirthInterval) -> str:
    """A birth with its precision in words."""
    first, last = value.earliest, value.latest
    if first is None or last is None:
        return _("not understood") if value.raw else _("unknown")
    if value.precision is DatePrecision.DAY:
        return day(first)
    if value.precision is DatePrecision.MONTH:
        return month(first)
    if value.precision is DatePrecision.YEAR and first.year == last.year:
        return _("{year}, only the year is known").format(year=first.year)
    if value.precision is DatePrecision.ABOUT and first.year == last.year:
        return _("about {year}").format(year=first.year)
    if value.as_of:
        words = _("between {first} and {last}, from the age as of {day}")
        return words.format(first=day(first), last=day(last), day=day(value.as_of))
    return _("between {first} and {last}").format(first=day(first), last=day(last))


def _date(value: date, pattern: str) -> str:
    return format_date(value, pattern, locale=_PLACES.get(speech.language(), speech.language()))
