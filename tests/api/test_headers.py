"""Every answer carries the security headers, whatever went wrong; errors are problems with a code."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.security.headers import HEADERS
from tests.api.scenario import request_body
from tests.support.staffed import Staffed, build_staffed


def check(answer: object) -> None:
    headers = answer.headers  # type: ignore[attr-defined]  # an httpx response
    missing = {name for name in HEADERS if name not in headers}
    assert not missing
    assert headers["cache-control"] == "no-store"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'")


def test_headers_are_on_every_answer(staffed: Staffed) -> None:
    """200, 201, 204, 400, 401, 403, 404, 405, 413 and 422 alike."""
    client, reviewer = staffed.client(), staffed.sign_in("reviewer@north")
    answers = [
        client.get("/healthz"),
        client.post("/api/v1/public/requests", json=request_body()),
        client.post("/api/v1/public/requests", content=b"{", headers={"Content-Type": "application/json"}),
        client.get("/api/v1/links"),
        reviewer.get("/api/v1/audit"),
        client.get("/nowhere"),
        client.put("/healthz"),
        client.post("/api/v1/public/requests", content=b"x" * 100_000),
        client.post("/api/v1/public/status", json={}),
        reviewer.delete("/api/v1/sessions/current"),
        client.get("/"),
        client.get("/staff/sign-in"),
    ]
    for answer in answers:
        check(answer)
    assert {a.status_code for a in answers} >= {200, 201, 204, 400, 401, 403, 404, 405, 413, 422}


def test_a_fault_of_ours_is_one_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An exception becomes 500 with headers and a code; its text is neither sent nor logged."""
    built = build_staffed(tmp_path, f"sqlite:///{tmp_path / 'homeward.db'}")
    app = create_app(built.store.settings, built.store)

    def broken() -> None:
        raise RuntimeError("Zamirakanareva")

    app.add_api_route("/broken", broken)
    answer = TestClient(app, raise_server_exceptions=False).get("/broken")
    check(answer)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    said = capfd.readouterr()
    assert "Zamirakanareva" not in answer.text + said.out + said.err
    built.store.close()


def test_methods_are_named(staffed: Staffed) -> None:
    """405 says in Allow what the address does understand."""
    client = staffed.client()
    assert set(client.put("/api/v1/links").headers["allow"].split(", ")) == {"GET"}
    assert set(client.patch("/api/v1/requests").headers["allow"].split(", ")) == {"GET", "POST"}
    some = client.post(f"/api/v1/accounts/{'0' * 32}").headers["allow"]
    assert set(some.split(", ")) == {"GET", "PATCH"}


def test_a_locked_database_is_503_and_heals(tmp_path: Path) -> None:
    """While another process holds the write lock, a write is answered 503 with Retry-After, nothing is
    kept, and the next one succeeds."""
    import sqlite3

    file = tmp_path / "homeward.db"
    built = build_staffed(tmp_path, f"sqlite:///{file}", busy_seconds=1)
    client = built.client()
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    answer = client.post("/api/v1/public/requests", json=request_body())
    check(answer)
    assert answer.status_code == 503
    assert 0 < int(answer.headers["retry-after"]) <= 5
    holder.execute("ROLLBACK")
    holder.close()
    assert client.post("/api/v1/public/requests", json=request_body()).status_code == 201
    built.store.close()


def test_production_hides_the_description(tmp_path: Path) -> None:
    """In production there is no /openapi.json and no /docs; cookies are for https only."""
    built = build_staffed(
        tmp_path,
        f"sqlite:///{tmp_path / 'homeward.db'}",
        environment="production",
        secure_cookies=True,
        rate_limits=True,
        postgres_unsafe_for_tests=False,
    )
    client = built.client()
    for path in ("/openapi.json", "/docs", "/redoc"):
        assert client.get(path).status_code == 404
    assert "max-age" in client.get("/healthz").headers["strict-transport-security"]
    built.store.close()


def test_two_host_names_are_two_surfaces(tmp_path: Path) -> None:
    """With both names set, staff pages are not there on the public host, nor the form on the staff one."""
    built = build_staffed(
        tmp_path,
        f"sqlite:///{tmp_path / 'homeward.db'}",
        public_host="find.example.org",
        staff_host="staff.example.org",
    )
    public = TestClient(built.app, base_url="http://find.example.org")
    staff = TestClient(built.app, base_url="http://staff.example.org")
    assert public.get("/staff/sign-in").status_code == 404
    assert staff.get("/staff/sign-in").status_code == 200
    assert public.get("/api/v1/links").status_code == 404
    assert staff.get("/api/v1/links").status_code == 401
    assert public.post("/api/v1/public/requests", json=request_body()).status_code == 201
    assert staff.post("/api/v1/public/requests", json=request_body()).status_code == 404
    assert TestClient(built.app, base_url="http://other.example.org").get("/").status_code == 404
    assert public.get("/healthz").status_code == staff.get("/healthz").status_code == 200
    built.store.close()
