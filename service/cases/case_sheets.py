"""A case on paper: the link with everything around it, or its photographs alone for a line-up."""

from base64 import b64encode
from dataclasses import dataclass

from service.cases import case_papers, exports, link_views
from service.cases.case_papers import LINK, Note
from service.cases.link_views import LinkView
from service.cases.reviews import note, own_link
from service.errors import Conflict
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store.states import FileKind
from service.store.work import Work


@dataclass(frozen=True)
class CaseSheet:
    """What stands on a printed case sheet; `mark` says who printed it."""

    view: LinkView
    notes: tuple[Note, ...]
    mark: str


@dataclass(frozen=True)
class Booklet:
    """Photographs without a name: numbered pictures, each as base64 of a JPEG."""

    pictures: tuple[str, ...]
    mark: str


def case_sheet(work: Work, actor: Actor, link_id: str) -> CaseSheet:
    """Everything of one link for one reader, blind where the page is blind. A reading and a taking out."""
    require(actor, Operation.PRINT_CASE)
    view = link_views.read_link(work, actor, link_id)
    notes = case_papers.read_notes(work, actor, link_id)
    note(work, actor, "link.printed", link_id)
    return CaseSheet(view, notes, exports.watermark(work, actor, link_id))


def booklet(work: Work, actor: Actor, link_id: str) -> Booklet:
    """The photographs of a link for a supervised line-up. Raises Conflict when there are none."""
    require(actor, Operation.PRINT_CASE)
    row = own_link(work, actor, link_id)
    photographs = [
        file for file in case_papers.files_of(work, actor, (LINK, row.id)) if file.kind is FileKind.PHOTO
    ]
    if not photographs:
        raise Conflict("no_photographs", "There is no photograph of a person beside this link yet.")
    pictures = tuple(
        b64encode(case_papers.read_file(work, actor, file.file_id)).decode() for file in photographs
    )
    note(work, actor, "link.photographs_printed", row.id, {"pictures": len(pictures)})
    return Booklet(pictures, exports.watermark(work, actor, row.id))
