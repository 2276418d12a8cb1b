"""Writing what a matching found: proposals are renewed, human decisions are left alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from schemas.link import CandidateLink, FamilyLink
from schemas.review import LinkState
from service.cases import contests
from service.cases.withdrawn_links import set_aside
from service.cases.workflow import UNDECIDED
from service.jobs.gallery import Gallery, pair_facts, request_facts
from service.store import families, links, requests
from service.store.columns import now
from service.store.tables import CandidateLinkRow, TracingRequestRow
from service.store.work import Work

if TYPE_CHECKING:
    from matching.weighed import Weighed

    Figures = Weighed | CandidateLink

_Link = TypeVar("_Link", bound="Figures")

Pair = tuple[str, str]  # a sought person and a record


class Overtaken(Exception):  # noqa: N818 - says what happened
    """Links of this request were changed while it was being matched: it has to be matched again."""


@dataclass(frozen=True)
class Found:
    """What the linker found for a request as it was at this version: all links in figures, those of which
    something new is to be told in words too, and the families.
    """

    request_id: str
    version: int
    weighed: "Sequence[Figures]"
    words: Mapping[Pair, CandidateLink]
    families: Sequence[FamilyLink]


@dataclass
class _Writing:
    """One request's results being written."""

    work: Work
    run_id: str
    request: TracingRequestRow
    facts: "Facts"
    gallery: Gallery
    weighed: "Sequence[Figures]"
    touched: set[str]


@dataclass(frozen=True)
class Facts:
    """What the request and a record say: a keyed hash that changes with either."""

    work: Work
    request_side: bytes
    gallery: Gallery

    @classmethod
    def of(cls, work: Work, row: TracingRequestRow, gallery: Gallery) -> "Facts":
        return cls(work, request_facts(work.keys, requests.value(work, row)), gallery)

    def with_record(self, record_id: str) -> str:
        facts = self.gallery.known.facts_of(record_id)
        return pair_facts(self.work.keys, self.request_side, facts or b"gone")

    def spoken_of(self, link: "Figures", beside: "Sequence[Figures]") -> str:
        """A keyed hash of all that the evidence of a link speaks of: its weight and what both sides say, what
        the rows of the household say, and which records of other lists may be the same person.
        """
        facts = map(self.gallery.known.facts_of, self.gallery.linker.household(link.record_id))
        household = [one for one in facts if one is not None]
        twins = [one.record_id for one in beside if self._may_be_one(one, link)]
        figures = f"{link.relation.value}|{link.weight}|{link.policy}|{'|'.join(sorted(twins))}|"
        told = figures.encode() + self.with_record(link.record_id).encode() + b"".join(sorted(household))
        return self.work.keys.mac("told", told).hex()

    def _may_be_one(self, one: "Figures", two: "Figures") -> bool:
        from matching.proposals import UNLIKELY

        if one.person_id != two.person_id or min(one.weight, two.weight) < UNLIKELY:
            return False
        list_of = self.gallery.known.list_of
        return list_of(one.record_id) != list_of(two.record_id)


def told_already(
    written: Mapping[Pair, CandidateLinkRow], weighed: "Sequence[_Link]", facts: Facts
) -> Iterator[_Link]:
    """The links whose evidence is written and still the same, whatever has become of the rank."""
    for link in weighed:
        row = written.get(_pair(link))
        if row is not None and (
            LinkState(row.state) not in UNDECIDED or row.told == facts.spoken_of(link, weighed)
        ):
            yield link


