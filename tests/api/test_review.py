"""Review by API: from the queue to a confirmation by two people, and nothing lost on the way."""

import math

from service.security.actors import Role
from tests.api.scenario import LIST, judge, match, matched, publish, request_body
from tests.support.staffed import Staffed


def test_two_people_bring_a_link_to_confirmed(staffed: Staffed) -> None:
    """Claim, recommend, verify, confirm; the chain of the audit log holds afterwards."""
    at = matched(staffed)
    first, second = staffed.sign_in("reviewer@north"), staffed.sign_in("second_reviewer@north")
    assert judge(first, at["link"], "claim").json()["state"] == "under_review"
    assert judge(first, at["link"], "recommend", reason="age, mother and place fit").status_code == 201
    seen = judge(second, at["link"], "verify", evidence_type="document", reason="certificate seen")
    assert seen.json()["state"] == "verified_by_evidence"
    assert judge(second, at["link"], "confirm").json()["state"] == "confirmed"
    chain = staffed.sign_in("auditor@north").get("/api/v1/audit/chain").json()
    assert chain["holds"]
    acts = [e["act"] for e in staffed.sign_in("auditor@north").get("/api/v1/audit").json()["items"]]
    assert {"request.filed", "list.published", "link.read", "link.claim", "link.confirm"} <= set(acts)


def test_the_link_shows_both_originals_and_evidence_that_adds_up(staffed: Staffed) -> None:
    """Both sides as written, the sum of the evidence, the family and who else is in the household."""
    at = matched(staffed)
    view = staffed.sign_in("reviewer@north").get(f"/api/v1/links/{at['link']}").json()
    assert view["sought"]["person"]["names"][0]["text"] == "Цуркаев Ибрагим"
    assert view["record"]["person"]["names"][0]["text"] == "Ibrahim Tsurkaev"
    evidence = view["proposal"]["evidence"]
    assert math.isclose(sum(e["weight"] for e in evidence), view["proposal"]["weight"], abs_tol=1e-6)
    assert {pair["sought"]["person_id"] for pair in view["family"]["pairs"]} == {"m", "c"}
    also = [r["person"]["names"][0]["text"] for r in view["family"]["also_in_household"]]
    assert also == ["Sumaya Tsurkaeva"]
    assert [n["sought"]["person_id"] for n in view["siblings"]] == ["m"]
    assert "+7 900" not in str(view)
    assert view["moves"] == ["claim"]
    assert view["at_once"] == ["recommend", "ask", "reject"]


def test_the_second_reviewer_is_blind_until_the_own_vote(staffed: Staffed) -> None:
    """The evidence is there; who recommended and why is veiled until an own opinion is given."""
    at = matched(staffed)
    first, second = staffed.sign_in("reviewer@north"), staffed.sign_in("second_reviewer@north")
    judge(first, at["link"], "claim")
    judge(first, at["link"], "recommend", reason="the grandmother convinced me")
    judge(first, at["link"], "verify", evidence_type="document", reason="a birth certificate")
    judge(second, at["link"], "verify", evidence_type="witness", reason="an aunt recognised him")
    path = f"/api/v1/links/{at['link']}/history"
    before = second.get(path)
    assert "convinced" not in before.text
    assert "certificate" in before.text
    assert [entry["veiled"] for entry in before.json()] == [True, True, False, False]
    assert [entry["actor"] for entry in before.json()] == ["", "", "", "second_reviewer@north"]
    assert staffed.accounts["reviewer@north"] not in before.text
    judge(second, at["link"], "confirm")
    assert "convinced" in second.get(path).text
    assert {entry["actor"] for entry in second.get(path).json()[:3]} == {"reviewer@north"}


def test_a_decision_can_carry_its_claim(staffed: Staffed) -> None:
    """One act, two judgements in order; what refuses the decision takes the claim back with it."""
    at = matched(staffed)
    first = staffed.sign_in("reviewer@north")
    refused = judge(first, at["link"], "reject", claim=True)
    assert (refused.status_code, refused.json()["code"]) == (422, "reject_reason_needed")
    assert first.get(f"/api/v1/links/{at['link']}/history").json() == []
    judged = judge(first, at["link"], "reject", reason_code="other_person", claim=True)
    assert (judged.status_code, judged.json()["state"]) == (201, "rejected")
    history = first.get(f"/api/v1/links/{at['link']}/history").json()
    moves = [(entry["move"], entry["before"], entry["after"]) for entry in history]
    assert moves == [("claim", "suggested", "under_review"), ("reject", "under_review", "rejected")]


