"""What is known of records beside the linker is known of the right ones, wherever the linker puts them."""

from hypothesis import given
from hypothesis import strategies as st

from service.jobs.known import HASH, Gathered, KnownRecords

LISTS = [("list 1", "Invented Relief"), ("list 2", "Invented Relief"), ("list 3", "Other Relief")]
RECORDS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=4),
    st.tuples(st.sampled_from(LISTS), st.binary(min_size=HASH, max_size=HASH)),
    max_size=20,
)


def known(told: dict[str, tuple[tuple[str, str], bytes]], order: list[str]) -> KnownRecords:
    gathered = Gathered()
    for record_id, (source, facts) in told.items():
        gathered.add(record_id, *source, facts)
    return KnownRecords(gathered, {one: place for place, one in enumerate(order)}.get)


def as_told(held: KnownRecords, ids: list[str]) -> dict[str, tuple[tuple[str, str], bytes | None]]:
    return {one: ((held.list_of(one), held.organisation_of(one)), held.facts_of(one)) for one in ids}


@given(RECORDS, st.randoms(use_true_random=False))
def test_each_record_is_known_as_it_was_read(told, dice) -> None:  # type: ignore[no-untyped-def]  # as drawn
    order = list(told)
    dice.shuffle(order)
    held = known(told, order)
    assert len(held) == len(told)
    assert as_told(held, order) == told
    assert "nobody" not in held
    assert held.facts_of("nobody") is None


@given(RECORDS, RECORDS)
def test_what_stays_is_known_beside_what_comes(told, new) -> None:  # type: ignore[no-untyped-def]  # as drawn
    """One list is read anew; its records that are gone are not known any more."""
    before = known(told, list(told))
    kept = {one: what for one, what in told.items() if what[0] != LISTS[0]}
    come = {one: (LISTS[0], facts) for one, (_, facts) in new.items() if one not in kept}
    gathered = before.beside(list(told), {LISTS[0][0]})
    for record_id, (source, facts) in come.items():
        gathered.add(record_id, *source, facts)
    order = sorted(kept | come)
    after = KnownRecords(gathered, {one: place for place, one in enumerate(order)}.get)
    assert as_told(after, order) == kept | come
