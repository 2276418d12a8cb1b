"""Relatives that remarks speak of: parents alive, dead or in prison, siblings, numbers of other rows."""

import re

from schemas.person import KinName, PersonName
from schemas.vocabulary import Certainty, NameRole, Relation
from service.imports.brackets import begins_like_kunya
from service.imports.draft import Draft
from service.imports.fold import even
from service.imports.note_rules import says_children, says_dead, says_note, says_prison
from service.imports.words import is_unknown

_WITH_MOTHER = re.compile(
    r"\bمع (?:ال)?(?:ام(?:ه|ها)?|والدت?(?:ه|ها))(?![\w])|\b(?:with|accompanied by|lives with|"
    r"together with) (?:his |her |the |own |biological )?(?:mother|mom|mum)\b|"
    r"\bс (?:матерью|мамой)\b|\bпри матери\b|\bavec (?:sa |la )?(?:mere|maman)\b|\bannesi(?:yle|"
    r" ile)\b|\bbi (?:diya|dayika|de)\b|\bligel (?:diya|dayik\w?)|\bلهگهل دايك\w?|\bلگل دايك\w?"
)
_WITHOUT_MOTHER = re.compile(
    r"\b(?:بدون|بلا) (?:ال)?ام\b|\b(?:without|separated from) (?:his |her |the )?mother\b|"
    r"\bбез матери\b|\bsans (?:sa )?mere\b|\bbe dayik\b|\bannesiz\b"
)
_MOTHER = (
    r"(?:\bو?(?:ال)?ام(?:ه|ها)?(?!\w)|\bو?والدت(?:ه|ها)|\bو?(?:ال)?والده(?!\w)|\bmother\b|\bmum\b|"
    r"\bмать\b|\bмама\b|\bmere\b|\bdayik\w{0,2}|\bdiya\b|\banne(?:si)?\b|\bدايك\w{0,2})"
)
_FATHER = (
    r"(?:\bو?(?:ال)?اب(?:وه|وها|اه|اها)?(?!\w)|\bو?والد(?:ه|ها)(?!\w)|\bو?(?:ال)?والد(?!\w)|\bfather\b|"
    r"\bdad\b|\bотец\b|\bпапа\b|\bpere\b|\bbav\w{0,2}\b|\bbaba(?:si)?\b|\bباوك\w{0,2})"
)
_HUSBAND = (
    r"(?:\bو?(?:ال)?زوج(?:ها)?(?!\w)|\bhusband\b|\bspouse\b|\bмуж\b|\bmari\b|\bepoux\b|\bmer\b|\bhevjin\b|"
    r"\bkocasi\b|\bميرد\w{0,2})"
)
_PARENTS = (
    (Relation.MOTHER, re.compile(_MOTHER)),
    (Relation.FATHER, re.compile(_FATHER)),
    (Relation.HUSBAND, re.compile(_HUSBAND)),
)
_LABEL = re.compile(r"\s*(?:s? name(?: is)?|اسم(?:ه|ها)|по имени|s'appelle|nav\w{0,2})?\s*[:=]\s*")
_FIRST = re.compile(
    r"\s*(?:اسم(?:ه|ها)|is called|named|called|зовут|звали|по имени|s'appelle|nomme|nave\w{0,2})?\s*"
)
_SECOND_HUSBAND = re.compile(
    r"\b(?:first|second|third|former|ex|last|اول|ثاني|سابق|перв\w{2}|втор\w{2}|бывш\w{2}|premier|"
    r"deuxieme|ancien|ilk|ikinci|eski|yekem|duyem)\b"
)


def read_mother_here(draft: Draft, clause: str) -> None:
    plain = even(clause)
    if _WITHOUT_MOTHER.search(plain):
        draft.with_mother = False
    elif _WITH_MOTHER.search(plain):
        draft.with_mother = True


def read_labelled(draft: Draft, text: str) -> None:
    """`mêr: Mihemed, girtî (Hesekê)`: a name after a colon; what follows is said of that relative."""
    for part in re.split(r"[;؛\n]", text):
        plain = even(part)
        for relation, pattern in _PARENTS:
            found = pattern.search(plain)
            label = _LABEL.match(plain, found.end()) if found else None
            if not found or not label:
                continue
            name, rest = _name_at(part, label.end())
            alive = False if says_dead(rest) else None
            if name and not is_unknown(name) and not says_note(name):
                draft.add_kin(relation, _named(draft, name), alive, rest)


