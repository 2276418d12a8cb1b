"""Scripts and match keys: which script a text is in, and the form in which its spellings are compared.

Every function here is linear in the capped text, whatever is thrown at it: text is cut to 100 code points
and four marks a letter before Unicode normalisation sees it (normalising long runs of marks is quadratic),
and again after.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from matching.names.letters import (
    APOSTROPHES,
    ARABIC,
    CYRILLIC,
    CYRILLIC_AS_LATIN,
    DASHES,
    LATIN,
    LATIN_AS_CYRILLIC,
    PALOCHKA,
    PALOCHKA_TYPED,
)
from schemas.vocabulary import Script

MAX_LENGTH = 100  # code points; of 100,000 real names the longest has 69
MAX_MARKS = 4
_BREAK = "\n"  # between words that are read together
_CYRILLIC = re.compile("[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]")
_HOMELESS = re.compile(  # what may have strayed among Cyrillic: Latin letters, what is typed for a palochka
    f"[a-zA-Z\u00aa-\u024f\u0259\u1e00-\u1eff\uff21-\uff5a{re.escape(''.join(sorted(PALOCHKA_TYPED)))}]"
)
_PLAIN = re.compile("(?:[а-яёА-ЯЁ]+|[ء-غف-ي]+|[a-zA-Z]+)")  # nothing but lower case to read
_NOT_ARABIC = re.compile("[a-zA-Zа-яА-Я]")
_SPACES = re.compile(f" +{_BREAK} *|{_BREAK} +|  +")
_STRAYED = re.compile(  # kinds of letters of a token that may have look-alikes to bring home
    f"(?<![^ {_BREAK}])(?:(?![^ {_BREAK}]*l)(?=[^ {_BREAK}]*[ckp])(?=[^ {_BREAK}]*[mqrup])"
    f"|(?![^ {_BREAK}]*[cp])(?=[^ {_BREAK}]*k)(?=[^ {_BREAK}]*[lmq]))[^ {_BREAK}]+"
)
_ROUNDS = 4  # of bringing look-alikes home; each brings at least one letter or is the last
_WITHOUT_MARKS = re.compile(r"[\x00-\u02ff\u0400-\u0482\u048a-\u0590\u0620-\u064a\u0671-\u06d3]*")
_DASH = re.compile(f"[{re.escape(''.join(sorted(DASHES)))}]")
_KURMANJI = frozenset("êîûÊÎÛ")
_TATWEEL = "ـ"
_KEPT_MARKS = frozenset(
    "\u0306\u0308\u0327\u0328\u0302\u030c\u0307"
)  # make letters of their own in š ç ğ ü й ё


@lru_cache(maxsize=4096)
def letter_script(letter: str) -> Script:
    """The script of one letter; `NONE` for digits, marks and punctuation."""
    code = ord(letter)
    if not letter.isalpha():
        return Script.NONE
    if code < 0x250 or 0x1E00 <= code < 0x1F00 or 0xFF21 <= code <= 0xFF5A or code == 0x259:
        return Script.LATIN
    if 0x400 <= code < 0x530 or 0x1C80 <= code < 0x1C90 or 0x2DE0 <= code < 0x2E00 or 0xA640 <= code < 0xA6A0:
        return Script.CYRILLIC
    if 0x600 <= code < 0x780 or 0x8A0 <= code < 0x900 or 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFEFF:
        return Script.ARABIC
    if unicodedata.category(letter) == "Lm":
        return Script.NONE
    return Script.LATIN if unicodedata.name(letter, "").startswith("LATIN") else Script.OTHER


def script_of(text: str) -> Script:
    """The script of a written value. A palochka or look-alike typed in another script does not make it
    mixed.
    """
    return script_of_read(lettered(text))


@lru_cache(maxsize=16384)
def script_of_read(heard: str) -> Script:
    """The script of what `lettered` gave."""
    if _PLAIN.fullmatch(heard):
        return letter_script(heard[0])
    return _script_of_kinds(frozenset(heard.translate(_KINDS)))


@lru_cache(maxsize=1024)
def _script_of_kinds(kinds: frozenset[str]) -> Script:
    """The one script that letters of these kinds are of, `MIXED` for several."""
    found = {script for script, of_it in _KINDS_OF.items() if not kinds.isdisjoint(of_it)}
    if not found:
        return Script.NONE
    return found.pop() if len(found) == 1 else Script.MIXED


def only_arabic(text: str) -> bool:
    """Whether a text has letters and all of them are of the Arabic script."""
    if _NOT_ARABIC.search(text, 0, MAX_LENGTH):
        return False
    return _script_of_kinds(frozenset(text[:MAX_LENGTH].translate(_KINDS))) is Script.ARABIC


def kurdish(text: str) -> bool:
    """Whether a text in Latin letters has the long vowels of Kurmanji: given name, father, family."""
    return not _KURMANJI.isdisjoint(text[:MAX_LENGTH])


class _Kinds(dict[int, str]):
    """Code point -> a letter for what it is, worked out when it is first met.

    c, k, p: Cyrillic, looking like a Latin letter, palochka. l, m, q: Latin, looking like a Cyrillic
    letter, typed for a palochka. o, u: of another script, typed for a palochka. r: no letter, typed for a
    palochka. a: Arabic. `-`: no letter; a space and a break are themselves.
    """

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        found = _KIND_OF[letter_script(letter)]
        if letter in PALOCHKA_TYPED:
            found = _TYPED[found]
        elif letter in LATIN_AS_CYRILLIC:
            found = "m"
        elif letter in CYRILLIC_AS_LATIN:
            found = "k"
        self[code] = found = letter if letter in _APART else found
        return found


_APART = frozenset((" ", _BREAK))
_KIND_OF = {
    Script.CYRILLIC: "c", Script.ARABIC: "a", Script.LATIN: "l", Script.OTHER: "o", Script.NONE: "-"
}  # fmt: skip
_TYPED = {"c": "p", "l": "q", "o": "u", "-": "r"}
_KINDS_OF = {Script.CYRILLIC: "ckp", Script.ARABIC: "a", Script.LATIN: "lmq", Script.OTHER: "ou"}
_KINDS = _Kinds()
_TO_CYRILLIC = str.maketrans({**LATIN_AS_CYRILLIC, **dict.fromkeys(PALOCHKA_TYPED, PALOCHKA)})
_TO_LATIN = str.maketrans(CYRILLIC_AS_LATIN)


def capped(text: str) -> str:
    """At most 100 code points, at most four combining marks in a row."""
    return _few_marks(text[:MAX_LENGTH])


def _few_marks(text: str) -> str:
    if _WITHOUT_MARKS.fullmatch(text):
        return text
    kept, done = "", 0
    for run in _TOO_MANY.finditer(text.translate(_MARKS)):
        kept += text[done : run.start() + MAX_MARKS]
        done = run.end()
    return kept + text[done:]


class _Marks(dict[int, str]):
    """Code point -> `m` for a combining mark, `-` for all else; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = "m" if unicodedata.combining(chr(code)) else "-"
        return found


