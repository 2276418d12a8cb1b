"""The rows of the lists as they stand: where each stands, who is in it, which households they make."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.households import Group, groups_of
from matching.lines import Line
from matching.mothers import with_household_mothers
from matching.profile import Profile, record_profile
from schemas.registry import DetaineeRecord

_Row = tuple[Line, Profile]
SameWords = Callable[[DetaineeRecord], bool]


class Changed(NamedTuple):
    """Lists after a change: `former` has the place where each record stood with the same facts, -1 - n for
    the n-th of `fresh`, whose facts are new.
    """

    lists: "Lists"
    former: NDArray[np.int64]
    fresh: list[Profile]


@dataclass(frozen=True)
class Lists:
    """Records in the order of their ids; groups in the order of their first records."""

    lines: tuple[Line, ...]
    profiles: tuple[Profile, ...]
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, records: Iterable[DetaineeRecord]) -> "Lists":
        """Each record is read once and let go."""
        return _standing(sorted(map(_read, records), key=_by_id), ())

    @cached_property
    def position(self) -> dict[str, int]:
        return {line.record_id: p for p, line in enumerate(self.lines)}

    @property
    def list_ids(self) -> list[str]:
        return [line.list_id for line in self.lines]

    @cached_property
    def group_of(self) -> NDArray[np.int32]:
        found = np.zeros(len(self.lines), dtype=np.int32)
        for number, group in enumerate(self.groups):
            for position in group.positions:
                found[position] = number
        return found

    def changed(
        self, gone: Collection[str], records: Iterable[DetaineeRecord], same_words: SameWords | None
    ) -> Changed:
        """Without those gone, and with these records, which may stand in the place of others. Households of
        lists that are not touched are not looked for again.
        """
        new = {record.record_id: self._read_again(record, same_words) for record in records}
        off = [line for line in self.lines if line.record_id in new or line.record_id in gone]
        touched = {line.list_id for line in (*off, *(line for line, _ in new.values()))}
        leaving = {line.record_id for line in off}
        rows = zip(self.lines, self.profiles, strict=True)
        kept = (row for row in rows if row[0].record_id not in leaving)
        read = sorted((*kept, *new.values()), key=_by_id)
        if len({line.record_id for line, _ in read}) < len(read):
            raise ValueError("two records have one id")
        former = np.array([self.position.get(line.record_id, -1) for line, _ in read], dtype=np.int64)
        now = _standing(read, self._groups_beside(touched, former))
        fresh = []
        for position, (place, profile) in enumerate(zip(former.tolist(), now.profiles, strict=True)):
            if place < 0 or not _same_facts(self.profiles[place], profile):
                fresh.append(profile)
                former[position] = -len(fresh)
        return Changed(now, former, fresh)

    def _groups_beside(self, touched: Collection[str], former: NDArray[np.int64]) -> list[Group]:
        """The groups of lists that are not touched, where they stand now."""
        places = np.full(len(self.lines), -1, dtype=np.int64)
        places[former[former >= 0]] = np.flatnonzero(former >= 0)
        now = places.tolist()
        return [one.moved(now) for one in self.groups if self.lines[one.positions[0]].list_id not in touched]

    def _read_again(self, record: DetaineeRecord, same_words: SameWords | None) -> _Row:
        """A record with the profile that it had before, where that is still true."""
        place = self.position.get(record.record_id)
        if place is not None and same_words is not None and same_words(record):
            before = self.profiles[place]
            told = (record.person.births, record.entered_on) == (before.births, before.entered_on)
            if told and _of_day(before, record).is_child is before.is_child:
                return Line.of(record), before
        return _read(record)


def _standing(read: Sequence[_Row], kept: Sequence[Group]) -> Lists:
    """Rows in the order of their ids; `kept` groups are as they were."""
    lines, profiles = tuple(line for line, _ in read), [profile for _, profile in read]
    there = {position for group in kept for position in group.positions}
    new = groups_of(lines, profiles, [one for one in range(len(lines)) if one not in there])
    groups = tuple(sorted((*kept, *new), key=lambda group: min(group.positions)))
    found = with_household_mothers(profiles, new)
    for group in new:
        for position in group.positions:
            found[position].forget()
    return Lists(lines, found, groups)


def _of_day(profile: Profile, record: DetaineeRecord) -> Profile:
    same = profile.list_date == record.list_date
    return profile if same else replace(profile, list_date=record.list_date)


def _read(record: DetaineeRecord) -> _Row:
    return Line.of(record), record_profile(record)


def _by_id(row: _Row) -> str:
    return row[0].record_id


def _same_facts(before: Profile, now: Profile) -> bool:
    """Whether a record is compared as before: the day of the list matters only to tell a child."""
    if before is now:
        return True
    return before.is_child is now.is_child and before == replace(now, list_date=before.list_date)
