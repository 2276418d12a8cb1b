"""Case codes: the one key a relative holds to her own request.

A code is 24 symbols of Crockford base32 (120 bits) and one check symbol, written in five groups of
five. The database holds only an HMAC of it. A slow hash would add nothing to 120 random bits and
would let strangers burn the server's time.
"""

import secrets
import unicodedata
from typing import Protocol

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS = 24
BITS = 5 * SYMBOLS
GROUP = 5
LONGEST_INPUT = 80  # code points looked at; a code with separators has 29
# What people type instead: similar letters, and the Cyrillic letters that look like Latin ones.
_LOOKALIKE = str.maketrans(
    {"O": "0", "I": "1", "L": "1", "А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "К": "K", "М": "M"}
    | {"О": "0", "Р": "P", "Т": "T", "Х": "X", "З": "3", "У": "Y"}
)
_SEPARATORS = frozenset(" -–—_.·\t\r\n\u00a0\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")


class MacKeys(Protocol):
    """Keyed digests, one independent key for each purpose."""

    def mac(self, purpose: str, message: bytes) -> bytes:
        """HMAC-SHA-256 of `message` under the key of `purpose` (32 bytes)."""


def issue_code(keys: MacKeys, idempotency_key: str | None = None) -> str:
    """A new case code in canonical form (25 symbols, no separators).

    With an idempotency key the code is derived from it, so that a repeated submission gets the same
    code although only its hash is kept.
    """
    if idempotency_key is None:
        bits = secrets.randbits(BITS)
    else:
        bits = int.from_bytes(keys.mac("case_code_issue", idempotency_key.encode())[: BITS // 8], "big")
    symbols = "".join(ALPHABET[bits >> shift & 31] for shift in range(BITS - 5, -1, -5))
    return symbols + _check_symbol(symbols)


def code_hash(keys: MacKeys, code: str) -> str:
    """What the database keeps of a canonical code: an HMAC-SHA-256 in hexadecimal."""
    return keys.mac("case_code", code.encode()).hex()


def check_code(code: str) -> str | None:
    """The canonical form of a code as somebody typed it, or None when it cannot be one.

    One wrong symbol, or two neighbours swapped, is always noticed here, without any look-up.
    """
    if len(code) > LONGEST_INPUT:
        return None
    plain = "".join(_symbol(character) for character in code if character not in _SEPARATORS)
    if len(plain) != SYMBOLS + 1 or any(symbol not in ALPHABET for symbol in plain):
        return None
    return plain if _check_symbol(plain[:SYMBOLS]) == plain[SYMBOLS] else None


def show_code(code: str) -> str:
    """A canonical code in groups of five, as it is printed on the receipt."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _symbol(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return character.upper().translate(_LOOKALIKE)


def _check_symbol(symbols: str) -> str:
    """A weighted sum in the field of 32 elements, each position with a weight of its own."""
    total, weight = 0, 1
    for symbol in symbols:
        weight = _double(weight)
        total ^= _multiply(weight, ALPHABET.index(symbol))
    return ALPHABET[total]


def _double(value: int) -> int:
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 32 else doubled  # modulo x^5 + x^2 + 1


def _multiply(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left, right = _double(left), right >> 1
    return product
