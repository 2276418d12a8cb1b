"""The whole way, over real sockets: a form is filed, a list comes in, a worker matches, two people
confirm, the relative's status changes by a human release only, and the audit chain holds.

A real server process and a real worker process, on SQLite and on PostgreSQL; nothing is replaced.
"""

import re
from contextlib import ExitStack
from html import unescape
from time import monotonic, sleep
from typing import Any

import httpx2

from tests.api.scenario import LIST
from tests.support.processes import Installation

PASSWORD = "an invented long sentence"
STAFF = {
    "nadia": "importer",
    "rosa": "reviewer",
    "sami": "second_reviewer",
    "aida": "auditor",
}
FORM = {
    "you_name": "Хава Цуркаева",
    "you_relation": "grandmother",
    "contact_telephone": "+7 900 555 01 01",
    "consent_homeward": "yes",
    "people": "2",
    "p1_role": "mother",
    "p1_name": "Цуркаева Мадина Руслановна",
    "p1_sex": "female",
    "p1_year": "1990",
    "p2_role": "child",
    "p2_name": "Цуркаев Ибрагим",
    "p2_sex": "male",
    "p2_day": "12",
    "p2_month": "3",
    "p2_year": "2014",
}
PATIENCE = 120.0  # seconds; a shared machine may be busy


def staff(installation: Installation, login: str, role: str) -> None:
    """An account by the command line; the password comes through standard input."""
    added = installation.command(
        "user", "add", login, "--role", role, "--organisation", "Example Relief", "--password-stdin",
        stdin=PASSWORD + "\n",
    )  # fmt: skip
    assert added.returncode == 0, added.stderr


def signed_in(clients: ExitStack, address: str, login: str) -> httpx2.Client:
    """A client that carries the sign-in's cookie and form token, closed with the test."""
    client = clients.enter_context(httpx2.Client(base_url=address, timeout=60))
    opened = client.post("/api/v1/sessions", json={"login": login, "password": PASSWORD})
    assert opened.status_code == 201, opened.text
    client.headers["X-CSRF-Token"] = opened.json()["csrf_token"]
    return client


def file_by_form(address: str) -> str:
    """Fill in the public form as a browser without scripts does; the code on the receipt."""
    with httpx2.Client(base_url=address, timeout=60) as browser:
        page = browser.get("/ru/request")
        assert page.status_code == 200
        key = re.search(r'name="key" value="([0-9a-f]+)"', page.text)
        assert key is not None
        form = FORM | {"key": key[1]}
        check = browser.post("/ru/request", data=form | {"do": "check"})
        assert check.status_code == 200, check.text
        assert "Цуркаев Ибрагим" in unescape(check.text)
        receipt = browser.post("/ru/request", data=form | {"do": "send"})
        again = browser.post("/ru/request", data=form | {"do": "send"})
        assert receipt.status_code in (200, 201), receipt.text
        assert not browser.cookies
    code = r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}"
    found, repeated = (re.search(code, re.sub("<[^>]+>", "", page.text)) for page in (receipt, again))
    assert found
    assert repeated
    assert found[0] == repeated[0]
    return found[0]


def import_list(importer: httpx2.Client) -> str:
    """Upload, look at the preview, publish; its id."""
    shown = importer.post("/api/v1/lists", files={"file": ("camp.csv", LIST.encode(), "text/csv")})
    assert shown.status_code == 201, shown.text
    assert shown.json()["record_count"] == 6
    list_id: str = shown.json()["list_id"]
    published = importer.post(
        f"/api/v1/lists/{list_id}/publication", json={}, headers={"If-Match": shown.headers["ETag"]}
    )
    assert published.json()["state"] == "published", published.text
    return list_id


def wait_for_runs(client: httpx2.Client) -> None:
    """Until the worker has done everything that is queued."""
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        runs = client.get("/api/v1/runs").json()["items"]
        if runs and all(run["state"] == "done" for run in runs):
            return
        sleep(0.5)
    raise AssertionError("the worker did not finish")


def judge(client: httpx2.Client, link_id: str, move: str, **more: str) -> Any:
    """One move on the version just read."""
    tag = client.get(f"/api/v1/links/{link_id}").headers["ETag"]
    answer = client.post(
        f"/api/v1/links/{link_id}/judgements", json={"move": move, **more}, headers={"If-Match": tag}
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["state"]


def status_of(address: str, code: str) -> str:
    """What the relative reads with her code."""
    answer = httpx2.post(f"{address}/api/v1/public/status", json={"code": code}, timeout=60)
    status: str = answer.json()["status"]
    return status


def test_from_the_form_to_a_confirmed_link(installation: Installation) -> None:
    """Form, list, run, reviewer, second reviewer, confirmed; and the chain of the audit log holds."""
    with ExitStack() as clients:
        travel(installation, clients)


def travel(installation: Installation, clients: ExitStack) -> None:
    """The steps of the journey, in their order."""
    for login, role in STAFF.items():
        staff(installation, login, role)
    server = installation.serve()
    installation.worker()
    code = file_by_form(server.address)

    list_id = import_list(signed_in(clients, server.address, "nadia"))
    rosa, sami = signed_in(clients, server.address, "rosa"), signed_in(clients, server.address, "sami")
    wait_for_runs(rosa)

    queue = rosa.get("/api/v1/links", params={"list_id": list_id, "band": "show"}).json()["items"]
    best = next(item for item in queue if "Цуркаев Ибрагим" in item["sought"])
    assert best["recorded"] == ["Ibrahim Tsurkaev"]
    assert best["probability"] > 0.5
    page = rosa.get(f"/staff/links/{best['link_id']}")
    assert page.status_code == 200
    assert "Цуркаев Ибрагим" in unescape(page.text)
    assert "Ibrahim Tsurkaev" in unescape(page.text)

    assert judge(rosa, best["link_id"], "claim") == "under_review"
    assert judge(rosa, best["link_id"], "recommend", reason="age, mother and list fit") == "plausible"
    seen = judge(sami, best["link_id"], "verify", evidence_type="document", reason="certificate seen")
    assert seen == "verified_by_evidence"
    assert judge(sami, best["link_id"], "confirm") == "confirmed"

    assert status_of(server.address, code) == "received"
    request = sami.get(f"/api/v1/requests/{best['request_id']}")
    released = sami.put(
        f"/api/v1/requests/{best['request_id']}/public-status",
        json={"status": "contact_us"},
        headers={"If-Match": request.headers["ETag"]},
    )
    assert released.status_code == 200, released.text
    assert status_of(server.address, code) == "contact_us"

    aida = signed_in(clients, server.address, "aida")
    chain = aida.get("/api/v1/audit/chain").json()
    assert chain["holds"]
    assert chain["sequence"] > 10
    moves = [event["act"] for event in aida.get("/api/v1/audit", params={"limit": 200}).json()["items"]]
    assert [act for act in moves if act.startswith("link.") and act != "link.read"] == [
        "link.claim", "link.recommend", "link.verify", "link.confirm",
    ]  # fmt: skip
