"""Which rows belong together, and that a column for something else makes no giant family."""

from matching.gallery import NameKind
from matching.linker import Linker
from matching.names.parse import parse_name
from schemas.registry import DetaineeRecord
from schemas.vocabulary import Sex
from tests.matching.people import aged, record


def sizes(linker: Linker) -> list[int]:
    return sorted((len(group.members) for group in linker.groups), reverse=True)


def test_children_of_one_mother_on_neighbouring_lines_are_one_household() -> None:
    rows = [record(2, full="زاريما", sex="female", birth=aged(28))]
    rows += [record(3 + n, full=name, mother="زاريما", birth=aged(3 + n)) for n, name in enumerate("أبت")]
    assert sizes(Linker([*rows, record(40, full="محمد", mother="زاريما", birth=aged(4))])) == [4, 1]


def test_a_list_sorted_by_the_mothers_name_makes_no_family_larger_than_one_can_be() -> None:
    rows = [record(2 + n, full=f"محمد {n}", mother="فاطمة", birth=aged(2 + n % 9)) for n in range(120)]
    assert max(sizes(Linker(rows))) <= 14


def test_a_number_on_fifty_rows_is_a_sector_and_not_a_household() -> None:
    rows = [record(2 + n, full=f"محمد {n}", household="4", birth=aged(2 + n % 9)) for n in range(50)]
    large = [record(100 + n, full=f"عمر {n}", household="5", birth=aged(2 + n % 9)) for n in range(9)]
    assert sizes(Linker([*rows, *large]))[:2] == [9, 1]


def test_a_sector_on_every_row_hides_no_family() -> None:
    rows = [
        record(2 + n, full=f"محمد {n}", household="4", mother=mother, birth=aged(2 + n % 9))
        for n, mother in enumerate(("فاطمة", "خديجة", "زاريما", "مريم", "لينا") * 7 + ("عائشة",) * 3)
    ]
    assert sizes(Linker(rows))[0] == 3


def test_whom_the_numbers_of_a_list_tell_apart_no_name_joins() -> None:
    rows = [
        record(2 + n, full=f"محمد {n}", household=str(n), mother="فاطمة", birth=aged(2 + n)) for n in range(9)
    ]
    assert sizes(Linker(rows)) == [1] * 9
    assert sizes(Linker([*rows, record(11, full="عمر", mother="فاطمة", birth=aged(3))])) == [2, *[1] * 8]


def test_children_of_one_father_on_neighbouring_lines_are_one_household() -> None:
    rows = [
        record(2, full="حمزة رسلان سليمانوف", father="رسلان", sex="male", birth=aged(7)),
        record(3, full="رقية", father="رسلان", sex="female", birth=aged(5)),
        record(4, full="خالد", father="عمر", sex="male", birth=aged(6)),
    ]
    linker = Linker(rows)
    assert linker.group_with("L1:2:0") is linker.group_with("L1:3:0")
    assert linker.group_with("L1:4:0") is not linker.group_with("L1:3:0")


def test_a_slip_in_a_known_name_is_no_rarer_than_the_name() -> None:
    linker = Linker([record(n, full="خديجة", sex="female", birth=aged(7)) for n in range(2, 60)])
    known, slip = (parse_name(text).parts[0] for text in ("Хадиджа", "Хдаиджа"))
    share = linker.gallery.share
    assert share(NameKind.GIVEN, slip, Sex.FEMALE) >= share(NameKind.GIVEN, known, Sex.FEMALE)


def women_with_children(count: int, *, naming: bool) -> list[DetaineeRecord]:
    """Each woman with one child on the line below, which names its mother or stands with another's."""
    names = (
        "زاريما",
        "ديلارا",
        "خديجة",
        "فاطمة",
        "مريم",
        "عائشة",
        "زينب",
        "حليمة",
        "آمنة",
        "سمية",
        "ليلى",
        "هاجر",
    )
    rows: list[DetaineeRecord] = []
    for n in range(count):
        mother = names[n] if naming else names[(n + 5) % len(names)]
        rows.append(record(2 + 4 * n, full=names[n], sex="female", birth=aged(30)))
        rows.append(record(3 + 4 * n, full="محمد", mother=mother, sex="male", birth=aged(7)))
    return rows


