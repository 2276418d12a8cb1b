"""Filing a request."""

import pytest

from schemas.review import PublicStatus
from service.cases import intake
from service.errors import NotFound, Unprocessable
from service.security.actors import PUBLIC
from service.store import requests
from tests.cases import invented
from tests.support.stores import House


def test_a_request_comes_back_as_it_was_filed(house: House) -> None:
    """What the relative told is held, and her code opens it."""
    filed = invented.request(3, people=2)
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, filed)
    with house.store.begin() as work:
        held = intake.export_own(work, PUBLIC, receipt.code)
    assert held.sought == filed.sought
    assert held.enquirer == filed.enquirer


def test_the_same_submission_twice_is_one_request(house: House) -> None:
    """A repetition with the same idempotency key gets the same code and stores nothing more."""
    receipts = []
    for _ in range(3):
        with house.store.begin() as work:
            receipts.append(intake.file_request(work, PUBLIC, invented.request(1), "a" * 32))
    assert len({(r.code, r.request_id) for r in receipts}) == 1
    assert [r.replayed for r in receipts] == [False, True, True]
    with house.store.read() as work:
        assert len(requests.page(work.session, house.organisation_id, None, None, 50).rows) == 1


def test_an_idempotency_key_serves_one_request_only(house: House) -> None:
    """The same key with another request is refused and stores nothing."""
    with house.store.begin() as work:
        intake.file_request(work, PUBLIC, invented.request(1), "a" * 32)
    with pytest.raises(Unprocessable), house.store.begin() as work:
        intake.file_request(work, PUBLIC, invented.request(2), "a" * 32)
    with house.store.read() as work:
        assert len(requests.page(work.session, house.organisation_id, None, None, 50).rows) == 1


def test_a_withdrawn_code_answers_like_a_wrong_one(house: House) -> None:
    """Nobody can learn from a code whether it ever existed."""
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, invented.request(1))
    with house.store.read() as work:
        assert intake.own_status(work, receipt.code).status is PublicStatus.RECEIVED
    with house.store.begin() as work:
        intake.withdraw_own(work, PUBLIC, receipt.code)
    answers = []
    for code in (receipt.code, "0" * 25, "nonsense"):
        with pytest.raises(NotFound) as refused, house.store.read() as work:
            intake.own_status(work, code)
        answers.append((refused.value.code, refused.value.sentence))
    assert len(set(answers)) == 1
