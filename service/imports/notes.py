"""Remarks and status cells -> facts of the draft. The remark itself is always kept as a note too."""

import re
from collections.abc import Callable

from schemas.person import Identifier
from schemas.vocabulary import NameRole, Relation, StatedBy
from service.imports import kin_notes, place_notes
from service.imports.brackets import is_kunya
from service.imports.draft import Draft
from service.imports.fold import even
from service.imports.note_rules import absent_children, count_of_children, says_staff_named
from service.imports.words import is_unknown

_CLAUSE = re.compile(r"\s*(?:[،؛;\n]|,(?!\d)|(?<!\bno)(?<!\bnos)(?<!\bnr)\.(?=\s|$)|\s/\s|\s[-–—]\s)\s*")


_LONGEST = 800  # characters of a remark in which facts are looked for


def read_note(draft: Draft, text: str) -> None:
    """One remarks cell: every clause is tried against every rule; nothing is taken away from it."""
    text = text.strip()
    if is_unknown(text):
        return
    draft.notes.append(draft.statement(text))
    if len(text) > _LONGEST:
        draft.problem(
            "text_partly_read", "Only the beginning of this long remark was understood; all of it is kept."
        )
        text = text[:_LONGEST]
    _count(draft, text)
    kin_notes.read_labelled(draft, text)
    for clause in _CLAUSE.split(text):
        if clause:
            for rule in _RULES:
                rule(draft, clause)


def _count(draft: Draft, text: str) -> None:
    """`+3 zarok / و ٣ أطفال` says one thing twice: the largest count, not the sum."""
    counts = [c for clause in _CLAUSE.split(text) if (c := count_of_children(clause))]
    if not counts:
        return
    most = max(counts, key=lambda c: c.count)
    draft.declared_children = max(most.count, draft.declared_children or 0)
    if most.elsewhere:
        draft.children_elsewhere = True
    else:
        here = max(0, most.count - absent_children(text))
        draft.unnamed_children = max(draft.unnamed_children, here)


_MARK = re.compile(
    r"\bندب\w{0,2}|\bوشم|\bشامه|\bعلامه (?:فارقه|مميزه|في|علي)|\bجرح\b|\bحرق\b|\bscar|\bbirth ?mark|"
    r"\bmole\b|\btattoo|\bburn\b|"
    r"\bшрам|\bродинк|\bродимо|\bожог|\bтатуир|\bcicatrice|\btache de naissance|\bgrain de beaute|"
    r"\bbrulure|\bsop(?:a)?\b|\bbirin|\byara izi|\bdogum lekesi|\bben(?:i)?\b izi|\bنيشانه"
)


def _marks(draft: Draft, clause: str) -> None:
    if _MARK.search(even(clause)):
        draft.marks.append(draft.statement(clause))


_KUNYA = re.compile(
    r"\b(?:kuni?y[ae]h?|كنيت\w{1,2}|(?:ال)?كنيه|[تي]كن[ي]|кун[ьи]я|kinye)\s*(?:is|:|=|-|ب)?\s*(\S.{0,60})$"
)


def _kunya(draft: Draft, clause: str) -> None:
    if found := _KUNYA.search(even(clause)):
        draft.add_name(clause[found.start(1) : found.end(1)].strip(), NameRole.KUNYA)
    elif is_kunya(clause) and len(clause.split()) <= 4:
        draft.add_name(clause.strip(), NameRole.KUNYA)


def _staff(draft: Draft, clause: str) -> None:
    draft.staff_named = draft.staff_named or says_staff_named(clause)


_LANGUAGE = re.compile(
    r"\b(?:ال)?(?:روسيه|روسي|شيشانيه|شيشاني|عربيه|عربي|تركيه|تركي|فرنسيه|اوزبكيه|ازبكيه|قيرغيزيه|"
    r"قرغيزيه|كازاخيه|طاجيكيه|كرديه|انكليزيه|انجليزيه|المانيه|اذريه|افاريه|داغستانيه|تتريه)\b|"
    r"\b(?:rusi|russian|russe|rusca|cecen\w{0,3}|chechen|tchetchene|erebi|arabic|arabe|arapca|turkish|"
    r"turki|turkce|turc|french|francais|fransi|uzbek\w{0,2}|ozbek\w{0,3}|kyrgyz|kirghiz|kirgiz\w{0,2}|"
    r"kazakh?\w{0,2}|tajik\w?|english|ingilizi|german|kurdish|kurmanci|avar|dargin|kumyk|lezgi\w{0,2}|"
    r"tatar\w{0,3}|azeri|ingush)\b|"
    r"\bпо-?(?:русски|чеченски|арабски|турецки|узбекски|киргизски|казахски|таджикски|французски|"
    r"аварски|кумыкски|лезгински|ингушски|татарски|азербайджански)|"
    r"\b(?:русск|чеченск|арабск|турецк|узбекск|киргизск|казахск|таджикск|аварск|даргинск|кумыкск|"
    r"лезгинск|ингушск|татарск)(?:ий|ом|ого|ом)\b"
)
_SPEAKS = re.compile(
    r"\b[تي]تكلم|\b[تي]تحدث|\bلغت|\bلغه|\bspeak|\bspoken|\blanguage|\bunderstands|\bговорит|\bязык|"
    r"\bпонимает|\bparle|\blangue|\bziman|\bdiaxiv|\bdipeyiv|\bdizan|\bkonus|\bbilir|\bdil(?:i)?\b"
)


