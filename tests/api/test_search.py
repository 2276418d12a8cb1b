"""A reviewer looks for somebody on the lists: any script, capped, with a reason, recorded."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.scenario import LIST, match, publish, request_body
from tests.support.staffed import Staffed, build_staffed

pytestmark = pytest.mark.usefixtures("search_compiled")


def look(client: TestClient, **asked: Any) -> Any:
    return client.post("/api/v1/search", json={"reason": "family_asked", **asked})


def shown(client: TestClient, **asked: Any) -> list[str]:
    answer = look(client, **asked)
    assert answer.status_code == 200, answer.text
    return [one["record"]["person"]["names"][0]["text"] for one in answer.json()["found"]]


def test_a_name_is_found_whatever_it_is_written_in(staffed: Staffed) -> None:
    """Whole names, one word, first letters and a relative's name, in Cyrillic and Arabic for a Latin list."""
    publish(staffed.sign_in("importer@north"))
    reviewer = staffed.sign_in("reviewer@north")
    assert shown(reviewer, name="Цуркаев Ибрагим")[0] == "Ibrahim Tsurkaev"
    assert shown(reviewer, name="إبراهيم")[0] == "Ibrahim Tsurkaev"
    assert set(shown(reviewer, name="Бетельг")) == {"Aslan Betelgeriev"}
    # the mother herself, and her children by her name
    found = look(reviewer, name="Цуркаева Мадина").json()["found"]
    assert {(one["record"]["row"], one["bearer"]) for one in found} == {
        (2, "own"),
        (3, "mother"),
        (4, "mother"),
    }
    assert shown(reviewer, name="Рахматуллаев Джахонгир") == []


def test_other_facts_narrow_and_households_open(staffed: Staffed) -> None:
    """Age and list leave others out; a child's household is its mother and sister; links are named."""
    first = publish(staffed.sign_in("importer@north"))
    other = "Имя;Пол;Год рождения\nИбрагим Цуркаев;м;1980\nЗарина Каримова;ж;2012\n"
    second = publish(staffed.sign_in("importer@north"), other, "other.csv")
    assert first != second
    staffed.client().post("/api/v1/public/requests", json=request_body())
    match(staffed)
    reviewer = staffed.sign_in("reviewer@north")
    both = shown(reviewer, name="Цуркаев Ибрагим")
    assert both[:2] == ["Ибрагим Цуркаев", "Ibrahim Tsurkaev"]
    assert shown(reviewer, name="Цуркаев Ибрагим", list_id=second) == ["Ибрагим Цуркаев"]
    grown = shown(reviewer, name="Цуркаев Ибрагим", age=datetime.now(UTC).year - 1980)
    assert "Ибрагим Цуркаев" in grown
    assert "Ibrahim Tsurkaev" not in grown
    child = look(reviewer, name="Цуркаев Ибрагим", list_id=first).json()["found"][0]
    assert child["links"]
    household = shown(reviewer, household_of=child["record"]["record_id"])
    assert set(household) == {"Ibrahim Tsurkaev", "Sumaya Tsurkaeva", "Madina Ruslanovna Tsurkaeva"}


def test_what_is_published_now_is_what_is_searched(staffed: Staffed) -> None:
    """A list that is published later is found at once, one that is taken back no more; another organisation's
    never, nor does its answer tell that there is any.
    """
    reviewer, stranger = staffed.sign_in("reviewer@north"), staffed.sign_in("reviewer@south")
    assert shown(reviewer, name="Наибов Юсуф") == []
    importer = staffed.sign_in("importer@north")
    list_id = publish(importer)
    assert shown(reviewer, name="Наибов Юсуф") == ["Yusuf Naibov"]
    assert look(stranger, name="Наибов Юсуф").json() == {"found": [], "more": False}
    assert look(stranger, name="Наибов Юсуф", list_id=list_id).status_code == 404
    tag = importer.get(f"/api/v1/lists/{list_id}").headers["ETag"]
    gone = importer.delete(f"/api/v1/lists/{list_id}", headers={"If-Match": tag})
    assert gone.status_code < 300, gone.text
    assert shown(reviewer, name="Наибов Юсуф") == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"name": "Иб"}, "name_too_short"),
        ({"name": "12345"}, "name_too_short"),
        ({"name": "Ибрагим", "reason": ""}, "invalid"),
        ({"name": "Ибрагим", "reason": "curious"}, "invalid"),
        ({"name": "Ибрагим", "age": 400}, "invalid"),
    ],
)
def test_without_a_name_and_a_reason_nothing_is_searched(
    staffed: Staffed, asked: dict[str, Any], code: str
) -> None:
    """A sentence, and nothing of what was sent in it."""
    refused = look(staffed.sign_in("reviewer@north"), **asked)
    assert refused.status_code == 422
    assert refused.json()["code"] in (code, "not_understood", "invalid_fields")
    assert "Ибрагим" not in refused.text


def test_a_search_is_recorded_without_what_was_looked_for(staffed: Staffed) -> None:
    """Who, why, and which records it showed."""
    publish(staffed.sign_in("importer@north"))
    found = look(staffed.sign_in("reviewer@north"), name="Цуркаев Ибрагим").json()["found"]
    events = staffed.sign_in("auditor@north").get("/api/v1/audit").json()["items"]
    searched = [one for one in events if one["act"] == "lists.searched"]
    assert len(searched) == 1
    assert searched[0]["actor_id"] == staffed.accounts["reviewer@north"]
    assert searched[0]["details"]["reason"] == "family_asked"
    seen = {value for name, value in searched[0]["details"].items() if name.startswith("record_")}
    assert seen == {one["record"]["record_id"] for one in found}
    assert "Ибрагим" not in str(events)


def test_an_account_can_crawl_no_more_than_its_budget(tmp_path: Path, database_url: str) -> None:
    """However many searches: so many different people in a day. Those seen may be looked at again; a
    colleague has a budget of their own.
    """
    staffed = build_staffed(tmp_path, database_url, reading_budget=20)
    people = [f"{n},Ibrahim {chr(97 + n % 26)}azanov{'aeiou'[n % 5]}v,,M,2014,Russian," for n in range(40)]
    publish(staffed.sign_in("importer@north"), "\n".join([LIST.splitlines()[0], *people]))
    reviewer = staffed.sign_in("reviewer@north")
    seen: set[str] = set()
    refused = 0
    for letter in "abcdefghijklmnopqrstuvwxyz":
        answer = look(reviewer, name=f"Ibrahim {letter}azanov")
        if answer.status_code == 429:
            assert answer.json()["code"] == "reading_budget_used"
            refused += 1
        else:
            seen |= {one["record"]["record_id"] for one in answer.json()["found"]}
    assert len(seen) == 20
    again = look(reviewer, name="Ibrahim aazanov").json()
    assert {one["record"]["record_id"] for one in again["found"]} <= seen
    assert look(staffed.sign_in("child_protection_lead@north"), name="Ibrahim").json()["found"]
    staffed.store.close()
