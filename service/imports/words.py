"""Small vocabularies of list cells: sex, relation to the head, "unknown", totals. The table is words.tsv."""

import csv
import re
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
# Left aside in a heading when the rest is one by itself: `Семья №`, `بيانات الأم`, `Nationalité présumée`,
# `Çocuğun adı`. Whoever a list of children speaks of is the child.
HEADING_ASIDE, HEADING_CHILD = _words("heading:aside"), _words("heading:child")
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


_OPPOSITE = {Sex.FEMALE: Sex.MALE, Sex.MALE: Sex.FEMALE}
_PAIRS = {("b", "g"): {"b": Sex.MALE, "g": Sex.FEMALE}}  # where neither letter stands for a sex elsewhere
_BRACKET = re.compile(r"\(([^()]*)\)\s*$")


def sexes_of_heading(heading: str) -> dict[str, Sex]:
    """What the two words of `Garçon / Fille`, `G/F` or `Пол (м/д)` stand for in the cells below.

    G is a boy beside F and a girl beside B, so a letter means what the heading says it means. Empty
    when the heading is no such pair.
    """
    inner = _BRACKET.search(heading)
    for text in (inner[1] if inner else "", heading):
        parts = [key(part) for part in re.split(r"[/|\\]", text)]
        words = len(parts) == 2 and all(part and " " not in part for part in parts)
        if words and (found := _pair(parts[0], parts[1])):
            return found
    return {}


def _pair(one: str, other: str) -> dict[str, Sex]:
    if told := _PAIRS.get((one, other)) or _PAIRS.get((other, one)):
        return told
    sexes = {one: sex_of(one), other: sex_of(other)}
    known: dict[str, Sex] = {word: sex for word, sex in sexes.items() if sex is not Sex.UNKNOWN}
    if len(known) == 2 and len(set(known.values())) == 2:
        return known
    if len(known) == 1 and len(one) == len(other) == 1:
        sex = next(iter(known.values()))
        return {word: sexes[word] if word in known else _OPPOSITE[sex] for word in sexes}
    return {}


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
