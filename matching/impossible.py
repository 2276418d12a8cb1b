"""What cannot be: a mother of nine, two births four months apart. Weighed heavily and shown, never hidden,
for lists contain typing errors."""

from datetime import date

from matching.births import OLDEST, YOUNGEST
from matching.evidence.row import Finding, row
from matching.family import Household
from matching.weights import Policy
from schemas.person import BirthInterval
from schemas.vocabulary import DatePrecision, SoughtRole

TWINS, NEXT = 20, 215  # days: up to the first, twins registered apart; from the second, two births
_YEAR_ONLY = {(1, 1), (1, 7)}  # days that stand for the year


def impossible_rows(house: Household, person: int, member: int, policy: Policy) -> tuple[Finding, ...]:
    """Contradictions between the birth of a child's row and the births of its sought mother and siblings."""
    if house.sought[person].role is not SoughtRole.CHILD:
        return ()
    births = house.recorded[member].births
    found = [
        _mother_age(birth, own, policy)
        for other in house.sought
        if other.role is SoughtRole.MOTHER
        for own in other.births[:1]
        for birth in births[:1]
    ]
    found.append(_too_close(house, person, member, policy))
    return tuple(one for one in found if one is not None)


def _mother_age(child: BirthInterval, mother: BirthInterval, policy: Policy) -> Finding | None:
    if None in (child.earliest, child.latest, mother.earliest, mother.latest):
        return None
    most = _years(mother.earliest, child.latest)
    least = _years(mother.latest, child.earliest)
    if most >= YOUNGEST and least <= OLDEST:
        return None
    word = f"at most {most:.0f}" if most < YOUNGEST else f"at least {least:.0f}"
    sentence = f"The sought mother would have been {word} years old at this birth; a date may be wrong."
    shown = mother.raw, child.raw
    return row("mother_age", "impossible", policy.impossible, shown, sentence, "order_impossible")


def _too_close(house: Household, person: int, member: int, policy: Policy) -> Finding | None:
    days = [_day(birth) for birth in house.recorded[member].births]
    for other, profile in enumerate(house.sought):
        if other == person or profile.role is not SoughtRole.CHILD:
            continue
        for one in (_day(birth) for birth in profile.births):
            gaps = [abs((one - day).days) for day in days if day is not None] if one is not None else []
            if any(TWINS < gap < NEXT for gap in gaps):
                sentence = "Born within seven months of a sought brother or sister; a date may be wrong."
                shown = profile.show("birth"), house.recorded[member].show("birth")
                return row(
                    "births_too_close", "impossible", policy.impossible, shown, sentence, "order_impossible"
                )
    return None


def _day(birth: BirthInterval) -> date | None:
    """The day of birth, where it is one and not a sign for the year."""
    day = birth.earliest
    exact = birth.precision is DatePrecision.DAY and day is not None and day == birth.latest
    return day if exact and day is not None and (day.day, day.month) not in _YEAR_ONLY else None


def _years(earlier: date | None, later: date | None) -> float:
    return (later - earlier).days / 365.25 if earlier and later else 0.0
