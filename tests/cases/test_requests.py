"""Requests as staff see them, and what ends them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from schemas.review import ClosureReason, PublicStatus
from service.cases import expiry, intake
from service.cases import requests as cases
from service.cases.requests import RequestCase
from service.errors import Conflict, Forbidden, NotFound
from service.security import audit
from service.security.actors import PUBLIC, Actor, Role
from service.store import requests
from service.store.columns import now
from service.store.states import RequestState
from service.store.tables import AuditEvent, TracingRequestRow
from service.store.versions import VersionConflict
from service.store.work import Work
from tests.cases import invented
from tests.support.stores import House, add_staff


@pytest.fixture
def filed(house: House) -> intake.Receipt:
    with house.store.begin() as work:
        return intake.file_request(work, PUBLIC, invented.request(1))


READINGS: list[Callable[[Work, Actor, str], object]] = [
    cases.read_request,
    cases.read_contact,
    cases.withdraw_request,
    lambda work, actor, key: cases.correct_request(work, actor, key, invented.request(2)),
    lambda work, actor, key: cases.set_public_status(work, actor, key, PublicStatus.CONTACT_US),
    lambda work, actor, key: cases.close_request(work, actor, key, ClosureReason.LOST_CONTACT),
]


@pytest.mark.parametrize("act", READINGS)
def test_a_foreign_request_is_answered_like_an_absent_one(
    house: House, filed: intake.Receipt, act: Callable[[Work, Actor, str], object]
) -> None:
    """Whatever another organisation's account tries, it cannot tell that the request exists."""
    stranger = add_staff(house.store, "Another Relief", "stranger")
    answers = []
    for asked in (filed.request_id, "0" * 32):
        with pytest.raises(NotFound) as refused, house.store.begin() as work:
            act(work, stranger, asked)
        answers.append((refused.value.code, refused.value.sentence))
    assert len(set(answers)) == 1


@pytest.mark.parametrize("act", READINGS)
def test_every_look_and_every_change_is_in_the_audit_log(
    house: House, filed: intake.Receipt, act: Callable[[Work, Actor, str], object]
) -> None:
    """One act, one row, by that account, about that request; and the chain holds."""
    with house.store.begin() as work:
        before = audit.head(work.session).sequence
        act(work, house.actor, filed.request_id)
    with house.store.read() as work:
        rows = work.session.exec(select(AuditEvent).where(AuditEvent.sequence > before)).all()
        assert [(row.actor_id, row.object_id) for row in rows] == [(house.actor.account_id, filed.request_id)]
        assert audit.verify(work.session, work.keys).holds


