"""The language in which staff are spoken to: on their pages and on what is printed for them.

The msgid is the English text itself, and English needs no catalogue. `_` and `n_` speak at once; `marked`
names a text that is spoken where it is shown. Whole sentences that the matcher or an import made with
names and numbers in them are found by their pattern (`sentence`). `make words` collects all of them.
"""

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ENGLISH = "en"
STAFF_LANGUAGES = (ENGLISH, "ru", "ar")
LANGUAGE_NAMES = {ENGLISH: "English", "ru": "Русский", "ar": "العربية"}
_RIGHT_TO_LEFT = frozenset({"ar"})
_PLACE = re.compile(r"\{\d\}")
_LEAST_KNOWN = 6  # letters of a pattern beside its places: a shorter one would fit anything
_current: ContextVar[str] = ContextVar("staff_language", default=ENGLISH)


@dataclass(frozen=True)
class Pattern:
    """An English sentence with places in it, and how another language says it."""

    fits: re.Pattern[str]
    said: str


def language() -> str:
    """The language of the one who is answered now."""
    return _current.get()


def direction() -> str:
    """`ltr` or `rtl`, for the dir attribute."""
    return "rtl" if language() in _RIGHT_TO_LEFT else "ltr"


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Speaks `wanted` inside the block; an unknown language is English."""
    token = _current.set(wanted if wanted in STAFF_LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _current.reset(token)


def _(text: str) -> str:
    """`text` in the reader's language; as it stands where nobody has translated it yet."""
    return _catalogue(language()).gettext(text) if text else text


def n_(one: str, many: str, number: int) -> str:
    """The form that goes with `number`; the caller fills in `%(num)s`."""
    return _catalogue(language()).ngettext(one, many, number)


def marked(text: str) -> str:
    """Names a text for the catalogues and leaves it as it is."""
    return text


def sentence(text: str) -> str:
    """A sentence that was made in English, with names or numbers in it, in the reader's language."""
    spoken = _(text)
    if spoken != text or language() == ENGLISH:
        return spoken
    for pattern in _patterns(language()):
        found = pattern.fits.fullmatch(text)
        if found:
            return _filled(pattern.said, found)
    return text


def _filled(said: str, found: re.Match[str]) -> str:
    return _PLACE.sub(lambda place: _(found[int(place[0][1])]), said)


@cache
def _catalogue(wanted: str) -> gettext.NullTranslations:
    if wanted == ENGLISH:
        return gettext.NullTranslations()
    compiled = files("service.pages").joinpath("locales", wanted, "LC_MESSAGES", "staff.mo")
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


@cache
def _patterns(wanted: str) -> tuple[Pattern, ...]:
    """Longest first, so that the sentence that says most is the one that is recognised."""
    entries: dict[object, str] = getattr(_catalogue(wanted), "_catalog", {})
    known = [
        (text, said)
        for text, said in entries.items()
        if isinstance(text, str) and _PLACE.search(text) and len(_PLACE.sub("", text)) >= _LEAST_KNOWN
    ]
    known.sort(key=lambda entry: -len(_PLACE.sub("", entry[0])))
    return tuple(Pattern(_expression(text), said) for text, said in known)


def _expression(text: str) -> re.Pattern[str]:
    """Places are numbered from 1 in the order in which the English names them."""
    return re.compile("(.+?)".join(re.escape(part) for part in _PLACE.split(text)), re.DOTALL)