_MARKS = _Marks()
_TOO_MANY = re.compile(f"m{{{MAX_MARKS + 1},}}")


def unmixed(token: str) -> str:
    """A token with its look-alikes brought home: Latin `a` and `1` inside Cyrillic, Cyrillic `с` inside
    Latin.
    """
    if token.isascii() or not (_CYRILLIC.search(token) and _HOMELESS.search(token)):
        return token
    return _at_home(token, token.translate(_KINDS))


def _at_home(token: str, kinds: str) -> str:
    """A token whose letters are of these kinds, with its look-alikes brought home."""
    strange = "c" in kinds or "p" in kinds
    if strange and "l" in kinds:
        return token
    cyrillic = kinds.count("c") + kinds.count("k") + kinds.count("p")
    if not cyrillic:
        return token
    if cyrillic >= kinds.count("l") + kinds.count("m") + kinds.count("q"):
        return token if "l" in kinds else token.translate(_TO_CYRILLIC)
    return token if strange else token.translate(_TO_LATIN)


def _all_home(whole: str) -> str:
    """Spaced words with a break between them, each with its look-alikes brought home."""
    if whole.isascii() or not (_CYRILLIC.search(whole) and _HOMELESS.search(whole)):
        return whole
    kinds, done = whole.translate(_KINDS), 0
    found: list[str] = []
    for match in _STRAYED.finditer(kinds):
        begin, end = match.span()
        found += (whole[done:begin], _at_home(whole[begin:end], match.group()))
        done = end
    return "".join(found) + whole[done:]


def lettered(text: str) -> str:
    """Lower-case letters with their sound marks (ş, ğ, ё, ئ kept), everything invisible gone; words by one
    space.

    This is what sounds are read from; `fold` is what spellings are compared by.
    """
    return _lettered(text[:MAX_LENGTH])


@lru_cache(maxsize=65536)
def _lettered(text: str) -> str:
    return lettered_once(text)


