"""Whom the service speaks to when it speaks unasked: nobody else, not for ever, and nothing of anybody."""

import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import update

from service import logs
from service.cases import intake
from service.cases import notices as choices
from service.notices import mail, reach, webhook
from service.notices.delivery import Deliveries
from service.notices.mail import NotSent, Post, Security
from service.notices.reach import Target
from service.notices.webhook import Event, NotDelivered
from service.security.actors import PUBLIC, Actor
from service.speech import speaking
from service.store.columns import now
from service.store.tables import DeliveryRow
from service.store.work import Store
from tests.cases import invented
from tests.support.certificates import certificate, server_side
from tests.support.processes import Installation
from tests.support.receivers import Mailed, Posted, mail_receiver, web_receiver
from tests.support.staffed import ROLES, Staffed, build_staffed
from tests.support.stores import add_staff
from tests.support.told import WORDS, Filled

EVENT = Event("7", "list.published", "source_list", "a" * 32, "b" * 32, "2026-11-27")
SECRET = b"s" * 40


def post(address: str) -> str:
    """Deliver the event there; the code of the refusal, or nothing."""
    try:
        webhook.post(address, SECRET, EVENT, int(time.time()))
    except NotDelivered as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("address", "private_too", "goes"),
    [
        ("93.184.216.34", False, True),
        ("2606:2800:220:1::1", False, True),
        *[(private, False, False) for private in ("10.0.0.5", "192.168.1.9", "172.16.4.4", "fd12::7")],
        *[(private, True, True) for private in ("10.0.0.5", "192.168.1.9", "172.16.4.4", "fd12::7")],
        *[(never, True, False) for never in ("169.254.169.254", "fe80::1%eth0", "0.0.0.0", "224.0.0.1")],
        *[(never, True, False) for never in ("127.0.0.1", "::1", "::ffff:127.0.0.1", "127.8.8.8")],
    ],
)
def test_a_name_leads_to_no_machine_inside(address: str, private_too: bool, goes: bool) -> None:
    """Whatever a name stands for is looked at: this machine, the cloud's own address, a private network."""
    assert reach.is_allowed(Target("hook.example.org", 443, True, private_too), address) is goes


@pytest.mark.parametrize(
    "host", ["127.0.0.2", "0x7f.1", "2130706433", "0.0.0.0", "[::ffff:7f00:1]", "10.9.8.7"]
)
def test_other_ways_to_write_this_machine_are_refused(host: str) -> None:
    """Nothing is sent, and the log can say why."""
    with web_receiver() as posted:
        assert post(f"https://{host}:{posted.port}/") == "address_refused"
        assert posted.got == []


def test_the_certificate_of_a_webhook_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown, or of another name: nothing is sent. Known: delivered."""
    for name, known, told in (("localhost", False, "unreachable"), ("other", True, "unreachable")):
        file = certificate(tmp_path, name)
        with web_receiver(server_side(file)) as posted:
            monkeypatch.setenv("SSL_CERT_FILE", str(file if known else tmp_path / "none"))
            assert post(f"https://localhost:{posted.port}/") == told
            assert posted.got == []
    file = certificate(tmp_path, "localhost")
    with web_receiver(server_side(file)) as posted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert post(f"https://localhost:{posted.port}/hook?of=north") == ""
        assert [body for _, body in posted.got] == [EVENT.as_body()]
        assert posted.got[0][0]["Host"] == f"localhost:{posted.port}"


def test_who_answers_a_letter_at_a_time_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer would come in the end; a receiver cannot hold the worker for as long as it likes."""
    monkeypatch.setattr(reach, "WHOLE_SECONDS", 0.5)
    with web_receiver() as posted:
        posted.drips = True
        assert post(f"http://127.0.0.1:{posted.port}/") == "unreachable"
        assert len(posted.got) == 1
    monkeypatch.setattr(reach, "WHOLE_SECONDS", 30.0)
    with web_receiver() as posted:
        posted.drips = True
        assert post(f"http://127.0.0.1:{posted.port}/") == ""


def message() -> mail.EmailMessage:
    return mail.digest("anna@example.org", "homeward@example.org", "en", [("contested", 2)], "")


def sent(port: int, security: Security) -> str:
    """Send the mail there with a password; the code of the refusal, or nothing."""
    try:
        mail.send(Post("localhost", port, security, "homeward", "hush", "homeward@example.org"), message())
    except NotSent as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_travels_encrypted_to_the_right_server_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: Security
) -> None:
    """A server that cannot show who it is learns neither the mail, nor to whom, nor the password."""
    file = certificate(tmp_path, "localhost")
    for trusted, code in ((tmp_path / "none", "unreachable"), (file, "")):
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with mail_receiver(server_side(file), from_the_start=security == "tls") as mailed:
            assert sent(mailed.port, security) == code
            assert [recipients for recipients, _ in mailed.got] == ([] if code else [["anna@example.org"]])
            assert any(line.startswith("AUTH") for line in mailed.told) is (not code)


def test_a_server_that_offers_no_encryption_is_told_nothing() -> None:
    with mail_receiver() as mailed:
        assert sent(mailed.port, "starttls") == "refused"
        assert not [line for line in mailed.told if line.startswith(("AUTH", "MAIL", "RCPT"))]


