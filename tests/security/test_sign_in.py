"""Signing in: one kind of refusal, limits that count for everybody, ends that come when promised."""

from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from service.cases import accounts as account_cases
from service.cases.sign_in import Credentials, sign_in
from service.errors import HomewardError, TooMany, Unprocessable
from service.security import passwords, sessions, totp
from service.security.actors import Actor, Role
from service.security.limits import Limit, spend
from service.store import accounts
from service.store import sessions as session_rows
from service.store.columns import now
from service.store.tables import Account, SessionRow
from service.store.work import Work
from tests.support.staffed import PASSWORD, Staffed

LOGIN = "reviewer@north"


def attempt(staffed: Staffed, login: str = LOGIN, password: str = PASSWORD, code: str = "") -> str:
    """The outcome of one attempt: "in", or the code of the refusal."""
    try:
        sign_in(staffed.store, Credentials(login, password, code, "192.0.2.7"))
    except HomewardError as refused:
        return refused.code
    return "in"


def account_of(work: Work, login: str = LOGIN) -> Account:
    found = accounts.by_login(work.session, login)
    assert found is not None
    return found


class Counting(PasswordHasher):
    """The real argon2id, counting how often it is asked."""

    asked = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # the name is argon2's
        type(self).asked += 1
        return super().verify(hash, password)


