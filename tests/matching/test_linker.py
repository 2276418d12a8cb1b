"""What the front door promises about ranks, sums, probabilities and families. All people are invented."""

from datetime import date

import pytest

from matching.errors import CountedOnlyError
from matching.linker import Linker
from matching.score import probability
from schemas.link import CandidateLink
from schemas.vocabulary import LinkRelation, Relation
from tests.matching.people import aged, born, boys, record, request, sought

MOTHER = sought(
    "m", "mother", surname="Тагирбекова", given="Зарема", patronymic="Казбековна", sex="female",
    birth=born(1990), origin="Дербент",
)  # fmt: skip
SON = sought(
    "s", "child", surname="Тагирбеков", given="Ибрагим", sex="male", birth=born(2011), mother="Зарема"
)
DAUGHTER = sought("d", "child", given="Хадижат", sex="female", birth=born(2013), mother="Зарема")
FAMILY = [
    record(2, full="زاريما تاغيربيكوفا", sex="female", birth=aged(28), household="7", relation=Relation.HEAD),
    record(3, full="إبراهيم", sex="male", birth=aged(7), mother="زاريما", household="7", with_mother=True),
    record(4, full="خديجة", sex="female", birth=aged(6), mother="زاريما", household="7", with_mother=True),
]


def first(links: tuple[CandidateLink, ...], person_id: str) -> CandidateLink:
    return next(link for link in links if link.person_id == person_id and link.rank == 1)


def test_a_family_written_in_cyrillic_is_found_in_arabic_script_among_strangers() -> None:
    links = Linker([*FAMILY, *boys(60)]).rank(request(MOTHER, SON, DAUGHTER)).links
    assert [first(links, p).record_id for p in "msd"] == ["L1:2:0", "L1:3:0", "L1:4:0"]


def test_the_evidence_of_every_link_adds_up_to_its_weight() -> None:
    for link in Linker([*FAMILY, *boys(30)]).rank(request(MOTHER, SON, DAUGHTER)).links:
        assert sum(e.weight for e in link.evidence) == pytest.approx(link.weight, abs=1e-6)
        assert all(e.sentence for e in link.evidence)


def test_a_probability_does_not_depend_on_the_best_of_the_batch() -> None:
    """Without the true family the best stranger stays improbable: nothing is rescaled to the top."""
    links = Linker(boys(60)).rank(request(MOTHER, SON, DAUGHTER)).links
    assert max(link.probability for link in links) < 0.5


def test_family_evidence_lifts_the_true_boy_over_a_namesake_of_the_same_age() -> None:
    namesake = record(50, full="إبراهيم", sex="male", birth=aged(7))
    links = Linker([*FAMILY, namesake, *boys(30)]).rank(request(MOTHER, SON, DAUGHTER)).links
    weights = {link.record_id: link.weight for link in links if link.person_id == "s"}
    assert weights["L1:3:0"] > weights["L1:50:0"]


def test_missing_facts_neither_speak_for_nor_against() -> None:
    bare = record(9, full="إبراهيم")
    link = Linker([bare, *boys(5)]).explain(request(SON), "s", "L1:9:0")
    silent = {e.comparison for e in link.evidence if e.level == "missing"}
    assert {"age", "sex", "mother_name", "origin", "kunya"} <= silent
    assert all(e.weight == 0 for e in link.evidence if e.level == "missing")


def test_the_result_of_a_request_does_not_depend_on_the_order_of_the_lists() -> None:
    records = [*FAMILY, *boys(20)]
    forward = Linker(records).rank(request(MOTHER, SON, DAUGHTER))
    backward = Linker(reversed(records)).rank(request(MOTHER, SON, DAUGHTER))
    assert forward == backward


def test_a_name_given_by_the_orphanage_is_no_evidence() -> None:
    foundling = record(8, staff_given="يوسف", sex="male", birth=aged(3))
    child = sought("c", "child", given="Юсуф", sex="male", birth=born(2016))
    link = Linker([foundling, *boys(9)]).explain(request(child), "c", "L1:8:0")
    assert next(e.weight for e in link.evidence if e.comparison == "given_name") == 0


