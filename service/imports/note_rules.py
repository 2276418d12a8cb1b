"""How remarks say what they say: patterns over text in plain letters (`fold.even`), by fact.

Patterns are written in folded letters: ه for ة, ا for أإآ, ي for ى, no accents, lower case. Every
quantifier is bounded or works on one word, so that no remark can make the matching slow.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from service.imports.fold import even
from service.imports.numerals import NUMBER_WORDS, spoken_number

_DEAD = re.compile(
    r"\b(?:و?ال)?متوف\w{0,4}|\bو?ميت(?:ه)?\b|\bو?توفي\w{0,3}|\bو?مقتول\w?|\bو?قتل(?:ت|وا)?\b|"
    r"\bشهيد\w?|\bاستشهد\w?|\bمرحوم\w?|"
    r"\b(?:dead|deceased|died|killed|passed away|martyred)\b|\bумер\w{0,4}|\bпогиб\w{0,4}|"
    r"\bубит\w{0,2}|\bпокойн\w{0,3}|\bскончал\w{0,4}|"
    r"\bdecede\w{0,2}|\bmort[es]?\b|\bmorte\b|\btue[es]?\b|\bmir[iî]\w{0,3}\b|\bmiri\w{0,3}|"
    r"\bsehid\w{0,3}|\bhat\w{0,4} kust\w{0,2}|\bolu\b|\boldu\b|\bvefat\b|\bolmus\b|\bمردو\w{0,3}|"
    r"\bكوژرا\w{0,3}"
)
_PRISON = re.compile(
    r"\bمسجون\w{0,2}|\bسجين\w?|\b(?:في|ب)\s?السجن|\bمعتقل\w?|\bموقوف\w?|\bمحكوم\w?|\bin (?:prison|"
    r"jail|detention)\b|\bimprisoned\b|\bjailed\b|"
    r"\b(?:arrested|detained|sentenced)\b|\bв (?:тюрьме|заключении|сизо|колонии)|\bарестован\w?|"
    r"\bосужден\w?|\bзаключен\w{0,3}|\bсидит\b|"
    r"\ben prison\b|\bdetenue?s?\b|\bincarcere\w{0,2}|\bgirti\w?\b|\bzindan\w{0,2}|\bgirtigeh\w{0,2}|"
    r"\bcezaevi\w{0,3}|\bhapis\w{0,3}|\btutuklu\b|\bزيندان\w{0,3}|\bبهنديخانه"
)
_NOTE = re.compile(
    r"\bلا [تي]عرف|\bلا تذكر|\bمفقود|\bمجهول|\bغير \w|\bاسم\b|\bالاسم|\bو?الا[بم]\b|\bتوا?م\b|\bمعاق|"
    r"\bمريض|\bيتيم|\bنازح|\bحسب\b|\bتقول|\bيقول|\bانظر|\bتقدير|"
    r"\b(?:says?|said|claims?|unknown|unk|missing|twin|twins|disabled|sick|orphan|adopted|step\w*|"
    r"mother|father|name|names|son|daughter|see|not|no|illegible|unclear|approx|with)\b|"
    r"\bне \w|\bпропал|\bнеизв|\bговорит|\bсо слов|\bсирота|\bблизн|\bмать\b|\bотец\b|\bбольн|"
    r"\bинвалид|\bимя\b|\bпо словам|\bdisparu|\binconnu|\bjumea|\bne sait|\bpere\b|\bmere\b|\bselon\b|"
    r"\borphel|"
    r"\bnav\b|\bnenas|\bwinda|\bbav\b|\bdayik\b|\bsewi|\bkayip|\bbilinm|\bikiz|\byetim|\bengelli|"
    r"\bبزر|\bنهزان|\d{2,}"
)
_STAFF_NAMED = re.compile(
    r"\b(?:ال)?اسم من (?:ال)?(?:دار|ميتم|مركز|موظف\w{0,3}|اداره)|\bسم(?:ي|يت|وه|وها|اه|"
    r"اها)\b(?: من قبل)?.{0,20}(?:دار|موظف|اداره|مركز)|"
    r"\bname(?:d)? (?:was )?(?:given )?(?:by|from) (?:the )?(?:staff|home|orphanage|institution|"
    r"centre|center|nurse|shelter)|"
    r"\bимя (?:дали|дано|дал\w?|присвоено) (?:в|сотрудник)|\bназван\w? (?:в (?:приюте|детском)|сотрудник)|"
    r"\bnom donne par|\bprenom donne par|\bnav ji (?:aliye|xaniye|sewixane)|\bisim (?:yurt|kurum|personel)"
)
_STAFF_NAME = re.compile(
    r"^(?:سم(?:ي|يت|وه|وها|اه|اها|ياه)|(?:اطلق عليه\w? اسم)|named|called|name given|"
    r"given name by staff|назвали|назван\w?|"
    r"nommee? |prenommee?|appelee?|bi nave|navkirin|adi verildi|"
    r"adlandirildi)\s*:?\s+(?:by staff\s+)?(\S.{0,60})$"
)


@lru_cache(5_000)
def says_dead(text: str) -> bool:
    return bool(_DEAD.search(even(text)))


@lru_cache(5_000)
def says_prison(text: str) -> bool:
    return bool(_PRISON.search(even(text)))


@lru_cache(5_000)
def says_note(text: str) -> bool:
    """Whether an aside beside a name is a remark rather than another name."""
    plain = even(text)
    return bool(_DEAD.search(plain) or _PRISON.search(plain) or _NOTE.search(plain)) or len(plain.split()) > 6


def says_staff_named(text: str) -> bool:
    """The name was given by the institution, not by the family."""
    return bool(_STAFF_NAMED.search(even(text)))


def staff_given(aside: str) -> str:
    """The name in `(سمي يوسف)`, or nothing."""
    found = _STAFF_NAME.match(even(aside.strip()))
    return aside.strip()[found.start(1) : found.end(1)].strip() if found else ""


@dataclass(frozen=True, slots=True)
class ChildCount:
    """Where the words stand in the text; `elsewhere`: the children are not with the person."""

    start: int
    end: int
    count: int
    elsewhere: bool


_NUMBER = (
    r"(?P<number>\d{1,2}|"
    + "|".join(sorted((re.escape(w) for w in NUMBER_WORDS if len(w) > 2), key=len, reverse=True))
    + ")"
)
_CHILDREN = (
    r"(?:اطفال|طفلا|طفله|طفل|اولاد|ابناء|بنات|ابن(?:ه)?\b|children|child\b|kids?\b|minors?\b|sons?\b|"
    r"daughters?\b|girls?\b|boys?\b|"
    r"детей|детьми|дет(?:и|ям|ках)|ребен\w{2,4}|сын\w{0,4}|доч\w{0,5}|enfants?|zarok\w{0,3}|"
    r"mindal\w{0,3}|مندال\w{0,3}|cocu[kg]\w{0,3})"
)
_DUAL = r"(?P<dual>طفلين|طفلان|طفلتين|ولدين|بنتين|ابنين)"
_JOIN = (
    r"(?:\+|&|\bو\s*(?:معها|معه|برفقتها|لديها)?|\b(?:معها|معه|برفقتها|لديها|عندها|لها)|\bwith(?: her|"
    r" him)?|\band|\bplus|\bhas|\bhaving|\bс\b|\bи\b|\bимеет|\bу н(?:ее|его)|"
    r"\bavec|\bet\b|\ba\b|\bu\b|\bve\b|\bile\b|\bbi\b|\bligel\b|\bpe re\b|\bلهگهل|\bهيه)"
)
_COUNTED = re.compile(
    rf"(?P<join>{_JOIN}\s*)?\b(?:{_NUMBER}\s*(?:small |young |minor |малолетн\w+ |petits |"
    rf"صغار )?{_CHILDREN}|{_DUAL})(?!\w)"
)
_JOINED_DUAL = re.compile(rf"\bو?(?:معها|معه|ل?ديها|لديها|عندها|برفقتها)\s+{_DUAL}")
_BARE = re.compile(r"^\s*(?P<join>\+)\s*(?P<number>\d{1,2})\s*(?:\w{0,12})\s*$")
_LABELLED = re.compile(
    rf"\b(?:no\.? of |number of |nombre d'|عدد (?:ال)?|кол(?:ичест|"
    rf"-)?во )?{_CHILDREN}\s*[:=]\s*(?P<number>\d{{1,2}})\b"
)
_ONE = re.compile(
    r"(?P<join>\bو?معها (?:طفل|ابن|بنت)(?:ه|ها|ته|تها)?\b|\bwith (?:her |a |one )?(?:child|baby|"
    r"infant|newborn|son|daughter)\b|"
    r"\bс (?:ребенком|младенцем|сыном|дочерью|дочкой)\b|\bavec (?:un |une |son |sa )?(?:enfant|bebe|"
    r"fils|fille)\b|"
    r"\bbi (?:kur|kec|zarok)[ea]? xwe\b|\b(?:cocugu|oglu|kizi) ile\b)"
)
_ELSEWHERE = re.compile(
    r"\b(?:في|ب)\s?(?:ال)?(?:دار|ميتم|ملجا|مركز|روضه|قائمه|جدول)|\bايتام|\b(?:in|at) (?:the |"
    r"an )?(?:orphanage|institution|shelter|children|home|care|list)|\blisted|\belsewhere|\btaken|"
    r"\bв (?:приюте|детском|детдоме|интернате|списке|россии)|\bdans (?:un |l'|la )|\ba l'orphelinat|"
    r"\borphelinat|\byetimhane|\byurt(?:ta)?\b|\bsewixane|\bli (?:xaniye|sewi)|\bنقلوا|\bفي روسيا|"
    r"\bwith (?:grand|relatives)"
)


_ANY_CHILDREN = re.compile(rf"\b{_CHILDREN}(?!\w)")


def says_children(text: str) -> bool:
    """Whether a word for children stands in the text."""
    return bool(_ANY_CHILDREN.search(even(text)))


_OF_THEM = re.compile(
    rf"{_NUMBER}\s+(?:منهم|منهن|of them|of whom|из них|d'entre eux|ji wan|onlardan)\b(?P<rest>.{{0,60}})"
)


def absent_children(text: str) -> int:
    """How many of the counted children are said to be somewhere else: `ثلاثة منهم في دار الايتام`."""
    found = _OF_THEM.search(even(text))
    if not found or not (_ELSEWHERE.search(found["rest"]) or _DEAD.search(found["rest"])):
        return 0
    return spoken_number(found["number"]) or 0


@lru_cache(5_000)
def count_of_children(text: str) -> ChildCount | None:
    """The first count of children in a text; dead children are not counted."""
    plain = even(text)
    for pattern in (_COUNTED, _LABELLED, _BARE, _ONE):
        found = pattern.search(plain)
        if found is None:
            continue
        count = _count(found)
        clause = plain[found.start() : found.end() + 60]
        if not 1 <= count <= 20 or _DEAD.search(plain[max(0, found.start() - 12) : found.end() + 18]):
            continue
        return ChildCount(found.start(), found.end(), count, bool(_ELSEWHERE.search(clause)))
    return None


def _count(found: re.Match[str]) -> int:
    groups = found.groupdict()
    if groups.get("dual"):
        return 2
    if groups.get("number"):
        return spoken_number(groups["number"]) or 0
    return 1
