"""A list on paper, typed in row by row, is a list like any other."""

from datetime import date

import pytest

from schemas.vocabulary import Relation, Sex
from service.cases import lists, typed_lists
from service.cases.typed_lists import COLUMNS, Cells
from service.errors import Conflict, NotFound, PreconditionFailed, Unprocessable
from service.imports import ReadOptions
from service.store import records
from service.store.states import ListState
from tests.cases.test_lists import visible
from tests.support.stores import House, add_staff


def cells(**said: str) -> Cells:
    return tuple(said.get(field, "") for field, _, _ in COLUMNS)


PAGE_1 = (
    cells(name="زليخة عمروف", age="29", sex="F", household="5-112", note="with 1 child"),
    cells(),
    cells(name="Хамза", mother="زليخة عمروف", father="Умар", age="about 7", sex="M", household="5-112"),
)
PAGE_2 = (cells(name="Sumaya", age="12.03.2014", sex="F", nationality="Russian?"),)


def begun(house: House) -> str:
    return typed_lists.begin(house.store, house.actor, "Sector 5", date(2020, 3, 15)).list_id


def version(house: House, list_id: str) -> int:
    with house.store.read() as work:
        return lists.read_list_view(work, house.actor, list_id).version


def save(house: House, list_id: str, page: int, typed: tuple[Cells, ...]) -> None:
    typed_lists.save_page(house.store, house.actor, list_id, page, typed, version(house, list_id))


def test_typed_rows_become_people_by_the_same_reader(house: House) -> None:
    """Ages, estimates, kin, households and counted children are understood as in a file."""
    list_id = begun(house)
    save(house, list_id, 2, PAGE_2)
    save(house, list_id, 1, PAGE_1)
    with house.store.begin() as work:
        view = lists.commit_list(work, house.actor, list_id)
        found = [records.value(work, row) for row in records.of_list(work.session, list_id)]
    assert view.state is ListState.PUBLISHED
    assert [r.person.headline for r in found if not r.placeholder] == ["زليخة عمروف", "Хамза", "Sumaya"]
    boy = found[1]
    assert (boy.person.sex, boy.household_id, boy.row) == (Sex.MALE, "5-112", 3)
    assert boy.person.births[0].latest == date(2013, 3, 15)
    assert [k.name.text for k in boy.person.kin_named(Relation.FATHER) if k.name] == ["Умар"]
    assert found[2].person.births[0].earliest == date(2014, 3, 12)
    assert len(visible(house.store)) == 3


def test_a_page_is_saved_in_the_place_of_what_it_was(house: House) -> None:
    """Rows of other pages stay; a row taken out of the form is gone; blank rows are none."""
    list_id = begun(house)
    save(house, list_id, 1, PAGE_1)
    save(house, list_id, 2, PAGE_2)
    save(house, list_id, 1, PAGE_1[:1])
    with house.store.begin() as work:
        kept = typed_lists.typed_rows(work, house.actor, list_id)
    assert [(row.page, row.cells[0], row.row) for row in kept] == [(1, "زليخة عمروف", 2), (2, "Sumaya", 3)]
    save(house, list_id, 1, ())
    save(house, list_id, 2, (cells(),))
    with house.store.begin() as work:
        assert typed_lists.typed_rows(work, house.actor, list_id) == ()


def test_signs_of_a_table_in_a_cell_stay_in_it(house: House) -> None:
    """Commas, quotes, semicolons and a formula are text."""
    list_id = begun(house)
    odd = cells(name='Ali "Abu, Talha"; x', mother="=1+1", note="a;b,c\td'")
    save(house, list_id, 1, (odd,))
    with house.store.begin() as work:
        assert [row.cells for row in typed_lists.typed_rows(work, house.actor, list_id)] == [odd]


def test_who_saves_over_another_is_told(house: House) -> None:
    """The second of two people who type at once stores nothing before having looked."""
    list_id = begun(house)
    drawn = version(house, list_id)
    typed_lists.save_page(house.store, house.actor, list_id, 1, PAGE_1, drawn)
    with pytest.raises(PreconditionFailed):
        typed_lists.save_page(house.store, house.actor, list_id, 1, PAGE_2, drawn)
    with house.store.begin() as work:
        assert len(typed_lists.typed_rows(work, house.actor, list_id)) == 2


def test_a_correction_of_a_column_outlives_the_next_row(house: House) -> None:
    """What the importer says of the list holds for what is typed afterwards, and it can still be typed on."""
    list_id = begun(house)
    save(house, list_id, 1, PAGE_1)
    with house.store.read() as work:
        options = lists.read_list_view(work, house.actor, list_id).details.options
    told = options.model_copy(update={"mapping": {**options.mapping, "Father": "grandfather"}})
    lists.reread_list(house.store, house.actor, list_id, ReadOptions(**told.model_dump()))
    save(house, list_id, 2, PAGE_2)
    with house.store.read() as work:
        view = lists.read_list_view(work, house.actor, list_id)
        assert view.details.typed
        boy = records.value(work, records.of_list(work.session, list_id)[1])
    assert boy.person.kin_named(Relation.GRANDFATHER)


def test_what_cannot_be_kept_is_refused_and_stores_nothing(house: House) -> None:
    """Too long, too many, nobody at all, a list that is no preview any more, a stranger's."""
    list_id = begun(house)
    for page, typed, code in (
        (1, (cells(name="a" * 201),), "cell_too_long_typed"),
        (1, (cells(name="A"),) * 41, "too_many_rows_typed"),
        (41, PAGE_2, "page_unknown"),
    ):
        with pytest.raises(Unprocessable) as refused:
            save(house, list_id, page, typed)
        assert refused.value.code == code
    with pytest.raises(Conflict) as nobody, house.store.begin() as work:
        lists.commit_list(work, house.actor, list_id)
    assert nobody.value.code == "list_of_nobody"
    stranger = add_staff(house.store, "Another Relief", "stranger")
    with pytest.raises(NotFound):
        typed_lists.save_page(house.store, stranger, list_id, 1, PAGE_1, 1)
    save(house, list_id, 1, PAGE_1)
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, list_id)
    with pytest.raises(Conflict) as late:
        save(house, list_id, 1, PAGE_2)
    assert late.value.code == "list_not_a_preview"


def test_dates_in_the_box_of_the_age_keep_their_order(house: House) -> None:
    """One date that proves its order settles the others, and the importer's answer settles all of them."""
    list_id = begun(house)
    save(house, list_id, 1, (cells(name="Aslan", age="03/04/2012"), cells(name="Yusuf", age="25/04/2012")))
    assert _born(house, list_id) == [date(2012, 4, 3), date(2012, 4, 25)]
    save(house, list_id, 1, (cells(name="Aslan", age="03/04/2012"), cells(name="Yusuf", age="5")))
    lists.reread_list(
        house.store, house.actor, list_id, ReadOptions(date_order="mdy", mapping={"Age or birth": "age"})
    )
    assert _born(house, list_id)[0] == date(2012, 3, 4)


def _born(house: House, list_id: str) -> list[date | None]:
    with house.store.read() as work:
        found = [records.value(work, row) for row in records.of_list(work.session, list_id)]
    return [b.latest for r in found for b in r.person.births if b.earliest == b.latest]
