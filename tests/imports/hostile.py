"""Broken and hostile files, each with what reading it must come to. All of them are built here."""

# ruff: noqa: E501 - a row of a table, or a file of one line, is read as a whole

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import openpyxl
import xlwt

HEAD = "No,Name,Mother name,Sex,Age,Remarks\n"
ROW = "1,Zalina Testova,Raisa,F,7,With mother\n"
GOOD = HEAD + ROW

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_ROOT = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_LINKS = _ROOT.replace("xl/workbook.xml", "worksheets/sheet1.xml").replace(
    "relationships/officeDocument", "relationships/worksheet"
)
_SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData>{after}</worksheet>"
)


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


GOOD_ROWS = (
    '<row r="1">' + "".join(text_cell(f"{c}1", h) for c, h in zip("ABCD", ("No", "Name", "Sex", "Age"), strict=True)) + "</row>"
    '<row r="2"><c r="A2"><v>1</v></c>' + text_cell("B2", "Zalina Testova") + text_cell("C2", "F") + '<c r="D2"><v>7</v></c></row>'
)  # fmt: skip


def xlsx(rows: str = GOOD_ROWS, after: str = "", sheet: str = _SHEET, **parts: bytes | str) -> bytes:
    """A workbook of one sheet from raw XML; `parts` replaces or adds members, `__` standing for a slash."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _LINKS,
        "xl/worksheets/sheet1.xml": sheet.replace("{rows}", rows).replace("{after}", after),
    }
    members |= {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in parts.items()}
    return zipped(members)


def zipped(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def ods(body: str) -> bytes:
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="List">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type='
        '"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest})


@dataclass(frozen=True)
class Hostile:
    """`code`: the refusal, or "" when the file is read; then `problems` are codes that must be reported."""

    name: str
    build: Callable[[], bytes]
    code: str | tuple[str, ...] = ""
    problems: tuple[str, ...] = ()
    people: int | None = None
    file_name: str = "list.xlsx"


def _lying_header() -> bytes:
    """The sizes in the archive say 10 bytes for a part that holds far more."""
    data = bytearray(xlsx())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", data, at + 24, 10)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b" " * (1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    checksum = 0
    for _ in range(megabytes):
        checksum = zlib.crc32(block, checksum)
    name = b"xl/worksheets/sheet2.xml"
    size = megabytes << 20
    local = struct.pack(
        "<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 33, checksum, len(packed), size, len(name), 0
    )
    central = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, checksum, len(packed), size, len(name), 0, 0, 0, 0, 0, 0
    )  # fmt: skip
    directory = central + name
    end = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), len(local) + len(name) + len(packed), 0
    )
    return local + name + packed + directory + end


def _encrypted_flag() -> bytes:
    data = bytearray(xlsx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def _laughs(entity: str = "") -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    doctype = entity or f'<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]>'
    body = _SHEET.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{doctype}')
    return xlsx(rows=f'<row r="1">{text_cell("A1", "&l8;")}</row>', sheet=body)


def _with_openpyxl(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _formulas(book: openpyxl.Workbook) -> None:
    sheet = book.active
    for row in (
        ["No", "Name", "Sex", "Age"],
        ["1", "Zalina Testova", "F", "=3+4"],
        ["2", '=HYPERLINK("http://x")', "M", 5],
    ):
        sheet.append(row)


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00" * 1024


def _xls(rows: list[list[object]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _many_rows(count: int) -> bytes:
    return ("Name,Age\n" + "".join(f"Person{n},{n % 15}\n" for n in range(count - 1))).encode()


def _noise(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)


def _deep(levels: int) -> bytes:
    return xlsx(rows=GOOD_ROWS, after="<x>" * levels + "</x>" * levels)


def _text(content: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: content.encode(encoding)


def _arabic_rows() -> str:
    return "ت,الاسم,اسم الأم,الجنس,العمر,الملاحظات\n" + "".join(
        f"{n},{name} التجريبي,{mother},انثى,{n},مع الام\n"
        for n, (name, mother) in enumerate(
            [
                ("زالينة", "رئيسة"),
                ("كاملة", "سليمة"),
                ("خديجة", "عائشة"),
                ("مريم", "فاطمة"),
                ("حليمة", "زينب"),
            ],
            1,
        )
    )


def _russian_rows() -> str:
    return "Номер;ФИО;Имя матери;Пол;Возраст;Примечание\n" + "".join(
        f"{n};{name};{mother};ж;{n};с матерью\n"
        for n, (name, mother) in enumerate(
            [("Тестова Залина", "Раиса"), ("Пробная Камила", "Салима"), ("Образцова Мадина", "Патимат"),
             ("Примерова Хадижат", "Айшат")], 1)
    )  # fmt: skip


_FAR = (
    '<row r="1">'
    + text_cell("A1", "Name")
    + '</row><row r="1048576">'
    + text_cell("XFD1048576", "x")
    + "</row>"
)
_ODS_CELL = '<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def _ods_row(*texts: str, more: str = "") -> str:
    return (
        "<table:table-row>"
        + "".join(_ODS_CELL.format(more=more, text=t) for t in texts)
        + "</table:table-row>"
    )


def cases() -> Iterator[Hostile]:
    """Every case; the slow ones stand last."""
    yield from _workbooks()
    yield from _not_tables()
    yield from _texts()
    yield from _encodings()
    yield from _large()


def _workbooks() -> Iterator[Hostile]:
    damaged = "damaged_workbook"
    yield Hostile("corner_cells", lambda: xlsx(rows=_FAR), ("too_many_rows", "too_many_columns"))
    yield Hostile(
        "corner_cells_under_a_prefix",
        lambda: xlsx(sheet=_prefixed(_FAR)),
        ("too_many_rows", "too_many_columns"),
    )
    yield Hostile(
        "far_row_without_reference",
        lambda: xlsx(rows=GOOD_ROWS + '<row r="900000"><c><v>1</v></c></row>'),
        "too_many_rows",
    )
    yield Hostile(
        "huge_row_number",
        lambda: xlsx(
            rows=GOOD_ROWS + '<row r="99999999999999999999"><c r="A99999999999999999999"><v>1</v></c></row>'
        ),
        ("too_many_rows", damaged),
    )
    yield Hostile(
        "ten_thousand_columns", lambda: _csv_columns(10_000), "too_many_columns", file_name="wide.csv"
    )
    yield Hostile("wide_workbook", lambda: _wide_workbook(300), "too_many_columns")
    yield Hostile("zip_bomb", lambda: _bomb(230), "too_much_unpacked")
    yield Hostile(
        "zip_bomb_beside_a_good_sheet", lambda: xlsx(xl__media__a_xml=b" " * (210 << 20)), "too_much_unpacked"
    )
    yield Hostile("nested_zip", lambda: zipped({"inner.xlsx": xlsx()}), "archive_not_a_table")
    yield Hostile("lying_sizes", _lying_header, damaged)
    yield Hostile("truncated_zip", lambda: xlsx()[:-60], damaged)
    yield Hostile("half_a_zip", lambda: xlsx()[:700], damaged)
    yield Hostile("flipped_bytes", lambda: _flipped(xlsx()), damaged)
    yield Hostile(
        "too_many_members", lambda: xlsx(**{f"xl__part{n}_xml": "<a/>" for n in range(120)}), "too_many_parts"
    )
    yield Hostile("encrypted_members", _encrypted_flag, "encrypted_workbook")
    yield Hostile("encrypted_workbook", lambda: _ole("EncryptedPackage"), "encrypted_workbook")
    yield Hostile("word_document_97", lambda: _ole("WordDocument"), "document_not_a_table")
    yield Hostile("container_of_junk", lambda: _ole("Workbook"), damaged)
    yield Hostile("billion_laughs", _laughs, "xml_entities")
    yield Hostile(
        "external_entity",
        lambda: _laughs('<!DOCTYPE x [<!ENTITY l8 SYSTEM "file:///etc/passwd">]>'),
        "xml_entities",
    )
    yield Hostile("entity_in_workbook_part", lambda: xlsx(xl__workbook_xml=_doctyped(_BOOK)), "xml_entities")
    yield Hostile(
        "entity_in_shared_strings",
        lambda: xlsx(xl__sharedStrings_xml='<!DOCTYPE s [<!ENTITY a "b">]><sst>&a;</sst>'),
        "xml_entities",
    )
    yield Hostile("broken_xml", lambda: xlsx(sheet="<worksheet><sheetData><row>"), damaged)
    yield Hostile("no_sheet_part", lambda: xlsx(xl__worksheets__sheet1_xml=""), damaged)
    yield Hostile("deep_nesting", lambda: _deep(200_000), people=1)
    yield Hostile(
        "formulas_without_values",
        lambda: _with_openpyxl(_formulas),
        problems=("formula_without_value",),
        people=2,
    )
    yield Hostile(
        "macros",
        lambda: xlsx(**{"xl__vbaProject.bin": b"\x01" * 64}),
        people=1,
        file_name="list.xlsm",
    )
    yield Hostile("empty_workbook", lambda: _with_openpyxl(lambda _: None), "empty_file")
    yield Hostile(
        "merged_everything",
        lambda: xlsx(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        people=1,
    )
    yield Hostile(
        "bad_merge_reference",
        lambda: xlsx(after='<mergeCells><mergeCell ref="nonsense"/></mergeCells>'),
        ("", damaged),
    )
    yield Hostile(
        "ods_repeated_rows",
        lambda: ods(_ods_row("Name", "Age") + _repeated_row(1_048_576, 2)),
        "too_many_rows",
    )
    yield Hostile(
        "ods_repeated_columns",
        lambda: ods(_ods_row("Name", more=' table:number-columns-repeated="16384"')),
        "too_many_columns",
    )
    yield Hostile("ods_blank_tail", lambda: ods(_ods_row("Name", "Sex", "Age") + _ods_row("Zalina Testova", "F", "7") + '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'), people=1, file_name="list.ods")  # fmt: skip
    yield Hostile("ods_encrypted", _ods_encrypted, "encrypted_workbook")
    yield Hostile("xls_of_two_people", lambda: _xls([["No", "Name", "Sex", "Age"], [1, "Zalina Testova", "F", 7], [2, "Murad Testov", "M", 5]]), people=2, file_name="list.xls")  # fmt: skip
    yield Hostile("xls_cut_short", lambda: _xls([["Name", "Age"], ["Zalina", 7]])[:2000], (damaged, "document_not_a_table", "unreadable_file"))  # fmt: skip


def _prefixed(rows: str) -> str:
    """The same sheet with every element in a namespace prefix."""
    body = re.sub(
        r"<(/?)(\w)", r"<\1x:\2", _SHEET.split("?>")[1].replace("{rows}", rows).replace("{after}", "")
    )
    return '<?xml version="1.0"?>' + body.replace("xmlns=", "xmlns:x=")


def _flipped(data: bytes) -> bytes:
    broken = bytearray(data)
    at = data.find(b"xl/worksheets/sheet1.xml") + 40
    for offset in range(0, 60, 3):
        broken[at + offset] ^= 0xFF
    return bytes(broken)


def _doctyped(xml: str) -> str:
    return xml.replace('<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE workbook [<!ENTITY a "b">]>')


def _ods_encrypted() -> bytes:
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b"\x93\x12\x00garbage",
        "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
    })  # fmt: skip


def _repeated_row(rows: int, columns: int) -> str:
    cell = _ODS_CELL.format(more=f' table:number-columns-repeated="{columns}"', text="x")
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'


def _csv_columns(count: int) -> bytes:
    return (
        ",".join(f"c{n}" for n in range(count)) + "\n" + ",".join(str(n) for n in range(count)) + "\n"
    ).encode()


def _wide_workbook(columns: int) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append([f"c{n}" for n in range(columns)])

    return _with_openpyxl(fill)


def _not_tables() -> Iterator[Hostile]:
    yield Hostile("empty_file", lambda: b"", "empty_file")
    yield Hostile("only_blanks", lambda: b"  \r\n\t\r\n", "empty_file")
    yield Hostile("only_zeros", lambda: b"\x00" * 5_000, "empty_file")
    yield Hostile("only_headings", _text(HEAD), "no_people", file_name="list.csv")
    yield Hostile("binary_junk", lambda: _noise(1, 60_000), ("not_a_table", "unknown_encoding"))
    yield Hostile(
        "junk_named_csv", lambda: b"\x01\x02\x03" + _noise(2, 3_000), ("not_a_table", "unknown_encoding")
    )
    yield Hostile("pdf", lambda: b"%PDF-1.7\n" + _noise(3, 500), "pdf_not_a_table")
    yield Hostile("png", lambda: b"\x89PNG\r\n\x1a\n" + _noise(4, 500), "image_not_a_table")
    yield Hostile("photo", lambda: b"\xff\xd8\xff\xe0" + _noise(5, 500), "image_not_a_table")
    yield Hostile(
        "html_named_xls", _text("<html><body><table><tr><td>Name</td></tr></table>"), "html_not_a_table"
    )
    yield Hostile("xml_named_xls", _text('<?xml version="1.0"?><Workbook/>'), "xml_not_a_table")
    yield Hostile("gzip", lambda: b"\x1f\x8b\x08" + _noise(6, 500), "archive_not_a_table")
    yield Hostile("program", lambda: b"\x7fELF" + _noise(7, 500), "program_not_a_table")
    yield Hostile("rich_text", lambda: b"{\\rtf1 Name}", "document_not_a_table")
    yield Hostile("word_document", lambda: zipped({"word/document.xml": "<w/>"}), "document_not_a_table")
    yield Hostile("over_twenty_megabytes", lambda: b"Name,Age\n" + b"a,1\n" * 5_300_000, "file_too_large")


def _texts() -> Iterator[Hostile]:
    name = "list.csv"
    yield Hostile(
        "nul_in_a_cell", _text(HEAD + "1,Zal\x00ina,Raisa,F,7,\n"), "", ("control_character",), 1, name
    )
    yield Hostile(
        "huge_cell",
        _text(HEAD + "1,Zalina,Raisa,F,7," + "x" * 300_000 + "\n"),
        "",
        ("cell_too_long",),
        1,
        name,
    )
    yield Hostile(
        "rows_too_long",
        _text(GOOD + "2,Murad,Raisa,M,5,,extra,more\n"),
        "",
        ("cells_beyond_headings",),
        2,
        name,
    )
    yield Hostile("rows_too_short", _text(GOOD + "2,Murad,Raisa\n"), "", ("row_too_short",), 2, name)
    yield Hostile(
        "duplicate_headings",
        _text("Name,Name,Age,Age\nZalina,زالينة,7,7\n"),
        "",
        ("duplicate_heading",),
        1,
        name,
    )
    yield Hostile(
        "quote_never_closed",
        _text(GOOD + '2,"Murad,Raisa,M,5,\n3,Ali,Raisa,M,4,\n'),
        "",
        ("quote_not_closed",),
        3,
        name,
    )
    yield Hostile(
        "quotes_everywhere",
        _text(HEAD + '1,"Zalina ""Zara"" T",R"aisa,F,7,"a\nb"\n'),
        people=1,
        file_name=name,
    )
    yield Hostile(
        "mixed_line_ends", lambda: b"Name,Age\rZalina,7\nMurad,5\r\nAli,4\r", people=3, file_name=name
    )
    yield Hostile("formula_text", _text(HEAD + '1,=cmd|calc,@Raisa,F,7,"+1-2"\n'), people=1, file_name=name)
    yield Hostile(
        "bidi_in_name",
        _text(HEAD + "1,\u202eanilaZ\u202c\u2066x\u2069,Raisa,F,7,\n"),
        people=1,
        file_name=name,
    )
    yield Hostile(
        "zero_width_in_name", _text(HEAD + "1,نرگس\u200cبانو\u200d,Raisa,F,7,\n"), people=1, file_name=name
    )
    yield Hostile(
        "stacked_marks",
        _text(HEAD + "1,Z" + "\u0301" * 1_900 + "alina,Raisa,F,7,\n"),
        people=1,
        file_name=name,
    )
    yield Hostile(
        "lone_surrogate_bytes",
        lambda: GOOD.encode() + b"2,Mu\xed\xa0\x80rad,R,M,5,\n",
        people=2,
        file_name=name,
    )
    yield Hostile("one_column", _text("Name\nZalina Testova\nMurad Testov\n"), people=2, file_name=name)
    yield Hostile(
        "no_headings",
        _text("1;Zalina Testova;F;7\n2;Murad Testov;M;5\n3;Ali Testov;M;4\n"),
        people=3,
        file_name=name,
    )
    yield Hostile("only_separators", _text(",,,,\n" * 50), ("empty_file", "no_people"))
    yield Hostile("excel_separator_line", _text("sep=;\nName;Age\nZalina;7\n"), people=1, file_name=name)
    yield Hostile(
        "slow_pattern_bait",
        _text(HEAD + "1,Zalina,R,F,7," + "with her " * 200 + "\n"),
        people=1,
        file_name=name,
    )
    yield Hostile(
        "digits_for_days",
        _text(HEAD + "1,Zalina,R,F," + "9" * 1_900 + ",\n"),
        "",
        ("age_not_understood",),
        1,
        name,
    )
    yield Hostile(
        "brackets_for_days",
        _text(HEAD + "1," + "(" * 900 + "a" + ")" * 900 + ",R,F,7,\n"),
        people=1,
        file_name=name,
    )


def _encodings() -> Iterator[Hostile]:
    name = "list.csv"
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"):
        yield Hostile(f"arabic_{encoding}", _text(_arabic_rows(), encoding), people=5, file_name=name)
    for encoding in ("utf-16", "cp1251", "koi8-r", "cp866", "iso8859-5"):
        yield Hostile(f"russian_{encoding}", _text(_russian_rows(), encoding), people=4, file_name=name)
    yield Hostile(
        "odd_byte_of_utf_16", lambda: _arabic_rows().encode("utf-16") + b"\x00", people=5, file_name=name
    )
    yield Hostile("utf_8_with_a_broken_byte", lambda: _broken_utf_8(), "", ("bad_bytes",), 5, name)
    yield Hostile("two_encodings_in_one", lambda: _russian_rows().encode("cp1251") + "5;Тест;М;ж;5;\n".encode("koi8-r"), people=5, file_name=name)  # fmt: skip


def _broken_utf_8() -> bytes:
    data = bytearray(_arabic_rows().encode())
    at = data.rfind("زينب".encode())
    data[at + 1] = 0x20
    return bytes(data)


def _large() -> Iterator[Hostile]:
    yield Hostile(
        "three_hundred_thousand_rows", lambda: _many_rows(300_000), "too_many_rows", file_name="list.csv"
    )
    yield Hostile(
        "one_row_too_many_blank",
        lambda: b"Name,Age\nZalina,7\n" + b"\n" * 400_000,
        people=1,
        file_name="list.csv",
    )
