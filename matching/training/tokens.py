"""Reads the paired training tokens and splits them by key, so that no name stands on both sides."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from matching.names.lexicon import lexicon
from matching.names.script import fold, letter_script
from schemas.vocabulary import Script

FILES = ("tokens_cyrillic_arabic.tsv.gz", "tokens_latin_arabic.tsv.gz", "tokens_latin_cyrillic.tsv.gz")
HELD_PERCENT = 10


@dataclass(frozen=True, slots=True)
class TokenPair:
    """One name token in two scripts; `key` groups the spellings of one token."""

    a: str
    b: str
    key: str


def read_pairs(folder: Path) -> dict[str, list[TokenPair]]:
    """The pairs of each file, without rows that are no single word in two known scripts."""
    found: dict[str, list[TokenPair]] = {}
    for name in FILES:
        with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as file:
            reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            next(reader)
            pairs = [TokenPair(row[0], row[1], row[2]) for row in reader]
        found[name.removeprefix("tokens_").removesuffix(".tsv.gz")] = [
            pair for pair in pairs if _usable(pair)
        ]
    return found


def _usable(pair: TokenPair) -> bool:
    for text in (pair.a, pair.b):
        folded = fold(text)
        if len(folded) < 2 or " " in folded or letter_script(folded[0]) in (Script.OTHER, Script.NONE):
            return False
    return True


def held_out(pair: TokenPair) -> bool:
    """Whether the pair belongs to our own tenth for measuring."""
    return crc32(pair.key.encode()) % 100 < HELD_PERCENT


def lexicon_pairs() -> list[TokenPair]:
    """Every spelling of a name group with the group's first spelling in each script, and the first ones
    together.
    """
    found: list[TokenPair] = []
    for group in lexicon().groups.values():
        scripts = [forms for forms in (group.cyrillic, group.arabic, group.latin) if forms]
        heads = [forms[0] for forms in scripts]
        found += [TokenPair(a, b, group.id) for a in heads for b in heads if a != b]
        found += [
            TokenPair(form, head, group.id)
            for forms in scripts
            for form in forms
            for head in heads
            if form != head
        ]
    return [pair for pair in found if fold(pair.a) and fold(pair.b)]
