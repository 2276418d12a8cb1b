"""Broken and hostile files, each with what reading it must come to."""

# ruff: noqa: E501 - a row of a table, or a file of one line, is read as a whole

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from service.imports.limits import LIMITS, Limits
from tests.imports.hostile_files import (
    BOOK,
    FAR,
    GOOD,
    GOOD_ROWS,
    HEAD,
    arabic_rows,
    bomb,
    broken_utf_8,
    csv_columns,
    deep,
    doctyped,
    encrypted_flag,
    flipped,
    formulas,
    laughs,
    lying_header,
    many_rows,
    noise,
    ods,
    ods_encrypted,
    ods_row,
    ole,
    prefixed,
    repeated_row,
    russian_rows,
    text,
    wide_workbook,
    with_openpyxl,
    xls,
    xlsx,
    zipped,
)


@dataclass(frozen=True)
class Hostile:
    """`code`: the refusal, or "" when the file is read; then `problems` are codes that must be reported."""

    name: str
    build: Callable[[], bytes]
    code: str | tuple[str, ...] = ""
    problems: tuple[str, ...] = ()
    people: int | None = None
    file_name: str = "list.xlsx"
    limits: Limits = LIMITS


def cases() -> Iterator[Hostile]:
    """Every case; the slow ones stand last."""
    yield from _workbooks()
    yield from _not_tables()
    yield from _texts()
    yield from _encodings()
    yield from _large()


def _workbooks() -> Iterator[Hostile]:
    damaged = "damaged_workbook"
    yield Hostile("corner_cells", lambda: xlsx(rows=FAR), ("too_many_rows", "too_many_columns"))
    yield Hostile(
        "corner_cells_under_a_prefix",
        lambda: xlsx(sheet=prefixed(FAR)),
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
        "ten_thousand_columns", lambda: csv_columns(10_000), "too_many_columns", file_name="wide.csv"
    )
    yield Hostile("wide_workbook", lambda: wide_workbook(300), "too_many_columns")
    yield Hostile("zip_bomb", lambda: bomb(230), "too_much_unpacked")
    yield Hostile(
        "zip_bomb_beside_a_good_sheet",
        lambda: xlsx(xl__media__a_xml=b" " * (6 << 20)),
        "too_much_unpacked",
        limits=replace(LIMITS, unpacked_bytes=5 << 20),
    )
    yield Hostile("nested_zip", lambda: zipped({"inner.xlsx": xlsx()}), "archive_not_a_table")
    yield Hostile("lying_sizes", lying_header, damaged)
    yield Hostile("truncated_zip", lambda: xlsx()[:-60], damaged)
    yield Hostile("half_a_zip", lambda: xlsx()[:700], damaged)
    yield Hostile("flipped_bytes", lambda: flipped(xlsx()), damaged)
    yield Hostile(
        "too_many_members", lambda: xlsx(**{f"xl__part{n}_xml": "<a/>" for n in range(120)}), "too_many_parts"
    )
    yield Hostile("encrypted_members", encrypted_flag, "encrypted_workbook")
    yield Hostile("encrypted_workbook", lambda: ole("EncryptedPackage"), "encrypted_workbook")
    yield Hostile("word_document_97", lambda: ole("WordDocument"), "document_not_a_table")
    yield Hostile("container_of_junk", lambda: ole("Workbook"), damaged)
    yield Hostile("billion_laughs", laughs, "xml_entities")
    yield Hostile(
        "external_entity",
        lambda: laughs('<!DOCTYPE x [<!ENTITY l8 SYSTEM "file:///etc/passwd">]>'),
        "xml_entities",
    )
    yield Hostile("entity_in_workbook_part", lambda: xlsx(xl__workbook_xml=doctyped(BOOK)), "xml_entities")
    yield Hostile(
        "entity_in_shared_strings",
        lambda: xlsx(xl__sharedStrings_xml='<!DOCTYPE s [<!ENTITY a "b">]><sst>&a;</sst>'),
        "xml_entities",
    )
    yield Hostile("broken_xml", lambda: xlsx(sheet="<worksheet><sheetData><row>"), damaged)
    yield Hostile("no_sheet_part", lambda: xlsx(xl__worksheets__sheet1_xml=""), damaged)
    yield Hostile("deep_nesting", lambda: deep(200_000), people=1)
    yield Hostile(
        "formulas_without_values",
        lambda: with_openpyxl(formulas),
        problems=("formula_without_value",),
        people=2,
    )
    yield Hostile(
        "macros",
        lambda: xlsx(**{"xl__vbaProject.bin": b"\x01" * 64}),
        people=1,
        file_name="list.xlsm",
    )
    yield Hostile("empty_workbook", lambda: with_openpyxl(lambda _: None), "empty_file")
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
        lambda: ods(ods_row("Name", "Age") + repeated_row(1_048_576, 2)),
        "too_many_rows",
    )
    yield Hostile(
        "ods_repeated_columns",
        lambda: ods(ods_row("Name", more=' table:number-columns-repeated="16384"')),
        "too_many_columns",
    )
    yield Hostile("ods_blank_tail", lambda: ods(ods_row("Name", "Sex", "Age") + ods_row("Zalina Testova", "F", "7") + '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'), people=1, file_name="list.ods")  # fmt: skip
    yield Hostile("ods_encrypted", ods_encrypted, "encrypted_workbook")
    yield Hostile("xls_of_two_people", lambda: xls([["No", "Name", "Sex", "Age"], [1, "Zalina Testova", "F", 7], [2, "Murad Testov", "M", 5]]), people=2, file_name="list.xls")  # fmt: skip
    yield Hostile("xls_cut_short", lambda: xls([["Name", "Age"], ["Zalina", 7]])[:2000], (damaged, "document_not_a_table", "unreadable_file"))  # fmt: skip


