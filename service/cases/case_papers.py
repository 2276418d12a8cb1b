"""Notes and pictures beside a link or a list."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.cases.link_views import owes_opinion
from service.cases.reviews import note, own_link
from service.cases.standings import standing_of
from service.errors import Conflict, NotFound, Unprocessable
from service.security import audit
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store import accounts, case_papers, links, source_lists
from service.store.columns import now
from service.store.states import FileKind
from service.store.tables import CaseFileRow
from service.store.work import Work

LINK, LIST = "candidate_link", "source_list"
LONGEST_NOTE = 2000
LONGEST_CAPTION = 200
MOST_FILES = 40  # pictures beside one link or list
SHOWN = "pictures.shown"
SHOWN_FOR = timedelta(minutes=30)  # after its page was opened a picture belongs to that reading


@dataclass(frozen=True)
class Note:
    """One note. `veiled`: the reader owes an own opinion first, so its words and its author are left out."""

    note_id: str
    author: str
    written_at: datetime
    text: str
    veiled: bool


@dataclass(frozen=True)
class FileView:
    """A picture beside a case; its bytes are a reading of their own."""

    file_id: str
    kind: FileKind
    caption: str
    added_at: datetime


@dataclass(frozen=True)
class Upload:
    """A cleaned picture with what it shows."""

    kind: FileKind
    caption: str
    picture: bytes


def add_note(work: Work, actor: Actor, link_id: str, text: str) -> None:
    """Append a note to a link. Raises NotFound for absent and foreign links alike."""
    require(actor, Operation.JUDGE_LINK)
    row = own_link(work, actor, link_id)
    if not text.strip():
        raise Unprocessable("note_empty", "Write the note first.")
    if len(text) > LONGEST_NOTE:
        raise Unprocessable("note_too_long", f"Shorten the note to {LONGEST_NOTE} characters.")
    case_papers.add_note(work, row.organisation_id, row.id, actor.account_id, text.strip())
    note(work, actor, "link.note_added", row.id)


def read_notes(work: Work, actor: Actor, link_id: str) -> tuple[Note, ...]:
    """The notes of a link. What the first reviewer wrote stays veiled until the second has an opinion."""
    require(actor, Operation.READ_LINK)
    row = own_link(work, actor, link_id)
    veiled = owes_opinion(standing_of(work, row, links.value(work, row)), actor)
    notes = []
    for kept in case_papers.notes_of(work, row.id):
        hidden = veiled and kept.author_id != actor.account_id
        account = None if hidden else accounts.get(work.session, kept.author_id)
        text = "" if hidden else case_papers.note_text(work, kept)
        notes.append(Note(kept.id, account.login if account else "", kept.created_at, text, hidden))
    return tuple(notes)


def add_file(work: Work, actor: Actor, subject: tuple[str, str], upload: Upload) -> str:
    """Keep a picture beside a link or a list of the actor's organisation; its id."""
    _own(work, actor, *subject)
    if len(upload.caption) > LONGEST_CAPTION:
        raise Unprocessable("caption_too_long", f"Shorten the caption to {LONGEST_CAPTION} characters.")
    if case_papers.count_files(work, *subject) >= MOST_FILES:
        raise Conflict(
            "too_many_pictures", f"There are {MOST_FILES} pictures here already, which is the most."
        )
    author = (actor.organisation_id, actor.account_id)
    row = case_papers.add_file(work, subject, author, upload.kind, upload.caption.strip(), upload.picture)
    note(work, actor, "picture.added", subject[1], {"shows": upload.kind.value}, kind=subject[0])
    return row.id


def files_of(work: Work, actor: Actor, subject: tuple[str, str]) -> tuple[FileView, ...]:
    """What pictures there are, without their bytes."""
    _own(work, actor, *subject)
    return tuple(_view(work, row) for row in case_papers.files_of(work, *subject))


def show_files(work: Work, actor: Actor, subject: tuple[str, str]) -> tuple[FileView, ...]:
    """What a page shows of the pictures; with any, one reading in the audit log for all of them."""
    found = files_of(work, actor, subject)
    if found:
        note(work, actor, SHOWN, subject[1], {"pictures": len(found)}, kind=subject[0])
    return found


def read_on_page(work: Work, actor: Actor, file_id: str) -> bytes:
    """The bytes of a picture for the page that shows it: a part of the reading that `show_files` noted.

    Without such a reading, by this account and not long ago, it is a look of its own as in `read_file`.
    """
    row = _own_file(work, actor, file_id)
    since = max(now() - SHOWN_FOR, row.created_at)
    if not audit.was_noted(work.session, actor.audit_id, SHOWN, (row.subject_kind, row.subject_id), since):
        return read_file(work, actor, file_id)
    return case_papers.picture(work, row)


def read_file(work: Work, actor: Actor, file_id: str) -> bytes:
    """The bytes of one picture; each look is an event in the audit log."""
    row = _own_file(work, actor, file_id)
    note(work, actor, "picture.read", row.subject_id, kind=row.subject_kind)
    return case_papers.picture(work, row)


def _own_file(work: Work, actor: Actor, file_id: str) -> CaseFileRow:
    row = case_papers.file(work, file_id)
    if row is None or row.organisation_id != actor.organisation_id:
        require(actor, Operation.READ_FILE)
        raise NotFound
    _own(work, actor, row.subject_kind, row.subject_id)
    return row


def _own(work: Work, actor: Actor, kind: str, subject_id: str) -> None:
    """Reviewers have the pictures of links, importers those of lists."""
    if kind == LINK:
        require(actor, Operation.READ_LINK)
        own_link(work, actor, subject_id)
        return
    require(actor, Operation.READ_LIST)
    found = source_lists.get(work.session, subject_id)
    if found is None or found.organisation_id != actor.organisation_id:
        raise NotFound


def _view(work: Work, row: CaseFileRow) -> FileView:
    return FileView(row.id, FileKind(row.kind), case_papers.caption(work, row), row.created_at)
