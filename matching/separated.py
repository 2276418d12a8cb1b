"""A mother in prison and her children in an orphanage: two lists, joined by her name on their rows."""

from collections.abc import Mapping

from matching.evidence.row import row
from matching.family import Household, Pair, Pairs
from matching.weights import Policy
from schemas.link import Evidence
from schemas.vocabulary import SoughtRole

_CHILD_BITS = 1.5  # what each child with her name adds to the mother's link

Rows = dict[tuple[int, int], tuple[Evidence, ...]]


def separated_rows(houses: Mapping[int, Household], pairs: Pairs, prior: float, policy: Policy) -> Rows:
    """Evidence for links of mothers and children who are not in one household on the lists.

    The mother counts when her own facts alone outweigh the prior; a child counts when its row names
    her. `prior` is in bits, below zero.
    """
    rows: Rows = {}
    for house in houses.values():
        assigned = house.assign()
        for mother in (p for p, s in enumerate(house.sought) if s.role is SoughtRole.MOTHER):
            if mother in assigned:
                continue
            children = {
                link: pairs[link] for link in assigned.items() if _is_her_child(house, link, pairs[link])
            }
            found = _found_elsewhere(mother, house, pairs, prior)
            if children and found is not None:
                _write(rows, children, found, policy)
    return rows


def _is_her_child(house: Household, link: tuple[int, int], pair: Pair) -> bool:
    return house.sought[link[0]].role is SoughtRole.CHILD and pair.bits("mother_name") > 0


def _found_elsewhere(mother: int, house: Household, pairs: Pairs, prior: float) -> tuple[int, int] | None:
    candidates = [
        (pair.weight, -position)
        for (person, position), pair in pairs.items()
        if person == mother
        and position not in house.group.members
        and pair.weight + prior > 0
        and pair.bits("given_name") > 0
    ]
    return (mother, -max(candidates)[1]) if candidates else None


def _write(
    rows: Rows, children: Mapping[tuple[int, int], Pair], mother: tuple[int, int], policy: Policy
) -> None:
    for link in children:
        sentence = "The mother whom this row names is found on another list."
        rows[link] = (
            row("mother_elsewhere", "found", policy.mother_elsewhere, ("", ""), sentence, "mother_same"),
        )
    bits = min(policy.sibling_cap, _CHILD_BITS * len(children))
    if mother not in rows or rows[mother][0].weight < bits:
        sentence = f"{len(children)} sought children are on another list, where their rows name this mother."
        rows[mother] = (row("children_elsewhere", "found", bits, ("", ""), sentence, "mother_same"),)
