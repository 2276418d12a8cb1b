"""The people of one request laid one-to-one against the people of one household.

What another member of the family, found in the same household, adds to a link; damped, since
relatives' facts are not independent, and capped.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.evidence.row import Finding, row, thousandths
from matching.households import Group
from matching.profile import Profile
from matching.score import own_facts, total
from matching.weights import Policy
from schemas.vocabulary import SoughtRole

# A household tells about a missing or an extra child three times at most.
_MOST_COUNTED = 3


@dataclass(frozen=True)
class Pair:
    """One sought person against one record, by their own facts; `weight` is without prior or family."""

    evidence: tuple[Finding, ...]
    weight: float
    own: float

    @classmethod
    def of(cls, evidence: tuple[Finding, ...]) -> "Pair":
        return cls(evidence, total(evidence), own_facts(evidence))

    @classmethod
    def of_numbers(cls, bits: Mapping[str, int], weight: int, own: int) -> "Pair":
        """The same from millibits, for a pair whose reasons nobody reads."""
        evidence = (Finding(name, "", one / 1000, ("", ""), "") for name, one in bits.items() if one)
        return cls(tuple(evidence), weight / 1000, own / 1000)

    def bits(self, comparison: str) -> float:
        return math.fsum(e.weight for e in self.evidence if e.comparison == comparison)


Pairs = Mapping[tuple[int, int], Pair]


@dataclass(frozen=True)
class Household:
    """A request and a group seen together: positions of sought people, and the pairs between them."""

    sought: Sequence[Profile]
    recorded: Sequence[Profile]
    group: Group
    pairs: Pairs

    @cached_property
    def assignment(self) -> dict[int, int]:
        """Everybody's place in the household: sought person -> member."""
        return self.assign()

    @cached_property
    def woman(self) -> int | None:
        """The only grown woman among the members."""
        women = [m for m in self.group.members if self.recorded[m].is_woman]
        return women[0] if len(women) == 1 else None

    @cached_property
    def owner(self) -> dict[int, int]:
        """Member -> the sought person laid on it, if the household is laid out as a whole."""
        return {member: person for person, member in self.assignment.items()}

    def assign(self, without: tuple[int, int] | None = None) -> dict[int, int]:
        """The one-to-one assignment of greatest weight, of agreeing pairs only."""
        people = [p for p in range(len(self.sought)) if without is None or p != without[0]]
        members = [m for m in self.group.members if without is None or m != without[1]]
        if not people or not members:
            return {}
        gain = np.array([[max(0.0, self._weight(p, m)) for m in members] for p in people], dtype=np.float64)
        rows, columns = linear_sum_assignment(gain, maximize=True)
        return {people[i]: members[j] for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0}

    def _weight(self, person: int, member: int) -> float:
        pair = self.pairs.get((person, member))
        return pair.weight if pair is not None else 0.0


def family_rows(house: Household, person: int, member: int, policy: Policy) -> tuple[Finding, ...]:
    """What the rest of the household says about the link of this person with this member."""
    if len(house.group.members) + len(house.group.placeholders) < 2 or len(house.sought) < 2:
        return ()
    others = house.assign(without=(person, member))
    rows = [_siblings_row(house, person, member, others, policy)]
    rows.append(_other_mother_row(house, person, member, policy))
    rows.append(_absent_row(house, person, others, policy))
    rows.append(_extra_row(house, member, others, policy))
    rows.append(_mother_named_by_children(house, person, member, others))
    return tuple(r for r in rows if r is not None)


def _siblings_row(
    house: Household, person: int, member: int, others: dict[int, int], policy: Policy
) -> Finding | None:
    """Each further member of the family who is found in this household."""
    free = max(1, len(house.group.members) - 1)
    found: list[tuple[float, str]] = []
    for other, mate in others.items():
        bits = thousandths(_sibling_bits(house, (person, member), (other, mate), policy) - math.log2(free))
        if bits > 0:
            found.append((bits, f"{_name(house.sought[other])} = {_name(house.recorded[mate])}"))
    if not found:
        return None
    weight = min(policy.family_cap, math.fsum(bits for bits, _ in found))
    sentence = "Also in this household: " + "; ".join(f"{text} (+{bits:.1f})" for bits, text in found) + "."
    shown = (f"{len(house.sought) - 1} others sought", f"{len(found)} of them found")
    return row("household", "found", weight, shown, sentence, f"sibling_matched({len(found)})")


