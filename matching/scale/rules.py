"""The scoring policy as arrays for the compiled comparisons."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.weights import Policy

# rows of `Rules.names`; typed, lest functions be compiled anew for each
GIVEN, SURNAME_ADULT, SURNAME_CHILD, FATHER, MOTHER, SPOUSE, KUNYA = map(np.int64, range(7))
_LEVELS = (
    "same_spelling",
    "same_group",
    "same_skeleton",
    "sound_alike_near",
    "sound_alike_far",
    "spelled_alike_near",
    "spelled_alike_far",
    "weak_link",
)  # in the order of the levels of `part_kernel`, after `DIFFERS`


class Rules(NamedTuple):
    """Bits, but for `names` (m, bits if it differs, cap) and `rates` (known, level, same or strangers)."""

    names: NDArray[np.float64]
    rates: NDArray[np.float64]
    renamed: float
    relatives_surname: float
    birth_day: float
    age_cap: float
    age_floor: float
    sex_same: float
    sex_differs: float
    children_same: float
    children_close: float
    children_differs: float
    role_fits: float
    role_contradicts: float
    consistent: float
    same_place: float
    late: float
    place_impossible: float
    sibling_damping: float
    sibling_cap: float
    family_cap: float
    other_mother: float
    sibling_absent: float
    extra_child: float
    mother_elsewhere: float
    impossible: float
    placeholder_known: float
    family_nowhere: float
    family_same_list: float
    family_other_list: float
    alone_same_list: float
    family_doubled: float
    mother_apart: float
    unsought_siblings: float


def rules_of(policy: Policy) -> Rules:
    names = (
        policy.given,
        policy.surname_adult,
        policy.surname_child,
        policy.father,
        policy.mother,
        policy.spouse,
        policy.kunya,
    )
    rates = np.zeros((2, len(_LEVELS) + 1, 2))
    for known, table in enumerate((policy.levels_unknown, policy.levels_known)):
        for number, level in enumerate(_LEVELS, start=1):
            rates[known, number] = table[level].same, table[level].strangers
    sex, children, role, place = policy.sex, policy.children, policy.household_role, policy.place_time
    elsewhere = policy.family_elsewhere
    return Rules(
        names=np.array([(one.m, one.differs, one.cap) for one in names], dtype=np.float64),
        rates=rates,
        renamed=policy.given_differs_if_renamed,
        relatives_surname=policy.relatives_surname,
        birth_day=policy.birth_day,
        age_cap=policy.age_cap,
        age_floor=policy.age_floor,
        sex_same=sex["same"],
        sex_differs=sex["differs"],
        children_same=children["same"],
        children_close=children["close"],
        children_differs=children["differs"],
        role_fits=role["fits"],
        role_contradicts=role["contradicts"],
        consistent=place["consistent"],
        same_place=place["same_place"],
        late=place["late"],
        place_impossible=place["impossible"],
        sibling_damping=policy.sibling_damping,
        sibling_cap=policy.sibling_cap,
        family_cap=policy.family_cap,
        other_mother=policy.other_mother,
        sibling_absent=policy.sibling_absent,
        extra_child=policy.extra_child,
        mother_elsewhere=policy.mother_elsewhere,
        impossible=policy.impossible,
        placeholder_known=policy.placeholder_known,
        family_nowhere=policy.family_nowhere,
        family_same_list=elsewhere["same_list"],
        family_other_list=elsewhere["other_list"],
        alone_same_list=elsewhere["alone_same_list"],
        family_doubled=elsewhere["doubled"],
        mother_apart=elsewhere["mother_apart"],
        unsought_siblings=policy.unsought_siblings,
    )