def test_the_importer_and_the_filer_do_not_review(staffed: Staffed) -> None:
    """Who imported the list or filed the request is refused, whatever roles the account has."""
    at = matched(staffed)
    staffed.hire("both@north", Role.IMPORTER, Role.REVIEWER, Role.INTAKE)
    both = staffed.sign_in("both@north")
    assert judge(both, at["link"], "claim").status_code == 201
    judge(both, at["link"], "release")
    entered = both.post("/api/v1/requests", json=request_body())
    assert entered.status_code == 201
    match(staffed)
    own = both.get("/api/v1/links", params={"request_id": entered.json()["request_id"]}).json()["items"]
    refused = judge(both, own[0]["link_id"], "claim")
    assert (refused.status_code, refused.json()["code"]) == (403, "conflict_of_interest")


def test_a_change_names_the_version_it_was_made_from(staffed: Staffed) -> None:
    """Without If-Match 428, with an old one 412; the judgement of the first is kept."""
    at = matched(staffed)
    reviewer = staffed.sign_in("reviewer@north")
    path = f"/api/v1/links/{at['link']}"
    old = reviewer.get(path).headers["ETag"]
    assert reviewer.post(f"{path}/judgements", json={"move": "claim"}).status_code == 428
    assert judge(reviewer, at["link"], "claim").status_code == 201
    late = reviewer.post(f"{path}/judgements", json={"move": "release"}, headers={"If-Match": old})
    assert (late.status_code, late.json()["code"]) == (412, "changed_meanwhile")
    assert reviewer.get(path).json()["state"] == "under_review"
    odd = reviewer.post(f"{path}/judgements", json={"move": "release"}, headers={"If-Match": "*"})
    assert odd.status_code == 400


def test_a_contested_child_freezes_until_the_lead_decides(staffed: Staffed) -> None:
    """Two enquirers on one child: recommended links stand still; the lead lifts the freeze for good."""
    at = matched(staffed)
    reviewer, lead = staffed.sign_in("reviewer@north"), staffed.sign_in("child_protection_lead@north")
    judge(reviewer, at["link"], "claim")
    judge(reviewer, at["link"], "recommend")
    staffed.client().post("/api/v1/public/requests", json=request_body())
    match(staffed)
    view = reviewer.get(f"/api/v1/links/{at['link']}").json()
    assert view["contested"]
    assert view["frozen"]
    assert len(view["other_claims"]) >= 1
    second = staffed.sign_in("second_reviewer@north")
    refused = judge(second, at["link"], "verify", evidence_type="document", reason="seen")
    assert (refused.status_code, refused.json()["code"]) == (409, "child_contested")
    assert judge(lead, at["link"], "release", reason="two grandmothers of one family").status_code == 201
    assert judge(second, at["link"], "verify", evidence_type="document", reason="seen").status_code == 201
    contested = reviewer.get("/api/v1/links", params={"contested": "true"}).json()["items"]
    assert contested


def test_rejections_stick_through_a_new_matching(staffed: Staffed) -> None:
    """Matching again neither revives nor hides a rejected link; reopening does."""
    at = matched(staffed)
    reviewer = staffed.sign_in("reviewer@north")
    judge(reviewer, at["link"], "claim")
    assert judge(reviewer, at["link"], "reject").json()["code"] == "reject_reason_needed"
    assert judge(reviewer, at["link"], "reject", reason_code="other_person").status_code == 201
    reviewer.post("/api/v1/runs")
    match(staffed)
    assert reviewer.get(f"/api/v1/links/{at['link']}").json()["state"] == "rejected"
    rejected = reviewer.get("/api/v1/links", params={"state": "rejected"}).json()["items"]
    assert [item["link_id"] for item in rejected] == [at["link"]]
    assert judge(reviewer, at["link"], "reopen", reason="new letter").json()["state"] == "under_review"


def test_the_queue_pages_without_gaps(staffed: Staffed) -> None:
    """Small pages put together are the whole queue, heaviest first."""
    matched(staffed)
    reviewer = staffed.sign_in("reviewer@north")
    everything = {"band": ["show", "needs_facts", "do_not_show"], "limit": 50}
    whole = [item["link_id"] for item in reviewer.get("/api/v1/links", params=everything).json()["items"]]
    walked: list[str] = []
    after: str | None = ""
    while after is not None:
        params = everything | {"limit": 3} | ({"after": after} if after else {})
        page = reviewer.get("/api/v1/links", params=params).json()
        walked += [item["link_id"] for item in page["items"]]
        after = page["next_after"]
    assert walked == whole
    assert len(whole) == len(set(whole)) > 6


