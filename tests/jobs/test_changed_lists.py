"""A worker that knew the lists before they changed writes what a new one would. People are invented."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from schemas.link import CandidateLink
from schemas.review import LinkState
from service.cases import intake, lists, matching_runs
from service.cases.lists import Upload
from service.cases.matching_runs import Cause
from service.imports import ReadOptions
from service.jobs.gallery import Gallery, GalleryKeeper
from service.jobs.results import Found
from service.jobs.worker import Leased, Worker
from service.security.actors import PUBLIC
from service.store import links, list_counts, requests
from service.store.states import RunKind, WorkState
from service.store.tables import CandidateLinkRow, FamilyLinkRow, RunChunkRow, TracingRequestRow
from service.store.work import Store, open_store
from tests.cases import invented
from tests.support.stores import House, add_staff, settings_for

_COUNTED = {"how_common", "ask_next"}
_HEADINGS = "No;Full name;Sex;Age;Mother's name"


@pytest.fixture
def house(tables_url: str, tmp_path: Path) -> Iterator[House]:
    """Lists of whatever length are long ones here: names are not counted at every change."""
    store = open_store(settings_for(tables_url, tmp_path, recount_rows=0))
    actor = add_staff(store, "Invented Relief", "staff")
    yield House(store, actor, actor.organisation_id)
    store.close()


def dated(year: int) -> ReadOptions:
    return ReadOptions(list_date=date(year, 3, 1))


def rows_of(count: int, dice: random.Random) -> list[str]:
    return [
        f"{invented.name(dice.randrange(70))};F;{dice.randint(4, 17)};{invented.name(dice.randrange(70))}"
        for _ in range(count)
    ]


def publish(house: House, rows: list[str], name: str, continues: str = "", year: int = 2019) -> str:
    lines = "\r\n".join([_HEADINGS, *(f"{n};{row}" for n, row in enumerate(rows, 1))])
    upload = Upload(lines.encode("utf-8-sig"), name, dated(year), continues=continues)
    view = lists.preview_list(house.store, house.actor, upload)
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, view.list_id)
    return view.list_id


def work_off(worker: Worker) -> None:
    while worker.step():
        pass


def told(store: Store) -> dict[str, tuple[Any, ...]]:
    """All that is written of links that are proposed now, but for when it was."""
    with store.read() as work:
        rows = work.session.exec(select(CandidateLinkRow).where(col(CandidateLinkRow.current))).all()
        found: dict[str, tuple[Any, ...]] = {
            row.id: (row.record_id, row.rank, row.weight, row.probability, row.band, row.family_id, row.facts)
            for row in rows
        }
        for row in rows:
            value = links.value(work, row)
            assert sum(one.weight for one in value.evidence) == pytest.approx(row.weight)
            shown = value.rank, value.weight, value.probability, value.band, value.family_id
            assert shown == (row.rank, row.weight, row.probability, row.band, row.family_id)
        for family in work.session.exec(select(FamilyLinkRow)).all():
            found[family.family_id] = (family.weight,)
        return found


def match_anew(house: House, worker: Worker) -> None:
    """Every request once more, with names as they were counted."""
    with house.store.begin() as work:
        matching_runs.enqueue_all(work, Cause(RunKind.LIST))
    work_off(worker)


def test_it_writes_what_a_new_worker_would(house: House) -> None:
    """After an edition and another list: the links are those of a worker that begins anew."""
    dice = random.Random(8)
    rows = rows_of(160, dice)
    publish(house, rows, "camp.csv")
    for number in range(8):
        with house.store.begin() as work:
            intake.file_request(work, PUBLIC, invented.request(number, people=2))
    worker = Worker(house.store, hold=True)
    work_off(worker)
    first = told(house.store)
    linker = worker._gallery.newest().linker
    for number in (3, 40, 77, 120):
        rows[number] = rows_of(1, dice)[0]
    publish(house, [*rows[:150], *rows_of(5, dice)], "camp.csv", year=2020)
    work_off(worker)
    second = told(house.store)
    publish(house, rows_of(6, dice), "another place.csv", "none")
    work_off(worker)
    third = told(house.store)
    assert worker._gallery.newest().linker is linker  # changed, not made anew
    assert first != second != third
    match_anew(house, Worker(house.store))
    assert told(house.store) == third
    assert words(house.store) == words_now(house.store)


def words(store: Store) -> dict[str, list[str]]:
    """What stands under each link that is proposed, but for how many bear the name and what to ask."""
    with store.read() as work:
        rows = work.session.exec(select(CandidateLinkRow).where(col(CandidateLinkRow.current))).all()
        return {row.id: sentences(links.value(work, row)) for row in rows}


def words_now(store: Store) -> dict[str, list[str]]:
    """The same as a linker that has told nobody yet says it."""
    linker = GalleryKeeper(store).newest().linker
    with store.read() as work:
        asked = [requests.value(work, row) for row in work.session.exec(select(TracingRequestRow)).all()]
    ranked = [link for one in asked for link in linker.rank(one).links]
    return {links.link_id(one.request_id, one.person_id, one.record_id): sentences(one) for one in ranked}


def sentences(link: CandidateLink) -> list[str]:
    return [
        f"{one.comparison} {one.level} {one.weight}"
        for one in link.evidence
        if one.comparison not in _COUNTED
    ]


@pytest.mark.parametrize("year", [2019, 2021])
def test_nothing_is_written_where_nothing_is_new(house: House, year: int) -> None:
    """An edition with one row more, of whatever day, leaves most links as they are, with their words; and
    nobody who decided is told that there is something new.
    """
    dice = random.Random(9)
    rows = rows_of(160, dice)
    publish(house, rows, "camp.csv")
    for number in range(8):
        with house.store.begin() as work:
            intake.file_request(work, PUBLIC, invented.request(number))
    worker = Worker(house.store, hold=True)
    work_off(worker)

    def sealed() -> tuple[dict[str, bytes], set[str]]:
        with house.store.read() as work:
            found = work.session.exec(select(CandidateLinkRow)).all()
            families = work.session.exec(select(FamilyLinkRow.id)).all()
            return {row.id: row.sealed for row in found}, set(families)

    before, families = sealed()
    with house.store.begin() as work:
        for row in work.session.exec(select(CandidateLinkRow).where(col(CandidateLinkRow.rank) == 1)).all():
            row.state = LinkState.PLAUSIBLE.value
    publish(house, [*rows, *rows_of(1, dice)], "camp.csv", year=year)
    work_off(worker)
    after, families_after = sealed()
    assert sum(after[one] == text for one, text in before.items()) > 0.8 * len(before)
    assert families & families_after
    with house.store.read() as work:
        assert not any(row.new_data for row in work.session.exec(select(CandidateLinkRow)).all())


def test_names_are_counted_once_for_all_and_anew_when_lists_have_grown(house: House) -> None:
    dice = random.Random(10)
    rows = rows_of(100, dice)
    publish(house, rows, "camp.csv")
    one, two = GalleryKeeper(house.store), GalleryKeeper(house.store)
    counted = one.newest().linker.gallery.counts
    publish(house, [*rows, *rows_of(5, dice)], "camp.csv")
    assert two.newest().linker.gallery.counts == counted == one.newest().linker.gallery.counts
    assert one.newest().state == two.newest().state
    publish(house, rows_of(30, dice), "another place.csv", "none")
    assert one.newest().linker.gallery.counts.people == 135
    assert two.newest().linker.gallery.counts == one.newest().linker.gallery.counts
    assert one.newest().state == two.newest().state


def test_lists_that_changed_often_are_prepared_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was learned of requests and rows that are gone does not stay for ever."""
    monkeypatch.setattr("service.jobs.gallery.MOST_CHANGES", 1)
    dice = random.Random(16)
    rows = rows_of(100, dice)
    publish(house, rows, "camp.csv")
    keeper = GalleryKeeper(house.store)
    linkers = [keeper.newest().linker]
    for _ in range(2):
        rows += rows_of(1, dice)
        publish(house, rows, "camp.csv")
        linkers.append(keeper.newest().linker)
    assert linkers[1] is linkers[0]
    assert linkers[2] is not linkers[1]


