"""What a column is about, from its heading. The table itself is headings.tsv, published and extendable."""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from service.imports.fold import key
from service.imports.words import HEADING_ASIDE, HEADING_CHILD, sexes_of_heading

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


_OF_CHILD = re.compile(r"\b(?:de l enfant|du mineur|of (?:the )?(?:child|minor))\b")
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
    if sexes_of_heading(heading):
        return Recognised("sex", "heading", 0.95)
    outer = heading.split("(")[0].strip()
    words = _OF_CHILD.sub(" ", _key(outer)).split()
    bare = " ".join(word for word in words if word not in HEADING_ASIDE and word not in HEADING_CHILD)
    for sureness, part in [(0.95, outer), (0.9, bare), *((0.9, p) for p in _parts(heading))]:
        if part and (found := table.get(_key(part))) is not None:
            return Recognised(found, "heading", sureness)
    if words and HEADING_CHILD.issuperset(words):
        return Recognised("name", "heading", 0.9)
    return _similar(_key(outer) or _key(heading))


def is_child(heading: str) -> bool:
    """`Zarok`, `بيانات الطفل`: the heading says whom the columns below speak of, and nothing else."""
    words = _key(heading).split()
    return (HEADING_ASIDE | HEADING_CHILD).issuperset(words) and any(w in HEADING_CHILD for w in words)


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
