"""Islamic years and dates as intervals of the Gregorian calendar."""

from datetime import date, timedelta

from hijridate import Hijri

FIRST_YEAR, LAST_YEAR = 1330, 1460  # years read as Hijri; no list of living people holds others
_TABLE_FIRST = 1343  # the first year of the tables of hijridate
_EPOCH = date(622, 7, 19)
_MEAN_YEAR = 354.36667
_LEEWAY = timedelta(days=1)  # civil calendars differ by a day with the sighting of the moon


def hijri_interval(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date] | None:
    """First and last day, a day wider on both sides; None for what is no Hijri date."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= (month or 1) <= 12 or not 1 <= (day or 1) <= 30:
        return None
    first = _day(year, month or 1, day or 1)
    if day is not None:
        last = first
    elif month is None:
        last = _day(year + 1, 1, 1) - timedelta(days=1)
    else:
        last = _day(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return first - _LEEWAY, last + _LEEWAY


def _day(year: int, month: int, day: int) -> date:
    if year >= _TABLE_FIRST:
        try:
            start = Hijri(year, month, 1)
        except OverflowError:
            return _mean_day(year, month, day)
        return start.to_gregorian() + timedelta(days=day - 1)
    return _mean_day(year, month, day)


def _mean_day(year: int, month: int, day: int) -> date:
    """By the mean length of year and month: within two days, for years before the tables begin."""
    days = (year - 1) * _MEAN_YEAR + (month - 1) * _MEAN_YEAR / 12 + day - 1
    return _EPOCH + timedelta(days=round(days))