def test_a_full_run_counts_names_anew(house: House) -> None:
    dice = random.Random(11)
    rows = rows_of(100, dice)
    publish(house, rows, "camp.csv")
    keeper = GalleryKeeper(house.store)
    keeper.newest()
    publish(house, [*rows, *rows_of(5, dice)], "camp.csv")
    assert keeper.newest().linker.gallery.counts.people == 100
    with house.store.begin() as work:
        matching_runs.start_run(work, house.actor)
    assert keeper.newest().linker.gallery.counts.people == 105


def test_a_request_that_ended_is_let_go_with_the_next_list(house: House) -> None:
    """A worker that lives for months holds open requests only."""
    dice = random.Random(17)
    rows = rows_of(100, dice)
    publish(house, rows, "camp.csv")
    with house.store.begin() as work:
        kept, ended = (intake.file_request(work, PUBLIC, invented.request(number)) for number in (3, 4))
    worker = Worker(house.store, hold=True)
    work_off(worker)
    with house.store.begin() as work:
        intake.withdraw_own(work, PUBLIC, ended.code)
    publish(house, [*rows, *rows_of(1, dice)], "camp.csv")
    gallery = worker._gallery.newest()
    assert set(gallery.held) == {kept.request_id}
    with pytest.raises(KeyError):
        gallery.linker.last_links(ended.request_id)


