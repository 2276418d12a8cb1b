"""Every route of the service against every kind of caller, generated from the authorisation table.

A route that asks the table nothing keeps the application from starting; a route that a new role may
suddenly use, or no longer may, shows here.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.app import UNGUARDED, create_app
from service.security import sessions
from service.security.access import ACCESS, Operation, is_public
from service.security.actors import Role
from service.security.api_keys import MACHINE_OPERATIONS, NewKey, issue_key, known_scopes
from service.security.gate import Door, allowed, doors, open_to_all
from service.store import accounts
from service.store import sessions as session_rows
from service.store.columns import now
from tests.api.scenario import judge, matched
from tests.support.staffed import ROLES, Staffed, build_staffed

NOBODY = "0" * 32
REFUSED = {401, 403}
WRONG_PASSWORD = (Operation.OPEN_SESSION, 401)  # the sign-in itself is open; its answer to nothing is 401
# what one needs no proof for, and what the proof itself is for
CALLERS = ("anonymous", "disabled", "idle", "ended", "no_role", "forged", *ROLES, Role.MACHINE_CLIENT)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    """One service for the whole matrix: what a role may is no matter of the database."""
    directory = tmp_path_factory.mktemp("access")
    built = build_staffed(directory, f"sqlite:///{directory / 'homeward.db'}")
    built.hire("nobody@north")
    yield built
    built.store.close()


def every_door(app: FastAPI) -> list[Door]:
    return [door for door in doors(app.routes) if door.path not in UNGUARDED]


def caller(whole: Staffed, kind: str) -> TestClient:
    """A browser or client of this kind."""
    if kind == "anonymous":
        return whole.client()
    if kind == Role.MACHINE_CLIENT:
        return machine(whole, frozenset(known_scopes()))
    if kind in ("disabled", "idle", "ended"):
        return gone(whole, kind)
    if kind == "forged":
        client = whole.client()
        client.cookies.set(sessions.cookie_name(whole.store.settings), "x" * 43)
        return client
    return whole.sign_in("nobody@north" if kind == "no_role" else f"{kind}@north")


def machine(whole: Staffed, scopes: frozenset[str]) -> TestClient:
    with whole.store.begin() as work:
        account = accounts.get(work.session, whole.accounts["administrator@north"])
        assert account is not None
        found = sessions.known_roles(["administrator"])
        actor = sessions.Actor(account.id, account.organisation_id, found)
        secret = issue_key(work, actor, NewKey("matrix", scopes)).secret
    client = whole.client()
    client.headers["Authorization"] = f"Bearer {secret}"
    return client


def gone(whole: Staffed, kind: str) -> TestClient:
    """A sign-in that was good and is not any more; its account holds every role there is."""
    name = f"{kind}@north"
    if name not in whole.accounts:
        whole.hire(name, *ROLES)
    client = whole.sign_in(name)
    with whole.store.begin() as work:
        account = accounts.get(work.session, whole.accounts[name])
        assert account is not None
        account.disabled = False
        token = client.cookies[sessions.cookie_name(whole.store.settings)]
        found = sessions.find_session(work, token)
        assert found is not None
        row = session_rows.get(work.session, found.actor.session_id)
        assert row is not None
        if kind == "disabled":
            account.disabled = True
        elif kind == "idle":
            row.last_seen_at = now() - timedelta(minutes=31)
        else:
            row.created_at = now() - timedelta(hours=13)
            row.expires_at = now() - timedelta(seconds=1)
        work.session.flush()
    return client


def may(kind: str, door: Door) -> bool:
    operation = door.operation
    assert operation is not None
    if is_public(operation):
        return True
    if kind == Role.MACHINE_CLIENT and not door.path.startswith("/api/"):
        return False  # pages are for people
    return kind in set(Role) and Role(kind) in ACCESS[operation]


def ask(client: TestClient, door: Door, method: str) -> int:
    path = door.path
    for part in ("request_id", "list_id", "link_id", "run_id", "account_id", "key_id", "file_id", "order_id"):
        path = path.replace("{" + part + "}", NOBODY)
    assert "{" not in path, f"teach this test the parameter of {door.path}"
    token = client.headers.get("X-CSRF-Token", "")
    # an upload page reads its form before it looks at the caller; JSON routes get a JSON body
    sent = {"json": {}} if path.startswith("/api/") else {"data": {"csrf_token": token}}
    body = sent if method in ("POST", "PUT", "PATCH") else {}
    answer = client.request(method, path, follow_redirects=False, **body)  # type: ignore[arg-type]
    return answer.status_code


def test_every_operation_has_a_row_and_every_route_an_operation(whole: Staffed) -> None:
    """The table is complete, and no route stands beside the gate."""
    assert set(ACCESS) == set(Operation)
    assert all(door.operation in ACCESS for door in every_door(whole.app))
    assert len(every_door(whole.app)) > 60


def test_an_unguarded_route_keeps_the_service_from_starting(tmp_path: Path) -> None:
    """A guard cannot be forgotten: `open_to_all` refuses a closed operation, too."""
    with pytest.raises(ValueError, match="not open to all"):
        open_to_all(Operation.READ_LINK)
    bare = FastAPI()
    bare.add_api_route("/forgotten", lambda: None, methods=["GET"])
    assert [d.operation for d in doors(bare.routes) if d.path == "/forgotten"] == [None]
    assert allowed(Operation.READ_LINK) is not None


@pytest.mark.parametrize("kind", CALLERS)
def test_the_matrix(whole: Staffed, kind: str) -> None:
    """Whoever may not is told 401 or 403 before anything is looked at; whoever may is let in."""
    wrong = []
    client = caller(whole, kind)
    for door in every_door(whole.app):
        for method in sorted(door.methods - {"HEAD", "OPTIONS"}):
            status = ask(client, door, method)
            refused = status in REFUSED and (door.operation, status) != WRONG_PASSWORD
            if status >= 500 or refused == may(kind, door):
                wrong.append((method, door.path, kind, status))
            if door.operation is Operation.CLOSE_SESSION:
                client = caller(whole, kind)
    assert wrong == []


def test_a_key_opens_only_its_scopes(whole: Staffed) -> None:
    """A machine client with one scope is refused everything else it could have been given."""
    client = machine(whole, frozenset({Operation.COMPARE_NAMES.value}))
    names = client.post("/api/v1/names/comparison", json={"left": "Zara", "right": "Зара"})
    assert names.status_code == 200
    assert client.get("/api/v1/runs").status_code == 403
    assert Operation.JUDGE_LINK not in MACHINE_OPERATIONS


def test_other_methods_and_spellings_open_nothing(whole: Staffed) -> None:
    """HEAD, OPTIONS, a method override, a trailing or doubled slash: never content."""
    client = whole.client()
    for door in every_door(whole.app):
        path = door.path.replace("{", "").replace("}", "")
        for method, where in (("HEAD", path), ("OPTIONS", path), ("GET", path + "/"), ("GET", "/" + path)):
            answer = client.request(
                method, where, headers={"X-HTTP-Method-Override": "POST"}, follow_redirects=False
            )
            if door.operation is not None and not is_public(door.operation):
                assert answer.status_code in (303, 401, 403, 404, 405, 422), (method, where)


def test_foreign_and_absent_are_the_same_answer(staffed: Staffed) -> None:
    """For every kind of object: the other organisation's answer is byte for byte that of nothing."""
    at = matched(staffed)
    judge(staffed.sign_in("reviewer@north"), at["link"], "claim")
    runs = staffed.sign_in("reviewer@north").get("/api/v1/runs").json()["items"]
    keys = staffed.sign_in("administrator@north")
    key = keys.post("/api/v1/api-keys", json={"label": "k", "scopes": ["names:compare"]}).json()["key_id"]
    held = [
        ("reviewer", f"/api/v1/requests/{at['request']}"),
        ("reviewer", f"/api/v1/requests/{at['request']}/contact"),
        ("importer", f"/api/v1/lists/{at['list']}"),
        ("importer", f"/api/v1/lists/{at['list']}/records"),
        ("importer", f"/api/v1/lists/{at['list']}/difference"),
        ("reviewer", f"/api/v1/links/{at['link']}"),
        ("reviewer", f"/api/v1/links/{at['link']}/history"),
        ("reviewer", f"/api/v1/runs/{runs[0]['run_id']}"),
        ("administrator", f"/api/v1/accounts/{staffed.accounts['intake@north']}"),
    ]
    for role, path in held:
        own, foreign = staffed.sign_in(f"{role}@north"), staffed.sign_in(f"{role}@south")
        identity = next(part for part in path.split("/") if len(part) == 32)
        real, never = foreign.get(path), foreign.get(path.replace(identity, NOBODY))
        assert own.get(path).status_code == 200, path
        assert (real.status_code, real.content) == (404, never.content), path
    foreign = staffed.sign_in("administrator@south")
    deleted = [foreign.delete(f"/api/v1/api-keys/{one}") for one in (key, NOBODY)]
    assert [answer.status_code for answer in deleted] == [404, 404]
    assert deleted[0].content == deleted[1].content


def test_roles_work_at_the_next_request(staffed: Staffed) -> None:
    """A role taken away, an account closed: the sign-in that was open does not open anything more."""
    client, boss = staffed.sign_in("reviewer@north"), staffed.sign_in("administrator@north")
    path = f"/api/v1/accounts/{staffed.accounts['reviewer@north']}"
    assert client.get("/api/v1/links").status_code == 200
    tag = boss.get(path).headers["ETag"]
    changed = boss.patch(path, json={"roles": ["intake"]}, headers={"If-Match": tag})
    assert changed.status_code == 200
    assert client.get("/api/v1/links").status_code == 401
    again = staffed.sign_in("reviewer@north")
    assert again.get("/api/v1/links").status_code == 403
    boss.patch(path, json={"disabled": True}, headers={"If-Match": changed.headers["ETag"]})
    assert again.get("/api/v1/requests").status_code == 401


def test_create_app_is_what_the_matrix_saw(whole: Staffed) -> None:
    """The matrix is about the application that is served, built from the same settings."""
    served = create_app(whole.store.settings, whole.store)
    assert {d.path for d in doors(served.routes)} == {d.path for d in doors(whole.app.routes)}
