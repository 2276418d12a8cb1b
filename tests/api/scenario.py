"""An invented family on both sides: a grandmother's request, and a list that holds her people."""

from typing import Any

from starlette.testclient import TestClient

from service.jobs.worker import Worker
from tests.support.staffed import Staffed

LIST = (
    "No,Name,Mother's name,Sex,Date of birth,Nationality,Remarks\n"
    "1,Madina Ruslanovna Tsurkaeva,Khava,F,1990,Russian (Chechen),\n"
    "2,Ibrahim Tsurkaev,Madina Tsurkaeva,M,12.03.2014,Russian,with mother\n"
    "3,Sumaya Tsurkaeva,Madina Tsurkaeva,F,2016,Russian,with mother\n"
    "4,Aslan Betelgeriev,Zarema,M,2011,Russian,\n"
    "5,Fatima Almurzaeva,Aminat,F,2013,Kazakh,\n"
    "6,Yusuf Naibov,Petimat,M,2015,Tajik,\n"
)
CONSENT = {"purpose": "matching", "recipient": "homeward", "given": True}


def person(person_id: str, role: str, name: str, sex: str, born: tuple[str, str]) -> dict[str, Any]:
    """One sought person as the API takes it."""
    precision = "day" if born[0] == born[1] else "year"
    return {
        "person_id": person_id,
        "role": role,
        "person": {
            "names": [{"text": name, "role": "full"}],
            "sex": sex,
            "births": [{"earliest": born[0], "latest": born[1], "precision": precision}],
        },
    }


def request_body() -> dict[str, Any]:
    """A grandmother looks for her daughter and a grandson."""
    return {
        "enquirer": {
            "name": {"text": "Хава Цуркаева", "role": "full"},
            "relation": "grandmother",
            "contact": {"telephone": "+7 900 555 01 01"},
        },
        "sought": [
            person("m", "mother", "Цуркаева Мадина Руслановна", "female", ("1990-01-01", "1990-12-31")),
            person("c", "child", "Цуркаев Ибрагим", "male", ("2014-03-12", "2014-03-12")),
        ],
        "relationships": [{"from_person": "m", "relation": "mother", "to_person": "c"}],
        "consents": [CONSENT],
        "language": "ru",
    }


def publish(importer: TestClient, content: str = LIST, name: str = "camp.csv") -> str:
    """Upload and publish a list by API; its id."""
    uploaded = importer.post("/api/v1/lists", files={"file": (name, content.encode(), "text/csv")})
    assert uploaded.status_code == 201, uploaded.text
    list_id: str = uploaded.json()["list_id"]
    done = importer.post(
        f"/api/v1/lists/{list_id}/publication", json={}, headers={"If-Match": uploaded.headers["ETag"]}
    )
    assert done.status_code == 200, done.text
    return list_id


def match(staffed: Staffed) -> None:
    """Let a worker do everything that is queued."""
    worker = Worker(staffed.store)
    while worker.step():
        pass


def matched(staffed: Staffed) -> dict[str, str]:
    """A filed request and a published list of organisation north, matched. Ids by what they are."""
    filed = staffed.client().post("/api/v1/public/requests", json=request_body())
    assert filed.status_code == 201, filed.text
    list_id = publish(staffed.sign_in("importer@north"))
    match(staffed)
    queue = staffed.sign_in("reviewer@north").get("/api/v1/links").json()["items"]
    child = [item for item in queue if item["person_id"] == "c"]
    return {
        "code": filed.json()["code"],
        "list": list_id,
        "request": child[0]["request_id"],
        "link": child[0]["link_id"],
    }


def judge(client: TestClient, link_id: str, move: str, **more: str | bool) -> Any:
    """Read a link and make one move on the version that was read."""
    read = client.get(f"/api/v1/links/{link_id}")
    assert read.status_code == 200, read.text
    return client.post(
        f"/api/v1/links/{link_id}/judgements",
        json={"move": move, **more},
        headers={"If-Match": read.headers["ETag"]},
    )
