"""What leaves the service: approved by another, harmless in every program, readable in every script."""

import csv
import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from service.files.cells import harmless
from service.printing.tables import Sheet, as_csv, as_xlsx
from tests.api.scenario import match as work_off
from tests.api.scenario import matched, publish, request_body
from tests.pages.test_link_page import photograph
from tests.support.staffed import Staffed

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1+1", "\u200e=1", '=HYPERLINK("x")']
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FORMULA = re.compile(rb"<f[ >/]")


def sheet(cells: list[str]) -> Sheet:
    return Sheet("links", "Confidential, somebody", ["name"], [[cell] for cell in cells])


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_no_cell_is_run_and_no_letter_is_lost(text: str) -> None:
    """An apostrophe at most is added."""
    made = harmless(text)
    assert made in (text, f"'{text}")
    assert not made.startswith(RUN)


def test_a_workbook_holds_text_alone() -> None:
    """Whatever people are called, no cell is a formula, and Arabic and Cyrillic come back as they were."""
    names = [*HOSTILE, "إبراهيم غازييف", "Гаджиев Ибрагим", "زائرة محمد إسرافيلوفا"]
    data = as_xlsx(sheet(names))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(FORMULA.search(archive.read(part)) for part in archive.namelist())
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Confidential, somebody"]
    assert [row[0] for row in rows[-3:]] == names[-3:]
    assert not any(str(row[0]).startswith(RUN) for row in rows)


def test_a_csv_opens_as_text_in_every_program() -> None:
    """A mark of its encoding, the watermark at its end, nothing that runs."""
    rows = list(csv.reader(io.StringIO(as_csv(sheet([*HOSTILE, "Зара"])).decode("utf-8-sig"))))
    assert rows[-1] == ["Confidential, somebody"]
    assert rows[-2] == ["Зара"]
    assert not any(row[0].startswith(RUN) for row in rows)


def test_an_export_needs_a_second_person(staffed: Staffed) -> None:
    """Nobody approves their own, nobody fetches another's, three times a day at most, and all is noted."""
    matched(staffed)
    lead = staffed.sign_in("child_protection_lead@north")
    second = staffed.sign_in("second_reviewer@north")
    wanted = {"format": "xlsx", "state": "suggested", "reason": "meeting of the panel"}
    order = lead.post("/api/v1/exports", json=wanted).json()["order_id"]
    path = f"/api/v1/exports/{order}"
    tag = {"If-Match": '"1"'}
    assert lead.post(f"{path}/file").json()["code"] == "export_not_approved"
    assert lead.post(f"{path}/decision", json={"approve": True}, headers=tag).json()["code"] == (
        "second_person_needed"
    )
    foreign = staffed.sign_in("second_reviewer@south")
    assert foreign.post(f"{path}/decision", json={"approve": True}, headers=tag).status_code == 404
    reviewer = staffed.sign_in("reviewer@north")
    assert reviewer.post(f"{path}/decision", json={"approve": True}, headers=tag).status_code == 403
    assert second.post(f"{path}/decision", json={"approve": True}, headers=tag).status_code == 204
    assert second.post(f"{path}/file").json()["code"] == "not_your_export"
    fetched = [lead.post(f"{path}/file") for _ in range(4)]
    assert [one.status_code for one in fetched] == [200, 200, 200, 410]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(fetched[0].content)).get_sheet_by_index(0).to_python()
    assert "child_protection_lead@north" in str(rows[0][0])
    assert any("Цуркаев" in str(row) for row in rows)
    acts = staffed.sign_in("auditor@north").get("/api/v1/audit").text
    assert all(f"export.{act}" in acts for act in ("asked", "approved", "fetched"))


