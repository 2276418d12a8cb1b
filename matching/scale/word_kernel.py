"""Compiled search for words: which words of the records are near in sound to one that is asked for."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner, outer
from matching.scale.part_kernel import alike_to, bits_set, learn_places
from matching.scale.parts import GROUPS, SOUNDS_READ, Parts

ALIKE = 0.62  # similarity of skeletons below which two words do not count as alike
_BY_SOUND = 0.85  # of the bits of an agreement, when only the skeletons are the same
_GLUED_ALIKE = 0.85  # how alike the sounds of two names in one word must be
_READINGS = 4  # of two names in one word
_FAINT = 0.08  # similarity below which no word of any rarity says a bit
OWN, OF_FATHER, OF_MOTHER, OF_KUNYA = range(4)  # what a word is to a record
Ints = NDArray[np.int32]
Places = NDArray[np.int64]
Floats = NDArray[np.float32]


class Postings(NamedTuple):
    """Numbers in runs: those of key k are values[starts[k] : starts[k + 1]]."""

    starts: Places
    values: Ints


class Records(NamedTuple):
    """The records as retrieval sees them: who bears a word where, and a few facts of each."""

    borne: Postings  # part, behind `first_key` of what it is to them -> records with the word
    by_sound: Postings  # sound -> parts of records that may sound so
    by_group: Postings  # name group -> parts of records in it
    by_long: Postings  # sound -> parts that may be two names in one word
    glance: Ints  # a row for each record: what a coarse look reads of it (`glance_kernel`)
    home: Ints  # the household of each
    nameless: Ints  # records without any word of a given name
    age_bits: NDArray[np.float64]  # by kind (adult, child) and bucket of years


@inner
def first_key(records: Records, what: int) -> int:
    """Where the keys of `borne` begin for one of the four kinds; parts that came later have none."""
    return what * ((len(records.borne.starts) - 1) // 4)


class Near(NamedTuple):
    """What is near to a sound or a part, with how near, 0 to 1: that of key k from starts[k] to ends[k]."""

    starts: Places
    ends: Places
    part: Ints
    similarity: Floats


class Sounds(NamedTuple):
    """Sounds of records, the shortest first: their numbers, their sizes, their consonants."""

    sounds: Ints
    sizes: Ints
    masks: NDArray[np.uint32]


@inner
def _others(least: float, size: int, there: int) -> tuple[int, int]:
    """How many consonants only the one, only the other skeleton may have for a similarity of `least`; below
    zero where their sizes alone are too different.
    """
    common = 0.5 * least * (size + there)
    return np.int64(np.floor(size - common + 1e-9)), np.int64(np.floor(there - common + 1e-9))


@outer
def near_sounds(
    parts: Parts, sound: int, known: Sounds, bits: NDArray[np.uint64], out: Ints, similarity: Floats
) -> int:
    """The sounds of records that are near to one, into `out`; how many. `bits` is working space, 32 long."""
    return _at_least(parts, sound, known, ALIKE, bits, out, similarity)


@inner
def _at_least(
    parts: Parts,
    sound: int,
    known: Sounds,
    least: float,
    bits: NDArray[np.uint64],
    out: Ints,
    similarity: Floats,
) -> int:
    count, size, mask = 0, np.int64(parts.codes[sound, 0]), parts.masks[sound]
    learn_places(parts.codes, sound, bits)
    last, lost, new = np.int64(-1), np.int64(-1), np.int64(-1)
    for place in range(len(known.sounds)):
        there = np.int64(known.sizes[place])
        if there != last:
            last, (lost, new) = there, _others(least, size, there)
            if lost < 0:
                break  # all that follow are longer still
        if new < 0:
            continue
        other = known.masks[place]
        if bits_set(mask & ~other) > lost or bits_set(other & ~mask) > new:
            continue
        alike = alike_to(bits, size, parts.codes, known.sounds[place]) if size else 1.0
        if alike >= least:
            out[count], similarity[count] = known.sounds[place], alike
            count += 1
    return count


@outer
def near_words(
    parts: Parts, records: Records, part: int, near: Near, best: Floats, out: Ints, similarity: Floats
) -> int:
    """The words of records that sound like a part, or are one name with it, into `out` in no order; how many.
    `best` is working space, 0 before and after.
    """
    count = 0
    for reading in range(max(1, parts.facts[part, SOUNDS_READ])):
        sound = parts.sounds[part, reading]
        for place in range(near.starts[sound], near.ends[sound]):
            bits = np.float32(_BY_SOUND * (near.similarity[place] - ALIKE) / (1 - ALIKE))
            if bits >= _FAINT:
                count = _reach(records.by_sound, near.part[place], bits, best, out, count)
    for column in range(GROUPS):
        group = parts.groups[part, column]
        if 0 <= group < len(records.by_group.starts) - 1:
            count = _reach(records.by_group, group, np.float32(1), best, out, count)
    for place in range(count):
        similarity[place] = best[out[place]]
        best[out[place]] = 0
    return count


@outer
def long_words(
    parts: Parts,
    records: Records,
    whole: int,
    long: Sounds,
    bits: NDArray[np.uint64],
    best: Floats,
    sounds: Ints,
    out: Ints,
    similarity: Floats,
) -> int:
    """The words that may be two names and sound like both together, into `out` in no order; how many.
    `sounds` is working space.
    """
    count = 0
    for reading in range(min(parts.facts[whole, SOUNDS_READ], _READINGS)):
        found = _at_least(parts, parts.sounds[whole, reading], long, _GLUED_ALIKE, bits, sounds, similarity)
        for place in range(found):
            count = _reach(records.by_long, sounds[place], np.float32(1), best, out, count)
    for place in range(count):
        similarity[place] = best[out[place]]
        best[out[place]] = 0
    return count


@inner
def _reach(posted: Postings, key: int, bits: float, best: Floats, out: Ints, count: int) -> int:
    for post in range(posted.starts[key], posted.starts[key + 1]):
        word = posted.values[post]
        if best[word] < bits:
            if best[word] == 0:
                out[count] = word
                count += 1
            best[word] = bits
    return count
