"""Ages as written -> months of age. An age says nothing without the day on which it was true."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from service.imports.fold import even, key
from service.imports.numerals import NUMBER_WORDS

OLDEST = 110  # years


@dataclass(frozen=True, slots=True)
class AgeReading:
    """At least `low` and less than `high` months old. `about`: the writing itself says it is an estimate."""

    low: int
    high: int
    about: bool = False


_YEARS = (
    "سنة سنه سنوات سنين عام عاما اعوام سنتين سنتان y yr yrs year years yo г г. год года лет л ans an a "
    "yaş yas yaşında yıl yil sal sali salî saliye سال ساڵ ساله ساڵان year-old"
)
_MONTHS = (
    "شهر اشهر شهور شهرا شهرين شهران m mo mos mth mths month months мес мес. месяц месяца месяцев м mois "
    "ay aylık aylik meh mehî mehi مانگ مانگە"
)
_LESS = (
    "يوم ايام يوما اسبوع اسابيع week weeks w wk wks day days d недель недели неделя день дней дня "
    "semaine semaines jour jours hafta haftalık gün günlük hefte roj ڕۆژ هەفتە"
)
# Folded word -> months; weeks and days are less than a month and count as none.
_UNITS: dict[str, int] = {
    key(word): months for months, words in ((0, _LESS), (1, _MONTHS), (12, _YEARS)) for word in words.split()
}
_ESTIMATE = re.compile(
    r"تقدير[يا]?|تقريب[ايه]?|حوالي|نحو|بحدود|يقدر|approx\w*\.?|about|around|circa|\bca?\.|"
    r"\bestim\w*|\best\b\.?|~|≈|\?|"
    r"около|\bок\b\.?|примерно|прим\.?|прибл\w*\.?|на вид|environ|\benv\.?|yaklasik|tahmin\w*|nezi\w*|"
    r"derdora|"
    r"\bdor\b|نزيك\w*|"
    r"\bor so\b|apparent\w*|by appearance|zahiren|یەقریبی"
)
_PART = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?|½|[^\W\d_]+)")
_RANGE = re.compile(r"^(\d{1,3})\s*(?:-|/|to|до|a|à|ila|ve|او|الى|يان|\bor\b|или)\s*(\d{1,3})\s*(.*)$")
_UNDER = re.compile(
    r"^(?:اقل من|دون|تحت|under|less than|below|<|до|меньше|младше|moins d[e\']|\bbin\b|kemtir ji)\s*(.*)$"
)
_OVER = re.compile(r"^(?:اكثر من|فوق|over|more than|above|>|старше|больше|plus de|zedetir ji)\s*(.*)$")
_INFANT = {
    key(w)
    for w in [
        "رضيع",
        "رضيعة",
        "رضيعه",
        "infant",
        "baby",
        "младенец",
        "грудной",
        "nourrisson",
        "bebek",
        "pitik",
        "bebe",
    ]
}
_NEWBORN_WORDS = "حديث الولادة|حديثة الولادة|newborn|new born|новорожденный|новорожденная|nouveau-né"
_NEWBORN = {key(words) for words in _NEWBORN_WORDS.split("|")}
_SKIPPED = {
    key(w)
    for w in [
        "و",
        "and",
        "и",
        "et",
        "ve",
        "û",
        "u",
        "the",
        "old",
        "age",
        "عمره",
        "تەمەن",
        "تەمەنی",
        "temen",
        "temenê",
        "âge",
        "عمرها",
        "العمر",
        "aged",
        "возраст",
        "ans.",
        "من",
    ]
} | {""}
_HALF = {
    key(w)
    for w in ["نصف", "half", "пол", "половиной", "половина", "demi", "demie", "buçuk", "nîv", "nivek", "ونصف"]
}


@lru_cache(5_000)
def parse_age(text: str) -> AgeReading | None:
    """Months of age, or None when the cell is not wholly an age. A bare number is years."""
    if len(text) > 60:
        return None
    plain = even(text).strip(" .()[]")
    if not plain:
        return None
    without = _ESTIMATE.sub(" ", plain).strip(" .,:;()")
    about = without != plain
    if not without:
        return None
    reading = _bounded(without) or _ranged(without) or _plain(without)
    if reading is None or reading.low >= OLDEST * 12 or reading.high > (OLDEST + 1) * 12:
        return None
    return AgeReading(reading.low, reading.high, about or reading.about)


def says_estimate(heading: str) -> bool:
    """Whether the heading of a column calls its ages estimates."""
    return bool(_ESTIMATE.search(even(heading)))


def _bounded(text: str) -> AgeReading | None:
    if key(text) in _INFANT:
        return AgeReading(0, 24, about=True)
    if key(text) in _NEWBORN:
        return AgeReading(0, 4, about=True)
    if (found := _UNDER.match(text)) and (inner := _plain(found[1])):
        return AgeReading(0, inner.low, about=True) if inner.low else None
    if (found := _OVER.match(text)) and (inner := _plain(found[1])):
        return AgeReading(inner.low, (OLDEST + 1) * 12, about=True)
    return None


def _ranged(text: str) -> AgeReading | None:
    found = _RANGE.match(text)
    if not found:
        return None
    unit = _UNITS.get(key(found[3]), -1) if found[3].strip() else 12
    low, high = sorted((int(found[1]), int(found[2])))
    if unit <= 0 or high - low > 15:
        return None
    return AgeReading(low * unit, (high + 1) * unit, about=True)


def _plain(text: str) -> AgeReading | None:
    """Numbers and units in turn: `5`, `5 years`, `2 y 3 m`, `6 أشهر`, `سنة ونصف`, `1.5`."""
    months, finest, number = 0.0, 12, None
    seen = alone = False  # alone: a unit stood without its number, which Arabic may say after it
    for part in _PART.findall(_apart(text)):
        folded = key(part)
        value = _value(part, folded)
        if value == 1 and alone:
            alone = False
        elif value is not None:
            if number is not None:
                return None
            number = value
        elif folded in _UNITS:
            unit = _UNITS[folded]
            amount = number if number is not None else _dual(folded)
            alone = number is None and amount == 1
            months += amount * unit if unit else 0
            finest, number, seen = min(finest, max(unit, 1)), None, True
        elif folded in _HALF and (seen or number is not None):
            months, finest = months + 6 + (number or 0) * 12, 6
            number, seen = None, True
        elif folded not in _SKIPPED:
            return None
    if number is not None:
        months, seen = months + number * 12, True
    if not seen or _leftover(text):
        return None
    if (number is not None and number != int(number)) or months != int(months):
        finest = 6
    return AgeReading(int(months), int(months) + finest, False)


def _apart(text: str) -> str:
    """Conjunctions that Arabic writes onto the next word, and units written onto the number."""
    return re.sub(r"\bو(?=نصف|شهر|اشهر|سن)", " ", text)


def _value(part: str, folded: str) -> float | None:
    if part == "½":
        return 0.5
    if part[0].isdecimal():
        return float(part.replace(",", "."))
    number = NUMBER_WORDS.get(folded)
    return None if number is None or folded in ("a", "an", "on", "ses", "se", "du") else float(number)


def _dual(folded: str) -> int:
    return 2 if folded in {key(w) for w in ("سنتين", "سنتان", "شهرين", "شهران")} else 1


def _leftover(text: str) -> bool:
    """Whether signs remain that are neither words, numbers nor the usual separators."""
    return bool(re.sub(r"[\w\s.,;:'\-½/()]", "", text))


def years_before(day: date, months: int) -> date:
    """The same day of the month, `months` earlier; the last day of the month where there is none."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def birth_bounds(age: AgeReading, as_of: date) -> tuple[date, date]:
    """First and last possible day of birth of someone of this age on that day."""
    return years_before(as_of, age.high) + timedelta(days=1), years_before(as_of, age.low)