def test_an_export_speaks_the_language_of_who_takes_it_out(staffed: Staffed) -> None:
    """Headings, states, watermark and reasons; names stay as written."""
    matched(staffed)
    lead = staffed.sign_in("child_protection_lead@north")
    second = staffed.sign_in("second_reviewer@north")
    order = lead.post(
        "/api/v1/exports", json={"format": "xlsx", "state": "suggested", "reason": "for the panel"}
    ).json()["order_id"]
    second.post(f"/api/v1/exports/{order}/decision", json={"approve": True}, headers={"If-Match": '"1"'})
    lead.get("/staff?language=ru")
    file = lead.post(f"/staff/exports/{order}/file", data={"csrf_token": lead.headers["X-CSRF-Token"]})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    told = " ".join(str(cell) for row in rows for cell in row)
    assert rows[1][0] == "состояние"
    assert "Секретно" in told
    assert "Tsurkaev" in told
    assert re.findall(r"\b(?:same|list|name|birth|household|suggested|known)\b", told) == []


def told_by_pdftotext(data: bytes, directory: Path) -> str:
    """What an independent reader finds in a PDF."""
    file = directory / "x.pdf"
    file.write_bytes(data)
    found = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return found.stdout.decode()


ARABIC_LIST = (
    "الرقم,الاسم,اسم الام,الجنس,تاريخ الميلاد,الجنسية\n"
    "1,إبراهيم تسوركاييف,مدينة تسوركاييفا,ذكر,12.03.2014,روسي\n"
)


@pytest.fixture
def arabic(staffed: Staffed) -> tuple[Staffed, str]:
    """A link between a Russian request and an Arabic list."""
    filed = staffed.client().post("/api/v1/public/requests", json=request_body())
    assert filed.status_code == 201
    publish(staffed.sign_in("importer@north"), ARABIC_LIST, "list.csv")
    work_off(staffed)
    items = staffed.sign_in("reviewer@north").get("/api/v1/links").json()["items"]
    return staffed, next(item["link_id"] for item in items if item["person_id"] == "c")


def test_a_case_sheet_reads_rightly_in_every_script(arabic: tuple[Staffed, str], tmp_path: Path) -> None:
    """Both originals, the evidence and who printed it, found by a reader that is not ours."""
    staffed, link_id = arabic
    reviewer = staffed.sign_in("reviewer@north")
    answer = reviewer.get(f"/staff/links/{link_id}/sheet.pdf")
    assert answer.status_code == 200
    text = told_by_pdftotext(answer.content, tmp_path)
    assert "Цуркаев Ибрагим" in text
    assert "إبراهيم" in text or "تسوركاييف" in text
    assert "reviewer@north" in text
    assert staffed.sign_in("reviewer@south").get(f"/staff/links/{link_id}/sheet.pdf").status_code == 404


def test_photographs_are_numbered_and_nameless(arabic: tuple[Staffed, str], tmp_path: Path) -> None:
    """For a line-up: without a picture there is nothing to print, with one there is no name on it."""
    staffed, link_id = arabic
    reviewer = staffed.sign_in("reviewer@north")
    path = f"/staff/links/{link_id}"
    assert reviewer.get(f"{path}/photographs.pdf").status_code == 409
    added = reviewer.post(
        f"{path}/files",
        data={"kind": "photo", "caption": "Ибрагим", "csrf_token": reviewer.headers["X-CSRF-Token"]},
        files={"picture": ("x.jpg", photograph(), "image/jpeg")},
        follow_redirects=False,
    )
    assert added.status_code == 303, added.text
    text = told_by_pdftotext(reviewer.get(f"{path}/photographs.pdf").content, tmp_path)
    assert "Ибрагим" not in text
    assert "1" in text


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_the_poster_names_nobody(staffed: Staffed, tmp_path: Path, language: str) -> None:
    """It says that one can ask and where, in the reader's language."""
    answer = staffed.sign_in("intake@north").get(f"/staff/poster.pdf?language={language}")
    text = told_by_pdftotext(answer.content, tmp_path)
    assert f"/{language}/" in text
