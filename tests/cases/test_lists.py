"""Lists: previewed, published, delivered again, taken back."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from schemas.registry import DetaineeRecord
from schemas.review import LinkState
from service.cases import intake, lists
from service.cases.lists import Upload
from service.errors import Conflict, NotFound, Unprocessable
from service.imports import ReadOptions, Severity
from service.jobs.worker import Worker
from service.security.actors import PUBLIC
from service.store import links, records, source_lists
from service.store.states import ListState
from service.store.tables import DetaineeRecordRow
from service.store.work import Store
from tests.cases import invented
from tests.support.stores import House, add_staff

HEADINGS = "No;Full name;Sex;Age;Mother's name;Camp"


def rows(numbers: range) -> list[str]:
    return [
        f"{n + 1};{invented.name(n)};{'FM'[n % 2]};{4 + n % 9};{invented.name(n + 50)};Camp {n % 3}"
        for n in numbers
    ]


def delivered(lines: list[str], name: str = "children.csv") -> Upload:
    return Upload("\r\n".join([HEADINGS, *lines, ""]).encode("utf-8-sig"), name)


def publish(house: House, upload: Upload) -> str:
    view = lists.preview_list(house.store, house.actor, upload)
    with house.store.begin() as work:
        return lists.commit_list(work, house.actor, view.list_id).list_id


def seen(store: Store) -> list[DetaineeRecord]:
    """The records that the matching sees."""
    with store.read() as work:
        list_ids = source_lists.published(work.session).versions
    return [record for _, record in records.of_lists(store, sorted(list_ids))]


def visible(store: Store) -> list[str]:
    """The names that the matching sees."""
    return sorted(record.person.names[0].text for record in seen(store))


def work_all(store: Store) -> None:
    worker = Worker(store)
    while worker.step():
        pass


def test_a_preview_is_invisible_until_it_is_published(house: House) -> None:
    """The matching sees none of a list or all of it."""
    view = lists.preview_list(house.store, house.actor, delivered(rows(range(12))))
    assert view.record_count == 12
    assert visible(house.store) == []
    with house.store.begin() as work:
        assert lists.commit_list(work, house.actor, view.list_id).state is ListState.PUBLISHED
    assert visible(house.store) == sorted(invented.name(n) for n in range(12))


def test_the_same_file_twice_changes_nothing(house: House) -> None:
    """The second delivery returns the list of the first, whatever its name."""
    first = publish(house, delivered(rows(range(12))))
    again = lists.preview_list(house.store, house.actor, delivered(rows(range(12)), "copy.csv"))
    assert (again.list_id, again.repeated, again.state) == (first, True, ListState.PUBLISHED)
    assert len(visible(house.store)) == 12


def test_whoever_reads_lists_keeps_nobody_from_writing(house: House) -> None:
    publish(house, delivered(rows(range(12))))
    with house.store.read() as work:
        [list_id] = source_lists.published(work.session).versions
    reading = records.of_lists(house.store, [list_id])
    found = [next(reading)[1].record_id]
    publish(house, delivered(rows(range(3, 14))))
    found += [record.record_id for _, record in reading]
    assert len(set(found)) == len(found) == 12


def test_a_newer_edition_keeps_the_identity_of_its_lines(house: House) -> None:
    """Rows stay the same people when the list comes again longer, reordered and corrected."""
    publish(house, delivered(rows(range(12))))
    before = {record.person.names[0].text: record.record_id for record in seen(house.store)}
    newer = rows(range(1, 15))[::-1]
    newer[3] = newer[3].replace("Camp", "Tent")
    view = lists.preview_list(house.store, house.actor, delivered(newer))
    difference = view.details.difference
    assert difference is not None
    assert (view.edition, difference.unchanged, len(difference.changed)) == (2, 10, 1)
    assert (len(difference.new_rows), difference.gone_rows) == (3, (2,))
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, view.list_id)
    after = {record.person.names[0].text: record.record_id for record in seen(house.store)}
    assert {name: after[name] for name in after if name in before} == {
        name: before[name] for name in before if name != invented.name(0)
    }


def test_an_age_is_as_old_as_the_row_that_says_it(house: House) -> None:
    """A row copied into a later edition says the age of then; one that was looked at again, that of now."""

    def at(lines: list[str], day: date) -> Upload:
        return replace(delivered(lines), options=ReadOptions(list_date=day))

    publish(house, at(rows(range(12)), date(2019, 3, 1)))
    newer = rows(range(12))
    newer[4] = newer[4].replace("Camp 1", "Camp 2")
    publish(house, at(newer, date(2020, 9, 1)))
    found = [record.person for record in seen(house.store)]
    said = {one.names[0].text: one.births[0].as_of for one in found}
    assert said == {
        invented.name(n): date(2020 if n == 4 else 2019, 9 if n == 4 else 3, 1) for n in range(12)
    }
    publish(house, at([*newer, *rows(range(12, 14))], date(2016, 1, 1)))  # the day was wrong all the time
    again = [record.person for record in seen(house.store)]
    assert {one.births[0].as_of for one in again} == {date(2016, 1, 1)}


def test_another_list_with_the_same_headings_is_no_edition(house: House) -> None:
    """Two camps use one form: their lists stand side by side."""
    publish(house, delivered(rows(range(12))))
    view = lists.preview_list(house.store, house.actor, delivered(rows(range(20, 32)), "other.csv"))
    assert view.predecessor_id is None
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, view.list_id)
    assert len(visible(house.store)) == 24


def test_taking_back_restores_the_edition_before(house: House) -> None:
    """After the take-back the matching sees exactly what it saw before the import."""
    publish(house, delivered(rows(range(12))))
    before = visible(house.store)
    second = publish(house, delivered(rows(range(2, 16))))
    assert visible(house.store) != before
    with house.store.begin() as work:
        assert lists.take_back_list(work, house.actor, second).state is ListState.TAKEN_BACK
    assert visible(house.store) == before


def test_taking_back_withdraws_suggestions_and_keeps_decisions(house: House) -> None:
    """Undecided links to rows that go leave the queue; a decided one stays and is marked."""
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, invented.request(3))
    list_id = publish(house, delivered(rows(range(30))))
    work_all(house.store)
    with house.store.begin() as work:
        found = links.of_request(work.session, receipt.request_id)
        found[0].state = LinkState.PLAUSIBLE.value
        decided = found[0].id
    assert len(found) > 3
    with house.store.begin() as work:
        lists.take_back_list(work, house.actor, list_id)
    work_all(house.store)
    with house.store.read() as work:
        after = links.of_request(work.session, receipt.request_id)
    assert [row.id for row in after] == [decided]
    assert [row.id for row in after if row.new_data] == [decided]


def test_a_rejection_outlives_a_newer_edition(house: House) -> None:
    """A line delivered again is the same line: what a reviewer rejected does not come back as new."""
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, invented.request(3))
    publish(house, delivered(rows(range(30))))
    work_all(house.store)
    with house.store.begin() as work:
        best = links.of_request(work.session, receipt.request_id)[0]
        best.state = LinkState.REJECTED.value
    publish(house, delivered(rows(range(32))))
    work_all(house.store)
    with house.store.read() as work:
        to_line = [row for row in links.of_request(work.session, receipt.request_id) if row.rank == 1]
        assert [row.state for row in to_line if row.record_id == best.record_id] == [LinkState.REJECTED]
        names = [
            records.value(work, row).person.names[0].text
            for link in links.of_request(work.session, receipt.request_id)
            if link.state == LinkState.SUGGESTED and (row := records.newest(work.session, link.record_id))
        ]
    assert invented.name(3) not in names


def test_a_line_stands_on_one_published_list_only(house: House) -> None:
    """A list that was taken back is gone on with by one list; the second one is refused, and says why."""
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, invented.request(3))
    first = publish(house, delivered(rows(range(30))))
    work_all(house.store)
    with house.store.begin() as work:
        links.of_request(work.session, receipt.request_id)[0].state = LinkState.REJECTED.value
        lists.take_back_list(work, house.actor, first)
    again, other = (
        lists.preview_list(house.store, house.actor, replace(delivered(rows(range(size))), continues=first))
        for size in (31, 32)
    )
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, again.list_id)
    with pytest.raises(Conflict) as refused, house.store.begin() as work:
        lists.commit_list(work, house.actor, other.list_id)
    assert refused.value.code == "edition_overtaken"
    ids = [record.record_id for record in seen(house.store)]
    assert len(ids) == len(set(ids)) == 31


def test_a_preview_can_be_read_with_another_mapping(house: House) -> None:
    """An override replaces what the preview understood; nothing of the first reading stays."""
    strange = "Alpha;Beta\r\n" + "\r\n".join(f"{invented.name(n)};{5 + n % 9}" for n in range(8))
    view = lists.preview_list(house.store, house.actor, Upload(strange.encode("utf-8-sig"), "strange.csv"))
    mapped = lists.reread_list(
        house.store, house.actor, view.list_id, ReadOptions(mapping={"Alpha": "name", "Beta": "age"})
    )
    assert {c.meaning for c in mapped.details.reading.columns} == {"name", "age"}
    with house.store.read() as work:
        held = work.session.exec(select(DetaineeRecordRow)).all()
        assert len(held) == 8
        assert records.value(work, held[0]).person.births


def test_a_file_that_is_no_list_leaves_nothing_behind(house: House) -> None:
    """The importer gets the reader's sentence; no row is stored."""
    with pytest.raises(Unprocessable):
        lists.preview_list(house.store, house.actor, Upload(bytes(range(256)) * 40, "picture.csv"))
    with house.store.read() as work:
        assert lists.list_lists(work, house.actor).rows == ()