def _not_tables() -> Iterator[Hostile]:
    yield Hostile("empty_file", lambda: b"", "empty_file")
    yield Hostile("only_blanks", lambda: b"  \r\n\t\r\n", "empty_file")
    yield Hostile("only_zeros", lambda: b"\x00" * 5_000, "empty_file")
    yield Hostile("only_headings", text(HEAD), "no_people", file_name="list.csv")
    yield Hostile("binary_junk", lambda: noise(1, 60_000), ("not_a_table", "unknown_encoding"))
    yield Hostile(
        "junk_named_csv", lambda: b"\x01\x02\x03" + noise(2, 3_000), ("not_a_table", "unknown_encoding")
    )
    yield Hostile("pdf", lambda: b"%PDF-1.7\n" + noise(3, 500), "pdf_not_a_table")
    yield Hostile("png", lambda: b"\x89PNG\r\n\x1a\n" + noise(4, 500), "image_not_a_table")
    yield Hostile("photo", lambda: b"\xff\xd8\xff\xe0" + noise(5, 500), "image_not_a_table")
    yield Hostile(
        "html_named_xls", text("<html><body><table><tr><td>Name</td></tr></table>"), "html_not_a_table"
    )
    yield Hostile("xml_named_xls", text('<?xml version="1.0"?><Workbook/>'), "xml_not_a_table")
    yield Hostile("gzip", lambda: b"\x1f\x8b\x08" + noise(6, 500), "archive_not_a_table")
    yield Hostile("program", lambda: b"\x7fELF" + noise(7, 500), "program_not_a_table")
    yield Hostile("rich_text", lambda: b"{\\rtf1 Name}", "document_not_a_table")
    yield Hostile("word_document", lambda: zipped({"word/document.xml": "<w/>"}), "document_not_a_table")
    yield Hostile("over_twenty_megabytes", lambda: b"Name,Age\n" + b"a,1\n" * 5_300_000, "file_too_large")


