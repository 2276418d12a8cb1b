"""Distinct parts of names as flat arrays for the compiled comparison."""

from collections.abc import Sequence
from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import outer
from matching.gallery import Gallery, NameKind
from matching.glued import may_be_two
from matching.names.chunks import MAX_LETTERS, spelling
from matching.names.letter_kernels import alone_bits
from matching.names.letter_tables import SCRIPTS, Letters, letters
from matching.names.lexicon import lexicon
from matching.names.parts import NamePart
from matching.names.script import letter_script
from matching.scale.growing import Growing
from schemas.vocabulary import Script, Sex

READINGS = 8  # skeletons of one part
SOUNDS = 63  # consonants of one skeleton that are read: one bit each
GROUPS = 8  # of one spelling, sorted; the most ambiguous spelling of the table has fewer
_SCRIPT = {script: number for number, script in enumerate(Script)}
NO_SCRIPT = _SCRIPT[Script.NONE]
# columns of `share`; typed, lest functions be compiled anew for each
GIVEN, GIVEN_FEMALE, GIVEN_MALE, SURNAME = map(np.int64, range(4))
_SHARES = (
    (NameKind.GIVEN, Sex.UNKNOWN),
    (NameKind.GIVEN, Sex.FEMALE),
    (NameKind.GIVEN, Sex.MALE),
    (NameKind.SURNAME, Sex.UNKNOWN),
)
# columns of `facts`: id of the spelling without spaces; its folded letters; script; number of skeletons;
# whether it has groups, an ending, may be two names; number and script of the letters that are aligned;
# one bit for each kind of folded letter
PLAIN, LETTERS_AT, LETTERS_END, SCRIPT, SOUNDS_READ, KNOWN, ENDING, TWO, SPELLED, ALPHABET, MASK = range(11)
_FACTS = 11


class Parts(NamedTuple):
    """One row for each distinct part."""

    facts: NDArray[np.int32]
    letters: NDArray[np.int32]
    sounds: NDArray[np.int32]  # rows of `codes`, the likeliest skeleton first
    groups: NDArray[np.int32]  # ids of groups with their ending, then of groups without; -1 for none
    spelled: NDArray[np.uint8]  # numbers of the letters that are aligned
    alone: NDArray[np.float32]  # bits of the spelling by itself
    share: NDArray[np.float64]
    rare: NDArray[np.float64]  # the same in bits
    codes: NDArray[np.uint8]  # skeletons: the size, then the consonants
    masks: NDArray[np.uint32]  # which consonants a skeleton has
    weak: NDArray[np.int64]  # sorted pairs of confused groups: one id times 2**32 plus the other
    tables: Letters


