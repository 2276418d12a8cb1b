"""Compares two full names without regard to order: which part met which, in bits against chance."""

from dataclasses import dataclass
from math import log2

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.names.compounds import with_compounds
from matching.names.frequency import NameFrequencies
from matching.names.parts import NamePart, ParsedName, PartRole
from matching.names.partwise import FAR, MatchLevel, PartMatch, compare_near_parts, nearness

MAX_PARTS = 6  # names beyond are not paired; a person's name has fewer
MAX_LETTERS_MET = 72  # part pairs are looked at closely, the nearest in sound first, up to so many letters
_LEAST_LETTERS = 12  # that a part pair counts for: to look at short words takes nearly as long

# P(this level | the same person's name), estimated; see docs/names.md
_SAME = {
    MatchLevel.SAME_SPELLING: 0.45,
    MatchLevel.SAME_GROUP: 0.35,
    MatchLevel.SAME_SKELETON: 0.25,
    MatchLevel.SOUND_ALIKE: 0.08,
    MatchLevel.SPELLED_ALIKE: 0.03,
    MatchLevel.WEAK_LINK: 0.02,
}
# how many times commoner a chance agreement is at this level than among bearers of the very name
_LOOSE = {
    MatchLevel.SAME_SPELLING: 0.5,
    MatchLevel.SAME_GROUP: 0.4,
    MatchLevel.SAME_SKELETON: 0.5,
    MatchLevel.SOUND_ALIKE: 1.5,
    MatchLevel.SPELLED_ALIKE: 3.0,
    MatchLevel.WEAK_LINK: 3.0,
}
_BESIDE = (PartRole.KUNYA, PartRole.NISBA, PartRole.OTHER, PartRole.STAFF_GIVEN)
_DISAGREE = -3.0
_ONE_SIDED = -0.3
_MAX_BITS = 11.0


@dataclass(frozen=True, slots=True)
class PairedPart:
    """Two parts that met, with their match and what it weighs in bits."""

    a: NamePart
    b: NamePart
    match: PartMatch
    weight: float


@dataclass(frozen=True, slots=True)
class NameComparison:
    """Two full names compared. `weight` is the sum of the pairs' and the unmatched parts' bits."""

    weight: float
    level: MatchLevel
    pairs: tuple[PairedPart, ...]
    unmatched_a: tuple[NamePart, ...]
    unmatched_b: tuple[NamePart, ...]
    sentence: str


def compare_names(a: ParsedName, b: ParsedName, frequencies: NameFrequencies | None = None) -> NameComparison:
    """The best one-to-one pairing of the parts of two names, whatever their order."""
    shares = frequencies or _PRIOR
    left, right = _comparable(a), _comparable(b)
    left, right = with_compounds(a, left, right), with_compounds(b, right, left)
    pairs = _best_pairing(left, right, shares)
    met_a = {id(pair.a) for pair in pairs}
    met_b = {id(pair.b) for pair in pairs}
    alone_a = tuple(part for part in left if id(part) not in met_a)
    alone_b = tuple(part for part in right if id(part) not in met_b)
    clash = min(len(alone_a), len(alone_b))
    spare = max(len(alone_a), len(alone_b)) - clash
    weight = sum(pair.weight for pair in pairs) + _DISAGREE * clash + _ONE_SIDED * spare
    if not left or not right:
        weight = 0.0
    level = _weakest(pairs)
    alone_a, alone_b = alone_a + _not_compared(a, left, b), alone_b + _not_compared(b, right, a)
    return NameComparison(
        round(weight, 3), level, pairs, alone_a, alone_b, _sentence(pairs, alone_a, alone_b)
    )


def _not_compared(
    name: ParsedName, compared: tuple[NamePart, ...], other: ParsedName
) -> tuple[NamePart, ...]:
    """Parts that weigh nothing here and are not on the other side either: a kunya, a nisba, another name."""
    starts = {part.start for part in compared}
    there = {part.nisba or part.folded for part in other.of(*_BESIDE)}
    return tuple(
        part
        for part in name.of(*_BESIDE)
        if part.start not in starts and (part.nisba or part.folded) not in there
    )


def _comparable(name: ParsedName) -> tuple[NamePart, ...]:
    parts = name.names or name.others or name.of(PartRole.KUNYA)
    return parts[:MAX_PARTS]


