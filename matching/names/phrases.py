"""Groups the words of a segment into names: compounds joined, kunyas, nasab, nisbas, notes told apart."""

from functools import lru_cache
from typing import NamedTuple

from matching.names.endings import nominative, patronymic_stem, surname_ending
from matching.names.lexicon import lexicon
from matching.names.particles import has_article, is_clan, nisba_of, note_kind, particle_kind
from matching.names.parts import NamePart, PartRole, groups_of_spelling, keys_of_read
from matching.names.tables import elements
from matching.names.words import Word
from schemas.vocabulary import Sex

_ABD = frozenset(elements("abd_part"))
_TAILS = frozenset(elements("tail_part"))
_HEADED = frozenset(("kunya_mother", "kunya_father"))


class Phrase(NamedTuple):
    """Words that make one name or particle."""

    words: tuple[Word, ...]
    kind: str  # name, kunya, nasab, child_of, nisba, note, title, initial
    folded: str
    heard: str
    sex: Sex | None = None

    @classmethod
    def of(cls, words: tuple[Word, ...], kind: str, sex: Sex | None = None) -> "Phrase":
        if len(words) == 1:
            return cls(words, kind, words[0].folded, words[0].heard, sex)
        folded, heard = (
            " ".join(parts) for parts in zip(*((word.folded, word.heard) for word in words), strict=True)
        )
        return cls(words, kind, folded, heard, sex)

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def phrases(words: tuple[Word, ...]) -> list[Phrase]:
    """The phrases of one segment, in the order written."""
    found: list[Phrase] = []
    place = 0
    while place < len(words):
        phrase, place = _next(words, place, found)
        if phrase is not None:
            found.append(phrase)
    return found


def _next(words: tuple[Word, ...], place: int, before: list[Phrase]) -> tuple[Phrase | None, int]:
    word = words[place]
    kind = particle_kind(word.folded)
    rest = len(words) - place - 1
    if kind in _HEADED and rest and not _headed_name(words, place):
        child, after = _name(words, place + 1)
        sex = Sex.FEMALE if kind == "kunya_mother" else Sex.MALE
        return Phrase.of(child, "kunya", sex), after
    if kind in ("nasab_son", "nasab_daughter") and rest and (before or len(word.folded) > 1):
        father, after = _name(words, place + 1)
        return Phrase.of(father, "nasab"), after
    if kind in ("patronymic_son", "patronymic_daughter") and before and before[-1].kind == "name":
        before[-1] = before[-1]._replace(kind="child_of")
        return None, place + 1
    if kind == "title" and rest:
        return Phrase.of((word,), "title"), place + 1
    if kind in ("named_by_staff", "wife_of"):
        return Phrase.of((word,), kind), place + 1
    if word.initial:
        return Phrase.of((word,), "initial"), place + 1
    if note_kind(word.folded) and not lexicon().has(word.folded):
        return Phrase.of((word,), "note"), place + 1
    name, after = _name(words, place)
    phrase = Phrase.of(name, "name")
    return (phrase._replace(kind="nisba") if _is_nisba(phrase, bool(before)) else phrase), after


def _headed_name(words: tuple[Word, ...], place: int) -> bool:
    """Whether Abu or Umm here begins a given name of the stop list (Умму Кульсум, أبو بكر), not a kunya."""
    pair = f"{words[place].folded} {words[place + 1].folded}"
    return lexicon().has(pair)


def _name(words: tuple[Word, ...], place: int) -> tuple[tuple[Word, ...], int]:
    """One name at `place`: عبد and its second half, X الله, X الدين, article and word, أبو بكر as one."""
    end = place + 1
    head = words[place].folded
    if end < len(words) and particle_kind(head) in _HEADED and _headed_name(words, place):
        return words[place : end + 1], end + 1
    if end < len(words) and (head in _ABD or particle_kind(head) == "article"):
        end += 1
        if head in _ABD and particle_kind(words[end - 1].folded) == "article" and end < len(words):
            end += 1
    while end < len(words) and words[end].folded in _TAILS:
        end += 1
    return words[place:end], end


def _is_nisba(phrase: Phrase, later: bool) -> bool:
    folded = phrase.folded
    return bool(nisba_of(folded)) and (
        has_article(folded) or ((later or is_clan(folded)) and not groups_of_spelling(folded))
    )


def part_of(phrase: Phrase, original: str, role: PartRole) -> NamePart:
    """The part with its keys; surnames and patronymics are keyed by the name inside them."""
    text = original[phrase.start : phrase.end]
    folded = phrase.folded
    script, groups, sounds = keys_of_read(folded, phrase.heard)
    ending = ""
    if role is PartRole.SURNAME:
        stem, ending = surname_ending(folded)
        if ending:
            inner = surname_groups(stem)
            groups = frozenset(f"{group}:{ending}" for group in inner)
    elif role is PartRole.PATRONYMIC:
        father = patronymic_stem(folded)
        if father:
            _, groups, sounds = keys_of_read(father, father)
            ending = "patronymic"
        else:
            groups = groups or groups_of_spelling(nominative(folded))
    elif not groups:
        groups = groups_of_spelling(nominative(folded))
    return NamePart(
        text=text, start=phrase.start, end=phrase.end, role=role, folded=folded, script=script, groups=groups,
        skeletons=sounds, ending=ending, kunya_sex=phrase.sex,
        nisba=nisba_of(folded) if role is PartRole.NISBA else "", heard=phrase.heard,
    )  # fmt: skip


def surname_groups(stem: str) -> frozenset[str]:
    """The groups of the name a surname was made from, when the table has it."""
    for letters in ("", "а", "й", "a", "y", "ا", "ه", "ي"):
        form = stem + letters
        if lexicon().has(form):
            return lexicon().groups_of(form)
    return frozenset()


@lru_cache(maxsize=65536)
def is_given(folded: str) -> bool:
    """Whether the folded word is a known given name."""
    return bool(groups_of_spelling(folded)) or bool(groups_of_spelling(nominative(folded)))
