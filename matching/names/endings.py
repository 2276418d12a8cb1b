"""Endings that tell the role of a word and hide the name inside: -ович, -овна, -ов(а), -ский, -зода, кызы, وف."""

from functools import lru_cache

from matching.names.lexicon import lexicon

# ending -> class; longest endings are tried first. Oblique cases of relatives' letters are included.
_PATRONYMIC = (
    "овича овичу овичем овиче ович евича евичу евичем евиче евич "
    "овною овной овну овны овне овна евною евной евну евны евне евна ичны ичну ична "
    "ovitch evitch owitsch ewitsch ovych evych ovich evich ovic evic ovna evna owna ewna ichna itchna "
    "وفيتش يفيتش وفنا يفنا وفيتس"
).split()
_CHILD_OF = (
    "кызы қызы кизи қизи гызы огли угли оглы оглу уулу улы qizi kyzy kizi gizi qyzy oglu ogli ogly uulu uly "
    "قيزي كيزي اوغلو اوغلي"
).split()
_SURNAME = {
    "ov": "овою овой овым ову ове ова ов евою евой евым еву еве ева ев оф еф "
    "ova ov eva ev ova owa ow ewa ew off eff ove yev yeva jew jewa وفا وفه وف يفا يفه يف",
    "ski": "ского скому ским скую ской ская ский цкий цкая skaya skaia skaja skiy skij skii sky ski ska "
    "سكايا سكايه سكي تسكي",
    "zoda": "зода заде задэ зады zoda zodah zadeh zade zada زاده زادا زودا",
    "in": "ина ин ын ына ину иной ina in yn yna",
    "other": "швили дзе енко shvili dze enko",
}
_NOT_SURNAMES = frozenset("معروف رووف عطوف موصوف مكشوف خلف يوسف لطيف شريف".split())
_VOWELS_BACK = ("", "а", "й", "я", "ий", "ь", "a", "i", "y", "ا", "ه", "ي")


def _by_length(endings: list[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(endings), key=len, reverse=True))


_PATRONYMICS = _by_length(_PATRONYMIC)
_CHILDREN = _by_length(_CHILD_OF)
_SURNAMES = tuple(
    sorted(((end, kind) for kind, ends in _SURNAME.items() for end in ends.split()), key=lambda pair: -len(pair[0]))
)


@lru_cache(maxsize=65536)
def patronymic_stem(folded: str) -> str | None:
    """The father's name in a one-word patronymic (`магомедовна` -> `магомед`), or None."""
    for end in _PATRONYMICS:
        if folded.endswith(end) and len(folded) - len(end) >= 2:
            return completed(folded[: -len(end)])
    for end in _CHILDREN:
        if folded.endswith(end) and len(folded) - len(end) >= 3:
            return completed(folded[: -len(end)].rstrip())
    if folded.endswith("ич") and lexicon().has(folded[:-2] + "а"):
        return folded[:-2] + "а"
    return "илья" if folded in ("илич", "илинична") else None


@lru_cache(maxsize=65536)
def surname_ending(folded: str) -> tuple[str, str]:
    """Stem and class of a surname (`алиева` -> `али`, `ov`); class is empty when the word has no such ending.

    Class `in` is weak: many given names end so, and the caller has to know the word for no given name.
    """
    word = folded.replace(" ", "")
    if word in _NOT_SURNAMES:
        return folded, ""
    arabic = "ا" <= word[:1] <= "ي"
    for end, kind in _SURNAMES:
        if word.endswith(end) and len(word) - len(end) >= (3 if arabic or kind == "in" else 2):
            return word[: -len(end)], kind
    return folded, ""


@lru_cache(maxsize=65536)
def completed(stem: str) -> str:
    """The stem with the last letter that an ending swallowed (`серге` -> `сергей`), if that makes a known name."""
    for letters in _VOWELS_BACK:
        if lexicon().has(stem + letters):
            return stem + letters
    return stem


@lru_cache(maxsize=65536)
def nominative(folded: str) -> str:
    """A Russian given name out of an oblique case (`анну` -> `анна`) when only that is a known name."""
    if lexicon().groups_of(folded) or not "а" <= folded[-1:] <= "я":
        return folded
    for end, backs in (("ой", ("а",)), ("ом", ("",)), ("ем", ("й", "")), ("у", ("а", "")), ("ю", ("я", "й", "")),
                       ("ы", ("а",)), ("и", ("я", "а", "")), ("е", ("а", "")), ("а", ("",)), ("я", ("й", ""))):  # fmt: skip
        if folded.endswith(end) and len(folded) - len(end) >= 3:
            for back in backs:
                if lexicon().has(folded[: -len(end)] + back):
                    return folded[: -len(end)] + back
    return folded
