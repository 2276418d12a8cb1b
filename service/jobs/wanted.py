"""The requests of a chunk: weighed in figures first, told in words where something is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.tracing import TracingRequest
from service.jobs.gallery import Gallery
from service.jobs.results import Facts, Found, told_already
from service.store import links, requests
from service.store.tables import CandidateLinkRow, TracingRequestRow
from service.store.work import Work

if TYPE_CHECKING:
    from matching.linker import Linker
    from matching.scale.ranking import Links


@dataclass(frozen=True)
class Wanted:
    """A request with what was written of it before."""

    request_id: str
    version: int
    asked: TracingRequest
    written: Sequence[CandidateLinkRow]
    facts: Facts

    @classmethod
    def of(cls, work: Work, row: TracingRequestRow, gallery: Gallery) -> "Wanted":
        written = links.of_request(work.session, row.id)
        return cls(row.id, row.version, requests.value(work, row), written, Facts.of(work, row, gallery))

    def found(self, linker: "Linker", weighed: "Links | None", top: int) -> Found:
        """`weighed` are the links as they are now, unless nothing was written before."""
        figures = linker.weighed(self.asked, weighed) if weighed is not None else ()
        told = told_already(self.written, figures, self.facts)
        if weighed is not None and len(told) == len(figures):
            return Found(self.request_id, self.version, figures, {}, linker.families(self.asked, figures))
        ranked = linker.rank(self.asked, top, told)
        words = {(one.person_id, one.record_id): one for one in ranked.links if one.evidence}
        return Found(self.request_id, self.version, ranked.links, words, ranked.families)


def found_of(gallery: Gallery, wanted: Sequence[Wanted], top: int, hold: bool) -> list[Found]:
    """What is found for each. `hold`: the linker keeps the requests from now on."""
    linker = gallery.linker
    if hold:
        new = [one for one in wanted if gallery.held.get(one.request_id) != one.version]
        linker.hold(one.asked for one in new)
        gallery.held.update((one.request_id, one.version) for one in new)
    known = [one.asked for one in wanted if one.written]
    if hold:
        weighed = dict(linker.weigh_held([one.request_id for one in known], top))
    else:
        weighed = {asked.request_id: links for asked, links in linker.weigh(known, top)}
    return [one.found(linker, weighed.get(one.request_id), top) for one in wanted]
