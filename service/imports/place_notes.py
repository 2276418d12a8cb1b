"""Places that remarks speak of: where somebody comes from, where a child was found."""

import re

from schemas.vocabulary import PlaceKind, Relation, StatedBy
from service.imports.draft import Draft
from service.imports.fold import even

_SAYS = re.compile(
    r"\b[تي]قول|\bتدعي|\bيدعي|\bحسب|\bsays?\b|\bclaims?\b|\bremembers?\b|\bговорит|\bпомнит|\bсо слов|"
    r"\bdit\b|\bse souvient|\bdibej|\bdiyor|\bsoyluyor|\bاهلين|\bدهلي"
)
_STOP = (
    r"(?=\s+(?:مع|بعد|قبل|عند|وهو|وهي|و?معها|with|after|before|by|on|together|с|после|до|вместе|avec|"
    r"apres|bi|pisti|ile)\b|[,،;؛.()?؟]|$)"
)
_NAME = rf"(\S.{{1,40}}?){_STOP}"
_FOUND = re.compile(
    rf"\b(?:عثر علي\w{{1,4}}|و?جد(?:ت|وه|وها)?|القي القبض علي\w{{1,4}}|found|picked up|captured|"
    rf"arrested|detained|найден\w?|обнаружен\w?|задержан\w?|trouvee?|arretee?|hat\w{{0,5}} (?:ditin|"
    rf"girtin)|bulundu)"
    rf"\s+(?:في|ب|in|at|near|by|в|под|у|a|pres de|dans|li)\s+{_NAME}"
)
_ORIGIN = re.compile(
    r"\b(?:(?:is |comes? |came |originally )?from (?:the )?(?:(?:village|town|city) (?:of|near) )?|"
    r"(?:village|town|city|home|house|family|lived|born|live|lives) (?:is )?(?:near|in|of|"
    r"at) (?:the )?|born in |"
    r"родом из (?:села |города )?|(?:приехал\w? |прибыл\w? )из |жил\w? в |уроженк?\w{1,3} |"
    r"originaire de |vient de |nee? a |venue? de |"
    r"من (?:اهالي|اهل|مدينه|قريه|سكنه|سكان|مواليد) |اصل\w{1,2} من |قريه قرب |قريت\w{1,3} (?:قرب|في) |"
    r"تسكن في |كانت تعيش في |بيت\w{1,2} في |"
    r"ji (?:gunde|bajare) |koyu |memleketi )" + _NAME
)
_STARTS = re.compile(rf"^(?:من|из|from|ji)\s+{_NAME}")
_GRANDPARENT = re.compile(
    r"\b(?P<who>جد(?:ت(?:ه|ها|ي)?|ه|ها|ي)?|grand-?mother|grand-?father|granny|бабушк\w|дедушк\w|"
    r"grand-mere|grand-pere|dapir\w{0,2}|bapir\w{0,2}|buyukanne\w{0,3}|dede(?:si)?)"
    rf"\s+(?:is |lives |живет |habite |تعيش |تسكن |موجوده )?(?:في|ب|in|at|near|from|من|в|из|a|li|"
    rf"ji)\s+{_NAME}"
)


_THEATRE = re.compile(
    r"^\W*(?:baxoz|bagh?uz|baghouz|ba[gx]hooz|(?:ال)?باغوز|багуз|tal ?afar|tel ?afer|(?:ال)?تل ?عفر|"
    r"талль?-?афар|mosul|musil|(?:ال)?موصل|мосул|raqqa|reqa|rakka|(?:ال)?رقه|ракка|"
    r"hajin|hecin|هجين|хаджин|shaddadi|sheddade|(?:ال)?شدادي|mayadin|(?:ال)?ميادين|deir ez-?zor|"
    r"der ?zor|دير الزور|idlib|ادلب|идлиб|manbij|minbic|منبج|kobani|kobane)\W*$"
)


def read_places(draft: Draft, clause: str) -> None:
    plain = even(clause)
    if _THEATRE.match(plain):  # a place of the war alone in a clause: where the person was taken in
        draft.add_place(clause.strip(" .?؟"), PlaceKind.FOUND_AT)
        return
    teller = StatedBy.SELF if _SAYS.search(plain) else StatedBy.LIST
    if found := _FOUND.search(plain):
        draft.add_place(_cut(clause, found, 1), PlaceKind.FOUND_AT)
        return
    if found := _GRANDPARENT.search(plain):
        male = found["who"].startswith(("جده", "جدي", "grandf", "grand-f", "дед", "grand-p", "bapir", "dede"))
        relation = Relation.GRANDFATHER if male and found["who"] != "جدته" else Relation.GRANDMOTHER
        draft.add_kin(relation, None, True, clause)
        draft.add_place(_cut(clause, found, 2), PlaceKind.ORIGIN, teller)
        return
    found = _ORIGIN.search(plain) or _STARTS.match(plain)
    if found:
        place = _cut(clause, found, 1)
        if place and not place[0].isdigit():
            draft.add_place(place, PlaceKind.ORIGIN, teller)


def _cut(clause: str, found: re.Match[str], group: int) -> str:
    return clause[found.start(group) : found.end(group)].strip()
