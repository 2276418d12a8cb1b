"""Children whom a list counts but does not name ("and 3 children"): linked through their mother."""

import math
from collections.abc import Iterator, Sequence
from typing import Protocol

from matching.evidence.row import Finding, row
from matching.family import Household
from matching.weights import Policy
from schemas.vocabulary import SoughtRole


class _Weighed(Protocol):
    @property
    def position(self) -> int: ...
    @property
    def weight(self) -> float: ...


def counted_children(
    house: Household, scored: Sequence[Sequence[_Weighed]], policy: Policy
) -> Iterator[tuple[int, int, tuple[Finding, ...]]]:
    """(person, position, evidence) for sought children without a named counterpart in the household."""
    if not house.group.placeholders:
        return
    parent = _parent_weight(house, scored)
    if parent is None:
        return
    assigned = house.assignment
    children = [p for p, s in enumerate(house.sought) if s.role is SoughtRole.CHILD and p not in assigned]
    known = policy.placeholder_known * min(1.0, len(house.group.placeholders) / max(1, len(children)))
    for person, position in zip(children, house.group.placeholders, strict=False):
        yield person, position, _evidence(house, parent, known)


def _parent_weight(house: Household, scored: Sequence[Sequence[_Weighed]]) -> float | None:
    members = set(house.group.members)
    weights = [
        s.weight
        for person, rows in enumerate(scored)
        if house.sought[person].role in {SoughtRole.MOTHER, SoughtRole.FATHER}
        for s in rows
        if s.position in members
    ]
    return max(weights, default=None)


def _evidence(house: Household, parent: float, known: float) -> tuple[Finding, ...]:
    count = len(house.group.placeholders)
    mother = row("parent_link", "found", parent, ("", ""), "The weight of the parent's link with this row.")
    chance = known / (1 + 2**-parent)
    weight = math.log2(chance / (1 - chance))
    sentence = f"The row counts {count} unnamed children; this child may be one of them."
    counted = row("counted_children", "unnamed", weight - parent, ("", f"{count} counted"), sentence)
    return mother, counted
