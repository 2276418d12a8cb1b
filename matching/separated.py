"""A mother in prison and her children in an orphanage: two lists, joined by her name on their rows."""

from collections import defaultdict
from collections.abc import Mapping

from matching.evidence.row import Finding, row
from matching.family import Household, Pair, Pairs
from matching.weights import Policy
from schemas.vocabulary import SoughtRole

_CHILD_BITS = 0.25  # what each child with her name adds to the mother's link: its own facts named her already
_MOST = 0.5

Rows = dict[tuple[int, int], tuple[Finding, ...]]


def separated_rows(houses: Mapping[int, Household], pairs: Pairs, prior: float, policy: Policy) -> Rows:
    """Finding for links of mothers and children who are not in one household on the lists.

    The mother counts when her own facts alone outweigh the prior; a child counts when its row names
    her. `prior` is in bits, below zero.
    """
    rows: Rows = {}
    women = _recognised(pairs, prior)
    for house in houses.values():
        assigned = house.assignment
        for mother in (p for p, s in enumerate(house.sought) if s.role is SoughtRole.MOTHER):
            if mother in assigned:
                continue
            children = {
                link: pairs[link] for link in assigned.items() if _is_her_child(house, link, pairs[link])
            }
            found = next((p for p in women[mother] if p not in house.group.members), None)
            if children and found is not None:
                _write(rows, children, (mother, found), policy)
    return rows


def _is_her_child(house: Household, link: tuple[int, int], pair: Pair) -> bool:
    return house.sought[link[0]].role is SoughtRole.CHILD and pair.bits("mother_name") > 0


def _recognised(pairs: Pairs, prior: float) -> dict[int, list[int]]:
    """For each sought person the records that their own facts alone make likely, best first."""
    likely: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (person, position), pair in pairs.items():
        if pair.weight + prior > 0 and pair.bits("given_name") > 0:
            likely[person].append((-pair.weight, position))
    return defaultdict(list, {p: [position for _, position in sorted(found)] for p, found in likely.items()})


def _write(
    rows: Rows, children: Mapping[tuple[int, int], Pair], mother: tuple[int, int], policy: Policy
) -> None:
    for link in children:
        sentence = "The mother whom this row names is found on another list."
        rows[link] = (
            row("mother_elsewhere", "found", policy.mother_elsewhere, ("", ""), sentence, "mother_same"),
        )
    bits = min(_MOST, _CHILD_BITS * len(children))
    if mother not in rows or rows[mother][0].weight < bits:
        sentence = f"{len(children)} sought children are on another list, where their rows name this mother."
        rows[mother] = (row("children_elsewhere", "found", bits, ("", ""), sentence, "mother_same"),)
