"""People leave no trace where operators look: invented names go through the form, the API, a list, a
matching, a review and every kind of error; afterwards they are in no log line, no job row, no audit
row, and nowhere in the database as plain text.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from tests.api.scenario import person
from tests.support.processes import Installation
from tests.test_journey import PASSWORD, judge, signed_in, staff, wait_for_runs

# spelled like nobody: each may occur only where somebody put it
SOUGHT_CYRILLIC, SOUGHT_LATIN = "Забирканаров Зурканай", "Zabirkanarov Zurkanay"
ENQUIRER, TELEPHONE, NOTE = "Хаваканарова", "+7 955 123 98 76", "Gulkanara remembers a scar"
LOGIN_TYPO = "Patimkanarova"
CANARIES = (
    *SOUGHT_CYRILLIC.split(),
    *SOUGHT_LATIN.split(),
    ENQUIRER,
    TELEPHONE,
    *NOTE.split()[:1],
    LOGIN_TYPO,
)
LIST = (
    "No,Name,Sex,Date of birth,Nationality\n"
    f"1,{SOUGHT_LATIN},M,12.03.2014,Russian\n"
    "2,Adam Naibov,M,2010,Russian\n"
)


def body() -> dict[str, object]:
    """A request full of words that must not come out again."""
    return {
        "enquirer": {
            "name": {"text": ENQUIRER, "role": "full"},
            "relation": "grandmother",
            "contact": {"telephone": TELEPHONE, "instructions": NOTE},
        },
        "sought": [person("c", "child", SOUGHT_CYRILLIC, "male", ("2014-03-12", "2014-03-12"))],
        "consents": [{"purpose": "matching", "recipient": "homeward", "given": True}],
        "message": {"text": NOTE},
    }


def spellings(word: str) -> Iterator[bytes]:
    """A word as it could lie about: as written, small, in UTF-16, as JSON escapes."""
    for form in (word, word.lower(), word.upper()):
        yield form.encode()
        yield form.encode("utf-16-le")
        yield form.encode("unicode_escape")


def found_in(data: bytes) -> set[str]:
    return {word for word in CANARIES for form in spellings(word) if form in data}


def provoke(client: httpx2.Client) -> None:
    """Every kind of error, with names in every place where a caller can put one."""
    name = SOUGHT_CYRILLIC
    json_kind = {"Content-Type": "application/json"}
    client.get(f"/api/v1/links/{name}")
    client.get("/nowhere", params={"name": name})
    client.get("/api/v1/links", params={"state": name})
    client.post("/api/v1/public/requests", json={name: name})
    client.post("/api/v1/public/requests", json=body() | {"sought": [{"person_id": name * 9}]})
    client.post("/api/v1/public/requests", content=f'{{"{name}": '.encode(), headers=json_kind)
    client.post("/api/v1/public/requests", content=(name * 9000).encode(), headers=json_kind)
    client.post("/api/v1/public/status", json={"code": name})
    client.post("/api/v1/sessions", json={"login": LOGIN_TYPO, "password": PASSWORD + name})
    client.post("/api/v1/runs", headers={"Idempotency-Key": SOUGHT_LATIN.replace(" ", "-")})
    client.post("/api/v1/names/comparison", json={"left": name, "right": SOUGHT_LATIN})
    client.post("/ru/code", data={"code": name})
    client.post("/api/v1/lists", files={"file": (f"{SOUGHT_LATIN}.xlsx", b"PK\x03\x04" + name.encode(), "x")})


def plain_text_of(database_url: str) -> bytes:
    """All that a thief of the database reads: the file and its journal, and every cell of every table."""
    held = []
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        held += [file.read_bytes() for file in Path(str(url.database)).parent.glob("homeward.db*")]
    engine = create_engine(url)
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()
            held += [
                bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode() for r in rows for c in r
            ]
    engine.dispose()
    return b"\n".join(held)


def go_through(installation: Installation, clients: ExitStack, address: str) -> None:
    """File, import, match, review, with names and notes at every step."""
    intake, nadia = signed_in(clients, address, "ines"), signed_in(clients, address, "nadia")
    rosa, sami = signed_in(clients, address, "rosa"), signed_in(clients, address, "sami")
    assert intake.post("/api/v1/requests", json=body()).status_code == 201
    shown = nadia.post("/api/v1/lists", files={"file": (f"{SOUGHT_LATIN}.csv", LIST.encode(), "text/csv")})
    published = nadia.post(
        f"/api/v1/lists/{shown.json()['list_id']}/publication",
        json={},
        headers={"If-Match": shown.headers["ETag"]},
    )
    assert published.status_code == 200, published.text
    wait_for_runs(rosa)
    links = rosa.get("/api/v1/links", params={"band": ["show", "needs_facts", "do_not_show"]}).json()["items"]
    link = next(item for item in links if item["recorded"] == [SOUGHT_LATIN])
    assert link["sought"] == [SOUGHT_CYRILLIC]
    assert rosa.get(f"/staff/links/{link['link_id']}").status_code == 200
    judge(rosa, link["link_id"], "claim", reason=NOTE)
    judge(rosa, link["link_id"], "recommend", reason=NOTE, evidence_type="witness")
    judge(sami, link["link_id"], "disagree", reason=NOTE)
    for client in (intake, nadia, rosa, sami):
        provoke(client)


@pytest.mark.parametrize("level", ["debug"])
def test_nobody_is_named_where_operators_look(installation: Installation, level: str) -> None:
    """At the most talkative log level: 0 names in server and worker output and in the database."""
    installation.settings["LOG_LEVEL"] = level
    roles = {"ines": "intake", "nadia": "importer", "rosa": "reviewer", "sami": "second_reviewer"}
    for login, role in roles.items():
        staff(installation, login, role)
    server, worker = installation.serve(), installation.worker()
    with ExitStack() as clients:
        go_through(installation, clients, server.address)
        provoke(clients.enter_context(httpx2.Client(base_url=server.address, timeout=60)))
    server.stop()
    worker.stop()
    for process in (server, worker):
        assert process.log, "a silent process proves nothing"
        assert found_in(process.log_file.read_bytes()) == set()
        assert "Traceback" not in process.log
    assert found_in(plain_text_of(installation.database_url)) == set()


def test_the_search_finds_what_it_looks_for() -> None:
    """The search above is able to fail: a name put there on purpose is found in each spelling."""
    for form in spellings(SOUGHT_LATIN.split()[0]):
        assert found_in(b"xx" + form + b"xx") == {SOUGHT_LATIN.split()[0]}
