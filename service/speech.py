"""The language in which staff are spoken to: on their pages and on what is printed for them.

The msgid is the English text itself, and English needs no catalogue. `_` and `n_` speak at once; `marked`
names a text that is spoken where it is shown. Whole sentences that the matcher or an import made with
names and numbers in them are found by their pattern (`sentence`). `make words` collects all of them.
"""

import gettext
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

ENGLISH = "en"
STAFF_LANGUAGES = (ENGLISH, "ru", "ar")
LANGUAGE_NAMES = {ENGLISH: "English", "ru": "Русский", "ar": "العربية"}
_RIGHT_TO_LEFT = frozenset({"ar"})
_MARK = "\u200e"  # left-to-right mark: seen by nobody, heeded by whoever lays out a line
_SENTENCE_END = re.compile(r"(?<=[.?!]) ")
_PLACE = re.compile(r"\{\d\}")
_LEAST_KNOWN = 6  # letters of a pattern beside its places: a shorter one would fit anything
_current: ContextVar[str] = ContextVar("staff_language", default=ENGLISH)


def language() -> str:
    """The language of the one who is answered now."""
    return _current.get()


def direction() -> str:
    """`ltr` or `rtl`, for the dir attribute."""
    return "rtl" if language() in _RIGHT_TO_LEFT else "ltr"


def comma() -> str:
    """What stands between two things in a row."""
    return "، " if language() == "ar" else ", "


def number(text: str) -> str:
    """A number with its sign, unit or dashes, kept in its order where lines run from right to left."""
    return f"{_MARK}{text}{_MARK}" if direction() == "rtl" else text


def percent(text: str) -> str:
    return number(f"{text}%" if language() == "ar" else f"{text} %")


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
    """What was made in English, with names or numbers in it, in the reader's language.

    Several sentences or clauses in a row are spoken one by one; what nobody translated stays English.
    """
    spoken = _(text)
    if spoken != text or language() == ENGLISH or not text:
        return spoken
    return _whole(text, _strict) or _parts(text) or _whole(text, _loose) or text


def _parts(text: str) -> str:
    """A row of sentences, or of clauses when each is known."""
    sentences = _SENTENCE_END.split(text)
    if len(sentences) > 1:
        return " ".join(sentence(one) for one in sentences)
    clauses = [_(one) if _(one) != one else _whole(one, _strict) for one in text.split("; ")]
    return "; ".join(clauses) if len(clauses) > 1 and all(clauses) else ""


def _whole(text: str, fits: Callable[[str], re.Pattern[str]]) -> str:
    for known, said in _patterns(language()):
        found = fits(known).fullmatch(text)
        if found:
            return _filled(said, found)
    return ""


def _filled(said: str, found: re.Match[str]) -> str:
    return _PLACE.sub(lambda place: _carried(found[int(place[0][1])]), said)


def _carried(part: str) -> str:
    """What is filled in: a name stays as written, even one that is a word of the pages too (Home, Sum)."""
    return part if part.isalpha() and part[0].isupper() else sentence(part)


@cache
def _catalogue(wanted: str) -> gettext.NullTranslations:
    if wanted == ENGLISH:
        return gettext.NullTranslations()
    compiled = files("service.pages").joinpath("locales", wanted, "LC_MESSAGES", "staff.mo")
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


@cache
def _patterns(wanted: str) -> tuple[tuple[str, str], ...]:
    """English with places, and how it is said; what says most comes first."""
    entries: dict[object, str] = getattr(_catalogue(wanted), "_catalog", {})
    known = [
        (text, said)
        for text, said in entries.items()
        if isinstance(text, str) and _PLACE.search(text) and len(_PLACE.sub("", text)) >= _LEAST_KNOWN
    ]
    return tuple(sorted(known, key=lambda entry: -len(_PLACE.sub("", entry[0]))))


@cache
def _strict(text: str) -> re.Pattern[str]:
    """Places, numbered from 1 in the order of the English, each within one clause."""
    return _joined(text, r"((?:(?!; |\. ).)+?)")


@cache
def _loose(text: str) -> re.Pattern[str]:
    return _joined(text, "(.+?)")


def _joined(text: str, place: str) -> re.Pattern[str]:
    return re.compile(place.join(re.escape(part) for part in _PLACE.split(text)), re.DOTALL)
