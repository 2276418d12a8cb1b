"""Small vocabularies of list cells: sex, relation to the head, "unknown", totals. The table is words.tsv."""

import csv
from functools import cache
from importlib.resources import files

from schemas.vocabulary import Relation, Sex
from service.imports.fold import key


@cache
def _table() -> tuple[tuple[str, str], ...]:
    text = files("service.imports").joinpath("words.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple((row["group"], word) for row in rows if (word := key(row["word"])))


def _words(group: str) -> frozenset[str]:
    return frozenset(word for name, word in _table() if name == group)


FEMALE, MALE = _words("female"), _words("male")
UNKNOWN_WORDS = _words("unknown")
UNNAMED_CHILD = _words("unnamed_child")
TOTAL_WORDS, SIGNATURE_WORDS = _words("total"), _words("signature")
# Of two relations with one word the later in the table counts.
RELATION_WORDS: dict[str, Relation] = {
    word: Relation(group.removeprefix("relation:"))
    for group, word in _table()
    if group.startswith("relation:")
}


def sex_of(text: str) -> Sex:
    """UNKNOWN for anything that is not a word or letter for a sex."""
    folded = key(text)
    if folded in FEMALE:
        return Sex.FEMALE
    return Sex.MALE if folded in MALE else Sex.UNKNOWN


def is_unknown(text: str) -> bool:
    """Whether the cell says that the value is not known, or says nothing in signs."""
    folded = key(text)
    return not folded or folded in UNKNOWN_WORDS


def relation_of(text: str) -> Relation:
    """The relation word of a cell, with `of the head`, brackets and numbers (`wife 2`) left aside."""
    folded = key(text.split("(")[0])
    if folded in RELATION_WORDS:
        return RELATION_WORDS[folded]
    without = " ".join(w for w in folded.split() if not w.isdigit())
    return RELATION_WORDS.get(without, Relation.UNKNOWN)
