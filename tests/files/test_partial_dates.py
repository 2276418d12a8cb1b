"""Dates of the requests file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.vocabulary import DatePrecision
from service.files.partial_dates import read_date

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_a_day_is_that_day(day: date) -> None:
    """YYYY-MM-DD, and D.M.YYYY as spreadsheets write it, mean exactly that day."""
    for written in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day:%d-%m-%Y}"):
        found = read_date(written)
        assert found is not None
        assert (found.earliest, found.latest) == (day, day)
        assert found.precision is DatePrecision.DAY


@given(DAYS)
def test_month_and_year_cover_all_their_days(day: date) -> None:
    """A month or a year is the interval of its days, never a single day."""
    month, year = read_date(f"{day:%Y-%m}"), read_date(f"{day:%Y}")
    assert month is not None
    assert year is not None
    assert month.earliest is not None
    assert month.latest is not None
    assert month.earliest.day == 1
    assert month.earliest <= day <= month.latest
    assert (month.latest - month.earliest).days in (27, 28, 29, 30)
    assert (year.earliest, year.latest) == (date(day.year, 1, 1), date(day.year, 12, 31))
    assert (month.precision, year.precision) == (DatePrecision.MONTH, DatePrecision.YEAR)


@given(DAYS)
def test_a_slashed_date_covers_both_readings(day: date) -> None:
    """3/4/2014 may be April or March: the true day lies in the interval either way."""
    for written in (f"{day.day}/{day.month}/{day.year}", f"{day.month}/{day.day}/{day.year}"):
        found = read_date(written)
        assert found is not None
        assert found.earliest is not None
        assert found.latest is not None
        assert found.earliest <= day <= found.latest


@pytest.mark.parametrize("written", ["2017~", "~2017", "2017 ?", "٢٠١٧~"])
def test_about_is_marked_about(written: str) -> None:
    """`YYYY~` keeps its year, the writing and the doubt."""
    found = read_date(written)
    assert found is not None
    assert found.precision is DatePrecision.ABOUT
    assert found.earliest == date(2017, 1, 1)
    assert found.raw == written


@pytest.mark.parametrize(
    "written", ["2014-13", "2014-02-30", "0214", "12", "лето 2014", "31.02.2014", "201X"]
)
def test_no_date_is_invented(written: str) -> None:
    """What is not a date of the contract is not read as one."""
    assert read_date(written) is None


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_nothing(written: str) -> None:
    """No text breaks the reader, and every interval keeps its order and the writing."""
    found = read_date(written)
    assert found is None or (found.earliest is not None and found.raw == written.strip())