def lettered_once(text: str) -> str:
    """`lettered`, for who keeps what came of it."""
    text = text[:MAX_LENGTH]
    if _PLAIN.fullmatch(text):
        return text.lower()
    if _WITHOUT_MARKS.fullmatch(text) and unicodedata.is_normalized("NFKC", text):
        lowered = _lowered(text)
        if not lowered.isalpha() or _TATWEEL in lowered:
            lowered = " ".join(lowered.translate(_AUDIBLE).split())
        return lowered
    lowered = _lowered(unicodedata.normalize("NFKC", capped(text))[:MAX_LENGTH])
    return unicodedata.normalize("NFC", _audible(capped(lowered)))[:MAX_LENGTH].strip()


def _lowered(text: str) -> str:
    """In lower case, without dashes, look-alikes brought home."""
    words = (text if text.isalnum() else _DASH.sub(" ", text)).split()
    return " ".join([unmixed(word) for word in words]).replace("İ", "i").lower()


def _audible(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if text.isalpha() and _TATWEEL not in text:
        return text
    return " ".join(text.translate(_AUDIBLE).split())


class _Audible(dict[int, str]):
    """Code point -> the letter itself, a space, or nothing; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = heard = _heard(letter, unicodedata.category(letter))
        return heard


_AUDIBLE = _Audible()


def _heard(letter: str, category: str) -> str:
    if category == "Mn":
        return letter if letter in _KEPT_MARKS else ""
    if letter == _BREAK:
        return letter
    if category in ("Cf", "Cc", "Cs", "Co", "Me") or letter == _TATWEEL:
        return ""
    if letter.isalpha() or letter.isdigit():
        return letter
    return "" if letter in APOSTROPHES else " "


def fold(text: str) -> str:
    """The match key of a spelling: base letters only, one letter for each family (ة ه, ی ي, ё е, ş s).

    Folding a key again gives the same key.
    """
    return _folded(text[:MAX_LENGTH])


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    return fold_read(lettered(text))


@lru_cache(maxsize=65536)
def fold_read(heard: str) -> str:
    """`fold` of what `lettered` gave."""
    return _keys(heard)


def _keys(heard: str) -> str:
    """The match keys of what was heard, one word or several with breaks between them.

    Without marks, letters may look alike that did not before: it is repeated until all are home.
    """
    keys = _spaced(heard.translate(_KEYS))
    for _ in range(_ROUNDS):
        home = _all_home(keys)
        if home == keys:
            break
        keys = _spaced(home.translate(_KEYS))
    return keys


def readings(words: Sequence[str]) -> list[tuple[str, str]]:
    """What `lettered` and `fold` give for each of a few words, which are read together: a hundred letters of
    them all, counted after ligatures were taken apart.
    """
    if all(map(_PLAIN.fullmatch, words)):
        return [(lettered(word), fold(word)) for word in words]
    whole = unicodedata.normalize("NFKC", capped(_BREAK.join(words)))
    if len(whole) > MAX_LENGTH:
        whole = whole[:MAX_LENGTH]
        whole += _BREAK * (len(words) - 1 - whole.count(_BREAK))
    whole = _all_home(_spaced(_DASH.sub(" ", whole))).replace("İ", "i").lower()
    if _WITHOUT_MARKS.fullmatch(whole):
        whole = whole.translate(_AUDIBLE)
    else:
        whole = unicodedata.normalize("NFC", _few_marks(whole)).translate(_AUDIBLE)
        whole = unicodedata.normalize("NFC", whole)
    heard = _spaced(whole)
    return list(zip(heard.split(_BREAK), _keys(heard).split(_BREAK), strict=True))


def _spaced(words: str) -> str:
    """Words without a space too many, each cut to the length of a name."""
    if " " in words:
        words = _SPACES.sub(lambda found: _BREAK if _BREAK in found.group() else " ", words).strip(" ")
    if len(words) <= MAX_LENGTH:
        return words
    return _BREAK.join([word[:MAX_LENGTH].strip() for word in words.split(_BREAK)])


class _Keys(dict[int, str]):
    """Code point -> what stands for it in a match key; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter == " " or letter in ARABIC or letter in CYRILLIC:
            key = ARABIC.get(letter, CYRILLIC.get(letter, letter))
        elif letter in APOSTROPHES or unicodedata.category(letter) == "Lm":
            key = ""
        else:
            key = _base(letter)
        self[code] = key
        return key


_KEYS = _Keys()


def _base(letter: str) -> str:
    if letter in LATIN:
        return LATIN[letter]
    if letter_script(letter) is not Script.LATIN:
        return letter if not unicodedata.combining(letter) else ""
    bare = "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
    return LATIN.get(bare, bare)
