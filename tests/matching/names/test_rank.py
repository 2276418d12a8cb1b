"""Ranking names across scripts: the right one comes first, whatever the script, order or spacing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matching.names.name_table import NameTable
from matching.names.nearest import Nearest
from matching.names.rank import NameIndex, rank_names

HELD = [
    "زائرة محمد إسرافيلوفا",
    "محمد محمدوف",
    "خديجة سليمانوفا",
    "عبدالرحمن حيدروف",
    "ليلى خاسانوفا",
    "ابراهيم غادجييف",
    "تمرخانوفا زارما",
    "محمدرسول عمروف",
    "GAZIEVA Hadija",
    "Дудуркаев Юсуп Зелимханович",
    "سعيدزاده كلبهار",
    "",
]


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("Исрапилова Заира Магомедовна", 0),
        ("Магомед Магомедов", 1),
        ("Сулейманова Хадижат", 2),
        ("Хайдаров Абдурахман", 3),
        ("Leila Khasanova", 4),
        ("Ibrahim Gadzhiev", 5),
        ("Зарема Темирханова", 6),
        ("Омаров Магомед-Расул", 7),
        ("Гаджиева Хадижа", 8),
        ("Yusup Dudurkaev", 9),
        ("يوسف دودوركاييف", 9),
        ("Саидзода Гулбахор", 10),
    ],
)
def test_the_right_name_comes_first_across_scripts(asked: str, place: int) -> None:
    [(_, found)] = rank_names([asked], HELD, top=3)
    assert found[0][0] == place


def test_empty_queries_and_galleries_give_empty_answers() -> None:
    assert list(rank_names(["", "Заира"], [], 5)) == [(0, []), (1, [])]
    answers = dict(rank_names(["", "  ", "؟؟", "Заира"], HELD, 2))
    assert answers[0] == answers[1] == answers[2] == []
    assert len(answers[3]) == 2


def test_duplicates_have_equal_scores_and_come_in_the_order_held() -> None:
    index = NameIndex.of(["Марьям Алиева", "مريم علييفا", "Марьям Алиева", "Муса Исаев"])
    [(_, found)] = index.rank(["Maryam Alieva"], 4)
    scores = dict(found)
    assert scores[0] == scores[2]
    assert [place for place, _ in found if place in (0, 2)] == [0, 2]


def test_an_answer_does_not_depend_on_the_other_questions() -> None:
    alone = next(iter(rank_names(["Заира Исрапилова"], HELD, 5)))[1]
    asked = ["Магомед"] * 300 + ["Заира Исрапилова"]
    together = list(rank_names(asked, HELD, 5))[300][1]
    assert [place for place, _ in alone] == [place for place, _ in together]
    assert [score for _, score in alone] == pytest.approx([score for _, score in together], abs=1e-3)


def test_the_order_of_the_words_does_not_matter() -> None:
    index = NameIndex.of(HELD)
    straight = next(index.rank(["Исрапилова Заира Магомедовна"], 1))[1]
    turned = next(index.rank(["Заира Магомедовна Исрапилова"], 1))[1]
    assert straight[0][0] == turned[0][0]
    assert straight[0][1] == pytest.approx(turned[0][1], abs=1e-3)


def test_one_query_shared_by_the_threads_finds_what_one_thread_finds() -> None:
    held, asked = NameTable([*HELD, *HELD[::-1]]), NameTable(["Заира Исрапилова", "Yusup", "؟؟"])
    near = Nearest.of(held)
    with ThreadPoolExecutor(3) as pool:
        shared = [near.shared(asked, query, 9, pool, 3).tolist() for query in range(3)]
    assert shared == [places.tolist() for places in near.each(asked, range(3), 9)]
    assert [len(places) for places in shared] == [9, 9, 0]


_PIECES = (
    "Гусейн", "абдурахманов", "Kseniaовский", "علاء", "الدينовский", "Arslonабдурахманов", "الينا", "Ali",
    "Hennadiialiنبيلةali", "Шемиль", "Г", "الياليالياليالي", "Мадина", "Zaira", "محمد",
)  # fmt: skip
_LONG = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5).map("".join)
_ODD = st.lists(_LONG, min_size=1, max_size=5).map(" ".join)


@settings(max_examples=40)
@given(_ODD, st.lists(_ODD, min_size=2, max_size=6))
@example(
    "Гусейнабдурахманов Kseniaовский علاء الدينовский Arslonабдурахманов الينا",
    ["Гусейнабдурахманов علاءعلاء الياليالياليالي", "Hennadiialiنبيلةali Шемильабдурахманов Г"],
)
def test_a_pair_scores_the_same_alone_and_behind_others(asked: str, held: list[str]) -> None:
    index, places = NameIndex.of(held), range(len(held))
    together = index.pair_scores([asked], [(0, place) for place in places])
    assert together.tolist() == [index.pair_scores([asked], [(0, place)])[0] for place in places]


def test_no_candidates_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="at least one"):
        NameIndex.of(HELD).retrieve(["Заира"], 0)
