"""The units a word is looked up by: hashed letter groups of its own script and of its sound skeletons."""

from functools import lru_cache
from zlib import crc32

from matching.names.parts import groups_of_spelling
from matching.names.script import fold, letter_script
from matching.names.skeleton import skeletons

BUCKETS = 1 << 16
MAX_UNITS = 160  # of one word


@lru_cache(maxsize=262144)
def units_of(word: str) -> tuple[int, ...]:
    """The bucket numbers (0..65535) of a word, without repeats; the same on every machine."""
    folded = fold(word).replace(" ", "")[:40]
    if not folded:
        return ()
    script = letter_script(folded[0]).value[:1]
    found = {_bucket(f"{script}={folded}")}
    padded = f"<{folded}>"
    for size in (1, 2, 3, 4):
        for start in range(len(padded) - size + 1):
            found.add(_bucket(script + padded[start : start + size]))
    for reading in skeletons(word)[:4]:
        found.add(_bucket(f"~={reading}"))
        padded = f"<{reading}>"
        for size in (1, 2, 3):
            for start in range(len(padded) - size + 1):
                found.add(_bucket("~" + padded[start : start + size]))
    for group in groups_of_spelling(folded):
        found.add(_bucket(f"#{group}"))
    return tuple(sorted(found)[:MAX_UNITS])


def _bucket(unit: str) -> int:
    return crc32(unit.encode()) & (BUCKETS - 1)
