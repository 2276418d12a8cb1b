"""How English, French, German and Turkish writers spell one Russian name: hand-made, for the noise only."""

import re

TRADITIONS = ("english", "french", "german", "turkish")
_LETTERS = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdezijklmnoprstufye", strict=True))
_OWN = {
    "english": {
        "дж": "dzh", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu",
        "я": "ya", "ё": "yo", "й": "y", "ь": "", "ъ": "", "ий$": "y",
    },
    "french": {
        "дж": "dj", "ж": "j", "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch", "ю": "iou",
        "я": "ia", "ё": "io", "й": "ï", "у": "ou", "ь": "", "ъ": "", "ин$": "ine", "ге": "gue", "ги": "gui",
        "ий$": "i",
    },
    "german": {
        "дж": "dsch", "ж": "sch", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ю": "ju",
        "я": "ja", "ё": "jo", "й": "i", "в": "w", "з": "s", "ь": "", "ъ": "", "ий$": "i",
    },
    "turkish": {
        "дж": "c", "ж": "j", "х": "h", "ц": "ts", "ч": "ç", "ш": "ş", "щ": "şç", "ю": "yu", "я": "ya",
        "ё": "yo", "й": "y", "ы": "ı", "ь": "", "ъ": "", "ий$": "i",
    },
}  # fmt: skip
_BETWEEN_VOWELS = re.compile(r"(?<=[аеёиоуыэюя])с(?=[аеёиоуыэюя])")
_DOUBLED = ("french", "german")  # a single s between vowels would be read as z


def spelled(cyrillic: str, tradition: str) -> str:
    """The name in Latin letters by one tradition, words capitalised as before."""
    return " ".join(_word(word, tradition) for word in cyrillic.split())


def _word(word: str, tradition: str) -> str:
    rules = {**_LETTERS, **_OWN[tradition]}
    text, latin, place = word.lower(), "", 0
    if tradition in _DOUBLED:
        text = _BETWEEN_VOWELS.sub("сс", text)
    while place < len(text):
        size = 2 if _final(text, place) in rules or text[place : place + 2] in rules else 1
        part = text[place : place + size]
        latin += rules.get(_final(text, place), rules.get(part, part)) if size == 2 else rules.get(part, part)
        place += size
    return latin[:1].upper() + latin[1:]


def _final(text: str, place: int) -> str:
    """The key of a rule for the last two letters, when they are what is next."""
    return text[place:] + "$" if place == len(text) - 2 else ""
