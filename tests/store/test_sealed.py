"""Sealed columns."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.store.keys import KeyRing
from service.store.sealed import Place, SealBroken, Sealer, key_id_of

SEALER = Sealer(KeyRing.fresh())
HERE = Place("tracing_request", "sealed", "row-1", "organisation-1")


@given(st.binary(max_size=3000))
def test_what_is_sealed_opens_in_its_own_place(data: bytes) -> None:
    """Sealing loses nothing, and the length shows only in steps of 256 bytes."""
    blob = SEALER.seal(HERE, data)
    assert SEALER.open(HERE, blob) == data
    assert len(blob) - len(SEALER.seal(HERE, b"")) == (8 + len(data) + 255) // 256 * 256 - 256


@pytest.mark.parametrize("part", ["table", "column", "row_id", "organisation_id"])
def test_a_value_opens_nowhere_else(part: str) -> None:
    """Moved to another table, column, row or organisation, it is refused."""
    blob = SEALER.seal(HERE, "Зарема Цуркаева".encode())
    with pytest.raises(SealBroken):
        SEALER.open(replace(HERE, **{part: "elsewhere"}), blob)


@settings(max_examples=300)
@given(st.randoms(use_true_random=False), st.binary(min_size=1, max_size=600))
def test_every_changed_bit_is_noticed(chance: random.Random, data: bytes) -> None:
    """Key id, nonce, text, padding and tag: a flip anywhere is refused, never a wrong text."""
    blob = bytearray(SEALER.seal(HERE, data))
    position = chance.randrange(len(blob) * 8)
    blob[position // 8] ^= 1 << position % 8
    with pytest.raises(SealBroken):
        SEALER.open(HERE, bytes(blob))


def test_cut_and_foreign_blobs_are_refused() -> None:
    """Anything that is no blob of ours raises the same error."""
    blob = SEALER.seal(HERE, b"text")
    for broken in (b"", b"1:", blob[:20], blob[:-1], b"2" + blob[1:], b"text", b"1:nokey:" + blob[-60:]):
        with pytest.raises(SealBroken):
            SEALER.open(HERE, broken)
    with pytest.raises(SealBroken):
        Sealer(KeyRing.fresh()).open(HERE, blob)


def test_an_older_key_still_opens_after_a_new_one_seals() -> None:
    """A ring with a new current key reads what the key before it sealed."""
    before = KeyRing.fresh()
    newer = KeyRing.fresh()
    both = KeyRing(newer.current, {**before.sealing, **newer.sealing}, before.macs)
    old_blob = Sealer(before).seal(HERE, b"text")
    assert Sealer(both).open(HERE, old_blob) == b"text"
    assert key_id_of(Sealer(both).seal(HERE, b"text")) == newer.current


def test_organisations_have_keys_of_their_own() -> None:
    """One organisation's key opens nothing of another's, and macs of one purpose fit no other."""
    ring = KeyRing.fresh()
    assert len({ring.sealing_key(ring.current, name) for name in ("a", "b", "c")}) == 3
    purposes = ("case_code", "audit", "file_hash", "idempotency", "access")
    assert len({ring.mac(purpose, b"one text") for purpose in purposes}) == len(purposes)
