"""Name groups: spellings in any script that are one name (Магомед = محمد = Muhammad), and weak links
between groups.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from matching.names.script import fold
from matching.names.tables import rows, spellings
from schemas.vocabulary import Sex

_FEMININE_ENDINGS = ("хон", "жон", "джан", "жан", "хан", "ой")
# shares of the bearers of one sex for the frequency classes 1 (very common) to 5 (rare); an estimate
CLASS_SHARE = {1: 0.05, 2: 0.015, 3: 0.004, 4: 0.0012, 5: 0.0005}


@dataclass(frozen=True, slots=True)
class NameGroup:
    """One name with all its spellings. `frequency` runs from 1 (very common) to 5 (rare)."""

    id: str
    name: str
    sex: Sex
    frequency: int
    cyrillic: tuple[str, ...]
    arabic: tuple[str, ...]
    latin: tuple[str, ...]
    short_forms: tuple[str, ...]
    ambiguous: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        return self.cyrillic + self.arabic + self.latin + self.short_forms


class Lexicon:
    """The committed name groups, looked up by folded spelling. Built once per process (`lexicon()`)."""

    def __init__(self) -> None:
        self.groups: dict[str, NameGroup] = {}
        self._by_spelling: dict[str, frozenset[str]] = {}
        self._weak: dict[str, dict[str, str]] = {}
        for row in rows("name_groups.tsv"):
            self._add(_group(row))
        for row in rows("weak_links.tsv"):
            self._weak.setdefault(row["group_a"], {})[row["group_b"]] = row["reason"]
            self._weak.setdefault(row["group_b"], {})[row["group_a"]] = row["reason"]
        self.longest = max(key.count(" ") for key in self._by_spelling) + 1

    def _add(self, group: NameGroup) -> None:
        self.groups[group.id] = group
        for spelling in group.spellings:
            key = fold(spelling)
            for form in {key, key.replace(" ", "")}:
                self._by_spelling[form] = self._by_spelling.get(form, frozenset()) | {group.id}

    def groups_of(self, folded: str) -> frozenset[str]:
        """The groups of a folded spelling, tolerant of the article and of endings that lists add or drop."""
        found = self._by_spelling.get(folded)
        if found is None:
            found = _first(self._by_spelling, _variants(folded))
        return found

    def has(self, folded: str) -> bool:
        """Whether the folded spelling stands in the table exactly as it is."""
        return folded in self._by_spelling

    def weak_reason(self, groups_a: frozenset[str], groups_b: frozenset[str]) -> str | None:
        """Why two groups are confused though they are not one name; None when they are not known to be."""
        for group in groups_a:
            linked = self._weak.get(group)
            if linked:
                for other in groups_b:
                    if other in linked:
                        return linked[other]
        return None

    def weak_pairs(self) -> Iterator[tuple[str, str]]:
        """Every two groups that are confused, both ways round."""
        yield from ((one, two) for one, linked in self._weak.items() for two in linked)

    def sex_of(self, groups: frozenset[str]) -> Sex | None:
        """The sex all groups agree on, if they do."""
        sexes = {self.groups[group].sex for group in groups if group in self.groups}
        return sexes.pop() if len(sexes) == 1 else None

    def prior_share(self, group: str) -> float:
        """The estimated share of a group among the bearers of its sex."""
        return CLASS_SHARE[self.groups[group].frequency] if group in self.groups else CLASS_SHARE[5]

    def label(self, group: str) -> str:
        return self.groups[group].name if group in self.groups else group


def _group(row: dict[str, str]) -> NameGroup:
    return NameGroup(
        id=row["id"],
        name=row["name"],
        sex={"f": Sex.FEMALE, "m": Sex.MALE}.get(row["sex"], Sex.UNKNOWN),
        frequency=int(row["frequency"]),
        cyrillic=spellings(row["cyrillic"]),
        arabic=spellings(row["arabic"]),
        latin=spellings(row["latin"]),
        short_forms=spellings(row["short_forms"]),
        ambiguous=spellings(row["ambiguous"]),
    )


def _variants(folded: str) -> tuple[str, ...]:
    """Spellings that are safely the same word: article, written-out long vowels, feminine ة/ه/ا, Uzbek
    suffixes.
    """
    forms: list[str] = []
    if folded.startswith("ال") and len(folded) > 5:
        forms.append(folded[2:])
    if folded.endswith("ه") and len(folded) > 3:
        forms.append(folded[:-1] + "ا")
    elif folded.endswith("ا") and len(folded) > 3:
        forms.append(folded[:-1] + "ه")
    if folded.endswith(_FEMININE_ENDINGS):
        forms.extend(
            folded[: -len(end)]
            for end in _FEMININE_ENDINGS
            if folded.endswith(end) and len(folded) > len(end) + 3
        )
    return tuple(forms)


def _first(table: dict[str, frozenset[str]], forms: tuple[str, ...]) -> frozenset[str]:
    for form in forms:
        if form in table:
            return table[form]
    return frozenset()


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return Lexicon()
