"""Which format a file is, by its bytes and never by its name."""

import re

from service.imports.errors import FileRejected

_SAVE_AS = "Open it in a spreadsheet program, save it as XLSX or CSV and upload that file."

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (
        b"%PDF",
        "pdf_not_a_table",
        "This is a PDF. Ask for the spreadsheet it was printed from, or type the rows off.",
    ),
    (b"\x89PNG", "image_not_a_table", "This is a picture. Type the rows into a spreadsheet and upload that."),
    (
        b"\xff\xd8\xff",
        "image_not_a_table",
        "This is a photo. Type the rows into a spreadsheet and upload that.",
    ),
    (b"GIF8", "image_not_a_table", "This is a picture. Type the rows into a spreadsheet and upload that."),
    (b"II*\x00", "image_not_a_table", "This is a scan. Type the rows into a spreadsheet and upload that."),
    (b"MM\x00*", "image_not_a_table", "This is a scan. Type the rows into a spreadsheet and upload that."),
    (
        b"\x1f\x8b",
        "archive_not_a_table",
        "This is a compressed archive. Unpack it and upload the list inside.",
    ),
    (b"Rar!", "archive_not_a_table", "This is a compressed archive. Unpack it and upload the list inside."),
    (
        b"7z\xbc\xaf",
        "archive_not_a_table",
        "This is a compressed archive. Unpack it and upload the list inside.",
    ),
    (b"BZh", "archive_not_a_table", "This is a compressed archive. Unpack it and upload the list inside."),
    (
        b"\xfd7zXZ",
        "archive_not_a_table",
        "This is a compressed archive. Unpack it and upload the list inside.",
    ),
    (
        b"{\\rtf",
        "document_not_a_table",
        "This is a text document. Copy its table into a spreadsheet and upload that.",
    ),
    (b"\x7fELF", "program_not_a_table", "This is a program, not a list. Upload a spreadsheet or a CSV file."),
    (
        b"MZ\x90\x00",
        "program_not_a_table",
        "This is a program, not a list. Upload a spreadsheet or a CSV file.",
    ),
    (
        b"SQLite format 3",
        "database_not_a_table",
        "This is a database. Export the table as CSV and upload that.",
    ),
    (b"\x09\x08", "old_workbook", f"This workbook is in a format of before 1997. {_SAVE_AS}"),
    (b"\x09\x04", "old_workbook", f"This workbook is in a format of before 1997. {_SAVE_AS}"),
    (b"\x09\x02", "old_workbook", f"This workbook is in a format of before 1997. {_SAVE_AS}"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"\s*(<!doctype\s+html|<html|<head|<body|<table|<meta|<script)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml", re.IGNORECASE)


def format_of(data: bytes) -> str:
    """`zip`, `xls` or `text`. Raises `FileRejected` for every format that is known not to be a list."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise FileRejected("empty_file", "The file is empty. Check that the right file was chosen.")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if data.startswith(_OLE):
        return _compound(data)
    for magic, code, sentence in _MAGIC:
        if data.startswith(magic):
            raise FileRejected(code, sentence)
    head = data[:4096].lstrip(b"\xef\xbb\xbf")
    if _HTML.match(head):
        raise FileRejected("html_not_a_table", f"This is a web page under another name. {_SAVE_AS}")
    if _XML.match(head):
        raise FileRejected("xml_not_a_table", f"This is an XML file. {_SAVE_AS}")
    return "text"


def _compound(data: bytes) -> str:
    """Old Office files all share one container; the names of the streams tell them apart."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FileRejected(
            "encrypted_workbook",
            "The workbook is protected by a password. Remove the password and upload it again.",
        )
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    raise FileRejected("document_not_a_table", f"This is an Office document but not a workbook. {_SAVE_AS}")
