"""Case codes: long enough, kept only as a digest, and a slip of the finger is noticed at once."""

from hypothesis import given
from hypothesis import strategies as st

from service.security import codes
from service.store.keys import KeyRing

KEYS = KeyRing.fresh()
positions = st.integers(0, codes.SYMBOLS)


def test_a_code_holds_120_bits_and_a_check_symbol() -> None:
    """24 symbols of 32 are 120 bits, and no two codes are alike."""
    issued = {codes.issue_code(KEYS) for _ in range(2000)}
    assert len(issued) == 2000
    assert all(len(code) == 25 and set(code) <= set(codes.ALPHABET) for code in issued)
    assert codes.BITS >= 120


def test_the_same_idempotency_key_gives_the_same_code() -> None:
    """A repeated submission is answered with the code it was answered with first."""
    assert codes.issue_code(KEYS, "a") == codes.issue_code(KEYS, "a") != codes.issue_code(KEYS, "b")


@given(positions, st.sampled_from(codes.ALPHABET))
def test_one_wrong_symbol_is_noticed(position: int, symbol: str) -> None:
    """Whatever single symbol is mistyped, the code is refused without a look-up."""
    code = codes.issue_code(KEYS, "typo")
    typed = code[:position] + symbol + code[position + 1 :]
    assert codes.check_code(typed) == (code if typed == code else None)


@given(st.integers(0, codes.SYMBOLS - 1))
def test_two_swapped_neighbours_are_noticed(position: int) -> None:
    """The commonest slip after a wrong key is a swap."""
    code = codes.issue_code(KEYS, "swap")
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
    assert codes.check_code(swapped) == (code if swapped == code else None)


def test_a_code_may_be_typed_as_people_type() -> None:
    """Small letters, spaces, other hyphens, Arabic digits and look-alike Cyrillic letters are understood."""
    code = codes.issue_code(KEYS, "typed")
    shown = codes.show_code(code)
    arabic = shown.translate({ord(d): "٠١٢٣٤٥٦٧٨٩"[int(d)] for d in "0123456789"})
    cyrillic = shown.translate(str.maketrans("ABCEHKMPTX", "АВСЕНКМРТХ"))
    for typed in (shown, shown.lower(), shown.replace("-", " "), shown.replace("-", "–"), arabic, cyrillic):
        assert codes.check_code(typed) == code


@given(st.text(max_size=100))
def test_any_text_is_answered(text: str) -> None:
    """No input whatever raises; only codes are accepted."""
    found = codes.check_code(text)
    assert found is None or len(found) == 25


def test_the_digest_does_not_hold_the_code() -> None:
    """What is stored depends on the key and does not contain the code."""
    code = codes.issue_code(KEYS)
    stored = codes.code_hash(KEYS, code)
    assert len(stored) == 64
    assert code.lower() not in stored
