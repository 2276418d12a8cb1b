"""The household on the link page: who is joined to whom, and who is left over on either side."""

from dataclasses import dataclass

from schemas.link import Band
from schemas.registry import DetaineeRecord
from schemas.review import LinkState
from schemas.tracing import SoughtPerson, TracingRequest
from schemas.vocabulary import LinkRelation
from service.security.actors import Actor
from service.store import families, links, records, requests
from service.store.tables import CandidateLinkRow
from service.store.work import Work


@dataclass(frozen=True)
class Neighbour:
    """Another link beside the one on the page. `record` is None where its organisation keeps it."""

    link_id: str
    request_id: str
    sought: SoughtPerson | None
    record: DetaineeRecord | None
    relation: LinkRelation
    state: LinkState
    band: Band
    weight: float
    probability: float
    version: int


@dataclass(frozen=True)
class FamilyPair:
    """One member of the request beside one of the household. `link_id` is None without a kept link."""

    sought: SoughtPerson
    record: DetaineeRecord | None
    weight: float
    link_id: str | None
    state: LinkState | None


@dataclass(frozen=True)
class FamilyView:
    """The request's people laid against one household; the unmatched are named on both sides.

    `also_in_household`: members of the list's household whom the enquirer did not name; children
    born after a parting are found here.
    """

    family_id: str
    weight: float
    pairs: tuple[FamilyPair, ...]
    unmatched_sought: tuple[SoughtPerson, ...]
    also_in_household: tuple[DetaineeRecord, ...]


def family_of(work: Work, actor: Actor, row: CandidateLinkRow, request: TracingRequest) -> FamilyView | None:
    """The family that the link belongs to, or None when it stands alone."""
    found = families.get(work.session, row.request_id, row.family_id) if row.family_id else None
    if found is None:
        return None
    family = families.value(work, found)
    people = {person.person_id: person for person in request.sought}
    kept = {(r.person_id, r.record_id): r for r in links.of_request(work.session, row.request_id)}
    pairs = []
    for person_id, record_id, weight in family.pairs:
        link = kept.get((person_id, record_id))
        if person_id in people:
            pairs.append(
                FamilyPair(
                    sought=people[person_id],
                    record=record_for(work, actor, record_id),
                    weight=weight,
                    link_id=link.id if link else None,
                    state=LinkState(link.state) if link else None,
                )
            )
    others = [record_for(work, actor, record_id) for record_id in family.unmatched_records]
    return FamilyView(
        family_id=family.family_id,
        weight=family.weight,
        pairs=tuple(pairs),
        unmatched_sought=tuple(people[p] for p in family.unmatched_sought if p in people),
        also_in_household=tuple(record for record in others if record is not None),
    )


def neighbour(work: Work, actor: Actor, row: CandidateLinkRow) -> Neighbour:
    """A link of the same organisation, in short; of an erased one only how it stands."""
    request_row = requests.get(work.session, row.request_id)
    request = requests.value(work, request_row) if request_row and not row.erased else None
    people = [person for person in request.sought if person.person_id == row.person_id] if request else []
    return Neighbour(
        link_id=row.id,
        request_id=row.request_id,
        sought=people[0] if people else None,
        record=record_for(work, actor, row.record_id),
        relation=LinkRelation(row.relation),
        state=LinkState(row.state),
        band=Band(row.band),
        weight=row.weight,
        probability=row.probability,
        version=row.version,
    )


def record_for(work: Work, actor: Actor, record_id: str) -> DetaineeRecord | None:
    """What is known of a record now, if it is the actor's organisation's."""
    found = records.newest(work.session, record_id)
    if found is None or found.organisation_id != actor.organisation_id:
        return None
    return records.value(work, found)