def write(work: Work, run_id: str, gallery: Gallery, found: Found) -> int:
    """Store the links of one request; returns how many links are new or changed.

    Call it after `links.lock`, in the transaction that marks the chunk done. A request that was
    changed or withdrawn since it was read is left out: that change has queued a run of its own. Raises
    `Overtaken` before anything of the request is written.
    """
    row = requests.get(work.session, found.request_id)
    if row is None or row.version != found.version or not requests.is_matchable(row, now().date()):
        return 0
    rows, facts = links.of_request(work.session, row.id, figures=True), Facts.of(work, row, gallery)
    written = {(one.person_id, one.record_id): one for one in rows}
    told = set(map(_pair, told_already(written, found.weighed, facts)))
    if not all(pair in told or pair in found.words for pair in map(_pair, found.weighed)):
        raise Overtaken
    writing = _Writing(work, run_id, row, facts, gallery, found.weighed, set())
    existing = {link.id: link for link in rows}
    new: list[dict[str, Any]] = []
    changed = 0
    for link in found.weighed:
        link_id = links.link_id(row.id, link.person_id, link.record_id)
        kept, pair = existing.pop(link_id, None), _pair(link)
        if kept is None:
            new.append(_added(writing, link_id, link, found.words[pair]))
        else:
            changed += _renew(writing, kept, link, None if pair in told else found.words[pair])
    links.insert_all(work.session, new)
    changed += len(new)
    for kept in existing.values():
        changed += _unproposed(writing, kept)
    families.replace(work, row, found.families, run_id)
    contests.refresh(work, writing.touched)
    return changed


def _pair(link: "Figures") -> Pair:
    return link.person_id, link.record_id


def _added(writing: _Writing, link_id: str, link: "Figures", words: CandidateLink) -> dict[str, Any]:
    row, moment = writing.request, now()
    writing.touched.add(link.record_id)
    return {
        "id": link_id,
        "organisation_id": row.organisation_id,
        "record_organisation_id": writing.gallery.known.organisation_of(link.record_id),
        "request_id": row.id,
        "person_id": link.person_id,
        "record_id": link.record_id,
        "state": LinkState.SUGGESTED.value,
        "contested": False,
        "new_data": False,
        "current": True,
        "first_run": writing.run_id,
        "last_run": writing.run_id,
        "facts": writing.facts.with_record(link.record_id),
        "told": writing.facts.spoken_of(link, writing.weighed),
        "sealed": links.seal(writing.work, link_id, row.organisation_id, words),
        "created_at": moment,
        "updated_at": moment,
        "version": 1,
        **_scored(link),
    }


def _scored(link: "Figures") -> dict[str, Any]:
    return {
        "relation": link.relation.value,
        "weight": link.weight,
        "probability": link.probability,
        "band": link.band.value,
        "rank": link.rank,
        "family_id": link.family_id,
        "policy": link.policy,
    }


def _renew(writing: _Writing, row: CandidateLinkRow, link: "Figures", words: CandidateLink | None) -> int:
    """Re-score an undecided link; of a decided one only say that its facts changed. `words` are given where
    the evidence is another.
    """
    facts = writing.facts.with_record(row.record_id)
    news = facts != row.facts
    state = LinkState(row.state)
    changed = False
    if state in UNDECIDED:
        scored = _scored(link)
        if words or not row.current or any(getattr(row, name) != value for name, value in scored.items()):
            if not row.current or (row.band, row.relation) != (scored["band"], scored["relation"]):
                writing.touched.add(row.record_id)
            for name, value in scored.items():
                setattr(row, name, value)
            if words is not None:
                row.sealed = links.seal(writing.work, row.id, row.organisation_id, words)
                row.told = writing.facts.spoken_of(link, writing.weighed)
            row.current, row.last_run = True, writing.run_id
            changed = True
    if news:
        row.facts = facts
        if state is not LinkState.SUGGESTED and not row.new_data:
            row.new_data = changed = True
    return _count(row, changed)


def _unproposed(writing: _Writing, row: CandidateLinkRow) -> int:
    """A link that the matching no longer proposes: undecided ones leave the queue, decided ones stay."""
    if LinkState(row.state) in UNDECIDED:
        if not set_aside(row):
            return 0
        writing.touched.add(row.record_id)
        return 1
    facts = writing.facts.with_record(row.record_id)
    if facts == row.facts:
        return 0
    row.facts = facts
    changed = not row.new_data
    row.new_data = True
    return _count(row, changed)


def _count(row: CandidateLinkRow, changed: bool) -> int:
    if changed:
        row.updated_at = now()
        row.version += 1
    return int(changed)