def _name_at(text: str, start: int) -> tuple[str, str]:
    """The name that starts there, up to a comma or bracket, and what follows."""
    found = re.compile(r"([^,،;؛()\[\]/?؟]{1,60})").match(text, start)
    if not found:
        return "", text[start:].strip()
    return found[1].strip(" ."), text[found.end() :].strip(" ,،")


def _named(draft: Draft, name: str, sure: bool = True) -> PersonName:
    written = draft.name(name, NameRole.KUNYA if begins_like_kunya(name) else NameRole.FULL)
    return written if sure else written.model_copy(update={"certainty": Certainty.ESTIMATED})


def read_parents(draft: Draft, clause: str) -> None:
    """`الام متوفية`, `father dead`, `mother in prison`, `الاب شامل؟`."""
    plain = even(clause)
    for relation, pattern in _PARENTS:
        found = pattern.search(plain)
        if not found or (_WITH_MOTHER.search(plain) and relation is Relation.MOTHER):
            continue
        if _SECOND_HUSBAND.search(plain[max(0, found.start() - 12) : found.end() + 8]):
            continue  # "first husband of mother": who is meant is for a reader to decide
        own = _until_next(plain, found.end(), relation)
        if says_dead(own) or says_dead(plain[max(0, found.start() - 8) : found.start()]):
            draft.add_kin(relation, None, False, clause)
        elif says_prison(own):
            draft.add_kin(relation, None, None, clause)
            if relation is Relation.MOTHER:
                draft.mother_elsewhere = True
        else:
            _parent_name(draft, clause, plain, found.end(), relation)


def _until_next(plain: str, start: int, relation: Relation) -> str:
    """What is said of this relative: up to where another one is spoken of."""
    ends = [f.start() for other, p in _PARENTS if other is not relation and (f := p.search(plain, start))]
    return plain[start : min(ends, default=len(plain))]


_NOT_A_NAME = re.compile(
    r"^(?:in|is|was|not|from|of|has|and|with|or|at|the|who|abroad|also|on|في|من|هو|هي|غير|لا|مع|كان|"
    r"عند|قد|لم|ليس|موجود|في|не|из|в|на|был\w?|есть|и|с|de|est|du|en|a|la|le|li|ji|bi|ne|e|ye|u|ve|"
    r"ile)\b"
)


def _parent_name(draft: Draft, clause: str, plain: str, end: int, relation: Relation) -> None:
    """One to three words right after the word for the relative, when they can be a name."""
    start = _FIRST.match(plain, end)
    at = start.end() if start else end
    rest = plain[at:].strip()
    if not rest or rest[0] in ":=" or _NOT_A_NAME.match(rest) or any(c.isdigit() for c in rest):
        return
    if says_children(rest):  # "mother of three children"
        return
    name = clause[at:].strip(" .?؟()")
    doubt = clause.rstrip().endswith(("?", "؟"))
    capital = name[:1].isupper() or "\u0600" <= name[:1] <= "\u06ff"
    if capital and len(name.split()) <= 3 and not is_unknown(name) and not says_note(name):
        draft.add_kin(relation, _named(draft, name, sure=not doubt), None, "")


_SIBLING = (
    r"(?:\bو?(?P<f>اخت(?:ه|ها)?|شقيقه|sister|сестра|soeur|xwisk\w?|xwesk|خوشك\w{0,2}|kiz kardesi?|ablasi)|"
    r"\bو?(?P<m>اخ(?:و|ي|وه|وها|يه|يها)?|شقيق|brother|брат|frere|bira(?:ye|yê)?|kardesi?|"
    r"برا\w{0,2}))(?!\w)"
)
_SIBLING_OF = re.compile(_SIBLING + r"\s+(?P<of>of |to |de |d'|l'|ل)?\s*(?P<name>\S.{0,60})$")
_SIBLING_NAMED = re.compile(_SIBLING + r"\s*(?:named |called |по имени )?[:=]?\s*(?P<name>\S.{0,60})$")
_TAIL = re.compile(
    r"\s+(?:with|معه|معها|مع|is|are|also|here|in|at|listed|с ним|с ней|здесь|avec|ici|pe re|ligel|ile|"
    r"في|ايضا|كذلك|тоже|ve|u|и|and|و)\b.*$|[,،;؛(].*$"
)