def test_unknown_wrong_and_disabled_are_refused_alike(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same code, and exactly one argon2 verification each: neither word nor work tells them apart."""
    hasher = Counting(time_cost=3, memory_cost=64 * 1024, parallelism=4)
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    monkeypatch.setattr(Counting, "asked", 0)
    with staffed.store.begin() as work:
        account_of(work, "intake@north").disabled = True
    cases = [("nobody@nowhere", PASSWORD), (LOGIN, "a wrong long sentence"), ("intake@north", PASSWORD)]
    for number, (login, password) in enumerate(cases, 1):
        assert attempt(staffed, login, password) == "sign_in_refused"
        assert Counting.asked == number
    assert attempt(staffed) == "in"


def test_the_login_is_folded(staffed: Staffed) -> None:
    """Capitals and blanks around the name do not matter."""
    assert attempt(staffed, "  Reviewer@NORTH ") == "in"


def test_ten_attempts_in_five_minutes(staffed: Staffed) -> None:
    """The eleventh is refused, for known and unknown subjects alike, and others are not touched."""
    limited = staffed.store.settings.model_copy(update={"rate_limits": True})
    store = type(staffed.store)(staffed.store.database, staffed.store.sealer, limited)
    limit = Limit("test", 10, 10**9)  # a window that does not end while the test runs
    for subject in ("known", "unknown"):
        for _ in range(10):
            spend(store, limit, subject)
        with pytest.raises(TooMany) as refused:
            spend(store, limit, subject)
        assert 1 <= int(refused.value.headers["Retry-After"]) <= 10**9
    spend(store, limit, "somebody else")


def living(staffed: Staffed, **change: object) -> bool:
    """Whether a fresh sign-in lives after its row was changed like this."""
    with staffed.store.begin() as work:
        opened = sessions.open_session(work, account_of(work), second_factor=False)
        found = sessions.find_session(work, opened.token)
        assert found is not None
        row = session_rows.get(work.session, found.actor.session_id)
        assert row is not None
        for name, value in change.items():
            setattr(row, name, value)
        work.session.flush()
        return sessions.find_session(work, opened.token) is not None


def test_a_sign_in_ends_when_promised(staffed: Staffed) -> None:
    """Idle 30 minutes, 12 hours in any case; a clock set back a year prolongs nothing."""
    assert living(staffed)
    assert living(staffed, last_seen_at=now() - timedelta(minutes=29))
    assert not living(staffed, last_seen_at=now() - timedelta(minutes=30))
    assert not living(staffed, expires_at=now())
    assert not living(staffed, created_at=now() + timedelta(days=365))
    lasting = staffed.store.settings
    assert (lasting.idle_minutes, lasting.session_hours) == (30, 12)


def test_the_database_does_not_hold_the_token(staffed: Staffed) -> None:
    """Only a keyed hash is stored; every sign-in has a new one, and signing in again ends the old."""
    first = sign_in(staffed.store, Credentials(LOGIN, PASSWORD))
    second = sign_in(staffed.store, Credentials(LOGIN, PASSWORD), first.token)
    assert first.token != second.token
    with staffed.store.begin() as work:
        assert sessions.find_session(work, first.token) is None
        found = sessions.find_session(work, second.token)
        assert found is not None
        row = work.session.get(SessionRow, found.actor.session_id)
        assert row is not None
        assert second.token not in row.model_dump_json()


def test_a_new_password_ends_every_sign_in(staffed: Staffed) -> None:
    """Wherever else the account was open, it is not any more."""
    client = staffed.sign_in(LOGIN)
    changed = client.put("/api/v1/password", json={"old": PASSWORD, "new": "another invented sentence"})
    assert changed.status_code == 204
    assert client.get("/api/v1/links").status_code == 401
    assert attempt(staffed) == "sign_in_refused"
    assert attempt(staffed, password="another invented sentence") == "in"


@pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaaaaaaaaaa", "reviewer@north-1", "x" * 257])
def test_easy_passwords_are_refused(weak: str) -> None:
    """Too short, too long, one letter over and over, or the account's own name."""
    with pytest.raises(Unprocessable):
        passwords.check_strength(weak, LOGIN)


def test_a_second_factor_counts_once(staffed: Staffed) -> None:
    """After set-up a password alone is not enough, and a code works one time only."""
    secret = totp.new_secret()
    with staffed.store.begin() as work:
        kept = account_of(work)
        assert secret.encode() not in (kept.totp_sealed or b"")
        totp.keep(work, kept, secret)
        assert secret.encode() not in (kept.totp_sealed or b"")
    code = pyotp.TOTP(secret).now()
    assert attempt(staffed) == "code_needed"
    assert attempt(staffed, code="000000" if code != "000000" else "111111") == "code_needed"
    assert attempt(staffed, code=code) == "in"
    assert attempt(staffed, code=code) == "code_needed"


def test_a_required_second_factor_lets_nothing_else_happen(staffed: Staffed) -> None:
    """Where it is required, a sign-in without it may set it up, and nothing more."""
    required = staffed.store.settings.model_copy(update={"second_factor": "required"})
    store = type(staffed.store)(staffed.store.database, staffed.store.sealer, required)
    staffed.app.state.store = store
    client = staffed.sign_in(LOGIN)
    assert client.get("/api/v1/links").json()["code"] == "second_factor_needed"
    secret = client.post("/api/v1/second-factor/proposal").json()["secret"]
    done = client.put("/api/v1/second-factor", json={"secret": secret, "code": pyotp.TOTP(secret).now()})
    assert done.status_code == 204
    assert client.get("/api/v1/sessions/current").status_code == 401


def test_forged_requests_are_refused(staffed: Staffed) -> None:
    """A cookie without the form token, or from another site, changes nothing."""
    client = staffed.sign_in(LOGIN)
    token = client.headers.pop("X-CSRF-Token")
    assert client.post("/api/v1/runs").json()["code"] == "form_out_of_date"
    client.headers["X-CSRF-Token"] = token
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    for header in (elsewhere, {"Origin": "https://example.org"}, elsewhere | {"Origin": "null"}):
        assert client.post("/api/v1/runs", headers=header).json()["code"] == "other_site"
    assert client.post("/api/v1/runs", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 202


def test_the_cookie_is_for_this_host_only(staffed: Staffed) -> None:
    """With https: the __Host- prefix, secure, unreadable for scripts, never sent from other sites."""
    name = sessions.cookie_name(staffed.store.settings.model_copy(update={"secure_cookies": True}))
    assert name.startswith("__Host-")
    answer = staffed.client().post("/api/v1/sessions", json={"login": LOGIN, "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", "path=/"))
    assert "domain" not in cookie


def test_roles_that_one_person_must_not_join(staffed: Staffed) -> None:
    """Who administers accounts sees no cases; nobody changes the own account."""
    boss = staffed.sign_in("administrator@north")
    body = {"login": "new one", "password": PASSWORD, "roles": ["administrator", "reviewer"]}
    assert boss.post("/api/v1/accounts", json=body).json()["code"] == "roles_apart"
    assert boss.post("/api/v1/accounts", json=body | {"roles": ["reviewer"]}).status_code == 201
    assert boss.post("/api/v1/accounts", json=body | {"roles": ["reviewer"]}).status_code == 409
    own = f"/api/v1/accounts/{staffed.accounts['administrator@north']}"
    tag = boss.get(own).headers["ETag"]
    refused = boss.patch(own, json={"disabled": True}, headers={"If-Match": tag})
    assert refused.json()["code"] == "not_oneself"


def test_a_stale_account_change_is_refused(staffed: Staffed) -> None:
    """Two administrators at once: the second one reads again first."""
    actor = Actor(
        staffed.accounts["administrator@north"],
        staffed.organisations["north"],
        frozenset({Role.ADMINISTRATOR}),
    )
    account_id = staffed.accounts[LOGIN]
    with staffed.store.begin() as work:
        view = account_cases.set_roles(work, actor, account_id, frozenset({Role.INTAKE}), 1)
        assert view.version == 2
    with pytest.raises(HomewardError) as refused, staffed.store.begin() as work:
        account_cases.set_roles(work, actor, account_id, frozenset({Role.REVIEWER}), 1)
    assert refused.value.status == 412
