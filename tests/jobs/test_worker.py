"""Matching runs and the worker that does them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import select

from schemas.review import LinkState
from service.cases import contests, intake, matching_runs
from service.cases.search import Searcher, SearchReason, SearchWanted
from service.jobs.gallery import Gallery
from service.jobs.results import Found
from service.jobs.worker import MOST_ATTEMPTS, Leased, Worker
from service.security.actors import PUBLIC
from service.store import chunks, links, records
from service.store.states import WorkState
from service.store.tables import CandidateLinkRow, MatchingRunRow, RunChunkRow
from service.store.work import Store
from tests.cases import invented
from tests.support.stores import House, publish


def work_all(store: Store) -> None:
    worker = Worker(store)
    while worker.step():
        pass


def links_now(store: Store) -> dict[str, tuple[Any, ...]]:
    with store.read() as work:
        return {
            row.id: (
                row.rank,
                row.weight,
                row.probability,
                row.current,
                row.contested,
                row.state,
                row.version,
            )
            for row in work.session.exec(select(CandidateLinkRow)).all()
        }


def test_a_request_finds_the_record_of_the_same_name(house: House) -> None:
    """Filing queues the matching; the worker proposes the person of that name first."""
    publish(house, range(40))
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, invented.request(7))
    work_all(house.store)
    with house.store.read() as work:
        found = links.of_request(work.session, receipt.request_id)
        best = found[0]
        record = records.newest(work.session, best.record_id)
        assert record is not None
        assert records.value(work, record).person.names[0].text == invented.name(7)
        assert best.state == LinkState.SUGGESTED
        evidence = links.value(work, best).evidence
        assert sum(e.weight for e in evidence) == pytest.approx(best.weight)


@pytest.mark.usefixtures("search_compiled")
def test_one_altered_row_does_not_stop_the_search_for_everybody_else(house: House) -> None:
    """A row whose seal does not open is left out, by matching and by search; the others are found."""
    list_id = publish(house, range(40))
    with house.store.begin() as work:
        altered = records.of_list(work.session, list_id)[3]
        altered.sealed = altered.sealed[:-1] + bytes([altered.sealed[-1] ^ 1])
        lost = altered.record_id
        receipts = [intake.file_request(work, PUBLIC, invented.request(n)) for n in (3, 7)]
    work_all(house.store)
    with house.store.read() as work:
        found = {row.record_id for one in receipts for row in links.of_request(work.session, one.request_id)}
        best = links.of_request(work.session, receipts[1].request_id)[0]
        record = records.newest(work.session, best.record_id)
        assert record is not None
        assert records.value(work, record).person.names[0].text == invented.name(7)
    assert lost not in found
    searcher = Searcher(house.store)
    shown = searcher.search(house.actor, SearchWanted(SearchReason.NO_CANDIDATE, invented.name(7))).found
    assert shown[0].record.record_id == best.record_id
    with house.store.begin() as work:  # altered after the lists were prepared
        row = records.newest(work.session, shown[-1].record.record_id)
        assert row is not None
        row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    later = searcher.search(house.actor, SearchWanted(SearchReason.NO_CANDIDATE, invented.name(7))).found
    assert [one.record.record_id for one in later] == [one.record.record_id for one in shown[:-1]]
    searcher.close()


def test_a_request_without_consent_has_no_links(house: House) -> None:
    """Silence is no consent: no candidate is computed at all."""
    publish(house, range(40))
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, invented.request(7, consent=False))
    work_all(house.store)
    with house.store.read() as work:
        assert not links.of_request(work.session, receipt.request_id)


def test_matching_again_changes_nothing(house: House) -> None:
    """A second run over unchanged data leaves every link and its version as it was."""
    publish(house, range(40))
    for number in range(8):
        with house.store.begin() as work:
            intake.file_request(work, PUBLIC, invented.request(number, people=2))
    work_all(house.store)
    before = links_now(house.store)
    with house.store.begin() as work:
        matching_runs.start_run(work, house.actor)
    work_all(house.store)
    assert before
    assert links_now(house.store) == before


def test_a_decided_link_is_never_rescored(house: House) -> None:
    """New records change the weights of suggestions; a rejected link keeps every figure and its state."""
    publish(house, range(40))
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, invented.request(7))
    work_all(house.store)
    with house.store.begin() as work:
        decided = links.of_request(work.session, receipt.request_id)[0]
        decided.state = LinkState.REJECTED.value
        kept = (decided.id, decided.weight, decided.probability, decided.rank, decided.sealed)
    publish(house, range(40, 70))
    with house.store.begin() as work:
        matching_runs.start_run(work, house.actor)
    work_all(house.store)
    with house.store.read() as work:
        row = links.get(work.session, kept[0])
        assert row is not None
        assert (row.id, row.weight, row.probability, row.rank, row.sealed) == kept
        assert row.state == LinkState.REJECTED
        assert not row.new_data


def test_a_correction_flags_a_decided_link(house: House) -> None:
    """When the relative corrects her request, whoever decided is told that there is something new."""
    publish(house, range(40))
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, invented.request(7))
    work_all(house.store)
    with house.store.begin() as work:
        links.of_request(work.session, receipt.request_id)[0].state = LinkState.PLAUSIBLE.value
    corrected = invented.request(7, full="Zarema Tsurkaeva-Betelieva")
    with house.store.begin() as work:
        intake.correct_own(work, PUBLIC, receipt.code, corrected)
    work_all(house.store)
    with house.store.read() as work:
        flagged = [row for row in links.of_request(work.session, receipt.request_id) if row.new_data]
        assert [row.state for row in flagged] == [LinkState.PLAUSIBLE]


def test_two_requests_for_one_child_are_contested(house: House) -> None:
    """Links of different requests that both deserve to be shown join one record: all are flagged,
    and free again when only one claim is left.
    """
    publish(house, range(40))
    with house.store.begin() as work:
        first = intake.file_request(work, PUBLIC, invented.request(7))
    work_all(house.store)
    with house.store.begin() as work:
        row = links.of_request(work.session, first.request_id)[0]
        row.state = LinkState.PLAUSIBLE.value
    with house.store.begin() as work:
        second = intake.file_request(work, PUBLIC, invented.request(7))
    work_all(house.store)
    with house.store.begin() as work:
        row = links.of_request(work.session, second.request_id)[0]
        row.state = LinkState.PLAUSIBLE.value
        matching_runs.start_run(work, house.actor)
    with house.store.begin() as work:
        contests.refresh(work, [row.record_id])
    with house.store.read() as work:
        flags = {
            link.request_id: link.contested
            for link in links.of_record(work.session, row.record_id)
            if link.state == LinkState.PLAUSIBLE
        }
    assert flags == {first.request_id: True, second.request_id: True}
    with house.store.begin() as work:
        for link in links.of_record(work.session, row.record_id):
            if link.request_id == second.request_id:
                link.state = LinkState.REJECTED.value
        assert contests.refresh(work, [row.record_id]) == 2
    with house.store.read() as work:
        assert not any(link.contested for link in links.of_record(work.session, row.record_id))


def test_a_withdrawn_request_leaves_review_at_once(house: House) -> None:
    """No worker is needed for suggestions to leave the queue."""
    publish(house, range(40))
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, invented.request(7))
    work_all(house.store)
    with house.store.begin() as work:
        intake.withdraw_own(work, PUBLIC, receipt.code)
    with house.store.read() as work:
        assert not any(row.current for row in links.of_request(work.session, receipt.request_id))


def test_a_cancelled_run_ends_without_results(house: House) -> None:
    """Cancelling drops what waits; the run ends as cancelled and proposes nothing."""
    publish(house, range(40))
    with house.store.begin() as work:
        for number in range(4):
            intake.file_request(work, PUBLIC, invented.request(number))
    with house.store.begin() as work:
        for run in work.session.exec(select(MatchingRunRow)).all():
            matching_runs.cancel_run(work, house.actor, run.id)
    work_all(house.store)
    assert links_now(house.store) == {}
    with house.store.read() as work:
        states = {run.state for run in work.session.exec(select(MatchingRunRow)).all()}
    assert states == {WorkState.CANCELLED}


def test_two_workers_share_a_run_and_write_each_link_once(house: House) -> None:
    """Working at the same time, they end with what one worker alone would have written."""
    publish(house, range(30))
    with house.store.begin() as work:
        for number in range(16):
            intake.file_request(work, PUBLIC, invented.request(number))
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work_all, house.store) for _ in range(2)]:
            done.result()
    together = links_now(house.store)
    with house.store.begin() as work:
        written = sum(run.link_count for run in work.session.exec(select(MatchingRunRow)).all())
        assert {run.state for run in work.session.exec(select(MatchingRunRow)).all()} == {WorkState.DONE}
        matching_runs.start_run(work, house.actor)
    assert written == len(together)
    work_all(house.store)
    assert {link: told[:4] for link, told in links_now(house.store).items()} == {
        link: told[:4] for link, told in together.items()
    }


def test_a_worker_that_overslept_its_lease_writes_nothing(house: House) -> None:
    """Its chunk belongs to whoever took it over; a late result and a late heartbeat are refused."""
    publish(house, range(10))
    with house.store.begin() as work:
        intake.file_request(work, PUBLIC, invented.request(1))
    with house.store.begin() as work:
        slow = chunks.claim(work.session, "slow", lease_seconds=-1)
        assert slow is not None
        chunk_id = slow.id
    with house.store.begin() as work:
        taken = chunks.claim(work.session, "quick", lease_seconds=60)
        assert taken is not None
        assert (taken.id, taken.attempts) == (chunk_id, 2)
    with house.store.begin() as work:
        assert not chunks.extend(work.session, chunk_id, "slow", 60)
        assert not chunks.leave(work.session, chunk_id, "slow", WorkState.DONE)
        assert chunks.claim(work.session, "third", lease_seconds=60) is None
        assert chunks.extend(work.session, chunk_id, "quick", 60)
        assert chunks.leave(work.session, chunk_id, "quick", WorkState.DONE)


def test_the_late_links_of_a_worker_that_overslept_are_not_counted(house: House) -> None:
    """The chunk was taken over and is done: what the first one writes then changes nothing."""
    publish(house, range(10))
    with house.store.begin() as work:
        intake.file_request(work, PUBLIC, invented.request(1))
    slow = Worker(house.store)
    slow._lease = -1.0
    leased = slow._claim(None)
    assert leased is not None
    gallery = slow._gallery.newest()
    found = slow._rank(gallery, leased)
    assert any(one.weighed for one in found)
    work_all(house.store)
    with house.store.begin() as work:
        before = [run.link_count for run in work.session.exec(select(MatchingRunRow)).all()]
    assert before[0] > 0
    slow._write(leased, gallery, found)
    with house.store.begin() as work:
        runs_now = work.session.exec(select(MatchingRunRow)).all()
        assert [run.link_count for run in runs_now] == before
        assert [run.state for run in runs_now] == [WorkState.DONE]


def test_a_chunk_that_always_fails_is_given_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its attempts the run ends as failed, with the kind of error and no word of a person."""
    publish(house, range(10))
    with house.store.begin() as work:
        intake.file_request(work, PUBLIC, invented.request(1))

    def broken(*_: object, **__: object) -> None:
        raise LookupError(invented.name(1))

    monkeypatch.setattr("matching.linker.Linker.rank", broken)
    work_all(house.store)
    with house.store.read() as work:
        run = work.session.exec(select(MatchingRunRow)).one()
        chunk = work.session.exec(select(RunChunkRow)).one()
    assert (run.state, chunk.state) == (WorkState.FAILED, WorkState.FAILED)
    assert (chunk.error_code, chunk.attempts) == ("LookupError", MOST_ATTEMPTS)


def test_links_of_a_list_that_changed_meanwhile_are_not_written(house: House) -> None:
    """A list published while a chunk is being computed makes its result stale: it is computed again."""
    publish(house, range(10))
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, invented.request(15))
    worker = Worker(house.store)
    real = worker._rank  # the moment between reading and writing cannot be reached from outside

    def rank_while_a_list_arrives(gallery: Gallery, leased: Leased) -> list[Found]:
        found = real(gallery, leased)
        publish(house, range(10, 20))
        worker._rank = real  # type: ignore[method-assign]
        return found

    worker._rank = rank_while_a_list_arrives  # type: ignore[method-assign]
    while worker.step():
        pass
    with house.store.read() as work:
        best = links.of_request(work.session, receipt.request_id)[0]
        record = records.newest(work.session, best.record_id)
        assert record is not None
        assert records.value(work, record).person.names[0].text == invented.name(15)
