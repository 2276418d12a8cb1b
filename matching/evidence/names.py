"""The person's own names: given name, surname and father's name laid one-to-one on the words of the row.

A clerk writes given + father + grandfather, a passport surname + given + patronymic, a form swaps
its columns. So every word of the row may serve one role only, in the reading that weighs most, and
unusual places cost a little.
"""

from dataclasses import dataclass, replace
from itertools import combinations, product

from matching.evidence.agreement import Agreement, agreement, weighed
from matching.evidence.row import Finding, Shown, missing, row
from matching.gallery import Gallery, NameKind
from matching.glued import may_be_two
from matching.names.compare import MatchLevel, PartMatch, compare_parts
from matching.names.parts import NamePart
from matching.profile import Profile
from matching.slots import HALF
from matching.weights import NameWeights, Policy
from schemas.vocabulary import Sex

_ONE_WORD = {MatchLevel.SAME_SPELLING, MatchLevel.SAME_SKELETON, MatchLevel.SOUND_ALIKE}
_SURELY_ONE = 0.88  # similarity from which a long word is taken for two names
_INFERRED = {
    "surname": "the family wrote it where it named the children's mother",
    "father_name": "the family wrote it with a brother or sister of the same surname",
}
_ONE_OF_TWO = "it is written in one word with another name"
_RELATIVES = "it is the surname of the mother, a brother or a sister"
_KEEP = 4  # readings kept per role before they are laid together


@dataclass(frozen=True)
class Reading:
    """One word of the row read in one role: -1 as index is a word from the father's own cell."""

    index: int
    weight: float
    agreement: Agreement
    cost: float


def compare(sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy) -> tuple[Finding, ...]:
    """Finding for given_name, surname and father_name, in this order."""
    given, surname, father = map(_in_one_word, _best_reading(sought, recorded, gallery, policy))
    by_surname = _plain_row("surname", surname, _surname_weights(sought, policy), _shown(sought, recorded))
    by_father = _plain_row("father_name", father, policy.father, _father_shown(sought, recorded))
    return _given_row(given, sought, recorded, policy), _told(by_surname, sought), _told(by_father, sought)


def _in_one_word(reading: Reading | None) -> Reading | None:
    """Says where the name is half of a word."""
    if reading is None or reading.cost != HALF:
        return reading
    found = reading.agreement
    return replace(reading, agreement=replace(found, sentence=f"{found.sentence}; {_ONE_OF_TWO}"))


def _told(finding: Finding, sought: Profile) -> Finding:
    """Says where the family did not write the name itself."""
    if not finding.weight or finding.comparison not in sought.inferred:
        return finding
    return finding._replace(sentence=f"{finding.sentence}; {_INFERRED[finding.comparison]}")


def _best_reading(
    sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy
) -> tuple[Reading | None, Reading | None, Reading | None]:
    """The readings of the three roles that together weigh most without using one word twice."""
    given = _readings(
        sought.given, recorded.readings["given"], NameKind.GIVEN, sought.sex, gallery, policy.given
    )
    surname = _surname_readings(sought, recorded, gallery, policy)
    father_words = (*recorded.readings["father"], *((-1, part, 0.0) for part in recorded.fathers))
    father = _readings(sought.father_names, father_words, NameKind.GIVEN, Sex.MALE, gallery, policy.father)
    best: tuple[float, tuple[Reading | None, Reading | None, Reading | None]] = (
        float("-inf"),
        (None, None, None),
    )
    for combination in product(_options(given), _options(surname), _options(father)):
        if any(_clash(one, two) for one, two in combinations(combination, 2)):
            continue
        total = sum(_counted(r, w) for r, w in zip(combination, _weights_of(sought, policy), strict=True))
        if total > best[0]:
            best = (total, combination)
    if best[1][0] is None or best[1][0].weight <= 0:
        return _glued(sought, recorded, gallery, policy) or best[1]
    return best[1]


def _clash(one: Reading | None, two: Reading | None) -> bool:
    """Whether two roles would be served by one word, other than by its halves."""
    if one is None or two is None or one.index < 0 or one.index != two.index:
        return False
    return not (one.cost == two.cost == HALF)


def _glued(
    sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy
) -> tuple[Reading | None, Reading | None, Reading | None] | None:
    """Given name and another in one word of the row: one agreement that is shown in two halves."""
    for index, slot in enumerate(recorded.slots):
        if not may_be_two(slot.part):
            continue
        for pair in sought.glued:
            match = compare_parts(pair.whole, slot.part)
            if match.level not in _ONE_WORD or match.similarity < _SURELY_ONE:
                continue
            father = pair.kind == "father"
            kind = NameKind.GIVEN if father else NameKind.SURNAME
            given = gallery.share(NameKind.GIVEN, pair.given, sought.sex)
            other = gallery.share(kind, pair.other, Sex.UNKNOWN)
            half = _half(index, match, given, policy.given)
            rest = _half(index, match, given * other, policy.given)
            rest = Reading(index, rest.weight - half.weight, rest.agreement, 0.0)
            return (half, None, rest) if father else (half, rest, None)
    return None


