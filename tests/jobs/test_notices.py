"""What leaves the service: only when it is set up, only numbers, ids and codes, and nothing is forgotten."""

import email
import email.policy
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from service.cases import notices as choices
from service.config import Settings, SettingsRefused, load_settings
from service.notices import mail, webhook
from service.notices.delivery import Deliveries
from service.security.actors import Actor, Role
from service.speech import speaking
from service.store.columns import now
from service.store.tables import AuditEvent, CandidateLinkRow, DeliveryRow, MailChoiceRow
from tests.api.scenario import judge, matched, request_body
from tests.support.receivers import Mailed, Posted, mail_receiver, web_receiver
from tests.support.staffed import Staffed, build_staffed

SECRET = "s" * 40
ROOT = Path(__file__).resolve().parents[2]
# words of the people in the scenario, in whatever script they might slip out
SPOKEN = (
    "Цуркаев",
    "Tsurkaev",
    "Хава",
    "Khava",
    "Мадина",
    "Madina",
    "900 555",
    "Russian",
    "camp.csv",
    "north",
)


@dataclass
class Outside:
    """A matched service with both receivers."""

    staffed: Staffed
    posted: Posted
    mailed: Mailed
    made: dict[str, str]

    def deliver(self) -> None:
        """Whatever is due, as often as it is, however long it was to wait."""
        deliveries = Deliveries(self.staffed.store)
        for _ in range(4):
            deliveries.step()
            self.put_back(DeliveryRow, not_before=now())

    def put_back(self, table: type, **values: object) -> None:
        with self.staffed.store.begin() as work:
            work.session.connection().execute(update(table).values(**values))

    def actor(self, role: Role) -> Actor:
        name = f"{role}@north"
        return Actor(self.staffed.accounts[name], self.staffed.organisations["north"], frozenset({role}))


@pytest.fixture
def outside(tables_url: str, tmp_path: Path) -> Iterator[Outside]:
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n")
    with web_receiver() as posted, mail_receiver() as mailed:
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
        Deliveries(staffed.store).step()  # what happened before the webhook was opened is not told
        yield Outside(staffed, posted, mailed, matched(staffed))
        staffed.store.close()


def test_a_program_hears_of_each_act_once_in_order_and_signed(outside: Outside) -> None:
    """Ids and codes alone; the receiver's check of docs/webhook.md accepts it, and nothing else."""
    judge(outside.staffed.sign_in("reviewer@north"), outside.made["link"], "claim")
    judge(outside.staffed.sign_in("reviewer@north"), outside.made["link"], "recommend")
    outside.deliver()
    outside.deliver()
    told = [json.loads(body) for _, body in outside.posted.got]
    assert [one["act"] for one in told] == ["request.filed", "list.published", "link.recommend"]
    assert told[-1]["object_id"] == outside.made["link"]
    numbers = [int(one["event_id"]) for one in told]
    assert numbers == sorted(set(numbers))
    is_ours = documented_check()
    for headers, body in outside.posted.got:
        header = headers[webhook.HEADER]
        assert is_ours(SECRET.encode(), header, body, time.time())
        assert not is_ours(b"x" * 40, header, body, time.time())
        assert not is_ours(SECRET.encode(), header, body + b" ", time.time())
        assert not is_ours(SECRET.encode(), header, body, time.time() + 400)
        assert not [word for word in SPOKEN if word in body.decode()]


def documented_check():  # type: ignore[no-untyped-def]
    text = (ROOT / "docs" / "webhook.md").read_text("utf-8")
    names: dict[str, object] = {}
    exec(re.search(r"```python\n(.*?)```", text, re.S)[1], names)  # type: ignore[index]
    return names["is_ours"]


def test_what_is_not_taken_is_sent_again_and_never_elsewhere(outside: Outside) -> None:
    """Errors and redirects are no delivery; the order holds; after seven days an event is given up."""
    outside.posted.answers = [500, 302, 429]
    outside.deliver()
    assert [json.loads(body)["act"] for _, body in outside.posted.got] == ["request.filed", "list.published"]
    assert outside.staffed.client().post("/api/v1/public/requests", json=request_body()).status_code == 201
    outside.put_back(AuditEvent, at=now() - timedelta(days=8))
    outside.deliver()
    assert len(outside.posted.got) == 2


def test_a_worker_that_died_before_it_noted_a_delivery_delivers_again(outside: Outside) -> None:
    """The same event with the same id: whoever receives can tell."""
    outside.deliver()
    first = [json.loads(body)["event_id"] for _, body in outside.posted.got]
    outside.put_back(DeliveryRow, sequence=int(first[0]) - 1)
    outside.deliver()
    assert [json.loads(body)["event_id"] for _, body in outside.posted.got] == first * 2


