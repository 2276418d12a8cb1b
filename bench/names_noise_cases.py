"""Russian names in oblique cases, by the school grammar: hand-made, for the noise bench only."""

CASES = ("genitive", "dative", "accusative", "instrumental", "prepositional")
_HUSHING = "гкхжчшщ"


def _endings(text: str) -> dict[str, str]:
    return dict(zip(CASES, text.split(), strict=True))


_SURNAME_OV = _endings("а у а ым е")
_SURNAME_OVA = _endings("ой ой у ой ой")
_SURNAME_SKY = _endings("ого ому ого им ом")
_SURNAME_SKAYA = _endings("ой ой ую ой ой")
_OVICH = _endings("а у а ем е")
_OVNA = _endings("ы е у ой е")
_HARD = _endings("а у а ом е")
_SOFT = _endings("я ю я ем е")
_ON_A = _endings("ы е у ой е")
_ON_YA = _endings("и е ю ей е")
_SOFT_WOMAN = _endings("и и ь ью и")


def surname(name: str, woman: bool, case: str) -> str:
    if name.endswith("кий"):
        return name[:-2] + _SURNAME_SKY[case]
    if name.endswith("кая"):
        return name[:-2] + _SURNAME_SKAYA[case]
    return name[:-1] + _SURNAME_OVA[case] if woman else name + _SURNAME_OV[case]


def patronymic(name: str, woman: bool, case: str) -> str:
    return name[:-1] + _OVNA[case] if woman else name + _OVICH[case]


def given(name: str, woman: bool, case: str) -> str:
    """Women's names on a hard consonant and names on other vowels stay as they are."""
    last = name[-1]
    if last == "а":
        ending = _ON_A[case]
        return name[:-1] + ("и" if ending == "ы" and name[-2] in _HUSHING else ending)
    if last == "я":
        return name[:-1] + _ON_YA[case]
    if last == "ь":
        return name[:-1] + (_SOFT_WOMAN if woman else _SOFT)[case]
    if last == "й":
        return name[:-1] + _SOFT[case]
    if woman or last in "еиоуыэюё":
        return name
    return name + _HARD[case]
