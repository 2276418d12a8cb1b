"""Dates are read strictly: an interval that covers every meaning the writing can have, or nothing at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.vocabulary import Calendar, DatePrecision
from service.imports.dates import DateHabits, as_birth, parse_date, serial_date
from service.imports.hijri import hijri_interval

DAYS = st.dates(date(1930, 1, 1), date(2025, 12, 31))
ARABIC, PERSIAN = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"


def in_digits(text: str, digits: str) -> str:
    return text.translate({ord(a): b for a, b in zip("0123456789", digits, strict=True)})


def ends(text: str, habits: DateHabits | None = None) -> tuple[str, str] | None:
    reading = parse_date(text, habits)
    return (reading.earliest.isoformat(), reading.latest.isoformat()) if reading else None


@given(
    DAYS,
    st.sampled_from(["{y}-{m:02}-{d:02}", "{y}/{m}/{d}", "{d:02}.{m:02}.{y}", "{y}.{m:02}.{d:02}"]),
    st.sampled_from(["0123456789", ARABIC, PERSIAN]),
)
def test_unambiguous_forms(day: date, form: str, digits: str) -> None:
    """Year first, or day.month.year with points, is one day, in digits of any script."""
    reading = parse_date(in_digits(form.format(y=day.year, m=day.month, d=day.day), digits))
    assert reading is not None
    assert (reading.earliest, reading.latest, reading.precision) == (day, day, DatePrecision.DAY)


@given(DAYS)
def test_slashes_cover_both_orders(day: date) -> None:
    """d/m/y holds the true day whichever order the clerk meant, and exactly it once the order is known."""
    for order, text in (
        ("dmy", f"{day.day}/{day.month}/{day.year}"),
        ("mdy", f"{day.month}/{day.day}/{day.year}"),
    ):
        unknown, known = parse_date(text), parse_date(text, DateHabits(order=order))
        assert unknown is not None
        assert unknown.earliest <= day <= unknown.latest
        assert known is not None
        assert known.earliest == known.latest == day


@given(DAYS)
def test_spreadsheet_days(day: date) -> None:
    """A day count of a spreadsheet is that day."""
    count = (day - date(1899, 12, 30)).days
    reading = serial_date(count)
    assert reading is None or (reading.earliest, reading.flags) == (day, ("excel_serial",))


@given(st.integers(1330, 1460), st.integers(1, 12), st.integers(1, 29))
def test_islamic_dates_nest(year: int, month: int, day: int) -> None:
    """A day lies in its month and a month in its year; a year has 354 or 355 days."""
    whole, part, exact = hijri_interval(year), hijri_interval(year, month), hijri_interval(year, month, day)
    assert whole is not None
    assert part is not None
    assert exact is not None
    slack = timedelta(days=3)
    assert whole[0] - slack <= part[0] <= exact[0]
    assert exact[1] <= part[1] + slack
    assert 354 <= (whole[1] - whole[0]).days <= 358


@given(st.text(max_size=80))
def test_anything_at_all(text: str) -> None:
    """Whatever stands in a cell, the answer is an ordered interval or nothing."""
    reading = parse_date(text)
    assert reading is None or reading.earliest <= reading.latest
    if reading is not None:
        birth = as_birth(reading)
        assert birth.earliest <= reading.earliest
        assert birth.latest >= reading.latest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1988", ("1988-01-01", "1988-12-31")),
        ("02.2019", ("2019-02-01", "2019-02-28")),
        ("2019-03", ("2019-03-01", "2019-03-31")),
        ("15 آذار 2015", ("2015-03-15", "2015-03-15")),
        ("١٥ تشرين الاول ٢٠١٤", ("2014-10-15", "2014-10-15")),
        ("كانون الثاني 2016", ("2016-01-01", "2016-01-31")),
        ("3 أغسطس 2013", ("2013-08-03", "2013-08-03")),
        ("آب/أغسطس 2013", ("2013-08-01", "2013-08-31")),
        ("5 мая 2012 г.", ("2012-05-05", "2012-05-05")),
        ("March 3, 2014", ("2014-03-03", "2014-03-03")),
        ("1er mars 2010", ("2010-03-01", "2010-03-01")),
        ("7 Ağustos 2011", ("2011-08-07", "2011-08-07")),
        ("2 Nîsan 2015", ("2015-04-02", "2015-04-02")),
        ("2013/2015", ("2013-01-01", "2015-12-31")),
        ("2012 or 2013", ("2012-01-01", "2013-12-31")),
        ("2017-11-12T00:00:00", ("2017-11-12", "2017-11-12")),
        ("40909", ("2012-01-01", "2012-01-01")),
        ("1990 г.р.", ("1990-01-01", "1990-12-31")),
        ("مواليد ٢٠١٤", ("2014-01-01", "2014-12-31")),
        ("31.12.99", ("1999-12-31", "1999-12-31")),
        ("1/5/12", ("2012-01-05", "2012-05-01")),
    ],
)
def test_forms(text: str, expected: tuple[str, str]) -> None:
    assert ends(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "мая",
        "30/02/2011",
        "13/13/2012",
        "2012-00-10",
        "1899",
        "99999",
        "P5-0231",
        "5Y",
        "12/2012/3",
        "child 2012",
        "٣ سنوات",
        "2012 2013 2014",
        "1/2/3/2012",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["1436", "١٤٣٦هـ", "12 رمضان 1436", "15/03/1436", "رجب 1435"])
def test_islamic_years_are_flagged(text: str) -> None:
    """A year between 1330 and 1460 is Islamic; the reading says so and lies in the right years."""
    reading = parse_date(text)
    assert reading is not None
    assert reading.calendar is Calendar.HIJRI
    assert "hijri" in reading.flags
    assert 2013 <= reading.earliest.year <= 2015


@pytest.mark.parametrize("text", ["1990-01-01", "1/7/1990", "٠١/٠١/١٩٩٠", "01.07.1990", "40909"])
def test_new_year_and_mid_year_mean_the_year(text: str) -> None:
    """1 January and 1 July stand for a year when they are dates of birth."""
    reading = parse_date(text)
    assert reading is not None
    birth = as_birth(reading)
    year = reading.earliest.year
    assert (birth.earliest, birth.latest) == (date(year, 1, 1), date(year, 12, 31))
    assert birth.precision is DatePrecision.YEAR
