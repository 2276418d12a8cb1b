"""Small vocabularies of list cells: sex, relation to the head, "unknown", totals. Folded words -> meaning."""

from schemas.vocabulary import Relation, Sex
from service.imports.fold import key


def _words(spec: str) -> frozenset[str]:
    return frozenset(key(word) for word in spec.split("|") if key(word))


_FEMALE = (
    "انثى|أنثى|انثي|انثا|بنت|امرأة|نساء|طفلة|فتاة|أ|ا|ث|إناث|female|f|fem|girl|woman|w|ж|жен|жен.|женский|женщина|девочка|"
    "féminin|femme|fille|j|jin|mê|keç|kadın|k|kız|bayan|مێ|ژن|كچ|کچ"
)
_MALE = (
    "ذكر|ذ|د|دكر|ذكور|ولد|رجل|طفل|male|m|boy|man|м|муж|муж.|мужской|мужчина|мальчик|masculin|homme|garçon|h|"
    "n|nêr|mêr|kur|erkek|e|bay|نێر|پیاو|كوڕ|کوڕ"
)
_UNKNOWN = (
    "مجهول|مجهولة|مجهوله|غير معروف|غير معروفة|لا يعرف|لا تعرف|لا يوجد|بدون|بدون اسم|بلا اسم|غير معلوم|غير مذكور|بلا|"
    "unknown|unk|unk.|not known|n/a|na|n.a.|none|nil|no name|name unknown|name unk|unnamed|?|-|--|x|not stated|no data|"
    "неизвестно|неизвестен|неизвестна|неизв|неизв.|нет|не знает|не известно|без имени|н/д|"
    "inconnu|inconnue|sans nom|néant|nenas|nayê zanîn|tune|nîne|bê nav|bilinmiyor|yok|meçhul|isimsiz|نەزانراو|نادیار|نییە"
)
_CHILD = (
    "طفل|طفلة|طفل مجهول|طفلة مجهولة|مولود|مولودة|رضيع|رضيعة|child|infant|baby|boy|girl|unknown child|unknown boy|unknown girl|"
    "baby boy|baby girl|newborn|ребенок|мальчик|девочка|младенец|неизвестный ребенок|неизвестная девочка|неизвестный мальчик|"
    "enfant|bébé|enfant inconnu|garçon|fille|zarok|bebek|çocuk|pitik|zarokê nenas|منداڵ|ساوا"
)
_TOTAL = (
    "المجموع|مجموع|الاجمالي|الإجمالي|اجمالي|المجموع الكلي|العدد الكلي|عدد الكلي|المجموع العام|total|totals|grand total|sum|"
    "subtotal|sub total|total number|total persons|total children|итого|всего|итог|всего человек|total général|somme|nombre total|"
    "toplam|genel toplam|yekûn|tevahî|giştî|bi tevahî|kom|کۆ|کۆی گشتی|سەرجەم|مجموعا"
)
_SIGNED = (
    "توقيع|التوقيع|مدير|المدير|ختم|مسؤول|اعداد|المصدر|ملاحظة|signature|signed|prepared by|source|checked by|approved|note|stamp|date|"
    "подпись|составил|составила|директор|примечание|начальник|печать|signé|directeur|établi par|imza|hazırlayan|müdür|kaynak|îmze|amade kir|واژۆ|تاريخ|التاريخ"
)

FEMALE, MALE, UNKNOWN_WORDS, UNNAMED_CHILD, TOTAL_WORDS, SIGNATURE_WORDS = map(
    _words, (_FEMALE, _MALE, _UNKNOWN, _CHILD, _TOTAL, _SIGNED)
)