def _languages(draft: Draft, clause: str) -> None:
    plain = even(clause)
    if _SPEAKS.search(plain):
        for found in _LANGUAGE.finditer(plain):
            draft.languages.append(draft.statement(clause[found.start() : found.end()]))


_BY_OWN_WORD = re.compile(
    r"\s*\(?\s*\b(?:حسب (?:قول|كلام|ادعاء|افاد[هت])\w{0,2}|كما [تي]قول|according to (?:her|him|self)|"
    r"by (?:her|his) own (?:account|words?)|self[- ]declared|claims to be|says (?:s?he is|she's|he's)|"
    r"со слов|по (?:ее|его) словам|selon (?:elle|lui|ses dires)|li gor gotina we|"
    r"kendi beyani(?:na gore)?)\s*\)?\s*"
)


def _own_word(draft: Draft, clause: str) -> None:
    """`شيشانية حسب قولها`: a nationality by the person's own word."""
    found = _BY_OWN_WORD.search(even(clause))
    if not found:
        return
    rest = (clause[: found.start()] + " " + clause[found.end() :]).strip(" :,()")
    if rest and len(rest.split()) <= 3 and not any(c.isdigit() for c in rest):
        draft.nationalities.append(draft.statement(rest, StatedBy.SELF))


_FORMER_NUMBER = re.compile(
    r"\b(?:old|former|previous(?:ly)?|prev|ex|earlier|سابق\w?|(?:ال)?سابقا?|قديم|прежн\w{2}|стар\w{2}|"
    r"бывш\w{2}|ancien(?:ne)?|eski|onceki|kevn|bere)\W{0,3}"
    r"(?:hh|household|family|no|number|nr|id|tent|case|رقم|العائله|номер|семья|menage|numero|mal|"
    r"hejmar|hane|aile)?\W{0,3}([a-z]{0,5}\d{0,3}[-/]?\d{2,6})\b"
)
_CODE = re.compile(r"\b([a-z]{1,5}\d{0,2}-\d{2,6})\b")


def _numbers(draft: Draft, clause: str) -> None:
    """`old HH P5-0244?`: what ties the person to a household of another list."""
    plain = even(clause)
    former = _FORMER_NUMBER.search(plain)
    if former:
        value = clause[former.start(1) : former.end(1)]
        draft.identifiers.append(Identifier(kind="household_before", value=value))
    for found in _CODE.finditer(plain):
        if not former or found.start(1) < former.start(1) or found.end(1) > former.end(1):
            draft.linked_numbers.append(clause[found.start(1) : found.end(1)])


_ORPHAN = re.compile(
    r"\bيتيم الا?بوين|\bيتيمه? الابوين|\bfull orphan|\bdouble orphan|\bboth parents (?:dead|died|"
    r"deceased|killed)|\bкруглый сирота|\bродители (?:погибли|умерли)|\bparents (?:decedes|morts)"
)


def _orphan(draft: Draft, clause: str) -> None:
    if _ORPHAN.search(even(clause)):
        draft.add_kin(Relation.MOTHER, None, False, clause)
        draft.add_kin(Relation.FATHER, None, False, clause)


_RULES: tuple[Callable[[Draft, str], None], ...] = (
    kin_notes.read_mother_here,
    kin_notes.read_parents,
    kin_notes.read_siblings,
    kin_notes.read_numbers,
    place_notes.read_places,
    _orphan,
    _marks,
    _kunya,
    _staff,
    _languages,
    _own_word,
    _numbers,
)


def mark_staff_names(draft: Draft) -> None:
    """Names of a person named by the institution carry that role, whatever column they stood in."""
    if draft.staff_named:
        kept = (NameRole.KUNYA, NameRole.STAFF_GIVEN)
        draft.names = [n if n.role in kept else draft.name(n.text, NameRole.STAFF_GIVEN) for n in draft.names]
