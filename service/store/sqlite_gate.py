"""Which journal a SQLite library can be trusted with.

SQLite 3.7.0 to 3.51.2 can lose committed writes in WAL mode with two or more connections (the
WAL-reset bug; fixed in 3.51.3 and 3.53.0, and in the backports 3.44.6 and 3.50.7).
"""

from dataclasses import dataclass

Version = tuple[int, int, int]


@dataclass(frozen=True)
class Journal:
    """`mode` and `synchronous` as SQLite's pragmas take them."""

    mode: str
    synchronous: str
    reason: str


def journal_for(version: Version) -> Journal:
    """WAL with FULL where the library is free of the bug, else a rollback journal with EXTRA."""
    if _wal_is_sound(version):
        return Journal("WAL", "FULL", "this SQLite is free of the WAL-reset bug")
    return Journal("TRUNCATE", "EXTRA", "this SQLite has the WAL-reset bug: rollback journal instead")


def _wal_is_sound(version: Version) -> bool:
    if version >= (3, 53, 0):
        return True
    least_patch = {(3, 44): 6, (3, 50): 7, (3, 51): 3}.get(version[:2])
    return least_patch is not None and version[2] >= least_patch
