"""What goes when a list goes: its rows, its proposals, its pictures, its corrections, at last itself.

Only what people did stays. A link that somebody took up, noted on or decided keeps the record that
it speaks of, and the list keeps its name and date as that record's origin. The audit log stays too.
"""

from collections.abc import Collection

from service.cases import contests, withdrawn_links
from service.cases.list_details import ListDetails
from service.imports import FileFacts, ListReading, ReadOptions
from service.store import case_papers, families, links, records, runs, source_lists
from service.store.tables import SourceListRow
from service.store.work import Work


def remove(work: Work, row: SourceListRow, gone: Collection[str] = ()) -> bool:
    """Remove a list that the matching does not see any more. `gone`: records that stand on no other
    list now. Returns whether nothing of it is left.
    """
    withdrawn_links.of_records(work, gone)
    work.session.flush()
    kept = _forget_links(work, gone)
    records.remove(work.session, row.id, kept)
    case_papers.drop_files(work, "source_list", row.id)
    runs.forget_subject(work.session, row.id)
    source_lists.orphan(work.session, row.id)
    if kept:
        _reduce(work, row, len(kept))
    else:
        work.session.delete(row)
    work.session.flush()
    return not kept


def _forget_links(work: Work, gone: Collection[str]) -> set[str]:
    """Remove proposals that nobody touched; the records of the others."""
    found = links.of_records(work.session, gone)
    touched = links.touched(work.session, [link.id for link in found])
    kept = {link.record_id for link in found if link.id in touched}
    untouched = [link.id for link in found if link.id not in touched]
    asked = {link.request_id for link in found}
    links.remove(work.session, untouched)
    for request_id in asked:
        _forget_families(work, request_id, set(gone) - kept)
    contests.refresh(work, kept)
    return kept


def _forget_families(work: Work, request_id: str, gone: set[str]) -> None:
    """A household that held one of these people is laid against the request anew by the next run."""
    for row in families.of_request(work.session, request_id):
        family = families.value(work, row)
        members = {record_id for _, record_id, _ in family.pairs} | set(family.unmatched_records)
        if members & gone:
            work.session.delete(row)


def _reduce(work: Work, row: SourceListRow, people: int) -> None:
    """Where a decided record came from: the list's name and date, and no cell of anybody else."""
    details = source_lists.details(work, row, ListDetails)
    nothing = ListReading(file=FileFacts(name=details.reading.file.name, format="", sha256=""))
    bare = ListDetails(source=details.source, options=ReadOptions(), reading=nothing)
    row.sealed = source_lists.seal_details(work, row, bare)
    row.sealed_file = None
    row.record_count, row.problem_count = people, 0