def _texts() -> Iterator[Hostile]:
    name = "list.csv"
    yield Hostile(
        "nul_in_a_cell", text(HEAD + "1,Zal\x00ina,Raisa,F,7,\n"), "", ("control_character",), 1, name
    )
    yield Hostile(
        "huge_cell",
        text(HEAD + "1,Zalina,Raisa,F,7," + "x" * 300_000 + "\n"),
        "",
        ("cell_too_long",),
        1,
        name,
    )
    yield Hostile(
        "rows_too_long",
        text(GOOD + "2,Murad,Raisa,M,5,,extra,more\n"),
        "",
        ("cells_beyond_headings",),
        2,
        name,
    )
    yield Hostile("rows_too_short", text(GOOD + "2,Murad,Raisa\n"), "", ("row_too_short",), 2, name)
    yield Hostile(
        "duplicate_headings",
        text("Name,Name,Age,Age\nZalina,زالينة,7,7\n"),
        "",
        ("duplicate_heading",),
        1,
        name,
    )
    yield Hostile(
        "quote_never_closed",
        text(GOOD + '2,"Murad,Raisa,M,5,\n3,Ali,Raisa,M,4,\n'),
        "",
        ("quote_not_closed",),
        3,
        name,
    )
    yield Hostile(
        "quotes_everywhere",
        text(HEAD + '1,"Zalina ""Zara"" T",R"aisa,F,7,"a\nb"\n'),
        people=1,
        file_name=name,
    )
    yield Hostile(
        "mixed_line_ends", lambda: b"Name,Age\rZalina,7\nMurad,5\r\nAli,4\r", people=3, file_name=name
    )
    yield Hostile("formula_text", text(HEAD + '1,=cmd|calc,@Raisa,F,7,"+1-2"\n'), people=1, file_name=name)
    yield Hostile(
        "bidi_in_name",
        text(HEAD + "1,\u202eanilaZ\u202c\u2066x\u2069,Raisa,F,7,\n"),
        people=1,
        file_name=name,
    )
    yield Hostile(
        "zero_width_in_name", text(HEAD + "1,نرگس\u200cبانو\u200d,Raisa,F,7,\n"), people=1, file_name=name
    )
    yield Hostile(
        "stacked_marks",
        text(HEAD + "1,Z" + "\u0301" * 1_900 + "alina,Raisa,F,7,\n"),
        people=1,
        file_name=name,
    )
    yield Hostile(
        "lone_surrogate_bytes",
        lambda: GOOD.encode() + b"2,Mu\xed\xa0\x80rad,R,M,5,\n",
        people=2,
        file_name=name,
    )
    yield Hostile("one_column", text("Name\nZalina Testova\nMurad Testov\n"), people=2, file_name=name)
    yield Hostile(
        "no_headings",
        text("1;Zalina Testova;F;7\n2;Murad Testov;M;5\n3;Ali Testov;M;4\n"),
        people=3,
        file_name=name,
    )
    yield Hostile("only_separators", text(",,,,\n" * 50), ("empty_file", "no_people"))
    yield Hostile("excel_separator_line", text("sep=;\nName;Age\nZalina;7\n"), people=1, file_name=name)
    yield Hostile(
        "slow_pattern_bait",
        text(HEAD + "1,Zalina,R,F,7," + "with her " * 200 + "\n"),
        people=1,
        file_name=name,
    )
    yield Hostile(
        "digits_for_days",
        text(HEAD + "1,Zalina,R,F," + "9" * 1_900 + ",\n"),
        "",
        ("age_not_understood",),
        1,
        name,
    )
    yield Hostile(
        "brackets_for_days",
        text(HEAD + "1," + "(" * 900 + "a" + ")" * 900 + ",R,F,7,\n"),
        people=1,
        file_name=name,
    )


def _encodings() -> Iterator[Hostile]:
    name = "list.csv"
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"):
        yield Hostile(f"arabic_{encoding}", text(arabic_rows(), encoding), people=5, file_name=name)
    for encoding in ("utf-16", "cp1251", "koi8-r", "cp866", "iso8859-5"):
        yield Hostile(f"russian_{encoding}", text(russian_rows(), encoding), people=4, file_name=name)
    yield Hostile(
        "odd_byte_of_utf_16", lambda: arabic_rows().encode("utf-16") + b"\x00", people=5, file_name=name
    )
    yield Hostile("utf_8_with_a_broken_byte", lambda: broken_utf_8(), "", ("bad_bytes",), 5, name)
    yield Hostile("two_encodings_in_one", lambda: russian_rows().encode("cp1251") + "5;Тест;М;ж;5;\n".encode("koi8-r"), people=5, file_name=name)  # fmt: skip


def _large() -> Iterator[Hostile]:
    yield Hostile(
        "three_hundred_thousand_rows", lambda: many_rows(300_000), "too_many_rows", file_name="list.csv"
    )
    yield Hostile(
        "one_row_too_many_blank",
        lambda: b"Name,Age\nZalina,7\n" + b"\n" * 400_000,
        people=1,
        file_name="list.csv",
    )
