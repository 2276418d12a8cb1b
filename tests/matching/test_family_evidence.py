"""What a family tells beyond its single members. All people are invented."""

from datetime import date

import pytest

from matching.linker import Linker
from matching.weights import POLICY
from schemas.link import CandidateLink, Evidence
from schemas.person import BirthInterval, KinName, PersonName, Statement
from schemas.registry import DetaineeRecord
from schemas.tracing import TracingRequest
from schemas.vocabulary import DatePrecision, Relation
from tests.matching.people import aged, born, boys, record, request, sought

HOUSE = [
    record(2, full="ديلارا محمدوفا", sex="female", birth=aged(28), household="7", relation=Relation.HEAD),
    record(3, full="حمزة", sex="male", birth=aged(7), household="7", relation=Relation.SON),
    record(4, full="رقية", sex="female", birth=aged(5), household="7", relation=Relation.DAUGHTER),
]
BOY = sought("b", "child", given="Хамза", sex="male", birth=born(2011), mother="Магомедова Диляра")
GIRL = sought("g", "child", given="Рукайя", sex="female", birth=born(2013), mother="Магомедова Диляра")
MOTHER = sought("m", "mother", given="Диляра", surname="Магомедова", sex="female", birth=born(1990))


def linked(
    records: list[DetaineeRecord], asked: TracingRequest, person: str, record_id: str
) -> CandidateLink:
    return Linker([*records, *boys(30)]).explain(asked, person, record_id)


def told(link: CandidateLink, comparison: str) -> Evidence | None:
    return next((one for one in link.evidence if one.comparison == comparison), None)


def day(year: int, month: int, of_month: int) -> BirthInterval:
    exact = date(year, month, of_month)
    return BirthInterval(earliest=exact, latest=exact, precision=DatePrecision.DAY, raw=exact.isoformat())


def test_a_mother_who_is_only_named_makes_her_household_recognisable() -> None:
    unnamed = sought("b", "child", given="Хамза", sex="male", birth=born(2011))
    plain = linked(HOUSE, request(unnamed), "b", "L1:3:0")
    named = linked(HOUSE, request(BOY), "b", "L1:3:0")
    assert named.weight > plain.weight + 3
    people = {one.person_id for one in Linker([*HOUSE, *boys(9)]).rank(request(BOY)).links}
    assert people == {"b"}  # she has no links of her own


def test_a_child_without_a_mothers_name_has_the_one_woman_of_its_household() -> None:
    row = told(linked(HOUSE, request(BOY), "b", "L1:3:0"), "mother_name")
    assert row is not None
    assert row.weight > 0
    assert row.recorded == "ديلارا محمدوفا"


def test_two_women_in_a_household_make_nobody_the_mother() -> None:
    aunt = record(5, full="مريم", sex="female", birth=aged(33), household="7")
    row = told(linked([*HOUSE, aunt], request(BOY), "b", "L1:3:0"), "mother_name")
    assert row is not None
    assert row.level == "missing"


def test_a_woman_who_does_not_fit_the_sought_mother_speaks_against_the_child() -> None:
    old = HOUSE[0].model_copy(update={"person": HOUSE[0].person.model_copy(update={"births": (aged(60),)})})
    fitting = linked(HOUSE, request(MOTHER, BOY), "b", "L1:3:0")
    other = linked([old, *HOUSE[1:]], request(MOTHER, BOY), "b", "L1:3:0")
    assert told(fitting, "household_mother") is None
    row = told(other, "household_mother")
    assert row is not None
    assert POLICY.other_mother <= row.weight < 0


def test_a_lone_row_counts_for_less_when_nobody_else_of_the_family_is_found() -> None:
    alone = record(50, full="حمزة", sex="male", birth=aged(7), mother="ديلارا")
    one = linked([alone], request(BOY), "b", "L1:50:0")
    three = linked([alone], request(MOTHER, BOY, GIRL), "b", "L1:50:0")
    assert told(one, "family_nowhere") is None
    assert told(three, "family_nowhere") is not None
    assert three.weight < one.weight


# the girl of the family, in an orphanage's list where no grown woman stands
ORPHAN = record(
    90, full="رقية سليمانوفا", sex="female", birth=aged(5), mother="ديلارا محمدوفا", father="رسلان",
    household="o", list_id="L2",
)  # fmt: skip
RUKAYA = sought(
    "g", "child", given="Рукайя", surname="Сулейманова", sex="female", birth=born(2013),
    mother="Магомедова Диляра", father="Руслан",
)  # fmt: skip
ALONE = record(91, full="ديلارا", sex="female", birth=aged(28))
WITH_OTHERS = [
    record(92, full="ديلارا", sex="female", birth=aged(28), household="w"),
    record(93, full="يوسف", sex="male", birth=aged(2), household="w"),
]


