"""The four layouts: an Arabic prison list, a Kurdish camp list, an English case sheet, a Russian one in
XLSX.
"""

import csv
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from world_rows import Row

_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ARABIC = {
    "Чечня": "شيشان", "Дагестан": "روسيا / داغستان", "Ингушетия": "انغوشيا", "Татарстан": "تتارستان",
    "Узбекистан": "اوزبكستان", "Таджикистан": "طاجكستان", "Казахстан": "كازاخستان", "Россия": "روسيا",
    "Tunisian": "تونس", "Turkish": "تركيا", "Syrian": "سوريا", "": "العراق",
}  # fmt: skip
_KURDISH = {
    "Чечня": "Şîşan", "Дагестан": "Daxistan", "Ингушетия": "Înguş", "Татарстан": "Tatar",
    "Узбекистан": "Ozbek",
    "Таджикистан": "Tacîk", "Казахстан": "Qazax", "Россия": "Rûsya", "Tunisian": "Tûnis", "Turkish": "Tirk",
    "Syrian": "Sûrî", "": "Iraq",
}  # fmt: skip
_ENGLISH = {
    "Чечня": "Chechen", "Дагестан": "Russian (Dagestan)", "Ингушетия": "Ingush", "Татарстан": "Tatar",
    "Узбекистан": "Uzbek", "Таджикистан": "Tajik", "Казахстан": "Kazakh", "Россия": "Russian",
    "Tunisian": "Tunisian?", "Turkish": "Turkish", "Syrian": "Syrian", "": "Iraqi",
}  # fmt: skip
_RUSSIAN = {"Tunisian": "Тунис", "Turkish": "Турция", "Syrian": "Сирия"}
Cells = list[str]


def _kunya(row: Row, place: int) -> str:
    return row.kunya.split("|")[place] if row.kunya else ""


def _said(words: dict[str, str], row: Row) -> str:
    return words[row.nationality] if row.nationality else ""


def _day(row: Row) -> str:
    return f"{row.entered.year}/{row.entered.month}/{row.entered.day}"


def _umm_arabic(row: Row) -> str:
    return f"أم {_kunya(row, 0)} ال{_kunya(row, 2)}ة" if row.kunya else ""


def _prison(number: int, row: Row) -> Cells:
    name = " ".join(filter(None, (row.given, row.father, row.surname)))
    if row.kunya:
        name = f"{name} (أم {_kunya(row, 0)})" if name else _umm_arabic(row)
    note = f"ومعها {str(row.counted).translate(_DIGITS)} اطفال" if row.counted else row.note
    if not row.adult and row.household:
        note = "مع الام"
    return [
        str(number).translate(_DIGITS), name, row.mother, "انثى" if row.sex == "f" else "ذكر",
        row.born.translate(_DIGITS), row.age.translate(_DIGITS), _said(_ARABIC, row),
        "سجن النساء - الرصافة", _day(row).translate(_DIGITS), note,
    ]  # fmt: skip


def _camp(number: int, row: Row) -> Cells:
    latin = " ".join(filter(None, (row.given, row.surname if number % 2 else "")))
    arabic = row.given_arabic
    if row.kunya and not row.given:
        arabic = _umm_arabic(row)
    relation = "serok" if row.adult else "kur" if row.sex == "m" else "keç"
    umm = f"Um {_kunya(row, 1)}" if row.kunya else ""
    note = f"+{row.counted} zarok" if row.counted else row.note
    return [
        row.household, row.household[-2:], latin, arabic, umm, relation, "J" if row.sex == "f" else "N",
        row.age,
        _said(_KURDISH, row), f"{row.entered.month:02}.{row.entered.year}", note,
    ]  # fmt: skip


def _sheet(number: int, row: Row) -> Cells:
    given = row.given or (f"Umm {_kunya(row, 1)}" if row.kunya else "")
    note = f"{row.counted} children with her" if row.counted else row.note
    return [
        str(number), f"BGD-{number:05}", row.household, row.surname.upper(), given, row.father, row.mother,
        "F" if row.sex == "f" else "M", row.born, row.age, _said(_ENGLISH, row),
        "Baghdad, al-Salihiya", "Institution" if not row.adult else "", note,
    ]  # fmt: skip


def _russian(number: int, row: Row) -> Cells:
    name = " ".join(filter(None, (row.surname, row.given, row.father)))
    if row.kunya and not name:
        name = f"Умм {_kunya(row, 1)}"
    return [
        str(number), name, row.mother, row.born or (f"{row.age} лет" if row.age else ""),
        "ж" if row.sex == "f" else "м",
        _RUSSIAN.get(row.nationality, row.nationality),
        "Рожава", row.household, row.note,
    ]  # fmt: skip


HEADINGS: dict[str, Cells] = {
    "A": ["ت", "الاسم الثلاثي واللقب", "اسم الأم", "الجنس", "المواليد", "العمر", "الجنسية",
    "مكان الإيواء", "تاريخ الدخول", "الملاحظات"],
    "B": ["Mal / HH", "Çadir", "Nav (Latin)", "الاسم", "Kunye", "Pêwendî", "Z/M", "Emr", "Netewe",
    "Hatin", "Têbînî"],
    "C": ["No.", "Case ID", "Family ID", "Surname", "First name", "Father name", "Mother name", "Sex",
    "DoB", "Age",
          "Nationality (claimed)", "Location", "Care status", "Remarks"],
    "D": ["№ п/п", "ФИО", "Имя матери", "Дата рождения", "Пол", "Гражданство", "Место", "Семья",
    "Примечание"],
}  # fmt: skip
_WRITERS: dict[str, Callable[[int, Row], Cells]] = {"A": _prison, "B": _camp, "C": _sheet, "D": _russian}
FILES = {"A": "prison_a.tsv", "B": "camp_b.csv", "C": "cases_c.csv", "D": "mission_d.xlsx"}


def write_lists(folder: Path, lists: dict[str, list[Row]]) -> dict[tuple[str, int], Row]:
    """The files; (file, row as a spreadsheet shows it) -> what was written there."""
    places: dict[tuple[str, int], Row] = {}
    for letter, rows in lists.items():
        lines = [HEADINGS[letter], *(_WRITERS[letter](number, row) for number, row in enumerate(rows, 1))]
        before = [["Case sheet, children and mothers"], []] if letter == "C" else []
        _write(folder / FILES[letter], before + lines)
        for number, row in enumerate(rows, len(before) + 2):
            places[FILES[letter], number] = row
    return places


def _write(path: Path, lines: list[Cells]) -> None:
    if path.suffix == ".xlsx":
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Список")
        for line in lines:
            sheet.append(line)
        book.save(path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else ",", lineterminator="\n").writerows(
            lines
        )
