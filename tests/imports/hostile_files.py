"""Broken and hostile files, built byte by byte."""

# ruff: noqa: E501 - a row of a table, or a file of one line, is read as a whole

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
import xlwt

HEAD = "No,Name,Mother name,Sex,Age,Remarks\n"
ROW = "1,Zalina Testova,Raisa,F,7,With mother\n"
GOOD = HEAD + ROW

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
ROOT = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = ROOT.replace("xl/workbook.xml", "worksheets/sheet1.xml").replace(
    "relationships/officeDocument", "relationships/worksheet"
)
SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData>{after}</worksheet>"
)


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


GOOD_ROWS = (
    '<row r="1">' + "".join(text_cell(f"{c}1", h) for c, h in zip("ABCD", ("No", "Name", "Sex", "Age"), strict=True)) + "</row>"
    '<row r="2"><c r="A2"><v>1</v></c>' + text_cell("B2", "Zalina Testova") + text_cell("C2", "F") + '<c r="D2"><v>7</v></c></row>'
)  # fmt: skip


def xlsx(rows: str = GOOD_ROWS, after: str = "", sheet: str = SHEET, **parts: bytes | str) -> bytes:
    """A workbook of one sheet from raw XML; `parts` replaces or adds members, `__` standing for a slash."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
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


def lying_header() -> bytes:
    """The sizes in the archive say 10 bytes for a part that holds far more."""
    data = bytearray(xlsx())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", data, at + 24, 10)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def bomb(megabytes: int) -> bytes:
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


def encrypted_flag() -> bytes:
    data = bytearray(xlsx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def laughs(entity: str = "") -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    doctype = entity or f'<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]>'
    body = SHEET.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{doctype}')
    return xlsx(rows=f'<row r="1">{text_cell("A1", "&l8;")}</row>', sheet=body)


def with_openpyxl(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def formulas(book: openpyxl.Workbook) -> None:
    sheet = book.active
    for row in (
        ["No", "Name", "Sex", "Age"],
        ["1", "Zalina Testova", "F", "=3+4"],
        ["2", '=HYPERLINK("http://x")', "M", 5],
    ):
        sheet.append(row)


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00" * 1024


def xls(rows: list[list[object]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def many_rows(count: int) -> bytes:
    return ("Name,Age\n" + "".join(f"Person{n},{n % 15}\n" for n in range(count - 1))).encode()


def noise(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)


def deep(levels: int) -> bytes:
    return xlsx(rows=GOOD_ROWS, after="<x>" * levels + "</x>" * levels)


def text(content: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: content.encode(encoding)


def arabic_rows() -> str:
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


def russian_rows() -> str:
    return "Номер;ФИО;Имя матери;Пол;Возраст;Примечание\n" + "".join(
        f"{n};{name};{mother};ж;{n};с матерью\n"
        for n, (name, mother) in enumerate(
            [("Тестова Залина", "Раиса"), ("Пробная Камила", "Салима"), ("Образцова Мадина", "Патимат"),
             ("Примерова Хадижат", "Айшат")], 1)
    )  # fmt: skip


FAR = (
    '<row r="1">'
    + text_cell("A1", "Name")
    + '</row><row r="1048576">'
    + text_cell("XFD1048576", "x")
    + "</row>"
)
ODS_CELL = '<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def ods_row(*texts: str, more: str = "") -> str:
    return (
        "<table:table-row>"
        + "".join(ODS_CELL.format(more=more, text=t) for t in texts)
        + "</table:table-row>"
    )


def prefixed(rows: str) -> str:
    """The same sheet with every element in a namespace prefix."""
    body = re.sub(
        r"<(/?)(\w)", r"<\1x:\2", SHEET.split("?>")[1].replace("{rows}", rows).replace("{after}", "")
    )
    return '<?xml version="1.0"?>' + body.replace("xmlns=", "xmlns:x=")


def flipped(data: bytes) -> bytes:
    broken = bytearray(data)
    at = data.find(b"xl/worksheets/sheet1.xml") + 40
    for offset in range(0, 60, 3):
        broken[at + offset] ^= 0xFF
    return bytes(broken)


def doctyped(xml: str) -> str:
    return xml.replace('<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE workbook [<!ENTITY a "b">]>')


def ods_encrypted() -> bytes:
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b"\x93\x12\x00garbage",
        "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
    })  # fmt: skip


def repeated_row(rows: int, columns: int) -> str:
    cell = ODS_CELL.format(more=f' table:number-columns-repeated="{columns}"', text="x")
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'


def csv_columns(count: int) -> bytes:
    return (
        ",".join(f"c{n}" for n in range(count)) + "\n" + ",".join(str(n) for n in range(count)) + "\n"
    ).encode()


def wide_workbook(columns: int) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append([f"c{n}" for n in range(columns)])

    return with_openpyxl(fill)


def broken_utf_8() -> bytes:
    data = bytearray(arabic_rows().encode())
    at = data.rfind("زينب".encode())
    data[at + 1] = 0x20
    return bytes(data)
