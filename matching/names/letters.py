"""Letter tables: how one letter of a name is written in a match key.

A key is for comparing only; the original is kept beside it, untouched. Sources of the Arabic-script part:
the Unicode names of the Persian, Kurdish and Urdu letters; of the Cyrillic part: the alphabets of Tatar,
Kazakh, Kyrgyz, Tajik, Uzbek, Azeri and the languages of the North Caucasus.
"""

ARABIC = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ء": "",
    "ى": "ي", "ی": "ي", "ې": "ي", "ێ": "ي", "ے": "ي", "ۍ": "ي", "ئ": "ي", "ۓ": "ي",
    "ؤ": "و", "ۆ": "و", "ۇ": "و", "ۋ": "و", "ۈ": "و", "ۊ": "و",
    "ة": "ه", "ۀ": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ۂ": "ه", "ۃ": "ه",
    "ک": "ك", "ڪ": "ك", "گ": "ك", "ڭ": "ك", "ڤ": "ف", "پ": "ب", "چ": "تش", "ژ": "ج",
    "ڕ": "ر", "ڑ": "ر", "ڵ": "ل", "ں": "ن", "ٹ": "ت", "ڈ": "د",
}  # fmt: skip

CYRILLIC = {
    "ё": "е", "і": "и", "ї": "и", "є": "е", "ґ": "г", "ў": "у", "ъ": "", "ь": "", "ӏ": "",
    "ң": "н", "ҥ": "н", "ғ": "г", "қ": "к", "ҡ": "к", "ҝ": "г", "ү": "у", "ұ": "у", "ө": "о", "һ": "х",
    "ә": "а", "ҳ": "х", "ҷ": "дж", "җ": "дж", "ҹ": "дж", "ӣ": "и", "ӯ": "у", "ѓ": "г", "ќ": "к", "ј": "й",
    "љ": "л", "њ": "н", "ћ": "ч", "ђ": "дж", "џ": "дж", "ҙ": "з", "ҫ": "с", "ӑ": "а", "ӗ": "е", "ѕ": "з",
}  # fmt: skip

LATIN = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "a",
    "ŋ": "n", "ħ": "h", "ĸ": "k", "ſ": "s",
}  # fmt: skip

APOSTROPHES = frozenset("'’‘`ʻʼʽʾʿ´′‛＇ˈ")
DASHES = frozenset("-‐‑‒–—―−_")
PALOCHKA = "ӏ"
PALOCHKA_TYPED = frozenset("ӀӏIl1|Ι")  # as typed between Cyrillic letters: capital i, small l, one, bar

LATIN_AS_CYRILLIC = dict(zip("aAeEoOpPcCxXyYkKBHMTi", "аАеЕоОрРсСхХуУкКВНМТі", strict=True))
CYRILLIC_AS_LATIN = dict(zip("аАеЕоОрРсСхХуУіІјЈКВНМТ", "aAeEoOpPcCxXyYiIjJKBHMT", strict=True))