def test_what_was_counted_on_a_list_goes_with_it(house: House) -> None:
    """Names of a list that was taken back are not kept, not even as counts; what is left is matched anew."""
    dice = random.Random(13)
    publish(house, rows_of(100, dice), "camp.csv")
    other = publish(house, rows_of(5, dice), "another place.csv", "none")
    keeper = GalleryKeeper(house.store)
    assert keeper.newest().linker.gallery.counts.people == 105
    with house.store.begin() as work:
        lists.take_back_list(work, house.actor, other)
        assert list_counts.get(work.session) is None
    assert keeper.newest().linker.gallery.counts.people == 100


def test_counts_that_do_not_open_are_counted_anew(house: House) -> None:
    publish(house, rows_of(100, random.Random(12)), "camp.csv")
    GalleryKeeper(house.store).newest()
    with house.store.begin() as work:
        row = list_counts.get(work.session)
        assert row is not None
        row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    GalleryKeeper(house.store).newest()
    with house.store.read() as work:
        row = list_counts.get(work.session)
        assert row is not None
        assert list_counts.value(work, row) is not None


def test_a_household_that_is_told_otherwise_is_told_anew(house: House) -> None:
    """A sister's row is respelled: her brother's link speaks of her as she is written now."""
    headings = "No;Full name;Sex;Age;Mother's name;Household"
    rows = [f"{invented.name(n)};F;{4 + n % 9};{invented.name(n + 50)};{n // 2}" for n in range(60)]
    rows[8:10] = [
        "Adam Zulumkhanov;M;9;Zuleikha Zulumkhanova;77", "Khava Zulumkhanova;F;7;Zuleikha Zulumkhanova;77",
    ]  # fmt: skip

    def edition(lines: list[str]) -> None:
        text = "\r\n".join([headings, *(f"{n};{row}" for n, row in enumerate(lines, 1))])
        upload = Upload(text.encode("utf-8-sig"), "camp.csv", dated(2019))
        view = lists.preview_list(house.store, house.actor, upload)
        with house.store.begin() as work:
            lists.commit_list(work, house.actor, view.list_id)

    def brother() -> CandidateLink:
        with house.store.read() as work:
            found = [links.value(work, row) for row in links.of_request(work.session, receipt.request_id)]
            return next(one for one in found if one.rank == 1 and one.person_id == "P1")

    edition(rows)
    asked = invented.request(7, full="Adam Zulumkhanov", people=2)
    sister = asked.sought[1].model_copy(update={"person": invented.person("Khava Zulumkhanova", 2012)})
    with house.store.begin() as work:
        family = asked.model_copy(update={"sought": (asked.sought[0], sister)})
        receipt = intake.file_request(work, PUBLIC, family)
    worker = Worker(house.store, hold=True)
    work_off(worker)
    before = brother()
    assert "Khava" in before.model_dump_json()
    rows[9] = rows[9].replace("Khava", "KHAVA")
    edition(rows)
    work_off(worker)
    after = brother()
    assert (after.record_id, after.weight) == (before.record_id, before.weight)
    assert "KHAVA" in after.model_dump_json()


def test_what_others_wrote_meanwhile_is_matched_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that were left out since they stood there, and stand there no more, are told after all."""
    publish(house, rows_of(120, random.Random(15)), "camp.csv")
    with house.store.begin() as work:
        intake.file_request(work, PUBLIC, invented.request(3))
    worker = Worker(house.store, hold=True)
    work_off(worker)
    before = told(house.store)
    real = worker._rank  # the moment between reading and writing cannot be reached from outside

    def rank_while_words_go(gallery: Gallery, leased: Leased) -> list[Found]:
        found = real(gallery, leased)
        with house.store.begin() as work:
            for row in work.session.exec(select(CandidateLinkRow)).all():
                row.told = ""
        monkeypatch.setattr(worker, "_rank", real)
        return found

    monkeypatch.setattr(worker, "_rank", rank_while_words_go)
    match_anew(house, worker)
    assert told(house.store) == before
    with house.store.read() as work:
        assert all(row.told for row in work.session.exec(select(CandidateLinkRow)).all())
        chunks = work.session.exec(select(RunChunkRow)).all()
        assert {(row.state, row.attempts) for row in chunks} == {(WorkState.DONE.value, 1)}