class PartTable:
    """Numbers for parts, in the order of their first coming."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self._known: dict[NamePart, int] = {}
        self._same: dict[tuple[object, ...], int] = {}
        self._plain: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._sounds: dict[str, int] = {}
        self._facts = Growing(np.int32, _FACTS)
        self._letters = Growing(np.int32)
        self._heard = Growing(np.int32, READINGS)
        self._grouped = Growing(np.int32, 2 * GROUPS)
        self._spelled = Growing(np.uint8, MAX_LETTERS)
        self._alone = Growing(np.float32)
        self._share = Growing(np.float64, len(_SHARES))
        self._rare = Growing(np.float64, len(_SHARES))
        self._codes = Growing(np.uint8, 1 + SOUNDS)
        self._masks = Growing(np.uint32)
        for group in lexicon().groups:
            self._groups[group] = len(self._groups)
        weak = [(self._groups[a] << 32) + self._groups[b] for a, b in lexicon().weak_pairs()]
        self._weak = np.array(sorted(weak), dtype=np.int64)

    def __len__(self) -> int:
        return len(self._facts)

    def number(self, part: NamePart) -> int:
        found = self._known.get(part)
        if found is None:
            found = self._same.setdefault(_identity(part), len(self._same))
            if found == len(self):
                self._add(part)
            self._known[part] = found
        return found

    def forget(self) -> None:
        """Lets go of the parts themselves; a part that comes again is known by what it is compared by."""
        self._known.clear()

    def arrays(self) -> Parts:
        tables = letters()[0]
        spell_alone(
            self._facts.rows, self._spelled.rows, len(self._alone), tables, new := self._room_for_alone()
        )
        self._alone.add(new)
        return Parts(
            self._facts.rows, self._letters.rows, self._heard.rows, self._grouped.rows, self._spelled.rows,
            self._alone.rows, self._share.rows, self._rare.rows, self._codes.rows, self._masks.rows,
            self._weak, tables,
        )  # fmt: skip

    def _room_for_alone(self) -> NDArray[np.float32]:
        return np.zeros(len(self) - len(self._alone), dtype=np.float32)

    def _add(self, part: NamePart) -> None:
        begin = len(self._letters)
        self._letters.add([ord(letter) for letter in part.folded])
        plain = part.folded.replace(" ", "")
        numbers, script = _spelled(part)
        self._facts.add([[
            self._plain.setdefault(plain, len(self._plain)), begin, len(self._letters), _SCRIPT[part.script],
            min(len(part.skeletons), READINGS), bool(part.groups), bool(part.ending), may_be_two(part),
            len(numbers), script, sum(1 << bit for bit in {ord(letter) % 31 for letter in part.folded}),
        ]])  # fmt: skip
        # without skeletons the spelling itself is looked for, and nothing is compared by sound
        heard = part.skeletons[:READINGS] or (part.folded,)
        self._heard.add([_padded([self._sound(one) for one in heard], READINGS)])
        bare = sorted({group.partition(":")[0] for group in part.groups})
        groups = [_padded([self._group(one) for one in sorted(of)], GROUPS) for of in (part.groups, bare)]
        self._grouped.add([groups[0] + groups[1]])
        self._spelled.add([numbers + [0] * (MAX_LETTERS - len(numbers))])
        shares = [self._gallery.share(kind, part, sex) for kind, sex in _SHARES]
        self._share.add([shares])
        self._rare.add([[-log2(share) for share in shares]])

    def _group(self, group: str) -> int:
        return self._groups.setdefault(group, len(self._groups))

    def _sound(self, sound: str) -> int:
        found = self._sounds.setdefault(sound, len(self._sounds))
        if found == len(self._codes):
            cut = sound[:SOUNDS]
            codes = [ord(one) & 31 for one in cut]
            self._codes.add([[len(cut), *codes, *[0] * (SOUNDS - len(cut))]])
            self._masks.add([sum(1 << code for code in set(codes))])
        return found


def _identity(part: NamePart) -> tuple[object, ...]:
    """What the comparison of a part depends on, besides how it is shown."""
    return part.folded, part.groups, part.skeletons, part.ending, part.script, spelling(part.text)


def _spelled(part: NamePart) -> tuple[list[int], int]:
    spelled, alphabet = spelling(part.text), letters()[1]
    script = letter_script(spelled[0]) if spelled else Script.NONE
    if script not in SCRIPTS:
        return [], -1
    number = SCRIPTS.index(script)
    return [alphabet.number(number, letter) for letter in spelled], number


def _padded(row: Sequence[int], size: int) -> list[int]:
    return [*row[:size], *[-1] * (size - len(row))]


@outer
def spell_alone(
    facts: NDArray[np.int32],
    spelled: NDArray[np.uint8],
    begin: int,
    tables: Letters,
    out: NDArray[np.float32],
) -> None:
    """Bits of the spellings from row `begin` on."""
    for place in range(len(out)):
        row = begin + place
        if facts[row, ALPHABET] >= 0:
            out[place] = alone_bits(spelled[row], facts[row, SPELLED], facts[row, ALPHABET], tables)
