"""Two editions of one list, laid side by side."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.person import Identifier
from schemas.registry import Cell, DetaineeRecord
from service.cases import editions
from service.store.states import RowStatus
from tests.cases import invented


def line(number: int, **cells: str) -> DetaineeRecord:
    """A row of a list: a name, an age, a camp."""
    record = invented.record(number)
    told = {"Name": invented.name(number), "Age": str(number % 11), "Camp": f"Camp {number % 3}"} | cells
    written = tuple(Cell(heading=heading, text=text) for heading, text in told.items())
    return record.model_copy(update={"cells": written, "record_id": f"r{number}"})


def paired(older: list[DetaineeRecord], newer: list[DetaineeRecord]) -> dict[str, str]:
    found = editions.pair(older, newer)
    return {older[a].record_id: newer[b].record_id for a, b in found.pairs}


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 60), st.integers(0, 8), st.integers(0, 8))
def test_order_additions_and_removals_confuse_nobody(
    chance: random.Random, kept: int, gone: int, added: int
) -> None:
    """However a list is shuffled, cut and extended, each line meets itself and nobody else."""
    older = [line(n) for n in range(kept + gone)]
    newer = [line(n) for n in (*range(kept), *range(kept + gone, kept + gone + added))]
    chance.shuffle(newer)
    found = paired(older, newer)
    assert {a: b for a, b in found.items() if a == b} == {f"r{n}": f"r{n}" for n in range(kept)}
    assert len(set(found.values())) == len(found)


def test_a_corrected_name_is_the_same_line() -> None:
    """One cell of three or more reads differently: changed, not gone and new."""
    older = [line(n, Mother=invented.name(n + 40)) for n in range(20)]
    newer = [*older]
    corrected = line(7, Mother=invented.name(47), Name="Ilias Tsurkaev")
    newer[7] = corrected.model_copy(
        update={"person": invented.person("Ilias Tsurkaev"), "record_id": "corrected"}
    )
    assert paired(older, newer)["r7"] == "corrected"
    assert editions.status(older[7], newer[7]) is RowStatus.CHANGED
    assert editions.status(older[6], newer[6]) is RowStatus.UNCHANGED


def test_an_agencys_number_wins_over_everything_else() -> None:
    """Name, age and camp all changed, the case number did not: the same person."""
    number = (Identifier(kind="case_id", value="C-0017"),)
    older = line(3).model_copy(
        update={"person": invented.person("Zarema Naibova").model_copy(update={"identifiers": number})}
    )
    newer = line(30).model_copy(
        update={"person": invented.person("Petimat Gurchieva").model_copy(update={"identifiers": number})}
    )
    assert paired([line(1), older], [newer, line(1)]) == {"r1": "r1", "r3": "r30"}


def test_namesakes_are_not_guessed_apart() -> None:
    """Two lines of one name become three: nobody can say which is new, so none is taken for another."""
    twin = invented.person("Amina Sholtaeva", 2012)
    older = [line(n, Age=f"a{n}").model_copy(update={"person": twin}) for n in (50, 51)]
    newer = [line(n, Age=f"b{n}", Camp=f"x{n}").model_copy(update={"person": twin}) for n in (52, 53, 54)]
    assert paired(older, newer) == {}


def test_counted_children_follow_their_row() -> None:
    """A row that says "and 2 children" moves with its two placeholders."""

    def household(row: int) -> list[DetaineeRecord]:
        head = line(5).model_copy(update={"row": row, "record_id": f"head-{row}"})
        empty = head.person.model_copy(update={"names": ()})
        return [
            head,
            *(
                head.model_copy(update={"placeholder": n, "record_id": f"child-{n}-{row}", "person": empty})
                for n in (1, 2)
            ),
        ]

    found = paired([line(1), *household(9)], [*household(4), line(1)])
    assert found["child-1-9"] == "child-1-4"
    assert found["child-2-9"] == "child-2-4"


def test_strangers_lists_are_not_alike() -> None:
    """A list of other people has nothing of this one; the list itself has everything."""
    here, there = [line(n) for n in range(30)], [line(n) for n in range(30, 60)]
    assert editions.likeness(here, here) == 1.0
    assert editions.likeness(here, there) < editions.SAME_LIST_BY_TITLE
    assert editions.likeness(here, []) == 0.0
