"""`homeward weights estimate` over the decided links of a real store."""

import json
from pathlib import Path

from sqlmodel import col, select

from matching.policy_file import read
from schemas.review import LinkState, Move, RejectReason
from service.cases import intake
from service.cases.reviewed_links import reviewed_links
from service.security.actors import PUBLIC
from service.store.tables import CandidateLinkRow, JudgementRow
from service.store.work import open_store
from tests.cases import invented
from tests.jobs.test_worker import work_all
from tests.support.processes import Installation
from tests.support.stores import House, add_staff, publish, settings_for

REQUESTS = 60


def decided(house: House, reason: RejectReason, requests: int = REQUESTS) -> None:
    """So many requests matched; of each the first link confirmed and the next rejected."""
    publish(house, range(requests + 10))
    with house.store.begin() as work:
        for number in range(requests):
            intake.file_request(work, PUBLIC, invented.request(number))
    work_all(house.store)
    with house.store.begin() as work:
        order = select(CandidateLinkRow).where(col(CandidateLinkRow.rank) <= 2)
        for row in work.session.exec(order).all():
            same = row.rank == 1
            row.state = (LinkState.CONFIRMED if same else LinkState.REJECTED).value
            work.session.add(
                JudgementRow(
                    link_id=row.id, ordinal=1, actor_id=house.actor.account_id,
                    move=(Move.CONFIRM if same else Move.REJECT).value, before=LinkState.SUGGESTED.value,
                    after=row.state, reason_code="" if same else reason.value,
                )
            )  # fmt: skip


def test_confirmed_links_and_those_rejected_for_who_it_is_are_learned_from(house: House) -> None:
    decided(house, RejectReason.OTHER_PERSON, 12)
    found = reviewed_links(house.store)
    assert sum(one.same for one in found) == 12
    assert len(found) == 24
    assert all("prior" in one.bits and 0 < one.probability < 1 for one in found)


def test_a_rejection_for_want_of_data_says_nothing(house: House) -> None:
    decided(house, RejectReason.INSUFFICIENT_DATA, 12)
    assert all(one.same for one in reviewed_links(house.store))


def test_the_command_writes_a_policy_only_where_it_is_better(
    installation: Installation, tmp_path: Path
) -> None:
    out = tmp_path / "policy.json"
    order = ("weights", "estimate", "--out", str(out), "--version", "2027.1", "--json")
    early = installation.command(*order)
    assert early.returncode == 2
    assert "too_few_reviewed" in early.stderr
    settings = settings_for(installation.database_url, tmp_path, key_file=installation.key_file)
    store = open_store(settings)
    actor = add_staff(store, "Invented Relief", "anna")
    decided(House(store, actor, actor.organisation_id), RejectReason.OTHER_PERSON)
    store.close()
    ended = installation.command(*order)
    told = json.loads(ended.stdout)
    assert told["links"] == 2 * REQUESTS
    assert told["better"] is (told["log_loss_new"] <= told["log_loss_old"])
    assert ended.returncode == (0 if told["better"] else 1), ended.stderr
    assert out.exists() is told["better"]
    if told["better"]:
        assert read(out.read_text("utf-8")).version == "2027.1"
