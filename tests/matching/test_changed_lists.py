"""Lists that changed come to the same as new ones, and only what changed is compared again. People are
invented.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.linker import Linker
from matching.scale import choice, matcher
from matching.scale.choice import Nearest
from matching.scale.ranking import Links
from schemas.registry import DetaineeRecord
from schemas.tracing import TracingRequest
from tests.matching.people import aged, record, request, sought

_BOYS = ("محمد", "أحمد", "يوسف", "عمر", "خالد", "إبراهيم", "Ali", "Hasan", "Musa", "Тимур", "Рашид", "Салман")
_WOMEN = ("فاطمة", "خديجة", "مريم", "عائشة", "Hava", "Leyla", "Малика", "Петимат", "Амина", "Зара")
_FAMILIES = ("الحلبي", "Naibov", "Almurzaev", "Вахаев", "Дадаев", "محمود", "Betelgeriev")


def row_of(number: int, dice: random.Random) -> DetaineeRecord:
    facts: dict[str, object] = {"birth": aged(dice.randint(3, 15)), "sex": "male"}
    names = _BOYS
    if dice.random() < 0.3:
        names, facts = _WOMEN, {"birth": aged(dice.randint(19, 40)), "sex": "female"}
    elif dice.random() < 0.5:
        facts["mother"] = dice.choice(_WOMEN)
    if dice.random() < 0.6:
        facts["household"] = str(number // 4)
    full = dice.choice(names) if dice.random() < 0.8 else f"أم {dice.choice(_BOYS)}"
    if dice.random() < 0.5:
        full = f"{full} {dice.choice(_FAMILIES)}"
    return record(number, f"L{number % 2}", full=full, **facts)


def asked(number: int, dice: random.Random) -> TracingRequest:
    surname, mother = dice.choice(_FAMILIES), dice.choice(_WOMEN)
    children = [
        sought(f"c{n}", "child", given=dice.choice(_BOYS), surname=surname, mother=mother, sex="male",
               birth=aged(dice.randint(3, 15)))
        for n in range(dice.randint(1, 3))
    ]  # fmt: skip
    woman = sought("m", "mother", given=mother, surname=surname, sex="female")
    return request(*children, *([woman] if dice.random() < 0.5 else []), request_id=f"Q{number}")


def same(mine: Links, theirs: Links) -> bool:
    return all(np.array_equal(one, two) for one, two in zip(mine, theirs, strict=True))


def named(linker: Linker, links: Links) -> list[object]:
    """The links by the ids of their records, with all that is told of them."""
    ids = [[linker.lines[p].record_id if p >= 0 else "" for p in row] for row in links.position.tolist()]
    return [ids, *(one.tolist() for one in links[1:])]


def edition(
    rows: Sequence[DetaineeRecord], dice: random.Random, changes: int
) -> tuple[set[str], list[DetaineeRecord]]:
    """Who is gone, and who is new or another."""
    touched = dice.sample(list(rows), min(changes, len(rows)))
    gone = {one.record_id for one in touched[: changes // 3]}
    altered = [row_of(one.row, dice) for one in touched[changes // 3 : 2 * changes // 3]]
    return gone, [*altered, *(row_of(2000 + n, dice) for n in range(changes // 3))]


@contextmanager
def few_chosen() -> Iterator[None]:
    """As on a list so long that most who share a word are not compared: six records, four households."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (choice, matcher):
            patch.setattr(module, "NEAREST_RECORDS", 6)
            patch.setattr(module, "NEAREST_GROUPS", 4)
            patch.setattr(module, "DEPTH", 9)
        yield


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from((90, 99, 140, 400)), st.sampled_from((0, 3, 12, 60)))
def test_changed_lists_come_to_the_same_as_new_ones(seed: int, size: int, changes: int) -> None:
    _compare(seed, size, changes)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from((30, 70)), st.sampled_from((3, 12, 30)))
def test_so_do_those_of_which_few_are_compared(seed: int, size: int, changes: int) -> None:
    with few_chosen():
        _compare(seed, size, changes)


def _compare(seed: int, size: int, changes: int) -> None:
    dice = random.Random(seed)
    rows = [row_of(number, dice) for number in range(1, size + 1)]
    requests = [asked(number, dice) for number in range(6)]
    linker = Linker(rows)
    linker.hold(requests)
    ids = [one.request_id for one in requests]
    told = {one: named(linker, links) for one, links in linker.weigh_held(ids)}
    for _ in range(3):  # one edition after the other
        gone, new = edition(rows, dice, changes)
        linker.change(gone, new)
        kept = [one for one in rows if one.record_id not in gone]
        rows = list({one.record_id: one for one in (*kept, *new)}.values())
        told |= {one: named(linker, links) for one, links in linker.weigh_held(linker.stale())}
        fresh = Linker(rows, gallery=linker.gallery)
        for one, links in fresh.weigh(requests):
            assert told[one.request_id] == named(fresh, links)
            assert linker.rank(one) == fresh.rank(one)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9))
