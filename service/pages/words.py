"""The words of the public pages: one table per language, every key in every language."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("ru", "en", "ar")  # in the order in which the start page offers them
FALLBACK = "en"


@dataclass(frozen=True)
class Words:
    """The table of one language; `words("request.title")` or `words("person", n=3)`."""

    language: str
    table: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key with `{names}` filled in. A key that no table knows is our own slip."""
        return self.table[key].format(**values) if values else self.table[key]

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, for the dir attribute."""
        return self.table["site.direction"]


@cache
def words_of(language: str) -> Words:
    """The table of `language`, which must be one of `LANGUAGES`."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = files("service.pages").joinpath("locales", f"{language}.toml").read_text(encoding="utf-8")
    return Words(language, dict(_flatten(tomllib.loads(text), "")))


def _flatten(branch: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in branch.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value)


def best_language(accept_language: str) -> str:
    """The first of our languages that a browser's Accept-Language header asks for, else English.

    Belarusian, Chechen and their neighbours rarely stand alone in that header, so order decides and
    weights are read only to keep it.
    """
    wishes: list[tuple[float, int, str]] = []
    for place, entry in enumerate(accept_language[:500].split(",")):
        tag, _, weight = entry.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), place, tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wishes) if tag in LANGUAGES), FALLBACK)
