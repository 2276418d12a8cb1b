"""The requests of a chunk: weighed in figures first, told in words where something is new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.tracing import TracingRequest
from service.jobs.gallery import Gallery
from service.jobs.results import Facts, Found, Pair, told_already
from service.store import links, requests
from service.store.tables import CandidateLinkRow, TracingRequestRow
from service.store.work import Work

if TYPE_CHECKING:
    from matching.linker import Linker
    from matching.scale.ranking import Links
    from matching.weighed import Weighed


@dataclass(frozen=True)
class Wanted:
    """A request with what was written of it before."""

    request_id: str
    version: int
    asked: TracingRequest
    written: Mapping[Pair, CandidateLinkRow]
    facts: Facts

    @classmethod
    def of(cls, work: Work, row: TracingRequestRow, gallery: Gallery) -> "Wanted":
        rows = links.of_request(work.session, row.id, figures=True)
        written = {(one.person_id, one.record_id): one for one in rows}
        return cls(row.id, row.version, requests.value(work, row), written, Facts.of(work, row, gallery))

    def found(self, linker: "Linker", last: "Links | None", top: int) -> Found:
        """`last` are its links as they are now, where that is known already."""
        if last is not None:
            figures = linker.weighed(self.asked, last)
            if sum(1 for _ in self.told(figures)) == len(figures):
                return Found(self.request_id, self.version, figures, {}, linker.families(self.asked, figures))
        ranked = linker.rank(self.asked, top, self.told)
        words = {(one.person_id, one.record_id): one for one in ranked.links if one.evidence}
        return Found(self.request_id, self.version, ranked.links, words, ranked.families)

    def told(self, weighed: "Sequence[Weighed]") -> "Iterator[Weighed]":
        """Those whose evidence is written and still the same."""
        return told_already(self.written, weighed, self.facts)


def found_of(gallery: Gallery, wanted: Sequence[Wanted], top: int, hold: bool) -> list[Found]:
    """What is found for each. `hold`: the linker keeps the requests from now on."""
    linker = gallery.linker
    if not hold:
        return [one.found(linker, None, top) for one in wanted]
    new = [one for one in wanted if gallery.held.get(one.request_id) != one.version]
    linker.hold(one.asked for one in new)
    gallery.held.update((one.request_id, one.version) for one in new)
    return [one.found(linker, linker.last_links(one.request_id, top), top) for one in wanted]