def test_a_foreign_list_is_answered_like_an_absent_one(house: House) -> None:
    """Nothing shows that another organisation's list exists."""
    list_id = publish(house, delivered(rows(range(12))))
    stranger = add_staff(house.store, "Another Relief", "stranger")
    answers = []
    for asked in (list_id, "0" * 32):
        with pytest.raises(NotFound) as refused, house.store.read() as work:
            lists.read_list_view(work, stranger, asked)
        answers.append((refused.value.code, refused.value.sentence, refused.value.status))
    assert len(set(answers)) == 1


def test_an_older_preview_does_not_overtake_a_newer_edition(house: House) -> None:
    """Two previews continue one list; after the first is published the second must be read again."""
    publish(house, delivered(rows(range(12))))
    one = lists.preview_list(house.store, house.actor, delivered(rows(range(13))))
    two = lists.preview_list(house.store, house.actor, delivered(rows(range(14))))
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, one.list_id)
    with pytest.raises(Conflict) as refused, house.store.begin() as work:
        lists.commit_list(work, house.actor, two.list_id)
    assert refused.value.code == "edition_overtaken"
    again = lists.reread_list(house.store, house.actor, two.list_id, ReadOptions())
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, again.list_id)
    assert len(visible(house.store)) == 14


def test_rows_that_were_not_understood_hold_the_list_back(house: House) -> None:
    """All or nothing, unless the importer says to keep the good rows; each lost row is named."""
    lines = [*rows(range(6)), "7;;;;;Camp 1", *rows(range(7, 9))]
    view = lists.preview_list(house.store, house.actor, delivered(lines))
    lost = [problem for problem in view.details.reading.problems if problem.severity is Severity.ERROR]
    assert [problem.row for problem in lost] == [8]
    with pytest.raises(Conflict) as refused, house.store.begin() as work:
        lists.commit_list(work, house.actor, view.list_id)
    assert refused.value.code == "rows_not_understood"
    assert visible(house.store) == []
    with house.store.begin() as work:
        kept = lists.commit_list(work, house.actor, view.list_id, keep_good_rows=True)
    assert kept.details.kept_good_rows
    assert len(visible(house.store)) == 8


def test_a_published_list_keeps_no_delivered_file(house: House) -> None:
    """The bytes as delivered stay, sealed, only while they may have to be read again."""
    view = lists.preview_list(house.store, house.actor, delivered(rows(range(12))))
    with house.store.read() as work:
        row = source_lists.get(work.session, view.list_id)
        assert row is not None
        assert source_lists.delivered(work, row) == delivered(rows(range(12))).data
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, view.list_id)
    with house.store.read() as work:
        row = source_lists.get(work.session, view.list_id)
        assert row is not None
        assert row.sealed_file is None