@pytest.fixture
def staffed_outside(tables_url: str, tmp_path: Path) -> Iterator[tuple[Staffed, Posted, Mailed]]:
    """A service with both receivers, which tells from its first act on, and mail for every account."""
    secret = tmp_path / "secret"
    secret.write_bytes(SECRET)
    with ExitStack() as stack:
        posted, mailed = stack.enter_context(web_receiver()), stack.enter_context(mail_receiver())
        staffed = build_staffed(
            tmp_path,
            tables_url,
            webhook_url=f"http://127.0.0.1:{posted.port}/hook",
            webhook_secret_file=secret,
            smtp_host="127.0.0.1",
            smtp_port=mailed.port,
            smtp_security="none",
            mail_from="homeward@example.org",
            staff_host="staff.example.org",
        )
        stack.callback(staffed.store.close)
        Deliveries(staffed.store).step()
        for role in ROLES:
            actor = Actor(
                staffed.accounts[f"{role}@north"], staffed.organisations["north"], frozenset({role})
            )
            with staffed.store.begin() as work, speaking("en"):
                choices.choose_mail(work, actor, f"{role}@example.org".replace("_", "-"))
        yield staffed, posted, mailed


def deliver(store: Store) -> None:
    """Everything that is due, as if the time to wait had gone by."""
    for _ in range(4):
        with store.begin() as work:
            work.session.connection().execute(update(DeliveryRow).values(not_before=now()))
        Deliveries(store).step()


def test_nothing_of_anybody_is_in_what_is_sent(staffed_outside: tuple[Staffed, Posted, Mailed]) -> None:
    """A store with a word in every field of a request and in all that staff wrote; every byte is searched."""
    staffed, posted, mailed = staffed_outside
    filled = Filled(staffed)
    filled.withdraw()
    filled.sweep()
    deliver(staffed.store)
    acts = {json.loads(body)["act"] for _, body in posted.got}
    assert {"request.filed", "request.message_by_code", "list.published", "link.verify"} <= acts
    assert {"link.ask", "request.withdrawn_by_code", "request.erased"} <= acts
    assert len(mailed.got) >= 3
    everything = str(posted.got) + str(mailed.got) + str(mailed.told)
    people = ("Цуркаев", "Tsurkaev", "Хава", "Khava", "Madina", "900 555", "camp.csv", "north", filled.code)
    for word in (*WORDS.values(), *people):
        assert word not in everything
        assert word.encode("unicode_escape").decode() not in everything.replace("\\\\", "\\")
    ids = (filled.request, filled.link, staffed.accounts["reviewer@north"])
    assert not [one for one in ids if one in str(mailed.got)]


def test_who_is_wanted_later_gets_the_mail_later_and_nobody_waits_for_them(
    staffed_outside: tuple[Staffed, Posted, Mailed],
) -> None:
    """A server that asks to come again (greylisting) loses nobody's mail."""
    staffed, _, mailed = staffed_outside
    mailed.busy = {"second-reviewer@example.org"}
    Filled(staffed)
    deliver(staffed.store)
    reached = {recipients[0] for recipients, _ in mailed.got}
    assert reached
    assert "second-reviewer@example.org" not in reached
    mailed.busy = set()
    deliver(staffed.store)
    assert [to for to, _ in mailed.got].count(["second-reviewer@example.org"]) == 1
    assert len(mailed.got) == len(reached) + 1


def test_a_failure_is_logged_by_its_code_without_an_address(
    staffed_outside: tuple[Staffed, Posted, Mailed],
) -> None:
    """Which way failed, why, and how often; not to whom. The worker goes on."""
    staffed, posted, mailed = staffed_outside
    stream = io.StringIO()
    logs.set_up("debug", stream)
    posted.answers = [500] * 20
    mailed.refused = {"second-reviewer@example.org"}
    secret = staffed.store.settings.webhook_secret_file
    assert secret is not None
    Filled(staffed)
    deliver(staffed.store)
    secret.unlink()
    deliver(staffed.store)
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    failed = {(line["way"], line["code"]) for line in told if line["event"] == "not_delivered"}
    assert failed == {
        ("webhook", "http_500"),
        ("webhook", "secret_unreadable"),
        ("mail", "recipient_refused"),
    }
    assert max(line.get("failures", 0) for line in told) >= 4
    assert "example.org" not in stream.getvalue()


def test_a_killed_worker_delivers_again_what_it_had_not_noted(
    durable_installation: Installation, open_here: Store
) -> None:
    """kill -9 while the receiver still holds the event back: the next worker sends the same event."""
    store, made = open_here, durable_installation
    secret = made.directory / "secret"
    secret.write_bytes(SECRET)
    with web_receiver() as posted:
        posted.silent = True
        made.settings |= {
            "WEBHOOK_URL": f"http://127.0.0.1:{posted.port}/hook",
            "WEBHOOK_SECRET_FILE": str(secret),
        }
        add_staff(store, "Invented Relief", "staff")
        with store.begin() as work:
            work.session.add(DeliveryRow(way="webhook", sequence=0))
            filed = intake.file_request(work, PUBLIC, invented.request(1))
        first = made.worker()
        _until(lambda: len(posted.got) == 1)
        first.kill()
        posted.silent = False
        with store.begin() as work:
            work.session.connection().execute(update(DeliveryRow).values(not_before=now()))
        second = made.worker()
        _until(lambda: len(posted.got) == 2)
        assert second.stop() == 0
        one, other = (json.loads(body) for _, body in posted.got)
    assert one == other
    assert (one["act"], one["object_id"]) == ("request.filed", filed.request_id)


def _until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 90
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.05)
