"""The importer's corrections: what each column of a delivered file means."""

from collections.abc import Mapping, Sequence

from service.imports import Column
from service.imports.headings import IGNORE, UNKNOWN, meanings

# shown first, in the order in which columns matter
_FIRST = (
    "name",
    "given_name",
    "surname",
    "patronymic",
    "father",
    "mother",
    "kunya",
    "sex",
    "birth_date",
    "age",
)


def meaning_choices() -> list[str]:
    """Every meaning that a column can be given."""
    known = meanings()
    first = [meaning for meaning in _FIRST if meaning in known]
    rest = sorted(known - set(first) - {UNKNOWN, IGNORE})
    return [*first, *rest, UNKNOWN, IGNORE]


def mapping_of(
    before: Mapping[str, str], columns: Sequence[Column], form: Mapping[str, str]
) -> dict[str, str]:
    """Earlier corrections with the new ones: only what differs from what was recognised.

    The boxes are numbered in the order of `columns`. A column is named by its heading, by its letter
    where it has none.
    """
    mapping = dict(before)
    known = meanings()
    for number, column in enumerate(columns):
        chosen = form.get(f"column-{number}", column.meaning)
        if chosen in known and chosen != column.meaning:
            mapping[column.heading or column.letter] = chosen
    return mapping
