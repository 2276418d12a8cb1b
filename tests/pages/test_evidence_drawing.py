"""The waterfall of evidence, and names made inert."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from schemas.link import Evidence
from service.pages import inert
from service.pages.staff.waterfall import WIDTH, waterfall
from service.pages.staff_words import bits, percent

ROWS = st.lists(
    st.builds(
        Evidence,
        comparison=st.sampled_from(["prior", "age", "surname", "kunya"]),
        level=st.just("same"),
        weight=st.floats(-20, 20, allow_nan=False).map(lambda weight: round(weight, 3)),
    ),
    max_size=12,
)


@given(ROWS)
def test_the_bars_add_up_to_the_weight(rows: list[Evidence]) -> None:
    """Each bar begins where the one before ended, none leaves the drawing, nothing is left out."""
    falls = waterfall(rows)
    assert falls.total == pytest.approx(sum(row.weight for row in rows))
    assert len(falls.bars) + len(falls.not_compared) == len(rows)
    before = 0.0
    for bar in falls.bars:
        assert bar.total == pytest.approx(before + bar.evidence.weight)
        assert -0.1 <= bar.left <= WIDTH + 0.1
        assert bar.left + bar.width <= WIDTH + 2.2  # a bar too small to be seen is drawn a little wider
        before = bar.total
    assert all(row.weight == 0 for row in falls.not_compared)


@given(st.text(max_size=80))
def test_a_name_is_shown_whole_and_can_do_nothing(text: str) -> None:
    """Markup is escaped, direction marks and invisible characters are spelt out, all else stays."""
    shown = str(inert.name(text))
    inner = shown.removeprefix('<bdi dir="auto">').removesuffix("</bdi>")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", inner)
    spans = re.compile(r'<span class="flag" title="[^"<>]*">\[U\+([0-9A-F]{4,6})\]</span>')
    back = spans.sub(lambda found: str(escape(chr(int(found[1], 16)))), inner)
    assert back == str(escape(text))


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Магомед Ибрагимов", False),
        ("نیایش\u200cزاده", False),  # the joiner is a letter of Persian spelling
        ("Магомeд", True),  # a Latin e
        ("ГIойты", False),  # the palochka as it is typed
        ("Ali\u202egnp.exe", True),
        ("Али\u200bев", True),
        ("A\u0301\u0302\u0303\u0304\u0305li", True),
        ("Ali عمر", False),  # two names of two scripts beside each other are no deceit
    ],
)
def test_deceiving_spellings_are_flagged(text: str, warned: bool) -> None:
    assert bool(inert.warnings(text)) == warned


@given(
    st.lists(st.sampled_from(["Барият", "=", "باريات", "(+4.0);", "عبد الله", "<b>", "\u202e"]), max_size=9)
)
def test_sentences_keep_every_word(words: list[str]) -> None:
    """Quoted right-to-left names stand apart, each in one piece; no word is lost or reordered."""
    sentence = " ".join(words)
    shown = str(inert.prose(sentence))
    assert shown.replace('<bdi dir="auto">', "").replace("</bdi>", "") == str(inert._spelt(sentence))
    assert shown.count("<bdi") == shown.count("</bdi>")


@pytest.mark.parametrize(
    ("number", "words"), [(6.14, "+6.1"), (-12.3, "\u221212.3"), (0.0, "0"), (-0.04, "0"), (0.05, "+0.1")]
)
def test_bits_carry_their_sign(number: float, words: str) -> None:
    assert bits(number) == words


def test_nothing_is_certain() -> None:
    """A reviewer never reads 0 % or 100 %."""
    assert percent(1.0) == "over 99 %"
    assert percent(0.0) == "under 1 %"
    assert percent(0.5) == "50 %"
