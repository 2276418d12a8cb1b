"""The records turned round for retrieval: from a word to those who bear it."""

import numpy as np
from numpy.typing import NDArray

from matching.scale.distinct import distinct, paired
from matching.scale.glance_kernel import COUNTED, NAMED, SEXES, WITH_MOTHER, glances
from matching.scale.parts import GROUPS, READINGS, SOUNDS_READ, TWO, Parts
from matching.scale.people import (
    FATHERS,
    FIRST_DAY,
    GIVENS,
    HAS_GIVEN,
    KUNYAS,
    LAST_DAY,
    MOTHERS,
    ORIGIN,
    PLACEHOLDER,
    SEX,
    SLOTS,
    SURNAMES,
    People,
)
from matching.scale.word_kernel import Postings, Records
from matching.weights import Policy

Ints = NDArray[np.int32]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
_LONG_READINGS = 4
_BORNE = (SLOTS, FATHERS, MOTHERS, KUNYAS)  # in the order of the kinds of `word_kernel`


def records_of(people: People, parts: Parts, homes: Ints, policy: Policy, among: Flags) -> Records:
    """The first of the people are the records, one for each of `homes`; only those flagged are found."""
    size, rows = len(parts.facts), np.flatnonzero(among)
    facts, starts = people.facts[: len(homes)], people.starts[: len(homes)]
    # many parts are two names of a record as they would be in one word, or nobody's any more
    borne = np.zeros(size, dtype=np.bool_)
    for kind in _BORNE:
        borne[_of_kind(people, kind, rows)] = True
    read = np.maximum(parts.facts[:, SOUNDS_READ], 1) * borne
    part, reading = np.nonzero(np.arange(READINGS) < read[:, None])
    grouped, column = np.nonzero((parts.groups[:, :GROUPS] >= 0) & borne[:, None])
    low, high = facts[:, FIRST_DAY], facts[:, LAST_DAY]
    flags = NAMED * (starts[:, GIVENS] < starts[:, SURNAMES])
    flags += WITH_MOTHER * (starts[:, MOTHERS] < starts[:, MOTHERS + 1])
    flags += COUNTED * (facts[:, PLACEHOLDER] > 0) + SEXES * facts[:, SEX]
    nameless = rows[facts[rows, HAS_GIVEN] == 0]
    shares = (policy.age_u_adult, policy.age_u_child)
    return Records(
        borne=_by_part(people, rows, size),
        by_sound=turned(parts.sounds[part, reading], part, len(parts.codes)),
        by_group=turned(parts.groups[grouped, column], grouped, int(parts.groups.max(initial=0)) + 1),
        by_long=_by_long(parts, borne),
        glance=glances(flags, facts[:, ORIGIN], low, high),
        home=homes,
        nameless=nameless.astype(np.int32),
        age_bits=np.array([np.log2(np.array(policy.age_m) / np.array(one)) for one in shares]),
    )


def _by_long(parts: Parts, borne: NDArray[np.bool_]) -> Postings:
    words = np.flatnonzero(parts.facts[:, TWO] * borne)
    known = np.arange(_LONG_READINGS) < np.minimum(parts.facts[words, SOUNDS_READ], _LONG_READINGS)[:, None]
    row, reading = np.nonzero(known)
    return turned(parts.sounds[words[row], reading], words[row], len(parts.codes))


def _by_part(people: People, rows: Places, size: int) -> Postings:
    keys, bearers = [], []
    for number, kind in enumerate(_BORNE):
        counts = people.starts[rows, kind + 1] - people.starts[rows, kind]
        keys.append(_of_kind(people, kind, rows) + np.int32(number * size))
        bearers.append(np.repeat(rows.astype(np.int32), counts))
    return turned(np.concatenate(keys), np.concatenate(bearers), len(_BORNE) * size)


def _of_kind(people: People, kind: np.int64, rows: Places) -> Ints:
    """The parts of one list of people in these rows, one person after the other."""
    starts = people.starts[rows, kind]
    counts = people.starts[rows, kind + 1] - starts
    before = np.cumsum(counts, dtype=np.int32) - counts
    found: Ints = people.values[np.repeat(starts - before, counts) + np.arange(counts.sum(), dtype=np.int32)]
    return found


def turned(keys: Ints, values: Ints | Places, size: int) -> Postings:
    """The values by key, in order; each value once for a key."""
    pairs = distinct(paired(keys, values))
    starts = np.searchsorted(pairs, np.arange(size + 1, dtype=np.int64) << 32)
    return Postings(starts, pairs.astype(np.int32))  # the lower half of each
