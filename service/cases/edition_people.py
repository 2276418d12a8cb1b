"""Who is new on an edition, gone from it, or changed: names for the eyes of the importer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from service.cases.editions import EditionDifference
from service.cases.list_details import ListView
from service.cases.reviews import note
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store import records
from service.store.states import RowStatus
from service.store.tables import DetaineeRecordRow
from service.store.work import Work


@dataclass(frozen=True)
class Line:
    """One person of one row as a spreadsheet shows it."""

    sheet: str
    row: int
    name: str


@dataclass(frozen=True)
class Comparison:
    """At most so many lines of each kind as were asked for. `fields`: how often each heading changed."""

    before: int  # people of the edition before; counted children are people too
    new: tuple[Line, ...]
    gone: tuple[Line, ...]
    changed: tuple[Line, ...]
    fields: tuple[tuple[str, int], ...]


def compare(work: Work, actor: Actor, view: ListView, most: int) -> Comparison | None:
    """The people behind a list's difference; a reading in the audit log. None for a first edition."""
    require(actor, Operation.READ_LIST)
    difference = view.details.difference
    if difference is None or view.predecessor_id is None:
        return None
    found = Comparison(
        before=records.count(work.session, view.predecessor_id),
        new=_lines(work, records.of_status(work.session, view.list_id, RowStatus.NEW), most),
        gone=_lines(work, records.not_continued(work.session, view.predecessor_id, view.list_id), most),
        changed=_lines(work, records.of_status(work.session, view.list_id, RowStatus.CHANGED), most),
        fields=_fields(difference),
    )
    shown = len(found.new) + len(found.gone) + len(found.changed)
    note(work, actor, "list.difference_read", view.list_id, {"people": shown}, kind="source_list")
    return found


def _lines(work: Work, rows: Iterable[DetaineeRecordRow], most: int) -> tuple[Line, ...]:
    lines: list[Line] = []
    for row in rows:
        if len(lines) == most:
            break
        record = records.value(work, row)
        if not record.placeholder:
            lines.append(Line(record.sheet, record.row, record.person.headline))
    return tuple(lines)


def _fields(difference: EditionDifference) -> tuple[tuple[str, int], ...]:
    counted = Counter(cell.heading for change in difference.changed for cell in change.cells)
    return tuple(counted.most_common())