def test_any_pair_is_explained(staffed: Staffed) -> None:
    """A proposed pair, a pair that nobody would propose, and a request whose consent is missing."""
    at = matched(staffed)
    reviewer = staffed.sign_in("reviewer@north")
    records = staffed.sign_in("importer@north").get(f"/api/v1/lists/{at['list']}/records").json()["items"]
    ids = {r["person"]["names"][0]["text"]: r["record_id"] for r in records}
    asked = {"request_id": at["request"], "person_id": "c", "record_id": ids["Ibrahim Tsurkaev"]}
    assert reviewer.post("/api/v1/pairs/explanation", json=asked).json()["why"] == "proposed"
    other = reviewer.post("/api/v1/pairs/explanation", json=asked | {"record_id": ids["Fatima Almurzaeva"]})
    assert other.json()["proposal"]["weight"] < 0
    absent = reviewer.post("/api/v1/pairs/explanation", json=asked | {"person_id": "nobody"})
    assert absent.status_code == 404


def test_a_child_that_a_row_only_counts_is_told_apart(staffed: Staffed) -> None:
    """Nobody is compared with a child without a name, and the answer says so."""
    at = matched(staffed)
    importer, reviewer = staffed.sign_in("importer@north"), staffed.sign_in("reviewer@north")
    aslan, zarema = "4,Aslan Betelgeriev,Zarema,M,2011,Russian,", "4,Zarema,,F,1988,Russian,with 2 children"
    counted = LIST.replace(aslan, zarema)
    other = publish(importer, counted, "other.csv")
    items = importer.get(f"/api/v1/lists/{other}/records").json()["items"]
    unnamed = next(item["record_id"] for item in items if item["placeholder"])
    asked = {"request_id": at["request"], "person_id": "m", "record_id": unnamed}
    told = reviewer.post("/api/v1/pairs/explanation", json=asked)
    assert (told.status_code, told.json()["why"]) == (200, "counted_only")
    assert told.json()["proposal"] is None


def test_only_a_release_changes_what_the_code_shows(staffed: Staffed) -> None:
    """Reviewing to the end leaves the relative's status; a human release changes it."""
    at = matched(staffed)
    first, second = staffed.sign_in("reviewer@north"), staffed.sign_in("second_reviewer@north")
    judge(first, at["link"], "claim")
    judge(first, at["link"], "recommend")
    judge(second, at["link"], "verify", evidence_type="document", reason="seen")
    judge(second, at["link"], "confirm")
    ask = {"code": at["code"]}
    assert staffed.client().post("/api/v1/public/status", json=ask).json()["status"] == "received"
    read = second.get(f"/api/v1/requests/{at['request']}")
    released = second.put(
        f"/api/v1/requests/{at['request']}/public-status",
        json={"status": "contact_us"},
        headers={"If-Match": read.headers["ETag"]},
    )
    assert released.status_code == 200
    assert staffed.client().post("/api/v1/public/status", json=ask).json()["status"] == "contact_us"


def test_a_foreign_reviewer_sees_nothing(staffed: Staffed) -> None:
    """Another organisation's link is answered byte for byte like one that never was."""
    at = matched(staffed)
    foreign = staffed.sign_in("reviewer@south")
    assert foreign.get("/api/v1/links").json()["items"] == []
    real, never = foreign.get(f"/api/v1/links/{at['link']}"), foreign.get(f"/api/v1/links/{'0' * 32}")
    assert (real.status_code, real.content) == (404, never.content)
    publish(staffed.sign_in("importer@south"))
    assert foreign.get("/api/v1/links").json()["items"] == []


def test_another_organisations_list_keeps_its_words(staffed: Staffed) -> None:
    """A link to a record of another organisation shows weights and levels, not names or rows."""
    filed = staffed.client().post("/api/v1/public/requests", json=request_body())
    assert filed.status_code == 201
    publish(staffed.sign_in("importer@south"))
    match(staffed)
    reviewer = staffed.sign_in("reviewer@north")
    queue = reviewer.get("/api/v1/links")
    item = next(item for item in queue.json()["items"] if item["person_id"] == "c")
    assert item["recorded"] is None
    view = reviewer.get(f"/api/v1/links/{item['link_id']}")
    assert view.json()["record"] is None
    assert any(evidence["weight"] > 0 for evidence in view.json()["proposal"]["evidence"])
    for word in ("Ibrahim", "Tsurkaev", "Sumaya", "Aslan"):
        assert word not in queue.text + view.text


def test_a_withdrawn_request_is_not_carried_on(staffed: Staffed) -> None:
    """After the withdrawal a claimed link can be given back, not recommended."""
    at = matched(staffed)
    reviewer = staffed.sign_in("reviewer@north")
    judge(reviewer, at["link"], "claim")
    staffed.client().post("/api/v1/public/withdrawal", json={"code": at["code"]})
    refused = judge(reviewer, at["link"], "recommend")
    assert (refused.status_code, refused.json()["code"]) == (409, "request_withdrawn")
    assert judge(reviewer, at["link"], "release").status_code == 201
