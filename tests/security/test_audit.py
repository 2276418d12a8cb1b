"""The audit chain: whatever somebody with the database but without the key does to it, it shows."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from service.security import audit
from service.store.keys import KeyRing
from service.store.work import Store

ROWS = 12


def fill(store: Store, rows: int = ROWS) -> audit.Anchor:
    """Some acts, each in a transaction of its own; the anchor after the last one."""
    with store.begin() as work:
        work.session.connection().execute(text("DELETE FROM audit_event"))
    for number in range(rows):
        with store.begin() as work:
            audit.record(
                work.session,
                work.keys,
                "a" * 32,
                "link.read",
                "candidate_link",
                f"{number:032d}",
                {"n": number},
            )
    with store.read() as work:
        return audit.head(work.session)


def holds(store: Store, anchor: audit.Anchor | None = None) -> bool:
    with store.read() as work:
        return audit.verify(work.session, work.keys, anchor).holds


EDITS = {
    "actor": "UPDATE audit_event SET actor_id = 'b' WHERE sequence = {n}",
    "act": "UPDATE audit_event SET act = 'link.claim' WHERE sequence = {n}",
    "object": "UPDATE audit_event SET object_id = 'x' WHERE sequence = {n}",
    "details": "UPDATE audit_event SET details = '[]' WHERE sequence = {n}",
    "organisation": "UPDATE audit_event SET organisation_id = 'o' WHERE sequence = {n}",
    "mac": "UPDATE audit_event SET mac = previous WHERE sequence = {n}",
    "delete": "DELETE FROM audit_event WHERE sequence = {n}",
    "renumber": "UPDATE audit_event SET sequence = {n} + 1000 WHERE sequence = {n}",
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edit=st.sampled_from(sorted(EDITS)), row=st.integers(1, ROWS))
def test_any_edit_is_found(store: Store, edit: str, row: int) -> None:
    """Edit, delete or renumber any row: the chain does not hold against its anchor."""
    anchor = fill(store)
    assert holds(store, anchor)
    with store.begin() as work:
        work.session.connection().execute(text(EDITS[edit].format(n=row)))
    assert not holds(store, anchor)


def test_a_chain_made_with_other_keys_is_found(store: Store) -> None:
    """Who re-hashes everything without the key does not get past the verification."""
    anchor = fill(store)
    foreign = KeyRing.fresh()
    with store.begin() as work:
        work.session.connection().execute(text("DELETE FROM audit_event"))
        for number in range(ROWS):
            audit.record(work.session, foreign, "a" * 32, "link.read", "candidate_link", f"{number:032d}")
    assert not holds(store)
    assert not holds(store, anchor)


def test_a_cut_is_found_against_the_anchor_only(store: Store) -> None:
    """Rows cut off at the end leave a sound chain; only the anchor kept elsewhere tells."""
    anchor = fill(store)
    with store.begin() as work:
        work.session.connection().execute(text(f"DELETE FROM audit_event WHERE sequence > {ROWS - 3}"))
    assert holds(store)
    assert not holds(store, anchor)


def test_an_act_and_its_row_stand_or_fall_together(store: Store) -> None:
    """A transaction that fails after the record leaves no record, and the chain goes on soundly."""
    fill(store, 3)

    def failing() -> None:
        with store.begin() as work:
            audit.record(work.session, work.keys, "a", "link.read", "candidate_link", "x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    with store.begin() as work:
        assert audit.record(work.session, work.keys, "a", "link.read", "candidate_link", "y").sequence == 4
    assert holds(store)


def test_the_log_takes_no_words_of_people(store: Store) -> None:
    """Letters beyond plain identifiers, or long text, are refused before anything is written."""
    with store.begin() as work:
        for words in ("Цуркаева", "مريم", "a" * 201, "line\nline"):
            with pytest.raises(ValueError, match="ids, codes and counts"):
                audit.record(work.session, work.keys, "a", "x", "y", "z", {"note": words})
    assert holds(store)


def test_many_writers_make_one_chain(store: Store) -> None:
    """Eight at once, on both databases: no row is lost, no number is given twice."""

    def write() -> None:
        for _ in range(5):
            with store.begin() as work:
                audit.record(work.session, work.keys, "a", "link.read", "candidate_link", "x")

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with store.read() as work:
        verdict = audit.verify(work.session, work.keys)
    assert (verdict.holds, verdict.rows) == (True, 40)
