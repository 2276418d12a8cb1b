"""Corrections remembered: what an importer said of a source holds for its next file too.

A correction is what `ReadOptions` say beside the date of the list: what columns mean, which number
of a date stands first, the encoding. It is kept with the list for which it was made, and recalled
for a file of the same organisation with the same headings, or for the next edition of that list.
"""

from datetime import date

from schemas.base import Value
from service.cases.list_details import ListDetails, Remembered
from service.imports import Column, ListReading, ReadOptions
from service.imports.fold import key
from service.imports.grid import column_letter
from service.store import source_lists
from service.store.states import ListState
from service.store.work import Work

_TAKEN_IN = (ListState.PUBLISHED, ListState.SUPERSEDED)
_MOST = 100  # lists that are looked through, the newest first
_LETTERS = {column_letter(n).lower() for n in range(100)}


class Headings(Value):
    """The headings of a file, as far as two files can be told to be one form by them."""

    in_order: tuple[str, ...]

    @classmethod
    def of(cls, columns: tuple[Column, ...]) -> "Headings":
        return cls(in_order=tuple(key(c.heading) or c.heading for c in columns))

    @property
    def named(self) -> frozenset[str]:
        return frozenset(heading for heading in self.in_order if heading)

    def same_form(self, other: "Headings") -> bool:
        """Whether both name the same columns; files without headings are never taken for one form."""
        return len(self.named) > 1 and self.named == other.named


def recall(
    work: Work, organisation_id: str, reading: ListReading, told: ReadOptions, continues: str
) -> Remembered | None:
    """What was corrected on the newest such list, as far as it fits this file and was not said now."""
    headings = Headings.of(reading.columns)
    for row in source_lists.in_states(work.session, organisation_id, _TAKEN_IN)[:_MOST]:
        details = source_lists.details(work, row, ListDetails)
        if details.corrected_on is None:
            continue
        before = Headings.of(details.reading.columns)
        same = headings.same_form(before) or _same_in_its_encoding(details, reading)
        if same or row.id == continues:
            fitting = _fitting(details, headings, before, same)
            found = fitting.beside(told)
            return found if found.says_something else None
    return None


def corrected_on(before: ReadOptions, after: ReadOptions, known: date | None, today: date) -> date | None:
    """The day of the last correction: today when something was said that was not said before."""
    said = after.mapping or after.date_order or after.encoding
    if not said:
        return None
    same = (before.mapping, before.date_order, before.encoding) == (
        after.mapping,
        after.date_order,
        after.encoding,
    )
    return known if same and known else today


def _same_in_its_encoding(details: ListDetails, reading: ListReading) -> bool:
    """A file whose letters are in doubt shows its headings only once its encoding is known."""
    choices = {choice.encoding for choice in reading.file.encoding_choices}
    return (
        not reading.file.encoding_sure
        and details.options.encoding in choices
        and len(details.reading.columns) == len(reading.columns)
        and details.reading.file.format == reading.file.format
    )


def _fitting(details: ListDetails, now: Headings, before: Headings, same: bool) -> Remembered:
    """A letter names a column only in a file whose columns stand in the same order."""
    options = details.options
    in_order = same and now.in_order == before.in_order
    mapping = {
        name: meaning
        for name, meaning in options.mapping.items()
        if (in_order if name.lower() in _LETTERS else key(name) in now.named or same)
    }
    return Remembered(
        list_id=details.source.list_id,
        corrected_on=details.corrected_on,
        mapping=mapping,
        date_order=options.date_order,
        encoding=options.encoding if same else None,
    )
