"""A name cell as its main text and what stands beside it in brackets or after a dash."""

import re
from dataclasses import dataclass
from functools import lru_cache

from service.imports.fold import even, key

_BRACKET = re.compile(r"[(\[{（]([^()\[\]{}（）]*)[)\]}）]?")
_DASH = re.compile(r"\s+[-–—]\s+|\s*[;؛]\s*|\s*/\s+|\s+/\s*")


@dataclass(frozen=True, slots=True)
class NameCell:
    """`main` is the text before the first bracket or dash; `asides` are the rest, in order."""

    whole: str
    main: str
    asides: tuple[str, ...]


@lru_cache(5_000)
def split_cell(text: str) -> NameCell:
    whole = text.strip(" \t\r\n")
    asides = [aside.strip() for aside in _BRACKET.findall(whole) if aside.strip()]
    main = _BRACKET.sub(" ", whole)
    parts = [part.strip(" ,،") for part in _DASH.split(main)]
    first, *rest = parts or [""]
    return NameCell(
        whole, " ".join(first.split()) if "  " in first else first, (*[r for r in rest if r], *asides)
    )


_KUNYA = re.compile(
    r"^\s*(?:al[- ]?)?(?:abu|abou|ebu|aboo|umm?|oumm?|oum|umu|ummu|umme|абу|умм?у?|ум|ابو|ابي|ابا|ام|"
    r"bavê|bave|dayika|دايكي|باوكي)[\s\-]+\S"
)
# Given names that begin like a kunya; alone they are names of a person, not of somebody's parent.
_NOT_KUNYA = {
    key(name)
    for name in [
        "ام كلثوم",
        "ام البنين",
        "ام هاني",
        "ابو بكر",
        "ابوبكر",
        "ابو سفيان",
        "abu bakr",
        "abu bakar",
        "abu bekir",
        "ebu bekir",
        "abou bakr",
        "abu sufyan",
        "abu sufian",
        "umm kulthum",
        "umm kulsum",
        "um kulthum",
        "umm kalthoum",
        "oum kalthoum",
        "umu kulsum",
        "умм кульсум",
        "умму кульсум",
        "абу бакр",
        "абу бакар",
        "абу суфьян",
        "um kulsum",
        "abu muslim",
        "абу муслим",
        "ابو مسلم",
        "umm habiba",
        "ام حبيبة",
    ]
}


def is_kunya(text: str) -> bool:
    """Whether the text calls somebody father or mother of a child, rather than by a name."""
    if not _KUNYA.match(even(text)):
        return False
    words = key(text).split()
    return " ".join(words[:2]) not in _NOT_KUNYA or len(words) > 3


def begins_like_kunya(text: str) -> bool:
    return bool(_KUNYA.match(even(text)))
