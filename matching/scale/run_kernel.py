"""Runs of records that bear a word near to a sought one, gone through side by side.

A person's words lead to some thousand runs, each in the order of the records. All are followed through one
block of records before the next is begun, so that what is added up for a record lies in the nearest memory:
among a million records it would come from the farthest each time.
"""

from typing import NamedTuple

import numpy as np

from matching.compiled import inner, merged
from matching.scale.word_kernel import Floats, Ints, Places, Postings

BLOCK = 1 << 15  # records
_LINED_UP = 1 << 14  # runs; for more a larger desk is made
_NONE_LEFT = np.int32(2**31 - 1)
# columns of `Block.cells`; a kind of name is numbered from one, 0 is a record not met
TOTAL, BEST, LAST_KIND, AGREED = range(4)


class Runs(NamedTuple):
    """Each with the record at hand, its place among the values of the postings and the end there; bits of its
    word, the kind of name, and what agrees with whom has it.
    """

    record: Ints
    at: Places
    end: Places
    bits: Floats
    kind: Ints
    agreed: Ints


class Block(NamedTuple):
    """One place for each record of a block; the cells are 0 between blocks."""

    cells: Floats  # bits of the names, of the kind of name at hand, that kind, which names agree
    touched: Ints


def new_runs(size: int = _LINED_UP) -> Runs:
    return Runs(
        np.zeros(size, dtype=np.int32),
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=np.float32),
        np.zeros(size, dtype=np.int32),
        np.zeros(size, dtype=np.int32),
    )


def new_block() -> Block:
    return Block(np.zeros((BLOCK, 4), dtype=np.float32), np.zeros(BLOCK, dtype=np.int32))


@merged
def line_up(posted: Postings, key: int, bits: float, kind: int, agreed: int, runs: Runs, count: int) -> int:
    """Adds the run of one key, unless it is empty; how many there are, with those for which is no room."""
    begin, end = posted.starts[key], posted.starts[key + 1]
    if begin == end:
        return count
    if count < len(runs.at):
        runs.record[count], runs.at[count], runs.end[count] = posted.values[begin], begin, end
        runs.bits[count], runs.kind[count], runs.agreed[count] = bits, kind, agreed
    return count + 1


@inner
def meet(values: Ints, runs: Runs, count: int, begin: int, block: Block) -> int:
    """Gives the records of one block the most bits of each kind that their words have; how many there are."""
    cells, touched, end = block.cells, 0, begin + BLOCK
    for run in range(count):
        record = runs.record[run]
        if record >= end:
            continue
        at, last, bits, kind, agreed = (
            runs.at[run],
            runs.end[run],
            runs.bits[run],
            runs.kind[run],
            runs.agreed[run],
        )
        while record < end:
            place = record - begin
            before = cells[place, LAST_KIND]
            if before != kind:
                if before == 0:
                    block.touched[touched] = place
                    touched += 1
                cells[place, LAST_KIND] = kind
                cells[place, BEST] = 0
                cells[place, AGREED] = np.float32(int(cells[place, AGREED]) | agreed)
            if cells[place, BEST] < bits:
                cells[place, TOTAL] += bits - cells[place, BEST]
                cells[place, BEST] = bits
            at += 1
            record = values[at] if at < last else _NONE_LEFT
        runs.at[run], runs.record[run] = at, record
    return touched
