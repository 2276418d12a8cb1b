"""An import taken back leaves nothing of it but its audit rows."""

import gc
import io
import weakref
from typing import Any

import pytest
from PIL import Image
from sqlmodel import SQLModel, select

from schemas.review import LinkState
from service.cases import case_papers, intake, lists
from service.cases.case_papers import LIST, Upload
from service.cases.search_index import SearchIndex
from service.errors import Conflict, NotFound
from service.imports import ReadOptions
from service.pictures.clean import clean
from service.security.actors import PUBLIC
from service.store import links, records
from service.store.states import FileKind, ListState
from service.store.tables import AuditEvent
from tests.cases import invented
from tests.cases.test_lists import delivered, publish, rows, visible, work_all
from tests.support.stores import House

# What the audit log says, and that a matching ran; the runs are looked at below all the same.
OF_THE_ACT = {"audit_event", "matching_run", "run_chunk"}


def everything(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as text."""
    with house.store.read() as work:
        connection = work.session.connection()
        return {
            table.name: sorted((tuple(map(repr, row)) for row in connection.execute(select(table))), key=str)
            for table in SQLModel.metadata.sorted_tables
        }


def whole_import(house: House) -> tuple[str, set[str]]:
    """A list previewed, corrected, published, pictured, matched and searched; every id that it brought."""
    view = lists.preview_list(house.store, house.actor, delivered(rows(range(30))))
    lists.reread_list(
        house.store, house.actor, view.list_id, ReadOptions(mapping={"Camp": "held_at", "No": "ignore"})
    )
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, view.list_id)
        page = Upload(FileKind.LIST_PAGE, "page 1", clean(picture.getvalue()).data)
        file_id = case_papers.add_file(work, house.actor, (LIST, view.list_id), page)
    work_all(house.store)
    with house.store.read() as work:
        held = {row.id for row in records.of_list(work.session, view.list_id)}
    return view.list_id, {view.list_id, file_id, *held}


@pytest.mark.usefixtures("search_compiled")
def test_nothing_is_left_in_any_table(house: House) -> None:
    """Every table but the audit log is as it was before the file came."""
    with house.store.begin() as work:
        intake.file_request(work, PUBLIC, invented.request(3))
    work_all(house.store)
    before = everything(house)
    list_id, ids = whole_import(house)
    assert len(everything(house)["candidate_link"]) > 3
    index = SearchIndex(house.store)
    assert list_id in index.lists(house.organisation_id).by_key
    with house.store.begin() as work:
        assert lists.take_back_list(work, house.actor, list_id).removed
    at_once = everything(house)
    assert {name for name in at_once if at_once[name] != before[name]} <= OF_THE_ACT
    work_all(house.store)
    after = everything(house)
    assert {name for name in after if after[name] != before[name]} <= OF_THE_ACT
    left = {name for name, held in after.items() for row in held for cell in row if cell.strip("'") in ids}
    assert left == {"audit_event"}
    assert index.lists(house.organisation_id).by_key == {}
    index.close()
    with pytest.raises(NotFound), house.store.read() as work:
        lists.read_list_view(work, house.actor, list_id)


@pytest.mark.usefixtures("search_compiled")
def test_the_search_lets_go_of_the_words_of_lists_that_went(house: House) -> None:
    list_id, _ = whole_import(house)
    index = SearchIndex(house.store)
    before = len(index.lists(house.organisation_id).by_key[list_id].vocabulary)
    words = weakref.ref(index.lists(house.organisation_id).by_key[list_id].vocabulary)
    with house.store.begin() as work:
        lists.take_back_list(work, house.actor, list_id)
    work_all(house.store)
    assert index.lists(house.organisation_id).by_key == {}
    gc.collect()
    assert words() is None
    other = lists.preview_list(house.store, house.actor, delivered(rows([1])))
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, other.list_id)
    (after,) = index.lists(house.organisation_id).by_key.values()
    assert len(after.vocabulary) == len(set(after.places.tolist())) < before
    index.close()


def test_a_discarded_preview_leaves_nothing_either(house: House) -> None:
    """Its rows, its bytes and its report go; that somebody looked at a file is in the audit log."""
    before = everything(house)
    view = lists.preview_list(house.store, house.actor, delivered(rows(range(12))))
    with house.store.begin() as work:
        gone = lists.take_back_list(work, house.actor, view.list_id)
    assert (gone.state, gone.removed) == (ListState.DISCARDED, True)
    after = everything(house)
    assert {name for name in after if after[name] != before[name]} == {"audit_event"}
    with house.store.read() as work:
        acts = [event.act for event in work.session.exec(select(AuditEvent))]
    assert acts[-2:] == ["list.previewed", "list.discarded"]


def test_what_people_did_keeps_its_record_and_nothing_else(house: House) -> None:
    """A decision stays with the one record it speaks of; the other 29 people of the list are gone."""
    with house.store.begin() as work:
        receipt = intake.file_request(work, PUBLIC, invented.request(3))
    list_id, _ = whole_import(house)
    with house.store.begin() as work:
        decided = links.of_request(work.session, receipt.request_id)[0]
        decided.state = LinkState.PLAUSIBLE.value
        wanted = (decided.id, decided.record_id)
    with house.store.begin() as work:
        assert not lists.take_back_list(work, house.actor, list_id).removed
    work_all(house.store)
    with house.store.read() as work:
        left = links.of_request(work.session, receipt.request_id)
        assert [(row.id, row.record_id, row.new_data) for row in left] == [(*wanted, True)]
        assert [row.record_id for row in records.of_list(work.session, list_id)] == [wanted[1]]
        view = lists.read_list_view(work, house.actor, list_id)
    assert (view.state, view.record_count, view.details.reading.columns) == (ListState.TAKEN_BACK, 1, ())
    assert everything(house)["case_file"] == []


def test_taking_back_an_edition_leaves_the_edition_before(house: House) -> None:
    """People whom both editions name stay with what is known of them from the first."""
    publish(house, delivered(rows(range(12))))
    first = everything(house)
    seen = visible(house.store)
    second = publish(house, delivered(rows(range(2, 16))))
    with house.store.begin() as work:
        assert lists.take_back_list(work, house.actor, second).removed
    after = everything(house)
    assert after["detainee_record"] == first["detainee_record"]
    assert len(after["source_list"]) == len(first["source_list"]) == 1
    assert visible(house.store) == seen


def test_a_preview_of_what_was_taken_back_is_read_again_first(house: House) -> None:
    """It would continue lines that are gone."""
    first = publish(house, delivered(rows(range(12))))
    waiting = lists.preview_list(house.store, house.actor, delivered(rows(range(13))))
    assert waiting.predecessor_id == first
    with house.store.begin() as work:
        lists.take_back_list(work, house.actor, first)
    with pytest.raises(Conflict) as refused, house.store.begin() as work:
        lists.commit_list(work, house.actor, waiting.list_id)
    assert refused.value.code == "edition_overtaken"
    lists.reread_list(house.store, house.actor, waiting.list_id, ReadOptions())
    with house.store.begin() as work:
        assert lists.commit_list(work, house.actor, waiting.list_id).edition == 1
    assert len(visible(house.store)) == 13
