"""Which fact the family should be asked for next: the one whose answer would tell the candidates apart
most.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matching.gallery import Gallery, NameKind
from matching.names.parts import NamePart
from matching.profile import Profile
from matching.weights import Policy
from schemas.vocabulary import Sex, SoughtRole

LEAST = 0.05  # bits below which no question is worth a call
_BIRTH_M, _BIRTH_U = 0.8, 0.15  # a birth year to within one, and what it is worth by chance


@dataclass(frozen=True)
class Question:
    """`fact` as in the evidence; `bits` is how far the answer is expected to narrow the candidates down."""

    fact: str
    bits: float


@dataclass(frozen=True)
class _Fact:
    """How to read a fact: what the request has, what a row has, and how often a value is met by chance."""

    known: Callable[[Profile], bool]
    value: Callable[[Profile], str]
    chance: Callable[[Profile, Gallery], float]
    m: float


def next_question(
    sought: Profile, candidates: Sequence[tuple[Profile, float]], gallery: Gallery, policy: Policy
) -> Question | None:
    """`candidates` are the rows with their probabilities; what is left of one is "on no list".

    None where the request has all that the rows could be told apart by.
    """
    best: Question | None = None
    for name, fact in _facts(sought, policy).items():
        if not fact.known(sought) or name in sought.inferred:
            bits = _expected(fact, candidates, gallery)
            if bits >= LEAST and (best is None or bits > best.bits):
                best = Question(name, round(bits, 2))
    return best


def _expected(fact: _Fact, candidates: Sequence[tuple[Profile, float]], gallery: Gallery) -> float:
    """Entropy of who it is, less the entropy expected once the answer is known, in bits."""
    chances = {value: fact.chance(one, gallery) for one, _ in candidates if (value := fact.value(one))}
    if not chances:
        return 0.0
    beliefs = [max(p, 0.0) for _, p in candidates]
    beliefs.append(max(0.0, 1 - math.fsum(beliefs)))
    values = [fact.value(one) for one, _ in candidates] + [""]
    others = max(0.0, 1 - math.fsum(chances.values()))
    after = 0.0
    for answer in [*chances, ""]:
        by_chance = chances.get(answer, others)
        joint = [
            belief * _likelihood(answer, value, by_chance, fact.m)
            for belief, value in zip(beliefs, values, strict=True)
        ]
        after += math.fsum(joint) * _entropy(joint)
    return _entropy(beliefs) - after


def _likelihood(answer: str, value: str, by_chance: float, m: float) -> float:
    """P(the family gives this answer | it is the row with this value). No value says nothing."""
    if not value:
        return by_chance
    if answer == value:
        return m + (1 - m) * by_chance
    return (1 - m) * by_chance


def _entropy(weights: Sequence[float]) -> float:
    total = math.fsum(weights)
    return -math.fsum(w / total * math.log2(w / total) for w in weights if w > 0) if total > 0 else 0.0


def _facts(sought: Profile, policy: Policy) -> dict[str, _Fact]:
    facts = {
        "given_name": _named(lambda one: one.given, NameKind.GIVEN, sought.sex, policy.given.m),
        "surname": _named(lambda one: one.surnames, NameKind.SURNAME, Sex.UNKNOWN, policy.surname_adult.m),
        "father_name": _named(lambda one: one.father_names, NameKind.GIVEN, Sex.MALE, policy.father.m),
        "age": _Fact(lambda one: bool(one.births), _year, lambda _one, _gallery: _BIRTH_U, _BIRTH_M),
        "origin": _Fact(
            lambda one: bool(one.origins),
            lambda one: min(one.origins.values, default=""),
            lambda one, gallery: gallery.origin_share(min(one.origins.values)),
            policy.origin["same_m"],
        ),
    }
    if sought.role is SoughtRole.CHILD:
        facts["mother_name"] = _named(lambda one: one.mothers, NameKind.GIVEN, Sex.FEMALE, policy.mother.m)
    elif sought.sex is not Sex.MALE:
        facts["kunya"] = _named(lambda one: one.kunya_children, NameKind.GIVEN, Sex.UNKNOWN, policy.kunya.m)
    return facts


def _named(parts: Callable[[Profile], Sequence[NamePart]], kind: NameKind, sex: Sex, m: float) -> _Fact:
    return _Fact(
        known=lambda one: bool(parts(one)),
        value=lambda one: parts(one)[0].key if parts(one) else "",
        chance=lambda one, gallery: gallery.share(kind, parts(one)[0], sex),
        m=m,
    )


def _year(profile: Profile) -> str:
    """The birth year of a row in steps of two, so that ages a year off are one answer."""
    days = [day for birth in profile.births for day in (birth.earliest, birth.latest) if day is not None]
    return str(round(sum(day.year for day in days) / len(days) / 2)) if days else ""