def test_a_household_counts_for_less_where_the_family_is_found_elsewhere() -> None:
    rows = [ORPHAN, ALONE, *WITH_OTHERS]
    together = linked(rows, request(MOTHER, RUKAYA), "m", "L1:92:0")
    apart = linked(rows, request(MOTHER, RUKAYA), "m", "L1:91:0")
    against, for_her = told(together, "family_elsewhere"), told(apart, "family_elsewhere")
    assert against is not None
    assert against.weight < 0
    assert (against.level, "another household" in against.sentence) == ("found_elsewhere", True)
    assert for_her is not None
    assert (for_her.level, "stands alone" in for_her.sentence) == ("stands_alone", True)
    assert 0 < for_her.weight <= POLICY.family_elsewhere["mother_apart"]
    assert together.weight == pytest.approx(sum(one.weight for one in together.evidence), abs=1e-6)


def test_a_girl_of_unknown_age_is_not_taken_for_the_mother_of_the_household() -> None:
    undated = ORPHAN.model_copy(update={"person": ORPHAN.person.model_copy(update={"births": ()})})
    row = told(
        linked([undated, ALONE, *WITH_OTHERS], request(MOTHER, RUKAYA), "m", "L1:91:0"), "family_elsewhere"
    )
    assert row is None or row.weight > 0


def test_a_stranger_beside_the_family_gains_nothing_where_the_child_itself_is_with_it() -> None:
    stranger = record(95, full="حمزة", sex="male", birth=aged(7))
    link = linked([*HOUSE, stranger], request(MOTHER, BOY, GIRL), "b", "L1:95:0")
    row = told(link, "family_elsewhere")
    assert row is None or row.weight < 0.5


def test_a_brother_who_may_be_the_row_instead_competes_from_the_same_place() -> None:
    """Both lose by the sister who is found elsewhere, not only the one whose link is told."""
    house = [
        record(92, full="حمزة سليمانوف", sex="male", birth=aged(7), household="w"),
        record(93, full="عبد الرحمن", sex="male", birth=aged(1), household="w"),
    ]
    brothers = [
        sought(key, "child", given="Хамза", surname="Сулейманов", sex="male", birth=born(year))
        for key, year in (("b", 2011), ("c", 2012))
    ]
    mine, other = (linked([ORPHAN, *house], request(RUKAYA, *brothers), key, "L1:92:0") for key in ("b", "c"))
    placed, taken = told(other, "family_elsewhere"), told(other, "better_for_relative")
    assert placed is not None
    assert placed.weight < -0.5
    assert taken is not None
    unplaced = 2 ** (other.weight - taken.weight - placed.weight)
    assert mine.probability > 2**mine.weight / (1 + 2**mine.weight + unplaced)


def test_where_nobody_else_is_found_the_place_of_the_family_says_nothing() -> None:
    rows = [ALONE, *WITH_OTHERS]
    assert told(linked(rows, request(MOTHER), "m", "L1:92:0"), "family_elsewhere") is None
    absent = linked(rows, request(MOTHER, RUKAYA), "m", "L1:92:0")
    row = told(absent, "family_elsewhere")
    assert row is None or abs(row.weight) < 0.1


def test_a_sibling_nobody_asked_for_competes_where_only_the_family_agrees() -> None:
    """Surname, father and mother agree, the given name does not: rather a brother than the sought boy."""
    brother = record(60, full="خالد سليمانوف", father="رسلان", mother="ديلارا", sex="male", birth=aged(7))
    boy = sought(
        "b", "child", given="Хамза", surname="Сулейманов", sex="male", birth=born(2011), mother="Диляра",
        father="Руслан",
    )  # fmt: skip
    link = linked([brother], request(boy), "b", "L1:60:0")
    assert link.weight > 0
    assert link.probability < 0.5


@pytest.mark.parametrize("name", ["حمزةرسلان", "Hamzaruslan", "Хамзаруслан"])
def test_two_names_in_one_word_are_read_as_both(name: str) -> None:
    boy = sought("b", "child", given="Хамза", sex="male", birth=born(2011), father="Руслан")
    link = linked([record(70, full=name, sex="male", birth=aged(7))], request(boy), "b", "L1:70:0")
    given, father = told(link, "given_name"), told(link, "father_name")
    assert given is not None
    assert father is not None
    assert given.weight > 2
    assert "one word" in given.sentence
    assert given.weight + father.weight < 2 * POLICY.given.cap


@pytest.mark.parametrize("name", ["حمزةرسلان", "Hamzaruslan", "Хамзаруслан"])
def test_a_name_is_found_in_one_word_with_one_that_the_family_did_not_tell(name: str) -> None:
    boy = sought("b", "child", given="Хамза", sex="male", birth=born(2011))
    given = told(
        linked([record(70, full=name, sex="male", birth=aged(7))], request(boy), "b", "L1:70:0"), "given_name"
    )
    assert given is not None
    assert given.weight > 2
    assert "one word" in given.sentence