def test_what_cannot_be_audited_does_not_happen(
    house: House, filed: intake.Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the audit row cannot be written, the act is undone with it."""

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(audit, "head", full)
    with pytest.raises(OSError, match="no space"), house.store.begin() as work:
        cases.set_public_status(work, house.actor, filed.request_id, PublicStatus.CONTACT_US)
    with pytest.raises(OSError, match="no space"), house.store.begin() as work:
        intake.file_request(work, PUBLIC, invented.request(2))
    with house.store.read() as work:
        assert intake.own_status(work, filed.code).status is PublicStatus.RECEIVED
        assert len(work.session.exec(select(TracingRequestRow)).all()) == 1


def test_only_a_release_changes_what_the_code_shows(house: House, filed: intake.Receipt) -> None:
    """The relative sees what a human released, and nothing of corrections or of a closing."""
    with house.store.begin() as work:
        cases.correct_request(work, house.actor, filed.request_id, invented.request(5))
    with house.store.read() as work:
        assert intake.own_status(work, filed.code).status is PublicStatus.RECEIVED
    with house.store.begin() as work:
        cases.set_public_status(work, house.actor, filed.request_id, PublicStatus.CONTACT_US)
    with house.store.begin() as work:
        cases.close_request(work, house.actor, filed.request_id, ClosureReason.LOST_CONTACT)
    with house.store.read() as work:
        assert intake.own_status(work, filed.code).status is PublicStatus.CONTACT_US


def test_a_change_from_an_old_version_is_refused(house: House, filed: intake.Receipt) -> None:
    """Two colleagues correct one request: the second is told, and nothing of hers is stored."""
    with house.store.begin() as work:
        seen = cases.read_request(work, house.actor, filed.request_id).version
    changes: list[Callable[[Work], RequestCase]] = [
        lambda work: cases.correct_request(work, house.actor, filed.request_id, invented.request(5), seen),
        lambda work: cases.correct_request(work, house.actor, filed.request_id, invented.request(6), seen),
        lambda work: cases.set_public_status(work, house.actor, filed.request_id, PublicStatus.CLOSED, seen),
    ]
    with house.store.begin() as work:
        changes[0](work)
    for change in changes[1:]:
        with pytest.raises(VersionConflict), house.store.begin() as work:
            change(work)
    with house.store.begin() as work:
        held = cases.read_request(work, house.actor, filed.request_id)
    assert held.request.sought == invented.request(5).sought
    assert held.public_status is PublicStatus.RECEIVED


def test_contact_data_are_no_part_of_the_case(house: House, filed: intake.Receipt) -> None:
    """Whoever reads the case does not read the telephone; that is a reading of its own."""
    with house.store.begin() as work:
        case = cases.read_request(work, house.actor, filed.request_id)
        contact = cases.read_contact(work, house.actor, filed.request_id)
    assert case.request.enquirer.contact.telephone == ""
    assert contact == invented.request(1).enquirer.contact


def test_an_importer_reads_no_requests(house: House, filed: intake.Receipt) -> None:
    """The role that brings lists does not see who asks."""
    importer = Actor("importer", house.organisation_id, frozenset({Role.IMPORTER}))
    with pytest.raises(Forbidden), house.store.begin() as work:
        cases.read_request(work, importer, filed.request_id)


def test_people_can_be_added_with_the_code(house: House, filed: intake.Receipt) -> None:
    """A child remembered later is added; a person_id that is there already is refused."""
    more = invented.request(8).sought[0]
    with house.store.begin() as work:
        intake.add_own(work, PUBLIC, filed.code, (more.model_copy(update={"person_id": "later"}),))
    with pytest.raises(Conflict), house.store.begin() as work:
        intake.add_own(work, PUBLIC, filed.code, (more,))
    with house.store.begin() as work:
        held = intake.export_own(work, PUBLIC, filed.code)
    assert [person.person_id for person in held.sought] == ["P1", "later"]
    assert held.enquirer.contact.telephone


def test_of_twenty_simultaneous_repetitions_one_is_stored(house: House) -> None:
    """The same submission from twenty connections at once is one request with one code."""

    def submit(_: int) -> intake.Receipt:
        with house.store.begin() as work:
            return intake.file_request(work, PUBLIC, invented.request(3), "same-key-" + "0" * 24)

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(submit, range(20)))
    assert len({(receipt.code, receipt.request_id) for receipt in receipts}) == 1
    assert sum(not receipt.replayed for receipt in receipts) == 1


def test_an_expired_request_ends_by_itself_and_once(house: House, filed: intake.Receipt) -> None:
    """On its day the request leaves, its code opens nothing, and sweeping again changes nothing."""
    later = filed.expires_on
    assert expiry.sweep(house.store, later - timedelta(days=1)).requests == 0
    assert expiry.sweep(house.store, later).requests == 1
    assert expiry.sweep(house.store, later).requests == 0
    with pytest.raises(NotFound), house.store.read() as work:
        intake.own_status(work, filed.code)
    with house.store.read() as work:
        row = requests.get(work.session, filed.request_id)
        assert row is not None
        assert row.state == RequestState.EXPIRED
        assert not requests.is_matchable(row, now().date())


def test_months_end_on_the_last_day() -> None:
    """31 August and six months is the last day of February."""
    august = now().date().replace(year=2026, month=8, day=31)
    assert intake.months_later(august, 6).isoformat() == "2027-02-28"
    assert intake.months_later(august, 24).isoformat() == "2028-08-31"
    assert intake.months_later(august.replace(month=12), 1).isoformat() == "2027-01-31"
