"""A request in which somebody wrote a word of their own into every field, and what staff wrote beside it."""

from datetime import timedelta
from typing import Any

from starlette.testclient import TestClient

from service.cases import expiry
from service.store import links
from service.store.columns import now
from tests.api.scenario import judge, match, matched, request_body
from tests.pages.test_link_page import photograph
from tests.support.staffed import Staffed

# one word for each place into which somebody writes about the people of a request; on no list
WORDS = {
    where: f"Жомарт{letter}"
    for letter, where in zip(
        "абвгдежзиклмнопрстуфхцчшщ",
        (
            *("enquirer", "enquirer_place", "instructions", "other_name", "kin", "kin_note", "place"),
            *("identifier", "mark", "note", "nationality", "message", "to_staff", "to_relative"),
            *("reason", "found_by", "reference", "case_note", "caption", "person_id", "ask"),
        ),
        strict=False,
    )
}
LAST = timedelta(days=31)


def told() -> dict[str, Any]:
    """The request of the scenario with a word in every field of it."""
    body = request_body()
    enquirer, child = body["enquirer"], body["sought"][1]
    enquirer["name"]["text"] += " " + WORDS["enquirer"]
    enquirer["place"] = WORDS["enquirer_place"]
    enquirer["contact"]["instructions"] = WORDS["instructions"]
    child["person_id"] = body["relationships"][0]["to_person"] = WORDS["person_id"]
    child["person"] |= {
        "kin": [{"relation": "father", "name": {"text": WORDS["kin"]}, "note": WORDS["kin_note"]}],
        "places": [{"text": WORDS["place"], "kind": "origin"}],
        "identifiers": [{"kind": "passport", "value": WORDS["identifier"]}],
        "marks": [{"text": WORDS["mark"]}],
        "notes": [{"text": WORDS["note"]}],
        "nationalities": [{"text": WORDS["nationality"]}],
    }
    child["person"]["names"].append({"text": WORDS["other_name"], "role": "other"})
    return body | {"message": {"text": WORDS["message"]}}


class Filled:
    """A request with words everywhere, matched, discussed, pictured and judged; and one of another family."""

    def __init__(self, staffed: Staffed) -> None:
        self.staffed = staffed
        self.other = matched(staffed)
        filed = staffed.client().post("/api/v1/public/requests", json=told())
        assert filed.status_code == 201, filed.text
        self.code: str = filed.json()["code"]
        match(staffed)
        self.reviewer = staffed.sign_in("reviewer@north")
        queue = self.reviewer.get("/api/v1/links").json()["items"]
        child = [item for item in queue if item["person_id"] == WORDS["person_id"]]
        self.request: str = child[0]["request_id"]
        self.link: str = child[0]["link_id"]
        self._discuss()

    def _discuss(self) -> None:
        second, public = self.staffed.sign_in("second_reviewer@north"), self.staffed.client()
        said = public.post("/api/v1/public/messages", json={"code": self.code, "text": WORDS["to_staff"]})
        assert said.status_code == 204
        form(second, f"/staff/requests/{self.request}/question", text=WORDS["to_relative"])
        form(self.reviewer, f"/staff/links/{self.link}/notes", text=WORDS["case_note"])
        picture = {"picture": ("x.jpg", photograph(), "image/jpeg")}
        form(
            self.reviewer, f"/staff/links/{self.link}/files", picture, kind="photo", caption=WORDS["caption"]
        )
        judge(self.reviewer, self.link, "claim")
        assert judge(self.reviewer, self.link, "ask", reason=WORDS["ask"]).status_code == 201
        evidence = {"found_by": WORDS["found_by"], "reference": WORDS["reference"]}
        with self.staffed.store.begin() as work:  # whatever state the contest left it in
            row = links.get(work.session, self.link)
            assert row is not None
            row.state, row.contested = "plausible", False
        verified = judge(
            second, self.link, "verify", evidence_type="document", reason=WORDS["reason"], evidence=evidence
        )
        assert verified.status_code == 201, verified.text

    def withdraw(self) -> None:
        gone = self.staffed.client().post("/api/v1/public/withdrawal", json={"code": self.code})
        assert gone.status_code == 200, gone.text

    def sweep(self, days: timedelta = LAST) -> expiry.Swept:
        return expiry.sweep(self.staffed.store, now().date() + days)


def form(client: TestClient, path: str, files: Any = None, **fields: str) -> None:
    fields["csrf_token"] = client.headers["X-CSRF-Token"]
    sent = client.post(path, data=fields, files=files, follow_redirects=False)
    assert sent.status_code == 303, sent.text
