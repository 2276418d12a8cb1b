"""Two hundred invented pairs of each culture: the same person weighs more than a near one, with reasons."""

from pathlib import Path

import pytest

from matching.names.compare import MatchLevel, NameComparison, compare_names
from matching.names.parse import parse_name
from matching.names.script import fold
from tests.matching.names.culture_pairs import CULTURES, Pair, pairs, samples

EACH = 200
PAGE = Path(__file__).parents[3] / "docs" / "names-by-culture.md"


def compared(asked: str, held: str) -> NameComparison:
    return compare_names(parse_name(asked), parse_name(held))


@pytest.mark.parametrize("culture", CULTURES)
def test_the_same_person_weighs_more_than_somebody_near(culture: str) -> None:
    """A sister, a namesake of another family, the child of another father, written by the same clerk."""
    lost = [
        pair
        for pair in pairs(culture, EACH)
        if compared(pair.asked, pair.held).weight <= compared(pair.asked, pair.near).weight
    ]
    assert lost == []


@pytest.mark.parametrize("culture", CULTURES)
def test_every_part_is_accounted_for_and_the_letters_shown_are_those_written(culture: str) -> None:
    for pair in pairs(culture, EACH):
        found = compared(pair.asked, pair.held)
        left = [*(one.a for one in found.pairs), *found.unmatched_a]
        right = [*(one.b for one in found.pairs), *found.unmatched_b]
        assert sorted(part.start for part in left) == sorted({part.start for part in left})
        assert sorted(part.start for part in right) == sorted({part.start for part in right})
        assert all(pair.asked[part.start : part.end] == part.text for part in left)
        assert all(pair.held[part.start : part.end] == part.text for part in right)
        for met in found.pairs:
            if met.match.level in (MatchLevel.SAME_SKELETON, MatchLevel.SOUND_ALIKE):
                _is_written(met.a.text, "".join(one for one, _ in met.match.aligned))
                _is_written(met.b.text, "".join(two for _, two in met.match.aligned))


def _is_written(text: str, shown: str) -> None:
    assert fold(text).replace(" ", "")[:20] == shown.replace(" ", "") or not shown


@pytest.mark.parametrize("culture", CULTURES)
def test_what_agrees_is_said(culture: str) -> None:
    """Given name and surname of the same person agree in nearly every pair, not only in sum."""
    agreed = 0
    for pair in pairs(culture, EACH):
        agreed += len(compared(pair.asked, pair.held).pairs) >= 2
    assert agreed >= 0.97 * EACH


def test_the_page_shows_what_the_matcher_says() -> None:
    """To write the page anew: python -m tests.matching.names.culture_pairs"""
    page = PAGE.read_text(encoding="utf-8")
    missing = [line for line in samples() if line not in page]
    assert missing == []


def test_the_pairs_are_different() -> None:
    for culture in CULTURES:
        seen: set[Pair] = set(pairs(culture, EACH))
        assert len(seen) >= 0.95 * EACH
