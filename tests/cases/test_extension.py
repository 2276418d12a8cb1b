"""A request ends on its day unless a human extends it, and those who can are told in time."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from service.cases import expiry, intake, notices, waiting
from service.security.actors import Actor, Role
from service.speech import speaking
from service.store import requests
from service.store.columns import now
from tests.api.scenario import match, matched
from tests.support.staffed import Staffed


def ends_in(staffed: Staffed, request_id: str, days: int) -> None:
    with staffed.store.begin() as work:
        row = requests.get(work.session, request_id)
        assert row is not None
        row.expires_on = now().date() + timedelta(days=days)


def as_role(staffed: Staffed, role: Role) -> Actor:
    return Actor(staffed.accounts[f"{role}@north"], staffed.organisations["north"], frozenset({role}))


def ending(staffed: Staffed, role: Role) -> int | None:
    with staffed.store.begin() as work:
        return waiting.what_waits(work, as_role(staffed, role)).ending


def extend(client: TestClient, request_id: str) -> int:
    read = client.get(f"/api/v1/requests/{request_id}")
    etag = {"If-Match": read.headers["ETag"]}
    return client.post(f"/api/v1/requests/{request_id}/extension", headers=etag).status_code


def test_who_can_extend_a_request_is_told_before_it_ends(staffed: Staffed) -> None:
    """On the home page, in the list, and by mail; nobody else is."""
    made = matched(staffed)
    ends_in(staffed, made["request"], 31)
    assert ending(staffed, Role.INTAKE) == 0
    ends_in(staffed, made["request"], 30)
    assert ending(staffed, Role.INTAKE) == 1
    assert ending(staffed, Role.CHILD_PROTECTION_LEAD) == 1
    assert ending(staffed, Role.REVIEWER) is None
    intake_client = staffed.sign_in("intake@north")
    assert 'state=ending"><strong>1</strong>' in intake_client.get("/staff").text
    assert made["request"] in intake_client.get("/staff/requests?state=ending").text
    with staffed.store.begin() as work, speaking("en"):
        notices.choose_mail(work, as_role(staffed, Role.INTAKE), "intake@example.org")
    (digest,) = notices.due(staffed.store)
    assert [(words, number) for words, number in digest.counts if "end within" in words] == [
        ("requests that end within 30 days or have ended: to be extended or let go", 1)
    ]


def test_an_extended_request_lives_on(staffed: Staffed) -> None:
    """By API and by page, before its day and after it, with its code, its links and its words."""
    made = matched(staffed)
    client = staffed.sign_in("intake@north")
    until = intake.months_later(now().date(), staffed.store.settings.expiry_months)
    ends_in(staffed, made["request"], 3)
    assert extend(client, made["request"]) == 200
    assert client.get(f"/api/v1/requests/{made['request']}").json()["expires_on"] == until.isoformat()
    assert ending(staffed, Role.INTAKE) == 0

    ends_in(staffed, made["request"], 0)
    assert expiry.sweep(staffed.store).requests == 1
    code = {"code": made["code"]}
    assert staffed.client().post("/api/v1/public/status", json=code).status_code == 404
    page = client.get(f"/staff/requests/{made['request']}").text
    version = client.get(f"/api/v1/requests/{made['request']}").json()["version"]
    assert f"/staff/requests/{made['request']}/extend" in page
    form = {"csrf_token": client.headers["X-CSRF-Token"], "version": str(version)}
    sent = client.post(f"/staff/requests/{made['request']}/extend", data=form, follow_redirects=False)
    assert sent.status_code == 303
    match(staffed)
    assert staffed.client().post("/api/v1/public/status", json=code).status_code == 200
    queue = staffed.sign_in("reviewer@north").get("/api/v1/links").json()["items"]
    assert made["link"] in [item["link_id"] for item in queue]
    assert expiry.sweep(staffed.store, now().date() + timedelta(days=60)).erased == 0


@pytest.mark.parametrize("swept", [False, True])
def test_what_the_enquirer_took_back_is_not_kept_for_longer(staffed: Staffed, swept: bool) -> None:
    """Nobody can keep a withdrawn request, erased or not."""
    made = matched(staffed)
    client = staffed.sign_in("intake@north")
    read = client.get(f"/api/v1/requests/{made['request']}")
    assert staffed.client().post("/api/v1/public/withdrawal", json={"code": made["code"]}).status_code == 200
    if swept:
        assert expiry.sweep(staffed.store, now().date() + timedelta(days=31)).erased == 1
    path = f"/api/v1/requests/{made['request']}/extension"
    answer = client.post(path, headers={"If-Match": f'"{read.json()["version"] + 1}"'})
    assert (answer.status_code, answer.json()["code"]) == (
        (410, "request_erased") if swept else (409, "request_withdrawn")
    )
