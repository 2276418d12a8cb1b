"""Candidate links: the machine's proposals with the state that humans gave them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import delete, func, insert, or_, text, update
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from schemas.link import Band, CandidateLink
from schemas.review import LinkState
from schemas.vocabulary import LinkRelation
from service.store.columns import now
from service.store.pages import Page, cut
from service.store.sealed import Place
from service.store.tables import (
    CandidateLinkRow,
    CaseFileRow,
    CaseNoteRow,
    DetaineeRecordRow,
    JudgementRow,
)
from service.store.work import Work

TABLE = "candidate_link"
_LOCK = 4_871_233_072  # PostgreSQL advisory lock of everything that writes links; any fixed number
_MOST_IDS = 500


def link_id(request_id: str, person_id: str, record_id: str) -> str:
    """The identity of a link follows from what it joins: matching again finds the same link."""
    return sha256("|".join((request_id, person_id, record_id)).encode()).hexdigest()[:32]


# Link ids are digests, so those that begin low are a draw of one in 64 that nobody can lean on: the same
# links for everybody, whatever they weigh.
_SAMPLE_END = "04"


def in_sample(identity: str) -> bool:
    """Whether a link is of the drawn sample on which the loss below the threshold is measured."""
    return identity < _SAMPLE_END


def lock(session: Session) -> None:
    """Let one transaction at a time write links, so that `contested` is counted on settled ground."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _place(row_id: str, organisation_id: str) -> Place:
    return Place(TABLE, "sealed", row_id, organisation_id)


def seal(work: Work, row_id: str, organisation_id: str, link: CandidateLink) -> bytes:
    return work.sealer.seal_value(_place(row_id, organisation_id), link)


def value(work: Work, row: CandidateLinkRow) -> CandidateLink:
    """The proposal as it was last scored. The row has the figures; the evidence may have been written when
    others stood beside it, with whom its weight has nothing to do.
    """
    sealed = work.sealer.open_value(_place(row.id, row.organisation_id), row.sealed, CandidateLink)
    return sealed.model_copy(
        update={
            "rank": row.rank,
            "probability": row.probability,
            "band": Band(row.band),
            "family_id": row.family_id,
        }
    )


def get(session: Session, link_id: str) -> CandidateLinkRow | None:
    return session.get(CandidateLinkRow, link_id)


def of_request(session: Session, request_id: str, *, figures: bool = False) -> Sequence[CandidateLinkRow]:
    """Every link of a request, by person and rank. `figures`: what is sealed is not fetched with them."""
    query = (
        select(CandidateLinkRow)
        .where(col(CandidateLinkRow.request_id) == request_id)
        .order_by(col(CandidateLinkRow.person_id), col(CandidateLinkRow.rank), col(CandidateLinkRow.id))
    )
    if figures:
        query = query.options(defer(CandidateLinkRow.sealed))  # type: ignore[arg-type]  # sqlmodel types it as bytes
    return session.exec(query).all()


def of_record(session: Session, record_id: str) -> Sequence[CandidateLinkRow]:
    """Every link to a record, the strongest first."""
    return session.exec(
        select(CandidateLinkRow)
        .where(col(CandidateLinkRow.record_id) == record_id)
        .order_by(col(CandidateLinkRow.weight).desc(), col(CandidateLinkRow.id))
    ).all()


def of_records(session: Session, record_ids: Iterable[str]) -> Sequence[CandidateLinkRow]:
    """Every link to any of these records."""
    wanted = sorted(set(record_ids))
    found: list[CandidateLinkRow] = []
    for start in range(0, len(wanted), _MOST_IDS):
        some = wanted[start : start + _MOST_IDS]
        found += session.exec(
            select(CandidateLinkRow)
            .where(col(CandidateLinkRow.record_id).in_(some))
            .order_by(col(CandidateLinkRow.id))
        ).all()
    return found


@dataclass(frozen=True)
class QueueFilter:
    """What a reviewer wants to see; None and empty leave a question open."""

    organisation_id: str
    states: tuple[LinkState, ...] = (LinkState.SUGGESTED,)
    bands: tuple[Band, ...] = (Band.SHOW, Band.NEEDS_FACTS)
    contested: bool | None = None
    new_data: bool | None = None
    claimed_by: str | None = None
    request_id: str | None = None
    list_id: str | None = None  # of the edition that holds the record now, or held it
    current_only: bool = True
    least_probability: float = 0.0
    sample_only: bool = False


