"""The day for which a list's ages hold: told, found in the title, or worked out from the rows."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.vocabulary import DatePrecision
from service.imports.ages import parse_age
from service.imports.dates import DateHabits, DateReading, parse_date
from service.imports.fold import even
from service.imports.grid import GridRow
from service.imports.layout import Layout

_ENOUGH = 1  # people with both a birth and an age
_LOOK_AT = 3_000  # rows
_EXACT = (DatePrecision.DAY, DatePrecision.MONTH)
_IN_TEXT = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)\d{4}\s?[./\-]\s?\d{1,2}\s?[./\-]\s?\d{1,2}(?!\d)",
        r"(?<!\d)\d{1,2}\s?[./\-]\s?\d{1,2}\s?[./\-]\s?\d{4}(?!\d)",
        r"(?<!\d)\d{1,2}\s?[./\-]\s?\d{4}(?!\d)",
        r"(?<!\d)\d{4}\s?[./\-]\s?\d{1,2}(?!\d)",
        r"(?:\d{1,2}\s+)?[^\W\d_]{2,12}(?: (?:الاول|الثاني|الاخر))?,?\s+\d{4}(?!\d)",
        r"(?<!\d)20\d{2}[01]\d[0-3]\d(?!\d)",
        r"(?<![\d./\-])20\d\d(?![\d./\-])",
    )
)


@dataclass(frozen=True, slots=True)
class ListDate:
    """`basis`: `told`, `title`, `file_name`, `births_and_ages`, `latest_date`, or empty without any."""

    day: date | None = None
    guessed: bool = False
    basis: str = ""


def find_list_date(
    told: date | None,
    layouts: list[Layout],
    file_name: str,
    habits: dict[int, DateHabits],
    no_later: date | None,
) -> ListDate:
    if told:
        return ListDate(told, False, "told")
    latest = _latest_event(layouts, habits, no_later)
    titles = [text for layout in layouts for row in layout.titles for text in row.texts if text.strip()]
    for basis, texts in (
        ("title", titles),
        ("file_name", [file_name.rsplit(".", 1)[0].replace("_", " ").replace("+", " ")]),
    ):
        found = [d for text in texts if (d := _date_in(text, no_later))]
        if found and (latest is None or max(found) >= latest - timedelta(days=31)):
            return ListDate(max(found), True, basis)
    worked_out = _from_pairs(layouts, habits, latest, no_later)
    if worked_out:
        return ListDate(worked_out, True, "births_and_ages")
    return ListDate(latest, True, "latest_date") if latest else ListDate()


def _date_in(text: str, no_later: date | None) -> date | None:
    """The latest date named in a line of text; a bare year counts as its middle."""
    for pattern in _IN_TEXT:  # the most exact way of writing first
        days = []
        for found in pattern.findall(even(text[:500])):
            digits = f"{found[:4]}-{found[4:6]}-{found[6:]}" if len(found) == 8 and found.isdigit() else found
            reading = parse_date(digits.replace(",", " "), DateHabits(order="dmy"))
            if reading and reading.earliest.year >= 1990 and not (no_later and reading.earliest > no_later):
                days.append(_day_of(reading))
        if days:
            return max(days)
    return None


def _day_of(reading: DateReading) -> date:
    if reading.precision is DatePrecision.YEAR:
        return date(reading.latest.year, 7, 1)
    return reading.latest


def _latest_event(layouts: list[Layout], habits: dict[int, DateHabits], no_later: date | None) -> date | None:
    """The latest entry or registration; no list is older than what stands on it."""
    days: list[date] = []
    for layout in layouts:
        for column in layout.of("entry_date", "registered_on"):
            for row in layout.body[:_LOOK_AT]:
                reading = parse_date(row.text(column.index), habits.get(column.index))
                if reading and reading.precision in _EXACT and not (no_later and reading.earliest > no_later):
                    days.append(reading.latest)
    return max(days, default=None)


def _from_pairs(
    layouts: list[Layout], habits: dict[int, DateHabits], latest: date | None, no_later: date | None
) -> date | None:
    """The middle of the time in which most pairs of birth and age are true."""
    pairs = [
        pair for layout in layouts for row in layout.body[:_LOOK_AT] for pair in _pairs(row, layout, habits)
    ]
    if len(pairs) < _ENOUGH:
        return None
    votes: Counter[tuple[int, int]] = Counter()
    for birth, age in pairs:
        weight = 6 if birth.precision is DatePrecision.DAY else 1
        votes.update(dict.fromkeys(_months(birth, age), weight))
    votes = Counter({m: v for m, v in votes.items() if _allowed(m, latest, no_later)})
    if not votes:
        return None
    most = max(votes.values())
    best = sorted(month for month, count in votes.items() if count == most)
    year, month = best[len(best) // 2]
    return max(date(year, month, 15), latest or date.min)


def _pairs(row: GridRow, layout: Layout, habits: dict[int, DateHabits]) -> list[tuple[DateReading, int]]:
    """(birth, completed years) of a row; ages that call themselves estimates are left out."""
    found = []
    for birth_column in layout.of("birth_date"):
        birth = parse_date(row.text(birth_column.index), habits.get(birth_column.index))
        for age_column in layout.of("age"):
            age = parse_age(row.text(age_column.index))
            whole = age is not None and not age.about and age.low % 12 == 0 and age.high - age.low == 12
            if birth and age and whole and birth.precision in (*_EXACT, DatePrecision.YEAR):
                found.append((birth, age.low // 12))
    return found


def _months(birth: DateReading, years: int) -> list[tuple[int, int]]:
    """The months in which someone of this birth has this age. With years only, clerks subtract them."""
    pseudo = birth.precision is not DatePrecision.DAY or (birth.earliest.month, birth.earliest.day) in {
        (1, 1),
        (7, 1),
    }
    if pseudo:
        return [(birth.earliest.year + years, month) for month in range(1, 13)]
    first = birth.earliest.replace(day=1)
    start = first.year * 12 + first.month - 1 + years * 12
    return [_year_and_month(start + offset) for offset in range(13)]


def _year_and_month(total: int) -> tuple[int, int]:
    year, month = divmod(total, 12)
    return year, month + 1


def _allowed(month: tuple[int, int], latest: date | None, no_later: date | None) -> bool:
    if latest and month < (latest.year, latest.month):
        return False
    return not (no_later and month > (no_later.year, no_later.month))