def _half(index: int, match: PartMatch, share: float, weights: NameWeights) -> Reading:
    found = weighed(match, share, False, weights)
    sentence = f"{match.how}; {_ONE_OF_TWO}"
    return Reading(index, found.weight, replace(found, sentence=sentence), 0.0)


def _options(readings: list[Reading]) -> list[Reading | None]:
    return [*readings[:_KEEP], None]


def _weights_of(sought: Profile, policy: Policy) -> tuple[NameWeights, NameWeights, NameWeights]:
    return policy.given, _surname_weights(sought, policy), policy.father


def _counted(reading: Reading | None, weights: NameWeights) -> float:
    # A role left without a word is worth a little more than a contradiction, so that a word that
    # fits no role is still shown in the role it stands for.
    return weights.differs - 0.01 if reading is None else reading.weight


def _readings(
    wanted: tuple[NamePart, ...],
    words: tuple[tuple[int, NamePart, float], ...],
    kind: NameKind,
    sex: Sex,
    gallery: Gallery,
    weights: NameWeights,
) -> list[Reading]:
    readings: dict[tuple[int, bool], Reading] = {}
    for part, (index, word, cost) in product(wanted, words):
        found = agreement(part, word, gallery.chance(kind, part, word, sex), weights)
        weight = found.weight + cost if found.weight > 0 else max(weights.differs, found.weight)
        key = index, cost == HALF
        if cost == HALF and weight <= 0:
            continue  # that a word may be two names contradicts nothing
        if key not in readings or weight > readings[key].weight:
            readings[key] = Reading(index, weight, found, cost)
    return sorted(readings.values(), key=lambda r: (-r.weight, -r.cost))


def _surname_readings(sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy) -> list[Reading]:
    """The words as the person's own surname, or as one that a child has from its mother or a stepfather."""
    words, weights = recorded.readings["surname"], _surname_weights(sought, policy)
    readings = {
        one.index: one
        for one in _readings(sought.surnames, words, NameKind.SURNAME, Sex.UNKNOWN, gallery, weights)
    }
    for one in _readings(sought.kin_surnames, words, NameKind.SURNAME, Sex.UNKNOWN, gallery, weights):
        bits = one.agreement.weight
        weight = bits + one.cost + policy.relatives_surname
        if bits <= 0 or not (weight > 0 or sought.surnames):
            continue  # nobody's own surname is contradicted: a common one of a relative's says nothing
        if one.index not in readings or weight > readings[one.index].weight:
            found = replace(one.agreement, sentence=f"{one.agreement.sentence}; {_RELATIVES}")
            readings[one.index] = replace(one, weight=weight, agreement=found)
    return sorted(readings.values(), key=lambda r: (-r.weight, -r.cost))


def _surname_weights(sought: Profile, policy: Policy) -> NameWeights:
    return policy.surname_child if sought.is_child else policy.surname_adult


def _shown(sought: Profile, recorded: Profile) -> Shown:
    return sought.show("name") or sought.show("other_names"), recorded.show("name") or recorded.show("kunya")


def _father_shown(sought: Profile, recorded: Profile) -> Shown:
    patronymic = sought.show("name") if sought.father_names and not sought.fathers else ""
    return sought.show("father") or patronymic, recorded.show("father") or recorded.show("name")


def _given_row(reading: Reading | None, sought: Profile, recorded: Profile, policy: Policy) -> Finding:
    shown = _shown(sought, recorded)
    if recorded.staff_named and not recorded.given:
        sentence = "Not compared: the institution gave this name, so it says nothing about the person."
        return row("given_name", "missing", 0.0, shown, sentence, "staff_given_name_ignored")
    if reading is None or not sought.given or not _has_given(recorded):
        return missing(
            "given_name", (shown[0] if sought.given else "", shown[1] if _has_given(recorded) else "")
        )
    if reading.weight < 0 and sought.renamed:
        weight = max(reading.weight, policy.given_differs_if_renamed)
        sentence = reading.agreement.sentence + "; the family may not know the name in use now"
        return row("given_name", reading.agreement.level, weight, shown, sentence, "renamed_known")
    return _written("given_name", reading, shown)


def _has_given(recorded: Profile) -> bool:
    return any(slot.given is not None for slot in recorded.slots)


def _plain_row(comparison: str, reading: Reading | None, weights: NameWeights, shown: Shown) -> Finding:
    if reading is None:
        return missing(comparison, ("", shown[1]) if not shown[0] else (shown[0], ""))
    if reading.weight < 0 and reading.cost < 0:
        # The word may stand for another role: doubt about the place is no contradiction.
        softened = max(reading.weight, weights.differs / 2)
        return _written(comparison, Reading(reading.index, softened, reading.agreement, reading.cost), shown)
    return _written(comparison, reading, shown)


def _written(comparison: str, reading: Reading, shown: Shown) -> Finding:
    sentence = reading.agreement.sentence
    if reading.weight > 0 and reading.cost <= -1:
        sentence += "; it stands where another part of the name is expected (swapped)"
    evidence = row(
        comparison, reading.agreement.level, reading.weight, shown, sentence, reading.agreement.code
    )
    return evidence._replace(detail=reading.agreement.detail)
