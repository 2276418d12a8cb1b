"""Dates and births in words, for pages and files alike."""

from datetime import date

from schemas.person import BirthInterval
from schemas.vocabulary import DatePrecision


def day(value: date | None) -> str:
    """17 Feb 2011, or nothing."""
    return f"{value.day} {value:%b %Y}" if value else ""


def birth(value: BirthInterval) -> str:
    """A birth with its precision in words."""
    first, last = value.earliest, value.latest
    if first is None or last is None:
        return "not understood" if value.raw else "unknown"
    if value.precision is DatePrecision.DAY:
        return day(first)
    if value.precision is DatePrecision.MONTH:
        return f"{first:%b %Y}"
    if value.precision is DatePrecision.YEAR and first.year == last.year:
        return f"{first.year}, only the year is known"
    if value.precision is DatePrecision.ABOUT and first.year == last.year:
        return f"about {first.year}"
    span = f"between {day(first)} and {day(last)}"
    return f"{span}, from the age as of {day(value.as_of)}" if value.as_of else span