def queue(session: Session, wanted: QueueFilter, after: str | None, limit: int) -> Page[CandidateLinkRow]:
    """Links by weight, the heaviest first. `after` is the id of the last link of the page before."""
    table = CandidateLinkRow
    query = select(table).where(
        col(table.organisation_id) == wanted.organisation_id, col(table.erased).is_(False)
    )
    if wanted.states:
        query = query.where(col(table.state).in_([state.value for state in wanted.states]))
    if wanted.bands:
        query = query.where(col(table.band).in_([band.value for band in wanted.bands]))
    for column, asked in ((table.contested, wanted.contested), (table.new_data, wanted.new_data)):
        if asked is not None:
            query = query.where(col(column).is_(asked))
    if wanted.claimed_by is not None:
        query = query.where(col(table.claimed_by) == wanted.claimed_by)
    if wanted.request_id is not None:
        query = query.where(col(table.request_id) == wanted.request_id)
    if wanted.list_id is not None:
        on_list = select(DetaineeRecordRow.record_id).where(col(DetaineeRecordRow.list_id) == wanted.list_id)
        query = query.where(col(table.record_id).in_(on_list))
    if wanted.current_only:
        undecided = col(table.state).in_([LinkState.SUGGESTED.value])
        query = query.where(or_(col(table.current).is_(True), ~undecided))
    if wanted.sample_only:
        query = query.where(col(table.id) < _SAMPLE_END)
    if wanted.least_probability > 0:
        query = query.where(col(table.probability) >= wanted.least_probability)
    last = session.get(table, after) if after else None
    if last is not None:
        query = query.where(
            or_(
                col(table.weight) < last.weight,
                (col(table.weight) == last.weight) & (col(table.id) > last.id),
            )
        )
    ordered = query.order_by(col(table.weight).desc(), col(table.id)).limit(limit + 1)
    return cut(session.exec(ordered).all(), limit)


def count_by_state(session: Session, organisation_id: str) -> dict[str, int]:
    """How many current links of an organisation are in each state."""
    found = session.exec(
        select(CandidateLinkRow.state, func.count())
        .where(
            col(CandidateLinkRow.organisation_id) == organisation_id,
            col(CandidateLinkRow.current).is_(True),
        )
        .group_by(col(CandidateLinkRow.state))
    ).all()
    return dict(found)


def claimants(
    session: Session, record_ids: Iterable[str], live: Iterable[LinkState], undecided: Iterable[LinkState]
) -> dict[str, set[str]]:
    """For each record the requests with a live claim on it.

    A claim is live when a human carried it on (`live`), or when it is undecided, still proposed, and
    strong enough to be shown. Placeholders of a household are not claims on one child.
    """
    table = CandidateLinkRow
    wanted = sorted(set(record_ids))
    claims: dict[str, set[str]] = {record_id: set() for record_id in wanted}
    for start in range(0, len(wanted), _MOST_IDS):
        rows = session.exec(
            select(table.record_id, table.request_id).where(
                col(table.record_id).in_(wanted[start : start + _MOST_IDS]),
                col(table.relation) == LinkRelation.SAME_PERSON.value,
                or_(
                    col(table.state).in_([state.value for state in live]),
                    col(table.state).in_([state.value for state in undecided])
                    & col(table.current).is_(True)
                    & (col(table.band) == Band.SHOW.value),
                ),
            )
        ).all()
        for record_id, request_id in rows:
            claims[record_id].add(request_id)
    return claims


def mark_contested(
    session: Session, record_ids: Iterable[str], contested: bool, states: Iterable[LinkState]
) -> int:
    """Set the flag on the links of these records that stand in these states, or lift it from all, where it
    differs.
    """
    table = CandidateLinkRow
    wanted, changed = sorted(set(record_ids)), 0
    for start in range(0, len(wanted), _MOST_IDS):
        statement = update(table).where(
            col(table.record_id).in_(wanted[start : start + _MOST_IDS]),
            col(table.contested).is_(not contested),
            col(table.relation) == LinkRelation.SAME_PERSON.value,
        )
        if contested:
            statement = statement.where(col(table.state).in_([state.value for state in states]))
        marked = session.connection().execute(
            statement.values(contested=contested, version=col(table.version) + 1)
        )
        changed += marked.rowcount
    return changed


def insert_all(session: Session, rows: Sequence[dict[str, object]]) -> None:
    """New links, all columns of each: without an object for every row, a third of the cost."""
    if rows:
        session.connection().execute(insert(CandidateLinkRow), rows)


def touched(session: Session, link_ids: Sequence[str]) -> set[str]:
    """Those of these links on which a person acted: took them up, judged, noted or added a picture."""
    table, found = CandidateLinkRow, set[str]()
    for start in range(0, len(link_ids), _MOST_IDS):
        some = link_ids[start : start + _MOST_IDS]
        acted = or_(
            col(table.state) != LinkState.SUGGESTED.value,
            col(table.claimed_by).is_not(None),
            col(table.recommended_by).is_not(None),
        )
        found |= set(session.exec(select(table.id).where(col(table.id).in_(some), acted)))
        for traced in (JudgementRow.link_id, CaseNoteRow.link_id, CaseFileRow.subject_id):
            found |= set(session.exec(select(traced).where(col(traced).in_(some))))
    return found


def remove(session: Session, link_ids: Sequence[str]) -> None:
    """Remove proposals that nobody touched."""
    for start in range(0, len(link_ids), _MOST_IDS):
        some = link_ids[start : start + _MOST_IDS]
        session.connection().execute(delete(CandidateLinkRow).where(col(CandidateLinkRow.id).in_(some)))


def empty(row: CandidateLinkRow) -> None:
    """Erase what the proposal says of a person. The claim on the record stays: state, weight, rank."""
    row.sealed = b""
    row.person_id = row.id  # the enquirer's own mark of a person may be a name
    row.family_id = row.facts = ""
    row.current = row.new_data = False
    row.erased = True
    row.updated_at = now()
    row.version += 1
