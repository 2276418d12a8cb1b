"""Gathers the training pairs of the six letter tables and stores what was learned."""

import json
import random
import sys
from pathlib import Path

import numpy as np

from matching.names.letter_tables import MODELS
from matching.names.lexicon import lexicon
from matching.names.script import letter_script
from matching.training.alignment import LearnedPair, learn, trigrams
from matching.training.noise import by_ear, in_belarusian, in_custom, surname_pairs, typing_error
from matching.training.tokens import TokenPair
from schemas.vocabulary import Script

MOST = 26_000
ROUNDS = 5
Pairs = list[tuple[str, str]]


def alignment_pairs(found: dict[str, list[TokenPair]], seed: int) -> dict[str, Pairs]:
    """Word pairs for each model: the read tokens, the name groups, invented spellings."""
    dice = random.Random(seed)
    gathered: dict[str, Pairs] = {name: [] for name in MODELS}
    for name, pairs in found.items():
        gathered[name] += [(pair.a, pair.b) for pair in dice.sample(pairs, min(MOST, len(pairs)))]
    for pair in surname_pairs(seed):
        _put(gathered, pair.a, pair.b)
    for group in lexicon().groups.values():
        forms = [*group.cyrillic, *group.arabic, *group.latin]
        for _ in range(3 * len(forms)):
            _put(gathered, dice.choice(forms), dice.choice(forms))
    cyrillic = sorted({pair.a for pair in found["cyrillic_arabic"]})
    for word in dice.sample(cyrillic, min(9000, len(cyrillic))):
        _put(gathered, word, by_ear(word, dice))
        _put(gathered, word, in_custom(word, dice))
        if dice.random() < 0.2:
            _put(gathered, word, in_belarusian(word, dice))
        _put(gathered, by_ear(word, dice), by_ear(word, dice))
        _put(gathered, in_custom(word, dice), in_custom(word, dice))
    for pair in dice.sample(found["latin_arabic"], min(9000, len(found["latin_arabic"]))):
        _put(gathered, pair.a, _slip(pair.a, dice))
        _put(gathered, pair.b, _slip(pair.b, dice))
    for word in dice.sample(cyrillic, min(9000, len(cyrillic))):
        _put(gathered, word, _slip(word, dice))
    return gathered


def _slip(word: str, dice: random.Random) -> str:
    return typing_error(word, dice) if len(word) > 3 and dice.random() < 0.7 else word


def _put(gathered: dict[str, Pairs], a: str, b: str) -> None:
    if not a or not b:
        return
    one, two = letter_script(a[0]), letter_script(b[0])
    if one is two and f"{one.value}_{two.value}" in gathered:  # the same letters may stand on either side
        gathered[f"{one.value}_{two.value}"] += [(a, b), (b, a)]
        return
    if f"{one.value}_{two.value}" in gathered:
        gathered[f"{one.value}_{two.value}"].append((a, b))
    elif f"{two.value}_{one.value}" in gathered:
        gathered[f"{two.value}_{one.value}"].append((b, a))


def train_alignment(found: dict[str, list[TokenPair]], seed: int, out: Path) -> None:
    """Learns the six letter tables and writes them to one small file."""
    gathered = alignment_pairs(found, seed)
    learned: dict[str, LearnedPair] = {}
    for name in MODELS:
        learned[name] = learn(gathered[name], ROUNDS)
        sys.stderr.write(
            f"alignment {name}: {len(gathered[name])} pairs, {(learned[name].table > 0).sum()} units\n"
        )
    store(learned, _words(found), out)


def _words(found: dict[str, list[TokenPair]]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {
        script.value: [] for script in (Script.CYRILLIC, Script.ARABIC, Script.LATIN)
    }
    for name, pairs in found.items():
        one, two = name.split("_")
        words[one] += [pair.a for pair in pairs]
        words[two] += [pair.b for pair in pairs]
    for group in lexicon().groups.values():
        for form in (*group.cyrillic, *group.arabic, *group.latin):
            script = letter_script(form[0]).value
            if script in words:
                words[script] += [form] * (20 // group.frequency)
    return words


def store(learned: dict[str, LearnedPair], words: dict[str, list[str]], out: Path) -> None:
    """Writes chunks, sparse tables (as bits) and letter trigrams."""
    alone = {script: trigrams(some) for script, some in words.items()}
    heads = {
        "chunks": {name: {"left": pair.left, "right": pair.right} for name, pair in learned.items()},
        "letters": {script: model.letters for script, model in alone.items()},
    }
    arrays: dict[str, np.ndarray] = {
        "heads": np.frombuffer(json.dumps(heads, ensure_ascii=False).encode(), dtype=np.uint8)
    }
    for name, pair in learned.items():
        flat = pair.table.ravel()
        cells = np.flatnonzero(flat)
        arrays[f"cells_{name}"] = cells.astype(np.int32)
        arrays[f"bits_{name}"] = (-np.log2(flat[cells])).astype(np.float16)
    for script, model in alone.items():
        arrays[f"alone_{script}"] = model.bits.astype(np.float16)
    np.savez_compressed(out, **arrays)  # type: ignore[arg-type]  # numpy types the keywords too narrowly
