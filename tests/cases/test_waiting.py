"""What waits for whom."""

from datetime import timedelta

from sqlalchemy import update

from service.cases import correspondence, waiting
from service.security.actors import Actor, Role
from service.store.columns import now
from service.store.tables import CandidateLinkRow
from tests.api.scenario import judge, match, matched, request_body
from tests.support.staffed import Staffed


def actor(staffed: Staffed, role: Role) -> Actor:
    name = f"{role}@north"
    return Actor(staffed.accounts[name], staffed.organisations["north"], frozenset({role}))


def look(staffed: Staffed, role: Role) -> waiting.Waiting:
    with staffed.store.begin() as work:
        return waiting.what_waits(work, actor(staffed, role))


def test_what_is_new_since_somebody_looked(staffed: Staffed) -> None:
    """Nothing at the first look, a new request's links at the next, nothing after; for each reader."""
    matched(staffed)
    seen = [look(staffed, Role.REVIEWER).links]
    assert staffed.client().post("/api/v1/public/requests", json=request_body()).status_code == 201
    match(staffed)
    seen += [look(staffed, Role.REVIEWER).links for _ in range(2)]
    told = [links.since_look if links else -1 for links in seen]
    assert told[0] is None
    assert told[1]
    assert told[2] == 0
    other = look(staffed, Role.SECOND_REVIEWER).links
    assert other is not None
    assert other.since_look is None


def test_a_relatives_message_and_an_export_wait_for_those_who_can_answer(staffed: Staffed) -> None:
    """Until somebody has read the message, and for nobody's own export."""
    at = matched(staffed)
    assert look(staffed, Role.INTAKE).answers == 0
    staffed.client().post("/api/v1/public/messages", json={"code": at["code"], "text": "Новый номер"})
    assert look(staffed, Role.INTAKE).answers == 1
    with staffed.store.begin() as work:
        correspondence.read_messages(work, actor(staffed, Role.INTAKE), at["request"])
    assert look(staffed, Role.INTAKE).answers == 0
    wanted = {"format": "csv", "state": "suggested", "reason": "panel"}
    staffed.sign_in("child_protection_lead@north").post("/api/v1/exports", json=wanted)
    assert look(staffed, Role.CHILD_PROTECTION_LEAD).exports == 0
    assert look(staffed, Role.SECOND_REVIEWER).exports == 1
    assert look(staffed, Role.REVIEWER).exports is None


def test_the_plots_follow_what_waits_and_what_was_decided(staffed: Staffed) -> None:
    """A rejected link leaves the waiting ones and stands in the newest week; old ones stand with the old."""
    at = matched(staffed)
    before = look(staffed, Role.REVIEWER).trends
    assert before is not None
    waiting_links = sum(one.number for one in before.ages)
    assert waiting_links > 1
    assert (before.ages[0].number, sum(before.weeks)) == (waiting_links, 0)
    assert sum(one.number for one in before.bands) >= waiting_links
    reviewer = staffed.sign_in("reviewer@north")
    judge(reviewer, at["link"], "claim")
    assert judge(reviewer, at["link"], "reject", reason_code="other_person").status_code == 201
    with staffed.store.begin() as work:
        made = now() - timedelta(days=40)
        work.session.connection().execute(update(CandidateLinkRow).values(created_at=made))
    after = look(staffed, Role.REVIEWER).trends
    assert after is not None
    assert [one.number for one in after.ages] == [0, 0, waiting_links - 1, 0]
    assert after.weeks == (0,) * 7 + (1,)
