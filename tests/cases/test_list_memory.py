"""What was corrected on a source is not asked again for its next file."""

from datetime import date

from service.cases import lists
from service.cases.list_details import ListView
from service.cases.lists import Upload
from service.imports import ReadOptions
from service.pages.staff.mapping import options_of
from service.store.columns import now
from service.store.states import ListState
from tests.cases import invented
from tests.support.stores import House, add_staff

HEADINGS = "Lfd;Alpha;Beta;Gamma"  # nothing that a table of headings could know


def delivered(numbers: range, headings: str = HEADINGS, more: str = "") -> Upload:
    lines = [
        f"{n};{invented.name(n)};{invented.name(n + 50)};0{1 + n % 9}/0{1 + n % 7}/201{n % 9}{more}"
        for n in numbers
    ]
    return Upload("\r\n".join([headings, *lines, ""]).encode(), f"camp {numbers.start}.csv")


def corrected(house: House, upload: Upload, **said: object) -> ListView:
    """A list published after a correction."""
    view = lists.preview_list(house.store, house.actor, upload)
    lists.reread_list(house.store, house.actor, view.list_id, ReadOptions(**said))  # type: ignore[arg-type]
    with house.store.begin() as work:
        return lists.commit_list(work, house.actor, view.list_id)


def meanings(view: ListView) -> dict[str, str]:
    return {column.heading: column.meaning for column in view.details.reading.columns}


def test_the_next_file_of_the_form_is_read_as_corrected(house: House) -> None:
    """Other people under the same headings: no correction is needed twice, and the page can say so."""
    first = corrected(
        house, delivered(range(6)), mapping={"Alpha": "name", "Beta": "mother"}, date_order="mdy"
    )
    second = lists.preview_list(house.store, house.actor, delivered(range(20, 26)))
    assert second.predecessor_id is None
    assert (meanings(second)["Alpha"], meanings(second)["Beta"]) == ("name", "mother")
    assert second.details.options.date_order == "mdy"
    remembered = second.details.remembered
    assert remembered is not None
    assert (remembered.list_id, remembered.corrected_on) == (first.list_id, now().date())


def test_what_was_remembered_is_taken_back_alone(house: House) -> None:
    """The page's button takes off the old corrections and leaves what was said of this file."""
    corrected(house, delivered(range(6)), mapping={"Alpha": "name", "Beta": "mother"})
    said = ReadOptions(list_date=date(2020, 1, 2), mapping={"Gamma": "ignore"})
    told = Upload(delivered(range(20, 26)).data, "x.csv", said)
    second = lists.preview_list(house.store, house.actor, told)
    assert meanings(second)["Beta"] == "mother"
    again = lists.reread_list(house.store, house.actor, second.list_id, options_of(second, {"forget": "yes"}))
    assert meanings(again)["Beta"] != "mother"
    assert meanings(again)["Gamma"] == "ignore"
    assert again.details.remembered is None
    assert again.details.options.list_date == date(2020, 1, 2)


def test_corrections_stay_with_the_form_and_with_the_organisation(house: House) -> None:
    """Other headings, another organisation, a preview or a list taken back: nothing is recalled."""
    first = corrected(house, delivered(range(6)), mapping={"Alpha": "name", "Beta": "mother"})
    others = delivered(range(20, 26), "Lfd;Alpha;Delta;Epsilon")
    assert lists.preview_list(house.store, house.actor, others).details.remembered is None
    foreign = add_staff(house.store, "Another Relief", "elsewhere")
    assert lists.preview_list(house.store, foreign, delivered(range(20, 26))).details.remembered is None
    with house.store.begin() as work:
        assert lists.take_back_list(work, house.actor, first.list_id).state is ListState.TAKEN_BACK
    assert lists.preview_list(house.store, house.actor, delivered(range(30, 36))).details.remembered is None


def test_a_later_edition_with_a_new_column_keeps_the_corrections(house: House) -> None:
    """The importer says that the list goes on; headings that are still there mean what they meant."""
    first = corrected(house, delivered(range(6)), mapping={"Alpha": "name", "Beta": "mother", "D": "ignore"})
    longer = delivered(range(7), HEADINGS + ";Zeta", ";yes")
    told = Upload(longer.data, longer.file_name, continues=first.list_id)
    second = lists.preview_list(house.store, house.actor, told)
    assert second.predecessor_id == first.list_id
    kept = {"Alpha": "name", "Beta": "mother"}  # the fourth column may be another one now
    assert second.details.options.mapping == kept


def test_what_the_importer_says_now_wins(house: House) -> None:
    """A correction given with the upload is stronger than a remembered one, not mixed with it."""
    corrected(house, delivered(range(6)), mapping={"Alpha": "name", "Beta": "mother"})
    told = Upload(delivered(range(20, 26)).data, "x.csv", ReadOptions(mapping={"Beta": "father"}))
    second = lists.preview_list(house.store, house.actor, told)
    assert meanings(second) | {"Beta": "father", "Alpha": "name"} == meanings(second)
