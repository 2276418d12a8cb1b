"""Month names by language. Extend the table; every word is compared folded."""

from service.imports.fold import key

_GREGORIAN: dict[int, str] = {
    1: "january jan|январь января янв|janvier janv|ocak|كانون الثاني|يناير|جانفي|çile|rêbendan|کانوونی دووەم|січень січня|كانون ثاني|ينایر|يناير كانون الثاني",
    2: "february feb|февраль февраля фев февр|février fevr fév|şubat|شباط|فبراير|فيفري|sibat|reşemî|شوبات",
    3: "march mar|март марта мар|mars|mart|آذار|اذار|مارس|adar|avdar|ئازار|ئادار",
    4: "april apr|апрель апреля апр|avril avr|nisan|نيسان|ابريل|أبريل|افريل|nîsan|avrêl|نیسان",
    5: "may|май мая|mai|mayıs|ايار|أيار|مايو|ماي|gulan|ئایار|مايس|مایس",
    6: "june jun|июнь июня июн|juin|haziran|حزيران|يونيو|يونيه|جوان|hezîran|pûşper|حوزەیران",
    7: "july jul|июль июля июл|juillet juil|temmuz|تموز|يوليو|يوليه|جويلية|tîrmeh|temûz|تەمموز",
    8: "august aug|август августа авг|août aout|ağustos|آب|اب|أغسطس|اغسطس|اوت|tebax|gelawêj|ئاب",
    9: "september sept sep|сентябрь сентября сен сент|septembre|eylül|ايلول|أيلول|سبتمبر|îlon|rezber|ئەیلوول",
    10: "october oct|октябрь октября окт|octobre|ekim|تشرين الاول|تشرين الأول|اكتوبر|أكتوبر|cotmeh|kewçêr|تشرینی یەکەم|تشرين اول",
    11: "november nov|ноябрь ноября ноя нояб|novembre|kasım|تشرين الثاني|نوفمبر|mijdar|sermawez|تشرینی دووەم|تشرين ثاني",
    12: "december dec|декабрь декабря дек|décembre déc|aralık|كانون الاول|كانون الأول|ديسمبر|kanûn|berfanbar|کانوونی یەکەم|كانون اول",
}
_HIJRI: dict[int, str] = {
    1: "محرم|المحرم|muharram|мухаррам",
    2: "صفر|safar|сафар",
    3: "ربيع الاول|ربيع الأول|ربيع اول|rabi al awwal|rabi i|раби аль авваль",
    4: "ربيع الاخر|ربيع الآخر|ربيع الثاني|ربيع ثاني|rabi al thani|rabi ii|раби ас сани",
    5: "جمادى الاولى|جمادى الأولى|جمادي الاول|جمادى الاول|jumada al ula|jumada i|джумада аль уля",
    6: "جمادى الاخرة|جمادى الآخرة|جمادى الثانية|جمادى الثاني|jumada al akhira|jumada ii|джумада ас сани",
    7: "رجب|rajab|раджаб",
    8: "شعبان|shaban|sha ban|шаабан",
    9: "رمضان|ramadan|рамадан",
    10: "شوال|shawwal|шавваль",
    11: "ذو القعدة|ذي القعدة|ذوالقعدة|dhu al qadah|зуль каада",
    12: "ذو الحجة|ذي الحجة|ذوالحجة|dhu al hijjah|зуль хиджа",
}


def _table(spec: dict[int, str]) -> dict[str, int]:
    table: dict[str, int] = {}
    for month, names in spec.items():
        for group in names.split("|"):
            several = (
                group.split()
                if group.isascii() or not any("\u0600" <= c <= "\u06ff" for c in group)
                else [group]
            )
            for name in [group, *several]:
                table.setdefault(key(name), month)
    return table


GREGORIAN_MONTHS: dict[str, int] = _table(_GREGORIAN)
HIJRI_MONTHS: dict[str, int] = {key(n): m for m, names in _HIJRI.items() for n in names.split("|")}