def read_siblings(draft: Draft, clause: str) -> None:
    """Arabic `اخت محمد` and `sister of X` name whose sibling the person is; `sister X` names the sister."""
    plain = even(clause)
    found = _SIBLING_OF.search(plain)
    if not found or any(c.isdigit() for c in found["name"][:12]):
        return
    arabic = "\u0600" <= plain[found.start("name")] <= "\u06ff"
    possessed = (found["f"] or found["m"] or "").endswith(("ته", "تها", "وه", "وها", "يه", "يها"))
    raw = clause[found.start("name") : found.end("name")]
    tail = _TAIL.search(even(raw))
    name = (raw[: tail.start()] if tail else raw).strip(" .?؟")
    if not _can_be_name(name):
        return
    if found["of"] or (arabic and not possessed):
        relation = Relation.UNKNOWN  # a sibling whose own sex the words do not tell; see `households`
    else:
        relation = Relation.SISTER if found["f"] else Relation.BROTHER
    if relation is Relation.UNKNOWN:
        draft.kin.append(KinName(relation=Relation.OTHER_FAMILY, name=_named(draft, name), note=clause))
    else:
        draft.add_kin(relation, _named(draft, name), None, clause)


def _can_be_name(name: str) -> bool:
    capital = name[:1].isupper() or "\u0600" <= name[:1] <= "\u06ff"
    return (
        capital
        and len(name.split()) <= 3
        and not is_unknown(name)
        and not says_note(name)
        and not _NOT_A_NAME.match(even(name))
    )


_RELATED = re.compile(
    r"\bاخ(?:ت|و|ي|وه|وات)?\b|\bاخ\w{0,4} |\bشقيق|\bابن(?:ه)?\b|\bبنت\b|\bام\b|\bزوج|\bوالد|\bانظر|"
    r"\bنفس (?:العائله|الام)|\bsibling|\bbrother|\bsister|\bson\b|\bdaughter|\bchild of|\bmother of|"
    r"\bfather of|\bwife of|\bsee\b|\bsame (?:family|mother|as)|\bfamily of|\btwin|"
    r"\bбрат|\bсестр|\bсын|\bдоч|\bмать\b|\bсм\.?\b|\bта же семья|\bfrere|\bsoeur|\bfils|\bfille|"
    r"\bvoir\b|\bmeme famille|\bxwisk|\bbira|\bkur\b|\bkec\b|\bzarok|\bkardes|\bbkz"
)
_NUMBERED = re.compile(
    r"(?:رقم|ارقام|تسلسل|no\.?|nos\.?|nr\.?|numbers?|№|n°|#|row|rows|номер\w?|hejmar\w?|"
    r"numara\w{0,2})\s*:?\s*((?:[a-z]{1,4}-?)?\d{1,6}(?:\s*(?:-|–|to|,|and|و|и|et|u|ve|"
    r"،)\s*(?:[a-z]{1,4}-?)?\d{1,6})*)"
)
_CODED = re.compile(r"\b([a-z]{1,4}\d{1,4}(?:\s*-\s*[a-z]{1,4}\d{1,4}|-[1-9]\d{0,2})?)(?![\d\-])\b")
_AFTER_WORD = re.compile(
    r"\b(?:siblings?|brothers?|sisters?|mother|father|son|daughter|wife|twin|اخت|اخو|اخوه|شقيق\w?|ابن|بنت|брат\w?|сестра|сестры|"
    r"freres?|soeurs?|xwisk|bira|kardesi?) (?:of |to |de |с )?"
    r"(\d{1,5}(?:\s*(?:-|,|&|and|و|и|et|u|ve)\s*\d{1,5})*)\b"
    r"(?!\s*(?:y|m|г|лет|год|мес|سن|اشهر|شهر|عام|ans|mois|sal|yas|aged))"
)
_ONE_NUMBER = re.compile(r"([a-z]{0,4}-?)(\d{1,6})")


def read_numbers(draft: Draft, clause: str) -> None:
    """`اخت رقم ١١`, `half siblings C3-C5`: numbers or ids of relatives on the same list."""
    plain = even(clause)
    if not _RELATED.search(plain):
        return
    for pattern in (_NUMBERED, _CODED, _AFTER_WORD):
        for found in pattern.finditer(plain):
            draft.linked_numbers.extend(_expanded(found[1].upper()))


def _expanded(text: str) -> list[str]:
    """`C3-C5` is C3, C4, C5; a run of more than fifteen is left as its two ends."""
    ends = [(p, int(n)) for p, n in _ONE_NUMBER.findall(even(text))]
    if len(ends) == 2 and re.search(r"[-–]|to", even(text)) and ends[1][0] in ("", "-", ends[0][0]):
        (prefix, low), (_, high) = ends
        if low < high <= low + 15:
            return [f"{prefix}{n}".upper() for n in range(low, high + 1)]
    return [f"{p}{n}".strip("-").upper() for p, n in ends]
