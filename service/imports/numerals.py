"""Numbers as lists write them: digits of three scripts and number words."""

import re

from service.imports.fold import even, key

# "two" is often said by the dual of the noun, so the duals stand beside the numbers.
_WORDS = {
    1: "واحد واحدة واحده one один одна un une bir yek ێک یەک a an",
    2: "اثنين اثنان اثنتين اثنتان two два две двое deux iki du دوو طفلين طفلان بنتين ولدين ابنين طفلتين",
    3: "ثلاثة ثلاث ثلاثه three три трое trois üç uc sê se سێ",
    4: "اربعة اربع اربعه four четыре четверо quatre dört dort çar car چوار",
    5: "خمسة خمس خمسه five пять пятеро cinq beş bes pênc penc پێنج",
    6: "ستة ست سته six шесть шестеро altı şeş ses شەش",
    7: "سبعة سبع سبعه seven семь семеро sept yedi heft حەوت",
    8: "ثمانية ثمان ثماني ثمانيه eight восемь восьмеро huit sekiz heşt hest هەشت",
    9: "تسعة تسع تسعه nine девять девятеро neuf dokuz neh nanh نۆ",
    10: "عشرة عشر عشره ten десять dix on deh دە",
}
NUMBER_WORDS: dict[str, int] = {key(word): n for n, words in _WORDS.items() for word in words.split()}
_WHOLE = re.compile(r"\s*([0-9]{1,9})\s*$")


def whole_number(text: str) -> int | None:
    """The number a cell consists of, in digits of any of the three scripts; None for anything else."""
    found = _WHOLE.match(even(text[:40]))
    return int(found[1]) if found else None


def spoken_number(word: str) -> int | None:
    """A number from 1 to 10 in letters, or in digits."""
    number = whole_number(word)
    return number if number is not None else NUMBER_WORDS.get(key(word))
