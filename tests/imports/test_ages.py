"""Ages are read as months of age, and become a birth interval only with the day on which they were true."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.imports.ages import AgeReading, birth_bounds, parse_age

DAYS = st.dates(date(1990, 1, 1), date(2025, 12, 31))


def completed_months(born: date, on: date) -> int:
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)


@given(DAYS, DAYS)
def test_a_true_age_covers_the_true_birth(born: date, on: date) -> None:
    """Someone's age in completed years, or months, gives an interval that holds their birth."""
    assume(born <= on)
    assume(born.day <= 28)
    months = completed_months(born, on)
    for age in (AgeReading(months // 12 * 12, months // 12 * 12 + 12), AgeReading(months, months + 1)):
        earliest, latest = birth_bounds(age, on)
        assert earliest <= born <= latest


@given(st.integers(0, 109), DAYS)
def test_bounds_are_a_year_wide(years: int, on: date) -> None:
    earliest, latest = birth_bounds(AgeReading(years * 12, years * 12 + 12), on)
    assert timedelta(days=364) <= latest - earliest <= timedelta(days=366)


@given(
    st.integers(0, 109),
    st.sampled_from(
        ["{}", "{} سنة", "{} سنوات", "{}Y", "{} years", "{} лет", "{} ans", "{} yaş", "{} salî", "{} ساڵ"]
    ),
)
def test_units(years: int, form: str) -> None:
    """Years in seven languages."""
    assert parse_age(form.format(years)) == AgeReading(years * 12, years * 12 + 12)


@given(st.text(max_size=80))
def test_anything_at_all(text: str) -> None:
    """Whatever stands in a cell, the answer is a possible age or nothing."""
    age = parse_age(text)
    assert age is None or 0 <= age.low < age.high <= 111 * 12


@pytest.mark.parametrize(
    ("text", "low", "high", "about"),
    [
        ("٥", 60, 72, False),
        ("۶", 72, 84, False),
        ("8-9", 96, 120, True),
        ("8 - 9 سنوات", 96, 120, True),
        ("6 أشهر", 6, 7, False),
        ("شهرين", 2, 3, False),
        ("سنتين", 24, 36, False),
        ("سنة ونصف", 18, 24, False),
        ("1.5", 18, 24, False),
        ("2y3m", 27, 28, False),
        ("3 سنوات و 6 اشهر", 42, 43, False),
        ("تقدير ٤", 48, 60, True),
        ("٤ تقديري", 48, 60, True),
        ("تقريبا ٣٠", 360, 372, True),
        ("около 5 лет", 60, 72, True),
        ("ок. 4", 48, 60, True),
        ("~5", 60, 72, True),
        ("5?", 60, 72, True),
        ("10 meh", 10, 11, False),
        ("6 ay", 6, 7, False),
        ("٣ اسابيع", 0, 1, False),
        ("رضيع", 0, 24, True),
        ("under 1", 0, 12, True),
        ("خمس سنوات", 60, 72, False),
    ],
)
def test_forms(text: str, low: int, high: int, about: bool) -> None:
    assert parse_age(text) == AgeReading(low, high, about)


@pytest.mark.parametrize(
    "text", ["", "120", "1990", "abc", "5 children", "رقم ٥", "5 6", "-", "P5-02", "7/8/9"]
)
def test_what_is_no_age(text: str) -> None:
    assert parse_age(text) is None