def _other_mother_row(house: Household, person: int, member: int, policy: Policy) -> Finding | None:
    """The one woman of a child's household is as a rule its mother: what speaks against her being the sought
    one, her name aside, speaks against the child.
    """
    if house.sought[person].role is not SoughtRole.CHILD or house.woman in (None, member):
        return None
    mother = next(
        (p for p, s in enumerate(house.sought) if s.role is SoughtRole.MOTHER and p != person), None
    )
    pair = house.pairs.get((mother, house.woman)) if mother is not None and house.woman is not None else None
    if pair is None:
        return None
    bits = policy.sibling_damping * thousandths(pair.own - pair.bits("given_name") - pair.bits("kunya"))
    if bits >= 0:
        return None
    sentence = "The facts of the woman of this household do not fit the sought mother."
    return row("household_mother", "differs", max(policy.other_mother, bits), ("", ""), sentence)


def _sibling_bits(house: Household, link: tuple[int, int], other: tuple[int, int], policy: Policy) -> float:
    pair, own = house.pairs[other], house.pairs[link]
    bits = pair.own
    if house.sought[other[0]].role is not house.sought[link[0]].role:
        # "Umm Yusuf" and Yusuf are one agreement seen from two rows.
        bits -= max(0.0, pair.bits("kunya"), own.bits("kunya"))
    named = own.bits("mother_name") != 0
    if named and house.sought[other[0]].role is SoughtRole.MOTHER:
        bits -= max(0.0, pair.bits("given_name"))  # the link's own row was weighed by the mother's name
    return min(policy.sibling_cap, policy.sibling_damping * thousandths(bits))


def _absent_row(house: Household, person: int, others: dict[int, int], policy: Policy) -> Finding | None:
    """Sought children who are not among the named members; counted, unnamed children may be they."""
    children = [
        p
        for p, s in enumerate(house.sought)
        if p != person and s.role is SoughtRole.CHILD and p not in others
    ]
    absent = min(_MOST_COUNTED, len(children) - len(house.group.placeholders))
    if absent <= 0:
        return None
    sentence = f"{absent} more of the sought children are not in this household."
    shown = (f"{absent} sought", "not in the household")
    return row("household_absent", "absent", policy.sibling_absent * absent, shown, sentence)


def _extra_row(house: Household, member: int, others: dict[int, int], policy: Policy) -> Finding | None:
    """Children of the household whom the enquirer did not name: often born later, so it weighs little."""
    mates = set(others.values())
    extra = [m for m in house.group.members if m != member and m not in mates and house.recorded[m].is_child]
    count = min(_MOST_COUNTED, len(extra))
    if not count:
        return None
    sentence = f"{len(extra)} further children are in this household; the enquirer may not know of them."
    shown = ("", f"{len(extra)} further children")
    return row("household_extra", "extra", policy.extra_child * count, shown, sentence)


def _mother_named_by_children(
    house: Household, person: int, member: int, others: dict[int, int]
) -> Finding | None:
    """A woman listed without her own name whose children's rows name their mother."""
    if house.sought[person].role is not SoughtRole.MOTHER or house.recorded[member].given:
        return None
    best = max((house.pairs[link].bits("mother_name") for link in others.items()), default=0.0)
    if best <= 0:
        return None
    sentence = "The rows of the children in this household give their mother's name."
    return row("mother_named_by_children", "agrees", best, (_name(house.sought[person]), ""), sentence)


def _name(profile: Profile) -> str:
    return profile.show("name") or profile.show("kunya") or profile.show("other_names") or "…"
