"""Children whom a list counts but does not name ("and 3 children"): linked through their mother."""

import math
from collections.abc import Mapping

from matching.evidence.row import Finding, row
from matching.family import Household
from matching.weights import Policy
from schemas.vocabulary import SoughtRole


def counted_child(
    house: Household, weights: Mapping[tuple[int, int], float], policy: Policy
) -> tuple[Finding, ...]:
    """The evidence that a sought child without a named counterpart in the household is one of the children
    counted there. `weights` are those of all links to the household; one of a parent must be among them.
    """
    parents = {p for p, s in enumerate(house.sought) if s.role in {SoughtRole.MOTHER, SoughtRole.FATHER}}
    members = set(house.group.members)
    parent = max(bits for (p, member), bits in weights.items() if p in parents and member in members)
    assigned = house.assignment
    children = [p for p, s in enumerate(house.sought) if s.role is SoughtRole.CHILD and p not in assigned]
    known = policy.placeholder_known * min(1.0, len(house.group.placeholders) / max(1, len(children)))
    return _evidence(house, parent, known)


def _evidence(house: Household, parent: float, known: float) -> tuple[Finding, ...]:
    count = len(house.group.placeholders)
    mother = row("parent_link", "found", parent, ("", ""), "The weight of the parent's link with this row.")
    chance = known / (1 + 2**-parent)
    weight = math.log2(chance / (1 - chance))
    sentence = f"The row counts {count} unnamed children; this child may be one of them."
    counted = row("counted_children", "unnamed", weight - parent, ("", f"{count} counted"), sentence)
    return mother, counted
