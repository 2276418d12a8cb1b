"""Whatever stands in whatever column, reading a row ends in a record; it never fails."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.imports.dates import DateHabits
from service.imports.draft import ListContext
from service.imports.grid import GridRow, Kind
from service.imports.households import settle
from service.imports.layout import ColumnUse
from service.imports.record import READERS, read_row

CONTEXT = ListContext("t", 1, "", date(2020, 1, 1), {0: DateHabits()})
WORDS = st.sampled_from(
    [
        "أم",
        "أبو",
        "Umm",
        "Abu",
        "(",
        ")",
        "[",
        "-",
        "/",
        ";",
        ",",
        "،",
        ".",
        ":",
        "=",
        "?",
        "؟",
        "+",
        "&",
        "و",
        "with",
        "and",
        "from",
        "из",
        "с",
        "in",
        "at",
        "near",
        "mother",
        "father",
        "husband",
        "الام",
        "الاب",
        "زوجها",
        "مع",
        "متوفي",
        "dead",
        "in",
        "prison",
        "السجن",
        "sister",
        "brother",
        "of",
        "اخت",
        "اخو",
        "رقم",
        "no",
        "№",
        "3",
        "١١",
        "C3-C5",
        "P5-0244",
        "old",
        "سابقا",
        "2",
        "children",
        "اطفال",
        "طفلين",
        "zarok",
        "منهم",
        "في",
        "دار",
        "سمي",
        "named",
        "يوسف",
        "Zalina",
        "تقدير",
        "~",
        "1990",
        "01/01/1990",
        "8-9",
        "سنوات",
        "kunya",
        "speaks",
        "Rûsî",
        "dizane",
        "scar",
        "ندبة",
        "found",
        "عثر",
        "عليه",
        "unknown",
        "مجهول",
        "\u202e",
        "\u200c",
        "́",
        "\x00",
        "nee",
        "wife",
        "of",
        "زوجة",
        "(Tunisian)",
        "'",
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=9).map(" ".join), st.lists(WORDS, max_size=9).map("".join), st.text(max_size=60)
)


@pytest.mark.parametrize("meaning", sorted(READERS))
@settings(max_examples=50, deadline=None)
@given(text=TEXTS, kind=st.sampled_from(Kind))
@example(text="()", kind=Kind.TEXT)
@example(text="? (?)", kind=Kind.TEXT)
@example(text=": ", kind=Kind.TEXT)
def test_any_cell(meaning: str, text: str, kind: Kind) -> None:
    """One column of each meaning, filled with anything."""
    draft = read_row(
        GridRow(2, [text], {0: kind}), [ColumnUse(0, "Heading", meaning, "heading")], CONTEXT, {}
    )
    settle([draft])
    assert "cell_not_understood" not in {code for _, code, _ in draft.problems}
    record = draft.build()
    assert [cell.text for cell in record.cells] == ([text] if text else [])
    assert len(draft.placeholders()) <= 30
