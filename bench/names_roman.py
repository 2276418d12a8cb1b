"""Romanisations for the peers and the pairwise task: anyascii; uroman and ICU with the `bench` extra."""

from collections.abc import Sequence
from functools import cache

from anyascii import anyascii
from rapidfuzz.utils import default_process

_CODES = {"ru": "rus", "ar": "ara", "en": "eng"}


def by_anyascii(names: Sequence[str], _language: str = "") -> list[str]:
    return [default_process(anyascii(name)) for name in names]


@cache
def _uroman() -> object:
    import uroman

    return uroman.Uroman()


@cache
def _one_uroman(name: str, language: str) -> str:
    return default_process(_uroman().romanize_string(name, lcode=_CODES[language]))


def by_uroman(names: Sequence[str], language: str) -> list[str]:
    return [_one_uroman(name, language) for name in names]


@cache
def _icu() -> object:
    import icu

    return icu.Transliterator.createInstance("Any-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower")


def by_icu(names: Sequence[str], _language: str = "") -> list[str]:
    return [default_process(_icu().transliterate(name)) for name in names]
