"""The importer's corrections: what each column of a delivered file means."""

from collections.abc import Mapping, Sequence
from datetime import date

from service.cases.list_details import ListView
from service.errors import Unprocessable
from service.imports import Column, ReadOptions
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


def options_of(view: ListView, form: Mapping[str, str]) -> ReadOptions:
    """What was said of the file before, with what this form corrects or forgets."""
    before = view.details.options
    remembered = view.details.remembered
    if form.get("forget") == "yes":
        return remembered.taken_off(before) if remembered else before
    reading = view.details.reading
    encodings = {choice.encoding for choice in reading.file.encoding_choices} | {reading.file.encoding}
    encoding = form.get("encoding", "")
    order = form.get("date_order", "")
    return before.model_copy(
        update={
            "mapping": mapping_of(view.details.options.mapping, reading.columns, form),
            "encoding": encoding if encoding in encodings and encoding else before.encoding,
            "list_date": date_told(form.get("list_date", "")) or before.list_date,
            "date_order": order if order in ("dmy", "mdy") else before.date_order,
        }
    )


def date_told(text: str) -> date | None:
    """The value of a date box (2021-10-01). Raises Unprocessable when it is none."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise Unprocessable(
            "date_not_understood", "Write the date of the list as year-month-day, for example 2021-10-01."
        ) from None
