"""The words of the public pages: one gettext catalogue per language, every key in every language.

The msgid is a key (`request.title`); the English words stand beside it in each catalogue. `make words`
compiles them.
"""

import gettext
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.languages import KNOWN, USUAL

FALLBACK = "en"
_RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True)
class Words:
    """The words of one language; `words("request.title")` or `words("person", n=3)`."""

    language: str
    catalogue: gettext.GNUTranslations

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key with `{names}` filled in. A key that no catalogue knows is our own slip."""
        text = self.catalogue.gettext(key)
        if text == key:
            raise KeyError(key)
        return text.format(**values) if values else text

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, for the dir attribute."""
        return "rtl" if self.language in _RIGHT_TO_LEFT else "ltr"

    @property
    def unread(self) -> bool:
        """Whether no native speaker has read the catalogue yet; its pages say so."""
        return self("site.native_reader") == "wanted"


@cache
def words_of(language: str) -> Words:
    """The words of `language`, which must be one of `KNOWN`. Raises KeyError for another one."""
    if language not in KNOWN:
        raise KeyError(language)
    compiled = files("service.pages").joinpath("locales", language, "LC_MESSAGES", "homeward.mo")
    with compiled.open("rb") as file:
        return Words(language, gettext.GNUTranslations(file))


def best_language(accept_language: str, offered: Sequence[str] = USUAL) -> str:
    """The first offered language that a browser's Accept-Language header asks for, else English.

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
    first = FALLBACK if FALLBACK in offered else offered[0]
    return next((tag for _, _, tag in sorted(wishes) if tag in offered), first)
