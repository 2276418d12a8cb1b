"""Compiled look-up of the units of words and the sums of their vectors."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from matching.compiled import inner, outer

BUCKETS = 1 << 16
MAX_UNITS = 256  # of one word; what is beyond does not count
Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]


def _crc_table() -> NDArray[np.uint32]:
    table = np.zeros(256, dtype=np.uint32)
    for number in range(256):
        value = number
        for _ in range(8):
            value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
        table[number] = value
    return table


CRC = _crc_table()


@inner
def _crc(start: int, text: Bytes, begin: int, end: int, table: NDArray[np.uint32]) -> int:
    value = np.int64(start)
    for place in range(begin, end):
        value = np.int64(table[(value ^ text[place]) & 0xFF]) ^ (value >> 8)
    return int(value)


@outer
def unit_sums(
    text: Bytes,
    pieces: Places,
    of_word: Places,
    table: NDArray[np.int8],
    scale: NDArray[np.float32],
    crc: NDArray[np.uint32],
    seen: Places,
    marks: Bytes,
    sums: NDArray[np.float32],
    vectors: NDArray[np.int8],
    scales: NDArray[np.float32],
) -> None:
    """Fills the vectors of words, of length one, a byte a number.

    A piece is (begin of its mark, begin of its padded letters, end, longest group, whole): groups of one to
    so many letters and, if `whole` is not 0, the piece as a whole are units, hashed behind their mark.
    `seen` is room for `MAX_UNITS` units, `marks` for a bit of every bucket, none set; `sums` for one vector.
    """
    for word in range(len(of_word) - 1):
        count = 0
        for piece in range(of_word[word], of_word[word + 1]):
            count = _units(text, pieces[piece], crc, seen, marks, count)
        sums[:] = 0.0
        for place in range(count):
            unit = seen[place]
            marks[unit >> 3] = 0
            for column in range(len(sums)):
                sums[column] += table[unit, column] * scale[unit]
        _pack(sums, vectors[word], scales, word)


@njit(cache=True, nogil=True)
def unit_rows(text: Bytes, pieces: Places, of_word: Places, crc: NDArray[np.uint32]) -> tuple[Places, Places]:
    """The units of words, one word after another, and where each word's units begin."""
    found = np.zeros((len(of_word) - 1) * MAX_UNITS, dtype=np.int64)
    begins, marks = np.zeros(len(of_word), dtype=np.int64), np.zeros(BUCKETS // 8, dtype=np.uint8)
    for word in range(len(of_word) - 1):
        seen, count = found[begins[word] : begins[word] + MAX_UNITS], 0
        for piece in range(of_word[word], of_word[word + 1]):
            count = _units(text, pieces[piece], crc, seen, marks, count)
        begins[word + 1] = begins[word] + count
        for place in range(count):
            marks[seen[place] >> 3] = 0
    return found[: begins[-1]].copy(), begins


@inner
def _units(
    text: Bytes, piece: Places, crc: NDArray[np.uint32], seen: Places, marks: Bytes, count: int
) -> int:
    mark, begin, end, longest, whole = piece[0], piece[1], piece[2], piece[3], piece[4]
    start = _crc(0xFFFFFFFF, text, mark, begin, crc)
    if whole:
        count = _added(_crc(start, text, begin, end, crc), seen, marks, count)
    here = begin
    while here < end and longest:
        value, to = start, here
        for _ in range(longest):
            if to >= end:
                break
            after = to + 1
            while after < end and (text[after] & 0xC0) == 0x80:
                after += 1
            value = _crc(value, text, to, after, crc)
            to = after
            count = _added(value, seen, marks, count)
        here += 1
        while here < end and (text[here] & 0xC0) == 0x80:
            here += 1
    return count


@inner
def _added(value: int, seen: Places, marks: Bytes, count: int) -> int:
    unit = np.int64((value ^ 0xFFFFFFFF) & (BUCKETS - 1))
    bit = np.uint8(1 << (unit & 7))
    if count < MAX_UNITS and not marks[unit >> 3] & bit:
        marks[unit >> 3] |= bit
        seen[count] = unit
        count += 1
    return count


@inner
def _pack(sums: NDArray[np.float32], row: NDArray[np.int8], scales: NDArray[np.float32], word: int) -> None:
    norm = 0.0
    top = 0.0
    for value in sums:
        norm += value * value
        top = max(top, abs(value))
    if top == 0.0:
        row[:] = 0
        scales[word] = 0.0
        return
    for column in range(len(sums)):
        row[column] = np.int8(np.rint(sums[column] / top * 127.0))
    scales[word] = top / 127.0 / np.sqrt(norm)