def test_children_counted_but_not_named_are_offered_through_their_mother() -> None:
    mother = record(
        5, full="أم إبراهيم الداغستانية", sex="female", birth=aged(28), household="9", declared=2,
        relation=Relation.HEAD,
    )  # fmt: skip
    counted = [record(5, placeholder=n, household="9") for n in (1, 2)]
    links = Linker([mother, *counted, *boys(20)]).rank(request(MOTHER, SON, DAUGHTER)).links
    assert first(links, "m").record_id == "L1:5:0"
    offered = {link.record_id for link in links if link.relation is LinkRelation.IN_HOUSEHOLD_OF}
    assert offered == {"L1:5:1", "L1:5:2"}
    child = next(link for link in links if link.relation is LinkRelation.IN_HOUSEHOLD_OF)
    assert child.probability < first(links, "m").probability
    linker = Linker([mother, *counted, *boys(20)])
    told = linker.explain(request(MOTHER, SON, DAUGHTER), child.person_id, child.record_id)
    assert told.weight == child.weight
    with pytest.raises(CountedOnlyError):
        linker.explain(request(MOTHER, SON, DAUGHTER), "m", "L1:5:1")


def test_a_mother_in_prison_and_her_children_on_another_list_support_each_other() -> None:
    prison = record(
        2, "P", full="زاريما كازبيك تاغيربيكوفا", sex="female", birth=aged(28), nationality="داغستان"
    )
    children = [
        record(2, "O", given="Ibrahim", mother="Zarema (in prison)", sex="male", birth=born(2011)),
        record(3, "O", given="Hadija", mother="Zarema (in prison)", sex="female", birth=born(2013)),
    ]
    apart = Linker([prison, *children, *boys(20)]).rank(request(MOTHER, SON, DAUGHTER)).links
    alone = Linker([prison, *boys(20)]).rank(request(MOTHER, SON, DAUGHTER)).links
    assert first(apart, "m").record_id == first(alone, "m").record_id == "P:2:0"
    assert first(apart, "m").weight > first(alone, "m").weight
    assert any(e.comparison == "mother_elsewhere" for e in first(apart, "s").evidence)


def test_heard_of_elsewhere_after_the_day_of_entry_weighs_heavily_and_is_shown() -> None:
    late = sought(
        "s", "child", given="Ибрагим", sex="male", birth=born(2011), heard=("Хаджин", date(2019, 1, 31))
    )
    early = record(3, full="إبراهيم", sex="male", birth=aged(7), entered=date(2017, 11, 12))
    link = Linker([early, *boys(5)]).explain(request(late), "s", "L1:3:0")
    row = next(e for e in link.evidence if e.comparison == "place_time")
    assert row.level == "impossible"
    assert row.weight < -3


def test_one_person_on_two_lists_does_not_halve_its_own_probability() -> None:
    transferred = record(
        7, "L2", given="Ibrahim", surname="TAGIRBEKOV", mother="Zarema", sex="male", birth=born(2011)
    )
    once = first(Linker([*FAMILY, *boys(30)]).rank(request(MOTHER, SON, DAUGHTER)).links, "s")
    twice = first(Linker([*FAMILY, transferred, *boys(30)]).rank(request(MOTHER, SON, DAUGHTER)).links, "s")
    assert twice.probability > once.probability - 0.1


def test_two_equal_strangers_share_what_one_of_them_would_have_had() -> None:
    assert probability(3.0, [3.0]) < probability(3.0, [])
    assert probability(3.0, [3.0]) == pytest.approx(8 / 17)
    assert probability(0.0, []) == pytest.approx(0.5)
    assert probability(900.0, [-900.0]) == pytest.approx(1.0)


def test_families_name_the_children_nobody_asked_for() -> None:
    born_there = record(
        5, full="سمية", sex="female", birth=aged(2), mother="زاريما", household="7", with_mother=True
    )
    families = Linker([*FAMILY, born_there, *boys(10)]).rank(request(MOTHER, SON, DAUGHTER)).families
    house = next(f for f in families if len(f.pairs) == 3)
    assert "L1:5:0" in house.unmatched_records


def test_an_empty_list_gives_no_links() -> None:
    assert Linker([]).rank(request(SON)).links == ()
