"""Tables of invented people, and every file format they can be delivered in."""

# ruff: noqa: E501 - a row of a table, or a file of one line, is read as a whole

import csv
import io
from collections.abc import Callable, Sequence

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[str]]


def delimited(rows: Rows, delimiter: str = ",", encoding: str = "utf-8", end: str = "\n") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xls(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text:
                sheet.write(r, c, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(rows: Rows) -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="List")
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string") if text else TableCell()
            if text:
                cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FORMATS: dict[str, Callable[[Rows], bytes]] = {
    "csv": delimited,
    "tsv": lambda rows: delimited(rows, "\t"),
    "semicolon": lambda rows: delimited(rows, ";", end="\r\n"),
    "bar": lambda rows: delimited(rows, "|"),
    "xlsx": as_xlsx,
    "xls": as_xls,
    "ods": as_ods,
}

# A prison with a children's home: Arabic headings and digits, a blank place stands for the one above.
PRISON: Rows = (
    ("كشف النزيلات والاطفال", "", "", "", "", "", "", "", "", ""),
    ("", "", "", "", "", "", "", "", "", ""),
    ("ت", "الاسم الثلاثي واللقب", "اسم الأم", "الجنس", "المواليد", "العمر", "الجنسية", "مكان الإيواء", "تاريخ الدخول", "الملاحظات"),
    ("١", "رئيسة سلطانوفا (أم داود)", "", "انثى", "١٩٨٩/٧/١", "٣٠", "روسية / داغستان", "سجن التجربة", "٢٠١٧/١٠/٢", "محكومة، لديها ٤ اطفال في دار الايواء"),
    ("٢", "ساعدة نظرزاده", "", "انثى", "١٩٨٨", "٣١", "طاجكستان", "", "٢٠١٧/١٠/٢", "ومعها طفلين"),
    ("٣", "بلقيس رستم", "ساعدة", "انثى", "", "٦ سنوات", "طاجكستان", "", "٢٠١٧/١٠/٢", "مع الام"),
    ("٤", "طاهر رستم", "ساعدة", "ذكر", "", "٨ أشهر", "طاجكستان", "", "٢٠١٧/١٠/٢", "مع الام"),
    ("٥", "أم ليلى الأذرية", "", "انثى", "", "تقريبا ٣٠", "اذربيجان", "", "2017/11/5", "ترفض اعطاء اسمها، ومعها ٣ أطفال"),
    ("٦", "يحيى داود", "تمارا (متوفية)", "د", "", "٥", "روسية - انغوش", "دار التجربة للايتام", "2017/11/5", "عثر عليه في الموصل مع اخته"),
    ("٧", "مكة داود", "تمارا - متوفية", "انثى", "", "٣", "روسية", "", "2017/11/5", "اخت رقم ٦"),
    ("٨", "هاجر (لا تعرف اسم الاب)", "مجهولة", "انثى", "", "تقدير ٤", "مجهولة", "", "2017/11/5", "تتكلم الروسية، تقول ان جدتها في بويناكسك"),
    ("٩", "طفل مجهول (سمي نوح)", "-", "ذكر", "", "٣", "مجهولة", "", "2017/12/1", "الاسم من الدار"),
    ("١٠", "رستم غادجييف", "صافية", "ذكر", "٢٠١١/٧/١", "٨", "داغستان", "", "2018/01/14", "ندبة في اليد اليسرى، الام متوفية، الاب مراد؟"),
    ("", "المجموع", "١٠", "", "", "", "", "", "", ""),
)  # fmt: skip

# A camp: Kurdish headings, names in two scripts, households by number, children counted only.
CAMP: Rows = (
    ("Mal / HH", "Çadir", "Nav (Latin)", "الاسم", "Kunye", "Pêwendî", "Z/M", "Emr", "Netewe", "Hatin", "Têbînî"),
    ("P7-0311", "14", "", "أم داود الشيشانية", "Um Dawid", "serok", "J", "30", "Şîşan / Rûsya", "02.2019", "Baxoz; mêr miriye"),
    ("P7-0311", "14", "Dawid", "داود", "", "kur", "N", "8", "Şîşan", "02.2019", ""),
    ("P7-0311", "14", "Hacer", "هاجر", "", "keç", "J", "7", "Şîşan", "02.2019", ""),
    ("P7-0320", "15", "Reyhana Sultanova", "ريحانة سلطانوفا", "أم طاهر الداغستانية", "serok", "J", "34", "Dagistan", "01.2019", "mêr: Tahir, girtî (Hesekê)"),
    ("P7-0320", "15", "Tahir Tahirov", "طاهر طاهروف", "", "kur", "N", "8", "Dagistan", "01.2019", ""),
    ("P7-0331", "22", "", "أم نوح الشيشانية", "Um Nuh", "serok", "J", "31", "Şîşan", "03.2019", "+3 zarok / و ٣ أطفال"),
    ("P7-0340", "25", "Sefiye (Darya)", "صفية", "أم لقمان", "serok", "J", "29", "Rûsya", "03.2019", "zimanê Rûsî jî dizane"),
    ("P7-0340", "25", "Luqman", "لقمان", "", "kur", "N", "6", "Rûsya", "03.2019", ""),
)  # fmt: skip

# A register in English: pseudo-dates, swapped names, family numbers, transfers from another camp.
REGISTER: Rows = (
    ("No.", "Case ID", "Family ID", "Surname", "First name", "Father name", "Mother name", "Sex", "DoB", "Age", "Nationality (claimed)", "Location", "Care status", "Remarks"),
    ("1", "TST-0412", "F-1", "SULTANOV", "Daud", "Kamil", "Raisa (in prison)", "M", "01/01/2011", "10", "Russian (Dagestan)", "Baghdad, test home", "Institution", "father dead; half siblings 2-3"),
    ("2", "TST-0413", "F-1", "SULTANOVA", "Hajar", "Abu Nuh (Tunisian)", "Raisa (in prison)", "F", "01/07/2012", "9", "Tunisian?", "Baghdad, test home", "Institution", ""),
    ("3", "TST-0414", "F-1", "", "Nuh", "Uzbek, name unk.", "Raisa", "M", "", "4", "Unknown", "Baghdad, test home", "Institution", "youngest of 3"),
    ("4", "TST-0077", "F-2", "Zalina", "Testova", "", "", "F", "14/02/1995", "26", "Russian (Chechen)", "Roj (from al-Hol 12/2020)", "Head of HH", "kunya Umm Tahir; old HH P7-0340?"),
    ("5", "TST-0078", "F-2", "", "Tahir", "Ruslan", "Zalina", "M", "14/09/2017", "4", "Russian", "Roj (from al-Hol 12/2020)", "With mother", ""),
    ("6", "TST-0518", "", "TESTOV", "Adam", "Isa", "deceased", "M", "01/07/2014", "7", "Russian (Ingush)", "Baghdad, test home", "Institution", "sister Makka with him"),
    ("7", "TST-0533", "", "TESTOVA", "Fatima", "Ali", "Saniyat", "F", "01/01/2009", "12", "Russian", "Baghdad, test home", "Institution", "says village near Derbent"),
    ("8", "TST-0540", "", "PROBOV", "Murad", "Murad", "Zaynab", "M", "01/01/2010", "11", "Russian", "Baghdad, juvenile", "Detained", "from Kizlyar"),
)  # fmt: skip