_RELATIONS: dict[Relation, str] = {
    Relation.HEAD: "head|head of hh|head of household|head of family|hoh|hohh|self|principal|serok|serokê malê|serok mal|رب الاسرة|رب العائلة|ربة الاسرة|ربة العائلة|رب أسرة|ربة أسرة|глава|глава семьи|chef|chef de famille|chef de ménage|cheffe de ménage|aile reisi|reis|hane reisi|سەرۆک خێزان|سەرۆکی خێزان|سەرۆک|صاحب العلاقة|نفسه|نفسها",
    Relation.SON: "son|kur|ابن|ابنه|ابنها|الابن|ولد|сын|fils|oğul|oğlu|oğlan|کوڕ|كوڕ|law",
    Relation.DAUGHTER: "daughter|keç|keçik|ابنة|بنت|ابنته|ابنتها|البنت|الابنة|بنته|дочь|дочка|fille|kız|kızı|کچ|كچ|qîz",
    Relation.CHILD: "child|zarok|طفل|طفلة|ребенок|enfant|çocuk|çocuğu|منداڵ|اطفال|dependant|minor",
    Relation.WIFE: "wife|jin|زوجة|زوجته|الزوجة|жена|супруга|femme|épouse|karı|karısı|eş|ژن|خێزان|hevjîn|wife 1|wife 2|second wife|زوجة اولى|زوجة ثانية",
    Relation.HUSBAND: "husband|mêr|زوج|زوجها|الزوج|муж|супруг|mari|époux|koca|kocası|مێرد",
    Relation.MOTHER: "mother|dayik|dê|ام|أم|والدة|الام|والدته|мать|mère|anne|annesi|دایک",
    Relation.FATHER: "father|bav|اب|أب|والد|الاب|отец|père|baba|babası|باوک",
    Relation.BROTHER: "brother|bira|اخ|أخ|شقيق|اخوه|اخوها|брат|frère|erkek kardeş|kardeş|برا",
    Relation.SISTER: "sister|xwişk|xwîşk|xweh|اخت|أخت|شقيقة|اخته|اختها|сестра|sœur|soeur|kız kardeş|abla|خوشک",
    Relation.GRANDMOTHER: "grandmother|dapîr|جدة|الجدة|бабушка|grand-mère|büyükanne|nine|داپیر",
    Relation.GRANDFATHER: "grandfather|bapîr|جد|дед|дедушка|grand-père|dede|باپیر",
    Relation.GRANDCHILD: "grandchild|grandson|granddaughter|nevî|حفيد|حفيدة|внук|внучка|petit-fils|petite-fille|torun|نەوە",
    Relation.AUNT: "aunt|met|xaltî|عمة|خالة|тетя|тётя|tante|hala|teyze|پوور",
    Relation.UNCLE: "uncle|mam|xal|ap|عم|خال|дядя|oncle|amca|dayı|مام|خاڵ",
    Relation.COUSIN: "cousin|pismam|dotmam|ابن عم|بنت عم|ابن خال|двоюродный брат|двоюродная сестра|kuzen",
    Relation.GUARDIAN: "guardian|caregiver|foster mother|foster|وصي|كفيل|ولي امر|опекун|tuteur|tutrice|vasi|سەرپەرشتیار",
    Relation.OTHER_FAMILY: "niece|nephew|stepson|stepdaughter|step son|step daughter|stepchild|daughter in law|mother in law|co wife|cowife|ضرة|ابن اخ|ابن اخت|племянник|племянница|пасынок|падчерица|сноха|свекровь|neveu|nièce|gelin|yeğen|bûk|xwarzî|birazî|kuma|hewî|relative|قريب|قريبة|родственник",
    Relation.OTHER_NONFAMILY: "non relative|not related|unrelated|neighbour|neighbor|friend|غير قريب|جارة|сосед|не родственник|sans lien|komşu|cîran",
}  # fmt: skip
RELATION_WORDS: dict[str, Relation] = {
    word: relation for relation, spec in _RELATIONS.items() for word in _words(spec)
}


def sex_of(text: str) -> Sex:
    """UNKNOWN for anything that is not a word or letter for a sex."""
    folded = key(text)
    if folded in FEMALE:
        return Sex.FEMALE
    return Sex.MALE if folded in MALE else Sex.UNKNOWN


def is_unknown(text: str) -> bool:
    """Whether the cell says that the value is not known, or says nothing in signs."""
    folded = key(text)
    return not folded or folded in UNKNOWN_WORDS


def relation_of(text: str) -> Relation:
    """The relation word of a cell, with `of the head`, brackets and numbers (`wife 2`) left aside."""
    folded = key(text.split("(")[0])
    if folded in RELATION_WORDS:
        return RELATION_WORDS[folded]
    without = " ".join(w for w in folded.split() if not w.isdigit())
    return RELATION_WORDS.get(without, Relation.UNKNOWN)
