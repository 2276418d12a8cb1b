"""Endings that tell the role of a word and hide the name inside: -ович, -овна, -ов(а), -ский, -зода, кызы,
وف.
"""

from collections.abc import Iterator
from functools import lru_cache

from matching.names.lexicon import lexicon
from matching.names.tables import elements

_CASE_ENDS = (
    ("ой", ("а",)),
    ("ом", ("",)),
    ("ем", ("й", "")),
    ("у", ("а", "")),
    ("ю", ("я", "й", "")),
    ("ы", ("а",)),
    ("и", ("я", "а", "")),
    ("е", ("а", "")),
    ("а", ("",)),
    ("я", ("й", "")),
)  # ending of an oblique case -> what the nominative may end in
_CASES = {last: [case for case in _CASE_ENDS if case[0][-1] == last] for last in "ймуюыиеая"}
_SURNAME_KINDS = ("ov", "ski", "zoda", "in", "other")
_NOT_SURNAMES = frozenset(elements("no_surname"))
_VOWELS_BACK = ("", "а", "й", "я", "ий", "ь", "a", "i", "y", "ا", "ه", "ي")


class _Endings:
    """Endings with what each means, found the longest first."""

    def __init__(self, meanings: dict[str, str]) -> None:
        self._meanings = meanings
        self._sizes: dict[str, list[int]] = {}  # of the endings by their last letter
        for end in sorted(meanings, key=len, reverse=True):
            sizes = self._sizes.setdefault(end[-1], [])
            if len(end) not in sizes:
                sizes.append(len(end))

    def of(self, word: str) -> Iterator[tuple[str, str]]:
        """The endings of a word that leave something before them."""
        for size in self._sizes.get(word[-1:], ()):
            meaning = self._meanings.get(word[-size:])
            if meaning is not None and size < len(word):
                yield word[-size:], meaning


_PATRONYMICS = _Endings(dict.fromkeys(elements("patronymic_end"), "patronymic"))
_CHILDREN = _Endings(dict.fromkeys(elements("child_of_end"), "child_of"))
_SURNAMES = _Endings(
    {end: kind for kind in reversed(_SURNAME_KINDS) for end in elements(f"surname_end_{kind}")}
)


def patronymic_stem(folded: str) -> str | None:
    """The father's name in a one-word patronymic (`магомедовна` -> `магомед`), or None."""
    for end, _ in _PATRONYMICS.of(folded):
        if len(folded) - len(end) >= 2:
            return completed(folded[: -len(end)])
    for end, _ in _CHILDREN.of(folded):
        if len(folded) - len(end) >= 3:
            return completed(folded[: -len(end)].rstrip())
    if folded.endswith("ич") and lexicon().has(folded[:-2] + "а"):
        return folded[:-2] + "а"
    return "илья" if folded in ("илич", "илинична") else None


def surname_ending(folded: str) -> tuple[str, str]:
    """Stem and class of a surname (`алиева` -> `али`, `ov`); class is empty when the word has no such
    ending.

    Class `in` is weak: many given names end so, and the caller has to know the word for no given name.
    """
    word = folded.replace(" ", "")
    if word in _NOT_SURNAMES:
        return folded, ""
    arabic = "ا" <= word[:1] <= "ي"
    for end, kind in _SURNAMES.of(word):
        if len(word) - len(end) >= (3 if arabic or kind == "in" else 2):
            return word[: -len(end)], kind
    return folded, ""


def completed(stem: str) -> str:
    """The stem with the last letter that an ending swallowed (`серге` -> `сергей`), if that makes a known
    name.
    """
    for letters in _VOWELS_BACK:
        if lexicon().has(stem + letters):
            return stem + letters
    return stem


@lru_cache(maxsize=65536)
def nominative(folded: str) -> str:
    """A Russian given name out of an oblique case (`анну` -> `анна`) when only that is a known name."""
    if not "а" <= folded[-1:] <= "я" or lexicon().groups_of(folded):
        return folded
    for end, backs in _CASES.get(folded[-1], ()):
        if folded.endswith(end) and len(folded) - len(end) >= 3:
            for back in backs:
                if lexicon().has(folded[: -len(end)] + back):
                    return folded[: -len(end)] + back
    return folded


def clan_plural(folded: str) -> bool:
    """Whether a Chechen word names a family or clan in the plural genitive: Дудагӏеран, Беноевран."""
    return folded.endswith(elements("clan_plural_end")) and len(folded) > 6


def genitive_stem(folded: str) -> str | None:
    """The father's name in the Chechen genitive (`мусан` -> `муса`), when that is a known name."""
    for end in elements("genitive_end"):
        if folded.endswith(end) and len(folded) - len(end) >= 2:
            stem = completed(folded[: -len(end)])
            if lexicon().has(stem):
                return stem
    return None
