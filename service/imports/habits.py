"""How a column writes its dates: day first or month first, decided by the dates that prove it."""

from collections import Counter

from service.imports.dates import DateHabits, parse_date
from service.imports.layout import Layout

_LOOK_AT = 5_000
_DATED = ("birth_date", "entry_date", "registered_on", "age")


def date_habits(layout: Layout, told: str, latest_year: int) -> dict[int, DateHabits]:
    """Habits by column index. One contradiction to the majority is enough to leave a column undecided."""
    habits: dict[int, DateHabits] = {}
    for column in layout.of(*_DATED):
        votes: Counter[str] = Counter()
        if not told:
            for row in layout.body[:_LOOK_AT]:
                reading = parse_date(row.text(column.index))
                if reading and reading.order in ("dmy", "mdy"):
                    votes[reading.order] += 1
        order = told or (next(iter(votes)) if len(votes) == 1 else "")
        habits[column.index] = DateHabits(order, latest_year)
    return habits
