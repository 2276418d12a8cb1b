"""What the people of one request tell of each other. All people are invented."""

from matching.gallery import Gallery
from matching.linker import Linker
from matching.mothers import family_profiles
from matching.profile import record_profile
from matching.questions import next_question
from matching.weights import POLICY
from schemas.link import Evidence
from schemas.registry import DetaineeRecord
from schemas.tracing import SoughtPerson
from tests.matching.people import aged, born, boys, record, request, sought

MOTHER = sought("m", "mother", given="Зулейха", surname="Адамова", sex="female", birth=born(1988))
BROTHER = sought("b", "child", given="Хамза", surname="Тарамов", father="Юсуф", sex="male", birth=born(2010))
SISTER = sought("s", "child", given="Рукайя", surname="Тарамова", sex="female", birth=born(2012))
OF_ANOTHER = sought(
    "o", "child", given="Шамиль", surname="Шовхалов", father="Султан", sex="male", birth=born(2015)
)


def evidence(
    person: SoughtPerson, others: tuple[SoughtPerson, ...], row: DetaineeRecord, comparison: str
) -> Evidence:
    link = Linker([row, *boys(30)]).explain(request(person, *others), person.person_id, row.record_id)
    return next(one for one in link.evidence if one.comparison == comparison)


def test_a_sister_without_a_fathers_name_has_that_of_the_brother_with_her_surname() -> None:
    row = record(2, full="رقية يوسف", sex="female", birth=aged(6))
    alone = evidence(SISTER, (MOTHER,), row, "father_name")
    told = evidence(SISTER, (MOTHER, BROTHER), row, "father_name")
    assert alone.weight == 0
    assert told.weight > 2
    assert told.sought == "Юсуф"
    assert "the family wrote it with a brother or sister" in told.sentence


def test_what_was_told_of_a_brother_is_still_asked_for() -> None:
    """Only the fathers tell the two rows apart."""
    rows = [record(2, full="رقية يوسف", sex="female"), record(3, full="رقية ابراهيم", sex="female")]
    candidates = [(record_profile(row), 0.45) for row in rows]
    gallery = Gallery([record_profile(row) for row in [*rows, *boys(30)]])
    sister, _ = family_profiles(request(SISTER, BROTHER))
    asked = next_question(sister, candidates, gallery, POLICY)
    assert asked is not None
    assert asked.fact == "father_name"


def test_a_half_brother_of_another_surname_tells_no_father() -> None:
    row = record(2, full="رقية سلطان", sex="female", birth=aged(6))
    assert evidence(SISTER, (MOTHER, OF_ANOTHER), row, "father_name").weight == 0


def test_two_fathers_under_one_surname_tell_none() -> None:
    other = sought("c", "child", given="Ясин", surname="Тарамов", father="Ибрагим", sex="male")
    patronymic = sought("p", "child", given="Ясин", patronymic="Ибрагимович", surname="Тарамов", sex="male")
    for contrary in (other, patronymic):
        profiles = {one.key: one for one in family_profiles(request(SISTER, BROTHER, contrary))}
        assert profiles["Q1/s"].father_names == ()
        assert profiles["Q1/b"].father_names != ()


def test_a_surname_in_another_script_is_that_of_a_brother_too() -> None:
    sister = sought("s", "child", given="Ruqaya", surname="Taramova", sex="female", birth=born(2012))
    found, _ = family_profiles(request(sister, BROTHER))
    assert [part.text for part in found.father_names] == ["Юсуф"]
    assert found.kin_surnames == ()


def test_a_mother_without_a_surname_has_the_one_her_childrens_fields_give() -> None:
    mother = sought("m", "mother", given="Зулейха", sex="female", birth=born(1988))
    child = sought("b", "child", given="Хамза", mother="Адамова Зулейха", sex="male", birth=born(2010))
    row = record(2, given="زليخة", surname="آداموفا", sex="female", birth=aged(30))
    assert evidence(mother, (BROTHER,), row, "surname").weight == 0
    told = evidence(mother, (child,), row, "surname")
    assert told.weight > 2
    assert "the family wrote it where it named the children's mother" in told.sentence


def test_fields_that_name_another_woman_or_two_surnames_tell_the_mother_none() -> None:
    mother = sought("m", "mother", given="Зулейха", sex="female", birth=born(1988))
    hers = sought("a", "child", given="Хамза", mother="Адамова Зулейха", sex="male")
    stepmothers = sought("b", "child", given="Али", mother="Шовхалова Петимат", sex="male")
    contrary = sought("c", "child", given="Али", mother="Шовхалова Зулейха", sex="male")

    def surnames(*children: SoughtPerson) -> list[str]:
        return [part.text for part in family_profiles(request(mother, *children))[0].surnames]

    assert surnames(stepmothers, hers) == surnames(hers, stepmothers) == ["Адамова"]
    assert surnames(contrary, hers) == surnames(hers, contrary) == []


def test_a_child_may_be_listed_under_its_mothers_or_a_stepfathers_surname() -> None:
    family = (MOTHER, OF_ANOTHER)
    own = record(2, given="HAMZA", surname="TARAMOV", sex="male", birth=aged(8))
    mothers = record(3, given="HAMZA", surname="ADAMOV", sex="male", birth=aged(8))
    stepfathers = record(4, given="HAMZA", surname="SHOVKHALOV", sex="male", birth=aged(8))
    strangers = record(5, given="HAMZA", surname="BETELGERIEV", sex="male", birth=aged(8))
    rows = [evidence(BROTHER, family, row, "surname") for row in (own, mothers, stepfathers, strangers)]
    assert rows[0].weight > rows[1].weight > 0 > rows[3].weight
    assert rows[2].weight > 0
    said = "it is the surname of the mother, a brother or a sister"
    assert [said in row.sentence for row in rows] == [False, True, True, False]


def test_a_relatives_common_surname_never_speaks_against_a_child_without_one() -> None:
    mother = sought("m", "mother", given="Зулейха", surname="Магомедова", sex="female", birth=born(1988))
    child = sought("b", "child", given="Хамза", sex="male", birth=born(2010))
    many = [record(n, given="ALI", surname="MAGOMEDOV", sex="male", birth=aged(8)) for n in range(100, 130)]
    link = Linker([*many, *boys(30)]).explain(request(child, mother), "b", many[0].record_id)
    assert next(one.weight for one in link.evidence if one.comparison == "surname") >= 0


def test_a_grown_woman_is_not_looked_for_under_her_childrens_surname() -> None:
    row = record(2, given="ZULEYKHA", surname="TARAMOVA", sex="female", birth=aged(30))
    assert evidence(MOTHER, (BROTHER, SISTER), row, "surname").weight < 0
