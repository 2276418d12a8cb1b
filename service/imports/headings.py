"""What a column is about, from its heading. The table itself is headings.tsv, published and extendable."""

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from service.imports.fold import key

UNKNOWN = "unknown"
IGNORE = "ignore"
_CLOSE = 88.0  # similarity in percent from which a misspelt heading is taken
_SHORTEST = 5  # letters; shorter headings must be written right


@dataclass(frozen=True, slots=True)
class Recognised:
    """`sureness` 1.0 for a heading of the table, less for a similar one, 0.0 for none."""

    meaning: str
    how: str
    sureness: float


# Left aside when the rest is a heading by itself: `Семья №`, `رقم العائلة`.
_NUMBER_WORDS = frozenset(
    {"no", "nr", "n", "number", "номер", "رقم", "numero", "numarasi", "hejmara", "ژماره"}
)
_NOTHING = Recognised(UNKNOWN, "none", 0.0)


@cache
def heading_table() -> dict[str, str]:
    """Folded heading -> meaning. Where two meanings share a heading the first one in the file counts."""
    table: dict[str, str] = {}
    text = files("service.imports").joinpath("headings.tsv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines(), delimiter="\t"):
        table.setdefault(_key(row["heading"]), row["meaning"])
    return table


@cache
def meanings() -> frozenset[str]:
    """Every meaning that a mapping file may name."""
    return frozenset(heading_table().values()) | {UNKNOWN, IGNORE}


def _key(heading: str) -> str:
    """Signs such as № and # are headings of their own, so they survive where no letter does."""
    return key(heading) or heading.strip()


@lru_cache(maxsize=4_000)
def recognise(heading: str) -> Recognised:
    """The meaning of a heading: exact, then without its bracket, then its parts, then a close spelling."""
    heading = heading.strip()[:200]
    if not heading:
        return _NOTHING
    table = heading_table()
    if (found := table.get(_key(heading))) is not None:
        return Recognised(found, "heading", 1.0)
    outer = heading.split("(")[0].strip()
    bare = " ".join(word for word in _key(outer).split() if word not in _NUMBER_WORDS)
    for sureness, part in [(0.95, outer), (0.9, bare), *((0.9, p) for p in _parts(heading))]:
        if part and (found := table.get(_key(part))) is not None:
            return Recognised(found, "heading", sureness)
    return _similar(_key(outer) or _key(heading))


def _parts(heading: str) -> list[str]:
    """`Mal / HH`, `Name - الاسم`, two lines in one cell: each half may be a heading."""
    for mark in ("\n", "/", "|", " - ", " – ", "(", "،"):
        heading = heading.replace(mark, "\x00")
    return [part.strip(" )\r") for part in heading.split("\x00")][:6]


def _similar(folded: str) -> Recognised:
    if not _SHORTEST <= len(folded) <= 60:
        return _NOTHING
    table = heading_table()
    best = process.extractOne(folded, table.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    if best is None or len(best[0]) < _SHORTEST:
        return _NOTHING
    return Recognised(table[best[0]], "similar_heading", best[1] / 100 - 0.15)
