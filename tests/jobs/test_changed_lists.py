"""A worker that knew the lists before they changed writes what a new one would. People are invented."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from service.cases import intake, lists, matching_runs
from service.cases.lists import Upload
from service.cases.matching_runs import Cause
from service.jobs.gallery import GalleryKeeper
from service.jobs.worker import Worker
from service.security.actors import PUBLIC
from service.store import links, list_counts
from service.store.states import RunKind
from service.store.tables import CandidateLinkRow, FamilyLinkRow
from service.store.work import Store, open_store
from tests.cases import invented
from tests.support.stores import House, add_staff, settings_for

_HEADINGS = "No;Full name;Sex;Age;Mother's name"


@pytest.fixture
def house(tables_url: str, tmp_path: Path) -> Iterator[House]:
    """Lists of whatever length are long ones here: names are not counted at every change."""
    store = open_store(settings_for(tables_url, tmp_path, recount_rows=0))
    actor = add_staff(store, "Invented Relief", "staff")
    yield House(store, actor, actor.organisation_id)
    store.close()


def rows_of(count: int, dice: random.Random) -> list[str]:
    return [
        f"{invented.name(dice.randrange(70))};F;{dice.randint(4, 17)};{invented.name(dice.randrange(70))}"
        for _ in range(count)
    ]


def publish(house: House, rows: list[str], name: str, continues: str = "") -> str:
    lines = "\r\n".join([_HEADINGS, *(f"{n};{row}" for n, row in enumerate(rows, 1))])
    view = lists.preview_list(
        house.store, house.actor, Upload(lines.encode("utf-8-sig"), name, continues=continues)
    )
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
            evidence = links.value(work, row).evidence
            assert sum(one.weight for one in evidence) == pytest.approx(row.weight)
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
    publish(house, [*rows[:150], *rows_of(5, dice)], "camp.csv")
    work_off(worker)
    second = told(house.store)
    publish(house, rows_of(6, dice), "another place.csv", "none")
    work_off(worker)
    third = told(house.store)
    assert worker._gallery.newest().linker is linker  # changed, not made anew
    assert first != second != third
    match_anew(house, Worker(house.store))
    assert told(house.store) == third


def test_nothing_is_written_where_nothing_is_new(house: House) -> None:
    """An edition with one row more leaves most links as they are, with their words."""
    dice = random.Random(9)
    rows = rows_of(160, dice)
    publish(house, rows, "camp.csv")
    for number in range(8):
        with house.store.begin() as work:
            intake.file_request(work, PUBLIC, invented.request(number))
    worker = Worker(house.store, hold=True)
    work_off(worker)

    def sealed() -> dict[str, bytes]:
        with house.store.read() as work:
            return {row.id: row.sealed for row in work.session.exec(select(CandidateLinkRow)).all()}

    before = sealed()
    publish(house, [*rows, *rows_of(1, dice)], "camp.csv")
    work_off(worker)
    after = sealed()
    same = sum(after[one] == text for one, text in before.items())
    assert same > 0.8 * len(before)


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