def _best_pairing(
    left: tuple[NamePart, ...], right: tuple[NamePart, ...], shares: NameFrequencies
) -> tuple[PairedPart, ...]:
    """The one-to-one pairing of most bits; only the nearest few part pairs are looked at closely."""
    met = _met(left, right, shares)
    gains = np.zeros((len(left), len(right)))
    for (row, column), pair in met.items():
        gains[row, column] = max(pair.weight, 0.05) if pair.match.level is not MatchLevel.DIFFERS else 0.0
    rows, columns = linear_sum_assignment(gains, maximize=True)
    chosen = zip(rows.tolist(), columns.tolist(), strict=True)
    return tuple(met[spot] for spot in chosen if gains[spot] > 0)


def _met(
    left: tuple[NamePart, ...], right: tuple[NamePart, ...], shares: NameFrequencies
) -> dict[tuple[int, int], PairedPart]:
    """The part pairs that are looked at closely, by their places."""
    near = nearness(left, right)
    spots = [
        (row, column)
        for row, a in enumerate(left)
        for column, b in enumerate(right)
        if near[row][column] >= FAR or a.script is b.script or _known_to_agree(a, b)
    ]
    spots.sort(key=lambda spot: _nearest_first(left[spot[0]], right[spot[1]], near[spot[0]][spot[1]]))
    met: dict[tuple[int, int], PairedPart] = {}
    matches: dict[tuple[object, ...], PartMatch] = {}
    letters, last = 0, ("", "")
    for row, column in spots:
        a, b = left[row], right[column]
        words = (a.folded, b.folded) if a.folded < b.folded else (b.folded, a.folded)
        if words != last and not _known_to_agree(a, b):  # a word written twice costs once
            letters += max(len(a.folded) + len(b.folded), _LEAST_LETTERS)
        last = words
        if met and letters > MAX_LETTERS_MET:
            break
        key = (a.text, a.role, a.skeletons, b.text, b.role, b.skeletons)
        match = matches.get(key) or compare_near_parts(a, b, near[row][column])
        matches[key] = match
        met[row, column] = _paired(a, b, match, shares)
    return met


def _nearest_first(a: NamePart, b: NamePart, near: float) -> tuple[float, int, str, str]:
    """What to look at first, the same whichever name is on the left."""
    if _known_to_agree(a, b):
        near = 2.0 if a.role is b.role else 1.5
    size = len(a.folded) + len(b.folded)
    one, two = (a.folded, b.folded) if a.folded < b.folded else (b.folded, a.folded)
    return -near, size, one, two


def _known_to_agree(a: NamePart, b: NamePart) -> bool:
    return a.folded == b.folded or not a.groups.isdisjoint(b.groups)


def _paired(a: NamePart, b: NamePart, match: PartMatch, shares: NameFrequencies) -> PairedPart:
    if match.level is MatchLevel.DIFFERS:
        return PairedPart(a, b, match, 0.0)
    share = max(min(shares.share(a.key), shares.share(b.key)), 1e-4)
    chance = min(share * _LOOSE[match.level], 0.9)
    weight = min(log2(max(_SAME[match.level] * max(match.similarity, 0.1), 1e-6) / chance), _MAX_BITS)
    if _other_kind(a, b):
        weight -= 2.0
    return PairedPart(a, b, match, round(weight, 3))


def _other_kind(a: NamePart, b: NamePart) -> bool:
    """A given name met a father's or family name: possible in swapped columns, less likely than like with
    like.
    """
    free = (PartRole.BARE, PartRole.OTHER)
    return a.role is not b.role and a.role not in free and b.role not in free


def _weakest(pairs: tuple[PairedPart, ...]) -> MatchLevel:
    order = list(MatchLevel)
    return max((pair.match.level for pair in pairs), key=order.index, default=MatchLevel.DIFFERS)


def _sentence(
    pairs: tuple[PairedPart, ...], alone_a: tuple[NamePart, ...], alone_b: tuple[NamePart, ...]
) -> str:
    said = [pair.match.how for pair in pairs]
    if not pairs:
        said.append("no part of the two names agrees")
    if alone_a:
        said.append("only on the left: " + ", ".join(part.text for part in alone_a))
    if alone_b:
        said.append("only on the right: " + ", ".join(part.text for part in alone_b))
    return "; ".join(said)


_PRIOR = NameFrequencies()
