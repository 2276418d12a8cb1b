"""What lies on the disk shows nobody's name."""

import subprocess
import unicodedata
from pathlib import Path

from sqlalchemy import text

from service.cases import intake, lists
from service.cases.lists import Upload
from service.jobs.worker import Worker
from service.security.actors import PUBLIC
from service.store.tables import metadata
from tests.cases import invented
from tests.support.postgres import binaries
from tests.support.stores import House

CANARIES = ("Zuleikhat Qannarova", "Зулейхат Каннарова", "زليخة كناروفا", "+000 555 0077", "Qannarkhutor")


def _fill(house: House) -> list[str]:
    """Put the canaries everywhere a person's words can go; returns the case codes issued."""
    filed = invented.request(77, full=CANARIES[0], people=2)
    enquirer = filed.enquirer.model_copy(update={"place": CANARIES[4]})
    codes = []
    for number, name in enumerate(CANARIES[:3]):
        request = invented.request(77, full=name).model_copy(update={"enquirer": enquirer})
        with house.store.begin() as work:
            codes.append(intake.file_request(work, PUBLIC, request, f"canary-{number}-" + "k" * 20).code)
    lines = [f"{n};{name};F;7;{CANARIES[0]};{CANARIES[4]}" for n, name in enumerate(CANARIES[:3])]
    data = "\r\n".join(["No;Full name;Sex;Age;Mother's name;Camp", *lines]).encode("utf-8-sig")
    view = lists.preview_list(
        house.store, house.actor, Upload(data, "Qannarkhutor list.csv", title=CANARIES[4])
    )
    published = lists.preview_list(
        house.store, house.actor, Upload(data + b"\r\n", "second.csv", continues="none")
    )
    with house.store.begin() as work:
        lists.commit_list(work, house.actor, published.list_id)
    worker = Worker(house.store)
    while worker.step():
        pass
    assert view.record_count == 3
    return codes


def _forms(words: str) -> set[bytes]:
    """Each canary as any of the ways in which it could have leaked, and pieces of it."""
    forms = {words, words.lower(), words.upper(), unicodedata.normalize("NFKD", words)}
    forms |= {words[start : start + 6] for start in range(len(words) - 5)}
    return {form.encode(code) for form in forms for code in ("utf-8", "utf-16-le", "utf-16-be")} | {
        words.encode("unicode_escape")
    }


def _everything(house: House, directory: Path) -> bytes:
    """All bytes of the database: the files of SQLite, a dump and the clear columns of PostgreSQL."""
    url = house.store.database.url
    if house.store.database.is_sqlite:
        files = sorted(directory.glob("homeward.db*"))
        assert files
        return b"".join(path.read_bytes() for path in files)
    host, name = str(url.query["host"]), str(url.database)
    programs = binaries()
    assert programs is not None
    dump = subprocess.run(
        [programs / "pg_dump", "-h", host, "-U", "postgres", "--inserts", name],
        capture_output=True,
        check=True,
    ).stdout
    raw = bytearray(dump)
    with house.store.database.engine.connect() as connection:
        for table in metadata.tables.values():
            for row in connection.execute(text(f"SELECT * FROM {table.name}")):
                for value in row:
                    raw += value if isinstance(value, bytes) else str(value).encode()
    return bytes(raw)


def test_no_name_place_phone_or_code_is_readable_in_the_database(house: House, tmp_path: Path) -> None:
    """Requests, lists, previews, links, evidence, runs and audit: none of it shows a person or a code."""
    issued = _fill(house)
    held = _everything(house, tmp_path)
    for canary in (*CANARIES, *issued):
        assert not [form for form in _forms(canary) if form in held and len(form) > 5]
