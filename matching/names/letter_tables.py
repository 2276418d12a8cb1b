"""The learned letter tables as flat arrays for the compiled comparisons: any script against any.

Nine ordered pairs of scripts share six learned models; a model of two scripts also serves turned round.
"""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.names.chunks import IMPOSSIBLE, MAX_CHUNK, UNKNOWN, ChunkTable
from schemas.vocabulary import Script

SCRIPTS = (Script.CYRILLIC, Script.ARABIC, Script.LATIN)
MODELS = (
    "cyrillic_arabic",
    "latin_arabic",
    "latin_cyrillic",
    "cyrillic_cyrillic",
    "arabic_arabic",
    "latin_latin",
)
Floats = NDArray[np.float32]
Shorts = NDArray[np.int16]
Places = NDArray[np.int64]


class Letters(NamedTuple):
    """`chances[first[pair] + asked chunk * width[pair] + held chunk]` is the chance that two chunks meet.

    A pair is 3 * script of the asked word + script of the held word. `chunks` gives the number of a chunk
    by its letters: `chunks[at[pair, side, size - 1] + letters read as digits]`, -1 where there is none.
    `alone` holds bits of letter trigrams by script; `digits` is the number of letters by script, the last
    of which stands for all unknown ones.
    """

    chances: Floats
    first: Places
    width: Places
    chunks: Shorts
    at: Places
    digits: Places
    alone: Floats
    alone_at: Places


class Alphabet(NamedTuple):
    """The letters of each script, numbered as `Letters` reads them."""

    numbers: tuple[dict[str, int], ...]

    def number(self, script: int, letter: str) -> int:
        found = self.numbers[script]
        return found.get(letter, len(found))


@lru_cache(maxsize=1)
def letters() -> tuple[Letters, Alphabet]:
    """The committed tables, read once."""
    with files("matching.models").joinpath("alignment.npz").open("rb") as file:
        stored = np.load(file)
        heads = json.loads(bytes(stored["heads"]).decode())
        arrays = {name: stored[name] for name in stored.files if name != "heads"}
    alphabet = _alphabet(heads)
    models = {name: _model(name, heads["chunks"][name], arrays) for name in MODELS}
    pairs = [_turned(models, one, two) for one in range(3) for two in range(3)]
    flat, first, width = _flat([table for table, _, _ in pairs])
    chunks, at = _chunk_numbers([(left, right) for _, left, right in pairs], alphabet)
    alone = [_alone(script, heads, arrays, alphabet) for script in range(3)]
    alone_at = np.cumsum([0, *(table.size for table in alone)])[:3]
    digits = np.array([len(numbers) + 1 for numbers in alphabet.numbers])
    tables = Letters(
        flat, first, width, chunks, at, digits, np.concatenate([t.ravel() for t in alone]), alone_at
    )
    return tables, alphabet


def _alphabet(heads: dict[str, Any]) -> Alphabet:
    found: list[dict[str, int]] = []
    for script in SCRIPTS:
        seen = set(heads["letters"][script.value])
        for name in MODELS:
            for side, of in zip(("left", "right"), name.split("_"), strict=True):
                if of == script.value:
                    seen.update(chunk for chunk in heads["chunks"][name][side] if len(chunk) == 1)
        found.append({letter: number for number, letter in enumerate(sorted(seen))})
    return Alphabet(tuple(found))


Model = tuple[Floats, ChunkTable, ChunkTable]


def _model(name: str, chunks: dict[str, list[str]], arrays: dict[str, NDArray[Any]]) -> Model:
    left, right = ChunkTable.of(chunks["left"]), ChunkTable.of(chunks["right"])
    table = np.zeros(len(left) * len(right), dtype=np.float32)
    table[arrays[f"cells_{name}"]] = np.exp2(-arrays[f"bits_{name}"].astype(np.float32))
    return table.reshape(len(left), len(right)), left, right


def _turned(models: dict[str, Model], one: int, two: int) -> Model:
    straight = models.get(f"{SCRIPTS[one].value}_{SCRIPTS[two].value}")
    if straight is not None:
        return straight
    table, left, right = models[f"{SCRIPTS[two].value}_{SCRIPTS[one].value}"]
    return np.ascontiguousarray(table.T), right, left


def _flat(tables: list[Floats]) -> tuple[Floats, Places, Places]:
    first = np.cumsum([0, *(table.size for table in tables)])[: len(tables)]
    width = np.array([table.shape[1] for table in tables])
    return np.concatenate([table.ravel() for table in tables]), first, width


def _chunk_numbers(sides: list[tuple[ChunkTable, ChunkTable]], alphabet: Alphabet) -> tuple[Shorts, Places]:
    parts: list[Shorts] = []
    at = np.zeros((len(sides), 2, MAX_CHUNK), dtype=np.int64)
    size = 0
    for pair, tables in enumerate(sides):
        for side, (table, script) in enumerate(zip(tables, divmod(pair, 3), strict=True)):
            for length, numbers in enumerate(_by_letters(table, alphabet.numbers[script])):
                parts.append(numbers)
                at[pair, side, length] = size
                size += len(numbers)
    return np.concatenate(parts), at


def _by_letters(table: ChunkTable, letters: dict[str, int]) -> list[Shorts]:
    base = len(letters) + 1
    found = [np.full(base**size, -1, dtype=np.int16) for size in range(1, MAX_CHUNK + 1)]
    found[0][:] = UNKNOWN
    for chunk, number in table.numbers.items():
        if number == IMPOSSIBLE or any(letter not in letters for letter in chunk):
            continue
        code = 0
        for letter in chunk:
            code = code * base + letters[letter]
        found[len(chunk) - 1][code] = number
    return found


def _alone(script: int, heads: dict[str, Any], arrays: dict[str, NDArray[Any]], alphabet: Alphabet) -> Floats:
    """Trigram bits by our letter numbers; one more row and column stands for the edge of the word."""
    name = SCRIPTS[script].value
    bits, known = arrays[f"alone_{name}"].astype(np.float32), heads["letters"][name]
    unknown = len(bits) - 1
    order = [known.get(letter, unknown) for letter in alphabet.numbers[script]] + [unknown, 0]
    return np.ascontiguousarray(bits[np.ix_(order, order, order)])