def test_a_proposed_link_is_explained_as_it_was_proposed(seed: int) -> None:
    """Where few are compared: asking for one link brings nobody else among them."""
    dice = random.Random(seed)
    with few_chosen():
        linker = Linker([row_of(number, dice) for number in range(1, 70)])
        for one in (asked(number, dice) for number in range(4)):
            for link in linker.rank(one).links:
                if link.relation.value == "same_person":
                    explained = linker.explain(one, link.person_id, link.record_id)
                    assert (explained.weight, explained.rank) == (link.weight, link.rank)


def test_who_is_touched_by_nothing_is_not_compared_again() -> None:
    dice = random.Random(3)
    rows = [record(n, full=f"{dice.choice(_BOYS)} Вахаев", sex="male", birth=aged(9)) for n in range(1, 300)]
    rows += [
        record(n, full=f"{dice.choice(_WOMEN)} Naibov", sex="female", birth=aged(30)) for n in range(300, 500)
    ]
    boy = request(sought("b", "child", given="Тимур", surname="Вахаев", sex="male", birth=aged(9)))
    linker = Linker(rows)
    linker.hold([boy])
    assert linker.stale() == ["Q1"]
    before = dict(linker.weigh_held(["Q1"]))
    linker.change({"L1:499:0"}, [record(600, full="Амина Naibov", sex="female", birth=aged(33))])
    assert linker.stale() == []
    assert same(dict(linker.weigh_held(["Q1"]))["Q1"], before["Q1"])
    linker.change((), [record(700, full="Тимур Вахаев", sex="male", birth=aged(9))])
    assert linker.stale() == ["Q1"]


def test_a_request_that_is_let_go_is_not_held() -> None:
    dice = random.Random(4)
    linker = Linker([row_of(number, dice) for number in range(1, 201)])
    one, two = asked(1, dice), asked(2, dice)
    linker.hold([one, two])
    linker.release(["Q1", "never held"])
    linker.change({"L0:2:0"}, ())
    assert linker.stale() == ["Q2"]
    (_, kept), (_, plain) = *linker.weigh_held(["Q2"]), *linker.weigh([two])
    assert same(kept, plain)


def test_an_edition_that_says_the_same_touches_nobody() -> None:
    dice = random.Random(5)
    rows = [row_of(number, dice) for number in range(1, 201)]
    linker = Linker(rows)
    linker.hold([asked(1, dice)])
    list(linker.weigh_held(["Q1"]))
    linker.change((), [one.model_copy(update={"row": one.row + 1}) for one in rows])
    assert linker.stale() == []


nearest = st.dictionaries(st.integers(0, 40), st.sampled_from((1.0, 2.0, 3.0, 4.5)), max_size=30)


@given(nearest, nearest, st.integers(1, 12), st.integers(1, 12))
def test_what_is_known_of_two_parts_is_known_of_both(
    some: dict[int, float], others: dict[int, float], deep: int, deeper: int
) -> None:
    """However deep each is known: what the two say together is the beginning of the whole order."""
    others = {item + 100: weight for item, weight in others.items()}

    def known(of: dict[int, float], depth: int) -> Nearest:
        items = np.array(list(of), dtype=np.int32)
        weights = np.array(list(of.values()), dtype=np.float32)
        return Nearest(items, weights, True).ordered().first(depth)

    both = known(some, deep).beside(known(others, deeper))
    everything = known(some | others, 1000)
    assert both.items.tolist() == everything.items[: len(both.items)].tolist()
    assert both.whole == (
        len(both.items) == len(everything.items) and len(some) <= deep and len(others) <= deeper
    )


def test_a_record_told_in_the_same_words_is_read_again_where_its_age_or_day_is_another() -> None:
    """The caller's word for it is not enough: what the comparison reads beside the words is looked at."""
    dice = random.Random(6)
    rows = [row_of(number, dice) for number in range(1, 150)]
    younger = rows[7].model_copy(
        update={"person": rows[7].person.model_copy(update={"births": (aged(1),)}), "row": 900}
    )
    grown = rows[8].model_copy(update={"list_date": date(2060, 1, 1)})
    linker, requests = Linker(rows), [asked(1, dice)]
    linker.hold(requests)
    linker.change((), [younger, grown, *rows[9:]], same_words=lambda _: True)
    fresh = Linker([*rows[:7], younger, grown, *rows[9:]], gallery=linker.gallery)
    for one, links in fresh.weigh(requests):
        assert named(fresh, links) == named(linker, dict(linker.weigh_held([one.request_id]))[one.request_id])
    assert [one.is_child for one in linker.profiles] == [one.is_child for one in fresh.profiles]
