"""Birth intervals: the years between them decide, and more precise statements decide more.

Ages on lists are estimates as of the list's date; 1 January and 1 July stand for "the year only".
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from matching.evidence.row import Finding, missing, row
from matching.gallery import Gallery
from matching.profile import Profile
from matching.weights import Policy
from schemas.person import BirthInterval
from schemas.vocabulary import DatePrecision

_YEAR = 365.25
# Middles, in years, of the buckets of the policy's age tables.
MIDDLES = (0.0, 0.5, 1.5, 2.5, 3.5, 5.0)


@dataclass(frozen=True)
class Gap:
    """Years between two intervals (0 when they overlap) and the width of the wider one in years."""

    years: float
    width: float
    same_day: bool
    sought: BirthInterval
    recorded: BirthInterval


def compare(sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy) -> Finding:
    shown = (sought.show("birth"), recorded.show("birth"))
    gap = nearest(sought.births, recorded.births)
    if gap is None:
        return missing("age", shown)
    if gap.same_day:
        return row("age", "same_day", policy.birth_day, shown, "Born on the same day.", "birth_day_exact")
    child = sought.is_child or recorded.is_child
    weight = weight_of(gap.years, gallery.age_bits(sought.births, child, policy), policy)
    years = round(gap.years, 1)
    if gap.years == 0:
        level, sentence = "same", "The birth dates agree as far as they are known."
    elif gap.years <= 2:
        level, sentence = "close", f"The birth dates are {years:g} years apart; ages on lists are estimates."
    else:
        level, sentence = "differs", f"The birth dates are {years:g} years apart."
    if _is_pseudo(gap.recorded):
        sentence += " The list's day stands for the year only."
    return row("age", level, weight, shown, sentence, f"age_gap({years:g})")


def weight_of(years: float, bits: tuple[float, ...], policy: Policy) -> float:
    """The bits of the buckets, joined by straight lines between their middles, falling on beyond the last."""
    if years >= MIDDLES[-1]:
        weight = bits[-1] - 0.3 * (years - MIDDLES[-1])
    else:
        after = bisect_right(MIDDLES, years)
        low, high = MIDDLES[after - 1], MIDDLES[after]
        weight = bits[after - 1] + (bits[after] - bits[after - 1]) * (years - low) / (high - low)
    return min(policy.age_cap, max(policy.age_floor, weight))


def nearest(sought: tuple[BirthInterval, ...], recorded: tuple[BirthInterval, ...]) -> Gap | None:
    """The pair of statements that says most: a dated birth before an estimated age, then the nearest."""
    gaps = [g for s in sought for r in recorded if (g := _gap(s, r)) is not None]
    if not gaps:
        return None
    return min(gaps, key=lambda g: (not g.same_day, g.years, g.width))


def _gap(sought: BirthInterval, recorded: BirthInterval) -> Gap | None:
    ends = [_ends(sought), _ends(recorded)]
    if ends[0] is None or ends[1] is None:
        return None
    (s_low, s_high), (r_low, r_high) = ends[0], ends[1]
    days = max(0, (s_low - r_high).days, (r_low - s_high).days)
    width = max((s_high - s_low).days, (r_high - r_low).days) / _YEAR
    same = (
        sought.precision is DatePrecision.DAY
        and recorded.precision is DatePrecision.DAY
        and s_low == r_low
        and (s_low.day, s_low.month) not in {(1, 1), (1, 7)}
    )
    return Gap(days / _YEAR, width, same, sought, recorded)


def _ends(birth: BirthInterval) -> tuple[date, date] | None:
    low, high = birth.earliest or birth.latest, birth.latest or birth.earliest
    return None if low is None or high is None else (low, high)


def _is_pseudo(birth: BirthInterval) -> bool:
    digits = birth.raw
    return birth.precision is DatePrecision.YEAR and any(mark in digits for mark in "/.-")
