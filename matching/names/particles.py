"""Words in a name that are no name: Abu and Umm, ibn and bint, kyzy and oglu, articles, titles, notes,
nisbas.
"""

from functools import lru_cache

from matching.names.script import fold
from matching.names.tables import rows, spellings

_SCRIPTS = ("cyrillic", "arabic", "latin")
_ARTICLES = (
    "al",
    "el",
    "ash",
    "esh",
    "as",
    "es",
    "ar",
    "er",
    "at",
    "et",
    "аль",
    "ал",
    "эль",
    "ас",
    "аш",
    "ат",
)
_NISBA_ENDS = ("يه", "ي", "iyyah", "iyya", "iyah", "iya", "iye", "iyye", "i", "и", "ия", "ийя")


@lru_cache(maxsize=1)
def _particles() -> dict[str, str]:
    return {
        fold(form): row["kind"]
        for row in rows("particles.tsv")
        for script in _SCRIPTS
        for form in spellings(row[script], ",")
    }


@lru_cache(maxsize=1)
def _notes() -> dict[str, str]:
    return {
        fold(form): row["kind"]
        for row in rows("notes.tsv")
        for script in _SCRIPTS
        for form in spellings(row[script], ",")
    }


@lru_cache(maxsize=1)
def _nisbas() -> dict[str, str]:
    return {
        nisba_stem(form): row["value"]
        for row in rows("nisbas.tsv")
        for script in _SCRIPTS
        for form in spellings(row[script], ",")
    }


@lru_cache(maxsize=1)
def _clans() -> frozenset[str]:
    return frozenset(
        fold(form)
        for row in rows("nisbas.tsv")
        if row["note"].startswith("clan")
        for script in _SCRIPTS
        for form in spellings(row[script], ",")
    )


def is_clan(folded: str) -> bool:
    """Whether a word is a Chechen or Ingush clan (Беной), which also stands before a given name."""
    return folded in _clans()


def particle_kind(folded: str) -> str:
    """`kunya_mother`, `nasab_son`, `article` ...; empty for any other word."""
    return _particles().get(folded, "")


def note_kind(folded: str) -> str:
    """`deceased`, `unknown`, `in_prison`, `missing`, `person_word`; empty for any other word."""
    return _notes().get(folded, "")


def has_article(folded: str) -> bool:
    """Whether a folded word carries the Arabic article: الشيشاني, `el sisani`."""
    if folded.startswith("ال") and len(folded) > 4:
        return True
    head, _, rest = folded.partition(" ")
    return bool(rest) and head in _ARTICLES


def nisba_stem(text: str) -> str:
    """An origin word without article and ending, the same for man and woman."""
    return _stem_of(fold(text))


def _stem_of(folded: str) -> str:
    head, _, rest = folded.partition(" ")
    if rest and head in _ARTICLES:
        folded = rest
    folded = folded.replace(" ", "")
    if folded.startswith("ال") and len(folded) > 4:
        folded = folded[2:]
    for end in _NISBA_ENDS if folded.endswith(_NISBA_ENDS) else ():
        if folded.endswith(end) and len(folded) - len(end) >= 3:
            return folded[: -len(end)]
    return folded


def nisba_of(folded: str) -> str:
    """The canonical origin (`Chechen`) of a folded nisba or ethnonym; empty for any other word."""
    return _nisbas().get(_stem_of(folded), "")
