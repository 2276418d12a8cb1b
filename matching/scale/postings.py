"""The records turned round for retrieval: from a word to those who bear it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.births import birth_days
from matching.profile import Profile
from matching.scale.parts import GROUPS, READINGS, SOUNDS_READ, TWO, Parts
from matching.scale.people import FATHERS, HAS_GIVEN, KUNYAS, MOTHERS, ORIGIN, SEX, SLOTS, People
from matching.scale.word_kernel import Postings, Records
from matching.weights import Policy

Ints = NDArray[np.int32]
_LONG_READINGS = 4


def records_of(
    people: People, parts: Parts, profiles: Sequence[Profile], homes: Ints, policy: Policy
) -> Records:
    """`people` and `parts` hold those of the profiles and nothing else."""
    size = len(parts.facts)
    low, high = birth_days(profiles)
    borne = np.zeros(
        size, dtype=np.bool_
    )  # many parts are two names of a record as they would be in one word
    for kind in (SLOTS, FATHERS, MOTHERS, KUNYAS):
        borne[_of_kind(people, kind)] = True
    read = np.maximum(parts.facts[:, SOUNDS_READ], 1) * borne
    part, reading = np.nonzero(np.arange(READINGS) < read[:, None])
    grouped, column = np.nonzero((parts.groups[:, :GROUPS] >= 0) & borne[:, None])
    columns = [
        low,
        high,
        people.facts[:, SEX],
        people.facts[:, ORIGIN],
        homes,
        np.array([bool(profile.given) for profile in profiles]),
        np.array([bool(profile.placeholder) for profile in profiles]),
        people.starts[:, MOTHERS] < people.starts[:, MOTHERS + 1],
    ]  # in the order of the columns of `word_kernel`
    nameless = np.flatnonzero(people.facts[:, HAS_GIVEN] == 0)
    shares = (policy.age_u_adult, policy.age_u_child)
    return Records(
        own=_by_part(people, SLOTS, size),
        fathers=_by_part(people, FATHERS, size),
        mothers=_by_part(people, MOTHERS, size),
        kunyas=_by_part(people, KUNYAS, size),
        by_sound=turned(parts.sounds[part, reading], part, len(parts.codes)),
        by_group=turned(parts.groups[grouped, column], grouped, int(parts.groups.max(initial=0)) + 1),
        by_long=_by_long(parts, borne),
        brief=np.stack(columns, axis=1).astype(np.int32),
        nameless=nameless.astype(np.int32),
        nameless_days=np.stack([low[nameless], high[nameless]], axis=1),
        age_bits=np.array([np.log2(np.array(policy.age_m) / np.array(one)) for one in shares]),
    )


def _by_long(parts: Parts, borne: NDArray[np.bool_]) -> Postings:
    words = np.flatnonzero(parts.facts[:, TWO] * borne)
    known = np.arange(_LONG_READINGS) < np.minimum(parts.facts[words, SOUNDS_READ], _LONG_READINGS)[:, None]
    row, reading = np.nonzero(known)
    return turned(parts.sounds[words[row], reading], words[row], len(parts.codes))


def _by_part(people: People, kind: np.int64, size: int) -> Postings:
    counts = people.starts[:, kind + 1] - people.starts[:, kind]
    return turned(_of_kind(people, kind), np.repeat(np.arange(len(counts)), counts), size)


def _of_kind(people: People, kind: np.int64) -> Ints:
    """The parts of one list of everybody, one person after the other."""
    starts = people.starts[:, kind]
    counts = people.starts[:, kind + 1] - starts
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    found: Ints = people.values[np.repeat(starts, counts) + offsets]
    return found


def turned(keys: Ints, values: NDArray[np.int64], size: int) -> Postings:
    """The values by key, in order; each value once for a key."""
    pairs = np.unique(np.stack([keys.astype(np.int64), values.astype(np.int64)]), axis=1)
    starts = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs[0], minlength=size), out=starts[1:])
    return Postings(starts, pairs[1].astype(np.int32))
