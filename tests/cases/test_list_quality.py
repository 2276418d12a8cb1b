"""The quality report of a list counts what a clerk should ask the sender for."""

from datetime import date

from service.cases import lists
from service.cases.list_quality import ListQuality, quality_of
from service.cases.lists import Upload
from service.imports import ReadOptions, read_list
from tests.support.stores import House

HEADINGS = "No,Household,Name,Mother,Sex,Age,Nationality,Note"
LINES = (
    "1,H1,Zarema Adieva,,F,34,Russian,",
    "2,H1,Islam,,M,9,,",  # his mother stands in his household
    "3,H2,Umm Talha,,F,25,Russian?,and 2 children",
    "4,,Yusuf,Nigora,M,about 5,Uzbek,",
    "5,,Hamza,,M,,unknown,",
    "6,,Sumaya,,F,2014,Tajik,",
    "7,,,,,,,",
    "8,,Tahir,,M,seven or so maybe,Kazakh,",
)


def read(lines: tuple[str, ...]) -> ListQuality:
    data = "\n".join([HEADINGS, *lines, ""]).encode()
    options = ReadOptions.model_validate({"list_date": "2020-06-01", "list_id": "l"})
    reading = read_list(data, "list.csv", options)
    return quality_of(reading.records, reading.problems, date(2021, 1, 1))


def test_each_figure_is_counted() -> None:
    """One small list in which every figure can be counted by hand."""
    found = read(LINES)
    assert (found.people, found.counted_only, found.households, found.in_no_household) == (7, 2, 2, 4)
    assert (found.without_name, found.only_kunya) == (0, 1)
    assert (found.without_age, found.age_estimated, found.year_only) == (2, 1, 1)
    assert (found.nationality_unknown, found.nationality_doubtful) == (2, 1)
    assert (found.children, found.children_without_mother) == (3, 1)
    assert (found.rows_lost, found.rows_in_part) == (0, 1)


def ages(several: list[int]) -> ListQuality:
    return read(tuple(f"{n},,Name {n},,F,{age},," for n, age in enumerate(several, 1)))


def test_heaped_ages_are_told_from_plain_ones() -> None:
    """Each age once is what one expects; a list of fives and tens is what a guessing clerk writes."""
    even, heaped = ages(list(range(3, 18)) * 4), ages([5, 10, 15, 5, 10] * 6 + [7, 8])
    assert [group.index for group in even.heaping] == [100, None]
    assert (heaped.heaping[0].index, heaped.heaping[0].people) == (469, 32)
    adults = ages(list(range(23, 63)))
    assert [group.index for group in adults.heaping] == [None, 100]


def test_births_are_not_heaped_on_ages() -> None:
    """Years of birth say nothing of a clerk who rounds ages."""
    assert read(tuple(f"{n},,Name {n},,F,{2000 + n % 10},," for n in range(1, 40))).heaping[0].people == 0


def test_the_report_comes_with_the_list(house: House) -> None:
    """It is worked out when the file is read and kept with the list."""
    data = "\n".join([HEADINGS, *LINES, ""]).encode()
    view = lists.preview_list(house.store, house.actor, Upload(data, "list.csv"))
    assert view.details.quality is not None
    assert view.details.quality.only_kunya == 1