def test_a_list_that_puts_children_below_their_mothers_joins_those_who_name_none() -> None:
    last = [record(80, full="رابعة", sex="female", birth=aged(31)), record(81, full="عمر", birth=aged(5))]
    habit = Linker([*women_with_children(10, naming=True), *last])
    assert habit.group_with("L1:80:0") is habit.group_with("L1:81:0")
    other = Linker([*women_with_children(10, naming=False), *last])
    assert other.group_with("L1:80:0") is not other.group_with("L1:81:0")


WITH_HABIT = women_with_children(10, naming=True)


def together(linker: Linker, *rows: int) -> bool:
    return len({linker.group_with(f"L1:{row}:0").group_id for row in rows}) == 1


def test_the_habit_is_seen_where_other_families_follow_without_their_mothers() -> None:
    """Two children of others below every woman's own child: fewer than half below her are hers."""
    rows = [
        record(one.row + 1 + n, full=name, mother="رابعة", sex="male", birth=aged(3 + n))
        for one in WITH_HABIT[1::2]
        for n, name in enumerate(("خالد", "بلال"))
    ]
    last = [record(80, full="هند", sex="female", birth=aged(31)), record(81, full="عمر", birth=aged(5))]
    assert together(Linker([*WITH_HABIT, *rows, *last]), 80, 81)


def test_a_woman_with_children_who_name_nobody_says_nothing_against_the_habit() -> None:
    rows = [
        one
        for n in range(8)
        for one in (
            record(100 + 4 * n, full="هند", sex="female", birth=aged(31)),
            record(101 + 4 * n, full="عمر", birth=aged(5)),
            record(102 + 4 * n, full="خالد", mother="رابعة", birth=aged(4)),
        )
    ]
    assert together(Linker([*WITH_HABIT, *rows]), 100, 101)


def test_a_child_that_cannot_be_hers_ends_the_run() -> None:
    last = [
        record(80, full="هند", sex="female", birth=aged(20)),
        record(81, full="عمر", birth=aged(2)),
        record(82, full="بلال", birth=aged(14)),
        record(83, full="خالد", birth=aged(3)),
    ]
    linker = Linker([*WITH_HABIT, *last])
    assert together(linker, 80, 81)
    assert not together(linker, 80, 82)
    assert not together(linker, 80, 83)


def test_on_a_list_in_runs_no_mother_is_sought_beyond_another_woman() -> None:
    rows = [
        record(80, full="هند", sex="female", birth=aged(31)),
        record(81, full="رابعة", sex="female", birth=aged(31)),
        record(82, full="عمر", mother="هند", birth=aged(5)),
    ]
    assert not together(Linker([*WITH_HABIT, *rows]), 80, 82)
    assert together(Linker(rows), 80, 82)


def test_a_list_sorted_by_surname_joins_no_strangers() -> None:
    rows = [record(2 + n, given=f"Hamza {n}", surname="MAGOMEDOV", birth=aged(2 + n)) for n in range(12)]
    assert sizes(Linker(rows))[0] == 1


def test_what_a_list_numbers_says_nothing_of_those_without_a_number() -> None:
    """Numbered families tell apart by their numbers whoever would name another mother."""
    rows = [
        record(2 + 2 * n + child, full=name, mother=mother, household=f"h{n}", birth=aged(4 + child))
        for n, mother in enumerate(("زاريما", "ديلارا", "خديجة", "فاطمة", "مريم", "عائشة", "زينب", "حليمة"))
        for child, name in enumerate(("محمد", "عمر"))
    ]
    last = [record(80, full="بلال", birth=aged(5)), record(81, full="خالد", birth=aged(7))]
    assert not together(Linker([*rows, *last]), 80, 81)


def test_children_whom_nothing_tells_apart_are_one_family_where_the_list_has_that_habit() -> None:
    """Pairs of children who name one mother, a line between the families."""
    mothers = ("زاريما", "ديلارا", "خديجة", "فاطمة", "مريم", "عائشة", "زينب", "حليمة", "آمنة")
    pairs = [
        record(2 + 3 * n + child, full=("محمد", "عمر")[child], mother=mother, birth=aged(4 + child))
        for n, mother in enumerate(mothers)
        for child in (0, 1)
    ]
    last = [record(80, full="بلال", birth=aged(5)), record(81, full="خالد", birth=aged(7))]
    assert together(Linker([*pairs, *last]), 80, 81)
    assert not together(Linker([*pairs[::2], *last]), 80, 81)
