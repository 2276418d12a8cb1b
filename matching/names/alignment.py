"""Shows an alignment as a reader would: whole syllables that met, no letter left without a partner."""

Cut = tuple[tuple[str, str], ...]

_VOWELS = frozenset("аеёиоуыэюяіїəaeiouyاويىآأإع")


def in_syllables(cut: Cut) -> Cut:
    """Joins lone letters to a neighbour and single consonants to the vowels after them: г=غ а=ا -> га=غا."""
    joined: list[tuple[str, str]] = []
    for one, two in cut:
        before = joined[-1] if joined else None
        if before is not None and (not one or not two or _open(before, one)):
            joined[-1] = (before[0] + one, before[1] + two)
        else:
            joined.append((one, two))
    if len(joined) > 1 and not (joined[0][0] and joined[0][1]):
        (one, two), (three, four) = joined[0], joined[1]
        joined[:2] = [(one + three, two + four)]
    return tuple(joined)


def _open(before: tuple[str, str], letters: str) -> bool:
    """Whether the syllable before still waits for its vowel and these letters bring one."""
    return bool(before[0]) and before[0][-1] not in _VOWELS and letters[0] in _VOWELS


def shown(cut: Cut) -> str:
    """`га-джи-ев ~ غا-زي-يف`; empty without an alignment."""
    if not cut:
        return ""
    return "-".join(one for one, _ in cut) + " ~ " + "-".join(two for _, two in cut)
