"""Shows an alignment as a reader would: whole syllables that met, no letter left without a partner."""

Cut = tuple[tuple[str, str], ...]

_VOWELS = frozenset("аеёиоуыэюяіїəaeiouyاويىآأإع")


def in_syllables(cut: Cut) -> Cut:
    """Joins lone letters to a neighbour and single consonants to the vowels after them: г=غ а=ا -> га=غا."""
    joined: list[tuple[str, str]] = []
    waiting = ("", "")  # a consonant without a partner, kept for the syllable that follows: д + жи = джи
    for one, two in cut:
        before = joined[-1] if joined else None
        if (not one or not two) and (before is None or _closed(before, one + two)):
            waiting = (waiting[0] + one, waiting[1] + two)
        elif before is not None and not any(waiting) and (not one or not two or _open(before, one)):
            joined[-1] = (before[0] + one, before[1] + two)
        else:
            joined.append((waiting[0] + one, waiting[1] + two))
            waiting = ("", "")
    if any(waiting):
        last = joined.pop() if joined else ("", "")
        joined.append((last[0] + waiting[0], last[1] + waiting[1]))
    return tuple(joined)


def _closed(before: tuple[str, str], letters: str) -> bool:
    """Whether the syllable before has its vowel already and the lone letters begin another."""
    return bool(before[0]) and before[0][-1] in _VOWELS and letters[0] not in _VOWELS


def _open(before: tuple[str, str], letters: str) -> bool:
    """Whether the syllable before still waits for its vowel and these letters bring one."""
    return bool(before[0]) and before[0][-1] not in _VOWELS and letters[0] in _VOWELS


def shown(cut: Cut) -> str:
    """`га-джи-ев ~ غا-زي-يف`; empty without an alignment."""
    if not cut:
        return ""
    return "-".join(one for one, _ in cut) + " ~ " + "-".join(two for _, two in cut)
