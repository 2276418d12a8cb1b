"""Origin words and towns -> a people or region, with the wider name it belongs to.

The table is data/origins.tsv: `terms` are spellings of the people, region or country (`*` ends a
stem), `towns` are towns with their spellings. Add a line there rather than code here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from matching.names.script import fold

_SEPARATORS = re.compile(r"[^\w\-*]+")
_ARTICLE = re.compile(r"^(?:ال|al-|el-|ar-|as-|an-|at-)(?=\w{3})")


@dataclass(frozen=True)
class Origins:
    """The peoples or regions and the towns that a text names."""

    values: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.values or self.towns)


NO_ORIGINS = Origins()


@dataclass(frozen=True)
class _Table:
    parents: dict[str, str]
    exact: dict[str, str]
    stems: tuple[tuple[str, str], ...]
    towns: dict[str, tuple[str, str]]  # folded spelling -> (town, value)


def parents_of(value: str) -> tuple[str, ...]:
    """The wider names of an origin, nearest first: Chechen -> Caucasian, Russian."""
    chain: list[str] = []
    parent = _table().parents.get(value, "")
    while parent:
        chain.append(parent)
        parent = _table().parents.get(parent, "")
    return tuple(chain)


def origins_in(texts: Iterable[str], nisbas: Iterable[str] = ()) -> Origins:
    """All origins named in the texts; of a chain only the narrowest name is kept."""
    return _origins_in(tuple(texts), tuple(nisbas))


@lru_cache(maxsize=8192)  # lists say the same few of thousands, who then share one answer
def _origins_in(texts: tuple[str, ...], nisbas: tuple[str, ...]) -> Origins:
    table = _table()
    values = {n for n in nisbas if n in table.parents}
    towns: set[str] = set()
    for text in texts:
        words = _words(text)
        for size in (1, 2):
            for start in range(len(words) - size + 1):
                hit = table.towns.get(" ".join(words[start : start + size]))
                if hit:
                    towns.add(hit[0])
                    values.add(hit[1])
        values.update(value for word in words if (value := _value_of(word)))
    wider = {p for v in values for p in parents_of(v)}
    return Origins(frozenset(values - wider), frozenset(towns))


@lru_cache(maxsize=65536)
def _value_of(word: str) -> str:
    """The people or region that one word names; empty for any other word."""
    table = _table()
    return table.exact.get(word) or next((v for stem, v in table.stems if word.startswith(stem)), "")


@lru_cache(maxsize=65536)
def towns_in(texts: frozenset[str]) -> frozenset[str]:
    """The towns named in places as written."""
    return origins_in(texts).towns


def _words(text: str) -> list[str]:
    words = [w for w in _SEPARATORS.split(fold(text[:400])) if w]
    return [_ARTICLE.sub("", w) for w in words]


@cache
def _table() -> _Table:
    parents: dict[str, str] = {}
    exact: dict[str, str] = {}
    stems: list[tuple[str, str]] = []
    towns: dict[str, tuple[str, str]] = {}
    text = files("matching.data").joinpath("origins.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        value, parent, terms, town_cells = [*line.split("\t"), "", ""][:4]
        parents[value] = parent
        for term in filter(None, terms.split("|")):
            if term.endswith("*"):
                stems.append((fold(term[:-1]), value))
            else:
                exact[fold(term)] = value
        for cell in filter(None, town_cells.split("|")):
            name, *spellings = cell.split("=")
            for spelling in (name, *spellings):
                towns[" ".join(_words(spelling.rstrip("*")))] = (name, value)
    stems.sort(key=lambda item: -len(item[0]))
    return _Table(parents, exact, tuple(stems), towns)
