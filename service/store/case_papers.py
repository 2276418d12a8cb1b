"""Notes and pictures beside a case; sealed, added, never changed; they go with their case."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import col, delete, select

from service.store.columns import new_id
from service.store.sealed import Place
from service.store.states import FileKind
from service.store.tables import CaseFileRow, CaseNoteRow
from service.store.work import Work


def add_note(work: Work, organisation_id: str, link_id: str, author_id: str, text: str) -> CaseNoteRow:
    note_id = new_id()
    row = CaseNoteRow(
        id=note_id,
        organisation_id=organisation_id,
        link_id=link_id,
        author_id=author_id,
        sealed=work.sealer.seal_text(Place("case_note", "sealed", note_id, organisation_id), text),
    )
    work.session.add(row)
    work.session.flush()
    return row


def notes_of(work: Work, link_id: str) -> Sequence[CaseNoteRow]:
    """The notes of a link, the oldest first."""
    return work.session.exec(
        select(CaseNoteRow)
        .where(col(CaseNoteRow.link_id) == link_id)
        .order_by(col(CaseNoteRow.created_at), col(CaseNoteRow.id))
    ).all()


def note_text(work: Work, row: CaseNoteRow) -> str:
    return work.sealer.open_text(Place("case_note", "sealed", row.id, row.organisation_id), row.sealed)


def add_file(
    work: Work,
    subject: tuple[str, str],
    author: tuple[str, str],
    kind: FileKind,
    caption: str,
    picture: bytes,
) -> CaseFileRow:
    """Keep a cleaned picture. `subject`: kind and id; `author`: organisation and account."""
    file_id, organisation_id = new_id(), author[0]
    row = CaseFileRow(
        id=file_id,
        organisation_id=organisation_id,
        subject_kind=subject[0],
        subject_id=subject[1],
        kind=kind.value,
        media_type="image/jpeg",
        author_id=author[1],
        sealed_caption=work.sealer.seal_text(
            Place("case_file", "sealed_caption", file_id, organisation_id), caption
        ),
        sealed=work.sealer.seal(Place("case_file", "sealed", file_id, organisation_id), picture),
    )
    work.session.add(row)
    work.session.flush()
    return row


def file(work: Work, file_id: str) -> CaseFileRow | None:
    return work.session.get(CaseFileRow, file_id)


def files_of(work: Work, subject_kind: str, subject_id: str) -> Sequence[CaseFileRow]:
    """The pictures of one subject, the oldest first."""
    return work.session.exec(
        select(CaseFileRow)
        .where(col(CaseFileRow.subject_kind) == subject_kind, col(CaseFileRow.subject_id) == subject_id)
        .order_by(col(CaseFileRow.created_at), col(CaseFileRow.id))
    ).all()


def count_files(work: Work, subject_kind: str, subject_id: str) -> int:
    return work.session.exec(
        select(func.count()).where(
            col(CaseFileRow.subject_kind) == subject_kind, col(CaseFileRow.subject_id) == subject_id
        )
    ).one()


def caption(work: Work, row: CaseFileRow) -> str:
    place = Place("case_file", "sealed_caption", row.id, row.organisation_id)
    return work.sealer.open_text(place, row.sealed_caption)


def picture(work: Work, row: CaseFileRow) -> bytes:
    return work.sealer.open(Place("case_file", "sealed", row.id, row.organisation_id), row.sealed)


def drop_files(work: Work, subject_kind: str, subject_id: str) -> int:
    """Remove the pictures of a subject that goes away itself; how many there were."""
    found = work.session.connection().execute(
        delete(CaseFileRow).where(
            col(CaseFileRow.subject_kind) == subject_kind, col(CaseFileRow.subject_id) == subject_id
        )
    )
    return found.rowcount


def drop_notes(work: Work, link_id: str) -> None:
    """Remove the notes of a link."""
    work.session.connection().execute(delete(CaseNoteRow).where(col(CaseNoteRow.link_id) == link_id))