def test_two_workers_do_not_both_deliver(outside: Outside) -> None:
    """Who holds the way out is left alone."""
    outside.put_back(DeliveryRow, not_before=now() + timedelta(minutes=1))
    assert Deliveries(outside.staffed.store).step() is False
    assert outside.posted.got == []


def test_a_mail_tells_numbers_to_who_wants_them(outside: Outside) -> None:
    """In the chosen language, only when more waits than before, to nobody who did not ask for it."""
    client = outside.staffed.sign_in("reviewer@north")
    form = {"csrf_token": client.headers["X-CSRF-Token"], "address": "anna@example.org"}
    assert client.post("/staff/me/mail?language=ru", data=form, follow_redirects=False).status_code == 303
    assert "anna@example.org" in client.get("/staff/me").text
    outside.deliver()
    assert outside.mailed.got == []  # nothing is new since the choice
    assert outside.staffed.client().post("/api/v1/public/requests", json=request_body()).status_code == 201
    judge(client, outside.made["link"], "claim")
    outside.deliver()
    outside.deliver()
    ((recipients, text),) = outside.mailed.got
    assert recipients == ["anna@example.org"]
    message = email.message_from_bytes(text.encode(), policy=email.policy.default)
    said = message.get_content()
    assert "взято вами в работу" in said
    assert "https://staff.example.org/staff" in said
    assert not [word for word in SPOKEN if word in text + said]
    outside.put_back(CandidateLinkRow, created_at=now() - timedelta(days=3))
    outside.put_back(MailChoiceRow, told_at=now() - timedelta(days=2))
    outside.deliver()
    assert len(outside.mailed.got) == 1  # nothing more waits than was told
    client.post("/staff/me/mail", data={**form, "address": ""})
    assert "anna@example.org" not in client.get("/staff/me").text


def test_one_bad_address_keeps_nobody_else_from_theirs(outside: Outside) -> None:
    outside.mailed.refused = {"gone@example.org"}
    store = outside.staffed.store
    with store.begin() as work, speaking("en"):
        for role, address in ((Role.INTAKE, "gone@example.org"), (Role.SECOND_REVIEWER, "here@example.org")):
            choices.choose_mail(work, outside.actor(role), address)
    client = outside.staffed.sign_in("reviewer@north")
    for move in ("claim", "recommend"):
        judge(client, outside.made["link"], move)
    outside.staffed.client().post(
        "/api/v1/public/messages", json={"code": outside.made["code"], "text": "Новый номер"}
    )
    outside.deliver()
    assert [recipients for recipients, _ in outside.mailed.got] == [["here@example.org"]]


@pytest.mark.parametrize(
    "address",
    ["a@b.org\nBcc: x@y.org", "a@b.org,c@d.org", "Anna <a@b.org>", "anna", "a@b", "@b.org", "a b@c.org"],
)
def test_an_address_cannot_carry_anything_else(address: str) -> None:
    assert not mail.is_address(address)
    assert mail.is_address("anna.b+homeward@mail.example.org")


def test_what_is_no_address_is_refused_with_a_sentence(outside: Outside) -> None:
    client = outside.staffed.sign_in("reviewer@north")
    form = {"csrf_token": client.headers["X-CSRF-Token"], "address": "a@b.org,c@d.org"}
    refused = client.post("/staff/me/mail", data=form)
    assert refused.status_code == 422
    assert "Write one e-mail address" in refused.text


def test_nothing_leaves_when_nothing_is_set_up(staffed: Staffed) -> None:
    matched(staffed)
    assert Deliveries(staffed.store).step() is False
    with staffed.store.read() as work:
        assert work.session.get(DeliveryRow, "webhook") is None
    assert "sends no mail" in staffed.sign_in("reviewer@north").get("/staff/me").text


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("WEBHOOK_URL", {"WEBHOOK_URL": "http://hook.example.org/"}),
        ("WEBHOOK_URL", {"WEBHOOK_URL": "https://user:word@hook.example.org/"}),
        ("WEBHOOK_SECRET_FILE", {"WEBHOOK_URL": "https://hook.example.org/"}),
        ("MAIL_FROM", {"SMTP_HOST": "mail.example.org"}),
        (
            "SMTP_SECURITY",
            {"SMTP_HOST": "mail.example.org", "MAIL_FROM": "h@example.org", "SMTP_SECURITY": "none"},
        ),
    ],
)
def test_what_would_leave_in_the_clear_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, values: dict[str, str]
) -> None:
    for variable, value in values.items():
        monkeypatch.setenv(f"HOMEWARD_{variable}", value)
    with pytest.raises(SettingsRefused) as refused:
        load_settings()
    assert f"HOMEWARD_{name}" in refused.value.sentence
    assert "word" not in refused.value.sentence.replace("password", "")


def test_a_complete_set_of_settings_is_accepted(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    made = Settings(webhook_url="https://hook.example.org/in", webhook_secret_file=secret)
    assert made.webhook_url.startswith("https")
