"""Workbooks that are zip files: counted while unpacking, before any parser sees them."""

import io
import zipfile
import zlib

from service.imports.errors import FileRejected
from service.imports.limits import Limits

_CHUNK = 256 * 1024
_TOO_BIG = (
    "The workbook unpacks to more than a list can hold. Save only the sheet with the list and upload that."
)


def unpack(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Every XML part of the workbook by name; other parts are unpacked too, only to be counted.

    Raises `FileRejected` for damaged, protected or oversized archives.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise FileRejected(
            "damaged_workbook", "The workbook is damaged or was cut short. Ask for it again or save it anew."
        ) from error


def _members(archive: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > limits.members:
        raise FileRejected("too_many_parts", _TOO_BIG)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileRejected(
            "encrypted_workbook",
            "The workbook is protected by a password. Remove the password and upload it again.",
        )
    parts: dict[str, bytes] = {}
    left = limits.unpacked_bytes
    for entry in entries:
        content = _content(archive, entry, left)
        left -= len(content)
        if entry.filename.endswith((".xml", ".rels")) or entry.filename == "mimetype":
            parts[entry.filename] = content
    return parts


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    taken = bytearray()
    with archive.open(entry) as member:
        while chunk := member.read(_CHUNK):
            taken += chunk
            if len(taken) > left:
                raise FileRejected("too_much_unpacked", _TOO_BIG)
    return bytes(taken)


def kind_of(parts: dict[str, bytes], data: bytes) -> str:
    """`xlsx` or `ods`, by the parts inside. Raises `FileRejected` for any other zip file."""
    if "xl/workbook.xml" in parts:
        return "xlsx"
    mimetype = parts.get("mimetype", b"").strip()
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet") and "content.xml" in parts:
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise FileRejected(
                "encrypted_workbook",
                "The workbook is protected by a password. Remove the password and upload it again.",
            )
        return "ods"
    if "word/document.xml" in parts or mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        raise FileRejected(
            "document_not_a_table",
            "This is a text document. Copy its table into a spreadsheet and upload that.",
        )
    if b"xl/workbook.bin" in data:
        raise FileRejected(
            "binary_workbook", "This is a binary workbook (XLSB). Save it as XLSX and upload that."
        )
    raise FileRejected(
        "archive_not_a_table", "This is a zip archive, not a list. Unpack it and upload the list inside."
    )
