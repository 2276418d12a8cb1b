"""Words beside a name that tell where somebody is from: `(Tunisian)`, `(الشيشاني)`. Folded."""

import re

from service.imports.fold import even

_ORIGIN = re.compile(
    r"^(?:from \w.{1,30}|"
    r"(?:al|el|ash|as|ad|at)[- ]\w{3,14}iy?a?h?|(?:ال)\w{3,12}ي(?:ه|ون|ات)?|(?:من )\w.{1,30}|"
    r"(?:russian|chechen|ingush|dagestani|daghestani|avar|dargin|kumyk|lezgin|tatar|bashkir|caucasian|"
    r"azeri|azerbaijani|georgian|"
    r"uzbek|tajik|kyrgyz|kirghiz|kazakh|turkmen|uyghur|uighur|ukrainian|turkish|turk|iraqi|syrian|"
    r"lebanese|palestinian|jordanian|"
    r"egyptian|libyan|tunisian|moroccan|algerian|yemeni|saudi|kuwaiti|sudanese|somali|french|belgian|"
    r"german|dutch|british|swedish|"
    r"danish|finnish|norwegian|austrian|swiss|spanish|italian|bosnian|albanian|kosovar|macedonian|"
    r"indonesian|malaysian|pakistani|afghan|"
    r"iranian|indian|chinese|canadian|american|australian|turkmen)s?|"
    r"(?:чеченец|чеченка|ингуш\w{0,2}|дагестанец|дагестанка|аварец|аварка|даргинец|кумык|"
    r"лезгин\w{0,2}|русск\w{2}|татар\w{1,3}|узбек|узбечка|таджик|таджичка|киргиз|казах|"
    r"тунисец|марокканец|сириец|иракец|араб|турок|турчанка|азербайджан\w{2,3}|алжирец|египтянин|"
    r"ливиец|француз)|"
    r"(?:tchetchene|russe|daghestanaise?|ouzbe[ck]\w?|tadjik\w?|kirghize|kazakhe?|tunisien\w{0,2}|"
    r"marocain\w?|algerien\w{0,2}|syrien\w{0,2}|irakien\w{0,2}|turque?|arabe|francaise?)|"
    r"(?:sisani|rusi|tunisi|ozbeki|daxistani|ruski|cecen|rus|ozbek|tacik|kirgiz|kazak|tunuslu|fasli|"
    r"suriyeli|irakli|turk)|"
    r"(?:شيشاني|روسي|داغستاني|اوزبكي|ازبكي|طاجيكي|قيرغيزي|كازاخي|تونسي|مغربي|جزائري|سوري|عراقي|تركي|"
    r"اذري|مصري|ليبي|انغوشي|تتري)ه?)$"
)


def is_origin(text: str) -> bool:
    """Whether a short aside says nothing but where somebody comes from."""
    return bool(_ORIGIN.match(even(text).strip(" ?؟.")))
