"""Invented persons of the Caucasus and Central Asia, each in Cyrillic and Arabic script.

Written for the noise bench alone and by hand, apart from every table of the matcher. Given names are
common ones, surnames are made up; whoever bears such a name does so by chance.
"""

import random
from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate

_MEN = """
Магомед محمد|Ахмед أحمد|Мурад مراد|Руслан رسلان|Заур زاور|Тимур تيمور|Аслан أصلان|Ислам إسلام|Шамиль شامل
Юсуп يوسف|Ибрагим إبراهيم|Иса عيسى|Муса موسى|Адам آدم|Хасан حسن|Хусейн حسين|Али علي|Умар عمر|Усман عثمان
Рустам رستم|Фаррух فروخ|Бахтиёр بختيار|Жасур جسور|Абдулла عبد الله|Абдурахман عبد الرحمن|Абдулмалик عبد الملك
Саид سعيد|Рамазан رمضان|Висхан ويسخان|Лечи ليتشي|Бекхан بيكخان|Джамал جمال|Идрис إدريس|Нурлан نورلان
Эльдар إلدار|Гаджи حاجي|Закир ذاكر|Сулейман سليمان|Хамзат حمزات|Эмин أمين
"""
_WOMEN = """
Патимат فاطمات|Аминат أمينات|Зарема زاريما|Мадина مدينة|Хеда خيدا|Айшат عائشات|Марьям مريم|Лейла ليلى
Диана ديانا|Зухра زهرة|Гульнара جلنارة|Малика مليكة|Хадижат خديجات|Седа سيدا|Эльмира إلميرا|Нигора نيغورا
Умида أميدة|Фатима فاطمة|Раиса رئيسة|Жанна جانا|Сабина سابينا|Луиза لويزا|Асият آسيات|Тамила تاميلا
"""
_SURNAMES = """
Дзорханов دزورخانوف|Цахбиев تساخبييف|Муртаев مورتاييف|Эльбазов إلبازوف|Хунчаров خونتشاروف|Гацалов غاتسالوف
Берсунов بيرسونوف|Алхоев ألخوييف|Тембулаев تيمبولاييف|Шуайпов شوايبوف|Гиреханов غيريخانوف|Зубайров زبيروف
Мусхабов مسخابوف|Бугаров بوغاروف|Кахримов قهريموف|Ташбулов تاشبولوف|Саидгаров سعيدغاروف|Эдильбиев إديلبييف
Вараханов فاراخانوف|Джангоров جانغوروف|Ильдузов إلدوزوف|Нагучев ناغوتشيف|Пашаров باشاروف|Рахмедов رحميدوف
Улубиев أولوبييف|Фаргиев فارغييف|Хаджимурзов حاجيمرزوف|Чантаров تشانتاروف|Шерзаев شيرزاييف|Юнгазов يونغازوف
Якшибоев يخشيبوييف|Байрузов بايروزوف|Гулмедов غولميدوف|Давлетшоев دولتشوييف|Ергазиев يرغازييف
Жумазов جومازوف|Закарханов زكرخانوف|Исраптов إسرابتوف|Курбазов قربازوف|Латыпханов لطيبخانوف|Мавлазов مولازوف
Назырбеков نظيربيكوف|Османгаров عثمانغاروف|Пирзадов بيرزادوف|Рамзабеков رمزابيكوف|Салимбиев سليمبييف
Тутхалов توتخالوف|Увайханов أويسخانوف|Фатхиев فتحييف|Хазбулов خازبولوف|Цокаров تسوكاروف|Чергизов تشيرغيزوف
Шахбанов شاهبانوف|Эскерханов إسكرخانوف|Юсуфбеков يوسفبيكوف|Яндаров يانداروف|Абдулзаев عبدولزاييف
Батукаев باتوكاييف|Вахидзов وحيدزوف|Гайсултов غايسولتوف|Дасханов داسخانوف|Еламов يلاموف|Зелимбиев زليمبييف
Индарбов إندربوف|Кагерманов كاغيرمانوف|Лорсаев لورساييف|Межидзов مجيدزوف|Насурханов نصورخانوف
Оздоханов أوزدوخانوف|Патуев باتوييف|Ризванбеков رضوانبيكوف|Солтаров سولتاروف|Таймусов تايموسوف
Умхазов أمخازوف|Халидханов خالدخانوف|Цурганов تسورغانوف|Чупалбеков تشوبالبيكوف|Шидаханов شيداخانوف
Эльхозуров إلخوزوروف|Гелисханов غيليسخانوف|Кошмурзин كوشمرزين|Тагиржанин تاغيرجانين|Муллашин مولاشين
Бакуридзкий باكوريدزكي|Арсанукский أرسانوكسكي
"""
_SKEW = 0.7


@dataclass(frozen=True)
class Written:
    """A name in two scripts."""

    cyrillic: str
    arabic: str


@dataclass(frozen=True)
class Invented:
    """One invented person; the surname is already in the form of the sex."""

    given: Written
    father: Written
    surname: Written
    woman: bool


def _table(text: str) -> list[Written]:
    entries = text.strip().replace("\n", "|").split("|")
    return [Written(*entry.split(" ", 1)) for entry in entries]


MEN, WOMEN, SURNAMES = _table(_MEN), _table(_WOMEN), _table(_SURNAMES)


def invent(dice: random.Random) -> Invented:
    """A person; the names that come first in the tables are drawn more often than the last."""
    woman = dice.random() < 0.5
    surname = _drawn(SURNAMES, dice)
    return Invented(
        _drawn(WOMEN if woman else MEN, dice),
        _drawn(MEN, dice),
        Written(_of_woman(surname.cyrillic), _arabic_of_woman(surname.arabic)) if woman else surname,
        woman,
    )


def _drawn(table: list[Written], dice: random.Random) -> Written:
    heaps = list(accumulate((place + 1) ** -_SKEW for place in range(len(table))))
    return table[bisect(heaps, dice.random() * heaps[-1])]


def _of_woman(surname: str) -> str:
    return surname[:-2] + "ая" if surname.endswith("ий") else surname + "а"


def _arabic_of_woman(surname: str) -> str:
    return surname[:-1] + "ايا" if surname.endswith("كي") else surname + "ا"


def patronymic(father: Written, woman: bool) -> Written:
    """The patronymic from a father's name, by the textbook."""
    name, ending = father.cyrillic, "овна" if woman else "ович"
    if name[-1] in "йь":
        name, ending = name[:-1], "евна" if woman else "евич"
    elif name[-1] in "аяеиоу":
        ending = "евна" if woman else "евич"
    return Written(name + ending, father.arabic.replace(" ", "") + ("وفنا" if woman else "وفيتش"))
