"""The scoring policy: one readable, versioned table of match weights in bits, log2(m/u).

m is the chance of an outcome among pairs that are one person, u among pairs that are not. The start
values are the estimates of docs/matching.md (practitioners' knowledge, to be re-estimated from
reviewed links). Where u depends on how common a value is, it is computed from the loaded lists and
only m stands here. A change of this table is a change of the version and a CHANGELOG entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class NameWeights:
    """How one kind of name is weighed: `m` if it agrees, bits if it differs, and a cap in bits."""

    m: float
    differs: float
    cap: float


@dataclass(frozen=True)
class LevelRates:
    """How often a level of agreement comes out: `same` between two spellings of one name, `strangers` between
    two different names.
    """

    same: float
    strangers: float


def _frozen(table: dict[str, float]) -> Mapping[str, float]:
    return MappingProxyType(table)


_KNOWN = {
    "same_spelling": LevelRates(0.78, 0.0),
    "same_group": LevelRates(0.78, 0.0),
    "same_skeleton": LevelRates(0.12, 0.0016),
    "sound_alike_near": LevelRates(0.055, 0.0007),
    "sound_alike_far": LevelRates(0.01, 0.0006),
    "spelled_alike_near": LevelRates(0.014, 0.0015),
    "spelled_alike_far": LevelRates(0.003, 0.003),
    "weak_link": LevelRates(0.0027, 0.0027),
}
_UNKNOWN = {
    "same_spelling": LevelRates(0.78, 0.0),
    "same_group": LevelRates(0.78, 0.0),
    "same_skeleton": LevelRates(0.57, 0.0005),
    "sound_alike_near": LevelRates(0.15, 0.0003),
    "sound_alike_far": LevelRates(0.03, 0.0003),
    "spelled_alike_near": LevelRates(0.013, 0.0008),
    "spelled_alike_far": LevelRates(0.01, 0.004),
    "weak_link": LevelRates(0.0027, 0.0027),
}


@dataclass(frozen=True)
class Policy:
    """Every number that the score depends on. Weights are bits; missing facts weigh 0 by rule."""

    version: str = "2026.11.4"

    given: NameWeights = NameWeights(m=0.88, differs=-3.0, cap=9.0)
    # A convert or a child born after its mother left may bear a name that the family never heard.
    given_differs_if_renamed: float = -1.0
    surname_adult: NameWeights = NameWeights(m=0.60, differs=-2.0, cap=9.0)
    # A child may be listed under its stepfather's, its mother's or its father's first name.
    surname_child: NameWeights = NameWeights(m=0.50, differs=-1.2, cap=8.0)
    # With such a name a child's row says less than with its own: one child in seven is listed so, under one
    # of two names, against one in two under its own (m above).
    relatives_surname: float = -2.7
    father: NameWeights = NameWeights(m=0.65, differs=-1.8, cap=8.0)
    mother: NameWeights = NameWeights(m=0.85, differs=-2.7, cap=8.0)
    spouse: NameWeights = NameWeights(m=0.45, differs=-0.6, cap=7.0)  # one of several husbands may be listed
    kunya: NameWeights = NameWeights(m=0.45, differs=-0.8, cap=6.0)
    # A name that stands at an unusual place of the row (given name in the surname column ...).
    swapped: float = -1.0
    # How two spellings of one name compare, and two different names, when the sought name is one of the
    # table's and when it is none. Measured on attested spellings with slips: bench/names_levels.py.
    levels_known: Mapping[str, LevelRates] = field(default_factory=lambda: MappingProxyType(_KNOWN))
    levels_unknown: Mapping[str, LevelRates] = field(default_factory=lambda: MappingProxyType(_UNKNOWN))

    # Years between two birth intervals: 0 (they overlap), up to 1, 2, 3, 4, and more. m by bucket;
    # u is counted on the loaded lists, smoothed by these shares for children and adults.
    age_m: tuple[float, ...] = (0.56, 0.24, 0.10, 0.05, 0.025, 0.025)
    age_u_child: tuple[float, ...] = (0.18, 0.17, 0.16, 0.13, 0.11, 0.25)
    age_u_adult: tuple[float, ...] = (0.12, 0.11, 0.11, 0.10, 0.10, 0.46)
    age_u_weight: float = 40.0  # the shares above count as much as this many people on the lists
    age_cap: float = 3.5
    age_floor: float = -6.0
    birth_day: float = 6.6  # the same day, month and year, not 1 January or 1 July

    sex: Mapping[str, float] = field(default_factory=lambda: _frozen({"same": 1.0, "differs": -5.0}))
    origin: Mapping[str, float] = field(
        default_factory=lambda: _frozen(
            {
                "same_town": 4.6,
                "same_m": 0.6,  # m; u is the share of this origin on the lists
                "same_cap": 4.0,
                "near": 0.2,  # the list uses a neighbour's or a wider name: Chechen for any North Caucasian
                "broader": 0.0,  # "Russian" for a Dagestani
                "incompatible_adult": -3.3,
                "incompatible_child": -1.8,  # a child may be given its father's nationality
            }
        )
    )
    children: Mapping[str, float] = field(
        default_factory=lambda: _frozen({"same": 1.5, "close": 0.3, "differs": -0.7})
    )
    household_role: Mapping[str, float] = field(
        default_factory=lambda: _frozen({"fits": 0.1, "contradicts": -4.0})
    )
    language: Mapping[str, float] = field(default_factory=lambda: _frozen({"same": 1.6, "differs": -1.5}))
    impossible: float = -4.0  # a mother of nine, births four months apart; -6 when long gone elsewhere
    place_time: Mapping[str, float] = field(
        default_factory=lambda: _frozen(
            {"consistent": 0.1, "same_place": 1.6, "late": -1.0, "impossible": -6.0}
        )
    )

    # The family: what another member of the request, matched in the same household, adds.
    sibling_damping: float = 0.9  # siblings' facts are not independent of one another
    sibling_cap: float = 8.5
    family_cap: float = 14.0
    other_mother: float = -4.0  # at most: the woman of a household may be an aunt
    # How many children of the family, on average, the request does not name though they are listed.
    unsought_siblings: float = 1.0
    sibling_absent: float = -1.8
    family_nowhere: float = -0.6
    # When the others of the family are surely in another household, what that says of this one: a list has a
    # family in one place, rows that stand alone are those whose family the list does not show, and children
    # held without a mother have theirs among the women held without children.
    family_elsewhere: Mapping[str, float] = field(
        default_factory=lambda: _frozen(
            {
                "same_list": -3.5,
                "alone_same_list": 2.4,
                "other_list": -1.8,
                "doubled": -2.2,  # on another list, with the part of the family that is found, or without it
                "mother_apart": 1.9,
            }
        )
    )
    extra_child: float = -0.4
    mother_elsewhere: float = (
        0.5  # the mother found on another list, under the name that the child's row gives
    )
    placeholder_known: float = (
        0.8  # chance that a sought child is one of the children counted with its mother
    )

    # Learned from reviewed links by `homeward weights estimate`: a factor on the bits of each kind of
    # evidence,
    # and a shift of the starting point.
    factors: Mapping[str, float] = field(default_factory=lambda: _frozen({}))
    shift: float = 0.0

    # Bands: what a reviewer is asked to do.
    band_show: float = 0.5
    band_facts: float = 0.02

    def factor(self, comparison: str) -> float:
        """The factor on the bits of a comparison; 1 where nothing was learned."""
        return self.factors.get(kind_of(comparison), 1.0)


_FAMILY = frozenset(
    {
        "household", "household_absent", "household_extra", "household_mother", "mother_elsewhere",
        "children_elsewhere", "mother_named_by_children",
    }
)  # fmt: skip

# What follows from the weights of other links, or starts them: no factor is learned for it.
FIXED = frozenset(
    {
        "prior", "better_for_relative", "family_nowhere", "family_elsewhere", "parent_link",
        "counted_children",
    }
)  # fmt: skip


def kind_of(comparison: str) -> str:
    """The kind of evidence whose bits share one factor: what the rest of the family says is one."""
    return "family" if comparison in _FAMILY else comparison


POLICY = Policy()
