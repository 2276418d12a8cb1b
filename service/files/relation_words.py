"""How an enquirer says what they are to the family: words of the languages in which requests arrive."""

import re

from schemas.vocabulary import Relation, Side

# word stems, longest first within a relation; a stem matches the beginning of a word
_STEMS: dict[Relation, tuple[str, ...]] = {
    Relation.GRANDMOTHER: (
        "grandmother", "бабушк", "grand-mère", "grand-mere", "جدة", "جده", "buvi", "бувиси", "бибӣ",
        "модаркалон", "büyükanne", "babaanne", "anneanne", "әже", "dapîr", "großmutter",
    ),
    Relation.GRANDFATHER: (
        "grandfather", "дедушк", "дед", "grand-père", "grand-pere", "جد", "bobo", "бобо", "buva", "dede",
        "bapîr", "großvater",
    ),
    Relation.MOTHER: ("mother", "мать", "мама", "mère", "mere", "والدة", "الأم", "أم", "ام", "ona", "onasi",
                      "она", "модар", "anne", "ана", "эне", "dayik", "mutter"),
    Relation.FATHER: ("father", "отец", "папа", "père", "pere", "والد", "الأب", "أب", "اب", "ota",
                      "otasi", "падар", "baba", "әке", "bav", "vater"),
    Relation.AUNT: ("aunt", "тётя", "тетя", "тётк", "тетк", "tante", "خالة", "عمة", "xola", "amma", "хола",
                    "амма", "teyze", "hala"),
    Relation.UNCLE: ("uncle", "дядя", "oncle", "خال", "عم", "amaki", "togʻa", "амак", "тағо", "amca", "dayı",
                     "onkel"),
    Relation.BROTHER: ("brother", "брат", "frère", "frere", "أخ", "اخ", "aka", "akasi", "uka", "ukasi",
                       "бародар", "kardeş", "ağabey", "bira", "bruder"),
    Relation.SISTER: ("sister", "сестр", "sœur", "soeur", "أخت", "اخت", "opasi", "singil", "singli", "хоҳар",
                      "abla", "xwişk", "schwester"),
    Relation.HUSBAND: ("husband", "муж", "mari", "époux", "زوج", "er", "eri", "шавҳар", "koca", "mann"),
    Relation.WIFE: ("wife", "жена", "épouse", "femme", "زوجة", "xotin", "зан", "karı", "frau"),
    Relation.COUSIN: ("cousin", "kuzen", "amakivachcha", "togʻavachcha", "ammavachcha", "xolavachcha",
                      "амакбача", "тағобача", "аммабача", "холабача"),
    Relation.GUARDIAN: ("guardian", "опекун", "tuteur", "tutrice", "وصي", "vasiy", "vasisi", "васӣ",
                        "сарпараст"),
}  # fmt: skip
# two words that mean something else than one of them alone
_PHRASES = (
    ("чоң эне", "бабушка"),
    ("чоң ата", "дедушка"),
    ("katta ona", "бабушка"),
    ("katta ota", "дедушка"),
    ("kız kardeş", "сестра"),
    ("двоюродный брат", "cousin"),
    ("двоюродная сестра", "cousin"),
)
_MATERNAL = (
    "maternal",
    "по матери",
    "по линии матери",
    "maternel",
    "من جهة الأم",
    "لأم",
    "الأم",
    "ona tomon",
)
_PATERNAL = ("paternal", "по отцу", "по линии отца", "paternel", "من جهة الأب", "لأب", "الأب", "ota tomon")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SIDE_PHRASE = re.compile(
    r"по (?:линии )?(?:матери|отц[уа])|من جهة (?:الأم|الأب)|(?:ona|ota) tomon\w*", re.IGNORECASE
)
# Uzbek oʻ and gʻ, for which people type whatever mark their keyboard has
_UZBEK_MARK = re.compile(r"(?<=[og])['ʼ`‘’]")
_SHORT = 3  # stems up to this length must be the whole word


def side_of(written: str) -> Side:
    """Maternal or paternal when the enquirer says so; unknown when neither or both are said."""
    text = written.casefold()
    maternal, paternal = any(w in text for w in _MATERNAL), any(w in text for w in _PATERNAL)
    if maternal == paternal:
        return Side.UNKNOWN
    return Side.MATERNAL if maternal else Side.PATERNAL


def relations_of(written: str) -> tuple[Relation, ...]:
    """The relations named, in order: "мать / бабушка по матери" is mother and grandmother."""
    text = _UZBEK_MARK.sub("ʻ", _SIDE_PHRASE.sub(" ", written.casefold()))
    for phrase, word in _PHRASES:
        text = text.replace(phrase, word)
    found: list[Relation] = []
    for word in _WORD.findall(text):
        relation = _relation(word)
        if relation and relation not in found:
            found.append(relation)
    return tuple(found)


def _relation(word: str) -> Relation | None:
    best: tuple[int, Relation] | None = None
    for relation, stems in _STEMS.items():
        for stem in stems:
            fits = word == stem if len(stem) <= _SHORT else word.startswith(stem)
            if fits and (best is None or len(stem) > best[0]):
                best = (len(stem), relation)
    return best[1] if best else None