def test_a_word_that_may_be_two_names_contradicts_no_father_and_serves_no_second_role() -> None:
    rows = [record(70, full="Саидмагомед", sex="male", birth=aged(7))]
    for father in ("Руслан", "Магомед"):
        boy = sought("b", "child", given="Саидмагомед", sex="male", birth=born(2011), father=father)
        link = linked(rows, request(boy), "b", "L1:70:0")
        given, fathers = told(link, "given_name"), told(link, "father_name")
        assert given is not None
        assert fathers is not None
        assert given.level == "same_spelling"
        assert fathers.weight == 0


@pytest.mark.parametrize("name", ["გიორგი", "王", "१२३", "؟", "-"])
def test_a_name_of_an_unknown_script_or_none_is_compared_without_harm(name: str) -> None:
    child = sought("b", "child", given=name, sex="male", birth=born(2011), father=name, mother=name)
    rows = [record(70, full=name, mother=name, sex="male", birth=aged(7)), *boys(9)]
    rows.append(record(71, full="Hamzaruslanbek", sex="male", birth=aged(7)))
    assert Linker(rows).rank(request(child)).links


def test_a_mother_of_ten_is_impossible_but_shown() -> None:
    girl = sought("m", "mother", given="Диляра", sex="female", birth=born(2002))
    link = linked(HOUSE, request(girl, BOY), "b", "L1:3:0")
    row = told(link, "mother_age")
    assert row is not None
    assert row.weight == POLICY.impossible
    assert "at most 10 years" in row.sentence


def test_two_births_four_months_apart_are_impossible_unless_only_the_years_are_known() -> None:
    sister = sought("g", "child", given="Рукайя", sex="female", birth=day(2013, 3, 4), mother="Диляра")
    near = record(80, full="حمزة", sex="male", birth=day(2013, 7, 9), mother="ديلارا")
    year = record(80, full="حمزة", sex="male", birth=day(2013, 7, 1), mother="ديلارا")
    assert told(linked([near], request(BOY, sister), "b", "L1:80:0"), "births_too_close") is not None
    assert told(linked([year], request(BOY, sister), "b", "L1:80:0"), "births_too_close") is None


def test_a_husband_on_the_list_may_be_the_father_of_a_sought_child() -> None:
    wife = record(90, full="ديلارا", sex="female", birth=aged(28))
    husband = KinName(relation=Relation.HUSBAND, name=PersonName(text="رسلان"))
    wife = wife.model_copy(update={"person": wife.person.model_copy(update={"kin": (husband,)})})
    child = sought("b", "child", given="Хамза", sex="male", birth=born(2011), father="Руслан")
    row = told(linked([wife], request(MOTHER, child), "m", "L1:90:0"), "spouse")
    assert row is not None
    assert row.weight > 2


def test_a_language_spoken_on_both_sides_agrees_across_languages() -> None:
    speaking = BOY.person.model_copy(update={"languages": (Statement(text="чеченский"),)})
    asked = request(BOY.model_copy(update={"person": speaking}))

    def row(language: str) -> Evidence | None:
        one = record(95, full="حمزة", sex="male", birth=aged(7))
        spoken = one.person.model_copy(update={"languages": (Statement(text=language),)})
        return told(linked([one.model_copy(update={"person": spoken})], asked, "b", "L1:95:0"), "language")

    same, other = row("Chechen"), row("Tajik")
    assert same is not None
    assert other is not None
    assert (same.level, other.level) == ("same", "differs")


def test_the_frequency_and_the_next_question_stand_beside_the_evidence_and_weigh_nothing() -> None:
    namesakes = [
        record(200 + n, full="حمزة", father=father, sex="male", birth=aged(7))
        for n, father in enumerate(("رسلان", "عمر", "شامل", "بلال"))
    ]
    others = [  # a man and a girl of that name are no such boys
        record(300, full="حمزة", sex="male", birth=aged(40)),
        record(301, full="حمزة", sex="female", birth=aged(7)),
    ]
    boy = sought("b", "child", given="Хамза", sex="male", birth=born(2011))
    link = Linker([*namesakes, *others, *boys(30)]).rank(request(boy)).links[0]
    common, question = told(link, "how_common"), told(link, "ask_next")
    assert common is not None
    assert question is not None
    assert (common.weight, question.weight) == (0, 0)
    assert common.sentence.startswith("7 boys on these lists have such a given name")  # three of boys(30)
    assert "father's name" in question.sentence


def test_a_sister_found_among_many_in_a_household_says_less_than_one_found_among_few() -> None:
    """The more people live there, the likelier somebody of her name and age does."""
    men = [record(n, full="يونس", sex="male", birth=aged(40), household="7") for n in range(5, 12)]
    few = told(linked(HOUSE, request(BOY, GIRL), "b", "L1:3:0"), "household")
    many = told(linked([*HOUSE, *men], request(BOY, GIRL), "b", "L1:3:0"), "household")
    assert few is not None
    assert many is not None
    assert 0 < many.weight < few.weight - 1
