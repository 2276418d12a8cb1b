"""Numbers of what was done: right, alike in every form, and never so small that they are a person."""

import csv
import io
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from schemas.link import Band
from schemas.review import Move
from service.cases.statistics import FEWEST, below_threshold, counted
from service.store import links
from service.store.counts import Judged
from tests.api.scenario import judge, matched, request_body
from tests.support.staffed import Staffed


def test_small_numbers_are_not_told(staffed: Staffed) -> None:
    """One request and a few links are a person: no form of the statistics tells how many."""
    at = matched(staffed)
    judge(staffed.sign_in("reviewer@north"), at["link"], "claim")
    reader = staffed.sign_in("data_protection_officer@north")
    figures = reader.get("/api/v1/statistics").json()
    told = {(one["name"], one["label"]): one["value"] for one in figures}
    assert told["requests", "open"] is None
    assert told["judgements", "claim"] is None
    assert told["agreement", ""] is None
    rows = list(csv.reader(io.StringIO(reader.get("/api/v1/statistics.csv").content.decode("utf-8-sig"))))
    assert ["requests", "open", "", "requests by state"] in rows
    assert 'of="open"' not in reader.get("/api/v1/metrics").text
    assert "too few to tell" in reader.get("/staff/statistics").text


def test_enough_are_counted_and_another_organisation_sees_its_own(staffed: Staffed) -> None:
    """Six requests are six; the neighbour has none of them; intake has no business here."""
    for _ in range(6):
        assert staffed.client().post("/api/v1/public/requests", json=request_body()).status_code == 201
    north = staffed.sign_in("auditor@north").get("/api/v1/metrics").text
    assert 'homeward_requests{of="open"} 6' in north
    assert "homeward_requests{" not in staffed.sign_in("auditor@south").get("/api/v1/metrics").text
    assert staffed.sign_in("intake@north").get("/api/v1/statistics").status_code == 403


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1))
def test_a_total_gives_no_small_number_away(found: dict[str, int]) -> None:
    """Whoever knows the sum of a group learns no number below five: where one is hidden, so is another."""
    told = {figure.label: figure.value for figure in counted("requests", "requests by state", found)}
    hidden = [label for label, value in told.items() if value is None]
    assert not any(value is not None and 0 < value < FEWEST for value in told.values())
    assert all(value == found[label] for label, value in told.items() if value is not None)
    if len(hidden) == 1:
        assert not any(number for label, number in found.items() if label not in hidden)


def _judged(number: int, band: Band, move: Move, *, drawn: bool) -> Judged:
    identity = f"{'00' if drawn else 'ff'}{number:030x}"
    return Judged(identity, move, datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC), band)


def test_what_the_threshold_loses_is_measured_on_links_drawn_by_lot() -> None:
    """A weak link that somebody happened to look at tells nothing; one in ten of the drawn ones does."""
    shown = [_judged(number, Band.SHOW, Move.RECOMMEND, drawn=False) for number in range(30)]
    picked = [_judged(100 + number, Band.DO_NOT_SHOW, Move.RECOMMEND, drawn=False) for number in range(9)]
    drawn = [
        _judged(200 + number, Band.DO_NOT_SHOW, Move.RECOMMEND if number == 0 else Move.REJECT, drawn=True)
        for number in range(10)
    ]
    told = {figure.label: figure.value for figure in below_threshold([*shown, *picked, *drawn], weak=100)}
    assert told == {"decided": 10, "share_recommended": 0.1, "recall": 0.75}
    few = {figure.label: figure.value for figure in below_threshold([*shown, *picked, *drawn[:4]], weak=100)}
    assert few == {"decided": None, "share_recommended": None, "recall": None}


def test_the_lot_is_the_same_for_every_reviewer_and_takes_about_one_in_64() -> None:
    drawn = sum(links.in_sample(links.link_id("request", str(number), "record")) for number in range(6400))
    assert 60 < drawn < 140
