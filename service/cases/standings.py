"""How a link stands: everything the state machine looks at, gathered from the store."""

from collections.abc import Sequence

from schemas.link import CandidateLink
from schemas.review import EvidenceDetails, EvidenceType, Judgement, LinkState, Move
from schemas.vocabulary import LinkRelation, Relation
from service.cases.workflow import EXCLUSIVE_STATES, FROZEN_STATES, LIVE_CLAIM, UNDECIDED, Standing
from service.store import judgements, links, records, requests, source_lists
from service.store.sealed import Place
from service.store.tables import CandidateLinkRow, JudgementRow
from service.store.work import Work

# comparisons that say more than that two names or two sexes agree
SUPPORT = frozenset(
    {"age", "origin", "place_time", "children", "household", "household_role", "parent_link"}
    | {"counted_children", "mother_elsewhere", "children_elsewhere"}
)
LIFTED = "freeze_lifted_"  # + the number of claims that the lead saw when lifting


def standing_of(work: Work, row: CandidateLinkRow, proposal: CandidateLink) -> Standing:
    """The standing of one link as of now."""
    of_child = links.of_record(work.session, row.record_id)
    others = [link for link in of_child if link.id != row.id]
    others += [
        link
        for link in links.of_request(work.session, row.request_id)
        if link.person_id == row.person_id and link.record_id != row.record_id
    ]
    is_same = row.relation == LinkRelation.SAME_PERSON.value
    return Standing(
        state=LinkState(row.state),
        history=history_of(work, row),
        barred=_barred(work, row),
        supported=any(e.weight > 0 and e.comparison in SUPPORT for e in proposal.evidence),
        taken=is_same and any(_excludes(link) for link in others),
        contested=is_same and row.contested and not _lifted(work, of_child),
        mother_in_custody=_mother_in_custody(work, row),
    )


def _mother_in_custody(work: Work, row: CandidateLinkRow) -> bool:
    """The list says so, or a link of the child's mother was recommended or goes further."""
    record_row = records.newest(work.session, row.record_id)
    record = records.value(work, record_row) if record_row else None
    if record and (record.with_mother or record.mother_elsewhere):
        return True
    request_row = requests.get(work.session, row.request_id)
    if request_row is None:
        return False
    mothers = {
        told.from_person
        for told in requests.value(work, request_row).relationships
        if told.relation is Relation.MOTHER and told.to_person == row.person_id
    }
    return any(
        link.person_id in mothers and LinkState(link.state) in LIVE_CLAIM
        for link in links.of_request(work.session, row.request_id)
    )


def claims_on(work: Work, record_id: str) -> int:
    """How many requests have a live claim on this record."""
    return len(links.claimants(work.session, [record_id], LIVE_CLAIM, UNDECIDED)[record_id])


def history_of(work: Work, row: CandidateLinkRow) -> tuple[Judgement, ...]:
    """What humans decided about a link, the oldest first, their reasons opened."""
    return tuple(_judgement(work, row, judgement) for judgement in judgements.of_link(work.session, row.id))


def reason_place(judgement_id: str, organisation_id: str) -> Place:
    """Where the sealed reason of a judgement stands."""
    return Place("judgement", "sealed_reason", judgement_id, organisation_id)


def evidence_place(judgement_id: str, organisation_id: str) -> Place:
    """Where the sealed details of a piece of evidence stand."""
    return Place("judgement", "sealed_evidence", judgement_id, organisation_id)


def _judgement(work: Work, link: CandidateLinkRow, row: JudgementRow) -> Judgement:
    reason = ""
    if row.sealed_reason is not None:
        reason = work.sealer.open_text(reason_place(row.id, link.organisation_id), row.sealed_reason)
    evidence = None
    if row.sealed_evidence is not None:
        place = evidence_place(row.id, link.organisation_id)
        evidence = work.sealer.open_value(place, row.sealed_evidence, EvidenceDetails)
    return Judgement(
        judgement_id=row.id,
        link_id=row.link_id,
        move=Move(row.move),
        before=LinkState(row.before),
        after=LinkState(row.after),
        actor_id=row.actor_id,
        reason_code=row.reason_code,
        reason=reason,
        evidence_type=EvidenceType(row.evidence_type) if row.evidence_type else None,
        evidence=evidence,
        decided_at=row.decided_at,
    )


def _barred(work: Work, row: CandidateLinkRow) -> frozenset[str]:
    """Who imported any edition of the list, and who filed the request."""
    request = requests.get(work.session, row.request_id)
    found = {request.filed_by} if request else set()
    record = records.newest(work.session, row.record_id)
    list_id = record.list_id if record else None
    while list_id is not None:
        source = source_lists.get(work.session, list_id)
        found.add(source.imported_by if source else None)
        list_id = source.predecessor_id if source else None
    return frozenset(account for account in found if account)


def _excludes(link: CandidateLinkRow) -> bool:
    return LinkState(link.state) in EXCLUSIVE_STATES and link.relation == LinkRelation.SAME_PERSON.value


def _lifted(work: Work, of_child: Sequence[CandidateLinkRow]) -> bool:
    """Whether the lead lifted the freeze, and no further claim has come since."""
    seen = [
        int(judgement.reason_code.removeprefix(LIFTED))
        for judgement in judgements.of_links(work.session, [link.id for link in of_child])
        if judgement.reason_code.startswith(LIFTED) and LinkState(judgement.before) in FROZEN_STATES
    ]
    return bool(seen) and claims_on(work, of_child[0].record_id) <= max(seen)
